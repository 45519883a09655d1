/* Looking for damage: SQLite's own check, the schema, the chain of headers and
 * the sums over bookkeeping tables.  verify_rows.c looks at the rows. */
#include "verify.h"

#include "migrations.h"
#include "seal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- Findings ---- */

bool verify_found(struct verify *work, struct error *err, const char *format,
                  ...)
{
    char sentence[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    work->result->findings++;
    return work->visit(work->context, sentence, err);
}

/* Errors that say nothing about what is in the file. */
static bool is_circumstance(int code)
{
    switch (code & 0xff) {
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
        return true;
    case SQLITE_IOERR:
        return code != SQLITE_IOERR_SHORT_READ;
    default:
        return false;
    }
}

bool verify_damage(struct verify *work, bool ok, struct error *err)
{
    struct error damage;

    if (ok)
        return true;
    if ((err->code != ERROR_DATABASE && err->code != ERROR_INPUT) ||
        is_circumstance(sqlite3_extended_errcode(work->store->db)))
        return false;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        statement_end(&work->store->statements[i]);
    damage = *err;
    *err = (struct error){0};
    return verify_found(work, err, "%s", damage.message);
}

/* ---- SQLite's own check ---- */

static bool step_check(struct verify *work, sqlite3_stmt *statement,
                       struct error *err)
{
    int code;

    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(statement, 0);
        if (line && strcmp(line, "ok") != 0 &&
            !verify_found(work, err, "SQLite: %.300s", line))
            return false;
    }
    return code == SQLITE_DONE ||
           store_error(work->store, "the file could not be checked", err);
}

static bool check_sqlite(struct verify *work, enum verify_depth depth,
                         struct error *err)
{
    const char *pragma = depth == VERIFY_DEEP ? "PRAGMA main.integrity_check"
                                              : "PRAGMA main.quick_check";
    sqlite3_stmt *statement = NULL;
    bool ok =
        sqlite3_prepare_v2(work->store->db, pragma, -1, &statement, NULL) ==
                SQLITE_OK
            ? step_check(work, statement, err)
            : store_error(work->store, "the file could not be checked", err);

    sqlite3_finalize(statement);
    return ok;
}

static const char *text_at(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return text ? text : "";
}

/* A row of foreign_key_check is a row that refers to none. */
static bool check_references(struct verify *work, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = SQLITE_ROW;
    bool ok = true;

    if (sqlite3_prepare_v2(work->store->db, "PRAGMA main.foreign_key_check", -1,
                           &statement, NULL) != SQLITE_OK)
        return store_error(work->store, "the file could not be checked", err);
    while (ok && (code = sqlite3_step(statement)) == SQLITE_ROW)
        ok = verify_found(work, err,
                          "a row of the table %s refers to a row of %s that "
                          "does not exist",
                          text_at(statement, 0), text_at(statement, 2));
    if (ok && code != SQLITE_DONE)
        ok = store_error(work->store, "the file could not be checked", err);
    sqlite3_finalize(statement);
    return ok;
}

/* ---- The schema ---- */

/* Whether SQLite has no memory to give a text; text_at then says "". */
static bool lacks_text(sqlite3_stmt *statement, int code)
{
    if (code == SQLITE_NOMEM)
        return true;
    for (int i = 0; code == SQLITE_ROW && i < sqlite3_column_count(statement);
         i++)
        if (sqlite3_column_type(statement, i) == SQLITE_TEXT &&
            !sqlite3_column_text(statement, i))
            return true;
    return false;
}

/* Which of two rows comes first, by type and name; a list that ended is last.
 */
static int compare_rows(sqlite3_stmt *one, int one_code, sqlite3_stmt *other,
                        int other_code)
{
    int order = 0;

    if (one_code != SQLITE_ROW || other_code != SQLITE_ROW)
        return (one_code != SQLITE_ROW) - (other_code != SQLITE_ROW);
    for (int i = 0; i < 2 && !order; i++)
        order = strcmp(text_at(one, i), text_at(other, i));
    return order;
}

/* A text that became a blob of the same bytes reads the same to SQLite, which
 * is no reason to call it the same.  To be asked before any value is read as
 * text: that makes a text of it. */
static bool same_types(sqlite3_stmt *one, sqlite3_stmt *other)
{
    for (int i = 0; i < sqlite3_column_count(one); i++)
        if (sqlite3_column_type(one, i) != sqlite3_column_type(other, i))
            return false;
    return true;
}

static bool same_texts(sqlite3_stmt *one, sqlite3_stmt *other)
{
    for (int i = 0; i < sqlite3_column_count(one); i++)
        if (strcmp(text_at(one, i), text_at(other, i)) != 0)
            return false;
    return true;
}

