/* A dataset of three personas whose meetings leak. */
#ifndef DATEBOOK_TESTS_SPLIT_LEAKING_H
#define DATEBOOK_TESTS_SPLIT_LEAKING_H

#include "src/split/leaks.h"

#include "texts.h"

/* Many slices of few texts, and nothing recognised at once. */
static const struct twins_options small = {.slice = 16, .remembered = 1};

static inline struct leaks leaks_with(const struct twins_options *options)
{
    struct leaks leaks;

    MUST(leaks_find_with(fix.store, &fix.arena, head(), &by_hand.division,
                         options, NULL, &leaks, &fix.err));
    return leaks;
}

static inline struct leaks find_leaks(void)
{
    struct leaks leaks;

    MUST(leaks_find(fix.store, &fix.arena, head(), &by_hand.division, NULL,
                    &leaks, &fix.err));
    return leaks;
}

/* Two who train and one who is held out, with an open run. */
static int64_t train;
static int64_t other;
static int64_t held;

static inline void leaks_setup(void)
{
    store_setup();
    begin();
    train = put("a", "{}");
    held = put("held", "{}");
    other = put("z", "{}");
}

static inline void check_leak(const struct leaks *leaks, size_t at,
                              int64_t meeting, int64_t twin, double likeness,
                              bool exact)
{
    const struct leak *leak = &leaks->leaks[at];

    ck_assert_uint_lt(at, leaks->count);
    ck_assert_int_eq(leak->meeting, meeting);
    ck_assert_int_eq(leak->twin, twin);
    ck_assert_int_eq(leak->part, PART_TRAIN);
    ck_assert_int_eq(leak->twin_part, PART_HELD_OUT);
    ck_assert_double_eq_tol(leak->likeness, likeness, 1e-12);
    ck_assert_int_eq(leak->exact, exact);
}

#endif
