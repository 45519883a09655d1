/* How long, and what jobs came to. */
#include "src/cmd/run_facts.h"

#include <check.h>

static void check_duration(int64_t milliseconds, const char *text)
{
    struct buf buf = BUF_EMPTY;

    put_duration(&buf, milliseconds);
    ck_assert_str_eq(buf_string(&buf), text);
    buf_free(&buf);
}

START_TEST(a_duration_is_as_exact_as_matters)
{
    check_duration(0, "0.00 s");
    check_duration(9, "0.00 s");
    check_duration(10, "0.01 s");
    check_duration(9999, "9.99 s");
    check_duration(10000, "10.0 s");
    check_duration(59999, "59.9 s");
    check_duration(60000, "1 min 00 s");
    check_duration(3599999, "59 min 59 s");
    check_duration(3600000, "1 h 00 min");
    check_duration(100 * 3600000LL + 59999, "100 h 00 min");
}
END_TEST

START_TEST(jobs_are_summed_by_version)
{
    struct job jobs[] = {{.number = 1, .version = 3},
                         {.number = 2, .version = 0},
                         {.number = 3, .version = 7}};
    struct job_totals totals[] = {
        {.calls = 1, .prompt_tokens = 10, .completion_tokens = 5, .cost = 100},
        {.calls = 2, .cost = 200, .unpriced = 1},
        {.calls = 4, .prompt_tokens = 40, .cached_tokens = 8, .cost = 400}};
    struct run_jobs all = {.jobs = jobs, .totals = totals, .count = 3};
    struct job_totals sum;

    ck_assert_uint_eq(run_jobs_sum(&all, 7, &sum), 2);
    ck_assert_int_eq(sum.calls, 5);
    ck_assert_int_eq(sum.prompt_tokens, 50);
    ck_assert_int_eq(sum.cached_tokens, 8);
    ck_assert_int_eq(sum.completion_tokens, 5);
    ck_assert_int_eq(sum.cost, 500);
    ck_assert_int_eq(sum.unpriced, 0);
    ck_assert_uint_eq(run_jobs_sum(&all, 6, &sum), 1);
    ck_assert_int_eq(sum.calls, 1);
    ck_assert_uint_eq(run_jobs_sum(&all, 2, &sum), 0);
    ck_assert_int_eq(sum.calls, 0);
    ck_assert_uint_eq(run_jobs_sum(&all, 0, &sum), 1);
    ck_assert_int_eq(sum.calls, 2);
    ck_assert_int_eq(sum.unpriced, 1);
}
END_TEST

Suite *run_facts_suite(void);

Suite *run_facts_suite(void)
{
    Suite *suite = suite_create("run_facts");
    TCase *tcase = tcase_create("run_facts");

    tcase_add_test(tcase, a_duration_is_as_exact_as_matters);
    tcase_add_test(tcase, jobs_are_summed_by_version);
    suite_add_tcase(suite, tcase);
    return suite;
}
