/* Coefficients of agreement.  Sums are of whole numbers for as long as that
 * goes, so that nothing depends on the order of the units. */
#include "datebook/reliability.h"

#include <math.h>
#include <string.h>

enum { CELLS = RELIABILITY_CATEGORIES * RELIABILITY_CATEGORIES };

static bool can_be_counted(const struct ratings *ratings)
{
    return ratings->categories > 0 &&
           ratings->categories <= RELIABILITY_CATEGORIES;
}

static size_t weight_of(const struct ratings *ratings, size_t unit)
{
    return ratings->weights ? ratings->weights[unit] : 1;
}

static const int *row_of(const struct ratings *ratings, size_t unit)
{
    return ratings->values + unit * ratings->raters;
}

static bool is_there(const struct ratings *ratings, int value)
{
    return value >= 0 && value < ratings->categories;
}

static struct coefficient share(size_t part, size_t whole)
{
    return (struct coefficient){.defined = whole > 0,
                                .value =
                                    whole ? (double)part / (double)whole : 0,
                                .n = whole};
}

struct coefficient yes_share(const struct ratings *ratings)
{
    size_t yes = 0;
    size_t all = 0;

    for (size_t u = 0; u < ratings->units; u++) {
        size_t weight = weight_of(ratings, u);
        for (size_t r = 0; r < ratings->raters; r++) {
            int value = row_of(ratings, u)[r];
            all += is_there(ratings, value) ? weight : 0;
            yes += is_there(ratings, value) && value == 1 ? weight : 0;
        }
    }
    return share(yes, all);
}

struct coefficient pair_agreement(const struct ratings *ratings)
{
    size_t same = 0;
    size_t all = 0;

    for (size_t u = 0; u < ratings->units; u++) {
        const int *row = row_of(ratings, u);
        size_t weight = weight_of(ratings, u);
        for (size_t i = 0; i < ratings->raters; i++)
            for (size_t j = 0; j < i; j++) {
                if (!is_there(ratings, row[i]) || !is_there(ratings, row[j]))
                    continue;
                all += weight;
                same += row[i] == row[j] ? weight : 0;
            }
    }
    return share(same, all);
}

/* ---- Two raters ---- */

/* How often one said i and the other j. */
struct cross {
    int size;
    size_t n;
    size_t cells[CELLS]; /* i * size + j */
    size_t rows[RELIABILITY_CATEGORIES];
    size_t columns[RELIABILITY_CATEGORIES];
};

static void cross_count(struct cross *cross, const struct ratings *ratings,
                        size_t one, size_t other)
{
    size_t size = can_be_counted(ratings) && one < ratings->raters &&
                          other < ratings->raters
                      ? (size_t)ratings->categories
                      : 0;

    cross->size = (int)size;
    cross->n = 0;
    memset(cross->cells, 0, size * size * sizeof *cross->cells);
    memset(cross->rows, 0, sizeof cross->rows);
    memset(cross->columns, 0, sizeof cross->columns);
    for (size_t u = 0; size && u < ratings->units; u++) {
        int i = row_of(ratings, u)[one];
        int j = row_of(ratings, u)[other];
        size_t weight = weight_of(ratings, u);
        if (!is_there(ratings, i) || !is_there(ratings, j))
            continue;
        cross->n += weight;
        cross->cells[(size_t)i * size + (size_t)j] += weight;
        cross->rows[i] += weight;
        cross->columns[j] += weight;
    }
}

static size_t cross_same(const struct cross *cross)
{
    size_t same = 0;

    for (int i = 0; i < cross->size; i++)
        same += cross->cells[i * cross->size + i];
    return same;
}

struct coefficient percent_agreement(const struct ratings *ratings, size_t one,
                                     size_t other)
{
    struct cross cross;

    cross_count(&cross, ratings, one, other);
    return share(cross_same(&cross), cross.n);
}

/* 1 - observed / expected: of disagreement; no chance of any is no measure. */
static struct coefficient above_chance(double observed, double expected,
                                       size_t n)
{
    bool defined = n > 0 && expected > 0;

    return (struct coefficient){.defined = defined,
                                .value = defined ? 1 - observed / expected : 0,
                                .n = n};
}

