/* Random texts in families, in a dataset file, and what is true of them by
 * comparing every pair word by word, without the code under test. */
#ifndef DATEBOOK_TESTS_SPLIT_TEXTS_H
#define DATEBOOK_TESTS_SPLIT_TEXTS_H

#include "datebook/random.h"
#include "datebook/split.h"

#include "tests/unit/store/fixture.h"

enum { TEXT_WORDS = 24, TEXT_SIZE = 8 * TEXT_WORDS };

struct sample {
    int words[TEXT_WORDS];
    int count;
    int series; /* 0: none */
    size_t persona;
    int64_t key;
    const char *id;
};

static inline bool same_gram(const struct sample *one, int i,
                             const struct sample *other, int j)
{
    return !memcmp(one->words + i, other->words + j, 3 * sizeof *one->words);
}

static inline bool has_gram(const struct sample *sample, int end,
                            const struct sample *other, int at)
{
    for (int i = 0; i < end; i++)
        if (same_gram(sample, i, other, at))
            return true;
    return false;
}

/* All samples have three words at least. */
static inline double brute_likeness(const struct sample *one,
                                    const struct sample *other)
{
    int common = 0;
    int both = 0;

    for (int i = 0; i + 2 < one->count; i++) {
        if (has_gram(one, i, one, i))
            continue;
        both++;
        common += has_gram(other, other->count - 2, one, i);
    }
    for (int i = 0; i + 2 < other->count; i++)
        both += !has_gram(other, i, other, i);
    return (double)common / (both - common);
}

static inline bool brute_exact(const struct sample *one,
                               const struct sample *other)
{
    return one->count == other->count &&
           !memcmp(one->words, other->words,
                   (size_t)one->count * sizeof *one->words);
}

/* Most texts differ from an earlier one by a few words, or not at all. */
static inline void make_samples(struct sample *samples, size_t count,
                                uint64_t seed)
{
    struct random random;

    random_start(&random, seed, "texts", NULL);
    for (size_t i = 0; i < count; i++) {
        struct sample *sample = &samples[i];
        if (i && random_chance(&random, 60)) {
            *sample = samples[random_below(&random, (uint32_t)i)];
            for (int n = random_between(&random, 0, 2); n > 0; n--)
                sample->words[random_below(&random, (uint32_t)sample->count)] =
                    random_between(&random, 0, 99);
            if (sample->count < TEXT_WORDS && random_chance(&random, 30))
                sample->words[sample->count++] = random_between(&random, 0, 99);
        } else {
            sample->count = random_between(&random, 8, TEXT_WORDS);
            for (int n = 0; n < sample->count; n++)
                sample->words[n] = random_between(&random, 0, 99);
        }
        sample->series = 0;
    }
}

/* Where the subject ends does not matter. */
static inline void spell(const struct sample *sample, char subject[TEXT_SIZE],
                         char preview[TEXT_SIZE])
{
    int border = sample->count / 3;
    int at = 0;

    *subject = *preview = '\0';
    for (int i = 0; i < border; i++)
        at += snprintf(subject + at, (size_t)(TEXT_SIZE - at), "w%d ",
                       sample->words[i]);
    at = 0;
    for (int i = border; i < sample->count; i++)
        at += snprintf(preview + at, (size_t)(TEXT_SIZE - at), "W%d, ",
                       sample->words[i]);
}

/* A meeting with a text, in the run at hand. */
static inline int64_t add_text(int64_t persona, const char *id,
                               const char *subject, const char *preview,
                               const char *document, enum event_type type)
{
    struct stored_meeting meeting = {.id = id,
                                     .generated = 5,
                                     .document = document,
                                     .document_length = strlen(document)};
    struct meeting_facts facts = {.subject = subject,
                                  .preview = preview,
                                  .people = "Ann\n",
                                  .attendees = 1,
                                  .required = 1,
                                  .type = type,
                                  .recurring = type != EVENT_SINGLE,
                                  .start = 600,
                                  .minutes = 30};
    int64_t key = 0;

    MUST(run_add_meeting(fix.run, persona, &meeting, &facts, &key, &fix.err));
    return key;
}

static inline int64_t add_plain(int64_t persona, const char *id,
                                const char *subject, const char *preview)
{
    return add_text(persona, id, subject, preview, "{}", EVENT_SINGLE);
}

static inline void add_sample(const int64_t *personas, struct sample *sample)
{
    char subject[TEXT_SIZE];
    char preview[TEXT_SIZE];
    const char *document = "{\"seriesMasterId\":null}";

    spell(sample, subject, preview);
    if (sample->series)
        document = arena_format(&fix.arena, &fix.err,
                                "{\"seriesMasterId\":\"s%d\"}", sample->series);
    ck_assert_ptr_nonnull(document);
    sample->key =
        add_text(personas[sample->persona], sample->id, subject, preview,
                 document, sample->series ? EVENT_OCCURRENCE : EVENT_SINGLE);
}

/* Descriptors that are open: temporary files must not be among them. */
static inline size_t open_files(void)
{
    const char **names;
    size_t count;

    MUST(file_list(&fix.arena, "/proc/self/fd", "", &names, &count, &fix.err));
    return count;
}

/* ---- Divisions by hand ---- */

static struct {
    struct split split;
    struct division division;
} by_hand;

/* All personas of HEAD; those whose id starts with "held" are held out. */
static inline struct division *divide_by_hand(void)
{
    struct stored_persona *personas;
    struct division *division = &by_hand.division;
    size_t count;

    memset(&by_hand, 0, sizeof by_hand);
    MUST(persona_list_at(fix.store, &fix.arena, head(), &personas, &count,
                         &fix.err));
    division->split = &by_hand.split;
    division->train = arena_zero(&fix.arena, count, sizeof *personas, &fix.err);
    division->held_out =
        arena_zero(&fix.arena, count, sizeof *personas, &fix.err);
    ck_assert(division->train && division->held_out);
    for (size_t i = 0; i < count; i++)
        if (!strncmp(personas[i].id, "held", 4))
            division->held_out[division->held_out_count++] = personas[i];
        else
            division->train[division->train_count++] = personas[i];
    return division;
}

#endif
