/* Subjects by hash, as many as fit; of more, a sample.
 *
 * A subject is kept while the top `depth` bits of its hash are zero.  When the
 * table is full the depth grows by one, and about half of the subjects go.  One
 * that is there at the end was there from its first meeting on, so its counts
 * are whole, and which those are does not depend on the order of meetings. */
#include "coverage_subjects.h"

#include "src/quality/word_hash.h"

#include "datebook/words.h"

#include <stdlib.h>
#include <string.h>

struct subject {
    uint64_t hash; /* 0: a free slot */
    int64_t counts[IMPORTANCE_LEVELS];
};

struct subjects {
    struct subject *slots; /* twice as many as subjects, open addressing */
    size_t mask;
    size_t count;
    size_t limit;
    int depth;
};

struct subjects *subjects_new(size_t limit, struct error *err)
{
    struct subjects *subjects = calloc(1, sizeof *subjects);

    if (subjects) {
        subjects->limit = limit;
        subjects->mask = 2 * limit - 1;
        subjects->slots = calloc(2 * limit, sizeof *subjects->slots);
    }
    if (subjects && subjects->slots)
        return subjects;
    subjects_free(subjects);
    error_memory(err);
    return NULL;
}

void subjects_free(struct subjects *subjects)
{
    if (!subjects)
        return;
    free(subjects->slots);
    free(subjects);
}

/* FNV-1a over the folded words, each with an end, and MurmurHash3's last step,
 * for the top bits choose the sample. */
static uint64_t hash_subject(const char *subject)
{
    uint64_t hash = HASH_START;
    struct words words;
    struct word word;

    words_start(&words, subject, strlen(subject));
    while (words_next(&words, &word)) {
        for (size_t i = 0; i < word.length; i++)
            hash = hash_byte(hash, word.folded[i]);
        hash = hash_byte(hash, ' ');
    }
    hash = hash_mix(hash);
    return hash ? hash : 1;
}

static bool is_sampled(const struct subjects *subjects, uint64_t hash)
{
    return !subjects->depth || !(hash >> (64 - subjects->depth));
}

static struct subject *find_slot(struct subject *slots, size_t mask,
                                 uint64_t hash)
{
    size_t at = hash & mask;

    while (slots[at].hash && slots[at].hash != hash)
        at = (at + 1) & mask;
    return &slots[at];
}

/* Goes one deeper, and forgets what is no longer in the sample. */
static bool deepen(struct subjects *subjects, struct error *err)
{
    struct subject *kept = calloc(subjects->mask + 1, sizeof *kept);

    if (!kept)
        return error_memory(err);
    subjects->depth++;
    subjects->count = 0;
    for (size_t i = 0; i <= subjects->mask; i++) {
        const struct subject *subject = &subjects->slots[i];
        if (!subject->hash || !is_sampled(subjects, subject->hash))
            continue;
        *find_slot(kept, subjects->mask, subject->hash) = *subject;
        subjects->count++;
    }
    free(subjects->slots);
    subjects->slots = kept;
    return true;
}

bool subjects_add(struct subjects *subjects, const char *subject,
                  enum importance importance, struct error *err)
{
    uint64_t hash = hash_subject(subject);
    struct subject *slot;

    while (is_sampled(subjects, hash)) {
        slot = find_slot(subjects->slots, subjects->mask, hash);
        if (slot->hash || subjects->count < subjects->limit) {
            subjects->count += !slot->hash;
            slot->hash = hash;
            slot->counts[importance]++;
            return true;
        }
        if (!deepen(subjects, err))
            return false;
    }
    return true;
}

void subjects_count(const struct subjects *subjects,
                    struct consistency *consistency)
{
    consistency->repeated = consistency->agreeing = 0;
    consistency->subjects = (int64_t)subjects->count;
    consistency->sampled = subjects->depth > 0;
    for (size_t i = 0; i <= subjects->mask; i++) {
        int64_t all = 0;
        int64_t most = 0;
        for (int level = 0; level < IMPORTANCE_LEVELS; level++) {
            int64_t count = subjects->slots[i].counts[level];
            all += count;
            most = count > most ? count : most;
        }
        if (all < 2)
            continue;
        consistency->repeated += all;
        consistency->agreeing += most;
    }
}
