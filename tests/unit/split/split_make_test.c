/* Who is drawn, and what terms are refused. */
#include "splitting.h"

/* Computed by another program from the description of the hash. */
START_TEST(a_seed_means_what_it_always_did)
{
    ck_assert(split_share("a", 1) == 0x1.26785a2633293p-1);
    ck_assert(split_share("g", 1) == 0x1.38abc09c13300p-8);
    ck_assert(split_share("e", 1) == 0x1.d3da726b52168p-1);
    ck_assert(split_share("a", 7) == 0x1.2d10ff92affc9p-1);
    ck_assert(split_share("h", 7) == 0x1.72d131057cf90p-4);
}
END_TEST

START_TEST(a_share_alone_is_drawn_by_hashes_alone)
{
    struct split_terms terms = {.fraction = 0.3, .seed = 1};
    struct split split;
    struct division division;

    add_letters();
    split = make(&terms);
    division = divide(&split, 0);
    ck_assert_uint_eq(split.draw_count, 0);
    ck_assert_str_eq(ids_of(division.held_out, division.held_out_count),
                     "c d f g h");
    ck_assert_str_eq(ids_of(division.train, division.train_count), "a b e");
    terms.fraction = 0.2;
    split = make(&terms);
    division = divide(&split, 0);
    ck_assert_str_eq(ids_of(division.held_out, division.held_out_count),
                     "d g h");
}
END_TEST

static const char *drawn_ids(const struct split *split)
{
    const char *text = "";

    for (size_t i = 0; i < split->draw_count; i++)
        if (split->draws[i].held_out)
            text = arena_format(&fix.arena, &fix.err, "%s%s%s", text,
                                *text ? " " : "", split->draws[i].id);
    return text;
}

/* How many personas of a tier (0: any) and function (NULL: any) may be drawn,
 * and are. */
static size_t counted(const struct split *split, int tier, const char *function,
                      size_t *drawn)
{
    size_t all = 0;

    *drawn = 0;
    for (size_t i = 0; i < fix.count; i++) {
        const struct stored_persona *persona = &fix.personas[i];
        const struct split_draw *draw = split_draw_of(split, persona->id);
        if (!draw || (tier && persona->tier != tier) ||
            (function && strcmp(fix.functions[i], function) != 0))
            continue;
        all++;
        *drawn += draw->held_out;
    }
    return all;
}

static size_t drawn_of(const struct split *split, int tier)
{
    size_t drawn;

    counted(split, tier, NULL, &drawn);
    return drawn;
}

static void add_tiers(int one, int two, int three)
{
    const int counts[] = {one, two, three};

    for (int tier = 1; tier <= 3; tier++)
        for (int i = 0; i < counts[tier - 1]; i++)
            add(arena_format(&fix.arena, &fix.err, "t%d_%02d", tier, i), tier,
                i % 2 ? "Sales" : "Legal");
}

START_TEST(each_stratum_gives_its_share)
{
    static const struct {
        double fraction;
        size_t drawn[3];
    } cases[] = {{0.25, {3, 3, 2}}, /* 3, 2.5, 2: 7.5 are 8 */
                 {0.1, {1, 1, 1}},  /* 1.2, 1, 0.8: 3 */
                 {0.2, {2, 2, 2}},  /* 2.4, 2, 1.6: 6 */
                 {0.3, {4, 3, 2}},  /* 3.6, 3, 2.4: 9 */
                 {0.35, {4, 4, 3}}, /* 4.2, 3.5, 2.8: 10.5 are 11 */
                 {0.5, {6, 5, 4}},  {0.9, {11, 9, 7}}};

    add_tiers(12, 10, 8);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (uint64_t seed = 1; seed < 20; seed++) {
            struct split_terms terms = {.fraction = cases[i].fraction,
                                        .strata = 1u << STRATUM_TIER,
                                        .seed = seed};
            struct split split = make(&terms);
            ck_assert_uint_eq(split.draw_count, 30);
            for (int tier = 1; tier <= 3; tier++)
                ck_assert_uint_eq(drawn_of(&split, tier),
                                  cases[i].drawn[tier - 1]);
        }
}
END_TEST

/* 0.29 of 100 and 0.07 of 100 are a little less, and a little more, in
 * doubles. */
