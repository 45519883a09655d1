/* Two sides that were read become a result; for src/quality only. */
#ifndef DATEBOOK_QUALITY_AGAINST_COMPARE_H
#define DATEBOOK_QUALITY_AGAINST_COMPARE_H

#include "src/quality/against_counts.h"
#include "src/quality/against_profile.h"

bool compare_fields(struct arena *arena, const struct profile *real,
                    const struct profile *ours, struct against *result,
                    struct error *err) CHECKED;

bool compare_distributions(struct arena *arena, const struct side_counts *real,
                           const struct side_counts *ours,
                           struct against *result, struct error *err) CHECKED;

/* What the difference of a distribution is, in one sentence without a full
 * stop. */
bool comparison_sentence(struct arena *arena, enum distribution_id id,
                         const struct against *result,
                         struct distribution_comparison *comparison,
                         struct error *err) CHECKED;

#endif
