/* datebook persona lint */
#include "cli.h"

#include "datebook/coverage.h"
#include "datebook/list.h"
#include "datebook/quality.h"

#include <string.h>

/* One persona with what is wrong with its rules. */
struct checked {
    const char *id;
    const char *file;  /* NULL: from the database */
    int64_t meetings;  /* stored ones that were looked at */
    size_t rule_count; /* for messages: their fields and texts */
    const char **fields;
    const char **texts;
    struct lint lint;
};

struct checks {
    struct checked *at;
    size_t count;
};

static bool keep_rules(struct cli *cli, const struct persona *persona,
                       const struct ruleset *ruleset, struct checked *checked,
                       struct error *err)
{
    size_t count = persona->rule_count;

    checked->rule_count = count;
    checked->fields =
        arena_zero(&cli->arena, count, sizeof *checked->fields, err);
    checked->texts = checked->fields ? arena_zero(&cli->arena, count,
                                                  sizeof *checked->texts, err)
                                     : NULL;
    for (size_t i = 0; checked->texts && i < count; i++) {
        const struct persona_rule *rule = &persona->rules[i];
        const char *text =
            rule->object ? ruleset_name(ruleset, i) : rule->source;
        checked->fields[i] = rule->field;
        checked->texts[i] = arena_text(&cli->arena, text, err);
        if (!checked->texts[i])
            return false;
    }
    return checked->texts != NULL;
}

static bool next_check(struct cli *cli, struct checks *checks,
                       struct checked **checked, struct error *err)
{
    if (!list_grow(&cli->arena, &checks->at, checks->count, sizeof *checks->at,
                   err))
        return false;
    *checked = &checks->at[checks->count++];
    **checked = (struct checked){.id = NULL};
    return true;
}

static bool check_diversity(struct cli *cli, const struct persona *persona,
                            struct lint *lint, struct error *err)
{
    const cJSON *object = json_member(persona->tree, "diversity");

    for (int d = 0; d < DIMENSIONS; d++) {
        const struct dimension_list *list = diversity_list((enum dimension)d);
        const cJSON *value = json_member(object, list->name);
        const char *text = cJSON_GetStringValue(value);
        struct buf values = BUF_EMPTY;
        bool known = !value || cJSON_IsNull(value);
        bool ok = true;
        for (int i = 0; i < list->count; i++) {
            known = known || (text && !strcmp(text, list->values[i]));
            buf_format(&values, "%s%s", i ? ", " : "write one of ",
                       list->values[i]);
        }
        if (!known)
            ok = buf_ok(&values, err) &&
                 lint_field(
                     &cli->arena, lint, LINT_UNKNOWN_VALUE,
                     arena_format(&cli->arena, err, "diversity.%s", list->name),
                     arena_format(&cli->arena, err,
                                  text ? "\"%s\" is none of its values"
                                       : "%s is none of its values",
                                  text ? text : json_kind(value)),
                     arena_text(&cli->arena, buf_string(&values), err), err);
        buf_free(&values);
        if (!ok)
            return false;
    }
    return true;
}

static bool check_function(struct cli *cli, const struct persona *persona,
                           struct lint *lint, struct error *err)
{
    const struct calendar_library *library;
    const char *diverse =
        json_member_text(json_member(persona->tree, "diversity"), "function");

    if (persona->archetypes || (!*persona->function && (!diverse || !*diverse)))
        return true;
    library = data_library(cli, err);
    if (!library)
        return false;
    return calendar_serves(library, persona) ||
           lint_field(
               &cli->arena, lint, LINT_NO_FUNCTION,
               *persona->function ? "demographics.function"
                                  : "diversity.function",
               "no file of archetypes serves it: the persona gets the common "
               "archetypes only",
               "name a function or synonym of a file in personas/archetypes, "
               "or give it archetypes of its own",
               err);
}

static bool check_rules(struct cli *cli, const struct persona *persona,
                        struct ruleset *ruleset, struct checked *checked,
                        struct error *err)
{
    checked->id = persona->id;
    return keep_rules(cli, persona, ruleset, checked, err) &&
           lint_document(&cli->arena, persona, &checked->lint, err) &&
           check_diversity(cli, persona, &checked->lint, err) &&
           check_function(cli, persona, &checked->lint, err) &&
           lint_rules(&cli->arena, ruleset, &checked->lint, err);
}

static bool check_file(struct cli *cli, const char *file, struct checks *checks,
                       struct error *err)
{
    struct persona persona;
    struct checked *checked;
    struct ruleset *ruleset;
    bool ok;

