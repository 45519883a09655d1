/* Records, which are splits and reviews: reading them, and writing them in a
 * run. */
#include "datebook/stored_record.h"

#include "run_internal.h"

#include <limits.h>
#include <string.h>

/* The statements of each noun. */
struct record_statements {
    enum statement_id key_get;
    enum statement_id key_insert;
    enum statement_id list_head;
    enum statement_id list_at;
    enum statement_id changed;
    enum statement_id get_head;
    enum statement_id get_dead;
    enum statement_id insert;
    enum statement_id bury;
    enum statement_id drop;
};

static const struct record_statements *statements_of(enum noun noun)
{
    static const struct record_statements splits = {
        STATEMENT_SPLIT_KEY_GET,   STATEMENT_SPLIT_KEY_INSERT,
        STATEMENT_SPLIT_LIST_HEAD, STATEMENT_SPLIT_LIST_AT,
        STATEMENT_SPLIT_CHANGED,   STATEMENT_SPLIT_GET_HEAD,
        STATEMENT_SPLIT_GET_DEAD,  STATEMENT_SPLIT_INSERT,
        STATEMENT_SPLIT_BURY,      STATEMENT_SPLIT_DELETE};
    static const struct record_statements reviews = {
        STATEMENT_REVIEW_KEY_GET,   STATEMENT_REVIEW_KEY_INSERT,
        STATEMENT_REVIEW_LIST_HEAD, STATEMENT_REVIEW_LIST_AT,
        STATEMENT_REVIEW_CHANGED,   STATEMENT_REVIEW_GET_HEAD,
        STATEMENT_REVIEW_GET_DEAD,  STATEMENT_REVIEW_INSERT,
        STATEMENT_REVIEW_BURY,      STATEMENT_REVIEW_DELETE};

    return noun == NOUN_SPLIT ? &splits : &reviews;
}

/* ---- Reading ---- */

static bool read_record(struct statement *statement, struct arena *arena,
                        void *row, struct error *err)
{
    struct stored_record *record = row;

    record->key = column_int(statement, "key");
    record->since = column_int(statement, "since_version");
    record->name = column_copy(statement, "name", arena, NULL, err);
    record->document = record->name ? column_copy(statement, "document", arena,
                                                  &record->document_length, err)
                                    : NULL;
    if (record->document)
        return true;
    error_context(err, "record %lld", (long long)record->key);
    return false;
}

/* The first name after all that start with a prefix: the prefix with its last
 * byte counted up.  NULL when nothing comes after them. */
static bool end_of_prefix(struct arena *arena, const char *prefix,
                          const char **end, struct error *err)
{
    size_t length = strlen(prefix);
    char *text;

    *end = NULL;
    while (length && (unsigned char)prefix[length - 1] == UCHAR_MAX)
        length--;
    if (!length)
        return true;
    text = arena_bytes(arena, prefix, length, err);
    if (!text)
        return false;
    text[length - 1]++;
    *end = text;
    return true;
}

bool record_list_at(struct store *store, struct arena *arena, enum noun noun,
                    int64_t version, const char *prefix,
                    struct stored_record **records, size_t *count,
                    struct error *err)
{
    const struct record_statements *its = statements_of(noun);
    struct statement *statement;
    const char *high;
    int64_t head;

    if (!end_of_prefix(arena, prefix, &high, err) ||
        !version_head(store, &head, err))
        return false;
    statement =
        store_use(store, version >= head ? its->list_head : its->list_at, err);
    if (statement) {
        if (version < head)
            bind_int(statement, ":version", version);
        bind_text(statement, ":low", prefix);
        if (high)
            bind_text(statement, ":high", high);
    }
    return statement_list(store, statement, arena, read_record,
                          sizeof **records, records, count, err);
}

struct cursor *record_scan(struct store *store, enum noun noun, int64_t version,
                           struct error *err)
{
    const struct record_statements *its = statements_of(noun);
    struct cursor *cursor;
    int64_t head;

    if (!version_head(store, &head, err))
        return NULL;
    cursor = cursor_open_beside(
        store, version >= head ? its->list_head : its->list_at, err);
    if (!cursor)
        return NULL;
    if (version < head)
        bind_int(cursor->statement, ":version", version);
    bind_text(cursor->statement, ":low", "");
    return cursor;
}

bool record_next(struct cursor *cursor, struct stored_record *record,
                 bool *more, struct error *err)
{
    struct statement *statement = cursor->statement;
    size_t length;

    if (!cursor_step(cursor, more, err))
        return false;
    if (!*more)
        return true;
    *record = (struct stored_record){
        .key = column_int(statement, "key"),
        .since = column_int(statement, "since_version"),
        .name = column_whole(statement, "name", &length, err)};
    if (record->name)
        record->document =
            column_whole(statement, "document", &record->document_length, err);
    if (record->document)
        return true;
    error_context(err, "record %lld", (long long)record->key);
    return false;
}

struct cursor *record_change_scan(struct store *store, enum noun noun,
                                  int64_t low, int64_t high, struct error *err)
{
    struct cursor *cursor =
        cursor_open_beside(store, statements_of(noun)->changed, err);

    if (!cursor)
        return NULL;
    bind_int(cursor->statement, ":low", low);
    bind_int(cursor->statement, ":high", high);
    return cursor;
}

