/* Findings about rules, each in a case where it is made and in one where it is
 * not; and near misses. */
#include "fixture.h"

#include "datebook/lint.h"

Suite *lint_suite(void);

struct source {
    enum rule_kind kind;
    const char *text; /* an object when it starts with a brace */
};

struct lint_case {
    struct source rules[4];
    const char *findings; /* "1 shadowed 0; 2 no_minutes -", by rule */
};

static struct lint lint_sources(const struct source *rules, size_t most)
{
    struct lint lint = {NULL, 0, 0};

    fixture_forget();
    for (size_t i = 0; i < most && rules[i].text; i++)
        if (rules[i].text[0] == '{')
            add_object(rules[i].kind, rules[i].text);
        else
            add_rule(rules[i].kind, rules[i].text);
    compile_fixture();
    ck_assert_msg(lint_rules(&fix.arena, fix.ruleset, &lint, &fix.err), "%s",
                  fix.err.message);
    return lint;
}

static void put_index(struct buf *buf, size_t index)
{
    if (index == LINT_NO_RULE)
        buf_char(buf, '-');
    else
        buf_int(buf, (int64_t)index);
}

static const char *spelled(const struct lint *lint)
{
    buf_clear(&fix.reasoning);
    for (size_t i = 0; i < lint->count; i++) {
        if (i)
            buf_text(&fix.reasoning, "; ");
        put_index(&fix.reasoning, lint->findings[i].rule);
        buf_format(&fix.reasoning, " %s ",
                   lint_kind_name(lint->findings[i].kind));
        put_index(&fix.reasoning, lint->findings[i].other);
    }
    return buf_string(&fix.reasoning);
}

static void check_cases(const struct lint_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct lint lint = lint_sources(cases[i].rules, 4);
        const char *found = spelled(&lint);
        ck_assert_msg(!strcmp(found, cases[i].findings), "case %zu: %s", i,
                      found);
    }
}

#define CHECK(cases) check_cases(cases, sizeof(cases) / sizeof *(cases))

#define ALWAYS RULE_ALWAYS_IMPORTANT
#define USUALLY RULE_USUALLY_IMPORTANT
#define SOMETIMES RULE_SOMETIMES_IMPORTANT
#define RARELY RULE_RARELY_IMPORTANT
#define ACCEPT RULE_ALWAYS_ACCEPT
#define CONDITIONAL RULE_CONDITIONAL
#define BY_DEFAULT RULE_DECLINE_BY_DEFAULT
#define DECLINE RULE_ALWAYS_DECLINE
#define REQUIRED RULE_REQUIRES_PREP
#define OPTIONAL RULE_OPTIONAL_PREP
#define NO_PREP RULE_NO_PREP

START_TEST(levels)
{
    static const struct lint_case cases[] = {
        {{{ALWAYS, "budget"}, {RARELY, "lunch"}}, ""},
        /* The same stems at two levels, and in one list. */
        {{{ALWAYS, "deal review"}, {RARELY, "Deals: REVIEWED"}},
         "1 two_lists 0"},
        {{{ALWAYS, "deal review"}, {ALWAYS, "Deal reviews"}}, "1 duplicate 0"},
        {{{ALWAYS, "deal review"}, {ALWAYS, "review deal"}}, ""},
        /* A longer phrase below a shorter one never decides; above it, it is
         * the exception. */
        {{{USUALLY, "budget"}, {SOMETIMES, "annual budget plan"}},
         "1 shadowed 0"},
        {{{USUALLY, "annual budget plan"}, {SOMETIMES, "budget"}}, ""},
        {{{USUALLY, "budget"}, {USUALLY, "annual budget plan"}}, ""},
        {{{USUALLY, "a c"}, {SOMETIMES, "a b c"}}, ""},
        /* Objects count by what they test. */
        {{{ALWAYS, "{\"any\":[\"budget\",\"audit\"]}"},
          {SOMETIMES, "audit plan"}},
         "1 shadowed 0"},
        {{{ALWAYS, "{\"any\":[\"budget\",\"audit\"],\"external\":true}"},
          {SOMETIMES, "audit plan"}},
         ""},
        {{{ALWAYS, "{\"any\":\"audit\",\"none\":\"dry run\"}"},
          {SOMETIMES, "audit plan"}},
         ""},
        {{{ALWAYS, "{\"any\":\"audit\",\"none\":\"dry run\"}"},
          {SOMETIMES, "{\"any\":\"audit plan\",\"none\":[\"run\",\"x\"]}"}},
         "1 shadowed 0"},
        {{{ALWAYS, "{\"attendees_min\":5}"},
          {SOMETIMES, "{\"any\":\"audit\",\"attendees_min\":8}"}},
         "1 shadowed 0"},
        {{{ALWAYS, "{\"attendees_min\":5}"},
          {SOMETIMES, "{\"any\":\"audit\",\"attendees_min\":3}"}},
         ""},
        {{{ALWAYS, "{\"attendees_max\":3}"},
          {SOMETIMES, "{\"any\":\"audit\",\"one_on_one\":true}"}},
         "1 shadowed 0"},
        {{{ALWAYS, "{\"duration_max\":90}"},
          {SOMETIMES, "{\"any\":\"audit\",\"external\":true}"}},
         ""},
        {{{ALWAYS, "{\"overlaps\":true}"},
          {SOMETIMES, "{\"any\":\"audit\",\"overlaps\":true}"}},
         "1 shadowed 0"},
        {{{ALWAYS, "{\"overlaps\":true}"}, {SOMETIMES, "audit"}}, ""},
        {{{ALWAYS, "{\"all\":[\"deal\",\"review\"]}"}, {RARELY, "deal review"}},
         "1 shadowed 0"},
        {{{ALWAYS, "deal review"}, {RARELY, "{\"all\":[\"deal\",\"review\"]}"}},
         ""},
    };

    CHECK(cases);
}
END_TEST