START_TEST(shares_are_reckoned_in_decimals)
{
    struct split_terms terms = {
        .fraction = 0.29, .strata = 1u << STRATUM_TIER, .seed = 1};
    struct split split;

    add_tiers(100, 0, 0);
    split = make(&terms);
    ck_assert_uint_eq(drawn_of(&split, 0), 29);
    terms.fraction = 0.07;
    split = make(&terms);
    ck_assert_uint_eq(drawn_of(&split, 0), 7);
}
END_TEST

/* A third of three is one, of however many threes. */
START_TEST(thirds_are_even)
{
    struct split_terms terms = {.fraction = 1.0 / 3,
                                .strata =
                                    1u << STRATUM_TIER | 1u << STRATUM_FUNCTION,
                                .seed = 1};
    struct split split;

    for (int i = 0; i < 60; i++)
        add(arena_format(&fix.arena, &fix.err, "p%02d", i), 1 + i / 30,
            arena_format(&fix.arena, &fix.err, "F%d", i % 10));
    for (; terms.seed < 20; terms.seed++) {
        split = make(&terms);
        for (int f = 0; f < 20; f++) {
            size_t drawn;
            ck_assert_uint_eq(
                counted(&split, 1 + f / 10,
                        arena_format(&fix.arena, &fix.err, "F%d", f % 10),
                        &drawn),
                3);
            ck_assert_uint_eq(drawn, 1);
        }
    }
}
END_TEST

/* Of strata that have the same claim, that with the least hash gets it; within
 * one, the least hashes are drawn. */
START_TEST(hashes_decide_among_equals)
{
    struct split_terms terms = {
        .fraction = 0.25, .strata = 1u << STRATUM_FUNCTION, .seed = 1};
    struct split split;

    add("a", 1, "Sales"); /* 0.58 */
    add("b", 1, "Sales"); /* 0.37 */
    add("c", 1, "Legal"); /* 0.21 */
    add("e", 1, "Legal"); /* 0.91 */
    split = make(&terms);
    ck_assert_str_eq(drawn_ids(&split), "c");
    terms.fraction = 0.5;
    split = make(&terms);
    ck_assert_str_eq(drawn_ids(&split), "b c");
    drop("c");
    terms.fraction = 0.4; /* 0.8 and 0.4: 1.2 are 1 */
    split = make(&terms);
    ck_assert_str_eq(drawn_ids(&split), "b");
}
END_TEST

START_TEST(strata_are_of_diversity_before_demographics)
{
    struct split_terms terms = {
        .fraction = 0.5, .strata = 1u << STRATUM_FUNCTION, .seed = 1};
    struct split split;
    const char *more =
        "{\"id\":\"d\",\"name\":\"P\",\"tier\":1,\"demographics\":{"
        "\"function\":\"Sales\"},\"diversity\":{\"function\":\"law\"}}";

    add("d", 1, "")->document = more;
    persona_of("d")->document_length = strlen(more);
    add("h", 1, "Sales");
    add("c", 1, "Sales");
    add("a", 1, "law");
    split = make(&terms);
    /* Of Sales h, of law d; with d among Sales it would be d, and h or a. */
    ck_assert_str_eq(drawn_ids(&split), "d h");
    add("b", 1, "Sales");
    drop("a");
    split = make(&terms);
    /* Sales: h of 1.5, law: d of 0.5, and 2 in all. */
    ck_assert_str_eq(drawn_ids(&split), "d h");
}
END_TEST

/* With 12 strata of one persona, a quarter is 3, and each seed draws others. */
START_TEST(small_strata_take_turns)
{
    int drawn[12] = {0};

    for (int i = 0; i < 12; i++)
        add(arena_format(&fix.arena, &fix.err, "s%02d", i), 1,
            arena_format(&fix.arena, &fix.err, "F%02d", i));
    for (uint64_t seed = 0; seed < 100; seed++) {
        struct split_terms terms = {
            .fraction = 0.25, .strata = 1u << STRATUM_FUNCTION, .seed = seed};
        struct split split = make(&terms);
        ck_assert_uint_eq(drawn_of(&split, 0), 3);
        for (int i = 0; i < 12; i++)
            drawn[i] += split.draws[i].held_out;
    }
    for (int i = 0; i < 12; i++) {
        ck_assert_int_gt(drawn[i], 10);
        ck_assert_int_lt(drawn[i], 40);
    }
}
END_TEST

