/* The price file and what it makes of tokens, to the micro-dollar. */
#include "datebook/prices.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;
static struct error err;
static struct prices prices;
static char path[64];

static void teardown(void)
{
    if (*path)
        unlink(path);
    arena_free(&arena);
}

static bool read_text(const char *text)
{
    FILE *file;

    snprintf(path, sizeof path, "%s", "/tmp/datebook-prices.XXXXXX");
    file = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
    return prices_read(&arena, path, &prices, &err);
}

#define HEAD                                                                   \
    "{\"date\":\"2026-11-01\",\"source\":\"a list\",\"currency\":\"USD\","     \
    "\"models\":"

START_TEST(reads_prices)
{
    ck_assert(read_text(
        HEAD "{\"a\":{\"input\":0.15,\"cached\":0.075,\"output\":0.6},"
             "\"b\":{\"input\":2,\"output\":8.000001,\"batch_percent\":100},"
             "\"free\":{\"input\":0,\"output\":0}}}"));
    ck_assert_str_eq(prices.date, "2026-11-01");
    ck_assert_str_eq(prices.source, "a list");
    ck_assert_uint_eq(prices.count, 3);
    ck_assert_str_eq(prices.items[0].model, "a");
    ck_assert_int_eq(prices.items[0].input, 150000);
    ck_assert_int_eq(prices.items[0].cached, 75000);
    ck_assert_int_eq(prices.items[0].output, 600000);
    ck_assert_int_eq(prices.items[0].batch_percent, 50);
    ck_assert_int_eq(prices.items[1].cached, 2000000);
    ck_assert_int_eq(prices.items[1].output, 8000001);
    ck_assert_int_eq(prices.items[1].batch_percent, 100);
    ck_assert_int_eq(prices.items[2].input, 0);
}
END_TEST

