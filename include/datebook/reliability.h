/* How far people agree: coefficients over units that several raters judged.
 *
 * Pure: numbers in, numbers out.  A unit is a row of `raters` values; a value
 * is a category from 0 up, or MISSING. */
#ifndef DATEBOOK_RELIABILITY_H
#define DATEBOOK_RELIABILITY_H

#include "datebook/error.h"

#include <stddef.h>
#include <stdint.h>

enum { RATING_MISSING = -1 };

struct ratings {
    const int *values; /* unit * raters + rater */
    size_t units;
    size_t raters;
    int categories; /* values are below it; at most RELIABILITY_CATEGORIES */
};

enum { RELIABILITY_CATEGORIES = 64 };

/* A coefficient; undefined where there is nothing to divide by, as with one
 * category only. */
struct coefficient {
    bool defined;
    double value;
    size_t n; /* units, or pairs of values, that it is of: said by each */
};

/* The share of units on which two raters agree; n is the units that both
 * judged. */
struct coefficient percent_agreement(const struct ratings *ratings, size_t one,
                                     size_t other);

/* Cohen's kappa of two raters.
 * J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and
 * Psychological Measurement 20 (1960), 37-46:
 * (p_o - p_e) / (1 - p_e). */
struct coefficient cohen_kappa(const struct ratings *ratings, size_t one,
                               size_t other);

/* The same with weights that grow with the square of the distance of ordered
 * categories.
 * J. Cohen, Weighted Kappa, Psychological Bulletin 70 (1968), 213-220:
 * 1 - sum(w o) / sum(w e), w = (i - j)^2. */
struct coefficient weighted_kappa(const struct ratings *ratings, size_t one,
                                  size_t other);

enum reliability_metric { METRIC_NOMINAL, METRIC_ORDINAL, METRIC_INTERVAL };

/* Krippendorff's alpha of all raters, with missing values; n is the number of
 * values that can be paired.  METRIC_INTERVAL takes `numbers` (by category) for
 * the values, NULL for the categories themselves.
 * K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011):
 * 1 - D_o / D_e over the matrix of coincidences. */
struct coefficient krippendorff_alpha(const struct ratings *ratings,
                                      enum reliability_metric metric,
                                      const double *numbers);

/* A bounds pair of 95 percent. */
struct interval {
    bool defined;
    double low;
    double high;
};

enum { BOOTSTRAP_DRAWS = 2000 };

typedef struct coefficient statistic(const struct ratings *ratings,
                                     void *context);

/* The 2.5th and 97.5th percentile of a statistic over BOOTSTRAP_DRAWS samples
 * of the units, drawn with replacement from a stream that the seed alone
 * decides; draws in which it is undefined do not count, and where more than a
 * tenth of them are, or there are fewer than two units, the interval is.
 * B. Efron, Bootstrap Methods: Another Look at the Jackknife, Annals of
 * Statistics 7 (1979), 1-26.  Fails only for want of memory. */
bool bootstrap_interval(const struct ratings *ratings, statistic *of,
                        void *context, uint64_t seed, struct interval *interval,
                        struct error *err) CHECKED;

#endif
