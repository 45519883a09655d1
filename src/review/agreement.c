/* What the opinions on a sample come to. */
#include "measuring.h"

#include "datebook/list.h"
#include "datebook/rules.h"

#include <stdlib.h>
#include <string.h>

static const char *const field_names[REVIEW_FIELDS] = {"importance", "prep",
                                                       "rsvp"};

const char *review_field_name(enum review_field field)
{
    return field_names[field];
}

/* Meetings with a current opinion, by persona and then as in the sample. */
struct judged {
    const struct review *review;
    const struct review_item **items;
    size_t count;
    struct arena scratch; /* for one set of ratings after the other */
};

/* ---- What an opinion says ---- */

/* What can be asked of an opinion; a number from 0. */
typedef int reading(const struct opinion *opinion, const void *context);

static int read_realistic(const struct opinion *opinion, const void *context)
{
    (void)context;
    return opinion->realistic;
}

static int read_whole(const struct opinion *opinion, const void *context)
{
    (void)context;
    return !opinion_corrects(opinion);
}

static int value_of(const struct review_values *values, enum review_field field)
{
    switch (field) {
    case FIELD_IMPORTANCE:
        return values->importance;
    case FIELD_PREP:
        return values->prep_minutes > 0;
    default:
        return values->rsvp;
    }
}

static int read_agrees(const struct opinion *opinion, const void *context)
{
    const enum review_field *field = context;

    return value_of(&opinion->says, *field) ==
           value_of(&opinion->seen.values, *field);
}

static int read_field(const struct opinion *opinion, const void *context)
{
    return value_of(&opinion->says, *(const enum review_field *)context);
}

/* ---- Ratings ---- */

static const struct opinion *current(const struct review_item *item,
                                     size_t reviewer)
{
    const struct opinion *opinion = item->opinions[reviewer];

    return opinion && review_state(item, opinion) == REVIEW_DONE ? opinion
                                                                 : NULL;
}

/* What all reviewers say of items, one after the other. */
static bool rate(struct judged *judged, size_t first, size_t count,
                 reading *read, const void *context, int categories,
                 struct ratings *ratings, struct error *err)
{
    size_t raters = judged->review->reviewer_count;
    int *values = measuring_values(&judged->scratch, count, raters, err);

    if (!values)
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < raters; r++) {
            const struct opinion *said = current(judged->items[first + i], r);
            if (said)
                values[i * raters + r] = read(said, context);
        }
    *ratings = (struct ratings){values, count, raters, categories, NULL};
    return true;
}

static int categories_of(enum review_field field)
{
    static const int categories[REVIEW_FIELDS] = {IMPORTANCE_LEVELS, 2,
                                                  RSVP_ANSWERS};

    return categories[field];
}

/* ---- Groups ---- */

static bool measure_group(struct judged *judged, size_t first, size_t count,
                          struct agreement_group *group, struct error *err)
{
    struct measuring measuring = {.count = 0};
    struct ratings ratings[2 + REVIEW_FIELDS];

    arena_reset(&judged->scratch);
    if (!rate(judged, first, count, read_realistic, NULL, 2, &ratings[0],
              err) ||
        !rate(judged, first, count, read_whole, NULL, 2, &ratings[1], err))
        return false;
    measuring_add_share(&measuring, &ratings[0], measuring_yes,
                        &group->realistic);
    measuring_add_share(&measuring, &ratings[1], measuring_yes, &group->whole);
    for (enum review_field f = 0; f < REVIEW_FIELDS; f++) {
        if (!rate(judged, first, count, read_agrees, &f, 2, &ratings[2 + f],
                  err))
            return false;
        measuring_add_share(&measuring, &ratings[2 + f], measuring_yes,
                            &group->fields[f]);
    }
    return measuring_run(&measuring, judged->review->sample.terms.seed, err);
}

static size_t same_persona(const struct judged *judged, size_t first)
{
    size_t count = 1;

    while (first + count < judged->count &&
           !strcmp(judged->items[first]->persona->id,
                   judged->items[first + count]->persona->id))
        count++;
    return count;
}

static bool measure_groups(struct arena *arena, struct judged *judged,
                           struct agreement *agreement, struct error *err)
{
    size_t count = 1;
    size_t first = 0;

    for (size_t i = 0; i < judged->count; i += same_persona(judged, i))
        count++;
    agreement->groups =
        arena_zero(arena, count, sizeof *agreement->groups, err);
    agreement->group_count = count;
    if (!agreement->groups ||
        !measure_group(judged, 0, judged->count, &agreement->groups[0], err))
        return false;
    for (size_t g = 1; g < count; g++) {
        size_t members = same_persona(judged, first);
        agreement->groups[g].persona = judged->items[first]->persona->id;
        if (!measure_group(judged, first, members, &agreement->groups[g], err))
            return false;
        first += members;
    }
    return true;
}