    if (!next_check(cli, checks, &checked, err) ||
        !dataset_read_persona(&cli->arena, file, &persona, err) ||
        !data_check(cli, &persona, file, err))
        return false;
    ruleset = ruleset_compile(&persona, err);
    if (!ruleset)
        return err->code == ERROR_INPUT ? error_context(err, "%s", file)
                                        : false;
    checked->file = file;
    ok = check_rules(cli, &persona, ruleset, checked, err);
    ruleset_free(ruleset);
    return ok;
}

static bool check_usage(struct cli *cli, const struct named_persona *named,
                        const struct oracle *oracle, struct checked *checked,
                        struct error *err)
{
    size_t count = oracle_persona(oracle)->rule_count;
    struct coverage coverage;
    struct rule_usage *usage =
        arena_zero(&cli->arena, count, sizeof *usage, err);

    if (!usage || !coverage_collect(named->store, &cli->arena, named->version,
                                    named->stored->key, oracle_persona(oracle),
                                    oracle_rules(oracle), &coverage, err))
        return false;
    for (size_t i = 0; i < count; i++)
        usage[i] = coverage.rules[i].usage;
    checked->meetings = coverage.meetings;
    return lint_usage(&cli->arena, oracle_rules(oracle), usage,
                      coverage.meetings, &checked->lint, err);
}

static bool check_stored(struct cli *cli, const struct named_persona *named,
                         struct checks *checks, struct error *err)
{
    struct oracle *oracle = oracle_open(&cli->arena, named->stored, err);
    struct checked *checked;
    bool ok = oracle && next_check(cli, checks, &checked, err) &&
              check_rules(cli, oracle_persona(oracle), oracle_rules(oracle),
                          checked, err) &&
              check_usage(cli, named, oracle, checked, err);

    oracle_close(oracle);
    return ok;
}

static bool check(struct cli *cli, const struct named_persona *named,
                  void *context, struct error *err)
{
    return named->file ? check_file(cli, named->file, context, err)
                       : check_stored(cli, named, context, err);
}

/* ---- Output ---- */

struct totals {
    int64_t errors;
    int64_t warnings;
};

static struct totals add_up(const struct checks *checks)
{
    struct totals totals = {0, 0};

    for (size_t i = 0; i < checks->count; i++) {
        const struct lint *lint = &checks->at[i].lint;
        totals.errors += (int64_t)lint->errors;
        totals.warnings += (int64_t)(lint->count - lint->errors);
    }
    return totals;
}

static void print_finding(struct buf *out, const struct checked *checked,
                          const struct lint_finding *finding)
{
    terminal_text(out, checked->id);
    buf_format(out,
               ": %s: ", lint_severity_name(lint_severity_of(finding->kind)));
    if (finding->rule != LINT_NO_RULE) {
        buf_text(out, checked->fields[finding->rule]);
        buf_text(out, " \"");
        terminal_text(out, checked->texts[finding->rule]);
        buf_text(out, "\" ");
    } else if (finding->field) {
        terminal_text(out, finding->field);
        buf_text(out, ": ");
    }
    terminal_text(out, finding->message);
    buf_text(out, "\n    ");
    terminal_text(out, finding->advice);
    buf_char(out, '\n');
}

/* "a|b c" as "a, b c". */
static void put_phrases(struct buf *out, const char *phrases)
{
    for (; *phrases; phrases++)
        if (*phrases == '|')
            buf_text(out, ", ");
        else
            buf_char(out, *phrases);
}

static void print_concepts(struct buf *out)
{
    const char *names;
    const char *members;

    buf_text(out, "concepts: what a rule says: what a meeting may say\n");
    for (size_t i = 0; rules_concept(i, &names, &members); i++) {
        buf_text(out, "    ");
        put_phrases(out, names);
        buf_text(out, ": ");
        put_phrases(out, members);
        buf_char(out, '\n');
    }
}

static void print(struct cli *cli, const struct checks *checks,
                  const struct totals *totals)
{
    int64_t meetings = 0;

    if (cli->verbose)
        print_concepts(&cli->out);
    for (size_t i = 0; i < checks->count; i++) {
        meetings += checks->at[i].meetings;
        for (size_t n = 0; n < checks->at[i].lint.count; n++)
            print_finding(&cli->out, &checks->at[i],
                          &checks->at[i].lint.findings[n]);
    }
    buf_text(&cli->out,
             cli_count(cli, (int64_t)checks->count, "persona", "personas"));
    if (meetings)
        buf_format(&cli->out, " with %s",
                   cli_count(cli, meetings, "meeting", "meetings"));
    buf_format(&cli->out, ": %s, %s\n",
               cli_count(cli, totals->errors, "error", "errors"),
               cli_count(cli, totals->warnings, "warning", "warnings"));
}