/* ---- Properties ---- */

static const char *const functions[] = {"Sales", "Legal", "Product", "Finance",
                                        ""};
enum { FUNCTIONS = sizeof functions / sizeof *functions, ROUNDS = 60 };

static void check_quota(const struct split *split, int tier,
                        const char *function)
{
    size_t drawn;
    size_t all = counted(split, tier, function, &drawn);
    double exact = split->terms.fraction * (double)all;

    ck_assert_msg(fabs((double)drawn - exact) < 1 - 1e-6 ||
                      fabs((double)drawn - exact) < 1e-6,
                  "%zu of %zu at %g", drawn, all, split->terms.fraction);
}

/* Nobody is passed over for somebody of the same strata with a larger hash. */
static void check_order(const struct split *split)
{
    for (size_t i = 0; i < fix.count; i++)
        for (size_t j = 0; j < fix.count; j++) {
            const struct split_draw *in =
                split_draw_of(split, fix.personas[i].id);
            const struct split_draw *out =
                split_draw_of(split, fix.personas[j].id);
            if (!in || !out || in->held_out || !out->held_out ||
                fix.personas[i].tier != fix.personas[j].tier ||
                strcmp(fix.functions[i], fix.functions[j]) != 0)
                continue;
            ck_assert(split_share(in->id, split->terms.seed) >
                      split_share(out->id, split->terms.seed));
        }
}

START_TEST(any_list_is_drawn_evenly)
{
    struct random random;

    random_start(&random, 1, "strata", NULL);
    for (int round = 0; round < ROUNDS; round++) {
        struct split_terms terms = {
            .fraction = random_between(&random, 1, 99) / 100.0,
            .strata = 1u << STRATUM_TIER | 1u << STRATUM_FUNCTION,
            .seed = random_u32(&random)};
        struct split split;
        size_t drawn;
        size_t all;
        fix.count = 0;
        add_random(&random, random_between(&random, 1, 100));
        split = make(&terms);
        all = counted(&split, 0, NULL, &drawn);
        ck_assert_uint_eq(
            drawn, (size_t)floor(terms.fraction * (double)all + 0.5 + 1e-9));
        for (int tier = 1; tier <= 3; tier++) {
            check_quota(&split, tier, NULL);
            for (int f = 0; f < FUNCTIONS; f++)
                check_quota(&split, tier, functions[f]);
        }
        check_order(&split);
    }
}
END_TEST

/* The difference between the largest and the smallest fold of a stratum. */
static int unevenness(const struct split *split, int tier, const char *function)
{
    int sizes[SPLIT_FOLDS + 1] = {0};
    int least = INT32_MAX;
    int most = 0;

    for (size_t i = 0; i < fix.count; i++)
        if ((!tier || fix.personas[i].tier == tier) &&
            (!function || !strcmp(fix.functions[i], function)))
            sizes[split_fold_of(split, &fix.personas[i])]++;
    for (int fold = 1; fold <= split->terms.folds; fold++) {
        least = sizes[fold] < least ? sizes[fold] : least;
        most = sizes[fold] > most ? sizes[fold] : most;
    }
    return most - least;
}

START_TEST(any_list_falls_into_even_folds)
{
    struct random random;

    random_start(&random, 1, "folds", NULL);
    for (int round = 0; round < ROUNDS; round++) {
        struct split_terms terms = {.folds = random_between(&random, 2, 6),
                                    .strata = random_chance(&random, 50)
                                                  ? 1u << STRATUM_TIER |
                                                        1u << STRATUM_FUNCTION
                                                  : 0,
                                    .seed = random_u32(&random)};
        struct split split;
        fix.count = 0;
        add_random(&random, random_between(&random, 20, 100));
        split = make(&terms);
        ck_assert_int_le(unevenness(&split, 0, NULL), 1);
        for (int tier = 1; terms.strata && tier <= 3; tier++) {
            ck_assert_int_le(unevenness(&split, tier, NULL), 1);
            for (int f = 0; f < FUNCTIONS; f++)
                ck_assert_int_le(unevenness(&split, tier, functions[f]), 1);
        }
        for (size_t i = 0; i < fix.count; i++)
            ck_assert_int_eq(split_fold_of(&split, &fix.personas[i]) == 0,
                             fix.personas[i].validation);
    }
}
END_TEST

