/* What tests of pruning share: all that a file holds, and all that can be read
 * of a version, each in one hash; checks of the tables; a small history. */
#ifndef DATEBOOK_TESTS_STORE_PRUNE_FIXTURE_H
#define DATEBOOK_TESTS_STORE_PRUNE_FIXTURE_H

#include "fixture.h"

#include "datebook/prune.h"
#include "datebook/stored_record.h"

#include <sqlite3.h>

/* ---- Everything that can be read of a version, in one hash ---- */

struct print {
    unsigned char digest[HASH_SIZE];
};

static inline void print_personas(struct hash *hash, int64_t version)
{
    struct stored_persona *personas;
    size_t count;

    MUST(persona_list_at(fix.store, &fix.arena, version, &personas, &count,
                         &fix.err));
    for (size_t i = 0; i < count; i++) {
        hash_int(hash, personas[i].key);
        hash_int(hash, personas[i].since);
        hash_text(hash, personas[i].id);
        hash_text(hash, personas[i].document);
        hash_bytes(hash, personas[i].rules_hash, HASH_SIZE);
    }
}

static inline void print_records(struct hash *hash, enum noun noun,
                                 int64_t version)
{
    struct stored_record *records;
    size_t count;

    MUST(record_list_at(fix.store, &fix.arena, noun, version, "", &records,
                        &count, &fix.err));
    for (size_t i = 0; i < count; i++) {
        hash_int(hash, records[i].key);
        hash_int(hash, records[i].since);
        hash_text(hash, records[i].name);
        hash_text(hash, records[i].document);
    }
}

static inline void print_meetings(struct hash *hash, const struct scan *scan)
{
    struct cursor *cursor = meeting_scan(fix.store, scan, &fix.err);
    struct stored_meeting meeting;
    bool more = true;

    MUST(cursor != NULL);
    while (more) {
        MUST(meeting_next(cursor, &meeting, &more, &fix.err));
        if (!more)
            break;
        hash_int(hash, meeting.key);
        hash_int(hash, meeting.since);
        hash_text(hash, meeting.id);
        hash_text(hash, meeting.document);
    }
    cursor_close(cursor);
}

static inline void print_labels(struct hash *hash, const struct scan *scan)
{
    struct cursor *cursor = label_scan(fix.store, scan, &fix.err);
    struct stored_label label;
    bool more = true;

    MUST(cursor != NULL);
    while (more) {
        MUST(label_next(cursor, &label, &more, &fix.err));
        if (!more)
            break;
        hash_int(hash, label.meeting);
        hash_int(hash, label.since);
        hash_int(hash, label.importance);
        hash_int(hash, label.rsvp);
        hash_int(hash, label.prep_minutes);
        hash_bytes(hash, label.rules, label.rules_length);
    }
    cursor_close(cursor);
}

static inline void print_facts(struct hash *hash, const struct scan *scan)
{
    struct cursor *cursor = fact_scan(fix.store, scan, &fix.err);
    struct stored_fact fact;
    bool more = true;

    MUST(cursor != NULL);
    while (more) {
        MUST(fact_next(cursor, &fact, &more, &fix.err));
        if (!more)
            break;
        hash_int(hash, fact.key);
        hash_text(hash, fact.facts.subject);
        hash_int(hash, fact.facts.start);
    }
    cursor_close(cursor);
}

static inline struct print print_version(int64_t version)
{
    struct scan scan = {.version = version};
    struct version header;
    struct print print;
    struct hash hash;

    MUST(version_get(fix.store, &fix.arena, version, &header, &fix.err));
    hash_start(&hash);
    hash_bytes(&hash, header.chain, HASH_SIZE);
    hash_bytes(&hash, header.content, HASH_SIZE);
    for (int noun = 0; noun < NOUNS; noun++) {
        hash_int(&hash, header.counts[noun].total);
        hash_int(&hash, header.counts[noun].added);
        hash_int(&hash, header.counts[noun].changed);
        hash_int(&hash, header.counts[noun].removed);
    }
    print_personas(&hash, version);
    print_records(&hash, NOUN_SPLIT, version);
    print_records(&hash, NOUN_REVIEW, version);
    print_meetings(&hash, &scan);
    print_labels(&hash, &scan);
    print_facts(&hash, &scan);
    hash_end(&hash, print.digest);
    return print;
}

/* ---- What the tables hold, as SQL that counts what they must not ---- */

#define NEEDLESS(table)                                                        \
    "SELECT count(*) FROM " table "_history WHERE NOT EXISTS (SELECT 1 FROM "  \
    "version WHERE NOT pruned AND version >= since_version"                    \
    " AND version < until_version);"

/* Entries of the change log as the rows that are there want them. */
#define LOGGED(table, key, noun)                                               \
    "SELECT since_version AS version, " noun " AS noun, " key                  \
    " AS key, 1 AS side FROM " table " UNION ALL SELECT since_version, " noun  \
    ", " key ", 1 FROM " table "_history UNION ALL SELECT until_version, "     \
    "" noun ", " key ", 2 FROM " table "_history"

#define LOGGED_ALL                                                             \
    LOGGED("persona", "persona", "0")                                          \
    " UNION ALL " LOGGED("meeting", "meeting", "1") " UNION ALL " LOGGED(      \
        "label", "meeting",                                                    \
        "2") " UNION ALL " LOGGED("split", "split",                            \
                                  "3") " UNION ALL " LOGGED("review",          \
                                                            "review", "4")

