/* Findings about single rules, and the list of all findings. */
#include "lint_parts.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    enum lint_severity severity;
} kinds[] = {
    [LINT_NO_RULES] = {"no_rules", LINT_WARNING},
    [LINT_NEVER_FIRES] = {"never_fires", LINT_ERROR},
    [LINT_NO_KEYWORDS] = {"no_keywords", LINT_ERROR},
    [LINT_CONTRADICTION] = {"contradiction", LINT_ERROR},
    [LINT_TWO_LISTS] = {"two_lists", LINT_ERROR},
    [LINT_SHADOWED] = {"shadowed", LINT_ERROR},
    [LINT_DUPLICATE] = {"duplicate", LINT_WARNING},
    [LINT_WITHOUT_EFFECT] = {"without_effect", LINT_WARNING},
    [LINT_NO_MINUTES] = {"no_minutes", LINT_WARNING},
    [LINT_MINUTES_OUTSIDE] = {"minutes_outside", LINT_WARNING},
    [LINT_COMMON_WORD] = {"common_word", LINT_WARNING},
    [LINT_DEAD] = {"dead", LINT_WARNING},
    [LINT_OVERRULED] = {"overruled", LINT_WARNING},
    [LINT_MISSPELT] = {"misspelt", LINT_WARNING},
    [LINT_UNREADABLE] = {"unreadable", LINT_WARNING},
    [LINT_UNKNOWN_VALUE] = {"unknown_value", LINT_WARNING},
    [LINT_NO_FUNCTION] = {"no_function", LINT_WARNING},
};

const char *lint_kind_name(enum lint_kind kind)
{
    return kinds[kind].name;
}

enum lint_severity lint_severity_of(enum lint_kind kind)
{
    return kinds[kind].severity;
}

const char *lint_severity_name(enum lint_severity severity)
{
    return severity == LINT_ERROR ? "error" : "warning";
}

bool linter_add(struct linter *linter, enum lint_kind kind, size_t rule,
                size_t other, const char *message, const char *advice)
{
    struct lint *lint = linter->lint;

    if (!message || !advice ||
        !list_grow(linter->arena, &lint->findings, lint->count,
                   sizeof *lint->findings, linter->err))
        return false;
    lint->findings[lint->count++] =
        (struct lint_finding){kind, rule, other, NULL, message, advice};
    lint->errors += lint_severity_of(kind) == LINT_ERROR;
    return true;
}

const char *linter_rule(struct linter *linter, size_t rule)
{
    const struct persona_rule *source = &linter->ruleset->persona->rules[rule];
    const char *text =
        source->object ? ruleset_name(linter->ruleset, rule) : source->source;

    return arena_format(linter->arena, linter->err, "%s \"%s\"", source->field,
                        text);
}

/* ---- Minutes ---- */

/* Whether a bracket of either width begins or ends here. */
static bool is_bracket(const char *at, const char *narrow, const char *wide)
{
    return *at == *narrow || !strncmp(at, wide, strlen(wide));
}

/* The text behind an opening bracket, as minutes_read wants it, with dots for
 * its own brackets and what is in them. */
static const char *outside_of(struct linter *linter, const char *text)
{
    char *copy = arena_format(linter->arena, linter->err, "(%s", text);
    bool inside = false;

    for (size_t i = 0; copy && text[i]; i++) {
        if (is_bracket(text + i, "(", "\uFF08"))
            inside = true;
        if (inside)
            copy[i + 1] = '.';
        if (is_bracket(text + i, ")", "\uFF09"))
            inside = false;
    }
    return copy;
}

static bool lint_minutes(struct linter *linter, size_t rule)
{
    const struct persona_rule *source = &linter->ruleset->persona->rules[rule];
    int minutes = linter->ruleset->rules[rule].minutes;
    const char *outside;

    if (source->kind != RULE_REQUIRES_PREP &&
        source->kind != RULE_OPTIONAL_PREP)
        return true;
    if (source->object && json_member(source->object, "minutes"))
        return true;
    if (source->object)
        return linter_add(linter, LINT_NO_MINUTES, rule, LINT_NO_RULE,
                          arena_format(linter->arena, linter->err,
                                       "names no time: %d minutes are taken",
                                       minutes),
                          "add \"minutes\" to the object");
    outside = outside_of(linter, source->source);
    if (!outside)
        return false;
    if (minutes_read(outside, 0))
        return linter_add(linter, LINT_MINUTES_OUTSIDE, rule, LINT_NO_RULE,
                          "names a time outside of its bracket, where it does "
                          "not count",
                          "put the time into the bracket: \"Deal reviews (30 "
                          "min: pipeline data)\"");
    if (minutes_read(source->source, 0))
        return true;
    return linter_add(
        linter, LINT_NO_MINUTES, rule, LINT_NO_RULE,
        arena_format(linter->arena, linter->err,
                     "names no time: %d minutes are taken", minutes),
        "put the time into a bracket: \"Deal reviews (30 min: pipeline "
        "data)\"");
}