START_TEST(folds_are_dealt_by_hash)
{
    struct split_terms terms = {.folds = 3, .seed = 1};
    struct split split;

    add_letters();
    split = make(&terms);
    /* g d h | c f b | a e */
    ck_assert_str_eq(text_of(&split),
                     "{\"folds\":3,\"seed\":\"1\",\"draws\":{\"a\":1,\"b\":3,"
                     "\"c\":1,\"d\":2,\"e\":2,\"f\":2,\"g\":1,\"h\":3}}");
}
END_TEST

/* Who is held out anyway takes no part in a draw. */
START_TEST(a_share_is_of_the_others)
{
    static const char *const ids[] = {"h", "g", "h"};
    struct split_terms terms = {.held_out = ids,
                                .held_out_count = 3,
                                .held_out_tier = 2,
                                .fraction = 0.5,
                                .strata = 1u << STRATUM_TIER,
                                .seed = 1};
    struct split split;

    add_letters();
    persona_of("d")->validation = true;
    persona_of("c")->tier = 2;
    split = make(&terms);
    ck_assert_str_eq(
        text_of(&split),
        "{\"held_out\":[\"g\",\"h\"],\"held_out_tier\":2,"
        "\"held_out_fraction\":0.5,\"stratify\":[\"tier\"],\"seed\":\"1\","
        "\"draws\":{\"a\":false,\"b\":true,\"e\":false,\"f\":true}}");
}
END_TEST

/* ---- Terms ---- */

static bool makes(const char *name, const struct split_terms *terms)
{
    struct split split;

    return split_make(&fix.arena, name, terms, fix.personas, fix.count, &split,
                      &fix.err);
}

START_TEST(terms_that_make_no_sense_are_refused)
{
    static const char *const ids[] = {"a"};
    static const struct {
        struct split_terms terms;
        const char *message;
    } cases[] = {
        {{.fraction = 1},
         "held_out_fraction must be more than 0 and less than 1"},
        {{.fraction = -0.1},
         "held_out_fraction must be more than 0 and less than 1"},
        {{.fraction = NAN},
         "held_out_fraction must be more than 0 and less than 1"},
        {{.validation_fraction = INFINITY},
         "validation_fraction must be more than 0 and less than 1"},
        {{.held_out_tier = 4}, "held_out_tier must be 1, 2 or 3"},
        {{.held_out_tier = -1}, "held_out_tier must be 1, 2 or 3"},
        {{.folds = 1}, "folds must be a whole number from 2 to 100"},
        {{.folds = 101}, "folds must be a whole number from 2 to 100"},
        {{.folds = -2}, "folds must be a whole number from 2 to 100"},
        {{.folds = 2, .fraction = 0.1},
         "folds go without held_out, held_out_tier and held_out_fraction"},
        {{.folds = 2, .held_out_tier = 1},
         "folds go without held_out, held_out_tier and held_out_fraction"},
        {{.folds = 2, .held_out = ids, .held_out_count = 1},
         "folds go without held_out, held_out_tier and held_out_fraction"},
        {{.strata = 1}, "stratify goes with held_out_fraction or folds"},
        {{.strata = 1, .held_out_tier = 1, .validation_fraction = 0.1},
         "stratify goes with held_out_fraction or folds"},
        {{.strata = 16, .folds = 2}, "stratify has an unknown bit"},
    };

    add_letters();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        MUST_FAIL(makes("x", &cases[i].terms), ERROR_INPUT, cases[i].message,
                  "");
}
END_TEST

START_TEST(who_is_not_there_cannot_be_held_out)
{
    static const char *const ids[] = {"a", "A"};
    struct split_terms named = {.held_out = ids, .held_out_count = 2};
    struct split_terms tier = {.held_out_tier = 2};

    add_letters();
    MUST_FAIL(makes(NULL, &named), ERROR_INPUT, "there is no persona \"A\"",
              "`datebook persona list` lists them");
    MUST_FAIL(makes(NULL, &tier), ERROR_INPUT, "there is no persona of tier 2",
              "`datebook persona list` lists them");
    fix.count = 0;
    named.held_out_count = 1;
    MUST_FAIL(makes(NULL, &named), ERROR_INPUT, "there is no persona \"a\"",
              "`datebook persona list` lists them");
}
END_TEST

