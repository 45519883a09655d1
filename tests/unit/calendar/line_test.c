/* Phrases and lines: what a persona wrote made fit for a subject. */
#include "src/calendar/parts.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

START_TEST(phrases_are_cleaned)
{
    static const struct {
        const char *text;
        const char *clean;
    } cases[] = {
        {"pipeline", "pipeline"},
        {"  two  spaces\tand\nlines ", "two spaces and lines"},
        {"{project} {", "project"},
        {"季度复盘 会议", "季度复盘 会议"},
        {"say \"no\"", "say \"no\""},
        {"{}", ""},
        {"zero\xE2\x80\x8Bwidth", "zero width"},
        {"no\xC2\xA0"
         "break",
         "no break"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(phrase_clean(&arena, cases[i].text, &err),
                         cases[i].clean);
}
END_TEST

START_TEST(long_phrases_end_with_a_word)
{
    char text[400] = "";
    const char *clean;

    for (size_t i = 0; i < 39; i++)
        memcpy(text + 9 * i, "lengthy, ", 10);
    clean = phrase_clean(&arena, text, &err);
    ck_assert_uint_le(strlen(clean), 120);
    ck_assert_str_eq(clean + strlen(clean) - 7, "lengthy");
}
END_TEST

START_TEST(lines_are_cut_by_units)
{
    struct line line;

    line_clear(&line);
    for (int i = 0; i < 40; i++)
        line_add(&line, i ? " 会议纪要会议" : "会议纪要会议", i ? 19 : 18);
    line_cut(&line);
    /* 36 words of six units and their spaces are 251 units */
    ck_assert_uint_eq(line.length, 36 * 19 - 1);
    line_clear(&line);
    for (int i = 0; i < 200; i++)
        line_add(&line, "\xF0\x9F\x98\x80", 4);
    line_cut(&line);
    /* two units each, no space: cut between characters */
    ck_assert_uint_eq(line.length, 127 * 4);
}
END_TEST

START_TEST(lines_drop_what_never_fits)
{
    static char text[LINE_SIZE];
    struct line line;

    memset(text, 'x', sizeof text);
    line_clear(&line);
    line_add(&line, "short", 5);
    line_add(&line, text, sizeof text);
    ck_assert_str_eq(line.data, "short");
}
END_TEST

Suite *line_suite(void);
Suite *line_suite(void)
{
    Suite *suite = suite_create("calendar line");
    TCase *tcase = tcase_create("phrase");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, phrases_are_cleaned);
    tcase_add_test(tcase, long_phrases_end_with_a_word);
    tcase_add_test(tcase, lines_are_cut_by_units);
    tcase_add_test(tcase, lines_drop_what_never_fits);
    suite_add_tcase(suite, tcase);
    return suite;
}
