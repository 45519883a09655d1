/* datebook review record */
#include "reviews.h"

#include "datebook/answer_lines.h"

struct recording {
    struct answer_file file;
    struct answer_totals totals;
    int64_t head; /* before, and after */
    bool changed;
};

/* ---- Output ---- */

/* Not remarks: they are why the command fails. */
static bool refuse(struct cli *cli, const struct answer_file *file,
                   struct error *err)
{
    const struct answer_problem *first = &file->problems[0];
    bool full = file->problem_count == ANSWER_PROBLEMS;

    if (file->problem_count == 1)
        return error_set(err, ERROR_INPUT, "%s:%lld: %s", file->name,
                         (long long)first->line, first->text);
    for (size_t i = 0; i < file->problem_count; i++) {
        const char *line = arena_format(
            &cli->arena, err, "%s:%lld: %s", file->name,
            (long long)file->problems[i].line, file->problems[i].text);
        if (!line)
            return false;
        terminal_text(&cli->notes, line);
        buf_char(&cli->notes, '\n');
    }
    return error_set(err, ERROR_INPUT,
                     "%s: %s%zu lines are wrong, and nothing "
                     "was recorded",
                     file->name, full ? "at least " : "", file->problem_count);
}

/* "12 opinions", "1 decision", "12 opinions, 1 decision" */
static const char *what_came(struct cli *cli,
                             const struct answer_totals *totals,
                             struct error *err)
{
    const char *opinions =
        cli_count(cli, totals->opinions, "opinion", "opinions");
    const char *decisions =
        cli_count(cli, totals->decisions, "decision", "decisions");

    if (!totals->decisions || !totals->opinions)
        return totals->decisions ? decisions : opinions;
    return arena_format(&cli->arena, err, "%s, %s", opinions, decisions);
}

/* "ann on first: 12 opinions" */
static const char *summarize(struct cli *cli,
                             const struct answer_totals *totals,
                             struct error *err)
{
    const char *who = totals->reviewer ? totals->reviewer
                                       : cli_count(cli, totals->reviewers,
                                                   "reviewer", "reviewers");
    const char *where =
        totals->sample ? totals->sample
                       : cli_count(cli, totals->samples, "sample", "samples");
    const char *what = what_came(cli, totals, err);

    return what ? arena_format(&cli->arena, err, "%s on %s: %s", who, where,
                               what)
                : NULL;
}

static void note_rest(struct cli *cli, const struct answer_totals *totals)
{
    if (totals->outdated)
        cli_note(cli,
                 "%s of a label that has changed since: open again from the "
                 "start",
                 cli_count(cli, totals->outdated, "answer is", "answers are"));
    if (totals->gone)
        cli_note(cli, "%s left out, of meetings that are not there any more",
                 cli_count(cli, totals->gone, "answer was", "answers were"));
}

static void print_text(struct cli *cli, const struct recording *recording,
                       const char *summary)
{
    const struct answer_totals *totals = &recording->totals;
    struct buf *out = &cli->out;

    if (!recording->changed) {
        buf_format(out, "Nothing changed: HEAD stays at v%lld.\n",
                   (long long)recording->head);
        return;
    }
    if (cli_flag(cli, "dry-run"))
        buf_text(out, "would record ");
    else
        buf_format(out, "v%lld: ", (long long)recording->head + 1);
    buf_text(out, summary);
    if (totals->replaced)
        buf_format(out, ", %lld in place of earlier ones",
                   (long long)totals->replaced);
    if (totals->unchanged)
        buf_format(
            out, "; %s there already",
            cli_count(cli, totals->unchanged, "answer was", "answers were"));
    buf_char(out, '\n');
}

