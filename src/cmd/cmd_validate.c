/* datebook validate */
#include "validate.h"

#include "splits.h"

#include <math.h>

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

/* ---- Leaks ---- */

/* Whether the personas fall into parts by the usual split: some train, others
 * are for validation. */
static bool has_parts(const struct validate_request *request)
{
    size_t held_out = 0;

    for (size_t i = 0; i < request->persona_count; i++)
        held_out += request->personas[i].validation;
    return held_out && held_out < request->persona_count;
}

static bool wants_leaks(const struct validate_request *request)
{
    return !request->skip[CHECK_LEAK_EXACT] || !request->skip[CHECK_LEAK_NEAR];
}

/* Without --split there may be no other part to leak into. */
static bool divide(struct cli *cli, struct store *store,
                   struct validate_request *request, struct division *division,
                   struct error *err)
{
    bool named = cli_flag(cli, "split");

    if (cli_flag(cli, "fold") && !named)
        return cli_usage(cli, err, "--fold needs --split");
    if (named && !request->whole)
        return cli_usage(cli, err, "--split and --%s exclude each other",
                         cli_flag(cli, "tier") ? "tier" : "persona");
    if (!wants_leaks(request) ||
        (!named && (!request->whole || !has_parts(request))))
        return true;
    request->division = division;
    return option_division(cli, store, request->version, division, err);
}

/* ---- Running ---- */

static bool measure(struct cli *cli, struct store *store,
                    struct validate_request *request,
                    struct validation *validation, struct error *err)
{
    struct progress *progress = progress_start(cli, err);
    bool ok = progress &&
              validate_version(store, &cli->arena, request,
                               progress_monitor(progress), validation, err);

    progress_end(progress);
    return ok;
}

/* Holds the meetings against the calendar of --against as well. */
static bool compare(struct cli *cli, struct store *store,
                    const struct validate_request *request,
                    struct validation *validation, struct against *against,
                    struct error *err)
{
    if (!read_against(cli, store, request->version, request->personas,
                      request->persona_count, cli_value(cli, "against"),
                      against, err))
        return false;
    /* As it is told below: 100 only when it is. */
    if (against->scored)
        validate_judge(request, validation, CHECK_AGAINST_ALIGNMENT,
                       floor(against->score * 10) / 10);
    return true;
}

static bool check(struct cli *cli, struct store *store,
                  struct validate_request *request,
                  struct validation *validation, struct error *err)
{
    const char *junit = cli_value(cli, "junit");
    bool compares = cli_flag(cli, "against");
    struct against against;

    return measure(cli, store, request, validation, err) &&
           (!compares ||
            compare(cli, store, request, validation, &against, err)) &&
           (cli->json ? json_validation
                      : print_validation)(cli, store, request, validation,
                                          compares ? &against : NULL, err) &&
           (!junit ||
            junit_validation(cli, store, junit, request, validation, err));
}

static bool validate(struct cli *cli, struct store *store,
                     struct validate_request *request,
                     struct validation *validation, struct error *err)
{
    struct division division = {.split = NULL};
    struct stored_persona *personas = NULL;
    size_t count = 0;
    bool ok = cli_at(cli, store, &request->version, err) &&
              choose(cli, store, request->version, &personas, &count, err);

    request->personas = personas;
    request->persona_count = count;
    request->whole = !cli_flag(cli, "persona") && !cli_flag(cli, "tier");
    request->of_tier = cli_flag(cli, "tier");
    ok = ok && divide(cli, store, request, &division, err) &&
         check(cli, store, request, validation, err);
    request->division = NULL;
    division_close(&division);
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

    if (!validate_options(cli, &request, err))
        return false;
    if (cli_flag(cli, "list"))
        return list(cli, &request, err);
    store = cli_open(cli, cli->database, STORE_READ, err);
    ok = store && validate(cli, store, &request, &validation, err);
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
        "checks that fail\nfor a tier or a persona, which have a wider range "
        "(with -v all of them, and how\neach mix fits as a whole). A failure "
        "names its first three meetings, with -v all\nof them, and the command "
        "that shows one. The exit code is 1 when a check of\nlevel error "
        "fails, or when there is no meeting; what has level warning is told.\n"
        "\nA NAME is that of a check (text.article) or of a group of them "
        "(text); --list says\nwhich there are. --expect sets another range: "
        "importance.critical=5..20,\nvariety.subjects=80.. or "
        "text.article=..3; tiers get one and a half times its\ntolerance, "
        "personas twice. --thresholds sets them, and levels, from a file in "
        "the\nform of personas/thresholds.json: what it does not name stays.\n"
        "\nLeaks are looked for across the parts of --split (then they are "
        "errors), else\nbetween validation personas and all others "
        "(warnings). docs/validation.md says\nwhat each check counts.",
    .json = "{\"version\", \"meetings\", \"personas\", \"ok\", \"failed\", "
            "\"warned\", \"tier_failed\",\n\"tier_warned\", "
            "\"persona_failed\", \"persona_warned\", \"checks\": [{\"name\", "
            "\"about\",\n\"unit\", \"level\" (error, warning), \"status\" "
            "(passed, failed, warning,\nnot_judged), \"value\", \"part\", "
            "\"whole\", \"low\", \"high\", \"examples\": [{\"meeting\",\n"
            "\"note\"}], \"ids\": [of every meeting or persona at fault; of a "
            "check that counts\nsuch]}], \"fits\": [{\"mix\", \"chi_square\", "
            "\"freedom\", \"p\"}], \"by_tier\": [{\"tier\",\n\"personas\", "
            "\"meetings\", \"failed\", \"warned\", \"checks\": [the same "
            "without about and\nunit], \"fits\"}], \"by_persona\": "
            "[{\"persona\", \"meetings\", \"stale\", \"failed\",\n\"warned\", "
            "\"checks\", \"fits\"}], \"near_duplicates\": {\"tested\", "
            "\"sampled\"}, \"leaks\":\n{\"tested\", \"threshold\"} or null, "
            "\"against\": {see docs/against.md} with --against}; "
            "low and high are null without an end;\n--list: {\"checks\": "
            "[{\"name\", \"about\", \"unit\", \"level\", \"least\", \"low\", "
            "\"high\",\n\"tiers\", \"tier_low\", \"tier_high\", \"personas\", "
            "\"persona_low\", \"persona_high\"}]}",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"persona", 0, "ID,…", "only meetings of these personas"},
                {"tier", 0, "N", "only of the personas of a tier"},
                {"only", 0, "NAME,…", "only these checks"},
                {"skip", 0, "NAME,…", "all but these checks"},
                {"expect", 0, "NAME=LOW..HIGH,…", "other ranges"},
                {"thresholds", 0, "FILE", "other ranges and levels"},
                {"split", 0, "NAME", "look for leaks across its parts"},
                {"fold", 0, "N", "the fold of the split that is held out"},
                {"junit", 0, "FILE", "write the results as JUnit XML, too"},
                {"against", 0, "FILE", "compare with a real calendar"},
                {"list", 0, NULL, "list the checks and their ranges"}},
    .examples = {{"validate", "everything"},
                 {"validate --only text,series --at release-1",
                  "what must never be, as it was"},
                 {"validate --expect importance.critical=5..20 -v",
                  "a mix of your own, and every persona"},
                 {"validate --split folds --fold 2 --junit validate.xml",
                  "before training, for a machine to read"}},
    .run = run,
};
