/* datebook run list */
#include "log.h"
#include "run_facts.h"

#include "datebook/run_time.h"

enum { TERMINAL = 80, GAP = 2, LEAST_COMMAND = 12 };

/* One run of the list, or the answers of one sitting. */
struct row {
    const struct log_line *line;
    struct version version; /* the newest */
    struct run_facts facts; /* of that; its time is that of all */
};

struct listing {
    struct cli *cli;
    struct log log;
    struct row *rows; /* of its lines */
    struct run_jobs jobs;
    struct job_totals sum;  /* of all runs up to the newest */
    struct job_totals lost; /* of jobs that came to no version */
    size_t lost_count;
};

/* Of a sitting all answers together; not known when one is not. */
static bool add_times(struct store *store, struct row *row, struct error *err)
{
    struct run_facts *facts = &row->facts;

    for (int64_t version = row->line->oldest;
         facts->timed && version < row->line->newest; version++) {
        int64_t milliseconds;
        if (!run_time_of(store, version, &milliseconds, &facts->timed, err))
            return false;
        facts->milliseconds += milliseconds;
    }
    return true;
}

static bool read_rows(struct listing *list, struct store *store,
                      struct error *err)
{
    struct cli *cli = list->cli;
    struct log *log = &list->log;

    if (!log_read(cli, store, log, err))
        return false;
    list->rows =
        arena_zero(&cli->arena, log->count + 1, sizeof *list->rows, err);
    for (size_t i = 0; list->rows && i < log->count; i++) {
        struct row *row = &list->rows[i];
        row->line = &log->lines[i];
        if (!version_get(store, &cli->arena, row->line->newest, &row->version,
                         err) ||
            !run_facts_read(cli, store, &row->version, &list->jobs, &row->facts,
                            err) ||
            !add_times(store, row, err))
            return false;
    }
    return list->rows != NULL;
}

static bool read_list(struct listing *list, struct store *store,
                      struct error *err)
{
    struct cli *cli = list->cli;
    struct log *log = &list->log;
    const char *at = cli_value(cli, "at");

    if (!version_resolve(store, at ? at : "HEAD", &log->last, err) ||
        !tag_list(store, &cli->arena, &log->tags, &log->tag_count, err) ||
        !run_jobs_read(cli, store, &list->jobs, err))
        return false;
    run_jobs_sum(&list->jobs, log->last, &list->sum);
    list->lost_count = run_jobs_sum(&list->jobs, 0, &list->lost);
    return read_rows(list, store, err);
}

/* ---- The table ---- */

enum column { RUN, WHEN, TIME, PERSONAS, ROWS, CALLS, COST, COMMAND, COLUMNS };

static const struct table_column all_columns[COLUMNS] = {
    [RUN] = {"RUN", TABLE_RIGHT, 0},
    [WHEN] = {"WHEN", TABLE_LEFT, 0},
    [TIME] = {"TIME", TABLE_RIGHT, 0},
    [PERSONAS] = {"PERSONAS", TABLE_RIGHT, 0},
    [ROWS] = {"ROWS", TABLE_RIGHT, 0},
    [CALLS] = {"CALLS", TABLE_RIGHT, 0},
    [COST] = {"COST", TABLE_RIGHT, 0},
    [COMMAND] = {"COMMAND", TABLE_LEFT, 0}};

static int64_t rows_of(const struct log_line *line)
{
    int64_t rows = 0;

    for (int noun = 0; noun < NOUNS; noun++)
        rows += line->counts[noun].added + line->counts[noun].changed +
                line->counts[noun].removed;
    return rows;
}

static void put_number(const struct log_line *line, struct buf *out)
{
    if (line->oldest < line->newest)
        buf_format(out, "v%lld-", (long long)line->oldest);
    buf_format(out, "v%lld", (long long)line->newest);
}

static void put_cost(struct buf *out, const struct job_totals *totals)
{
    if (totals->unpriced && !totals->cost)
        buf_char(out, '?');
    else
        put_dollars(out, totals->cost);
}