/* ---- Common words ---- */

/* Words that stand in subjects of every kind. */
static const char common_words[] =
    "review update team planning plan project status weekly daily monthly "
    "check report work group time day week new business company department "
    "general regular internal prep preparation follow next agenda intro topic "
    "info information presentation catch brief today tomorrow people all "
    "meeting call sync session discussion chat";

/* Sets *common to the word when the phrase is one of them. */
static bool find_common(struct linter *linter, uint32_t phrase,
                        const char **common)
{
    struct lexicon *lexicon = &linter->ruleset->lexicon;
    const struct phrase *words =
        phrase < FACT_PHRASES ? NULL : lexicon->phrases[phrase];
    struct words walk;
    struct word word;
    uint32_t number;

    if (!words || words->count != 1)
        return true;
    words_start(&walk, common_words, sizeof common_words - 1);
    while (words_next(&walk, &word)) {
        if (!lexicon_find(lexicon, &word, &number, linter->err))
            return false;
        if (number != lexicon->phrase_words.at[words->first])
            continue;
        *common =
            arena_bytes(linter->arena, word.folded, word.length, linter->err);
        return *common != NULL;
    }
    return true;
}

/* The common word that is enough for the rule, wherever it is found: *common
 * stays NULL when none is. */
static bool find_enough(struct linter *linter, const struct rule *rule,
                        const char **common)
{
    const struct conditions *all = &linter->ruleset->conditions;
    uint32_t segment = all->groups.at[rule->needs];

    if (rule->needs == rule->needs_end ||
        all->groups.at[rule->needs_end] - segment != 1)
        return true;
    for (uint32_t c = all->segments.at[segment];
         !*common && c < all->segments.at[segment + 1]; c++) {
        uint32_t term = all->choices.at[c];
        if (all->choices.at[c + 1] - term != 1)
            continue;
        for (uint32_t p = all->terms.at[term];
             !*common && p < all->terms.at[term + 1]; p++)
            if (!find_common(linter, all->phrases.at[p], common))
                return false;
    }
    return true;
}

/* Phrases of the two lower levels may be as common as they like. */
static bool lint_common(struct linter *linter, size_t rule)
{
    const struct rule *compiled = &linter->ruleset->rules[rule];
    const char *common = NULL;

    if (compiled->has_tests || compiled->kind == RULE_SOMETIMES_IMPORTANT ||
        compiled->kind == RULE_RARELY_IMPORTANT)
        return true;
    if (!find_enough(linter, compiled, &common))
        return false;
    return !common ||
           linter_add(
               linter, LINT_COMMON_WORD, rule, LINT_NO_RULE,
               arena_format(linter->arena, linter->err,
                            "fires wherever the common word \"%s\" occurs",
                            common),
               "say more of what it is about, or write an object with more "
               "conditions");
}

/* ---- All rules ---- */

static bool lint_keywords(struct linter *linter, size_t rule)
{
    const struct persona_rule *source = &linter->ruleset->persona->rules[rule];
    const struct conditions *all = &linter->ruleset->conditions;
    uint32_t first;
    uint32_t end;

    rule_phrases(linter->ruleset, &linter->ruleset->rules[rule], &first, &end);
    for (uint32_t p = first; p < end && end - first == source->keyword_count;
         p++)
        for (uint32_t q = first; q < p; q++) {
            if (all->phrases.at[p] != all->phrases.at[q])
                continue;
            if (!linter_add(
                    linter, LINT_DUPLICATE, rule, LINT_NO_RULE,
                    arena_format(linter->arena, linter->err,
                                 "has the keyword \"%s\" twice (\"%s\")",
                                 source->keywords[p - first],
                                 source->keywords[q - first]),
                    "keep one of the two"))
                return false;
            break;
        }
    return true;
}

