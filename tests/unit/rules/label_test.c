/* From rules to labels: the reference case, the decision, its properties. */
#include "fixture.h"

#include "datebook/random.h"

Suite *label_suite(void);

static const char *q4[] = {"Q4"};

START_TEST(reference_case)
{
    add_rule(RULE_ALWAYS_IMPORTANT, "pipeline");
    add_rule(RULE_ALWAYS_IMPORTANT, "quarter");
    add_priority("Close Q4 deals ($2M pipeline)", q4, 1);
    add_rule(RULE_REQUIRES_PREP,
             "Deal reviews with leadership (30 min: pipeline data, forecast "
             "accuracy, risk assessment)");
    label_text("Q4 Pipeline Review with VP Sales",
               "Quarterly pipeline review focusing on $2M in deals closing "
               "this quarter. Need updated forecast and risk assessment for "
               "all active opportunities.");
    ck_assert_int_eq(fix.label.importance, IMPORTANCE_CRITICAL);
    ck_assert_int_eq(fix.label.prep_minutes, 30);
    ck_assert_int_eq(fix.label.rsvp, RSVP_ACCEPT);
    ck_assert_str_eq(reasoning(),
                     "Always important: pipeline; Always important: quarter; "
                     "Matches priority: Close Q4 deals ($2M pipeline); "
                     "Requires prep: Deal reviews with leadership");
}
END_TEST

START_TEST(nothing_fired)
{
    add_rule(RULE_ALWAYS_IMPORTANT, "pipeline");
    label_text("Lunch", "");
    ck_assert_int_eq(fix.label.importance, IMPORTANCE_MEDIUM);
    ck_assert_int_eq(fix.label.prep_minutes, 0);
    ck_assert_int_eq(fix.label.rsvp, RSVP_TENTATIVE);
    ck_assert_uint_eq(fix.label.fired_count, 0);
    ck_assert_str_eq(reasoning(), "No specific rule matched");
}
END_TEST

START_TEST(persona_without_rules)
{
    label_text("Lunch", "");
    ck_assert_uint_eq(fix.label.fired_count, 0);
}
END_TEST

/* One word a kind; a subject is a choice of words. */
static const char *const word_of[RULE_KINDS] = {
    "aaa", "bbb", "ccc", "ddd",          "eee",          "fff",
    "ggg", "hhh", "iii", "jjj (60 min)", "kkk (45 min)", "lll",
};

static void add_word_rules(void)
{
    static const char *keywords[] = {"eee"};

    for (int kind = 0; kind < RULE_KINDS; kind++)
        if (kind == RULE_PRIORITY)
            add_priority("eee", keywords, 1);
        else
            add_rule((enum rule_kind)kind, word_of[kind]);
}

