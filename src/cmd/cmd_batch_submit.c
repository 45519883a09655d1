/* datebook batch submit
 *
 * A file's way, each step in the journal before the next: noted, uploaded,
 * created.  Whatever dies in between, the next command goes on: a file that was
 * uploaded is not uploaded again, and a batch that was created without anybody
 * writing it down is found by the file's hash in its metadata. */
#include "batch_session.h"

#include "datebook/line_reader.h"

#include <string.h>

enum { LINE_LIMIT = 32 << 20 };

struct submission {
    const char *path;
    unsigned char hash[HASH_SIZE];
    struct remote_batch batch;
    bool earlier; /* it had its batch before */
};

/* ---- What there is ---- */

static bool hash_file(struct batch_session *session, const char *path,
                      unsigned char hash[HASH_SIZE], struct error *err)
{
    struct line_reader *reader =
        line_reader_open(&session->cli->arena, path, LINE_LIMIT, err);
    struct file_totals totals;
    const char *line;
    size_t length;
    bool ended;
    bool more = true;
    bool ok = reader;

    while (ok && more)
        ok = line_reader_next(reader, &line, &length, &more, err);
    if (ok) {
        line_reader_totals(reader, &totals, &ended);
        (void)sodium_hex2bin(hash, HASH_SIZE, totals.hash, HASH_HEX_SIZE - 1,
                             NULL, NULL, NULL);
    }
    line_reader_close(reader);
    return ok;
}

/* The batch of the same content that still counts: not one that failed before
 * anything of it was run, nor one whose results were collected.  What is in the
 * file then was asked again. */
static const struct remote_batch *
find_batch(const struct batch_session *session,
           const unsigned char hash[HASH_SIZE])
{
    for (size_t i = session->count; i-- > 0;) {
        const struct remote_batch *batch = &session->batches[i];
        if (!memcmp(batch->file, hash, HASH_SIZE) && !batch->collected &&
            strcmp(batch->state, "failed") != 0)
            return batch;
    }
    return NULL;
}

static bool refuse_twins(const struct submission *list, size_t count,
                         struct error *err)
{
    const struct submission *last = &list[count - 1];

    for (size_t i = 0; i + 1 < count; i++)
        if (!memcmp(list[i].hash, last->hash, HASH_SIZE))
            return error_set(err, ERROR_INPUT, "%s and %s are the same",
                             list[i].path, last->path);
    return true;
}

/* Looks at all files before anything is sent. */
static bool look_at(struct batch_session *session, struct submission *list,
                    size_t count, struct error *err)
{
    struct submission *file = &list[count - 1];
    const struct remote_batch *batch;
    struct writing_batch_file checked;

    if (!hash_file(session, file->path, file->hash, err) ||
        !refuse_twins(list, count, err))
        return false;
    batch = find_batch(session, file->hash);
    file->batch = batch ? *batch
                        : (struct remote_batch){.job = session->job.job.number,
                                                .path = file->path,
                                                .file_id = "",
                                                .batch_id = "",
                                                .state = "",
                                                .output_id = "",
                                                .error_id = ""};
    memcpy(file->batch.file, file->hash, HASH_SIZE);
    file->earlier = *file->batch.batch_id;
    return file->earlier ||
           writing_batch_check(session->store, &session->cli->arena,
                               &session->job, &session->endpoint, file->path,
                               session->monitor, &checked, err);
}

/* ---- Steps ---- */

static bool upload(struct batch_session *session, struct remote_batch *batch,
                   struct remote_file *file, struct error *err)
{
    if (!batch_api_upload(session->api, &session->cli->arena, batch->path, file,
                          err))
        return false;
    batch->file_id = file->id;
    return batch_record(session, batch, err);
}

/* A file that was uploaded once may be gone by now. */
static bool make_ready(struct batch_session *session,
                       struct remote_batch *batch, struct error *err)
{
    struct arena *arena = &session->cli->arena;
    struct remote_file file = {.id = batch->file_id};

    if (!*batch->file_id && !upload(session, batch, &file, err))
        return false;
    if (!file.ready && !batch_api_await(session->api, arena, &file, err))
        return false;
    if (file.gone &&
        (!upload(session, batch, &file, err) ||
         (!file.ready && !batch_api_await(session->api, arena, &file, err))))
        return false;
    return !file.gone ||
           error_set(err, ERROR_ENDPOINT,
                     "the file was uploaded, and %s does not have it",
                     session->endpoint.host);
}

/* Results of a batch that failed would be waited for in vain, and its requests
 * put back while this one asks them. */