/* ---- Pairs ---- */

static struct coefficient percent(const struct ratings *ratings, void *context)
{
    (void)context;
    return percent_agreement(ratings, 0, 1);
}

static struct coefficient kappa(const struct ratings *ratings, void *context)
{
    (void)context;
    return cohen_kappa(ratings, 0, 1);
}

static struct coefficient weighted(const struct ratings *ratings, void *context)
{
    (void)context;
    return weighted_kappa(ratings, 0, 1);
}

static size_t in_common(const struct judged *judged, size_t one, size_t other)
{
    size_t count = 0;

    for (size_t i = 0; i < judged->count; i++)
        count +=
            current(judged->items[i], one) && current(judged->items[i], other);
    return count;
}

/* What two reviewers say of what both judged. */
static bool rate_pair(struct judged *judged, size_t one, size_t other,
                      size_t units, enum review_field field,
                      struct ratings *ratings, struct error *err)
{
    int *values = measuring_values(&judged->scratch, units, 2, err);
    int *next = values;

    if (!values)
        return false;
    for (size_t i = 0; i < judged->count; i++) {
        const struct opinion *a = current(judged->items[i], one);
        const struct opinion *b = current(judged->items[i], other);
        if (!a || !b)
            continue;
        *next++ = read_field(a, &field);
        *next++ = read_field(b, &field);
    }
    *ratings = (struct ratings){values, units, 2, categories_of(field), NULL};
    return true;
}

static bool measure_pair(struct judged *judged, size_t one, size_t other,
                         size_t units, struct agreement_pair *pair,
                         struct error *err)
{
    struct measuring measuring = {.count = 0};
    struct ratings ratings[REVIEW_FIELDS];

    arena_reset(&judged->scratch);
    pair->one = judged->review->reviewers[one];
    pair->other = judged->review->reviewers[other];
    for (enum review_field f = 0; f < REVIEW_FIELDS; f++) {
        if (!rate_pair(judged, one, other, units, f, &ratings[f], err))
            return false;
        measuring_add_share(&measuring, &ratings[f], percent,
                            &pair->percent[f]);
        measuring_add(&measuring, &ratings[f], kappa, NULL, &pair->kappa[f]);
        if (f == FIELD_IMPORTANCE)
            measuring_add(&measuring, &ratings[f], weighted, NULL,
                          &pair->weighted);
    }
    return measuring_run(&measuring, judged->review->sample.terms.seed, err);
}

static bool measure_pairs(struct arena *arena, struct judged *judged,
                          struct agreement *agreement, struct error *err)
{
    size_t reviewers = judged->review->reviewer_count;

    for (size_t one = 0; one < reviewers; one++)
        for (size_t other = one + 1; other < reviewers; other++) {
            size_t units = in_common(judged, one, other);
            struct agreement_pair *pair;
            if (!units)
                continue;
            if (!list_grow(arena, &agreement->pairs, agreement->pair_count,
                           sizeof *pair, err))
                return false;
            pair = &agreement->pairs[agreement->pair_count++];
            if (!measure_pair(judged, one, other, units, pair, err))
                return false;
        }
    return true;
}

/* ---- All reviewers ---- */

/* Different minutes, in order: a category for each. */
struct minutes {
    int count;
    int at[RELIABILITY_CATEGORIES];
    double numbers[RELIABILITY_CATEGORIES];
};

static int place_of(const struct minutes *minutes, int value)
{
    int i = 0;

    while (i < minutes->count && minutes->at[i] < value)
        i++;
    return i;
}

static int read_minutes(const struct opinion *opinion, const void *context)
{
    return place_of(context, opinion->says.prep_minutes);
}

static bool add_minutes(struct minutes *minutes, int value, struct error *err)
{
    int i = place_of(minutes, value);

    if (i < minutes->count && minutes->at[i] == value)
        return true;
    if (minutes->count == RELIABILITY_CATEGORIES)
        return error_set(err, ERROR_INPUT,
                         "the opinions name more than %d different minutes of "
                         "preparation, too many to compare",
                         RELIABILITY_CATEGORIES);
    memmove(minutes->at + i + 1, minutes->at + i,
            (size_t)(minutes->count - i) * sizeof *minutes->at);
    minutes->at[i] = value;
    minutes->count++;
    return true;
}

