/* Buffers: growth, numbers, JSON escapes, and the failure that sticks. */
#include "datebook/buf.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

static struct buf buf;
static struct error err;

static void teardown(void)
{
    buf_free(&buf);
}

START_TEST(empty_buffer_is_empty_text)
{
    ck_assert_str_eq(buf_string(&buf), "");
    ck_assert(buf_ok(&buf, &err));
    buf_add(&buf, NULL, 0);
    buf_text(&buf, "");
    ck_assert_str_eq(buf_string(&buf), "");
    ck_assert_uint_eq(buf.length, 0);
}
END_TEST

START_TEST(grows_over_every_boundary)
{
    for (size_t i = 0; i < 5000; i++) {
        buf_char(&buf, (char)('a' + i % 26));
        ck_assert_uint_eq(buf.length, i + 1);
        ck_assert_int_eq(buf.data[i + 1], '\0');
    }
    for (size_t i = 0; i < 5000; i++)
        ck_assert_int_eq(buf.data[i], 'a' + (int)(i % 26));
    buf_clear(&buf);
    ck_assert_str_eq(buf_string(&buf), "");
    buf_text(&buf, "x");
    ck_assert_str_eq(buf_string(&buf), "x");
}
END_TEST

START_TEST(formats_longer_than_its_memory)
{
    char wide[3000];

    memset(wide, 'w', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';
    buf_format(&buf, "%s|%d", wide, 5);
    ck_assert_uint_eq(buf.length, sizeof wide - 1 + 2);
    ck_assert_str_eq(buf.data + sizeof wide - 1, "|5");
    for (size_t i = 0; i < 600; i++) {
        buf_clear(&buf);
        buf_add(&buf, wide, i);
        buf_format(&buf, "%s", "ab");
        ck_assert_str_eq(buf.data + i, "ab");
    }
}
END_TEST

START_TEST(integers)
{
    buf_int(&buf, 0);
    buf_char(&buf, ' ');
    buf_int(&buf, -7);
    buf_char(&buf, ' ');
    buf_int(&buf, INT64_MAX);
    buf_char(&buf, ' ');
    buf_int(&buf, INT64_MIN);
    ck_assert_str_eq(buf_string(&buf),
                     "0 -7 9223372036854775807 -9223372036854775808");
}
END_TEST

START_TEST(json_escapes_what_it_must)
{
    static const struct {
        const char *text;
        const char *json;
    } cases[] = {
        {NULL, "null"},
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"\"\\/", "\"\\\"\\\\/\""},
        {"a\n\r\tb", "\"a\\n\\r\\tb\""},
        {"\x01\x08\x0c\x1f", "\"\\u0001\\u0008\\u000c\\u001f\""},
        {"\x7f\xC3\xA9\xE2\x80\xA8", "\"\x7f\xC3\xA9\xE2\x80\xA8\""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&buf);
        buf_json(&buf, cases[i].text);
        ck_assert_str_eq(buf_string(&buf), cases[i].json);
    }
    buf_clear(&buf);
    buf_json_bytes(&buf, "a\0b", 3);
    ck_assert_str_eq(buf_string(&buf), "\"a\\u0000b\"");
    buf_clear(&buf);
    buf_json_inside(&buf, "a\"b", 3);
    buf_json_inside(&buf, "", 0);
    buf_json_inside(&buf, "\n", 1);
    ck_assert_str_eq(buf_string(&buf), "a\\\"b\\n");
}
END_TEST

START_TEST(failure_sticks_until_cleared)
{
    buf_text(&buf, "kept");
    buf_add(&buf, "x", SIZE_MAX);
    buf_text(&buf, "lost");
    ck_assert(!buf_ok(&buf, &err));
    ck_assert_str_eq(err.message, "out of memory");
    ck_assert_str_eq(buf_string(&buf), "kept");
    buf_clear(&buf);
    buf_text(&buf, "new");
    ck_assert(buf_ok(&buf, &err));
    ck_assert_str_eq(buf_string(&buf), "new");
}
END_TEST

Suite *buf_suite(void);
Suite *buf_suite(void)
{
    Suite *suite = suite_create("buf");
    TCase *tcase = tcase_create("buf");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, empty_buffer_is_empty_text);
    tcase_add_test(tcase, grows_over_every_boundary);
    tcase_add_test(tcase, formats_longer_than_its_memory);
    tcase_add_test(tcase, integers);
    tcase_add_test(tcase, json_escapes_what_it_must);
    tcase_add_test(tcase, failure_sticks_until_cleared);
    suite_add_tcase(suite, tcase);
    return suite;
}
