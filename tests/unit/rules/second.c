/* The second implementation: from a persona to the label of a meeting. */
#include "second.h"

#include <check.h>
#include <string.h>

static bool is_phrase_kind(enum rule_kind kind)
{
    return kind <= RULE_RARELY_IMPORTANT;
}

static void add_phrase(const struct second_tools *tools, struct arena *arena,
                       struct second_rule *rule, const char *text)
{
    second_append(arena, &rule->any,
                  second_cut(tools, arena, text, strlen(text)));
}

/* The text before the bracket, without the spaces around it. */
static const char *head_name(struct arena *arena, const char *text)
{
    size_t length = second_head_length(text);
    struct error err;
    const char *name;

    while (length && *text == ' ') {
        text++;
        length--;
    }
    while (length && text[length - 1] == ' ')
        length--;
    name = arena_bytes(arena, text, length, &err);
    ck_assert_ptr_nonnull(name);
    return name;
}

static void read_rule(const struct second_tools *tools, struct arena *arena,
                      struct second_rule *second)
{
    const struct persona_rule *rule = second->rule;

    second->name = rule->source;
    if (rule->kind == RULE_REQUIRES_PREP)
        second->minutes = 30;
    if (rule->kind == RULE_OPTIONAL_PREP)
        second->minutes = 15;
    if (rule->object) {
        second_read_object(tools, arena, second);
    } else if (rule->kind == RULE_PRIORITY) {
        for (size_t i = 0; i < rule->keyword_count; i++)
            add_phrase(tools, arena, second, rule->keywords[i]);
    } else if (is_phrase_kind(rule->kind)) {
        add_phrase(tools, arena, second, rule->source);
    } else {
        second->head = second_read_head(tools, arena, rule->source, rule->kind);
        second->name = head_name(arena, rule->source);
        if (second->minutes)
            second->minutes = second_minutes(rule->source, rule->kind);
    }
}

void second_start(struct second *second, struct arena *arena,
                  const struct persona *persona)
{
    ck_assert_uint_le(persona->rule_count, SECOND_RULES);
    memset(second->rules, 0, sizeof second->rules);
    second->count = persona->rule_count;
    for (size_t i = 0; i < second->count; i++) {
        second->rules[i].rule = &persona->rules[i];
        read_rule(&second->tools, arena, &second->rules[i]);
    }
}

/* --- which rules fire --- */

static bool holds_phrase(const struct stems *phrase,
                         const struct second_meeting *meeting)
{
    return second_occurs(&meeting->texts.at[0], phrase) ||
           second_occurs(&meeting->texts.at[1], phrase);
}

bool second_phrases_fire(const struct stems_list *phrases,
                         const struct second_meeting *meeting, bool all)
{
    size_t count = 0;

    for (size_t i = 0; i < phrases->count; i++)
        count += holds_phrase(&phrases->at[i], meeting);
    return all ? count == phrases->count : count > 0;
}

static bool fires(const struct second_rule *rule,
                  const struct second_meeting *meeting)
{
    if (rule->rule->object)
        return second_object_fires(rule, meeting);
    if (rule->rule->kind == RULE_PRIORITY || is_phrase_kind(rule->rule->kind))
        return second_phrases_fire(&rule->any, meeting, false);
    return second_head_fires(rule->head, meeting);
}

static void read_meeting(const struct second_tools *tools, struct arena *arena,
                         struct second_meeting *meeting)
{
    const struct meeting_facts *facts = meeting->facts;
    const char *name = facts->people;

    second_append(
        arena, &meeting->texts,
        second_cut(tools, arena, facts->subject, strlen(facts->subject)));
    second_append(
        arena, &meeting->texts,
        second_cut(tools, arena, facts->preview, strlen(facts->preview)));
    while (*name) {
        size_t length = strcspn(name, "\n");
        second_append(arena, &meeting->texts,
                      second_cut(tools, arena, name, length));
        name += length + (name[length] == '\n');
    }
}

/* --- the decision --- */

static bool any_fired(const struct second *second,
                      const struct second_label *label, enum rule_kind kind)
{
    for (size_t i = 0; i < second->count; i++)
        if (label->fired[i] && second->rules[i].rule->kind == kind)
            return true;
    return false;
}

static void decide(const struct second *second, struct second_label *label,
                   enum rule_kind kind)
{
    for (size_t i = 0; i < second->count; i++)
        if (label->fired[i] && second->rules[i].rule->kind == kind)
            label->decided[i] = true;
}

static void decide_importance(const struct second *second,
                              struct second_label *label)
{
    bool priority = any_fired(second, label, RULE_PRIORITY);

