/* datebook requests discard */
#include "cli.h"

#include "model_usage.h"

static bool find_open(struct cli *cli, struct store *store, struct job *job,
                      struct job_totals *totals, struct error *err)
{
    bool found;

    if (!job_unfinished(store, &cli->arena, job, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_INPUT, "no job is open in %s",
                         cli->database);
    return job_totals_of(store, job->number, totals, err);
}

/* Replies that were paid for go only when somebody says so. */
static bool refuse_loss(struct cli *cli, const struct job *job,
                        const struct job_totals *totals, struct error *err)
{
    struct buf paid = BUF_EMPTY;

    if (cli_flag(cli, "yes") || !totals->completion_tokens)
        return true;
    put_usage(cli, &paid, totals);
    error_set(
        err, ERROR_INPUT, "job %lld has %s written that would be lost: %s",
        (long long)job->number, job_progress(cli, totals), buf_string(&paid));
    buf_free(&paid);
    if (!totals->meetings_written)
        return error_hint(err, "--yes gives them up");
    return error_hint(err, "--yes gives them up; `%s` makes a version of them",
                      next_command(cli, "generate --resume --partial"));
}

/* What is in a batch file may be running, and then it is paid for. */
static bool refuse_batched(struct cli *cli, struct store *store,
                           const struct job *job, struct error *err)
{
    int64_t *numbers;
    size_t count = 0;

    if (cli_flag(cli, "yes"))
        return true;
    if (!request_queue(store, &cli->arena, job->number, REQUEST_BATCHED, 0,
                       INT32_MAX, &numbers, &count, err))
        return false;
    if (!count)
        return true;
    error_set(err, ERROR_INPUT,
              "job %lld has %s in batch files, whose results could not be "
              "taken any more",
              (long long)job->number,
              cli_count(cli, (int64_t)count, "request", "requests"));
    return error_hint(err, "--yes gives them up; `%s` takes results",
                      next_command(cli, "generate --batch-in FILE"));
}

static void print(struct cli *cli, const struct job *job,
                  const struct job_totals *totals)
{
    struct buf *out = &cli->out;

    if (cli->json) {
        buf_format(out, "{\"job\":%lld,\"written\":%lld,\"wanted\":%lld",
                   (long long)job->number, (long long)totals->meetings_written,
                   (long long)totals->meetings);
        json_dollars(out, "cost_usd", totals->cost);
        buf_text(out, "}\n");
        return;
    }
    buf_format(out, "gave up job %lld: %s were written\n",
               (long long)job->number, job_progress(cli, totals));
    if (totals->calls) {
        put_usage(cli, out, totals);
        buf_char(out, '\n');
    }
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_WRITE, err);
    struct job_totals totals = {0};
    struct job job = {0};
    bool ok = store && journal_lock(store, err) &&
              find_open(cli, store, &job, &totals, err) &&
              refuse_loss(cli, &job, &totals, err) &&
              refuse_batched(cli, store, &job, err) &&
              journal_begin(store, err);

    if (ok) {
        ok = job_end(store, job.number, JOB_GIVEN_UP, 0, err);
        ok = journal_end(store, ok, err);
    }
    if (ok) {
        cli->done = true;
        print(cli, &job, &totals);
    }
    store_close(store);
    return ok;
}

const struct command command_requests_discard = {
    .name = "requests discard",
    .summary = "give up the open job and what was written for it",
    .arguments = "",
    .details = "Its requests stay in the journal, with what they cost; their "
               "texts will not become\nmeetings. `generate --resume --partial` "
               "makes a version of them instead.",
    .json = "{\"job\", \"written\", \"wanted\", \"cost_usd\"}",
    .options = {{"yes", 0, NULL,
                 "also when replies, or requests in batch files, are lost"}},
    .examples = {{"requests discard", "when nothing was answered yet"},
                 {"requests discard --yes", "in any case"}},
    .run = run,
};
