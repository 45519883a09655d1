/* Labels against rules, meetings of the same words, and mixes as a whole. */
#include "tests/unit/quality/measuring.h"
#include "tests/unit/thresholds.h"

#include "datebook/varint.h"
#include "src/quality/mix_fit.h"

#include <math.h>

Suite *measure_label_suite(void);

static struct ruleset *ruleset;
static struct label_measure *measure;
static struct stored_rule rules[8];
static struct stored_label label;
static struct label made;
static unsigned char codes[64];

/* The store knows one rule more, which the persona no longer has. */
enum { GONE = 6, UNKNOWN = 7 };

static void setup(void)
{
    measuring_setup();
    read_persona(
        ",\"importance_criteria\":{\"always_important\":[\"board\"],"
        "\"usually_important\":[\"audit\"],\"rarely_important\":[\"lunch\"]},"
        "\"priority_framework\":[{\"name\":\"Hire\",\"keywords\":"
        "[\"hiring\"]}],\"prep_time_needs\":{\"requires_prep\":"
        "[\"board (30 min)\"],\"optional_prep\":[\"audit (20 min)\"]}");
    ruleset = ruleset_compile(&fix.persona, &fix.err);
    ck_assert_msg(ruleset != NULL, "%s", fix.err.message);
    ck_assert_uint_eq(fix.persona.rule_count, GONE);
    for (size_t i = 0; i < GONE; i++) /* in another order */
        rules[i] = (struct stored_rule){
            .kind = (int)fix.persona.rules[GONE - 1 - i].kind,
            .source = fix.persona.rules[GONE - 1 - i].source,
            .name = ruleset_name(ruleset, GONE - 1 - i)};
    rules[GONE] = (struct stored_rule){
        .kind = RULE_ALWAYS_IMPORTANT, .source = "gone", .name = "gone"};
    measure =
        label_measure_new(&fix.persona, rules, GONE + 1, fix.sums, &fix.err);
    ck_assert_ptr_nonnull(measure);
}

static void teardown(void)
{
    label_measure_free(measure);
    ruleset_free(ruleset);
    measuring_teardown();
}

static void say(int rule, bool decided)
{
    label.rules = codes;
    label.rules_length +=
        varint_put(codes + label.rules_length, 2 * (uint64_t)rule + decided);
}

/* The next meeting, and in `label` what the rules make of it. */
static void next(const char *subject)
{
    next_meeting("{}");
    fix.facts.subject = subject;
    ck_assert(ruleset_label(ruleset, &fix.facts, &made, &fix.err));
    label = (struct stored_label){.meeting = fix.key,
                                  .importance = (int)made.importance,
                                  .rsvp = (int)made.rsvp,
                                  .prep_minutes = made.prep_minutes};
    for (size_t i = 0; i < made.fired_count; i++)
        say(GONE - 1 - made.fired[i].rule, made.fired[i].decided);
}

static void take(void)
{
    ck_assert(
        label_measure_meeting(measure, &fix.meeting, &label, &made, &fix.err));
}

START_TEST(equal)
{
    next("Board lunch");
    take();
    next("Audit of hiring");
    take();
    next("Walk");
    take();
    label_measure_end(measure);
    expect_share(CHECK_LABEL_EQUAL, 3, 3);
    expect_share(CHECK_LABEL_KEYWORD, 1, 1);
    expect_share(CHECK_IMPORTANCE_CRITICAL, 1, 3);
    expect_share(CHECK_LABEL_CONSISTENT, 0, 0);
    expect_flaws(CHECK_LABEL_MISSING, 0, 0);
    expect_flaws(CHECK_LABEL_REASONING, 0, 0);
    expect_flaws(CHECK_LABEL_PREP, 0, 0);
    expect_flaws(CHECK_DUPLICATE_EXACT, 0, 0);
}
END_TEST

/* Each value that may differ, and the rules. */
START_TEST(unequal)
{
    next("Board");
    label.importance = IMPORTANCE_LOW;
    take();
    next("Board");
    label.prep_minutes = 45;
    take();
    next("Board");
    label.rsvp = RSVP_DECLINE;
    take();
    next("Board");
    label.rules_length = 0;
    take();
    next("Board");
    codes[0] ^= 1; /* another rule decides */
    take();
    next("Board");
    say(0, false);
    take();
    expect_share(CHECK_LABEL_EQUAL, 0, 6);
    ck_assert_uint_eq(sum_of(CHECK_LABEL_EQUAL)->key_count, 6);
    ck_assert_int_eq(sum_of(CHECK_LABEL_EQUAL)->keys[5], 6);
    ck_assert_str_eq(sum_of(CHECK_LABEL_EQUAL)->examples[0].note,
                     "by the rules critical, 30 min, accept");
}
END_TEST

START_TEST(reasons)
{
    next("Walk");
    say(GONE, true);
    take();
    next("Walk");
    say(UNKNOWN, true);
    take();
    next("Walk");
    label.rules = (const unsigned char *)"\x80"; /* cut off */
    label.rules_length = 1;
    take();
    next("Board");
    label.rules_length = 0;
    take();
    expect_flaws(CHECK_LABEL_REASONING, 4, 1);
    ck_assert_str_eq(sum_of(CHECK_LABEL_REASONING)->examples[0].note,
                     "names a rule that the persona no longer has");
    ck_assert_str_eq(sum_of(CHECK_LABEL_REASONING)->examples[1].note,
                     "names a rule that there is not");
    expect_flaws(CHECK_LABEL_PREP, 1, 4);
    ck_assert_str_eq(sum_of(CHECK_LABEL_PREP)->examples[0].note,
                     "minutes without a rule");
    next("Board");
    label.prep_minutes = 0;
    take();
    expect_flaws(CHECK_LABEL_PREP, 2, 4);
    ck_assert_str_eq(sum_of(CHECK_LABEL_PREP)->examples[1].note, "no minutes");
    next("Hiring");
    label.importance = IMPORTANCE_MEDIUM;
    take();
    expect_share(CHECK_LABEL_KEYWORD, 0, 1);
    ck_assert(
        label_measure_meeting(measure, &fix.meeting, NULL, &made, &fix.err));
    expect_flaws(CHECK_LABEL_MISSING, 1, 6);
}
END_TEST

