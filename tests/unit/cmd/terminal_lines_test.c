/* Wrapping, columns and pages. */
#include "src/cmd/terminal_lines.h"

#include <check.h>

static void expect_wrapped(const char *text, int width, int indent,
                           const char *lines)
{
    struct buf out = BUF_EMPTY;

    wrap_text(&out, text, width, indent);
    ck_assert_str_eq(buf_string(&out), lines);
    buf_free(&out);
}

START_TEST(wraps_at_spaces)
{
    expect_wrapped("", 10, 0, "\n");
    expect_wrapped("one two", 10, 0, "one two\n");
    expect_wrapped("one two six", 7, 0, "one two\nsix\n");
    expect_wrapped("one two six", 7, 2, "one two\n  six\n");
    expect_wrapped("one two six", 6, 0, "one\ntwo\nsix\n");
    expect_wrapped("one\ntwo", 10, 2, "one\n  two\n");
    expect_wrapped("one\n", 10, 2, "one\n");
}
END_TEST

START_TEST(breaks_long_words)
{
    expect_wrapped("abcdefghij", 4, 0, "abcd\nefgh\nij\n");
    expect_wrapped("ab cdefghij", 4, 0, "ab c\ndefg\nhij\n");
    expect_wrapped("日本日本", 5, 0, "日本\n日本\n");
    expect_wrapped("日", 1, 0, "日\n"); /* wider than there is */
    /* A combining mark stays with its letter. */
    expect_wrapped("abe\xCC\x81"
                   "f",
                   3, 0,
                   "abe\xCC\x81"
                   "\nf\n");
}
END_TEST

START_TEST(styles_end_with_the_line)
{
    expect_wrapped(STYLE_MARK "one two" STYLE_PLAIN " six", 4, 1,
                   STYLE_MARK "one" STYLE_PLAIN "\n " STYLE_MARK
                              "two" STYLE_PLAIN "\n six\n");
    expect_wrapped(STYLE_STRONG "one", 4, 0,
                   STYLE_STRONG "one" STYLE_PLAIN "\n");
    ck_assert_int_eq(styled_width(STYLE_MARK "日x" STYLE_PLAIN), 3);
}
END_TEST

START_TEST(side_by_side)
{
    struct buf out = BUF_EMPTY;

    put_beside(&out, "one\n" STYLE_STRONG "six" STYLE_PLAIN "\nx\n", 4,
               "right\n\n");
    ck_assert_str_eq(buf_string(&out), "one  │ right\n" STYLE_STRONG
                                       "six" STYLE_PLAIN "  │\nx    │\n");
    buf_clear(&out);
    put_beside(&out, "", 2, "a\nb\n");
    ck_assert_str_eq(buf_string(&out), "   │ a\n   │ b\n");
    buf_free(&out);
}
END_TEST

START_TEST(pages)
{
    struct page page = {.lines = 2, .total = 5};
    struct buf out = BUF_EMPTY;

    ck_assert_int_eq(count_lines("a\nb\nc\nd\ne\n"), 5);
    ck_assert_int_eq(count_lines("a"), 1);
    ck_assert_int_eq(count_lines(""), 0);
    page_next(&page);
    page_next(&page);
    put_lines(&out, "a\nb\nc\nd\ne\n", page.first, page.lines);
    ck_assert_str_eq(buf_string(&out), "e\n");
    page_next(&page);
    ck_assert_int_eq(page.first, 0);
    page_back(&page);
    ck_assert_int_eq(page.first, 0);
    page.first = 3;
    page_back(&page);
    ck_assert_int_eq(page.first, 1);
    buf_free(&out);
}
END_TEST

Suite *terminal_lines_suite(void);

Suite *terminal_lines_suite(void)
{
    Suite *suite = suite_create("terminal_lines");
    TCase *tests = tcase_create("terminal_lines");

    tcase_add_test(tests, wraps_at_spaces);
    tcase_add_test(tests, breaks_long_words);
    tcase_add_test(tests, styles_end_with_the_line);
    tcase_add_test(tests, side_by_side);
    tcase_add_test(tests, pages);
    suite_add_tcase(suite, tests);
    return suite;
}
