/* Where personas are, and that they stay there. */
#include "splitting.h"

static void check_sides(const struct split *split, int fold, const char *train,
                        const char *held_out)
{
    struct division division = divide(split, fold);

    ck_assert_str_eq(ids_of(division.train, division.train_count), train);
    ck_assert_str_eq(ids_of(division.held_out, division.held_out_count),
                     held_out);
}

START_TEST(the_basic_split_holds_validation_personas_out)
{
    struct split_terms none = {.seed = 1};
    struct split split;

    add_letters();
    persona_of("c")->validation = true;
    split = make(&none);
    check_sides(&split, 0, "a b d e f g h", "c");
    ck_assert_int_eq(divide(&split, 0).reasons[0], HELD_OUT_VALIDATION);
}
END_TEST

/* Each for the first reason that applies. */
START_TEST(everybody_is_where_they_are_for_a_reason)
{
    static const char *const ids[] = {"a", "b", "c"};
    struct split_terms terms = {.held_out = ids,
                                .held_out_count = 3,
                                .held_out_tier = 2,
                                .fraction = 0.2,
                                .seed = 1};
    struct division division;
    struct split split;

    add_letters();
    persona_of("a")->validation = true;
    persona_of("a")->tier = 2;
    persona_of("b")->tier = 2;
    persona_of("d")->tier = 2;
    split = make(&terms);
    check_sides(&split, 0, "e f", "a b c d g h");
    division = divide(&split, 0);
    ck_assert_int_eq(division.reasons[0], HELD_OUT_VALIDATION);
    ck_assert_int_eq(division.reasons[1], HELD_OUT_NAMED);
    ck_assert_int_eq(division.reasons[2], HELD_OUT_NAMED);
    ck_assert_int_eq(division.reasons[3], HELD_OUT_TIER);
    ck_assert_int_eq(division.reasons[4], HELD_OUT_DRAWN);
    ck_assert_int_eq(division.reasons[5], HELD_OUT_DRAWN);
}
END_TEST

START_TEST(each_fold_is_held_out_once)
{
    struct split_terms terms = {.folds = 3, .seed = 1};
    struct division division;
    struct split split;

    add_letters();
    persona_of("e")->validation = true;
    split = make(&terms);
    /* g d h | c f b | a */
    check_sides(&split, 1, "b d f h", "a c e g");
    check_sides(&split, 2, "a b c g h", "d e f");
    check_sides(&split, 3, "a c d f g", "b e h");
    division = divide(&split, 2);
    ck_assert_int_eq(division.fold, 2);
    ck_assert_int_eq(division.reasons[0], HELD_OUT_FOLD);
    ck_assert_int_eq(division.reasons[1], HELD_OUT_VALIDATION);
}
END_TEST

