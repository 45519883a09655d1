/* Which labels people settled, and which of several settlements of a meeting
 * counts. */
#include "reviewed_gather.h"

#include "datebook/list.h"
#include "datebook/persona_lines.h"
#include "datebook/words.h"

#include <stdlib.h>
#include <string.h>

enum settled { SETTLED_ONCE, SETTLED_TOGETHER, SETTLED_BY_DECISION };

struct settlement {
    enum settled how; /* SETTLED_ONCE: of a label that changed since */
    int64_t version;  /* the latest in which somebody said it */
    struct reviewed_label label;
};

/* ---- Names ---- */

/* A number alone names nobody. */
static bool has_letter(const struct word *word)
{
    for (size_t i = 0; i < word->length; i++)
        if (word->folded[i] < '0' || word->folded[i] > '9')
            return true;
    return false;
}

static bool is_of_name(const struct gathering *gathering,
                       const struct word *word)
{
    for (size_t i = 0; i < gathering->people_count; i++)
        if (word_is(word, gathering->people[i]))
            return true;
    return false;
}

/* Keeps the words of a name: "ann.lee" is ann, and lee. */
static bool add_name(struct gathering *gathering, const char *name,
                     struct error *err)
{
    struct words words;
    struct word word;

    words_start(&words, name, strlen(name));
    while (words_next(&words, &word)) {
        const char *copy;
        if (!has_letter(&word) || is_of_name(gathering, &word))
            continue;
        if (!list_grow(gathering->arena, &gathering->people,
                       gathering->people_count, sizeof *gathering->people,
                       err) ||
            !(copy =
                  arena_bytes(gathering->arena, word.folded, word.length, err)))
            return false;
        gathering->people[gathering->people_count++] = copy;
    }
    return true;
}

static bool add_names(struct gathering *gathering, const struct review *review,
                      struct error *err)
{
    for (size_t i = 0; i < review->reviewer_count; i++)
        if (!add_name(gathering, review->reviewers[i], err))
            return false;
    for (size_t i = 0; i < review->count; i++) {
        const struct opinion *decision = review->items[i].decision;
        if (decision && !add_name(gathering, decision->reviewer, err))
            return false;
    }
    return true;
}

static bool names_somebody(const struct gathering *gathering, const char *note)
{
    struct words words;
    struct word word;

    words_start(&words, note, strlen(note));
    while (words_next(&words, &word))
        if (is_of_name(gathering, &word))
            return true;
    return false;
}

/* ---- One item ---- */

static bool is_current(const struct review_item *item,
                       const struct opinion *opinion)
{
    return opinion && review_state(item, opinion) == REVIEW_DONE;
}

/* What is said in favour of values: by the decision, else by the first who has
 * something to say. */
static const char *find_note(const struct review *review,
                             const struct review_item *item,
                             const struct review_values *values)
{
    if (is_current(item, item->decision) && *item->decision->note)
        return item->decision->note;
    for (size_t i = 0; i < review->reviewer_count; i++) {
        const struct opinion *opinion = item->opinions[i];
        if (is_current(item, opinion) && *opinion->note &&
            review_values_same(&opinion->says, values))
            return opinion->note;
    }
    return "";
}

static int64_t find_version(const struct review *review,
                            const struct review_item *item)
{
    int64_t version = 0;

    if (is_current(item, item->decision))
        return item->decision->version;
    for (size_t i = 0; i < review->reviewer_count; i++)
        if (is_current(item, item->opinions[i]) &&
            item->opinions[i]->version > version)
            version = item->opinions[i]->version;
    return version;
}

/* Whether it was settled before its label changed: decided, or two said the
 * same of one label. */
static bool was_settled(const struct review *review,
                        const struct review_item *item)
{
    if (item->decision)
        return true;
    for (size_t i = 0; i < review->reviewer_count; i++)
        for (size_t j = i + 1; item->opinions[i] && j < review->reviewer_count;
             j++)
            if (item->opinions[j] &&
                seen_label_same(&item->opinions[i]->seen,
                                &item->opinions[j]->seen) &&
                review_values_same(&item->opinions[i]->says,
                                   &item->opinions[j]->says))
                return review_state(item, item->opinions[i]) == REVIEW_AGAIN;
    return false;
}

