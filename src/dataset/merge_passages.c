/* How the meetings of a file come in: all of a persona's, in one stream of
 * each kind of row, or those that the change log names. */
#include "merge_internal.h"

#include "datebook/list.h"

static const struct unit nothing;

/* ---- All meetings of a persona ---- */

/* A row of each scan; the facts and the label of a meeting follow it. */
struct scans {
    struct cursor *meetings;
    struct cursor *facts;
    struct cursor *labels;
    struct stored_label label; /* the next one */
    bool more_labels;
};

static bool refuse_orphan(struct error *err)
{
    return error_set(err, ERROR_DATABASE, "a label without its meeting");
}

static bool next_unit(struct scans *scans, struct unit *unit, bool *more,
                      struct error *err)
{
    struct stored_fact fact;
    bool found;

    *unit = (struct unit){.has_meeting = true};
    if (!meeting_next(scans->meetings, &unit->meeting, more, err))
        return false;
    if (!*more)
        return !scans->more_labels || refuse_orphan(err);
    if (!fact_next(scans->facts, &fact, &found, err))
        return false;
    if (!found || fact.key != unit->meeting.key)
        return error_set(err, ERROR_DATABASE,
                         "the meeting \"%.200s\" has no facts",
                         unit->meeting.id);
    unit->facts = fact.facts;
    if (scans->more_labels && scans->label.meeting < unit->meeting.key)
        return refuse_orphan(err);
    unit->has_label =
        scans->more_labels && scans->label.meeting == unit->meeting.key;
    unit->label = scans->label;
    return true;
}

static bool step_labels(struct scans *scans, struct error *err)
{
    return label_next(scans->labels, &scans->label, &scans->more_labels, err);
}

static bool open_scans(struct merge *merge, const struct guest *guest,
                       struct scans *scans, struct error *err)
{
    struct scan scan = {.version = merge->their_head, .persona = guest->theirs};

    *scans = (struct scans){.meetings = NULL};
    return (scans->meetings = meeting_scan(merge->theirs, &scan, err)) &&
           (scans->facts = fact_scan(merge->theirs, &scan, err)) &&
           (scans->labels = label_scan(merge->theirs, &scan, err)) &&
           step_labels(scans, err);
}

/* The meeting as of the common version, read here when it is not there. */
static bool read_base(struct merge *merge, const struct guest *guest,
                      const char *id, struct unit *base, struct error *err)
{
    int64_t key;

    *base = nothing;
    if (!merge->base_here || guest->passage != PASS_CHANGES)
        return true;
    if (!meeting_find(merge->store, id, &key, err))
        return err->code == ERROR_INPUT; /* there never was one */
    return meeting_persona(key) != guest->ours ||
           merge_read_unit(merge->store, &merge->scratch, merge->base, key,
                           base, err);
}

static bool merge_all(struct merge *merge, struct guest *guest,
                      struct error *err)
{
    struct scans scans;
    struct unit unit;
    struct unit base;
    bool more = true;
    bool ok = open_scans(merge, guest, &scans, err);

    while (ok && more) {
        arena_reset(&merge->scratch);
        ok = next_unit(&scans, &unit, &more, err) ||
             merge_blame(merge->path, err);
        if (!ok || !more)
            break;
        ok = (!unit.has_label ||
              merge_map_label(merge, guest, &unit.label, err)) &&
             read_base(merge, guest, unit.meeting.id, &base, err) &&
             merge_unit(merge, guest, &base, &unit, err) &&
             (!unit.has_label || step_labels(&scans, err)) &&
             monitor_tick(merge->monitor, "meetings", ++merge->done, 0, err);
    }
    cursor_close(scans.meetings);
    cursor_close(scans.facts);
    cursor_close(scans.labels);
    return ok;
}

/* ---- What is gone from there, when its log does not tell any more ---- */

static bool is_gone(struct merge *merge, const char *id, bool *gone,
                    struct error *err)
{
    struct stored_meeting meeting;
    bool found;
    int64_t key;

    *gone = true;
    if (!meeting_find(merge->theirs, id, &key, err))
        return err->code == ERROR_INPUT;
    if (!meeting_at(merge->theirs, &merge->scratch, merge->their_head, key,
                    &meeting, &found, err))
        return false;
    *gone = !found;
    return true;
}

