/* Coefficients of agreement, held to examples that others published and to
 * what must be true of them.  Exact fractions were worked out by hand from the
 * formulas; behind each stands what the publication prints. */
#include "datebook/random.h"
#include "datebook/reliability.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *reliability_suite(void);

#define NONE RATING_MISSING
#define EXACT 1e-12

enum { MOST_UNITS = 400 };

static struct ratings ratings_of(const int *values, size_t units, size_t raters,
                                 int categories)
{
    return (struct ratings){values, units, raters, categories, NULL};
}

/* One unit for each cell of a table, weighing what stands in it. */
struct crossed {
    int values[2 * RELIABILITY_CATEGORIES];
    uint32_t weights[RELIABILITY_CATEGORIES];
    struct ratings ratings;
};

static void cross(struct crossed *crossed, const uint32_t *cells, int size)
{
    for (int i = 0; i < size * size; i++) {
        crossed->values[2 * i] = i / size;
        crossed->values[2 * i + 1] = i % size;
        crossed->weights[i] = cells[i];
    }
    crossed->ratings =
        ratings_of(crossed->values, (size_t)size * (size_t)size, 2, size);
    crossed->ratings.weights = crossed->weights;
}

static void assert_is(struct coefficient result, double value, size_t n)
{
    ck_assert(result.defined);
    ck_assert_double_eq_tol(result.value, value, EXACT);
    ck_assert_uint_eq(result.n, n);
}

static void assert_undefined(struct coefficient result, size_t n)
{
    ck_assert(!result.defined);
    ck_assert_uint_eq(result.n, n);
}

/* ---- Published examples: two raters ---- */

/* Cohen 1960, the agreement matrix of proportions (.25 .13 .12, …), in
 * hundredths: p_o .29, p_e .35, kappa -.09. */
START_TEST(cohen_below_chance)
{
    static const uint32_t cells[] = {25, 13, 12, 12, 2, 16, 3, 15, 2};
    struct crossed crossed;

    cross(&crossed, cells, 3);
    assert_is(percent_agreement(&crossed.ratings, 0, 1), 0.29, 100);
    assert_is(cohen_kappa(&crossed.ratings, 0, 1), -6.0 / 65, 100);
}
END_TEST

/* Cohen 1960, the example of 200 cases: p_o .70, p_e .41, kappa .492. */
START_TEST(cohen_200_cases)
{
    static const uint32_t cells[] = {88, 14, 18, 10, 40, 10, 2, 6, 12};
    struct crossed crossed;

    cross(&crossed, cells, 3);
    assert_is(percent_agreement(&crossed.ratings, 0, 1), 0.70, 200);
    assert_is(cohen_kappa(&crossed.ratings, 0, 1), 29.0 / 59, 200);
}
END_TEST

/* J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and
 * Proportions (2003), chapter 18, diagnoses of 100 subjects: p_o .89, p_e .66,
 * kappa .68. */
START_TEST(fleiss_diagnoses)
{
    static const uint32_t cells[] = {75, 1, 4, 5, 4, 1, 0, 0, 10};
    struct crossed crossed;

    cross(&crossed, cells, 3);
    assert_is(percent_agreement(&crossed.ratings, 0, 1), 0.89, 100);
    assert_is(cohen_kappa(&crossed.ratings, 0, 1), 23.0 / 34, 100);
}
END_TEST

/* A. Agresti, Categorical Data Analysis (2002), section 10.5, two pathologists
 * on carcinoma in 118 slides: kappa .493. */
START_TEST(agresti_carcinoma)
{
    static const uint32_t cells[] = {22, 2, 2,  0, 5, 7, 14, 0,
                                     0,  2, 36, 0, 0, 1, 17, 10};
    struct crossed crossed;

    cross(&crossed, cells, 4);
    assert_is(cohen_kappa(&crossed.ratings, 0, 1), 2467.0 / 5004, 118);
}
END_TEST

/* J. Sim and C. C. Wright, The Kappa Statistic in Reliability Studies, Physical
 * Therapy 85 (2005), 257-268, the table of two clinicians and four ordered
 * categories: kappa .55, with quadratic weights .67. */
START_TEST(sim_wright_quadratic)
{
    static const uint32_t cells[] = {15, 3, 1,  1, 4, 18, 3, 2,
                                     4,  5, 16, 4, 1, 2,  4, 17};
    struct crossed crossed;

    cross(&crossed, cells, 4);
    assert_is(cohen_kappa(&crossed.ratings, 0, 1), 1023.0 / 1873, 100);
    assert_is(weighted_kappa(&crossed.ratings, 0, 1), 3932.0 / 5857, 100);
}
END_TEST