START_TEST(decision_table)
{
    static const struct {
        const char *subject;
        enum importance importance;
        int minutes;
        enum rsvp rsvp;
        const char *reasoning;
    } cases[] = {
        {"aaa bbb ccc ddd", IMPORTANCE_CRITICAL, 0, RSVP_ACCEPT,
         "Always important: aaa"},
        {"bbb ccc ddd", IMPORTANCE_HIGH, 0, RSVP_ACCEPT,
         "Usually important: bbb"},
        {"ccc ddd", IMPORTANCE_MEDIUM, 0, RSVP_TENTATIVE,
         "Sometimes important: ccc"},
        {"ddd", IMPORTANCE_LOW, 0, RSVP_DECLINE, "Rarely important: ddd"},
        {"ddd eee", IMPORTANCE_HIGH, 0, RSVP_ACCEPT, "Matches priority: eee"},
        {"ccc eee", IMPORTANCE_HIGH, 0, RSVP_ACCEPT, "Matches priority: eee"},
        {"bbb eee", IMPORTANCE_HIGH, 0, RSVP_ACCEPT,
         "Usually important: bbb; Matches priority: eee"},
        {"aaa eee", IMPORTANCE_CRITICAL, 0, RSVP_ACCEPT,
         "Always important: aaa; Matches priority: eee"},
        {"jjj", IMPORTANCE_MEDIUM, 60, RSVP_TENTATIVE, "Requires prep: jjj"},
        {"kkk", IMPORTANCE_MEDIUM, 0, RSVP_TENTATIVE,
         "No specific rule matched"},
        {"bbb kkk", IMPORTANCE_HIGH, 45, RSVP_ACCEPT,
         "Usually important: bbb; Optional prep: kkk"},
        {"bbb jjj kkk lll", IMPORTANCE_HIGH, 60, RSVP_ACCEPT,
         "Usually important: bbb; Requires prep: jjj; Optional prep: kkk"},
        {"kkk lll", IMPORTANCE_MEDIUM, 0, RSVP_TENTATIVE, "No prep: lll"},
        {"bbb kkk lll", IMPORTANCE_HIGH, 45, RSVP_ACCEPT,
         "Usually important: bbb; Optional prep: kkk"},
        {"fff ggg hhh iii", IMPORTANCE_MEDIUM, 0, RSVP_DECLINE,
         "No specific rule matched"},
        {"fff ggg hhh", IMPORTANCE_MEDIUM, 0, RSVP_ACCEPT,
         "No specific rule matched"},
        {"aaa ggg hhh", IMPORTANCE_CRITICAL, 0, RSVP_DECLINE,
         "Always important: aaa"},
        {"aaa ggg", IMPORTANCE_CRITICAL, 0, RSVP_TENTATIVE,
         "Always important: aaa"},
    };

    add_word_rules();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        label_text(cases[i].subject, "");
        ck_assert_int_eq(fix.label.importance, cases[i].importance);
        ck_assert_int_eq(fix.label.prep_minutes, cases[i].minutes);
        ck_assert_int_eq(fix.label.rsvp, cases[i].rsvp);
        ck_assert_str_eq(reasoning(), cases[i].reasoning);
    }
}
END_TEST

/* "a+ d-": the rules that fired, with their names and whether they decided. */
static const char *fired_text(void)
{
    static char text[256];
    char *at = text;

    *text = '\0';
    for (size_t i = 0; i < fix.label.fired_count; i++)
        at += snprintf(at, (size_t)(text + sizeof text - at), "%s%c ",
                       ruleset_name(fix.ruleset, fix.label.fired[i].rule),
                       fix.label.fired[i].decided ? '+' : '-');
    return text;
}

START_TEST(overruled_rules_are_kept)
{
    static const struct {
        const char *subject;
        const char *fired;
    } cases[] = {
        {"ddd ccc bbb aaa", "aaa+ bbb- ccc- ddd- "}, {"ccc eee", "ccc- eee+ "},
        {"iii fff hhh ggg", "fff- ggg- hhh- iii+ "}, {"kkk lll", "kkk- lll+ "},
        {"lll kkk jjj", "jjj+ kkk- lll- "},
    };

    add_word_rules();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        label_text(cases[i].subject, "");
        ck_assert_str_eq(fired_text(), cases[i].fired);
    }
}
END_TEST

START_TEST(reasons_stand_once)
{
    add_rule(RULE_ALWAYS_IMPORTANT, "demo");
    add_rule(RULE_ALWAYS_IMPORTANT, "demo");
    add_rule(RULE_REQUIRES_PREP, "Demos (30 min)");
    add_rule(RULE_REQUIRES_PREP, "Demos (60 min)");
    label_text("Demo", "");
    ck_assert_uint_eq(fix.label.fired_count, 4);
    ck_assert_int_eq(fix.label.prep_minutes, 60);
    ck_assert_str_eq(reasoning(),
                     "Always important: demo; Requires prep: Demos");
}
END_TEST

