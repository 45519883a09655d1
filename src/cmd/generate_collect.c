/* Having a model write: over the network or through batch files, and the
 * version that comes of it. */
#include "generate_model.h"

#include <string.h>

/* ---- The version ---- */

/* The stored personas of the job, for options and files. */
static bool find_personas(struct model_session *session,
                          struct generate_request *request, struct error *err)
{
    struct cli *cli = session->cli;
    const struct writing_job *job = &session->job;
    struct stored_persona *personas =
        arena_zero(&cli->arena, job->persona_count, sizeof *personas, err);
    struct stored_persona *persona;
    int64_t head;

    if (!personas || !version_head(session->store, &head, err))
        return false;
    for (size_t i = 0; i < job->persona_count; i++) {
        if (!persona_at_key(session->store, &cli->arena, head, job->personas[i],
                            &persona, err))
            return false;
        if (!persona) {
            error_set(err, ERROR_INPUT,
                      "persona %s was removed since its meetings were planned",
                      job->homes[i].id);
            return error_hint(err,
                              "add it again with `datebook persona add`, or "
                              "give the job up with `datebook requests "
                              "discard`");
        }
        personas[i] = *persona;
    }
    *request = job->wish.generate;
    request->personas = personas;
    request->persona_count = job->persona_count;
    return true;
}

static void describe(const struct model_session *session,
                     const struct generate_request *request,
                     const struct job_totals *totals, struct buf *options)
{
    const struct writing_wish *wish = &session->job.wish;

    buf_char(options, '{');
    generate_describe(request, options);
    json_key(options, "provider");
    buf_json(options, wish->provider);
    json_key(options, "model");
    buf_json(options, wish->model);
    json_key(options, "language");
    buf_json(options, wish->language);
    if (wish->whole)
        buf_text(options, ",\"whole_meetings\":true");
    if (wish->temperature >= 0)
        buf_format(options, ",\"temperature\":%d.%02d", wish->temperature / 100,
                   wish->temperature % 100);
    json_key(options, "job");
    buf_int(options, session->job.job.number);
    json_key(options, "usage");
    writing_totals_json(options, totals);
    buf_char(options, '}');
}

/* "40 meetings for 1 persona by gpt-4o-mini, seed 1: 5 calls, 11,803 tokens,
 * $0.0029, 1 retry, 2 rejected", which is what `log` says of the version. */
static void summarize(struct model_session *session,
                      const struct generate_request *request, int64_t added,
                      const struct job_totals *totals, struct buf *summary)
{
    struct cli *cli = session->cli;

    buf_format(summary, "%s by %s, seed %llu: ",
               generate_count(cli, added, request->persona_count),
               session->job.wish.model, (unsigned long long)request->seed);
    buf_format(summary, "%s, %s",
               cli_count(cli, totals->calls, "call", "calls"),
               cli_count(cli, totals->prompt_tokens + totals->completion_tokens,
                         "token", "tokens"));
    if (totals->cost) {
        buf_text(summary, ", ");
        put_dollars(summary, totals->cost);
    }
    if (totals->retries)
        buf_format(summary, ", %s",
                   cli_count(cli, totals->retries, "retry", "retries"));
    if (totals->rejected)
        buf_format(summary, ", %lld rejected", (long long)totals->rejected);
}

/* The job has no briefs any more once it is done: its totals come before. */
static bool make(struct model_session *session, struct run *run,
                 struct generate_request *request, struct error *err)
{
    struct cli *cli = session->cli;
    const struct monitor *monitor = progress_monitor(session->progress);
    struct generate_making making = {.store = session->store,
                                     .run = run,
                                     .request = request,
                                     .combine = session->combine,
                                     .output = session->options.output,
                                     .monitor = monitor};
    struct generate_result result;
    struct generate_files files = {0};
    struct job_totals totals;
    struct buf options = BUF_EMPTY;
    struct buf summary = BUF_EMPTY;
    bool ok =
        job_totals_of(session->store, session->job.job.number, &totals, err) &&
        civil_now(&making.started, err) &&
        writing_finish(run, session->store, &cli->arena, &session->job,
                       session->options.partial, monitor, &result, err);

    if (ok) {
        describe(session, request, &totals, &options);
        making.options = buf_string(&options);
        summarize(session, request, result.added, &totals, &summary);
        making.summary = buf_string(&summary);
        ok = buf_ok(&options, err) && buf_ok(&summary, err) &&
             generate_make(cli, &making, &files, err);
    }
    ok = ok && model_print_version(session, run_version(run), &result, &totals,
                                   &files, err);
    buf_free(&options);
    buf_free(&summary);
    return ok;
}

