/* datebook explain */
#include "cli.h"

#include "marks.h"

#include <stdlib.h>
#include <string.h>

/* Everything about one meeting as of one version, or about a text that is in
 * no database. */
struct case_file {
    bool from_text;
    int64_t version;
    struct stored_meeting meeting;
    struct stored_label stored;
    struct stored_persona *maker; /* whose rules made it; NULL: pruned */
    struct version made;          /* the version that made the label */
    struct stored_persona *persona;
    struct meeting_facts facts;
    struct oracle *oracle;
    struct label label;   /* what the rules say */
    struct buf reasoning; /* of the stored label */
    struct rule_match *matches;
    size_t match_count;
    bool fresh;
};

/* ---- Finding it all ---- */

static bool find_rows(struct cli *cli, struct store *store,
                      struct case_file *file, struct error *err)
{
    bool found;
    bool labelled;
    int64_t key;

    if (!cli_at(cli, store, &file->version, err) ||
        !meeting_find(store, cli->arguments[0], &key, err) ||
        !meeting_at(store, &cli->arena, file->version, key, &file->meeting,
                    &found, err))
        return false;
    if (!found) {
        error_set(err, ERROR_INPUT, "the meeting \"%.200s\" is not in v%lld",
                  cli->arguments[0], (long long)file->version);
        return error_hint(err, "`datebook history` says when it was there");
    }
    if (!label_at(store, &cli->arena, file->version, key, &file->stored,
                  &labelled, err) ||
        !persona_at_key(store, &cli->arena, file->version, meeting_persona(key),
                        &file->persona, err))
        return false;
    if (labelled && file->persona)
        return true;
    return error_set(err, ERROR_DATABASE,
                     "the meeting \"%.200s\" has no label or no persona",
                     cli->arguments[0]);
}

/* Which run made the label, by which row of the persona. */
static bool find_maker(struct cli *cli, struct store *store,
                       struct case_file *file, struct error *err)
{
    if (!version_get(store, &cli->arena, file->stored.since, &file->made,
                     err) ||
        !persona_at_key(store, &cli->arena, file->stored.since,
                        file->persona->key, &file->maker, err))
        return false;
    return file->maker || file->made.pruned ||
           error_set(err, ERROR_DATABASE,
                     "the persona that made the label is not there");
}

static bool spell_stored(struct cli *cli, struct store *store,
                         struct case_file *file, struct error *err)
{
    struct stored_rule *rules;
    size_t count;

    return rule_list(store, &cli->arena, file->persona->key, &rules, &count,
                     err) &&
           label_reasoning(&file->stored, rules, count, &file->reasoning, err);
}

static bool label_facts(struct cli *cli, struct case_file *file,
                        struct error *err)
{
    struct ruleset *rules;

    file->oracle = oracle_open(&cli->arena, file->persona, err);
    if (!file->oracle)
        return false;
    rules = oracle_rules(file->oracle);
    return ruleset_matches(rules, &file->facts, &cli->arena, &file->matches,
                           &file->match_count, err) &&
           ruleset_label(rules, &file->facts, &file->label, err);
}

static bool ask_rules(struct cli *cli, struct store *store,
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
    if (!dataset_labels_are_fresh(store, file->version, file->persona,
                                  &file->fresh, err))
        return false;
    /* A stale label is explained by the rules that made it. */
    if (!file->fresh && file->maker)
        file->persona = file->maker;
    return label_facts(cli, file, err);
}

static bool explain_stored(struct cli *cli, struct case_file *file,
                           struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    bool ok = store && find_rows(cli, store, file, err) &&
              find_maker(cli, store, file, err) &&
              spell_stored(cli, store, file, err) &&
              ask_rules(cli, store, file, err);

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
             require_persona(cli, store, file->version, name, &file->persona,
                             err);
        store_close(store);
        return ok;
    }
    if (cli_flag(cli, "at"))
        return cli_usage(cli, err, "--at goes with a persona of the database");
    file->persona = arena_zero(&cli->arena, 1, sizeof *file->persona, err);
    if (!file->persona ||
        !dataset_read_persona(&cli->arena, name, &persona, err))
        return false;
    file->persona->id = persona.id;
    file->persona->document = persona.document;
    file->persona->document_length = persona.document_length;
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
        !label_facts(cli, file, err))
        return false;
    file->stored.importance = (int)file->label.importance;
    file->stored.rsvp = (int)file->label.rsvp;
    file->stored.prep_minutes = file->label.prep_minutes;
    ruleset_reasoning(oracle_rules(file->oracle), &file->label,
                      &file->reasoning);
    return buf_ok(&file->reasoning, err);
}

