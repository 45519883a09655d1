/* datebook history */
#include "cli.h"

static const char *version_name(struct cli *cli, int64_t version,
                                struct error *err)
{
    return version ? arena_format(&cli->arena, err, "v%lld", (long long)version)
                   : "now";
}

static bool command_of(struct cli *cli, struct store *store, int64_t number,
                       const char **command, struct error *err)
{
    struct version version;

    if (!version_get(store, &cli->arena, number, &version, err))
        return false;
    *command = version.command;
    return true;
}

static bool print_table(struct cli *cli, struct store *store,
                        const struct span *spans, size_t count,
                        const struct stored_rule *rules, size_t rule_count,
                        struct error *err)
{
    static const struct table_column columns[] = {
        {"SINCE", TABLE_RIGHT, 0},   {"UNTIL", TABLE_RIGHT, 0},
        {"BY", TABLE_LEFT, 0},       {"IMPORTANCE", TABLE_LEFT, 0},
        {"PREP", TABLE_RIGHT, 0},    {"RSVP", TABLE_LEFT, 0},
        {"REASONING", TABLE_LEFT, 0}};
    struct table table;
    struct buf reasoning = BUF_EMPTY;
    bool ok = true;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; ok && i < count; i++) {
        const struct stored_label *label = &spans[i].label;
        const char *command;
        buf_clear(&reasoning);
        ok = label_reasoning(label, rules, rule_count, &reasoning, err) &&
             command_of(cli, store, spans[i].since, &command, err);
        if (ok)
            table_row(&table, version_name(cli, spans[i].since, err),
                      version_name(cli, spans[i].until, err), command,
                      importance_name((enum importance)label->importance),
                      arena_format(&cli->arena, err, "%d", label->prep_minutes),
                      rsvp_name((enum rsvp)label->rsvp), buf_string(&reasoning),
                      NULL);
    }
    buf_free(&reasoning);
    return ok && table_print(&table, 0, &cli->out, err);
}

static bool print_json(struct cli *cli, struct store *store,
                       const struct span *spans, size_t count,
                       const struct stored_rule *rules, size_t rule_count,
                       struct error *err)
{
    struct buf *out = &cli->out;
    struct buf reasoning = BUF_EMPTY;
    bool ok = true;

    buf_text(out, "{\"meeting\":");
    buf_json(out, cli->arguments[0]);
    buf_text(out, ",\"labels\":[");
    for (size_t i = 0; ok && i < count; i++) {
        const struct stored_label *label = &spans[i].label;
        const char *command = "";
        buf_clear(&reasoning);
        ok = label_reasoning(label, rules, rule_count, &reasoning, err) &&
             command_of(cli, store, spans[i].since, &command, err);
        json_key(out, NULL);
        buf_format(out,
                   "{\"since\":%lld,\"until\":", (long long)spans[i].since);
        if (spans[i].until)
            buf_int(out, spans[i].until);
        else
            buf_text(out, "null");
        json_key(out, "by");
        buf_json(out, command);
        buf_format(out,
                   ",\"importance\":\"%s\",\"prep_minutes\":%d,"
                   "\"rsvp\":\"%s\",\"reasoning\":",
                   importance_name((enum importance)label->importance),
                   label->prep_minutes, rsvp_name((enum rsvp)label->rsvp));
        buf_json_bytes(out, buf_string(&reasoning), reasoning.length);
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
    buf_free(&reasoning);
    return ok;
}

static bool print_subject(struct cli *cli, struct store *store, int64_t key,
                          int64_t version, struct error *err)
{
    struct stored_meeting meeting;
    struct meeting_facts facts;
    const cJSON *document;
    bool found;

    if (!meeting_at(store, &cli->arena, version, key, &meeting, &found, err))
        return false;
    if (!found)
        return true;
    document = json_parse(&cli->arena, meeting.document,
                          meeting.document_length, meeting.id, err);
    if (!document || !graph_read_facts(&cli->arena, document, &facts, err))
        return false;
    terminal_text(&cli->out, facts.subject);
    buf_char(&cli->out, '\n');
    return true;
}

/* The meeting itself: its subject, and how long it lived. */
static bool print_meeting(struct cli *cli, struct store *store, int64_t key,
                          struct error *err)
{
    struct span *spans;
    size_t count;
    const char *persona;

    if (!meeting_spans(store, &cli->arena, key, &spans, &count, err) ||
        !persona_id_of(store, &cli->arena, meeting_persona(key), &persona,
                       err) ||
        (count && !print_subject(cli, store, key, spans[count - 1].since, err)))
        return false;
    for (size_t i = 0; i < count; i++) {
        buf_text(&cli->out, "meeting of ");
        terminal_text(&cli->out, persona);
        buf_format(&cli->out, ", since v%lld", (long long)spans[i].since);
        if (spans[i].until)
            buf_format(&cli->out, " until v%lld", (long long)spans[i].until);
        buf_char(&cli->out, '\n');
    }
    buf_char(&cli->out, '\n');
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct span *spans;
    struct stored_rule *rules;
    size_t count;
    size_t rule_count;
    int64_t key;
    bool ok = store && meeting_find(store, cli->arguments[0], &key, err) &&
              label_spans(store, &cli->arena, key, &spans, &count, err) &&
              rule_list(store, &cli->arena, meeting_persona(key), &rules,
                        &rule_count, err);

    if (ok && cli->json)
        ok = print_json(cli, store, spans, count, rules, rule_count, err);
    else if (ok)
        ok = print_meeting(cli, store, key, err) &&
             print_table(cli, store, spans, count, rules, rule_count, err);
    store_close(store);
    return ok;
}

const struct command command_history = {
    .name = "history",
    .summary = "every label that a meeting ever had, and since when",
    .arguments = "MEETING",
    .least = 1,
    .most = 1,
    .json = "{\"meeting\", \"labels\": [{\"since\", \"until\", \"by\", "
            "\"importance\",\n\"prep_minutes\", \"rsvp\", \"reasoning\"}]}",
    .examples = {{"history AAkALg…", "MEETING is an event's id"}},
    .run = run,
};