START_TEST(never)
{
    static const struct lint_case cases[] = {
        {{{ACCEPT, "Any meetings"}}, "0 never_fires -"},
        {{{ACCEPT, "Any client meetings"}}, ""},
        {{{ACCEPT, "Meetings without an agenda"}}, "0 never_fires -"},
        {{{DECLINE, "Status without an agenda"}}, "0 common_word -"},
        {{{DECLINE, "Demos without demo"}}, "0 never_fires -"},
        {{{DECLINE, "Demos without dry run"}}, ""},
        {{{ALWAYS, "{\"any\":\"demo day\",\"none\":\"demo\"}"}},
         "0 never_fires -"},
        {{{ALWAYS, "{\"any\":\"demo\",\"none\":\"demo day\"}"}}, ""},
        {{{ALWAYS, "{\"one_on_one\":true,\"attendees_min\":3}"}},
         "0 never_fires -"},
        {{{ALWAYS, "{\"one_on_one\":false,\"attendees_min\":2}"}}, ""},
        {{{ALWAYS, "{\"external\":true,\"attendees_max\":1}"}},
         "0 never_fires -"},
        {{{ALWAYS, "{\"external\":false,\"attendees_max\":1}"}}, ""},
        {{{ALWAYS, "{\"duration_max\":0}"}}, "0 never_fires -"},
        {{{ALWAYS, "{\"none\":\"demo\"}"}}, ""},
        /* What never fires stands in nobody's way. */
        {{{ACCEPT, "Any meetings"}, {DECLINE, "All meetings"}},
         "0 never_fires -; 1 never_fires -"},
    };

    CHECK(cases);
}
END_TEST

START_TEST(answers)
{
    static const struct lint_case cases[] = {
        {{{ACCEPT, "Vendor demos"}, {DECLINE, "Demos by partners"}}, ""},
        {{{ACCEPT, "Vendor demos"}, {DECLINE, "Demos by suppliers"}},
         "0 contradiction 1"},
        {{{ACCEPT, "Vendor demos"}, {DECLINE, "Demos of a vendor"}},
         "0 contradiction 1"},
        {{{ACCEPT, "Vendor demos"}, {BY_DEFAULT, "vendor demo"}},
         "1 contradiction 0"},
        {{{CONDITIONAL, "Vendor demos"}, {BY_DEFAULT, "Vendor demos"}},
         "0 two_lists 1"},
        {{{CONDITIONAL, "Vendor demos if budget is approved"},
          {DECLINE, "Vendors"}},
         "0 shadowed 1"},
        {{{BY_DEFAULT, "Trainings"}, {DECLINE, "Trainings w/o certificate"}},
         ""},
        {{{BY_DEFAULT, "Trainings with certificate"}, {DECLINE, "Trainings"}},
         "0 shadowed 1"},
        {{{ACCEPT, "Board, investor or partner lunches"},
          {CONDITIONAL, "Partner dinners"}},
         ""},
        {{{ACCEPT, "Board, investor or partner lunches"},
          {CONDITIONAL, "Partner lunches"}},
         "1 shadowed 0"},
        {{{ACCEPT, "Board, investor or partner lunches"},
          {CONDITIONAL, "Dinners for the board"}},
         "1 shadowed 0"},
        /* Names of attendees count for descriptions only. */
        {{{DECLINE, "{\"any\":\"acme\"}"}, {ACCEPT, "Acme"}}, ""},
        {{{ACCEPT, "Acme"}, {BY_DEFAULT, "{\"any\":\"acme pitch\"}"}},
         "1 shadowed 0"},
        {{{ACCEPT, "Acme"}, {ALWAYS, "acme"}}, ""},
    };

    CHECK(cases);
}
END_TEST

