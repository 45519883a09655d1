/* datebook generate */
#include "cli.h"

#include "generate_files.h"
#include "generate_mix.h"

#include "datebook/list.h"

#include <string.h>
#include <unistd.h>

/* What was asked for, apart from whom. */
struct wish {
    struct generate_request request;
    struct mix_wish mix;
    int64_t tier;       /* 0: none */
    const char **files; /* persona files to add first */
    size_t file_count;
    const char **ids; /* named personas */
    size_t id_count;
    const char *output; /* NULL: no files */
};

/* ---- Options ---- */

/* Splits --persona into files and ids. */
static bool read_personas(struct cli *cli, struct wish *wish, struct error *err)
{
    const char *text = cli_value(cli, "persona");
    const char **items;
    size_t count;

    if (!text)
        return true;
    if (!cli_list(cli, text, &items, &count, err))
        return false;
    if (!count)
        return cli_usage(cli, err, "--persona names no persona");
    for (size_t i = 0; i < count; i++) {
        bool file = names_a_file(items[i]);
        const char ***list = file ? &wish->files : &wish->ids;
        size_t *used = file ? &wish->file_count : &wish->id_count;
        if (!list_grow(&cli->arena, list, *used, sizeof **list, err))
            return false;
        (*list)[(*used)++] = items[i];
    }
    return true;
}

static bool read_time_zone(struct cli *cli, struct generate_request *request,
                           struct error *err)
{
    const char *zone = cli_value(cli, "time-zone");

    request->time_zone = zone ? zone : "Asia/Shanghai";
    if (*request->time_zone && strlen(request->time_zone) <= 64 &&
        strspn(request->time_zone,
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
               "0123456789 /_+-.:()") == strlen(request->time_zone))
        return true;
    return cli_usage(cli, err,
                     "--time-zone takes a name such as "
                     "Europe/Berlin or Pacific Standard Time");
}

static bool read_amount(struct cli *cli, struct generate_request *request,
                        struct error *err)
{
    const int64_t most = 100000000;
    const char *start = cli_value(cli, "start");

    if (cli_flag(cli, "count") && cli_flag(cli, "weeks"))
        return cli_usage(cli, err, "--count and --weeks exclude each other");
    request->seed = 1;
    if (!cli_int(cli, "count", 1, most, &request->count, err) ||
        !cli_int(cli, "weeks", 1, 100000, &request->weeks, err) ||
        !cli_seed(cli, &request->seed, err))
        return false;
    request->has_start = start != NULL;
    if (start && !civil_parse_date(start, &request->start))
        return cli_usage(
            cli, err, "--start takes a date YYYY-MM-DD, not \"%.100s\"", start);
    return read_time_zone(cli, request, err);
}

static bool read_wish(struct cli *cli, struct wish *wish, struct error *err)
{
    const char *format = cli_value(cli, "format");
    int ways =
        cli_flag(cli, "persona") + cli_flag(cli, "tier") + cli_flag(cli, "all");
    bool mix;

    *wish = (struct wish){.tier = 0};
    if (ways != 1)
        return cli_usage(cli, err,
                         "say for whom, with one of --persona, --tier, --all");
    if (!cli_folder(cli, "output-dir", &wish->output, err))
        return false;
    if (format && strcmp(format, "jsonl") != 0)
        return cli_usage(cli, err, "--format knows only jsonl");
    if (format && !wish->output)
        return cli_usage(cli, err, "--format goes with --output-dir");
    if (!generate_mix_read(cli, &wish->mix, &mix, err))
        return false;
    wish->request.mix = mix ? &wish->mix : NULL;
    return cli_int(cli, "tier", 1, 3, &wish->tier, err) &&
           read_personas(cli, wish, err) &&
           read_amount(cli, &wish->request, err) &&
           civil_now(&wish->request.started, err);
}

/* ---- Whom ---- */

static bool add_chosen(struct cli *cli, struct stored_persona **chosen,
                       size_t *count, const struct stored_persona *persona,
                       struct error *err)
{
    for (size_t i = 0; i < *count; i++)
        if ((*chosen)[i].key == persona->key)
            return true;
    if (!list_grow(&cli->arena, chosen, *count, sizeof **chosen, err))
        return false;
    (*chosen)[(*count)++] = *persona;
    return true;
}

/* The personas of a tier, or all.  A tier is training data: validation
 * personas are not part of it. */
