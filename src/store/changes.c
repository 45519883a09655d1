/* What differs between two versions, from two ordered sides: the rows that
 * died, and those that were born.  Both come in order of key and are merged
 * here. */
#include "internal.h"

#include "datebook/changes.h"

#include <stdlib.h>

/* ---- The log ---- */

struct cursor *change_scan(struct store *store, enum noun noun, int64_t low,
                           int64_t high, struct error *err)
{
    bool one = high == low + 1;
    struct cursor *cursor = cursor_open(
        store, one ? STATEMENT_CHANGE_ONE_VERSION : STATEMENT_CHANGE_BETWEEN,
        err);

    if (!cursor)
        return NULL;
    bind_int(cursor->statement, ":noun", noun);
    if (one) {
        bind_int(cursor->statement, ":version", high);
    } else {
        bind_int(cursor->statement, ":low", low);
        bind_int(cursor->statement, ":high", high);
    }
    return cursor;
}

bool change_next(struct cursor *cursor, int64_t *key, bool *more,
                 struct error *err)
{
    if (!cursor_step(cursor, more, err))
        return false;
    if (*more)
        *key = column_int(cursor->statement, "key");
    return true;
}

/* ---- Near or far ---- */

static bool read_counts(struct store *store, struct statement *statement,
                        int64_t counts[NOUNS], struct error *err)
{
    bool row;

    if (!statement_next(store, statement, &row, err))
        return false;
    counts[NOUN_MEETING] = row ? column_int(statement, "meetings") : 0;
    counts[NOUN_LABEL] = row ? column_int(statement, "labels") : 0;
    if (row)
        statement_end(statement);
    return true;
}

static bool count_touched(struct store *store, int64_t low, int64_t high,
                          int64_t counts[NOUNS], struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_CHANGE_COUNT, err);

    if (!statement)
        return false;
    bind_int(statement, ":low", low);
    bind_int(statement, ":high", high);
    return read_counts(store, statement, counts, err);
}

/* Whether rows were touched since a version, so that what lived then may be
 * dead. */
static bool is_old(struct store *store, int64_t version, bool *old,
                   struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_CHANGE_NEWEST, err);
    bool row;

    *old = false;
    if (!statement || !statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    *old = column_int(statement, "version") > version;
    statement_end(statement);
    return true;
}

/* What a scan of the newest version would read. */
static bool count_alive(struct store *store, int64_t counts[NOUNS],
                        struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_CHANGE_ALIVE, err);

    return statement && read_counts(store, statement, counts, err);
}

/* Looking labels up costs more for each than a scan that merges what died in
 * each version: of 1,000,000 labels, 50,000 more of them dead, 500,000 that
 * changed in one version near 0.33 s, far 0.21, 300,000 in two 0.27 and 0.15,
 * 200,000 in one 0.12 and 0.11.  To an older version near looks each up twice:
 * 500,000 near 0.65 s, far 0.29, with 1,850,000 dead since; the bend is at a
 * 25th of what a scan reads.  A scan of meetings goes past documents, and one
 * version's are found in order. */
enum { FAR_SHARE = 7, FAR_SHARE_OLD = 25, FAR_SHARE_MEETINGS = 5 };

static int64_t share_of(enum noun noun, bool old)
{
    if (noun == NOUN_MEETING)
        return FAR_SHARE_MEETINGS;
    return old ? FAR_SHARE_OLD : FAR_SHARE;
}

static bool choose_way(struct store *store, const struct change_range *range,
                       enum noun noun, bool old, bool *far, struct error *err)
{
    int64_t share = share_of(noun, old);
    int64_t touched[NOUNS];
    int64_t alive[NOUNS];
    int64_t since[NOUNS];

    *far = range->way == CHANGE_FAR;
    if (range->way != CHANGE_AUTO ||
        (noun == NOUN_MEETING && range->high - range->low <= 1))
        return true;
    if (!count_touched(store, range->low, range->high, touched, err) ||
        !count_alive(store, alive, err))
        return false;
    *far = touched[noun] > alive[noun] / share;
    /* A scan of an older version also reads what died since, no more than was
     * touched.  How much that is costs a look at every later version: only
     * where it could matter. */
    if (!*far || !old)
        return true;
    if (!count_touched(store, range->high, INT64_MAX, since, err))
        return false;
    *far = touched[noun] > (alive[noun] + since[noun]) / share;
    return true;
}

