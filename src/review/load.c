/* What the store has: samples, a sample with all that was said of it, and
 * persona opinions.
 *
 * The labels of a sample are looked up meeting by meeting, so that the cost
 * follows the sample and not the dataset.  Opinions are matched to meetings
 * through a list sorted by id: their records are sorted by reviewer first. */
#include "datebook/review.h"

#include "datebook/dataset.h"
#include "datebook/list.h"
#include "datebook/nearest.h"

#include <stdlib.h>
#include <string.h>

/* ---- Samples ---- */

bool sample_list(struct store *store, struct arena *arena, int64_t version,
                 struct sample **samples, size_t *count, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct stored_record *records;
    bool ok = record_list_at(store, &scratch, NOUN_REVIEW, version, "sample/",
                             &records, count, err);

    *samples = ok ? arena_zero(arena, *count, sizeof **samples, err) : NULL;
    ok = *samples != NULL;
    for (size_t i = 0; ok && i < *count; i++)
        ok = sample_read(arena, &records[i], &(*samples)[i], err);
    arena_free(&scratch);
    return ok;
}

static bool no_sample(struct store *store, struct arena *arena, int64_t version,
                      const char *name, struct error *err)
{
    struct stored_record *records;
    const char **names;
    const char *nearest;
    size_t count;

    if (!record_list_at(store, arena, NOUN_REVIEW, version, "sample/", &records,
                        &count, err))
        return false;
    names = arena_zero(arena, count, sizeof *names, err);
    if (!names)
        return false;
    for (size_t i = 0; i < count; i++)
        names[i] = records[i].name + strlen("sample/");
    nearest = nearest_name(name, names, count);
    error_set(err, ERROR_INPUT, "there is no sample \"%.100s\"", name);
    if (nearest)
        return error_hint(err, "did you mean \"%s\"?", nearest);
    return error_hint(err, count ? "`datebook review list` lists the samples"
                                 : "`datebook review sample NAME --count N` "
                                   "draws one");
}

static bool find_sample(struct store *store, struct arena *arena,
                        struct arena *scratch, int64_t version,
                        const char *name, struct sample *sample,
                        struct error *err)
{
    const char *record_name = sample_record_name(scratch, name, err);
    struct stored_record *record;

    if (!record_name || !record_at(store, scratch, NOUN_REVIEW, version,
                                   record_name, &record, err))
        return false;
    if (!record)
        return no_sample(store, scratch, version, name, err);
    return sample_read(arena, record, sample, err);
}

/* ---- Labels ---- */

/* A persona that meetings of the sample have. */
struct known_persona {
    int64_t key;
    struct stored_persona *persona; /* NULL: it is not there any more */
    struct stored_rule *rules;
    size_t rule_count;
};

/* What a loading has at hand. */
struct loading {
    struct store *store;
    struct arena *arena;
    struct arena scratch; /* of the whole loading: rules, and records */
    struct arena row;     /* of the meeting at hand */
    struct review *review;
    struct known_persona *personas; /* in no order: they are few */
    size_t persona_count;
    struct review_item **by_id; /* the items, by meeting id */
    struct error *err;
};

static struct known_persona *find_persona(struct loading *loading, int64_t key)
{
    for (size_t i = loading->persona_count; i; i--)
        if (loading->personas[i - 1].key == key)
            return &loading->personas[i - 1];
    return NULL;
}

/* A persona of a sample; NULL is an error. */
static struct known_persona *know_persona(struct loading *loading, int64_t key)
{
    struct known_persona *known = find_persona(loading, key);

    if (known)
        return known;
    if (!list_grow(&loading->scratch, &loading->personas,
                   loading->persona_count, sizeof *known, loading->err))
        return NULL;
    known = &loading->personas[loading->persona_count];
    *known = (struct known_persona){.key = key};
    if (!persona_at_key(loading->store, loading->arena,
                        loading->review->version, key, &known->persona,
                        loading->err) ||
        !rule_list(loading->store, &loading->scratch, key, &known->rules,
                   &known->rule_count, loading->err))
        return NULL;
    loading->persona_count++;
    return known;
}