bool record_change_next(struct cursor *cursor, const char **name, bool *more,
                        struct error *err)
{
    size_t length;

    if (!cursor_step(cursor, more, err))
        return false;
    if (*more)
        *name = column_whole(cursor->statement, "name", &length, err);
    return !*more || *name;
}

/* Reads the one row of a prepared look-up into the arena, if there is one. */
static bool read_one(struct store *store, struct statement *statement,
                     struct arena *arena, struct stored_record **record,
                     struct error *err)
{
    bool row;
    bool ok;

    *record = NULL;
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    *record = arena_zero(arena, 1, sizeof **record, err);
    ok = *record && read_record(statement, arena, *record, err);
    statement_end(statement);
    return ok;
}

bool record_at_key(struct store *store, struct arena *arena, enum noun noun,
                   int64_t version, int64_t key, struct stored_record **record,
                   struct error *err)
{
    const struct record_statements *its = statements_of(noun);
    struct statement *statement = store_use(store, its->get_head, err);

    if (!statement)
        return false;
    bind_int(statement, ":key", key);
    if (!read_one(store, statement, arena, record, err))
        return false;
    if (*record && (*record)->since <= version)
        return true;
    statement = store_use(store, its->get_dead, err);
    if (!statement)
        return false;
    bind_int(statement, ":key", key);
    bind_int(statement, ":version", version);
    if (!read_one(store, statement, arena, record, err))
        return false;
    if (*record && (*record)->since > version)
        *record = NULL;
    return true;
}

/* The key of a name, alive or not; 0 when it was never used. */
static bool key_of(struct store *store, enum noun noun, const char *name,
                   int64_t *key, struct error *err)
{
    struct statement *statement =
        store_use(store, statements_of(noun)->key_get, err);
    bool row;

    if (!statement)
        return false;
    bind_text(statement, ":name", name);
    if (!statement_next(store, statement, &row, err))
        return false;
    *key = row ? column_int(statement, "key") : 0;
    statement_end(statement);
    return true;
}

bool record_at(struct store *store, struct arena *arena, enum noun noun,
               int64_t version, const char *name, struct stored_record **record,
               struct error *err)
{
    int64_t key;

    *record = NULL;
    if (!key_of(store, noun, name, &key, err))
        return false;
    return !key || record_at_key(store, arena, noun, version, key, record, err);
}

/* ---- Writing ---- */

/* The key of a name, made when it is new. */
static bool make_key(struct run *run, enum noun noun, const char *name,
                     int64_t *key, struct error *err)
{
    struct statement *statement;

    if (!key_of(run->store, noun, name, key, err))
        return false;
    if (*key)
        return true;
    statement = store_use(run->store, statements_of(noun)->key_insert, err);
    if (!statement)
        return false;
    bind_text(statement, ":name", name);
    if (!statement_run_one(run->store, statement, err))
        return false;
    *key = sqlite3_last_insert_rowid(run->store->db);
    return true;
}

/* Takes a record into the content, or out of it. */
static void count_record(struct run *run, enum noun noun,
                         const struct stored_record *record, bool comes)
{
    unsigned char digest[HASH_SIZE];

    content_of_record(noun, record, digest);
    content_count_record(&run->content, noun, comes, digest);
}

static bool open_record(struct run *run, enum noun noun,
                        const struct stored_record *record, struct error *err)
{
    struct statement *statement =
        run_use(run, statements_of(noun)->insert, ":key", record->key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_text(statement, ":document", record->document);
    count_record(run, noun, record, true);
    return statement_run_one(run->store, statement, err);
}

static bool close_record(struct run *run, enum noun noun,
                         const struct stored_record *old, struct error *err)
{
    const struct record_statements *its = statements_of(noun);

    count_record(run, noun, old, false);
    return run_bury(run, its->bury, ":key", old->key, err) &&
           run_drop(run, its->drop, ":key", old->key, err);
}

bool run_put_record(struct run *run, enum noun noun,
                    const struct stored_record *record, struct error *err)
{
    struct stored_record new = {.name = record->name,
                                .document = record->document,
                                .document_length = strlen(record->document)};
    struct stored_record *old;

    arena_reset(&run->scratch);
    if (!record_at(run->store, &run->scratch, noun, run->version, new.name,
                   &old, err))
        return false;
    if (old && !strcmp(old->document, new.document))
        return true;
    return make_key(run, noun, new.name, &new.key, err) &&
           (!old || close_record(run, noun, old, err)) &&
           open_record(run, noun, &new, err) &&
           run_log(run, noun, new.key, old ? ROW_CHANGED : ROW_ADDED, err);
}

bool run_remove_record(struct run *run, enum noun noun, const char *name,
                       struct error *err)
{
    struct stored_record *old;

    arena_reset(&run->scratch);
    if (!record_at(run->store, &run->scratch, noun, run->version, name, &old,
                   err))
        return false;
    if (!old)
        return error_set(err, ERROR_BUG, "there is no %s \"%.100s\"",
                         noun_name(noun), name);
    return close_record(run, noun, old, err) &&
           run_log(run, noun, old->key, ROW_REMOVED, err);
}
