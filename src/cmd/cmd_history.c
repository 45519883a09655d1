/* datebook history */
#include "cli.h"

#include "datebook/list.h"
#include "datebook/prune.h"

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

/* ---- What is there, and what was pruned between ---- */

struct line {
    int64_t since;
    int64_t until;                    /* 0: still */
    const struct stored_label *label; /* NULL: pruned */
};

struct story {
    struct line *lines; /* by version */
    size_t count;
};

static bool add_line(struct cli *cli, struct story *story, struct line line,
                     struct error *err)
{
    if (!list_grow(&cli->arena, &story->lines, story->count,
                   sizeof *story->lines, err))
        return false;
    story->lines[story->count++] = line;
    return true;
}

static bool add_runs(struct cli *cli, struct store *store, struct story *story,
                     int64_t low, int64_t high, struct error *err)
{
    struct span *runs;
    size_t count;

    if (low >= high)
        return true;
    if (!pruned_runs(store, &cli->arena, low, high, &runs, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!add_line(
                cli, story,
                (struct line){.since = runs[i].since, .until = runs[i].until},
                err))
            return false;
    return true;
}

/* The labels of a meeting, and the versions of its life of which it is not
 * known any more what label it had. */
static bool tell(struct cli *cli, struct store *store,
                 const struct span *meetings, size_t meeting_count,
                 const struct span *labels, size_t count, struct story *story,
                 struct error *err)
{
    int64_t at = meeting_count ? meetings[0].since : INT64_MAX;
    int64_t end = meeting_count ? meetings[meeting_count - 1].until : 0;

    *story = (struct story){NULL, 0};
    for (size_t i = 0; i < count; i++) {
        struct line line = {labels[i].since, labels[i].until, &labels[i].label};
        if (!add_runs(cli, store, story, at, line.since, err) ||
            !add_line(cli, story, line, err))
            return false;
        at = line.until ? line.until : INT64_MAX;
    }
    return add_runs(cli, store, story, at, end, err);
}

static bool print_table(struct cli *cli, struct store *store,
                        const struct story *story,
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
    for (size_t i = 0; ok && i < story->count; i++) {
        const struct line *line = &story->lines[i];
        const struct stored_label *label = line->label;
        const char *since = version_name(cli, line->since, err);
        const char *until = version_name(cli, line->until, err);
        const char *command;
        if (!label) {
            table_row(&table, since, until, "", "", "", "", "pruned", NULL);
            continue;
        }
        buf_clear(&reasoning);
        ok = label_reasoning(label, rules, rule_count, &reasoning, err) &&
             command_of(cli, store, line->since, &command, err);
        if (ok)
            table_row(&table, since, until, command,
                      importance_name((enum importance)label->importance),
                      arena_format(&cli->arena, err, "%d", label->prep_minutes),
                      rsvp_name((enum rsvp)label->rsvp), buf_string(&reasoning),
                      NULL);
    }
    buf_free(&reasoning);
    return ok && table_print(&table, 0, &cli->out, err);
}

/* ---- JSON ---- */

static bool json_label(struct cli *cli, struct store *store,
                       const struct line *line, const struct stored_rule *rules,
                       size_t rule_count, struct error *err)
{
    const struct stored_label *label = line->label;
    struct buf *out = &cli->out;
    struct buf reasoning = BUF_EMPTY;
    const char *command;
    bool ok = label_reasoning(label, rules, rule_count, &reasoning, err) &&
              command_of(cli, store, line->since, &command, err);

    if (ok) {
        json_key(out, "by");
        buf_json(out, command);
        buf_format(out,
                   ",\"importance\":\"%s\",\"prep_minutes\":%d,"
                   "\"rsvp\":\"%s\",\"reasoning\":",
                   importance_name((enum importance)label->importance),
                   label->prep_minutes, rsvp_name((enum rsvp)label->rsvp));
        buf_json_bytes(out, buf_string(&reasoning), reasoning.length);
    }
    buf_free(&reasoning);
    return ok;
}

/* The lines that have a label, or those that have none. */
static bool json_lines(struct cli *cli, struct store *store,
                       const struct story *story, bool labelled,
                       const struct stored_rule *rules, size_t rule_count,
                       struct error *err)
{
    struct buf *out = &cli->out;
    bool ok = true;

    buf_char(out, '[');
    for (size_t i = 0; ok && i < story->count; i++) {
        const struct line *line = &story->lines[i];
        if ((line->label != NULL) != labelled)
            continue;
        json_key(out, NULL);
        buf_format(out, "{\"since\":%lld,\"until\":", (long long)line->since);
        if (line->until)
            buf_int(out, line->until);
        else
            buf_text(out, "null");
        ok = !labelled || json_label(cli, store, line, rules, rule_count, err);
        buf_char(out, '}');
    }
    buf_char(out, ']');
    return ok;
}

static bool print_json(struct cli *cli, struct store *store,
                       const struct story *story,
                       const struct stored_rule *rules, size_t rule_count,
                       struct error *err)
{
    struct buf *out = &cli->out;
    bool ok;

    buf_text(out, "{\"meeting\":");
    buf_json(out, cli->arguments[0]);
    json_key(out, "labels");
    ok = json_lines(cli, store, story, true, rules, rule_count, err);
    json_key(out, "pruned");
    ok = ok && json_lines(cli, store, story, false, NULL, 0, err);
    buf_text(out, "}\n");
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

/* The versions between two lives of a meeting of which it is not known whether
 * it was there. */
static bool print_unknown(struct cli *cli, struct store *store, int64_t low,
                          int64_t high, struct error *err)
{
    struct span *runs;
    size_t count;

    if (!pruned_runs(store, &cli->arena, low, high, &runs, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        buf_format(&cli->out, "pruned since v%lld until v%lld\n",
                   (long long)runs[i].since, (long long)runs[i].until);
    return true;
}

/* Before its first life and after its last one a meeting may have lived on with
 * another document, unless the version at that end changed none. */
static bool print_outside(struct cli *cli, struct store *store, int64_t end,
                          int64_t low, int64_t high, struct error *err)
{
    struct version version;

    if (!end)
        return true;
    if (!version_get(store, &cli->arena, end, &version, err))
        return false;
    return !version.counts[NOUN_MEETING].changed ||
           print_unknown(cli, store, low, high, err);
}

/* The meeting itself: its subject, and how long it lived. */
static bool print_meeting(struct cli *cli, struct store *store, int64_t key,
                          const struct span *spans, size_t count,
                          struct error *err)
{
    int64_t last = count ? spans[count - 1].until : 0;
    int64_t first = count ? spans[0].since : 0;
    const char *persona;
    int64_t head;

    if (!version_head(store, &head, err) ||
        !persona_id_of(store, &cli->arena, meeting_persona(key), &persona,
                       err) ||
        (count &&
         !print_subject(cli, store, key, spans[count - 1].since, err)) ||
        !print_outside(cli, store, first, 1, first, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (i &&
            !print_unknown(cli, store, spans[i - 1].until, spans[i].since, err))
            return false;
        buf_text(&cli->out, "meeting of ");
        terminal_text(&cli->out, persona);
        buf_format(&cli->out, ", since v%lld", (long long)spans[i].since);
        if (spans[i].until)
            buf_format(&cli->out, " until v%lld", (long long)spans[i].until);
        buf_char(&cli->out, '\n');
    }
    if (!print_outside(cli, store, last, last, head + 1, err))
        return false;
    buf_char(&cli->out, '\n');
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct span *meetings;
    struct span *labels;
    struct stored_rule *rules;
    struct story story;
    size_t meeting_count;
    size_t count;
    size_t rule_count;
    int64_t key;
    bool ok =
        store && meeting_find(store, cli->arguments[0], &key, err) &&
        meeting_spans(store, &cli->arena, key, &meetings, &meeting_count,
                      err) &&
        label_spans(store, &cli->arena, key, &labels, &count, err) &&
        tell(cli, store, meetings, meeting_count, labels, count, &story, err) &&
        rule_list(store, &cli->arena, meeting_persona(key), &rules, &rule_count,
                  err);

    if (ok && cli->json)
        ok = print_json(cli, store, &story, rules, rule_count, err);
    else if (ok)
        ok = print_meeting(cli, store, key, meetings, meeting_count, err) &&
             print_table(cli, store, &story, rules, rule_count, err);
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
            "\"importance\",\n\"prep_minutes\", \"rsvp\", \"reasoning\"}], "
            "\"pruned\": [{\"since\", \"until\"}]}",
    .examples = {{"history AAkALg…", "MEETING is an event's id"}},
    .run = run,
};
