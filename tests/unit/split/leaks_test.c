/* Twins across the parts of a division, against comparing every pair. */
#include "datebook/cut.h"

#include "leaking.h"

Suite *leaks_suite(void);

enum { TEXTS = 500, PERSONAS = 4 };

static const struct twins_options usual = {.within = false};

START_TEST(training_meetings_leak_by_their_likest_twin)
{
    struct leaks leaks;
    int64_t near;
    int64_t exact;
    int64_t far;
    int64_t held_near;
    int64_t held_exact;

    near = add_plain(other, "1", "a b c d e f g h", "i j k y");
    exact = add_plain(train, "2", "A b, c d e f", "g h i j k l");
    far = add_plain(train, "3", "Quite another text", "of six words");
    add_plain(train, "4", "a b c d e f g h i j k l", "m n o p q r s t");
    held_near = add_plain(held, "5", "a b c d e f g h i j k x", "");
    held_exact = add_plain(held, "6", "a b c", "d e f g h i j k l");
    add_plain(held, "7", "a b c", "d e f g h i j k l"); /* a larger key */
    add_plain(held, "8", "", "");
    add_plain(train, "9", "...", "!");
    commit();
    divide_by_hand();
    leaks = find_leaks();
    ck_assert_int_eq(leaks.compared, 9);
    ck_assert_uint_eq(leaks.count, 2);
    check_leak(&leaks, 0, exact, held_exact, 1, true);
    check_leak(&leaks, 1, near, held_near, 9.0 / 11, false);
    ck_assert_int_eq(leaks.twins, 3);
    ck_assert_int_eq(leaks.of_parts[PART_TRAIN], 2);
    ck_assert_int_eq(leaks.of_parts[PART_VALIDATION], 0);
    ck_assert_int_eq(leaks.of_parts[PART_HELD_OUT], 0);
    ck_assert(leaks_have(&leaks, exact));
    ck_assert(leaks_have(&leaks, near));
    ck_assert(!leaks_have(&leaks, far));
    ck_assert(!leaks_have(&leaks, held_exact));
    ck_assert(!leaks_have(&leaks, 0));
    ck_assert(!leaks_have(&leaks, INT64_MAX));
}
END_TEST

/* "a b a b a" and "a b a b a b a" have the same 3-grams, and not the same
 * words. */
START_TEST(as_alike_as_can_be_is_not_exact)
{
    struct leaks leaks;
    int64_t meeting;
    int64_t twin;

    meeting = add_plain(train, "1", "a b a b a", "");
    twin = add_plain(held, "2", "a b a b a b a", "");
    commit();
    divide_by_hand();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    check_leak(&leaks, 0, meeting, twin, 1, false);
    begin();
    twin = add_plain(held, "3", "A B. A B. A", "");
    commit();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    check_leak(&leaks, 0, meeting, twin, 1, true);
    ck_assert_int_eq(leaks.twins, 2);
}
END_TEST

START_TEST(nothing_leaks_without_twins)
{
    struct leaks leaks;

    commit();
    divide_by_hand();
    leaks = find_leaks();
    ck_assert_int_eq(leaks.compared, 0);
    ck_assert_uint_eq(leaks.count, 0);
    ck_assert_int_eq(leaks.twins, 0);
    ck_assert(!leaks_have(&leaks, 1));
    begin();
    add_plain(train, "1", "The same text here", "");
    add_plain(train, "2", "The same text here", "");
    add_plain(held, "3", "Another text over there", "");
    add_plain(held, "4", "Another text over there", "");
    commit();
    leaks = find_leaks();
    ck_assert_int_eq(leaks.compared, 4);
    ck_assert_uint_eq(leaks.count, 0);
    ck_assert_int_eq(leaks.twins, 0);
}
END_TEST

START_TEST(leaks_are_of_their_version)
{
    struct leaks leaks;
    int64_t meeting;

    meeting = add_plain(train, "1", "The same text here", "");
    add_plain(held, "2", "The same text here", "");
    commit();
    divide_by_hand();
    begin();
    MUST(run_remove_meeting(fix.run, meeting, &fix.err));
    commit();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 0);
    MUST(leaks_find(fix.store, &fix.arena, 1, &by_hand.division, NULL, &leaks,
                    &fix.err));
    ck_assert_uint_eq(leaks.count, 1);
    ck_assert_int_eq(leaks.leaks[0].meeting, meeting);
}
END_TEST

/* ---- The validation part ---- */