START_TEST(names_file_and_field)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"[]", ": not a JSON object"},
        {"{", ":1:2: the JSON ends too early"},
        {"{\"date\":\"2026-13-01\"}",
         ": date: not a date such as \"2026-11-01\""},
        {"{\"date\":\"2026-11-01\"}", ": source: not a text"},
        {"{\"date\":\"2026-11-01\",\"source\":\"\",\"currency\":\"EUR\"}",
         ": currency: not \"USD\""},
        {"{\"price\":1}", ": \"price\" is not a field of a price file"},
        {HEAD "[]}", ": models: not an object"},
        {HEAD "{\"m\":1}}", ": models: \"m\" is not an object"},
        {HEAD "{\"m\":{\"output\":1}}}", ": models: \"m\": input: is missing"},
        {HEAD "{\"m\":{\"input\":1}}}", ": models: \"m\": output: is missing"},
        {HEAD "{\"m\":{\"input\":\"1\",\"output\":1}}}",
         ": models: \"m\": input: is not a number"},
        {HEAD "{\"m\":{\"input\":1,\"output\":-1}}}",
         ": models: \"m\": output: is not between 0 and 1000000 dollars"},
        {HEAD "{\"m\":{\"input\":1e300,\"output\":1}}}",
         ": models: \"m\": input: is not between 0 and 1000000 dollars"},
        {HEAD "{\"m\":{\"input\":1,\"cached\":0.0000005,\"output\":1}}}",
         ": models: \"m\": cached: is finer than a millionth of a dollar"},
        {HEAD "{\"m\":{\"input\":1,\"output\":1,\"batch_percent\":101}}}",
         ": models: \"m\": batch_percent: is not a whole number from 0 to "
         "100"},
        {HEAD "{\"m\":{\"input\":1,\"output\":1,\"batch_percent\":0.5}}}",
         ": models: \"m\": batch_percent: is not a whole number from 0 to "
         "100"},
        {HEAD "{\"m\":{\"input\":1,\"ouput\":1}}}",
         ": models: \"m\": \"ouput\" is not a field of a price"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert(!read_text(cases[i].text));
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_int_eq(strncmp(err.message, path, strlen(path)), 0);
        ck_assert_str_eq(err.message + strlen(path), cases[i].message);
        unlink(path);
    }
    ck_assert(!prices_read(&arena, path, &prices, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(finds_names_with_dates)
{
    static const struct {
        const char *model;
        const char *found;
    } cases[] = {
        {"gpt-4o", "gpt-4o"},
        {"gpt-4o-2024-08-06", "gpt-4o"},
        {"gpt-4o-2024-05-13", "gpt-4o-2024-05-13"},
        {"gpt-4o-20240806", "gpt-4o"},
        {"gpt-4o-mini-2024-07-18", "gpt-4o-mini"},
        {"gpt-4o-audio", NULL},
        {"gpt-4o-2024-13-06", NULL},
        {"gpt-4o-2024-08-06-x", NULL},
        {"gpt-4o-", NULL},
        {"gpt-4", NULL},
        {"GPT-4O", NULL},
        {"", NULL},
    };

    ck_assert(read_text(HEAD "{\"gpt-4o\":{\"input\":1,\"output\":1},"
                             "\"gpt-4o-mini\":{\"input\":1,\"output\":1},"
                             "\"gpt-4o-2024-05-13\":{\"input\":1,\"output\":1}"
                             "}}"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct price *price = prices_find(&prices, cases[i].model);
        if (!cases[i].found)
            ck_assert_ptr_null(price);
        else
            ck_assert_str_eq(price->model, cases[i].found);
    }
}
END_TEST

START_TEST(costs_are_exact_and_rounded_up)
{
    const struct price price = {"m", 150000, 75000, 600000, 50};
    const struct price dear = {"m", 1000000000000, 0, 1000000000000, 100};

    ck_assert_int_eq(price_cost(&price, 0, 0, 0, false), 0);
    /* 0.15 micro-dollars */
    ck_assert_int_eq(price_cost(&price, 1, 0, 0, false), 1);
    ck_assert_int_eq(price_cost(&price, 20, 0, 0, false), 3);
    ck_assert_int_eq(price_cost(&price, 21, 0, 0, false), 4);
    ck_assert_int_eq(price_cost(&price, 1000000, 0, 0, false), 150000);
    ck_assert_int_eq(price_cost(&price, 1000000, 400000, 10, false), 120006);
    ck_assert_int_eq(price_cost(&price, 1000000, 400000, 10, true), 60003);
    ck_assert_int_eq(price_cost(&price, 1000000, 2000000, 0, false), 75000);
    ck_assert_int_eq(price_cost(&price, -5, -5, -5, false), 0);
    ck_assert_int_eq(price_cost(&price, INT64_C(1000000000000000), 0, 0, false),
                     INT64_C(150000000000000));
    ck_assert_int_eq(price_cost(&dear, INT64_MAX, 0, INT64_MAX, false),
                     INT64_MAX);
}
END_TEST

START_TEST(our_price_file_is_good)
{
    const struct price *price;

    ck_assert_msg(
        prices_read(&arena, "personas/models/prices.json", &prices, &err), "%s",
        err.message);
    price = prices_find(&prices, "gpt-4o-mini-2024-07-18");
    ck_assert_ptr_nonnull(price);
    ck_assert_int_eq(price_cost(price, 1000000, 500000, 1000000, false),
                     712500);
    for (size_t i = 0; i < prices.count; i++) {
        ck_assert_int_gt(prices.items[i].input, 0);
        ck_assert_int_le(prices.items[i].cached, prices.items[i].input);
        ck_assert_int_gt(prices.items[i].output, prices.items[i].input);
    }
}
END_TEST

Suite *prices_suite(void);
Suite *prices_suite(void)
{
    Suite *suite = suite_create("prices");
    TCase *tests = tcase_create("prices");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, reads_prices);
    tcase_add_test(tests, names_file_and_field);
    tcase_add_test(tests, finds_names_with_dates);
    tcase_add_test(tests, costs_are_exact_and_rounded_up);
    tcase_add_test(tests, our_price_file_is_good);
    suite_add_tcase(suite, tests);
    return suite;
}
