/* Sums against ranges; and texts and hard cases. */
#include "tests/unit/quality/measuring.h"
#include "tests/unit/thresholds.h"

#include <math.h>

Suite *measure_suite(void);

/* ---- Judging ---- */

static const struct threshold *wanted_of(enum check_id check)
{
    return &library_thresholds(&fix.arena)->of[check];
}

static struct check_result judged(enum check_id check)
{
    static struct group_validation group;
    static struct validate_request request;
    struct check_range ranges[CHECKS];

    validate_defaults(&request, library_thresholds(&fix.arena));
    for (int i = 0; i < CHECKS; i++)
        ranges[i] = request.wanted.of[i].overall;
    group = (struct group_validation){.failed = 0};
    sums_judge(fix.sums, &request, ranges, &group);
    return group.results[check];
}

static enum check_status status_of(enum check_id check, int64_t part,
                                   int64_t whole)
{
    fix.sums->of[check].part = part;
    fix.sums->of[check].whole = whole;
    return judged(check).status;
}

/* Every share at the ends of its range, and a step beyond. */
START_TEST(shares)
{
    enum { WHOLE = 100000 };

    fix.sums->meetings = WHOLE;
    for (int i = 0; i < CHECKS; i++) {
        enum check_id check = (enum check_id)i;
        struct check_range wanted = wanted_of(check)->overall;
        int64_t low = (int64_t)(wanted.low * WHOLE / 100);
        int64_t high = (int64_t)(wanted.high * WHOLE / 100);
        if (checks[i].unit != UNIT_SHARE)
            continue;
        ck_assert_int_eq(status_of(check, low, WHOLE), CHECK_PASSED);
        if (low)
            ck_assert_int_eq(status_of(check, low - 1, WHOLE), CHECK_FAILED);
        if (isinf(wanted.high))
            continue;
        ck_assert_int_eq(status_of(check, high, WHOLE), CHECK_PASSED);
        ck_assert_int_eq(status_of(check, high + 1, WHOLE), CHECK_FAILED);
    }
}
END_TEST

/* What must not be at all is judged of a single meeting. */
START_TEST(flaws)
{
    int found = 0;

    fix.sums->meetings = 1;
    for (int i = 0; i < CHECKS; i++) {
        enum check_id check = (enum check_id)i;
        if (wanted_of(check)->overall.low > 0 ||
            wanted_of(check)->overall.high > 0)
            continue;
        ck_assert_int_eq(status_of(check, 0, 0), CHECK_PASSED);
        ck_assert_int_eq(status_of(check, 1, 0),
                         wanted_of(check)->level == LEVEL_ERROR ? CHECK_FAILED
                                                                : CHECK_WARNED);
        found++;
    }
    ck_assert_int_gt(found, 15);
}
END_TEST

START_TEST(samples)
{
    fix.sums->meetings = 49;
    ck_assert_int_eq(status_of(CHECK_IMPORTANCE_HIGH, 49, 49),
                     CHECK_NOT_JUDGED);
    fix.sums->meetings = 50;
    ck_assert_int_eq(status_of(CHECK_IMPORTANCE_HIGH, 50, 50), CHECK_FAILED);
    ck_assert_int_eq(status_of(CHECK_IMPORTANCE_HIGH, 0, 0), CHECK_NOT_JUDGED);
    fix.sums->meetings = 999;
    ck_assert_int_eq(status_of(CHECK_PEOPLE_ONE, 0, 0), CHECK_NOT_JUDGED);
    fix.sums->meetings = 1000;
    ck_assert_int_eq(status_of(CHECK_PEOPLE_ONE, 0, 0), CHECK_FAILED);
    ck_assert_int_eq(status_of(CHECK_PEOPLE_ONE, 1, 0), CHECK_PASSED);
    ck_assert_int_eq(status_of(CHECK_PEOPLE_MANY, 0, 0), CHECK_FAILED);
    ck_assert_int_eq(status_of(CHECK_PEOPLE_MANY, 3, 0), CHECK_PASSED);
}
END_TEST

