/* Text in XML: every kind of character that it cannot hold as it is. */
#include "src/cmd/xml.h"

#include <check.h>

Suite *xml_suite(void);

static struct buf buf;

static const char *escaped(const char *text)
{
    buf_clear(&buf);
    xml_text(&buf, text);
    return buf_string(&buf);
}

static void teardown(void)
{
    buf_free(&buf);
    buf = (struct buf)BUF_EMPTY;
}

#define LOST "\xEF\xBF\xBD"

START_TEST(texts)
{
    ck_assert_str_eq(escaped(""), "");
    ck_assert_str_eq(escaped("10\xE2\x80\x93"
                             "15%, 会议 \xF0\x9F\x93\x85"),
                     "10\xE2\x80\x93"
                     "15%, 会议 \xF0\x9F\x93\x85");
    ck_assert_str_eq(escaped("<a href=\"x\">&amp;</a>]]>"),
                     "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;]]&gt;");
    ck_assert_str_eq(escaped("a\tb\nc\rd"), "a&#9;b&#10;c&#13;d");
}
END_TEST

START_TEST(what_no_document_may_hold)
{
    ck_assert_str_eq(escaped("\x01|\x0B|\x1B[2J|\x1F"),
                     LOST "|" LOST "|" LOST "[2J|" LOST);
    ck_assert_str_eq(escaped("\x7F\xC2\x85\xC2\xA0"), "&#127;&#133;\xC2\xA0");
    ck_assert_str_eq(escaped("\xEF\xBF\xBE\xEF\xBF\xBF"), LOST LOST);
    /* No UTF-8: a lone byte, a surrogate, a cut sequence. */
    ck_assert_str_eq(escaped("a\x80z"), "a" LOST "z");
    ck_assert_str_eq(escaped("\xED\xA0\x80"), LOST LOST LOST);
    ck_assert_str_eq(escaped("\xE2\x80"), LOST LOST);
}
END_TEST

START_TEST(attributes)
{
    xml_attribute(&buf, "name", "a \"b\"");
    xml_number(&buf, "tests", -7);
    ck_assert_str_eq(buf_string(&buf),
                     " name=\"a &quot;b&quot;\" tests=\"-7\"");
}
END_TEST

Suite *xml_suite(void)
{
    Suite *suite = suite_create("xml");
    TCase *tests = tcase_create("xml");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, texts);
    tcase_add_test(tests, what_no_document_may_hold);
    tcase_add_test(tests, attributes);
    suite_add_tcase(suite, tests);
    return suite;
}
