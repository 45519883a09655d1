/* datebook log */
#include "cli.h"

/* The names of the tags of a version, joined by commas; "" for none.  One that
 * was pruned has none. */
static const char *tags_of(struct cli *cli, const struct tag *tags,
                           size_t count, const struct version *version,
                           struct error *err)
{
    const char *text = version->pruned ? "(pruned)" : "";

    for (size_t i = 0; text && i < count; i++)
        if (tags[i].version == version->number)
            text = arena_format(&cli->arena, err, "%s%s%s", text,
                                *text ? "," : "", tags[i].name);
    return text ? text : "";
}

static bool print_table(struct cli *cli, const struct version *versions,
                        size_t count, const struct tag *tags, size_t tag_count,
                        struct error *err)
{
    static const struct table_column columns[] = {{"VERSION", TABLE_RIGHT, 0},
                                                  {"WHEN", TABLE_LEFT, 0},
                                                  {"COMMAND", TABLE_LEFT, 0},
                                                  {"TAGS", TABLE_LEFT, 32},
                                                  {"WHAT", TABLE_LEFT, 160}};
    struct table table;
    char stamp[STAMP_SIZE];

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        civil_format_stamp(versions[i].started, stamp);
        stamp[10] = ' ';
        stamp[16] = '\0';
        table_row(&table,
                  arena_format(&cli->arena, err, "v%lld",
                               (long long)versions[i].number),
                  stamp, versions[i].command,
                  tags_of(cli, tags, tag_count, &versions[i], err),
                  versions[i].summary, NULL);
    }
    return table_print(&table, 0, &cli->out, err);
}

/* The columns of splits are there when one of the versions touched some. */
static int nouns_of(const struct version *versions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct noun_counts *splits = &versions[i].counts[NOUN_SPLIT];
        if (splits->added || splits->changed || splits->removed)
            return NOUNS;
    }
    return NOUN_SPLIT;
}

static bool print_stat(struct cli *cli, const struct version *versions,
                       size_t count, const struct tag *tags, size_t tag_count,
                       struct error *err)
{
    static const struct table_column tags_column = {"TAGS", TABLE_LEFT, 32};
    struct table_column columns[3 + 3 * NOUNS] = {
        {"VERSION", TABLE_RIGHT, 0},   {"COMMAND", TABLE_LEFT, 0},
        {"+PERSONAS", TABLE_RIGHT, 0}, {"~", TABLE_RIGHT, 0},
        {"-", TABLE_RIGHT, 0},         {"+MEETINGS", TABLE_RIGHT, 0},
        {"~", TABLE_RIGHT, 0},         {"-", TABLE_RIGHT, 0},
        {"+LABELS", TABLE_RIGHT, 0},   {"~", TABLE_RIGHT, 0},
        {"-", TABLE_RIGHT, 0},         {"+SPLITS", TABLE_RIGHT, 0},
        {"~", TABLE_RIGHT, 0},         {"-", TABLE_RIGHT, 0}};
    int nouns = nouns_of(versions, count);
    int last = 2 + 3 * nouns;
    struct table table;

    columns[last] = tags_column;
    table_start(&table, &cli->arena, columns, (size_t)last + 1);
    for (size_t i = 0; i < count; i++) {
        const char *cells[3 + 3 * NOUNS] = {
            arena_format(&cli->arena, err, "v%lld",
                         (long long)versions[i].number),
            versions[i].command};
        for (int noun = 0; noun < nouns; noun++) {
            const struct noun_counts *counts = &versions[i].counts[noun];
            int64_t numbers[] = {counts->added, counts->changed,
                                 counts->removed};
            for (int n = 0; n < 3; n++)
                cells[2 + 3 * noun + n] = arena_format(&cli->arena, err, "%lld",
                                                       (long long)numbers[n]);
        }
        cells[last] = tags_of(cli, tags, tag_count, &versions[i], err);
        table_cells(&table, cells);
    }
    return table_print(&table, 0, &cli->out, err);
}

static void print_json(struct cli *cli, const struct version *versions,
                       size_t count, const struct tag *tags, size_t tag_count)
{
    struct buf *out = &cli->out;

    buf_text(out, "{\"versions\":[");
    for (size_t i = 0; i < count; i++) {
        json_key(out, NULL);
        buf_char(out, '{');
        json_version_members(out, &versions[i]);
        json_tags(out, tags, tag_count, versions[i].number);
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct version *versions;
    struct tag *tags;
    size_t count;
    size_t tag_count;
    int64_t limit = cli->json ? INT64_MAX : 20;
    const char *at = cli_value(cli, "at");
    int64_t last;
    bool ok;

    ok = store && cli_int(cli, "limit", 1, INT64_MAX, &limit, err) &&
         version_resolve(store, at ? at : "HEAD", &last, err) &&
         version_log(store, &cli->arena, last, limit, &versions, &count, err) &&
         tag_list(store, &cli->arena, &tags, &tag_count, err);
    store_close(store);
    if (!ok)
        return false;
    if (cli->json)
        print_json(cli, versions, count, tags, tag_count);
    else if (!count)
        buf_text(&cli->out, at ? "no versions before\n" : "no versions yet\n");
    else if (cli_flag(cli, "stat"))
        ok = print_stat(cli, versions, count, tags, tag_count, err);
    else
        ok = print_table(cli, versions, count, tags, tag_count, err);
    if (ok && !cli->json && (int64_t)count < last)
        cli_note(cli, "%lld older; --limit N shows more",
                 (long long)(last - (int64_t)count));
    return ok;
}

const struct command command_log = {
    .name = "log",
    .summary = "list versions, newest first",
    .arguments = "",
    .details = "A version that was pruned still says what it did; its rows are "
               "gone.",
    .json = "{\"versions\": [what `show --json` prints, without \"exports\"]}",
    .options = {{"at", 0, "VERSION", "from this version back (default HEAD)"},
                {"limit", 0, "N", "at most so many (default 20)"},
                {"stat", 0, NULL, "how many rows each version changed"}},
    .examples = {{"log", "the last twenty"},
                 {"log --stat --limit 5", "with counts"},
                 {"log --at release-1", "up to a tag"}},
    .run = run,
};
