/* Which versions go, and dropping the rows that only they need.
 *
 * Dead rows are walked in the order they are stored in, a batch at a time, and
 * tested against the sorted numbers of the versions that stay.  An entry of the
 * change log stays as long as a row that it opened or closed, and says what is
 * still there: it is mended for the two ends of each row that goes, whichever
 * of two neighbours goes first. */
#include "internal.h"

#include "datebook/list.h"
#include "datebook/prune.h"

#include <stdlib.h>

/* ---- The plan ---- */

/* Reads all versions into the plan; the age protects some already. */
static bool list_versions(struct store *store, struct arena *arena,
                          const struct prune_request *request,
                          struct prune_plan *plan, struct error *err)
{
    struct statement *statement;
    int64_t head;
    bool row = true;

    if (!version_head(store, &head, err))
        return false;
    plan->versions =
        arena_zero(arena, (size_t)head, sizeof *plan->versions, err);
    statement =
        plan->versions ? store_use(store, STATEMENT_PRUNE_VERSIONS, err) : NULL;
    if (!statement)
        return false;
    while (plan->count < (size_t)head) {
        struct prune_version *version = &plan->versions[plan->count];
        if (!statement_next(store, statement, &row, err))
            return false;
        if (!row)
            return true;
        version->number = column_int(statement, "version");
        version->pruned = column_int(statement, "pruned");
        if (column_int(statement, "started") >= request->keep_since)
            version->reasons |= PRUNE_YOUNG;
        plan->count++;
    }
    statement_end(statement);
    return true;
}

static int by_number(const void *key, const void *element)
{
    int64_t number = *(const int64_t *)key;
    const struct prune_version *version = element;

    return (number > version->number) - (number < version->number);
}

/* Every statement has a column `version`: those are protected. */
static bool protect(struct store *store, struct prune_plan *plan,
                    enum statement_id id, enum prune_reason reason,
                    struct error *err)
{
    struct statement *statement = store_use(store, id, err);
    bool row = true;

    if (!statement)
        return false;
    for (;;) {
        struct prune_version *version;
        int64_t number;
        if (!statement_next(store, statement, &row, err))
            return false;
        if (!row)
            return true;
        number = column_int(statement, "version");
        version = bsearch(&number, plan->versions, plan->count,
                          sizeof *plan->versions, by_number);
        if (version)
            version->reasons |= (unsigned)reason;
    }
}

static void protect_newest(struct prune_plan *plan, int64_t keep_last)
{
    for (size_t i = 0; i < plan->count; i++)
        if ((int64_t)(plan->count - i) <= keep_last)
            plan->versions[i].reasons |= PRUNE_LAST;
    if (plan->count)
        plan->versions[plan->count - 1].reasons |= PRUNE_HEAD;
}

static bool list_kept(struct arena *arena, struct prune_plan *plan,
                      struct error *err)
{
    plan->kept = arena_zero(arena, plan->count, sizeof *plan->kept, err);
    if (!plan->kept)
        return false;
    for (size_t i = 0; i < plan->count; i++) {
        const struct prune_version *version = &plan->versions[i];
        if (version->pruned)
            continue;
        if (version->reasons)
            plan->kept[plan->kept_count++] = version->number;
        else
            plan->dropped++;
    }
    return true;
}

bool prune_plan(struct store *store, struct arena *arena,
                const struct prune_request *request, struct prune_plan *plan,
                struct error *err)
{
    *plan = (struct prune_plan){.count = 0};
    if (!list_versions(store, arena, request, plan, err) ||
        !protect(store, plan, STATEMENT_TAG_LIST, PRUNE_TAGGED, err) ||
        !protect(store, plan, STATEMENT_PRUNE_EXPORTS, PRUNE_EXPORTED, err))
        return false;
    protect_newest(plan, request->keep_last);
    return list_kept(arena, plan, err);
}

/* ---- Dead rows ---- */

