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

static void set(struct line *line, const char *text)
{
    line_clear(line);
    line_add(line, text, strlen(text));
}

START_TEST(no_word_twice_where_texts_meet)
{
    static const struct {
        const char *left;
        const char *right;
        const char *joined;
    } cases[] = {
        {"Ledger Software", " software demo", "Ledger Software demo"},
        {"Repair café ", "Café Kintsugi: one", "Repair café Kintsugi: one"},
        {"Ledger Software", " software", "Ledger Software"},
        {"Ledger Soft", " software demo", "Ledger Soft software demo"},
        {"Ledger Software", "software demo", "Ledger Softwaresoftware demo"},
        {"soft Ware", " warehouse", "soft Ware warehouse"},
        {"", "word", "word"},
        {"a", "", "a"},
        {"one ", " one", "one  one"},
        {"end.", " end", "end. end"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct line line;
        size_t at;
        set(&line, cases[i].left);
        at = line.length;
        line_add(&line, cases[i].right, strlen(cases[i].right));
        line_join(&line, at);
        ck_assert_str_eq(line.data, cases[i].joined);
        ck_assert_uint_eq(line.length, strlen(cases[i].joined));
    }
}
END_TEST

START_TEST(too_long_lines_lose_what_came_last)
{
    char text[400] = "";
    struct line line;

    memset(text, 'x', 255);
    set(&line, text);
    ck_assert(line_keep(&line, 7));
    ck_assert_uint_eq(line.length, 255);
    line_add(&line, "y", 1);
    ck_assert(!line_keep(&line, 7));
    ck_assert_str_eq(line.data, "xxxxxxx");
    /* 128 letters of two bytes are 128 units. */
    line_clear(&line);
    for (int i = 0; i < 128; i++)
        line_add(&line, "é", 2);
    ck_assert(line_keep(&line, 0));
    ck_assert_uint_eq(line.length, 256);
    /* 128 of four bytes are 256. */
    line_clear(&line);
    for (int i = 0; i < 128; i++)
        line_add(&line, "😀", 4);
    ck_assert(!line_keep(&line, 4));
    ck_assert_str_eq(line.data, "😀");
}
END_TEST

START_TEST(a_long_text_ends_with_a_sentence)
{
    struct line line;

    line_clear(&line);
    while (line.length < 240)
        line_add(&line, "Ten bytes. ", 11);
    line_add(&line, "This one goes on and on", 23);
    line_cut_sentence(&line);
    ck_assert_uint_le(line.length, 255);
    ck_assert_str_eq(line.data + line.length - 10, "Ten bytes.");
    set(&line, "Short. And open");
    line_cut_sentence(&line);
    ck_assert_str_eq(line.data, "Short. And open");
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
    tcase_add_test(tcase, no_word_twice_where_texts_meet);
    tcase_add_test(tcase, too_long_lines_lose_what_came_last);
    tcase_add_test(tcase, a_long_text_ends_with_a_sentence);
    suite_add_tcase(suite, tcase);
    return suite;
}