/* What went wrong with the file changed nothing, but what came before did.
 * Always false. */
static bool told_of_going_on(struct error *err)
{
    if (err->code == ERROR_DATABASE)
        error_hint(err, "all replies that came before are kept; once the file "
                        "can be written again, `datebook generate --resume` "
                        "goes on");
    return false;
}

bool model_count_batched(struct model_session *session, int64_t *count,
                         struct error *err)
{
    int64_t *numbers;
    size_t found = 0;
    bool ok = request_queue(session->store, &session->cli->arena,
                            session->job.job.number, REQUEST_BATCHED, 0,
                            INT32_MAX, &numbers, &found, err);

    *count = (int64_t)found;
    return ok;
}

/* Whoever takes what there is should know what is given up with the rest. */
static bool note_batched(struct model_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    int64_t count;

    if (!model_count_batched(session, &count, err))
        return false;
    if (count)
        cli_note(cli,
                 "warning: %s in batch files; results that come later "
                 "cannot be taken any more",
                 cli_count(cli, count, "request is", "requests are"));
    return true;
}

bool model_finish(struct model_session *session, struct error *err)
{
    struct generate_request request;
    struct run *run;
    bool ok;

    if (!find_personas(session, &request, err) || !note_batched(session, err))
        return false;
    progress_keeps(session->progress, "all that was written is kept",
                   "`datebook generate --resume` makes the version");
    run = run_begin(session->store, &session->cli->arena, err);
    ok = run && make(session, run, &request, err);
    run_abandon(run);
    return ok || told_of_going_on(err);
}

/* ---- Over the network ---- */

/* Passes every signal on once: the first lets come what is in flight, the
 * second does not. */
static bool watch(void *context, const struct writing_progress *now,
                  struct error *err)
{
    struct model_watch *watch = context;

    watch->now = now;
    if (watch->written < 0)
        watch->written = now->totals.meetings_written;
    if (progress_signals() > watch->signals) {
        watch->signals = progress_signals();
        return error_set(err, ERROR_INTERRUPTED, "interrupted");
    }
    progress_show(watch->session->progress, "texts", model_put_progress, watch);
    return true;
}

bool model_collect(struct model_session *session, struct error *err)
{
    const struct model_options *options = &session->options;
    struct model_watch context = {.session = session, .written = -1};
    struct writing_result result;
    bool ok;

    progress_patience(2);
    ok = writing_collect(session->store, &session->cli->arena, &session->job,
                         &session->endpoint, &options->transport,
                         &options->limits, session->price, watch, &context,
                         &result, err);
    progress_patience(1);
    if (!ok)
        return told_of_going_on(err);
    return result.end == WRITING_COMPLETE
               ? model_finish(session, err)
               : model_print_end(session, &result, err);
}

/* ---- Batch files ---- */

/* So that all that will be written is in the estimate of what it costs. */
static bool requeue(struct model_session *session, struct error *err)
{
    bool ok = journal_begin(session->store, err);

    return ok && journal_end(session->store,
                             request_requeue(session->store,
                                             session->job.job.number, err),
                             err);
}

bool model_batch_out(struct model_session *session, struct error *err)
{
    struct batch_shard *shards;
    size_t count;

    if (!requeue(session, err) || !model_check_batch(session, err) ||
        !writing_batch_out(session->store, &session->cli->arena, &session->job,
                           &session->endpoint, session->options.batch_out,
                           BATCH_LINES, BATCH_BYTES,
                           progress_monitor(session->progress), &shards, &count,
                           err))
        return false;
    session->cli->done = true;
    return model_print_batch_out(session, shards, count, err);
}

bool model_batch_in(struct model_session *session, struct error *err)
{
    const struct model_options *options = &session->options;
    struct writing_batch_result all = {.lines = 0};
    struct writing_batch_result one;

    progress_keeps(session->progress, "what was taken is kept",
                   "run the same command again; no result is taken twice");
    for (size_t i = 0; i < options->result_count; i++) {
        if (!writing_batch_in(session->store, &session->cli->arena,
                              &session->job, options->results[i],
                              session->price,
                              progress_monitor(session->progress), &one, err))
            return false;
        session->cli->done = true;
        sum_results(&all, &one);
    }
    note_results(session->cli, &all);
    if (all.totals.written == all.totals.briefs || options->partial)
        return model_finish(session, err);
    return options->batch_out ? model_batch_out(session, err)
                              : model_print_batch_in(session, &all, err);
}
