/* The engine against the second implementation, on cases made at random, and
 * what must hold of all of them. */
#include "second.h"
#include "second_make.h"

#include "datebook/words.h"

#include <stdio.h>

#include <check.h>
#include <string.h>

Suite *second_suite(void);

/* LOOPS * PERSONAS * MEETINGS cases, each persona with RULES rules. */
enum {
    LOOPS = 20,
    PERSONAS = 100,
    MEETINGS = 50,
    RULES = 24,
    SHOWN = 5,  /* disagreements that are printed */
    TURNS = 500 /* cases of each property, in one persona for ten of them */
};

static struct {
    struct arena tools_arena;
    struct arena persona_arena;
    struct arena meeting_arena;
    struct second second;
    struct persona_rule rules[SECOND_RULES];
    struct persona persona;
    struct maker maker;
    struct error err;
} fix;

static void setup(void)
{
    second_tools_start(&fix.second.tools, &fix.tools_arena);
}

static void teardown(void)
{
    stemmer_free(fix.second.tools.stemmer);
    arena_free(&fix.tools_arena);
    arena_free(&fix.persona_arena);
    arena_free(&fix.meeting_arena);
}

static struct ruleset *compile(const struct persona *persona)
{
    struct ruleset *ruleset = ruleset_compile(persona, &fix.err);

    ck_assert_msg(ruleset != NULL, "%s", fix.err.message);
    return ruleset;
}

/* Makes the rules of a numbered persona. */
static struct ruleset *start_persona(uint64_t number)
{
    arena_reset(&fix.persona_arena);
    make_start(&fix.maker, &fix.persona_arena, number);
    make_rules(&fix.maker, fix.rules, RULES);
    fix.persona = (struct persona){.rules = fix.rules, .rule_count = RULES};
    second_start(&fix.second, &fix.persona_arena, &fix.persona);
    return compile(&fix.persona);
}

static void start_meeting(struct meeting_facts *facts)
{
    arena_reset(&fix.meeting_arena);
    fix.maker.arena = &fix.meeting_arena;
    make_meeting(&fix.maker, facts);
}

static const char *reasoning_of(struct ruleset *ruleset,
                                const struct label *label)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    ruleset_reasoning(ruleset, label, &buf);
    text = arena_text(&fix.meeting_arena, buf_string(&buf), &fix.err);
    ck_assert_ptr_nonnull(text);
    buf_free(&buf);
    return text;
}

/* A label in the form of the second implementation. */
static void label_with(struct ruleset *ruleset,
                       const struct meeting_facts *facts,
                       struct second_label *copy)
{
    struct label label;

    ck_assert(ruleset_label(ruleset, facts, &label, &fix.err));
    memset(copy, 0, sizeof *copy);
    copy->importance = label.importance;
    copy->rsvp = label.rsvp;
    copy->prep_minutes = label.prep_minutes;
    for (size_t i = 0; i < label.fired_count; i++) {
        copy->fired[label.fired[i].rule] = true;
        copy->decided[label.fired[i].rule] = label.fired[i].decided;
    }
    copy->reasoning = reasoning_of(ruleset, &label);
}

static bool same_label(const struct second_label *one,
                       const struct second_label *other)
{
    return one->importance == other->importance && one->rsvp == other->rsvp &&
           one->prep_minutes == other->prep_minutes &&
           !memcmp(one->fired, other->fired, sizeof one->fired) &&
           !memcmp(one->decided, other->decided, sizeof one->decided) &&
           !strcmp(one->reasoning, other->reasoning);
}

static void print_label(const char *whose, const struct second_label *label)
{
    fprintf(stderr, "  %s: %s, prep %d, %s (%s)\n", whose,
            importance_name(label->importance), label->prep_minutes,
            rsvp_name(label->rsvp), label->reasoning);
}

static char mark(const struct second_label *label, size_t rule)
{
    return label->decided[rule] ? '+' : label->fired[rule] ? '-' : '.';
}

static void print_case(uint64_t number, const struct meeting_facts *facts,
                       const struct second_label *engine,
                       const struct second_label *second)
{
    fprintf(stderr,
            "persona %d\n  subject \"%s\"\n  preview \"%s\"\n  people  \"%s\"\n"
            "  external %d, recurring %d, organizer %d, attendees %d, %d min\n",
            (int)number, facts->subject, facts->preview, facts->people,
            facts->external, facts->recurring, facts->organizer,
            facts->attendees, facts->minutes);
    print_label("engine", engine);
    print_label("second", second);
    for (size_t i = 0; i < fix.persona.rule_count; i++)
        if (engine->fired[i] != second->fired[i] ||
            engine->decided[i] != second->decided[i])
            fprintf(stderr, "  engine %c, second %c: %s: %s\n", mark(engine, i),
                    mark(second, i), rule_kind_field(fix.rules[i].kind),
                    fix.rules[i].source);
}

