/* Drawing a sample: a pool that keeps the first meetings of each stratum, and
 * what makes a meeting preferred. */
#ifndef DATEBOOK_REVIEW_SAMPLE_H
#define DATEBOOK_REVIEW_SAMPLE_H

#include "datebook/review.h"

/* ---- The pool ---- */

/* A meeting that may be drawn. */
struct candidate {
    bool preferred;
    uint64_t draw[2]; /* hashes of seed and id: the least are drawn */
    uint64_t place;   /* in the order of review */
    int64_t key;
};

/* The candidates of a stratum that may still be drawn: a heap with the last of
 * them on top. */
struct pool_stratum {
    uint64_t rank; /* of the stratum among others, the least first: its persona
                      shifted by 32 bits, and a small number for the rest */
    struct candidate *kept;
    size_t count;
    size_t size;
    int64_t meetings;
    int64_t preferred;
    size_t quota; /* how many are drawn of it; set in the end */
};

/* Keeps at most twice as many candidates as are drawn, and two a stratum. */
struct pool {
    size_t want; /* to be drawn in all */
    /* No stratum gives more than this, whatever comes: falls when there are
     * more candidates than are wanted. */
    size_t level;
    size_t kept; /* in all strata */
    struct pool_stratum *strata;
    size_t count;
    size_t size;
};

/* Adds an empty stratum, as the last one. */
bool pool_add_stratum(struct pool *pool, uint64_t rank,
                      struct error *err) CHECKED;
bool pool_add(struct pool *pool, size_t stratum,
              const struct candidate *candidate, struct error *err) CHECKED;

/* Puts the strata in order of rank, sets each quota, and puts what is drawn
 * first in `kept`. */
bool pool_draw(struct pool *pool, struct error *err) CHECKED;
void pool_free(struct pool *pool);

/* ---- Preferences ---- */

/* The rules of the persona at hand, for telling what is preferred. */
struct preference {
    enum sample_preference prefer;
    struct stored_rule *rules;
    size_t rule_count;
    bool *is_new; /* by number of rule; of PREFER_NEW_RULES */
};

/* Gets to know a persona; in the arena. */
bool preference_open(struct preference *preference, struct store *store,
                     struct arena *arena, int64_t version,
                     const struct stored_persona *persona,
                     struct error *err) CHECKED;
bool preference_has(const struct preference *preference,
                    const struct stored_label *label, bool *preferred,
                    struct error *err) CHECKED;

#endif
