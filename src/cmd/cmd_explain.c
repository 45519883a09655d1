/* datebook explain */
#include "explain.h"

#include <string.h>

/* ---- Finding it all ---- */

static bool find_rows(struct cli *cli, struct store *store,
                      struct case_file *file, struct error *err)
{
    bool found;
    bool labelled;
    int64_t head;
    int64_t key;

    if (!cli_at(cli, store, &file->version, err) ||
        !version_head(store, &head, err) ||
        !require_meeting(cli, store, cli->arguments[0], &key, err) ||
        !meeting_at(store, &cli->arena, file->version, key, &file->meeting,
                    &found, err))
        return false;
    file->newest = file->version == head;
    if (!found) {
        error_set(err, ERROR_INPUT, "the meeting \"%.200s\" is not in v%lld",
                  cli->arguments[0], (long long)file->version);
        return error_hint(err, "`datebook history` says when it was there");
    }
    if (!label_at(store, &cli->arena, file->version, key, &file->stored,
                  &labelled, err) ||
        !persona_at_key(store, &cli->arena, file->version, meeting_persona(key),
                        &file->current, err))
        return false;
    if (labelled && file->current)
        return true;
    return error_set(err, ERROR_DATABASE,
                     "the meeting \"%.200s\" has no label or no persona",
                     cli->arguments[0]);
}

static bool find_facts(struct cli *cli, struct store *store,
                       struct case_file *file, struct error *err)
{
    struct stored_fact fact;
    bool found;

    if (!fact_at(store, &cli->arena, file->version, file->meeting.key, &fact,
                 &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "the meeting \"%.200s\" has no facts",
                         file->meeting.id);
    file->facts = fact.facts;
    return origin_find(cli, store, file->meeting.key, &file->written, err) &&
           dataset_labels_are_fresh(store, file->version, file->current,
                                    &file->fresh, err);
}

static bool spell_stored(struct cli *cli, struct store *store,
                         struct case_file *file, struct error *err)
{
    struct stored_rule *rules;
    size_t count;

    return version_get(store, &cli->arena, file->stored.since, &file->made,
                       err) &&
           rule_list(store, &cli->arena, file->current->key, &rules, &count,
                     err) &&
           label_rules(&cli->arena, &file->stored, rules, count, &file->fired,
                       &file->fired_count, err) &&
           label_reasoning(&file->stored, rules, count, &file->reasoning, err);
}

/* ---- Whose rules made the label ---- */

static bool same_rule(const struct persona_rule *rule,
                      const struct stored_rule *stored)
{
    return (int)rule->kind == stored->kind &&
           !strcmp(rule->source, stored->source);
}

/* Whether the rules at hand give the stored label, by the same rules. */
static bool gives_stored(const struct case_file *file)
{
    const struct persona *persona = oracle_persona(file->oracle);
    const struct label *label = &file->label;

    if ((int)label->importance != file->stored.importance ||
        (int)label->rsvp != file->stored.rsvp ||
        label->prep_minutes != file->stored.prep_minutes ||
        label->fired_count != file->fired_count)
        return false;
    for (size_t i = 0; i < label->fired_count; i++)
        if (label->fired[i].decided != file->fired[i].decided ||
            !same_rule(&persona->rules[label->fired[i].rule],
                       file->fired[i].rule))
            return false;
    return true;
}

/* Asks the rules of a document, in place of those asked before. */
static bool ask(struct cli *cli, struct case_file *file,
                const struct stored_persona *persona, struct error *err)
{
    oracle_close(file->oracle);
    file->persona = persona;
    file->oracle = oracle_open(&cli->arena, persona, err);
    if (!file->oracle || !ruleset_label(oracle_rules(file->oracle),
                                        &file->facts, &file->label, err))
        return false;
    file->agrees = file->from_text || gives_stored(file);
    return true;
}

/* The documents that may have made the label: the one in force when it was
 * made, then older ones.  A label that a restore brought back stale is older
 * than the document beside it.  Later ones come last: they confirmed it. */
static bool ask_makers(struct cli *cli, struct store *store,
                       struct case_file *file, struct error *err)
{
    struct persona_row *rows;
    const struct stored_persona *in_force = NULL;
    size_t older = 0;
    size_t count;

