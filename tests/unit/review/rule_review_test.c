/* What opinions say of rules, and what the labels would be without them: held
 * against labels that are really made without the rule. */
#include "reviewing.h"

#include "datebook/reviewed.h"
#include "datebook/rule_review.h"

Suite *rule_review_suite(void);

#define P_RULES(always)                                                        \
    PERSONA("p", ",\"importance_criteria\":{\"always_important\":[" always     \
                 "],\"usually_important\":[\"demo\"]},"                        \
                 "\"prep_time_needs\":{\"requires_prep\":[\"Quarter (45 "      \
                 "min)\"],\"optional_prep\":[{\"any\":[\"demo\"],"             \
                 "\"external\":false,\"minutes\":20,\"name\":\"Demos\"}]},"    \
                 "\"rsvp_rules\":{\"always_decline\":[\"Lunch\"]}")

static struct reviewed_rule *rules;
static size_t count;

static void put_sample(const char *name, const char *const *ids, size_t number)
{
    const struct sample sample = {.name = name,
                                  .version = 1,
                                  .terms = {.count = (int64_t)number},
                                  .meetings = ids,
                                  .count = number};

    MUST(run_put_sample(fix.run, &fix.arena, &sample, &fix.err));
}

/* Meetings m1 … m6 of persona p, q1 of persona q, and two samples. */
static void rules_setup(void)
{
    static const char *const ids[] = {"m1", "m2", "m3", "m4", "q1", "gone"};
    static const char *const others[] = {"m1", "m5"};

    store_setup();
    begin();
    put_document(P_RULES("\"board\",\"pipeline\""));
    put_document(PERSONA("q", ALWAYS("\"board\"")));
    add_subject("p", "m1", "board pipeline", "");
    add_subject("p", "m2", "pipeline quarter", "");
    add_subject("p", "m3", "demo", "");
    add_subject("p", "m4", "lunch", "");
    add_subject("p", "m5", "pipeline", "");
    add_subject("p", "m6", "pipeline demo", "");
    add_subject("q", "q1", "board", "");
    ck_assert(commit());
    begin();
    put_sample("first", ids, 6);
    put_sample("other", others, 2);
    ck_assert(commit());
}

static struct opinion seen(const char *sample, const char *who, const char *id)
{
    struct stored_label label;
    int64_t key;

    MUST(meeting_find(fix.store, id, &key, &fix.err));
    label = label_of(key);
    return (struct opinion){
        .sample = sample,
        .reviewer = who,
        .meeting = id,
        .persona = *id == 'q' ? "q" : "p",
        .version = 1,
        .seen = {{label.importance, label.prep_minutes, label.rsvp},
                 reasoning_of(&label)},
        .realistic = true,
        .says = {label.importance, label.prep_minutes, label.rsvp},
        .note = ""};
}

static void put_opinion(const struct opinion *opinion)
{
    begin();
    MUST(run_put_opinion(fix.run, &fix.arena, opinion, &fix.err));
    ck_assert(commit());
}

static void agree(const char *who, const char *id)
{
    struct opinion opinion = seen("first", who, id);

    put_opinion(&opinion);
}

static void lower(const char *who, const char *id, enum review_cause cause,
                  const char *rule)
{
    struct opinion opinion = seen("first", who, id);

    opinion.says.importance = IMPORTANCE_LOW;
    opinion.cause = cause;
    opinion.rule = rule;
    put_opinion(&opinion);
}

static void review_rules(const char *sample, size_t limit)
{
    MUST(rule_review(fix.store, &fix.arena, head(), sample, limit, NULL, &rules,
                     &count, &fix.err));
}

/* A rule as a line: "p|Always important: board 1 of 2, 1 wrong, 0 exceptions;
 * 3 labels, 2 of 6 change". */
static const char *rule(size_t at)
{
    const struct reviewed_rule *own = &rules[at];

    ck_assert_uint_lt(at, count);
    return arena_format(
        &fix.arena, &fix.err,
        "%s|%s %lld of %lld, %lld wrong, %lld exceptions; %lld labels, %lld "
        "of %lld change",
        own->persona, own->reason, (long long)own->corrected,
        (long long)own->judged, (long long)own->blamed,
        (long long)own->exceptions, (long long)own->labels,
        (long long)own->would_change, (long long)own->persona_labels);
}