static bool choose_many(struct cli *cli, struct store *store, int64_t version,
                        int64_t tier, struct stored_persona **chosen,
                        size_t *count, struct error *err)
{
    struct stored_persona *all;
    size_t all_count;

    if (!persona_list_at(store, &cli->arena, version, &all, &all_count, err))
        return false;
    for (size_t i = 0; i < all_count; i++)
        if ((!tier || (all[i].tier == tier && !all[i].validation)) &&
            !add_chosen(cli, chosen, count, &all[i], err))
            return false;
    if (*count)
        return true;
    if (tier)
        error_set(err, ERROR_INPUT, "there is no training persona of tier %lld",
                  (long long)tier);
    else
        error_set(err, ERROR_INPUT, "there is no persona");
    return error_hint(err, "add some with `datebook persona add`");
}

static bool choose_named(struct cli *cli, struct store *store, int64_t version,
                         const char *const *ids, size_t id_count,
                         struct stored_persona **chosen, size_t *count,
                         struct error *err)
{
    struct stored_persona *persona;

    for (size_t i = 0; i < id_count; i++)
        if (!require_persona(cli, store, version, ids[i], &persona, err) ||
            !add_chosen(cli, chosen, count, persona, err))
            return false;
    return true;
}

static bool choose(struct cli *cli, struct store *store, struct run *run,
                   struct wish *wish, struct error *err)
{
    struct generate_request *request = &wish->request;
    struct stored_persona *chosen = NULL;
    struct add_totals totals;
    int64_t version = run_version(run);
    bool ok;

    request->persona_count = 0;
    if (!add_personas(cli, store, run, wish->files, wish->file_count, &totals,
                      err))
        return false;
    note_stale(cli, &totals);
    if (wish->file_count || wish->id_count)
        ok = choose_named(cli, store, version, wish->ids, wish->id_count,
                          &chosen, &request->persona_count, err) &&
             choose_named(cli, store, version, totals.ids, wish->file_count,
                          &chosen, &request->persona_count, err);
    else
        ok = choose_many(cli, store, version, wish->tier, &chosen,
                         &request->persona_count, err);
    request->personas = chosen;
    return ok;
}

/* ---- The run ---- */

static void describe(struct cli *cli, const struct generate_request *request,
                     int64_t added, struct buf *options, struct buf *summary)
{
    buf_format(
        summary, "%s for %s, seed %llu",
        cli_count(cli, added, "meeting", "meetings"),
        cli_count(cli, (int64_t)request->persona_count, "persona", "personas"),
        (unsigned long long)request->seed);
    buf_char(options, '{');
    json_key(options, "seed");
    buf_int(options, (int64_t)request->seed);
    if (request->count || request->weeks) {
        json_key(options, request->count ? "count" : "weeks");
        buf_int(options, request->count ? request->count : request->weeks);
    }
    if (request->has_start) {
        char date[DATE_SIZE];
        civil_format_date(request->start, date);
        json_key(options, "start");
        buf_json(options, date);
    }
    json_key(options, "time_zone");
    buf_json(options, request->time_zone);
    if (request->mix)
        generate_mix_describe(request->mix, options);
    else
        buf_text(options, ",\"no_mix\":true");
    json_key(options, "personas");
    buf_char(options, '[');
    for (size_t i = 0; i < request->persona_count; i++) {
        json_key(options, NULL);
        buf_json(options, request->personas[i].id);
    }
    buf_text(options, "]}");
}

static bool print(struct cli *cli, const struct wish *wish, int64_t version,
                  const struct generate_result *result,
                  const struct generate_files *files, struct error *err)
{
    struct buf *out = &cli->out;
    int64_t added = result->added;

    generate_mix_note(cli, &result->report);

    if (cli->json) {
        buf_clear(out);
        buf_format(out, "{\"version\":%lld,\"meetings\":%lld,\"personas\":%zu",
                   (long long)version, (long long)added,
                   wish->request.persona_count);
        generate_mix_json(&result->report, out);
        generate_files_json(files, out);
        buf_text(out, "}\n");
        return true;
    }
    buf_format(out, "v%lld: %s for %s, labelled\n", (long long)version,
               cli_count(cli, added, "meeting", "meetings"),
               cli_count(cli, (int64_t)wish->request.persona_count, "persona",
                         "personas"));
    return generate_files_print(cli, files, err);
}

static bool generate(struct cli *cli, struct store *store, struct run *run,
                     struct wish *wish, const struct monitor *monitor,
                     struct error *err)
{
    struct generate_request *request = &wish->request;
    struct generate_files files = {0};
    struct buf options = BUF_EMPTY;
    struct buf summary = BUF_EMPTY;
    struct run_header header = {.command = cli->command->name,
                                .started = request->started,
                                .engine = RULES_ENGINE};
    struct generate_result result;
    bool changed = false;
    bool ok = choose(cli, store, run, wish, err) &&
              dataset_generate(run, store, &cli->arena, request, monitor,
                               &result, err);

