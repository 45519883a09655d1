/* What is known of a row over all versions.
 *
 * A row that was pruned leaves a gap between the spans that are left.  Versions
 * in it that were kept did not have the row, for a row that any kept version
 * has is never dropped.  Of the others, their headers still say how many rows
 * of its kind each added, changed and removed: where that allows only one
 * course of events, it is known as well. */
#include "datebook/history.h"
#include "internal.h"

#include "datebook/list.h"
#include "datebook/prune.h"

/* States that a row may be in: bits. */
enum { ABSENT = 1, PRESENT = 2 };

struct timeline {
    struct store *store;
    struct arena *arena;
    enum noun noun;
    struct stretch *stretches;
    size_t count;
};

/* Neighbours that say the same are one; values never are. */
static bool add(struct timeline *timeline, struct stretch stretch,
                struct error *err)
{
    struct stretch *last =
        timeline->count ? &timeline->stretches[timeline->count - 1] : NULL;

    if (!last && stretch.known == KNOWN_ABSENT)
        return true;
    if (last && last->known == stretch.known && last->known != KNOWN_VALUE &&
        last->until == stretch.since) {
        last->until = stretch.until;
        return true;
    }
    if (!list_grow(timeline->arena, &timeline->stretches, timeline->count,
                   sizeof *timeline->stretches, err))
        return false;
    timeline->stretches[timeline->count++] = stretch;
    return true;
}

/* ---- Versions that were pruned ---- */

/* Up to the version after the run, whose counts say how it ended. */
static bool read_counts(struct timeline *timeline, const struct span *run,
                        struct noun_counts *counts, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    struct version version;
    bool ok = true;

    for (int64_t number = run->since; ok && number <= run->until; number++) {
        arena_reset(&scratch);
        ok = version_get(timeline->store, &scratch, number, &version, err);
        if (ok)
            counts[number - run->since] = version.counts[timeline->noun];
    }
    arena_free(&scratch);
    return ok;
}

/* What a version can make of states; `closes` when a value of a present row
 * ended there, so that it was changed or removed. */
static unsigned follow(unsigned from, const struct noun_counts *counts,
                       bool closes)
{
    unsigned to = 0;

    if (from & ABSENT)
        to |= counts->added ? ABSENT | PRESENT : ABSENT;
    if (from & PRESENT) {
        to |= counts->removed ? ABSENT : 0;
        to |= !closes || counts->changed ? PRESENT : 0;
    }
    return to;
}

/* From which states a version can lead to one of these. */
static unsigned lead(unsigned to, const struct noun_counts *counts, bool closes)
{
    unsigned from = 0;

    for (unsigned state = ABSENT; state <= PRESENT; state++)
        if (follow(state, counts, closes) & to)
            from |= state;
    return from;
}

static enum known known_of(unsigned states)
{
    return states == ABSENT    ? KNOWN_ABSENT
           : states == PRESENT ? KNOWN_PRESENT
                               : KNOWN_NOTHING;
}

/* Keeps in `states` what a course of events between both ends can pass. */
static void narrow(unsigned char *states, size_t length,
                   const struct noun_counts *counts, unsigned before,
                   unsigned after)
{
    unsigned state = before;

    for (size_t i = 0; i < length; i++) {
        state = follow(state, &counts[i], i == 0);
        states[i] = (unsigned char)state;
    }
    for (size_t i = length; i-- > 0;) {
        after = lead(after, &counts[i + 1], i + 1 == length);
        states[i] = (unsigned char)(states[i] & after);
        after = states[i];
    }
}

/* A run of pruned versions, with the state before it and in the version after
 * it. */
static bool add_run(struct timeline *timeline, const struct span *run,
                    unsigned before, unsigned after, struct error *err)
{
    size_t length = (size_t)(run->until - run->since);
    struct noun_counts *counts =
        arena_zero(timeline->arena, length + 1, sizeof *counts, err);
    unsigned char *states = arena_zero(timeline->arena, length, 1, err);

    if (!counts || !states || !read_counts(timeline, run, counts, err))
        return false;
    narrow(states, length, counts, before, after);
    for (size_t i = 0; i < length; i++) {
        int64_t version = run->since + (int64_t)i;
        if (!add(timeline,
                 (struct stretch){.known = known_of(states[i]),
                                  .since = version,
                                  .until = version + 1},
                 err))
            return false;
    }
    return true;
}

/* The versions from `low` up to, not including, `high`, in which no value is
 * known. */
static bool add_gap(struct timeline *timeline, int64_t low, int64_t high,
                    unsigned before, unsigned after, struct error *err)
{
    struct span *runs;
    size_t count;

    if (!pruned_runs(timeline->store, timeline->arena, low, high, &runs, &count,
                     err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct stretch kept = {KNOWN_ABSENT, low, runs[i].since, 0};
        if ((kept.since < kept.until && !add(timeline, kept, err)) ||
            !add_run(timeline, &runs[i], runs[i].since == low ? before : ABSENT,
                     runs[i].until == high ? after : ABSENT, err))
            return false;
        low = runs[i].until;
        before = ABSENT;
    }
    return low >= high ||
           add(timeline, (struct stretch){KNOWN_ABSENT, low, high, 0}, err);
}

bool history_stretches(struct store *store, struct arena *arena, enum noun noun,
                       const struct span *spans, size_t count, int64_t last,
                       struct stretch **stretches, size_t *stretch_count,
                       struct error *err)
{
    struct timeline timeline = {.store = store, .arena = arena, .noun = noun};
    unsigned before = ABSENT;
    int64_t at = 1;
    bool ok = true;

    for (size_t i = 0; ok && i < count && spans[i].since <= last; i++) {
        bool ends = spans[i].until && spans[i].until <= last;
        struct stretch value = {KNOWN_VALUE, spans[i].since,
                                ends ? spans[i].until : 0, i};
        ok = (at >= value.since ||
              add_gap(&timeline, at, value.since, before, PRESENT, err)) &&
             add(&timeline, value, err);
        before = PRESENT;
        at = ends ? value.until : last + 1;
    }
    ok = ok &&
         (at > last || add_gap(&timeline, at, last + 1, before, ABSENT, err));
    if (ok && timeline.count &&
        timeline.stretches[timeline.count - 1].until > last)
        timeline.stretches[timeline.count - 1].until = 0;
    *stretches = timeline.stretches;
    *stretch_count = timeline.count;
    return ok;
}

/* ---- Rules of a label ---- */

bool label_rules(struct arena *arena, const struct stored_label *label,
                 const struct stored_rule *rules, size_t rule_count,
                 struct label_rule **fired, size_t *count, struct error *err)
{
    size_t at = 0;

    *fired = NULL;
    *count = 0;
    while (at < label->rules_length) {
        size_t number = 0;
        bool decided = false;
        if (!label_next_rule(label, rules, rule_count, &at, &number, &decided,
                             err) ||
            !list_grow(arena, fired, *count, sizeof **fired, err))
            return false;
        (*fired)[(*count)++] = (struct label_rule){&rules[number], decided};
    }
    return true;
}
