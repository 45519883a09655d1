/* datebook status */
#include "cli.h"

#include "model_usage.h"

#include "datebook/writing.h"

#include <string.h>

struct state {
    struct version version;
    int64_t head;
    struct staleness stale;
    bool has_job; /* one is open */
    struct job job;
    struct job_totals totals; /* of the job */
    size_t batched;           /* requests in batch files */
    bool submitted;           /* some of them, to a batch service */
    const char *next; /* NULL: an old version, of which nothing follows */
};

/* A job is of now: beside an old version it is not told of. */
static bool look_for_job(struct cli *cli, struct store *store, int64_t at,
                         struct state *state, struct error *err)
{
    int64_t *numbers;

    if (at < state->head)
        return true;
    if (!job_unfinished(store, &cli->arena, &state->job, &state->has_job, err))
        return false;
    return !state->has_job ||
           (job_totals_of(store, state->job.number, &state->totals, err) &&
            request_queue(store, &cli->arena, state->job.number,
                          REQUEST_BATCHED, 0, INT32_MAX, &numbers,
                          &state->batched, err));
}

/* Whether a provider's batch service has some of the job. */
static bool look_for_batches(struct cli *cli, struct store *store,
                             struct state *state, struct error *err)
{
    struct remote_batch *batches;
    size_t count;

    if (!state->batched)
        return true;
    if (!remote_batch_list(store, &cli->arena, state->job.number, &batches,
                           &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        state->submitted |= *batches[i].batch_id && !batches[i].collected;
    return true;
}

static const char *next_of_job(struct cli *cli, const struct state *state)
{
    if (state->submitted)
        return "batch status --watch";
    if (state->batched)
        return "generate --batch-in FILE";
    /* With nothing left to be asked, what is there becomes a version. */
    return state->totals.written == state->totals.briefs ||
                   strcmp(job_option(cli, &state->job, "provider", ""),
                          "batch") != 0
               ? "generate --resume"
               : "generate --resume --batch-out FILE";
}

static bool look(struct cli *cli, struct store *store, struct state *state,
                 struct error *err)
{
    struct stored_persona *personas;
    size_t count;
    int64_t at;

    if (!version_head(store, &state->head, err) ||
        !cli_at(cli, store, &at, err) ||
        !version_get(store, &cli->arena, at, &state->version, err) ||
        !persona_list_at(store, &cli->arena, at, &personas, &count, err) ||
        !dataset_stale(store, &cli->arena, at, personas, count, &state->stale,
                       err) ||
        !look_for_job(cli, store, at, state, err) ||
        !look_for_batches(cli, store, state, err))
        return false;
    if (at < state->head)
        state->next = NULL;
    else if (state->has_job)
        state->next = next_of_job(cli, state);
    else if (!count)
        state->next = "persona add FILE-OR-FOLDER";
    else if (!state->version.counts[NOUN_MEETING].total)
        state->next = "generate --all";
    else if (state->stale.labels)
        state->next = "relabel --dry-run";
    else
        state->next = "export --held-out-fraction 0.2 --seed 1 "
                      "--output exports/first";
    return true;
}

static void print_job(struct cli *cli, const struct state *state)
{
    const struct job_totals *totals = &state->totals;
    struct buf *out = &cli->out;

    buf_format(out, "job %lld is open: %s by ", (long long)state->job.number,
               job_progress(cli, totals));
    terminal_text(out, job_option(cli, &state->job, "model", "a model"));
    buf_text(out, "; ");
    put_usage(cli, out, totals);
    if (totals->unanswered > (int64_t)state->batched)
        buf_format(out, "; %s",
                   cli_count(cli, totals->unanswered - (int64_t)state->batched,
                             "request waits", "requests wait"));
    if (state->batched)
        buf_format(out, "; %s in batch files",
                   cli_count(cli, (int64_t)state->batched, "request is",
                             "requests are"));
    buf_char(out, '\n');
}

static void json_job(struct cli *cli, const struct state *state)
{
    const struct job_totals *totals = &state->totals;
    struct buf *out = &cli->out;

    json_key(out, "job");
    if (!state->has_job) {
        buf_text(out, "null");
        return;
    }
    buf_format(out, "{\"job\":%lld", (long long)state->job.number);
    json_key(out, "model");
    buf_json(out, job_option(cli, &state->job, "model", NULL));
    json_key(out, "provider");
    buf_json(out, job_option(cli, &state->job, "provider", NULL));
    buf_format(
        out,
        ",\"written\":%lld,\"wanted\":%lld,\"unanswered\":%lld,\"batched\":%zu",
        (long long)totals->meetings_written, (long long)totals->meetings,
        (long long)totals->unanswered, state->batched);
    json_key(out, "usage");
    writing_totals_json(out, totals);
    buf_char(out, '}');
}

static void print(struct cli *cli, const struct state *state)
{
    struct buf *out = &cli->out;
    const struct noun_counts *counts = state->version.counts;

    terminal_text(out, cli->database);
    buf_format(out, " at v%lld", (long long)state->version.number);
    if (state->version.number < state->head)
        buf_format(out, " (HEAD is v%lld)", (long long)state->head);
    buf_text(out, ": ");
    terminal_text(out, state->version.summary);
    buf_format(
        out, "\n%s, %s, %s",
        cli_count(cli, counts[NOUN_PERSONA].total, "persona", "personas"),
        cli_count(cli, counts[NOUN_MEETING].total, "meeting", "meetings"),
        cli_count(cli, counts[NOUN_LABEL].total, "label", "labels"));
    if (counts[NOUN_SPLIT].total)
        buf_format(out, ", %s",
                   cli_count(cli, counts[NOUN_SPLIT].total, "split", "splits"));
    if (counts[NOUN_REVIEW].total)
        buf_format(
            out, ", %s",
            cli_count(cli, counts[NOUN_REVIEW].total, "review", "reviews"));
    buf_char(out, '\n');
    if (state->stale.labels)
        buf_format(
            out, "%s of %s\n",
            cli_count(cli, state->stale.labels, "stale label", "stale labels"),
            cli_count(cli, state->stale.personas, "persona", "personas"));
    else if (counts[NOUN_LABEL].total)
        buf_text(out, "every label is fresh\n");
    if (state->has_job)
        print_job(cli, state);
    if (state->next)
        cli_next(cli, state->next);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct state state = {.head = 0};
    bool ok = store && look(cli, store, &state, err);

    store_close(store);
    if (ok && cli->json) {
        buf_text(&cli->out, "{\"head\":");
        json_version(&cli->out, &state.version);
        buf_format(&cli->out, ",\"stale_personas\":%lld,\"stale_labels\":%lld",
                   (long long)state.stale.personas,
                   (long long)state.stale.labels);
        json_job(cli, &state);
        json_key(&cli->out, "next");
        buf_json(&cli->out, state.next ? next_command(cli, state.next) : NULL);
        buf_text(&cli->out, "}\n");
    } else if (ok) {
        print(cli, &state);
    }
    return ok;
}

const struct command command_status = {
    .name = "status",
    .summary = "what is in HEAD, what is stale, and what to do next",
    .arguments = "",
    .json =
        "{\"head\": HEAD, or the version of --at, as `show --json` "
        "prints it, without \"tags\"\nand \"exports\", \"stale_personas\", "
        "\"stale_labels\", \"job\": {\"job\", \"model\", "
        "\"provider\", \"written\", \"wanted\", \"unanswered\", \"batched\", "
        "\"usage\"} or null, \"next\" (null of an older version)}",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"status", "where things stand"},
                 {"status --at release-1", "where they stood"}},
    .run = run,
};
