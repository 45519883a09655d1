/* datebook batch status */
#include "batch_session.h"

#include "datebook/clock.h"

#include <string.h>

enum { SLICE_MS = 100 };

struct overview {
    const char **problems; /* by batch */
    int64_t total;
    int64_t done;
    size_t running; /* or not submitted as a whole */
    size_t ended;   /* and not collected */
    size_t failed;
};

static void count_one(struct overview *overview,
                      const struct remote_batch *batch)
{
    overview->total += batch->total;
    overview->done += batch->completed + batch->failed;
    if (batch->collected)
        return;
    overview->running += !batch_has_ended(batch);
    overview->ended += batch_has_ended(batch);
    overview->failed += !strcmp(batch->state, "failed");
}

/* Asks of every batch that may have changed, and of those that failed why. */
static bool look(struct batch_session *session, struct overview *overview,
                 struct error *err)
{
    overview->total = overview->done = 0;
    overview->running = overview->ended = overview->failed = 0;
    for (size_t i = 0; i < session->count; i++) {
        struct remote_batch *batch = &session->batches[i];
        bool asked;
        if (!batch->collected && !batch_adopt(session, batch, err))
            return false;
        asked = *batch->batch_id && !batch->collected &&
                (!batch_has_ended(batch) || !overview->problems[i]);
        if (asked &&
            !batch_refresh(session, batch, &overview->problems[i], err))
            return false;
        count_one(overview, batch);
    }
    return true;
}

/* Between two looks. */
static bool pause_for(const struct batch_session *session,
                      const struct overview *overview, struct error *err)
{
    int64_t end = clock_waiting() + session->poll_ms;
    int64_t left;

    while ((left = end - clock_waiting()) > 0) {
        if (!session->monitor->tick(session->monitor->context, "requests",
                                    overview->done, overview->total, err))
            return false;
        clock_pause(left < SLICE_MS ? left : SLICE_MS);
    }
    return true;
}

static bool is_submitted(const struct batch_session *session)
{
    for (size_t i = 0; i < session->count; i++)
        if (!*session->batches[i].batch_id)
            return false;
    return true;
}

static const char *state_text(const struct remote_batch *batch)
{
    if (batch->collected && strcmp(batch->state, "failed") != 0)
        return "collected";
    return *batch->batch_id ? batch->state : "not submitted";
}

static bool print_table(struct batch_session *session,
                        const struct overview *overview, struct error *err)
{
    static const struct table_column columns[] = {
        {"FILE", TABLE_LEFT, 40},   {"BATCH", TABLE_LEFT, 0},
        {"STATE", TABLE_LEFT, 0},   {"DONE", TABLE_RIGHT, 0},
        {"OF", TABLE_RIGHT, 0},     {"FAILED", TABLE_RIGHT, 0},
        {"PROBLEM", TABLE_LEFT, 60}};
    struct cli *cli = session->cli;
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < session->count; i++) {
        const struct remote_batch *batch = &session->batches[i];
        const char *problem = overview->problems[i];
        table_row(
            &table, batch->path, batch->batch_id, state_text(batch),
            arena_format(&cli->arena, err, "%lld",
                         (long long)batch->completed +
                             (long long)batch->failed),
            arena_format(&cli->arena, err, "%lld", (long long)batch->total),
            arena_format(&cli->arena, err, "%lld", (long long)batch->failed),
            problem ? problem : "", NULL);
    }
    return table_print(&table, 0, &cli->out, err);
}

static void note_next(struct batch_session *session,
                      const struct overview *overview)
{
    struct cli *cli = session->cli;

    if (!session->count)
        cli_note(cli, "no batches; next: %s",
                 next_command(cli, "batch submit FILE"));
    else if (!is_submitted(session))
        cli_note(cli, "a file was not submitted to its end; next: %s",
                 next_command(cli, "batch submit FILE"));
    else if (overview->running)
        cli_next(cli, "batch status --watch");
    else if (overview->ended)
        cli_next(cli, "batch collect");
    else
        cli_next(cli, "generate --resume");
}

static bool print(struct batch_session *session,
                  const struct overview *overview, struct error *err)
{
    struct cli *cli = session->cli;

    note_next(session, overview);
    if (overview->failed)
        cli->exit_code = ERROR_FOUND;
    if (!cli->json)
        return !session->count || print_table(session, overview, err);
    buf_format(&cli->out, "{\"job\":%lld", (long long)session->job.job.number);
    batch_json(&cli->out, session->batches, overview->problems, session->count);
    buf_text(&cli->out, "}\n");
    return true;
}

static bool work(struct batch_session *session, struct error *err)
{
    struct cli *cli = session->cli;
    struct overview overview = {.problems =
                                    arena_zero(&cli->arena, session->count + 1,
                                               sizeof *overview.problems, err)};
    bool watch = cli_flag(cli, "watch");

    if (!overview.problems || !look(session, &overview, err))
        return false;
    while (watch && overview.running && is_submitted(session))
        if (!pause_for(session, &overview, err) ||
            !look(session, &overview, err))
            return false;
    return print(session, &overview, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct batch_session session = {.cli = cli};
    bool ok = batch_open(&session, false, err) && work(&session, err);

    batch_close(&session);
    return ok;
}

const struct command command_batch_status = {
    .name = "batch status",
    .summary = "how far submitted batches are",
    .arguments = "",
    .details =
        "Asks the provider about the batches of the open job. With "
        "--watch it asks again, every 10\nseconds, of Azure every minute, "
        "until all of them have ended. A batch that failed is\nexit code "
        "1.",
    .json = "{\"job\", \"batches\": [{\"file\", \"batch\", \"state\", "
            "\"total\", \"completed\", \"failed\",\n\"collected\", "
            "\"problem\"}]}",
    .options = {{"watch", 0, NULL, "until all batches have ended"},
                BATCH_OPTIONS},
    .examples = {{"batch status", "a look"},
                 {"batch status --watch && datebook batch collect",
                  "wait for the results and take them"}},
    .run = run,
};
