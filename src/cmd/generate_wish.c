/* For whom meetings are made, how many, and of what kind: options that all ways
 * of `generate` share. */
#include "generate.h"

#include "generate_mix.h"

#include "datebook/list.h"

#include <string.h>
#include <unistd.h>

/* ---- Options ---- */

/* Splits --persona into files and ids. */
static bool read_personas(struct cli *cli, struct generate_wish *wish,
                          struct error *err)
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

bool generate_read(struct cli *cli, struct generate_wish *wish,
                   struct error *err)
{
    const char *format = cli_value(cli, "format");
    int ways =
        cli_flag(cli, "persona") + cli_flag(cli, "tier") + cli_flag(cli, "all");
    bool mix;

    *wish = (struct generate_wish){.tier = 0};
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

bool generate_choose(struct cli *cli, struct store *store, struct run *run,
                     struct generate_wish *wish, struct error *err)
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

/* ---- In words ---- */

const char *generate_count(struct cli *cli, int64_t meetings, size_t personas)
{
    struct error ignored;
    const char *text =
        arena_format(&cli->arena, &ignored, "%s for %s",
                     cli_count(cli, meetings, "meeting", "meetings"),
                     cli_count(cli, (int64_t)personas, "persona", "personas"));

    return text ? text : "";
}

void generate_describe(const struct generate_request *request,
                       struct buf *options)
{
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
    buf_char(options, ']');
}

/* ---- The database ---- */

bool generate_ensure_database(struct cli *cli, struct error *err)
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