static bool lint_possible(struct linter *linter, size_t rule, bool *impossible)
{
    const struct persona_rule *source = &linter->ruleset->persona->rules[rule];
    const char *why =
        rule_impossible(linter->ruleset, &linter->ruleset->rules[rule]);

    *impossible = why != NULL;
    if (!why)
        return true;
    if (source->kind == RULE_PRIORITY && !source->keyword_count)
        return linter_add(linter, LINT_NO_KEYWORDS, rule, LINT_NO_RULE,
                          "never fires: it has no keywords, and its name is "
                          "only its name",
                          "give it keywords: what stands in the subjects of "
                          "its meetings");
    return linter_add(
        linter, LINT_NEVER_FIRES, rule, LINT_NO_RULE,
        arena_format(linter->arena, linter->err, "never fires: %s", why),
        source->object ? "correct its conditions, or remove it"
                       : "name what must occur in the meetings that it is for, "
                         "or remove it");
}

static int compare_findings(const void *one, const void *other)
{
    const struct lint_finding *a = one;
    const struct lint_finding *b = other;

    /* LINT_NO_RULE + 1 is 0. */
    if (a->rule != b->rule)
        return a->rule + 1 < b->rule + 1 ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->other != b->other)
        return a->other + 1 < b->other + 1 ? -1 : 1;
    if (a->field && b->field && strcmp(a->field, b->field) != 0)
        return strcmp(a->field, b->field);
    return strcmp(a->message, b->message);
}

static void sort_findings(struct lint *lint)
{
    if (lint->count)
        qsort(lint->findings, lint->count, sizeof *lint->findings,
              compare_findings);
}

static bool lint_rule(struct linter *linter, const bool *impossible,
                      size_t rule)
{
    if (!lint_minutes(linter, rule))
        return false;
    if (impossible[rule])
        return true;
    if (linter->ruleset->rules[rule].kind == RULE_PRIORITY &&
        !lint_keywords(linter, rule))
        return false;
    return lint_common(linter, rule) && lint_pairs(linter, impossible, rule);
}

bool lint_rules(struct arena *arena, struct ruleset *ruleset, struct lint *lint,
                struct error *err)
{
    struct linter linter = {arena, ruleset, lint, err};
    size_t count = ruleset->rule_count;
    bool *impossible = arena_zero(arena, count, sizeof *impossible, err);

    if (!impossible)
        return false;
    if (!count &&
        !linter_add(&linter, LINT_NO_RULES, LINT_NO_RULE, LINT_NO_RULE,
                    "has no rules: every meeting gets the default label",
                    "write rules into importance_criteria, rsvp_rules and "
                    "prep_time_needs"))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!lint_possible(&linter, i, &impossible[i]))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!lint_rule(&linter, impossible, i))
            return false;
    sort_findings(lint);
    return true;
}

/* ---- Stored meetings ---- */

/* Whether it is known by construction that the rule never decides. */
static bool is_idle(const struct lint *lint, size_t rule)
{
    for (size_t i = 0; i < lint->count; i++)
        if (lint->findings[i].rule == rule &&
            lint->findings[i].kind >= LINT_NEVER_FIRES &&
            lint->findings[i].kind <= LINT_SHADOWED)
            return true;
    return false;
}

static bool lint_use(struct linter *linter, size_t rule,
                     const struct rule_usage *usage, int64_t meetings)
{
    if (usage->decided)
        return true;
    if (!usage->fired)
        return linter_add(linter, LINT_DEAD, rule, LINT_NO_RULE,
                          arena_format(linter->arena, linter->err,
                                       "fired on none of %lld stored meetings",
                                       (long long)meetings),
                          "write what stands in subject lines, or remove it; "
                          "`datebook persona test` shows near misses");
    return linter_add(
        linter, LINT_OVERRULED, rule, LINT_NO_RULE,
        arena_format(linter->arena, linter->err,
                     "fired on %lld of %lld stored meetings and decided none",
                     (long long)usage->fired, (long long)meetings),
        "see what overrules it with `datebook persona test` and `datebook "
        "explain`; move it, or remove it");
}

bool lint_usage(struct arena *arena, const struct ruleset *ruleset,
                const struct rule_usage *usage, int64_t meetings,
                struct lint *lint, struct error *err)
{
    struct linter linter = {arena, NULL, lint, err};

    for (size_t i = 0; meetings > 0 && i < ruleset->rule_count; i++)
        if (!is_idle(lint, i) && !lint_use(&linter, i, &usage[i], meetings))
            return false;
    sort_findings(lint);
    return true;
}

bool rules_concept(size_t index, const char **names, const char **members)
{
    if (index >= concept_count)
        return false;
    *names = concepts[index].names;
    *members = concepts[index].members;
    return true;
}
