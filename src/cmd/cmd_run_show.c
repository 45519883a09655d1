/* datebook run show */
#include "history.h"
#include "run_facts.h"
#include "shown.h"

enum { INDENT = 9 };

/* A run, and what hangs on it. */
struct sheet {
    struct shown shown;
    struct run_facts facts;
};

static bool read_sheet(struct cli *cli, struct store *store,
                       struct sheet *sheet, struct error *err)
{
    const char *name = cli->argument_count ? cli->arguments[0] : "HEAD";
    struct run_jobs jobs;

    if (!shown_read(cli, store, name, &sheet->shown, err))
        return false;
    if (!sheet->shown.version.number) {
        error_set(err, ERROR_INPUT, "no run made version 0, the empty dataset");
        return error_hint(err, "`datebook run list` lists the runs");
    }
    return run_jobs_read(cli, store, &jobs, err) &&
           run_facts_read(cli, store, &sheet->shown.version, &jobs,
                          &sheet->facts, err);
}

static void print_command(struct buf *out, const struct sheet *sheet)
{
    const struct version *version = &sheet->shown.version;

    buf_text(out, "\ncommand  ");
    put_run_command(out, version, sheet->facts.given);
    if (!sheet->facts.given) {
        buf_text(out, " (its options were not kept as they were given) ");
        terminal_text(out, version->options);
    }
    if (!sheet->facts.began)
        return;
    buf_text(out, "\nbegan    as ");
    put_run_command(out, version, sheet->facts.began);
}

static void print_time(struct buf *out, const struct run_facts *facts)
{
    buf_text(out, "\ntime     ");
    if (facts->timed)
        put_duration(out, facts->milliseconds);
    else
        buf_text(out, "not kept");
    if (facts->timed && facts->resumed)
        buf_text(out, ", of the last command alone; how long the job took "
                      "before is not kept");
}

static void print_personas(struct buf *out, const struct sheet *sheet)
{
    const struct run_facts *facts = &sheet->facts;
    struct buf ids = BUF_EMPTY;

    buf_format(out, "\npersonas %zu", facts->persona_count);
    if (sheet->shown.version.pruned)
        buf_text(out, ", as far as their rows are left");
    buf_char(out, '\n');
    for (size_t i = 0; i < facts->persona_count; i++)
        buf_format(&ids, "%s%s", i ? ", " : "", facts->personas[i]);
    if (facts->persona_count)
        put_wrapped(out, buf_string(&ids), INDENT);
    buf_inherit(out, &ids);
    buf_free(&ids);
}

static bool print(struct cli *cli, const struct sheet *sheet, struct error *err)
{
    const struct version *version = &sheet->shown.version;
    const struct run_facts *facts = &sheet->facts;
    struct buf *out = &cli->out;
    char hex[HASH_HEX_SIZE];

    buf_format(out, "run      v%lld, from v%lld", (long long)version->number,
               (long long)version->number - 1);
    shown_pruned(out, &sheet->shown);
    shown_tags(out, &sheet->shown);
    print_command(out, sheet);
    buf_text(out, "\nwhat     ");
    terminal_text(out, version->summary);
    if (facts->has_seed)
        buf_format(out, "\nseed     %lld", (long long)facts->seed);
    shown_made(out, version);
    print_time(out, facts);
    if (facts->job)
        shown_model(cli, facts->model, &facts->totals);
    hash_hex(version->chain, hex);
    buf_format(out, "\nchain    %s", hex);
    shown_exports(out, &sheet->shown);
    print_personas(out, sheet);
    return shown_table(cli, version, err);
}

static void print_json(struct buf *out, const struct sheet *sheet)
{
    const struct run_facts *facts = &sheet->facts;

    buf_char(out, '{');
    json_run_facts(out, &sheet->shown.version, facts);
    json_texts(out, "touched", facts->personas, facts->persona_count);
    shown_json(out, &sheet->shown);
    buf_text(out, "}\n");
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct sheet sheet;
    bool ok = store && read_sheet(cli, store, &sheet, err);

    store_close(store);
    if (!ok)
        return false;
    if (!cli->json)
        return print(cli, &sheet, err);
    print_json(&cli->out, &sheet);
    return true;
}

const struct command command_run_show = {
    .name = "run show",
    .summary = "show one run: what was typed, for whom, its time and cost",
    .arguments = "[N]",
    .most = 1,
    .details = "N is the number of the version that the run made, or another "
               "name of that\n"
               "version; HEAD unless named. Shown are the command line without "
               "--db and the\n"
               "other global options, of absolute paths only the last part and "
               "of addresses\n"
               "nothing, so that nothing names a machine or an account; the "
               "personas of whom it\n"
               "touched something; and how long the command took, waiting "
               "included, unless\n"
               "SOURCE_DATE_EPOCH fixed the clock. A job with a model that was "
               "resumed is one\n"
               "run: calls, tokens and cost are those of all its commands, the "
               "time is that of\n"
               "its last.",
    .json = "{what `run list --json` has of a run, \"touched\": [ids of "
            "personas], \"exports\": [{\"manifest_hash\", \"started\"}]}",
    .examples = {{"run show", "the newest run"},
                 {"run show 7", "the one that made v7"},
                 {"run show release-1 --json", "for a script"}},
    .run = run,
};
