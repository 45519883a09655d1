/* What differs between two versions, from two ordered cursors: over the rows
 * that died, and over those that were born.  Both come in order of key and are
 * merged here. */
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

/* What a scan would read: the living rows, and for an older version the dead
 * ones as well; there are no more of both than rows were ever touched. */
static bool count_scanned(struct store *store, bool old, int64_t counts[NOUNS],
                          struct error *err)
{
    struct statement *statement;

    if (old)
        return count_touched(store, 0, INT64_MAX, counts, err);
    statement = store_use(store, STATEMENT_CHANGE_ALIVE, err);
    return statement && read_counts(store, statement, counts, err);
}

/* Rows of several versions are looked up and sorted, where a scan finds them in
 * order.  Of 1,000,000 labels, to HEAD: 59,000 changed near 0.06 s, far 0.15;
 * 145,000 near 0.27, far 0.24; 440,000 near 0.64, far 0.46.  To an older
 * version the scan reads the dead as well, and the bend is at a quarter of what
 * there is.  One version's log is in order: near is the better way up to
 * 800,000 (0.45 s, far 0.50). */
enum { FAR_SHARE = 5 };

static bool choose_way(struct store *store, const struct change_range *range,
                       enum noun noun, bool old, bool *far, struct error *err)
{
    int64_t touched[NOUNS];
    int64_t scanned[NOUNS];

    *far = range->way == CHANGE_FAR;
    if (range->way != CHANGE_AUTO || range->high - range->low <= 1)
        return true;
    if (!count_touched(store, range->low, range->high, touched, err) ||
        !count_scanned(store, old, scanned, err))
        return false;
    *far = touched[noun] > scanned[noun] / FAR_SHARE;
    return true;
}

/* ---- The two cursors ---- */

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
    {STATEMENT_LABEL_SCAN_HEAD, STATEMENT_LABEL_SCAN_AT}};

static const struct ways meeting_ways = {
    {STATEMENT_MEETING_DIED_ONE, STATEMENT_MEETING_DIED_BETWEEN},
    {{STATEMENT_MEETING_BORN_ONE_HEAD, STATEMENT_MEETING_BORN_ONE_AT},
     {STATEMENT_MEETING_BORN_BETWEEN_HEAD, STATEMENT_MEETING_BORN_BETWEEN_AT}},
    {STATEMENT_MEETING_SCAN_HEAD, STATEMENT_MEETING_SINCE_AT}};

/* One of the cursors, with the row that it stands on. */
struct side {
    struct cursor *cursor;
    int64_t key; /* INT64_MAX after the last row */
};

struct changes {
    struct side died;
    struct side born;
    bool documents; /* the rows that were born have them */
    bool started;
};

static void bind_range(struct statement *statement,
                       const struct change_range *range)
{
    bind_int(statement, ":first", first_meeting(range->persona));
    bind_int(statement, ":last", last_meeting(range->persona));
}

static struct cursor *open_died(struct store *store,
                                const struct change_range *range,
                                const struct ways *ways, struct error *err)
{
    bool several = range->high - range->low > 1;
    struct cursor *cursor = cursor_open(store, ways->died[several], err);

    if (!cursor)
        return NULL;
    bind_range(cursor->statement, range);
    bind_int(cursor->statement, ":low", range->low);
    bind_int(cursor->statement, ":high", range->high);
    return cursor;
}

static struct cursor *open_near(struct store *store,
                                const struct change_range *range,
                                const struct ways *ways, bool old,
                                struct error *err)
{
    bool several = range->high - range->low > 1;
    struct cursor *cursor = cursor_open(store, ways->near[several][old], err);

    if (!cursor)
        return NULL;
    bind_range(cursor->statement, range);
    if (several)
        bind_int(cursor->statement, ":low", range->low);
    bind_int(cursor->statement, ":high", range->high);
    return cursor;
}

static struct cursor *open_far(struct store *store,
                               const struct change_range *range,
                               const struct ways *ways, bool old,
                               struct error *err)
{
    enum statement_id id = ways->far[old];
    struct cursor *cursor;

    if (id == STATEMENT_MEETING_SINCE_AT && range->documents)
        id = STATEMENT_MEETING_SCAN_AT;
    cursor = cursor_open(store, id, err);
    if (!cursor)
        return NULL;
    bind_range(cursor->statement, range);
    bind_int(cursor->statement, ":since", range->low + 1);
    bind_int(cursor->statement, ":version", range->high);
    return cursor;
}

static struct changes *open_changes(struct store *store,
                                    const struct change_range *range,
                                    enum noun noun, struct error *err)
{
    const struct ways *ways = noun == NOUN_LABEL ? &label_ways : &meeting_ways;
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
        changes->died.cursor = open_died(store, range, ways, err);
        if (changes->died.cursor)
            changes->born.cursor =
                (far ? open_far : open_near)(store, range, ways, old, err);
    }
    if (changes->born.cursor)
        return changes;
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

void changes_close(struct changes *changes)
{
    if (!changes)
        return;
    cursor_close(changes->died.cursor);
    cursor_close(changes->born.cursor);
    free(changes);
}

/* ---- Merging ---- */

static bool advance(struct side *side, struct error *err)
{
    bool more;

    if (!cursor_step(side->cursor, &more, err))
        return false;
    side->key =
        more ? column_int(side->cursor->statement, "meeting") : INT64_MAX;
    return true;
}

/* Leaves the rows that were given last, and says which of the next ones have
 * the lower key; those stay where they are, so that their texts are valid. */
static bool next_key(struct changes *changes, int64_t *key, bool *had,
                     bool *has, struct error *err)
{
    struct side *died = &changes->died;
    struct side *born = &changes->born;
    int64_t last = died->key < born->key ? died->key : born->key;

    if ((!changes->started || (died->key == last && last != INT64_MAX)) &&
        !advance(died, err))
        return false;
    if ((!changes->started || (born->key == last && last != INT64_MAX)) &&
        !advance(born, err))
        return false;
    changes->started = true;
    *key = died->key < born->key ? died->key : born->key;
    *had = died->key == *key;
    *has = born->key == *key;
    return true;
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
    return (!change->had || label_from_row(changes->died.cursor->statement,
                                           &change->old, err)) &&
           (!change->has ||
            label_from_row(changes->born.cursor->statement, &change->new, err));
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
        read_row(changes->died.cursor->statement, false, &change->old);
    if (change->has)
        read_row(changes->born.cursor->statement, changes->documents,
                 &change->new);
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
