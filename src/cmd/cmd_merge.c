/* datebook merge */
#include "given.h"

#include "datebook/move.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct job {
    struct cli *cli;
    enum merge_choice choice;
    bool dry;
    bool made;                    /* the database was not there before */
    struct merge_result *results; /* one a file */
    int64_t conflicts;
    int64_t decided;
    struct add_totals totals; /* its stale labels are those of HEAD, after */
    int64_t stale_personas;
    bool listing; /* the JSON list of conflicts has begun */
};

/* ---- Options ---- */

static bool read_choice(struct job *job, struct error *err)
{
    const char *prefer = cli_value(job->cli, "prefer");

    job->choice = MERGE_REFUSE;
    if (!prefer)
        return true;
    if (!strcmp(prefer, "ours"))
        job->choice = MERGE_OURS;
    else if (!strcmp(prefer, "theirs"))
        job->choice = MERGE_THEIRS;
    else
        return cli_usage(job->cli, err,
                         "--prefer takes ours or theirs, not \"%.100s\"",
                         prefer);
    return true;
}

/* Also by another name or link. */
static bool is_database(const struct cli *cli, const char *path)
{
    struct stat one;
    struct stat other;

    return !stat(cli->database, &one) && !stat(path, &other) &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* Before anything is made or locked. */
static bool check_files(struct cli *cli, struct error *err)
{
    for (int i = 0; i < cli->argument_count; i++) {
        const char *path = cli->arguments[i];
        struct store *store;
        if (is_database(cli, path)) {
            error_set(err, ERROR_INPUT,
                      "%s is the database that it would be merged into", path);
            return error_hint(
                err, "--db FILE names the one that the others go into");
        }
        store = cli_open(cli, path, STORE_READ, err);
        store_close(store);
        if (!store)
            return false;
    }
    return true;
}

static bool ensure_database(struct job *job, struct error *err)
{
    struct add_totals totals;

    if (!access(job->cli->database, F_OK))
        return true;
    job->made = make_database(job->cli, false, &totals, err);
    return job->made;
}

/* ---- Conflicts ---- */

static void print_conflict(struct buf *out,
                           const struct merge_conflict *conflict)
{
    buf_format(out, "conflict: %s ", noun_name(conflict->noun));
    if (conflict->noun == NOUN_LABEL)
        buf_text(out, "of meeting ");
    terminal_text(out, conflict->record    ? conflict->record
                       : conflict->meeting ? conflict->meeting
                                           : conflict->persona);
    if (conflict->meeting) {
        buf_text(out, " of ");
        terminal_text(out, conflict->persona);
    }
    buf_text(out, ", here in ");
    terminal_text(out, conflict->ours);
    buf_text(out, ", there in ");
    terminal_text(out, conflict->theirs);
    buf_char(out, '\n');
    for (size_t i = 0; i < conflict->difference_count; i++) {
        buf_text(out, "    ");
        terminal_text(out, conflict->differences[i]);
        buf_char(out, '\n');
    }
    if (conflict->taken == MERGE_REFUSE)
        return;
    buf_text(out, "    decided: ");
    terminal_text(out, conflict->taken == MERGE_OURS ? conflict->ours
                                                     : conflict->theirs);
    buf_char(out, '\n');
}

static void start_list(struct job *job)
{
    if (!job->listing)
        buf_text(&job->cli->out, "{\"conflicts\":[");
    job->listing = true;
}

static void json_conflict(struct job *job,
                          const struct merge_conflict *conflict)
{
    static const char *const taken[] = {NULL, "ours", "theirs"};
    struct buf *out = &job->cli->out;

    start_list(job);
    json_key(out, NULL);
    buf_format(out, "{\"row\":\"%s\",\"persona\":", noun_name(conflict->noun));
    buf_json(out, conflict->persona);
    json_key(out, "meeting");
    buf_json(out, conflict->meeting);
    if (conflict->record) {
        json_key(out, noun_name(conflict->noun));
        buf_json(out, conflict->record);
    }
    json_key(out, "ours");
    buf_json(out, conflict->ours);
    json_key(out, "theirs");
    buf_json(out, conflict->theirs);
    json_texts(out, "differences", conflict->differences,
               conflict->difference_count);
    json_key(out, "taken");
    buf_json(out, taken[conflict->taken]);
    buf_char(out, '}');
}

/* A dry run prints what diff prints, and nothing else. */
static bool show_conflict(void *context, const struct merge_conflict *conflict,
                          struct error *err)
{
    struct job *job = context;
    struct cli *cli = job->cli;
    struct buf note = BUF_EMPTY;

    if (job->dry && conflict->taken != MERGE_REFUSE) {
        print_conflict(&note, conflict);
        if (note.length)
            note.data[note.length - 1] = '\0'; /* a note ends its own line */
        cli_note(cli, "%s", buf_string(&note));
        buf_free(&note);
        return true;
    }
    if (cli->json)
        json_conflict(job, conflict);
    else
        print_conflict(&cli->out, conflict);
    return cli_flush_long(cli, err);
}

/* ---- Output ---- */

static bool has_rows(const struct merge_count *counts)
{
    return counts->added || counts->changed || counts->removed || counts->same;
}

static void json_counts_of(struct buf *out, const struct merge_count *counts)
{
    for (int noun = 0; noun < NOUNS; noun++) {
        const struct merge_count *its = &counts[noun];
        if (noun == NOUN_REVIEW && !has_rows(its))
            continue; /* as json_counts does */
        json_key(out, noun_plural((enum noun)noun));
        buf_format(out,
                   "{\"added\":%lld,\"changed\":%lld,\"removed\":%lld,"
                   "\"same\":%lld}",
                   (long long)its->added, (long long)its->changed,
                   (long long)its->removed, (long long)its->same);
    }
}

static void print_json(struct job *job, int64_t version)
{
    struct buf *out = &job->cli->out;

    start_list(job);
    buf_text(out, "],\"files\":[");
    for (int i = 0; i < job->cli->argument_count; i++) {
        const struct merge_result *result = &job->results[i];
        json_key(out, NULL);
        buf_text(out, "{\"file\":");
        buf_json(out, result->path);
        json_key(out, "common");
        buf_int(out, result->common);
        json_counts_of(out, result->counts);
        buf_char(out, '}');
    }
    buf_format(out, "],\"stale_personas\":%lld,\"version\":%lld}\n",
               (long long)job->stale_personas, (long long)version);
}

static void print_number(struct buf *out, int64_t number, const char *what,
                         bool *first)
{
    if (!number)
        return;
    buf_text(out, *first ? " " : ", ");
    text_number(out, number);
    buf_format(out, " %s", what);
    *first = false;
}

static void print_file(struct job *job, const struct merge_result *result)
{
    struct buf *out = &job->cli->out;
    bool any = false;

    terminal_text(out, result->path);
    buf_char(out, ':');
    for (int noun = 0; noun < NOUNS; noun++) {
        const struct merge_count *counts = &result->counts[noun];
        bool first = true;
        if (!has_rows(counts))
            continue;
        buf_format(out, "%s %s", any ? ";" : "", noun_plural((enum noun)noun));
        print_number(out, counts->added, "new", &first);
        print_number(out, counts->changed, "changed", &first);
        print_number(out, counts->removed, "removed", &first);
        print_number(out, counts->same, "there already", &first);
        any = true;
    }
    buf_text(out, any ? "\n" : " nothing new\n");
}

static void print_text(struct job *job, int64_t head, bool changed)
{
    struct cli *cli = job->cli;

    for (int i = 0; i < cli->argument_count; i++)
        print_file(job, &job->results[i]);
    if (!changed) {
        buf_format(&cli->out, "There is nothing new; HEAD stays at v%lld.\n",
                   (long long)head);
        return;
    }
    buf_format(&cli->out, "v%lld: merged %s", (long long)head,
               cli_count(cli, cli->argument_count, "file", "files"));
    if (job->decided)
        buf_format(&cli->out, ", %s decided for %s",
                   cli_count(cli, job->decided, "conflict", "conflicts"),
                   job->choice == MERGE_OURS ? "ours" : "theirs");
    buf_char(&cli->out, '\n');
}

/* What is stale afterwards, whether rules and labels met in this merge or
 * were stale in one of the files. */
static bool count_stale(struct job *job, struct store *store, int64_t version,
                        struct error *err)
{
    struct arena *arena = &job->cli->arena;
    struct stored_persona *personas;
    struct staleness stale;
    size_t count;

    if (!persona_list_at(store, arena, version, &personas, &count, err) ||
        !dataset_stale(store, arena, version, personas, count, &stale, err))
        return false;
    job->stale_personas = stale.personas;
    job->totals.stale_labels = stale.labels;
    return true;
}

static bool refuse(struct job *job, int64_t head, struct error *err)
{
    struct cli *cli = job->cli;

    if (cli->json)
        print_json(job, head);
    if (!cli_flush(cli, err))
        return false;
    error_set(err, ERROR_INPUT, "%s; nothing was changed",
              cli_count(cli, job->conflicts, "conflict", "conflicts"));
    if (job->choice == MERGE_REFUSE)
        return error_hint(err, "--prefer ours or --prefer theirs decides them; "
                               "with --dry-run it shows what would come");
    return error_hint(err, "these cannot be decided in one run: merge the "
                           "files one after the other");
}

/* ---- The run ---- */

static bool merge_one(struct job *job, struct merge *merge, int which,
                      const struct monitor *monitor, struct error *err)
{
    const char *path = job->cli->arguments[which];
    struct merge_result *result = &job->results[which];
    struct store *theirs = cli_open(job->cli, path, STORE_READ, err);
    bool ok = theirs && merge_file(merge, path, theirs, monitor, result, err);

    store_close(theirs);
    job->conflicts += result->conflicts;
    job->decided += result->decided;
    return ok;
}

static bool merge_files(struct job *job, struct merge *merge,
                        const struct monitor *monitor, struct error *err)
{
    for (int i = 0; i < job->cli->argument_count; i++)
        if (!merge_one(job, merge, i, monitor, err))
            return false;
    return true;
}

static const char *summary_of(struct cli *cli, const struct run *run,
                              struct error *err)
{
    int64_t meetings = run_counts(run, NOUN_MEETING).added;
    int64_t changes = 0;

    for (int noun = 0; noun < NOUNS; noun++) {
        struct noun_counts counts = run_counts(run, (enum noun)noun);
        changes += counts.added + counts.changed + counts.removed;
    }
    return arena_format(&cli->arena, err, "%s from %s",
                        meetings
                            ? cli_count(cli, meetings, "meeting", "meetings")
                            : cli_count(cli, changes, "change", "changes"),
                        cli_count(cli, cli->argument_count, "file", "files"));
}

static bool seal(struct job *job, struct run *run, bool *changed,
                 struct error *err)
{
    struct cli *cli = job->cli;
    struct buf options = BUF_EMPTY;
    struct run_header header = {.started = 0};
    bool ok;

    buf_text(&options, "{\"files\":[");
    for (int i = 0; i < cli->argument_count; i++) {
        json_key(&options, NULL);
        json_private(&options, cli->arguments[i]);
    }
    buf_char(&options, ']');
    if (job->choice != MERGE_REFUSE) {
        json_key(&options, "prefer");
        buf_json(&options, cli_value(cli, "prefer"));
    }
    buf_char(&options, '}');
    header.options = buf_string(&options);
    header.summary = summary_of(cli, run, err);
    ok = header.summary && buf_ok(&options, err) &&
         civil_now(&header.started, err) &&
         seal_run(cli, run, &header, changed, err);
    buf_free(&options);
    return ok;
}

static bool finish(struct job *job, struct store *store, struct run *run,
                   struct merge *merge, struct error *err)
{
    struct cli *cli = job->cli;
    int64_t head = run_version(run) - 1;
    bool changed;
    bool different;

    if (job->conflicts)
        return count_stale(job, store, head, err) && refuse(job, head, err);
    if (!seal(job, run, &changed, err) || !merge_check(merge, err) ||
        !cli_check_readings(cli, true, err))
        return false;
    /* All was read by now; what happens to the files later is their affair. */
    cli->reading_count = 0;
    if (job->dry)
        return print_diff(cli, store, head, head + changed, false, &different,
                          err);
    /* Nothing new: nothing at all is kept. */
    if (changed && !commit_run(cli, run, changed, err))
        return false;
    if (!count_stale(job, store, head + changed, err))
        return false;
    if (cli->json)
        print_json(job, head + changed);
    else
        print_text(job, head + changed, changed);
    if (changed)
        note_stale(cli, &job->totals);
    return true;
}

static bool merge(struct job *job, struct store *store, struct run *run,
                  const struct monitor *monitor, struct error *err)
{
    struct merge *merge =
        merge_start(run, store, &job->cli->arena, job->cli->database,
                    job->choice, show_conflict, job, err);
    bool ok = merge && merge_files(job, merge, monitor, err) &&
              finish(job, store, run, merge, err);

    merge_end(merge);
    return ok;
}

static bool run(struct cli *cli, struct error *err)
{
    struct job job = {.cli = cli, .dry = cli_flag(cli, "dry-run")};
    struct store *store = NULL;
    struct run *run = NULL;
    struct progress *progress = NULL;
    bool ok;

    job.results = arena_zero(&cli->arena, (size_t)cli->argument_count,
                             sizeof *job.results, err);
    ok = job.results && read_choice(&job, err) && check_files(cli, err) &&
         ensure_database(&job, err) &&
         (store = cli_open(cli, cli->database, STORE_WRITE, err)) &&
         (run = run_begin(store, &cli->arena, err)) &&
         (progress = progress_start(cli, err)) &&
         merge(&job, store, run, progress_monitor(progress), err);
    progress_end(progress);
    run_abandon(run);
    store_close(store);
    /* Closed, or SQLite would leave its files beside it. */
    if (job.made && !cli->committed && (job.dry || !ok))
        unlink(cli->database);
    else if (job.made)
        cli_note(cli, "made %s", cli->database);
    return ok;
}

const struct command command_merge = {
    .name = "merge",
    .summary = "take what other databases hold into this one",
    .arguments = "FILE…",
    .least = 1,
    .most = -1,
    .details =
        "What is at HEAD of each FILE becomes part of the database that --db "
        "names, which is made\nif it is missing; all of it is one new version. "
        "The files are only read (one of an older\nschema is upgraded first, "
        "as every command does); their older versions and tags do not\ncome "
        "along. Personas and meetings are told by their ids, splits and "
        "reviews by\ntheir names: what is in several files is there once.\n\n"
        "Of files that share a history, what only one of them changed since "
        "their newest common\nversion is taken from that one, removals too. "
        "What both hold differently is a conflict:\nall of them are named, "
        "with what differs here and there, and nothing is changed, "
        "unless\n--prefer decides: ours is what --db names, and of several "
        "files the one named earlier.\n\n"
        "Labels whose rules differ in the files are stale afterwards; "
        "generating again for a\npersona goes on after the most batches that "
        "any file has.",
    .json = "{\"conflicts\": [{\"row\", \"persona\", \"meeting\", \"ours\", "
            "\"theirs\",\n\"differences\", \"taken\"}], \"files\": "
            "[{\"file\", \"common\", \"personas\", \"meetings\", "
            "\"labels\",\n\"splits\": {\"added\", \"changed\", \"removed\", "
            "\"same\"}, \"reviews\": the same, where there are some}], "
            "\"stale_personas\",\n\"version\"}; a conflict of a "
            "split has \"split\", its name, one of a review \"review\"; with "
            "--dry-run what\n`diff --json` prints, unless there are conflicts",
    .options = {{"prefer", 0, "ours|theirs", "decide conflicts, and name them"},
                {"dry-run", 0, NULL,
                 "print what `diff` would print, and change nothing"}},
    .examples = {{"--db all.db merge part-*.db", "one database of many"},
                 {"merge colleague.db --dry-run", "see what would come"},
                 {"merge colleague.db --prefer theirs",
                  "let the other file win"}},
    .run = run,
};
