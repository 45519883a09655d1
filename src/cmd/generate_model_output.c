/* What `generate` says of a model's work. */
#include "generate_model.h"

#include "generate_mix.h"

#include <string.h>

enum { TROUBLE_COLUMNS = 60 /* of the progress line */ };

/* ---- Shared ---- */

static const char *model_of(const struct model_session *session)
{
    return session->job.wish.model;
}

static void json_totals(struct buf *out, const struct model_session *session,
                        const struct job_totals *totals)
{
    json_key(out, "job");
    buf_int(out, session->job.job.number);
    json_key(out, "model");
    buf_json(out, model_of(session));
    json_key(out, "usage");
    writing_totals_json(out, totals);
}

/* How far a job is, for one that is not done. */
static void json_unfinished(struct buf *out,
                            const struct model_session *session,
                            const char *end, const char *why,
                            const struct job_totals *totals)
{
    json_key(out, "end");
    buf_json(out, end);
    json_key(out, "why");
    buf_json(out, why);
    json_key(out, "written");
    buf_int(out, totals->meetings_written);
    json_key(out, "wanted");
    buf_int(out, totals->meetings);
    json_key(out, "unanswered");
    buf_int(out, totals->unanswered);
    json_totals(out, session, totals);
}

/* "34 of 200 meetings are written and kept (12 calls, …)"; never NULL. */
static const char *kept_text(struct model_session *session,
                             const struct job_totals *totals)
{
    struct cli *cli = session->cli;
    struct buf buf = BUF_EMPTY;
    struct error ignored;
    const char *text;

    buf_format(&buf, "%s are written and kept", job_progress(cli, totals));
    if (totals->calls) {
        buf_text(&buf, " (");
        put_usage(cli, &buf, totals);
        buf_char(&buf, ')');
    }
    buf_inherit(&cli->out, &buf);
    text = arena_text(&cli->arena, buf_string(&buf), &ignored);
    buf_free(&buf);
    return text ? text : "";
}

/* ---- Estimates ---- */

static void put_cost(struct model_session *session, struct buf *out,
                     const struct writing_estimate *estimate)
{
    if (session->price && estimate->cost >= 0) {
        buf_text(out, "about ");
        put_dollars(out, estimate->cost);
        buf_format(out, " at the prices of %s\n", session->prices.date);
        return;
    }
    buf_text(out, "nobody knows the price of ");
    terminal_text(out, model_of(session));
    buf_text(out, "; --prices FILE tells it\n");
}

void model_print_estimate(struct model_session *session,
                          const struct writing_estimate *estimate,
                          const struct job_totals *totals)
{
    struct cli *cli = session->cli;
    struct buf *out = &cli->out;

    buf_clear(out);
    if (cli->json) {
        buf_format(out,
                   "{\"meetings\":%lld,\"calls\":%lld,\"prompt_tokens\":%lld,"
                   "\"completion_tokens\":%lld",
                   (long long)(totals->meetings - totals->meetings_written),
                   (long long)estimate->calls,
                   (long long)estimate->prompt_tokens,
                   (long long)estimate->completion_tokens);
        json_dollars(out, "cost_usd", session->price ? estimate->cost : -1);
        json_key(out, "model");
        buf_json(out, model_of(session));
        json_key(out, "prices");
        buf_json(out, session->price ? session->prices.date : NULL);
        buf_text(out, "}\n");
        return;
    }
    /* Of what goes on with a series that has its text, nothing is asked. */
    if (totals->meetings_written) {
        text_number(out, totals->meetings - totals->meetings_written);
        buf_text(out, " of ");
    }
    buf_format(out, "%s in %s of ",
               cli_count(cli, totals->meetings, "meeting", "meetings"),
               cli_count(cli, estimate->calls, "call", "calls"));
    terminal_text(out, model_of(session));
    buf_text(out, "\nabout ");
    text_number(out, estimate->prompt_tokens);
    buf_text(out, " tokens of prompts and ");
    text_number(out, estimate->completion_tokens);
    buf_text(out, " of replies\n");
    put_cost(session, out, estimate);
}

/* ---- A version ---- */

bool model_print_version(struct model_session *session, int64_t version,
                         const struct generate_result *result,
                         const struct job_totals *totals,
                         const struct generate_files *files, struct error *err)
{
    struct cli *cli = session->cli;
    struct buf *out = &cli->out;
    size_t personas = session->job.persona_count;
    size_t from;

    generate_mix_note(cli, &result->report);
    if (cli->json) {
        buf_clear(out);
        buf_char(out, '{');
        generate_json(out, version, result, personas, files);
        json_key(out, "end");
        buf_json(out, totals->meetings_written < totals->meetings ? "partial"
                                                                  : "complete");
        json_totals(out, session, totals);
        buf_text(out, "}\n");
        return true;
    }
    if (!generate_print(cli, version, result->added, personas, files, err))
        return false;
    terminal_text(out, model_of(session));
    buf_text(out, ": ");
    put_usage(cli, out, totals);
    buf_char(out, '\n');
    from = out->length;
    put_troubles(cli, out, totals);
    if (out->length > from)
        buf_char(out, '\n');
    return true;
}

