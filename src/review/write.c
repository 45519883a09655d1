/* The names of records, and putting them into a run. */
#include "datebook/review.h"

#include <string.h>

/* ---- Names ---- */

const char *sample_record_name(struct arena *arena, const char *sample,
                               struct error *err)
{
    return arena_format(arena, err, "sample/%s", sample);
}

const char *opinion_record_name(struct arena *arena,
                                const struct opinion *opinion,
                                struct error *err)
{
    if (opinion->decision)
        return arena_format(arena, err, "decision/%s/%s", opinion->sample,
                            opinion->meeting);
    return arena_format(arena, err, "opinion/%s/%s/%s", opinion->sample,
                        opinion->reviewer, opinion->meeting);
}

const char *persona_opinion_record_name(struct arena *arena,
                                        const struct persona_opinion *opinion,
                                        struct error *err)
{
    return arena_format(arena, err, "persona/%s/%s", opinion->persona,
                        opinion->reviewer);
}

/* ---- Putting: `document` is freed ---- */

static bool put(struct run *run, const char *name, bool written,
                struct buf *document, struct error *err)
{
    struct stored_record record = {.name = name,
                                   .document = buf_string(document)};
    bool ok = name && written && run_put_record(run, NOUN_REVIEW, &record, err);

    buf_free(document);
    return ok;
}

bool run_put_sample(struct run *run, struct arena *arena,
                    const struct sample *sample, struct error *err)
{
    struct buf document = BUF_EMPTY;
    const char *name = sample_record_name(arena, sample->name, err);
    bool written = name && sample_write(sample, &document, err);

    return put(run, name, written, &document, err);
}

bool run_put_opinion(struct run *run, struct arena *arena,
                     const struct opinion *opinion, struct error *err)
{
    struct buf document = BUF_EMPTY;
    const char *name = opinion_record_name(arena, opinion, err);
    bool written = name && opinion_write(opinion, &document, err);

    return put(run, name, written, &document, err);
}

bool run_put_persona_opinion(struct run *run, struct arena *arena,
                             const struct persona_opinion *opinion,
                             struct error *err)
{
    struct buf document = BUF_EMPTY;
    const char *name = persona_opinion_record_name(arena, opinion, err);
    bool written = name && persona_opinion_write(opinion, &document, err);

    return put(run, name, written, &document, err);
}

/* ---- Removing ---- */

/* Everything whose name starts with a text, as the run has it. */
static bool remove_all(struct run *run, struct store *store,
                       struct arena *scratch, const char *prefix,
                       int64_t *count, struct error *err)
{
    struct stored_record *records;
    size_t found;

    if (!prefix ||
        !record_list_at(store, scratch, NOUN_REVIEW, run_version(run), prefix,
                        &records, &found, err))
        return false;
    for (size_t i = 0; i < found; i++)
        if (!run_remove_record(run, NOUN_REVIEW, records[i].name, err))
            return false;
    *count += (int64_t)found;
    return true;
}

bool run_remove_sample(struct run *run, struct store *store, const char *name,
                       int64_t *count, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    const char *record = sample_record_name(&scratch, name, err);
    bool ok;

    *count = 0;
    ok = record &&
         remove_all(run, store, &scratch,
                    arena_format(&scratch, err, "opinion/%s/", name), count,
                    err) &&
         remove_all(run, store, &scratch,
                    arena_format(&scratch, err, "decision/%s/", name), count,
                    err) &&
         run_remove_record(run, NOUN_REVIEW, record, err);
    arena_free(&scratch);
    return ok;
}
