/* How many different values there are among many, in bounded memory.
 *
 * Up to DISTINCT_LIMIT different values are counted exactly; of more the count
 * is an estimate by Wegman's adaptive sampling (Flajolet, "On adaptive
 * sampling", 1990), with a standard error of 1.2 / sqrt(DISTINCT_LIMIT / 2),
 * half a percent.  The order of the values does not change the result.
 *
 * distinct-n of a collection of texts is the number of different n-grams of
 * words divided by the number of all (Li, Galley, Brockett, Gao and Dolan, "A
 * Diversity-Promoting Objective Function for Neural Conversation Models",
 * NAACL 2016). */
#ifndef DATEBOOK_QUALITY_DISTINCT_H
#define DATEBOOK_QUALITY_DISTINCT_H

#include "datebook/error.h"

#include <stddef.h>
#include <stdint.h>

enum { DISTINCT_LIMIT = 1 << 17 };

/* All zeros is empty. */
struct distinct {
    uint64_t *slots; /* open addressing, half full at most; 0 is free */
    size_t size;     /* a power of two, or 0 */
    size_t count;
    int depth; /* values are kept whose top bits, as many as this, are 0 */
};

/* `hash` is a well mixed hash of the value.  *fresh says whether it was not
 * there yet; of values that are not in the sample, always false. */
bool distinct_add(struct distinct *distinct, uint64_t hash, bool *fresh,
                  struct error *err) CHECKED;
/* Whether a value was added; false for one that is not in the sample. */
bool distinct_has(const struct distinct *distinct, uint64_t hash);
int64_t distinct_count(const struct distinct *distinct);
void distinct_clear(struct distinct *distinct); /* keeps its memory */
void distinct_free(struct distinct *distinct);

/* The words and pairs of words of texts. */
struct distinct_words {
    struct distinct words;
    struct distinct pairs;
    int64_t word_count;
    int64_t pair_count;
};

bool distinct_words_add(struct distinct_words *sets, const char *text,
                        struct error *err) CHECKED;
void distinct_words_clear(struct distinct_words *sets);
void distinct_words_free(struct distinct_words *sets);

#endif
