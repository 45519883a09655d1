/* datebook validate */
#include "validate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Options ---- */

/* Whether a check is the one named, or one of the group named: "text" has
 * "text.article". */
static bool is_named(const char *check, const char *name)
{
    size_t length = strlen(name);

    return !strncmp(check, name, length) &&
           (check[length] == '\0' || check[length] == '.');
}

static bool refuse_check(struct cli *cli, const char *name, struct error *err)
{
    const char *names[CHECKS];
    const char *near;

    for (int i = 0; i < CHECKS; i++)
        names[i] = checks[i].name;
    near = nearest_name(name, names, CHECKS);
    cli_usage(cli, err, "there is no check \"%.100s\"", name);
    return near ? error_hint(err, "did you mean %s?", near)
                : error_hint(err, "`datebook validate --list` lists them");
}

/* Sets the flags of the checks that an option names. */
static bool mark_checks(struct cli *cli, const char *option, bool flag,
                        bool *flags, struct error *err)
{
    const char *value = cli_value(cli, option);
    const char **names;
    size_t count;

    if (!value)
        return true;
    if (!cli_list(cli, value, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (int check = 0; check < CHECKS; check++)
            if (is_named(checks[check].name, names[i])) {
                flags[check] = flag;
                found = true;
            }
        if (!found)
            return refuse_check(cli, names[i], err);
    }
    return true;
}

/* A number that fills the text up to its end. */
static bool read_bound(const char *text, size_t length, double *value)
{
    char copy[32];
    char *end;

    /* strtod also takes "0x10" and "1e3". */
    if (length >= sizeof copy || strspn(text, "0123456789.") < length ||
        !strchr("0123456789", *text))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    *value = strtod(copy, &end);
    return !*end && isfinite(*value);
}

/* "5..20", "5.." or "..20". */
static bool read_range(const char *text, struct check_range *range)
{
    const char *dots = strstr(text, "..");

    *range = (struct check_range){.low = 0, .high = INFINITY};
    if (!dots || (dots == text && !dots[2]))
        return false;
    if (dots > text && !read_bound(text, (size_t)(dots - text), &range->low))
        return false;
    if (dots[2] && !read_bound(dots + 2, strlen(dots + 2), &range->high))
        return false;
    return range->low <= range->high;
}

/* NAME=LOW..HIGH; a persona gets twice the tolerance where the check is made
 * of personas at all. */
static bool expect(struct cli *cli, const char *item,
                   struct validate_request *request, struct error *err)
{
    const char *equals = strchr(item, '=');
    struct check_range range;
    const char *name;
    enum check_id check;

    if (!equals || !read_range(equals + 1, &range))
        return cli_usage(cli, err,
                         "--expect takes NAME=LOW..HIGH, not \"%.100s\"", item);
    name = arena_format(&cli->arena, err, "%.*s", (int)(equals - item), item);
    if (!name)
        return false;
    check = check_named(name);
    if (check == CHECKS)
        return refuse_check(cli, name, err);
    request->overall[check] = range;
    if (check_range_is_judged(request->persona[check]))
        request->persona[check] = check_range_widened(range);
    return true;
}

static bool read_expectations(struct cli *cli, struct validate_request *request,
                              struct error *err)
{
    const char *value = cli_value(cli, "expect");
    const char **items;
    size_t count = 0;

    if (value && !cli_list(cli, value, &items, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!expect(cli, items[i], request, err))
            return false;
    return true;
}

static bool read_options(struct cli *cli, struct validate_request *request,
                         struct error *err)
{
    validate_defaults(request);
    if (cli_flag(cli, "only"))
        memset(request->skip, true, sizeof request->skip);
    if (!mark_checks(cli, "only", false, request->skip, err) ||
        !mark_checks(cli, "skip", true, request->skip, err))
        return false;
    /* "all checks hold" of none would let anything pass. */
    if (!memchr(request->skip, 0, sizeof request->skip))
        return cli_usage(cli, err, "--only and --skip leave no check");
    return read_expectations(cli, request, err);
}

/* ---- Personas ---- */

static bool named_personas(struct cli *cli, struct store *store,
                           int64_t version, struct stored_persona **personas,
                           size_t *count, struct error *err)
{
    struct stored_persona *all;
    const char **ids;
    size_t id_count;

    if (!cli_list(cli, cli_value(cli, "persona"), &ids, &id_count, err))
        return false;
    if (!id_count)
        return cli_usage(cli, err, "--persona names no persona");
    all = arena_zero(&cli->arena, id_count, sizeof *all, err);
    if (!all)
        return false;
    *count = 0;
    for (size_t i = 0; i < id_count; i++) {
        struct stored_persona *one;
        size_t before = 0;
        if (!require_persona(cli, store, version, ids[i], &one, err))
            return false;
        while (before < *count && all[before].key != one->key)
            before++;
        if (before == *count)
            all[(*count)++] = *one;
    }
    *personas = all;
    return true;
}

static bool choose(struct cli *cli, struct store *store, int64_t version,
                   struct stored_persona **personas, size_t *count,
                   struct error *err)
{
    int64_t tier = 0;
    size_t kept = 0;

    if (!cli_int(cli, "tier", 1, 3, &tier, err))
        return false;
    if (cli_flag(cli, "persona") && tier)
        return cli_usage(cli, err, "--persona and --tier exclude each other");
    if (cli_flag(cli, "persona"))
        return named_personas(cli, store, version, personas, count, err);
    if (!persona_list_at(store, &cli->arena, version, personas, count, err))
        return false;
    for (size_t i = 0; i < *count; i++)
        if (!tier || (*personas)[i].tier == tier)
            (*personas)[kept++] = (*personas)[i];
    *count = kept;
    return true;
}

/* ---- Running ---- */

static bool validate(struct cli *cli, struct store *store,
                     struct validate_request *request,
                     struct validation *validation, struct error *err)
{
    struct progress *progress;
    struct stored_persona *personas = NULL;
    bool ok;

    if (!cli_at(cli, store, &request->version, err) ||
        !choose(cli, store, request->version, &personas,
                &request->persona_count, err))
        return false;
    request->personas = personas;
    progress = progress_start(cli, err);
    ok = progress &&
         validate_version(store, &cli->arena, request,
                          progress_monitor(progress), validation, err);
    progress_end(progress);
    return ok;
}

static bool list(struct cli *cli, const struct validate_request *request,
                 struct error *err)
{
    if (!cli->json)
        return print_checks(cli, request, err);
    json_checks(&cli->out, request);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct validate_request request = {.version = 0};
    struct validation validation;
    struct store *store;
    bool ok;

    if (!read_options(cli, &request, err))
        return false;
    if (cli_flag(cli, "list"))
        return list(cli, &request, err);
    store = cli_open(cli, cli->database, STORE_READ, err);
    ok = store && validate(cli, store, &request, &validation, err) &&
         (cli->json ? json_validation : print_validation)(cli, store, &request,
                                                          &validation, err);
    store_close(store);
    if (ok && !validation_holds(&validation))
        cli->exit_code = ERROR_FOUND;
    return ok;
}

const struct command command_validate = {
    .name = "validate",
    .summary = "check that a version is good data: mix, times, texts",
    .arguments = "",
    .details =
        "Prints a line for each check of all meetings together, then the "
        "checks that fail\nfor a persona (with -v all of them), which has "
        "twice the tolerance. A failure names\nup to three meetings, and the "
        "command that shows one. The exit code is 1 when a\ncheck fails, "
        "or when there is no meeting. Shares of fewer than 50 meetings are not "
        "judged, and what only many\n"
        "can show is not judged of fewer than 1,000.\n\nA NAME is that of a "
        "check (text.article) or of a group of them (text); --list says\n"
        "which there are. --expect sets another range: "
        "importance.critical=5..20,\nvariety.subjects=80.. or "
        "text.article=..3; personas get twice its tolerance.",
    .json = "{\"version\", \"meetings\", \"personas\", \"ok\", \"failed\", "
            "\"persona_failed\",\n\"checks\": [{\"name\", \"about\", \"unit\", "
            "\"status\" (passed, failed, not_judged),\n\"value\", \"part\", "
            "\"whole\", \"low\", \"high\", \"examples\": [{\"meeting\", "
            "\"note\"}]}], \"by_persona\":\n[{\"persona\", \"meetings\", "
            "\"stale\", \"failed\", \"checks\": [the same without about and "
            "unit]}],\n\"near_duplicates\": {\"tested\", \"sampled\"}}; low "
            "and high are null without an end;\n--list: {\"checks\": "
            "[{\"name\", \"about\", \"unit\", \"low\", \"high\", "
            "\"persona_low\",\n\"persona_high\", \"personas\"}]}",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"persona", 0, "ID,…", "only meetings of these personas"},
                {"tier", 0, "N", "only of the personas of a tier"},
                {"only", 0, "NAME,…", "only these checks"},
                {"skip", 0, "NAME,…", "all but these checks"},
                {"expect", 0, "NAME=LOW..HIGH,…", "other ranges"},
                {"list", 0, NULL, "list the checks and their ranges"}},
    .examples = {{"validate", "everything"},
                 {"validate --only text,series --at release-1",
                  "what must never be, as it was"},
                 {"validate --expect importance.critical=5..20 -v",
                  "a mix of your own, and every persona"}},
    .run = run,
};
