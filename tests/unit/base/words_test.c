/* Words: what a word is, what it folds to, where it stands, its stem. */
#include "datebook/words.h"

#include "datebook/buf.h"
#include "datebook/random.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *words_suite(void);

static struct buf out;
static struct stemmer *stemmer;
static struct error err;

static void setup(void)
{
    stemmer = stemmer_new(&err);
    ck_assert_ptr_nonnull(stemmer);
}

static void teardown(void)
{
    stemmer_free(stemmer);
    buf_free(&out);
}

/* The folded words of a text, divided by '|'. */
static const char *cut(const char *text)
{
    struct words words;
    struct word word;

    buf_clear(&out);
    words_start(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        if (out.length)
            buf_char(&out, '|');
        buf_add(&out, word.folded, word.length);
    }
    return buf_string(&out);
}

/* The pieces of the text that the words stand for, divided by '|'. */
static const char *places(const char *text)
{
    struct words words;
    struct word word;

    buf_clear(&out);
    words_start(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        if (out.length)
            buf_char(&out, '|');
        buf_add(&out, text + word.start, word.end - word.start);
    }
    return buf_string(&out);
}

static const char *stem(const char *text)
{
    struct words words;
    struct word word;
    const char *bytes;
    size_t length;

    buf_clear(&out);
    words_start(&words, text, strlen(text));
    ck_assert(words_next(&words, &word));
    ck_assert(stemmer_stem(stemmer, &word, &bytes, &length, &err));
    buf_add(&out, bytes, length);
    return buf_string(&out);
}

