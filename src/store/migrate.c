/* The schema, as a list of steps that is only ever added to.  A new database
 * runs all of them, so that the way an old one is upgraded is always tested. */
#include "walk.h"

#include "migrations.h"

#include <stdio.h>

static bool user_version(struct store *store, int *version, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(store->db, "PRAGMA user_version", -1,
                                 &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW;

    if (ok)
        *version = sqlite3_column_int(statement, 0);
    else
        store_error(store, "the schema version could not be read", err);
    sqlite3_finalize(statement);
    return ok;
}

/* What a migration does that SQL cannot. */
static const struct {
    int number;
    bool (*finish)(struct store *store, struct error *err);
} finishes[] = {{2, walk_fill}};

static bool finish(struct store *store, int number, struct error *err)
{
    for (size_t i = 0; i < sizeof finishes / sizeof *finishes; i++)
        if (finishes[i].number == number && !finishes[i].finish(store, err))
            return false;
    return true;
}

/* A step inside its transaction, unless another process took it meanwhile. */
static bool take_step(struct store *store, const struct migration *migration,
                      struct error *err)
{
    char number[64];
    int version = 0;

    if (!user_version(store, &version, err))
        return false;
    if (version >= migration->number)
        return true;
    snprintf(number, sizeof number, "PRAGMA user_version = %d",
             migration->number);
    return store_exec(store, migration->sql, err) &&
           finish(store, migration->number, err) &&
           store_exec(store, number, err);
}

/* One step and its number, or nothing. */
static bool apply(struct store *store, const struct migration *migration,
                  struct error *err)
{
    if (store_exec(store, "BEGIN IMMEDIATE", err) &&
        take_step(store, migration, err) && store_exec(store, "COMMIT", err))
        return true;
    store_rollback(store);
    return error_context(err, "migration %s", migration->name);
}

bool store_migrate(struct store *store, struct error *err)
{
    int newest = migrations[migration_count - 1].number;
    int version = 0;

    if (!user_version(store, &version, err))
        return false;
    if (version > newest) {
        error_set(err, ERROR_DATABASE,
                  "%s was written by a newer datebook (schema %d, this one "
                  "knows %d)",
                  store->path, version, newest);
        return error_hint(err, "install a newer datebook");
    }
    for (size_t i = 0; i < migration_count; i++)
        if (migrations[i].number > version &&
            !apply(store, &migrations[i], err))
            return false;
    return true;
}
