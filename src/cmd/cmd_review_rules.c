/* datebook review rules */
#include "cli.h"

#include "datebook/rule_review.h"

#include <string.h>

enum { USUAL_LIMIT = 10 };

struct listing {
    const char *sample; /* NULL: all */
    int64_t version;
    int64_t limit;
    struct reviewed_rule *rules;
    size_t count;
    bool more; /* rules were corrected than are listed */
};

/* ---- JSON ---- */

static void json_number(struct buf *out, const char *key, int64_t value)
{
    json_key(out, key);
    buf_int(out, value);
}

static void json_rule(struct buf *out, const struct reviewed_rule *rule)
{
    json_key(out, NULL);
    buf_char(out, '{');
    json_key(out, "persona");
    buf_json(out, rule->persona);
    json_key(out, "rule");
    buf_json(out, rule->reason);
    json_number(out, "judged", rule->judged);
    json_number(out, "corrected", rule->corrected);
    json_number(out, "said_wrong", rule->blamed);
    json_number(out, "exceptions", rule->exceptions);
    json_number(out, "labels", rule->labels);
    json_key(out, "would_change");
    if (rule->would_change < 0)
        buf_text(out, "null");
    else
        buf_int(out, rule->would_change);
    json_number(out, "persona_labels", rule->persona_labels);
    buf_char(out, '}');
}

static void print_json(struct cli *cli, const struct listing *listing)
{
    struct buf *out = &cli->out;

    buf_format(out,
               "{\"version\":%lld,\"sample\":", (long long)listing->version);
    buf_json(out, listing->sample);
    buf_text(out, ",\"rules\":[");
    for (size_t i = 0; i < listing->count; i++)
        json_rule(out, &listing->rules[i]);
    buf_text(out, "]}\n");
}

/* ---- Text ---- */

static const char *number(struct cli *cli, int64_t value, struct error *err)
{
    const char *text = arena_format(&cli->arena, err, "%lld", (long long)value);

    return text ? text : "";
}

static const char *share(struct cli *cli, const struct reviewed_rule *rule,
                         struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    if (rule->would_change < 0)
        return "gone";
    text_percent(&buf, rule->would_change, rule->persona_labels);
    text = arena_text(&cli->arena, buf_string(&buf), err);
    buf_inherit(&cli->out, &buf);
    buf_free(&buf);
    return text ? text : "";
}

static void add_rule(struct cli *cli, struct table *table,
                     const struct reviewed_rule *rule, struct error *err)
{
    const char *name = arena_format(&cli->arena, err, "  %s", rule->reason);
    const char *corrected =
        arena_format(&cli->arena, err, "%lld of %lld",
                     (long long)rule->corrected, (long long)rule->judged);

    table_row(table, name ? name : "", corrected ? corrected : "",
              number(cli, rule->blamed, err),
              number(cli, rule->exceptions, err), share(cli, rule, err), NULL);
}

/* A line with the persona before the rules that are hers. */
static bool print_table(struct cli *cli, const struct listing *listing,
                        struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA AND RULE", TABLE_LEFT, 36},
        {"CORRECTED", TABLE_RIGHT, 0},
        {"SAID WRONG", TABLE_RIGHT, 0},
        {"EXCEPTIONS", TABLE_RIGHT, 0},
        {"CHANGES", TABLE_RIGHT, 0}};
    const char *persona = "";
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < listing->count; i++) {
        const struct reviewed_rule *rule = &listing->rules[i];
        if (strcmp(persona, rule->persona) != 0)
            table_row(&table, rule->persona, NULL);
        persona = rule->persona;
        add_rule(cli, &table, rule, err);
    }
    return table_print(&table, 0, &cli->out, err);
}

static bool is_first_of(const struct listing *listing, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (!strcmp(listing->rules[i].persona, listing->rules[at].persona))
            return false;
    return true;
}

/* What relabelling would change anyway is among the changes. */
static bool note_stale_personas(struct cli *cli, struct store *store,
                                const struct listing *listing,
                                struct error *err)
{
    struct stored_persona *persona;
    bool fresh;

