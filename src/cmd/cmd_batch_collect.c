/* datebook batch collect */
#include "batch_session.h"
#include "model_usage.h"

#include "datebook/prices.h"

#include <string.h>
#include <unistd.h>

struct collection {
    struct batch_session session;
    const char *folder;
    struct prices prices;
    const struct price *price; /* NULL: nobody knows */
    struct writing_batch_result results;
    int64_t returned; /* requests that no file said anything of */
    size_t collected;
    size_t running;
    size_t short_of;    /* batches whose files lack results */
    const char **files; /* that were downloaded */
    size_t file_count;
};

/* ---- Results ---- */

/* Downloads a file, unless there is none, and takes what stands in it. */
static bool take(struct collection *all, const struct remote_batch *batch,
                 const char *file_id, const char *what, struct error *err)
{
    struct batch_session *session = &all->session;
    struct cli *cli = session->cli;
    struct writing_batch_result one;
    struct file_totals totals;
    const char *path;

    if (!*file_id)
        return true;
    path = arena_format(&cli->arena, err, "%s%s%s-%s.jsonl",
                        all->folder ? all->folder : "", all->folder ? "/" : "",
                        batch->batch_id, what);
    if (!path || !batch_api_download(session->api, &cli->arena, file_id, path,
                                     &totals, err))
        return false;
    all->files[all->file_count++] = path;
    if (!writing_batch_in(session->store, &cli->arena, &session->job, path,
                          all->price, session->monitor, &one, err))
        return false;
    cli->done = true;
    sum_results(&all->results, &one);
    return true;
}

/* What no file said anything of was not run: it waits again.  In the same
 * transaction the batch is done with. */
static bool close_batch(struct collection *all, struct remote_batch *batch,
                        const char *problem, struct error *err)
{
    struct batch_session *session = &all->session;
    struct arena *arena = &session->cli->arena;
    const char *why =
        arena_format(arena, err, "batch %s, %s: %s", batch->batch_id,
                     batch->state, problem ? problem : "no result");
    int64_t count = 0;
    bool ok = why && journal_begin(session->store, err);

    if (!ok)
        return false;
    batch->collected = true;
    ok = writing_batch_return(session->store, &session->job, batch->file, why,
                              &count, err) &&
         remote_batch_set(session->store, batch, err);
    ok = journal_end(session->store, ok, err);
    all->returned += count;
    if (ok && count)
        cli_note(session->cli, "%s: %s",
                 cli_count(session->cli, count, "request waits again",
                           "requests wait again"),
                 why);
    return ok;
}

/* Fewer lines than the provider says it ran: what is missing was paid for, and
 * must not be asked again just because its file is not whole yet. */
static bool lacks_results(struct collection *all,
                          const struct remote_batch *batch, int64_t lines)
{
    struct cli *cli = all->session.cli;

    if (lines >= batch->completed)
        return false;
    all->short_of++;
    cli_note(cli, "batch %s: %lld of its %s came; it stays open",
             batch->batch_id, (long long)lines,
             cli_count(cli, batch->completed, "result", "results"));
    return true;
}

static bool collect(struct collection *all, struct remote_batch *batch,
                    struct error *err)
{
    const char *problem = NULL;
    int64_t lines = all->results.lines;

    if (batch->collected)
        return true;
    if (!batch_adopt(&all->session, batch, err))
        return false;
    if (!*batch->batch_id)
        return true;
    if (!batch_refresh(&all->session, batch, &problem, err))
        return false;
    if (!batch_has_ended(batch)) {
        all->running++;
        return true;
    }
    if (!take(all, batch, batch->output_id, "results", err) ||
        !take(all, batch, batch->error_id, "errors", err))
        return false;
    if (lacks_results(all, batch, all->results.lines - lines))
        return true;
    if (!close_batch(all, batch, problem, err))
        return false;
    all->session.cli->done = true;
    all->collected++;
    return true;
}

/* ---- Output ---- */

static void note_next(struct collection *all, const struct job_totals *totals)
{
    struct cli *cli = all->session.cli;

    if (all->running) {
        cli_note(
            cli, "%s not ended",
            cli_count(cli, (int64_t)all->running, "batch has", "batches have"));
        cli_next(cli, "batch status --watch");
    } else if (all->short_of) {
        cli_note(
            cli, "next: %s once more; or %s, which asks, and pays, again",
            next_command(cli, "batch collect"),
            next_command(cli, "generate --resume --again --batch-out FILE"));
    } else if (totals->written == totals->briefs) {
        cli_next(cli, "generate --resume");
    } else {
        cli_next(cli, "generate --resume --batch-out MORE.jsonl");
    }
}

