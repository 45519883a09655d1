/* Dates: the calendar itself, the text forms, and the clock that can be
 * fixed. */
#include "datebook/civil.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct error err;

static civil_day day_of(int year, int month, int day)
{
    return civil_from_date((struct civil_date){year, month, day});
}

START_TEST(known_days)
{
    ck_assert_int_eq(day_of(1970, 1, 1), 0);
    ck_assert_int_eq(day_of(1969, 12, 31), -1);
    ck_assert_int_eq(day_of(2000, 3, 1), 11017);
    ck_assert_int_eq(day_of(1, 1, 1), -719162);
    ck_assert_int_eq(day_of(9999, 12, 31), 2932896);
}
END_TEST

/* Every day of ten thousand years follows the one before it. */
START_TEST(every_day_follows_its_yesterday)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    civil_day day = day_of(1, 1, 1);
    int weekday = 0; /* 0001-01-01 was a Monday */

    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= lengths[month - 1] + (leap && month == 2);
                 d++, day++, weekday = (weekday + 1) % 7) {
                struct civil_date date = civil_to_date(day);
                if (date.year != year || date.month != month || date.day != d ||
                    civil_from_date(date) != day ||
                    civil_weekday(day) != weekday)
                    ck_abort_msg("day %d is not %d-%d-%d", (int)day, year,
                                 month, d);
            }
    }
    ck_assert_int_eq(day, day_of(9999, 12, 31) + 1);
}
END_TEST

START_TEST(weekdays)
{
    ck_assert_int_eq(civil_weekday(0), 3);
    ck_assert_int_eq(civil_weekday(day_of(2025, 11, 10)), 0);
    ck_assert_int_eq(civil_weekday(day_of(2025, 11, 16)), 6);
    ck_assert_int_eq(civil_weekday(-1), 2);
}
END_TEST

START_TEST(dates_are_read_and_written)
{
    static const char *const good[] = {"1970-01-01", "2024-02-29", "2000-02-29",
                                       "0001-01-01", "9999-12-31"};
    char text[DATE_SIZE];
    civil_day day;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert(civil_parse_date(good[i], &day));
        civil_format_date(day, text);
        ck_assert_str_eq(text, good[i]);
    }
}
END_TEST

START_TEST(other_dates_are_refused)
{
    static const char *const bad[] = {
        "",           "2025-11-1",  "2025-11-010", "2025-1-01",  "25-11-01",
        "2025/11/01", "2025-13-01", "2025-00-10",  "2025-11-00", "2025-11-31",
        "2025-02-29", "1900-02-29", "0000-01-01",  "-001-01-01", "2025-+1-01",
        "2025-11- 1", "2025-11-1x", "today",       "2025-11-01T"};
    civil_day day;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!civil_parse_date(bad[i], &day), "%s", bad[i]);
}
END_TEST

START_TEST(graph_times_are_27_characters)
{
    char text[GRAPH_TIME_SIZE];
    civil_minute minute;

    civil_format_graph(0, text);
    ck_assert_str_eq(text, "1970-01-01T00:00:00.0000000");
    ck_assert_uint_eq(strlen(text), 27);
    civil_format_graph(-1, text);
    ck_assert_str_eq(text, "1969-12-31T23:59:00.0000000");
    for (civil_minute m = -3000; m < 30000000; m += 1237) {
        civil_format_graph(m, text);
        ck_assert(civil_parse_graph(text, &minute));
        ck_assert_int_eq(minute, m);
    }
}
END_TEST

