/* Which rules were corrected: every current opinion speaks of the rules that
 * decided its label. */
#include "datebook/rule_review.h"

#include "datebook/list.h"
#include "rule_trial.h"

#include <stdlib.h>
#include <string.h>

struct survey {
    struct store *store;
    struct arena *arena;
    int64_t version;
    struct judged_persona **personas;
    size_t persona_count;
    struct judged_rule *heard; /* a rule once for each label that it decided */
    size_t heard_count;
};

/* ---- Opinions ---- */

static bool corrects_importance(const struct opinion *opinion)
{
    return opinion->says.importance != opinion->seen.values.importance;
}

static bool corrects_preparation(const struct opinion *opinion)
{
    return opinion->says.prep_minutes != opinion->seen.values.prep_minutes;
}

static bool corrects_answer(const struct opinion *opinion)
{
    return opinion->says.rsvp != opinion->seen.values.rsvp;
}

/* Whether an opinion says another value of what a kind of rule decides. */
static bool corrects(const struct opinion *opinion, int kind)
{
    if (kind <= RULE_PRIORITY)
        return corrects_importance(opinion);
    if (kind <= RULE_ALWAYS_DECLINE)
        return corrects_answer(opinion);
    return corrects_preparation(opinion);
}

static bool is_named(const struct opinion *opinion,
                     const struct stored_rule *rule, bool *named,
                     struct error *err)
{
    struct buf reason = BUF_EMPTY;
    bool ok;

    rules_reason((enum rule_kind)rule->kind, rule->name, &reason);
    ok = buf_ok(&reason, err);
    *named = ok && !strcmp(buf_string(&reason), opinion->rule);
    buf_free(&reason);
    return ok;
}

/* How many of the rules of a label an opinion corrects. */
static size_t count_corrected(const struct opinion *opinion,
                              const struct judged_rule *rules, size_t count)
{
    size_t corrected = 0;

    for (size_t i = 0; i < count; i++)
        corrected += corrects(opinion, rules[i].rule->kind);
    return corrected;
}

/* Adds what an opinion says of the rules of its label. */
static bool hear(const struct opinion *opinion, struct judged_rule *rules,
                 size_t count, struct error *err)
{
    bool alone = count_corrected(opinion, rules, count) == 1;

    for (size_t i = 0; i < count; i++) {
        struct reviewed_rule *result = &rules[i].result;
        bool corrected = corrects(opinion, rules[i].rule->kind);
        bool named = false;
        if (opinion->rule && !is_named(opinion, rules[i].rule, &named, err))
            return false;
        result->judged++;
        result->corrected += corrected;
        if (opinion->cause == CAUSE_RULE)
            result->blamed += opinion->rule ? named : corrected && alone;
        if (opinion->cause == CAUSE_EXCEPTION)
            result->exceptions += corrected;
    }
    return true;
}

/* ---- Items ---- */

static bool find_persona(struct survey *survey,
                         const struct stored_persona *stored,
                         struct judged_persona **persona, struct error *err)
{
    for (size_t i = 0; i < survey->persona_count; i++)
        if (survey->personas[i]->key == stored->key) {
            *persona = survey->personas[i];
            return true;
        }
    *persona = arena_zero(survey->arena, 1, sizeof **persona, err);
    if (!*persona ||
        !((*persona)->id = arena_text(survey->arena, stored->id, err)) ||
        !rule_list(survey->store, survey->arena, stored->key,
                   &(*persona)->rules, &(*persona)->rule_count, err) ||
        !list_grow(survey->arena, &survey->personas, survey->persona_count,
                   sizeof(*survey->personas), err))
        return false;
    (*persona)->key = stored->key;
    survey->personas[survey->persona_count++] = *persona;
    return true;
}

/* Adds the rules that decided a label, those that read the same once. */
static bool add_rules(struct survey *survey, struct judged_persona *persona,
                      const struct stored_label *label, struct error *err)
{
    size_t first = survey->heard_count;
    size_t at = 0;

    while (at < label->rules_length) {
        size_t number = 0;
        size_t i = first;
        bool decided = false;
        if (!label_next_rule(label, persona->rules, persona->rule_count, &at,
                             &number, &decided, err))
            return false;
        while (i < survey->heard_count &&
               !rules_read_same(survey->heard[i].rule, &persona->rules[number]))
            i++;
        if (!decided || i < survey->heard_count)
            continue;
        if (!list_grow(survey->arena, &survey->heard, survey->heard_count,
                       sizeof *survey->heard, err))
            return false;
        survey->heard[survey->heard_count++] =
            (struct judged_rule){persona, &persona->rules[number], {0}};
    }
    return true;
}

static bool is_current(const struct review_item *item,
                       const struct opinion *opinion)
{
    return opinion && review_state(item, opinion) == REVIEW_DONE;
}

static bool hear_all(struct survey *survey, const struct review *review,
                     const struct review_item *item, size_t first,
                     struct error *err)
{
    struct judged_rule *rules = survey->heard + first;
    size_t count = survey->heard_count - first;

    for (size_t i = 0; i < review->reviewer_count; i++)
        if (is_current(item, item->opinions[i]) &&
            !hear(item->opinions[i], rules, count, err))
            return false;
    return !is_current(item, item->decision) ||
           hear(item->decision, rules, count, err);
}