START_TEST(names_and_minutes_of_rules)
{
    add_rule(RULE_ALWAYS_IMPORTANT, "Deal (big)");
    add_priority("Close Q4 deals ($2M pipeline)", q4, 1);
    add_rule(RULE_REQUIRES_PREP, "  Board meetings  (2 hours) ");
    add_rule(RULE_REQUIRES_PREP, "Budget reviews");
    add_rule(RULE_OPTIONAL_PREP, "Skip-levels");
    add_rule(RULE_NO_PREP, "Standups (15 min)");
    compile_fixture();
    ck_assert_str_eq(ruleset_name(fix.ruleset, 0), "Deal (big)");
    ck_assert_str_eq(ruleset_name(fix.ruleset, 1),
                     "Close Q4 deals ($2M pipeline)");
    ck_assert_str_eq(ruleset_name(fix.ruleset, 2), "Board meetings");
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 0), 0);
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 2), 90);
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 3), 30);
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 4), 15);
    ck_assert_int_eq(ruleset_minutes(fix.ruleset, 5), 0);
    ck_assert_str_eq(importance_name(IMPORTANCE_CRITICAL), "critical");
    ck_assert_str_eq(importance_name(IMPORTANCE_LOW), "low");
    ck_assert_str_eq(rsvp_name(RSVP_TENTATIVE), "tentative");
}
END_TEST

START_TEST(priority_without_keywords_never_fires)
{
    add_priority("Pipeline", NULL, 0);
    ck_assert_uint_eq(label_text("Pipeline", "")->fired_count, 0);
}
END_TEST

START_TEST(a_label_leaves_no_trace_on_the_next)
{
    add_rule(RULE_ALWAYS_IMPORTANT, "deal review");
    ck_assert_uint_eq(label_text("deal", "review")->fired_count, 0);
    ck_assert_uint_eq(label_text("deal review", "")->fired_count, 1);
    ck_assert_uint_eq(label_text("deal", "")->fired_count, 0);
    ck_assert_uint_eq(label_text("review", "")->fired_count, 0);
}
END_TEST

/* --- properties over random rules and meetings --- */

static const char *const vocabulary[] = {"aaa", "bbb", "ccc", "ddd",
                                         "eee", "fff", "ggg", "hhh"};

static const char *random_text(struct random *random, uint32_t longest)
{
    uint32_t words = 1 + random_below(random, longest);
    const char *text = "";

    for (uint32_t i = 0; text && i < words; i++)
        text = arena_format(&fix.arena, &fix.err, "%s%s%s", text, i ? " " : "",
                            vocabulary[random_below(random, 8)]);
    return text;
}

static void add_random_rules(struct random *random, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum rule_kind kind = (enum rule_kind)random_below(random, RULE_KINDS);
        const char **keyword =
            arena_zero(&fix.arena, 1, sizeof *keyword, &fix.err);
        *keyword = random_text(random, 2);
        if (kind == RULE_PRIORITY)
            add_priority(*keyword, keyword, 1);
        else
            add_rule(kind, *keyword);
    }
}

START_TEST(order_within_a_level_does_not_matter)
{
    struct random random;

    random_start(&random, (uint64_t)_i, "order", NULL);
    add_random_rules(&random, 12);
    for (int turn = 0; turn < 20; turn++) {
        struct meeting_facts facts =
            meeting(random_text(&random, 5), random_text(&random, 9));
        struct label one = *label_facts(&facts);
        for (size_t i = 1; i < fix.count; i++)
            if (fix.rules[i - 1].kind == fix.rules[i].kind) {
                struct persona_rule rule = fix.rules[i];
                fix.rules[i] = fix.rules[i - 1];
                fix.rules[i - 1] = rule;
            }
        compile_fixture();
        label_facts(&facts);
        ck_assert_int_eq(one.importance, fix.label.importance);
        ck_assert_int_eq(one.prep_minutes, fix.label.prep_minutes);
        ck_assert_int_eq(one.rsvp, fix.label.rsvp);
        ck_assert_uint_eq(one.fired_count, fix.label.fired_count);
    }
}
END_TEST