/* What is done to the dead rows of each noun. */
static const struct {
    enum statement_id walk;
    enum statement_id drop;
    enum statement_id opened;
    enum statement_id closed;
} nouns[NOUNS] = {
    {STATEMENT_PRUNE_PERSONAS, STATEMENT_PRUNE_PERSONA,
     STATEMENT_PRUNE_PERSONA_OPENED, STATEMENT_PRUNE_PERSONA_CLOSED},
    {STATEMENT_PRUNE_MEETINGS, STATEMENT_PRUNE_MEETING,
     STATEMENT_PRUNE_MEETING_OPENED, STATEMENT_PRUNE_MEETING_CLOSED},
    {STATEMENT_PRUNE_LABELS, STATEMENT_PRUNE_LABEL,
     STATEMENT_PRUNE_LABEL_OPENED, STATEMENT_PRUNE_LABEL_CLOSED},
    {STATEMENT_PRUNE_SPLITS, STATEMENT_PRUNE_SPLIT,
     STATEMENT_PRUNE_SPLIT_OPENED, STATEMENT_PRUNE_SPLIT_CLOSED},
    {STATEMENT_PRUNE_REVIEWS, STATEMENT_PRUNE_REVIEW,
     STATEMENT_PRUNE_REVIEW_OPENED, STATEMENT_PRUNE_REVIEW_CLOSED},
};

struct dead_row {
    int64_t until;
    int64_t key;
    int64_t since;
};

enum { BATCH = 1024 };

struct walk {
    struct store *store;
    const struct prune_plan *plan;
    const struct monitor *monitor;
    enum noun noun;
    struct prune_rows *totals;
    int64_t seen;
    struct dead_row at; /* the last row that was looked at */
    bool more;
    struct dead_row doomed[BATCH];
    size_t count;
};

/* Whether a version that stays lies in [since, until). */
static bool is_needed(const struct prune_plan *plan, const struct dead_row *row)
{
    size_t low = 0;
    size_t high = plan->kept_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->kept[middle] < row->since)
            low = middle + 1;
        else
            high = middle;
    }
    return low < plan->kept_count && plan->kept[low] < row->until;
}

static bool look_at(struct walk *walk, struct statement *statement,
                    struct error *err)
{
    struct dead_row *row = &walk->at;

    row->until = column_int(statement, "until_version");
    row->key = column_int(statement, "key");
    row->since = column_int(statement, "since_version");
    if (!is_needed(walk->plan, row)) {
        walk->doomed[walk->count++] = *row;
        walk->totals->rows++;
        walk->totals->bytes += column_int(statement, "bytes");
    }
    return monitor_tick(walk->monitor, "old rows", walk->seen++, 0, err);
}

/* Fills the batch with rows that go, from where the last one ended. */
static bool next_batch(struct walk *walk, struct error *err)
{
    struct statement *statement =
        store_use(walk->store, nouns[walk->noun].walk, err);

    walk->count = 0;
    if (!statement)
        return false;
    bind_int(statement, ":until", walk->at.until);
    bind_int(statement, ":key", walk->at.key);
    while (walk->count < BATCH) {
        if (!statement_next(walk->store, statement, &walk->more, err))
            return false;
        if (!walk->more)
            return true;
        if (!look_at(walk, statement, err)) {
            statement_end(statement);
            return false;
        }
    }
    statement_end(statement);
    return true;
}

/* ---- Dropping ---- */

static bool drop_one(struct store *store, enum statement_id id,
                     const struct dead_row *row, struct error *err)
{
    struct statement *statement = store_use(store, id, err);

    if (!statement)
        return false;
    bind_int(statement, ":until", row->until);
    bind_int(statement, ":key", row->key);
    return statement_run_one(store, statement, err);
}

/* Mends the entry of a version for a key, or drops it when nothing is left that
 * it could tell of. */
