/* Texts that are nearly the same, found without comparing all pairs.
 *
 * A text is the set of its word 3-grams, and two texts are near-duplicates
 * when their Jaccard index, |A ∩ B| / |A ∪ B|, is 0.8 or more (Broder, "On the
 * resemblance and containment of documents", 1997).  Candidates come from
 * MinHash: two texts agree in one of its values with the probability of their
 * Jaccard index.  The 144 values of a text are cut into 24 bands of 6; texts
 * that agree in a whole band are compared exactly (Leskovec, Rajaraman and
 * Ullman, "Mining of Massive Datasets", chapter 3).  A pair at 0.8 is missed
 * with a chance of 1 in 1,400, one at 0.85 of 1 in 100,000; nothing that is
 * less alike is ever taken.
 *
 * Only the texts that were added are remembered, about 500 bytes each; what
 * is only held against them costs nothing but time.  Of texts that agree in a
 * band with very many others, only the latest NEAR_COMPARED are looked at. */
#ifndef DATEBOOK_NEAR_DUPLICATES_H
#define DATEBOOK_NEAR_DUPLICATES_H

#include "datebook/error.h"

#include <stddef.h>
#include <stdint.h>

enum {
    NEAR_BANDS = 24,
    NEAR_ROWS = 6,
    NEAR_HASHES = NEAR_BANDS * NEAR_ROWS,
    NEAR_COMPARED = 64
};

/* ---- Texts one by one ---- */

/* The 3-grams of a text as hashes, each once, in order: of one or two words,
 * those as one.  Zeroed, it is empty; it is used for one text after another. */
struct near_grams {
    uint64_t *at;
    size_t count; /* 0: a text without words */
    size_t size;
    uint64_t words; /* a hash of all words in their order */
};

/* Of the words of the subject and, going on, of the preview. */
bool near_grams_make(struct near_grams *grams, const char *subject,
                     const char *preview, struct error *err) CHECKED;
void near_grams_free(struct near_grams *grams);

/* Whether two sets of 3-grams are near-duplicates, and if so how alike: their
 * Jaccard index.  Two empty sets are not. */
bool near_alike(const uint64_t *one, size_t one_count, const uint64_t *other,
                size_t other_count, double *likeness) CHECKED;

/* The hash functions: the same for all texts and on every machine. */
struct near_family {
    uint64_t factors[NEAR_HASHES];
    uint64_t offsets[NEAR_HASHES];
};
void near_family_make(struct near_family *family);

/* A hash of each band of a text: texts that have one in common are
 * candidates. */
void near_bands(const struct near_family *family,
                const struct near_grams *grams, uint64_t keys[NEAR_BANDS]);

/* ---- Texts among many, in memory ---- */

struct near_text {
    int64_t key;
    int64_t twin; /* key of a near-duplicate; 0 when there is none */
};

struct near_index;

/* For about as many texts as expected; more work as well, more slowly. */
struct near_index *near_index_new(size_t expected, struct error *err) CHECKED;
void near_index_free(struct near_index *index); /* NULL is fine */

/* Adds a text, and finds its near-duplicates among those added before.  A text
 * without words has none. */
bool near_index_add(struct near_index *index, int64_t key, const char *subject,
                    const char *preview, struct error *err) CHECKED;

/* Finds the near-duplicates of a text among those added, and forgets it. */
bool near_index_probe(struct near_index *index, int64_t key,
                      const char *subject, const char *preview,
                      struct error *err) CHECKED;

/* The key of a near-duplicate of a text among those added; 0 when there is
 * none. */
bool near_index_find(struct near_index *index, const char *subject,
                     const char *preview, int64_t *twin,
                     struct error *err) CHECKED;

/* The texts in the order in which they were added. */
size_t near_index_count(const struct near_index *index);
struct near_text near_index_get(const struct near_index *index, size_t text);

#endif