struct tally {
    size_t wrong;
    size_t fired; /* cases in which a rule fired */
    size_t kinds[RULE_KINDS];
};

static void count_label(struct tally *tally, const struct second_label *label)
{
    bool any = false;

    for (size_t i = 0; i < fix.persona.rule_count; i++)
        if (label->fired[i]) {
            tally->kinds[fix.rules[i].kind]++;
            any = true;
        }
    tally->fired += any;
}

static void compare_persona(uint64_t number, struct tally *tally)
{
    struct ruleset *ruleset = start_persona(number);
    struct meeting_facts facts;
    struct second_label engine;
    struct second_label second;

    for (int i = 0; i < MEETINGS; i++) {
        start_meeting(&facts);
        label_with(ruleset, &facts, &engine);
        second_label(&fix.second, &fix.meeting_arena, &facts, &second);
        count_label(tally, &second);
        if (same_label(&engine, &second))
            continue;
        if (tally->wrong++ < SHOWN)
            print_case(number, &facts, &engine, &second);
    }
    ruleset_free(ruleset);
}

START_TEST(agrees_with_the_second_implementation)
{
    enum { CASES = PERSONAS * MEETINGS };
    struct tally tally = {0};

    for (uint64_t i = 0; i < PERSONAS; i++)
        compare_persona((uint64_t)_i * PERSONAS + i, &tally);
    ck_assert_uint_eq(tally.wrong, 0);
    /* Cases on which nothing fires would prove little. */
    ck_assert_uint_ge(tally.fired, CASES * 9 / 10);
    for (int kind = 0; kind < RULE_KINDS; kind++)
        ck_assert_uint_ge(tally.kinds[kind], CASES / 4);
}
END_TEST

/* --- what must hold of all labels --- */

/* Makes another persona for every ten turns. */
static struct ruleset *turn_persona(int turn, struct ruleset *ruleset)
{
    if (turn % 10)
        return ruleset;
    ruleset_free(ruleset);
    return start_persona((uint64_t)turn);
}

/* Rules in reverse order within each kind, and where each one went. */
static void reverse_kinds(struct persona_rule *rules, size_t *places)
{
    for (size_t start = 0, end; start < RULES; start = end) {
        for (end = start;
             end < RULES && fix.rules[end].kind == fix.rules[start].kind;)
            end++;
        for (size_t i = start; i < end; i++) {
            places[i] = start + end - 1 - i;
            rules[places[i]] = fix.rules[i];
        }
    }
}

START_TEST(order_of_rules_changes_no_label)
{
    struct persona_rule rules[RULES];
    struct persona reversed = {.rules = rules, .rule_count = RULES};
    size_t places[RULES];
    struct ruleset *one = NULL;
    struct ruleset *other = NULL;
    struct meeting_facts facts;
    struct second_label label;
    struct second_label again;

    for (int turn = 0; turn < TURNS; turn++) {
        one = turn_persona(turn, one);
        reverse_kinds(rules, places);
        ruleset_free(other);
        other = compile(&reversed);
        start_meeting(&facts);
        label_with(one, &facts, &label);
        label_with(other, &facts, &again);
        ck_assert_int_eq(label.importance, again.importance);
        ck_assert_int_eq(label.rsvp, again.rsvp);
        ck_assert_int_eq(label.prep_minutes, again.prep_minutes);
        for (size_t i = 0; i < RULES; i++) {
            ck_assert(label.fired[i] == again.fired[places[i]]);
            ck_assert(label.decided[i] == again.decided[places[i]]);
        }
    }
    ruleset_free(one);
    ruleset_free(other);
}
END_TEST

/* "a\nb\n" as "b\na\n" */
static const char *reverse_lines(const char *text)
{
    const char *lines = "";

    while (*text) {
        int length = (int)strcspn(text, "\n");
        lines = arena_format(&fix.meeting_arena, &fix.err, "%.*s\n%s", length,
                             text, lines);
        ck_assert_ptr_nonnull(lines);
        text += length + (text[length] == '\n');
    }
    return lines;
}