/* The text of a cell; "-" where nothing is known or there is nothing. */
static void put_cell(const struct row *row, enum column column, struct buf *out)
{
    const struct version *version = &row->version;
    const struct run_facts *facts = &row->facts;
    char stamp[STAMP_SIZE];

    civil_format_stamp(version->started, stamp);
    stamp[10] = ' ';
    stamp[16] = '\0';
    if (column == RUN)
        put_number(row->line, out);
    else if (column == WHEN)
        buf_text(out, stamp);
    else if (column == TIME && facts->timed)
        put_duration(out, facts->milliseconds);
    else if (column == PERSONAS && !version->pruned)
        buf_int(out, (int64_t)facts->persona_count);
    else if (column == ROWS)
        text_number(out, rows_of(row->line));
    else if (column == CALLS && facts->job)
        text_number(out, facts->totals.calls);
    else if (column == COST && facts->job)
        put_cost(out, &facts->totals);
    else if (column == COMMAND)
        put_run_command(out, version,
                        facts->began ? facts->began : facts->given);
    else
        buf_char(out, '-');
}

/* Which columns there are: those of models only where one was asked. */
static int choose_columns(const struct listing *list,
                          enum column chosen[COLUMNS])
{
    bool models = false;
    int count = 0;

    for (size_t i = 0; i < list->log.count; i++)
        models = models || list->rows[i].facts.job;
    for (int column = 0; column < COLUMNS; column++)
        if (models || (column != CALLS && column != COST))
            chosen[count++] = (enum column)column;
    return count;
}

static const char *cell_text(struct cli *cli, const struct row *row,
                             enum column column, bool models, struct error *err)
{
    struct buf cell = BUF_EMPTY;
    const char *text;

    put_cell(row, column, &cell);
    /* The time of day makes room for what it cost. */
    if (models && column == WHEN && cell.length > 10)
        cell.data[10] = '\0';
    text = buf_ok(&cell, err) ? arena_text(&cli->arena, buf_string(&cell), err)
                              : NULL;
    buf_free(&cell);
    return text;
}

/* What other columns leave of a line goes to the command. */
static int room_for_command(const char *const *cells, size_t rows,
                            const struct table_column *columns, int count)
{
    int room = TERMINAL;

    for (int column = 0; column < count - 1; column++) {
        int width = text_width(columns[column].header);
        for (size_t i = 0; i < rows; i++) {
            int cell = text_width(cells[i * COLUMNS + (size_t)column]);
            width = cell > width ? cell : width;
        }
        room -= width + GAP;
    }
    return room > LEAST_COMMAND ? room : LEAST_COMMAND;
}

static bool print_table(const struct listing *list, struct error *err)
{
    struct cli *cli = list->cli;
    enum column chosen[COLUMNS];
    struct table_column columns[COLUMNS];
    struct table table;
    int count = choose_columns(list, chosen);
    const char **cells =
        arena_zero(&cli->arena, list->log.count * COLUMNS, sizeof *cells, err);

    for (size_t i = 0; cells && i < list->log.count * COLUMNS; i++) {
        size_t column = i % COLUMNS;
        if (column < (size_t)count &&
            !(cells[i] = cell_text(cli, &list->rows[i / COLUMNS],
                                   chosen[column], count == COLUMNS, err)))
            return false;
    }
    for (int i = 0; i < count; i++)
        columns[i] = all_columns[chosen[i]];
    if (!cells)
        return false;
    columns[count - 1].max_width =
        room_for_command(cells, list->log.count, columns, count);
    table_start(&table, &cli->arena, columns, (size_t)count);
    for (size_t i = 0; i < list->log.count; i++)
        table_cells(&table, cells + i * COLUMNS);
    return table_print(&table, 0, &cli->out, err);
}

static void print_sums(const struct listing *list)
{
    struct cli *cli = list->cli;
    struct buf *out = &cli->out;

    if (list->sum.calls) {
        buf_format(out, "\nv1 to v%lld: ", (long long)list->log.last);
        put_usage(cli, out, &list->sum);
        buf_char(out, '\n');
    }
    if (list->lost.calls) {
        buf_format(out, "%s%s without a version: ", list->sum.calls ? "" : "\n",
                   cli_count(cli, (int64_t)list->lost_count, "job", "jobs"));
        put_usage(cli, out, &list->lost);
        buf_char(out, '\n');
    }
}