START_TEST(preparation)
{
    static const struct lint_case cases[] = {
        {{{REQUIRED, "Board update pack (60 min: slides)"}}, ""},
        {{{REQUIRED, "Board packs"}}, "0 no_minutes -"},
        {{{REQUIRED, "Board packs (slides)"}}, "0 no_minutes -"},
        {{{OPTIONAL, "Board packs (slides)"}}, "0 no_minutes -"},
        {{{NO_PREP, "Board packs"}}, ""},
        {{{REQUIRED, "Board packs, 30 min"}}, "0 minutes_outside -"},
        {{{REQUIRED, "Board packs (slides) 30 min"}}, "0 minutes_outside -"},
        {{{REQUIRED, "Board packs \uFF0830 min\uFF09"}}, ""},
        {{{REQUIRED, "30 min packs (15 min: slides)"}}, "0 minutes_outside -"},
        {{{REQUIRED, "1:15 packs (15 min: slides)"}}, ""},
        {{{REQUIRED, "{\"any\":\"pack\"}"}}, "0 no_minutes -"},
        {{{REQUIRED, "{\"any\":\"pack\",\"minutes\":20}"}}, ""},
        {{{NO_PREP, "{\"any\":\"pack\"}"}}, ""},
        {{{REQUIRED, "Packs (20 min)"}, {NO_PREP, "Packs"}},
         "1 contradiction 0"},
        {{{REQUIRED, "Packs (20 min)"}, {NO_PREP, "Board packs"}},
         "1 shadowed 0"},
        {{{REQUIRED, "Board packs (20 min)"}, {NO_PREP, "Packs"}}, ""},
        {{{OPTIONAL, "Packs (20 min)"}, {NO_PREP, "Packs"}}, ""},
        {{{REQUIRED, "Packs (20 min)"}, {OPTIONAL, "Packs (20 min)"}},
         "1 two_lists 0"},
        {{{REQUIRED, "Packs (20 min)"}, {OPTIONAL, "Packs (25 min)"}}, ""},
        {{{REQUIRED, "Packs (20 min)"}, {OPTIONAL, "Board packs (20 min)"}},
         "1 without_effect 0"},
        {{{REQUIRED, "Packs (20 min)"}, {OPTIONAL, "Board packs (30 min)"}},
         ""},
        {{{REQUIRED, "Packs (20 min)"}, {REQUIRED, "Pack (40 min: slides)"}},
         "1 duplicate 0"},
    };

    CHECK(cases);
}
END_TEST

START_TEST(common)
{
    static const struct lint_case cases[] = {
        {{{ACCEPT, "Team meetings"}}, "0 common_word -"},
        {{{ACCEPT, "Team offsites"}}, ""},
        {{{ACCEPT, "Board or team"}}, "0 common_word -"},
        {{{ACCEPT, "Reviewing"}}, "0 common_word -"},
        {{{ACCEPT, "Review with legal"}}, ""},
        {{{ALWAYS, "review"}}, "0 common_word -"},
        {{{USUALLY, "review"}}, "0 common_word -"},
        {{{SOMETIMES, "review"}}, ""},
        {{{RARELY, "team"}}, ""},
        {{{ALWAYS, "{\"any\":\"review\",\"external\":true}"}}, ""},
    };

    CHECK(cases);
}
END_TEST

START_TEST(priorities)
{
    static const char *twice[] = {"Q4", "deal review", "Deal Reviews"};
    static const char *once[] = {"Q4", "deal review", "deal"};
    struct lint lint = {NULL, 0, 0};

    add_priority("Empty", NULL, 0);
    add_priority("Twice", twice, 3);
    add_priority("Once", once, 3);
    add_rule(ALWAYS, "Q4");
    add_rule(USUALLY, "Q4 plan");
    add_rule(SOMETIMES, "first deal");
    compile_fixture();
    ck_assert(lint_rules(&fix.arena, fix.ruleset, &lint, &fix.err));
    ck_assert_str_eq(spelled(&lint), "1 shadowed 0; 2 shadowed 5; "
                                     "3 no_keywords -; 4 duplicate -");
    ck_assert_uint_eq(lint.errors, 3);
    ck_assert_str_eq(lint.findings[3].message,
                     "has the keyword \"Deal Reviews\" twice (\"deal "
                     "review\")");
}
END_TEST

