/* datebook explain */
#include "explain.h"

#include <string.h>

/* ---- A meeting of the database ---- */

static bool explain_stored(struct cli *cli, struct case_file *file,
                           struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    const char *id = cli->arguments[0];
    int64_t version;
    int64_t key;
    bool ok = store && cli_at(cli, store, &version, err) &&
              require_meeting(cli, store, id, &key, err) &&
              case_find(&cli->arena, store, version, key, id, file, err) &&
              origin_find(cli, store, key, &file->written, err);

    store_close(store);
    return ok;
}

/* ---- A text that is in no database ---- */

/* A persona by id from the database, or from a file without one. */
static bool find_persona(struct cli *cli, struct case_file *file,
                         struct error *err)
{
    const char *name = cli_value(cli, "persona");
    struct store *store = NULL;
    struct persona persona;
    bool ok;

    if (!names_a_file(name)) {
        store = cli_open(cli, cli->database, STORE_READ, err);
        ok = store && cli_at(cli, store, &file->version, err) &&
             require_persona(cli, store, file->version, name, &file->current,
                             err);
        store_close(store);
        return ok;
    }
    if (cli_flag(cli, "at"))
        return cli_usage(cli, err, "--at goes with a persona of the database");
    file->current = arena_zero(&cli->arena, 1, sizeof *file->current, err);
    if (!file->current ||
        !dataset_read_persona(&cli->arena, name, &persona, err))
        return false;
    file->current->id = persona.id;
    file->current->document = persona.document;
    file->current->document_length = persona.document_length;
    return true;
}

/* Names divided by commas, as the rules see them: a line each. */
static const char *people_lines(struct cli *cli, int *count, struct error *err)
{
    const char *text = cli_value(cli, "people");
    const char *lines = "";
    const char **names;
    size_t found = 0;

    if (text && !cli_list(cli, text, &names, &found, err))
        return NULL;
    for (size_t i = 0; lines && i < found; i++)
        lines = arena_format(&cli->arena, err, "%s%s\n", lines,
                             names[i] + strspn(names[i], " "));
    *count = (int)found;
    return lines;
}

static bool explain_text(struct cli *cli, struct case_file *file,
                         struct error *err)
{
    const char *body = cli_value(cli, "body");

    if (!cli_flag(cli, "persona") || !cli_flag(cli, "subject"))
        return cli_usage(cli, err, "a text needs --persona and --subject");
    file->facts.subject = cli_value(cli, "subject");
    file->facts.preview = body ? body : "";
    file->facts.people = people_lines(cli, &file->facts.attendees, err);
    return file->facts.people && find_persona(cli, file, err) &&
           case_judge_text(&cli->arena, file, err);
}

/* ---- Running ---- */

static bool run(struct cli *cli, struct error *err)
{
    static const char *const text_options[] = {"persona", "subject", "body",
                                               "people"};
    struct case_file file = {.version = 0};
    int given = 0;
    bool ok;

    for (int i = 0; i < 4; i++)
        given += cli_flag(cli, text_options[i]);
    if (given && cli->argument_count)
        return cli_usage(cli, err,
                         "a MEETING goes without --persona, "
                         "--subject, --body and --people");
    if (!given && !cli->argument_count)
        return cli_usage(cli, err,
                         "explain needs a MEETING, or --persona and "
                         "--subject");
    ok =
        given ? explain_text(cli, &file, err) : explain_stored(cli, &file, err);
    if (ok && cli->json)
        json_explanation(&cli->out, &file);
    else if (ok)
        ok = print_explanation(cli, &file, err);
    case_close(&file);
    return ok;
}

const struct command command_explain = {
    .name = "explain",
    .summary = "why a meeting has its label, with the words marked",
    .arguments = "[MEETING]",
    .most = 1,
    .details = "Shows every rule that fired, whether it decided or was "
               "overruled, and where it found\nits words. Words are marked "
               "with [brackets] where the output is no terminal.\n\nA label "
               "that is stale "
               "is explained by the document of the persona that made it. A "
               "rule\nthat "
               "this document does not have any more is shown without "
               "places.\n\nWith --persona "
               "and --subject a text is labelled that is in no database; a "
               "persona FILE\nneeds no database at all.",
    .json =
        "{\"meeting\", \"persona\", \"version\", \"subject\", \"preview\", "
        "\"people\", \"importance\",\n\"prep_minutes\", \"rsvp\", "
        "\"stale\", \"explained\" (the rules shown give this very label),\n"
        "\"reasoning\", \"made\": {\"version\", \"persona_since\", "
        "\"engine\"}, " ORIGIN_JSON ", \"rules\": [{\"field\", \"name\", "
        "\"decided\",\n\"matches\": [{\"text\", \"start\", \"length\"}]}]}; "
        "start and length in bytes",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"persona", 0, "ID|FILE",
                 "label a text by this persona's rules"},
                {"subject", 0, "TEXT", "its subject"},
                {"body", 0, "TEXT", "its body preview"},
                {"people", 0, "NAME,…", "its attendees"}},
    .examples = {{"explain AAkALg…", "MEETING is an event's id"},
                 {"explain --persona my.json --subject 'Q4 pipeline review'",
                  "try a rule before it is added"}},
    .run = run,
};