    file->agrees = false;
    if (!persona_rows(store, &cli->arena, file->current->key, &rows, &count,
                      err))
        return false;
    while (older < count && rows[older].persona.since <= file->stored.since)
        older++;
    if (older &&
        (!rows[older - 1].until || rows[older - 1].until > file->stored.since))
        in_force = &rows[older - 1].persona;
    for (size_t i = older; i-- > 0 && !file->agrees;)
        if (!ask(cli, file, &rows[i].persona, err))
            return false;
    for (size_t i = older;
         i < count && !file->agrees && rows[i].persona.since <= file->version;
         i++)
        if (!ask(cli, file, &rows[i].persona, err))
            return false;
    file->maker = file->agrees ? file->persona : in_force;
    return true;
}

/* Labels that are fresh are explained by the document of the version, others by
 * that which made them; if nobody knows that, by the next best. */
static bool ask_rules(struct cli *cli, struct store *store,
                      struct case_file *file, struct error *err)
{
    if (!ask_makers(cli, store, file, err))
        return false;
    if (file->fresh && !ask(cli, file, file->current, err))
        return false;
    if (file->agrees)
        return true;
    return ask(cli, file, file->maker ? file->maker : file->current, err);
}

/* ---- The rules that fired ---- */

static bool cite(struct cli *cli, struct cited *cited, size_t rule,
                 enum rule_kind kind, const char *name, bool decided,
                 const struct persona *persona, struct error *err)
{
    struct buf reason = BUF_EMPTY;

    rules_reason(kind, name, &reason);
    *cited = (struct cited){
        .reason = arena_text(&cli->arena, buf_string(&reason), err),
        .name = arena_text(&cli->arena, name, err),
        .field = rule == (size_t)NO_RULE ? rule_kind_field(kind)
                                         : persona->rules[rule].field,
        .rule = rule,
        .decided = decided};
    if (!buf_ok(&reason, err))
        cited->reason = NULL;
    buf_free(&reason);
    return cited->reason && cited->name;
}

static size_t rule_in(const struct persona *persona,
                      const struct stored_rule *stored)
{
    for (size_t i = 0; i < persona->rule_count; i++)
        if (same_rule(&persona->rules[i], stored))
            return i;
    return (size_t)NO_RULE;
}

/* Those of the stored label; of a text, those of its new one. */
static bool cite_rules(struct cli *cli, struct case_file *file,
                       struct error *err)
{
    const struct persona *persona = oracle_persona(file->oracle);
    struct ruleset *rules = oracle_rules(file->oracle);
    size_t count =
        file->from_text ? file->label.fired_count : file->fired_count;

    file->cited = arena_zero(&cli->arena, count, sizeof *file->cited, err);
    file->cited_count = count;
    if (!file->cited ||
        !ruleset_matches(rules, &file->facts, &cli->arena, &file->matches,
                         &file->match_count, err) ||
        !ruleset_label(rules, &file->facts, &file->label, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct label_rule *stored = &file->fired[i];
        const struct fired_rule *fired = &file->label.fired[i];
        if (!(file->from_text
                  ? cite(cli, &file->cited[i], fired->rule,
                         persona->rules[fired->rule].kind,
                         ruleset_name(rules, fired->rule), fired->decided,
                         persona, err)
                  : cite(cli, &file->cited[i], rule_in(persona, stored->rule),
                         (enum rule_kind)stored->rule->kind, stored->rule->name,
                         stored->decided, persona, err)))
            return false;
    }
    return true;
}

static bool explain_stored(struct cli *cli, struct case_file *file,
                           struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    bool ok = store && find_rows(cli, store, file, err) &&
              find_facts(cli, store, file, err) &&
              spell_stored(cli, store, file, err) &&
              ask_rules(cli, store, file, err) && cite_rules(cli, file, err);

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
    file->from_text = true;
    file->fresh = true;
    file->facts.subject = cli_value(cli, "subject");
    file->facts.preview = body ? body : "";
    file->facts.people = people_lines(cli, &file->facts.attendees, err);
    if (!file->facts.people || !find_persona(cli, file, err) ||
        !ask(cli, file, file->current, err) || !cite_rules(cli, file, err))
        return false;
    file->stored.importance = (int)file->label.importance;
    file->stored.rsvp = (int)file->label.rsvp;
    file->stored.prep_minutes = file->label.prep_minutes;
    ruleset_reasoning(oracle_rules(file->oracle), &file->label,
                      &file->reasoning);
    return buf_ok(&file->reasoning, err);
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
    oracle_close(file.oracle);
    buf_free(&file.reasoning);
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
