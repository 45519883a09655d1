/* Which days are worked, and how full: the same for every batch. */
#include "fixture.h"
#include "src/calendar/parts.h"

enum { WEEKS = 52, PERSONAS = 40, WORKING = 0x1F };

static const char FINANCE[] = "{\"id\":\"finance\",\"name\":\"F\",\"tier\":3,"
                              "\"diversity\":{\"function\":\"finance\"},"
                              "\"demographics\":{\"level\":\"Manager\"}}";

static struct pace *pace_for(const char *text, uint64_t seed)
{
    struct persona persona = parse(text);
    struct pace *pace = pace_make(&arena, &persona, library, seed, &err);

    ck_assert_ptr_nonnull(pace);
    return pace;
}

static civil_day date(const char *text)
{
    civil_day day;

    ck_assert(civil_parse_date(text, &day));
    return day;
}

START_TEST(nobody_meets_on_a_holiday)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct pace *pace = pace_for(BARE, seed);
        /* 1 May 2026 is a Friday, 25 December too. */
        unsigned may = pace_of(pace, date("2026-04-27"), WORKING).days;
        unsigned winter = pace_of(pace, date("2026-12-21"), WORKING).days;
        ck_assert(may == 0x0F || may == 0);
        ck_assert(winter == 0x0F || winter == 0);
        /* In 2027 the first of May is a Saturday. */
        ck_assert_uint_ne(
            pace_of(pace, date("2027-04-26"), WORKING).days & 0x10,
            pace_of(pace, date("2027-04-26"), WORKING).days ? 0 : 1);
    }
}
END_TEST

START_TEST(leave_is_a_week_or_two_a_year)
{
    int summers = 0;

    for (uint64_t seed = 0; seed < PERSONAS; seed++) {
        struct pace *pace = pace_for(BARE, seed);
        int weeks = 0;
        for (int i = 0; i < WEEKS; i++) {
            civil_day monday = date("2026-01-05") + 7 * i;
            bool leave = !pace_of(pace, monday, WORKING).days;
            int month = civil_to_date(monday).month;
            weeks += leave;
            summers += leave && (month == 7 || month == 8 || month == 6);
        }
        ck_assert_int_ge(weeks, 1);
        ck_assert_int_le(weeks, 2);
    }
    ck_assert_int_ge(summers, PERSONAS / 2);
}
END_TEST

START_TEST(a_week_is_the_same_whenever_it_is_asked_for)
{
    struct pace *forwards = pace_for(BARE, 3);
    struct pace *backwards = pace_for(BARE, 3);

    for (int i = 0; i < WEEKS; i++) {
        civil_day monday = date("2026-01-05") + 7 * i;
        civil_day last = date("2026-12-28") - 7 * i;
        struct pace_week one = pace_of(forwards, monday, WORKING);
        struct pace_week other;
        pace_of(backwards, last, WORKING);
        other = pace_of(backwards, monday, WORKING);
        ck_assert_uint_eq(one.days, other.days);
        ck_assert_uint_eq(one.away, other.away);
        ck_assert_uint_eq(one.city, other.city);
        ck_assert_int_eq(one.percent, other.percent);
    }
}
END_TEST

START_TEST(journeys_take_one_to_three_days)
{
    int journeys = 0;

    for (uint64_t seed = 0; seed < PERSONAS; seed++) {
        struct pace *pace = pace_for(SALES, seed);
        for (int i = 0; i < WEEKS; i++) {
            civil_day monday = date("2026-01-05") + 7 * i;
            struct pace_week week = pace_of(pace, monday, WORKING);
            journeys += week.away != 0;
            ck_assert_int_le(__builtin_popcount(week.away), 3);
            ck_assert_uint_eq(week.away & ~week.days, 0);
        }
    }
    /* A seller is away in one week of seven. */
    ck_assert_int_gt(journeys * 100, PERSONAS * WEEKS * 10);
    ck_assert_int_lt(journeys * 100, PERSONAS * WEEKS * 18);
}
END_TEST

START_TEST(quarter_ends_are_fuller_and_the_year_is_as_full)
{
    struct pace *pace = pace_for(FINANCE, 1);
    int sum = 0;
    int usual = pace_of(pace, date("2026-05-11"), WORKING).percent;
    int quarter_end = pace_of(pace, date("2026-06-22"), WORKING).percent;

    for (int i = 0; i < WEEKS; i++)
        sum += pace_of(pace, date("2026-01-05") + 7 * i, WORKING).percent;
    ck_assert_int_ge(quarter_end * 100, usual * 115);
    ck_assert_int_ge(sum, WEEKS * 97);
    ck_assert_int_le(sum, WEEKS * 103);
}
END_TEST

