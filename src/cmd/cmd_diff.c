/* datebook diff */
#include "diff_output.h"

#include <string.h>

/* ---- What is asked for ---- */

/* The options that choose a form; none of them is the summary. */
static const struct {
    const char *option;
    enum diff_form form;
} forms[] = {{"stat", FORM_STAT},
             {"rows", FORM_ROWS},
             {"name-only", FORM_NAMES},
             {"jsonl", FORM_LINES},
             {"by", FORM_SUMMARY}};

static bool choose_by(struct cli *cli, enum diff_form *form, struct error *err)
{
    static const struct {
        const char *name;
        enum diff_form form;
    } by[] = {{"persona", FORM_BY_PERSONA},
              {"label", FORM_BY_LABEL},
              {"field", FORM_BY_FIELD},
              {"rule", FORM_BY_RULE}};
    const char *value = cli_value(cli, "by");

    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        if (!strcmp(by[i].name, value)) {
            *form = by[i].form;
            return true;
        }
    return cli_usage(cli, err,
                     "--by takes persona, label, field or rule, not \"%.100s\"",
                     value);
}

static bool choose_form(struct cli *cli, enum diff_form *form,
                        struct error *err)
{
    const char *chosen = NULL;

    *form = FORM_SUMMARY;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!cli_flag(cli, forms[i].option))
            continue;
        if (chosen)
            return cli_usage(cli, err, "--%s and --%s exclude each other",
                             chosen, forms[i].option);
        chosen = forms[i].option;
        *form = forms[i].form;
    }
    if (cli->json && *form == FORM_LINES)
        return cli_usage(cli, err, "--json and --jsonl exclude each other");
    return !cli_flag(cli, "by") || choose_by(cli, form, err);
}

static bool read_options(struct cli *cli, struct diff_print *print,
                         struct error *err)
{
    if (!choose_form(cli, &print->form, err) ||
        !cli_int(cli, "limit", 1, INT64_MAX, &print->request.limit, err))
        return false;
    if (print->request.limit &&
        (print->form == FORM_BY_LABEL || print->form == FORM_BY_FIELD))
        return cli_usage(cli, err, "--limit does nothing for --by %s",
                         cli_value(cli, "by"));
    if (!cli->argument_count && !cli_flag(cli, "other"))
        return cli_usage(cli, err, "diff needs FROM [TO], or --other FILE");
    if (cli_flag(cli, "other") && !*cli_value(cli, "other"))
        return cli_usage(cli, err, "--other needs the name of a file");
    return true;
}

/* ---- What it is asked of ---- */

static struct store *open_other(struct cli *cli, const char *path,
                                struct error *err)
{
    struct store *store = cli_open(cli, path, STORE_READ, err);

    if (!store && strstr(err->hint, "--db FILE"))
        error_hint(err, "name another datebook database with --other FILE");
    return store;
}

static bool resolve(struct cli *cli, int argument, struct diff_side *side,
                    struct error *err)
{
    const char *name =
        cli->argument_count > argument ? cli->arguments[argument] : "HEAD";

    return version_resolve_kept(side->store, name, &side->version, err);
}

/* A persona must be in one of the two versions. */
static bool check_persona(struct cli *cli, const struct diff_request *request,
                          const char *id, struct error *err)
{
    const struct diff_side *sides[] = {&request->from, &request->to};
    struct stored_persona *persona;

    for (int i = 0; i < 2; i++) {
        if (!persona_at(sides[i]->store, &cli->arena, sides[i]->version, id,
                        &persona, err))
            return false;
        if (persona)
            return true;
    }
    return require_persona(cli, request->to.store, request->to.version, id,
                           &persona, err);
}

static bool choose_personas(struct cli *cli, struct diff_request *request,
                            struct error *err)
{
    const char *text = cli_value(cli, "persona");
    const char **ids;

    if (!text)
        return true;
    if (!cli_list(cli, text, &ids, &request->persona_count, err))
        return false;
    if (!request->persona_count)
        return cli_usage(cli, err, "--persona needs the id of a persona");
    for (size_t i = 0; i < request->persona_count; i++)
        if (!check_persona(cli, request, ids[i], err))
            return false;
    request->personas = ids;
    return true;
}

static bool compare(struct cli *cli, struct diff_print *print,
                    struct error *err)
{
    bool different;

