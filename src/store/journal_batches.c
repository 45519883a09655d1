/* Files of requests that a provider works on. */
#include "journal_internal.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static void bind_batch(struct statement *statement,
                       const struct remote_batch *batch)
{
    bind_bytes(statement, ":file", batch->file, HASH_SIZE);
    bind_text(statement, ":path", or_empty(batch->path));
    bind_text(statement, ":file_id", or_empty(batch->file_id));
    bind_text(statement, ":batch_id", or_empty(batch->batch_id));
    bind_text(statement, ":state", or_empty(batch->state));
    bind_text(statement, ":output_id", or_empty(batch->output_id));
    bind_text(statement, ":error_id", or_empty(batch->error_id));
    bind_int(statement, ":total", batch->total);
    bind_int(statement, ":completed", batch->completed);
    bind_int(statement, ":failed", batch->failed);
    bind_int(statement, ":collected", batch->collected);
}

bool remote_batch_add(struct store *store, const struct remote_batch *batch,
                      int64_t *number, struct error *err)
{
    struct statement *statement = journal_use(
        store, STATEMENT_REMOTE_BATCH_INSERT, ":job", batch->job, err);

    if (!statement)
        return false;
    bind_batch(statement, batch);
    if (!statement_run_one(store, statement, err))
        return false;
    *number = sqlite3_last_insert_rowid(store->db);
    return true;
}

bool remote_batch_set(struct store *store, const struct remote_batch *batch,
                      struct error *err)
{
    struct statement *statement = journal_use(store, STATEMENT_REMOTE_BATCH_SET,
                                              ":batch", batch->number, err);

    if (!statement)
        return false;
    bind_int(statement, ":job", batch->job);
    bind_batch(statement, batch);
    return statement_run_one(store, statement, err);
}

static bool read_batch(struct statement *statement, struct arena *arena,
                       void *row, struct error *err)
{
    struct remote_batch *batch = row;
    bool ok = true;

    batch->number = column_int(statement, "batch");
    batch->job = column_int(statement, "job");
    journal_hash(statement, "file", batch->file, &ok);
    batch->total = column_int(statement, "total");
    batch->completed = column_int(statement, "completed");
    batch->failed = column_int(statement, "failed");
    batch->collected = column_small(statement, "collected", 1, &ok);
    return (ok || journal_damage("batch", batch->number, err)) &&
           journal_text(statement, "path", arena, &batch->path, err) &&
           journal_text(statement, "file_id", arena, &batch->file_id, err) &&
           journal_text(statement, "batch_id", arena, &batch->batch_id, err) &&
           journal_text(statement, "state", arena, &batch->state, err) &&
           journal_text(statement, "output_id", arena, &batch->output_id,
                        err) &&
           journal_text(statement, "error_id", arena, &batch->error_id, err);
}

bool remote_batch_list(struct store *store, struct arena *arena, int64_t job,
                       struct remote_batch **batches, size_t *count,
                       struct error *err)
{
    struct statement *statement = store_use(
        store,
        job ? STATEMENT_REMOTE_BATCH_LIST_JOB : STATEMENT_REMOTE_BATCH_LIST_ALL,
        err);

    if (statement && job)
        bind_int(statement, ":job", job);
    return statement_list(store, statement, arena, read_batch, sizeof **batches,
                          batches, count, err);
}