START_TEST(minutes)
{
    fix.sums->meetings = 100;
    ck_assert_int_eq(status_of(CHECK_PREP_MINUTES, 2000, 100), CHECK_PASSED);
    ck_assert_int_eq(status_of(CHECK_PREP_MINUTES, 3000, 100), CHECK_PASSED);
    ck_assert_int_eq(status_of(CHECK_PREP_MINUTES, 1999, 100), CHECK_FAILED);
    ck_assert_int_eq(status_of(CHECK_PREP_MINUTES, 3001, 100), CHECK_FAILED);
    ck_assert_double_eq(judged(CHECK_PREP_MINUTES).value, 30.01);
}
END_TEST

/* `rest` of each length that should occur, a long one included. */
static void set_durations(int thirty, int twenty_five, int sixty, int rest)
{
    static const int others[] = {45, 50, 55, 90, 120, 240};

    fix.sums->meetings = fix.sums->timed = 1000;
    memset(fix.sums->durations, 0, sizeof fix.sums->durations);
    fix.sums->durations[30] = thirty;
    fix.sums->durations[25] = twenty_five;
    fix.sums->durations[60] = sixty;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        fix.sums->durations[others[i]] = rest;
}

START_TEST(durations)
{
    set_durations(400, 200, 150, 50);
    ck_assert_int_eq(judged(CHECK_DURATION_FIRST).status, CHECK_PASSED);
    ck_assert_int_eq(judged(CHECK_DURATION_NEXT).status, CHECK_PASSED);
    ck_assert_int_eq(judged(CHECK_DURATION_SOME).status, CHECK_PASSED);
    set_durations(150, 200, 400, 0);
    ck_assert_int_eq(judged(CHECK_DURATION_FIRST).status, CHECK_FAILED);
    ck_assert_double_eq(judged(CHECK_DURATION_FIRST).value, 60);
    ck_assert_double_eq(judged(CHECK_DURATION_NEXT).value, 1);
    ck_assert_double_eq(judged(CHECK_DURATION_SOME).value, 0);
    set_durations(400, 50, 60, 55);
    ck_assert_int_eq(judged(CHECK_DURATION_NEXT).status, CHECK_FAILED);
    fix.sums->durations[55] = 0;
    ck_assert_int_eq(judged(CHECK_DURATION_SOME).status, CHECK_FAILED);
    ck_assert_double_eq(judged(CHECK_DURATION_SOME).value, 5);
    fix.sums->durations[240] = 0;
    ck_assert_double_eq(judged(CHECK_DURATION_SOME).value, 4);
}
END_TEST

START_TEST(weekdays)
{
    static const int64_t fuller[] = {10, 12, 13, 14, 10, 50, 0};
    static const int64_t even[] = {10, 10, 10, 10, 10, 0, 0};

    fix.sums->meetings = 1000;
    memcpy(fix.sums->weekdays, fuller, sizeof fuller);
    ck_assert_int_eq(judged(CHECK_HOURS_WEEKDAYS).status, CHECK_PASSED);
    ck_assert_double_eq(judged(CHECK_HOURS_WEEKDAYS).value, 1.3);
    memcpy(fix.sums->weekdays, even, sizeof even);
    ck_assert_int_eq(judged(CHECK_HOURS_WEEKDAYS).status, CHECK_FAILED);
}
END_TEST

/* Too many: those that count; too few: those that do not. */
START_TEST(examples)
{
    struct check_result result;

    fix.sums->meetings = 100;
    sum_example(fix.sums, CHECK_IMPORTANCE_HIGH, 7, "a note");
    ck_assert_int_eq(status_of(CHECK_IMPORTANCE_HIGH, 90, 100), CHECK_FAILED);
    result = judged(CHECK_IMPORTANCE_HIGH);
    ck_assert_int_eq(result.example_count, 1);
    ck_assert_int_eq(result.examples[0].meeting, 7);
    ck_assert_str_eq(result.examples[0].note, "a note");
    ck_assert_int_eq(status_of(CHECK_IMPORTANCE_HIGH, 9, 100), CHECK_FAILED);
    ck_assert_int_eq(judged(CHECK_IMPORTANCE_HIGH).example_count, 0);
    ck_assert_int_eq(status_of(CHECK_IMPORTANCE_HIGH, 28, 100), CHECK_PASSED);
    ck_assert_int_eq(judged(CHECK_IMPORTANCE_HIGH).example_count, 0);
    sum_example(fix.sums, CHECK_START_USUAL, 8, NULL);
    ck_assert_int_eq(status_of(CHECK_START_USUAL, 10, 100), CHECK_FAILED);
    ck_assert_int_eq(judged(CHECK_START_USUAL).example_count, 1);
}
END_TEST

