/* Described rules: heads, concepts and minutes. */
#include "fixture.h"

Suite *described_suite(void);

/* A head, a subject, and whether a rule of that head fires on it. */
struct head_case {
    const char *head;
    const char *subject;
    bool fires;
};

static void check_cases(enum rule_kind kind, const struct head_case *cases,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(fires(kind, cases[i].head, cases[i].subject) ==
                          cases[i].fires,
                      "\"%s\" on \"%s\"", cases[i].head, cases[i].subject);
}

#define CHECK_CASES(kind, cases)                                               \
    check_cases(kind, cases, sizeof(cases) / sizeof *(cases))

START_TEST(every_content_word_in_any_order)
{
    static const struct head_case cases[] = {
        {"Deal reviews", "Review of the Acme deal", true},
        {"Deal reviews", "Deal desk", false},
        {"The deal review meetings", "deal review", true},
        {"Any calls", "Call with anyone", false},
        {"", "Deal", false},
        {"(30 min)", "30 min", false},
        {"Budget and headcount planning", "Headcount: planning the budget",
         true},
        {"Budget and headcount planning", "Budget planning", false},
        {"Performance calibration", "Calibration (performance)", true},
        {"Reviews (with leadership)", "Design review", true},
        {"Reviews （with leadership）", "Design review", true},
        {"QBRs – Contoso", "Contoso QBR", true},
        {"客户会议", "讨论客户会议", true},
        {"客户会议", "客户的会议", false},
    };

    CHECK_CASES(RULE_ALWAYS_ACCEPT, cases);
}
END_TEST

START_TEST(alternatives)
{
    static const struct head_case cases[] = {
        {"Board or investor updates", "Board dinner", true},
        {"Board or investor updates", "Investor update", true},
        {"Board or investor updates", "Investor dinner", false},
        {"Board, investor, or partner meetings", "Partner lunch", true},
        {"Board; investor", "Investor", true},
        {"Board / investor", "Investor", true},
        {"Pipeline/forecast reviews", "Forecast review", true},
        {"Pipeline/forecast reviews", "Pipeline review", true},
        {"Pipeline/forecast reviews", "Pipeline/forecast", false},
        {"Pipeline/forecast reviews", "Hiring review", false},
        {"Calls or demos", "Demo", true},
        {"Calls or demos", "Call", false},
        {"Demo/call", "Call", false},
        {"Demo/call", "Demo", true},
        {"Interviews and/or debriefs", "Debrief", true},
        {"A/B tests", "A/B test readout", true},
        {"A/B tests", "A test of plan B", false},
        {"CI/CD reviews", "CD review", true},
        {"R&D reviews", "R & D review", true},
        {"R&D reviews", "Review of d and r", false},
        {"Skip-level/1:1", "Skip level", true},
        {"Skip-level/1:1", "1-on-1", true},
        {"C-level/board reviews", "Review with the CFO", true},
        {"C-level/board reviews", "Board review", true},
    };

    CHECK_CASES(RULE_ALWAYS_ACCEPT, cases);
}
END_TEST

START_TEST(prepositions_divide)
{
    static const struct head_case cases[] = {
        {"Deal reviews with finance or procurement", "Deal review, procurement",
         true},
        {"Deal reviews with finance or procurement", "Procurement", false},
        {"Deal reviews with finance or procurement", "Deal review", false},
        {"Planning or budgeting for marketing", "Marketing budget", true},
        {"Planning or budgeting for marketing", "Budget", false},
        {"Reviews w/ finance", "Finance review", true},
        {"Reviews w/ finance", "Review", false},
        {"Reviews w/finance", "Review", false},
        {"Meetings about pricing", "Pricing", true},
        {"Meetings on call quality", "call quality", false},
        {"Meetings on pricing", "Pricing", true},
    };

    CHECK_CASES(RULE_ALWAYS_ACCEPT, cases);
}
END_TEST

START_TEST(compounds_stay_whole)
{
    static const struct head_case cases[] = {
        {"All-hands", "All hands: Q3 results", true},
        {"All-hands", "All of us shake hands", false},
        {"Company all-hands meetings", "Company town hall", true},
        {"Company all-hands meetings", "Company picnic", false},
        {"Off-sites", "Team offsite", true},
        {"Skip-level meetings", "Skip level with Ana", true},
        {"Skip-level meetings", "Level up: skip the line", false},
        {"Customer-facing demos", "Demo for a customer", false},
        {"Customer-facing demos", "Demo, customer facing", true},
        {"Non-customer meetings", "Customer visit", false},
        {"Cross-functional planning", "Planning, cross functional", true},
        {"Ad hoc requests", "Request (ad-hoc)", true},
        {"Ad hoc requests", "Request: hoc", false},
        {"On-call reviews", "Oncall review", true},
        {"No-agenda syncs", "Sync, no agenda", true},
        {"No-agenda syncs", "Sync", false},
        {"1:1s", "One-on-one: Ana / Bo", true},
        {"One-on-ones", "1:1 Ana", true},
        {"1:1s", "Version 1.1", false},
    };

    CHECK_CASES(RULE_ALWAYS_ACCEPT, cases);
}
END_TEST