START_TEST(nothing)
{
    struct lint lint = lint_sources(NULL, 0);

    ck_assert_str_eq(spelled(&lint), "- no_rules -");
    ck_assert_uint_eq(lint.errors, 0);
    ck_assert_str_eq(lint.findings[0].message,
                     "has no rules: every meeting gets the default label");
}
END_TEST

START_TEST(wording)
{
    static const struct source rules[] = {
        {ALWAYS, "budget"}, {USUALLY, "annual budget"}, {ACCEPT, "Demos"},
        {DECLINE, "Demos"}, {REQUIRED, "Team (5 min)"}, {REQUIRED, "Packs"}};
    static const char *const messages[] = {
        "never decides: a.field[0] \"budget\" fires on all its meetings and "
        "comes first",
        "never decides: it says the opposite of a.field[0] \"Demos\", of the "
        "same meetings, and that comes first",
        "fires wherever the common word \"team\" occurs",
        "names no time: 30 minutes are taken",
    };
    static const char *const advice[] = {
        "remove it, or narrow the rule that comes first",
        "keep it in the list that is meant, and remove it from the other",
        "say more of what it is about, or write an object with more "
        "conditions",
        "put the time into a bracket: \"Deal reviews (30 min: pipeline "
        "data)\"",
    };
    struct lint lint = lint_sources(rules, 6);

    ck_assert_uint_eq(lint.count, 4);
    ck_assert_uint_eq(lint.errors, 2);
    for (size_t i = 0; i < lint.count; i++) {
        ck_assert_str_eq(lint.findings[i].message, messages[i]);
        ck_assert_str_eq(lint.findings[i].advice, advice[i]);
    }
}
END_TEST

START_TEST(usage)
{
    static const struct source rules[] = {{ALWAYS, "budget"},
                                          {USUALLY, "annual budget"},
                                          {SOMETIMES, "lunch"},
                                          {RARELY, "dinner"}};
    struct rule_usage counts[] = {{4, 4}, {2, 0}, {0, 0}, {3, 0}};
    struct lint lint = lint_sources(rules, 4);

    ck_assert(lint_usage(&fix.arena, fix.ruleset, counts, 0, &lint, &fix.err));
    ck_assert_str_eq(spelled(&lint), "1 shadowed 0");
    ck_assert(lint_usage(&fix.arena, fix.ruleset, counts, 9, &lint, &fix.err));
    ck_assert_str_eq(spelled(&lint), "1 shadowed 0; 2 dead -; 3 overruled -");
    ck_assert_uint_eq(lint.errors, 1);
    ck_assert_str_eq(lint.findings[1].message,
                     "fired on none of 9 stored meetings");
    ck_assert_str_eq(lint.findings[2].message,
                     "fired on 3 of 9 stored meetings and decided none");
}
END_TEST

/* ---- Near misses ---- */

/* "alike demo demographics", "" when the meeting is no near miss. */
static const char *near_of(enum rule_kind kind, const char *rule,
                           const struct meeting_facts *facts)
{
    static const char *const kinds[] = {"apart", "alike", "missing", "denied",
                                        "fact"};
    struct near_reader *reader;
    struct near_miss miss;
    bool is_near;

    fixture_forget();
    if (*rule == '{')
        add_object(kind, rule);
    else
        add_rule(kind, rule);
    compile_fixture();
    reader = near_new(&fix.arena, fix.ruleset, &fix.err);
    ck_assert_msg(reader != NULL, "%s", fix.err.message);
    ck_assert_uint_eq(label_facts(facts)->fired_count, 0);
    ck_assert(near_meeting(reader, facts, &fix.err));
    ck_assert(near_rule(reader, 0, &fix.arena, &is_near, &miss, &fix.err));
    buf_clear(&fix.reasoning);
    if (is_near)
        buf_format(&fix.reasoning, "%s %s%s%s", kinds[miss.kind], miss.part,
                   miss.found ? " / " : "", miss.found ? miss.found : "");
    return buf_string(&fix.reasoning);
}

