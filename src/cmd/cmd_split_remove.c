/* datebook split remove */
#include "splits.h"

#include <string.h>

static bool remove_it(struct cli *cli, struct store *store, struct run *run,
                      const struct monitor *monitor, struct error *err)
{
    const char *name = cli->arguments[0];
    struct stored_record *split;
    const char *summary;
    int64_t started;
    bool changed;

    (void)monitor;
    summary = arena_format(&cli->arena, err, "removed split %s", name);
    if (!summary || !civil_now(&started, err) ||
        !require_stored_split(cli, store, run_version(run), name, &split,
                              err) ||
        !run_remove_record(run, NOUN_SPLIT, name, err) ||
        !finish_run(cli, run, "{}", summary, started, &changed, err))
        return false;
    if (!cli->json) {
        buf_format(&cli->out, "v%lld: removed split %s\n",
                   (long long)run_version(run), name);
        cli_note(cli, "it stays in v%lld and before",
                 (long long)run_version(run) - 1);
        return true;
    }
    buf_format(&cli->out,
               "{\"version\":%lld,\"split\":", (long long)run_version(run));
    buf_json(&cli->out, name);
    buf_text(&cli->out, "}\n");
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    return with_run(cli, remove_it, err);
}

const struct command command_split_remove = {
    .name = "split remove",
    .summary = "remove a named split",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details = "It stays in the older versions, and can be used there with "
               "--at.",
    .json = "{\"version\", \"split\"}",
    .examples = {{"split remove quarter", "the split of that name"}},
    .run = run,
};
