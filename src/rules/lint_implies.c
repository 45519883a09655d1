/* Implication between compiled rules: the five levels of conditions, top down.
 *
 * Every step asks for something that is enough and not always needed, so a
 * "yes" is a proof and a "no" may be a gap. */
#include "lint_parts.h"

#include <string.h>

/* A text that holds `one` holds `other`: its words stand in it side by side. */
static bool phrase_implies(const struct ruleset *ruleset, uint32_t one,
                           uint32_t other)
{
    const struct lexicon *lexicon = &ruleset->lexicon;
    const uint32_t *words = lexicon->phrase_words.at;
    const struct phrase *a;
    const struct phrase *b;

    if (one == other)
        return true;
    if (one < FACT_PHRASES || other < FACT_PHRASES)
        return false;
    a = lexicon->phrases[one];
    b = lexicon->phrases[other];
    for (uint32_t i = 0; i + b->count <= a->count; i++)
        if (!memcmp(words + a->first + i, words + b->first,
                    b->count * sizeof *words))
            return true;
    return false;
}

/* Each phrase of the one term is enough for the other. */
static bool term_implies(const struct ruleset *ruleset, uint32_t one,
                         uint32_t other)
{
    const struct conditions *all = &ruleset->conditions;

    for (uint32_t a = all->terms.at[one]; a < all->terms.at[one + 1]; a++) {
        bool held = false;
        for (uint32_t b = all->terms.at[other];
             !held && b < all->terms.at[other + 1]; b++)
            held =
                phrase_implies(ruleset, all->phrases.at[a], all->phrases.at[b]);
        if (!held)
            return false;
    }
    return true;
}

static bool choice_implies_term(const struct ruleset *ruleset, uint32_t choice,
                                uint32_t term)
{
    const struct number_list *choices = &ruleset->conditions.choices;

    for (uint32_t t = choices->at[choice]; t < choices->at[choice + 1]; t++)
        if (term_implies(ruleset, t, term))
            return true;
    return false;
}

static bool choice_implies(const struct ruleset *ruleset, uint32_t one,
                           uint32_t other)
{
    const struct number_list *choices = &ruleset->conditions.choices;

    for (uint32_t t = choices->at[other]; t < choices->at[other + 1]; t++)
        if (!choice_implies_term(ruleset, one, t))
            return false;
    return true;
}

static bool choice_implies_segment(const struct ruleset *ruleset,
                                   uint32_t choice, uint32_t segment)
{
    const struct number_list *segments = &ruleset->conditions.segments;

    for (uint32_t c = segments->at[segment]; c < segments->at[segment + 1]; c++)
        if (choice_implies(ruleset, choice, c))
            return true;
    return false;
}

static bool segment_implies(const struct ruleset *ruleset, uint32_t one,
                            uint32_t other)
{
    const struct number_list *segments = &ruleset->conditions.segments;

    for (uint32_t c = segments->at[one]; c < segments->at[one + 1]; c++)
        if (!choice_implies_segment(ruleset, c, other))
            return false;
    return true;
}

/* Whether some segment of a group holds only where the term does. */
static bool group_implies_term(const struct ruleset *ruleset, uint32_t group,
                               uint32_t term)
{
    const struct conditions *all = &ruleset->conditions;

    for (uint32_t s = all->groups.at[group]; s < all->groups.at[group + 1];
         s++) {
        bool held = true;
        for (uint32_t c = all->segments.at[s];
             held && c < all->segments.at[s + 1]; c++)
            held = choice_implies_term(ruleset, c, term);
        if (held)
            return true;
    }
    return false;
}

/* Whether the terms of one choice are held up by any segments of a group:
 * "Review of deals" by "Deal reviews". */
static bool group_implies_choice(const struct ruleset *ruleset, uint32_t group,
                                 uint32_t choice)
{
    const struct number_list *choices = &ruleset->conditions.choices;

    for (uint32_t t = choices->at[choice]; t < choices->at[choice + 1]; t++)
        if (!group_implies_term(ruleset, group, t))
            return false;
    return true;
}

static bool group_implies_segment(const struct ruleset *ruleset, uint32_t group,
                                  uint32_t segment)
{
    const struct conditions *all = &ruleset->conditions;

    for (uint32_t s = all->groups.at[group]; s < all->groups.at[group + 1]; s++)
        if (segment_implies(ruleset, s, segment))
            return true;
    for (uint32_t c = all->segments.at[segment];
         c < all->segments.at[segment + 1]; c++)
        if (group_implies_choice(ruleset, group, c))
            return true;
    return false;
}