START_TEST(sums_of_all)
{
    struct sums *all = arena_zero(&fix.arena, 1, sizeof *all, &fix.err);

    ck_assert_ptr_nonnull(all);
    all->arena = &fix.arena;
    for (int64_t i = 1; i < 9; i++)
        sum_flaw(fix.sums, CHECK_TEXT_CUT, i, "x");
    sum_count(fix.sums, CHECK_TYPE_SINGLE, true);
    sum_count(fix.sums, CHECK_TYPE_SINGLE, false);
    fix.sums->meetings = 9;
    fix.sums->timed = 8;
    fix.sums->durations[30] = 5;
    fix.sums->weekdays[4] = 6;
    sums_add(all, fix.sums);
    sums_add(all, fix.sums);
    ck_assert_int_eq(all->of[CHECK_TEXT_CUT].part, 16);
    ck_assert_int_eq(all->of[CHECK_TEXT_CUT].example_count, CHECK_EXAMPLES);
    ck_assert_int_eq(all->of[CHECK_TEXT_CUT].examples[2].meeting, 3);
    ck_assert_uint_eq(all->of[CHECK_TEXT_CUT].key_count, 16);
    for (size_t i = 0; i < 16; i++)
        ck_assert_int_eq(all->of[CHECK_TEXT_CUT].keys[i], (int64_t)i % 8 + 1);
    ck_assert_int_eq(all->of[CHECK_TYPE_SINGLE].part, 2);
    ck_assert_int_eq(all->of[CHECK_TYPE_SINGLE].whole, 4);
    ck_assert_int_eq(all->meetings, 18);
    ck_assert_int_eq(all->timed, 16);
    ck_assert_int_eq(all->durations[30], 10);
    ck_assert_int_eq(all->weekdays[4], 12);
}
END_TEST

/* ---- Ranges ---- */

static const char *value(enum check_unit unit, double number)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    check_value_text(&buf, unit, number);
    text = arena_text(&fix.arena, buf_string(&buf), &fix.err);
    buf_free(&buf);
    return text;
}

static const char *range(enum check_unit unit, double low, double high)
{
    struct check_range wanted = {low, high};
    struct buf buf = BUF_EMPTY;
    const char *text;

    check_range_text(&buf, unit, wanted);
    text = arena_text(&fix.arena, buf_string(&buf), &fix.err);
    buf_free(&buf);
    return text;
}

START_TEST(spelling)
{
    ck_assert_str_eq(value(UNIT_SHARE, 13.84), "13.8%");
    ck_assert_str_eq(value(UNIT_SHARE, 100), "100.0%");
    ck_assert_str_eq(value(UNIT_SHARE, 99.9999), "99.99%");
    ck_assert_str_eq(value(UNIT_SHARE, 99.94), "99.9%");
    ck_assert_str_eq(range(UNIT_SHARE, 8.75, 16.25), "8.75\xE2\x80\x93"
                                                     "16.25%");
    ck_assert_str_eq(range(UNIT_COUNT, 0, INFINITY), "any");
    ck_assert_str_eq(value(UNIT_MINUTES, 30), "30.0 min");
    ck_assert_str_eq(value(UNIT_COUNT, 1234), "1,234");
    ck_assert_str_eq(value(UNIT_RATIO, 1.2), "1.20");
    ck_assert_str_eq(range(UNIT_SHARE, 10, 15), "10\xE2\x80\x93"
                                                "15%");
    ck_assert_str_eq(range(UNIT_SHARE, 7.5, INFINITY), "at least 7.5%");
    ck_assert_str_eq(range(UNIT_SHARE, 0, 2), "at most 2%");
    ck_assert_str_eq(range(UNIT_MINUTES, 30, 30), "30 min");
    ck_assert_str_eq(range(UNIT_COUNT, 0, 0), "none");
    ck_assert_str_eq(range(UNIT_COUNT, 1, 0), "-");
    ck_assert_str_eq(range(UNIT_RATIO, 1.05, INFINITY), "at least 1.05");
}
END_TEST

