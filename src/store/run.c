/* Runs: one transaction that becomes one version, or nothing. */
#include "run_internal.h"

#include "version.h"

#include <stdlib.h>
#include <string.h>

struct run *run_begin(struct store *store, struct arena *arena,
                      struct error *err)
{
    struct run *run = malloc(sizeof *run);
    int64_t head;

    if (!run) {
        error_memory(err);
        return NULL;
    }
    memset(run, 0, sizeof *run);
    run->store = store;
    run->arena = arena;
    if (store_begin(store, err) && version_head(store, &head, err) &&
        version_get(store, arena, head, &run->parent, err) &&
        content_load(store, &run->content, err)) {
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
    if (!run)
        return;
    if (!run->finished)
        store_rollback(run->store);
    arena_free(&run->scratch);
    arena_free(&run->persona_memory);
    arena_free(&run->numbered.memory);
    free(run);
}

/* ---- The log ----
 *
 * Keys of added rows mostly follow each other, and nothing but a diff of the
 * version that is being made asks for them: they are kept as ranges, and
 * written noun by noun when the run is sealed, each row behind the one before.
 * One by one, meetings would go between the meetings and the labels that are
 * there. */

static bool write_range(struct run *run, enum noun noun,
                        const struct key_range *range, struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_CHANGE_INSERT_ADDED, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":noun", noun);
    bind_int(statement, ":first", range->first);
    bind_int(statement, ":last", range->last);
    return statement_run(run->store, statement, err);
}

static bool write_added(struct run *run, struct error *err)
{
    for (int noun = 0; noun < NOUNS; noun++) {
        for (size_t i = 0; i < run->added_count[noun]; i++)
            if (!write_range(run, (enum noun)noun, &run->added[noun][i], err))
                return false;
        run->added_count[noun] = 0;
    }
    return true;
}

static bool log_added(struct run *run, enum noun noun, int64_t key,
                      struct error *err)
{
    size_t count = run->added_count[noun];

    if (count && run->added[noun][count - 1].last == key - 1) {
        run->added[noun][count - 1].last = key;
        return true;
    }
    if (count == ADDED_RANGES && !write_added(run, err))
        return false;
    run->added[noun][run->added_count[noun]++] = (struct key_range){key, key};
    return true;
}

bool run_log(struct run *run, enum noun noun, int64_t key,
             enum operation operation, struct error *err)
{
    struct statement *statement;
    struct noun_counts *counts = &run->counts[noun];

    counts->added += operation == ROW_ADDED;
    counts->changed += operation == ROW_CHANGED;
    counts->removed += operation == ROW_REMOVED;
    if (operation == ROW_ADDED)
        return log_added(run, noun, key, err);
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

static bool anything_changed(const struct run *run)
{
    for (int noun = 0; noun < NOUNS; noun++)
        if (run->counts[noun].added || run->counts[noun].changed ||
            run->counts[noun].removed)
            return true;
    return false;
}

static void bind_counts(const struct run *run, struct statement *statement)
{
    static const char *const names[NOUNS][4] = {
        {":personas", ":personas_added", ":personas_changed",
         ":personas_removed"},
        {":meetings", ":meetings_added", ":meetings_changed",
         ":meetings_removed"},
        {":labels", ":labels_added", ":labels_changed", ":labels_removed"},
        {":splits", ":splits_added", ":splits_changed", ":splits_removed"},
        {":reviews", ":reviews_added", ":reviews_changed", ":reviews_removed"},
    };

    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *counts = &run->counts[noun];
        bind_int(statement, names[noun][0], counts->total);
        bind_int(statement, names[noun][1], counts->added);
        bind_int(statement, names[noun][2], counts->changed);
        bind_int(statement, names[noun][3], counts->removed);
    }
}

static bool insert_version(struct run *run, const struct version *version,
                           struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_VERSION_INSERT, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", version->number);
    bind_text(statement, ":command", version->command);
    bind_text(statement, ":options", version->options);
    bind_text(statement, ":summary", version->summary);
    bind_int(statement, ":started", version->started);
    bind_text(statement, ":tool", version->tool);
    bind_int(statement, ":engine", version->engine);
    bind_counts(run, statement);
    bind_bytes(statement, ":content_hash", version->content, HASH_SIZE);
    bind_bytes(statement, ":chain_hash", version->chain, HASH_SIZE);
    return statement_run_one(run->store, statement, err);
}

static bool make_version(struct run *run, const struct run_header *header,
                         struct error *err)
{
    struct version version = {.number = run->version,
                              .command = header->command,
                              .options = header->options,
                              .summary = header->summary,
                              .started = header->started,
                              .tool = DATEBOOK_VERSION,
                              .engine = header->engine};

    memcpy(version.counts, run->counts, sizeof version.counts);
    content_hash(run->content.total, version.content);
    version_chain(run->parent.chain, &version, version.chain);
    return insert_version(run, &version, err);
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

/* Nor did a job become a version that there is not. */
static bool settle_jobs(struct run *run, struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_JOB_UNSETTLE, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    return statement_run(run->store, statement, err);
}

bool run_seal(struct run *run, const struct run_header *header, bool *changed,
              struct error *err)
{
    *changed = anything_changed(run);
    if (!write_added(run, err) || !run_save_ordinals(run, err) ||
        !run_trim_labels(run, err) ||
        !content_save(run->store, &run->content, err))
        return false;
    if (!*changed)
        return settle_labelling(run, err) && settle_jobs(run, err);
    for (int noun = 0; noun < NOUNS; noun++)
        run->counts[noun].total = run->parent.counts[noun].total +
                                  run->counts[noun].added -
                                  run->counts[noun].removed;
    return make_version(run, header, err);
}

bool run_commit(struct run *run, struct error *err)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (run->store->statements[i].open)
            return error_set(err, ERROR_BUG, "statement %s was left open",
                             run->store->statements[i].name);
    if (!store_commit(run->store, err))
        return false;
    run->finished = true;
    return true;
}
