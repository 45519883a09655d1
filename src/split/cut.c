/* The validation part: groups of meetings, and a draw for each.
 *
 * Meetings are numbered in order of their keys, and tied by union-find over
 * these numbers.  Nothing that decides is one of them: a group is drawn by the
 * ids in it.  What is left in the end is one bit a meeting, in pages of those
 * keys that are there. */
#include "datebook/cut.h"

#include "datebook/hash.h"

#include "series.h"
#include "twins.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_WORDS = 8, PAGE_KEYS = 64 * PAGE_WORDS, FIRST_SERIES = 256 };

/* Which of PAGE_KEYS keys are for validation. */
struct page {
    uint64_t number;
    uint64_t bits[PAGE_WORDS];
};

struct cut {
    struct page *pages; /* by number; those without any are left out */
    size_t count;
    size_t size;
    struct cut_totals totals;
};

/* A meeting while it is tied to others. */
struct node {
    int64_t key;
    uint64_t draw; /* of its id; then, of a group's root, the least */
    int32_t up;    /* the node above it; of a root minus the group's size */
};

/* A series, and the first meeting of it. */
struct series {
    uint64_t id; /* 0: a free slot */
    int32_t first;
};

struct making {
    struct store *store;
    int64_t version;
    const struct division *division;
    const struct monitor *monitor;
    struct twins *twins;
    struct arena scratch; /* for a document */
    struct node *nodes;
    size_t count;
    size_t size;
    struct series *series; /* open addressing, half full at most */
    size_t series_size;
    size_t series_count;
};

/* ---- Hashes ---- */

static uint64_t first_bytes(const unsigned char digest[HASH_SIZE])
{
    uint64_t value = 0;

    for (int i = 0; i < 8; i++)
        value = value << 8 | digest[i];
    return value;
}

static uint64_t hash_id(const char *domain, const char *id, size_t length)
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, domain);
    hash_bytes(&hash, id, length);
    hash_end(&hash, digest);
    return first_bytes(digest);
}

/* The draw of a group as a share of one. */
static double share_of(uint64_t least, uint64_t seed)
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, "validation part");
    hash_int(&hash, (int64_t)seed);
    hash_int(&hash, (int64_t)least);
    hash_end(&hash, digest);
    /* 53 bits: every value is a double exactly. */
    return (double)(first_bytes(digest) >> 11) / 9007199254740992.0;
}

/* ---- Groups ---- */

static int32_t root_of(struct node *nodes, int32_t at)
{
    while (nodes[at].up >= 0) {
        int32_t up = nodes[at].up;
        if (nodes[up].up >= 0)
            nodes[at].up = nodes[up].up;
        at = up;
    }
    return at;
}

static void tie(struct node *nodes, int32_t one, int32_t other)
{
    one = root_of(nodes, one);
    other = root_of(nodes, other);
    if (one == other)
        return;
    if (nodes[one].up > nodes[other].up) {
        int32_t smaller = one;
        one = other;
        other = smaller;
    }
    nodes[one].up += nodes[other].up;
    nodes[other].up = one;
    if (nodes[other].draw < nodes[one].draw)
        nodes[one].draw = nodes[other].draw;
}

static struct series *slot_of(struct series *series, size_t size, uint64_t id)
{
    size_t at = id & (size - 1);

    while (series[at].id && series[at].id != id)
        at = (at + 1) & (size - 1);
    return &series[at];
}

static bool make_room(struct making *making, struct error *err)
{
    size_t size = making->series_size ? 2 * making->series_size : FIRST_SERIES;
    struct series *series;

    if (2 * making->series_count < making->series_size)
        return true;
    series = calloc(size, sizeof *series);
    if (!series)
        return error_memory(err);
    for (size_t i = 0; i < making->series_size; i++)
        if (making->series[i].id)
            *slot_of(series, size, making->series[i].id) = making->series[i];
    free(making->series);
    making->series = series;
    making->series_size = size;
    return true;
}

static bool tie_series(struct making *making, int32_t node, const char *id,
                       size_t length, struct error *err)
{
    uint64_t hash = hash_id("series", id, length);
    struct series *series;

    if (!make_room(making, err))
        return false;
    hash += !hash;
    series = slot_of(making->series, making->series_size, hash);
    if (!series->id) {
        *series = (struct series){.id = hash, .first = node};
        making->series_count++;
    }
    tie(making->nodes, series->first, node);
    return true;
}

/* ---- Reading ---- */

static bool add_node(struct making *making, const struct stored_meeting *stored,
                     struct error *err)
{
    if (making->count == making->size) {
        size_t size = making->size ? making->size + making->size / 2 : 1024;
        struct node *nodes = NULL;
        if (size <= INT32_MAX)
            nodes = realloc(making->nodes, size * sizeof *nodes);
        if (!nodes)
            return error_memory(err);
        making->nodes = nodes;
        making->size = size;
    }
    making->nodes[making->count++] =
        (struct node){.key = stored->key,
                      .draw = hash_id("id", stored->id, strlen(stored->id)),
                      .up = -1};
    return true;
}

/* The master of a series is tied to it by its own id. */
static bool read_series(struct making *making, int32_t node,
                        const struct stored_meeting *stored,
                        enum event_type type, struct error *err)
{
    const char *id;
    size_t length;

    arena_reset(&making->scratch);
    if (!series_of(&making->scratch, stored->document, stored->document_length,
                   &id, &length, err))
        return error_context(err, "%.256s", stored->id);
    if (!id && type == EVENT_SERIES_MASTER) {
        id = stored->id;
        length = strlen(id);
    }
    return !id || tie_series(making, node, id, length, err);
}

