/* Flaws of texts: each with texts that have it and texts that look like it. */
#include "src/quality/text_checks.h"

#include <check.h>
#include <string.h>

Suite *text_checks_suite(void);

#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef const char *finder(const char *text);

/* Every text has a flaw, at the place that the second one starts with. */
static void expect_flaws(finder *finds, const char *const (*texts)[2],
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *at = finds(texts[i][0]);
        ck_assert_msg(at != NULL, "nothing in \"%s\"", texts[i][0]);
        ck_assert_msg(!strncmp(at, texts[i][1], strlen(texts[i][1])),
                      "\"%s\": at \"%s\"", texts[i][0], at);
    }
}

static void expect_none(finder *finds, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *at = finds(texts[i]);
        ck_assert_msg(!at, "\"%s\": at \"%s\"", texts[i], at ? at : "");
    }
}

START_TEST(unfilled)
{
    static const char *const flaws[][2] = {{"Sync with {peer}", "{peer}"},
                                           {"Sync } now", "}"}};
    static const char *const fine[] = {"", "Sync with Ann (30 min) [x]"};

    expect_flaws(text_unfilled, flaws, COUNT(flaws));
    expect_none(text_unfilled, fine, COUNT(fine));
}
END_TEST

START_TEST(double_space)
{
    static const char *const flaws[][2] = {{"Sync  with Ann", "  with"},
                                           {"Sync \tnow", " \t"},
                                           {"Sync\xC2\xA0 now", "\xC2\xA0 "}};
    static const char *const fine[] = {"", "Sync with Ann", "One.\r\nTwo.",
                                       "10\xC2\xA0min", "\xC3\xA0 la carte"};

    expect_flaws(text_double_space, flaws, COUNT(flaws));
    expect_none(text_double_space, fine, COUNT(fine));
}
END_TEST

START_TEST(edge_space)
{
    static const char *const flaws[][2] = {
        {" Sync", " Sync"},       {"Sync ", " "},
        {"Sync\r\n", "\n"},       {"\xC2\xA0Sync", "\xC2\xA0"},
        {"Sync\xC2\xA0", "\xA0"}, {" ", " "}};
    static const char *const fine[] = {"", "Sync", "a b", "x", "\xC3\xA0"};

    expect_flaws(text_edge_space, flaws, COUNT(flaws));
    expect_none(text_edge_space, fine, COUNT(fine));
}
END_TEST

START_TEST(articles)
{
    static const char *const flaws[][2] = {
        {"Prepare for a account review", "a account"},
        {"An pilot starts", "An pilot"},
        {"We need an user story", "an user"},
        {"It takes a hour", "a hour"},
        {"A SLA breach", "A SLA"},
        {"Send a MSA today", "a MSA"},
        {"That is an QBR", "an QBR"},
        {"an UX study", "an UX"},
        {"a 8-week plan", "a 8"},
        {"a $80k deal", "a $80k"},
        {"a 11th hour change", "a 11th"},
        {"an 5-day week", "an 5"},
        {"an 110 page report", "an 110"},
        {"an one-off", "an one"},
        {"an European customer", "an European"},
        {"a unimportant one", "a unimportant"},
        {"a honest answer", "a honest"},
        {"a \xE2\x80\x9C"
         "old\xE2\x80\x9D one",
         "a \xE2\x80\x9C"
         "old"},
        {"First.\nA item", "A item"},
        {"a H1 plan", "a H1"},
        {"an Q4 plan", "an Q4"},
        {"a R&D budget", "a R&D"},
        {"a SLAs list", "a SLAs"},
    };
    static const char *const fine[] = {
        "",
        "a",
        "An account, a pilot, an hour, a user, a one-off, a European",
        "an SLA, an MSA, a QBR, a UX study, a URL, an API, an RFP, a PoC",
        "an 8-week plan, an 11th hour, an 18-month term, a 5-day week",
        "a 1:1, a 110 page report, an 80% target, an $8 fee, a $5 fee",
        "a FAQ and an FAQ, a SQL query and an SQL query, an historic day",
        "Series A extension and Plan A options, Team A update",
        "Vitamin A intake",
        "an H1 plan, a Q4 plan, an M&A deal, a P1, an S3 bucket",
        "a unit, a union, an unimportant one, an uninvited guest",
        "a utility, an umbrella, an urgent fix, a unanimous vote",
        "A/B test, Q&A about it, a.m. or p.m., 3a update",
        "CEO-an idea", /* glued to another word: no article */
        "a \xC3\xA9lan",
        "an NPS of 40, a NASA visit",
        "a x-ray", /* single small letters are let through */
        "A new plan. An old one.",
    };

    expect_flaws(text_wrong_article, flaws, COUNT(flaws));
    expect_none(text_wrong_article, fine, COUNT(fine));
}
END_TEST

