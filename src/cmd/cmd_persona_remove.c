/* datebook persona remove */
#include "cli.h"

#include <string.h>

/* Naming somebody twice may be a slip for somebody else. */
static bool refuse_double(const struct cli *cli, struct error *err)
{
    for (int i = 0; i < cli->argument_count; i++)
        for (int j = 0; j < i; j++)
            if (!strcmp(cli->arguments[i], cli->arguments[j]))
                return cli_usage(cli, err, "%.128s is named twice",
                                 cli->arguments[i]);
    return true;
}

static void print(struct cli *cli, const struct run *run)
{
    struct buf *out = &cli->out;
    long long version = (long long)run_version(run);
    int64_t personas = run_counts(run, NOUN_PERSONA).removed;
    int64_t meetings = run_counts(run, NOUN_MEETING).removed;

    if (cli->json) {
        buf_format(out,
                   "{\"version\":%lld,\"personas\":%lld,\"meetings\":%lld}\n",
                   version, (long long)personas, (long long)meetings);
        return;
    }
    buf_format(out, "v%lld: removed %s with %s\n", version,
               cli_count(cli, personas, "persona", "personas"),
               cli_count(cli, meetings, "meeting", "meetings"));
    cli_note(cli, "they stay in v%lld and before", version - 1);
}

static bool remove_them(struct cli *cli, struct store *store, struct run *run,
                        struct error *err)
{
    struct stored_persona *personas;
    struct buf summary = BUF_EMPTY;
    size_t count;
    int64_t started;
    bool changed;
    bool ok;

    if (!civil_now(&started, err) ||
        !argument_personas(cli, store, run_version(run), &personas, &count,
                           err) ||
        !dataset_remove_personas(run, &cli->arena, personas, count, err))
        return false;
    buf_text(&summary, "removed");
    for (size_t i = 0; i < count; i++)
        buf_format(&summary, "%s %s", i ? "," : "", personas[i].id);
    ok = buf_ok(&summary, err) &&
         finish_run(cli, run, "{}", buf_string(&summary), started, &changed,
                    err);
    buf_free(&summary);
    if (ok)
        print(cli, run);
    return ok;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = refuse_double(cli, err)
                              ? cli_open(cli, cli->database, STORE_WRITE, err)
                              : NULL;
    struct run *run = store ? run_begin(store, &cli->arena, err) : NULL;
    bool ok = run && remove_them(cli, store, run, err);

    run_abandon(run);
    store_close(store);
    return ok;
}

const struct command command_persona_remove = {
    .name = "persona remove",
    .summary = "remove personas with their meetings and labels",
    .arguments = "ID…",
    .least = 1,
    .most = -1,
    .details = "What is removed stays in the older versions, and can be read "
               "there with --at.",
    .json = "{\"version\", \"personas\", \"meetings\"}",
    .examples = {{"persona remove tier3_legal_counsel_risk", "one persona"}},
    .run = run,
};
