/* How far people agree: coefficients over units that several raters judged.
 *
 * Pure: numbers in, numbers out.  A unit is a row of `raters` values; a value
 * is a category from 0 up.  What is no category (RATING_MISSING) is missing.
 * A coefficient that cannot be computed is undefined and no error: of no units,
 * of raters that there are not, of more than RELIABILITY_CATEGORIES categories,
 * or where chance alone would agree always, as with one category. */
#ifndef DATEBOOK_RELIABILITY_H
#define DATEBOOK_RELIABILITY_H

#include "datebook/error.h"

#include <stddef.h>
#include <stdint.h>

enum { RATING_MISSING = -1 };

enum { RELIABILITY_CATEGORIES = 64 };

struct ratings {
    const int *values; /* unit * raters + rater */
    size_t units;
    size_t raters;
    int categories; /* values are below it; at most RELIABILITY_CATEGORIES */
    const uint32_t *weights; /* how often each unit counts; NULL: once */
};

struct coefficient {
    bool defined;
    double value;
    size_t n; /* what it is of: said by each */
};

/* The share of values that are 1 of those that are there; n is the number of
 * values.  Category 0 says no, 1 says yes. */
struct coefficient yes_share(const struct ratings *ratings);

/* The share of pairs of values of the same unit that are equal; n is the number
 * of such pairs.  Of two raters without missing values this is their percent
 * agreement. */
struct coefficient pair_agreement(const struct ratings *ratings);

/* The share of units on which two raters agree.  For this one and both kappas
 * n is the number of units that both judged; all others are left out. */
struct coefficient percent_agreement(const struct ratings *ratings, size_t one,
                                     size_t other);

/* Cohen's kappa of two raters: (p_o - p_e) / (1 - p_e), with p_o the share of
 * units on which they agree, and p_e = sum over categories c of p_1c p_2c, from
 * the share of each category with each rater: what agreement would be if they
 * judged independently.  1 is perfect, 0 is chance, less is below chance;
 * undefined when p_e is 1.
 * J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and
 * Psychological Measurement 20 (1960), 37-46. */
struct coefficient cohen_kappa(const struct ratings *ratings, size_t one,
                               size_t other);

/* The same for ordered categories, with a disagreement weighing the square of
 * its distance: 1 - sum(w_ij o_ij) / sum(w_ij e_ij), w_ij = (i - j)^2, o the
 * share of units in a cell, e_ij = p_1i p_2j.  Undefined when both raters have
 * one and the same category only.
 * J. Cohen, Weighted Kappa: Nominal Scale Agreement with Provision for Scaled
 * Disagreement or Partial Credit, Psychological Bulletin 70 (1968), 213-220.
 * That it is an intraclass correlation, but for terms of order 1 / n: J. L.
 * Fleiss and J. Cohen, Educational and Psychological Measurement 33 (1973),
 * 613-619. */
struct coefficient weighted_kappa(const struct ratings *ratings, size_t one,
                                  size_t other);

enum reliability_metric { METRIC_NOMINAL, METRIC_ORDINAL, METRIC_INTERVAL };

/* Krippendorff's alpha of all raters, with missing values: 1 - D_o / D_e, over
 * the matrix of coincidences, in which each unit with m values, m >= 2, counts
 * each of its ordered pairs of values 1 / (m - 1) times; n is the number of
 * values in such units.  With n_c the number of them in category c:
 *   D_o = sum over c, k of o_ck d(c, k) / n
 *   D_e = sum over c, k of n_c n_k d(c, k) / (n (n - 1))
 * d is 1 between different categories (nominal), the square of the difference
 * of their numbers (interval), or the square of the number of values from the
 * one to the other, both ends counting half (ordinal).  1 is perfect, 0 is
 * chance.  METRIC_INTERVAL takes `numbers` by category, or NULL for the
 * categories themselves.
 * K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). */
struct coefficient krippendorff_alpha(const struct ratings *ratings,
                                      enum reliability_metric metric,
                                      const double *numbers);

/* ---- How sure a number is ---- */

/* Bounds of 95 percent. */
struct interval {
    bool defined;
    double low;
    double high;
};

enum { BOOTSTRAP_DRAWS = 2000 };

typedef struct coefficient statistic(const struct ratings *ratings,
                                     void *context);

/* A statistic of which an interval is wanted. */
struct bootstrap {
    const struct ratings *ratings; /* without weights */
    statistic *of; /* asked with equal units as one, of more weight: it must not
                      depend on their order */
    void *context;
    struct interval interval;
};

/* The intervals of statistics of the same units (all ratings have the same
 * number of them, in the same order): from each of BOOTSTRAP_DRAWS samples of
 * the units, of the same size and drawn with replacement, from a stream that
 * the seed alone decides.  All values of a unit stay together, and all
 * statistics see the same samples.  Percentiles: of d values in order the
 * k-th and the (d + 1 - k)-th, k = floor(0.025 (d + 1)).
 *
 * Samples in which a statistic is undefined do not count.  Where more than a
 * tenth of them are, or all come to the same value, or there is one unit only,
 * its interval is undefined: the units do not show how it varies.
 * B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993),
 * chapter 13.  Fails only for want of memory. */
bool bootstrap_intervals(struct bootstrap *wanted, size_t count, uint64_t seed,
                         struct error *err) CHECKED;

/* The exact interval of a share when all of `units` are a yes (else: a no),
 * where drawing again shows nothing: from (0.025)^(1 / units) to 1, or the
 * mirror of that.  Undefined for no units.
 * C. J. Clopper and E. S. Pearson, The Use of Confidence or Fiducial Limits
 * Illustrated in the Case of the Binomial, Biometrika 26 (1934), 404-413. */
struct interval unanimous_interval(size_t units, bool yes);

#endif
