/* How full a week is: the many ways in which hours and shares are written. */
#include "datebook/persona.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct persona persona;

static void teardown(void)
{
    arena_free(&arena);
}

/* Parses a document of the required fields and `more`. */
static void parse_good(const char *more)
{
    const char *text = arena_format(
        &arena, &err, "{\"id\":\"a\",\"name\":\"A\",\"tier\":2,%s}", more);

    ck_assert_ptr_nonnull(text);
    ck_assert_msg(
        persona_parse(&arena, text, strlen(text), "p.json", &persona, &err),
        "%s: %s", more, err.message);
}

static void check_hours(const char *value, int low, int high)
{
    parse_good(arena_format(&arena, &err,
                            "\"meeting_context\":{\"weekly_meeting_hours\":%s}",
                            value));
    ck_assert_msg(persona.weekly_minutes_low == low &&
                      persona.weekly_minutes_high == high,
                  "%s: %d to %d", value, persona.weekly_minutes_low,
                  persona.weekly_minutes_high);
}

START_TEST(reads_weekly_hours)
{
    static const struct {
        const char *value;
        int low;
        int high;
    } cases[] = {
        {"\"28-32 hours\"", 1680, 1920},
        {"\"28\u201332 hours\"", 1680, 1920},
        {"\"28 to 32\"", 1680, 1920},
        {"\"28h - 32h\"", 1680, 1920},
        {"\"28 hours - 32 hours\"", 1680, 1920},
        {"\"32-28\"", 1680, 1920},
        {"\"<10 hours\"", 300, 600},
        {"\"Up to 10h\"", 300, 600},
        {"\"30+ hours\"", 1800, 2160},
        {"\"30 or more\"", 1800, 2160},
        {"\"> 30\"", 1800, 2160},
        {"\"at least 30\"", 1800, 2160},
        {"\"20\"", 1200, 1200},
        {"20", 1200, 1200},
        {"\"~12.5 hours\"", 750, 750},
        {"1.25", 75, 75},
        {"\"about 25 hours/week\"", 1500, 1500},
        {"\"many\"", 0, 0},
        {"\"\"", 0, 0},
        {"\"-5\"", 0, 0},
        {"-5", 0, 0},
        {"\"400\"", 0, 0},
        {"1e300", 0, 0},
        {"[20]", 0, 0},
        {"null", 0, 0},
        {"\"999999999999999999999999 h\"", 0, 0},
        {"\"160+\"", 0, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_hours(cases[i].value, cases[i].low, cases[i].high);
}
END_TEST

START_TEST(reads_shares)
{
    static const struct {
        const char *value;
        int percent; /* -1: left out */
    } cases[] = {
        {"\"40%\"", 40},
        {"\"40\"", 40},
        {"40", 40},
        {"0.4", 40},
        {"\"0.4\"", 40},
        {"\"0.4%\"", 0},
        {"1", 1},
        {"0", 0},
        {"\"~15 %\"", 15},
        {"\"30-40%\"", 35},
        {"\"10\u201320%\"", 15},
        {"33.3", 33},
        {"250", 100},
        {"-3", -1},
        {"\"some\"", -1},
        {"null", -1},
        {"{}", -1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse_good(arena_format(
            &arena, &err,
            "\"meeting_context\":{\"typical_breakdown\":{\"x\":%s}}",
            cases[i].value));
        ck_assert_msg(persona.share_count == (cases[i].percent >= 0), "%s",
                      cases[i].value);
        if (persona.share_count)
            ck_assert_int_eq(persona.shares[0].percent, cases[i].percent);
    }
}
END_TEST

Suite *persona_week_suite(void);
Suite *persona_week_suite(void)
{
    Suite *suite = suite_create("persona week");
    TCase *tcase = tcase_create("persona week");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, reads_weekly_hours);
    tcase_add_test(tcase, reads_shares);
    suite_add_tcase(suite, tcase);
    return suite;
}