static bool add_item(struct survey *survey, const struct review *review,
                     const struct review_item *item, struct arena *scratch,
                     struct error *err)
{
    size_t first = survey->heard_count;
    struct judged_persona *persona;
    struct stored_label label;
    bool current = is_current(item, item->decision);
    bool found;

    for (size_t i = 0; i < review->reviewer_count; i++)
        current = current || is_current(item, item->opinions[i]);
    if (!current)
        return true;
    return label_at(survey->store, scratch, survey->version, item->key, &label,
                    &found, err) &&
           (!found || (find_persona(survey, item->persona, &persona, err) &&
                       add_rules(survey, persona, &label, err) &&
                       (survey->heard_count == first ||
                        hear_all(survey, review, item, first, err))));
}

static bool add_sample(struct survey *survey, const char *name,
                       struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct review review;
    bool ok = review_load(survey->store, &scratch, survey->version, name,
                          &review, err);

    for (size_t i = 0; ok && i < review.count; i++)
        ok = add_item(survey, &review, &review.items[i], &scratch, err);
    arena_free(&scratch);
    return ok;
}

static bool add_samples(struct survey *survey, struct error *err)
{
    struct sample *samples;
    size_t count;

    if (!sample_list(survey->store, survey->arena, survey->version, &samples,
                     &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!add_sample(survey, samples[i].name, err))
            return false;
    return true;
}

/* ---- Rules ---- */

static int compare_rules(const void *one, const void *other)
{
    const struct judged_rule *a = one;
    const struct judged_rule *b = other;
    int order = strcmp(a->persona->id, b->persona->id);

    if (!order)
        order =
            (a->rule->kind > b->rule->kind) - (a->rule->kind < b->rule->kind);
    return order ? order : strcmp(a->rule->name, b->rule->name);
}

/* Adds up what was heard of each rule; leaves those that were corrected. */
static void merge(struct survey *survey)
{
    struct judged_rule *list = survey->heard;
    size_t used = 0;

    if (survey->heard_count)
        qsort(list, survey->heard_count, sizeof *list, compare_rules);
    for (size_t i = 0; i < survey->heard_count;) {
        struct judged_rule sum = list[i];
        for (i++; i < survey->heard_count && !compare_rules(&sum, &list[i]);
             i++) {
            sum.result.judged += list[i].result.judged;
            sum.result.corrected += list[i].result.corrected;
            sum.result.blamed += list[i].result.blamed;
            sum.result.exceptions += list[i].result.exceptions;
        }
        if (sum.result.corrected || sum.result.blamed)
            list[used++] = sum;
    }
    survey->heard_count = used;
}

static bool spell(struct survey *survey, struct error *err)
{
    struct buf reason = BUF_EMPTY;
    bool ok = true;

    for (size_t i = 0; ok && i < survey->heard_count; i++) {
        struct judged_rule *rule = &survey->heard[i];
        buf_clear(&reason);
        rules_reason((enum rule_kind)rule->rule->kind, rule->rule->name,
                     &reason);
        rule->result.persona = rule->persona->id;
        ok = buf_ok(&reason, err) &&
             (rule->result.reason =
                  arena_text(survey->arena, buf_string(&reason), err));
    }
    buf_free(&reason);
    return ok;
}

static int compare_results(const void *one, const void *other)
{
    const struct reviewed_rule *a = &((const struct judged_rule *)one)->result;
    const struct reviewed_rule *b =
        &((const struct judged_rule *)other)->result;
    int order = (b->blamed > a->blamed) - (b->blamed < a->blamed);

    if (!order)
        order = (b->corrected > a->corrected) - (b->corrected < a->corrected);
    if (!order)
        order = strcmp(a->persona, b->persona);
    return order ? order : strcmp(a->reason, b->reason);
}

/* Tries the rules of each persona together. */
static bool try_rules(struct survey *survey, const struct monitor *monitor,
                      struct error *err)
{
    size_t all = survey->heard_count;
    struct judged_rule **own =
        arena_alloc(survey->arena, all * sizeof(*own), err);
    int64_t done = 0;

    if (!own)
        return false;
    for (size_t p = 0; p < survey->persona_count; p++) {
        size_t count = 0;
        for (size_t i = 0; i < all; i++)
            if (survey->heard[i].persona == survey->personas[p])
                own[count++] = &survey->heard[i];
        if (count && !rule_trial(survey->store, survey->version, own, count,
                                 monitor, &done, err))
            return false;
    }
    return true;
}

static bool give(struct survey *survey, struct reviewed_rule **rules,
                 size_t *count, struct error *err)
{
    *count = survey->heard_count;
    *rules = arena_alloc(survey->arena, *count * sizeof **rules, err);
    for (size_t i = 0; *rules && i < *count; i++)
        (*rules)[i] = survey->heard[i].result;
    return *rules;
}

bool rule_review(struct store *store, struct arena *arena, int64_t version,
                 const char *sample, size_t limit,
                 const struct monitor *monitor, struct reviewed_rule **rules,
                 size_t *count, struct error *err)
{
    struct survey survey = {.store = store, .arena = arena, .version = version};

    if (sample ? !add_sample(&survey, sample, err) : !add_samples(&survey, err))
        return false;
    merge(&survey);
    if (!spell(&survey, err))
        return false;
    if (survey.heard_count)
        qsort(survey.heard, survey.heard_count, sizeof *survey.heard,
              compare_results);
    if (limit && survey.heard_count > limit)
        survey.heard_count = limit;
    return try_rules(&survey, monitor, err) && give(&survey, rules, count, err);
}
