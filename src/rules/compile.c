/* A persona's rules become a ruleset. */
#include "ruleset.h"

#include <stdlib.h>
#include <string.h>

enum { REQUIRED_MINUTES = 30, OPTIONAL_MINUTES = 15, RULES_LIMIT = UINT16_MAX };

/* Adds a text as a phrase to the open term; one without words adds nothing. */
static bool add_phrase(struct ruleset *ruleset, const char *text,
                       struct error *err)
{
    uint32_t phrase;
    uint32_t count;

    if (!lexicon_read_phrase(&ruleset->lexicon, text, strlen(text), &phrase,
                             &count, err))
        return false;
    return !count || conditions_phrase(ruleset, phrase, err);
}

/* Ends a rule that is one term. */
static bool end_term_rule(struct ruleset *ruleset, struct rule *rule,
                          struct error *err)
{
    rule->texts = IN_SUBJECT | IN_PREVIEW;
    rule->needs = conditions_next(ruleset);
    if (!conditions_end_term(ruleset, err) ||
        !conditions_end_choice(ruleset, err) ||
        !conditions_end_segment(ruleset, err) ||
        !conditions_end_group(ruleset, err))
        return false;
    rule->needs_end = rule->denies = rule->denies_end =
        conditions_next(ruleset);
    return true;
}

static bool compile_priority(struct ruleset *ruleset, struct rule *rule,
                             const struct persona_rule *source,
                             struct error *err)
{
    rule->name = source->source;
    for (size_t i = 0; i < source->keyword_count; i++)
        if (!add_phrase(ruleset, source->keywords[i], err))
            return false;
    return end_term_rule(ruleset, rule, err);
}

static bool compile_phrase(struct ruleset *ruleset, struct rule *rule,
                           const struct persona_rule *source, struct error *err)
{
    rule->name = source->source;
    return add_phrase(ruleset, source->source, err) &&
           end_term_rule(ruleset, rule, err);
}

static bool compile_described(struct ruleset *ruleset, struct rule *rule,
                              const struct persona_rule *source,
                              struct error *err)
{
    const char *head;
    size_t length = head_find(source->source, &head);

    rule->name = arena_bytes(&ruleset->arena, head, length, err);
    if (!rule->name || !head_compile(ruleset, rule, head, length, err))
        return false;
    rule->texts = IN_SUBJECT | IN_PREVIEW | IN_PEOPLE | IN_FACTS;
    ruleset->reads_people = true;
    if (rule->kind == RULE_REQUIRES_PREP)
        rule->minutes = minutes_read(source->source, REQUIRED_MINUTES);
    if (rule->kind == RULE_OPTIONAL_PREP)
        rule->minutes = minutes_read(source->source, OPTIONAL_MINUTES);
    return true;
}

static bool compile_rule(struct ruleset *ruleset, struct rule *rule,
                         const struct persona_rule *source, struct error *err)
{
    rule->kind = source->kind;
    if (rule->kind == RULE_PRIORITY)
        return compile_priority(ruleset, rule, source, err);
    if (rule->kind == RULE_REQUIRES_PREP)
        rule->minutes = REQUIRED_MINUTES;
    if (rule->kind == RULE_OPTIONAL_PREP)
        rule->minutes = OPTIONAL_MINUTES;
    if (source->object)
        return structured_compile(ruleset, rule, source, err);
    if (rule->kind <= RULE_RARELY_IMPORTANT)
        return compile_phrase(ruleset, rule, source, err);
    return compile_described(ruleset, rule, source, err);
}

static bool compile_rules(struct ruleset *ruleset, struct error *err)
{
    const struct persona *persona = ruleset->persona;

    if (persona->rule_count > RULES_LIMIT)
        return error_set(err, ERROR_INPUT,
                         "%zu rules; a persona can have %d at most",
                         persona->rule_count, (int)RULES_LIMIT);
    ruleset->rule_count = persona->rule_count;
    ruleset->rules = arena_zero(&ruleset->arena, persona->rule_count,
                                sizeof *ruleset->rules, err);
    if (!ruleset->rules)
        return false;
    for (size_t i = 0; i < persona->rule_count; i++)
        if (!compile_rule(ruleset, &ruleset->rules[i], &persona->rules[i], err))
            return false;
    return true;
}

