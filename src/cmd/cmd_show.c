/* datebook show */
#include "cli.h"

static bool print_counts(struct cli *cli, const struct version *version,
                         struct error *err)
{
    static const char *const names[NOUNS] = {"personas", "meetings", "labels"};
    static const struct table_column columns[] = {{"", TABLE_LEFT, 0},
                                                  {"TOTAL", TABLE_RIGHT, 0},
                                                  {"ADDED", TABLE_RIGHT, 0},
                                                  {"CHANGED", TABLE_RIGHT, 0},
                                                  {"REMOVED", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *counts = &version->counts[noun];
        int64_t numbers[] = {counts->total, counts->added, counts->changed,
                             counts->removed};
        const char *cells[5] = {names[noun]};
        for (int n = 0; n < 4; n++)
            cells[n + 1] =
                arena_format(&cli->arena, err, "%lld", (long long)numbers[n]);
        table_cells(&table, cells);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static bool print(struct cli *cli, const struct version *version,
                  const struct tag *tags, size_t tag_count, struct error *err)
{
    struct buf *out = &cli->out;
    char hex[HASH_HEX_SIZE];
    char stamp[STAMP_SIZE];

    civil_format_stamp(version->started, stamp);
    hash_hex(version->chain, hex);
    buf_format(out, "version  v%lld", (long long)version->number);
    for (size_t i = 0; i < tag_count; i++)
        if (tags[i].version == version->number)
            buf_format(out, "  (tag %s)", tags[i].name);
    if (version->pruned)
        buf_text(out, "  (pruned)");
    buf_text(out, "\nwhat     ");
    terminal_text(out, version->summary);
    if (version->number) {
        buf_format(out, "\ncommand  %s ", version->command);
        terminal_text(out, version->options);
        buf_format(out, "\nstarted  %s\ntool     datebook %s, rule engine %d",
                   stamp, version->tool, version->engine);
    }
    buf_format(out, "\nchain    %s\n", hex);
    return print_counts(cli, version, err);
}

static bool run(struct cli *cli, struct error *err)
{
    const char *name = cli->argument_count ? cli->arguments[0] : "HEAD";
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct version version;
    struct tag *tags;
    size_t tag_count;
    int64_t number;
    bool ok = store && version_resolve(store, name, &number, err) &&
              version_get(store, &cli->arena, number, &version, err) &&
              tag_list(store, &cli->arena, &tags, &tag_count, err);

    store_close(store);
    if (!ok)
        return false;
    if (!cli->json)
        return print(cli, &version, tags, tag_count, err);
    json_version(&cli->out, &version);
    buf_char(&cli->out, '\n');
    return true;
}

const struct command command_show = {
    .name = "show",
    .summary = "show one version: what it did, when, its counts and hash",
    .arguments = "[VERSION]",
    .most = 1,
    .json = "{\"version\", \"command\", \"summary\", \"options\", \"started\", "
            "\"tool\", \"engine\",\n\"personas\", \"meetings\", \"labels\": "
            "{\"total\", \"added\", \"changed\", \"removed\"}, "
            "\"pruned\",\n\"chain_hash\"}",
    .examples = {{"show", "the newest version"},
                 {"show HEAD~1 --json", "the one before, for a script"}},
    .run = run,
};
