/* What `explain` prints. */
#include "explain.h"

#include "marks.h"

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
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < file->cited_count; i++) {
        const struct cited *cited = &file->cited[i];
        struct buf places = BUF_EMPTY;
        put_places(&places, file, cited->rule);
        table_row(&table, cited->reason,
                  cited->decided ? "decided" : "overruled", buf_string(&places),
                  NULL);
        table.failed = table.failed || places.failed;
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

static void note_doubts(struct cli *cli, const struct case_file *file)
{
    if (!file->agrees && file->made.engine != RULES_ENGINE)
        cli_note(cli,
                 "rule engine %d made the label; the places are those that "
                 "engine %d finds",
                 file->made.engine, RULES_ENGINE);
    else if (!file->agrees)
        cli_note(cli,
                 "no document of the persona that is left gives this label; "
                 "the places are those that the one of v%lld finds",
                 (long long)file->persona->since);
    if (file->fresh)
        return;
    if (!file->agrees)
        cli_note(cli, "the label is stale");
    else if (!file->newest)
        cli_note(cli,
                 "the label was stale in v%lld: shown are the rules that "
                 "made it",
                 (long long)file->version);
    else
        cli_note(cli, "the label is stale: shown are the rules that made it; "
                      "`datebook relabel` asks those of now");
}

bool print_explanation(struct cli *cli, const struct case_file *file,
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
    if (file->written) {
        buf_text(out, "written  by ");
        put_origin(out, file->written, 9);
    }
    note_doubts(cli, file);
    return print_rules(cli, file, err);
}

/* ---- JSON ---- */

static void json_rule(struct buf *out, const struct case_file *file,
                      const struct cited *cited)
{
    json_key(out, NULL);
    buf_text(out, "{\"field\":");
    buf_json(out, cited->field);
    json_key(out, "name");
    buf_json(out, cited->name);
    json_key(out, "decided");
    buf_text(out, cited->decided ? "true" : "false");
    json_key(out, "matches");
    buf_char(out, '[');
    for (size_t i = 0; i < file->match_count; i++) {
        const struct rule_match *match = &file->matches[i];
        if (match->rule != cited->rule)
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

void json_explanation(struct buf *out, const struct case_file *file)
{
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
               "\"stale\":%s,\"explained\":%s",
               importance_name((enum importance)file->stored.importance),
               file->stored.prep_minutes,
               rsvp_name((enum rsvp)file->stored.rsvp),
               file->fresh ? "false" : "true", file->agrees ? "true" : "false");
    json_key(out, "reasoning");
    buf_json(out, buf_string(&file->reasoning));
    if (!file->from_text)
        json_made(out, file);
    if (!file->from_text)
        json_origin(out, file->written);
    json_key(out, "rules");
    buf_char(out, '[');
    for (size_t i = 0; i < file->cited_count; i++)
        json_rule(out, file, &file->cited[i]);
    buf_text(out, "]}\n");
}