static bool spell_label(struct loading *loading,
                        const struct known_persona *known,
                        const struct stored_label *label,
                        struct review_item *item)
{
    struct buf reasoning = BUF_EMPTY;
    bool ok = label_reasoning(label, known->rules, known->rule_count,
                              &reasoning, loading->err);

    item->label.values = (struct review_values){
        label->importance, label->prep_minutes, label->rsvp};
    item->label.reasoning =
        ok ? arena_text(loading->arena, buf_string(&reasoning), loading->err)
           : NULL;
    buf_free(&reasoning);
    return item->label.reasoning != NULL;
}

/* Sets the key and the label of a meeting, if it is there with both. */
static bool load_label(struct loading *loading, int64_t key,
                       struct review_item *item)
{
    int64_t version = loading->review->version;
    struct known_persona *known;
    struct stored_meeting meeting;
    struct stored_label label;
    bool found;

    arena_reset(&loading->row);
    if (!meeting_at(loading->store, &loading->row, version, key, &meeting,
                    &found, loading->err))
        return false;
    if (found && !label_at(loading->store, &loading->row, version, key, &label,
                           &found, loading->err))
        return false;
    if (!found)
        return true;
    known = know_persona(loading, meeting_persona(key));
    if (!known)
        return false;
    if (!known->persona)
        return true;
    item->key = key;
    item->persona = known->persona;
    return spell_label(loading, known, &label, item);
}

/* A meeting that there never was, or not any more, is gone: that is no error of
 * who loads the sample. */
static bool load_item(struct loading *loading, struct review_item *item)
{
    int64_t key;

    if (meeting_find(loading->store, item->meeting, &key, loading->err))
        return load_label(loading, key, item);
    return loading->err->code == ERROR_INPUT;
}

static bool load_items(struct loading *loading)
{
    struct review *review = loading->review;

    review->count = review->sample.count;
    review->items = arena_zero(loading->arena, review->count,
                               sizeof *review->items, loading->err);
    if (!review->items)
        return false;
    for (size_t i = 0; i < review->count; i++) {
        review->items[i].meeting = review->sample.meetings[i];
        if (!load_item(loading, &review->items[i]))
            return false;
    }
    return true;
}

/* ---- Opinions ---- */

static int by_meeting(const void *a, const void *b)
{
    const struct review_item *const *one = a;
    const struct review_item *const *other = b;

    return strcmp((*one)->meeting, (*other)->meeting);
}

static bool sort_items(struct loading *loading)
{
    struct review *review = loading->review;

    loading->by_id = arena_zero(&loading->scratch, review->count,
                                sizeof *loading->by_id, loading->err);
    if (!loading->by_id)
        return false;
    for (size_t i = 0; i < review->count; i++)
        loading->by_id[i] = &review->items[i];
    qsort(loading->by_id, review->count, sizeof *loading->by_id, by_meeting);
    return true;
}

/* The item of a meeting; NULL for one that the sample does not have: it was
 * drawn again since. */