/* (p_o - p_e) / (1 - p_e) is 1 - (1 - p_o) / (1 - p_e); times n squared. */
struct coefficient cohen_kappa(const struct ratings *ratings, size_t one,
                               size_t other)
{
    struct cross cross;
    double n;
    double chance = 0;

    cross_count(&cross, ratings, one, other);
    n = (double)cross.n;
    for (int i = 0; i < cross.size; i++)
        chance += (double)cross.rows[i] * (double)cross.columns[i];
    return above_chance(n * (double)(cross.n - cross_same(&cross)),
                        n * n - chance, cross.n);
}

struct coefficient weighted_kappa(const struct ratings *ratings, size_t one,
                                  size_t other)
{
    struct cross cross;
    double observed = 0;
    double expected = 0;

    cross_count(&cross, ratings, one, other);
    for (int i = 0; i < cross.size; i++)
        for (int j = 0; j < cross.size; j++) {
            double weight = (double)(i - j) * (double)(i - j);
            observed += weight * (double)cross.cells[i * cross.size + j];
            expected +=
                weight * (double)cross.rows[i] * (double)cross.columns[j];
        }
    return above_chance(observed * (double)cross.n, expected, cross.n);
}

/* ---- Any number of raters ---- */

struct coincidences {
    int size;
    size_t n; /* values that can be paired */
    size_t counts[RELIABILITY_CATEGORIES];
    double cells[CELLS]; /* c * size + k, above the diagonal */
};

/* Only pairs of different values are counted, once for both orders: equal ones
 * are no disagreement, and the matrix is symmetric. */
static void count_unit(struct coincidences *all, const struct ratings *ratings,
                       size_t unit)
{
    const int *row = row_of(ratings, unit);
    size_t weight = weight_of(ratings, unit);
    size_t present = 0;
    double share_of_pair;

    for (size_t r = 0; r < ratings->raters; r++)
        present += is_there(ratings, row[r]);
    if (present < 2)
        return;
    share_of_pair = (double)weight / (double)(present - 1);
    all->n += weight * present;
    for (size_t i = 0; i < ratings->raters; i++) {
        if (!is_there(ratings, row[i]))
            continue;
        all->counts[row[i]] += weight;
        for (size_t j = 0; j < ratings->raters; j++)
            if (is_there(ratings, row[j]) && row[i] < row[j])
                all->cells[row[i] * all->size + row[j]] += share_of_pair;
    }
}

static double square(double value)
{
    return value * value;
}

/* The distance of two categories, c before k. */
static double distance(const struct coincidences *all, int c, int k,
                       enum reliability_metric metric, const double *numbers)
{
    double sum = 0;

    switch (metric) {
    case METRIC_NOMINAL:
        return 1;
    case METRIC_INTERVAL:
        return numbers ? square(numbers[c] - numbers[k]) : square(c - k);
    default:
        break;
    }
    for (int g = c; g <= k; g++)
        sum += (double)all->counts[g];
    return square(sum - ((double)all->counts[c] + (double)all->counts[k]) / 2);
}

struct coefficient krippendorff_alpha(const struct ratings *ratings,
                                      enum reliability_metric metric,
                                      const double *numbers)
{
    struct coincidences all;
    double observed = 0;
    double expected = 0;

    if (!can_be_counted(ratings))
        return (struct coefficient){.defined = false};
    all.size = ratings->categories;
    all.n = 0;
    memset(all.counts, 0, sizeof all.counts);
    memset(all.cells, 0, (size_t)(all.size * all.size) * sizeof *all.cells);
    for (size_t u = 0; u < ratings->units; u++)
        count_unit(&all, ratings, u);
    for (int c = 0; c < all.size; c++)
        for (int k = c + 1; all.counts[c] && k < all.size; k++) {
            double far;
            if (!all.counts[k])
                continue;
            far = distance(&all, c, k, metric, numbers);
            observed += all.cells[c * all.size + k] * far;
            expected += (double)all.counts[c] * (double)all.counts[k] * far;
        }
    return above_chance(observed * ((double)all.n - 1), expected, all.n);
}

struct interval unanimous_interval(size_t units, bool yes)
{
    double far = units ? pow(0.025, 1 / (double)units) : 0;

    return (struct interval){
        .defined = units > 0, .low = yes ? far : 0, .high = yes ? 1 : 1 - far};
}