/* ---- The two sides ---- */

/* The statements of a noun: [0] for one version, [1] for several; [][0] when
 * no row was touched since the newer version. */
struct ways {
    enum statement_id died[2];
    enum statement_id near[2][2];
    enum statement_id far[2];
};

static const struct ways label_ways = {
    {STATEMENT_LABEL_DIED_ONE, STATEMENT_LABEL_DIED_BETWEEN},
    {{STATEMENT_LABEL_BORN_ONE_HEAD, STATEMENT_LABEL_BORN_ONE_AT},
     {STATEMENT_LABEL_BORN_BETWEEN_HEAD, STATEMENT_LABEL_BORN_BETWEEN_AT}},
    {STATEMENT_LABEL_SINCE_HEAD, STATEMENT_LABEL_SINCE_AT}};

static const struct ways meeting_ways = {
    {STATEMENT_MEETING_DIED_ONE, STATEMENT_MEETING_DIED_BETWEEN},
    {{STATEMENT_MEETING_BORN_ONE_HEAD, STATEMENT_MEETING_BORN_ONE_AT},
     {STATEMENT_MEETING_BORN_BETWEEN_HEAD, STATEMENT_MEETING_BORN_BETWEEN_AT}},
    {STATEMENT_MEETING_SCAN_HEAD, STATEMENT_MEETING_SINCE_AT}};

/* A cursor with the key of the row that it stands on, INT64_MAX after the last
 * one. */
struct lane {
    struct cursor *cursor;
    int64_t key;
};

/* Rows in order of key, from one cursor or merged from several.  More lanes
 * would take longer to merge than SQLite takes to sort. */
enum { LANES = 8 };

struct side {
    struct lane lanes[LANES];
    size_t count;
    struct lane *lane; /* the one with the next row; NULL before the first */
    int64_t key;       /* its key */
};

struct changes {
    struct side died;
    struct side born;
    bool documents; /* the rows that were born have them */
};

static void bind_range(struct statement *statement,
                       const struct change_range *range)
{
    bind_int(statement, ":first", first_meeting(range->persona));
    bind_int(statement, ":last", last_meeting(range->persona));
}

static struct statement *add_lane(struct side *side, struct cursor *cursor)
{
    if (!cursor)
        return NULL;
    side->lanes[side->count++].cursor = cursor;
    return cursor->statement;
}

static bool open_died(struct store *store, const struct change_range *range,
                      const struct ways *ways, struct side *side,
                      struct error *err)
{
    bool several = range->high - range->low != 1;
    struct statement *statement =
        add_lane(side, cursor_open(store, ways->died[several], err));

    if (!statement)
        return false;
    bind_range(statement, range);
    bind_int(statement, ":low", range->low);
    bind_int(statement, ":high", range->high);
    return true;
}

static bool open_near(struct store *store, const struct change_range *range,
                      const struct ways *ways, bool old, struct side *side,
                      struct error *err)
{
    bool several = range->high - range->low != 1;
    struct statement *statement =
        add_lane(side, cursor_open(store, ways->near[several][old], err));

    if (!statement)
        return false;
    bind_range(statement, range);
    if (several)
        bind_int(statement, ":low", range->low);
    bind_int(statement, ":high", range->high);
    return true;
}

static bool open_far(struct store *store, const struct change_range *range,
                     const struct ways *ways, bool old, struct side *side,
                     struct error *err)
{
    enum statement_id id = ways->far[old];
    struct statement *statement;

    if (id == STATEMENT_MEETING_SINCE_AT && range->documents)
        id = STATEMENT_MEETING_SCAN_AT;
    statement = add_lane(side, cursor_open(store, id, err));
    if (!statement)
        return false;
    bind_range(statement, range);
    bind_int(statement, ":since", range->low + 1);
    bind_int(statement, ":version", range->high);
    return true;
}

/* ---- Labels that died, a lane for each version ---- */

