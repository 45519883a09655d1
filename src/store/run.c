/* Runs: one transaction that becomes one version, or nothing. */
#include "run_internal.h"

#include "version.h"

#include <stdlib.h>
#include <string.h>

struct run *run_begin(struct store *store, struct arena *arena,
                      struct error *err)
{
    /* A hash state wants more alignment than malloc gives. */
    struct run *run = aligned_alloc(_Alignof(struct run), sizeof *run);
    int64_t head;

    if (!run) {
        error_memory(err);
        return NULL;
    }
    memset(run, 0, sizeof *run);
    run->store = store;
    run->arena = arena;
    for (int noun = 0; noun < NOUNS; noun++)
        hash_start(&run->hashes[noun]);
    if (store_exec(store, "BEGIN IMMEDIATE", err) &&
        version_head(store, &head, err) &&
        version_get(store, arena, head, &run->parent, err)) {
        run->version = head + 1;
        return run;
    }
    run_abandon(run);
    return NULL;
}

int64_t run_version(const struct run *run)
{
    return run->version;
}

struct noun_counts run_counts(const struct run *run, enum noun noun)
{
    return run->counts[noun];
}

void run_abandon(struct run *run)
{
    struct error ignored;

    if (!run)
        return;
    if (!run->finished && !sqlite3_get_autocommit(run->store->db)) {
        for (int i = 0; i < STATEMENT_COUNT; i++)
            statement_end(&run->store->statements[i]);
        /* A rollback that fails has nothing left to roll back. */
        (void)!store_exec(run->store, "ROLLBACK", &ignored);
    }
    arena_free(&run->scratch);
    free(run);
}

bool run_log(struct run *run, enum noun noun, int64_t key,
             enum operation operation, struct error *err)
{
    struct statement *statement;
    struct noun_counts *counts = &run->counts[noun];

    if (noun != NOUN_PERSONA && key <= run->last_key[noun])
        return error_set(err, ERROR_BUG, "%s %lld was written out of order",
                         noun_name(noun), (long long)key);
    run->last_key[noun] = key;
    counts->added += operation == ROW_ADDED;
    counts->changed += operation == ROW_CHANGED;
    counts->removed += operation == ROW_REMOVED;
    hash_int(&run->hashes[noun], key);
    hash_int(&run->hashes[noun], operation);
    statement = store_use(run->store, STATEMENT_CHANGE_INSERT, err);
    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":noun", noun);
    bind_int(statement, ":key", key);
    bind_int(statement, ":operation", operation);
    return statement_run_one(run->store, statement, err);
}

/* ---- Sealing ---- */

/* Personas in order of key, which is not the order they were put in. */
static bool hash_personas(struct run *run, struct error *err)
{
    struct hash *hash = &run->hashes[NOUN_PERSONA];
    struct cursor *cursor = change_scan(run->store, NOUN_PERSONA,
                                        run->version - 1, run->version, err);
    struct stored_persona *persona;
    int64_t key;
    bool more = true;
    bool ok = cursor != NULL;

    hash_start(hash);
    while (ok && more) {
        ok = change_next(cursor, &key, &more, err);
        if (!ok || !more)
            break;
        arena_reset(&run->scratch);
        ok = persona_at_key(run->store, &run->scratch, run->version, key,
                            &persona, err);
        if (!ok)
            break;
        hash_int(hash, key);
        hash_text(hash, persona ? persona->id : NULL);
        if (persona)
            hash_bytes(hash, persona->document, persona->document_length);
    }
    cursor_close(cursor);
    return ok;
}

static bool anything_changed(const struct run *run)
{
    for (int noun = 0; noun < NOUNS; noun++)
        if (run->counts[noun].added || run->counts[noun].changed ||
            run->counts[noun].removed)
            return true;
    return false;
}