START_TEST(cuts_and_folds)
{
    static const char *const cases[][2] = {
        {"", ""},
        {" \t\r\n.,!", ""},
        {"Q4 Pipeline-Review: $2M", "q4|pipeline|review|2m"},
        {"snake_case and/or R&D", "snake|case|and|or|r|d"},
        {"CAFÉ Ａｐｉ Ｑ４", "café|api|q4"},
        {"cafe\u0301 CAFE\u0301", "café|café"},
        {"Straße STRASSE ẞ", "strasse|strasse|ss"},
        {"İSTANBUL İstanbul", "i̇stanbul|i̇stanbul"},
        {"ﬁnance ① x²", "finance|1|x2"},
        {"1½ hours", "1|hours"},
        {"Contoso™ Widget®", "contoso|widget"},
        {"demo🚀launch 👩‍💻", "demo|launch"},
        {"1️⃣ first", "1|first"},
        {"soft\u00ADhyphen zero\u200Bwidth", "softhyphen|zero|width"},
        {"季度回顾Q4", "季|度|回|顾|q4"},
        {"カタカナ ｶﾞ ガ", "カ|タ|カ|ナ|ガ|ガ"},
        {"분기 리뷰", "분|기|리|뷰"},
        {"\u1107\u116E\u11AB", "분"},
        {"ชุม", "ชุ|ม"},
        {"Привет МИР", "привет|мир"},
        {"\u212Aelvin ſt", "kelvin|st"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(cut(cases[i][0]), cases[i][1]);
}
END_TEST

START_TEST(apostrophes)
{
    static const char *const cases[][2] = {
        {"customer's call", "customer|call"},
        {"customer’s call", "customer|call"},
        {"CUSTOMER＇S", "customer"},
        {"customers' calls", "customers|calls"},
        {"'pipeline' ‘quarter’", "pipeline|quarter"},
        {"don't O’Brien", "dont|obrien"},
        {"rock'n'roll", "rocknroll"},
        {"Q4's 5'10", "q4|5|10"},
        {"it'sy", "itsy"},
        {"a's'b", "a|b"},
        {"boss's", "boss"},
        {"x'", "x"},
        {"'s", "s"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(cut(cases[i][0]), cases[i][1]);
}
END_TEST

START_TEST(one_on_one_is_one_word)
{
    static const char *const joined[] = {
        "1:1",         "1-1",        "1–1",        "1-on-1",      "1‑on‑1",
        "1 on 1",      "1on1",       "1x1",        "1:1s",        "1-on-1s",
        "1on1s",       "one-on-one", "One on One", "one–on–one",  "１：１",
        "one on ones", "1:1's",      "1\u22361",   "1 on\u00A01",
    };
    static const char *const apart[][2] = {
        {"2025-1-1", "2025|1|1"}, {"1:1:30", "1|1|30"},
        {"1:15", "1|15"},         {"11:1", "11|1"},
        {"1.1", "1|1"},           {"1 1", "1|1"},
        {"1, on 1", "1|on|1"},    {"one on two", "one|on|two"},
        {"one one", "one|one"},   {"1-on", "1|on"},
        {"one: one", "one|one"},  {"v1-1.2", "v1|1|2"},
        {"one on", "one|on"},     {"1/1", "1|1"},
    };

    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
        ck_assert_str_eq(cut(joined[i]), "1on1");
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        ck_assert_str_eq(cut(apart[i][0]), apart[i][1]);
    ck_assert_str_eq(cut("Weekly 1:1 with one-on-one Bo"),
                     "weekly|1on1|with|1on1|bo");
}
END_TEST

START_TEST(places_are_bytes_of_the_text)
{
    static const char *const cases[][2] = {
        {"  Q4, (Deal)", "Q4|Deal"},
        {"the customer’s call", "the|customer|call"},
        {"Cafe\u0301s O’Brien!", "Cafe\u0301s|O’Brien"},
        {"季度 ok", "季|度|ok"},
        {"My one-on-ones, 1:1", "My|one-on-ones|1:1"},
        {"ＡＢ－Ｃ", "ＡＢ|Ｃ"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(places(cases[i][0]), cases[i][1]);
}
END_TEST

START_TEST(invalid_utf8_separates)
{
    ck_assert_str_eq(cut("deal\xFFreview"), "deal|review");
    ck_assert_str_eq(cut("deal\xE2\x80"), "deal");
    ck_assert_str_eq(cut("\xC0\x80one\xED\xA0\x80two"), "one|two");
    ck_assert_str_eq(cut("caf\xC3"), "caf");
}
END_TEST

START_TEST(long_words_and_mark_piles)
{
    char text[3000];

    memset(text, 'a', 2999);
    text[2999] = '\0';
    ck_assert_uint_eq(strlen(cut(text)), WORD_BYTES);
    text[0] = 'e';
    for (size_t i = 1; i < 1000; i += 2)
        memcpy(text + i, "\u0301", 3);
    memcpy(text + strlen(text), " b", 3);
    ck_assert_str_eq(strrchr(cut(text), '|'), "|b");
}
END_TEST

START_TEST(stems)
{
    static const char *const cases[][2] = {
        {"customers", "customer"},
        {"Customer's", "customer"},
        {"custom", "custom"},
        {"APIs", "api"},
        {"closing", "close"},
        {"quarterly", "quarter"},
        {"demos", "demo"},
        {"demographics", "demograph"},
        {"clientele", "clientel"},
        {"illegal", "illeg"},
        {"legal", "legal"},
        {"Q4s", "q4s"},
        {"1on1s", "1on1"},
        {"executives", "executive"},
        {"executed", "execut"},
        {"execution", "execution"},
        {"busy", "busy"},
        {"business", "business"},
        {"importantly", "important"},
        {"imports", "import"},
        {"productive", "productivity"},
        {"products", "product"},
        {"internal", "internal"},
        {"interns", "intern"},
        {"s", "s"},
        {"us", "us"},
        {"résumés", "résumé"},
        {"QBRs", "qbr"},
        {"VPs", "vp"},
        {"KPIs", "kpi"},
        {"hrs", "hrs"},
        {"CSS", "css"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(stem(cases[i][0]), cases[i][1]);
}
END_TEST

/* The ASCII fast path against the general one: a combining grapheme joiner
 * after every letter changes nothing but takes the slow path. */
START_TEST(fast_path_agrees_with_slow_path)
{
    static const char letters[] = "abzABZ019 -.'_:/s1on";
    struct random random;

    random_start(&random, (uint64_t)_i, "paths", NULL);
    for (int turn = 0; turn < 300; turn++) {
        char plain[64] = "";
        struct buf slow = BUF_EMPTY;
        char *expected;
        for (size_t i = 0; i < 24; i++) {
            char c = letters[random_below(&random, sizeof letters - 1)];
            plain[i] = c;
            buf_char(&slow, c);
            if (c != '\'' && (c < '.' || c > '/') && c != ' ' && c != '-' &&
                c != '_' && c != ':')
                buf_text(&slow, "\u034F");
        }
        expected = strdup(cut(plain));
        ck_assert_str_eq(cut(buf_string(&slow)), expected);
        free(expected);
        buf_free(&slow);
    }
}
END_TEST

START_TEST(random_bytes_never_break)
{
    static const char likely[] = "1on' \xE2\x80\x99\xCC\x81";
    struct random random;
    char bytes[200];

    random_start(&random, (uint64_t)_i, "bytes", NULL);
    for (int turn = 0; turn < 2000; turn++) {
        size_t length = random_below(&random, sizeof bytes);
        size_t last = 0;
        char *text = malloc(length + !length);
        struct words words;
        struct word word;
        for (size_t i = 0; i < length; i++)
            bytes[i] = random_chance(&random, 50)
                           ? (char)random_below(&random, 256)
                           : likely[random_below(&random, 10)];
        memcpy(text, bytes, length);
        words_start(&words, text, length);
        while (words_next(&words, &word)) {
            ck_assert_uint_ge(word.length, 1);
            ck_assert_uint_le(word.length, WORD_BYTES);
            ck_assert_uint_ge(word.start, last);
            ck_assert_uint_gt(word.end, word.start);
            ck_assert_uint_le(word.end, length);
            last = word.end;
        }
        free(text);
    }
}
END_TEST

static size_t encode(int code, char *text)
{
    if (code < 0x80) {
        text[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        text[0] = (char)(0xC0 | code >> 6);
        text[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        text[0] = (char)(0xE0 | code >> 12);
        text[1] = (char)(0x80 | (code >> 6 & 0x3F));
        text[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    text[0] = (char)(0xF0 | code >> 18);
    text[1] = (char)(0x80 | (code >> 12 & 0x3F));
    text[2] = (char)(0x80 | (code >> 6 & 0x3F));
    text[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

/* Behind a letter, whatever code point follows, the walk goes on word by word
 * and no word is empty. */
START_TEST(every_code_point)
{
    int bad = 0;

    for (int code = 0; code < 0x110000 && !bad; code++) {
        char text[8] = "a";
        size_t length = 1 + encode(code, text + 1);
        struct words words;
        struct word word;
        int count = 0;
        words_start(&words, text, length);
        while (!bad && words_next(&words, &word))
            bad = word.length == 0 || ++count > 2 ? code : 0;
        if (count == 0)
            bad = code;
    }
    ck_assert_msg(bad == 0, "U+%04X", (unsigned)bad);
}
END_TEST

Suite *words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *tests = tcase_create("words");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, cuts_and_folds);
    tcase_add_test(tests, apostrophes);
    tcase_add_test(tests, one_on_one_is_one_word);
    tcase_add_test(tests, places_are_bytes_of_the_text);
    tcase_add_test(tests, invalid_utf8_separates);
    tcase_add_test(tests, long_words_and_mark_piles);
    tcase_add_test(tests, stems);
    tcase_add_loop_test(tests, fast_path_agrees_with_slow_path, 0, 4);
    tcase_add_loop_test(tests, random_bytes_never_break, 0, 4);
    tcase_add_test(tests, every_code_point);
    suite_add_tcase(suite, tests);
    return suite;
}
