/* Shares and their targets, as they are printed. */
#include "src/cmd/agreement_output.h"

#include <check.h>

Suite *agreement_output_suite(void);

static struct cli cli;
static struct error err;

static void teardown(void)
{
    arena_free(&cli.arena);
    buf_free(&cli.out);
}

static struct measured share(double value, double low, double high)
{
    return (struct measured){{true, value, 1000}, {true, low, high}};
}

static void assert_share(double value, double low, double high,
                         const char *text, const char *verdict)
{
    struct measured measured = share(value, low, high);

    ck_assert_str_eq(share_text(&cli, &measured, 0.9, &err), text);
    ck_assert_str_eq(verdict_text(verdict_of(&measured, 0.9)), verdict);
}

START_TEST(verdicts)
{
    assert_share(0.93, 0.9, 0.97, "93 % (90-97 %)", "met");
    assert_share(0.93, 0.86, 0.97, "93 % (86-97 %)", "met, could be chance");
    assert_share(0.9, 0.85, 0.95, "90 % (85-95 %)", "met, could be chance");
    assert_share(0.85, 0.8, 0.9, "85 % (80-90 %)", "not met, could be chance");
    assert_share(0.85, 0.8, 0.89, "85 % (80-89 %)", "not met");
}
END_TEST

/* What is printed is on the side of the target on which it is. */
START_TEST(rounding)
{
    assert_share(0.8999, 0.8951, 0.8999, "89 % (89-89 %)", "not met");
    assert_share(0.9449, 0.8999, 0.9999, "94 % (89-99 %)",
                 "met, could be chance");
    assert_share(0.004, 0, 0.0051, "1 % (0-1 %)", "not met");
    assert_share(1, 1, 1, "100 % (100-100 %)", "met");
}
END_TEST

START_TEST(without_an_interval)
{
    struct measured measured = {.of = {true, 0.5, 2}};

    ck_assert_str_eq(share_text(&cli, &measured, 0.9, &err), "50 %");
    ck_assert_str_eq(coefficient_text(&cli, &measured, &err), "0.50");
    ck_assert_int_eq(verdict_of(&measured, 0.9), VERDICT_NOT_MET_MAYBE);
    measured.of.value = 1;
    ck_assert_int_eq(verdict_of(&measured, 0.9), VERDICT_MET_MAYBE);
    measured.of.defined = false;
    ck_assert_int_eq(verdict_of(&measured, 0.9), VERDICT_NONE);
    ck_assert_str_eq(share_text(&cli, &measured, 0.9, &err), "-");
    ck_assert_str_eq(coefficient_text(&cli, &measured, &err), "-");
}
END_TEST

START_TEST(coefficients)
{
    struct measured measured = share(-0.001, -0.126, 0.784);

    ck_assert_str_eq(coefficient_text(&cli, &measured, &err),
                     "0.00 (-0.13 to 0.78)");
}
END_TEST

/* A share without a target is no target missed; one of nothing is. */
START_TEST(meeting_targets)
{
    struct measured good = share(0.93, 0.86, 0.97);
    struct measured bad = share(0.5, 0.4, 0.6);
    struct measured none = {.of = {.defined = false}};
    struct shown_share shares[] = {{"a", &good, 0.9}, {"b", &bad, 0}};

    ck_assert(shares_meet(shares, 2));
    shares[1].target = 0.9;
    ck_assert(!shares_meet(shares, 2));
    shares[1].measured = &none;
    ck_assert(!shares_meet(shares, 2));
}
END_TEST

START_TEST(json)
{
    struct measured measured = share(0.93, 0.9, 0.97);

    buf_char(&cli.out, '{');
    json_measured(&cli.out, "one", &measured, 0.9);
    measured = (struct measured){.of = {.defined = false}};
    json_measured(&cli.out, "two", &measured, 0);
    ck_assert_str_eq(buf_string(&cli.out),
                     "{\"one\":{\"value\":0.930000,\"low\":0.900000,"
                     "\"high\":0.970000,\"n\":1000,\"target\":0.900000,"
                     "\"verdict\":\"met\"},\"two\":{\"value\":null,"
                     "\"low\":null,\"high\":null,\"n\":0}");
}
END_TEST

Suite *agreement_output_suite(void)
{
    Suite *suite = suite_create("agreement_output");
    TCase *tests = tcase_create("agreement_output");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, verdicts);
    tcase_add_test(tests, rounding);
    tcase_add_test(tests, without_an_interval);
    tcase_add_test(tests, coefficients);
    tcase_add_test(tests, meeting_targets);
    tcase_add_test(tests, json);
    suite_add_tcase(suite, tests);
    return suite;
}