static bool read_meeting(struct making *making,
                         const struct stored_meeting *stored,
                         const struct meeting_facts *facts, struct error *err)
{
    int32_t node = (int32_t)making->count;
    struct twin_text text;

    if (!add_node(making, stored, err) ||
        !read_series(making, node, stored, facts->type, err) ||
        !twins_add(making->twins, node, PART_TRAIN, facts->subject,
                   facts->preview, &text, err))
        return false;
    tie(making->nodes, node, (int32_t)text.key);
    return monitor_tick(making->monitor,
                        "meetings read for the validation part",
                        (int64_t)making->count, 0, err);
}

/* Meetings beside their facts.  One without, which `verify` reports, is in no
 * part but that of training. */
static bool read_rows(struct making *making, struct cursor *facts,
                      struct cursor *meetings, struct error *err)
{
    struct stored_meeting stored;
    struct stored_fact fact = {.key = INT64_MIN};
    bool more;

    for (;;) {
        if (!meeting_next(meetings, &stored, &more, err))
            return false;
        while (more && fact.key < stored.key)
            if (!fact_next(facts, &fact, &more, err))
                return false;
        if (!more)
            return true;
        if (fact.key == stored.key &&
            !read_meeting(making, &stored, &fact.facts, err))
            return false;
    }
}

static bool read_persona(struct making *making, int64_t persona,
                         struct error *err)
{
    struct scan scan = {.version = making->version, .persona = persona};
    struct cursor *facts = fact_scan(making->store, &scan, err);
    struct cursor *meetings =
        facts ? meeting_scan(making->store, &scan, err) : NULL;
    bool ok = meetings && read_rows(making, facts, meetings, err);

    cursor_close(facts);
    cursor_close(meetings);
    return ok;
}

static int by_value(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one;
    int64_t b = *(const int64_t *)other;

    return a < b ? -1 : a > b;
}

static bool read_all(struct making *making, struct error *err)
{
    size_t count = making->division->train_count;
    int64_t *personas = calloc(count + 1, sizeof *personas);
    bool ok = true;

    if (!personas)
        return error_memory(err);
    for (size_t i = 0; i < count; i++)
        personas[i] = making->division->train[i].key;
    qsort(personas, count, sizeof *personas, by_value);
    for (size_t i = 0; ok && i < count; i++)
        ok = read_persona(making, personas[i], err);
    free(personas);
    return ok;
}

static bool tie_twins(void *context, const struct twin_text *one,
                      const struct twin_text *other, double likeness,
                      struct error *err)
{
    struct making *making = context;

    (void)likeness;
    (void)err;
    tie(making->nodes, (int32_t)one->key, (int32_t)other->key);
    return true;
}

/* ---- Drawing ---- */

static bool put_bit(struct cut *cut, int64_t key, struct error *err)
{
    uint64_t number = (uint64_t)key / PAGE_KEYS;
    uint64_t place = (uint64_t)key % PAGE_KEYS;

    if (!cut->count || cut->pages[cut->count - 1].number != number) {
        if (cut->count == cut->size) {
            size_t size = cut->size ? 2 * cut->size : 64;
            struct page *pages = realloc(cut->pages, size * sizeof *pages);
            if (!pages)
                return error_memory(err);
            cut->pages = pages;
            cut->size = size;
        }
        cut->pages[cut->count++] = (struct page){.number = number};
    }
    cut->pages[cut->count - 1].bits[place / 64] |= UINT64_C(1) << place % 64;
    cut->totals.validation++;
    return true;
}

static void draw_groups(struct making *making, struct cut_totals *totals)
{
    const struct split_terms *terms = &making->division->split->terms;

    for (size_t i = 0; i < making->count; i++) {
        struct node *node = &making->nodes[i];
        if (node->up >= 0)
            continue;
        node->draw =
            share_of(node->draw, terms->seed) < terms->validation_fraction;
        totals->groups++;
        if (-node->up > totals->largest)
            totals->largest = -node->up;
    }
}

static bool draw(struct making *making, struct cut *cut, struct error *err)
{
    cut->totals.meetings = (int64_t)making->count;
    draw_groups(making, &cut->totals);
    for (size_t i = 0; i < making->count; i++)
        if (making->nodes[root_of(making->nodes, (int32_t)i)].draw &&
            !put_bit(cut, making->nodes[i].key, err))
            return false;
    return true;
}

/* ---- All of it ---- */

struct cut *cut_make(struct store *store, int64_t version,
                     const struct division *division,
                     const struct monitor *monitor, struct error *err)
{
    struct twins_options options = {.within = true};
    struct making making = {.store = store,
                            .version = version,
                            .division = division,
                            .monitor = monitor,
                            .scratch = ARENA_EMPTY};
    struct cut *cut = calloc(1, sizeof *cut);
    bool ok;

    if (!cut) {
        error_memory(err);
        return NULL;
    }
    ok = (making.twins = twins_new(&options, err)) && read_all(&making, err) &&
         twins_find(making.twins, monitor, tie_twins, &making, err) &&
         draw(&making, cut, err);
    twins_free(making.twins);
    arena_free(&making.scratch);
    free(making.nodes);
    free(making.series);
    if (ok)
        return cut;
    cut_free(cut);
    return NULL;
}

void cut_free(struct cut *cut)
{
    if (!cut)
        return;
    free(cut->pages);
    free(cut);
}

bool cut_is_validation(const struct cut *cut, int64_t meeting)
{
    uint64_t number = (uint64_t)meeting / PAGE_KEYS;
    uint64_t place = (uint64_t)meeting % PAGE_KEYS;
    size_t low = 0;
    size_t high = cut->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cut->pages[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cut->count && cut->pages[low].number == number &&
           cut->pages[low].bits[place / 64] >> place % 64 & 1;
}

struct cut_totals cut_totals(const struct cut *cut)
{
    return cut->totals;
}
