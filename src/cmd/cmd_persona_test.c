/* datebook persona test */
#include "cli.h"

#include "marks.h"

#include "datebook/coverage.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_EXAMPLES = 3, MOST_EXAMPLES = 100 };

/* What the rules of one persona do to its meetings. */
struct tested {
    int64_t version;
    const struct stored_persona *stored;
    struct store *store;
    struct oracle *oracle;
    struct rule_examples *rules;
    int64_t meetings;
};

static const char *text_of(const struct rule_example *example,
                           enum rules_text which)
{
    return which == TEXT_SUBJECT   ? example->subject
           : which == TEXT_PREVIEW ? example->preview
                                   : example->people;
}

/* ---- Text ---- */

/* What was found elsewhere: ` (preview "budget")`. */
static void put_places(struct buf *out, const struct rule_example *example)
{
    const char *before = " (";

    for (size_t i = 0; i < example->match_count; i++) {
        const struct rule_match *match = &example->matches[i];
        if (match->text == TEXT_SUBJECT)
            continue;
        buf_format(out, "%s%s \"", before, text_name(match->text));
        put_text_part(out, match->text, text_of(example, match->text),
                      match->start, match->start + match->length);
        buf_char(out, '"');
        before = ", ";
    }
    if (*before == ',')
        buf_char(out, ')');
}

static void put_miss(struct buf *out, const struct near_miss *miss)
{
    static const struct {
        const char *before;
        const char *behind;
    } words[] = {
        [NEAR_APART] = {"the words of \"", "\" stand apart"},
        [NEAR_ALIKE] = {"for \"", "\" there is \""},
        [NEAR_MISSING] = {"without \"", "\""},
        [NEAR_DENIED] = {"\"", "\" must not occur"},
        [NEAR_FACT] = {"not ", ""},
    };

    buf_text(out, words[miss->kind].before);
    terminal_text(out, miss->part);
    buf_text(out, words[miss->kind].behind);
    if (!miss->found)
        return;
    terminal_text(out, miss->found);
    buf_char(out, '"');
}

static void print_rule(struct cli *cli, const struct tested *tested,
                       size_t number)
{
    const struct rule_examples *rule = &tested->rules[number];
    const struct persona *persona = oracle_persona(tested->oracle);
    struct buf *out = &cli->out;
    struct buf name = BUF_EMPTY;

    rules_reason(persona->rules[number].kind,
                 ruleset_name(oracle_rules(tested->oracle), number), &name);
    buf_char(out, '\n');
    terminal_text(out, buf_string(&name));
    buf_inherit(out, &name);
    buf_format(out, ": %s\n",
               rule->fired ? cli_count(cli, rule->fired, "meeting", "meetings")
                           : "no meeting");
    buf_free(&name);
    for (size_t i = 0; i < rule->hit_count; i++) {
        buf_text(out, "  hit   ");
        put_marked_text(out, TEXT_SUBJECT, rule->hits[i].subject,
                        rule->hits[i].matches, rule->hits[i].match_count);
        put_places(out, &rule->hits[i]);
        buf_char(out, '\n');
    }
    for (size_t i = 0; i < rule->near_count; i++) {
        buf_text(out, "  near  ");
        terminal_text(out, rule->near[i].subject);
        buf_text(out, " (");
        put_miss(out, &rule->near[i].miss);
        buf_text(out, ")\n");
    }
}

static void print(struct cli *cli, const struct tested *tested)
{
    size_t count = oracle_persona(tested->oracle)->rule_count;

    buf_format(&cli->out, "%s, as of v%lld: %s, %s\n", tested->stored->id,
               (long long)tested->version,
               cli_count(cli, (int64_t)count, "rule", "rules"),
               cli_count(cli, tested->meetings, "meeting", "meetings"));
    if (!tested->meetings && cli_flag(cli, "at")) {
        cli_note(cli, "there are no stored meetings to test on");
        return;
    }
    if (!tested->meetings) {
        cli_note(cli,
                 "there are no stored meetings to test on; next: datebook "
                 "generate --persona %s --count 200",
                 tested->stored->id);
        return;
    }
    for (size_t i = 0; i < count; i++)
        print_rule(cli, tested, i);
}

/* ---- JSON ---- */

static bool json_example(struct cli *cli, const struct tested *tested,
                         const struct rule_example *example, struct error *err)
{
    struct stored_meeting meeting;
    bool found;

    if (!meeting_at(tested->store, &cli->arena, tested->version,
                    example->meeting, &meeting, &found, err))
        return false;
    json_key(&cli->out, NULL);
    buf_char(&cli->out, '{');
    json_key(&cli->out, "meeting");
    buf_json(&cli->out, found ? meeting.id : NULL);
    json_key(&cli->out, "subject");
    buf_json(&cli->out, example->subject);
    return true;
}

static bool json_hit(struct cli *cli, const struct tested *tested,
                     const struct rule_example *example, struct error *err)
{
    if (!json_example(cli, tested, example, err))
        return false;
    json_key(&cli->out, "matches");
    buf_char(&cli->out, '[');
    for (size_t i = 0; i < example->match_count; i++) {
        const struct rule_match *match = &example->matches[i];
        json_key(&cli->out, NULL);
        buf_format(&cli->out, "{\"text\":\"%s\",\"start\":%zu,\"length\":%zu}",
                   text_name(match->text), match->start, match->length);
    }
    buf_text(&cli->out, "]}");
    return true;
}