static bool mend(struct walk *walk, enum statement_id id, int64_t version,
                 int64_t key, struct error *err)
{
    struct statement *statement = store_use(walk->store, id, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", version);
    bind_int(statement, ":key", key);
    if (!statement_run(walk->store, statement, err))
        return false;
    if (sqlite3_changes(walk->store->db))
        return true;
    statement = store_use(walk->store, STATEMENT_PRUNE_CHANGE, err);
    if (!statement)
        return false;
    bind_int(statement, ":version", version);
    bind_int(statement, ":noun", walk->noun);
    bind_int(statement, ":key", key);
    return statement_run(walk->store, statement, err);
}

static bool drop_row(struct walk *walk, const struct dead_row *row,
                     struct error *err)
{
    return drop_one(walk->store, nouns[walk->noun].drop, row, err) &&
           (walk->noun != NOUN_MEETING ||
            drop_one(walk->store, STATEMENT_PRUNE_MEETING_FACT, row, err)) &&
           mend(walk, nouns[walk->noun].opened, row->since, row->key, err) &&
           mend(walk, nouns[walk->noun].closed, row->until, row->key, err);
}

static bool drop_batch(struct walk *walk, struct error *err)
{
    for (size_t i = 0; i < walk->count; i++)
        if (!drop_row(walk, &walk->doomed[i], err))
            return false;
    return true;
}

/* Walks all dead rows; drops those that nobody needs, or counts them only. */
static bool walk_rows(struct store *store, const struct prune_plan *plan,
                      const struct monitor *monitor, bool drop,
                      struct prune_rows *totals, struct error *err)
{
    *totals = (struct prune_rows){0};
    /* Every dead row that is there is needed by some version that was not
     * pruned. */
    if (!plan->dropped)
        return true;
    for (int noun = 0; noun < NOUNS; noun++) {
        struct walk walk = {.store = store,
                            .plan = plan,
                            .monitor = monitor,
                            .noun = (enum noun)noun,
                            .totals = totals,
                            .more = true};
        while (walk.more)
            if (!next_batch(&walk, err) || (drop && !drop_batch(&walk, err)))
                return false;
    }
    return true;
}

bool prune_count(struct store *store, const struct prune_plan *plan,
                 const struct monitor *monitor, struct prune_rows *rows,
                 struct error *err)
{
    return walk_rows(store, plan, monitor, false, rows, err);
}

static bool mark_versions(struct store *store, const struct prune_plan *plan,
                          struct error *err)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct prune_version *version = &plan->versions[i];
        struct statement *statement;
        if (version->pruned || version->reasons)
            continue;
        statement = store_use(store, STATEMENT_PRUNE_MARK, err);
        if (!statement)
            return false;
        bind_int(statement, ":version", version->number);
        if (!statement_run_one(store, statement, err))
            return false;
    }
    return true;
}

bool prune_drop(struct store *store, struct arena *arena,
                const struct prune_request *request,
                const struct monitor *monitor, struct prune_plan *plan,
                struct prune_rows *rows, struct error *err)
{
    return store_begin(store, err) &&
           store_end(store,
                     prune_plan(store, arena, request, plan, err) &&
                         walk_rows(store, plan, monitor, true, rows, err) &&
                         mark_versions(store, plan, err),
                     err);
}

/* ---- What nobody knows any more ---- */

static bool add_to_run(struct arena *arena, int64_t version, struct span **runs,
                       size_t *count, struct error *err)
{
    if (!*count || (*runs)[*count - 1].until != version) {
        if (!list_grow(arena, runs, *count, sizeof **runs, err))
            return false;
        (*runs)[(*count)++] = (struct span){.since = version};
    }
    (*runs)[*count - 1].until = version + 1;
    return true;
}

bool pruned_runs(struct store *store, struct arena *arena, int64_t low,
                 int64_t high, struct span **runs, size_t *count,
                 struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_PRUNED_BETWEEN, err);
    bool row = true;

    *runs = NULL;
    *count = 0;
    if (!statement)
        return false;
    bind_int(statement, ":low", low);
    bind_int(statement, ":high", high);
    for (;;) {
        if (!statement_next(store, statement, &row, err))
            return false;
        if (!row)
            return true;
        if (!add_to_run(arena, column_int(statement, "version"), runs, count,
                        err))
            break;
    }
    statement_end(statement);
    return false;
}