static struct review_item *find_item(const struct loading *loading,
                                     const char *meeting)
{
    size_t low = 0;
    size_t high = loading->review->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct review_item *item = loading->by_id[middle];
        int order = strcmp(item->meeting, meeting);
        if (!order)
            return item;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Reads the opinions, or decisions, of the sample; *opinions is in the order of
 * their records. */
static bool read_opinions(struct loading *loading, const char *kind,
                          struct opinion **opinions, size_t *count)
{
    const char *prefix = arena_format(&loading->scratch, loading->err, "%s/%s/",
                                      kind, loading->review->sample.name);
    struct stored_record *records;

    if (!prefix || !record_list_at(loading->store, &loading->scratch,
                                   NOUN_REVIEW, loading->review->version,
                                   prefix, &records, count, loading->err))
        return false;
    *opinions =
        arena_zero(loading->arena, *count, sizeof **opinions, loading->err);
    for (size_t i = 0; *opinions && i < *count; i++)
        if (!opinion_read(loading->arena, &records[i], &(*opinions)[i],
                          loading->err))
            return false;
    return *opinions != NULL;
}

/* Reviewers of meetings that the sample has.  Records come by reviewer, but
 * "ann-b/" is before "ann/": names are put in order. */
static bool list_reviewers(struct loading *loading,
                           const struct opinion *opinions, size_t count)
{
    struct review *review = loading->review;
    const char *last = "";

    review->reviewers = arena_zero(loading->arena, count,
                                   sizeof *review->reviewers, loading->err);
    if (!review->reviewers)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t at = review->reviewer_count;
        if (!strcmp(opinions[i].reviewer, last) ||
            !find_item(loading, opinions[i].meeting))
            continue;
        last = opinions[i].reviewer;
        for (; at && strcmp(review->reviewers[at - 1], last) > 0; at--)
            review->reviewers[at] = review->reviewers[at - 1];
        review->reviewers[at] = last;
        review->reviewer_count++;
    }
    return true;
}

static bool make_room(struct loading *loading)
{
    struct review *review = loading->review;

    for (size_t i = 0; i < review->count; i++) {
        review->items[i].opinions =
            arena_zero(loading->arena, review->reviewer_count,
                       sizeof *review->items[i].opinions, loading->err);
        if (!review->items[i].opinions)
            return false;
    }
    return true;
}

static bool load_opinions(struct loading *loading)
{
    struct opinion *opinions;
    size_t count;

    if (!read_opinions(loading, "opinion", &opinions, &count) ||
        !list_reviewers(loading, opinions, count) || !make_room(loading))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct review_item *item = find_item(loading, opinions[i].meeting);
        if (item)
            item->opinions[review_reviewer(
                loading->review, opinions[i].reviewer)] = &opinions[i];
    }
    return true;
}

static bool load_decisions(struct loading *loading)
{
    struct opinion *decisions;
    size_t count;

    if (!read_opinions(loading, "decision", &decisions, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct review_item *item = find_item(loading, decisions[i].meeting);
        if (item)
            item->decision = &decisions[i];
    }
    return true;
}

bool review_load(struct store *store, struct arena *arena, int64_t version,
                 const char *name, struct review *review, struct error *err)
{
    struct loading loading = {
        .store = store, .arena = arena, .review = review, .err = err};
    bool ok;

    *review = (struct review){.version = version};
    ok = find_sample(store, arena, &loading.scratch, version, name,
                     &review->sample, err) &&
         load_items(&loading) && sort_items(&loading) &&
         load_opinions(&loading) && load_decisions(&loading);
    arena_free(&loading.row);
    arena_free(&loading.scratch);
    return ok;
}

/* ---- Persona opinions ---- */

static int by_persona(const void *a, const void *b)
{
    const struct persona_opinion *one = a;
    const struct persona_opinion *other = b;
    int order = strcmp(one->persona, other->persona);

    return order ? order : strcmp(one->reviewer, other->reviewer);
}

bool persona_opinion_list(struct store *store, struct arena *arena,
                          int64_t version, const char *persona,
                          struct persona_opinion **opinions, size_t *count,
                          struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct stored_record *records;
    const char *prefix =
        persona ? arena_format(&scratch, err, "persona/%s/", persona)
                : "persona/";
    bool ok = prefix && record_list_at(store, &scratch, NOUN_REVIEW, version,
                                       prefix, &records, count, err);

    *opinions = ok ? arena_zero(arena, *count, sizeof **opinions, err) : NULL;
    ok = *opinions != NULL;
    for (size_t i = 0; ok && i < *count; i++)
        ok = persona_opinion_read(arena, &records[i], &(*opinions)[i], err);
    if (ok)
        qsort(*opinions, *count, sizeof **opinions, by_persona);
    arena_free(&scratch);
    return ok;
}
