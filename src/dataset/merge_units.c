/* Meetings with their labels: reading them from either file, comparing them
 * three ways, and writing what comes in. */
#include "merge_internal.h"

#include <string.h>

static const struct unit nothing;

/* ---- Reading ---- */

bool merge_read_unit(struct store *store, struct arena *arena, int64_t version,
                     int64_t key, struct unit *unit, struct error *err)
{
    struct stored_fact fact;
    bool found;

    *unit = nothing;
    if (!meeting_at(store, arena, version, key, &unit->meeting,
                    &unit->has_meeting, err))
        return false;
    if (!unit->has_meeting)
        return true;
    if (!fact_at(store, arena, version, key, &fact, &found, err) ||
        !label_at(store, arena, version, key, &unit->label, &unit->has_label,
                  err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "the meeting \"%.200s\" has no facts",
                         unit->meeting.id);
    unit->facts = fact.facts;
    return true;
}

/* The key of an id here, alive or dead; 0: there never was one. */
static bool find_here(struct merge *merge, const char *id, int64_t *key,
                      struct error *err)
{
    *key = 0;
    if (meeting_find(merge->store, id, key, err))
        return true;
    return err->code == ERROR_INPUT;
}

/* ---- Comparing ---- */

static bool same_facts(const struct meeting_facts *one,
                       const struct meeting_facts *other)
{
    return !strcmp(one->subject, other->subject) &&
           !strcmp(one->preview, other->preview) &&
           !strcmp(one->people, other->people) &&
           one->attendees == other->attendees &&
           one->required == other->required &&
           one->optional == other->optional &&
           one->resources == other->resources &&
           one->external == other->external &&
           one->recurring == other->recurring &&
           one->organizer == other->organizer &&
           one->overlaps == other->overlaps && one->type == other->type &&
           one->start == other->start && one->minutes == other->minutes;
}

bool merge_same_meeting(const struct unit *one, const struct unit *other)
{
    if (!one->has_meeting || !other->has_meeting)
        return one->has_meeting == other->has_meeting;
    return one->meeting.generated == other->meeting.generated &&
           one->meeting.document_length == other->meeting.document_length &&
           !memcmp(one->meeting.document, other->meeting.document,
                   one->meeting.document_length) &&
           same_facts(&one->facts, &other->facts);
}

bool merge_same_label(const struct unit *one, const struct unit *other)
{
    if (!one->has_label || !other->has_label)
        return one->has_label == other->has_label;
    return stored_label_same(&one->label, &other->label);
}

static bool same_unit(const struct unit *one, const struct unit *other)
{
    return merge_same_meeting(one, other) && merge_same_label(one, other);
}

/* ---- Writing ---- */

static bool write_meeting(struct merge *merge, struct guest *guest,
                          int64_t *key, const struct unit *theirs,
                          struct error *err)
{
    struct stored_meeting meeting = theirs->meeting;

    guest->touched = true;
    if (*key) {
        meeting.key = *key;
        guest->ordinals_kept = false;
        return run_put_meeting(merge->run, &meeting, &theirs->facts, err) &&
               merge_note_request(merge, guest, theirs->meeting.key, *key, err);
    }
    if (!run_add_meeting(merge->run, guest->ours, &meeting, &theirs->facts, key,
                         err))
        return false;
    if (!guest->first)
        guest->first = *key;
    guest->last = *key;
    if ((uint32_t)*key != (uint32_t)meeting.key)
        guest->ordinals_kept = false;
    return merge_note_request(merge, guest, theirs->meeting.key, *key, err);
}

static bool write_label(struct merge *merge, struct guest *guest, int64_t key,
                        const struct unit *here, const struct unit *theirs,
                        struct error *err)
{
    struct stored_label label = theirs->label;

    if (!theirs->has_label && !here->has_label)
        return true;
    guest->touched = guest->label_touched = true;
    label.meeting = key;
    if (theirs->has_label)
        return run_put_label(merge->run, &label, err);
    return run_remove_label(merge->run, key, err);
}

/* The meeting and its label as they are there, also when that is not at all.
 */
static bool write_unit(struct merge *merge, struct guest *guest, int64_t key,
                       const struct unit *here, const struct unit *theirs,
                       struct error *err)
{
    if (theirs->has_meeting)
        return (merge_same_meeting(here, theirs) ||
                write_meeting(merge, guest, &key, theirs, err)) &&
               (merge_same_label(here, theirs) ||
                write_label(merge, guest, key, here, theirs, err));
    guest->touched = guest->label_touched = true;
    return (!here->has_label || run_remove_label(merge->run, key, err)) &&
           run_remove_meeting(merge->run, key, err);
}

/* Whether an earlier file wrote the row in this run: it has the run's version,
 * or died in it. */
static bool meeting_written(struct merge *merge, int64_t key,
                            const struct unit *here, bool *written,
                            struct error *err)
{
    struct stored_meeting before;

    *written =
        here->has_meeting && here->meeting.since == run_version(merge->run);
    return here->has_meeting || !key ||
           meeting_at(merge->store, &merge->scratch, merge->head, key, &before,
                      written, err);
}

static bool label_written(struct merge *merge, int64_t key,
                          const struct unit *here, bool *written,
                          struct error *err)
{
    struct stored_label before;

    *written = here->has_label && here->label.since == run_version(merge->run);
    return here->has_label || !key ||
           label_at(merge->store, &merge->scratch, merge->head, key, &before,
                    written, err);
}

/* ---- Deciding ---- */

/* A meeting on its way: its key here, and the three values. */
struct passenger {
    int64_t key;
    const struct unit *base;
    const struct unit *here;
    const struct unit *theirs;
    struct stored_meeting name; /* for conflicts */
};

/* The value of there may be written unless that was done, or it is a conflict.
 */
static bool may_take(struct merge *merge, struct guest *guest,
                     const struct passenger *rider, enum noun noun,
                     bool unchanged_here, bool written, bool *take,
                     struct error *err)
{
    struct clash clash = {.noun = noun,
                          .meeting = &rider->name,
                          .hold = written ? HOLD_WRITTEN : HOLD_NONE};
    bool whole = !rider->here->has_meeting || !rider->theirs->has_meeting;

    *take = true;
    if (unchanged_here && !written)
        return true;
    return (noun == NOUN_MEETING || whole
                ? merge_compare_meetings(merge, rider->here, rider->theirs,
                                         &clash.list, err)
                : merge_compare_labels(merge, guest, rider->here, rider->theirs,
                                       &clash.list, err)) &&
           merge_decide(merge, guest, &clash, take, err);
}

/* A meeting that only one side has goes or comes with its label. */
static bool merge_as_one(struct merge *merge, struct guest *guest,
                         const struct passenger *rider, struct error *err)
{
    bool unchanged = same_unit(rider->here, rider->base);
    bool meeting;
    bool label;
    bool take;

    if (!meeting_written(merge, rider->key, rider->here, &meeting, err) ||
        !label_written(merge, rider->key, rider->here, &label, err) ||
        !may_take(merge, guest, rider, NOUN_MEETING, unchanged,
                  meeting || label, &take, err))
        return false;
    return !take || write_unit(merge, guest, rider->key, rider->here,
                               rider->theirs, err);
}

static bool merge_meeting(struct merge *merge, struct guest *guest,
                          const struct passenger *rider, struct error *err)
{
    int64_t key = rider->key;
    bool written;
    bool take;

    if (merge_same_meeting(rider->base, rider->theirs))
        return true;
    if (merge_same_meeting(rider->here, rider->theirs)) {
        merge->result->counts[NOUN_MEETING].same++;
        return true;
    }
    if (!meeting_written(merge, key, rider->here, &written, err) ||
        !may_take(merge, guest, rider, NOUN_MEETING,
                  merge_same_meeting(rider->base, rider->here), written, &take,
                  err))
        return false;
    return !take || write_meeting(merge, guest, &key, rider->theirs, err);
}

static bool merge_label(struct merge *merge, struct guest *guest,
                        const struct passenger *rider, struct error *err)
{
    bool written;
    bool take;

    if (merge_same_label(rider->base, rider->theirs))
        return true;
    if (merge_same_label(rider->here, rider->theirs)) {
        merge->result->counts[NOUN_LABEL].same++;
        return true;
    }
    if (!label_written(merge, rider->key, rider->here, &written, err) ||
        !may_take(merge, guest, rider, NOUN_LABEL,
                  merge_same_label(rider->base, rider->here), written, &take,
                  err))
        return false;
    return !take || write_label(merge, guest, rider->key, rider->here,
                                rider->theirs, err);
}

/* The common version was pruned in both files, and `base` is an older one.  A
 * row that is no younger than the common version is what that held, whichever
 * file it is in; where both rows are younger nobody knows. */
static void settle_base(const struct merge *merge, const struct unit *here,
                        const struct unit *theirs, struct unit *base)
{
    const struct unit *units[] = {theirs, here};
    bool meeting = false;
    bool label = false;

    for (int i = 0; i < 2; i++) {
        const struct unit *unit = units[i];
        if (!meeting && unit->has_meeting &&
            unit->meeting.since <= merge->common) {
            base->meeting = unit->meeting;
            base->facts = unit->facts;
            base->has_meeting = meeting = true;
        }
        if (!label && unit->has_label && unit->label.since <= merge->common) {
            base->label = unit->label;
            base->has_label = label = true;
        }
    }
    if (!meeting && here->has_meeting && theirs->has_meeting)
        base->has_meeting = false;
    if (!label && here->has_label && theirs->has_label)
        base->has_label = false;
}

/* An id means one meeting in all of the file. */
static bool refuse_elsewhere(struct merge *merge, struct guest *guest,
                             const struct passenger *rider, struct error *err)
{
    struct clash clash = {
        .noun = NOUN_MEETING, .meeting = &rider->name, .hold = HOLD_ELSEWHERE};
    const char *owner;
    bool take;

    guest->ordinals_kept = false;
    return persona_id_of(merge->store, &merge->scratch,
                         meeting_persona(rider->key), &owner, err) &&
           merge_add_difference(merge, &clash.list, err,
                                "here it is a meeting of %s", owner) &&
           merge_decide(merge, guest, &clash, &take, err);
}

bool merge_unit(struct merge *merge, struct guest *guest,
                const struct unit *base, const struct unit *theirs,
                struct error *err)
{
    struct unit here = nothing;
    struct unit settled = *base;
    struct passenger rider = {.base = &settled,
                              .here = &here,
                              .theirs = theirs,
                              .name = theirs->has_meeting ? theirs->meeting
                                                          : base->meeting};

    if (merge->base == merge->common && same_unit(base, theirs))
        return true;
    if (!find_here(merge, rider.name.id, &rider.key, err))
        return false;
    rider.name.key = rider.key;
    if (rider.key && meeting_persona(rider.key) != guest->ours)
        return refuse_elsewhere(merge, guest, &rider, err);
    if (rider.key &&
        !merge_read_unit(merge->store, &merge->scratch, run_version(merge->run),
                         rider.key, &here, err))
        return false;
    if (merge->base < merge->common) {
        settle_base(merge, &here, theirs, &settled);
        if (same_unit(&settled, theirs))
            return true;
    }
    if (here.has_meeting && theirs->has_meeting)
        return merge_meeting(merge, guest, &rider, err) &&
               merge_label(merge, guest, &rider, err);
    if (here.has_meeting || theirs->has_meeting)
        return merge_as_one(merge, guest, &rider, err);
    return true; /* gone from both */
}