void rule_phrases(const struct ruleset *ruleset, const struct rule *rule,
                  uint32_t *first, uint32_t *end)
{
    const struct conditions *all = &ruleset->conditions;
    const struct number_list *levels[] = {&all->groups, &all->segments,
                                          &all->choices, &all->terms};

    *first = rule->needs;
    *end = rule->needs_end;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        *first = levels[i]->at[*first];
        *end = levels[i]->at[*end];
    }
}

/* Fills the index from phrases to the rules that need them. */
static bool index_users(struct ruleset *ruleset, struct error *err)
{
    const struct number_list *phrases = &ruleset->conditions.phrases;
    uint32_t count = ruleset->lexicon.phrase_count;
    uint32_t *start =
        arena_zero(&ruleset->arena, count + 2, sizeof *start, err);
    uint32_t first;
    uint32_t end;

    ruleset->users = arena_zero(&ruleset->arena, phrases->count,
                                sizeof *ruleset->users, err);
    if (!start || !ruleset->users)
        return false;
    /* Counted two places up: after the sums, start[p + 1] is where phrase p
     * begins, and filling moves it to where p + 1 begins. */
    for (uint32_t i = 0; i < ruleset->rule_count; i++) {
        rule_phrases(ruleset, &ruleset->rules[i], &first, &end);
        for (; first < end; first++)
            start[phrases->at[first] + 2]++;
    }
    for (uint32_t i = 2; i < count + 2; i++)
        start[i] += start[i - 1];
    for (uint32_t i = 0; i < ruleset->rule_count; i++) {
        rule_phrases(ruleset, &ruleset->rules[i], &first, &end);
        for (; first < end; first++)
            ruleset->users[start[phrases->at[first] + 1]++] = i;
    }
    ruleset->users_start = start;
    return true;
}

static bool prepare_meeting(struct ruleset *ruleset, struct error *err)
{
    struct arena *arena = &ruleset->arena;
    uint32_t phrases = ruleset->lexicon.phrase_count;
    uint32_t ring = 1;

    while (ring < ruleset->lexicon.longest)
        ring *= 2;
    ruleset->ring_size = ring;
    ruleset->bit_words = ruleset->rule_count / 64 + 1;
    ruleset->always =
        arena_zero(arena, ruleset->bit_words, sizeof *ruleset->always, err);
    ruleset->tried =
        arena_zero(arena, ruleset->bit_words, sizeof *ruleset->tried, err);
    ruleset->found = arena_zero(arena, phrases, sizeof *ruleset->found, err);
    ruleset->marked = arena_zero(arena, phrases, sizeof *ruleset->marked, err);
    ruleset->recent = arena_zero(arena, ring, sizeof *ruleset->recent, err);
    ruleset->recent_start =
        arena_zero(arena, ring, sizeof *ruleset->recent_start, err);
    ruleset->fired =
        arena_zero(arena, ruleset->rule_count, sizeof *ruleset->fired, err);
    if (!ruleset->always || !ruleset->tried || !ruleset->found ||
        !ruleset->marked || !ruleset->recent || !ruleset->recent_start ||
        !ruleset->fired)
        return false;
    for (size_t i = 0; i < ruleset->rule_count; i++)
        if (ruleset->rules[i].always_tried)
            ruleset->always[i / 64] |= UINT64_C(1) << i % 64;
    return true;
}

struct ruleset *ruleset_compile(const struct persona *persona,
                                struct error *err)
{
    struct ruleset *ruleset = calloc(1, sizeof *ruleset);

    if (!ruleset) {
        error_memory(err);
        return NULL;
    }
    ruleset->persona = persona;
    if (lexicon_start(&ruleset->lexicon, &ruleset->arena, FACT_PHRASES, err) &&
        quiet_names_start(&ruleset->quiet_names, err) &&
        conditions_start(ruleset, err) && concept_names_read(ruleset, err) &&
        compile_rules(ruleset, err) && lexicon_seal(&ruleset->lexicon, err) &&
        index_users(ruleset, err) && prepare_meeting(ruleset, err))
        return ruleset;
    ruleset_free(ruleset);
    return NULL;
}

void ruleset_free(struct ruleset *ruleset)
{
    if (!ruleset)
        return;
    lexicon_end(&ruleset->lexicon);
    quiet_names_end(&ruleset->quiet_names);
    arena_free(&ruleset->arena);
    free(ruleset);
}

const char *ruleset_name(const struct ruleset *ruleset, size_t rule)
{
    return ruleset->rules[rule].name;
}

int ruleset_minutes(const struct ruleset *ruleset, size_t rule)
{
    return ruleset->rules[rule].minutes;
}