/* ---- JSON ---- */

static void json_finding(struct buf *out, const struct checked *checked,
                         const struct lint_finding *finding)
{
    bool own = finding->rule != LINT_NO_RULE;
    bool other = finding->other != LINT_NO_RULE;

    json_key(out, NULL);
    buf_char(out, '{');
    json_key(out, "severity");
    buf_json(out, lint_severity_name(lint_severity_of(finding->kind)));
    json_key(out, "kind");
    buf_json(out, lint_kind_name(finding->kind));
    json_key(out, "field");
    buf_json(out, own ? checked->fields[finding->rule] : finding->field);
    json_key(out, "rule");
    buf_json(out, own ? checked->texts[finding->rule] : NULL);
    json_key(out, "other_field");
    buf_json(out, other ? checked->fields[finding->other] : NULL);
    json_key(out, "other_rule");
    buf_json(out, other ? checked->texts[finding->other] : NULL);
    json_key(out, "message");
    buf_json(out, finding->message);
    json_key(out, "advice");
    buf_json(out, finding->advice);
    buf_char(out, '}');
}

static void json_checked(struct buf *out, const struct checked *checked)
{
    json_key(out, NULL);
    buf_char(out, '{');
    json_key(out, "id");
    buf_json(out, checked->id);
    json_key(out, "file");
    buf_json(out, checked->file);
    json_key(out, "meetings");
    buf_int(out, checked->meetings);
    json_key(out, "findings");
    buf_char(out, '[');
    for (size_t i = 0; i < checked->lint.count; i++)
        json_finding(out, checked, &checked->lint.findings[i]);
    buf_text(out, "]}");
}

static void json_phrases(struct buf *out, const char *key, const char *phrases)
{
    json_key(out, key);
    buf_char(out, '[');
    while (*phrases) {
        size_t length = strcspn(phrases, "|");
        json_key(out, NULL);
        buf_json_bytes(out, phrases, length);
        phrases += length + (phrases[length] == '|');
    }
    buf_char(out, ']');
}

static void json_concepts(struct buf *out)
{
    const char *names;
    const char *members;

    json_key(out, "concepts");
    buf_char(out, '[');
    for (size_t i = 0; rules_concept(i, &names, &members); i++) {
        json_key(out, NULL);
        buf_char(out, '{');
        json_phrases(out, "names", names);
        json_phrases(out, "members", members);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void print_json(struct cli *cli, const struct checks *checks,
                       const struct totals *totals)
{
    struct buf *out = &cli->out;

    buf_char(out, '{');
    json_key(out, "errors");
    buf_int(out, totals->errors);
    json_key(out, "warnings");
    buf_int(out, totals->warnings);
    json_key(out, "personas");
    buf_char(out, '[');
    for (size_t i = 0; i < checks->count; i++)
        json_checked(out, &checks->at[i]);
    buf_char(out, ']');
    if (cli->verbose)
        json_concepts(out);
    buf_text(out, "}\n");
}

static bool run(struct cli *cli, struct error *err)
{
    struct checks checks = {NULL, 0};
    struct totals totals;

    if (!visit_named(cli, check, &checks, err))
        return false;
    totals = add_up(&checks);
    (cli->json ? print_json : print)(cli, &checks, &totals);
    if (totals.errors)
        cli->exit_code = ERROR_FOUND;
    return true;
}

const struct command command_persona_lint = {
    .name = "persona lint",
    .summary = "find what is wrong with the rules of personas",
    .arguments = "[ID|FILE…]",
    .most = -1,
    .details =
        "Checks all personas, those named, or files: an argument with "
        "a slash or the\nending .json is a file, or a folder of them, and "
        "needs "
        "no database. An error is a\nrule that can never fire or never decide, "
        "a contradiction, or the same rule in two\nlists; the exit code is "
        "then "
        "1. Warnings are likely mistakes; where a persona has\nstored "
        "meetings, "
        "also rules that fire on none of them or never decide. With -v, the\n"
        "concepts that described rules know are listed first.",
    .json = "{\"errors\", \"warnings\", \"personas\": [{\"id\", \"file\", "
            "\"meetings\", \"findings\":\n[{\"severity\", \"kind\", \"field\", "
            "\"rule\", \"other_field\", \"other_rule\", \"message\",\n"
            "\"advice\"}]}]}; with -v \"concepts\": [{\"names\", "
            "\"members\"}]",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"persona lint", "all personas, with their meetings"},
                 {"persona lint my_persona.json", "before it is added"},
                 {"persona lint -v", "with the list of concepts"}},
    .run = run,
};