START_TEST(repeated_words)
{
    static const char *const flaws[][2] = {
        {"Marlow Paper paper", "Paper paper"},
        {"Send it to to Ann", "to to"},
        {"over Over it", "over Over"},
        {"Z\xC3\xBCrich z\xC3\xBCrich", "Z\xC3\xBCrich"}};
    static const char *const fine[] = {"",
                                       "Review: review of it",
                                       "I know that that is so",
                                       "We had had it",
                                       "paper papers",
                                       "end. End",
                                       "one-on-one on one-on-one",
                                       "NO NO",
                                       "call call-in numbers",
                                       "team team2",
                                       "4 4"};

    expect_flaws(text_repeated_word, flaws, COUNT(flaws));
    expect_none(text_repeated_word, fine, COUNT(fine));
}
END_TEST

static const char *cut(const char *text)
{
    return text_cut_end(text, 20);
}

START_TEST(cut_ends)
{
    static const char *const flaws[][2] = {
        {"Sync with Ann,", ","},
        {"Sync;", ";"},
        {"Sync -", "-"},
        {"Sync (", "("},
        {"Sync \xE2\x80\x93 ", "\x93"},
        {"To be \xE2\x80\xA6", "\xA6"},
        {"So...", "."},
        {"Twenty units and no stop", "p"},
        {"Twenty units (and no stop)", "p)"}};
    static const char *const fine[] = {
        "",
        "Short and no stop",
        "Twenty units and a stop.",
        "Twenty units and a stop!",
        "Twenty units (and a stop.)",
        "Twenty units \xE2\x80\x9Cthe stop.\xE2\x80\x9D",
        "Twenty units and a question?",
        "\xE4\xBA\x8C\xE5\x8D\x81 units and its own stop\xE3\x80\x82"};

    expect_flaws(cut, flaws, COUNT(flaws));
    expect_none(cut, fine, COUNT(fine));
}
END_TEST

START_TEST(seasons)
{
    static const struct {
        const char *text;
        int month;
        const char *at; /* NULL: fits */
    } cases[] = {
        {"Q4 planning", 5, "Q4"},
        {"Q4 planning", 6, "Q4"},
        {"Q4 planning", 7, NULL},
        {"Q4 planning", 11, NULL},
        {"Q4 planning", 1, NULL},
        {"Q1 and Q3 numbers", 8, NULL},
        {"Q1 and Q1 numbers", 8, "Q1"},
        {"IQ4 device", 5, NULL},
        {"Q45", 5, NULL},
        {"December close", 5, "December"},
        {"December close", 9, NULL},
        {"December close", 8, "December"},
        {"January start", 12, NULL},
        {"May we talk", 12, NULL},
        {"Decemberist", 5, NULL},
        {"", 5, NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *at = text_out_of_season(cases[i].text, cases[i].month);
        ck_assert_msg(!at == !cases[i].at, "\"%s\" in %d", cases[i].text,
                      cases[i].month);
        if (at)
            ck_assert_int_eq(strncmp(at, cases[i].at, strlen(cases[i].at)), 0);
    }
}
END_TEST

START_TEST(excerpts)
{
    static const char text[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    char excerpt[24];

    text_excerpt("short\r\ntext", "", excerpt, sizeof excerpt);
    ck_assert_str_eq(excerpt, "short text");
    text_excerpt(text, text, excerpt, sizeof excerpt);
    ck_assert_str_eq(excerpt, "0123456789abcdefg\xE2\x80\xA6");
    text_excerpt(text, text + 20, excerpt, sizeof excerpt);
    ck_assert_str_eq(excerpt, "\xE2\x80\xA6"
                              "fghijklmnopqrstuv\xE2\x80\xA6");
    text_excerpt(text, text + 35, excerpt, sizeof excerpt);
    ck_assert_str_eq(excerpt, "\xE2\x80\xA6"
                              "jklmnopqrstuvwxyz");
}
END_TEST

Suite *text_checks_suite(void)
{
    Suite *suite = suite_create("text_checks");
    TCase *tests = tcase_create("text_checks");

    tcase_add_test(tests, unfilled);
    tcase_add_test(tests, double_space);
    tcase_add_test(tests, edge_space);
    tcase_add_test(tests, articles);
    tcase_add_test(tests, repeated_words);
    tcase_add_test(tests, cut_ends);
    tcase_add_test(tests, seasons);
    tcase_add_test(tests, excerpts);
    suite_add_tcase(suite, tests);
    return suite;
}
