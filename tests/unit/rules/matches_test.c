/* The places where rules fired. */
#include "fixture.h"

Suite *matches_suite(void);

/* "rule@text:words" of every match, one after the other. */
static const char *matches_of(const struct meeting_facts *facts)
{
    const char *const texts[] = {facts->subject, facts->preview, facts->people};
    struct rule_match *matches;
    size_t count;

    if (!fix.ruleset)
        compile_fixture();
    ck_assert(ruleset_matches(fix.ruleset, facts, &fix.arena, &matches, &count,
                              &fix.err));
    buf_clear(&fix.reasoning);
    for (size_t i = 0; i < count; i++) {
        buf_format(&fix.reasoning, "%d@%d:", matches[i].rule, matches[i].text);
        buf_add(&fix.reasoning, texts[matches[i].text] + matches[i].start,
                matches[i].length);
        buf_text(&fix.reasoning, i + 1 < count ? " | " : "");
    }
    return buf_string(&fix.reasoning);
}

START_TEST(reference_case)
{
    static const char *q4[] = {"Q4"};
    struct meeting_facts facts = meeting(
        "Q4 Pipeline Review with VP Sales",
        "Quarterly pipeline review focusing on $2M in deals closing this "
        "quarter. Need updated forecast.");

    add_rule(RULE_ALWAYS_IMPORTANT, "pipeline");
    add_rule(RULE_ALWAYS_IMPORTANT, "quarter");
    add_priority("Close Q4 deals", q4, 1);
    add_rule(RULE_REQUIRES_PREP, "Deal reviews with leadership (30 min)");
    ck_assert_str_eq(
        matches_of(&facts),
        "2@0:Q4 | 0@0:Pipeline | 3@0:Review | 3@0:VP | 1@1:Quarterly | "
        "0@1:pipeline | 3@1:review | 3@1:deals | 1@1:quarter");
}
END_TEST

START_TEST(only_what_made_a_rule_fire)
{
    struct meeting_facts facts =
        meeting("Board review", "External review with Ana's team");

    facts.people = "Ana Board\nBo Review";
    add_rule(RULE_ALWAYS_IMPORTANT, "ana");
    add_rule(RULE_USUALLY_IMPORTANT, "ana ruiz");
    add_rule(RULE_ALWAYS_ACCEPT, "Board or deal reviews");
    add_rule(RULE_CONDITIONAL, "Board meetings without review");
    ck_assert_str_eq(matches_of(&facts), "2@0:Board | 0@1:Ana | 2@2:Board");
}
END_TEST

START_TEST(phrases_are_whole_and_in_bytes)
{
    struct meeting_facts facts =
        meeting("Größte Deal-Review, 季度 1:1s", "deal\nreview");

    add_rule(RULE_ALWAYS_IMPORTANT, "deal review");
    add_rule(RULE_ALWAYS_IMPORTANT, "季度");
    add_rule(RULE_ALWAYS_IMPORTANT, "1on1");
    ck_assert_str_eq(
        matches_of(&facts),
        "0@0:Deal-Review | 1@0:季度 | 2@0:1:1s | 0@1:deal\nreview");
}
END_TEST

START_TEST(structured_rules_have_places)
{
    struct meeting_facts facts = meeting("Demo of the pilot", "no draft");

    add_object(RULE_ALWAYS_IMPORTANT,
               "{\"any\":[\"demo\",\"test\"],\"all\":[\"pilot\"],"
               "\"none\":[\"final\"]}");
    add_object(RULE_ALWAYS_IMPORTANT, "{\"external\":false}");
    ck_assert_str_eq(matches_of(&facts), "0@0:Demo | 0@0:pilot");
    ck_assert_uint_eq(label_facts(&facts)->fired_count, 2);
}
END_TEST

START_TEST(nothing_fired_nothing_found)
{
    struct meeting_facts facts = meeting("Deal", "");

    add_rule(RULE_ALWAYS_ACCEPT, "Deal reviews");
    ck_assert_str_eq(matches_of(&facts), "");
}
END_TEST

START_TEST(many_places)
{
    char text[20 * 500 + 1] = "";
    struct meeting_facts facts;
    struct rule_match *matches;
    size_t count;

    for (size_t i = 0; i < 500; i++)
        memcpy(text + 15 * i, "deal deal desk ", 16);
    facts = meeting(text, "");
    add_rule(RULE_ALWAYS_IMPORTANT, "deal");
    add_rule(RULE_ALWAYS_IMPORTANT, "deal deal");
    compile_fixture();
    ck_assert(ruleset_matches(fix.ruleset, &facts, &fix.arena, &matches, &count,
                              &fix.err));
    ck_assert_uint_eq(count, 1500);
    for (size_t i = 1; i < count; i++)
        ck_assert_uint_ge(matches[i].start, matches[i - 1].start);
}
END_TEST

Suite *matches_suite(void)
{
    Suite *suite = suite_create("matches");
    TCase *tests = tcase_create("matches");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, reference_case);
    tcase_add_test(tests, only_what_made_a_rule_fire);
    tcase_add_test(tests, phrases_are_whole_and_in_bytes);
    tcase_add_test(tests, structured_rules_have_places);
    tcase_add_test(tests, nothing_fired_nothing_found);
    tcase_add_test(tests, many_places);
    suite_add_tcase(suite, tests);
    return suite;
}