/* By hand.  Rows 3 and 3, columns 2 and 4, of six: on five units they agree, by
 * chance on (3 * 2 + 3 * 4) / 6 = 3, so (5 - 3) / (6 - 3).  With two categories
 * every distance is 1, and weights change nothing. */
START_TEST(two_categories)
{
    static const int values[] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
    struct ratings ratings = ratings_of(values, 6, 2, 2);

    assert_is(percent_agreement(&ratings, 0, 1), 5.0 / 6, 6);
    assert_is(cohen_kappa(&ratings, 0, 1), 2.0 / 3, 6);
    assert_is(weighted_kappa(&ratings, 0, 1), 2.0 / 3, 6);
    assert_is(pair_agreement(&ratings), 5.0 / 6, 6);
    assert_is(yes_share(&ratings), 7.0 / 12, 12);
}
END_TEST

/* ---- Published examples: alpha ---- */

/* Krippendorff 2011, section A: two observers, binary data: .095. */
START_TEST(krippendorff_binary)
{
    static const int values[] = {0, 1, 1, 1, 0, 1, 0, 0, 0, 0,
                                 0, 1, 0, 0, 0, 0, 1, 0, 0, 0};
    struct ratings ratings = ratings_of(values, 10, 2, 2);

    assert_is(krippendorff_alpha(&ratings, METRIC_NOMINAL, NULL), 2.0 / 21, 20);
    /* Two values are as far apart on any scale. */
    assert_is(krippendorff_alpha(&ratings, METRIC_ORDINAL, NULL), 2.0 / 21, 20);
    assert_is(krippendorff_alpha(&ratings, METRIC_INTERVAL, NULL), 2.0 / 21,
              20);
}
END_TEST

/* Krippendorff 2011, section B: two observers, nominal data: .692. */
START_TEST(krippendorff_nominal)
{
    enum { A, B, C, D, E };
    static const int values[] = {A, B, A, A, B, B, B, B, D, B, C, C,
                                 C, C, C, C, E, E, D, D, D, D, A, D};
    struct ratings ratings = ratings_of(values, 12, 2, 5);

    assert_is(krippendorff_alpha(&ratings, METRIC_NOMINAL, NULL), 155.0 / 224,
              24);
}
END_TEST

/* Krippendorff 2011, section C: four observers, twelve units, missing data. */
static const int with_gaps[] = {
    1, 1, NONE, 1, 2,    2, 3, 2, 3,    3,    3, 3, 3,    3, 3,    3,
    2, 2, 2,    2, 1,    2, 3, 4, 4,    4,    4, 4, 1,    1, 2,    1,
    2, 2, 2,    2, NONE, 5, 5, 5, NONE, NONE, 1, 1, NONE, 3, NONE, NONE};

/* Nominal .743, ordinal .815, interval .849; 40 values can be paired. */
START_TEST(krippendorff_gaps)
{
    struct ratings ratings = ratings_of(with_gaps, 12, 4, 6);

    assert_is(krippendorff_alpha(&ratings, METRIC_NOMINAL, NULL), 113.0 / 152,
              40);
    assert_is(krippendorff_alpha(&ratings, METRIC_ORDINAL, NULL),
              108577.0 / 133160, 40);
    assert_is(krippendorff_alpha(&ratings, METRIC_INTERVAL, NULL), 951.0 / 1120,
              40);
}
END_TEST

/* Interval data ask for the differences of numbers, whatever the category. */
START_TEST(numbers_of_categories)
{
    static const double stretched[] = {0, 100, 200, 300, 400, 500};
    static const double uneven[] = {0, 1, 2, 3, 4, 50};
    struct ratings ratings = ratings_of(with_gaps, 12, 4, 6);

    assert_is(krippendorff_alpha(&ratings, METRIC_INTERVAL, stretched),
              951.0 / 1120, 40);
    ck_assert_double_gt(
        krippendorff_alpha(&ratings, METRIC_INTERVAL, uneven).value,
        951.0 / 1120);
}
END_TEST

/* ---- Properties ---- */

/* Two raters of whom the second says what the first does with a chance of
 * `percent`, else anything. */
static void simulate(int *values, size_t units, int categories, int percent,
                     uint64_t seed)
{
    struct random random;

    random_start(&random, seed, "simulate", NULL);
    for (size_t u = 0; u < units; u++) {
        values[2 * u] = random_between(&random, 0, categories - 1);
        values[2 * u + 1] = random_chance(&random, percent)
                                ? values[2 * u]
                                : random_between(&random, 0, categories - 1);
    }
}

