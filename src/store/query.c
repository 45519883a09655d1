/* Free SQL for people, over views of one version, on a connection that cannot
 * write: it is set to queries only, and an authorizer lets nothing but reading
 * through. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    COLUMNS = 2000, /* SQLite's own limit, unless built with another */
    LONGEST_VALUE = 64 << 20, /* in bytes: no query takes all memory */
    STEPS = 10000             /* of SQLite between two looks at the monitor */
};

/* A query that is being asked. */
struct asked {
    const struct monitor *monitor;
    int64_t looks;
    bool stopped;
    struct error err; /* why */
};

static void version_at(sqlite3_context *context, int count,
                       sqlite3_value **values)
{
    struct store *store = sqlite3_user_data(context);

    (void)count;
    (void)values;
    sqlite3_result_int64(context, store->as_of);
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; name && *names; names++)
        if (!sqlite3_stricmp(name, *names))
            return true;
    return false;
}

/* Functions that reach beyond the query: those of SQLite, of its shell, and
 * the store's own. */
static bool is_safe_function(const char *name)
{
    static const char *const unsafe[] = {
        "load_extension", "fts3_tokenizer", "sqlite_log",
        "writefile",      "readfile",       "edit",
        "fsdir",          "seal_row",       NULL};

    return name && !is_one_of(name, unsafe);
}

/* Sums and hashes that the store keeps for itself, and the pages of the file,
 * in which they could be read. */
static bool is_readable_table(const char *name)
{
    static const char *const internal[] = {"content",       "seal",
                                           "sqlite_dbpage", "sqlite_dbdata",
                                           "sqlite_dbptr",  NULL};

    return !is_one_of(name, internal);
}

static int only_reading(void *context, int action, const char *first,
                        const char *second, const char *database,
                        const char *trigger)
{
    (void)context;
    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return is_readable_table(first) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return is_safe_function(second) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

/* What the authorizer is told of is refused by it; this is for what it might
 * not be told of. */
static bool harden(struct store *store, struct error *err)
{
    sqlite3 *db = store->db;

    sqlite3_limit(db, SQLITE_LIMIT_COLUMN, COLUMNS);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    if (sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) ==
            SQLITE_OK &&
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL) ==
            SQLITE_OK &&
        sqlite3_set_authorizer(db, only_reading, NULL) == SQLITE_OK)
        return true;
    return store_error(store, "cannot protect the database", err);
}

static bool make_views(struct store *store, struct error *err)
{
    static const enum statement_id views[] = {
        STATEMENT_VIEW_PERSONAS, STATEMENT_VIEW_MEETINGS, STATEMENT_VIEW_LABELS,
        STATEMENT_VIEW_SPLITS,   STATEMENT_VIEW_REVIEWS,  STATEMENT_VIEW_RUNS,
        STATEMENT_VIEW_REQUESTS};
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
    return store_exec(store,
                      "PRAGMA query_only = ON;"
                      "SELECT 1 FROM json_each('[]'), json_tree('[]')",
                      err);
}

static bool refuse_more(struct error *err)
{
    error_set(err, ERROR_INPUT, "this SQL would do more than read");
    return error_hint(err, "only SELECT is allowed, over personas, meetings, "
                           "labels, splits, reviews, runs, requests and the "
                           "tables of the file");
}

/* The message of SQLite about the user's own SQL. */
static bool query_error(struct store *store, struct error *err)
{
    int code = sqlite3_errcode(store->db) & 0xff;

    if (code == SQLITE_AUTH || code == SQLITE_READONLY)
        return refuse_more(err);
    if (code == SQLITE_ERROR || code == SQLITE_TOOBIG) {
        error_set(err, ERROR_INPUT, "SQL: %s", sqlite3_errmsg(store->db));
        return error_hint(
            err,
            "the views are personas, meetings, labels, splits, "
            "reviews, runs and requests; `datebook sql --help` names their "
            "columns");
    }
    return store_error(store, "the query failed", err);
}

/* Spaces, semicolons and comments may follow the statement; more SQL may not.
 */
static bool nothing_after(struct store *store, const char *rest,
                          struct error *err)
{
    sqlite3_stmt *next = NULL;
    int code = sqlite3_prepare_v2(store->db, rest, -1, &next, NULL);
    bool empty = code == SQLITE_OK && !next;

    sqlite3_finalize(next);
    if (code == SQLITE_NOMEM)
        return error_memory(err);
    return empty || error_set(err, ERROR_INPUT,
                              "only one SQL statement can be asked at a time");
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
        return *text || sqlite3_column_type(statement, column) == SQLITE_NULL ||
               error_memory(err);
    }
    bytes = sqlite3_column_blob(statement, column);
    length = sqlite3_column_bytes(statement, column);
    if (length && !bytes)
        return error_memory(err);
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
        if (!(names[i] = sqlite3_column_name(statement, i)))
            return error_memory(err);
    if (!row(context, columns, names, NULL, err))
        return false;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (!give_row(statement, columns, names, row, context, err))
            return false;
    return code == SQLITE_DONE || query_error(store, err);
}

/* SQLite asks this now and then; anything but 0 stops the query. */
static int look(void *context)
{
    struct asked *asked = context;

    asked->stopped =
        !asked->monitor->tick(asked->monitor->context, "steps",
                              ++asked->looks * STEPS, 0, &asked->err);
    return asked->stopped;
}

static bool answer(struct store *store, sqlite3_stmt *statement,
                   struct asked *asked, query_row *row, void *context,
                   struct error *err)
{
    bool ok;

    if (asked->monitor)
        sqlite3_progress_handler(store->db, STEPS, look, asked);
    ok = give_rows(store, statement, row, context, err);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    if (!ok && asked->stopped)
        *err = asked->err;
    return ok;
}

bool store_query(struct store *store, int64_t version, const char *sql,
                 const struct monitor *monitor, query_row *row, void *context,
                 struct error *err)
{
    struct asked asked = {.monitor = monitor};
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    bool ok;

    store->as_of = version;
    if (!make_views(store, err) || !harden(store, err))
        return false;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, &rest) != SQLITE_OK)
        return query_error(store, err);
    if (!statement)
        return error_set(err, ERROR_INPUT, "the query is empty");
    ok = nothing_after(store, rest, err) &&
         (sqlite3_stmt_readonly(statement) || refuse_more(err)) &&
         answer(store, statement, &asked, row, context, err);
    sqlite3_finalize(statement);
    return ok;
}
