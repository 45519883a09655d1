/* Named splits: reading them, and writing them in a run. */
#include "datebook/stored_split.h"

#include "run_internal.h"

#include <string.h>

/* ---- Reading ---- */

static bool read_split(struct statement *statement, struct arena *arena,
                       void *row, struct error *err)
{
    struct stored_split *split = row;

    split->key = column_int(statement, "split");
    split->since = column_int(statement, "since_version");
    split->name = column_copy(statement, "name", arena, NULL, err);
    split->document = split->name ? column_copy(statement, "document", arena,
                                                &split->document_length, err)
                                  : NULL;
    return split->document ||
           error_context(err, "split %lld", (long long)split->key);
}

bool split_list_at(struct store *store, struct arena *arena, int64_t version,
                   struct stored_split **splits, size_t *count,
                   struct error *err)
{
    struct statement *statement;
    int64_t head;

    if (!version_head(store, &head, err))
        return false;
    statement = store_use(store,
                          version >= head ? STATEMENT_SPLIT_LIST_HEAD
                                          : STATEMENT_SPLIT_LIST_AT,
                          err);
    if (statement && version < head)
        bind_int(statement, ":version", version);
    return statement_list(store, statement, arena, read_split, sizeof **splits,
                          splits, count, err);
}

/* Reads the one row of a prepared look-up into the arena, if there is one. */
static bool read_one(struct store *store, struct statement *statement,
                     struct arena *arena, struct stored_split **split,
                     struct error *err)
{
    bool row;
    bool ok;

    *split = NULL;
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    *split = arena_zero(arena, 1, sizeof **split, err);
    ok = *split && read_split(statement, arena, *split, err);
    statement_end(statement);
    return ok;
}

bool split_at_key(struct store *store, struct arena *arena, int64_t version,
                  int64_t key, struct stored_split **split, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_SPLIT_GET_HEAD, err);

    if (!statement)
        return false;
    bind_int(statement, ":split", key);
    if (!read_one(store, statement, arena, split, err))
        return false;
    if (*split && (*split)->since <= version)
        return true;
    statement = store_use(store, STATEMENT_SPLIT_GET_DEAD, err);
    if (!statement)
        return false;
    bind_int(statement, ":split", key);
    bind_int(statement, ":version", version);
    if (!read_one(store, statement, arena, split, err))
        return false;
    if (*split && (*split)->since > version)
        *split = NULL;
    return true;
}

/* The key of a name, alive or not; 0 when it was never used. */
static bool key_of(struct store *store, const char *name, int64_t *key,
                   struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_SPLIT_KEY_GET, err);
    bool row;

    if (!statement)
        return false;
    bind_text(statement, ":name", name);
    if (!statement_next(store, statement, &row, err))
        return false;
    *key = row ? column_int(statement, "split") : 0;
    statement_end(statement);
    return true;
}

bool split_at(struct store *store, struct arena *arena, int64_t version,
              const char *name, struct stored_split **split, struct error *err)
{
    int64_t key;

    *split = NULL;
    if (!key_of(store, name, &key, err))
        return false;
    return !key || split_at_key(store, arena, version, key, split, err);
}

/* ---- Writing ---- */

/* The key of a name, made when it is new. */
static bool make_key(struct run *run, const char *name, int64_t *key,
                     struct error *err)
{
    struct statement *statement;

    if (!key_of(run->store, name, key, err))
        return false;
    if (*key)
        return true;
    statement = store_use(run->store, STATEMENT_SPLIT_KEY_INSERT, err);
    if (!statement)
        return false;
    bind_text(statement, ":name", name);
    if (!statement_run_one(run->store, statement, err))
        return false;
    *key = sqlite3_last_insert_rowid(run->store->db);
    return true;
}

/* Takes a split into the content, or out of it. */
static void count_split(struct run *run, const struct stored_split *split,
                        bool comes)
{
    unsigned char digest[HASH_SIZE];

    content_of_split(split, digest);
    content_count_split(&run->content, comes, digest);
}

static bool open_split(struct run *run, const struct stored_split *split,
                       struct error *err)
{
    struct statement *statement =
        run_use(run, STATEMENT_SPLIT_INSERT, ":split", split->key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_text(statement, ":document", split->document);
    count_split(run, split, true);
    return statement_run_one(run->store, statement, err);
}

static bool close_split(struct run *run, const struct stored_split *old,
                        struct error *err)
{
    count_split(run, old, false);
    return run_bury(run, STATEMENT_SPLIT_BURY, ":split", old->key, err) &&
           run_drop(run, STATEMENT_SPLIT_DELETE, ":split", old->key, err);
}

bool run_put_split(struct run *run, const struct stored_split *split,
                   struct error *err)
{
    struct stored_split new = {.name = split->name,
                               .document = split->document,
                               .document_length = strlen(split->document)};
    struct stored_split *old;

    arena_reset(&run->scratch);
    if (!split_at(run->store, &run->scratch, run->version, new.name, &old, err))
        return false;
    if (old && !strcmp(old->document, new.document))
        return true;
    return make_key(run, new.name, &new.key, err) &&
           (!old || close_split(run, old, err)) && open_split(run, &new, err) &&
           run_log(run, NOUN_SPLIT, new.key, old ? ROW_CHANGED : ROW_ADDED,
                   err);
}

bool run_remove_split(struct run *run, const char *name, struct error *err)
{
    struct stored_split *old;

    arena_reset(&run->scratch);
    if (!split_at(run->store, &run->scratch, run->version, name, &old, err))
        return false;
    if (!old)
        return error_set(err, ERROR_BUG, "there is no split \"%.100s\"", name);
    return close_split(run, old, err) &&
           run_log(run, NOUN_SPLIT, old->key, ROW_REMOVED, err);
}
