/* Intervals: the same for a seed, around what was measured, and as wide as
 * they say. */
#include "datebook/random.h"
#include "datebook/reliability.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *bootstrap_suite(void);

enum { UNITS = 100, SETS = 200 };

static struct error err;

static struct coefficient share(const struct ratings *ratings, void *context)
{
    (void)context;
    return yes_share(ratings);
}

static struct coefficient kappa(const struct ratings *ratings, void *context)
{
    (void)context;
    return cohen_kappa(ratings, 0, 1);
}

static struct interval interval_of(const struct ratings *ratings, statistic *of,
                                   uint64_t seed)
{
    struct bootstrap wanted = {.ratings = ratings, .of = of};

    ck_assert(bootstrap_intervals(&wanted, 1, seed, &err));
    return wanted.interval;
}

/* Yes with a chance of `percent`, from one rater. */
static void flip(int *values, size_t units, int percent, uint64_t seed)
{
    struct random random;

    random_start(&random, seed, "flip", NULL);
    for (size_t u = 0; u < units; u++)
        values[u] = random_chance(&random, percent);
}

/* Two raters; the second says what the first does with a chance of 80 percent,
 * else the other of two: kappa is 0.6 in the long run. */
static void flip_twice(int *values, size_t units, uint64_t seed)
{
    struct random random;

    random_start(&random, seed, "twice", NULL);
    for (size_t u = 0; u < units; u++) {
        values[2 * u] = random_chance(&random, 50);
        values[2 * u + 1] =
            random_chance(&random, 80) ? values[2 * u] : !values[2 * u];
    }
}

START_TEST(same_for_a_seed)
{
    int values[UNITS];
    struct ratings ratings = {values, UNITS, 1, 2, NULL};
    struct interval one;
    struct interval again;

    flip(values, UNITS, 80, 1);
    one = interval_of(&ratings, share, 7);
    again = interval_of(&ratings, share, 7);
    ck_assert(one.defined);
    ck_assert_double_eq(one.low, again.low);
    ck_assert_double_eq(one.high, again.high);
}
END_TEST

/* Of 80 yes in 100 the number drawn is binomial: 2.5 and 97.5 percent of that
 * distribution are at 72 and 87 or 88; other draws may be one off. */
START_TEST(binomial)
{
    int values[UNITS];
    struct ratings ratings = {values, UNITS, 1, 2, NULL};
    struct interval interval;

    for (int i = 0; i < UNITS; i++)
        values[i] = i % 5 != 0;
    interval = interval_of(&ratings, share, (uint64_t)_i);
    ck_assert(interval.defined);
    ck_assert_double_eq_tol(interval.low, 0.72, 0.0101);
    ck_assert_double_eq_tol(interval.high, 0.875, 0.0151);
}
END_TEST

/* Which units say what is all that counts. */
START_TEST(together_as_alone)
{
    int shares[UNITS];
    int pairs[2 * UNITS];
    struct ratings one = {shares, UNITS, 1, 2, NULL};
    struct ratings two = {pairs, UNITS, 2, 2, NULL};
    struct bootstrap wanted[] = {
        {.ratings = &one, .of = share},
        {.ratings = &two, .of = kappa},
        {.ratings = &two, .of = share},
        {.ratings = &one, .of = share},
    };

    flip(shares, UNITS, 80, 1);
    flip_twice(pairs, UNITS, 1);
    ck_assert(bootstrap_intervals(wanted, 4, 3, &err));
    for (int i = 0; i < 4; i++) {
        struct interval alone = interval_of(wanted[i].ratings, wanted[i].of, 3);
        ck_assert(wanted[i].interval.defined);
        ck_assert_double_eq(wanted[i].interval.low, alone.low);
        ck_assert_double_eq(wanted[i].interval.high, alone.high);
    }
}
END_TEST

/* Values of a unit are drawn together: two raters who always say the same are
 * no more data than one. */
START_TEST(units_stay_whole)
{
    int once[UNITS];
    int twice[2 * UNITS];
    struct ratings one = {once, UNITS, 1, 2, NULL};
    struct ratings two = {twice, UNITS, 2, 2, NULL};
    struct interval a;
    struct interval b;

    flip(once, UNITS, 80, 5);
    for (int u = 0; u < UNITS; u++)
        twice[2 * u] = twice[2 * u + 1] = once[u];
    a = interval_of(&one, share, 9);
    b = interval_of(&two, share, 9);
    ck_assert_double_eq(a.low, b.low);
    ck_assert_double_eq(a.high, b.high);
}
END_TEST

/* How often intervals hold the truth; the percentile interval is known to fall
 * a little short of 95 percent for a hundred units. */
