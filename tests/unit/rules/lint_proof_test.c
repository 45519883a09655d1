/* What lint claims of all meetings, held against labels of random rules on
 * random meetings. */
#include "fixture.h"

#include "datebook/lint.h"

Suite *lint_proof_suite(void);

static uint32_t state;

static uint32_t pick(uint32_t below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % below;
}

static const char *const vocabulary[] = {
    "deal", "deals", "audit", "vendor", "supplier",   "customer", "board",
    "VP",   "chief", "lunch", "1:1",    "leadership", "external", "skip-level",
};

static const char *any_word(void)
{
    return vocabulary[pick(sizeof vocabulary / sizeof *vocabulary)];
}

static const char *any_phrase(void)
{
    return pick(2) ? any_word()
                   : arena_format(&fix.arena, &fix.err, "%s %s", any_word(),
                                  any_word());
}

static const char *any_description(void)
{
    static const char *const joints[] = {" ",         " with ", " or ",
                                         " without ", ", ",     "/"};
    const char *text = any_word();

    for (uint32_t i = pick(3); i > 0; i--)
        text = arena_format(&fix.arena, &fix.err, "%s%s%s", text,
                            joints[pick(6)], any_word());
    return text;
}

static const char *any_object(void)
{
    static const char *const tests[] = {
        "\"external\":true",    "\"external\":false",  "\"one_on_one\":true",
        "\"one_on_one\":false", "\"recurring\":true",  "\"overlaps\":true",
        "\"organizer\":false",  "\"attendees_min\":2", "\"attendees_min\":3",
        "\"attendees_max\":2",  "\"duration_max\":30", "\"duration_min\":30",
    };
    static const char *const keys[] = {"any", "all", "none"};
    const char *text =
        arena_format(&fix.arena, &fix.err, "{%s", tests[pick(12)]);

    if (!pick(3))
        return arena_format(&fix.arena, &fix.err, "{\"any\":\"%s\"}",
                            any_phrase());
    for (int i = 0; i < 3; i++)
        if (pick(2))
            text =
                arena_format(&fix.arena, &fix.err, "%s,\"%s\":[\"%s\",\"%s\"]",
                             text, keys[i], any_phrase(), any_phrase());
    return arena_format(&fix.arena, &fix.err, "%s}", text);
}

static void add_any_rules(void)
{
    for (int i = 0; i < 24; i++) {
        enum rule_kind kind = (enum rule_kind)pick(RULE_KINDS);
        if (kind == RULE_PRIORITY) {
            const char **keywords =
                arena_zero(&fix.arena, 2, sizeof *keywords, &fix.err);
            keywords[0] = any_phrase();
            keywords[1] = any_phrase();
            add_priority("P", keywords, 2);
        } else if (!pick(3)) {
            add_object(kind, any_object());
        } else {
            add_rule(kind,
                     kind < RULE_PRIORITY ? any_phrase() : any_description());
        }
    }
}

static struct meeting_facts any_meeting(void)
{
    const char *subject = any_word();
    struct meeting_facts facts = meeting("", pick(2) ? "" : any_word());

    for (uint32_t i = pick(4); i > 0; i--)
        subject =
            arena_format(&fix.arena, &fix.err, "%s %s", subject, any_word());
    facts.subject = subject;
    facts.people =
        pick(2) ? ""
                : arena_format(&fix.arena, &fix.err, "%s\nJo\n", any_word());
    facts.attendees = 1 + (int)pick(4);
    facts.external = facts.attendees > 1 && pick(2);
    facts.recurring = pick(2);
    facts.overlaps = pick(2);
    facts.organizer = pick(2);
    facts.minutes = 15 * (int)pick(4);
    return facts;
}

static const struct fired_rule *find_fired(const struct label *label,
                                           size_t rule)
{
    for (size_t i = 0; i < label->fired_count; i++)
        if (label->fired[i].rule == rule)
            return &label->fired[i];
    return NULL;
}

/* What a finding claims of every meeting, on this one. */
static bool holds(const struct lint_finding *finding, const struct label *label)
{
    const struct fired_rule *own = find_fired(label, finding->rule);

    switch (finding->kind) {
    case LINT_NEVER_FIRES:
        return !own;
    case LINT_CONTRADICTION:
    case LINT_TWO_LISTS:
    case LINT_SHADOWED:
    case LINT_WITHOUT_EFFECT:
        if (own && !find_fired(label, finding->other))
            return false;
        return !own || !own->decided ||
               fix.rules[finding->rule].kind == RULE_OPTIONAL_PREP;
    case LINT_DUPLICATE:
        return finding->other == LINT_NO_RULE ||
               !own == !find_fired(label, finding->other);
    default:
        return true;
    }
}

START_TEST(proofs)
{
    size_t claims[LINT_OVERRULED + 1] = {0};

    for (state = 1; claims[LINT_SHADOWED] < 1000; state++) {
        struct lint lint = {NULL, 0, 0};
        fixture_forget();
        arena_reset(&fix.arena);
        add_any_rules();
        compile_fixture();
        ck_assert(lint_rules(&fix.arena, fix.ruleset, &lint, &fix.err));
        for (size_t i = 0; i < lint.count; i++)
            claims[lint.findings[i].kind]++;
        for (int m = 0; m < 60; m++) {
            struct meeting_facts facts = any_meeting();
            const struct label *label = label_facts(&facts);
            for (size_t i = 0; i < lint.count; i++)
                ck_assert_msg(holds(&lint.findings[i], label),
                              "\"%s\" %s on \"%s\"",
                              fix.rules[lint.findings[i].rule].source,
                              lint.findings[i].message, facts.subject);
        }
    }
    ck_assert_uint_gt(claims[LINT_NEVER_FIRES], 10);
    ck_assert_uint_gt(claims[LINT_CONTRADICTION], 10);
    ck_assert_uint_gt(claims[LINT_TWO_LISTS], 10);
    ck_assert_uint_gt(claims[LINT_DUPLICATE], 10);
}
END_TEST

Suite *lint_proof_suite(void)
{
    Suite *suite = suite_create("lint_proof");
    TCase *tests = tcase_create("lint_proof");

    tcase_add_checked_fixture(tests, NULL, fixture_teardown);
    tcase_add_test(tests, proofs);
    suite_add_tcase(suite, tests);
    return suite;
}