/* Validation leaks to whom it is held out from; training would to both. */
START_TEST(validation_meetings_leak_to_who_is_held_out)
{
    struct cut *cut;
    struct leaks leaks;
    int64_t meeting;
    int64_t twin;

    meeting = add_plain(train, "1", "The same text here", "");
    twin = add_plain(held, "2", "The same text here", "");
    commit();
    divide_by_hand();
    by_hand.split.terms.validation_fraction = 1;
    cut = cut_make(fix.store, head(), &by_hand.division, NULL, &fix.err);
    MUST(cut != NULL);
    by_hand.division.cut = cut;
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    ck_assert_int_eq(leaks.leaks[0].meeting, meeting);
    ck_assert_int_eq(leaks.leaks[0].twin, twin);
    ck_assert_int_eq(leaks.leaks[0].part, PART_VALIDATION);
    ck_assert_int_eq(leaks.leaks[0].twin_part, PART_HELD_OUT);
    ck_assert_int_eq(leaks.of_parts[PART_VALIDATION], 1);
    cut_free(cut);
}
END_TEST

/* A cut that was made before a twin of what it cut out came in. */
START_TEST(training_meetings_leak_to_validation)
{
    static const char *const texts[] = {
        "the same text of nine words and no more",
        "same text of nine words and no more"};
    struct cut *cut;
    struct leaks leaks;
    int64_t old;
    int64_t new;

    old = add_plain(train, "1", texts[0], "");
    add_plain(held, "2", "Quite another text over there", "");
    commit();
    divide_by_hand();
    by_hand.split.terms.validation_fraction = 1;
    cut = cut_make(fix.store, head(), &by_hand.division, NULL, &fix.err);
    MUST(cut != NULL);
    by_hand.division.cut = cut;
    begin();
    new = add_plain(other, "3", texts[_i], "");
    commit();
    leaks = find_leaks();
    ck_assert_uint_eq(leaks.count, 1);
    ck_assert_int_eq(leaks.leaks[0].meeting, new);
    ck_assert_int_eq(leaks.leaks[0].twin, old);
    ck_assert_int_eq(leaks.leaks[0].part, PART_TRAIN);
    ck_assert_int_eq(leaks.leaks[0].twin_part, PART_VALIDATION);
    ck_assert_int_eq(leaks.leaks[0].exact, !_i);
    ck_assert_int_eq(leaks.twins, 1);
    cut_free(cut);
}
END_TEST

/* ---- Against comparing all pairs ---- */

static struct sample samples[TEXTS];

static void make_dataset(uint64_t seed)
{
    static const char *const ids[PERSONAS] = {"d", "held1", "c", "held2"};
    int64_t personas[PERSONAS];
    struct random random;

    random_start(&random, seed, "who", NULL);
    for (size_t i = 0; i < PERSONAS; i++)
        personas[i] = put(ids[i], "{}");
    make_samples(samples, TEXTS, seed);
    for (size_t i = 0; i < TEXTS; i++) {
        samples[i].persona = random_below(&random, PERSONAS);
        samples[i].id = arena_format(&fix.arena, &fix.err, "m%zu", i);
        add_sample(personas, &samples[i]);
    }
    commit();
    divide_by_hand();
}

static bool is_held_out(const struct sample *sample)
{
    return sample->persona % 2;
}

static const struct leak *leak_of(const struct leaks *leaks, int64_t meeting)
{
    for (size_t i = 0; i < leaks->count; i++)
        if (leaks->leaks[i].meeting == meeting)
            return &leaks->leaks[i];
    return NULL;
}

static const struct sample *sample_of(int64_t key)
{
    for (size_t i = 0; i < TEXTS; i++)
        if (samples[i].key == key)
            return &samples[i];
    ck_abort_msg("no meeting %lld", (long long)key);
    return NULL;
}

/* What is true of a meeting of one side and all of the other. */
struct truth {
    double likeness; /* of the likest */
    bool exact;
    int64_t twin; /* the least key of the exact ones */
};

static struct truth truth_of(const struct sample *sample)
{
    struct truth truth = {.likeness = 0};

    for (size_t i = 0; i < TEXTS; i++) {
        double likeness;
        if (is_held_out(&samples[i]) == is_held_out(sample))
            continue;
        likeness = brute_likeness(sample, &samples[i]);
        if (likeness > truth.likeness)
            truth.likeness = likeness;
        if (!brute_exact(sample, &samples[i]))
            continue;
        truth.exact = true;
        if (!truth.twin || samples[i].key < truth.twin)
            truth.twin = samples[i].key;
    }
    return truth;
}

