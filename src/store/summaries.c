/* Questions about one persona that a single number answers. */
#include "internal.h"

#include <string.h>

/* Binds a persona's range and steps to the one row of an aggregate. */
static bool one_row(struct store *store, struct statement *statement,
                    int64_t persona, struct error *err)
{
    bool row;

    bind_int(statement, ":first", first_meeting(persona));
    bind_int(statement, ":last", last_meeting(persona));
    if (!statement_next(store, statement, &row, err))
        return false;
    return row ? true
               : error_set(err, ERROR_BUG, "statement %s gave no row",
                           statement->name);
}

bool meeting_last_start(struct store *store, int64_t persona, bool *any,
                        civil_minute *start, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_MEETING_LAST_START, err);

    if (!statement || !one_row(store, statement, persona, err))
        return false;
    *any = !column_is_null(statement, "start");
    *start = column_int(statement, "start");
    statement_end(statement);
    return true;
}

/* One of the statements that count labels of a persona. */
static bool count_labels(struct store *store, enum statement_id id,
                         int64_t version, int64_t persona, int64_t *count,
                         struct error *err)
{
    struct statement *statement = store_use(store, id, err);

    if (!statement)
        return false;
    if (id != STATEMENT_LABEL_COUNT)
        bind_int(statement, ":version", version);
    if (!one_row(store, statement, persona, err))
        return false;
    *count = column_int(statement, "labels");
    statement_end(statement);
    return true;
}

bool label_count(struct store *store, int64_t persona, int64_t *count,
                 struct error *err)
{
    return count_labels(store, STATEMENT_LABEL_COUNT, 0, persona, count, err);
}

bool label_count_at(struct store *store, int64_t version, int64_t persona,
                    int64_t *count, struct error *err)
{
    int64_t head;

    if (!version_head(store, &head, err))
        return false;
    return count_labels(store,
                        version < head ? STATEMENT_LABEL_COUNT_AT
                                       : STATEMENT_LABEL_COUNT,
                        version, persona, count, err);
}

bool label_change_count(struct store *store, int64_t version, int64_t persona,
                        int64_t *count, struct error *err)
{
    return count_labels(store, STATEMENT_LABEL_CHANGE_COUNT, version, persona,
                        count, err);
}

bool labelling_at(struct store *store, int64_t version, int64_t persona,
                  struct labelling *labelling, bool *found, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_LABELLING_GET, err);
    const void *hash;
    size_t length;

    *found = false;
    if (!statement)
        return false;
    bind_int(statement, ":persona", persona);
    bind_int(statement, ":version", version);
    if (!statement_next(store, statement, found, err))
        return false;
    if (!*found)
        return true;
    hash = column_bytes(statement, "rules_hash", &length);
    if (length == HASH_SIZE)
        memcpy(labelling->rules_hash, hash, HASH_SIZE);
    labelling->engine = (int)column_int(statement, "engine");
    statement_end(statement);
    return length == HASH_SIZE ||
           error_set(err, ERROR_DATABASE,
                     "what the labels of persona %lld agree with is damaged",
                     (long long)persona);
}

bool labelling_is_fresh(struct store *store, int64_t version, int64_t persona,
                        const unsigned char rules_hash[HASH_SIZE], int engine,
                        bool *fresh, struct error *err)
{
    struct labelling labelling;
    bool found;

    if (!labelling_at(store, version, persona, &labelling, &found, err))
        return false;
    *fresh = found && labelling.engine == engine &&
             !memcmp(labelling.rules_hash, rules_hash, HASH_SIZE);
    return true;
}

static bool read_batch(struct statement *statement, struct arena *arena,
                       void *row, struct error *err)
{
    struct batch *batch = row;

    (void)arena;
    (void)err;
    *batch = (struct batch){(uint64_t)column_int(statement, "seed"),
                            (uint64_t)column_int(statement, "batches")};
    return true;
}

bool batch_list(struct store *store, struct arena *arena, int64_t persona,
                struct batch **batches, size_t *count, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_BATCH_LIST, err);

    if (statement)
        bind_int(statement, ":persona", persona);
    return statement_list(store, statement, arena, read_batch, sizeof **batches,
                          batches, count, err);
}
