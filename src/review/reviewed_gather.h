/* Settled labels, review by review. */
#ifndef DATEBOOK_REVIEW_REVIEWED_GATHER_H
#define DATEBOOK_REVIEW_REVIEWED_GATHER_H

#include "datebook/reviewed.h"

struct settlement;

/* To be started with its arena and zeros. */
struct gathering {
    struct arena *arena;
    struct settlement *list;
    size_t count;
    const char **people; /* words of the names of all who said something */
    size_t people_count;
};

/* Adds what a review settles; nothing of it is kept. */
bool gather_review(struct gathering *gathering, const struct review *review,
                   struct error *err) CHECKED;

/* The best settlement of each meeting. */
bool gather_finish(struct gathering *gathering, struct reviewed *reviewed,
                   struct error *err) CHECKED;

#endif