    if (any_fired(second, label, RULE_ALWAYS_IMPORTANT)) {
        label->importance = IMPORTANCE_CRITICAL;
        decide(second, label, RULE_ALWAYS_IMPORTANT);
    } else if (any_fired(second, label, RULE_USUALLY_IMPORTANT)) {
        label->importance = IMPORTANCE_HIGH;
        decide(second, label, RULE_USUALLY_IMPORTANT);
    } else if (priority) {
        label->importance = IMPORTANCE_HIGH;
    } else if (any_fired(second, label, RULE_SOMETIMES_IMPORTANT)) {
        label->importance = IMPORTANCE_MEDIUM;
        decide(second, label, RULE_SOMETIMES_IMPORTANT);
    } else if (any_fired(second, label, RULE_RARELY_IMPORTANT)) {
        label->importance = IMPORTANCE_LOW;
        decide(second, label, RULE_RARELY_IMPORTANT);
    } else {
        label->importance = IMPORTANCE_MEDIUM;
    }
    if (priority)
        decide(second, label, RULE_PRIORITY);
}

static void decide_preparation(const struct second *second,
                               struct second_label *label)
{
    decide(second, label, RULE_REQUIRES_PREP);
    if (label->importance >= IMPORTANCE_HIGH)
        decide(second, label, RULE_OPTIONAL_PREP);
    label->prep_minutes = 0;
    for (size_t i = 0; i < second->count; i++)
        if (label->decided[i] && second->rules[i].minutes > label->prep_minutes)
            label->prep_minutes = second->rules[i].minutes;
    if (!label->prep_minutes)
        decide(second, label, RULE_NO_PREP);
}

static void decide_answer(const struct second *second,
                          struct second_label *label)
{
    static const struct {
        enum rule_kind kind;
        enum rsvp rsvp;
    } order[] = {
        {RULE_ALWAYS_DECLINE, RSVP_DECLINE},
        {RULE_ALWAYS_ACCEPT, RSVP_ACCEPT},
        {RULE_DECLINE_BY_DEFAULT, RSVP_DECLINE},
        {RULE_CONDITIONAL, RSVP_TENTATIVE},
    };

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (any_fired(second, label, order[i].kind)) {
            label->rsvp = order[i].rsvp;
            decide(second, label, order[i].kind);
            return;
        }
    if (label->importance >= IMPORTANCE_HIGH)
        label->rsvp = RSVP_ACCEPT;
    else if (label->importance == IMPORTANCE_MEDIUM)
        label->rsvp = RSVP_TENTATIVE;
    else
        label->rsvp = RSVP_DECLINE;
}

static const char *const reasons[RULE_KINDS] = {
    [RULE_ALWAYS_IMPORTANT] = "Always important",
    [RULE_USUALLY_IMPORTANT] = "Usually important",
    [RULE_SOMETIMES_IMPORTANT] = "Sometimes important",
    [RULE_RARELY_IMPORTANT] = "Rarely important",
    [RULE_PRIORITY] = "Matches priority",
    [RULE_REQUIRES_PREP] = "Requires prep",
    [RULE_OPTIONAL_PREP] = "Optional prep",
    [RULE_NO_PREP] = "No prep",
};

/* Whether a rule before this one gives the same reason. */
static bool is_said(const struct second *second,
                    const struct second_label *label, size_t rule)
{
    for (size_t i = 0; i < rule; i++)
        if (label->decided[i] &&
            second->rules[i].rule->kind == second->rules[rule].rule->kind &&
            !strcmp(second->rules[i].name, second->rules[rule].name))
            return true;
    return false;
}

static void give_reasons(const struct second *second, struct arena *arena,
                         struct second_label *label)
{
    struct buf buf = BUF_EMPTY;
    struct error err;

    for (size_t i = 0; i < second->count; i++) {
        const char *reason = reasons[second->rules[i].rule->kind];
        if (!label->decided[i] || !reason || is_said(second, label, i))
            continue;
        buf_format(&buf, "%s%s: %s", buf.length ? "; " : "", reason,
                   second->rules[i].name);
    }
    label->reasoning = arena_text(
        arena, buf.length ? buf_string(&buf) : "No specific rule matched",
        &err);
    ck_assert_ptr_nonnull(label->reasoning);
    buf_free(&buf);
}

void second_label(const struct second *second, struct arena *arena,
                  const struct meeting_facts *facts, struct second_label *label)
{
    struct second_meeting meeting = {.facts = facts};

    memset(label, 0, sizeof *label);
    read_meeting(&second->tools, arena, &meeting);
    for (size_t i = 0; i < second->count; i++)
        label->fired[i] = fires(&second->rules[i], &meeting);
    decide_importance(second, label);
    decide_preparation(second, label);
    decide_answer(second, label);
    give_reasons(second, arena, label);
}