static bool collect_minutes(const struct judged *judged,
                            struct minutes *minutes, struct error *err)
{
    minutes->count = 0;
    for (size_t i = 0; i < judged->count; i++)
        for (size_t r = 0; r < judged->review->reviewer_count; r++) {
            const struct opinion *said = current(judged->items[i], r);
            if (said && !add_minutes(minutes, said->says.prep_minutes, err))
                return false;
        }
    for (int i = 0; i < minutes->count; i++)
        minutes->numbers[i] = minutes->at[i];
    return true;
}

static struct coefficient nominal(const struct ratings *ratings, void *context)
{
    (void)context;
    return krippendorff_alpha(ratings, METRIC_NOMINAL, NULL);
}

static struct coefficient ordinal(const struct ratings *ratings, void *context)
{
    (void)context;
    return krippendorff_alpha(ratings, METRIC_ORDINAL, NULL);
}

static struct coefficient by_minutes(const struct ratings *ratings,
                                     void *context)
{
    const struct minutes *minutes = context;

    return krippendorff_alpha(ratings, METRIC_INTERVAL, minutes->numbers);
}

static bool measure_alphas(struct judged *judged, struct agreement *agreement,
                           struct error *err)
{
    static const enum review_field importance = FIELD_IMPORTANCE;
    static const enum review_field rsvp = FIELD_RSVP;
    struct measuring measuring = {.count = 0};
    struct ratings ratings[REVIEW_FIELDS + 1];
    struct minutes minutes;
    size_t count = judged->count;

    arena_reset(&judged->scratch);
    if (!collect_minutes(judged, &minutes, err) ||
        !rate(judged, 0, count, read_field, &importance, IMPORTANCE_LEVELS,
              &ratings[0], err) ||
        !rate(judged, 0, count, read_minutes, &minutes, minutes.count,
              &ratings[1], err) ||
        !rate(judged, 0, count, read_field, &rsvp, RSVP_ANSWERS, &ratings[2],
              err) ||
        !rate(judged, 0, count, read_realistic, NULL, 2, &ratings[3], err))
        return false;
    measuring_add(&measuring, &ratings[0], ordinal, NULL,
                  &agreement->alpha[FIELD_IMPORTANCE]);
    measuring_add(&measuring, &ratings[1], by_minutes, &minutes,
                  &agreement->alpha[FIELD_PREP]);
    measuring_add(&measuring, &ratings[2], ordinal, NULL,
                  &agreement->alpha[FIELD_RSVP]);
    measuring_add(&measuring, &ratings[3], nominal, NULL,
                  &agreement->realistic_alpha);
    return measuring_run(&measuring, judged->review->sample.terms.seed, err);
}

/* ---- Counting ---- */

static void count_item(const struct review *review,
                       const struct review_item *item,
                       struct agreement *agreement, bool *judged)
{
    *judged = false;
    agreement->gone += !item->key;
    for (size_t r = 0; r < review->reviewer_count; r++) {
        if (!item->opinions[r])
            continue;
        switch (review_state(item, item->opinions[r])) {
        case REVIEW_DONE:
            agreement->opinions++;
            *judged = true;
            break;
        case REVIEW_AGAIN:
            agreement->again++;
            break;
        default:
            agreement->lost++;
        }
    }
    agreement->judged += *judged;
    agreement->disputed += review_is_disputed(review, item);
    agreement->decided +=
        item->decision && review_state(item, item->decision) == REVIEW_DONE;
}

static int by_persona(const void *one, const void *other)
{
    const struct review_item *a = *(const struct review_item *const *)one;
    const struct review_item *b = *(const struct review_item *const *)other;
    int order = strcmp(a->persona->id, b->persona->id);

    /* Both are of one array: that of the review. */
    return order ? order : (a > b) - (a < b);
}

static bool find_judged(struct judged *judged, struct arena *arena,
                        struct agreement *agreement, struct error *err)
{
    const struct review *review = judged->review;

    judged->items =
        arena_zero(arena, review->count, sizeof(struct review_item *), err);
    if (!judged->items)
        return false;
    for (size_t i = 0; i < review->count; i++) {
        bool counts;
        count_item(review, &review->items[i], agreement, &counts);
        if (counts)
            judged->items[judged->count++] = &review->items[i];
    }
    if (judged->count)
        qsort(judged->items, judged->count, sizeof(struct review_item *),
              by_persona);
    return true;
}

bool review_agreement(struct arena *arena, const struct review *review,
                      struct agreement *agreement, struct error *err)
{
    struct judged judged = {.review = review};
    bool ok;

    *agreement = (struct agreement){.items = (int64_t)review->count};
    ok = find_judged(&judged, arena, agreement, err) &&
         measure_groups(arena, &judged, agreement, err) &&
         measure_pairs(arena, &judged, agreement, err) &&
         measure_alphas(&judged, agreement, err);
    arena_free(&judged.scratch);
    return ok;
}
