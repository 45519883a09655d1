/* Several numbers of the same units, measured together with their intervals. */
#ifndef DATEBOOK_SRC_REVIEW_MEASURING_H
#define DATEBOOK_SRC_REVIEW_MEASURING_H

#include "datebook/agreement.h"

enum { MEASURING_MOST = 8 };

struct measuring {
    struct bootstrap wanted[MEASURING_MOST];
    struct measured *into[MEASURING_MOST];
    bool share[MEASURING_MOST]; /* of units that can all be alike */
    size_t count;
};

/* One more number, at most MEASURING_MOST; ratings that are shared by several
 * come one after the other. */
void measuring_add(struct measuring *measuring, const struct ratings *ratings,
                   statistic *of, void *context, struct measured *into);
void measuring_add_share(struct measuring *measuring,
                         const struct ratings *ratings, statistic *of,
                         struct measured *into);

/* Fills all that was added, and starts anew. */
bool measuring_run(struct measuring *measuring, uint64_t seed,
                   struct error *err) CHECKED;

/* Statistics without a context. */
struct coefficient measuring_yes(const struct ratings *ratings, void *context);
struct coefficient measuring_pairs(const struct ratings *ratings,
                                   void *context);

/* Room for the ratings of units; all are missing. */
int *measuring_values(struct arena *arena, size_t units, size_t raters,
                      struct error *err) CHECKED;

#endif
