/* datebook relabel */
#include "cli.h"

static void print_json(struct cli *cli, const struct relabel_result *result,
                       const struct run *run, bool changed,
                       const struct noun_counts *labels)
{
    buf_format(&cli->out,
               "{\"version\":%lld,\"stale_personas\":%lld,\"checked\":%lld,"
               "\"changed\":%lld}\n",
               (long long)(run_version(run) - !changed),
               (long long)result->stale, (long long)result->checked,
               (long long)labels->changed);
}

static void print_text(struct cli *cli, const struct relabel_result *result,
                       const struct run *run, bool changed,
                       const struct noun_counts *labels)
{
    struct buf *out = &cli->out;
    long long head = (long long)run_version(run) - 1;

    if (!result->stale) {
        buf_format(out, "Every label is fresh; HEAD stays at v%lld.\n", head);
        return;
    }
    if (!changed) {
        buf_format(
            out, "Labelled %s again; none changed, HEAD stays at v%lld.\n",
            cli_count(cli, result->checked, "meeting", "meetings"), head);
        return;
    }
    buf_format(out, "v%lld: labelled %s again, %s changed\n", head + 1,
               cli_count(cli, result->checked, "meeting", "meetings"),
               cli_count(cli, labels->changed, "label", "labels"));
    cli_next(cli, "diff HEAD~1");
}

/* A dry run is the real one, shown and then undone. */
static bool show_and_undo(struct cli *cli, struct store *store,
                          const struct run *run, bool changed,
                          struct error *err)
{
    int64_t head = run_version(run) - 1;
    bool different;

    return print_diff(cli, store, head, head + changed, false, &different, err);
}

static bool choose(struct cli *cli, struct store *store, int64_t version,
                   struct stored_persona **personas, size_t *count,
                   struct error *err)
{
    if (!cli->argument_count)
        return persona_list_at(store, &cli->arena, version, personas, count,
                               err);
    return argument_personas(cli, store, version, personas, count, err);
}

static bool relabel(struct cli *cli, struct store *store, struct run *run,
                    const struct monitor *monitor, struct error *err)
{
    struct stored_persona *personas;
    struct relabel_result result;
    struct run_header header = {.options = "{}"};
    struct noun_counts labels;
    size_t count;
    bool changed;

    if (!civil_now(&header.started, err) ||
        !choose(cli, store, run_version(run) - 1, &personas, &count, err) ||
        !dataset_relabel(run, store, &cli->arena, personas, count, monitor,
                         &result, err))
        return false;
    labels = run_counts(run, NOUN_LABEL);
    header.summary =
        arena_format(&cli->arena, err, "%lld of %lld labels changed",
                     (long long)labels.changed, (long long)result.checked);
    if (!header.summary || !seal_run(cli, run, &header, &changed, err))
        return false;
    if (cli_flag(cli, "dry-run"))
        return show_and_undo(cli, store, run, changed, err);
    if (!commit_run(cli, run, changed, err))
        return false;
    (cli->json ? print_json : print_text)(cli, &result, run, changed, &labels);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    return with_run(cli, relabel, err);
}

const struct command command_relabel = {
    .name = "relabel",
    .summary = "label again what a rule edit made stale",
    .arguments = "[PERSONA…]",
    .most = -1,
    .details =
        "Labels are stale when their persona's rules were edited since, or "
        "when the rule engine\nis newer. Only those are labelled again, and "
        "only labels that differ become rows of\nthe new version.",
    .json = "{\"version\", \"stale_personas\", \"checked\", \"changed\"}; with "
            "--dry-run what `diff --json` prints",
    .options = {{"dry-run", 0, NULL,
                 "print what `diff` would print, and change nothing"}},
    .examples = {{"relabel --dry-run", "see what an edit does"},
                 {"relabel", "do it, as one new version"}},
    .run = run,
};
