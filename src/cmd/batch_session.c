/* The open job, its batches, and the provider that runs them. */
#include "batch_session.h"

#include "given.h"

#include <string.h>

enum { POLL_MS = 10 * 1000, POLL_AZURE_MS = 60 * 1000, MOST_POLL_MS = 3600000 };

static const char kept[] = "what is known of the batches is kept";
static const char again[] =
    "run the same command again; no file is submitted twice";

/* ---- Opening ---- */

static bool find_job(struct batch_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    struct job job;
    bool found;

    if (!job_unfinished(session->store, &cli->arena, &job, &found, err))
        return false;
    if (found)
        return writing_read_job(session->store, &cli->arena, &job,
                                &session->job, err);
    error_set(err, ERROR_INPUT, "no job is open in %s", cli->database);
    return error_hint(err, "`datebook generate --provider batch --model NAME "
                           "--batch-out requests.jsonl --all` starts one");
}

static bool connect(struct batch_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    const char *provider = cli_value(cli, "provider");
    struct batch_api_options options = batch_api_defaults;

    if (!provider)
        provider = "openai";
    if (strcmp(provider, "openai") != 0 && strcmp(provider, "azure") != 0)
        return cli_usage(cli, err,
                         "--provider knows openai and azure, not \"%.50s\"",
                         provider);
    session->poll_ms = strcmp(provider, "azure") ? POLL_MS : POLL_AZURE_MS;
    if (!cli_int(cli, "poll", 1, MOST_POLL_MS, &session->poll_ms, err))
        return false;
    if (cli_value(cli, "poll"))
        options.poll_ms = session->poll_ms;
    session->connected = cli_endpoint_of(cli, provider, session->job.wish.model,
                                         &session->endpoint, err);
    if (!session->connected)
        return false;
    session->api = batch_api_open(&cli->arena, &session->endpoint, &options,
                                  session->monitor, err);
    return session->api;
}

bool batch_open(struct batch_session *session, bool lock, struct error *err)
{
    struct cli *cli = session->cli;

    session->store = cli_open(cli, cli->database, STORE_WRITE, err);
    if (!session->store || (lock && !journal_lock(session->store, err)))
        return false;
    session->progress = progress_start(cli, err);
    if (!session->progress)
        return false;
    session->monitor = progress_monitor(session->progress);
    progress_keeps(session->progress, kept, again);
    return find_job(session, err) && connect(session, err) &&
           batch_reload(session, err);
}

void batch_close(struct batch_session *session)
{
    batch_api_close(session->api);
    if (session->connected)
        endpoint_close(&session->endpoint);
    progress_end(session->progress);
    store_close(session->store);
}

/* ---- Batches ---- */

bool batch_reload(struct batch_session *session, struct error *err)
{
    return remote_batch_list(session->store, &session->cli->arena,
                             session->job.job.number, &session->batches,
                             &session->count, err);
}

const char *batch_metadata(const struct batch_session *session,
                           const struct remote_batch *batch, struct error *err)
{
    struct arena *arena = &session->cli->arena;
    char hash[HASH_HEX_SIZE];
    size_t earlier = 0;

    for (size_t i = 0; i < session->count; i++)
        earlier +=
            session->batches[i].number != batch->number &&
            (!batch->number || session->batches[i].number < batch->number) &&
            !memcmp(session->batches[i].file, batch->file, HASH_SIZE);
    hash_hex(batch->file, hash);
    return earlier ? arena_format(arena, err, "%s-%zu", hash, earlier + 1)
                   : arena_text(arena, hash, err);
}

bool batch_learn(struct batch_session *session, struct remote_batch *batch,
                 const struct batch_object *object, struct error *err)
{
    batch->batch_id = object->id;
    batch->state = object->state;
    batch->output_id = object->output_id;
    batch->error_id = object->error_id;
    batch->total = object->total;
    batch->completed = object->completed;
    batch->failed = object->failed;
    return batch_record(session, batch, err);
}

bool batch_adopt(struct batch_session *session, struct remote_batch *batch,
                 struct error *err)
{
    const char *mark = batch_metadata(session, batch, err);
    struct batch_object object;
    bool found;

    if (!mark)
        return false;
    if (*batch->batch_id || !*batch->file_id)
        return true;
    return batch_api_find(session->api, &session->cli->arena, mark, &object,
                          &found, err) &&
           (!found || batch_learn(session, batch, &object, err));
}

static bool says_the_same(const struct remote_batch *batch,
                          const struct batch_object *object)
{
    return !strcmp(batch->state, object->state) &&
           !strcmp(batch->output_id, object->output_id) &&
           !strcmp(batch->error_id, object->error_id) &&
           batch->total == object->total &&
           batch->completed == object->completed &&
           batch->failed == object->failed;
}

/* Whether it was collected in the meantime, by another process. */
static bool reread(struct batch_session *session, struct remote_batch *batch,
                   struct error *err)
{
    struct remote_batch *list;
    size_t count;

    if (!remote_batch_list(session->store, &session->cli->arena, batch->job,
                           &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (list[i].number == batch->number)
            batch->collected = list[i].collected;
    return true;
}

static bool record(struct batch_session *session, struct remote_batch *batch,
                   struct error *err)
{
    struct remote_batch named;
    struct buf path = BUF_EMPTY;
    bool ok = !batch->number || reread(session, batch, err);

    put_private(&path, batch->path);
    named = *batch;
    named.path = buf_string(&path);
    ok = ok && buf_ok(&path, err) &&
         (batch->number
              ? remote_batch_set(session->store, &named, err)
              : remote_batch_add(session->store, &named, &batch->number, err));
    buf_free(&path);
    return ok;
}

bool batch_record(struct batch_session *session, struct remote_batch *batch,
                  struct error *err)
{
    bool ok = journal_begin(session->store, err);

    if (!ok)
        return false;
    ok = journal_end(session->store, record(session, batch, err), err);
    session->cli->done = session->cli->done || ok;
    return ok;
}

bool batch_refresh(struct batch_session *session, struct remote_batch *batch,
                   const char **problem, struct error *err)
{
    struct batch_object object;

    *problem = NULL;
    if (!batch_api_get(session->api, &session->cli->arena, batch->batch_id,
                       &object, err))
        return false;
    *problem = object.problem;
    return says_the_same(batch, &object) ||
           batch_learn(session, batch, &object, err);
}

bool batch_has_ended(const struct remote_batch *batch)
{
    return *batch->batch_id && batch_state_is_final(batch->state);
}

void batch_json(struct buf *out, const struct remote_batch *batches,
                const char *const *problems, size_t count)
{
    json_key(out, "batches");
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        const struct remote_batch *batch = &batches[i];
        json_key(out, NULL);
        buf_text(out, "{\"file\":");
        buf_json(out, batch->path);
        buf_text(out, ",\"batch\":");
        buf_json(out, *batch->batch_id ? batch->batch_id : NULL);
        buf_text(out, ",\"state\":");
        buf_json(out, *batch->state ? batch->state : NULL);
        buf_format(out,
                   ",\"total\":%lld,\"completed\":%lld,\"failed\":%lld,"
                   "\"collected\":%s,\"problem\":",
                   (long long)batch->total, (long long)batch->completed,
                   (long long)batch->failed,
                   batch->collected ? "true" : "false");
        buf_json(out, problems ? problems[i] : NULL);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}
