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

bool label_count(struct store *store, int64_t persona, int64_t *count,
                 struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_LABEL_COUNT, err);

    if (!statement || !one_row(store, statement, persona, err))
        return false;
    *count = column_int(statement, "labels");
    statement_end(statement);
    return true;
}

bool labelling_is_fresh(struct store *store, int64_t version, int64_t persona,
                        const unsigned char rules_hash[HASH_SIZE], int engine,
                        bool *fresh, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_LABELLING_GET, err);
    const void *hash;
    size_t length;
    bool row;

    *fresh = false;
    if (!statement)
        return false;
    bind_int(statement, ":persona", persona);
    bind_int(statement, ":version", version);
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    hash = column_bytes(statement, "rules_hash", &length);
    *fresh = length == HASH_SIZE && !memcmp(hash, rules_hash, HASH_SIZE) &&
             column_int(statement, "engine") == engine;
    statement_end(statement);
    return true;
}
