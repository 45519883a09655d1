/* Times of meetings, each check with meetings that pass and that fail it. */
#include "tests/unit/quality/measuring.h"

Suite *measure_calendar_suite(void);

static struct calendar_measure *measure;

static void start(const char *persona)
{
    read_persona(persona);
    calendar_measure_free(measure);
    fresh_sums();
    measure = calendar_measure_new(&fix.persona, fix.sums, &fix.err);
    ck_assert_ptr_nonnull(measure);
}

static void teardown(void)
{
    calendar_measure_free(measure);
    measure = NULL;
    measuring_teardown();
}

/* Day 0 is a Monday. */
static void add(int day, int hour, int minute, int minutes, const char *series)
{
    const char *document =
        series ? arena_format(&fix.arena, &fix.err,
                              "{\"seriesMasterId\":\"%s\"}", series)
               : "{\"seriesMasterId\":null}";
    struct meeting_facts *facts = next_meeting(document);

    facts->start += day * MINUTES_A_DAY + (hour - 9) * 60 + minute;
    facts->minutes = minutes;
    ck_assert(calendar_measure_meeting(measure, &fix.meeting, &fix.err));
}

START_TEST(working_hours)
{
    start("");
    add(0, 8, 0, 30, NULL);
    add(4, 18, 30, 30, NULL);
    expect_flaws(CHECK_HOURS_WORKING, 0, 0);
    add(0, 7, 55, 30, NULL);
    add(0, 18, 35, 30, NULL);
    add(5, 10, 0, 30, NULL);
    add(6, 10, 0, 30, NULL);
    expect_flaws(CHECK_HOURS_WORKING, 4, 3);
    ck_assert_str_eq(sum_of(CHECK_HOURS_WORKING)->examples[0].note,
                     "Monday 07:55, 30 min");
    ck_assert_str_eq(sum_of(CHECK_HOURS_WORKING)->examples[2].note,
                     "Saturday 10:00, 30 min");
}
END_TEST

/* A persona whose own archetypes or threads have such hours may meet then. */
START_TEST(own_hours)
{
    start(",\"archetypes\":[{\"hours\":[7,12]},{\"hours\":[18,20],"
          "\"minutes\":[30,90],\"days\":[\"Mon\",\"Sat\"]}]");
    add(0, 7, 0, 30, NULL);
    add(5, 20, 59, 90, NULL);
    expect_flaws(CHECK_HOURS_WORKING, 0, 0);
    add(0, 6, 55, 30, NULL);
    add(0, 21, 0, 90, NULL);
    expect_flaws(CHECK_HOURS_WORKING, 2, 3);
    start(",\"threads\":[{\"steps\":[{\"like\":\"x\"},{\"hours\":[19,20]}]}]");
    add(0, 20, 0, 60, NULL);
    expect_flaws(CHECK_HOURS_WORKING, 0, 0);
    /* The usual ones change nothing. */
    start(",\"archetypes\":[{\"hours\":[9,17],\"minutes\":[240]}]");
    add(0, 18, 0, 90, NULL);
    expect_flaws(CHECK_HOURS_WORKING, 1, 1);
}
END_TEST

START_TEST(starts)
{
    start("");
    add(0, 9, 0, 30, NULL);
    add(0, 10, 5, 30, NULL);
    add(0, 11, 30, 30, NULL);
    add(0, 12, 35, 20, NULL);
    expect_share(CHECK_START_USUAL, 4, 4);
    add(0, 13, 15, 30, NULL);
    add(0, 14, 10, 30, NULL);
    expect_share(CHECK_START_USUAL, 4, 6);
    ck_assert_int_eq(sum_of(CHECK_START_USUAL)->examples[0].meeting, 5);
    ck_assert_str_eq(sum_of(CHECK_START_USUAL)->examples[0].note, "at 13:15");
}
END_TEST

START_TEST(lengths)
{
    start("");
    add(0, 9, 0, 30, NULL);
    add(0, 10, 0, 120, NULL);
    add(0, 13, 0, 125, NULL);
    expect_share(CHECK_DURATION_LONG, 1, 3);
    ck_assert_str_eq(sum_of(CHECK_DURATION_LONG)->examples[0].note, "125 min");
    ck_assert_int_eq(fix.sums->durations[30], 1);
    ck_assert_int_eq(fix.sums->durations[125], 1);
    /* A holiday is no meeting time. */
    add(1, 0, 0, MINUTES_A_DAY, NULL);
    add(5, 0, 0, 2 * MINUTES_A_DAY, NULL);
    ck_assert_int_eq(fix.sums->timed, 3);
    ck_assert_int_eq(fix.sums->weekdays[0], 3);
    ck_assert_int_eq(fix.sums->weekdays[1], 0);
    expect_flaws(CHECK_HOURS_WORKING, 0, 0);
}
END_TEST

START_TEST(overlaps)
{
    start("");
    add(0, 9, 0, 120, NULL);  /* holds the next two */
    add(0, 9, 0, 30, NULL);   /* */
    add(0, 10, 30, 30, NULL); /* */
    add(0, 11, 0, 30, NULL);  /* touches the first one only */
    add(1, 14, 0, 30, NULL);  /* alone */
    add(1, 9, 30, 60, NULL);  /* with the next, in any order of coming */
    add(1, 9, 0, 60, NULL);   /* */
    add(2, 0, 0, 2000, NULL); /* days: no meeting */
    add(2, 10, 0, 30, NULL);
    calendar_measure_end(measure);
    expect_share(CHECK_HOURS_OVERLAP, 5, 8);
}
END_TEST

START_TEST(slots_of_series)
{
    start("");
    add(0, 9, 0, 30, "a");
    add(1, 9, 0, 30, "a");
    add(0, 9, 0, 30, "b");
    add(0, 9, 0, 30, NULL);
    add(0, 9, 0, 30, NULL);
    calendar_measure_end(measure);
    expect_flaws(CHECK_SERIES_SLOT, 0, 0);
    start("");
    add(0, 9, 0, 30, "a");
    add(0, 9, 0, 30, "b");
    add(3, 9, 0, 30, "b");
    add(0, 9, 0, 60, "a");
    calendar_measure_end(measure);
    expect_flaws(CHECK_SERIES_SLOT, 1, 4);
}
END_TEST

/* Two working days with meetings, of 60 and 120 minutes: 7.5 hours a week. */
START_TEST(weekly_hours)
{
    start(",\"meeting_context\":{\"weekly_meeting_hours\":\"6-8 hours\"}");
    add(0, 9, 0, 30, NULL);
    add(3, 9, 0, 120, NULL);
    add(0, 15, 0, 30, NULL);
    add(5, 15, 0, 90, NULL); /* no working day */
    calendar_measure_end(measure);
    expect_share(CHECK_HOURS_WEEKLY, 450, 420);
    start("");
    add(0, 9, 0, 30, NULL);
    calendar_measure_end(measure);
    expect_share(CHECK_HOURS_WEEKLY, 0, 0);
}
END_TEST

Suite *measure_calendar_suite(void)
{
    Suite *suite = suite_create("measure_calendar");
    TCase *tests = tcase_create("measure_calendar");

    tcase_add_checked_fixture(tests, measuring_setup, teardown);
    tcase_add_test(tests, working_hours);
    tcase_add_test(tests, own_hours);
    tcase_add_test(tests, starts);
    tcase_add_test(tests, lengths);
    tcase_add_test(tests, overlaps);
    tcase_add_test(tests, slots_of_series);
    tcase_add_test(tests, weekly_hours);
    suite_add_tcase(suite, tests);
    return suite;
}
