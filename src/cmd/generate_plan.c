/* A new job: its personas are stored and its calendar is planned, in one
 * transaction; and what a job may cost. */
#include "generate_model.h"

#include "given.h"

#include <string.h>
#include <unistd.h>

/* ---- Prices ---- */

/* The file of prices; NULL when the data folder has none. */
static bool prices_file(struct model_session *session, const char **path,
                        struct error *err)
{
    const char *folder;

    *path = session->options.prices;
    if (*path)
        return true;
    folder = data_folder(session->cli, err);
    if (!folder)
        return false;
    *path = arena_format(&session->cli->arena, err, "%s/models/prices.json",
                         folder);
    if (!*path)
        return false;
    if (access(*path, F_OK))
        *path = NULL;
    return true;
}

bool model_find_price(struct model_session *session, const char *model,
                      struct error *err)
{
    struct cli *cli = session->cli;

    if (!prices_file(session, &session->prices_path, err) ||
        (session->prices_path && !prices_read(&cli->arena, session->prices_path,
                                              &session->prices, err)))
        return false;
    session->price = prices_find(&session->prices, model);
    if (session->price || !session->options.limits.most_cost)
        return true;
    error_set(err, ERROR_USAGE,
              "--max-cost needs a price, and nobody knows that of %.100s",
              model);
    return error_hint(err, "--prices FILE tells it; --max-tokens needs none");
}

/* ---- Estimates ---- */

/* What is planned of each persona to estimate more. */
enum { SAMPLE_MEETINGS = 2000, SAMPLE_WEEKS = 100 };

/* Plans a part for an estimate of very many: the rest is more of the same. */
static void sample(struct model_session *session,
                   struct generate_request *request)
{
    int64_t most = request->weeks ? SAMPLE_WEEKS : SAMPLE_MEETINGS;
    int64_t *amount = request->weeks ? &request->weeks : &request->count;

    session->sample = *amount / most;
    if (session->sample > 1)
        *amount /= session->sample;
}

static void scale(const struct model_session *session,
                  struct writing_estimate *estimate, struct job_totals *totals)
{
    if (session->sample < 2)
        return;
    estimate->calls *= session->sample;
    estimate->prompt_tokens *= session->sample;
    estimate->completion_tokens *= session->sample;
    if (estimate->cost > 0)
        estimate->cost *= session->sample;
    totals->meetings *= session->sample;
    totals->meetings_written *= session->sample;
}

bool model_estimate(struct model_session *session, bool batch,
                    struct error *err)
{
    struct writing_estimate estimate;
    struct job_totals totals;

    if (!writing_estimate(session->store, &session->job, session->price, batch,
                          &estimate, err) ||
        !job_totals_of(session->store, session->job.job.number, &totals, err))
        return false;
    scale(session, &estimate, &totals);
    model_print_estimate(session, &estimate, &totals);
    return true;
}

/* ---- Planning ---- */

bool model_read_job(struct model_session *session, int64_t number,
                    struct error *err)
{
    struct job job;
    bool found;

    if (!job_get(session->store, &session->cli->arena, number, &job, &found,
                 err))
        return false;
    if (!found)
        return error_set(err, ERROR_BUG, "job %lld is not in the journal",
                         (long long)number);
    return writing_read_job(session->store, &session->cli->arena, &job,
                            &session->job, err);
}

/* Replies that are paid for must belong to personas that are stored. */
static bool seal_personas(struct model_session *session, struct run *run,
                          const struct generate_wish *wish, bool *changed,
                          struct error *err)
{
    struct cli *cli = session->cli;
    struct run_header header = {
        .options = "{\"personas_only\":true}",
        .summary = arena_format(
            &cli->arena, err, "%s, whose meetings are asked of %s",
            cli_count(cli, (int64_t)wish->file_count, "persona", "personas"),
            session->options.wish.model),
        .started = wish->request.started};

    return header.summary && seal_run(cli, run, &header, changed, err);
}

static bool plan(struct model_session *session, struct run *run,
                 struct generate_wish *wish, bool *changed, struct error *err)
{
    struct cli *cli = session->cli;
    struct writing_wish *writing = &session->options.wish;
    int64_t job;

    if (!generate_choose(cli, session->store, run, wish, err) ||
        !seal_personas(session, run, wish, changed, err))
        return false;
    writing->given = given_text(cli, err);
    if (!writing->given)
        return false;
    writing->generate = wish->request;
    if (session->options.estimate)
        sample(session, &writing->generate);
    return writing_plan(session->store, &cli->arena, writing, &job,
                        progress_monitor(session->progress), err) &&
           model_read_job(session, job, err);
}

/* What a job came to, or will when its batch files have run. */
struct spent {
    int64_t cost;
    int64_t tokens;
};

static bool count_spent(struct model_session *session, struct spent *spent,
                        struct error *err)
{
    struct writing_estimate out;
    struct job_totals totals;

    if (!job_totals_of(session->store, session->job.job.number, &totals, err) ||
        !writing_estimate_batched(session->store, &session->job, session->price,
                                  &out, err))
        return false;
    spent->cost = totals.cost + (out.cost > 0 ? out.cost : 0);
    spent->tokens = totals.prompt_tokens + totals.completion_tokens +
                    out.prompt_tokens + out.completion_tokens;
    return true;
}

static bool check_expense(const struct writing_limits *limits,
                          const struct writing_estimate *estimate,
                          const struct spent *spent, struct error *err)
{
    int64_t tokens = estimate->prompt_tokens + estimate->completion_tokens;
    const char *left = spent->tokens ? "is left of " : "";
    struct buf buf = BUF_EMPTY;

    if (limits->most_cost && spent->cost + estimate->cost > limits->most_cost) {
        put_dollars(&buf, estimate->cost);
        error_set(err, ERROR_INPUT,
                  "these batch files would cost about %s, more than %s"
                  "--max-cost",
                  buf_string(&buf), left);
    } else if (limits->most_tokens &&
               spent->tokens + tokens > limits->most_tokens) {
        text_number(&buf, tokens);
        error_set(err, ERROR_INPUT,
                  "these batch files would take about %s tokens, more than %s"
                  "--max-tokens",
                  buf_string(&buf), left);
    } else {
        return true;
    }
    buf_free(&buf);
    return error_hint(err, "a batch cannot be stopped by its price once it "
                           "runs: ask for fewer meetings");
}

bool model_check_batch(struct model_session *session, struct error *err)
{
    struct writing_estimate estimate;
    struct spent spent;

    return writing_estimate(session->store, &session->job, session->price, true,
                            &estimate, err) &&
           count_spent(session, &spent, err) &&
           check_expense(&session->options.limits, &estimate, &spent, err);
}

bool model_plan(struct model_session *session, struct generate_wish *wish,
                struct error *err)
{
    struct cli *cli = session->cli;
    const struct model_options *options = &session->options;
    struct run *run = run_begin(session->store, &cli->arena, err);
    bool batch = options->way == WAY_BATCH;
    bool changed = false;
    bool ok = run && plan(session, run, wish, &changed, err);

    if (ok && options->estimate)
        ok = model_estimate(session, batch, err);
    else if (ok)
        ok = (!batch || model_check_batch(session, err)) &&
             commit_run(cli, run, changed, err);
    if (ok && changed && !options->estimate)
        cli_note(cli,
                 "v%lld: the persona files first, as replies that are paid for "
                 "must belong to personas that are kept",
                 (long long)run_version(run));
    run_abandon(run);
    return ok;
}