static void chain(const struct run *run, const struct run_header *header,
                  const unsigned char rows[HASH_SIZE],
                  unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_bytes(&hash, run->parent.chain, HASH_SIZE);
    hash_int(&hash, run->version);
    hash_text(&hash, header->command);
    hash_text(&hash, header->options);
    hash_text(&hash, header->summary);
    hash_int(&hash, header->started);
    hash_text(&hash, DATEBOOK_VERSION);
    hash_int(&hash, header->engine);
    for (int noun = 0; noun < NOUNS; noun++) {
        hash_int(&hash, run->counts[noun].total);
        hash_int(&hash, run->counts[noun].added);
        hash_int(&hash, run->counts[noun].changed);
        hash_int(&hash, run->counts[noun].removed);
    }
    hash_bytes(&hash, rows, HASH_SIZE);
    hash_end(&hash, digest);
}

static void bind_counts(const struct run *run, struct statement *statement)
{
    static const char *const names[NOUNS][4] = {
        {":personas", ":personas_added", ":personas_changed",
         ":personas_removed"},
        {":meetings", ":meetings_added", ":meetings_changed",
         ":meetings_removed"},
        {":labels", ":labels_added", ":labels_changed", ":labels_removed"},
    };

    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *counts = &run->counts[noun];
        bind_int(statement, names[noun][0], counts->total);
        bind_int(statement, names[noun][1], counts->added);
        bind_int(statement, names[noun][2], counts->changed);
        bind_int(statement, names[noun][3], counts->removed);
    }
}

static bool insert_version(struct run *run, const struct run_header *header,
                           struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_VERSION_INSERT, err);
    unsigned char parts[NOUNS][HASH_SIZE];
    unsigned char rows[HASH_SIZE];
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    if (!statement)
        return false;
    hash_start(&hash);
    for (int noun = 0; noun < NOUNS; noun++) {
        hash_end(&run->hashes[noun], parts[noun]);
        hash_bytes(&hash, parts[noun], HASH_SIZE);
    }
    hash_end(&hash, rows);
    chain(run, header, rows, digest);
    bind_int(statement, ":version", run->version);
    bind_text(statement, ":command", header->command);
    bind_text(statement, ":options", header->options);
    bind_text(statement, ":summary", header->summary);
    bind_int(statement, ":started", header->started);
    bind_text(statement, ":tool", DATEBOOK_VERSION);
    bind_int(statement, ":engine", header->engine);
    bind_counts(run, statement);
    bind_bytes(statement, ":rows_hash", rows, HASH_SIZE);
    bind_bytes(statement, ":chain_hash", digest, HASH_SIZE);
    return statement_run_one(run->store, statement, err);
}

/* Facts about labels belong to the parent when there is no new version. */
static bool settle_labelling(struct run *run, struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_LABELLING_SETTLE, err);

    if (!statement)
        return false;
    bind_int(statement, ":parent", run->version - 1);
    bind_int(statement, ":version", run->version);
    if (!statement_run(run->store, statement, err))
        return false;
    statement = store_use(run->store, STATEMENT_LABELLING_UNSETTLE, err);
    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    return statement_run(run->store, statement, err);
}

bool run_seal(struct run *run, const struct run_header *header, bool *changed,
              struct error *err)
{
    *changed = anything_changed(run);
    if (!run_save_ordinals(run, err))
        return false;
    if (!*changed)
        return settle_labelling(run, err);
    for (int noun = 0; noun < NOUNS; noun++)
        run->counts[noun].total = run->parent.counts[noun].total +
                                  run->counts[noun].added -
                                  run->counts[noun].removed;
    return hash_personas(run, err) && insert_version(run, header, err);
}

bool run_commit(struct run *run, struct error *err)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (run->store->statements[i].open)
            return error_set(err, ERROR_BUG, "statement %s was left open",
                             run->store->statements[i].name);
    if (!store_exec(run->store, "COMMIT", err))
        return false;
    run->finished = true;
    return true;
}
