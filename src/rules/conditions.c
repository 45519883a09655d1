/* Building the five levels of conditions, and asking whether they hold. */
#include "ruleset.h"

static bool bound(struct number_list *level, const struct number_list *below,
                  struct arena *arena, struct error *err)
{
    if (level->at[level->count - 1] == below->count)
        return true;
    return number_list_add(level, below->count, arena, err);
}

bool conditions_start(struct ruleset *ruleset, struct error *err)
{
    struct conditions *all = &ruleset->conditions;

    return number_list_add(&all->terms, 0, &ruleset->arena, err) &&
           number_list_add(&all->choices, 0, &ruleset->arena, err) &&
           number_list_add(&all->segments, 0, &ruleset->arena, err) &&
           number_list_add(&all->groups, 0, &ruleset->arena, err);
}

bool conditions_phrase(struct ruleset *ruleset, uint32_t phrase,
                       struct error *err)
{
    return number_list_add(&ruleset->conditions.phrases, phrase,
                           &ruleset->arena, err);
}

bool conditions_end_term(struct ruleset *ruleset, struct error *err)
{
    struct conditions *all = &ruleset->conditions;

    return bound(&all->terms, &all->phrases, &ruleset->arena, err);
}

/* A bound is the number of closed elements below, one less than the entries of
 * a level that starts with a 0. */
static bool bound_closed(struct number_list *level,
                         const struct number_list *below, struct arena *arena,
                         struct error *err)
{
    if (level->at[level->count - 1] == below->count - 1)
        return true;
    return number_list_add(level, below->count - 1, arena, err);
}

bool conditions_end_choice(struct ruleset *ruleset, struct error *err)
{
    struct conditions *all = &ruleset->conditions;

    return bound_closed(&all->choices, &all->terms, &ruleset->arena, err);
}

bool conditions_end_segment(struct ruleset *ruleset, struct error *err)
{
    struct conditions *all = &ruleset->conditions;

    return bound_closed(&all->segments, &all->choices, &ruleset->arena, err);
}

bool conditions_end_group(struct ruleset *ruleset, struct error *err)
{
    struct conditions *all = &ruleset->conditions;

    return bound_closed(&all->groups, &all->segments, &ruleset->arena, err);
}

uint32_t conditions_next(const struct ruleset *ruleset)
{
    return ruleset->conditions.groups.count - 1;
}

static bool term_holds(const struct ruleset *ruleset, uint32_t term,
                       unsigned texts)
{
    const struct conditions *all = &ruleset->conditions;

    for (uint32_t i = all->terms.at[term]; i < all->terms.at[term + 1]; i++)
        if (ruleset->found[all->phrases.at[i]] & texts)
            return true;
    return false;
}

bool choice_holds(const struct ruleset *ruleset, uint32_t choice,
                  unsigned texts)
{
    const struct number_list *choices = &ruleset->conditions.choices;

    for (uint32_t t = choices->at[choice]; t < choices->at[choice + 1]; t++)
        if (!term_holds(ruleset, t, texts))
            return false;
    return true;
}

static bool segment_holds(const struct ruleset *ruleset, uint32_t segment,
                          unsigned texts)
{
    const struct number_list *segments = &ruleset->conditions.segments;

    for (uint32_t c = segments->at[segment]; c < segments->at[segment + 1]; c++)
        if (choice_holds(ruleset, c, texts))
            return true;
    return false;
}

static bool group_holds(const struct ruleset *ruleset, uint32_t group,
                        unsigned texts)
{
    const struct number_list *groups = &ruleset->conditions.groups;

    for (uint32_t s = groups->at[group]; s < groups->at[group + 1]; s++)
        if (!segment_holds(ruleset, s, texts))
            return false;
    return true;
}

static bool agrees(enum fact_test test, bool fact)
{
    return test == TEST_OFF || (test == TEST_TRUE) == fact;
}

/* A meeting of 0 minutes has no known length, so no bound of it holds. */
static bool tests_hold(const struct fact_tests *tests,
                       const struct meeting_facts *facts)
{
    bool bounds_length =
        tests->duration_min > 0 || tests->duration_max < INT32_MAX;

    return agrees(tests->external, facts->external) &&
           agrees(tests->one_on_one, facts->attendees == 2) &&
           agrees(tests->recurring, facts->recurring) &&
           agrees(tests->organizer, facts->organizer) &&
           agrees(tests->overlaps, facts->overlaps) &&
           facts->attendees >= tests->attendees_min &&
           facts->attendees <= tests->attendees_max &&
           (!bounds_length ||
            (facts->minutes > 0 && facts->minutes >= tests->duration_min &&
             facts->minutes <= tests->duration_max));
}

bool rule_fires(const struct ruleset *ruleset, const struct rule *rule,
                const struct meeting_facts *facts)
{
    if (rule->has_tests && !tests_hold(&rule->tests, facts))
        return false;
    for (uint32_t g = rule->needs; g < rule->needs_end; g++)
        if (!group_holds(ruleset, g, rule->texts))
            return false;
    for (uint32_t g = rule->denies; g < rule->denies_end; g++)
        if (group_holds(ruleset, g, rule->texts))
            return false;
    return true;
}
