/* datebook show */
#include "shown.h"

#include "datebook/json.h"

#include <string.h>

/* What a model did for it stands in the options of its run. */
static void print_model(struct cli *cli, const struct version *version)
{
    struct error ignored;
    const char *text = version->options;
    const cJSON *options =
        json_parse(&cli->arena, text, strlen(text), "options", &ignored);
    const cJSON *usage = options ? json_member(options, "usage") : NULL;
    const char *model = usage ? json_member_text(options, "model") : NULL;
    struct job_totals totals;

    if (!model)
        return;
    usage_read(usage, &totals);
    shown_model(cli, model, &totals);
}

static bool print(struct cli *cli, const struct shown *shown, struct error *err)
{
    const struct version *version = &shown->version;
    struct buf *out = &cli->out;
    char hex[HASH_HEX_SIZE];

    buf_format(out, "version  v%lld", (long long)version->number);
    shown_pruned(out, shown);
    shown_tags(out, shown);
    buf_text(out, "\nwhat     ");
    terminal_text(out, version->summary);
    if (version->number) {
        buf_format(out, "\ncommand  %s ", version->command);
        terminal_text(out, version->options);
        shown_made(out, version);
        print_model(cli, version);
    }
    hash_hex(version->content, hex);
    buf_format(out, "\ncontent  %s", hex);
    hash_hex(version->chain, hex);
    buf_format(out, "\nchain    %s", hex);
    shown_exports(out, shown);
    buf_char(out, '\n');
    return shown_table(cli, version, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    const char *name = cli->argument_count ? cli->arguments[0] : "HEAD";
    struct shown shown;
    bool ok = store && shown_read(cli, store, name, &shown, err);

    store_close(store);
    if (!ok)
        return false;
    if (!cli->json)
        return print(cli, &shown, err);
    buf_char(&cli->out, '{');
    shown_json(&cli->out, &shown);
    buf_text(&cli->out, "}\n");
    return true;
}

const struct command command_show = {
    .name = "show",
    .summary = "show one version: what it did, when, its counts and hashes",
    .arguments = "[VERSION]",
    .most = 1,
    .details =
        "Equal content hashes mean the same personas, meetings, labels, splits "
        "and reviews; the\nchain hash also covers all versions before. Of a "
        "version that was pruned this stays,\nbut not its rows.",
    .json = "{\"version\", \"command\", \"summary\", \"options\", \"started\", "
            "\"tool\", \"engine\",\n\"personas\", \"meetings\", \"labels\", "
            "\"splits\": "
            "{\"total\", \"added\", \"changed\", \"removed\"}, "
            "\"reviews\": the same, where there are some, "
            "\"pruned\",\n\"content_hash\", \"chain_hash\", \"tags\": [names], "
            "\"exports\":\n[{\"manifest_hash\", \"started\"}]}",
    .examples = {{"show", "the newest version"},
                 {"show HEAD~1 --json", "the one before, for a script"}},
    .run = run,
};