/* ---- As JSON ---- */

static void print_json(const struct listing *list)
{
    struct buf *out = &list->cli->out;

    buf_text(out, "{\"runs\":[");
    for (size_t i = 0; i < list->log.count; i++) {
        const struct version *version = &list->rows[i].version;
        json_key(out, NULL);
        buf_char(out, '{');
        json_run_facts(out, version, &list->rows[i].facts);
        json_version_members(out, version);
        json_tags(out, list->log.tags, list->log.tag_count, version->number);
        buf_char(out, '}');
    }
    buf_text(out, "],\"usage\":");
    writing_totals_json(out, &list->sum);
    json_key(out, "usage_without_version");
    writing_totals_json(out, &list->lost);
    buf_text(out, "}\n");
}

static void note_older(const struct listing *list)
{
    const struct log *log = &list->log;
    int64_t older = log->count ? log->lines[log->count - 1].oldest - 1 : 0;

    if (older)
        cli_note(list->cli, "%lld older; --limit N shows more",
                 (long long)older);
}

static bool print(const struct listing *list, struct error *err)
{
    struct cli *cli = list->cli;

    if (cli->json) {
        print_json(list);
        return true;
    }
    if (!list->log.count)
        buf_text(&cli->out,
                 cli_flag(cli, "at") ? "no runs before\n" : "no runs yet\n");
    else if (!print_table(list, err))
        return false;
    print_sums(list);
    note_older(list);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct listing list = {.cli = cli,
                           .log = {.limit = cli->json ? INT64_MAX : 20,
                                   .all = cli->json || cli_flag(cli, "all")}};
    struct store *store;
    bool ok;

    if (!cli_int(cli, "limit", 1, INT64_MAX, &list.log.limit, err))
        return false;
    store = cli_open(cli, cli->database, STORE_READ, err);
    ok = store && read_list(&list, store, err);
    store_close(store);
    return ok && print(&list, err);
}

const struct command command_run_list = {
    .name = "run list",
    .summary = "list what was done, how long it took and what it cost",
    .arguments = "",
    .details =
        "A run is a command that changed the dataset; its number is "
        "that of the version\n"
        "that it made. `log` says what came of it, this what was typed, "
        "newest first:\n"
        "the command line without --db and the other global options, of "
        "absolute paths\n"
        "only the last part and of addresses nothing, so that nothing "
        "names a machine or\n"
        "an account. PERSONAS are those of whom it touched something, "
        "ROWS all rows that\n"
        "it added, changed or removed. TIME is that of the command, "
        "waiting included.\n"
        "\n"
        "A job with a model is one run, however often it was resumed: "
        "the command line\n"
        "is that which began it, CALLS and COST are those of all its "
        "commands, TIME that\n"
        "of the last. A line below adds up what models cost over all "
        "runs up to the\n"
        "newest that is listed, and another what jobs cost that are "
        "open or were given\n"
        "up. The answers that one reviewer gave in one sitting are one line.",
    .json =
        "{\"runs\": [{\"run\", \"parent\", \"given\": [words of the command "
        "line] or null where they were not kept, \"began\": [those of the "
        "command that planned a resumed job] or null, \"seed\", "
        "\"milliseconds\", \"persona_count\", \"model\": {\"name\", "
        "\"job\", \"usage\": {\"calls\", \"retries\", \"prompt_tokens\", "
        "\"completion_tokens\", \"cost_usd\" …}} or null, and what "
        "`log --json` has}], \"usage\", \"usage_without_version\"}; what "
        "is not known is null",
    .options = {{"at", 0, "VERSION", "from this run back (default HEAD)"},
                {"limit", 0, "N", "at most so many lines (default 20)"},
                {"all", 0, NULL, "a line for every answer of a review"}},
    .examples = {{"run list", "the last twenty"},
                 {"run list --at release-1 --limit 5", "five up to a tag"},
                 {"run list --json", "all of them, for a script"}},
    .run = run,
};