/* What a rule of an importance kind promises at least, or at most. */
START_TEST(another_rule_never_lowers_importance)
{
    struct random random;

    random_start(&random, (uint64_t)_i, "monotone", NULL);
    for (int turn = 0; turn < 20; turn++) {
        struct meeting_facts facts =
            meeting(random_text(&random, 5), random_text(&random, 9));
        enum importance before;
        bool importance_fired;
        fixture_forget();
        add_random_rules(&random, 8);
        before = label_facts(&facts)->importance;
        importance_fired =
            fix.label.fired_count &&
            fix.persona.rules[fix.label.fired[0].rule].kind <= RULE_PRIORITY;
        add_rule((enum rule_kind)random_below(&random, 4),
                 random_text(&random, 1));
        compile_fixture();
        label_facts(&facts);
        /* Only "nothing fired" can give way to "rarely important". */
        if (importance_fired)
            ck_assert_int_ge(fix.label.importance, before);
    }
}
END_TEST

START_TEST(only_texts_and_facts_count)
{
    struct random random;

    random_start(&random, (uint64_t)_i, "other fields", NULL);
    add_random_rules(&random, 20);
    for (int turn = 0; turn < 20; turn++) {
        struct meeting_facts facts =
            meeting(random_text(&random, 5), random_text(&random, 9));
        struct label one = *label_facts(&facts);
        facts.start = 12345;
        facts.type = EVENT_EXCEPTION;
        facts.resources = 3;
        facts.required = 9;
        facts.optional = 4;
        label_facts(&facts);
        ck_assert_int_eq(one.importance, fix.label.importance);
        ck_assert_int_eq(one.prep_minutes, fix.label.prep_minutes);
        ck_assert_int_eq(one.rsvp, fix.label.rsvp);
        ck_assert_uint_eq(one.fired_count, fix.label.fired_count);
    }
}
END_TEST

/* Leaving a rule out is the same as not having it: whatever fires. */
START_TEST(without_a_rule)
{
    static const char *const subjects[] = {
        "aaa bbb ccc ddd eee fff ggg hhh iii jjj kkk lll",
        "aaa kkk",
        "bbb kkk jjj",
        "ccc eee kkk",
        "ddd fff iii",
        "eee",
        "ggg hhh lll",
        "jjj kkk lll",
        "none of them"};
    bool left_out[RULE_KINDS];
    struct label without;

    for (size_t s = 0; s < sizeof subjects / sizeof *subjects; s++)
        for (size_t gone = 0; gone < RULE_KINDS; gone++) {
            fixture_forget();
            add_word_rules();
            label_text(subjects[s], "");
            memset(left_out, 0, sizeof left_out);
            left_out[gone] = true;
            ruleset_without(fix.ruleset, &fix.label, left_out, &without);
            for (size_t i = gone; i + 1 < fix.count; i++)
                fix.rules[i] = fix.rules[i + 1];
            fix.count--;
            compile_fixture();
            label_text(subjects[s], "");
            ck_assert_int_eq(without.importance, fix.label.importance);
            ck_assert_int_eq(without.prep_minutes, fix.label.prep_minutes);
            ck_assert_int_eq(without.rsvp, fix.label.rsvp);
        }
}
END_TEST

Suite *label_suite(void)
{
    Suite *suite = suite_create("label");
    TCase *tests = tcase_create("label");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, reference_case);
    tcase_add_test(tests, nothing_fired);
    tcase_add_test(tests, persona_without_rules);
    tcase_add_test(tests, decision_table);
    tcase_add_test(tests, without_a_rule);
    tcase_add_test(tests, overruled_rules_are_kept);
    tcase_add_test(tests, reasons_stand_once);
    tcase_add_test(tests, names_and_minutes_of_rules);
    tcase_add_test(tests, priority_without_keywords_never_fires);
    tcase_add_test(tests, a_label_leaves_no_trace_on_the_next);
    tcase_add_loop_test(tests, order_within_a_level_does_not_matter, 0, 10);
    tcase_add_loop_test(tests, another_rule_never_lowers_importance, 0, 10);
    tcase_add_loop_test(tests, only_texts_and_facts_count, 0, 10);
    suite_add_tcase(suite, tests);
    return suite;
}
