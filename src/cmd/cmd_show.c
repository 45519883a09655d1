/* datebook show */
#include "cli.h"

#include "model_usage.h"

#include "datebook/json.h"
#include "datebook/stored_record.h"

#include <string.h>

static bool print_table(struct cli *cli, const struct version *version,
                        struct error *err)
{
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
        if (noun_is_record((enum noun)noun) && !counts->total &&
            !counts->removed)
            continue;
        const char *cells[5] = {noun_plural((enum noun)noun)};
        for (int n = 0; n < 4; n++)
            cells[n + 1] =
                arena_format(&cli->arena, err, "%lld", (long long)numbers[n]);
        table_cells(&table, cells);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

/* One version, and what hangs on it. */
struct shown {
    struct version version;
    struct tag *tags; /* of all versions */
    size_t tag_count;
    struct export_entry *exports;
    size_t export_count;
    int64_t below; /* of a pruned one: the kept ones beside it */
    int64_t above;
};

static bool look(struct cli *cli, struct store *store, struct shown *shown,
                 struct error *err)
{
    const char *name = cli->argument_count ? cli->arguments[0] : "HEAD";
    int64_t number;

    return version_resolve(store, name, &number, err) &&
           version_get(store, &cli->arena, number, &shown->version, err) &&
           tag_list(store, &cli->arena, &shown->tags, &shown->tag_count, err) &&
           export_list(store, &cli->arena, number, &shown->exports,
                       &shown->export_count, err) &&
           version_kept_beside(store, number, &shown->below, &shown->above,
                               err);
}

static void print_tags(struct buf *out, const struct shown *shown)
{
    for (size_t i = 0; i < shown->tag_count; i++) {
        if (shown->tags[i].version != shown->version.number)
            continue;
        buf_text(out, "\ntag      ");
        terminal_text(out, shown->tags[i].name);
        if (shown->tags[i].signature)
            buf_text(out, " (signed)");
    }
}

static void print_exports(struct buf *out, const struct shown *shown)
{
    char hex[HASH_HEX_SIZE];
    char stamp[STAMP_SIZE];

    for (size_t i = 0; i < shown->export_count; i++) {
        hash_hex(shown->exports[i].manifest, hex);
        civil_format_stamp(shown->exports[i].started, stamp);
        buf_format(out, "\nexport   %s, manifest %s", stamp, hex);
    }
}

static void print_pruned(struct buf *out, const struct shown *shown)
{
    if (!shown->version.pruned)
        return;
    buf_text(out, "\npruned   left are this header and the rows that it shares "
                  "with ");
    if (shown->below)
        buf_format(out, "v%lld or ", (long long)shown->below);
    buf_format(out, "v%lld", (long long)shown->above);
}

/* What a model did for it stands in the options of its run. */
static void print_model(struct cli *cli, const struct shown *shown)
{
    struct error ignored;
    const char *text = shown->version.options;
    const cJSON *options =
        json_parse(&cli->arena, text, strlen(text), "options", &ignored);
    const cJSON *usage = options ? json_member(options, "usage") : NULL;
    const char *model = usage ? json_member_text(options, "model") : NULL;
    struct job_totals totals;
    size_t from;

    if (!model)
        return;
    usage_read(usage, &totals);
    buf_text(&cli->out, "\nmodel    ");
    terminal_text(&cli->out, model);
    buf_text(&cli->out, ": ");
    put_usage(cli, &cli->out, &totals);
    buf_text(&cli->out, "\n         ");
    from = cli->out.length;
    put_troubles(cli, &cli->out, &totals);
    if (cli->out.length == from)
        buf_text(&cli->out, "no retries, no rejected texts");
}

static bool print(struct cli *cli, const struct shown *shown, struct error *err)
{
    const struct version *version = &shown->version;
    struct buf *out = &cli->out;
    char hex[HASH_HEX_SIZE];
    char stamp[STAMP_SIZE];

    civil_format_stamp(version->started, stamp);
    buf_format(out, "version  v%lld", (long long)version->number);
    print_pruned(out, shown);
    print_tags(out, shown);
    buf_text(out, "\nwhat     ");
    terminal_text(out, version->summary);
    if (version->number) {
        buf_format(out, "\ncommand  %s ", version->command);
        terminal_text(out, version->options);
        buf_format(out, "\nstarted  %s\ntool     datebook %s, rule engine %d",
                   stamp, version->tool, version->engine);
        print_model(cli, shown);
    }
    hash_hex(version->content, hex);
    buf_format(out, "\ncontent  %s", hex);
    hash_hex(version->chain, hex);
    buf_format(out, "\nchain    %s", hex);
    print_exports(out, shown);
    buf_char(out, '\n');
    return print_table(cli, version, err);
}

static void print_json(struct buf *out, const struct shown *shown)
{
    char hex[HASH_HEX_SIZE];
    char stamp[STAMP_SIZE];

    buf_char(out, '{');
    json_version_members(out, &shown->version);
    json_tags(out, shown->tags, shown->tag_count, shown->version.number);
    json_key(out, "exports");
    buf_char(out, '[');
    for (size_t i = 0; i < shown->export_count; i++) {
        hash_hex(shown->exports[i].manifest, hex);
        civil_format_stamp(shown->exports[i].started, stamp);
        json_key(out, NULL);
        buf_format(out, "{\"manifest_hash\":\"%s\",\"started\":\"%s\"}", hex,
                   stamp);
    }
    buf_text(out, "]}\n");
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct shown shown;
    bool ok = store && look(cli, store, &shown, err);

    store_close(store);
    if (!ok)
        return false;
    if (!cli->json)
        return print(cli, &shown, err);
    print_json(&cli->out, &shown);
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
