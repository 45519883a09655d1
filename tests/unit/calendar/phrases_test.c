/* Phrases from rules: what a meeting is called that a rule speaks of. */
#include "src/calendar/phrases.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void teardown(void)
{
    arena_free(&arena);
}

/* The phrases of one kind of rule of a persona, joined by '|'. */
static const char *phrases_of(const char *criteria, enum rule_kind kind,
                              const struct texts *subjects)
{
    struct persona persona;
    struct texts phrases = {NULL, 0};
    const char *all = "";
    const char *text = arena_format(
        &arena, &err, "{\"id\":\"p\",\"name\":\"P\",\"tier\":1,%s}", criteria);

    ck_assert_msg(
        persona_parse(&arena, text, strlen(text), "p.json", &persona, &err),
        "%s", err.message);
    ck_assert(
        phrases_collect(&arena, &persona, kind, subjects, &phrases, &err));
    for (size_t i = 0; i < phrases.count; i++)
        all = arena_format(&arena, &err, "%s%s%s", all, i ? "|" : "",
                           phrases.items[i]);
    return all;
}

/* The phrases of one rule that describes what needs preparation. */
static const char *described(const char *rule)
{
    static const struct texts none = {NULL, 0};

    return phrases_of(
        arena_format(&arena, &err,
                     "\"prep_time_needs\":{\"requires_prep\":[\"%s\"]}", rule),
        RULE_REQUIRES_PREP, &none);
}

START_TEST(patterns_are_taken_as_they_are)
{
    static const struct texts none = {NULL, 0};
    static const char CRITERIA[] =
        "\"importance_criteria\":{\"always_important\":[\"board reviews\","
        "\"1:1 with the boss\",{\"any\":[\"outage\",\"audit / finding\"]},"
        "{\"all\":[\"close\",\"forecast\"]}],"
        "\"rarely_important\":[\"newsletter\"]},"
        "\"priority_framework\":[{\"name\":\"Deals\",\"keywords\":"
        "[\"tender\",\"renewals\"]}]";

    ck_assert_str_eq(phrases_of(CRITERIA, RULE_ALWAYS_IMPORTANT, &none),
                     "board reviews|outage|audit / finding|close forecast");
    ck_assert_str_eq(phrases_of(CRITERIA, RULE_RARELY_IMPORTANT, &none),
                     "newsletter");
    ck_assert_str_eq(phrases_of(CRITERIA, RULE_PRIORITY, &none),
                     "tender|renewals");
    ck_assert_str_eq(phrases_of(CRITERIA, RULE_REQUIRES_PREP, &none), "");
}
END_TEST

START_TEST(what_subjects_name_is_left_out)
{
    static const char *items[] = {
        "{quarter} Board deck for {region}", "Current account: {tenant}",
        "Renewals of {product}", "复盘会议 {project}"};
    struct texts subjects = {items, 4};

    ck_assert_str_eq(
        phrases_of("\"importance_criteria\":{\"always_important\":"
                   "[\"board deck\",\"board paper\",\"rent\",\"tenant\","
                   "\"renewal\",\"new\",\"deck for\",\"count\",\"会议\"]}",
                   RULE_ALWAYS_IMPORTANT, &subjects),
        "board paper|rent|tenant|new|count");
}
END_TEST

START_TEST(heads_are_one_alternative)
{
    static const struct {
        const char *rule;
        const char *phrases;
    } cases[] = {
        {"Deal reviews with leadership (30 min: figures)",
         "Deal review with leadership"},
        {"Board/investor presentations (45 min)",
         "Board presentation|investor presentation"},
        {"Contract signature / final negotiation (20 min)",
         "Contract signature|final negotiation"},
        {"Product introduction / search terms / tone of voice (15 min)",
         "Product introduction|search terms|tone of voice"},
        {"Control failures / control testing / SOX / audit evidence",
         "Control failure|control testing|audit evidence"},
        {"Board/investor/partner updates",
         "Board update|investor update|partner update"},
        {"Contract/legal review / negotiation",
         "Contract review|legal review|negotiation"},
        {"Estimate/ effort review", "effort review"},
        {"Demo day/", "Demo day"},
        {"Board or investor updates", "investor update"},
        {"Calls with legal or finance", "Call with legal"},
        {"A/B test reviews", "A/B test review"},
        {"CI/CD reviews", "CI review|CD review"},
        {"Board deck or strategic review", "Board deck|strategic review"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(described(cases[i].rule), cases[i].phrases);
}
END_TEST

START_TEST(heads_are_singular)
{
    static const struct {
        const char *rule;
        const char *phrase;
    } cases[] = {
        {"Podcasts", "Podcast"},
        {"Launch parties", "Launch party"},
        {"Office hours", "Office hours"},
        {"Product launches", "Product launch"},
        {"Sales", "Sales"},
        {"Sales operations reviews", "Sales operations review"},
        {"Risks with customers", "Risk with customers"},
        {"Customer escalations about outages",
         "Customer escalation about outages"},
        {"Calls requiring answers", "Call requiring answers"},
        {"Press releases, final", "Press release, final"},
        {"Hires: final panels", "Hire: final panels"},
        {"Contract negotiations and pricing calls",
         "Contract negotiation and pricing call"},
        {"Risks and controls review", "Risks and controls review"},
        {"Status and crisis process", "Status and crisis process"},
        {"All-hands", "All-hands"},
        {"QBRs", "QBR"},
        {"OKRs", "OKRs"},
        {"Stand-ups", "Stand-up"},
        {"Taxes", "Tax"},
        {"Deals over $50k", "Deal over $50k"},
        {"Customer's", "Customer's"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(described(cases[i].rule), cases[i].phrase);
}
END_TEST

Suite *phrases_suite(void);
Suite *phrases_suite(void)
{
    Suite *suite = suite_create("calendar phrases");
    TCase *tcase = tcase_create("phrases");

    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, patterns_are_taken_as_they_are);
    tcase_add_test(tcase, what_subjects_name_is_left_out);
    tcase_add_test(tcase, heads_are_one_alternative);
    tcase_add_test(tcase, heads_are_singular);
    suite_add_tcase(suite, tcase);
    return suite;
}