    if (ok) {
        describe(cli, request, result.added, &options, &summary);
        header.options = buf_string(&options);
        header.summary = buf_string(&summary);
        ok = buf_ok(&options, err) && buf_ok(&summary, err) &&
             run_seal(run, &header, &changed, err);
    }
    /* Files that cannot be written undo the run; so they come before it is
     * made permanent, and get their names after. */
    if (ok && wish->output)
        ok = generate_files_write(cli, store, request, run_version(run),
                                  wish->tier, wish->output, monitor, &files,
                                  err);
    ok = ok && commit_run(cli, run, changed, err);
    if (ok && !generate_files_publish(&files, err))
        ok = error_hint(err,
                        "v%lld is made all the same; `datebook export` writes "
                        "its meetings",
                        (long long)run_version(run));
    generate_files_discard(&files);
    ok = ok && print(cli, wish, run_version(run), &result, &files, err);
    buf_free(&options);
    buf_free(&summary);
    return ok;
}

/* The first command that many people type is this one. */
static bool ensure_database(struct cli *cli, struct error *err)
{
    struct add_totals totals;
    bool made;

    if (!access(cli->database, F_OK))
        return true;
    made = make_database(cli, true, &totals, err);
    buf_clear(&cli->out);
    /* Fine when another process has made it meanwhile. */
    if (!made)
        return !access(cli->database, F_OK);
    cli_note(cli, "made %s with %s", cli->database,
             cli_count(cli, totals.added, "persona", "personas"));
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = NULL;
    struct run *run = NULL;
    struct progress *progress = NULL;
    struct wish wish;
    bool ok;

    ok = read_wish(cli, &wish, err) &&
         (wish.request.library = data_library(cli, err)) &&
         ensure_database(cli, err) &&
         (store = cli_open(cli, cli->database, STORE_WRITE, err)) &&
         (run = run_begin(store, &cli->arena, err)) &&
         (progress = progress_start(cli, err)) &&
         generate(cli, store, run, &wish, progress_monitor(progress), err);
    progress_end(progress);
    run_abandon(run);
    store_close(store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

const struct command command_generate = {
    .name = "generate",
    .summary = "make labelled meetings for personas",
    .arguments = "",
    .details =
        "Meetings come from the offline generator, in Microsoft Graph event "
        "form, and are\nlabelled by the persona's rules; all of them are one "
        "new version. The same seed,\npersonas and options give the same "
        "meetings; generating again goes on from there,\nwith new ids. A "
        "persona FILE that is not in the database, or differs from it, is "
        "added\nfirst, in the same version. A missing database is made, with "
        "the persona library.\nWithout --count or --weeks a persona of tier 1 "
        "gets 200 meetings, of tier 2 150,\nof tier 3 100, and a validation "
        "persona 100. Without --start a calendar begins in\nthe week after the "
        "persona's last meeting, or on a Monday of 2026 that seed and\npersona "
        "give.\n\n"
        "--output-dir also writes the new meetings to <persona "
        "id>_meetings.jsonl, those of each\ntier to tierN_combined.jsonl (with "
        "--tier and --all; never those of validation\npersonas), and "
        "statistics_YYYYMMDD_HHMMSS.json.",
    .json = "{\"version\", \"meetings\", \"personas\", \"missed\": "
            "[{\"persona\", \"what\", \"came\", \"least\", \"most\", "
            "\"off\", \"rules\": [{\"rule\", \"percent\"}], \"why\"}], "
            "\"files\": [{\"path\", \"rows\"}]}",
    .options =
        {{"persona", 0, "ID|FILE,…", "for these personas"},
         {"tier", 0, "N", "for the training personas of a tier, 1 to 3"},
         {"all", 0, NULL, "for all personas, validation ones too"},
         {"count", 0, "N", "meetings for each persona (default by tier)"},
         {"weeks", 0, "N", "or as many as so many weeks hold"},
         {"seed", 0, "N", "seed of the random stream (default 1)"},
         {"start", 0, "DATE", "first day, YYYY-MM-DD"},
         {"time-zone", 0, "NAME", "of all times (default Asia/Shanghai)"},
         {"mix", 0, "LEVEL=PERCENT,…",
          "other shares of critical, high, medium, low"},
         {"prep", 0, "PERCENT", "another share of meetings with preparation"},
         {"no-mix", 0, NULL, "take meetings as they come"},
         {"output-dir", 0, "DIR", "also write JSON lines and statistics"},
         {"format", 0, "jsonl", "of --output-dir; there is only jsonl"}},
    .examples = {{"generate --all", "the whole library"},
                 {"generate --persona me.json --weeks 4 --seed 7",
                  "four weeks of one persona, from its file"},
                 {"generate --all --mix critical=40,low=40 --prep 30",
                  "another mix; high and medium share 20 %"},
                 {"generate --tier 1 --count 200 --output-dir "
                  "exports/training/tier1",
                  "a tier, with files for a training job"}},
    .run = run,
};
