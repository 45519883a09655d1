/* Leaks: twins across the parts of a division, told of each meeting.
 *
 * twins.h finds pairs of texts; which meetings have which text is written down
 * beside it, by hash, and read again once it is known which of them leak. */
#include "leaks.h"

#include "datebook/cut.h"

#include "spill.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBERS_READ = 2048, FIRST_FINDINGS = 256 };

/* A meeting and its text. */
struct member {
    int64_t key;
    uint64_t text;
};

/* A text that has a twin in another part. */
struct finding {
    uint64_t text; /* 0: a free slot */
    struct leak best;
    bool leaks;   /* `best` is in a part that training is kept away from */
    bool is_twin; /* another text leaks because of it */
};

struct search {
    struct store *store;
    int64_t version;
    const struct division *division;
    const struct monitor *monitor;
    struct twins *twins;
    struct spill *members;
    int64_t member_count;
    struct leaks *leaks;
    struct finding *findings; /* open addressing, half full at most */
    size_t size;
    size_t used;
};

/* ---- Reading ---- */

/* A persona of either side. */
struct side {
    int64_t persona;
    bool held_out;
};

static int by_key(const void *one, const void *other)
{
    const struct side *a = one;
    const struct side *b = other;

    return a->persona < b->persona ? -1 : a->persona > b->persona;
}

/* In order of keys: a text is then known by the least of its meetings, and
 * leaks come out sorted. */
static struct side *sides_of(struct arena *arena,
                             const struct division *division, size_t *count,
                             struct error *err)
{
    struct side *sides;

    *count = division->train_count + division->held_out_count;
    sides = arena_zero(arena, *count + 1, sizeof *sides, err);
    if (!sides)
        return NULL;
    for (size_t i = 0; i < division->train_count; i++)
        sides[i].persona = division->train[i].key;
    for (size_t i = 0; i < division->held_out_count; i++)
        sides[division->train_count + i] =
            (struct side){division->held_out[i].key, true};
    qsort(sides, *count, sizeof *sides, by_key);
    return sides;
}

static bool read_meeting(struct search *search, bool held_out,
                         const struct stored_fact *fact, struct error *err)
{
    const struct cut *cut = search->division->cut;
    enum part part = held_out ? PART_HELD_OUT
                     : cut && cut_is_validation(cut, fact->key)
                         ? PART_VALIDATION
                         : PART_TRAIN;
    struct member member = {.key = fact->key};
    struct twin_text text;

    if (!twins_add(search->twins, fact->key, part, fact->facts.subject,
                   fact->facts.preview, &text, err))
        return false;
    search->leaks->compared++;
    member.text = text.id;
    if (text.id) {
        search->member_count++;
        if (!spill_add(search->members, &member, sizeof member, err))
            return false;
    }
    return monitor_tick(search->monitor, "meetings read for leaks",
                        search->leaks->compared, 0, err);
}

static bool read_persona(struct search *search, const struct side *side,
                         struct error *err)
{
    struct scan scan = {.version = search->version, .persona = side->persona};
    struct cursor *cursor = fact_scan(search->store, &scan, err);
    struct stored_fact fact;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        ok = fact_next(cursor, &fact, &more, err);
        if (ok && more)
            ok = read_meeting(search, side->held_out, &fact, err);
    }
    cursor_close(cursor);
    return ok;
}

static bool read_all(struct search *search, struct arena *arena,
                     struct error *err)
{
    size_t count;
    struct side *sides = sides_of(arena, search->division, &count, err);
    bool ok = sides != NULL;

    for (size_t i = 0; ok && i < count; i++)
        ok = read_persona(search, &sides[i], err);
    return ok && spill_flush(search->members, err);
}

/* ---- Findings ---- */

/* The finding of a text, or the free slot where it would be. */
static struct finding *slot_of(struct finding *findings, size_t size,
                               uint64_t text)
{
    /* The low bits are the part. */
    size_t at = (text >> 2) & (size - 1);

    while (findings[at].text && findings[at].text != text)
        at = (at + 1) & (size - 1);
    return &findings[at];
}

static bool make_room(struct search *search, struct error *err)
{
    size_t size = search->size ? 2 * search->size : FIRST_FINDINGS;
    struct finding *findings;

    if (2 * search->used < search->size)
        return true;
    findings = calloc(size, sizeof *findings);
    if (!findings)
        return error_memory(err);
    for (size_t i = 0; i < search->size; i++)
        if (search->findings[i].text)
            *slot_of(findings, size, search->findings[i].text) =
                search->findings[i];
    free(search->findings);
    search->findings = findings;
    search->size = size;
    return true;
}

