/* datebook diff */
#include "cli.h"

static bool run(struct cli *cli, struct error *err)
{
    const char *to_name = cli->argument_count > 1 ? cli->arguments[1] : "HEAD";
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    int64_t from;
    int64_t to;
    bool different;
    bool ok = store &&
              version_resolve_kept(store, cli->arguments[0], &from, err) &&
              version_resolve_kept(store, to_name, &to, err) &&
              print_diff(cli, store, from, to, cli_flag(cli, "rows"),
                         &different, err);

    if (ok && cli_flag(cli, "exit-code") && different)
        cli->exit_code = ERROR_FOUND;
    store_close(store);
    return ok;
}

const struct command command_diff = {
    .name = "diff",
    .summary = "show what changed between two versions",
    .arguments = "FROM [TO]",
    .least = 1,
    .most = 2,
    .details =
        "TO is HEAD unless named. Versions may come in either order. Version 0 "
        "is the empty\ndataset. In the table, + is added, ~ changed, - "
        "removed.",
    .json = "{\"from\", \"to\", \"personas\", \"meetings\", \"labels\": "
            "{\"added\", \"changed\",\n\"removed\"}, \"transitions\": "
            "[{\"from\", \"to\", \"labels\"}], \"rsvp\": [the same], \"prep\": "
            "{\"gained\", \"lost\", \"minutes\"}, \"reasons_only\", "
            "\"by_persona\"};\nwith --rows \"rows\": [{\"row\", \"change\", "
            "\"persona\", \"meeting\", \"old\", \"new\", \"fields\"}]",
    .options = {{"rows", 0, NULL, "every row, with old and new values"},
                {"exit-code", 0, NULL,
                 "exit with 1 when there is a difference"}},
    .examples = {{"diff HEAD~1", "what the last command changed"},
                 {"diff v3 v7 --rows", "row by row"},
                 {"diff release-1 --exit-code -q", "for a script"}},
    .run = run,
};