START_TEST(symmetry)
{
    int values[2 * MOST_UNITS];
    struct ratings ratings = ratings_of(values, 150, 2, 5);

    simulate(values, 150, 5, 40, (uint64_t)_i);
    ck_assert_double_eq(cohen_kappa(&ratings, 0, 1).value,
                        cohen_kappa(&ratings, 1, 0).value);
    ck_assert_double_eq(weighted_kappa(&ratings, 0, 1).value,
                        weighted_kappa(&ratings, 1, 0).value);
    ck_assert_double_eq(percent_agreement(&ratings, 0, 1).value,
                        pair_agreement(&ratings).value);
}
END_TEST

START_TEST(order_of_units)
{
    int values[2 * MOST_UNITS];
    int turned[2 * MOST_UNITS];
    struct ratings one = ratings_of(values, 150, 2, 5);
    struct ratings other = ratings_of(turned, 150, 2, 5);

    simulate(values, 150, 5, 40, (uint64_t)_i);
    /* Backwards, and with the raters changed. */
    for (size_t i = 0; i < 300; i++)
        turned[i] = values[299 - i];
    ck_assert_double_eq(cohen_kappa(&one, 0, 1).value,
                        cohen_kappa(&other, 0, 1).value);
    ck_assert_double_eq(weighted_kappa(&one, 0, 1).value,
                        weighted_kappa(&other, 0, 1).value);
    for (int m = METRIC_NOMINAL; m <= METRIC_INTERVAL; m++)
        ck_assert_double_eq(
            krippendorff_alpha(&one, (enum reliability_metric)m, NULL).value,
            krippendorff_alpha(&other, (enum reliability_metric)m, NULL).value);
}
END_TEST

/* A weight is as good as that many units. */
START_TEST(weights)
{
    static const int once[] = {0, 0, 0, 1, 2, 1, 1, NONE};
    static const uint32_t weight[] = {3, 0, 2, 4};
    static const int spelled[] = {0, 0, 0,    0, 0,    0, 2,    1, 2,
                                  1, 1, NONE, 1, NONE, 1, NONE, 1, NONE};
    struct ratings one = ratings_of(once, 4, 2, 3);
    struct ratings other = ratings_of(spelled, 9, 2, 3);

    one.weights = weight;
    assert_is(cohen_kappa(&one, 0, 1), cohen_kappa(&other, 0, 1).value, 5);
    assert_is(weighted_kappa(&one, 0, 1), weighted_kappa(&other, 0, 1).value,
              5);
    assert_is(yes_share(&one), 6.0 / 14, 14);
    assert_is(yes_share(&other), 6.0 / 14, 14);
    assert_is(pair_agreement(&one), 3.0 / 5, 5);
    assert_is(krippendorff_alpha(&one, METRIC_ORDINAL, NULL),
              krippendorff_alpha(&other, METRIC_ORDINAL, NULL).value, 10);
}
END_TEST

START_TEST(equality)
{
    int values[2 * MOST_UNITS];
    struct ratings ratings = ratings_of(values, 100, 2, 4);

    simulate(values, 100, 4, 100, 1);
    assert_is(percent_agreement(&ratings, 0, 1), 1, 100);
    assert_is(cohen_kappa(&ratings, 0, 1), 1, 100);
    assert_is(weighted_kappa(&ratings, 0, 1), 1, 100);
    for (int m = METRIC_NOMINAL; m <= METRIC_INTERVAL; m++)
        assert_is(
            krippendorff_alpha(&ratings, (enum reliability_metric)m, NULL), 1,
            200);
}
END_TEST

/* Means and mean squares of two raters. */
struct moments {
    double mean[2];
    double variance[2]; /* by n */
    double covariance;
};

static struct moments moments_of(const int *values, size_t units)
{
    struct moments m = {.covariance = 0};
    double n = (double)units;

    for (size_t u = 0; u < units; u++)
        for (int r = 0; r < 2; r++)
            m.mean[r] += values[2 * u + (size_t)r] / n;
    for (size_t u = 0; u < units; u++) {
        double x = values[2 * u] - m.mean[0];
        double y = values[2 * u + 1] - m.mean[1];
        m.variance[0] += x * x / n;
        m.variance[1] += y * y / n;
        m.covariance += x * y / n;
    }
    return m;
}

/* Fleiss and Cohen 1973: with quadratic weights kappa is an intraclass
 * correlation, with sums of squares by n exactly so. */
