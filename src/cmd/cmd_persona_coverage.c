/* datebook persona coverage */
#include "cli.h"

#include "datebook/coverage.h"

#include <string.h>

/* One persona with its numbers. */
struct measured {
    const struct stored_persona *stored;
    const struct persona *persona;
    const struct ruleset *ruleset; /* of the oracle */
    struct coverage coverage;
    bool fresh;
};

/* ---- Text ---- */

static const char *share(struct cli *cli, int64_t part, int64_t whole,
                         struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    text_percent(&buf, part, whole);
    text = arena_text(&cli->arena, buf_string(&buf), err);
    buf_inherit(&cli->out, &buf);
    buf_free(&buf);
    return text ? text : "";
}

static void add_rule(struct cli *cli, struct table *table,
                     const struct measured *measured, size_t rule,
                     struct error *err)
{
    const struct rule_coverage *own = &measured->coverage.rules[rule];
    int64_t meetings = measured->coverage.meetings;
    struct buf name = BUF_EMPTY;

    rules_reason(measured->persona->rules[rule].kind,
                 ruleset_name(measured->ruleset, rule), &name);
    table_row(
        table, buf_string(&name), share(cli, own->usage.fired, meetings, err),
        share(cli, own->overlaps, meetings, err),
        share(cli, own->conflicts, meetings, err),
        share(cli, own->usage.decided, meetings, err),
        share(cli, own->usage.fired - own->usage.decided, meetings, err), NULL);
    buf_inherit(&cli->out, &name);
    buf_free(&name);
}

static void add_sum(struct cli *cli, struct table *table, const char *name,
                    int64_t part, int64_t whole, const char *what,
                    struct error *err)
{
    struct buf of = BUF_EMPTY;

    buf_text(&of, "of ");
    text_number(&of, whole);
    buf_format(&of, " %s", what);
    table_row(table, name, share(cli, part, whole, err), buf_string(&of), NULL);
    buf_inherit(&cli->out, &of);
    buf_free(&of);
}

static void add_sums(struct cli *cli, struct table *table,
                     const struct coverage *coverage, struct error *err)
{
    const struct consistency *own = &coverage->consistency;

    add_sum(cli, table, "importance by default only", coverage->by_default,
            coverage->meetings, "meetings", err);
    add_sum(cli, table, "no rule fired", coverage->silent, coverage->meetings,
            "meetings", err);
    add_sum(cli, table, "same subject, same importance", own->agreeing,
            own->repeated,
            own->sampled ? "meetings with a repeated subject, a sample"
                         : "meetings with a repeated subject",
            err);
    add_sum(cli, table, "priority, high or critical", own->lifted,
            own->prioritized, "meetings where a priority fires", err);
    add_sum(cli, table, "label with a reasoning", own->reasoned, own->labels,
            "labels", err);
}