/* ---- Text ---- */

static const char *text_of(const struct case_file *file, enum rules_text which)
{
    return which == TEXT_SUBJECT   ? file->facts.subject
           : which == TEXT_PREVIEW ? file->facts.preview
                                   : file->facts.people;
}

/* A line with a text and its marks; an empty text has none. */
static void put_marked(struct buf *out, const struct case_file *file,
                       enum rules_text which)
{
    const char *text = text_of(file, which);

    if (!*text)
        return;
    buf_format(out, "%-9s", text_name(which));
    put_marked_text(out, which, text, file->matches, file->match_count);
    buf_char(out, '\n');
}

/* `subject "Pipeline", preview "pipeline"` */
static void put_places(struct buf *out, const struct case_file *file,
                       size_t rule)
{
    const char *comma = "";

    for (size_t i = 0; i < file->match_count; i++) {
        const struct rule_match *match = &file->matches[i];
        if (match->rule != rule)
            continue;
        buf_format(out, "%s%s \"", comma, text_name(match->text));
        put_text_part(out, match->text, text_of(file, match->text),
                      match->start, match->start + match->length);
        buf_char(out, '"');
        comma = ", ";
    }
}

static bool print_rules(struct cli *cli, const struct case_file *file,
                        struct error *err)
{
    static const struct table_column columns[] = {{"RULE", TABLE_LEFT, 60},
                                                  {"", TABLE_LEFT, 0},
                                                  {"WHERE", TABLE_LEFT, 80}};
    const struct persona *persona = oracle_persona(file->oracle);
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < file->label.fired_count; i++) {
        const struct fired_rule *fired = &file->label.fired[i];
        struct buf name = BUF_EMPTY;
        struct buf places = BUF_EMPTY;
        rules_reason(persona->rules[fired->rule].kind,
                     ruleset_name(oracle_rules(file->oracle), fired->rule),
                     &name);
        put_places(&places, file, fired->rule);
        table_row(&table, buf_string(&name),
                  fired->decided ? "decided" : "overruled", buf_string(&places),
                  NULL);
        buf_free(&name);
        buf_free(&places);
    }
    buf_char(&cli->out, '\n');
    if (!table.row_count) {
        buf_text(&cli->out, "No rule fired: the label is the default.\n");
        return true;
    }
    return table_print(&table, 0, &cli->out, err);
}

static void put_label(struct buf *out, const struct stored_label *label)
{
    buf_text(out, importance_name((enum importance)label->importance));
    if (label->prep_minutes)
        buf_format(out, ", prep %d minutes", label->prep_minutes);
    else
        buf_text(out, ", no prep");
    buf_format(out, ", %s", rsvp_name((enum rsvp)label->rsvp));
}

static void put_made(struct buf *out, const struct case_file *file)
{
    buf_format(out, "made     in v%lld by %s, ", (long long)file->made.number,
               file->made.command);
    if (file->maker)
        buf_format(out, "from the persona of v%lld",
                   (long long)file->maker->since);
    else
        buf_text(out, "from a persona that was pruned");
    buf_format(out, ", rule engine %d\n", file->made.engine);
}

static void note_stale_label(struct cli *cli, const struct case_file *file)
{
    if (file->maker)
        cli_note(cli, "the label is stale: shown are the rules that made it; "
                      "`datebook relabel` asks those of now");
    else
        cli_note(cli,
                 "the label is stale, and the rules that made it were pruned: "
                 "shown are those of v%lld",
                 (long long)file->version);
}

static bool print(struct cli *cli, const struct case_file *file,
                  struct error *err)
{
    struct buf *out = &cli->out;
    char start[GRAPH_TIME_SIZE];