/* Keys here of the meetings that the common version had. */
static bool list_gone(struct merge *merge, const struct guest *guest,
                      int64_t **keys, size_t *count, struct error *err)
{
    struct scan scan = {.version = merge->base, .persona = guest->ours};
    struct cursor *cursor = meeting_scan(merge->store, &scan, err);
    struct stored_meeting meeting;
    bool more = true;
    bool gone;
    bool ok = cursor != NULL;

    *keys = NULL;
    *count = 0;
    while (ok && more) {
        arena_reset(&merge->scratch);
        ok = meeting_next(cursor, &meeting, &more, err);
        if (!ok || !more)
            break;
        ok = (is_gone(merge, meeting.id, &gone, err) ||
              merge_blame(merge->path, err)) &&
             (!gone ||
              list_grow(&merge->memory, keys, *count, sizeof **keys, err));
        if (ok && gone)
            (*keys)[(*count)++] = meeting.key;
    }
    cursor_close(cursor);
    return ok;
}

static bool merge_gone(struct merge *merge, struct guest *guest,
                       struct error *err)
{
    struct unit base;
    int64_t *keys;
    size_t count;

    if (!list_gone(merge, guest, &keys, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        arena_reset(&merge->scratch);
        if (!merge_read_unit(merge->store, &merge->scratch, merge->base,
                             keys[i], &base, err) ||
            !merge_unit(merge, guest, &base, &nothing, err) ||
            !monitor_tick(merge->monitor, "meetings", ++merge->done, 0, err))
            return false;
    }
    return true;
}

/* ---- What changed since the common version ---- */

static bool read_there(struct merge *merge, const struct guest *guest,
                       int64_t version, int64_t key, struct unit *unit,
                       struct error *err)
{
    if (!merge_read_unit(merge->theirs, &merge->scratch, version, key, unit,
                         err))
        return merge_blame(merge->path, err);
    return !unit->has_label || merge_map_label(merge, guest, &unit->label, err);
}

/* A label whose meeting changed as well came with it. */
static bool comes_with_meeting(const struct merge *merge, enum noun noun,
                               const struct unit *now)
{
    return noun == NOUN_LABEL &&
           (!now->has_meeting || now->meeting.since > merge->base);
}

static bool merge_changed(struct merge *merge, enum noun noun, int64_t key,
                          struct error *err)
{
    struct guest *guest = merge_guest_of(merge, meeting_persona(key));
    struct unit base;
    struct unit now;

    arena_reset(&merge->scratch);
    if (!guest || guest->passage != PASS_CHANGES)
        return true;
    if (!read_there(merge, guest, merge->their_head, key, &now, err))
        return false;
    if (comes_with_meeting(merge, noun, &now))
        return true;
    return read_there(merge, guest, merge->base, key, &base, err) &&
           merge_unit(merge, guest, &base, &now, err);
}

static bool merge_changes(struct merge *merge, enum noun noun,
                          struct error *err)
{
    struct cursor *cursor =
        change_scan(merge->theirs, noun, merge->base, merge->their_head, err);
    int64_t key;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        ok = change_next(cursor, &key, &more, err) ||
             merge_blame(merge->path, err);
        if (!ok || !more)
            break;
        ok = merge_changed(merge, noun, key, err) &&
             monitor_tick(merge->monitor, "rows", ++merge->done, 0, err);
    }
    cursor_close(cursor);
    return ok;
}

/* By what the change log there says, unless it does not reach back so far. */
static bool merge_guest(struct merge *merge, struct guest *guest,
                        struct error *err)
{
    if (guest->passage == PASS_ALL)
        return merge_all(merge, guest, err);
    if (guest->passage == PASS_CHANGES && merge->base_here)
        return merge_all(merge, guest, err) && merge_gone(merge, guest, err);
    return true;
}

bool merge_meetings(struct merge *merge, struct error *err)
{
    bool changes = false;

    for (size_t i = 0; i < merge->guest_count; i++) {
        if (!merge_guest(merge, &merge->guests[i], err))
            return false;
        changes |= merge->guests[i].passage == PASS_CHANGES;
    }
    return !changes || merge->base_here ||
           (merge_changes(merge, NOUN_MEETING, err) &&
            merge_changes(merge, NOUN_LABEL, err));
}
