/* The schema, as a list of steps that is only ever added to.  A new database
 * runs all of them, so that the way an old one is upgraded is always tested. */
#include "walk.h"

#include "migrations.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int newest_schema(void)
{
    return migrations[migration_count - 1].number;
}

/* The number of the file's schema, which must not be a newer one. */
static bool read_schema(struct store *store, int *schema, struct error *err)
{
    int64_t version;

    if (!store_number(store, "PRAGMA user_version", &version, err))
        return false;
    *schema = (int)version;
    if (*schema <= newest_schema())
        return true;
    error_set(err, ERROR_DATABASE,
              "%s was written by a newer datebook (schema %d, this one knows "
              "%d)",
              store->path, *schema, newest_schema());
    return error_hint(err, "install a newer datebook");
}

/* ---- The file as it was ---- */

/* The first name of NAME.schema-1.backup, NAME.schema-1.backup-2 … that is
 * free; whoever has the write lock is the only one to take one. */
static char *free_name(const char *path, int schema, struct error *err)
{
    char number[32] = "";
    struct stat info;
    char *name;

    for (int i = 2;; i++) {
        if (asprintf(&name, "%s.schema-%d.backup%s", path, schema, number) <
            0) {
            error_memory(err);
            return NULL;
        }
        if (lstat(name, &info))
            return name;
        free(name);
        snprintf(number, sizeof number, "-%d", i);
    }
}

/* A transaction that writes cannot be copied from, so that another connection
 * reads what this one has locked but not yet changed. */
static bool keep_old_file(struct store *store, int schema, struct error *err)
{
    struct store *source = store_connect_again(store, err);
    char *name = source ? free_name(store->path, schema, err) : NULL;
    int64_t number; /* of the schema: a first read settles what is read */
    bool ok = name && store_exec(source, "BEGIN", err) &&
              store_number(source, "PRAGMA user_version", &number, err) &&
              store_copy(source, name, false, NULL, &number, err);

    store_close(source);
    if (ok) {
        store->backup = name;
        return true;
    }
    free(name);
    if (err->code == ERROR_INPUT) /* nobody gave that name */
        err->code = ERROR_DATABASE;
    error_context(err, "%s stays at schema %d, for it could not be backed up",
                  store->path, schema);
    return error_hint(err, "make room for a copy beside it, or upgrade it "
                           "without one: --no-migration-backup");
}

/* ---- Steps ---- */

/* What a migration does that SQL cannot; it comes after the SQL of all of them,
 * for the program reads files of the newest schema only. */
static const struct {
    int number;
    bool (*finish)(struct store *store, struct error *err);
} finishes[] = {{2, walk_fill}};

static bool finish_step(struct store *store, const struct migration *migration,
                        struct error *err)
{
    for (size_t i = 0; i < sizeof finishes / sizeof *finishes; i++)
        if (finishes[i].number == migration->number &&
            !finishes[i].finish(store, err))
            return error_context(err, "migration %s", migration->name);
    return true;
}

static bool take_step(struct store *store, const struct migration *migration,
                      struct error *err)
{
    char number[64];

    snprintf(number, sizeof number, "PRAGMA user_version = %d",
             migration->number);
    if (store_exec(store, migration->sql, err) &&
        store_exec(store, number, err))
        return true;
    return error_context(err, "migration %s", migration->name);
}

/* All steps after a schema, in the transaction that is open. */
static bool take_steps(struct store *store, int schema, struct error *err)
{
    for (size_t i = 0; i < migration_count; i++)
        if (migrations[i].number > schema &&
            !take_step(store, &migrations[i], err))
            return false;
    for (size_t i = 0; i < migration_count; i++)
        if (migrations[i].number > schema &&
            !finish_step(store, &migrations[i], err))
            return false;
    return true;
}

/* With the lock held: another process may have done it meanwhile, or done
 * more. */
static bool upgrade(struct store *store, struct error *err)
{
    int schema;

    if (!read_schema(store, &schema, err))
        return false;
    if (schema == newest_schema())
        return true;
    if (schema && !store->options.no_backup &&
        !keep_old_file(store, schema, err))
        return false;
    if (!take_steps(store, schema, err))
        return false;
    if (schema) /* a new file starts at 0 */
        store->upgrade = (struct store_upgrade){
            .from = schema, .to = newest_schema(), .backup = store->backup};
    return true;
}

static bool refuse_read_only(struct store *store, int schema, struct error *err)
{
    error_set(err, ERROR_DATABASE,
              "%s has schema %d and must be upgraded to %d, but may not be "
              "written",
              store->path, schema, newest_schema());
    return error_hint(err, "open it once where the file and its folder can be "
                           "written, or open a copy of it");
}

/* One transaction from the old schema to the newest, so that nobody ever meets
 * one between. */
bool store_migrate(struct store *store, struct error *err)
{
    int schema;

    if (!read_schema(store, &schema, err))
        return false;
    if (schema == newest_schema())
        return true;
    if (sqlite3_db_readonly(store->db, "main"))
        return refuse_read_only(store, schema, err);
    if (!store_exec(store, "BEGIN IMMEDIATE", err))
        return false;
    if (upgrade(store, err)) {
        if (store_exec(store, "COMMIT", err))
            return true;
    } else if (store->backup) {
        unlink(store->backup); /* the next try makes its own */
    }
    store_rollback(store);
    return false;
}
