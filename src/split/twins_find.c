/* Bringing texts together that agree in a band. */
#include "twins_internal.h"

enum { CACHED_TEXTS = 4096, CACHED_GRAMS = 512, KNOWN_WORDS = 16 };

/* A text that is being sorted, by a hash. */
struct entry {
    uint32_t hash;
    uint32_t text;
};

/* A text that was read back. */
struct loaded {
    uint32_t number; /* of the text plus one; 0: none */
    struct head head;
    uint64_t *grams;
    size_t size;
};

struct find {
    struct twins *twins;
    const struct monitor *monitor;
    twins_visitor *visit;
    void *context;
    struct entry *entries; /* a slice */
    struct entry *spare;   /* as many */
    size_t count;
    int64_t done;         /* for the monitor */
    struct loaded mine;   /* the one that is held against others */
    struct loaded large;  /* the last one with more than CACHED_GRAMS */
    struct loaded *cache; /* others, by their number */
};

/* A part of the texts: by their hash, and of these by their number. */
struct range {
    int column;
    uint64_t low;
    uint64_t width;
    uint32_t share;
    uint32_t shares;
};

static bool tick(const struct find *find, struct error *err)
{
    return monitor_tick(find->monitor, "steps of comparing texts",
                        find->done / MONITOR_ROWS * MONITOR_ROWS,
                        (int64_t)find->twins->count * COLUMNS, err);
}

/* ---- Reading texts back ---- */

static bool load(const struct twins *twins, const struct head *head,
                 uint32_t text, struct loaded *loaded, struct error *err)
{
    size_t count = (size_t)head->gram_count;

    loaded->number = 0;
    if (count > loaded->size) {
        uint64_t *grams = realloc(loaded->grams, count * sizeof *grams);
        if (!grams)
            return error_memory(err);
        loaded->grams = grams;
        loaded->size = count;
    }
    if (!spill_read(twins->pool, head->grams * sizeof *loaded->grams,
                    loaded->grams, count * sizeof *loaded->grams, err))
        return false;
    loaded->head = *head;
    loaded->number = text + 1;
    return true;
}

static struct loaded *fetch(struct find *find, uint32_t text, struct error *err)
{
    struct loaded *loaded = &find->cache[text % CACHED_TEXTS];
    struct head head;

    if (loaded->number == text + 1)
        return loaded;
    if (find->large.number == text + 1)
        return &find->large;
    if (!read_head(find->twins, text, &head, err))
        return NULL;
    if (head.gram_count > CACHED_GRAMS)
        loaded = &find->large;
    return load(find->twins, &head, text, loaded, err) ? loaded : NULL;
}

static bool take_mine(struct find *find, uint32_t text, struct error *err)
{
    struct head head;

    return find->mine.number == text + 1 ||
           (read_head(find->twins, text, &head, err) &&
            load(find->twins, &head, text, &find->mine, err));
}

static bool show(struct find *find, const struct twin_text *one,
                 const struct twin_text *other, double likeness,
                 struct error *err)
{
    bool swap = one->part > other->part;

    return find->visit(find->context, swap ? other : one, swap ? one : other,
                       likeness, err);
}

static bool compare(struct find *find, uint32_t text, struct error *err)
{
    const struct loaded *mine = &find->mine;
    struct loaded *other = fetch(find, text, err);
    double likeness;

    if (!other)
        return false;
    return !near_alike(mine->grams, (size_t)mine->head.gram_count, other->grams,
                       (size_t)other->head.gram_count, &likeness) ||
           show(find, &mine->head.text, &other->head.text, likeness, err);
}

/* ---- Texts with the same words ---- */

/* Words by a hash, and a text with them in each part. */
struct known {
    struct twin_text texts[PARTS]; /* id 0: none */
    uint64_t words;
};

static struct known *know(struct known *known, size_t *count, uint64_t words)
{
    for (size_t i = 0; i < *count; i++)
        if (known[i].words == words)
            return &known[i];
    if (*count == KNOWN_WORDS)
        return NULL;
    known[*count] = (struct known){.words = words};
    return &known[(*count)++];
}

/* The first of its words in its part stands for those that come later; between
 * the parts these firsts are a pair. */
static bool meet(struct find *find, struct known *known, uint32_t number,
                 const struct twin_text *text, struct error *err)
{
    const struct twin_text *first = &known->texts[text->part];

    if (first->id) {
        find->twins->state[number] |= STATE_DOUBLE;
        return !find->twins->options.within || show(find, first, text, 1, err);
    }
    for (int part = 0; part < PARTS; part++)
        if (known->texts[part].id &&
            !show(find, &known->texts[part], text, 1, err))
            return false;
    known->texts[text->part] = *text;
    return true;
}

/* Half a hash agrees, which hashes that differ seldom do: where it is often,
 * texts past the first few go unmarked and are compared like all others. */