START_TEST(intraclass)
{
    int values[2 * MOST_UNITS];
    struct ratings ratings = ratings_of(values, 200, 2, 6);
    struct moments m;
    double apart;

    simulate(values, 200, 6, 50, (uint64_t)_i);
    m = moments_of(values, 200);
    apart = m.mean[0] - m.mean[1];
    ck_assert_double_eq_tol(weighted_kappa(&ratings, 0, 1).value,
                            2 * m.covariance /
                                (m.variance[0] + m.variance[1] + apart * apart),
                            EXACT);
}
END_TEST

/* ---- Edges ---- */

static void assert_nothing(const struct ratings *ratings, size_t values)
{
    assert_undefined(percent_agreement(ratings, 0, 1), 0);
    assert_undefined(cohen_kappa(ratings, 0, 1), 0);
    assert_undefined(weighted_kappa(ratings, 0, 1), 0);
    assert_undefined(pair_agreement(ratings), 0);
    for (int m = METRIC_NOMINAL; m <= METRIC_INTERVAL; m++)
        assert_undefined(
            krippendorff_alpha(ratings, (enum reliability_metric)m, NULL), 0);
    ck_assert_uint_eq(yes_share(ratings).n, values);
    ck_assert_int_eq(yes_share(ratings).defined, values > 0);
}

START_TEST(nothing_to_compare)
{
    static const int missing[] = {NONE, NONE, NONE, NONE};
    static const int alternating[] = {1, NONE, NONE, 0};
    struct ratings none = ratings_of(NULL, 0, 2, 3);
    struct ratings all_missing = ratings_of(missing, 2, 2, 3);
    struct ratings never_both = ratings_of(alternating, 2, 2, 3);
    struct ratings one_rater = ratings_of(alternating + 3, 1, 1, 3);

    assert_nothing(&none, 0);
    assert_nothing(&all_missing, 0);
    assert_nothing(&never_both, 2);
    assert_nothing(&one_rater, 1);
}
END_TEST

/* All agree, but chance would as well. */
START_TEST(one_category)
{
    static const int values[] = {1, 1, 1, 1, 1, 1};
    struct ratings ratings = ratings_of(values, 3, 2, 2);

    assert_is(percent_agreement(&ratings, 0, 1), 1, 3);
    assert_is(yes_share(&ratings), 1, 6);
    assert_undefined(cohen_kappa(&ratings, 0, 1), 3);
    assert_undefined(weighted_kappa(&ratings, 0, 1), 3);
    assert_undefined(krippendorff_alpha(&ratings, METRIC_NOMINAL, NULL), 6);
}
END_TEST

START_TEST(wrong_categories)
{
    static const int values[] = {0, 0, 64, 64, -7, 0, 1, 1};
    struct ratings many = ratings_of(values, 4, 2, RELIABILITY_CATEGORIES + 1);
    struct ratings none = ratings_of(values, 4, 2, 0);
    struct ratings most = ratings_of(values, 4, 2, RELIABILITY_CATEGORIES);

    assert_undefined(cohen_kappa(&many, 0, 1), 0);
    assert_undefined(krippendorff_alpha(&many, METRIC_NOMINAL, NULL), 0);
    assert_undefined(cohen_kappa(&none, 0, 1), 0);
    /* 64 and -7 are no categories, and so are missing. */
    assert_is(cohen_kappa(&most, 0, 1), 1, 2);
    assert_is(krippendorff_alpha(&most, METRIC_NOMINAL, NULL), 1, 4);
}
END_TEST

Suite *reliability_suite(void)
{
    Suite *suite = suite_create("reliability");
    TCase *published = tcase_create("published");
    TCase *properties = tcase_create("properties");
    TCase *edges = tcase_create("edges");

    tcase_add_test(published, cohen_below_chance);
    tcase_add_test(published, cohen_200_cases);
    tcase_add_test(published, fleiss_diagnoses);
    tcase_add_test(published, agresti_carcinoma);
    tcase_add_test(published, sim_wright_quadratic);
    tcase_add_test(published, two_categories);
    tcase_add_test(published, krippendorff_binary);
    tcase_add_test(published, krippendorff_nominal);
    tcase_add_test(published, krippendorff_gaps);
    tcase_add_test(published, numbers_of_categories);
    suite_add_tcase(suite, published);
    tcase_add_loop_test(properties, symmetry, 0, 5);
    tcase_add_loop_test(properties, order_of_units, 0, 5);
    tcase_add_test(properties, weights);
    tcase_add_test(properties, equality);
    tcase_add_loop_test(properties, intraclass, 0, 5);
    suite_add_tcase(suite, properties);
    tcase_add_test(edges, nothing_to_compare);
    tcase_add_test(edges, one_category);
    tcase_add_test(edges, wrong_categories);
    suite_add_tcase(suite, edges);
    return suite;
}