START_TEST(negations)
{
    static const struct head_case cases[] = {
        {"Status meetings without agenda", "Status", true},
        {"Status meetings without agenda", "Status (agenda inside)", false},
        {"Meetings without an agenda", "Lunch", false},
        {"Status updates with no agenda or notes", "Status update, notes",
         false},
        {"Status updates w/o agenda", "Status update", true},
        {"Status updates w/o agenda", "Status update: agenda", false},
        {"Trainings unless required by legal", "Training, required", true},
        {"Trainings unless required by legal", "Legal: required training",
         false},
        {"Demos with no budget and no sponsor", "Demo", true},
        {"Demos with no budget and no sponsor", "Demo, sponsor here", false},
        {"Demos with no budget and no sponsor", "Demo, budget here", false},
    };

    CHECK_CASES(RULE_ALWAYS_DECLINE, cases);
}
END_TEST

START_TEST(conditions)
{
    static const struct head_case tentative[] = {
        {"Vendor demos if budget is approved", "Vendor demo", true},
        {"Vendor demos when relevant", "Vendor demo", true},
    };
    static const struct head_case others[] = {
        {"Vendor demos if budget is approved", "Vendor demo", false},
        {"Vendor demos if budget is approved", "Vendor demo: approved budget",
         true},
    };

    CHECK_CASES(RULE_CONDITIONAL, tentative);
    CHECK_CASES(RULE_ALWAYS_ACCEPT, others);
}
END_TEST

START_TEST(concepts_stand_for_their_members)
{
    static const struct head_case cases[] = {
        {"Reviews with leadership", "Review with VP Sales", true},
        {"Reviews with leadership", "Review with the vice-president", true},
        {"Reviews with leadership", "Review with our directors", true},
        {"Reviews with leadership", "C-suite review", true},
        {"Reviews with leadership", "Leadership review", true},
        {"Reviews with leadership", "Review: execution", false},
        {"Reviews with leadership", "Review after Presidents' Day, vice squad",
         false},
        {"Reviews with leadership", "Review directory", false},
        {"Customer calls", "Client call", true},
        {"Customer calls", "Clientele", false},
        {"Customer calls", "Custom dashboards", false},
        {"1:1s with direct reports", "1:1, direct report Bo", true},
        {"1:1s with direct reports", "1:1 about a report", false},
        {"Team meetings", "Squad planning", true},
        {"QBRs", "Quarterly business review", true},
        {"Board meetings", "Onboarding", false},
        {"Board meetings", "Boarding pass", false},
    };

    CHECK_CASES(RULE_REQUIRES_PREP, cases);
}
END_TEST

/* The tables of docs/rules.md. */
START_TEST(documented_examples)
{
    static const struct head_case cases[] = {
        {"Deal reviews with leadership", "Review of the Acme deal: Jo Park, VP",
         true},
        {"Deal reviews with leadership", "Deal review", false},
        {"Deal reviews with finance or procurement", "Deal review, procurement",
         true},
        {"Deal reviews with finance or procurement", "Procurement", false},
        {"Board, investor or partner meetings", "Partner lunch", true},
        {"Board, investor or partner meetings", "Team lunch", false},
        {"Planning or budgeting for marketing", "Marketing budget", true},
        {"Planning or budgeting for marketing", "Budget", false},
        {"Trainings w/o certificate", "Training: new laptops", true},
        {"Trainings w/o certificate", "Training with certificate", false},
        {"Any calls with customers", "Customer visit", true},
        {"Meetings without an agenda", "Status", false},
        {"Status meetings without an agenda", "Status", true},
        {"Status meetings without an agenda", "Status, agenda inside", false},
    };

    CHECK_CASES(RULE_ALWAYS_ACCEPT, cases);
}
END_TEST