/* ---- An end before the end ---- */

static const struct {
    const char *name;
    enum error_code code;
} ends[] = {
    [WRITING_COMPLETE] = {"complete", ERROR_NONE},
    [WRITING_BUDGET] = {"budget", ERROR_INTERRUPTED},
    [WRITING_CANDIDATES] = {"candidates", ERROR_ENDPOINT},
    [WRITING_INTERRUPTED] = {"interrupted", ERROR_INTERRUPTED},
    [WRITING_FAILED] = {"failed", ERROR_ENDPOINT},
};

static bool hint_end(struct model_session *session,
                     const struct writing_result *result, struct error *err)
{
    struct cli *cli = session->cli;
    const char *resume = model_resume_command(cli);

    if (result->end == WRITING_BUDGET)
        return error_hint(err,
                          "`%s` with a larger budget goes on; with --partial "
                          "it makes a version of what is there",
                          resume);
    if (result->end == WRITING_CANDIDATES)
        return error_hint(err,
                          "`%s` says why; `%s` with more --candidates goes on; "
                          "with --partial it makes a version of what is there",
                          next_command(cli, "requests list --rejected"),
                          resume);
    if (result->hint)
        return error_hint(err, "%s; `%s` goes on", result->hint, resume);
    return error_hint(err, "`%s` goes on", resume);
}

/* Without the full stop that a server's own words may end in. */
static size_t sentence_length(const char *text)
{
    size_t length = strlen(text);

    return length && text[length - 1] == '.' ? length - 1 : length;
}

bool model_print_end(struct model_session *session,
                     const struct writing_result *result, struct error *err)
{
    struct cli *cli = session->cli;
    struct error end;

    error_set(&end, ends[result->end].code, "%.*s; %s",
              (int)sentence_length(result->why), result->why,
              kept_text(session, &result->totals));
    hint_end(session, result, &end);
    if (!cli->json) {
        *err = end;
        return false;
    }
    buf_clear(&cli->out);
    buf_char(&cli->out, '{');
    json_unfinished(&cli->out, session, ends[result->end].name, result->why,
                    &result->totals);
    buf_text(&cli->out, "}\n");
    cli_note(cli, "%s", end.message);
    cli_note(cli, "hint: %s", end.hint);
    cli->exit_code = (int)ends[result->end].code;
    return true;
}

/* ---- Batch files ---- */

static void json_shards(struct buf *out, const struct batch_shard *shards,
                        size_t count)
{
    json_key(out, "files");
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_key(out, NULL);
        buf_text(out, "{\"path\":");
        buf_json(out, shards[i].path);
        buf_format(out, ",\"requests\":%lld,\"bytes\":%lld}",
                   (long long)shards[i].totals.lines,
                   (long long)shards[i].totals.bytes);
    }
    buf_char(out, ']');
}

