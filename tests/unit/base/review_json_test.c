/* JSON that cJSON would take though it is none, and text that is not UTF-8:
 * documents are passed on as they were written, so neither may come in. */
#include "datebook/json.h"

#include <check.h>
#include <string.h>

static struct arena arena;

static void teardown(void)
{
    arena_free(&arena);
}

START_TEST(refuses_what_is_no_json)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"[\"a\tb\"]",
         "f:1:4: a control character, which must be escaped in a text"},
        {"[\"a\\\tb\"]",
         "f:1:5: a control character, which must be escaped in a text"},
        {"[\"a,\n\"b\"]", "f:1:5: a text must end on its line"},
        {"[1,\f2]", "f:1:4: not valid JSON here"},
        {"\xEF\xBB\xBF\xEF\xBB\xBF[]", "f:1:1: not valid JSON here"},
        {"[01]", "f:1:2: not a JSON number"},
        {"[-012]", "f:1:2: not a JSON number"},
        {"[1.]", "f:1:2: not a JSON number"},
        {"[-.5]", "f:1:2: not a JSON number"},
        {"{\"a\":[2,1.e5]}", "f:1:9: not a JSON number"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err;
        const char *text = cases[i].text;
        ck_assert_ptr_null(json_parse(&arena, text, strlen(text), "f", &err));
        ck_assert_str_eq(err.message, cases[i].message);
    }
}
END_TEST

START_TEST(takes_every_number_and_escape_of_json)
{
    static const char *const texts[] = {
        "[0,-0,0.5,10,1e5,1E+05,1.25e-7,true,false,null]",
        "{\"01\":\"-.5 01 1.\",\"b\":\"\\\" 01 \\\\\"}",
        "[\"\\t\\n\\u0001\\/\"]",
        "7",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct error err;
        ck_assert_ptr_nonnull(
            json_parse(&arena, texts[i], strlen(texts[i]), "f", &err));
    }
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_replaced)
{
    struct buf buf = BUF_EMPTY;

    buf_json(&buf, "a\xff\xc3z\xc3\xa9");
    ck_assert_str_eq(buf_string(&buf), "\"a\uFFFD\uFFFDz\u00e9\"");
    buf_clear(&buf);
    buf_json_bytes(&buf, "\xc3\xa9", 1);
    ck_assert_str_eq(buf_string(&buf), "\"\uFFFD\"");
    buf_free(&buf);
}
END_TEST

Suite *review_json_suite(void);
Suite *review_json_suite(void)
{
    Suite *suite = suite_create("review_json");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, teardown);
    tcase_add_test(all, refuses_what_is_no_json);
    tcase_add_test(all, takes_every_number_and_escape_of_json);
    tcase_add_test(all, bytes_that_are_not_utf8_are_replaced);
    suite_add_tcase(suite, all);
    return suite;
}