/* Punctuation and case aside; most of them decide, of equals the higher. */
START_TEST(same_words)
{
    static const int levels[] = {IMPORTANCE_LOW, IMPORTANCE_HIGH,
                                 IMPORTANCE_LOW};

    for (int i = 0; i < 3; i++) {
        next(i ? "walk, and talk" : "Walk and talk");
        label.importance = levels[i];
        fix.facts.start += 60L * i;
        take();
    }
    for (int i = 0; i < 2; i++) {
        next("Two");
        label.importance = i ? IMPORTANCE_MEDIUM : IMPORTANCE_CRITICAL;
        fix.facts.start += 60L * i;
        take();
    }
    next("Walk");
    fix.facts.preview = "and talk";
    take();
    label_measure_end(measure);
    expect_share(CHECK_LABEL_CONSISTENT, 3, 5);
    ck_assert_uint_eq(sum_of(CHECK_LABEL_CONSISTENT)->key_count, 2);
    ck_assert_int_eq(sum_of(CHECK_LABEL_CONSISTENT)->keys[0], 2);
    ck_assert_int_eq(sum_of(CHECK_LABEL_CONSISTENT)->keys[1], 5);
    ck_assert_str_eq(sum_of(CHECK_LABEL_CONSISTENT)->examples[0].note,
                     "most of the same words are low");
    expect_flaws(CHECK_DUPLICATE_EXACT, 0, 0);
}
END_TEST

START_TEST(same_meetings)
{
    for (int i = 0; i < 5; i++) {
        next(i == 4 ? "Another walk" : "Walk");
        fix.facts.minutes = i == 3 ? 60 : 30;
        take();
    }
    label_measure_end(measure);
    expect_flaws(CHECK_DUPLICATE_EXACT, 2, 2);
    ck_assert_int_eq(sum_of(CHECK_DUPLICATE_EXACT)->keys[1], 3);
    expect_share(CHECK_LABEL_CONSISTENT, 4, 4);
}
END_TEST

/* ---- Mixes ---- */

static void expect_near(double value, double wanted)
{
    ck_assert_msg(fabs(value - wanted) < 5e-4, "%.6f, not %.6f", value, wanted);
}

/* The 5 % and 1 % points of printed tables. */
START_TEST(tails)
{
    expect_near(chi_square_tail(3.841, 1), 0.05);
    expect_near(chi_square_tail(6.635, 1), 0.01);
    expect_near(chi_square_tail(5.991, 2), 0.05);
    expect_near(chi_square_tail(9.210, 2), 0.01);
    expect_near(chi_square_tail(7.815, 3), 0.05);
    expect_near(chi_square_tail(11.345, 3), 0.01);
    ck_assert_double_eq(chi_square_tail(0, 3), 1);
}
END_TEST

static struct mix_fit fit_of(enum fit fit)
{
    return mix_fit_of(fix.sums, fit, library_thresholds(&fix.arena));
}

START_TEST(fits)
{
    struct thresholds own = *library_thresholds(&fix.arena);
    struct sum *types = &fix.sums->of[CHECK_TYPE_SINGLE];
    struct sum *prep = &fix.sums->of[CHECK_PREP_NEEDED];
    struct mix_fit fit;

    types[0].part = 60;
    types[1].part = 30;
    types[2].part = 10;
    fit = fit_of(FIT_TYPE);
    ck_assert(fit.judged);
    expect_near(fit.chi_square, 0);
    expect_near(fit.p, 1);
    types[0].part = 50;
    types[1].part = 40;
    fit = fit_of(FIT_TYPE);
    ck_assert_int_eq(fit.freedom, 2);
    expect_near(fit.chi_square, 100.0 / 60 + 100.0 / 30);
    expect_near(fit.p, exp(-2.5));
    prep->part = 55;
    prep->whole = 100;
    fit = fit_of(FIT_PREP);
    ck_assert_int_eq(fit.freedom, 1);
    expect_near(fit.chi_square, 100.0 / 45 + 100.0 / 55);
    /* Too few, and no middle. */
    types[0].part = types[1].part = 19;
    ck_assert(!fit_of(FIT_TYPE).judged);
    ck_assert(!fit_of(FIT_IMPORTANCE).judged);
    own.of[CHECK_PREP_NEEDED].overall.high = INFINITY;
    ck_assert(!mix_fit_of(fix.sums, FIT_PREP, &own).judged);
}
END_TEST

Suite *measure_label_suite(void)
{
    Suite *suite = suite_create("measure_label");
    TCase *tests = tcase_create("measure_label");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, equal);
    tcase_add_test(tests, unequal);
    tcase_add_test(tests, reasons);
    tcase_add_test(tests, same_words);
    tcase_add_test(tests, same_meetings);
    tcase_add_test(tests, tails);
    tcase_add_test(tests, fits);
    suite_add_tcase(suite, tests);
    return suite;
}
