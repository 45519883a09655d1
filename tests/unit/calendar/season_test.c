/* The days of each season, at its edges. */
#include "src/calendar/season.h"

#include <check.h>

static bool holds(const struct season *season, const char *date)
{
    civil_day day;

    ck_assert(civil_parse_date(date, &day));
    return season_holds(season, day);
}

START_TEST(seasons_begin_and_end)
{
    static const struct {
        enum when when;
        const char *before;
        const char *first;
        const char *last;
        const char *past;
    } cases[] = {
        {WHEN_QUARTER_START, "2026-03-31", "2026-04-01", "2026-04-14",
         "2026-04-15"},
        {WHEN_QUARTER_START, "2025-12-31", "2026-01-01", "2026-01-14",
         "2026-01-15"},
        {WHEN_QUARTER_END, "2026-09-09", "2026-09-10", "2026-09-30",
         "2026-10-01"},
        {WHEN_QUARTER_END, "2026-12-10", "2026-12-11", "2026-12-31",
         "2027-01-01"},
        {WHEN_MONTH_START, "2026-04-30", "2026-05-01", "2026-05-07",
         "2026-05-08"},
        {WHEN_MONTH_END, "2028-02-22", "2028-02-23", "2028-02-29",
         "2028-03-01"},
        {WHEN_MONTH_END, "2026-12-24", "2026-12-25", "2026-12-31",
         "2027-01-01"},
        {WHEN_YEAR_END, "2026-11-14", "2026-11-15", "2026-12-20", "2026-12-21"},
        {WHEN_YEAR_START, "2025-12-31", "2026-01-01", "2026-01-31",
         "2026-02-01"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct season season = {0, cases[i].when};
        ck_assert_msg(!holds(&season, cases[i].before), "case %zu", i);
        ck_assert_msg(holds(&season, cases[i].first), "case %zu", i);
        ck_assert_msg(holds(&season, cases[i].last), "case %zu", i);
        ck_assert_msg(!holds(&season, cases[i].past), "case %zu", i);
    }
}
END_TEST

START_TEST(months_and_season_both_hold)
{
    struct season season = {1u << 2 | 1u << 8, WHEN_QUARTER_END};
    civil_day monday;

    ck_assert(holds(&season, "2026-03-31"));
    ck_assert(!holds(&season, "2026-06-30"));
    ck_assert(!holds(&season, "2026-03-01"));
    /* The week of 7 September has the 10th. */
    ck_assert(civil_parse_date("2026-09-07", &monday));
    ck_assert(season_holds_in(&season, monday, 0x1F));
    ck_assert(!season_holds_in(&season, monday, 0x07));
    ck_assert(!season_holds_in(&season, monday - 7, 0x1F));
}
END_TEST

Suite *season_suite(void);
Suite *season_suite(void)
{
    Suite *suite = suite_create("calendar season");
    TCase *tcase = tcase_create("season");

    tcase_add_test(tcase, seasons_begin_and_end);
    tcase_add_test(tcase, months_and_season_both_hold);
    suite_add_tcase(suite, tcase);
    return suite;
}