START_TEST(each_fold_needs_a_persona)
{
    struct split_terms terms = {.folds = 8, .seed = 1};

    add_letters();
    MUST(makes("x", &terms));
    persona_of("a")->validation = true;
    MUST_FAIL(makes("x", &terms), ERROR_INPUT,
              "8 folds need as many personas that may train, and there are 7",
              "make 7 folds at most");
    fix.count = 2;
    MUST_FAIL(makes("x", &terms), ERROR_INPUT,
              "8 folds need as many personas that may train, and there is 1",
              "");
    fix.count = 0;
    MUST_FAIL(makes("x", &terms), ERROR_INPUT,
              "8 folds need as many personas that may train, and there are 0",
              "");
}
END_TEST

START_TEST(a_name_is_a_word)
{
    static const char *const good[] = {"a", "7", "cv-5_b.2", "HEAD"};
    static const char *const bad[] = {"", ".a", "-a", "a b", "a/b", "\xc3\xa4"};
    static const char hint[] = "use letters, digits, and . _ - after the first "
                               "character, 64 at most";
    struct split_terms none = {.seed = 1};
    char longest[SPLIT_NAME + 2];

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        MUST(makes(good[i], &none));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        MUST_FAIL(makes(bad[i], &none), ERROR_INPUT,
                  arena_format(&fix.arena, &(struct error){0},
                               "\"%s\" cannot be the name of a split", bad[i]),
                  hint);
    memset(longest, 'x', sizeof longest - 1);
    longest[SPLIT_NAME + 1] = '\0';
    ck_assert(!makes(longest, &none));
    longest[SPLIT_NAME] = '\0';
    MUST(makes(longest, &none));
}
END_TEST

START_TEST(words_have_names_and_back)
{
    ck_assert_str_eq(part_name(PART_TRAIN), "train");
    ck_assert_str_eq(part_name(PART_VALIDATION), "validation");
    ck_assert_str_eq(part_name(PART_HELD_OUT), "heldout");
    for (int s = 0; s < STRATA; s++)
        ck_assert_int_eq((int)stratum_named(stratum_name((enum stratum)s)), s);
    ck_assert_int_eq(stratum_named("Tier"), STRATA);
    ck_assert_int_eq(stratum_named(""), STRATA);
    ck_assert_ptr_null(held_out_reason_name(HELD_OUT_NOT));
    ck_assert_str_eq(held_out_reason_name(HELD_OUT_FOLD), "fold");
}
END_TEST

Suite *split_make_suite(void);
Suite *split_make_suite(void)
{
    Suite *suite = suite_create("split_make");
    TCase *tcase = tcase_create("split_make");

    tcase_add_checked_fixture(tcase, splitting_setup, splitting_teardown);
    tcase_add_test(tcase, a_seed_means_what_it_always_did);
    tcase_add_test(tcase, a_share_alone_is_drawn_by_hashes_alone);
    tcase_add_test(tcase, each_stratum_gives_its_share);
    tcase_add_test(tcase, shares_are_reckoned_in_decimals);
    tcase_add_test(tcase, thirds_are_even);
    tcase_add_test(tcase, hashes_decide_among_equals);
    tcase_add_test(tcase, strata_are_of_diversity_before_demographics);
    tcase_add_test(tcase, small_strata_take_turns);
    tcase_add_test(tcase, any_list_is_drawn_evenly);
    tcase_add_test(tcase, any_list_falls_into_even_folds);
    tcase_add_test(tcase, folds_are_dealt_by_hash);
    tcase_add_test(tcase, a_share_is_of_the_others);
    tcase_add_test(tcase, terms_that_make_no_sense_are_refused);
    tcase_add_test(tcase, who_is_not_there_cannot_be_held_out);
    tcase_add_test(tcase, each_fold_needs_a_persona);
    tcase_add_test(tcase, a_name_is_a_word);
    tcase_add_test(tcase, words_have_names_and_back);
    suite_add_tcase(suite, tcase);
    return suite;
}
