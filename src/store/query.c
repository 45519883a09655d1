/* Free SQL for people, over views of one version, on a connection that cannot
 * write: it is set to queries only, and an authorizer lets nothing but reading
 * through. */
#include "internal.h"

#include <stdlib.h>

#include <string.h>

/* SQLite's own limit, unless it was built with another. */
enum { COLUMNS = 2000 };

static void version_at(sqlite3_context *context, int count,
                       sqlite3_value **values)
{
    struct store *store = sqlite3_user_data(context);

    (void)count;
    (void)values;
    sqlite3_result_int64(context, store->as_of);
}

static int only_reading(void *context, int action, const char *first,
                        const char *second, const char *database,
                        const char *trigger)
{
    (void)context;
    (void)first;
    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return !sqlite3_stricmp(second, "load_extension") ? SQLITE_DENY
                                                          : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

static bool make_views(struct store *store, struct error *err)
{
    static const enum statement_id views[] = {STATEMENT_VIEW_PERSONAS,
                                              STATEMENT_VIEW_MEETINGS,
                                              STATEMENT_VIEW_LABELS};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

    if (sqlite3_create_function_v2(store->db, "version_at", 0, flags, store,
                                   version_at, NULL, NULL, NULL) != SQLITE_OK)
        return store_error(store, "cannot prepare the views", err);
    if (!store_exec(store, "PRAGMA query_only = OFF", err))
        return false;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (!store_exec(store, statement_sources[views[i]].sql, err))
            return false;
    /* Table-valued functions come into being when they are first used, which
     * the authorizer would take for a CREATE. */
    if (!store_exec(store,
                    "PRAGMA query_only = ON;"
                    "SELECT 1 FROM json_each('[]'), json_tree('[]')",
                    err))
        return false;
    if (sqlite3_set_authorizer(store->db, only_reading, NULL) != SQLITE_OK)
        return store_error(store, "cannot protect the database", err);
    return true;
}

/* The message of SQLite about the user's own SQL. */
static bool query_error(struct store *store, struct error *err)
{
    int code = sqlite3_errcode(store->db) & 0xff;

    if (code == SQLITE_AUTH || code == SQLITE_READONLY) {
        error_set(err, ERROR_INPUT, "this SQL would do more than read");
        return error_hint(err, "only SELECT is allowed, over personas, "
                               "meetings, labels and the tables of the file");
    }
    if (code == SQLITE_ERROR || code == SQLITE_TOOBIG) {
        error_set(err, ERROR_INPUT, "SQL: %s", sqlite3_errmsg(store->db));
        return error_hint(err, "the views are personas, meetings and labels; "
                               "`datebook sql --help` names their columns");
    }
    return store_error(store, "the query failed", err);
}

/* Spaces, semicolons and comments may follow the statement; more SQL may not.
 */
static bool nothing_after(struct store *store, const char *rest)
{
    sqlite3_stmt *next = NULL;
    bool empty =
        sqlite3_prepare_v2(store->db, rest, -1, &next, NULL) == SQLITE_OK &&
        !next;

    sqlite3_finalize(next);
    return empty;
}

/* A value as text; bytes that are no text as SQL writes them, x'00ff', in
 * memory that the caller frees. */
static bool value_text(sqlite3_stmt *statement, int column, const char **text,
                       char **made, struct error *err)
{
    const unsigned char *bytes;
    int length;

    *made = NULL;
    *text = NULL;
    if (sqlite3_column_type(statement, column) != SQLITE_BLOB) {
        *text = (const char *)sqlite3_column_text(statement, column);
        return true;
    }
    bytes = sqlite3_column_blob(statement, column);
    length = sqlite3_column_bytes(statement, column);
    *text = *made = malloc(2 * (size_t)length + 4);
    if (!*made)
        return error_memory(err);
    memcpy(*made, "x'", 2);
    if (length)
        sodium_bin2hex(*made + 2, 2 * (size_t)length + 1, bytes,
                       (size_t)length);
    memcpy(*made + 2 + 2 * length, "'", 2);
    return true;
}

static bool give_row(sqlite3_stmt *statement, int columns,
                     const char *const *names, query_row *row, void *context,
                     struct error *err)
{
    const char *values[COLUMNS];
    char *made[COLUMNS];
    int done = 0;
    bool ok = true;

    for (; ok && done < columns; done++)
        ok = value_text(statement, done, &values[done], &made[done], err);
    ok = ok && row(context, columns, names, values, err);
    while (done > 0)
        free(made[--done]);
    return ok;
}

static bool give_rows(struct store *store, sqlite3_stmt *statement,
                      query_row *row, void *context, struct error *err)
{
    const char *names[COLUMNS];
    int columns = sqlite3_column_count(statement);
    int code;

    for (int i = 0; i < columns; i++)
        names[i] = sqlite3_column_name(statement, i);
    if (!row(context, columns, names, NULL, err))
        return false;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (!give_row(statement, columns, names, row, context, err))
            return false;
    return code == SQLITE_DONE || query_error(store, err);
}

bool store_query(struct store *store, int64_t version, const char *sql,
                 query_row *row, void *context, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    bool ok;

    store->as_of = version;
    sqlite3_limit(store->db, SQLITE_LIMIT_COLUMN, COLUMNS);
    if (!make_views(store, err))
        return false;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, &rest) != SQLITE_OK)
        return query_error(store, err);
    if (!statement)
        return error_set(err, ERROR_INPUT, "the query is empty");
    if (!nothing_after(store, rest))
        ok = error_set(err, ERROR_INPUT,
                       "only one SQL statement can be asked at a time");
    else
        ok = give_rows(store, statement, row, context, err);
    sqlite3_finalize(statement);
    return ok;
}
