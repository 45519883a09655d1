/* The validation part: meetings of training personas that are cut out.
 *
 * The cut never goes through a series, nor between near-duplicates: meetings
 * that are tied by either, directly or over others, whosever they are, are one
 * group and go together.  Near-duplicates are found as leaks.h finds them, with
 * the same temporary files; the few pairs that it misses tie nothing.
 *
 * A group is drawn by a keyed hash of the seed and of the least among the
 * hashes of its meetings' ids: by content alone.  Meetings that come later move
 * others only when they join their groups. */
#ifndef DATEBOOK_CUT_H
#define DATEBOOK_CUT_H

#include "datebook/monitor.h"
#include "datebook/split.h"

/* Which meetings of the division's training personas are for validation, by
 * terms.validation_fraction and terms.seed of its split.  About 24 bytes of
 * memory a meeting while it is made, a bit or two afterwards.  To be freed. */
struct cut *cut_make(struct store *store, int64_t version,
                     const struct division *division,
                     const struct monitor *monitor, struct error *err) CHECKED;
void cut_free(struct cut *cut); /* NULL is fine */

bool cut_is_validation(const struct cut *cut, int64_t meeting);

struct cut_totals {
    int64_t meetings;   /* of training personas */
    int64_t validation; /* of those, cut out */
    int64_t groups;
    int64_t largest; /* meetings of the largest group */
};
struct cut_totals cut_totals(const struct cut *cut);

#endif
