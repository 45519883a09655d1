/* datebook log */
#include "log.h"

/* The names of the tags of a version, joined by commas; "" for none.  One that
 * was pruned has none. */
static const char *tags_of(struct cli *cli, const struct tag *tags,
                           size_t count, int64_t number, bool pruned,
                           struct error *err)
{
    const char *text = pruned ? "(pruned)" : "";

    for (size_t i = 0; text && i < count; i++)
        if (tags[i].version == number)
            text = arena_format(&cli->arena, err, "%s%s%s", text,
                                *text ? "," : "", tags[i].name);
    return text ? text : "";
}

static const char *number_of(struct cli *cli, const struct log_line *line,
                             struct error *err)
{
    return line->oldest == line->newest
               ? arena_format(&cli->arena, err, "v%lld",
                              (long long)line->newest)
               : arena_format(&cli->arena, err, "v%lld-v%lld",
                              (long long)line->oldest, (long long)line->newest);
}

static bool print_table(struct cli *cli, const struct log *log,
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
    for (size_t i = 0; i < log->count; i++) {
        const struct log_line *line = &log->lines[i];
        civil_format_stamp(line->started, stamp);
        stamp[10] = ' ';
        stamp[16] = '\0';
        table_row(&table, number_of(cli, line, err), stamp, line->command,
                  tags_of(cli, log->tags, log->tag_count, line->newest,
                          line->pruned, err),
                  log_summary(cli, line, err), NULL);
    }
    return table_print(&table, 0, &cli->out, err);
}

/* The columns of splits and of reviews are there when one of the versions
 * touched some. */
static bool has_column(const struct log *log, enum noun noun)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct noun_counts *counts = &log->lines[i].counts[noun];
        if (counts->added || counts->changed || counts->removed)
            return true;
    }
    return !noun_is_record(noun);
}

static size_t stat_columns(const bool shown[NOUNS],
                           struct table_column *columns)
{
    static const char *const names[NOUNS] = {"+PERSONAS", "+MEETINGS",
                                             "+LABELS", "+SPLITS", "+REVIEWS"};
    size_t count = 0;

    columns[count++] = (struct table_column){"VERSION", TABLE_RIGHT, 0};
    columns[count++] = (struct table_column){"COMMAND", TABLE_LEFT, 0};
    for (int noun = 0; noun < NOUNS; noun++) {
        if (!shown[noun])
            continue;
        columns[count++] = (struct table_column){names[noun], TABLE_RIGHT, 0};
        columns[count++] = (struct table_column){"~", TABLE_RIGHT, 0};
        columns[count++] = (struct table_column){"-", TABLE_RIGHT, 0};
    }
    columns[count++] = (struct table_column){"TAGS", TABLE_LEFT, 32};
    return count;
}

static void add_stat(struct cli *cli, struct table *table,
                     const struct log *log, const struct log_line *line,
                     const bool shown[NOUNS], struct error *err)
{
    const char *cells[3 + 3 * NOUNS] = {number_of(cli, line, err),
                                        line->command};
    size_t at = 2;

    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *counts = &line->counts[noun];
        int64_t numbers[] = {counts->added, counts->changed, counts->removed};
        for (int n = 0; shown[noun] && n < 3; n++)
            cells[at++] =
                arena_format(&cli->arena, err, "%lld", (long long)numbers[n]);
    }
    cells[at] = tags_of(cli, log->tags, log->tag_count, line->newest,
                        line->pruned, err);
    table_cells(table, cells);
}

static bool print_stat(struct cli *cli, const struct log *log,
                       struct error *err)
{
    struct table_column columns[3 + 3 * NOUNS];
    struct table table;
    bool shown[NOUNS];
    size_t count;

    for (int noun = 0; noun < NOUNS; noun++)
        shown[noun] = has_column(log, (enum noun)noun);
    count = stat_columns(shown, columns);
    table_start(&table, &cli->arena, columns, count);
    for (size_t i = 0; i < log->count; i++)
        add_stat(cli, &table, log, &log->lines[i], shown, err);
    return table_print(&table, 0, &cli->out, err);
}

static bool print_json(struct cli *cli, struct store *store, struct log *log,
                       struct error *err)
{
    struct buf *out = &cli->out;
    struct version *versions;
    size_t count;

    if (!version_log(store, &cli->arena, log->last, log->limit, &versions,
                     &count, err))
        return false;
    buf_text(out, "{\"versions\":[");
    for (size_t i = 0; i < count; i++) {
        json_key(out, NULL);
        buf_char(out, '{');
        json_version_members(out, &versions[i]);
        json_tags(out, log->tags, log->tag_count, versions[i].number);
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
    return true;
}

static bool print_text(struct cli *cli, struct store *store, struct log *log,
                       struct error *err)
{
    int64_t older;

    if (!log_read(cli, store, log, err))
        return false;
    if (!log->count) {
        buf_text(&cli->out, cli_flag(cli, "at") ? "no versions before\n"
                                                : "no versions yet\n");
        return true;
    }
    if (!(cli_flag(cli, "stat") ? print_stat(cli, log, err)
                                : print_table(cli, log, err)))
        return false;
    older = log->lines[log->count - 1].oldest - 1;
    if (older)
        cli_note(cli, "%lld older; --limit N shows more", (long long)older);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct log log = {.limit = cli->json ? INT64_MAX : 20,
                      .all = cli_flag(cli, "all")};
    const char *at = cli_value(cli, "at");
    bool ok;

    ok = store && cli_int(cli, "limit", 1, INT64_MAX, &log.limit, err) &&
         version_resolve(store, at ? at : "HEAD", &log.last, err) &&
         tag_list(store, &cli->arena, &log.tags, &log.tag_count, err) &&
         (cli->json ? print_json(cli, store, &log, err)
                    : print_text(cli, store, &log, err));
    store_close(store);
    return ok;
}

const struct command command_log = {
    .name = "log",
    .summary = "list versions, newest first",
    .arguments = "",
    .details =
        "Every answer of a reviewer is a version of its own. Those that follow "
        "each other, of one\nreviewer and one sample, are one line, as "
        "\"v12-v57\", unless --all is given; a version\nwith a tag has a "
        "line of its own. A version that was pruned still says what it did; "
        "its\nrows are gone.",
    .json = "{\"versions\": [what `show --json` prints, without "
            "\"exports\"]}, an entry for each\nversion",
    .options = {{"at", 0, "VERSION", "from this version back (default HEAD)"},
                {"limit", 0, "N", "at most so many lines (default 20)"},
                {"all", 0, NULL, "a line for every version"},
                {"stat", 0, NULL, "how many rows each version changed"}},
    .examples = {{"log", "the last twenty"},
                 {"log --stat --limit 5", "with counts"},
                 {"log --at release-1", "up to a tag"}},
    .run = run,
};