START_TEST(order_of_attendees_changes_no_label)
{
    struct ruleset *ruleset = NULL;
    struct meeting_facts facts;
    struct second_label label;
    struct second_label again;

    for (int turn = 0; turn < TURNS; turn++) {
        ruleset = turn_persona(turn, ruleset);
        start_meeting(&facts);
        label_with(ruleset, &facts, &label);
        facts.people = reverse_lines(facts.people);
        label_with(ruleset, &facts, &again);
        ck_assert(same_label(&label, &again));
    }
    ruleset_free(ruleset);
}
END_TEST

START_TEST(order_of_personas_changes_no_label)
{
    struct ruleset *one = NULL;
    struct ruleset *fresh;
    struct persona_rule rules[1];
    struct persona small = {.rules = rules, .rule_count = 1};
    struct ruleset *between;
    struct meeting_facts facts;
    struct second_label label;
    struct second_label again;

    for (int turn = 0; turn < TURNS; turn++) {
        one = turn_persona(turn, one);
        start_meeting(&facts);
        label_with(one, &facts, &label);
        make_rule(&fix.maker, RULE_REQUIRES_PREP, rules);
        between = compile(&small);
        label_with(between, &facts, &again);
        fresh = compile(&fix.persona);
        label_with(fresh, &facts, &again);
        ck_assert(same_label(&label, &again));
        label_with(one, &facts, &again);
        ck_assert(same_label(&label, &again));
        ruleset_free(between);
        ruleset_free(fresh);
    }
    ruleset_free(one);
}
END_TEST

static bool importance_fired(const struct second_label *label)
{
    for (size_t i = 0; i < RULES; i++)
        if (label->fired[i] && fix.rules[i].kind <= RULE_PRIORITY)
            return true;
    return false;
}

START_TEST(another_rule_never_lowers_importance)
{
    struct persona_rule rules[RULES + 1];
    struct persona larger = {.rules = rules, .rule_count = RULES + 1};
    struct ruleset *ruleset = NULL;
    struct ruleset *other;
    struct meeting_facts facts;
    struct second_label label;
    struct second_label again;

    for (int turn = 0; turn < TURNS; turn++) {
        ruleset = turn_persona(turn, ruleset);
        start_meeting(&facts);
        label_with(ruleset, &facts, &label);
        memcpy(rules + 1, fix.rules, RULES * sizeof *rules);
        make_rule(&fix.maker, (enum rule_kind)(turn % RULE_ALWAYS_ACCEPT),
                  rules);
        other = compile(&larger);
        label_with(other, &facts, &again);
        /* Only where nothing had fired does "rarely" lower the default. */
        if (importance_fired(&label))
            ck_assert_int_ge(again.importance, label.importance);
        ruleset_free(other);
    }
    ruleset_free(ruleset);
}
END_TEST

START_TEST(other_facts_change_no_label)
{
    struct ruleset *ruleset = NULL;
    struct meeting_facts facts;
    struct second_label label;
    struct second_label again;

    for (int turn = 0; turn < TURNS; turn++) {
        ruleset = turn_persona(turn, ruleset);
        start_meeting(&facts);
        label_with(ruleset, &facts, &label);
        facts.start = 12345 + turn;
        facts.type = (enum event_type)(turn % 4);
        facts.required = turn % 7;
        facts.optional = turn % 5;
        facts.resources = turn % 3;
        label_with(ruleset, &facts, &again);
        ck_assert(same_label(&label, &again));
    }
    ruleset_free(ruleset);
}
END_TEST

Suite *second_suite(void)
{
    Suite *suite = suite_create("second");
    TCase *agreement = tcase_create("agreement");
    TCase *properties = tcase_create("properties");

    tcase_add_checked_fixture(agreement, setup, teardown);
    tcase_set_timeout(agreement, 120);
    tcase_add_loop_test(agreement, agrees_with_the_second_implementation, 0,
                        LOOPS);
    suite_add_tcase(suite, agreement);
    tcase_add_checked_fixture(properties, setup, teardown);
    tcase_set_timeout(properties, 120);
    tcase_add_test(properties, order_of_rules_changes_no_label);
    tcase_add_test(properties, order_of_attendees_changes_no_label);
    tcase_add_test(properties, order_of_personas_changes_no_label);
    tcase_add_test(properties, another_rule_never_lowers_importance);
    tcase_add_test(properties, other_facts_change_no_label);
    suite_add_tcase(suite, properties);
    return suite;
}
