/* What experts say of personas: whether they exist, and whether their rules
 * are right. */
#include "measuring.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

/* Intervals are the same each time. */
enum { SEED = 1 };

/* A question that experts answer: does the persona exist, is this rule right.
 * Those of a persona follow each other, existence first. */
struct question {
    const char *persona;
    const char *rule; /* NULL: does it exist */
};

struct experts {
    struct arena *arena; /* for all but what is returned as well */
    const struct persona_opinion *opinions;
    const char *const *hashes;
    size_t count;
    const char **names; /* in order */
    size_t name_count;
    struct question *questions;
    size_t question_count;
    size_t *starts; /* by opinion: where its persona's questions start */
    int *answers;   /* question * name_count + expert */
};

/* ---- Gathering ---- */

static bool is_current(const struct experts *experts, size_t opinion)
{
    const char *hash = experts->hashes[opinion];

    return hash && !strcmp(hash, experts->opinions[opinion].rules_hash);
}

static int by_text(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static bool gather_names(struct experts *experts, struct error *err)
{
    size_t kept = 0;

    experts->names =
        arena_zero(experts->arena, experts->count, sizeof *experts->names, err);
    if (!experts->names)
        return false;
    for (size_t i = 0; i < experts->count; i++)
        if (is_current(experts, i))
            experts->names[experts->name_count++] =
                experts->opinions[i].reviewer;
    if (experts->name_count)
        qsort(experts->names, experts->name_count, sizeof *experts->names,
              by_text);
    for (size_t i = 0; i < experts->name_count; i++)
        if (!kept || strcmp(experts->names[kept - 1], experts->names[i]) != 0)
            experts->names[kept++] = experts->names[i];
    experts->name_count = kept;
    return true;
}

/* The number of a rule of the persona whose questions start at `first`; while
 * they are gathered the persona is the last one, and a new rule comes next. */
static size_t question_of(const struct experts *experts, size_t first,
                          const char *rule)
{
    size_t q = first + 1;

    while (q < experts->question_count &&
           strcmp(experts->questions[q].rule, rule) != 0)
        q++;
    return q;
}

static bool ask(struct experts *experts, const char *persona, const char *rule,
                struct error *err)
{
    if (!list_grow(experts->arena, &experts->questions, experts->question_count,
                   sizeof *experts->questions, err))
        return false;
    experts->questions[experts->question_count++] =
        (struct question){persona, rule};
    return true;
}

/* Where the questions of an opinion's persona start: the one before it is of
 * the same, or they are new. */
static bool find_questions(struct experts *experts, size_t opinion,
                           size_t *first, struct error *err)
{
    const char *persona = experts->opinions[opinion].persona;
    size_t count = experts->question_count;

    if (count && !strcmp(experts->questions[count - 1].persona, persona))
        return true;
    *first = count;
    return ask(experts, persona, NULL, err);
}

static bool gather_questions(struct experts *experts, struct error *err)
{
    size_t first = 0;

    experts->starts = arena_zero(experts->arena, experts->count,
                                 sizeof *experts->starts, err);
    for (size_t i = 0; experts->starts && i < experts->count; i++) {
        const struct persona_opinion *opinion = &experts->opinions[i];
        if (!is_current(experts, i))
            continue;
        if (!find_questions(experts, i, &first, err))
            return false;
        experts->starts[i] = first;
        for (size_t r = 0; r < opinion->rule_count; r++) {
            const char *rule = opinion->rules[r].rule;
            if (question_of(experts, first, rule) == experts->question_count &&
                !ask(experts, opinion->persona, rule, err))
                return false;
        }
    }
    return experts->starts;
}

static size_t expert_of(const struct experts *experts, const char *name)
{
    const char **found = bsearch(&name, experts->names, experts->name_count,
                                 sizeof *experts->names, by_text);

    return (size_t)(found - experts->names);
}

static bool gather_answers(struct experts *experts, struct error *err)
{
    experts->answers = measuring_values(experts->arena, experts->question_count,
                                        experts->name_count, err);
    if (!experts->answers)
        return false;
    for (size_t i = 0; i < experts->count; i++) {
        const struct persona_opinion *opinion = &experts->opinions[i];
        size_t first = experts->starts[i];
        int *column;
        if (!is_current(experts, i))
            continue;
        column = experts->answers + expert_of(experts, opinion->reviewer);
        column[first * experts->name_count] = opinion->exists;
        for (size_t r = 0; r < opinion->rule_count; r++)
            column[question_of(experts, first, opinion->rules[r].rule) *
                   experts->name_count] = opinion->rules[r].right;
    }
    return true;
}

/* ---- Measuring ---- */

static size_t answers_of(const struct experts *experts, size_t question)
{
    const int *row = experts->answers + question * experts->name_count;
    size_t count = 0;

    for (size_t e = 0; e < experts->name_count; e++)
        count += row[e] != RATING_MISSING;
    return count;
}

/* Which questions count. */
enum about { ABOUT_EXISTENCE, ABOUT_RULES, ABOUT_BOTH };

/* Ratings of questions that at least so many experts answered. */
static bool rate(const struct experts *experts, size_t first, size_t count,
                 enum about about, size_t least, struct ratings *ratings,
                 struct error *err)
{
    size_t width = experts->name_count;
    size_t units = 0;
    int *values = measuring_values(experts->arena, count, width, err);

    if (!values)
        return false;
    for (size_t q = first; q < first + count; q++) {
        bool of_rule = experts->questions[q].rule != NULL;
        if ((about != ABOUT_BOTH && of_rule != (about == ABOUT_RULES)) ||
            answers_of(experts, q) < least)
            continue;
        memcpy(values + units++ * width, experts->answers + q * width,
               width * sizeof *values);
    }
    *ratings = (struct ratings){values, units, width, 2, NULL};
    return true;
}

/* Of one persona each expert is a unit. */
static void turn(struct ratings *ratings, int *values)
{
    size_t there = 0;

    for (size_t e = 0; e < ratings->raters; e++)
        if (ratings->values[e] != RATING_MISSING)
            values[there++] = ratings->values[e];
    *ratings = (struct ratings){values, there, 1, 2, NULL};
}

static bool measure_share(const struct ratings *ratings, statistic *of,
                          struct measured *into, struct error *err)
{
    struct measuring measuring = {.count = 0};

    measuring_add_share(&measuring, ratings, of, into);
    return measuring_run(&measuring, SEED, err);
}

static bool measure(const struct experts *experts, size_t first, size_t count,
                    struct persona_agreement *group, struct error *err)
{
    struct ratings exists;
    struct ratings right;
    struct ratings both;
    int *turned = measuring_values(experts->arena, 1, experts->name_count, err);

    if (!turned ||
        !rate(experts, first, count, ABOUT_EXISTENCE, 1, &exists, err) ||
        !rate(experts, first, count, ABOUT_RULES, 1, &right, err) ||
        !rate(experts, first, count, ABOUT_BOTH, 2, &both, err))
        return false;
    if (group->persona && exists.units == 1)
        turn(&exists, turned);
    return measure_share(&exists, measuring_yes, &group->exists, err) &&
           measure_share(&right, measuring_yes, &group->right, err) &&
           measure_share(&both, measuring_pairs, &group->experts_agree, err);
}

/* ---- Groups ---- */

static size_t same_persona(const struct persona_opinion *opinions, size_t first,
                           size_t count)
{
    size_t members = 1;

    while (first + members < count &&
           !strcmp(opinions[first].persona, opinions[first + members].persona))
        members++;
    return members;
}

static void count_opinions(const struct experts *experts, size_t first,
                           size_t members, struct persona_agreement *group,
                           struct persona_agreement *all)
{
    group->persona = experts->opinions[first].persona;
    for (size_t i = first; i < first + members; i++)
        *(is_current(experts, i) ? &group->experts : &group->outdated) += 1;
    all->outdated += group->outdated;
}

static bool measure_groups(const struct experts *experts,
                           struct persona_agreement *groups, size_t group_count,
                           struct error *err)
{
    size_t opinion = 0;
    size_t question = 0;

    groups[0].experts = (int64_t)experts->name_count;
    if (!measure(experts, 0, experts->question_count, &groups[0], err))
        return false;
    for (size_t g = 1; g < group_count; g++) {
        size_t members =
            same_persona(experts->opinions, opinion, experts->count);
        size_t first = question;
        count_opinions(experts, opinion, members, &groups[g], &groups[0]);
        opinion += members;
        while (question < experts->question_count &&
               !strcmp(experts->questions[question].persona, groups[g].persona))
            question++;
        if (!measure(experts, first, question - first, &groups[g], err))
            return false;
    }
    return true;
}

bool persona_agreement(struct arena *arena,
                       const struct persona_opinion *opinions,
                       const char *const *hashes, size_t count,
                       struct persona_agreement **groups, size_t *group_count,
                       struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct experts experts = {.arena = &scratch,
                              .opinions = opinions,
                              .hashes = hashes,
                              .count = count};
    bool ok;

    *group_count = 1;
    for (size_t i = 0; i < count; i += same_persona(opinions, i, count))
        ++*group_count;
    *groups = arena_zero(arena, *group_count, sizeof **groups, err);
    ok = *groups && gather_names(&experts, err) &&
         gather_questions(&experts, err) && gather_answers(&experts, err) &&
         measure_groups(&experts, *groups, *group_count, err);
    arena_free(&scratch);
    return ok;
}
