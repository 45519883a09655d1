/* One answer of a reviewer, key by key. */
#include "src/cmd/answer.h"

#include "datebook/rules.h"

#include <check.h>
#include <stdlib.h>

static const char *const rules[] = {"Always important: pipeline",
                                    "Matches priority: Close deals"};

/* high, prep 30 minutes, accept; not blind */
static struct answer_terms seen_terms(void)
{
    return (struct answer_terms){
        .label = {IMPORTANCE_HIGH, 30, RSVP_ACCEPT},
        .rules = rules,
        .rule_count = 2,
    };
}

static struct answer_terms blind_terms(void)
{
    struct answer_terms terms = seen_terms();

    terms.blind = true;
    return terms;
}

/* "\n" is Enter, "\b" Backspace, "\033" Escape, "\004" the end. */
static struct key key_of(const char **keys)
{
    struct key key;
    size_t size = key_decode(*keys, strlen(*keys), true, &key);

    /* A lone Escape before another key. */
    if (**keys == '\033') {
        key = (struct key){KEY_ESCAPE, ""};
        size = 1;
    }
    *keys += size;
    return key;
}

/* Feeds keys; all but the last must leave it going on. */
static enum answer_result type(struct answer *answer, const char *keys)
{
    enum answer_result result = ANSWER_GOES_ON;

    while (*keys) {
        struct key key = key_of(&keys);
        ck_assert_int_eq(result, ANSWER_GOES_ON);
        result = answer_feed(answer, &key);
    }
    return result;
}

static void expect_prompt(const struct answer *answer, const char *text)
{
    struct buf prompt = BUF_EMPTY;

    answer_prompt(answer, &prompt);
    ck_assert_str_eq(buf_string(&prompt), text);
    buf_free(&prompt);
}

static void expect_opinion(const struct answer *answer, bool realistic,
                           int importance, int prep, int rsvp,
                           enum review_cause cause, const char *rule,
                           const char *note)
{
    struct opinion opinion = {.sample = "first"};

    answer_opinion(answer, &opinion);
    ck_assert_str_eq(opinion.sample, "first");
    ck_assert_int_eq(opinion.realistic, realistic);
    ck_assert_int_eq(opinion.says.importance, importance);
    ck_assert_int_eq(opinion.says.prep_minutes, prep);
    ck_assert_int_eq(opinion.says.rsvp, rsvp);
    ck_assert_int_eq(opinion.cause, cause);
    ck_assert_pstr_eq(opinion.rule, rule);
    ck_assert_str_eq(opinion.note, note);
    ck_assert_int_eq(opinion.blind, answer->terms.blind);
}

