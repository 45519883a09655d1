/* `generate` with a model: a new job, one that goes on, or results of batch
 * files.  What is asked and answered is in the journal before anything rests
 * on it, so every way ends where the next one can begin. */
#include "generate_model.h"

#include "endpoint_options.h"

#include <string.h>

/* ---- What all ways share ---- */

static bool open_session(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;

    session->store = cli_open(cli, cli->database, STORE_WRITE, err);
    if (!session->store)
        return false;
    session->progress = progress_start(cli, err);
    return session->progress && journal_lock(session->store, err);
}

static void close_session(struct model_session *session)
{
    progress_end(session->progress);
    store_close(session->store);
    if (session->connected)
        endpoint_close(&session->endpoint);
}

/* Before anything is planned or changed: a key that is missing is told of
 * first. */
static bool connect(struct model_session *session, const char *provider,
                    const char *model, struct error *err)
{
    session->connected =
        cli_endpoint_of(session->cli, provider, model, &session->endpoint, err);
    return session->connected;
}

static const char *endpoint_name(struct model_session *session,
                                 struct error *err)
{
    char *hex = arena_alloc(&session->cli->arena, HASH_HEX_SIZE, err);

    if (hex)
        hash_hex(session->endpoint.id, hex);
    return hex;
}

/* A job that was started at one endpoint goes on at another only when somebody
 * says so on this command line: a variable that is not set, or another shell,
 * must not send it elsewhere. */
static bool check_endpoint(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    const char *before = session->job.wish.endpoint;
    const char *name = endpoint_name(session, err);

    if (!name)
        return false;
    if (!*before || !strcmp(name, before) || cli_flag(cli, "base-url") ||
        cli_flag(cli, "provider"))
        return true;
    error_set(err, ERROR_USAGE,
              "job %lld was started at another endpoint than %s",
              (long long)session->job.job.number, session->endpoint.host);
    return error_hint(err, "say where it goes on: --base-url URL");
}

/* ---- A new job ---- */

static bool refuse_second(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    struct job_totals totals;
    struct job job;
    bool found;

    if (!job_unfinished(session->store, &cli->arena, &job, &found, err))
        return false;
    if (!found)
        return true;
    if (!job_totals_of(session->store, job.number, &totals, err))
        return false;
    error_set(err, ERROR_INPUT, "job %lld is open: %s are written by %.100s",
              (long long)job.number, job_progress(cli, &totals),
              job_option(cli, &job, "model", "a model"));
    return error_hint(err,
                      "`%s` goes on with it; `datebook requests discard` "
                      "gives it up",
                      next_command(cli, "generate --resume"));
}

static bool load_texts(struct model_session *session, struct error *err)
{
    const char *folder = session->options.prompts
                             ? session->options.prompts
                             : data_folder(session->cli, err);

    session->options.wish.texts = &session->texts;
    return folder && prompt_texts_load(&session->cli->arena, folder,
                                       &session->texts, err);
}

static bool start(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    struct model_options *options = &session->options;
    struct generate_wish wish;

    if (!generate_read(cli, &wish, err) ||
        !model_find_price(session, options->wish.model, err) ||
        (!options->estimate &&
         (!connect(session, options->provider, options->wish.model, err) ||
          (options->way == WAY_ASK &&
           !(options->wish.endpoint = endpoint_name(session, err))))))
        return false;
    wish.request.library = data_library(cli, err);
    session->combine = wish.tier || cli_flag(cli, "all");
    if (!wish.request.library || !load_texts(session, err) ||
        !generate_ensure_database(cli, err) || !open_session(session, err) ||
        !refuse_second(session, err) || !model_plan(session, &wish, err))
        return false;
    if (options->estimate)
        return true;
    return options->way == WAY_BATCH ? model_batch_out(session, err)
                                     : model_collect(session, err);
}

/* ---- The open job ---- */

/* What the job was started with holds unless it is said anew. */
static void recall_limits(struct model_session *session)
{
    struct model_options *options = &session->options;
    struct writing_wish *wish = &session->job.wish;

    if (!options->limits.most_cost)
        options->limits.most_cost = wish->most_cost;
    if (!options->limits.most_tokens)
        options->limits.most_tokens = wish->most_tokens;
    if (options->candidates)
        wish->candidates = options->candidates;
}

static bool find_job(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    struct job job;
    bool found;

    if (!job_unfinished(session->store, &cli->arena, &job, &found, err))
        return false;
    if (!found) {
        error_set(err, ERROR_INPUT, "no job is open in %s", cli->database);
        return error_hint(err, "`datebook generate --provider openai --model "
                               "NAME --all` starts one");
    }
    if (!writing_read_job(session->store, &cli->arena, &job, &session->job,
                          err))
        return false;
    recall_limits(session);
    session->combine = session->job.persona_count > 1;
    return model_find_price(session, session->job.wish.model, err);
}

/* What is left to ask of the open job, as far as it can be told without asking;
 * nothing of it stays. */