static bool print_shards(struct cli *cli, const struct batch_shard *shards,
                         size_t count, struct error *err)
{
    static const struct table_column columns[] = {
        {NULL, TABLE_LEFT, 0}, {NULL, TABLE_RIGHT, 0}, {NULL, TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++)
        table_row(&table, shards[i].path,
                  cli_count(cli, shards[i].totals.lines, "request", "requests"),
                  arena_format(&cli->arena, err, "%.1f kB",
                               (double)shards[i].totals.bytes / 1000),
                  NULL);
    return table_print(&table, 2, &cli->out, err);
}

/* The files as a shell names them: requests.jsonl, or requests-*.jsonl. */
static const char *shards_name(struct model_session *session,
                               const struct batch_shard *shards, size_t count)
{
    const char *path = session->options.batch_out;
    const char *slash = strrchr(path, '/');
    const char *point = strrchr(slash ? slash : path, '.');
    size_t stem = point ? (size_t)(point - path) : strlen(path);
    struct error ignored;
    const char *name =
        count == 1 ? shards[0].path
                   : arena_format(&session->cli->arena, &ignored, "%.*s-*%s",
                                  (int)stem, path, path + stem);

    return name ? name : path;
}

static void note_ways(struct model_session *session,
                      const struct batch_shard *shards, size_t count)
{
    struct cli *cli = session->cli;
    const char *files = shards_name(session, shards, count);
    struct error ignored;
    const char *submit =
        arena_format(&cli->arena, &ignored, "batch submit %s", files);

    cli_note(cli, "next, at a provider's batch service: %s",
             next_command(cli, submit ? submit : "batch submit"));
    cli_note(cli,
             "or on machines of your own: vllm run-batch -i %s -o "
             "results.jsonl --model %s",
             shards[0].path, model_of(session));
    cli_note(cli, "    then: %s",
             next_command(cli, "generate --batch-in results.jsonl"));
}

bool model_print_batch_out(struct model_session *session,
                           const struct batch_shard *shards, size_t count,
                           struct error *err)
{
    struct cli *cli = session->cli;
    struct buf *out = &cli->out;
    struct job_totals totals;

    if (!job_totals_of(session->store, session->job.job.number, &totals, err))
        return false;
    if (count)
        note_ways(session, shards, count);
    else
        cli_note(cli, "nothing waits to be asked: no file is written");
    if (cli->json) {
        buf_clear(out);
        buf_char(out, '{');
        json_unfinished(out, session, "batch", "waiting for results", &totals);
        json_shards(out, shards, count);
        buf_text(out, "}\n");
        return true;
    }
    buf_format(out, "job %lld: %s are written\n",
               (long long)session->job.job.number, job_progress(cli, &totals));
    return print_shards(cli, shards, count, err);
}

/* What could be done next about what is not there. */
static void note_rest(struct model_session *session,
                      const struct job_totals *totals, int64_t batched)
{
    struct cli *cli = session->cli;
    int64_t waiting = totals->unanswered - batched;

    if (batched)
        cli_note(cli, "%s in batch files; next: %s",
                 cli_count(cli, batched, "request is", "requests are"),
                 next_command(cli, "generate --batch-in MORE.jsonl"));
    if (waiting)
        cli_note(cli, "%s to be asked; next: %s",
                 cli_count(cli, waiting, "request is", "requests are"),
                 next_command(cli, "generate --resume --batch-out REST.jsonl"));
    if (!totals->unanswered)
        cli_note(cli, "the texts that are missing did not do; %s says why",
                 next_command(cli, "requests list --rejected"));
    cli_note(cli, "%s makes a version of what is there",
             next_command(cli, "generate --resume --partial"));
}

bool model_print_batch_in(struct model_session *session,
                          const struct writing_batch_result *results,
                          struct error *err)
{
    struct cli *cli = session->cli;
    struct buf *out = &cli->out;
    const struct job_totals *totals = &results->totals;
    int64_t batched;

    if (!model_count_batched(session, &batched, err))
        return false;
    note_rest(session, totals, batched);
    cli->exit_code = ERROR_FOUND;
    if (cli->json) {
        buf_clear(out);
        buf_char(out, '{');
        json_unfinished(out, session, "partial", "results are missing", totals);
        buf_format(out,
                   ",\"lines\":%lld,\"taken\":%lld,\"known\":%lld,"
                   "\"strangers\":%lld,\"broken\":%lld,\"failed\":%lld}\n",
                   (long long)results->lines, (long long)results->taken,
                   (long long)results->known, (long long)results->strangers,
                   (long long)results->broken, (long long)results->failed);
        return true;
    }
    buf_format(out, "took %s: %s are written\n",
               cli_count(cli, results->taken, "result", "results"),
               job_progress(cli, totals));
    put_usage(cli, out, totals);
    buf_char(out, '\n');
    return cli_whole(cli, err);
}

/* ---- Progress ---- */

/* What matters most comes first: a narrow terminal cuts the end off. */
static void put_pace(struct buf *line, const struct model_watch *watch,
                     double seconds)
{
    const struct job_totals *totals = &watch->now->totals;
    double done = (double)(totals->meetings_written - watch->written);
    double left = (double)(totals->meetings - totals->meetings_written);
    double wait;

    if (done <= 0 || seconds <= 0)
        return;
    wait = left * seconds / done;
    if (wait >= 120)
        buf_format(line, ", %.0f min left", wait / 60);
    else if (left > 0)
        buf_format(line, ", %.0f s left", wait);
    buf_format(line, ", %.1f a second", done / seconds);
}

/* Why nothing seems to happen. */
static void put_trouble(struct buf *line, const struct writing_progress *now)
{
    bool paused = now->pause_ms >= 1000;

    if (paused)
        buf_format(line, ", paused for %lld s",
                   (long long)now->pause_ms / 1000);
    if (!now->trouble)
        return;
    buf_text(line, paused ? ": " : ", ");
    text_cut(line, now->trouble, TROUBLE_COLUMNS);
}

static void put_rest(struct buf *line, const struct model_watch *watch,
                     double seconds)
{
    const struct job_totals *totals = &watch->now->totals;

    if (watch->signals) {
        buf_format(line, ", waiting for %d in flight; Ctrl-C gives them up",
                   watch->now->in_flight);
        return;
    }
    put_pace(line, watch, seconds);
    put_trouble(line, watch->now);
    if (totals->cost) {
        buf_text(line, ", ");
        put_dollars(line, totals->cost);
    }
    buf_text(line, ", ");
    text_number(line, totals->prompt_tokens + totals->completion_tokens);
    buf_format(line, " tokens, %d in flight", watch->now->in_flight);
}

void model_put_progress(void *context, struct buf *line, double seconds)
{
    const struct model_watch *watch = context;
    const struct job_totals *totals = &watch->now->totals;

    text_number(line, totals->meetings_written);
    buf_text(line, " of ");
    text_number(line, totals->meetings);
    buf_text(line, " meetings");
    put_rest(line, watch, seconds);
}