static bool group_implies(const struct ruleset *ruleset, uint32_t one,
                          uint32_t other)
{
    const struct number_list *groups = &ruleset->conditions.groups;

    for (uint32_t s = groups->at[other]; s < groups->at[other + 1]; s++)
        if (!group_implies_segment(ruleset, one, s))
            return false;
    return true;
}

/* ---- Facts ---- */

/* A test that is forgotten here would make proofs of what is not so. */
_Static_assert(sizeof(struct fact_tests) ==
                   5 * sizeof(enum fact_test) + 4 * sizeof(int),
               "tests_imply and count_facts know every test");

static const struct fact_tests no_tests = {.attendees_max = INT32_MAX,
                                           .duration_max = INT32_MAX};

/* What a rule says of the number of attendees, one_on_one included. */
static void attendee_bounds(const struct fact_tests *tests, int *low, int *high)
{
    *low = tests->attendees_min;
    *high = tests->attendees_max;
    if (tests->one_on_one == TEST_TRUE && *low < 2)
        *low = 2;
    if (tests->one_on_one == TEST_TRUE && *high > 2)
        *high = 2;
    if (tests->external == TEST_TRUE && *low < 2)
        *low = 2;
    if (tests->one_on_one == TEST_FALSE && *low == 2)
        *low = 3;
    if (tests->one_on_one == TEST_FALSE && *high == 2)
        *high = 1;
}

static bool flag_implies(enum fact_test one, enum fact_test other)
{
    return other == TEST_OFF || one == other;
}

static bool bounds_duration(const struct fact_tests *tests)
{
    return tests->duration_min > 0 || tests->duration_max < INT32_MAX;
}

static bool attendees_imply(const struct fact_tests *one,
                            const struct fact_tests *other)
{
    int low;
    int high;

    attendee_bounds(one, &low, &high);
    if (low < other->attendees_min || high > other->attendees_max)
        return false;
    switch (other->one_on_one) {
    case TEST_TRUE:
        return low == 2 && high == 2;
    case TEST_FALSE:
        return one->one_on_one == TEST_FALSE || low > 2 || high < 2;
    default:
        return true;
    }
}

static bool tests_imply(const struct fact_tests *one,
                        const struct fact_tests *other)
{
    return flag_implies(one->external, other->external) &&
           flag_implies(one->recurring, other->recurring) &&
           flag_implies(one->organizer, other->organizer) &&
           flag_implies(one->overlaps, other->overlaps) &&
           attendees_imply(one, other) &&
           (!bounds_duration(other) ||
            (bounds_duration(one) && one->duration_min >= other->duration_min &&
             one->duration_max <= other->duration_max));
}

/* ---- Rules ---- */

/* What the one needs holds up what the other needs. */
static bool needs_imply(const struct ruleset *ruleset, const struct rule *one,
                        const struct rule *other)
{
    if (other->needs == other->needs_end)
        return true;
    return one->needs < one->needs_end && !(one->texts & ~other->texts) &&
           group_implies(ruleset, one->needs, other->needs);
}

/* Whatever the other denies, the one denies as well. */
static bool denies_imply(const struct ruleset *ruleset, const struct rule *one,
                         const struct rule *other)
{
    for (uint32_t g = other->denies; g < other->denies_end; g++) {
        bool denied = false;
        for (uint32_t h = one->denies; !denied && h < one->denies_end; h++)
            denied =
                !(other->texts & ~one->texts) && group_implies(ruleset, g, h);
        if (!denied)
            return false;
    }
    return true;
}

bool rule_implies(const struct ruleset *ruleset, const struct rule *one,
                  const struct rule *other)
{
    return needs_imply(ruleset, one, other) &&
           denies_imply(ruleset, one, other) &&
           (!other->has_tests ||
            tests_imply(one->has_tests ? &one->tests : &no_tests,
                        &other->tests));
}

const char *rule_impossible(const struct ruleset *ruleset,
                            const struct rule *rule)
{
    int low;
    int high;

    if (rule->needs == rule->needs_end && !rule->has_tests)
        return rule->denies < rule->denies_end
                   ? "it says what must not occur, and nothing that must"
                   : "no word with a content is left of it";
    for (uint32_t g = rule->denies; g < rule->denies_end; g++)
        if (rule->needs < rule->needs_end &&
            group_implies(ruleset, rule->needs, g))
            return "what must occur is also what must not";
    if (!rule->has_tests)
        return NULL;
    attendee_bounds(&rule->tests, &low, &high);
    if (low > high)
        return "no number of attendees is right";
    return rule->tests.duration_max == 0
               ? "no meeting of known length is that short"
               : NULL;
}