static void print_json(struct collection *all, const struct job_totals *totals)
{
    const struct writing_batch_result *results = &all->results;
    struct buf *out = &all->session.cli->out;

    buf_format(out,
               "{\"job\":%lld,\"collected\":%zu,\"running\":%zu,\"written\":"
               "%lld,\"wanted\":%lld,\"lines\":%lld,\"taken\":%lld,\"known\":"
               "%lld,\"strangers\":%lld,\"broken\":%lld,\"failed\":%lld,"
               "\"returned\":%lld",
               (long long)all->session.job.job.number, all->collected,
               all->running, (long long)totals->meetings_written,
               (long long)totals->meetings, (long long)results->lines,
               (long long)results->taken, (long long)results->known,
               (long long)results->strangers, (long long)results->broken,
               (long long)results->failed, (long long)all->returned);
    json_texts(out, "files", all->files, all->file_count);
    json_key(out, "usage");
    writing_totals_json(out, totals);
    buf_text(out, "}\n");
}

static bool print(struct collection *all, struct error *err)
{
    struct cli *cli = all->session.cli;
    struct job_totals totals;

    if (!job_totals_of(all->session.store, all->session.job.job.number, &totals,
                       err))
        return false;
    note_results(cli, &all->results);
    note_next(all, &totals);
    if (all->running || all->short_of)
        cli->exit_code = ERROR_FOUND;
    if (cli->json) {
        print_json(all, &totals);
        return true;
    }
    buf_format(&cli->out, "took %s of %s: %s are written\n",
               cli_count(cli, all->results.taken, "result", "results"),
               cli_count(cli, (int64_t)all->collected, "batch", "batches"),
               job_progress(cli, &totals));
    return true;
}

/* ---- The command ---- */

/* The price of the job's model, for what the results cost. */
static bool find_price(struct collection *all, struct error *err)
{
    struct cli *cli = all->session.cli;
    const char *path = cli_value(cli, "prices");
    const char *folder = path ? NULL : data_folder(cli, err);

    if (!path && !folder)
        return false;
    if (!path) {
        path = arena_format(&cli->arena, err, "%s/models/prices.json", folder);
        if (!path)
            return false;
        if (access(path, F_OK))
            return true;
    }
    if (!prices_read(&cli->arena, path, &all->prices, err))
        return false;
    all->price = prices_find(&all->prices, all->session.job.wish.model);
    return true;
}

static bool work(struct collection *all, struct error *err)
{
    struct batch_session *session = &all->session;
    struct cli *cli = session->cli;

    if (!session->count) {
        error_set(err, ERROR_INPUT, "no batch was submitted");
        return error_hint(err, "`%s` does",
                          next_command(cli, "batch submit FILE"));
    }
    all->files =
        arena_zero(&cli->arena, 2 * session->count, sizeof *all->files, err);
    if (!all->files || !find_price(all, err) ||
        (all->folder && !file_make_folder(all->folder, err)))
        return false;
    for (size_t i = 0; i < session->count; i++)
        if (!collect(all, &session->batches[i], err))
            return false;
    return print(all, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct collection all = {.session = {.cli = cli}};
    bool ok = cli_folder(cli, "output-dir", &all.folder, err) &&
              batch_open(&all.session, true, err) && work(&all, err);

    batch_close(&all.session);
    return ok;
}

const struct command command_batch_collect = {
    .name = "batch collect",
    .summary = "download the results of batches that have ended",
    .arguments = "",
    .details = "Writes <batch>-results.jsonl and <batch>-errors.jsonl, and "
               "takes what stands in them as\n`generate --batch-in` does. "
               "What was not run waits again; `generate --resume` makes the\n"
               "version once all is there. Exit code 1: some batches have not "
               "ended,\nor their results have not all come.",
    .json = "{\"job\", \"collected\", \"running\": batches, \"written\", "
            "\"wanted\": meetings, \"lines\",\n\"taken\", \"known\", "
            "\"strangers\", \"broken\", \"failed\", \"returned\", \"files\", "
            "\"usage\"}",
    .options = {{"output-dir", 0, "DIR", "for the files (default: here)"},
                {"prices", 0, "FILE", "prices of tokens"},
                BATCH_OPTIONS},
    .examples = {{"batch collect", "take what there is"},
                 {"batch collect --output-dir results",
                  "keep the files in a folder"}},
    .run = run,
};