START_TEST(nothing_was_corrected)
{
    review_rules(NULL, 0);
    ck_assert_uint_eq(count, 0);
    agree("ann", "m1");
    review_rules(NULL, 0);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_rule_is_blamed_by_name_or_alone)
{
    agree("bo", "m2");
    lower("ann", "m1", CAUSE_RULE, "Always important: pipeline");
    lower("ann", "m2", CAUSE_RULE, NULL);
    lower("ann", "q1", CAUSE_EXCEPTION, NULL);
    review_rules(NULL, 0);
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(rule(0), "p|Always important: pipeline 2 of 3, 2 wrong, 0 "
                              "exceptions; 4 labels, 3 of 6 change");
    ck_assert_str_eq(rule(1), "p|Always important: board 1 of 1, 0 wrong, 0 "
                              "exceptions; 1 labels, 0 of 6 change");
    ck_assert_str_eq(rule(2), "q|Always important: board 1 of 1, 0 wrong, 1 "
                              "exceptions; 1 labels, 1 of 1 change");
}
END_TEST

/* Of several rules that decided, none is blamed by a person who names none. */
START_TEST(nobody_is_blamed_by_guess)
{
    lower("ann", "m1", CAUSE_RULE, NULL);
    review_rules(NULL, 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rules[0].blamed, 0);
    ck_assert_int_eq(rules[1].blamed, 0);
}
END_TEST

/* Only rules of what was corrected: the minutes, here, and the answer. */
START_TEST(a_correction_is_of_what_a_rule_decides)
{
    struct opinion prep = seen("first", "ann", "m2");
    struct opinion answer = seen("first", "ann", "m4");

    prep.says.prep_minutes = 0;
    prep.cause = CAUSE_RULE;
    put_opinion(&prep);
    answer.says.rsvp = RSVP_ACCEPT;
    answer.cause = CAUSE_EXCEPTION;
    put_opinion(&answer);
    review_rules(NULL, 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rule(0), "p|Requires prep: Quarter 1 of 1, 1 wrong, 0 "
                              "exceptions; 1 labels, 1 of 6 change");
    ck_assert_str_eq(rule(1), "p|Always decline: Lunch 1 of 1, 0 wrong, 1 "
                              "exceptions; 1 labels, 1 of 6 change");
}
END_TEST

/* Without "demo" m3 is medium, and its optional preparation does not count; m6
 * is critical all the same. */
START_TEST(what_hangs_on_a_rule_changes_too)
{
    struct opinion prep = seen("first", "ann", "m3");

    prep.says.prep_minutes = 0;
    prep.says.importance = IMPORTANCE_LOW;
    prep.cause = CAUSE_RULE;
    prep.rule = "Optional prep: Demos";
    put_opinion(&prep);
    review_rules("first", 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rule(0), "p|Optional prep: Demos 1 of 1, 1 wrong, 0 "
                              "exceptions; 2 labels, 2 of 6 change");
    ck_assert_str_eq(rule(1), "p|Usually important: demo 1 of 1, 0 wrong, 0 "
                              "exceptions; 1 labels, 1 of 6 change");
}
END_TEST

START_TEST(samples_and_limits)
{
    struct opinion other = seen("other", "bo", "m5");

    lower("ann", "m1", CAUSE_RULE, "Always important: board");
    other.says.importance = IMPORTANCE_LOW;
    other.cause = CAUSE_RULE;
    put_opinion(&other);
    review_rules("first", 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rules[0].reason, "Always important: board");
    review_rules("other", 0);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rules[0].judged, 1);
    review_rules(NULL, 1);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rules[0].reason, "Always important: pipeline");
    ck_assert_int_eq(rules[0].corrected, 2);
    MUST_HINT(rule_review(fix.store, &fix.arena, head(), "frist", 0, NULL,
                          &rules, &count, &fix.err),
              ERROR_INPUT, "there is no sample \"frist\"",
              "did you mean \"first\"?");
}
END_TEST

