/* datebook split check */
#include "splits.h"

#include "datebook/leaks.h"

#include <stdio.h>

/* As many leaks as a table shows, unless all are asked for. */
enum { SHOWN = 20 };

/* What is shown of a meeting. */
struct place {
    const char *id;
    const char *persona;
    const char *subject;
};

/* The leaks while a fold is held out; one, of fold 0, without folds. */
struct looked {
    int fold;
    struct leaks leaks;
    struct place *meetings; /* of the leaks, and of their twins */
    struct place *twins;
    size_t shown;
};

struct check {
    struct split split;
    int64_t version;
    struct looked *looked;
    int count;
};

/* ---- Looking ---- */

static bool find_place(struct cli *cli, struct store *store, int64_t version,
                       int64_t key, struct place *place, struct error *err)
{
    struct stored_meeting meeting;
    struct stored_fact fact;
    bool found;
    bool described;

    if (!meeting_at(store, &cli->arena, version, key, &meeting, &found, err) ||
        !fact_at(store, &cli->arena, version, key, &fact, &described, err) ||
        !persona_id_of(store, &cli->arena, meeting_persona(key),
                       &place->persona, err))
        return false;
    if (!found || !described)
        return error_set(err, ERROR_DATABASE,
                         "a meeting that was just read is not there");
    place->id = meeting.id;
    place->subject = fact.facts.subject;
    return true;
}

static bool find_places(struct cli *cli, struct store *store, int64_t version,
                        struct looked *looked, struct error *err)
{
    const struct leaks *leaks = &looked->leaks;

    looked->shown = leaks->count;
    if (!cli->json && !cli_flag(cli, "all") && looked->shown > SHOWN)
        looked->shown = SHOWN;
    looked->meetings =
        arena_zero(&cli->arena, looked->shown, sizeof *looked->meetings, err);
    looked->twins =
        arena_zero(&cli->arena, looked->shown, sizeof *looked->twins, err);
    if (!looked->meetings || !looked->twins)
        return false;
    for (size_t i = 0; i < looked->shown; i++)
        if (!find_place(cli, store, version, leaks->leaks[i].meeting,
                        &looked->meetings[i], err) ||
            !find_place(cli, store, version, leaks->leaks[i].twin,
                        &looked->twins[i], err))
            return false;
    return true;
}

/* The split that the argument names, else validation personas alone. */
static bool find_split(struct cli *cli, struct store *store,
                       struct check *check, struct error *err)
{
    const struct split_terms none = {.seed = 1};
    struct stored_persona *personas;
    size_t count;

    if (cli->argument_count)
        return require_split(cli, store, check->version, cli->arguments[0],
                             &check->split, err);
    return persona_list_at(store, &cli->arena, check->version, &personas,
                           &count, err) &&
           split_make(&cli->arena, NULL, &none, personas, count, &check->split,
                      err);
}

static bool find_leaks(struct cli *cli, struct store *store,
                       const struct check *check, struct looked *looked,
                       struct error *err)
{
    struct division division = {0};
    struct progress *progress = NULL;
    bool ok = division_open(cli, store, check->version, &check->split,
                            looked->fold, &division, err) &&
              (progress = progress_start(cli, err)) &&
              leaks_find(store, &cli->arena, check->version, &division,
                         progress_monitor(progress), &looked->leaks, err);

    progress_end(progress);
    division_close(&division);
    return ok && find_places(cli, store, check->version, looked, err);
}

/* The fold that is named, else each in turn. */
static bool look(struct cli *cli, struct store *store, struct check *check,
                 struct error *err)
{
    int64_t fold = 0;

    if (!cli_int(cli, "fold", 1, SPLIT_FOLDS, &fold, err) ||
        !cli_at(cli, store, &check->version, err) ||
        !find_split(cli, store, check, err))
        return false;
    check->count =
        fold || !check->split.terms.folds ? 1 : check->split.terms.folds;
    check->looked = arena_zero(&cli->arena, (size_t)check->count,
                               sizeof *check->looked, err);
    for (int i = 0; check->looked && i < check->count; i++) {
        check->looked[i].fold = check->count > 1 ? i + 1 : (int)fold;
        if (!find_leaks(cli, store, check, &check->looked[i], err))
            return false;
    }
    return check->looked != NULL;
}

/* ---- Output ---- */

static void json_place(struct buf *out, const char *key, enum part part,
                       const struct place *place)
{
    json_key(out, key);
    buf_text(out, "{\"id\":");
    buf_json(out, place->id);
    buf_format(out, ",\"part\":\"%s\",\"persona\":", part_name(part));
    buf_json(out, place->persona);
    buf_text(out, ",\"subject\":");
    buf_json(out, place->subject);
    buf_char(out, '}');
}

static bool json_looked(struct cli *cli, const struct looked *looked,
                        struct error *err)
{
    const struct leaks *leaks = &looked->leaks;
    struct buf *out = &cli->out;

    json_key(out, NULL);
    if (looked->fold)
        buf_format(out, "{\"fold\":%d", looked->fold);
    else
        buf_text(out, "{\"fold\":null");
    buf_format(out, ",\"compared\":%lld,\"twins\":%lld,\"leaks\":[",
               (long long)leaks->compared, (long long)leaks->twins);
    for (size_t i = 0; i < looked->shown; i++) {
        const struct leak *leak = &leaks->leaks[i];
        json_key(out, NULL);
        buf_format(out, "{\"likeness\":%.4f,\"exact\":%s", leak->likeness,
                   leak->exact ? "true" : "false");
        json_place(out, "meeting", leak->part, &looked->meetings[i]);
        json_place(out, "twin", leak->twin_part, &looked->twins[i]);
        buf_char(out, '}');
        if (!cli_flush_long(cli, err))
            return false;
    }
    buf_text(out, "]}");
    return true;
}

