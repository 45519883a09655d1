/* Comparing two versions of one file: the rows that died or were born between
 * them. */
#include "diff_internal.h"

#include <stdlib.h>

/* The two versions as a range, one persona's or all. */
static struct change_range range_of(const struct comparison *work,
                                    int64_t persona)
{
    int64_t from = work->sides[OLD].version;
    int64_t to = work->sides[NEW].version;

    return (struct change_range){.low = from < to ? from : to,
                                 .high = from < to ? to : from,
                                 .persona = persona,
                                 .way = work->request->way};
}

static bool is_backward(const struct comparison *work)
{
    return work->sides[OLD].version > work->sides[NEW].version;
}

/* Enters the persona of a key unless it is the one at hand. */
static bool enter_key(struct comparison *work, int64_t key, struct error *err)
{
    struct diff_persona persona = {.keys = {key, key}};

    if (work->persona.keys[OLD] == key)
        return true;
    if (!persona_id_of(work->sides[OLD].store, work->arena, key, &persona.id,
                       err))
        return false;
    diff_enter(work, &persona);
    return true;
}

static bool compare_persona(struct comparison *work, int64_t key,
                            struct error *err)
{
    struct stored_persona *personas[SIDES];

    for (int i = 0; i < SIDES; i++)
        if (!persona_at_key(work->sides[i].store, &work->scratch,
                            work->sides[i].version, key, &personas[i], err))
            return false;
    return enter_key(work, key, err) &&
           (!diff_wants_persona(work, work->persona.id) ||
            diff_personas(work, personas[OLD], personas[NEW], err));
}

static bool scan_personas(struct comparison *work, struct error *err)
{
    struct change_range range = range_of(work, 0);
    struct cursor *cursor = change_scan(work->sides[OLD].store, NOUN_PERSONA,
                                        range.low, range.high, err);
    int64_t key;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        arena_reset(&work->scratch);
        ok = change_next(cursor, &key, &more, err) &&
             (!more || compare_persona(work, key, err));
    }
    cursor_close(cursor);
    return ok;
}

static bool meeting_differs(struct comparison *work,
                            const struct meeting_change *change, bool *differs,
                            struct error *err)
{
    *differs = true;
    return !change->had || !change->has ||
           diff_documents(work, change->meeting, change->meeting, differs, err);
}

static bool compare_meeting(struct comparison *work,
                            const struct meeting_change *change,
                            struct error *err)
{
    bool backward = is_backward(work);
    bool differs;

    if (!enter_key(work, meeting_persona(change->meeting), err) ||
        !meeting_differs(work, change, &differs, err))
        return false;
    return !differs ||
           diff_meeting(work, backward ? change->has : change->had,
                        backward ? change->had : change->has,
                        change->has ? change->new.id : change->old.id, err);
}

static bool scan_meetings(struct comparison *work, int64_t persona,
                          struct error *err)
{
    struct change_range range = range_of(work, persona);
    struct changes *changes =
        changes_open_meetings(work->sides[OLD].store, &range, err);
    struct meeting_change change;
    bool more = true;
    bool ok = changes != NULL;

    while (ok && more) {
        arena_reset(&work->scratch);
        ok = changes_next_meeting(changes, &change, &more, err) &&
             (!more || compare_meeting(work, &change, err));
    }
    changes_close(changes);
    return ok;
}

/* The changed meetings beside the changed labels, for names: which labels are
 * of a meeting that was named already. */
struct beside {
    struct changes *changes; /* NULL when nobody asks */
    struct meeting_change change;
    bool more;
};

static bool is_named(struct comparison *work, struct beside *beside,
                     int64_t meeting, bool *named, struct error *err)
{
    *named = false;
    while (beside->changes && beside->more && beside->change.meeting < meeting)
        if (!changes_next_meeting(beside->changes, &beside->change,
                                  &beside->more, err))
            return false;
    if (!beside->changes || !beside->more || beside->change.meeting != meeting)
        return true;
    return meeting_differs(work, &beside->change, named, err);
}

static bool compare_label(struct comparison *work, struct beside *beside,
                          const struct label_change *change, struct error *err)
{
    const struct stored_label *old = change->had ? &change->old : NULL;
    const struct stored_label *new = change->has ? &change->new : NULL;
    bool backward = is_backward(work);
    bool named;

    return enter_key(work, meeting_persona(change->meeting), err) &&
           is_named(work, beside, change->meeting, &named, err) &&
           diff_labels(work, backward ? new : old, backward ? old : new, named,
                       err);
}

static bool scan_labels(struct comparison *work, int64_t persona,
                        struct error *err)
{
    struct change_range range = range_of(work, persona);
    struct store *store = work->sides[OLD].store;
    struct changes *changes = changes_open_labels(store, &range, err);
    struct beside beside = {.more = true};
    struct label_change change;
    bool more = true;
    bool ok = changes != NULL;

    if (ok && work->request->detail == DIFF_NAMES) {
        beside.changes = changes_open_meetings(store, &range, err);
        ok = beside.changes != NULL;
    }
    while (ok && more) {
        arena_reset(&work->scratch);
        ok = changes_next_label(changes, &change, &more, err) &&
             (!more || compare_label(work, &beside, &change, err));
    }
    changes_close(changes);
    changes_close(beside.changes);
    return ok;
}

static int by_key(const void *one, const void *other)
{
    int64_t left = *(const int64_t *)one;
    int64_t right = *(const int64_t *)other;

    return (left > right) - (left < right);
}

/* The keys of the personas that are asked for, in order and once, or 0 for all
 * of them. */
static bool persona_keys(struct comparison *work, int64_t **keys, size_t *count,
                         struct error *err)
{
    const struct diff_request *request = work->request;
    size_t found = 0;

    *count = request->persona_count ? request->persona_count : 1;
    *keys = arena_zero(work->arena, *count, sizeof **keys, err);
    if (!*keys)
        return false;
    for (size_t i = 0; i < request->persona_count; i++)
        if (!persona_key_of(work->sides[OLD].store, request->personas[i],
                            &(*keys)[i], err))
            return false;
    if (!request->persona_count)
        return true;
    qsort(*keys, *count, sizeof **keys, by_key);
    for (size_t i = 0; i < *count; i++)
        if ((*keys)[i] && (!found || (*keys)[i] != (*keys)[found - 1]))
            (*keys)[found++] = (*keys)[i];
    *count = found;
    return true;
}

bool diff_versions(struct comparison *work, struct error *err)
{
    int64_t *keys;
    size_t count;

    if (work->sides[OLD].version == work->sides[NEW].version)
        return true;
    if (!persona_keys(work, &keys, &count, err) || !scan_personas(work, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!scan_meetings(work, keys[i], err))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!scan_labels(work, keys[i], err))
            return false;
    return true;
}
