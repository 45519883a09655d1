/* The one place where statements are prepared, bound, stepped and read. */
#include "internal.h"

#include "datebook/list.h"

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

/* Of the others, columns that are declared to be integers, every row is whole:
 * tables are STRICT. */
static void find_long_columns(struct statement *statement)
{
    for (int i = 0; i < statement->column_count; i++) {
        const char *type = sqlite3_column_decltype(statement->handle, i);
        if (!type || strcmp(type, "INTEGER") != 0)
            statement->long_columns[statement->long_count++] = i;
    }
}

void statement_close(struct statement *statement)
{
    for (int i = 0; i < statement->column_count; i++)
        free(statement->columns[i]);
    sqlite3_finalize(statement->handle);
    *statement = (struct statement){.handle = NULL};
}

bool statement_prepare(struct store *store, enum statement_id id,
                       struct statement *statement, struct error *err)
{
    const struct statement_source *source = &statement_sources[id];

    if (sqlite3_prepare_v3(store->db, source->sql, -1,
                           SQLITE_PREPARE_PERSISTENT, &statement->handle,
                           NULL) != SQLITE_OK) {
        store_error(store, "cannot prepare a statement", err);
        return error_context(err, "%s", source->name);
    }
    statement->name = source->name;
    statement->column_count = sqlite3_column_count(statement->handle);
    if (statement->column_count <= STATEMENT_COLUMNS) {
        find_long_columns(statement);
        return copy_names(statement, err);
    }
    statement->column_count = 0;
    statement_close(statement);
    return error_set(err, ERROR_BUG, "statement %s has too many columns",
                     source->name);
}

struct statement *store_use(struct store *store, enum statement_id id,
                            struct error *err)
{
    struct statement *statement = &store->statements[id];

    if (!statement->handle && !statement_prepare(store, id, statement, err))
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
    statement->rows = 0;
    statement->wrong_name = NULL;
    return statement;
}

static int find_parameter(struct statement *statement, const char *name)
{
    int index = sqlite3_bind_parameter_index(statement->handle, name);

    if (!index)
        statement->wrong_name = name;
    return index;
}

/* A statement is mostly bound in the same order and by the same literals, so
 * the pointer that was bound at this turn before is tried first. */
static int parameter(struct statement *statement, const char *name)
{
    int turn = statement->next_parameter;

    if (turn >= STATEMENT_COLUMNS)
        return find_parameter(statement, name);
    statement->next_parameter = turn + 1;
    if (statement->bound[turn] != name) {
        statement->bound_index[turn] = find_parameter(statement, name);
        statement->bound[turn] = statement->bound_index[turn] ? name : NULL;
    }
    return statement->bound_index[turn];
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
static bool row_is_whole(const struct statement *statement)
{
    sqlite3_stmt *handle = statement->handle;

    for (int i = 0; i < statement->long_count; i++) {
        int column = statement->long_columns[i];
        int type = sqlite3_column_type(handle, column);
        if (type == SQLITE_TEXT && !sqlite3_column_text(handle, column))
            return false;
        if (type == SQLITE_BLOB && !sqlite3_column_blob(handle, column) &&
            sqlite3_column_bytes(handle, column))
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
    if (code == SQLITE_ROW && row_is_whole(statement)) {
        statement->rows++;
        return true;
    }
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

/* Makes room, and reads into it. */
static bool add_row(struct statement *statement, struct arena *arena,
                    row_reader *read, size_t size, void *items, size_t *count,
                    struct error *err)
{
    char *first;

    if (!list_grow(arena, items, *count, size, err))
        return false;
    memcpy(&first, items, sizeof first);
    return read(statement, arena, first + (*count)++ * size, err);
}

bool statement_list(struct store *store, struct statement *statement,
                    struct arena *arena, row_reader *read, size_t size,
                    void *items, size_t *count, struct error *err)
{
    static void *const none = NULL;
    bool row = true;

    memcpy(items, &none, sizeof none);
    *count = 0;
    while (statement && row) {
        if (!statement_next(store, statement, &row, err))
            return false;
        if (!row)
            return true;
        if (!add_row(statement, arena, read, size, items, count, err))
            break;
    }
    statement_end(statement);
    return false;
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
    statement->next_parameter = 0;
    statement->open = false;
}

/* -1, remembered as wrong, when there is no such column. */
static int find_column(struct statement *statement, const char *name)
{
    for (int i = 0; i < statement->column_count; i++) {
        if (strcmp(statement->columns[i], name) != 0)
            continue;
        statement->asked[i] = name;
        return i;
    }
    statement->wrong_name = name;
    return -1;
}

/* Columns are mostly read in their order and by the same literals, so the
 * pointer that found the one after the last is tried before the letters. */
static int column(struct statement *statement, const char *name)
{
    int at = statement->next_column;

    if (statement->asked[at] != name)
        at = find_column(statement, name);
    statement->next_column = at + 1 < statement->column_count ? at + 1 : 0;
    return at;
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

const char *column_whole(struct statement *statement, const char *name,
                         size_t *length, struct error *err)
{
    const char *text = column_text(statement, name, length);

    if (!memchr(text, '\0', *length))
        return text;
    error_set(err, ERROR_DATABASE, "a damaged text in the column %s", name);
    return NULL;
}

const char *column_copy(struct statement *statement, const char *name,
                        struct arena *arena, size_t *length, struct error *err)
{
    size_t bytes;
    const char *text = column_whole(statement, name, &bytes, err);

    if (!text)
        return NULL;
    if (length)
        *length = bytes;
    return arena_bytes(arena, text, bytes, err);
}

int column_small(struct statement *statement, const char *name, int highest,
                 bool *ok)
{
    int64_t value = column_int(statement, name);

    if (value >= 0 && value <= highest)
        return (int)value;
    *ok = false;
    return 0;
}