/* Versions in which labels died. */
struct deaths {
    int64_t after;
    int64_t last;
    int64_t versions[LANES];
    size_t count; /* LANES when there may be more */
};

static bool next_death(struct store *store, int64_t after, int64_t *version,
                       struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_LABEL_DEATH_AFTER, err);
    bool row;

    *version = INT64_MAX;
    if (!statement)
        return false;
    bind_int(statement, ":version", after);
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    if (!column_is_null(statement, "version"))
        *version = column_int(statement, "version");
    statement_end(statement);
    return true;
}

static bool find_deaths(struct store *store, struct deaths *deaths,
                        struct error *err)
{
    int64_t version = deaths->after;

    for (; deaths->count < LANES; deaths->count++) {
        if (!next_death(store, version, &version, err))
            return false;
        if (version == INT64_MAX || version > deaths->last)
            break;
        deaths->versions[deaths->count] = version;
    }
    return true;
}

/* Those of them that were born after :since up to :version. */
static bool add_deaths(struct store *store, const struct change_range *range,
                       const struct deaths *deaths, int64_t since,
                       int64_t version, struct side *side, struct error *err)
{
    for (size_t i = 0; i < deaths->count; i++) {
        struct statement *statement = add_lane(
            side, cursor_open_beside(store, STATEMENT_LABEL_DIED_IN, err));
        if (!statement)
            return false;
        bind_range(statement, range);
        bind_int(statement, ":until", deaths->versions[i]);
        bind_int(statement, ":since", since);
        bind_int(statement, ":version", version);
    }
    return true;
}

static bool open_far_labels(struct store *store,
                            const struct change_range *range, bool old,
                            struct changes *changes, struct error *err)
{
    struct deaths between = {.after = range->low, .last = range->high};
    struct deaths since = {.after = range->high, .last = INT64_MAX};
    bool many;

    if (!find_deaths(store, &between, err) ||
        (old && !find_deaths(store, &since, err)))
        return false;
    if (!(between.count < LANES
              ? add_deaths(store, range, &between, 0, range->low,
                           &changes->died, err)
              : open_died(store, range, &label_ways, &changes->died, err)))
        return false;
    many = since.count == LANES;
    return open_far(store, range, &label_ways, many, &changes->born, err) &&
           (many || add_deaths(store, range, &since, range->low + 1,
                               range->high, &changes->born, err));
}

static bool open_sides(struct store *store, const struct change_range *range,
                       enum noun noun, bool old, bool far,
                       struct changes *changes, struct error *err)
{
    const struct ways *ways = noun == NOUN_LABEL ? &label_ways : &meeting_ways;

    if (far && noun == NOUN_LABEL)
        return open_far_labels(store, range, old, changes, err);
    return open_died(store, range, ways, &changes->died, err) &&
           (far ? open_far : open_near)(store, range, ways, old, &changes->born,
                                        err);
}

static struct changes *open_changes(struct store *store,
                                    const struct change_range *range,
                                    enum noun noun, struct error *err)
{
    struct changes *changes = calloc(1, sizeof *changes);
    bool old;
    bool far;

    if (!changes) {
        error_memory(err);
        return NULL;
    }
    if (is_old(store, range->high, &old, err) &&
        choose_way(store, range, noun, old, &far, err)) {
        changes->documents = far && range->documents;
        if (open_sides(store, range, noun, old, far, changes, err))
            return changes;
    }
    changes_close(changes);
    return NULL;
}

struct changes *changes_open_labels(struct store *store,
                                    const struct change_range *range,
                                    struct error *err)
{
    return open_changes(store, range, NOUN_LABEL, err);
}

struct changes *changes_open_meetings(struct store *store,
                                      const struct change_range *range,
                                      struct error *err)
{
    return open_changes(store, range, NOUN_MEETING, err);
}

static void close_side(struct side *side)
{
    for (size_t i = 0; i < side->count; i++)
        cursor_close(side->lanes[i].cursor);
}

void changes_close(struct changes *changes)
{
    if (!changes)
        return;
    close_side(&changes->died);
    close_side(&changes->born);
    free(changes);
}

/* ---- Merging ---- */

