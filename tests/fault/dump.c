/* Reading a database past datebook, to compare what it says. */
#include "workspace.h"

#include "datebook/store.h"

#include <sqlite3.h>
#include <string.h>

static bool sqlite_error(sqlite3 *db, const char *path, struct error *err)
{
    return error_set(err, ERROR_DATABASE, "%s: %s", path, sqlite3_errmsg(db));
}

static sqlite3 *open_raw(const char *path, struct error *err)
{
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        return db;
    sqlite_error(db, path, err);
    sqlite3_close(db);
    return NULL;
}

static void dump_hex(const unsigned char *bytes, size_t length,
                     struct buf *dump)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < length; i++) {
        char pair[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
        buf_add(dump, pair, sizeof pair);
    }
}

/* One value, with its type. */
static void dump_value(sqlite3_stmt *statement, int column, struct buf *dump)
{
    int type = sqlite3_column_type(statement, column);
    const char *bytes =
        type == SQLITE_BLOB
            ? sqlite3_column_blob(statement, column)
            : (const char *)sqlite3_column_text(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);

    buf_format(dump, "%d:%zu:", type, length);
    if (length && type == SQLITE_BLOB)
        dump_hex((const unsigned char *)bytes, length, dump);
    else if (length)
        buf_add(dump, bytes, length);
    buf_char(dump, '|');
}

/* All rows of a query, each after `name`. */
static bool dump_rows(sqlite3 *db, const char *path, const char *name,
                      const char *sql, struct buf *dump, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code != SQLITE_ROW)
            break;
        buf_format(dump, "%s|", name);
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            dump_value(statement, i, dump);
        buf_char(dump, '\n');
    }
    if (code != SQLITE_DONE)
        sqlite_error(db, path, err);
    sqlite3_finalize(statement);
    return code == SQLITE_DONE;
}

/* The rows of a table, in the order of its key. */
static bool dump_table(sqlite3 *db, const char *path, const char *name,
                       struct buf *dump, struct error *err)
{
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" NOT INDEXED", name);
    bool ok =
        sql ? dump_rows(db, path, name, sql, dump, err) : error_memory(err);

    sqlite3_free(sql);
    return ok;
}

static bool dump_tables(sqlite3 *db, const char *path, struct buf *dump,
                        struct error *err)
{
    static const char tables[] =
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, tables, -1, &statement, NULL);
    bool ok = true;

    while (ok && (code == SQLITE_OK || code == SQLITE_ROW)) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            ok = dump_table(db, path,
                            (const char *)sqlite3_column_text(statement, 0),
                            dump, err);
    }
    if (ok && code != SQLITE_DONE)
        ok = sqlite_error(db, path, err);
    sqlite3_finalize(statement);
    return ok;
}

bool database_dump(const char *path, struct buf *dump, struct error *err)
{
    static const char schema[] =
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name";
    sqlite3 *db = open_raw(path, err);
    bool ok =
        db &&
        dump_rows(db, path, "application_id", "PRAGMA application_id", dump,
                  err) &&
        dump_rows(db, path, "user_version", "PRAGMA user_version", dump, err) &&
        dump_rows(db, path, "schema", schema, dump, err) &&
        dump_tables(db, path, dump, err);

    sqlite3_close(db);
    return ok && buf_ok(dump, err);
}

static bool stop_at_finding(void *context, const char *finding,
                            struct error *err)
{
    (void)context;
    return error_set(err, ERROR_FOUND, "%s", finding);
}

bool database_sound(const char *path, struct error *why)
{
    struct store *store = store_open(path, STORE_READ, why);
    struct verify_result result;
    bool ok = store && store_verify(store, VERIFY_DEEP, NULL, stop_at_finding,
                                    NULL, &result, why);

    store_close(store);
    return ok;
}

bool database_shrink(const char *path, struct error *err)
{
    sqlite3 *db = open_raw(path, err);
    bool ok = db && (sqlite3_exec(db,
                                  "PRAGMA journal_mode = DELETE;"
                                  "PRAGMA page_size = 512;"
                                  "VACUUM;"
                                  "PRAGMA journal_mode = WAL",
                                  NULL, NULL, NULL) == SQLITE_OK ||
                     sqlite_error(db, path, err));

    sqlite3_close(db);
    return ok;
}
