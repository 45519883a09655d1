/* How a mix as a whole fits what is wanted. */
#ifndef DATEBOOK_QUALITY_MIX_FIT_H
#define DATEBOOK_QUALITY_MIX_FIT_H

#include "src/quality/measure.h"

/* The share of the chi-square distribution with 1, 2 or 3 degrees of freedom
 * that lies above x. */
double chi_square_tail(double x, int freedom);

/* Not judged when a kind is expected fewer than five times. */
struct mix_fit mix_fit_of(const struct sums *sums, enum fit mix,
                          const struct thresholds *wanted);

#endif