static bool search_words(struct find *find, const struct entry *run,
                         size_t count, struct error *err)
{
    struct known known[KNOWN_WORDS];
    size_t known_count = 0;
    struct head head;

    for (size_t i = 0; i < count; i++) {
        struct known *same;
        if (!read_head(find->twins, run[i].text, &head, err))
            return false;
        same = know(known, &known_count, head.text.id >> 2);
        if (same && !meet(find, same, run[i].text, &head.text, err))
            return false;
    }
    return true;
}

/* ---- Texts that agree in a band ---- */

static enum part part_of(const struct find *find, uint32_t text)
{
    return (enum part)(find->twins->state[text] & STATE_PART);
}

/* Each with those before it. */
static bool compare_near(struct find *find, const struct entry *run,
                         size_t count, struct error *err)
{
    bool within = find->twins->options.within;
    size_t window = find->twins->options.window;

    for (size_t i = 1; i < count; i++) {
        enum part part = part_of(find, run[i].text);
        if (!take_mine(find, run[i].text, err) ||
            (i % MONITOR_ROWS == 0 && !tick(find, err)))
            return false;
        for (size_t j = i > window ? i - window : 0; j < i; j++)
            if ((within || part_of(find, run[j].text) != part) &&
                !compare(find, run[j].text, err))
                return false;
    }
    return true;
}

/* The members of a run by side, in its order. */
struct sides {
    const struct entry *at[2];
    size_t count[2];
};

static int side_of(const struct find *find, uint32_t text)
{
    return part_of(find, text) == PART_HELD_OUT;
}

static struct sides divide(struct find *find, const struct entry *run,
                           size_t count)
{
    struct sides sides = {.count = {0, 0}};

    for (int side = 0; side < 2; side++) {
        struct entry *to = find->spare + (side ? sides.count[0] : 0);
        sides.at[side] = to;
        for (size_t i = 0; i < count; i++)
            if (side_of(find, run[i].text) == side)
                to[sides.count[side]++] = run[i];
    }
    return sides;
}

/* Each with the last ones of the other side before it, around the end.  Of two
 * sides of which one is small, the members of the other see all of it. */
static bool compare_sides(struct find *find, const struct entry *run,
                          size_t count, struct error *err)
{
    struct sides sides = divide(find, run, count);
    size_t window = find->twins->options.window;
    bool turns[2] = {sides.count[0] > window || sides.count[1] <= window,
                     sides.count[1] > window};
    size_t seen[2] = {0, 0};

    for (size_t i = 0; sides.count[0] && sides.count[1] && i < count; i++) {
        int mine = side_of(find, run[i].text);
        size_t others = sides.count[!mine];
        size_t most = others < window ? others : window;
        seen[mine]++;
        if (!turns[mine])
            continue;
        if (!take_mine(find, run[i].text, err) ||
            (i % MONITOR_ROWS == 0 && !tick(find, err)))
            return false;
        for (size_t back = 1; back <= most; back++) {
            size_t other = (seen[!mine] + others - back) % others;
            if (!compare(find, sides.at[!mine][other].text, err))
                return false;
        }
    }
    return true;
}

/* ---- Slices ---- */

/* By hash, and texts with the same in the order in which they are. */
static void sort(const struct find *find, struct entry *entries, size_t count)
{
    struct entry *from = entries;
    struct entry *to = find->spare;

    for (int shift = 0; shift < 32; shift += 8) {
        size_t ends[256] = {0};
        struct entry *swap = from;
        size_t end = 0;
        for (size_t i = 0; i < count; i++)
            ends[from[i].hash >> shift & 255]++;
        for (int byte = 0; byte < 256; byte++) {
            size_t here = ends[byte];
            ends[byte] = end;
            end += here;
        }
        for (size_t i = 0; i < count; i++)
            to[ends[from[i].hash >> shift & 255]++] = from[i];
        from = to;
        to = swap;
    }
}

static bool sort_by_next_band(struct find *find, struct entry *run,
                              size_t count, int column, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!read_column(find->twins, (column + 1) % NEAR_BANDS, run[i].text, 1,
                         &run[i].hash, err))
            return false;
    sort(find, run, count);
    return true;
}

static bool search_band(struct find *find, struct entry *run, size_t count,
                        int column, struct error *err)
{
    size_t parts[PARTS] = {0};
    bool within = find->twins->options.within;

    for (size_t i = 0; i < count; i++)
        parts[part_of(find, run[i].text)]++;
    for (int part = 0; part < PARTS; part++)
        if (!within && parts[part] == count)
            return true;
    if (count > find->twins->options.window &&
        !sort_by_next_band(find, run, count, column, err))
        return false;
    if (within)
        return compare_near(find, run, count, err);
    return (!parts[PART_TRAIN] || !parts[PART_VALIDATION] ||
            compare_near(find, run, count, err)) &&
           compare_sides(find, run, count, err);
}