static bool print(struct cli *cli, const struct measured *measured,
                  int64_t version, struct error *err)
{
    static const struct table_column rules[] = {
        {"RULE", TABLE_LEFT, 64},     {"COVERAGE", TABLE_RIGHT, 0},
        {"OVERLAP", TABLE_RIGHT, 0},  {"CONFLICT", TABLE_RIGHT, 0},
        {"DECISIVE", TABLE_RIGHT, 0}, {"OVERRULED", TABLE_RIGHT, 0}};
    static const struct table_column sums[] = {
        {NULL, TABLE_LEFT, 0}, {NULL, TABLE_RIGHT, 0}, {NULL, TABLE_LEFT, 0}};
    const struct coverage *coverage = &measured->coverage;
    struct table table;

    if (cli->out.length)
        buf_char(&cli->out, '\n');
    buf_format(
        &cli->out, "%s, as of v%lld: %s, %s\n", measured->stored->id,
        (long long)version,
        cli_count(cli, (int64_t)measured->persona->rule_count, "rule", "rules"),
        cli_count(cli, coverage->meetings, "meeting", "meetings"));
    if (!coverage->meetings) {
        cli_note(cli, "next: datebook generate --persona %s --count 200",
                 measured->stored->id);
        return true;
    }
    if (!measured->fresh)
        cli_note(cli,
                 "the labels of %s are stale: the rules are those of the "
                 "document, the last three numbers those of the labels",
                 measured->stored->id);
    table_start(&table, &cli->arena, rules, sizeof rules / sizeof *rules);
    for (size_t i = 0; i < measured->persona->rule_count; i++)
        add_rule(cli, &table, measured, i, err);
    if (table.row_count && !table_print(&table, 0, &cli->out, err))
        return false;
    table_start(&table, &cli->arena, sums, sizeof sums / sizeof *sums);
    add_sums(cli, &table, coverage, err);
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

/* ---- JSON ---- */

static void json_number(struct buf *out, const char *key, int64_t value)
{
    json_key(out, key);
    buf_int(out, value);
}

/* A share from 0 to 1; null of nothing. */
static void json_share(struct buf *out, const char *key, int64_t part,
                       int64_t whole)
{
    json_key(out, key);
    if (whole)
        buf_format(out, "%.6g", (double)part / (double)whole);
    else
        buf_text(out, "null");
}

static void json_rule(struct buf *out, const struct measured *measured,
                      size_t rule)
{
    const struct rule_coverage *own = &measured->coverage.rules[rule];
    int64_t meetings = measured->coverage.meetings;

    json_key(out, NULL);
    buf_char(out, '{');
    json_key(out, "field");
    buf_json(out, measured->persona->rules[rule].field);
    json_key(out, "name");
    buf_json(out, ruleset_name(measured->ruleset, rule));
    json_number(out, "fired", own->usage.fired);
    json_share(out, "coverage", own->usage.fired, meetings);
    json_share(out, "overlap", own->overlaps, meetings);
    json_share(out, "conflict", own->conflicts, meetings);
    json_share(out, "decisive", own->usage.decided, meetings);
    json_share(out, "overruled", own->usage.fired - own->usage.decided,
               meetings);
    buf_char(out, '}');
}

static void json_consistency(struct buf *out, const struct consistency *own)
{
    json_key(out, "consistency");
    buf_char(out, '{');
    json_number(out, "labels", own->labels);
    json_share(out, "with_reasoning", own->reasoned, own->labels);
    json_number(out, "prioritized", own->prioritized);
    json_share(out, "prioritized_high", own->lifted, own->prioritized);
    json_number(out, "repeated_meetings", own->repeated);
    json_share(out, "same_importance", own->agreeing, own->repeated);
    json_number(out, "subjects", own->subjects);
    json_key(out, "sampled");
    buf_text(out, own->sampled ? "true}" : "false}");
}

static void print_json(struct cli *cli, const struct measured *measured)
{
    struct buf *out = &cli->out;
    const struct coverage *coverage = &measured->coverage;

    json_key(out, NULL);
    buf_char(out, '{');
    json_key(out, "id");
    buf_json(out, measured->stored->id);
    json_number(out, "meetings", coverage->meetings);
    json_key(out, "stale");
    buf_text(out, measured->fresh ? "false" : "true");
    json_share(out, "by_default", coverage->by_default, coverage->meetings);
    json_share(out, "no_rule", coverage->silent, coverage->meetings);
    json_consistency(out, &coverage->consistency);
    json_key(out, "rules");
    buf_char(out, '[');
    for (size_t i = 0; i < measured->persona->rule_count; i++)
        json_rule(out, measured, i);
    buf_text(out, "]}");
}

/* ---- Running ---- */

static bool measure(struct cli *cli, struct store *store, int64_t version,
                    const struct stored_persona *stored, struct error *err)
{
    struct oracle *oracle = oracle_open(&cli->arena, stored, err);
    struct measured measured = {.stored = stored};
    bool ok;

    if (!oracle)
        return false;
    measured.persona = oracle_persona(oracle);
    measured.ruleset = oracle_rules(oracle);
    ok = coverage_collect(store, &cli->arena, version, stored->key,
                          measured.persona, oracle_rules(oracle),
                          &measured.coverage, err) &&
         dataset_labels_are_fresh(store, version, stored, &measured.fresh, err);
    if (ok && cli->json)
        print_json(cli, &measured);
    else if (ok)
        ok = print(cli, &measured, version, err);
    oracle_close(oracle);
    return ok;
}

static bool choose(struct cli *cli, struct store *store, int64_t version,
                   struct stored_persona **personas, size_t *count,
                   struct error *err)
{
    if (cli->argument_count)
        return argument_personas(cli, store, version, personas, count, err);
    return persona_list_at(store, &cli->arena, version, personas, count, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct stored_persona *personas;
    size_t count;
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              choose(cli, store, version, &personas, &count, err);

    if (ok && cli->json)
        buf_format(&cli->out, "{\"version\":%lld,\"personas\":[",
                   (long long)version);
    for (size_t i = 0; ok && i < count; i++)
        ok = measure(cli, store, version, &personas[i], err);
    if (ok && cli->json)
        buf_text(&cli->out, "]}\n");
    else if (ok && !count)
        cli_note(cli, "no personas; next: datebook persona add FILE-OR-FOLDER");
    store_close(store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

const struct command command_persona_coverage = {
    .name = "persona coverage",
    .summary = "count on how many meetings each rule fires and decides",
    .arguments = "[ID…]",
    .most = -1,
    .details =
        "Shares of the persona's meetings. COVERAGE: the rule fires; OVERLAP: "
        "another rule of\nits group (importance and priorities, preparation, "
        "RSVP) fires too; CONFLICT: another\none votes for another value; "
        "DECISIVE: it decided the label; OVERRULED: it fired and\ndid not. "
        "Below "
        "stands how consistent the stored labels are. The rules are those of\n"
        "the persona's document in the version.",
    .json = "{\"version\", \"personas\": [{\"id\", \"meetings\", \"stale\", "
            "\"by_default\", \"no_rule\",\n\"consistency\": {\"labels\", "
            "\"with_reasoning\", \"prioritized\", \"prioritized_high\",\n"
            "\"repeated_meetings\", \"same_importance\", \"subjects\", "
            "\"sampled\"}, \"rules\": [{\"field\",\n\"name\", \"fired\", "
            "\"coverage\", \"overlap\", \"conflict\", \"decisive\", "
            "\"overruled\"}]}]};\nshares from 0 to 1, null of nothing",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"persona coverage tier1_sales_manager_pipeline",
                  "which rules do the work"},
                 {"persona coverage --at release-1 --json", "as it was"}},
    .run = run,
};