/* What is found is true; what is exact or nearly so is found, with the likest
 * twin.  Between that and the threshold a few may be missed. */
static void check_training(const struct leaks *leaks, size_t *found)
{
    for (size_t i = 0; i < TEXTS; i++) {
        const struct leak *leak = leak_of(leaks, samples[i].key);
        struct truth truth;
        ck_assert(!leak || !is_held_out(&samples[i]));
        if (is_held_out(&samples[i]))
            continue;
        truth = truth_of(&samples[i]);
        ck_assert_msg(leak || truth.likeness < 0.9, "missed %.3f",
                      truth.likeness);
        if (!leak)
            continue;
        ++*found;
        ck_assert_double_ge(leak->likeness, LEAK_THRESHOLD);
        ck_assert_double_eq_tol(
            leak->likeness, brute_likeness(&samples[i], sample_of(leak->twin)),
            1e-12);
        ck_assert_int_eq(leak->exact, truth.exact);
        if (truth.exact)
            ck_assert_int_eq(leak->twin, truth.twin);
        if (truth.likeness >= 0.9)
            ck_assert_double_eq_tol(leak->likeness, truth.likeness, 1e-12);
    }
}

static void check_list(const struct leaks *leaks)
{
    for (size_t i = 0; i < leaks->count; i++) {
        ck_assert_int_eq(leaks->leaks[i].part, PART_TRAIN);
        ck_assert_int_eq(leaks->leaks[i].twin_part, PART_HELD_OUT);
        ck_assert(is_held_out(sample_of(leaks->leaks[i].twin)));
        if (i)
            ck_assert_int_gt(leaks->leaks[i].meeting,
                             leaks->leaks[i - 1].meeting);
    }
    ck_assert_int_eq(leaks->compared, TEXTS);
}

static void check_twins(const struct leaks *leaks)
{
    int64_t certain = 0;
    int64_t possible = 0;

    for (size_t i = 0; i < TEXTS; i++) {
        double likeness =
            is_held_out(&samples[i]) ? truth_of(&samples[i]).likeness : 0;
        certain += likeness >= 0.9;
        possible += likeness >= 0.8 - 1e-12;
    }
    ck_assert_int_ge(leaks->twins, certain);
    ck_assert_int_le(leaks->twins, possible);
}

static void check_same(const struct leaks *one, const struct leaks *two)
{
    ck_assert_uint_eq(one->count, two->count);
    ck_assert_int_eq(one->twins, two->twins);
    for (size_t i = 0; i < one->count; i++) {
        ck_assert_int_eq(one->leaks[i].meeting, two->leaks[i].meeting);
        ck_assert_int_eq(one->leaks[i].twin, two->leaks[i].twin);
        ck_assert_double_eq(one->leaks[i].likeness, two->leaks[i].likeness);
    }
}

/* Slices, and what is remembered, change nothing. */
START_TEST(as_comparing_all_pairs)
{
    struct leaks leaks;
    struct leaks sliced;
    size_t found = 0;

    make_dataset((uint64_t)_i);
    leaks = leaks_with(&usual);
    check_training(&leaks, &found);
    ck_assert_uint_eq(found, leaks.count);
    ck_assert_uint_gt(found, TEXTS / 20);
    ck_assert_uint_lt(found, TEXTS / 2);
    check_list(&leaks);
    check_twins(&leaks);
    sliced = leaks_with(&small);
    check_same(&leaks, &sliced);
}
END_TEST

Suite *leaks_suite(void)
{
    Suite *suite = suite_create("leaks");
    TCase *tests = tcase_create("leaks");

    tcase_add_checked_fixture(tests, leaks_setup, store_teardown);
    tcase_add_test(tests, training_meetings_leak_by_their_likest_twin);
    tcase_add_test(tests, as_alike_as_can_be_is_not_exact);
    tcase_add_test(tests, nothing_leaks_without_twins);
    tcase_add_test(tests, leaks_are_of_their_version);
    tcase_add_test(tests, validation_meetings_leak_to_who_is_held_out);
    tcase_add_loop_test(tests, training_meetings_leak_to_validation, 0, 2);
    tcase_add_loop_test(tests, as_comparing_all_pairs, 1, 7);
    suite_add_tcase(suite, tests);
    return suite;
}