START_TEST(widening)
{
    struct check_range wide =
        check_range_widened((struct check_range){10, 15}, 2);

    ck_assert_double_eq(wide.low, 7.5);
    ck_assert_double_eq(wide.high, 17.5);
    wide = check_range_widened((struct check_range){2, 15}, 2);
    ck_assert_double_eq(wide.low, 0);
    ck_assert_double_eq(wide.high, 21.5);
    wide = check_range_widened((struct check_range){80, INFINITY}, 2);
    ck_assert_double_eq(wide.low, 80);
    ck_assert(!check_range_is_judged(
        check_range_widened((struct check_range){1, 0}, 2)));
    wide = check_range_widened((struct check_range){10, 15}, 1.5);
    ck_assert_double_eq(wide.low, 8.75);
    ck_assert_double_eq(wide.high, 16.25);
}
END_TEST

/* Every check has a name of its own in a group, and a range; that of tiers is
 * no narrower, and that of personas than that. */
START_TEST(table_of_checks)
{
    for (int i = 0; i < CHECKS; i++) {
        const struct check *check = &checks[i];
        const struct threshold *wanted = wanted_of((enum check_id)i);
        ck_assert_ptr_nonnull(check->name);
        ck_assert_ptr_nonnull(strchr(check->name, '.'));
        ck_assert_int_eq(check_named(check->name), i);
        ck_assert(check_range_is_judged(wanted->overall));
        if (!check_range_is_judged(wanted->persona))
            continue;
        ck_assert(check_range_is_judged(wanted->tier));
        ck_assert_double_le(wanted->tier.low, wanted->overall.low);
        ck_assert_double_ge(wanted->tier.high, wanted->overall.high);
        ck_assert_double_le(wanted->persona.low, wanted->tier.low);
        ck_assert_double_ge(wanted->persona.high, wanted->tier.high);
    }
    ck_assert_int_eq(check_named("text"), CHECKS);
}
END_TEST

/* ---- Texts ---- */

static void add_text(const char *subject, const char *preview)
{
    struct meeting_facts *facts = next_meeting("{}");

    facts->subject = subject;
    facts->preview = preview;
    text_measure_meeting(fix.sums, &fix.meeting);
}

START_TEST(texts)
{
    static const struct {
        enum check_id check;
        const char *subject;
        const char *preview;
        const char *note;
    } cases[] = {
        {CHECK_TEXT_SUBJECT, "", "Text.", ""},
        {CHECK_TEXT_UNFILLED, "Sync with {peer}", "", "Sync with {peer}"},
        {CHECK_TEXT_DOUBLE_SPACE, "Sync", "One  two.", "One  two."},
        {CHECK_TEXT_EDGE_SPACE, "Sync ", "", "Sync "},
        {CHECK_TEXT_ARTICLE, "Sync", "For a account.", "For a account."},
        {CHECK_TEXT_REPEATED_WORD, "Paper paper", "", "Paper paper"},
        {CHECK_TEXT_CUT, "Sync", "One, two,", "One, two,"},
    };

    add_text("Sync", "One {2");
    expect_flaws(CHECK_TEXT_UNFILLED, 1, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fresh_sums();
        add_text("Sync with Ann", "One, two. A third one?");
        expect_flaws(cases[i].check, 0, 0);
        add_text(cases[i].subject, cases[i].preview);
        expect_flaws(cases[i].check, 1, 2);
        ck_assert_str_eq(sum_of(cases[i].check)->examples[0].note,
                         cases[i].note);
    }
}
END_TEST

START_TEST(long_texts)
{
    enum { SIZE = 258 };
    char *text = arena_alloc(&fix.arena, SIZE, &fix.err);

    ck_assert_ptr_nonnull(text);
    memset(text, 'x', SIZE);
    text[254] = '.';
    text[255] = '\0';
    add_text("Sync", text);
    expect_flaws(CHECK_TEXT_LENGTH, 0, 0);
    expect_flaws(CHECK_TEXT_CUT, 0, 0);
    text[254] = 'x';
    add_text("Sync", text);
    expect_flaws(CHECK_TEXT_CUT, 1, 2);
    text[255] = '.';
    text[256] = '\0';
    add_text("Sync", text);
    expect_flaws(CHECK_TEXT_LENGTH, 1, 3);
    expect_flaws(CHECK_TEXT_CUT, 1, 2);
}
END_TEST

