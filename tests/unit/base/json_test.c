/* JSON: what is refused, and that the textual passes keep every byte that
 * matters. */
#include "datebook/json.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

static const cJSON *parse(const char *text)
{
    return json_parse(&arena, text, strlen(text), "f.json", &err);
}

START_TEST(refuses_what_it_could_not_keep)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"", "f.json:1:1: the JSON ends too early"},
        {"{\"a\":1", "f.json:1:7: the JSON ends too early"},
        {"{\n  \"a\": x\n}", "f.json:2:8: not valid JSON here"},
        {"[1] 2", "f.json:1:5: text after the JSON value"},
        {"[\"\xff\"]", "f.json:1:3: not UTF-8"},
        {"[\"a\\u0000b\"]",
         "f.json:1:4: a NUL character, which no text can hold"},
        {"{\"a\":{\"b\":1,\"b\":2}}",
         "f.json: the field \"b\" stands twice in one object"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_ptr_null(parse(cases[i].text));
        ck_assert_str_eq(err.message, cases[i].message);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
}
END_TEST

START_TEST(escaped_backslash_before_u0000_is_text)
{
    const cJSON *tree = parse("[\"a\\\\u0000\"]");

    ck_assert_ptr_nonnull(tree);
    ck_assert_str_eq(tree->child->valuestring, "a\\u0000");
}
END_TEST

START_TEST(byte_order_mark_is_skipped)
{
    ck_assert_ptr_nonnull(parse("\xEF\xBB\xBF{\"a\":1}\r\n"));
}
END_TEST

START_TEST(member_order_does_not_matter)
{
    ck_assert(
        json_same(parse("{\"a\":1,\"b\":[2]}"), parse("{\"b\":[2],\"a\":1}")));
    ck_assert(!json_same(parse("[1,2]"), parse("[2,1]")));
    ck_assert(!json_same(parse("[1,2]"), parse("[1,2,3]")));
    ck_assert(!json_same(parse("{\"a\":1}"), parse("{\"a\":1,\"b\":1}")));
    ck_assert(!json_same(parse("{\"a\":1}"), parse("{\"b\":1}")));
    ck_assert(!json_same(parse("1"), parse("\"1\"")));
    ck_assert(!json_same(parse("true"), parse("false")));
    ck_assert(!json_same(parse("0.1"), parse("0.10000000000000003")));
    ck_assert(json_same(parse("1e400"), parse("1e400")));
    ck_assert(!json_same(parse("1e400"), parse("-1e400")));
    ck_assert(!json_same(parse("{\"a\":1}"), parse("{\"A\":1}")));
}
END_TEST

START_TEST(minify_and_indent_keep_tokens)
{
    const char *text = "{ \"a\" : [ 1e400 , \"x , y\" ] ,\n\"b\\\"\":{} }";
    struct buf minified = BUF_EMPTY;
    struct buf indented = BUF_EMPTY;

    json_minify(&minified, text, strlen(text));
    ck_assert_str_eq(buf_string(&minified),
                     "{\"a\":[1e400,\"x , y\"],\"b\\\"\":{}}");
    json_indent(&indented, minified.data, minified.length);
    ck_assert_str_eq(buf_string(&indented),
                     "{\n  \"a\": [\n    1e400,\n    "
                     "\"x , y\"\n  ],\n  \"b\\\"\": {}\n}");
    buf_free(&minified);
    buf_free(&indented);
}
END_TEST

Suite *json_suite(void);
Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *tcase = tcase_create("json");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, refuses_what_it_could_not_keep);
    tcase_add_test(tcase, escaped_backslash_before_u0000_is_text);
    tcase_add_test(tcase, byte_order_mark_is_skipped);
    tcase_add_test(tcase, member_order_does_not_matter);
    tcase_add_test(tcase, minify_and_indent_keep_tokens);
    suite_add_tcase(suite, tcase);
    return suite;
}