static bool estimate_rest(struct model_session *session, struct error *err)
{
    int64_t job = session->job.job.number;
    struct error ignored;
    int64_t renewed;
    bool ok = journal_begin(session->store, err);

    if (!ok)
        return false;
    ok = writing_renew(session->store, &session->cli->arena, &session->job,
                       &renewed, err) &&
         request_requeue(session->store, job, err) &&
         model_estimate(session, session->options.batch_out != NULL, err);
    (void)!journal_end(session->store, false, &ignored);
    return ok;
}

/* Asks again for what an edit of a persona changed. */
static bool renew(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    int64_t renewed = 0;
    bool ok = journal_begin(session->store, err);

    if (!ok)
        return false;
    ok = writing_renew(session->store, &cli->arena, &session->job, &renewed,
                       err);
    if (!journal_end(session->store, ok, err))
        return false;
    if (renewed)
        cli_note(cli, "a persona was edited: %s asked for again",
                 cli_count(cli, renewed, "text is", "texts are"));
    return true;
}

static bool all_is_written(struct model_session *session, bool *written,
                           struct error *err)
{
    struct job_totals totals;

    if (!job_totals_of(session->store, session->job.job.number, &totals, err))
        return false;
    *written = totals.written == totals.briefs;
    return true;
}

/* Requests in batch files are out there somewhere: whoever runs them is paid,
 * and would be again. */
static bool refuse_to_repeat(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    int64_t count;

    if (cli_flag(cli, "again"))
        return true;
    if (!model_count_batched(session, &count, err))
        return false;
    if (!count)
        return true;
    error_set(err, ERROR_INPUT,
              "%s in batch files whose results have not come in",
              cli_count(cli, count, "request is", "requests are"));
    return error_hint(err,
                      "`%s` takes them; --again asks, and pays, a second time",
                      next_command(cli, "generate --batch-in FILE"));
}

static bool put_back(struct model_session *session, struct arena *scratch,
                     int64_t number, struct error *err)
{
    struct request request;
    bool found;

    arena_reset(scratch);
    if (!request_get(session->store, scratch, number, &request, &found, err))
        return false;
    request.state = REQUEST_WAITING;
    request.note = "asked again";
    return !found || request_settle(session->store, &request, err);
}

/* With --again what is in batch files waits as well. */
static bool take_back(struct model_session *session, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    int64_t *numbers;
    size_t count;
    bool ok;

    if (!cli_flag(session->cli, "again"))
        return true;
    ok = request_queue(session->store, &session->cli->arena,
                       session->job.job.number, REQUEST_BATCHED, 0, INT32_MAX,
                       &numbers, &count, err) &&
         journal_begin(session->store, err);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < count; i++)
        ok = put_back(session, &scratch, numbers[i], err);
    ok = journal_end(session->store, ok, err);
    arena_free(&scratch);
    return ok;
}

/* Writes what waits to further batch files. */
static bool write_rest(struct model_session *session, struct error *err)
{
    return connect(session, "batch", session->job.wish.model, err) &&
           take_back(session, err) && model_batch_out(session, err);
}

/* What waits goes out again. */
static bool ask_rest(struct model_session *session, struct error *err)
{
    const char *provider = session->options.provider
                               ? session->options.provider
                               : session->job.wish.provider;

    if (strcmp(provider, "batch") != 0)
        return refuse_to_repeat(session, err) &&
               connect(session, provider, session->job.wish.model, err) &&
               check_endpoint(session, err) && take_back(session, err) &&
               model_collect(session, err);
    error_set(err, ERROR_USAGE, "job %lld goes through batch files",
              (long long)session->job.job.number);
    return error_hint(err, "--batch-in FILE takes results, --resume "
                           "--batch-out FILE writes what is left, --resume "
                           "--provider openai asks a model directly");
}

static bool resume(struct model_session *session, struct error *err)
{
    bool written;

    if (!open_session(session, err) || !find_job(session, err))
        return false;
    if (session->options.partial)
        return model_finish(session, err);
    if (session->options.estimate)
        return estimate_rest(session, err);
    if (!renew(session, err) || !all_is_written(session, &written, err))
        return false;
    if (written)
        return model_finish(session, err);
    return session->options.batch_out ? write_rest(session, err)
                                      : ask_rest(session, err);
}

/* ---- Results of batch files ---- */

static bool take(struct model_session *session, struct error *err)
{
    if (!open_session(session, err) || !find_job(session, err))
        return false;
    if (session->options.batch_out &&
        !connect(session, "batch", session->job.wish.model, err))
        return false;
    return renew(session, err) && model_batch_in(session, err);
}

bool generate_with_model(struct cli *cli, struct error *err)
{
    struct model_session session = {.cli = cli};
    bool ok = model_options_read(cli, &session.options, err);

    if (ok && session.options.way == WAY_RESUME)
        ok = resume(&session, err);
    else if (ok && session.options.way == WAY_TAKE)
        ok = take(&session, err);
    else if (ok)
        ok = start(&session, err);
    close_session(&session);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}