static struct finding *note(struct search *search, uint64_t text,
                            struct error *err)
{
    struct finding *finding;

    if (!make_room(search, err))
        return NULL;
    finding = slot_of(search->findings, search->size, text);
    search->used += !finding->text;
    finding->text = text;
    return finding;
}

/* The likest, then the one with the smallest key. */
static bool is_better(const struct leak *one, const struct leak *other)
{
    if (one->exact != other->exact)
        return one->exact;
    if (one->likeness < other->likeness || one->likeness > other->likeness)
        return one->likeness > other->likeness;
    return one->twin < other->twin;
}

static bool note_pair(void *context, const struct twin_text *one,
                      const struct twin_text *other, double likeness,
                      struct error *err)
{
    struct search *search = context;
    struct leak leak = {.twin = other->key,
                        .part = one->part,
                        .twin_part = other->part,
                        .likeness = likeness,
                        .exact = twin_exact(one, other)};
    struct finding *twin = note(search, other->id, err);
    struct finding *finding;

    if (!twin)
        return false;
    twin->is_twin = true;
    finding = note(search, one->id, err);
    if (!finding)
        return false;
    if (!finding->leaks || is_better(&leak, &finding->best))
        finding->best = leak;
    finding->leaks = true;
    return true;
}

/* ---- Telling ---- */

static void tell(struct search *search, const struct member *member)
{
    const struct finding *finding =
        slot_of(search->findings, search->size, member->text);
    struct leaks *leaks = search->leaks;

    leaks->twins += finding->is_twin;
    if (!finding->leaks)
        return;
    leaks->of_parts[finding->best.part]++;
    if (leaks->leaks) {
        leaks->leaks[leaks->count] = finding->best;
        leaks->leaks[leaks->count].meeting = member->key;
    }
    leaks->count++;
}

/* Counts the leaks, and puts them down where there is room for them. */
static bool tell_all(struct search *search, struct error *err)
{
    struct member members[MEMBERS_READ];
    struct leaks *leaks = search->leaks;

    leaks->count = 0;
    leaks->twins = 0;
    memset(leaks->of_parts, 0, sizeof leaks->of_parts);
    for (int64_t done = 0; search->used && done < search->member_count;
         done += MEMBERS_READ) {
        int64_t left = search->member_count - done;
        size_t count = left < MEMBERS_READ ? (size_t)left : MEMBERS_READ;
        if (!monitor_tick(search->monitor, "meetings held against leaks", done,
                          search->member_count, err) ||
            !spill_read(search->members, (uint64_t)done * sizeof *members,
                        members, count * sizeof *members, err))
            return false;
        for (size_t i = 0; i < count; i++)
            tell(search, &members[i]);
    }
    return true;
}

static bool make_list(struct search *search, struct arena *arena,
                      struct error *err)
{
    struct leaks *leaks = search->leaks;

    if (!tell_all(search, err))
        return false;
    leaks->leaks =
        arena_zero(arena, leaks->count + 1, sizeof *leaks->leaks, err);
    return leaks->leaks && tell_all(search, err);
}

/* ---- All of it ---- */

bool leaks_find_with(struct store *store, struct arena *arena, int64_t version,
                     const struct division *division,
                     const struct twins_options *options,
                     const struct monitor *monitor, struct leaks *leaks,
                     struct error *err)
{
    struct search search = {.store = store,
                            .version = version,
                            .division = division,
                            .monitor = monitor,
                            .leaks = leaks};
    bool ok;

    *leaks = (struct leaks){.count = 0};
    search.twins = twins_new(options, err);
    search.members = search.twins ? spill_new(err) : NULL;
    ok = search.members && read_all(&search, arena, err) &&
         twins_find(search.twins, monitor, note_pair, &search, err);
    /* What was sorted is not needed for the list. */
    twins_free(search.twins);
    ok = ok && make_list(&search, arena, err);
    spill_free(search.members);
    free(search.findings);
    return ok;
}

bool leaks_find(struct store *store, struct arena *arena, int64_t version,
                const struct division *division, const struct monitor *monitor,
                struct leaks *leaks, struct error *err)
{
    struct twins_options options = {.within = false};

    return leaks_find_with(store, arena, version, division, &options, monitor,
                           leaks, err);
}

bool leaks_have(const struct leaks *leaks, int64_t meeting)
{
    size_t low = 0;
    size_t high = leaks->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (leaks->leaks[middle].meeting < meeting)
            low = middle + 1;
        else
            high = middle;
    }
    return low < leaks->count && leaks->leaks[low].meeting == meeting;
}
