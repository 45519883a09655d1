/* Phrase rules: which words fire, where, and agreement with a slow matcher. */
#include "fixture.h"

#include "datebook/random.h"
#include "datebook/words.h"

Suite *phrase_suite(void);

START_TEST(words_fire_by_stem)
{
    static const struct {
        const char *pattern;
        const char *subject;
        bool fires;
    } cases[] = {
        {"API", "Public APIs", true},
        {"demo", "Demographics", false},
        {"demo", "Demos today", true},
        {"close", "Closing the books", true},
        {"customer", "Customers", true},
        {"customer", "Customer's visit", true},
        {"customer", "Customer’s visit", true},
        {"customer", "Custom build", false},
        {"client", "Clientele", false},
        {"legal", "Illegal", false},
        {"quarter", "Quarterly", true},
        {"important", "Import duty", false},
        {"1:1", "one–on–one with Ana", true},
        {"1-on-1", "Weekly 1:1s", true},
        {"1:1", "Ratio 1.1", false},
        {"deal review", "Deal: review", true},
        {"deal review", "deal — “review”", true},
        {"deal review", "deals, reviews", true},
        {"deal review", "review deal", false},
        {"deal review", "deal desk review", false},
        {"deal review", "deal dealer review", false},
        {"deal deal review", "deal deal deal review", true},
        {"Q4", "q4", true},
        {"Q4", "Q40", false},
        {"$2M", "2m ARR", true},
        {"季度", "第四季度回顾", true},
        {"季度", "季節度", false},
        {"季度回顾", "季度 回顾", true},
        {"İstanbul", "İSTANBUL trip", true},
        {"straße", "STRASSE", true},
        {"ＡＰＩ", "api", true},
        {"api", "ＡＰＩ", true},
        {"café", "cafe\u0301 chat", true},
        {"cafe", "café", false},
        {"launch", "🚀launch🚀", true},
        {"pipeline", "pipe\xFFline", false},
        {"!!!", "!!!", false},
        {"deal", "", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(fires(RULE_ALWAYS_IMPORTANT, cases[i].pattern,
                            cases[i].subject) == cases[i].fires,
                      "\"%s\" on \"%s\"", cases[i].pattern, cases[i].subject);
}
END_TEST

START_TEST(a_phrase_never_spans_two_texts)
{
    add_rule(RULE_ALWAYS_IMPORTANT, "deal review");
    ck_assert_uint_eq(label_text("deal", "review")->fired_count, 0);
    ck_assert_uint_eq(label_text("review deal", "")->fired_count, 0);
    ck_assert_uint_eq(label_text("", "a deal review")->fired_count, 1);
}
END_TEST

START_TEST(any_keyword_of_a_priority)
{
    static const char *keywords[] = {"contract signing", "Q4", "…"};

    add_priority("Close", keywords, 3);
    ck_assert_uint_eq(label_text("Q4", "")->fired_count, 1);
    ck_assert_uint_eq(label_text("Contract signings", "")->fired_count, 1);
    ck_assert_uint_eq(label_text("Contract", "signing")->fired_count, 0);
}
END_TEST

START_TEST(a_megabyte_of_text)
{
    size_t size = 1024 * 1024;
    char *text = malloc(size + 1);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < size; i++)
        text[i] = "deal desk "[i % 10];
    memcpy(text + size - 12, " deal review", 12);
    text[size] = '\0';
    add_rule(RULE_ALWAYS_IMPORTANT, "deal review");
    add_rule(RULE_USUALLY_IMPORTANT, "review deal");
    ck_assert_uint_eq(label_text("", text)->fired_count, 1);
    memset(text, 'a', size);
    ck_assert_uint_eq(label_text("", text)->fired_count, 0);
    memset(text, '\'', size);
    ck_assert_uint_eq(label_text("", text)->fired_count, 0);
    for (size_t i = 0; i + 1 < size; i += 2)
        memcpy(text + i, "\u0301", 2);
    *text = 'e';
    ck_assert_uint_eq(label_text("", text)->fired_count, 0);
    free(text);
}
END_TEST

/* More words than the cache of words holds. */
START_TEST(many_different_words)
{
    char text[64];

    add_rule(RULE_ALWAYS_IMPORTANT, "pipeline review");
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "w%d pipelines v%d reviewing", i, i);
        ck_assert_uint_eq(label_text(text, "")->fired_count, 0);
        snprintf(text, sizeof text, "w%d pipelines reviewing", i);
        ck_assert_uint_eq(label_text(text, "")->fired_count, 1);
    }
}
END_TEST

/* --- the slow and obvious matcher --- */

enum { SLOW_WORDS = 64 };

struct stems {
    char at[SLOW_WORDS][WORD_BYTES + 1];
    size_t count;
};