START_TEST(calendars_begin_all_over_the_year)
{
    bool months[13] = {false};
    int seen = 0;

    for (uint64_t seed = 0; seed < 100; seed++) {
        civil_day day = calendar_usual_start(seed, "somebody");
        struct civil_date from = civil_to_date(day);
        ck_assert_int_eq(civil_weekday(day), 0);
        ck_assert_int_eq(from.year, 2026);
        seen += !months[from.month];
        months[from.month] = true;
    }
    ck_assert_int_eq(seen, 12);
    ck_assert_int_ne(calendar_usual_start(1, "somebody"),
                     calendar_usual_start(1, "somebody else"));
}
END_TEST

/* What a calendar makes of it. */
START_TEST(a_calendar_keeps_its_days_off)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of((uint64_t)_i, 0);
    struct calendar *calendar = start(&persona, &options);
    struct pace *pace = pace_for(SALES, (uint64_t)_i);
    int elsewhere = 0;

    for (int i = 0; i < WEEKS; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t k = 0; k < count; k++) {
            civil_day day = (civil_day)(events[k].start / MINUTES_A_DAY);
            int weekday = civil_weekday(day);
            struct pace_week now = pace_of(pace, day - weekday, WORKING);
            bool away = now.away >> weekday & 1;
            ck_assert(now.days >> weekday & 1);
            ck_assert_int_eq(events[k].show_as == SHOW_WORKING_ELSEWHERE,
                             away && events[k].show_as != SHOW_TENTATIVE &&
                                 events[k].show_as != SHOW_FREE);
            elsewhere += away;
        }
    }
    ck_assert_int_gt(elsewhere, 0);
    calendar_end(calendar);
}
END_TEST

static bool only_january_is_low(void *context, const struct event *draft,
                                struct calendar_verdict *verdict,
                                struct error *error)
{
    (void)context;
    (void)error;
    *verdict = (struct calendar_verdict){1, 0};
    if (strstr(draft->subject, "January only"))
        verdict->importance = 0;
    return true;
}

/* What the mix wants and the season does not have leaves no hole. */
START_TEST(out_of_season_other_meetings_fill_the_week)
{
    struct persona persona = parse(
        "{\"id\":\"winter\",\"name\":\"W\",\"tier\":1,\"meeting_context\":"
        "{\"weekly_meeting_hours\":\"20\"},\"archetypes\":[{\"name\":"
        "\"snow\",\"weight\":100,\"when\":\"year_start\",\"subjects\":"
        "[\"January only: {topic}\"]},{\"name\":\"ice\",\"cadence\":"
        "\"weekly\",\"weight\":100,\"months\":[1],\"subjects\":"
        "[\"Sliding\"]}]}");
    struct calendar_options options = options_of(2, 0);
    struct calendar *calendar;
    int found = 0;

    options.start = date("2026-01-05");
    options.judge = only_january_is_low;
    calendar = start(&persona, &options);
    for (int i = 0; i < WEEKS / 2; i++) {
        const struct event *events;
        size_t count;
        unsigned days = 0;
        int64_t minutes = 0;
        week(calendar, &events, &count);
        for (size_t k = 0; k < count; k++) {
            civil_day day = (civil_day)(events[k].start / MINUTES_A_DAY);
            bool winter = strstr(events[k].subject, "January only") ||
                          strstr(events[k].subject, "Sliding");
            days |= 1u << civil_weekday(day);
            minutes += events[k].end - events[k].start;
            found += winter;
            ck_assert(!winter || civil_to_date(day).month == 1);
        }
        ck_assert_int_ge(minutes, __builtin_popcount(days) * 20 * 60 / 5 / 2);
    }
    ck_assert_int_gt(found, 5);
    calendar_end(calendar);
}
END_TEST

Suite *pace_suite(void);
Suite *pace_suite(void)
{
    Suite *suite = suite_create("calendar pace");
    TCase *tcase = tcase_create("pace");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, nobody_meets_on_a_holiday);
    tcase_add_test(tcase, leave_is_a_week_or_two_a_year);
    tcase_add_test(tcase, a_week_is_the_same_whenever_it_is_asked_for);
    tcase_add_test(tcase, journeys_take_one_to_three_days);
    tcase_add_test(tcase, quarter_ends_are_fuller_and_the_year_is_as_full);
    tcase_add_test(tcase, calendars_begin_all_over_the_year);
    tcase_add_loop_test(tcase, a_calendar_keeps_its_days_off, 1, 4);
    tcase_add_test(tcase, out_of_season_other_meetings_fill_the_week);
    suite_add_tcase(suite, tcase);
    return suite;
}
