/* The series of a meeting without a tree of its document, beside the parser. */
#include "src/split/series.h"

#include "datebook/json.h"
#include "datebook/random.h"

#include <check.h>
#include <string.h>

Suite *series_of_suite(void);

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

/* NULL for none. */
static void check_series(const char *document, const char *expected)
{
    const char *id;
    size_t length;

    ck_assert_msg(
        series_of(&arena, document, strlen(document), &id, &length, &err),
        "%s: %s", document, err.message);
    if (!expected) {
        ck_assert_msg(!id, "%s: %.*s", document, (int)length, id);
        return;
    }
    ck_assert_msg(id != NULL, "%s", document);
    ck_assert_uint_eq(length, strlen(expected));
    ck_assert_mem_eq(id, expected, length);
}

START_TEST(where_it_stands)
{
    check_series("{\"seriesMasterId\":\"m\"}", "m");
    check_series("{\"a\":1,\"seriesMasterId\":\"m\",\"b\":2}", "m");
    check_series(" { \"a\" : [ ] ,\n\t\"seriesMasterId\" : \"m\" } ", "m");
    check_series("{\"a\":{\"seriesMasterId\":\"n\"},\"b\":[{}],"
                 "\"seriesMasterId\":\"m\"}",
                 "m");
    check_series("{\"a\":\"\\\"seriesMasterId\\\":\\\"n\\\"\","
                 "\"seriesMasterId\":\"m\"}",
                 "m");
    check_series("{\"a\":\"}],{[\\\\\",\"seriesMasterId\":\"m\"}", "m");
}
END_TEST

START_TEST(where_there_is_none)
{
    check_series("{}", NULL);
    check_series(" { } ", NULL);
    check_series("{\"seriesMasterId\":null}", NULL);
    check_series("{\"seriesMasterId\":\"\"}", NULL);
    check_series("{\"seriesMasterId\":17,\"a\":\"b\"}", NULL);
    check_series("{\"seriesMasterID\":\"m\"}", NULL);
    check_series("{\"a\":{\"seriesMasterId\":\"n\"}}", NULL);
    check_series("{\"a\":[{\"seriesMasterId\":\"n\"}],\"b\":true}", NULL);
    check_series("[\"seriesMasterId\"]", NULL);
    check_series("\"seriesMasterId\"", NULL);
}
END_TEST

START_TEST(escapes_are_read)
{
    check_series("{\"seriesMasterId\":\"a\\/b\"}", "a/b");
    check_series("{\"seriesMasterId\":\"\\u0041\"}", "A");
    check_series("{\"series\\u004dasterId\":\"m\"}", "m");
    check_series("{\"x\\\"\":1,\"seriesMasterId\":\"m\"}", "m");
}
END_TEST

START_TEST(damage_is_an_error)
{
    static const char *const documents[] = {
        "",     "{",          "{\"seriesMasterId\"",    "{\"seriesMasterId\":",
        "{\"a", "{\"a\":\"b", "{\"seriesMasterId\":\"", "{\"a\":[1,2",
        "{\"",  "{\"a\\"};
    const char *id;
    size_t length;

    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        ck_assert_msg(!series_of(&arena, documents[i], strlen(documents[i]),
                                 &id, &length, &err),
                      "%s", documents[i]);
}
END_TEST

/* What the parser takes is read as the parser reads it. */
START_TEST(as_the_parser_says)
{
    static const char *const pieces[] = {
        "{",       "}",      "[",       "]",
        ":",       ",",      "\"",      "\"seriesMasterId\"",
        "\\",      "\"a\"",  "null",    "1",
        " ",       "\"m\":", ",\"b\":", "\"seriesMasterId\":",
        "{\"a\":", "\"m\""};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    struct random random;
    int valid = 0;

    random_start(&random, (uint64_t)_i, "documents", NULL);
    for (int turn = 0; turn < 20000; turn++) {
        char text[256] = "{\"a\":";
        const char *expected;
        const cJSON *tree;
        arena_reset(&arena);
        for (int n = random_between(&random, 0, 8); n >= 0; n--)
            strncat(text, pieces[random_below(&random, PIECES)],
                    sizeof text - strlen(text) - 1);
        strncat(text, "}", sizeof text - strlen(text) - 1);
        tree = json_parse(&arena, text, strlen(text), "test", &err);
        if (!tree)
            continue;
        valid++;
        expected = json_member_text(tree, "seriesMasterId");
        check_series(text, expected && *expected ? expected : NULL);
    }
    ck_assert_int_gt(valid, 200);
}
END_TEST

Suite *series_of_suite(void)
{
    Suite *suite = suite_create("series_of");
    TCase *tests = tcase_create("series");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, where_it_stands);
    tcase_add_test(tests, where_there_is_none);
    tcase_add_test(tests, escapes_are_read);
    tcase_add_test(tests, damage_is_an_error);
    tcase_add_loop_test(tests, as_the_parser_says, 1, 4);
    suite_add_tcase(suite, tests);
    return suite;
}
