/* Where the rules that fired found their words. */
#include "ruleset.h"

#include <stdlib.h>
#include <string.h>

/* A phrase that a fired rule was satisfied by. */
struct use {
    uint32_t phrase;
    uint16_t rule;
};

struct uses {
    struct use *at;
    size_t count;
};

/* The phrases of a rule, all of its choices counted. */
static size_t phrase_limit(const struct ruleset *ruleset,
                           const struct rule *rule)
{
    uint32_t first;
    uint32_t end;

    rule_phrases(ruleset, rule, &first, &end);
    return end - first;
}

static void add_term(const struct ruleset *ruleset, uint16_t number,
                     uint32_t term, struct uses *uses)
{
    const struct conditions *all = &ruleset->conditions;

    for (uint32_t i = all->terms.at[term]; i < all->terms.at[term + 1]; i++)
        uses->at[uses->count++] = (struct use){all->phrases.at[i], number};
}

/* Adds the phrases of the choices that hold. */
static void add_rule(const struct ruleset *ruleset, uint16_t number,
                     struct uses *uses)
{
    const struct conditions *all = &ruleset->conditions;
    const struct rule *rule = &ruleset->rules[number];
    uint32_t first = all->segments.at[all->groups.at[rule->needs]];
    uint32_t end = all->segments.at[all->groups.at[rule->needs_end]];

    for (uint32_t choice = first; choice < end; choice++)
        if (choice_holds(ruleset, choice, rule->texts))
            for (uint32_t term = all->choices.at[choice];
                 term < all->choices.at[choice + 1]; term++)
                add_term(ruleset, number, term, uses);
}

static int compare_uses(const void *one, const void *other)
{
    const struct use *a = one;
    const struct use *b = other;

    if (a->phrase != b->phrase)
        return a->phrase < b->phrase ? -1 : 1;
    return (a->rule > b->rule) - (a->rule < b->rule);
}

static bool collect_uses(const struct ruleset *ruleset,
                         const struct label *label, struct arena *arena,
                         struct uses *uses, struct error *err)
{
    size_t limit = 0;
    size_t kept = 0;

    for (size_t i = 0; i < label->fired_count; i++)
        limit += phrase_limit(ruleset, &ruleset->rules[label->fired[i].rule]);
    uses->count = 0;
    uses->at = arena_zero(arena, limit, sizeof *uses->at, err);
    if (!uses->at)
        return false;
    for (size_t i = 0; i < label->fired_count; i++)
        add_rule(ruleset, label->fired[i].rule, uses);
    if (uses->count)
        qsort(uses->at, uses->count, sizeof *uses->at, compare_uses);
    for (size_t i = 0; i < uses->count; i++)
        if (!kept || compare_uses(&uses->at[i], &uses->at[kept - 1]))
            uses->at[kept++] = uses->at[i];
    uses->count = kept;
    return true;
}

/* The first use of a phrase. */
static size_t find_use(const struct uses *uses, uint32_t phrase)
{
    size_t low = 0;
    size_t high = uses->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (uses->at[middle].phrase < phrase)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds a match for every rule that uses the phrase of a place; with `matches`
 * NULL, only counts them. */
static size_t add_matches(const struct ruleset *ruleset,
                          const struct uses *uses, const struct place *place,
                          struct rule_match *matches)
{
    size_t count = 0;

    for (size_t i = find_use(uses, place->phrase);
         i < uses->count && uses->at[i].phrase == place->phrase; i++) {
        uint16_t rule = uses->at[i].rule;
        if (!(ruleset->rules[rule].texts & 1u << place->text))
            continue;
        if (matches)
            matches[count] = (struct rule_match){rule, place->text,
                                                 place->start, place->length};
        count++;
    }
    return count;
}

static int compare_matches(const void *one, const void *other)
{
    const struct rule_match *a = one;
    const struct rule_match *b = other;

    if (a->text != b->text)
        return a->text < b->text ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return (a->rule > b->rule) - (a->rule < b->rule);
}

bool ruleset_matches(struct ruleset *ruleset, const struct meeting_facts *facts,
                     struct arena *arena, struct rule_match **matches,
                     size_t *count, struct error *err)
{
    struct places places = {NULL, 0, 0, arena};
    struct label label;
    struct uses uses;
    size_t all = 0;

    if (!scan_meeting(ruleset, facts, &places, err))
        return false;
    decide_label(ruleset, facts, &label);
    if (!collect_uses(ruleset, &label, arena, &uses, err))
        return false;
    for (size_t i = 0; i < places.count; i++)
        all += add_matches(ruleset, &uses, &places.at[i], NULL);
    *matches = arena_zero(arena, all, sizeof **matches, err);
    if (!*matches)
        return false;
    *count = 0;
    for (size_t i = 0; i < places.count; i++)
        *count += add_matches(ruleset, &uses, &places.at[i], *matches + *count);
    if (*count)
        qsort(*matches, *count, sizeof **matches, compare_matches);
    return true;
}
