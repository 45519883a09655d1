/* The one place where statements are prepared, bound, stepped and read. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* Remembers the columns' names once.  SQLite's own go when it prepares a
 * statement anew, after a change of the schema. */
static bool copy_names(struct statement *statement, struct error *err)
{
    for (int i = 0; i < statement->column_count; i++) {
        const char *name = sqlite3_column_name(statement->handle, i);
        statement->columns[i] = name ? strdup(name) : NULL;
        if (!statement->columns[i]) {
            statement->column_count = i;
            statement_close(statement);
            return error_memory(err);
        }
    }
    return true;
}

void statement_close(struct statement *statement)
{
    for (int i = 0; i < statement->column_count; i++)
        free(statement->columns[i]);
    sqlite3_finalize(statement->handle);
    *statement = (struct statement){.handle = NULL};
}

static bool prepare(struct store *store, enum statement_id id,
                    struct error *err)
{
    struct statement *statement = &store->statements[id];
    const struct statement_source *source = &statement_sources[id];

    if (sqlite3_prepare_v3(store->db, source->sql, -1,
                           SQLITE_PREPARE_PERSISTENT, &statement->handle,
                           NULL) != SQLITE_OK) {
        store_error(store, "cannot prepare a statement", err);
        return error_context(err, "%s", source->name);
    }
    statement->name = source->name;
    statement->column_count = sqlite3_column_count(statement->handle);
    if (statement->column_count <= STATEMENT_COLUMNS)
        return copy_names(statement, err);
    statement->column_count = 0;
    statement_close(statement);
    return error_set(err, ERROR_BUG, "statement %s has too many columns",
                     source->name);
}

struct statement *store_use(struct store *store, enum statement_id id,
                            struct error *err)
{
    struct statement *statement = &store->statements[id];

    if (!statement->handle && !prepare(store, id, err))
        return NULL;
    if (statement->open) {
        error_set(err, ERROR_BUG, "statement %s was left open",
                  statement->name);
        return NULL;
    }
    if (!sqlite3_stmt_readonly(statement->handle) &&
        sqlite3_get_autocommit(store->db)) {
        error_set(err, ERROR_BUG, "statement %s writes outside a transaction",
                  statement->name);
        return NULL;
    }
    statement->open = true;
    statement->wrong_name = NULL;
    return statement;
}

static int parameter(struct statement *statement, const char *name)
{
    int index = sqlite3_bind_parameter_index(statement->handle, name);

    if (!index)
        statement->wrong_name = name;
    return index;
}

void bind_int(struct statement *statement, const char *name, int64_t value)
{
    sqlite3_bind_int64(statement->handle, parameter(statement, name), value);
}

void bind_text(struct statement *statement, const char *name, const char *value)
{
    sqlite3_bind_text(statement->handle, parameter(statement, name), value, -1,
                      SQLITE_STATIC);
}

void bind_bytes(struct statement *statement, const char *name,
                const void *value, size_t length)
{
    sqlite3_bind_blob64(statement->handle, parameter(statement, name),
                        value ? value : "", length, SQLITE_STATIC);
}

/* SQLite answers NULL for a text or bytes that it has no memory to give; that
 * must not pass for an empty value. */
static bool row_is_whole(sqlite3_stmt *handle)
{
    for (int i = sqlite3_column_count(handle) - 1; i >= 0; i--) {
        int type = sqlite3_column_type(handle, i);
        if (type == SQLITE_TEXT && !sqlite3_column_text(handle, i))
            return false;
        if (type == SQLITE_BLOB && !sqlite3_column_blob(handle, i) &&
            sqlite3_column_bytes(handle, i))
            return false;
    }
    return true;
}

bool statement_next(struct store *store, struct statement *statement, bool *row,
                    struct error *err)
{
    int code;

    if (statement->wrong_name) {
        error_set(err, ERROR_BUG, "statement %s has no %s", statement->name,
                  statement->wrong_name);
        statement_end(statement);
        return false;
    }
    code = sqlite3_step(statement->handle);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW && row_is_whole(statement->handle))
        return true;
    if (code == SQLITE_ROW) {
        statement_end(statement);
        return error_memory(err);
    }
    if (code != SQLITE_DONE) {
        store_error(store, "the database could not be used", err);
        statement_end(statement);
        return false;
    }
    statement_end(statement);
    return true;
}

bool statement_run(struct store *store, struct statement *statement,
                   struct error *err)
{
    bool row;

    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    statement_end(statement);
    return error_set(err, ERROR_BUG, "statement %s gave a row",
                     statement->name);
}

bool statement_run_one(struct store *store, struct statement *statement,
                       struct error *err)
{
    if (!statement_run(store, statement, err))
        return false;
    if (sqlite3_changes(store->db) != 1)
        return error_set(err, ERROR_BUG, "statement %s changed %d rows, not 1",
                         statement->name, sqlite3_changes(store->db));
    return true;
}

void statement_end(struct statement *statement)
{
    if (!statement || !statement->handle)
        return;
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    statement->open = false;
}

/* -1, remembered as wrong, when there is no such column.  Columns are mostly
 * read in their order and by the same literals, so the search starts after the
 * last one found and tries the pointer that found it before the letters. */
static int column(struct statement *statement, const char *name)
{
    int at = statement->next_column;

    for (int i = 0; i < statement->column_count; i++, at++) {
        if (at >= statement->column_count)
            at = 0;
        if (statement->asked[at] != name &&
            strcmp(statement->columns[at], name) != 0)
            continue;
        statement->asked[at] = name;
        statement->next_column = at + 1;
        return at;
    }
    statement->wrong_name = name;
    return -1;
}

int64_t column_int(struct statement *statement, const char *name)
{
    int at = column(statement, name);

    return at < 0 ? 0 : sqlite3_column_int64(statement->handle, at);
}

bool column_is_null(struct statement *statement, const char *name)
{
    int at = column(statement, name);

    return at < 0 || sqlite3_column_type(statement->handle, at) == SQLITE_NULL;
}

const char *column_text(struct statement *statement, const char *name,
                        size_t *length)
{
    int at = column(statement, name);
    const char *text =
        at < 0 ? NULL
               : (const char *)sqlite3_column_text(statement->handle, at);

    if (length)
        *length =
            text ? (size_t)sqlite3_column_bytes(statement->handle, at) : 0;
    return text ? text : "";
}

const void *column_bytes(struct statement *statement, const char *name,
                         size_t *length)
{
    int at = column(statement, name);
    const void *bytes =
        at < 0 ? NULL : sqlite3_column_blob(statement->handle, at);

    *length = bytes ? (size_t)sqlite3_column_bytes(statement->handle, at) : 0;
    return bytes ? bytes : "";
}