    buf_format(out, "persona  %s", file->persona->id);
    if (file->version)
        buf_format(out, ", as of v%lld", (long long)file->version);
    buf_char(out, '\n');
    if (!file->from_text) {
        civil_format_graph(file->facts.start, start);
        start[10] = ' ';
        buf_format(out, "when     %.16s, %d minutes, %s\n", start,
                   file->facts.minutes, graph_type_name(file->facts.type));
    }
    put_marked(out, file, TEXT_SUBJECT);
    put_marked(out, file, TEXT_PREVIEW);
    put_marked(out, file, TEXT_PEOPLE);
    buf_text(out, "label    ");
    put_label(out, &file->stored);
    buf_text(out, "\nbecause  ");
    terminal_text(out, buf_string(&file->reasoning));
    buf_char(out, '\n');
    if (!file->from_text)
        put_made(out, file);
    if (!file->fresh)
        note_stale_label(cli, file);
    return print_rules(cli, file, err);
}

/* ---- JSON ---- */

static void json_rule(struct buf *out, const struct case_file *file,
                      const struct fired_rule *fired)
{
    const struct persona_rule *rule =
        &oracle_persona(file->oracle)->rules[fired->rule];

    json_key(out, NULL);
    buf_text(out, "{\"field\":");
    buf_json(out, rule->field);
    json_key(out, "name");
    buf_json(out, ruleset_name(oracle_rules(file->oracle), fired->rule));
    json_key(out, "decided");
    buf_text(out, fired->decided ? "true" : "false");
    json_key(out, "matches");
    buf_char(out, '[');
    for (size_t i = 0; i < file->match_count; i++) {
        const struct rule_match *match = &file->matches[i];
        if (match->rule != fired->rule)
            continue;
        json_key(out, NULL);
        buf_format(out, "{\"text\":\"%s\",\"start\":%zu,\"length\":%zu}",
                   text_name(match->text), match->start, match->length);
    }
    buf_text(out, "]}");
}

static void json_made(struct buf *out, const struct case_file *file)
{
    buf_format(out, ",\"made\":{\"version\":%lld,\"persona_since\":",
               (long long)file->made.number);
    if (file->maker)
        buf_int(out, file->maker->since);
    else
        buf_text(out, "null");
    buf_format(out, ",\"engine\":%d}", file->made.engine);
}

static void print_json(struct cli *cli, const struct case_file *file)
{
    struct buf *out = &cli->out;

    buf_text(out, "{\"meeting\":");
    buf_json(out, file->from_text ? NULL : file->meeting.id);
    json_key(out, "persona");
    buf_json(out, file->persona->id);
    json_key(out, "version");
    buf_int(out, file->version);
    json_key(out, "subject");
    buf_json(out, file->facts.subject);
    json_key(out, "preview");
    buf_json(out, file->facts.preview);
    json_key(out, "people");
    buf_json(out, file->facts.people);
    buf_format(out,
               ",\"importance\":\"%s\",\"prep_minutes\":%d,\"rsvp\":\"%s\","
               "\"stale\":%s",
               importance_name((enum importance)file->stored.importance),
               file->stored.prep_minutes,
               rsvp_name((enum rsvp)file->stored.rsvp),
               file->fresh ? "false" : "true");
    json_key(out, "reasoning");
    buf_json(out, buf_string(&file->reasoning));
    if (!file->from_text)
        json_made(out, file);
    json_key(out, "rules");
    buf_char(out, '[');
    for (size_t i = 0; i < file->label.fired_count; i++)
        json_rule(out, file, &file->label.fired[i]);
    buf_text(out, "]}\n");
}

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
        print_json(cli, &file);
    else if (ok)
        ok = print(cli, &file, err);
    oracle_close(file.oracle);
    buf_free(&file.reasoning);
    return ok;
}

const struct command command_explain = {
    .name = "explain",
    .summary = "why a meeting has its label, with the words marked",
    .arguments = "[MEETING]",
    .most = 1,
    .details =
        "Shows every rule that fired, whether it decided or was "
        "overruled, and where it found\nits words. Words are marked "
        "with [brackets] where the output is no terminal.\n\nWith --persona "
        "and --subject a text is labelled that is in no database; a "
        "persona FILE\nneeds no database at all.",
    .json =
        "{\"meeting\", \"persona\", \"version\", \"subject\", \"preview\", "
        "\"people\", \"importance\",\n\"prep_minutes\", \"rsvp\", "
        "\"stale\", \"reasoning\", \"made\": {\"version\", \"persona_since\", "
        "\"engine\"}, \"rules\": [{\"field\", \"name\", "
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