static void print_json(struct cli *cli, const struct recording *recording)
{
    const struct answer_totals *totals = &recording->totals;
    bool dry = cli_flag(cli, "dry-run");

    buf_format(
        &cli->out,
        "{\"version\":%lld,\"dry_run\":%s,\"opinions\":%lld,\"decisions\":%lld,"
        "\"replaced\":%lld,\"unchanged\":%lld,\"open_again\":%lld,"
        "\"left_out\":%lld}\n",
        (long long)recording->head + (recording->changed && !dry),
        dry ? "true" : "false", (long long)totals->opinions,
        (long long)totals->decisions, (long long)totals->replaced,
        (long long)totals->unchanged, (long long)totals->outdated,
        (long long)totals->gone);
}

static void note_next(struct cli *cli, const struct recording *recording)
{
    struct error ignored;
    const char *next = arena_format(
        &cli->arena, &ignored, "review agreement %s",
        recording->totals.sample ? recording->totals.sample : "NAME");

    if (next && recording->changed && !cli_flag(cli, "dry-run"))
        cli_next(cli, next);
}

/* ---- The run ---- */

static bool record(struct cli *cli, struct store *store, struct run *run,
                   struct recording *recording, const struct monitor *monitor,
                   struct error *err)
{
    struct answer_file *file = &recording->file;
    struct answer_totals *totals = &recording->totals;
    const char *summary;

    recording->head = run_version(run) - 1;
    if (!answer_file_take(run, store, &cli->arena, file, monitor, totals, err))
        return false;
    if (file->problem_count)
        return refuse(cli, file, err);
    summary = summarize(cli, totals, err);
    if (!summary)
        return false;
    recording->changed = totals->opinions || totals->decisions;
    if (!cli_flag(cli, "dry-run") &&
        !finish_review(cli, run, summary, &recording->changed, err))
        return false;
    note_rest(cli, totals);
    note_next(cli, recording);
    if (cli->json)
        print_json(cli, recording);
    else
        print_text(cli, recording, summary);
    return true;
}

/* The file is read before the write lock is taken: a pipe may be slow. */
static bool run(struct cli *cli, struct error *err)
{
    struct recording recording = {.changed = false};
    struct progress *progress = NULL;
    struct store *store;
    struct run *run;
    bool ok;

    if (!answer_file_read(&cli->arena, cli->arguments[0], &recording.file, err))
        return false;
    store = cli_open(cli, cli->database, STORE_WRITE, err);
    run = store ? run_begin(store, &cli->arena, err) : NULL;
    if (run)
        progress = progress_start(cli, err);
    ok = progress &&
         record(cli, store, run, &recording, progress_monitor(progress), err);
    progress_end(progress);
    run_abandon(run);
    store_close(store);
    return ok;
}

const struct command command_review_record = {
    .name = "review record",
    .summary = "take answers that another tool wrote, as JSON Lines",
    .arguments = "FILE",
    .least = 1,
    .most = 1,
    .details =
        "Each line is an answer: {\"sample\", \"meeting\", \"reviewer\", "
        "\"realistic\": true or false},\nand where the label is not right "
        "\"importance\", \"prep_time_minutes\" or \"rsvp\"; what is\nmissing "
        "agrees with the label. \"cause\" (rule or exception), \"rule\", "
        "\"note\" and\n\"blind\" are optional; \"decision\": true decides a "
        "disagreement. A line of `review export`\nmay be sent back with the "
        "answer added. FILE may be -, standard input.\n\n"
        "An answer is one of the label in its line (\"label\"), else of that "
        "as "
        "of \"version\", else of\nthe newest. If that has changed since, the "
        "answer is kept and the meeting is open again.\n\n"
        "All answers make one version. If a line is wrong none is taken; up "
        "to 20 wrong lines are\nnamed. Answers that are there already make no "
        "version.",
    .json = "{\"version\", \"dry_run\", \"opinions\", \"decisions\", "
            "\"replaced\", \"unchanged\",\n\"open_again\", \"left_out\"}",
    .options = {{"dry-run", 0, NULL,
                 "check it all, say what would be recorded, and change "
                 "nothing"}},
    .examples = {{"review record answers.jsonl", "answers of any tool"},
                 {"review record - --dry-run < answers.jsonl",
                  "check a file first"}},
    .run = run,
};