    if (!resolve(cli, 0, &print->request.from, err) ||
        !resolve(cli, 1, &print->request.to, err) ||
        !choose_personas(cli, &print->request, err) ||
        !diff_print(cli, print, &different, err))
        return false;
    if (cli_flag(cli, "exit-code") && different)
        cli->exit_code = ERROR_FOUND;
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    const char *other = cli_value(cli, "other");
    struct diff_print print = {.form = FORM_SUMMARY};
    struct diff_request *request = &print.request;
    bool ok;

    if (!read_options(cli, &print, err))
        return false;
    request->from.store = cli_open(cli, cli->database, STORE_READ, err);
    if (!request->from.store)
        return false;
    request->to.store =
        other ? open_other(cli, other, err) : request->from.store;
    if (other) {
        print.files[0] = cli->database;
        print.files[1] = other;
    }
    ok = request->to.store && compare(cli, &print, err);
    if (other)
        store_close(request->to.store);
    store_close(request->from.store);
    return ok;
}

const struct command command_diff = {
    .name = "diff",
    .summary = "show what changed between two versions",
    .arguments = "[FROM [TO]]",
    .most = 2,
    .details =
        "TO is HEAD unless named. Versions may come in either order. Version 0 "
        "is the empty\ndataset. In tables, + is added, ~ changed, - removed. "
        "What changed and changed back is\nno difference.\n\n"
        "With --other, FROM (HEAD unless named) of this database is compared "
        "with TO (HEAD\nunless named) of another: personas by their ids, "
        "meetings by theirs, rules by their\ntexts, splits and reviews by "
        "their names. "
        "Copies of one file are compared from\nthe last version that they "
        "share.\n\n"
        "With --persona splits and reviews are left out: they are rows of no "
        "persona.\n\n"
        "--by rule counts, over the labels that changed, what each rule began "
        "(+) and stopped\n(-) to do: a rule fires, and decides unless it is "
        "overruled.",
    .json =
        "{\"from\", \"to\", \"personas\", \"meetings\", \"labels\", "
        "\"splits\": {\"added\",\n\"changed\", \"removed\"}, \"reviews\": the "
        "same, where some differ, \"transitions\": "
        "[{\"from\", \"to\", \"labels\"}], \"rsvp\": [the same], \"prep\": "
        "{\"gained\", \"lost\", \"minutes\"}, \"reasons_only\", "
        "\"by_persona\":\n[{\"persona\", the counts, \"fields\": what changed "
        "in its document}]};\nwith --other also \"from_file\", \"to_file\", "
        "\"common\" (the last version that both share,\n0 for none); with "
        "--rows \"rows\": [{\"row\", \"change\", \"persona\", \"meeting\", "
        "\"old\",\n\"new\": {\"importance\", \"prep_minutes\", \"rsvp\", "
        "\"reasoning\"}, \"fields\"}] and\n\"rows_total\"; a row of a split "
        "has \"split\", its name, one of a\nreview \"review\", and both have "
        "documents as \"old\" and \"new\"; --stat and --by "
        "give the counts and their own keys: \"by_persona\",\n\"transitions\" "
        "to \"reasons_only\", \"fields\": [{\"field\", \"labels\"}], or "
        "\"rules\": [{\"persona\",\n\"field\", \"rule\", \"began_firing\", "
        "\"stopped_firing\", \"began_deciding\",\n\"stopped_deciding\"}] with "
        "\"rules_total\"; --limit adds \"personas_total\" to\n\"by_persona\"; "
        "--name-only gives \"names\", \"names_total\", \"from\", \"to\".\n"
        "--jsonl prints the elements of \"rows\", a line each",
    .options = {{"stat", 0, NULL, "how much changed, a line for each persona"},
                {"rows", 0, NULL, "every row, with old and new values"},
                {"name-only", 0, NULL,
                 "ids of personas and meetings, names of splits and reviews"},
                {"by", 0, "WHAT", "totals by persona, label, field or rule"},
                {"jsonl", 0, NULL, "every row as one line of JSON"},
                {"persona", 0, "ID,…", "only these personas"},
                {"limit", 0, "N",
                 "show at most N rows, names, personas or rules"},
                {"other", 0, "FILE", "TO is a version of another database"},
                {"exit-code", 0, NULL,
                 "exit with 1 when there is a difference"}},
    .examples = {{"diff HEAD~1", "what the last command changed"},
                 {"diff v3 v7 --rows --limit 20", "row by row"},
                 {"diff v3 v7 --by rule", "which rules are behind it"},
                 {"diff v3 --persona ann --stat", "one persona, in short"},
                 {"diff --other copy.db", "this database and another"},
                 {"diff release-1 --exit-code -q", "for a script"}},
    .run = run,
};