/* The meetings are in January. */
START_TEST(seasons)
{
    add_text("Q4 numbers", "");
    add_text("Q1 planning", "");
    expect_share(CHECK_TEXT_SEASON, 0, 2);
    add_text("Q3 planning", "");
    expect_share(CHECK_TEXT_SEASON, 1, 3);
    ck_assert_str_eq(sum_of(CHECK_TEXT_SEASON)->examples[0].note,
                     "Q3 planning");
}
END_TEST

/* ---- Hard cases ---- */

static struct hard_measure *hard;
static struct ruleset *ruleset;

static void measure_hard(void)
{
    struct label label;

    ck_assert(ruleset_label(ruleset, &fix.facts, &label, &fix.err));
    ck_assert(hard_measure_meeting(hard, &fix.meeting, &label, &fix.err));
}

static void add_hard(const char *subject, const char *preview)
{
    struct meeting_facts *facts = next_meeting("{}");

    facts->subject = subject;
    facts->preview = preview;
    facts->minutes = 60;
    measure_hard();
}

START_TEST(hard_cases)
{
    read_persona(
        ",\"importance_criteria\":{\"always_important\":[\"board meeting\","
        "{\"any\":[\"merger\"],\"name\":\"M\"}],\"usually_important\":["
        "\"audit\",{\"duration_min\":240,\"name\":\"long\"}],"
        "\"sometimes_important\":[\"newsletter audience\"],"
        "\"rarely_important\":[\"lunch\"]},\"priority_framework\":[{"
        "\"name\":\"Hire\",\"keywords\":[\"hiring\"]}]");
    ruleset = ruleset_compile(&fix.persona, &fix.err);
    ck_assert_msg(ruleset != NULL, "%s", fix.err.message);
    hard = hard_measure_new(&fix.persona, ruleset, fix.sums, &fix.err);
    ck_assert_ptr_nonnull(hard);
    add_hard("Walk", "");
    add_hard("Board meeting", "");
    add_hard("Audit with hiring", "");
    expect_share(CHECK_HARD_ALL, 0, 3);
    add_hard("Audit lunch", "");
    add_hard("Hiring lunch", "");
    expect_share(CHECK_HARD_LEVELS, 2, 5);
    add_hard("Snow board for the team", ""); /* "meeting" is common */
    add_hard("Mergers and other games", ""); /* high, and says so */
    add_hard("Audience of a show", "");      /* no important word */
    expect_share(CHECK_HARD_KEYWORD, 1, 8);
    add_hard("Quick sync", "About the audit.");
    add_hard("Quick sync, hiring", "About the audit.");
    expect_share(CHECK_HARD_DULL, 1, 10);
    fix.facts.subject = "Day out";
    fix.facts.preview = "";
    fix.facts.minutes = 300; /* a rule that no word tells */
    measure_hard();
    expect_share(CHECK_HARD_DULL, 2, 11);
    expect_share(CHECK_HARD_ALL, 5, 11);
    hard_measure_free(hard);
    ruleset_free(ruleset);
}
END_TEST

Suite *measure_suite(void)
{
    Suite *suite = suite_create("measure");
    TCase *tests = tcase_create("measure");

    tcase_add_checked_fixture(tests, measuring_setup, measuring_teardown);
    tcase_add_test(tests, shares);
    tcase_add_test(tests, flaws);
    tcase_add_test(tests, samples);
    tcase_add_test(tests, minutes);
    tcase_add_test(tests, durations);
    tcase_add_test(tests, weekdays);
    tcase_add_test(tests, examples);
    tcase_add_test(tests, sums_of_all);
    tcase_add_test(tests, spelling);
    tcase_add_test(tests, widening);
    tcase_add_test(tests, table_of_checks);
    tcase_add_test(tests, texts);
    tcase_add_test(tests, long_texts);
    tcase_add_test(tests, seasons);
    tcase_add_test(tests, hard_cases);
    suite_add_tcase(suite, tests);
    return suite;
}