START_TEST(near_texts)
{
    static const struct {
        enum rule_kind kind;
        const char *rule;
        const char *subject;
        const char *preview;
        const char *near;
    } cases[] = {
        {ALWAYS, "deal review", "Review of the deal", "", "apart deal review"},
        {ALWAYS, "deal review", "Deal", "review", ""},
        {ALWAYS, "deal review", "x", "Reviews, all deals", "apart deal review"},
        {ALWAYS, "deal review", "Dealer review", "",
         "alike deal review / Dealer"},
        {ALWAYS, "deal review", "Review", "", ""},
        {ALWAYS, "Demo", "Demographics", "", "alike Demo / Demographics"},
        {ALWAYS, "API", "Apiary", "", ""},
        {ALWAYS, "client", "Some clientele", "", "alike client / clientele"},
        {ALWAYS, "client", "Cliff walk", "", ""},
        {ALWAYS, "\u00FCbergabe", "\u00DCberblick", "",
         "alike \u00FCbergabe / \u00DCberblick"},
        {ALWAYS, "{\"any\":[\"x\",\"demo\"],\"none\":\"lunch talk\"}",
         "Talk at lunch", "", ""},
        {ALWAYS, "{\"any\":[\"x\",\"demo\"]}", "Demographics", "",
         "alike demo / Demographics"},
        {ACCEPT, "Any calls with customers", "Custom work", "",
         "alike customers / Custom"},
        {ACCEPT, "Deal reviews with leadership", "Deal review", "",
         "missing leadership"},
        {ACCEPT, "Deal reviews with leadership", "Deal with the VP", "",
         "missing reviews"},
        {ACCEPT, "Deal reviews with leadership", "Deal", "", ""},
        {ACCEPT, "Pipeline/forecast reviews", "Review", "",
         "missing Pipeline or forecast"},
        {ACCEPT, "Board or investor updates", "Update", "", "missing investor"},
        {ACCEPT, "Demos without sales", "Demo for sales", "", "denied sales"},
        {ACCEPT, "Demos without sales", "Sales", "", ""},
        {REQUIRED, "Skip levels (15 min)", "Level up, skip that", "",
         "apart Skip levels"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct meeting_facts facts =
            meeting(cases[i].subject, cases[i].preview);
        const char *near = near_of(cases[i].kind, cases[i].rule, &facts);
        ck_assert_msg(!strcmp(near, cases[i].near), "case %zu: %s", i, near);
    }
}
END_TEST

START_TEST(near_facts)
{
    struct meeting_facts facts = meeting("Demo", "");

    ck_assert_str_eq(
        near_of(ALWAYS, "{\"any\":\"demo\",\"attendees_min\":6}", &facts),
        "fact at least 6 attendees");
    ck_assert_str_eq(
        near_of(ALWAYS, "{\"any\":\"demo\",\"attendees_max\":4}", &facts),
        "fact at most 4 attendees");
    ck_assert_str_eq(
        near_of(ALWAYS, "{\"any\":\"demo\",\"external\":true}", &facts),
        "fact external");
    ck_assert_str_eq(
        near_of(ALWAYS,
                "{\"any\":\"demo\",\"external\":true,\"recurring\":true}",
                &facts),
        "");
    ck_assert_str_eq(
        near_of(ALWAYS, "{\"any\":\"pilot\",\"external\":false}", &facts),
        "missing pilot");
    ck_assert_str_eq(near_of(ALWAYS, "{\"external\":true}", &facts), "");
    facts.minutes = 0;
    ck_assert_str_eq(
        near_of(ALWAYS, "{\"any\":\"demo\",\"duration_min\":30}", &facts),
        "fact of a known length");
}
END_TEST

START_TEST(concepts)
{
    const char *names;
    const char *members;
    size_t count = 0;

    while (rules_concept(count, &names, &members)) {
        ck_assert(*names && *members);
        count++;
    }
    ck_assert_uint_gt(count, 20);
}
END_TEST

Suite *lint_suite(void)
{
    Suite *suite = suite_create("lint");
    TCase *tests = tcase_create("lint");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, levels);
    tcase_add_test(tests, never);
    tcase_add_test(tests, answers);
    tcase_add_test(tests, preparation);
    tcase_add_test(tests, common);
    tcase_add_test(tests, priorities);
    tcase_add_test(tests, nothing);
    tcase_add_test(tests, wording);
    tcase_add_test(tests, usage);
    tcase_add_test(tests, near_texts);
    tcase_add_test(tests, near_facts);
    tcase_add_test(tests, concepts);
    suite_add_tcase(suite, tests);
    return suite;
}