START_TEST(coverage_of_shares)
{
    int values[UNITS];
    struct ratings ratings = {values, UNITS, 1, 2, NULL};
    int held = 0;

    for (uint64_t seed = 0; seed < SETS; seed++) {
        double value;
        struct interval interval;
        flip(values, UNITS, 80, seed);
        value = yes_share(&ratings).value;
        interval = interval_of(&ratings, share, seed);
        ck_assert(interval.defined);
        ck_assert(interval.low <= value && value <= interval.high);
        held += interval.low <= 0.8 && 0.8 <= interval.high;
    }
    ck_assert_int_ge(held, SETS * 90 / 100);
    ck_assert_int_le(held, SETS * 99 / 100);
}
END_TEST

START_TEST(coverage_of_kappa)
{
    int values[2 * UNITS];
    struct ratings ratings = {values, UNITS, 2, 2, NULL};
    int held = 0;

    for (uint64_t seed = 0; seed < SETS; seed++) {
        double value;
        struct interval interval;
        flip_twice(values, UNITS, seed);
        value = cohen_kappa(&ratings, 0, 1).value;
        interval = interval_of(&ratings, kappa, seed);
        ck_assert(interval.defined);
        ck_assert(interval.low <= value && value <= interval.high);
        held += interval.low <= 0.6 && 0.6 <= interval.high;
    }
    ck_assert_int_ge(held, SETS * 90 / 100);
    ck_assert_int_le(held, SETS * 99 / 100);
}
END_TEST

/* More units, a narrower interval: four times as many, half as wide. */
START_TEST(width)
{
    static int values[16 * UNITS];
    struct ratings few = {values, UNITS, 1, 2, NULL};
    struct ratings many = {values, 16 * UNITS, 1, 2, NULL};
    struct interval wide;
    struct interval narrow;

    for (int i = 0; i < 16 * UNITS; i++)
        values[i] = i % 5 != 0;
    wide = interval_of(&few, share, 1);
    narrow = interval_of(&many, share, 1);
    ck_assert_double_eq_tol((wide.high - wide.low) / (narrow.high - narrow.low),
                            4, 0.6);
}
END_TEST

START_TEST(nothing_to_draw)
{
    static const int alike[] = {1, 1, 1, 1, 1, 1};
    static const int mixed[] = {0, 1};
    struct ratings none = {alike, 0, 2, 2, NULL};
    struct ratings one = {mixed, 1, 2, 2, NULL};
    struct ratings same = {alike, 3, 2, 2, NULL};
    struct ratings nobody = {alike, 3, 0, 2, NULL};

    ck_assert(bootstrap_intervals(NULL, 0, 1, &err));
    ck_assert(!interval_of(&none, share, 1).defined);
    ck_assert(!interval_of(&one, share, 1).defined);
    ck_assert(!interval_of(&same, share, 1).defined);
    ck_assert(!interval_of(&same, kappa, 1).defined);
    ck_assert(!interval_of(&nobody, share, 1).defined);
}
END_TEST

/* Kappa is undefined where nothing but "no" was drawn.  With two units of four
 * hundred that say something else that is one sample in seven (e to the -2);
 * with four, one in fifty. */
START_TEST(often_undefined)
{
    int values[800] = {1, 1, 0, 1};
    struct ratings ratings = {values, 400, 2, 2, NULL};

    ck_assert(!interval_of(&ratings, kappa, 1).defined);
    values[4] = values[5] = values[6] = values[7] = 1;
    ck_assert(interval_of(&ratings, kappa, 1).defined);
}
END_TEST

/* 0.025 to the power of 1 / 10 is 0.6915; the textbook's table of exact limits
 * gives 69.15 to 100 percent for 10 of 10. */
START_TEST(unanimous)
{
    struct interval all = unanimous_interval(10, true);
    struct interval none = unanimous_interval(10, false);

    ck_assert(all.defined && none.defined);
    ck_assert_double_eq_tol(all.low, 0.6915, 0.00005);
    ck_assert_double_eq(all.high, 1);
    ck_assert_double_eq(none.low, 0);
    ck_assert_double_eq_tol(none.high, 0.3085, 0.00005);
    ck_assert_double_eq_tol(unanimous_interval(1, true).low, 0.025, 1e-12);
    ck_assert(!unanimous_interval(0, true).defined);
}
END_TEST

Suite *bootstrap_suite(void)
{
    Suite *suite = suite_create("bootstrap");
    TCase *tests = tcase_create("bootstrap");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, same_for_a_seed);
    tcase_add_loop_test(tests, binomial, 0, 10);
    tcase_add_test(tests, together_as_alone);
    tcase_add_test(tests, units_stay_whole);
    tcase_add_test(tests, coverage_of_shares);
    tcase_add_test(tests, coverage_of_kappa);
    tcase_add_test(tests, width);
    tcase_add_test(tests, nothing_to_draw);
    tcase_add_test(tests, often_undefined);
    tcase_add_test(tests, unanimous);
    suite_add_tcase(suite, tests);
    return suite;
}