static const char *copy_note(struct arena *arena, const char *note,
                             struct error *err)
{
    struct buf line = BUF_EMPTY;
    const char *copy = NULL;

    prose_in_line(&line, note);
    if (buf_ok(&line, err))
        copy = arena_text(arena, buf_string(&line), err);
    buf_free(&line);
    return copy;
}

static bool settle(struct gathering *gathering, const struct review *review,
                   const struct review_item *item,
                   struct settlement *settlement, struct error *err)
{
    struct reviewed_label *label = &settlement->label;

    settlement->how = is_current(item, item->decision) ? SETTLED_BY_DECISION
                                                       : SETTLED_TOGETHER;
    settlement->version = find_version(review, item);
    label->corrected = !review_values_same(&label->values, &item->label.values);
    label->note = "";
    if (label->corrected)
        label->note = copy_note(gathering->arena,
                                find_note(review, item, &label->values), err);
    label->sample = arena_text(gathering->arena, review->sample.name, err);
    return label->note && label->sample;
}

static bool add_item(struct gathering *gathering, const struct review *review,
                     const struct review_item *item, struct error *err)
{
    struct settlement settlement = {.how = SETTLED_ONCE,
                                    .label = {.meeting = item->key}};
    bool settled = review_settled(review, item, &settlement.label.values);

    if (!item->key || (!settled && !was_settled(review, item)))
        return true;
    if (settled && !settle(gathering, review, item, &settlement, err))
        return false;
    if (!list_grow(gathering->arena, &gathering->list, gathering->count,
                   sizeof *gathering->list, err))
        return false;
    gathering->list[gathering->count++] = settlement;
    return true;
}

bool gather_review(struct gathering *gathering, const struct review *review,
                   struct error *err)
{
    if (!add_names(gathering, review, err))
        return false;
    for (size_t i = 0; i < review->count; i++)
        if (!add_item(gathering, review, &review->items[i], err))
            return false;
    return true;
}

/* ---- All of them ---- */

static int compare_numbers(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

/* By meeting, the best first. */
static int compare(const void *one, const void *other)
{
    const struct settlement *a = one;
    const struct settlement *b = other;
    int order = compare_numbers(a->label.meeting, b->label.meeting);

    if (!order)
        order = compare_numbers((int64_t)b->how, (int64_t)a->how);
    if (!order)
        order = compare_numbers(b->version, a->version);
    if (!order && a->how != SETTLED_ONCE)
        order = strcmp(b->label.sample, a->label.sample);
    return order;
}

bool gather_finish(struct gathering *gathering, struct reviewed *reviewed,
                   struct error *err)
{
    const struct settlement *list = gathering->list;

    *reviewed = (struct reviewed){.labels = NULL};
    reviewed->labels = arena_zero(gathering->arena, gathering->count,
                                  sizeof *reviewed->labels, err);
    if (!reviewed->labels)
        return false;
    if (gathering->count)
        qsort(gathering->list, gathering->count, sizeof *gathering->list,
              compare);
    for (size_t i = 0; i < gathering->count; i++) {
        struct reviewed_label *label = &reviewed->labels[reviewed->count];
        if (i && list[i].label.meeting == list[i - 1].label.meeting)
            continue;
        if (list[i].how == SETTLED_ONCE) {
            reviewed->outdated++;
            continue;
        }
        *label = list[i].label;
        if (names_somebody(gathering, label->note))
            label->note = "";
        reviewed->count++;
    }
    return true;
}

static int by_meeting(const void *key, const void *entry)
{
    return compare_numbers(*(const int64_t *)key,
                           ((const struct reviewed_label *)entry)->meeting);
}

const struct reviewed_label *reviewed_find(const struct reviewed *reviewed,
                                           int64_t meeting)
{
    if (!reviewed->count)
        return NULL;
    return bsearch(&meeting, reviewed->labels, reviewed->count,
                   sizeof *reviewed->labels, by_meeting);
}