static bool step_lane(struct lane *lane, struct error *err)
{
    bool more;

    if (!cursor_step(lane->cursor, &more, err))
        return false;
    lane->key =
        more ? column_int(lane->cursor->statement, "meeting") : INT64_MAX;
    return true;
}

/* Leaves the row that was given last. */
static bool advance(struct side *side, struct error *err)
{
    bool start = !side->lane;

    for (size_t i = 0; start && i < side->count; i++)
        if (!step_lane(&side->lanes[i], err))
            return false;
    if (!start && !step_lane(side->lane, err))
        return false;
    side->lane = &side->lanes[0];
    for (size_t i = 1; i < side->count; i++)
        if (side->lanes[i].key < side->lane->key)
            side->lane = &side->lanes[i];
    side->key = side->count ? side->lane->key : INT64_MAX;
    return true;
}

/* Leaves the rows that were given last, and says which of the next ones have
 * the lower key; those stay where they are, so that their texts are valid. */
static bool next_key(struct changes *changes, int64_t *key, bool *had,
                     bool *has, struct error *err)
{
    struct side *died = &changes->died;
    struct side *born = &changes->born;
    bool start = !died->lane;
    int64_t last = died->key < born->key ? died->key : born->key;

    if ((start || (died->key == last && last != INT64_MAX)) &&
        !advance(died, err))
        return false;
    if ((start || (born->key == last && last != INT64_MAX)) &&
        !advance(born, err))
        return false;
    *key = died->key < born->key ? died->key : born->key;
    *had = died->key == *key;
    *has = born->key == *key;
    return true;
}

static struct statement *row_of(const struct side *side)
{
    return side->lane->cursor->statement;
}

bool changes_next_label(struct changes *changes, struct label_change *change,
                        bool *more, struct error *err)
{
    int64_t key;

    if (!next_key(changes, &key, &change->had, &change->has, err))
        return false;
    *more = key != INT64_MAX;
    if (!*more)
        return true;
    change->meeting = change->old.meeting = change->new.meeting = key;
    change->old.since = change->new.since = 0;
    return (!change->had ||
            label_values(row_of(&changes->died), &change->old, err)) &&
           (!change->has ||
            label_values(row_of(&changes->born), &change->new, err));
}

static void read_row(struct statement *statement, bool document,
                     struct meeting_row *row)
{
    *row = (struct meeting_row){.since = column_int(statement, "since_version"),
                                .id = column_text(statement, "id", NULL)};
    if (document)
        row->document =
            column_text(statement, "document", &row->document_length);
}

bool changes_next_meeting(struct changes *changes,
                          struct meeting_change *change, bool *more,
                          struct error *err)
{
    int64_t key;

    if (!next_key(changes, &key, &change->had, &change->has, err))
        return false;
    *more = key != INT64_MAX;
    if (!*more)
        return true;
    change->meeting = key;
    if (change->had)
        read_row(row_of(&changes->died), false, &change->old);
    if (change->has)
        read_row(row_of(&changes->born), changes->documents, &change->new);
    return true;
}

/* ---- Ids ---- */

static bool read_id(struct store *store, enum statement_id which, int64_t key,
                    struct arena *arena, const char **id, struct error *err)
{
    struct statement *statement = store_use(store, which, err);
    bool row;

    *id = NULL;
    if (!statement)
        return false;
    bind_int(statement, ":meeting", key);
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    *id = arena_text(arena, column_text(statement, "id", NULL), err);
    statement_end(statement);
    return *id != NULL;
}

bool meeting_id_of(struct store *store, struct arena *arena, int64_t key,
                   const char **id, struct error *err)
{
    return read_id(store, STATEMENT_MEETING_ID_HEAD, key, arena, id, err) &&
           (*id ||
            read_id(store, STATEMENT_MEETING_ID_DEAD, key, arena, id, err));
}

bool meeting_key_of(struct store *store, const char *id, int64_t *key,
                    struct error *err)
{
    bool found;

    *key = 0;
    if (!meeting_key_by(store, STATEMENT_MEETING_BY_ID, id, key, &found, err))
        return false;
    return found || meeting_key_by(store, STATEMENT_MEETING_BY_DEAD_ID, id, key,
                                   &found, err);
}