START_TEST(graph_times_are_read_in_all_their_forms)
{
    static const char *const good[] = {
        "2025-11-10T14:32",           "2025-11-10T14:32:18",
        "2025-11-10T14:32:18Z",       "2025-11-10T14:32:18.123",
        "2025-11-10T14:32:60",        "2025-11-10T14:32:18.0000000Z",
        "2025-11-10T14:32:59.9999999"};
    static const char *const bad[] = {"",
                                      "2025-11-10",
                                      "2025-11-10T14",
                                      "2025-11-10T14:3",
                                      "2025-11-10 14:32",
                                      "2025-11-10T24:00",
                                      "2025-11-10T14:60",
                                      "2025-11-10T14:32:",
                                      "2025-11-10T14:32:1",
                                      "2025-11-10T14:32:61",
                                      "2025-11-10T14:32:18.",
                                      "2025-11-10T14:32:18.Z",
                                      "2025-11-10T14:32:18.1x",
                                      "2025-11-10T14:32:18+08:00",
                                      "2025-11-10T14:32:18ZZ",
                                      "2025-11-31T14:32:18",
                                      "2025-11-10T-1:32:18"};
    civil_minute minute;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(civil_parse_graph(good[i], &minute), "%s", good[i]);
        ck_assert_int_eq(minute, (civil_minute)day_of(2025, 11, 10) * 1440 +
                                     14 * 60 + 32);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!civil_parse_graph(bad[i], &minute), "%s", bad[i]);
}
END_TEST

START_TEST(clock_can_be_fixed)
{
    char text[STAMP_SIZE];
    int64_t stamp;

    ck_assert_int_eq(setenv("SOURCE_DATE_EPOCH", "1762785138", 1), 0);
    ck_assert(civil_now(&stamp, &err));
    civil_format_stamp(stamp, text);
    ck_assert_str_eq(text, "2025-11-10T14:32:18.000000");
    ck_assert_int_eq(setenv("SOURCE_DATE_EPOCH", "253402300799", 1), 0);
    ck_assert(civil_now(&stamp, &err));
    civil_format_stamp(stamp, text);
    ck_assert_str_eq(text, "9999-12-31T23:59:59.000000");
}
END_TEST

START_TEST(clock_that_should_be_fixed_never_runs)
{
    static const char *const bad[] = {
        "",    "now", "12x",  "-1",           " 12",
        "+12", "1e9", "0x10", "253402300800", "99999999999999999999999"};
    int64_t stamp;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_int_eq(setenv("SOURCE_DATE_EPOCH", bad[i], 1), 0);
        ck_assert_msg(!civil_now(&stamp, &err), "\"%s\"", bad[i]);
        ck_assert_str_eq(err.message,
                         "SOURCE_DATE_EPOCH is not a number of seconds");
        ck_assert_int_eq(err.code, ERROR_USAGE);
    }
}
END_TEST

START_TEST(clock_runs_otherwise)
{
    int64_t stamp = 0;

    ck_assert_int_eq(unsetenv("SOURCE_DATE_EPOCH"), 0);
    ck_assert(civil_now(&stamp, &err));
    ck_assert_int_gt(stamp, (int64_t)day_of(2024, 1, 1) * 86400 * 1000000);
}
END_TEST

START_TEST(stamps_before_1970_round_down)
{
    char text[STAMP_SIZE];

    civil_format_stamp(-1, text);
    ck_assert_str_eq(text, "1969-12-31T23:59:59.999999");
    civil_format_stamp(1123456, text);
    ck_assert_str_eq(text, "1970-01-01T00:00:01.123456");
}
END_TEST

Suite *civil_suite(void);
Suite *civil_suite(void)
{
    Suite *suite = suite_create("civil");
    TCase *tcase = tcase_create("civil");

    tcase_add_test(tcase, known_days);
    tcase_add_test(tcase, every_day_follows_its_yesterday);
    tcase_add_test(tcase, weekdays);
    tcase_add_test(tcase, dates_are_read_and_written);
    tcase_add_test(tcase, other_dates_are_refused);
    tcase_add_test(tcase, graph_times_are_27_characters);
    tcase_add_test(tcase, graph_times_are_read_in_all_their_forms);
    tcase_add_test(tcase, clock_can_be_fixed);
    tcase_add_test(tcase, clock_that_should_be_fixed_never_runs);
    tcase_add_test(tcase, clock_runs_otherwise);
    tcase_add_test(tcase, stamps_before_1970_round_down);
    suite_add_tcase(suite, tcase);
    return suite;
}