START_TEST(folds_must_fit)
{
    struct split_terms none = {.seed = 1};
    struct split_terms three = {.folds = 3, .seed = 1};
    struct division division;
    struct split split;

    add_letters();
    persona_of("e")->validation = true;
    split = make(&none);
    MUST_FAIL(split_divide(&fix.arena, &split, 1, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "the split test has no folds", "");
    split.name = NULL;
    MUST_FAIL(split_divide(&fix.arena, &split, 1, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "the split has no folds", "");
    split = make(&three);
    MUST_FAIL(split_divide(&fix.arena, &split, 0, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "the split test has 3 folds: which one is held out?",
              "--fold takes 1 to 3");
    MUST_FAIL(split_divide(&fix.arena, &split, 4, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "the split test has no fold 4",
              "--fold takes 1 to 3");
}
END_TEST

START_TEST(empty_sides_are_refused)
{
    static const char hint[] = "name some with --held-out, or choose another "
                               "--held-out-fraction or --seed";
    struct split_terms none = {.seed = 1};
    struct split_terms all = {
        .fraction = 0.99, .strata = 1u << STRATUM_TIER, .seed = 1};
    struct split_terms tier = {.held_out_tier = 1};
    struct division division;
    struct split split;

    add_letters();
    split = make(&none);
    MUST_FAIL(split_divide(&fix.arena, &split, 0, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "no persona is left to hold out", hint);
    split = make(&tier);
    MUST_FAIL(split_divide(&fix.arena, &split, 0, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "no persona is left to train on", hint);
    split = make(&all);
    MUST_FAIL(split_divide(&fix.arena, &split, 0, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "no persona is left to train on", hint);
    MUST_FAIL(split_divide(&fix.arena, &split, 0, fix.personas, 0, &division,
                           &fix.err),
              ERROR_INPUT, "no persona is left to train on",
              "add some with `datebook persona add`");
}
END_TEST

/* ---- What changes later ---- */

START_TEST(a_persona_that_was_named_must_stay)
{
    static const char *const ids[] = {"b"};
    struct split_terms terms = {.held_out = ids, .held_out_count = 1};
    struct division division;
    struct split split;

    add_letters();
    split = make(&terms);
    drop("b");
    MUST_FAIL(split_divide(&fix.arena, &split, 0, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT,
              "the split test holds out b, and there is no such persona",
              "make it anew: `datebook split create test --replace …`");
    split.name = NULL;
    MUST_FAIL(split_divide(&fix.arena, &split, 0, fix.personas, fix.count,
                           &division, &fix.err),
              ERROR_INPUT, "there is no persona \"b\"",
              "`datebook persona list` lists them");
}
END_TEST

/* h and d are drawn: h as one of two of tier 1, d as one of two of tier 2. */
START_TEST(roles_and_tiers_may_change)
{
    struct split_terms terms = {
        .fraction = 0.5, .strata = 1u << STRATUM_TIER, .seed = 1};
    struct split split;

    add("a", 1, "Sales");
    add("h", 1, "Sales");
    add("b", 2, "Sales");
    add("d", 2, "Sales");
    add("v", 2, "Sales")->validation = true;
    split = make(&terms);
    check_sides(&split, 0, "a b", "d h v");
    persona_of("b")->validation = true;
    check_sides(&split, 0, "a", "b d h v");
    /* v has no draw; its hash is 0.51. */
    persona_of("b")->validation = false;
    persona_of("v")->validation = false;
    ck_assert_double_gt(split_share("v", 1), 0.5);
    check_sides(&split, 0, "a b v", "d h");
    /* The draw is of the persona, not of its tier. */
    persona_of("a")->tier = 2;
    drop("d");
    check_sides(&split, 0, "a b v", "h");
}
END_TEST

/* Who is in which part, before and after others came or went. */
struct snapshot {
    const char *ids[MOST];
    int where[MOST]; /* the fold, or whether it is held out */
    size_t count;
};

static int where(const struct split *split,
                 const struct stored_persona *persona)
{
    struct division division;

    if (split->terms.folds)
        return split_fold_of(split, persona);
    division = divide(split, 0);
    return is_held_out(&division, persona->id);
}

static struct snapshot take(const struct split *split)
{
    struct snapshot snapshot = {.count = fix.count};

    for (size_t i = 0; i < snapshot.count; i++) {
        snapshot.ids[i] = fix.personas[i].id;
        snapshot.where[i] = where(split, &fix.personas[i]);
    }
    return snapshot;
}

static void check_still(const struct split *split,
                        const struct snapshot *snapshot)
{
    size_t seen = 0;

    for (size_t i = 0; i < fix.count; i++)
        for (size_t j = 0; j < snapshot->count; j++)
            if (!strcmp(snapshot->ids[j], fix.personas[i].id)) {
                seen++;
                ck_assert_int_eq(where(split, &fix.personas[i]),
                                 snapshot->where[j]);
            }
    ck_assert_uint_gt(seen, 0);
}

/* Who came later is where its own hash says. */
static void check_late(const struct split *split,
                       const struct stored_persona *persona)
{
    double share = split_share(persona->id, split->terms.seed);

    if (persona->validation)
        return;
    if (split->terms.folds)
        ck_assert_int_eq(where(split, persona),
                         1 + (int)floor(share * split->terms.folds));
    else
        ck_assert_int_eq(where(split, persona), share < split->terms.fraction);
}

static struct split_terms random_terms(struct random *random)
{
    struct split_terms terms = {.seed = random_u32(random)};

    if (random_chance(random, 40))
        terms.folds = random_between(random, 2, 5);
    else
        terms.fraction = random_between(random, 20, 60) / 100.0;
    if (random_chance(random, 60))
        terms.strata = 1u + random_below(random, 15);
    return terms;
}

START_TEST(personas_that_come_and_go_move_no_other)
{
    enum { ROUNDS = 60 };
    struct random random;

    random_start(&random, 1, "moves", NULL);
    for (int round = 0; round < ROUNDS; round++) {
        struct split_terms terms = random_terms(&random);
        struct snapshot before;
        struct split split;
        fix.count = 0;
        add("p", 1, "Sales")->validation = true;
        add_random(&random, random_between(&random, 20, 60));
        split = make(&terms);
        before = take(&split);
        add_random(&random, random_between(&random, 1, 20));
        check_still(&split, &before);
        for (size_t i = 0; i < fix.count; i++)
            if (terms.strata && !split_draw_of(&split, fix.personas[i].id))
                check_late(&split, &fix.personas[i]);
        for (int i = 0; i < 10; i++) {
            const char *id =
                fix.personas[random_below(&random, (uint32_t)fix.count)].id;
            if (strcmp(id, "p") != 0)
                drop(id);
        }
        check_still(&split, &before);
    }
}
END_TEST

/* ---- Meetings ---- */

START_TEST(meetings_are_where_their_personas_are)
{
    struct split_terms none = {.seed = 1};
    struct division division;
    struct split split;

    /* Keys in another order than ids. */
    for (char letter = 'h'; letter >= 'a'; letter--)
        add((char[2]){letter, '\0'}, 1, "Sales");
    persona_of("c")->validation = true;
    split = make(&none);
    division = divide(&split, 0);
    for (size_t i = 0; i < fix.count; i++) {
        int64_t meeting = fix.personas[i].key << 32 | 5;
        ck_assert_int_eq(division_part(&division, meeting),
                         fix.personas[i].validation ? PART_HELD_OUT
                                                    : PART_TRAIN);
    }
}
END_TEST

Suite *split_divide_suite(void);
Suite *split_divide_suite(void)
{
    Suite *suite = suite_create("split_divide");
    TCase *tcase = tcase_create("split_divide");

    tcase_add_checked_fixture(tcase, splitting_setup, splitting_teardown);
    tcase_add_test(tcase, the_basic_split_holds_validation_personas_out);
    tcase_add_test(tcase, everybody_is_where_they_are_for_a_reason);
    tcase_add_test(tcase, each_fold_is_held_out_once);
    tcase_add_test(tcase, folds_must_fit);
    tcase_add_test(tcase, empty_sides_are_refused);
    tcase_add_test(tcase, a_persona_that_was_named_must_stay);
    tcase_add_test(tcase, roles_and_tiers_may_change);
    tcase_add_test(tcase, personas_that_come_and_go_move_no_other);
    tcase_add_test(tcase, meetings_are_where_their_personas_are);
    suite_add_tcase(suite, tcase);
    return suite;
}