#define WANTED                                                                 \
    "(SELECT version, noun, key, CASE sum(side) WHEN 1 THEN 0 WHEN 2 THEN 2 "  \
    "ELSE 1 END AS operation FROM (" LOGGED_ALL                                \
    ") GROUP BY version, noun, key)"

static inline sqlite3 *open_plain(const char *name)
{
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(path_of(name), &db), SQLITE_OK);
    return db;
}

static inline int64_t one_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t value;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

    ck_assert_msg(code == SQLITE_OK, "%s: %s", sqlite3_errmsg(db), sql);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static inline int64_t number_in(const char *name, const char *sql)
{
    sqlite3 *db = open_plain(name);
    int64_t value = one_number(db, sql);

    sqlite3_close(db);
    return value;
}

static inline void run_sql(const char *name, const char *sql)
{
    sqlite3 *db = open_plain(name);

    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(db));
    sqlite3_close(db);
}

static inline void check_tables(const char *name)
{
    static const char *const checks[] = {
        NEEDLESS("persona"),
        NEEDLESS("meeting"),
        NEEDLESS("meeting_fact"),
        NEEDLESS("label"),
        NEEDLESS("split"),
        NEEDLESS("review"),
        "SELECT count(*) FROM (SELECT * FROM change EXCEPT SELECT * "
        "FROM " WANTED ")",
        "SELECT count(*) FROM (SELECT * FROM " WANTED
        " EXCEPT SELECT * FROM change)",
        "SELECT count(*) FROM (SELECT until_version, meeting, since_version "
        "FROM "
        "meeting_history EXCEPT SELECT until_version, meeting, since_version "
        "FROM "
        "meeting_fact_history)",
        "SELECT count(*) FROM meeting_fact_history LEFT JOIN meeting_history h "
        "USING (until_version, meeting) WHERE h.meeting IS NULL",
        "SELECT count(*) FROM pragma_foreign_key_check",
        "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> "
        "'ok'",
    };
    sqlite3 *db = open_plain(name);

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        ck_assert_msg(one_number(db, checks[i]) == 0, "%s", checks[i]);
    sqlite3_close(db);
}

static inline void hash_table(struct hash *hash, sqlite3 *db, const char *table)
{
    sqlite3_stmt *statement = NULL;
    const char *sql = arena_format(&fix.arena, &fix.err,
                                   "SELECT * FROM %s ORDER BY 1, 2", table);

    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL),
                     SQLITE_OK);
    hash_text(hash, table);
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const void *bytes = sqlite3_column_blob(statement, i);
            hash_bytes(hash, bytes ? bytes : "",
                       (size_t)sqlite3_column_bytes(statement, i));
        }
    sqlite3_finalize(statement);
}

/* All rows of all tables. */
static inline struct print print_file(const char *name)
{
    sqlite3 *db = open_plain(name);
    sqlite3_stmt *statement = NULL;
    struct print print;
    struct hash hash;

    hash_start(&hash);
    ck_assert_int_eq(
        sqlite3_prepare_v2(db,
                           "SELECT name FROM sqlite_schema WHERE type = "
                           "'table' ORDER BY name",
                           -1, &statement, NULL),
        SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW)
        hash_table(&hash, db, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    hash_end(&hash, print.digest);
    return print;
}

static inline void same_print(const struct print *one,
                              const struct print *other)
{
    ck_assert_mem_eq(one->digest, other->digest, HASH_SIZE);
}

/* ---- Pruning ---- */

static inline struct prune_request last(int64_t count)
{
    return (struct prune_request){.keep_last = count, .keep_since = INT64_MAX};
}

static inline void drop(const struct prune_request *request,
                        struct prune_plan *plan, struct prune_rows *rows)
{
    MUST(
        prune_drop(fix.store, &fix.arena, request, NULL, plan, rows, &fix.err));
}

static inline bool finding(void *context, const char *text, struct error *err)
{
    (void)context;
    (void)err;
    ck_abort_msg("verify: %s", text);
    return false;
}

static inline void verify(void)
{
    struct verify_result result;

    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, finding, NULL, &result,
                      &fix.err));
    ck_assert_int_eq(result.findings, 0);
}

/* ---- A small history ---- */

/* Six versions; the label of each of so many meetings changes in all but the
 * first. */
static inline int64_t history(int meetings)
{
    int64_t first = 0;
    int64_t persona;

    begin();
    persona = put("p", "{}");
    for (int i = 0; i < meetings; i++) {
        int64_t key =
            add_labelled(persona, arena_format(&fix.arena, &fix.err, "m%d", i));
        first = first ? first : key;
    }
    commit();
    for (int version = 2; version <= 6; version++) {
        begin();
        for (int i = 0; i < meetings; i++)
            put_label(first + i, 5 * version);
        commit();
    }
    return first;
}

/* ---- Interrupts ---- */

struct stopper {
    int ticks;
    int limit; /* the tick that stops */
};

static inline bool stop_at(void *context, const char *what, int64_t done,
                           int64_t total, struct error *err)
{
    struct stopper *stopper = context;

    (void)what;
    (void)done;
    (void)total;
    if (stopper->ticks++ < stopper->limit)
        return true;
    return error_set(err, ERROR_INTERRUPTED, "stopped");
}

#endif