START_TEST(decisions_count)
{
    struct opinion decision = seen("first", "dee", "m1");

    agree("ann", "m1");
    decision.decision = true;
    decision.says.importance = IMPORTANCE_HIGH;
    decision.cause = CAUSE_EXCEPTION;
    put_opinion(&decision);
    review_rules(NULL, 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rule(0), "p|Always important: board 1 of 2, 0 wrong, 1 "
                              "exceptions; 1 labels, 0 of 6 change");
    ck_assert_int_eq(rules[1].exceptions, 1);
}
END_TEST

/* An edit that is not relabelled yet: what it changes counts as well, and a
 * rule that is gone is told so. */
START_TEST(a_rule_that_is_gone)
{
    lower("ann", "m1", CAUSE_RULE, "Always important: board");
    edit(P_RULES("\"pipeline\""));
    review_rules(NULL, 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rule(0), "p|Always important: board 1 of 1, 1 wrong, 0 "
                              "exceptions; 1 labels, -1 of 6 change");
    ck_assert_str_eq(rule(1), "p|Always important: pipeline 1 of 1, 0 wrong, 0 "
                              "exceptions; 4 labels, 4 of 6 change");
}
END_TEST

/* The number of labels that a relabel without the rule changes. */
START_TEST(it_is_what_relabelling_does)
{
    struct relabel_result result;
    const struct noun_counts *labels;
    struct noun_counts counts;

    lower("ann", "m2", CAUSE_RULE, NULL);
    review_rules(NULL, 0);
    ck_assert_str_eq(rules[0].reason, "Always important: pipeline");
    edit(P_RULES("\"board\""));
    begin();
    MUST(dataset_relabel(fix.run, fix.store, &fix.arena, persona_now("p"), 1,
                         NULL, &result, &fix.err));
    counts = run_counts(fix.run, NOUN_LABEL);
    labels = &counts;
    /* m1 keeps its values and loses a reason. */
    ck_assert_int_eq(labels->changed, rules[0].would_change + 1);
    run_abandon(fix.run);
    fix.run = NULL;
}
END_TEST

/* ---- Settled labels, from the store ---- */

START_TEST(settled_labels_are_loaded)
{
    struct opinion decision = seen("first", "dee", "m1");
    struct reviewed reviewed;
    const struct reviewed_label *label;
    int64_t key;

    agree("ann", "m2");
    agree("bo", "m2");
    decision.decision = true;
    decision.says.importance = IMPORTANCE_HIGH;
    decision.cause = CAUSE_EXCEPTION;
    decision.note = "A dry run";
    put_opinion(&decision);
    MUST(reviewed_load(fix.store, &fix.arena, head(), &reviewed, &fix.err));
    ck_assert_uint_eq(reviewed.count, 2);
    ck_assert_int_eq(reviewed.outdated, 0);
    MUST(meeting_find(fix.store, "m1", &key, &fix.err));
    label = reviewed_find(&reviewed, key);
    ck_assert_ptr_nonnull(label);
    ck_assert(label->corrected);
    ck_assert_str_eq(label->note, "A dry run");
    ck_assert_str_eq(label->sample, "first");
    MUST(meeting_find(fix.store, "m2", &key, &fix.err));
    ck_assert(!reviewed_find(&reviewed, key)->corrected);
    /* As of a version before there were any. */
    MUST(reviewed_load(fix.store, &fix.arena, 1, &reviewed, &fix.err));
    ck_assert_uint_eq(reviewed.count, 0);
}
END_TEST

Suite *rule_review_suite(void)
{
    Suite *suite = suite_create("rule_review");
    TCase *tcase = tcase_create("rule_review");

    tcase_add_checked_fixture(tcase, rules_setup, store_teardown);
    tcase_add_test(tcase, nothing_was_corrected);
    tcase_add_test(tcase, a_rule_is_blamed_by_name_or_alone);
    tcase_add_test(tcase, nobody_is_blamed_by_guess);
    tcase_add_test(tcase, a_correction_is_of_what_a_rule_decides);
    tcase_add_test(tcase, what_hangs_on_a_rule_changes_too);
    tcase_add_test(tcase, samples_and_limits);
    tcase_add_test(tcase, decisions_count);
    tcase_add_test(tcase, a_rule_that_is_gone);
    tcase_add_test(tcase, it_is_what_relabelling_does);
    tcase_add_test(tcase, settled_labels_are_loaded);
    suite_add_tcase(suite, tcase);
    return suite;
}