    for (size_t i = 0; i < listing->count; i++) {
        if (!is_first_of(listing, i))
            continue;
        if (!persona_at(store, &cli->arena, listing->version,
                        listing->rules[i].persona, &persona, err))
            return false;
        if (!persona)
            continue;
        if (!dataset_labels_are_fresh(store, listing->version, persona, &fresh,
                                      err))
            return false;
        if (!fresh)
            cli_note(cli,
                     "the labels of %s are stale: what `relabel` would change "
                     "is among the changes",
                     persona->id);
    }
    return true;
}

static bool print(struct cli *cli, struct store *store,
                  const struct listing *listing, struct error *err)
{
    if (!listing->count) {
        cli_note(cli, "nobody corrected what a rule decided%s",
                 listing->sample ? ", in this sample" : "");
        cli_next(cli, "review list");
        return true;
    }
    if (!print_table(cli, listing, err) ||
        !note_stale_personas(cli, store, listing, err))
        return false;
    buf_text(&cli->out, "\nCHANGES: labels of the persona that would be others "
                        "without the rule.\n");
    if (listing->more)
        cli_note(cli, "more rules were corrected: --limit N lists them");
    cli_note(cli,
             "to change a rule: edit the persona's file, then `%s FILE` "
             "and `%s`",
             next_command(cli, "persona add"),
             next_command(cli, "relabel --dry-run"));
    return true;
}

/* ---- Running ---- */

static bool collect(struct cli *cli, struct store *store,
                    struct listing *listing, struct error *err)
{
    struct progress *progress;
    bool ok;

    if (!cli_at(cli, store, &listing->version, err))
        return false;
    progress = progress_start(cli, err);
    ok = progress &&
         rule_review(store, &cli->arena, listing->version, listing->sample,
                     (size_t)listing->limit + 1, progress_monitor(progress),
                     &listing->rules, &listing->count, err);
    progress_end(progress);
    /* The one past the limit tells that there are more. */
    listing->more = ok && (int64_t)listing->count > listing->limit;
    listing->count -= listing->more;
    return ok;
}

static bool run(struct cli *cli, struct error *err)
{
    struct listing listing = {.limit = USUAL_LIMIT};
    struct store *store;
    bool ok;

    if (!cli_int(cli, "limit", 1, 1000000, &listing.limit, err))
        return false;
    if (cli->argument_count)
        listing.sample = cli->arguments[0];
    store = cli_open(cli, cli->database, STORE_READ, err);
    ok = store && collect(cli, store, &listing, err);
    if (ok && cli->json)
        print_json(cli, &listing);
    else if (ok)
        ok = print(cli, store, &listing, err);
    store_close(store);
    return ok;
}

const struct command command_review_rules = {
    .name = "review rules",
    .summary = "list the rules that people corrected most",
    .arguments = "[NAME]",
    .most = 1,
    .details =
        "Of one sample, or of all. Counted are opinions, and decisions, on "
        "labels as they are now.\nCORRECTED: of the opinions on labels that "
        "the rule decided, those that say another\nimportance, preparation or "
        "answer, whichever the rule is about. SAID WRONG: those that\nsay that "
        "this rule is wrong; EXCEPTIONS: those that say that the meeting is "
        "one.\nCHANGES: the share of the persona's labels that would be others "
        "without the rule; \"gone\"\nwhen the persona does not have it any "
        "more. Most often said to be wrong comes first.",
    .json = "{\"version\", \"sample\" (null: all), \"rules\": [{\"persona\", "
            "\"rule\", \"judged\",\n\"corrected\", \"said_wrong\", "
            "\"exceptions\", \"labels\" (that it decided), \"would_change\"\n"
            "(null: gone), \"persona_labels\"}]}",
    .options = {{"limit", 0, "N", "rules at most (default 10)"},
                {"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"review rules", "which rules to look at first"},
                 {"review rules first --limit 3 --json",
                  "the worst three of one sample"}},
    .run = run,
};