START_TEST(agreeing_takes_two_keys)
{
    struct answer_terms terms = seen_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    ck_assert(answer_shows_label(&answer));
    expect_prompt(&answer, "Is the meeting realistic? y yes, n no");
    ck_assert_int_eq(type(&answer, "y"), ANSWER_GOES_ON);
    expect_prompt(&answer, "And the label? a agree, c correct");
    ck_assert_int_eq(type(&answer, "a"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 30, RSVP_ACCEPT, CAUSE_NONE,
                   NULL, "");
}
END_TEST

START_TEST(a_correction_says_why)
{
    struct answer_terms terms = seen_terms();
    struct buf choices = BUF_EMPTY;
    struct answer answer;

    answer_start(&answer, &terms);
    type(&answer, "nc");
    expect_prompt(&answer, "Importance? 1 low, 2 medium, 3 high, 4 critical; "
                           "Enter: high");
    type(&answer, "1");
    expect_prompt(&answer, "Minutes to prepare? 0 for none; Enter: 30\n> ");
    type(&answer, "4x5");
    expect_prompt(&answer, "Minutes to prepare? 0 for none; Enter: 30\n> 45");
    type(&answer, "\b\b0\n");
    expect_prompt(&answer,
                  "RSVP? a accept, t tentative, d decline; Enter: accept");
    type(&answer, "D");
    expect_prompt(&answer,
                  "Why? w a rule is wrong, e an exception; Enter: not said");
    type(&answer, "w");
    expect_prompt(&answer,
                  "Which rule is wrong? Its number above; 0 none of these");
    answer_choices(&answer, &choices);
    ck_assert_str_eq(buf_string(&choices),
                     " 1 Always important: pipeline\n"
                     " 2 Matches priority: Close deals\n");
    buf_free(&choices);
    type(&answer, "7");
    ck_assert_str_eq(answer.remark, "There is no rule of that number.");
    ck_assert_int_eq(type(&answer, "2"), ANSWER_GIVEN);
    expect_opinion(&answer, false, IMPORTANCE_LOW, 0, RSVP_DECLINE, CAUSE_RULE,
                   rules[1], "");
}
END_TEST

START_TEST(other_causes)
{
    struct answer_terms terms = seen_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    ck_assert_int_eq(type(&answer, "yc4\n\ne"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_CRITICAL, 30, RSVP_ACCEPT,
                   CAUSE_EXCEPTION, NULL, "");
    answer_start(&answer, &terms);
    ck_assert_int_eq(type(&answer, "yc\n\nt\n"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 30, RSVP_TENTATIVE,
                   CAUSE_NONE, NULL, "");
    answer_start(&answer, &terms);
    ck_assert_int_eq(type(&answer, "yc\n20\n\nw0"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 20, RSVP_ACCEPT, CAUSE_RULE,
                   NULL, "");
    terms.rule_count = 0; /* nothing to choose from */
    answer_start(&answer, &terms);
    ck_assert_int_eq(type(&answer, "yc\n20\n\nw"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 20, RSVP_ACCEPT, CAUSE_RULE,
                   NULL, "");
}
END_TEST

START_TEST(a_correction_of_nothing_agrees)
{
    struct answer_terms terms = seen_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    ck_assert_int_eq(type(&answer, "yc3\na"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 30, RSVP_ACCEPT, CAUSE_NONE,
                   NULL, "");
    /* A cause that was said, taken back with its correction. */
    answer_start(&answer, &terms);
    ck_assert_int_eq(type(&answer, "yc2\n\nw\033\033\033\0333\n\n"),
                     ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 30, RSVP_ACCEPT, CAUSE_NONE,
                   NULL, "");
}
END_TEST

START_TEST(escape_goes_back)
{
    struct answer_terms terms = seen_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    type(&answer, "\033");
    ck_assert_int_eq(answer.stage, ANSWER_REALISTIC);
    type(&answer, "nc42\033");
    ck_assert_int_eq(answer.stage, ANSWER_IMPORTANCE);
    expect_prompt(&answer, "Importance? 1 low, 2 medium, 3 high, 4 critical; "
                           "Enter: critical");
    type(&answer, "\b");
    ck_assert_int_eq(answer.stage, ANSWER_AGREES);
    type(&answer, "\b");
    ck_assert_int_eq(answer.stage, ANSWER_REALISTIC);
    /* To agree is to say what the label says, whatever was corrected before. */
    ck_assert_int_eq(type(&answer, "ya"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 30, RSVP_ACCEPT, CAUSE_NONE,
                   NULL, "");
}
END_TEST

START_TEST(blind_says_all_and_then_sees)
{
    struct answer_terms terms = blind_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    type(&answer, "y");
    expect_prompt(&answer, "Importance? 1 low, 2 medium, 3 high, 4 critical");
    type(&answer, "\n");
    ck_assert_str_eq(answer.remark,
                     "It has to be said: the label is not shown before.");
    type(&answer, "3\n");
    ck_assert_str_eq(answer.remark,
                     "It has to be said: the label is not shown before.");
    ck_assert(!answer_shows_label(&answer));
    ck_assert_int_eq(type(&answer, "15\nt"), ANSWER_REVEALS);
    ck_assert(answer_shows_label(&answer));
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 15, RSVP_TENTATIVE,
                   CAUSE_NONE, NULL, "");
    expect_prompt(&answer,
                  "The label is high, prep 30 minutes, accept; you say high, "
                  "prep 15 minutes, tentative.\n"
                  "Enter goes on, w a rule is wrong, e an exception, o note");
    type(&answer, "\033");
    ck_assert_str_eq(answer.remark,
                     "The label was shown: what was said of it stays.");
    type(&answer, "s");
    ck_assert_str_eq(answer.remark,
                     "The label was shown: Enter goes on first.");
    type(&answer, "w1");
    expect_prompt(&answer,
                  "The label is high, prep 30 minutes, accept; you say high, "
                  "prep 15 minutes, tentative: a rule is wrong: Always "
                  "important: pipeline.\n"
                  "Enter goes on, w a rule is wrong, e an exception, o note");
    ck_assert_int_eq(type(&answer, "owhy?\n\n"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 15, RSVP_TENTATIVE,
                   CAUSE_RULE, rules[0], "why?");
}
END_TEST

START_TEST(blind_and_of_the_same_mind)
{
    struct answer_terms terms = blind_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    type(&answer, "y330\na");
    expect_prompt(&answer, "The label says the same. Enter goes on, o note");
    type(&answer, "w");
    ck_assert_str_eq(answer.remark,
                     "That key means nothing here; ? lists the keys.");
    ck_assert_int_eq(type(&answer, "q"), ANSWER_GIVEN_AND_QUIT);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 30, RSVP_ACCEPT, CAUSE_NONE,
                   NULL, "");
}
END_TEST

/* No letter of a note is a key, and no note is lost by looking at it. */
START_TEST(notes)
{
    struct answer_terms terms = seen_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    type(&answer, "yo  qs? Zürich \346\227\245\b?  ");
    expect_prompt(&answer,
                  "Note (Enter keeps it, Esc drops it):\n>   qs? Zürich ?  ");
    type(&answer, "\n");
    ck_assert_str_eq(answer.note, "qs? Zürich ?");
    type(&answer, "oxx\033");
    ck_assert_str_eq(answer.note, "qs? Zürich ?");
    type(&answer, "o\025\n");
    ck_assert_str_eq(answer.note, "");
    type(&answer, "oyes\n");
    ck_assert_int_eq(type(&answer, "a"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_HIGH, 30, RSVP_ACCEPT, CAUSE_NONE,
                   NULL, "yes");
}
END_TEST

START_TEST(a_note_has_an_end)
{
    struct answer_terms terms = seen_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    type(&answer, "o");
    for (int i = 0; i < REVIEW_NOTE - 1; i++)
        type(&answer, "a");
    type(&answer, "ü"); /* two bytes, and there is room for one */
    ck_assert_str_eq(answer.remark, "The note is as long as it can be.");
    ck_assert_uint_eq(strlen(answer.typed), REVIEW_NOTE - 1);
    type(&answer, "z");
    ck_assert_ptr_null(answer.remark);
    type(&answer, "z\n");
    ck_assert_uint_eq(strlen(answer.note), REVIEW_NOTE);
}
END_TEST

START_TEST(common_keys)
{
    static const struct {
        const char *keys;
        enum answer_result result;
    } cases[] = {
        {"s", ANSWER_SKIP},          {"u", ANSWER_UNDO},
        {"q", ANSWER_QUIT},          {"\004", ANSWER_QUIT},
        {"?", ANSWER_HELP},          {" ", ANSWER_NEXT_PAGE},
        {"b", ANSWER_PAGE_BACK},     {"ycS", ANSWER_SKIP},
        {"yc4 ", ANSWER_NEXT_PAGE},  {"yc41q", ANSWER_QUIT},
        {"ohello\004", ANSWER_QUIT},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer_terms terms = seen_terms();
        struct answer answer;
        answer_start(&answer, &terms);
        ck_assert_int_eq(type(&answer, cases[i].keys), cases[i].result);
    }
}
END_TEST

START_TEST(minutes_have_an_end)
{
    struct answer_terms terms = seen_terms();
    struct answer answer;

    answer_start(&answer, &terms);
    type(&answer, "yc3241\n");
    ck_assert_str_eq(answer.remark, "0 minutes, or 5 to 240.");
    ck_assert_int_eq(answer.stage, ANSWER_PREP);
    type(&answer, "99999");
    ck_assert_str_eq(answer.typed, "9999");
    type(&answer, "\0254\n");
    ck_assert_str_eq(answer.remark, "0 minutes, or 5 to 240.");
    type(&answer, "240\n");
    ck_assert_int_eq(answer.says.prep_minutes, 240);
}
END_TEST

START_TEST(opinions_can_be_taken_whole)
{
    struct answer_terms terms = seen_terms();
    const struct opinion ann = {.reviewer = "ann",
                                .realistic = false,
                                .says = {IMPORTANCE_LOW, 0, RSVP_DECLINE},
                                .cause = CAUSE_EXCEPTION,
                                .note = "hers"};
    const struct opinion ben = {.reviewer = "ben",
                                .realistic = true,
                                .says = {IMPORTANCE_HIGH, 30, RSVP_ACCEPT}};
    const struct opinion *choices[] = {&ann, &ben};
    struct answer answer;

    terms.choices = choices;
    terms.choice_count = 2;
    answer_start(&answer, &terms);
    expect_prompt(&answer,
                  "Is the meeting realistic? y yes, n no, 1 as ann, 2 as ben");
    type(&answer, "3");
    ck_assert_str_eq(answer.remark,
                     "That key means nothing here; ? lists the keys.");
    ck_assert_int_eq(type(&answer, "1"), ANSWER_GIVEN);
    expect_opinion(&answer, false, IMPORTANCE_LOW, 0, RSVP_DECLINE,
                   CAUSE_EXCEPTION, NULL, "");
    answer_start(&answer, &terms);
    type(&answer, "y");
    expect_prompt(&answer,
                  "And the label? a agree, c correct, 1 as ann, 2 as ben");
    ck_assert_int_eq(type(&answer, "1"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_LOW, 0, RSVP_DECLINE,
                   CAUSE_EXCEPTION, NULL, "");
}
END_TEST

START_TEST(more_rules_than_digits)
{
    const char *many[12];
    struct answer_terms terms = seen_terms();
    struct answer answer;

    for (size_t i = 0; i < 12; i++)
        many[i] = "Always important: tea";
    many[11] = "Rarely important: coffee";
    terms.rules = many;
    terms.rule_count = 12;
    answer_start(&answer, &terms);
    type(&answer, "yc1\n\nw13\n");
    ck_assert_str_eq(answer.remark, "There is no rule of that number.");
    ck_assert_int_eq(type(&answer, "12\n"), ANSWER_GIVEN);
    expect_opinion(&answer, true, IMPORTANCE_LOW, 30, RSVP_ACCEPT, CAUSE_RULE,
                   many[11], "");
}
END_TEST

/* Whatever keys come, in whatever order, it stays within its bounds. */
START_TEST(any_keys_at_all)
{
    static const char letters[] = "ynac1234t dwe0\n\033\bosuq?x9\025";
    struct answer_terms terms = _i % 2 ? blind_terms() : seen_terms();
    unsigned state = (unsigned)_i * 2654435761U + 1;
    struct answer answer;

    answer_start(&answer, &terms);
    for (int i = 0; i < 3000; i++) {
        const char *at;
        struct key key;
        enum answer_result result;
        state = state * 1664525U + 1013904223U;
        at = &letters[(state >> 16) % (sizeof letters - 1)];
        key = key_of(&at);
        result = answer_feed(&answer, &key);
        ck_assert_int_ge(answer.says.importance, IMPORTANCE_LOW);
        ck_assert_int_le(answer.says.importance, IMPORTANCE_CRITICAL);
        ck_assert_int_ge(answer.says.prep_minutes, 0);
        ck_assert_int_le(answer.says.prep_minutes, 240);
        if (result == ANSWER_GIVEN || result == ANSWER_GIVEN_AND_QUIT) {
            ck_assert_int_eq(answer.stage, ANSWER_FINISHED);
            ck_assert(answer.cause == CAUSE_NONE ||
                      !review_values_same(&answer.says, &terms.label));
            ck_assert(!answer.rule || answer.cause == CAUSE_RULE);
            answer_start(&answer, &terms);
        }
    }
}
END_TEST

Suite *answer_suite(void);

Suite *answer_suite(void)
{
    Suite *suite = suite_create("answer");
    TCase *tests = tcase_create("answer");

    tcase_add_test(tests, agreeing_takes_two_keys);
    tcase_add_test(tests, a_correction_says_why);
    tcase_add_test(tests, other_causes);
    tcase_add_test(tests, a_correction_of_nothing_agrees);
    tcase_add_test(tests, escape_goes_back);
    tcase_add_test(tests, blind_says_all_and_then_sees);
    tcase_add_test(tests, blind_and_of_the_same_mind);
    tcase_add_test(tests, notes);
    tcase_add_test(tests, a_note_has_an_end);
    tcase_add_test(tests, common_keys);
    tcase_add_test(tests, minutes_have_an_end);
    tcase_add_test(tests, opinions_can_be_taken_whole);
    tcase_add_test(tests, more_rules_than_digits);
    tcase_add_loop_test(tests, any_keys_at_all, 0, 20);
    suite_add_tcase(suite, tests);
    return suite;
}