START_TEST(facts_answer_for_external_internal_recurring)
{
    struct meeting_facts facts = meeting("Roadmap", "");

    add_rule(RULE_ALWAYS_ACCEPT, "External roadmap meetings");
    add_rule(RULE_CONDITIONAL, "Internal roadmap meetings");
    add_rule(RULE_DECLINE_BY_DEFAULT, "Recurring meetings");
    ck_assert_uint_eq(label_facts(&facts)->fired_count, 1);
    ck_assert_uint_eq(fix.label.fired[0].rule, 1);
    facts.external = true;
    facts.recurring = true;
    ck_assert_uint_eq(label_facts(&facts)->fired_count, 2);
    ck_assert_uint_eq(fix.label.fired[0].rule, 0);
    ck_assert_uint_eq(fix.label.fired[1].rule, 2);
}
END_TEST

START_TEST(people_are_read_by_described_rules_only)
{
    struct meeting_facts facts = meeting("Review", "");

    facts.people = "Dana Whitfield\nVP Sales, Kim Lee\nChief";
    add_rule(RULE_ALWAYS_IMPORTANT, "Dana Whitfield");
    add_rule(RULE_ALWAYS_ACCEPT, "Reviews with Dana-Whitfield");
    add_rule(RULE_CONDITIONAL, "Reviews with Whitfield-VP");
    add_rule(RULE_REQUIRES_PREP, "Reviews with leadership");
    ck_assert_uint_eq(label_facts(&facts)->fired_count, 2);
    ck_assert_uint_eq(fix.label.fired[0].rule, 1);
    ck_assert_uint_eq(fix.label.fired[1].rule, 3);
}
END_TEST

START_TEST(words_may_be_spread_over_the_texts)
{
    struct meeting_facts facts = meeting("Deal", "review of terms");

    facts.people = "Director Lee";
    ck_assert(!fires(RULE_ALWAYS_ACCEPT, "x", "y"));
    fixture_forget();
    add_rule(RULE_ALWAYS_ACCEPT, "Deal reviews with directors");
    ck_assert_uint_eq(label_facts(&facts)->fired_count, 1);
}
END_TEST

START_TEST(minutes_table)
{
    static const struct {
        const char *text;
        int minutes;
    } cases[] = {
        {"x (30 min)", 30},
        {"x (30 min: slides)", 30},
        {"x (30-60 min)", 45},
        {"x (30–60 min)", 45},
        {"x (30 — 60 minutes)", 45},
        {"x (30 to 60 mins)", 45},
        {"x (30 min - 1 hour)", 45},
        {"x (60+ min)", 60},
        {"x (1.5 hours)", 90},
        {"x (1 hour)", 60},
        {"x (1-2 hours)", 90},
        {"x (45m)", 45},
        {"x (2h)", 90},
        {"x (1h30)", 90},
        {"x (1h 15m)", 75},
        {"x (1 hour 20 min)", 80},
        {"x (0.5 hr)", 30},
        {"x (0,5 h)", 30},
        {"x (45-min deck)", 45},
        {"x (15-20 min)", 20},
        {"x (20-25 min)", 25},
        {"x (22 min)", 20},
        {"x (23 min)", 25},
        {"x (5 min)", 15},
        {"x (0 min)", 15},
        {"x (120 minutes)", 90},
        {"x (99999999999999999999 min)", 90},
        {"x (Q4 $2m deals, 3 slides, about 40 min)", 40},
        {"x (€2m pipeline, 40 min)", 40},
        {"x (2M users)", 30},
        {"x (3 months)", 30},
        {"x (3 milestones, 2 hosts)", 30},
        {"x (25 MIN)", 25},
        {"x (25\u00A0min)", 25},
        {"x（45分钟）", 45},
        {"x (weekly) (45 min)", 45},
        {"x 45 min", 30},
        {"x (", 30},
        {"x ()", 30},
        {"x", 30},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture_forget();
        add_rule(RULE_REQUIRES_PREP, cases[i].text);
        compile_fixture();
        ck_assert_msg(ruleset_minutes(fix.ruleset, 0) == cases[i].minutes,
                      "%s: %d", cases[i].text, ruleset_minutes(fix.ruleset, 0));
    }
}
END_TEST

Suite *described_suite(void)
{
    Suite *suite = suite_create("described");
    TCase *tests = tcase_create("described");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, every_content_word_in_any_order);
    tcase_add_test(tests, alternatives);
    tcase_add_test(tests, prepositions_divide);
    tcase_add_test(tests, compounds_stay_whole);
    tcase_add_test(tests, negations);
    tcase_add_test(tests, conditions);
    tcase_add_test(tests, concepts_stand_for_their_members);
    tcase_add_test(tests, documented_examples);
    tcase_add_test(tests, facts_answer_for_external_internal_recurring);
    tcase_add_test(tests, people_are_read_by_described_rules_only);
    tcase_add_test(tests, words_may_be_spread_over_the_texts);
    tcase_add_test(tests, minutes_table);
    suite_add_tcase(suite, tests);
    return suite;
}
