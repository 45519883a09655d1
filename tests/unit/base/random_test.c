/* Random streams: pinned, independent of each other, and even. */
#include "datebook/random.h"

#include <check.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static struct random source;

/* Datasets are reproduced from seeds years later: these never change. */
START_TEST(streams_are_pinned)
{
    static const uint32_t plain[] = {0x6f34a45a, 0x9c36b011, 0xb49a3ca8,
                                     0xd67aa48d};
    static const uint32_t named[] = {0xdd945e51, 0xf2201395, 0x424262f8,
                                     0x85828fc3};

    random_start(&source, 1, NULL);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(random_u32(&source), plain[i]);
    random_start(&source, 42, "tier1_sales", "week", NULL);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(random_u32(&source), named[i]);
    for (int i = 0; i < 1000; i++)
        random_u32(&source);
    ck_assert_uint_eq(random_u32(&source), 0x7c895d6du);
    ck_assert_uint_eq(random_below(&source, 1000), 704);
    ck_assert_int_eq(random_between(&source, -5, 5), 4);
}
END_TEST

START_TEST(streams_are_independent)
{
    uint32_t first[6];

    random_start(&source, 1, "a", NULL);
    first[0] = random_u32(&source);
    random_start(&source, 1, "b", NULL);
    first[1] = random_u32(&source);
    random_start(&source, 2, "a", NULL);
    first[2] = random_u32(&source);
    random_start(&source, 1, "a", "b", NULL);
    first[3] = random_u32(&source);
    random_start(&source, 1, "ab", NULL);
    first[4] = random_u32(&source);
    random_start(&source, 1, NULL);
    first[5] = random_u32(&source);
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < i; j++)
            ck_assert_uint_ne(first[i], first[j]);
}
END_TEST

/* Refilling continues the stream: no value comes twice in a row of blocks. */
START_TEST(blocks_do_not_repeat)
{
    uint32_t first[128];
    int same = 0;

    random_start(&source, 3, NULL);
    for (int i = 0; i < 128; i++)
        first[i] = random_u32(&source);
    for (int i = 0; i < 128; i++)
        same += random_u32(&source) == first[i];
    ck_assert_int_eq(same, 0);
}
END_TEST

START_TEST(below_is_even)
{
    enum { LIMIT = 7, DRAWS = 70000 };
    int counts[LIMIT] = {0};

    random_start(&source, 4, NULL);
    for (int i = 0; i < DRAWS; i++) {
        uint32_t value = random_below(&source, LIMIT);
        ck_assert_uint_lt(value, LIMIT);
        counts[value]++;
    }
    /* Five standard deviations: sqrt(70000 * 1/7 * 6/7) is 93. */
    for (int i = 0; i < LIMIT; i++)
        ck_assert_int_lt(abs(counts[i] - DRAWS / LIMIT), 5 * 93);
}
END_TEST

/* With limit 3 * 2^30 a plain modulo gives the low third twice as often. */
START_TEST(below_has_no_modulo_bias)
{
    const uint32_t limit = 3u << 30;
    int low = 0;

    random_start(&source, 5, NULL);
    for (int i = 0; i < 30000; i++)
        low += random_below(&source, limit) < limit / 3;
    ck_assert_int_lt(abs(low - 10000), 5 * 82);
}
END_TEST

START_TEST(edges_of_ranges)
{
    bool low = false;
    bool high = false;

    random_start(&source, 6, NULL);
    ck_assert_uint_eq(random_below(&source, 0), 0);
    ck_assert_uint_eq(random_below(&source, 1), 0);
    ck_assert_int_eq(random_between(&source, 5, 5), 5);
    ck_assert_int_eq(random_between(&source, 5, 1), 5);
    for (int i = 0; i < 200; i++) {
        int value = random_between(&source, -1, 1);
        ck_assert(value >= -1 && value <= 1);
        low = low || value == -1;
        high = high || value == 1;
        ck_assert(!random_chance(&source, 0));
        ck_assert(random_chance(&source, 100));
    }
    ck_assert(low && high);
}
END_TEST

START_TEST(widest_range_has_both_signs)
{
    int negative = 0;

    random_start(&source, 8, NULL);
    for (int i = 0; i < 1000; i++)
        negative += random_between(&source, INT_MIN, INT_MAX) < 0;
    ck_assert_int_lt(abs(negative - 500), 5 * 16);
}
END_TEST

START_TEST(weights_are_followed)
{
    static const uint32_t weights[] = {0, 3, 0, 1, 0};
    static const uint32_t none[] = {0, 0};
    static const uint32_t large[] = {UINT32_MAX, UINT32_MAX};
    int counts[5] = {0};
    int second = 0;

    random_start(&source, 7, NULL);
    for (int i = 0; i < 8000; i++)
        counts[random_weighted(&source, weights, 5)]++;
    ck_assert_int_eq(counts[0] + counts[2] + counts[4], 0);
    ck_assert_int_lt(abs(counts[3] - 2000), 5 * 39);
    ck_assert_uint_eq(random_weighted(&source, none, 2), 0);
    ck_assert_uint_eq(random_weighted(&source, NULL, 0), 0);
    for (int i = 0; i < 1000; i++)
        second += random_weighted(&source, large, 2) == 1;
    ck_assert_int_lt(abs(second - 500), 5 * 16);
}
END_TEST

Suite *random_suite(void);
Suite *random_suite(void)
{
    Suite *suite = suite_create("random");
    TCase *tcase = tcase_create("random");

    tcase_add_test(tcase, streams_are_pinned);
    tcase_add_test(tcase, streams_are_independent);
    tcase_add_test(tcase, blocks_do_not_repeat);
    tcase_add_test(tcase, below_is_even);
    tcase_add_test(tcase, below_has_no_modulo_bias);
    tcase_add_test(tcase, edges_of_ranges);
    tcase_add_test(tcase, widest_range_has_both_signs);
    tcase_add_test(tcase, weights_are_followed);
    suite_add_tcase(suite, tcase);
    return suite;
}
