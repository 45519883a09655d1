/* The pool of a drawing, against a plain one that keeps and sorts all. */
#include "src/review/sample.h"

#include "datebook/random.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 2000, STRATA_MOST = 12 };

/* All candidates, in the order in which they came. */
static struct world {
    struct candidate candidates[MOST];
    size_t strata[MOST];
    size_t count;
} world;

static struct error err;

static int by_stratum(const void *a, const void *b)
{
    const struct candidate *one = a;
    const struct candidate *other = b;

    if (one->preferred != other->preferred)
        return one->preferred ? -1 : 1;
    return (one->draw[0] > other->draw[0]) - (one->draw[0] < other->draw[0]);
}

static size_t of_stratum(size_t stratum, struct candidate *candidates)
{
    size_t count = 0;

    for (size_t i = 0; i < world.count; i++)
        if (world.strata[i] == stratum)
            candidates[count++] = world.candidates[i];
    if (count)
        qsort(candidates, count, sizeof *candidates, by_stratum);
    return count;
}

/* Deals out one at a time: to whoever has fewest, then to the largest, then to
 * the first, as long as they have any. */
static void deal(size_t want, const size_t *sizes, size_t count, size_t *quotas)
{
    memset(quotas, 0, count * sizeof *quotas);
    while (want--) {
        size_t best = count;
        for (size_t i = 0; i < count; i++) {
            if (quotas[i] == sizes[i])
                continue;
            if (best == count || quotas[i] < quotas[best] ||
                (quotas[i] == quotas[best] && sizes[i] > sizes[best]))
                best = i;
        }
        if (best == count)
            return;
        quotas[best]++;
    }
}

static void fill(struct pool *pool, size_t want, size_t strata)
{
    *pool = (struct pool){.want = want, .level = want};
    /* In another order than that of their ranks. */
    for (size_t i = 0; i < strata; i++)
        ck_assert(pool_add_stratum(pool, strata - 1 - i, &err));
    for (size_t i = 0; i < world.count; i++) {
        ck_assert(pool_add(pool, strata - 1 - world.strata[i],
                           &world.candidates[i], &err));
        ck_assert_uint_le(pool->kept, 2 * (want + strata));
    }
    ck_assert(pool_draw(pool, &err));
}

static void check_pool(size_t want, size_t strata)
{
    static struct candidate all[MOST];
    size_t sizes[STRATA_MOST];
    size_t quotas[STRATA_MOST];
    struct pool pool;

    fill(&pool, want, strata);
    for (size_t i = 0; i < strata; i++)
        sizes[i] = of_stratum(i, all);
    deal(want, sizes, strata, quotas);
    for (size_t i = 0; i < strata; i++) {
        size_t count = of_stratum(i, all);
        ck_assert_uint_eq(pool.strata[i].rank, i);
        ck_assert_int_eq(pool.strata[i].meetings, (int64_t)count);
        ck_assert_uint_eq(pool.strata[i].quota, quotas[i]);
        for (size_t j = 0; j < quotas[i]; j++)
            ck_assert_int_eq(pool.strata[i].kept[j].key, all[j].key);
    }
    pool_free(&pool);
}

static void make_world(struct random *random, size_t count, size_t strata)
{
    world.count = count;
    for (size_t i = 0; i < count; i++) {
        uint32_t skew = random_below(random, (uint32_t)strata);
        /* Few in the first strata, many in the last ones. */
        world.strata[i] = skew + random_below(random, (uint32_t)strata - skew);
        world.candidates[i] = (struct candidate){
            .preferred = random_chance(random, 20),
            .draw = {(uint64_t)random_u32(random) << 32 | (uint64_t)i, 0},
            .key = (int64_t)i + 1};
    }
}

START_TEST(strata_share_evenly)
{
    struct random random;

    random_start(&random, 1, "pool", NULL);
    for (int round = 0; round < 200; round++) {
        size_t strata = (size_t)random_between(&random, 1, STRATA_MOST);
        make_world(&random, random_below(&random, MOST), strata);
        check_pool((size_t)random_between(&random, 1, 300), strata);
    }
}
END_TEST

START_TEST(order_changes_nothing)
{
    static struct candidate all[MOST];

    world.count = 100;
    for (size_t i = 0; i < world.count; i++) {
        world.strata[i] = i % 3;
        world.candidates[i] =
            (struct candidate){.draw = {1000 - i, i}, .key = (int64_t)i + 1};
    }
    check_pool(7, 3);
    ck_assert_uint_eq(of_stratum(0, all), 34);
    ck_assert_int_eq(all[0].key, 100);
    for (size_t i = 0; i < world.count; i++)
        world.candidates[i].draw[0] = i;
    check_pool(7, 3);
}
END_TEST

START_TEST(equal_hashes_go_by_their_second_half)
{
    struct pool pool;

    world.count = 2;
    for (size_t i = 0; i < 2; i++) {
        world.strata[i] = 0;
        world.candidates[i] =
            (struct candidate){.draw = {5, 9 - i}, .key = (int64_t)i + 1};
    }
    fill(&pool, 1, 1);
    ck_assert_int_eq(pool.strata[0].kept[0].key, 2);
    pool_free(&pool);
}
END_TEST

/* With fewer meetings than strata, all owners and all cells give alike. */
START_TEST(what_is_left_goes_round)
{
    enum { OWNERS = 6, CELLS = 4, WANT = 9 };
    struct pool pool = {.want = WANT, .level = WANT};
    size_t of_owner[OWNERS] = {0};
    size_t of_cell[CELLS] = {0};

    for (uint64_t i = 0; i < (uint64_t)OWNERS * CELLS; i++) {
        size_t meetings = i % CELLS == 2 ? 9 : 3;
        ck_assert(pool_add_stratum(&pool, i / CELLS << 32 | i % CELLS, &err));
        for (size_t j = 0; j < meetings; j++)
            ck_assert(pool_add(
                &pool, i,
                &(struct candidate){.draw = {i, j}, .key = (int64_t)j + 1},
                &err));
    }
    ck_assert(pool_draw(&pool, &err));
    for (size_t i = 0; i < pool.count; i++) {
        of_owner[i / CELLS] += pool.strata[i].quota;
        of_cell[i % CELLS] += pool.strata[i].quota;
    }
    for (size_t i = 0; i < OWNERS; i++)
        ck_assert_uint_eq(of_owner[i], i < 3 ? 2 : 1);
    for (size_t i = 0; i < CELLS; i++)
        ck_assert_uint_eq(of_cell[i], i == 2 ? 3 : 2);
    pool_free(&pool);
}
END_TEST

Suite *sample_pool_suite(void);
Suite *sample_pool_suite(void)
{
    Suite *suite = suite_create("sample_pool");
    TCase *tcase = tcase_create("pool");

    tcase_add_test(tcase, strata_share_evenly);
    tcase_add_test(tcase, order_changes_nothing);
    tcase_add_test(tcase, what_is_left_goes_round);
    tcase_add_test(tcase, equal_hashes_go_by_their_second_half);
    suite_add_tcase(suite, tcase);
    return suite;
}