static bool print_json(struct cli *cli, const struct check *check,
                       struct error *err)
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"split\":", (long long)check->version);
    buf_json(out, check->split.name);
    buf_format(out, ",\"threshold\":%g,\"checks\":[", LEAK_THRESHOLD);
    for (int i = 0; i < check->count; i++)
        if (!json_looked(cli, &check->looked[i], err))
            return false;
    buf_text(out, "]}\n");
    return true;
}

/* Who and what in one line, the id, which takes a line alone, below. */
static void put_place(struct buf *out, const char *likeness, enum part part,
                      const struct place *place)
{
    enum { SUBJECT = 48 };
    struct buf subject = BUF_EMPTY;

    terminal_text(&subject, place->subject);
    buf_format(out, "%-4s  %-10s  ", likeness, part_name(part));
    terminal_text(out, place->persona);
    buf_text(out, "  ");
    text_cut(out, buf_string(&subject), SUBJECT);
    buf_text(out, "\n                  ");
    terminal_text(out, place->id);
    buf_char(out, '\n');
    buf_inherit(out, &subject);
    buf_free(&subject);
}

static bool print_leaks(struct cli *cli, const struct looked *looked,
                        struct error *err)
{
    struct buf *out = &cli->out;

    for (size_t i = 0; i < looked->shown; i++) {
        const struct leak *leak = &looked->leaks.leaks[i];
        char likeness[8] = "same";
        if (!leak->exact)
            snprintf(likeness, sizeof likeness, "%.2f", leak->likeness);
        buf_char(out, '\n');
        put_place(out, likeness, leak->part, &looked->meetings[i]);
        put_place(out, "", leak->twin_part, &looked->twins[i]);
        if (!cli_flush_long(cli, err))
            return false;
    }
    if (looked->shown < looked->leaks.count)
        buf_format(out, "\n%s not shown: --all shows them\n",
                   cli_count(cli,
                             (int64_t)(looked->leaks.count - looked->shown),
                             "leak is", "leaks are"));
    return true;
}

/* "35 leaks: 30 train, 5 validation; their twins: 12 meetings" */
static void print_counts_of(struct cli *cli, const struct leaks *leaks)
{
    struct buf *out = &cli->out;
    const char *before = ": ";

    buf_text(out, cli_count(cli, (int64_t)leaks->count, "leak", "leaks"));
    for (int part = 0; part < PARTS; part++) {
        if (!leaks->of_parts[part])
            continue;
        buf_format(out, "%s%lld %s", before, (long long)leaks->of_parts[part],
                   part_name((enum part)part));
        before = ", ";
    }
    buf_format(out, "; their twins: %s\n",
               cli_count(cli, leaks->twins, "meeting", "meetings"));
}

static bool print_looked(struct cli *cli, const struct looked *looked,
                         struct error *err)
{
    struct buf *out = &cli->out;

    if (looked->fold)
        buf_format(out, "fold %d: ", looked->fold);
    if (!looked->leaks.count) {
        buf_text(out, "no leaks\n");
        return true;
    }
    print_counts_of(cli, &looked->leaks);
    return print_leaks(cli, looked, err);
}

static bool print_text(struct cli *cli, const struct check *check,
                       struct error *err)
{
    buf_format(
        &cli->out, "compared %s of v%lld, likeness from %g\n",
        cli_count(cli, check->looked->leaks.compared, "meeting", "meetings"),
        (long long)check->version, LEAK_THRESHOLD);
    for (int i = 0; i < check->count; i++) {
        if (i && check->looked[i - 1].leaks.count)
            buf_char(&cli->out, '\n');
        if (!print_looked(cli, &check->looked[i], err))
            return false;
    }
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct check check = {.count = 0};
    bool ok = store && look(cli, store, &check, err);

    store_close(store);
    if (!ok)
        return false;
    for (int i = 0; i < check.count; i++)
        if (check.looked[i].leaks.count)
            cli->exit_code = ERROR_FOUND;
    if (cli->exit_code)
        cli_note(cli, "`datebook export --drop-leaks` leaves the training side "
                      "of them out");
    return cli->json ? print_json(cli, &check, err)
                     : print_text(cli, &check, err);
}

const struct command command_split_check = {
    .name = "split check",
    .summary = "look for meetings that are on both sides of a split",
    .arguments = "[NAME]",
    .most = 1,
    .details =
        "A leak is a meeting whose subject and preview are, or nearly are, "
        "those of a meeting in\nanother part: a model would be tested on what "
        "it was trained on. Each is shown with its\nbest twin; the first is "
        "the one that training should do without. Without NAME the split "
        "is\nvalidation personas against all others. A split with folds is "
        "looked at for each fold,\nunless --fold names one. Exit code 1 when "
        "there is a leak.",
    .json = "{\"version\", \"split\", \"threshold\", \"checks\": "
            "[{\"fold\", \"compared\", \"twins\",\n\"leaks\": [{\"likeness\", "
            "\"exact\", \"meeting\": "
            "{\"id\", \"part\", \"persona\", \"subject\"},\n\"twin\": "
            "{\"id\", \"part\", \"persona\", \"subject\"}}]}]}",
    .options = {{"fold", 0, "N", "with this fold held out only"},
                {"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"all", 0, NULL, "show every leak, not just the first 20"}},
    .examples = {{"split check quarter", "before an export"},
                 {"split check", "of the split that needs no name"}},
    .run = run,
};
