/* Money, tokens and calls in words. */
#include "src/cmd/model_usage.h"

#include "datebook/json.h"

#include <check.h>

static void check_dollars(int64_t micro, const char *text)
{
    struct buf buf = BUF_EMPTY;

    put_dollars(&buf, micro);
    ck_assert_str_eq(buf_string(&buf), text);
    buf_free(&buf);
}

START_TEST(dollars_have_as_many_decimals_as_matter)
{
    check_dollars(0, "$0.00");
    check_dollars(1, "$0.000001");
    check_dollars(75, "$0.000075");
    check_dollars(999, "$0.000999");
    check_dollars(1000, "$0.001");
    check_dollars(1049, "$0.001");
    check_dollars(1050, "$0.0011");
    check_dollars(12345, "$0.0123");
    check_dollars(500000, "$0.50");
    check_dollars(1999999, "$2.00");
    check_dollars(9999949, "$9.9999");
    check_dollars(9999999, "$10.00");
    check_dollars(12345678, "$12.35");
    check_dollars(1234567890123, "$1,234,567.89");
}
END_TEST

START_TEST(dollars_of_json_are_exact_or_null)
{
    struct buf buf = BUF_EMPTY;

    buf_char(&buf, '{');
    json_dollars(&buf, "a", 1);
    json_dollars(&buf, "b", 12345678);
    json_dollars(&buf, "c", -1);
    ck_assert_str_eq(buf_string(&buf),
                     "{\"a\":0.000001,\"b\":12.345678,\"c\":null");
    buf_free(&buf);
}
END_TEST

static void check_usage(const struct job_totals *totals, const char *usage,
                        const char *troubles)
{
    struct cli cli = {.arena = ARENA_EMPTY};
    struct buf buf = BUF_EMPTY;

    put_usage(&cli, &buf, totals);
    ck_assert_str_eq(buf_string(&buf), usage);
    buf_clear(&buf);
    put_troubles(&cli, &buf, totals);
    ck_assert_str_eq(buf_string(&buf), troubles);
    buf_free(&buf);
    arena_free(&cli.arena);
}

START_TEST(usage_tells_what_there_was)
{
    check_usage(&(struct job_totals){.calls = 3}, "3 calls", "");
    check_usage(&(struct job_totals){.calls = 1,
                                     .prompt_tokens = 1234,
                                     .completion_tokens = 5,
                                     .cost = 20000},
                "1 call, 1,234 tokens of prompts and 5 of replies, $0.02", "");
    check_usage(&(struct job_totals){.calls = 2,
                                     .prompt_tokens = 10,
                                     .cached_tokens = 4,
                                     .completion_tokens = 5,
                                     .unpriced = 2,
                                     .retries = 1},
                "2 calls, 10 tokens of prompts (4 cached) and 5 of replies, "
                "cost not known",
                "1 retry");
    check_usage(&(struct job_totals){.calls = 2,
                                     .prompt_tokens = 10,
                                     .completion_tokens = 5,
                                     .cost = 20000,
                                     .unpriced = 1,
                                     .corrections = 2,
                                     .candidates = 40,
                                     .rejected = 3,
                                     .coerced = 7},
                "2 calls, 10 tokens of prompts and 5 of replies, $0.02 and "
                "what 1 reply without a price cost",
                "2 corrections, 3 of 40 texts rejected, 7 put right");
}
END_TEST

START_TEST(usage_is_read_back_and_nonsense_is_nothing)
{
    static const char text[] =
        "{\"calls\":7,\"retries\":-1,\"cost_usd\":0.012346,"
        "\"prompt_tokens\":\"many\",\"completion_tokens\":1e300}";
    struct arena arena = ARENA_EMPTY;
    struct error err;
    struct job_totals totals;
    const cJSON *usage =
        json_parse(&arena, text, sizeof text - 1, "test", &err);

    ck_assert_ptr_nonnull(usage);
    usage_read(usage, &totals);
    ck_assert_int_eq(totals.calls, 7);
    ck_assert_int_eq(totals.retries, 0);
    ck_assert_int_eq(totals.cost, 12346);
    ck_assert_int_eq(totals.prompt_tokens, 0);
    ck_assert_int_eq(totals.completion_tokens, 0);
    usage_read(NULL, &totals);
    ck_assert_int_eq(totals.calls, 0);
    arena_free(&arena);
}
END_TEST

START_TEST(job_options_give_texts_or_what_stands_in)
{
    struct cli cli = {.arena = ARENA_EMPTY};
    struct job job = {.options = "{\"model\":\"writer\",\"count\":3}"};
    struct job broken = {.options = "{"};

    ck_assert_str_eq(job_option(&cli, &job, "model", "?"), "writer");
    ck_assert_str_eq(job_option(&cli, &job, "count", "?"), "?");
    ck_assert_str_eq(job_option(&cli, &job, "provider", "?"), "?");
    ck_assert_str_eq(job_option(&cli, &broken, "model", "?"), "?");
    arena_free(&cli.arena);
}
END_TEST

Suite *model_usage_suite(void);

Suite *model_usage_suite(void)
{
    Suite *suite = suite_create("model_usage");
    TCase *tcase = tcase_create("words");

    tcase_add_test(tcase, dollars_have_as_many_decimals_as_matter);
    tcase_add_test(tcase, dollars_of_json_are_exact_or_null);
    tcase_add_test(tcase, usage_tells_what_there_was);
    tcase_add_test(tcase, usage_is_read_back_and_nonsense_is_nothing);
    tcase_add_test(tcase, job_options_give_texts_or_what_stands_in);
    suite_add_tcase(suite, tcase);
    return suite;
}