static bool close_failed(struct batch_session *session,
                         const struct remote_batch *batch, struct error *err)
{
    for (size_t i = 0; i < session->count; i++) {
        struct remote_batch *other = &session->batches[i];
        if (memcmp(other->file, batch->file, HASH_SIZE) != 0 ||
            other->collected || strcmp(other->state, "failed") != 0)
            continue;
        other->collected = true;
        if (!remote_batch_set(session->store, other, err))
            return false;
    }
    return true;
}

/* Notes a new submission before anything is sent. */
static bool note(struct batch_session *session, struct remote_batch *batch,
                 struct error *err)
{
    bool ok = journal_begin(session->store, err);

    if (!ok)
        return false;
    ok = close_failed(session, batch, err) &&
         (batch->number ||
          remote_batch_add(session->store, batch, &batch->number, err));
    session->cli->done = true;
    return journal_end(session->store, ok, err);
}

static bool submit(struct batch_session *session, struct submission *file,
                   struct error *err)
{
    struct remote_batch *batch = &file->batch;
    struct batch_object object;
    const char *mark;

    batch->path = file->path;
    if (!note(session, batch, err) || !batch_adopt(session, batch, err))
        return false;
    if (*batch->batch_id)
        return true;
    mark = batch_metadata(session, batch, err);
    return mark && make_ready(session, batch, err) &&
           batch_api_create(session->api, &session->cli->arena, batch->file_id,
                            mark, &object, err) &&
           batch_learn(session, batch, &object, err);
}

/* ---- Output ---- */

static bool refuse_all(struct batch_session *session,
                       const struct submission *file, struct error *err)
{
    error_set(err, ERROR_INPUT, "%s was submitted before: it is batch %s, %s",
              file->path, file->batch.batch_id, file->batch.state);
    return error_hint(err, "`%s` says how it is; nothing is paid for twice",
                      next_command(session->cli, "batch status"));
}

static void print_one(struct cli *cli, const struct submission *file)
{
    struct buf *out = &cli->out;

    terminal_text(out, file->path);
    buf_format(out, ": batch %s, %s%s\n", file->batch.batch_id,
               file->batch.state, file->earlier ? ", submitted before" : "");
}

static bool print(struct batch_session *session, const struct submission *list,
                  size_t count, struct error *err)
{
    struct cli *cli = session->cli;
    struct remote_batch *batches =
        arena_zero(&cli->arena, count, sizeof *batches, err);

    if (!batches)
        return false;
    for (size_t i = 0; i < count; i++)
        batches[i] = list[i].batch;
    if (cli->json) {
        buf_char(&cli->out, '{');
        batch_json(&cli->out, batches, NULL, count);
        buf_text(&cli->out, "}\n");
    }
    for (size_t i = 0; !cli->json && i < count; i++)
        print_one(cli, &list[i]);
    cli_next(cli, "batch status --watch");
    return true;
}

static bool work(struct batch_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    size_t count = (size_t)cli->argument_count;
    struct submission *list = arena_zero(&cli->arena, count, sizeof *list, err);
    size_t earlier = 0;

    if (!list)
        return false;
    for (size_t i = 0; i < count; i++) {
        list[i].path = cli->arguments[i];
        if (!look_at(session, list, i + 1, err))
            return false;
        earlier += list[i].earlier;
    }
    if (earlier == count)
        return refuse_all(session, &list[0], err);
    for (size_t i = 0; i < count; i++)
        if (!list[i].earlier && !submit(session, &list[i], err))
            return false;
    return print(session, list, count, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct batch_session session = {.cli = cli};
    bool ok = batch_open(&session, true, err) && work(&session, err);

    batch_close(&session);
    return ok;
}

const struct command command_batch_submit = {
    .name = "batch submit",
    .summary = "have a provider's batch service run batch files",
    .arguments = "FILE…",
    .least = 1,
    .most = -1,
    .details =
        "Uploads files that `generate --provider batch --batch-out` wrote, and "
        "creates a batch of\neach; the provider runs it within a day, at about "
        "half the price. A file is submitted\nonce, whatever happens: one that "
        "has its batch is not submitted again, nor is one with\na request that "
        "was answered, or that a newer file has.",
    .json = "{\"batches\": [{\"file\", \"batch\", \"state\", \"total\", "
            "\"completed\", \"failed\",\n\"collected\", \"problem\"}]}",
    .options = {BATCH_OPTIONS},
    .examples = {{"batch submit requests.jsonl", "OpenAI runs it"},
                 {"batch submit requests-*.jsonl --provider azure",
                  "Azure OpenAI runs all of them"}},
    .run = run,
};