static void read_stems(struct stemmer *stemmer, const char *text,
                       struct stems *stems)
{
    struct words words;
    struct word word;

    stems->count = 0;
    words_start(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        const char *stem;
        size_t length;
        ck_assert(stemmer_stem(stemmer, &word, &stem, &length, &fix.err));
        memcpy(stems->at[stems->count], stem, length);
        stems->at[stems->count++][length] = '\0';
    }
}

static bool slow_match(const struct stems *phrase, const struct stems *text)
{
    for (size_t start = 0; start + phrase->count <= text->count; start++) {
        size_t i = 0;
        while (i < phrase->count && !strcmp(phrase->at[i], text->at[start + i]))
            i++;
        if (i == phrase->count)
            return phrase->count > 0;
    }
    return false;
}

static const char *const parts[] = {
    "deal",   "deals",    "review", "Reviewing", "Q4",      "季度",
    "1:1",    "one",      "on",     "1",         "closing", "close",
    "custom", "customer", "café",   "ß",         "İ",       "API",
};
static const char *const gaps[] = {" ", " ", ", ", "-", "’s ", "\u2014", "."};

static const char *random_text(struct random *random, uint32_t longest)
{
    uint32_t count = 1 + random_below(random, longest);
    const char *text = "";

    for (uint32_t i = 0; text && i < count; i++) {
        const char *part =
            parts[random_below(random, sizeof parts / sizeof *parts)];
        const char *gap =
            gaps[random_below(random, sizeof gaps / sizeof *gaps)];
        text = arena_format(&fix.arena, &fix.err, "%s%s%s", text, part, gap);
    }
    return text;
}

START_TEST(agrees_with_a_slow_matcher)
{
    static struct stems phrases[20];
    static struct stems subject;
    static struct stems preview;
    struct stemmer *stemmer = stemmer_new(&fix.err);
    struct random random;

    random_start(&random, (uint64_t)_i, "slow", NULL);
    for (int i = 0; i < 20; i++) {
        const char *pattern = random_text(&random, 3);
        add_rule(RULE_ALWAYS_IMPORTANT, pattern);
        read_stems(stemmer, pattern, &phrases[i]);
    }
    for (int turn = 0; turn < 500; turn++) {
        const char *one = random_text(&random, 8);
        const char *two = random_text(&random, 8);
        size_t next = 0;
        read_stems(stemmer, one, &subject);
        read_stems(stemmer, two, &preview);
        label_text(one, two);
        for (size_t i = 0; i < 20; i++) {
            bool fast =
                next < fix.label.fired_count && fix.label.fired[next].rule == i;
            next += fast;
            ck_assert_msg(fast == (slow_match(&phrases[i], &subject) ||
                                   slow_match(&phrases[i], &preview)),
                          "\"%s\" on \"%s\" / \"%s\"", fix.rules[i].source, one,
                          two);
        }
    }
    stemmer_free(stemmer);
}
END_TEST

START_TEST(random_bytes)
{
    struct random random;

    random_start(&random, (uint64_t)_i, "bytes", NULL);
    for (int turn = 0; turn < 200; turn++) {
        char text[4][80];
        struct meeting_facts facts;
        struct rule_match *matches;
        size_t count;
        for (size_t i = 0; i < sizeof text; i++)
            text[i / 80][i % 80] = (char)(random_chance(&random, 60)
                                              ? 32 + random_below(&random, 96)
                                              : random_below(&random, 256));
        for (size_t i = 0; i < 4; i++)
            text[i][79] = '\0';
        fixture_forget();
        add_rule(RULE_ALWAYS_IMPORTANT, text[0]);
        add_rule(RULE_REQUIRES_PREP, text[0]);
        add_rule(RULE_CONDITIONAL, text[3]);
        facts = meeting(text[0], text[1]);
        facts.people = text[2];
        label_facts(&facts);
        ck_assert(ruleset_matches(fix.ruleset, &facts, &fix.arena, &matches,
                                  &count, &fix.err));
        reasoning();
    }
}
END_TEST

Suite *phrase_suite(void)
{
    Suite *suite = suite_create("phrase");
    TCase *tests = tcase_create("phrase");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, words_fire_by_stem);
    tcase_add_test(tests, a_phrase_never_spans_two_texts);
    tcase_add_test(tests, any_keyword_of_a_priority);
    tcase_add_test(tests, a_megabyte_of_text);
    tcase_add_test(tests, many_different_words);
    tcase_add_loop_test(tests, agrees_with_a_slow_matcher, 0, 10);
    tcase_add_loop_test(tests, random_bytes, 0, 8);
    suite_add_tcase(suite, tests);
    return suite;
}