/* The first row of two lists of schema rows that differs. */
static bool compare_schemas(struct verify *work, sqlite3_stmt *ours,
                            sqlite3_stmt *fresh, struct error *err)
{
    for (;;) {
        int code = sqlite3_step(ours);
        int wanted = sqlite3_step(fresh);
        bool types = same_types(ours, fresh);
        bool starved = lacks_text(ours, code) || lacks_text(fresh, wanted);
        int order = compare_rows(ours, code, fresh, wanted);
        sqlite3_stmt *odd = order > 0 ? fresh : ours;
        if (starved)
            return error_memory(err);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return store_error(work->store, "the schema could not be read",
                               err);
        if (code == SQLITE_DONE && wanted == SQLITE_DONE)
            return true;
        if (order || !types || !same_texts(ours, fresh))
            return verify_found(work, err,
                                "the schema is not datebook's: see the %s %s",
                                text_at(odd, 0), text_at(odd, 1));
    }
}

/* What the migrations make of an empty database; made once for a store. */
static bool make_fresh(struct store *store)
{
    if (store->fresh)
        return true;
    if (sqlite3_open(":memory:", &store->fresh) != SQLITE_OK)
        return false;
    for (size_t i = 0; i < migration_count; i++)
        if (sqlite3_exec(store->fresh, migrations[i].sql, NULL, NULL, NULL) !=
            SQLITE_OK)
            return false;
    return true;
}

static bool fresh_error(struct store *store, struct error *err)
{
    if (!store->fresh || sqlite3_errcode(store->fresh) == SQLITE_NOMEM)
        error_memory(err);
    else
        error_set(err, ERROR_BUG, "a schema to compare with: %s",
                  sqlite3_errmsg(store->fresh));
    sqlite3_close(store->fresh);
    store->fresh = NULL;
    return false;
}

static bool check_schema(struct verify *work, struct error *err)
{
    const char *sql = statement_sources[STATEMENT_VERIFY_SCHEMA].sql;
    sqlite3_stmt *ours = NULL;
    sqlite3_stmt *fresh = NULL;
    bool ok = false;

    if (!make_fresh(work->store) ||
        sqlite3_prepare_v2(work->store->fresh, sql, -1, &fresh, NULL) !=
            SQLITE_OK)
        return fresh_error(work->store, err);
    if (sqlite3_prepare_v2(work->store->db, sql, -1, &ours, NULL) != SQLITE_OK)
        store_error(work->store, "the schema could not be read", err);
    else
        ok = compare_schemas(work, ours, fresh, err);
    sqlite3_finalize(ours);
    sqlite3_finalize(fresh);
    return ok;
}

/* ---- The chain ---- */

static bool check_link(struct verify *work, const struct version *parent,
                       const struct version *version, struct error *err)
{
    unsigned char digest[HASH_SIZE];
    bool counts = true;

    version_chain(parent->chain, version, digest);
    if (memcmp(digest, version->chain, HASH_SIZE) != 0 &&
        !verify_found(work, err,
                      "version %lld: its header and its chain hash do not go "
                      "together",
                      (long long)version->number))
        return false;
    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *now = &version->counts[noun];
        counts = counts && now->total == parent->counts[noun].total +
                                             now->added - now->removed;
    }
    return counts ||
           verify_found(work, err, "version %lld: its counts do not add up",
                        (long long)version->number);
}

static bool check_chain(struct verify *work, struct error *err)
{
    struct arena arenas[2] = {{0}, {0}};
    struct version versions[2];
    int64_t head;
    bool ok = version_head(work->store, &head, err) &&
              version_get(work->store, &arenas[0], 0, &versions[0], err);

    for (int64_t number = 1; ok && number <= head; number++) {
        struct version *version = &versions[number % 2];
        arena_reset(&arenas[number % 2]);
        ok =
            version_get(work->store, &arenas[number % 2], number, version, err);
        ok = ok &&
             check_link(work, &versions[(number + 1) % 2], version, err) &&
             monitor_tick(work->monitor, "versions checked", number, head, err);
        work->result->versions += ok;
    }
    if (ok && head && versions[head % 2].pruned)
        ok = verify_found(work, err, "the newest version is marked as pruned");
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
    return ok;
}

/* ---- The sums ---- */

static bool check_seals(struct verify *work, struct error *err)
{
    struct seal_sum there[SEALS];
    struct seal_sum written[SEALS];

    if (!seal_compute(work->store, SEALS, there, err) ||
        !seal_load(work->store, written, err))
        return false;
    for (int i = 0; i < SEALS; i++)
        if (memcmp(&there[i], &written[i], sizeof there[i]) != 0 &&
            !verify_found(work, err,
                          "the table %s does not hold what datebook wrote "
                          "into it",
                          seal_table(i)))
            return false;
    return true;
}

bool store_verify(struct store *store, enum verify_depth depth,
                  const struct monitor *monitor, verify_visitor *visit,
                  void *context, struct verify_result *result,
                  struct error *err)
{
    struct verify work = {store, monitor, visit, context, result};

    *result = (struct verify_result){0};
    return verify_damage(&work, check_sqlite(&work, depth, err), err) &&
           verify_damage(&work, check_schema(&work, err), err) &&
           verify_damage(&work, check_references(&work, err), err) &&
           verify_damage(&work, check_chain(&work, err), err) &&
           verify_damage(&work, check_seals(&work, err), err) &&
           (depth == VERIFY_QUICK || verify_rows(&work, err));
}