static bool search_slice(struct find *find, int column, struct error *err)
{
    struct entry *run = find->entries;
    struct entry *end = run + find->count;

    sort(find, run, find->count);
    while (run < end) {
        struct entry *next = run + 1;
        size_t count;
        while (next < end && next->hash == run->hash)
            next++;
        count = (size_t)(next - run);
        if (count > 1 && !(column == COLUMN_WORDS
                               ? search_words(find, run, count, err)
                               : search_band(find, run, count, column, err)))
            return false;
        run = next;
    }
    return true;
}

static void take(struct find *find, const struct range *range,
                 const uint32_t *hashes, uint32_t first, uint32_t count,
                 uint64_t *found)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t text = first + i;
        if (hashes[i] < range->low || hashes[i] - range->low >= range->width ||
            find->twins->state[text] & STATE_DOUBLE ||
            text % range->shares != range->share)
            continue;
        if (find->count < find->twins->options.slice)
            find->entries[find->count++] = (struct entry){hashes[i], text};
        ++*found;
    }
}

/* Takes as many texts of the range as fit, and counts them all. */
static bool collect(struct find *find, const struct range *range,
                    uint64_t *found, struct error *err)
{
    uint32_t hashes[BLOCK_TEXTS];
    uint32_t total = find->twins->count;
    uint32_t step;

    find->count = 0;
    *found = 0;
    for (uint32_t first = 0; first < total; first += step) {
        step = total - first < BLOCK_TEXTS ? total - first : BLOCK_TEXTS;
        if (!tick(find, err) ||
            !read_column(find->twins, range->column, first, step, hashes, err))
            return false;
        take(find, range, hashes, first, step, found);
        if (step < BLOCK_TEXTS)
            break;
    }
    return true;
}

/* More texts have one hash than fit: by shares, in each of which are texts of
 * all parts.  Those that do not fit even so agree with thousands of others, and
 * are left to their other bands. */
static bool search_shares(struct find *find, struct range range, uint64_t found,
                          struct error *err)
{
    range.shares = (uint32_t)(found / find->twins->options.slice * 2 + 2);
    for (range.share = 0; range.share < range.shares; range.share++)
        if (!collect(find, &range, &found, err) ||
            !search_slice(find, range.column, err))
            return false;
    return true;
}

static bool search_column(struct find *find, int column, struct error *err)
{
    const uint64_t all = (uint64_t)UINT32_MAX + 1;
    size_t slice = find->twins->options.slice;
    uint64_t usual = all / (find->twins->count / (slice - slice / 8) + 1);
    struct range range = {.column = column, .width = usual, .shares = 1};
    int64_t before = find->done;

    while (range.low < all) {
        uint64_t found;
        uint64_t done;
        if (!collect(find, &range, &found, err))
            return false;
        if (found > slice && range.width > 1) {
            range.width /= 2;
            continue;
        }
        if (!(found > slice ? search_shares(find, range, found, err)
                            : search_slice(find, column, err)))
            return false;
        range.low += range.width;
        done = range.low < all ? range.low : all;
        find->done = before + (int64_t)(find->twins->count * done >> 32);
        if (found < slice / 4 && range.width < usual)
            range.width *= 2;
    }
    return true;
}

/* ---- All of it ---- */

static void find_free(struct find *find)
{
    for (size_t i = 0; find->cache && i < CACHED_TEXTS; i++)
        free(find->cache[i].grams);
    free(find->cache);
    free(find->mine.grams);
    free(find->large.grams);
    free(find->entries);
    free(find->spare);
}

static bool find_start(struct find *find, struct error *err)
{
    size_t slice = find->twins->options.slice;

    find->entries = malloc(slice * sizeof *find->entries);
    find->spare = malloc(slice * sizeof *find->spare);
    find->cache = calloc(CACHED_TEXTS, sizeof *find->cache);
    return (find->entries && find->spare && find->cache) || error_memory(err);
}

bool twins_find(struct twins *twins, const struct monitor *monitor,
                twins_visitor *visit, void *context, struct error *err)
{
    struct find find = {
        .twins = twins, .monitor = monitor, .visit = visit, .context = context};
    bool ok =
        (twins->count % BLOCK_TEXTS == 0 ||
         spill_add(twins->blocks, twins->block, sizeof *twins->block, err)) &&
        spill_flush(twins->blocks, err) && spill_flush(twins->pool, err) &&
        find_start(&find, err) && search_column(&find, COLUMN_WORDS, err);

    for (int band = 0; ok && band < NEAR_BANDS; band++)
        ok = search_column(&find, band, err);
    find_free(&find);
    return ok;
}
