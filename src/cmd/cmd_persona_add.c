/* datebook persona add */
#include "cli.h"

static void print_json(struct cli *cli, const struct add_totals *totals,
                       int64_t version)
{
    struct buf *out = &cli->out;

    buf_char(out, '{');
    json_key(out, "version");
    buf_int(out, version);
    json_key(out, "added");
    buf_int(out, totals->added);
    json_key(out, "changed");
    buf_int(out, totals->changed);
    json_key(out, "unchanged");
    buf_int(out, totals->unchanged);
    json_key(out, "stale_labels");
    buf_int(out, totals->stale_labels);
    buf_text(out, "}\n");
}

static void print_result(struct cli *cli, const struct add_totals *totals,
                         int64_t version, bool changed)
{
    struct buf *out = &cli->out;

    if (!changed) {
        buf_format(out, "Nothing changed; HEAD stays at v%lld.\n",
                   (long long)version);
        return;
    }
    buf_format(out, "v%lld: %lld added, %lld changed, %lld unchanged\n",
               (long long)version, (long long)totals->added,
               (long long)totals->changed, (long long)totals->unchanged);
    note_stale(cli, totals);
}

/* "2 personas added, 1 changed" */
static void describe(struct cli *cli, const struct add_totals *totals,
                     struct buf *summary)
{
    if (totals->added)
        buf_format(summary, "%s added",
                   cli_count(cli, totals->added, "persona", "personas"));
    if (totals->added && totals->changed)
        buf_format(summary, ", %lld changed", (long long)totals->changed);
    else if (totals->changed)
        buf_format(summary, "%s changed",
                   cli_count(cli, totals->changed, "persona", "personas"));
}

static bool add(struct cli *cli, struct store *store, struct run *run,
                const char *const *files, size_t count, struct error *err)
{
    struct add_totals totals;
    struct buf summary = BUF_EMPTY;
    int64_t started;
    bool changed;
    bool ok;

    ok = civil_now(&started, err) &&
         add_personas(cli, store, run, files, count, &totals, err);
    if (ok) {
        describe(cli, &totals, &summary);
        ok = buf_ok(&summary, err) &&
             finish_run(cli, run, "{}", buf_string(&summary), started, &changed,
                        err);
    }
    buf_free(&summary);
    if (!ok)
        return false;
    if (cli->json)
        print_json(cli, &totals, run_version(run) - !changed);
    else
        print_result(cli, &totals, run_version(run) - !changed, changed);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    const char **files;
    size_t count;
    struct store *store;
    struct run *run = NULL;
    bool ok;

    if (!persona_paths(cli, cli->arguments, cli->argument_count, &files, &count,
                       err))
        return false;
    store = cli_open(cli, cli->database, STORE_WRITE, err);
    run = store ? run_begin(store, &cli->arena, err) : NULL;
    ok = run && add(cli, store, run, files, count, err);
    run_abandon(run);
    store_close(store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

const struct command command_persona_add = {
    .name = "persona add",
    .summary = "add persona files, or what changed in them",
    .arguments = "PATH…",
    .least = 1,
    .most = -1,
    .details =
        "A PATH is a file, or a folder whose .json files are taken. Adding a "
        "document that is\nalready there changes nothing; an edited one "
        "becomes a new row of a new version, and\nthe fields that changed are "
        "named. If any file is wrong, none is added.",
    .json = "{\"version\", \"added\", \"changed\", \"unchanged\", "
            "\"stale_labels\"}",
    .examples = {{"persona add my_persona.json", "one persona"},
                 {"persona add personas/", "all personas of a folder"}},
    .run = run,
};