static bool json_near(struct cli *cli, const struct tested *tested,
                      const struct rule_example *example, struct error *err)
{
    static const char *const kinds[] = {
        [NEAR_APART] = "apart",     [NEAR_ALIKE] = "alike",
        [NEAR_MISSING] = "missing", [NEAR_DENIED] = "denied",
        [NEAR_FACT] = "fact",
    };

    if (!json_example(cli, tested, example, err))
        return false;
    json_key(&cli->out, "why");
    buf_json(&cli->out, kinds[example->miss.kind]);
    json_key(&cli->out, "part");
    buf_json(&cli->out, example->miss.part);
    json_key(&cli->out, "found");
    buf_json(&cli->out, example->miss.found);
    buf_char(&cli->out, '}');
    return true;
}

static bool json_rule(struct cli *cli, const struct tested *tested,
                      size_t number, struct error *err)
{
    const struct rule_examples *rule = &tested->rules[number];
    struct buf *out = &cli->out;

    json_key(out, NULL);
    buf_char(out, '{');
    json_key(out, "field");
    buf_json(out, oracle_persona(tested->oracle)->rules[number].field);
    json_key(out, "name");
    buf_json(out, ruleset_name(oracle_rules(tested->oracle), number));
    json_key(out, "fired");
    buf_int(out, rule->fired);
    json_key(out, "hits");
    buf_char(out, '[');
    for (size_t i = 0; i < rule->hit_count; i++)
        if (!json_hit(cli, tested, &rule->hits[i], err))
            return false;
    buf_char(out, ']');
    json_key(out, "near");
    buf_char(out, '[');
    for (size_t i = 0; i < rule->near_count; i++)
        if (!json_near(cli, tested, &rule->near[i], err))
            return false;
    buf_text(out, "]}");
    return true;
}

static bool print_json(struct cli *cli, const struct tested *tested,
                       struct error *err)
{
    struct buf *out = &cli->out;

    buf_char(out, '{');
    json_key(out, "id");
    buf_json(out, tested->stored->id);
    json_key(out, "version");
    buf_int(out, tested->version);
    json_key(out, "meetings");
    buf_int(out, tested->meetings);
    json_key(out, "rules");
    buf_char(out, '[');
    for (size_t i = 0; i < oracle_persona(tested->oracle)->rule_count; i++)
        if (!json_rule(cli, tested, i, err))
            return false;
    buf_text(out, "]}\n");
    return true;
}

/* ---- Running ---- */

static bool collect(struct cli *cli, struct tested *tested, int64_t limit,
                    struct error *err)
{
    struct stored_persona *stored;

    if (!cli_at(cli, tested->store, &tested->version, err) ||
        !require_persona(cli, tested->store, tested->version, cli->arguments[0],
                         &stored, err))
        return false;
    tested->stored = stored;
    tested->oracle = oracle_open(&cli->arena, stored, err);
    return tested->oracle &&
           examples_collect(tested->store, &cli->arena, tested->version,
                            stored->key, oracle_persona(tested->oracle),
                            oracle_rules(tested->oracle), (size_t)limit,
                            &tested->rules, &tested->meetings, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct tested tested = {.version = 0};
    int64_t limit = DEFAULT_EXAMPLES;
    bool ok;

    if (!cli_int(cli, "limit", 1, MOST_EXAMPLES, &limit, err))
        return false;
    tested.store = cli_open(cli, cli->database, STORE_READ, err);
    ok = tested.store && collect(cli, &tested, limit, err);
    if (ok && cli->json)
        ok = print_json(cli, &tested, err);
    else if (ok)
        print(cli, &tested);
    oracle_close(tested.oracle);
    store_close(tested.store);
    if (!ok)
        buf_clear(&cli->out);
    return ok;
}

const struct command command_persona_test = {
    .name = "persona test",
    .summary = "show for each rule meetings that it hits and just misses",
    .arguments = "ID",
    .least = 1,
    .most = 1,
    .details =
        "Takes the first stored meetings, a subject once. A hit is "
        "shown with the words\nmarked that made the rule fire. A near miss is "
        "a meeting on which it does not fire,\nthough all words of a phrase "
        "occur apart, or others that start with the same four\nletters, or all "
        "parts of the rule hold but one.",
    .json =
        "{\"id\", \"version\", \"meetings\", \"rules\": [{\"field\", "
        "\"name\", \"fired\", \"hits\":\n[{\"meeting\", \"subject\", "
        "\"matches\": [{\"text\", \"start\", \"length\"}]}], \"near\":\n"
        "[{\"meeting\", \"subject\", \"why\": \"apart\" | \"alike\" | "
        "\"missing\" | \"denied\" | \"fact\",\n\"part\", \"found\"}]}]}; start "
        "and length in bytes",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"limit", 0, "N", "as many of each (default 3, at most 100)"}},
    .examples = {{"persona test tier1_sales_manager_pipeline",
                  "what every rule does"},
                 {"persona test tier1_sales_manager_pipeline --limit 10 --json",
                  "more, for a script"}},
    .run = run,
};
