/* datebook split check */
#include "splits.h"

#include "datebook/leaks.h"

#include <string.h>

/* As many leaks as a table shows, unless all are asked for. */
enum { SHOWN = 20 };

/* What is shown of a meeting. */
struct place {
    const char *id;
    const char *persona;
    const char *subject;
};

struct check {
    struct split split;
    int fold;
    int64_t version;
    struct leaks leaks;
    struct place *meetings; /* of the leaks, and of their twins */
    struct place *twins;
    size_t shown;
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

static bool find_places(struct cli *cli, struct store *store,
                        struct check *check, struct error *err)
{
    const struct leaks *leaks = &check->leaks;

    check->shown = leaks->count;
    if (!cli->json && !cli_flag(cli, "all") && check->shown > SHOWN)
        check->shown = SHOWN;
    check->meetings =
        arena_zero(&cli->arena, check->shown, sizeof *check->meetings, err);
    check->twins =
        arena_zero(&cli->arena, check->shown, sizeof *check->twins, err);
    if (!check->meetings || !check->twins)
        return false;
    for (size_t i = 0; i < check->shown; i++)
        if (!find_place(cli, store, check->version, leaks->leaks[i].meeting,
                        &check->meetings[i], err) ||
            !find_place(cli, store, check->version, leaks->leaks[i].twin,
                        &check->twins[i], err))
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
                       struct check *check, struct error *err)
{
    struct division division = {0};
    struct progress *progress = NULL;
    bool ok = division_open(cli, store, check->version, &check->split,
                            check->fold, &division, err) &&
              (progress = progress_start(cli, err)) &&
              leaks_find(store, &cli->arena, check->version, &division,
                         progress_monitor(progress), &check->leaks, err);

    progress_end(progress);
    division_close(&division);
    return ok;
}

static bool look(struct cli *cli, struct store *store, struct check *check,
                 struct error *err)
{
    int64_t fold = 0;

    if (!cli_int(cli, "fold", 1, SPLIT_FOLDS, &fold, err) ||
        !cli_at(cli, store, &check->version, err))
        return false;
    check->fold = (int)fold;
    return find_split(cli, store, check, err) &&
           find_leaks(cli, store, check, err) &&
           find_places(cli, store, check, err);
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

static bool print_json(struct cli *cli, const struct check *check,
                       struct error *err)
{
    const struct leaks *leaks = &check->leaks;
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"split\":", (long long)check->version);
    buf_json(out, check->split.name);
    if (check->fold)
        buf_format(out, ",\"fold\":%d", check->fold);
    else
        buf_text(out, ",\"fold\":null");
    buf_format(out, ",\"threshold\":%g,\"compared\":%lld,\"twins\":%lld",
               LEAK_THRESHOLD, (long long)leaks->compared,
               (long long)leaks->twins);
    buf_text(out, ",\"leaks\":[");
    for (size_t i = 0; i < check->shown; i++) {
        const struct leak *leak = &leaks->leaks[i];
        json_key(out, NULL);
        buf_format(out, "{\"likeness\":%.4f,\"exact\":%s", leak->likeness,
                   leak->exact ? "true" : "false");
        json_place(out, "meeting", leak->part, &check->meetings[i]);
        json_place(out, "twin", leak->twin_part, &check->twins[i]);
        buf_char(out, '}');
        if (!cli_flush_long(cli, err))
            return false;
    }
    buf_text(out, "]}\n");
    return true;
}

static void add_rows(struct cli *cli, struct table *table,
                     const struct leak *leak, const struct place *meeting,
                     const struct place *twin, struct error *err)
{
    const char *likeness =
        leak->exact ? "same"
                    : arena_format(&cli->arena, err, "%.2f", leak->likeness);

    table_row(table, likeness, part_name(leak->part), meeting->id,
              meeting->persona, meeting->subject, NULL);
    table_row(table, "", part_name(leak->twin_part), twin->id, twin->persona,
              twin->subject, NULL);
}

static bool print_leaks(struct cli *cli, const struct check *check,
                        struct error *err)
{
    static const struct table_column columns[] = {{"LIKENESS", TABLE_LEFT, 0},
                                                  {"PART", TABLE_LEFT, 0},
                                                  {"MEETING", TABLE_LEFT, 0},
                                                  {"PERSONA", TABLE_LEFT, 44},
                                                  {"SUBJECT", TABLE_LEFT, 48}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < check->shown; i++)
        add_rows(cli, &table, &check->leaks.leaks[i], &check->meetings[i],
                 &check->twins[i], err);
    if (!table_print(&table, 0, &cli->out, err))
        return false;
    if (check->shown < check->leaks.count)
        cli_note(cli, "%s not shown: --all shows them",
                 cli_count(cli, (int64_t)(check->leaks.count - check->shown),
                           "leak is", "leaks are"));
    return true;
}

static bool print_text(struct cli *cli, const struct check *check,
                       struct error *err)
{
    const struct leaks *leaks = &check->leaks;
    struct buf *out = &cli->out;

    buf_format(out, "compared %s of v%lld, likeness from %g\n",
               cli_count(cli, leaks->compared, "meeting", "meetings"),
               (long long)check->version, LEAK_THRESHOLD);
    if (!leaks->count) {
        buf_text(out, "no leaks\n");
        return true;
    }
    buf_format(out, "%s to ",
               cli_count(cli, (int64_t)leaks->count, "leak", "leaks"));
    buf_format(out, "%s of other parts:",
               cli_count(cli, leaks->twins, "twin", "twins"));
    for (int part = 0; part < PARTS; part++)
        if (leaks->of_parts[part])
            buf_format(out, " %lld %s", (long long)leaks->of_parts[part],
                       part_name((enum part)part));
    buf_text(out, "\n\n");
    cli_note(cli, "`datebook export --drop-leaks` leaves these meetings out");
    return print_leaks(cli, check, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct check check = {.fold = 0};
    bool ok = store && look(cli, store, &check, err);

    store_close(store);
    if (!ok)
        return false;
    if (check.leaks.count)
        cli->exit_code = ERROR_FOUND;
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
        "is\nvalidation personas against all others. Exit code 1 when there "
        "is a leak.",
    .json = "{\"version\", \"split\", \"fold\", \"threshold\", \"compared\", "
            "\"twins\",\n\"leaks\": [{\"likeness\", \"exact\", \"meeting\": "
            "{\"id\", \"part\", \"persona\", \"subject\"},\n\"twin\": "
            "{\"id\", \"part\", \"persona\", \"subject\"}}]}",
    .options = {{"fold", 0, "N", "with this fold held out"},
                {"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"all", 0, NULL, "show every leak, not just the first 20"}},
    .examples = {{"split check quarter", "before an export"},
                 {"split check", "of the split that needs no name"}},
    .run = run,
};
