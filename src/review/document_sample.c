/* A sample as a JSON document.
 *
 *   {"kind":"sample","sample":"first","version":7,"count":100,
 *    "stratify":["persona","importance"],"prefer":"conflicts","seed":"1",
 *    "personas":["p1","p2"],"meetings":["m7","m1"]}
 *
 * Terms that say nothing are left out; the seed is a text, for not every reader
 * of JSON has numbers of 64 bits; the meetings are in the order of review. */
#include "document.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Checks ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool check_once(const struct sample *sample, struct error *err)
{
    const char **ids = malloc(sample->count * sizeof *ids);
    bool ok = true;

    if (!ids)
        return error_memory(err);
    memcpy(ids, sample->meetings, sample->count * sizeof *ids);
    qsort(ids, sample->count, sizeof *ids, by_text);
    for (size_t i = 1; i < sample->count && ok; i++)
        if (!strcmp(ids[i - 1], ids[i]))
            ok = error_set(err, ERROR_INPUT, "meetings names \"%.200s\" twice",
                           ids[i]);
    free(ids);
    return ok;
}

static bool check_meetings(const struct sample *sample, struct error *err)
{
    if (!sample->count)
        return error_set(err, ERROR_INPUT, "meetings is empty");
    if (sample->count > (uint64_t)sample->terms.count)
        return error_set(err, ERROR_INPUT,
                         "meetings are %zu, and the count is %lld",
                         sample->count, (long long)sample->terms.count);
    for (size_t i = 0; i < sample->count; i++)
        if (!document_check_text("meeting", sample->meetings[i], DOCUMENT_ID,
                                 err))
            return error_context(err, "meetings[%zu]", i);
    return check_once(sample, err);
}

static bool check_personas(const struct sample_terms *terms, struct error *err)
{
    for (size_t i = 0; i < terms->persona_count; i++) {
        if (!document_check_text("persona", terms->personas[i], DOCUMENT_ID,
                                 err))
            return error_context(err, "personas[%zu]", i);
        if (i && strcmp(terms->personas[i - 1], terms->personas[i]) >= 0)
            return error_set(err, ERROR_INPUT,
                             "personas must be in order, each once");
    }
    return true;
}

static bool check(const struct sample *sample, struct error *err)
{
    const struct sample_terms *terms = &sample->terms;

    if (!review_name_check("sample", sample->name, err) ||
        !document_check_version(sample->version, err))
        return false;
    if (terms->count < 1 || terms->count > SAMPLE_MOST)
        return error_set(err, ERROR_INPUT, "count must be 1 to %d, not %lld",
                         SAMPLE_MOST, (long long)terms->count);
    if (terms->strata >> SAMPLE_STRATA || terms->prefer < 0 ||
        terms->prefer >= SAMPLE_PREFERENCES)
        return error_set(err, ERROR_INPUT, "stratify or prefer is not known");
    return check_personas(terms, err) && check_meetings(sample, err);
}

/* ---- Writing ---- */

static void put_texts(struct buf *document, const char *key,
                      const char *const *texts, size_t count)
{
    buf_format(document, "\"%s\":[", key);
    for (size_t i = 0; i < count; i++) {
        buf_json(document, texts[i]);
        buf_char(document, ',');
    }
    document_end(document, ']');
    buf_char(document, ',');
}

static void put_strata(struct buf *document, unsigned strata)
{
    const char *names[SAMPLE_STRATA];
    size_t count = 0;

    for (int s = 0; s < SAMPLE_STRATA; s++)
        if (strata & 1u << s)
            names[count++] = sample_stratum_name((enum sample_stratum)s);
    if (count)
        put_texts(document, "stratify", names, count);
}

bool sample_write(const struct sample *sample, struct buf *document,
                  struct error *err)
{
    const struct sample_terms *terms = &sample->terms;

    if (!check(sample, err))
        return false;
    buf_char(document, '{');
    document_put_text(document, "kind", "sample");
    document_put_text(document, "sample", sample->name);
    document_put_int(document, "version", sample->version);
    document_put_int(document, "count", terms->count);
    put_strata(document, terms->strata);
    if (terms->prefer != PREFER_NONE)
        document_put_text(document, "prefer",
                          sample_preference_name(terms->prefer));
    buf_format(document, "\"seed\":\"%llu\",", (unsigned long long)terms->seed);
    if (terms->persona_count)
        put_texts(document, "personas", terms->personas, terms->persona_count);
    put_texts(document, "meetings", sample->meetings, sample->count);
    document_end(document, '}');
    return buf_ok(document, err);
}

/* ---- Reading ---- */

static bool read_strata(struct document_reader *reader, unsigned *strata)
{
    const char *const *names;
    size_t count;

    if (!document_texts(reader, "stratify", &names, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum sample_stratum stratum = sample_stratum_named(names[i]);
        if (stratum == SAMPLE_STRATA)
            return document_fail(reader, "stratify",
                                 "must be a list of persona, importance, tier, "
                                 "type, prep, rsvp");
        *strata |= 1u << stratum;
    }
    return true;
}

static bool read_prefer(struct document_reader *reader,
                        enum sample_preference *prefer)
{
    const char *word;

    if (!document_text_or(reader, "prefer", "none", &word))
        return false;
    *prefer = sample_preference_named(word);
    return *prefer != SAMPLE_PREFERENCES ||
           document_fail(reader, "prefer",
                         "must be conflicts, new-rules or borderline");
}

static bool read_seed(struct document_reader *reader, uint64_t *seed)
{
    const char *text;
    char *end = NULL;

    if (!document_text(reader, "seed", &text))
        return false;
    errno = 0;
    if (*text >= '0' && *text <= '9')
        *seed = strtoull(text, &end, 10);
    return (end && !*end && !errno) ||
           document_fail(reader, "seed", "must be a whole number as a text");
}

static bool read_sample(struct document_reader *reader, struct sample *sample)
{
    struct sample_terms *terms = &sample->terms;
    const char *kind;

    if (!document_text(reader, "kind", &kind))
        return false;
    if (strcmp(kind, "sample") != 0)
        return document_fail(reader, "kind", "must be sample");
    return document_text(reader, "sample", &sample->name) &&
           document_int(reader, "version", &sample->version) &&
           document_int(reader, "count", &terms->count) &&
           read_strata(reader, &terms->strata) &&
           read_prefer(reader, &terms->prefer) &&
           read_seed(reader, &terms->seed) &&
           document_texts(reader, "personas", &terms->personas,
                          &terms->persona_count) &&
           document_texts(reader, "meetings", &sample->meetings,
                          &sample->count);
}

/* What is drawn under another name is another sample. */
static bool check_record(struct document_reader *reader,
                         const struct sample *sample)
{
    const char *name =
        sample_record_name(&reader->scratch, sample->name, reader->err);

    if (!name)
        return false;
    return !strcmp(name, reader->stored->name) ||
           error_set(reader->err, ERROR_DATABASE, "it is that of %.300s", name);
}

bool sample_read(struct arena *arena, const struct stored_record *stored,
                 struct sample *sample, struct error *err)
{
    static const char *const members[] = {
        "kind",   "sample", "version",  "count",    "stratify",
        "prefer", "seed",   "personas", "meetings", NULL};
    struct document_reader reader;
    struct buf again = BUF_EMPTY;
    bool ok;

    *sample = (struct sample){0};
    ok = document_open(&reader, arena, stored, members, err) &&
         read_sample(&reader, sample) && check_record(&reader, sample) &&
         sample_write(sample, &again, err);
    ok = document_close(&reader, ok, &again);
    buf_free(&again);
    return ok;
}
