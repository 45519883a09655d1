/* What reaches a terminal: no raw control characters, right widths, and
 * tables without trailing spaces. */
#include "datebook/table.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct buf out;

static void teardown(void)
{
    arena_free(&arena);
    buf_free(&out);
}

START_TEST(terminal_text_is_harmless)
{
    static const struct {
        const char *text;
        const char *shown;
    } cases[] = {
        {"", ""},
        {"Review \u2014 \u00e9\u4f1a\U0001F389", "Review \u2014 \u00e9\u4f1a"
                                                 "\U0001F389"},
        {"\x1b[31mred\x07", "\\x1b[31mred\\x07"},
        {"a\tb\r\nc\rd\ne", "a b c d e"},
        {"\x7f\xc2\x9b", "\\x7f\\x9b"},
        {"abc\u202Edef\u2066", "abc\\u202edef\\u2066"},
        {"a\u200Bb\uFEFF\u2060", "a\\u200bb\\ufeff\\u2060"},
        {"\u2028\u2029", "  "},
        {"\U000E0041", "\\ue0041"},
        {"\u0645\u06CC\u200C\u062E", "\u0645\u06CC\u200C\u062E"},
        {"\xff\xc3(", "\uFFFD\uFFFD("},
        {"cut\xe4\xbc", "cut\uFFFD\uFFFD"},
        {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
        {"\xc0\xaf", "\uFFFD\uFFFD"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&out);
        terminal_text(&out, cases[i].text);
        ck_assert_str_eq(buf_string(&out), cases[i].shown);
    }
}
END_TEST

/* No text of one or two bytes lets a control character through. */
START_TEST(no_byte_pair_reaches_the_terminal_raw)
{
    for (int first = 1; first < 256; first++)
        for (int second = 0; second < 256; second++) {
            char text[] = {(char)first, (char)second, '\0'};
            buf_clear(&out);
            terminal_text(&out, text);
            for (const char *c = buf_string(&out); *c; c++)
                ck_assert((unsigned char)*c >= 0x20 && *c != 0x7f);
            ck_assert_ptr_null(strstr(buf_string(&out), "\xc2\x9b"));
        }
}
END_TEST

START_TEST(terminal_lines_keep_line_feeds)
{
    terminal_lines(&out, "a\r\nb\n\nc\rd\x1b");
    ck_assert_str_eq(buf_string(&out), "a\nb\n\nc d\\x1b");
}
END_TEST

START_TEST(widths_are_columns)
{
    ck_assert_int_eq(text_width(""), 0);
    ck_assert_int_eq(text_width("abc"), 3);
    ck_assert_int_eq(text_width("\u4f1a\u8bae"), 4);
    ck_assert_int_eq(text_width("e\u0301"), 1);
    ck_assert_int_eq(text_width("\uFFFD"), 1);
}
END_TEST

START_TEST(cuts_to_columns)
{
    static const struct {
        const char *text;
        int width;
        const char *cut;
    } cases[] = {
        {"abcdef", 6, "abcdef"},
        {"abcdef", 5, "abcd\u2026"},
        {"abcdef", 1, "\u2026"},
        {"abcdef", 0, ""},
        {"abcdef", -3, ""},
        {"\u4f1a\u8bae\u4f1a", 6, "\u4f1a\u8bae\u4f1a"},
        {"\u4f1a\u8bae\u4f1a", 5, "\u4f1a\u8bae\u2026"},
        {"\u4f1a\u8bae\u4f1a", 4, "\u4f1a\u2026"},
        {"\u4f1a\u8bae\u4f1a", 2, "\u2026"},
        {"e\u0301e\u0301e\u0301", 2, "e\u0301\u2026"},
        {"", 3, ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int width;
        buf_clear(&out);
        width = text_cut(&out, cases[i].text, cases[i].width);
        ck_assert_str_eq(buf_string(&out), cases[i].cut);
        ck_assert_int_eq(width, text_width(cases[i].cut));
    }
}
END_TEST

START_TEST(numbers_have_separators)
{
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {999, "999"},
        {1000, "1,000"},
        {1234567, "1,234,567"},
        {-12345, "-12,345"},
        {-100, "-100"},
        {INT64_MAX, "9,223,372,036,854,775,807"},
        {INT64_MIN, "-9,223,372,036,854,775,808"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&out);
        text_number(&out, cases[i].value);
        ck_assert_str_eq(buf_string(&out), cases[i].text);
    }
}
END_TEST

START_TEST(shares_have_one_decimal)
{
    text_percent(&out, 1, 3);
    buf_char(&out, '|');
    text_percent(&out, 5, 5);
    buf_char(&out, '|');
    text_percent(&out, 0, 5);
    buf_char(&out, '|');
    text_percent(&out, 0, 0);
    ck_assert_str_eq(buf_string(&out), "33.3%|100.0%|0.0%|-");
}
END_TEST

static void check_bar(int64_t part, int64_t whole, int width, const char *bar)
{
    buf_clear(&out);
    text_bar(&out, part, whole, width);
    ck_assert_str_eq(buf_string(&out), bar);
}

START_TEST(bars_are_drawn_in_eighths)
{
    check_bar(9, 20, 10, "████▌");
    check_bar(1, 1, 3, "███");
    check_bar(5, 1, 3, "███");
    check_bar(1, 100000, 3, "▏");
    check_bar(0, 9, 3, "");
    check_bar(1, 0, 3, "");
    check_bar(-1, 5, 3, "");
    check_bar(1, 2, 0, "");
}
END_TEST

START_TEST(columns_are_aligned)
{
    static const struct table_column columns[] = {{"persona", TABLE_LEFT, 0},
                                                  {"rows", TABLE_RIGHT, 0},
                                                  {"note", TABLE_LEFT, 6}};
    struct table table;
    char cell[] = "12";

    table_start(&table, &arena, columns, 3);
    table_row(&table, "ann", cell, "short", NULL);
    cell[0] = '9';
    table_row(&table, "\u4f1a\u8bae\u4f1a\u8bae", "12,345", "far too long",
              NULL);
    table_row(&table, "b\n\x1b", NULL);
    table_row(&table, "c", "1", "x", "ignored", NULL);
    ck_assert(table_print(&table, 0, &out, &err));
    ck_assert_str_eq(buf_string(&out),
                     "persona     rows  note\n"
                     "ann           12  short\n"
                     "\u4f1a\u8bae\u4f1a\u8bae  12,345  far t\u2026\n"
                     "b \\x1b\n"
                     "c              1  x\n");
    ck_assert_uint_eq(table.row_count, 4);
}
END_TEST

START_TEST(headers_are_optional_and_rows_may_be_indented)
{
    static const struct table_column columns[] = {
        {NULL, TABLE_RIGHT, 0}, {NULL, TABLE_LEFT, 0}, {NULL, TABLE_LEFT, 0}};
    static const char *const cells[] = {"7", NULL, "z"};
    struct table table;

    table_start(&table, &arena, columns, 3);
    table_row(&table, "10", "mid", NULL);
    table_cells(&table, cells);
    table_row(&table, "", "", "", NULL);
    ck_assert(table_print(&table, 2, &out, &err));
    ck_assert_str_eq(buf_string(&out), "  10  mid\n"
                                       "   7       z\n"
                                       "\n");
}
END_TEST

START_TEST(empty_table_has_its_header)
{
    static const struct table_column columns[] = {{"tag", TABLE_LEFT, 0},
                                                  {"version", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &arena, columns, 2);
    ck_assert(table_print(&table, 0, &out, &err));
    ck_assert_str_eq(buf_string(&out), "tag  version\n");
}
END_TEST

Suite *table_suite(void);
Suite *table_suite(void)
{
    Suite *suite = suite_create("table");
    TCase *tcase = tcase_create("table");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, terminal_text_is_harmless);
    tcase_add_test(tcase, no_byte_pair_reaches_the_terminal_raw);
    tcase_add_test(tcase, terminal_lines_keep_line_feeds);
    tcase_add_test(tcase, widths_are_columns);
    tcase_add_test(tcase, cuts_to_columns);
    tcase_add_test(tcase, numbers_have_separators);
    tcase_add_test(tcase, shares_have_one_decimal);
    tcase_add_test(tcase, bars_are_drawn_in_eighths);
    tcase_add_test(tcase, columns_are_aligned);
    tcase_add_test(tcase, headers_are_optional_and_rows_may_be_indented);
    tcase_add_test(tcase, empty_table_has_its_header);
    suite_add_tcase(suite, tcase);
    return suite;
}
