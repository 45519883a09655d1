/* How long runs took, and whose rows they touched. */
#include "run_internal.h"

#include "datebook/run_time.h"

bool run_time_put(struct run *run, int64_t milliseconds, struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_RUN_TIME_INSERT, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":milliseconds", milliseconds);
    return statement_run_one(run->store, statement, err);
}

bool run_time_of(struct store *store, int64_t version, int64_t *milliseconds,
                 bool *known, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_RUN_TIME_GET, err);

    *milliseconds = 0;
    if (!statement)
        return false;
    bind_int(statement, ":version", version);
    if (!statement_next(store, statement, known, err))
        return false;
    if (*known)
        *milliseconds = column_int(statement, "milliseconds");
    statement_end(statement);
    return true;
}

static bool read_id(struct statement *statement, struct arena *arena, void *row,
                    struct error *err)
{
    const char **id = row;

    *id = column_copy(statement, "id", arena, NULL, err);
    return *id != NULL;
}

bool run_personas(struct store *store, struct arena *arena, int64_t version,
                  const char ***ids, size_t *count, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_RUN_PERSONAS, err);

    if (statement)
        bind_int(statement, ":version", version);
    return statement_list(store, statement, arena, read_id, sizeof **ids, ids,
                          count, err);
}
