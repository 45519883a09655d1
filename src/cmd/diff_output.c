/* What `diff` prints, and `relabel --dry-run` with it. */
#include "cli.h"

static const char *const plurals[NOUNS] = {"personas", "meetings", "labels"};

/* ---- Text ---- */

static void print_transition(struct cli *cli, const char *from, const char *to,
                             int64_t count)
{
    struct buf *out = &cli->out;

    if (!count)
        return;
    if (to)
        buf_format(out, "  %s -> %s: ", from, to);
    else
        buf_format(out, "  %s: ", from);
    text_number(out, count);
    buf_char(out, '\n');
}

static void print_transitions(struct cli *cli, const struct diff *diff)
{
    if (!diff->counts[NOUN_LABEL].changed)
        return;
    buf_text(&cli->out, "\nChanged labels:\n");
    for (int from = 0; from < IMPORTANCE_LEVELS; from++)
        for (int to = 0; to < IMPORTANCE_LEVELS; to++)
            print_transition(cli, importance_name((enum importance)from),
                             importance_name((enum importance)to),
                             diff->importance[from][to]);
    print_transition(cli, "no prep", "prep", diff->prep_gained);
    print_transition(cli, "prep", "no prep", diff->prep_lost);
    print_transition(cli, "other prep minutes", NULL, diff->prep_minutes);
    for (int from = 0; from < RSVP_ANSWERS; from++)
        for (int to = 0; to < RSVP_ANSWERS; to++)
            print_transition(cli, rsvp_name((enum rsvp)from),
                             rsvp_name((enum rsvp)to), diff->rsvp[from][to]);
    print_transition(cli, "other reasons only", NULL, diff->reasons_only);
}

static bool print_personas(struct cli *cli, const struct diff *diff,
                           struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA", TABLE_LEFT, 48},   {"DOCUMENT", TABLE_LEFT, 0},
        {"+MEETINGS", TABLE_RIGHT, 0}, {"-MEETINGS", TABLE_RIGHT, 0},
        {"+LABELS", TABLE_RIGHT, 0},   {"~LABELS", TABLE_RIGHT, 0},
        {"-LABELS", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < diff->persona_count; i++) {
        const struct persona_diff *entry = &diff->personas[i];
        const struct noun_counts *persona = &entry->counts[NOUN_PERSONA];
        const struct noun_counts *meetings = &entry->counts[NOUN_MEETING];
        const struct noun_counts *labels = &entry->counts[NOUN_LABEL];
        int64_t numbers[] = {meetings->added, meetings->removed, labels->added,
                             labels->changed, labels->removed};
        const char *cells[7] = {entry->id, persona->added     ? "added"
                                           : persona->removed ? "removed"
                                           : persona->changed ? "changed"
                                                              : "-"};
        for (int n = 0; n < 5; n++)
            cells[n + 2] =
                arena_format(&cli->arena, err, "%lld", (long long)numbers[n]);
        table_cells(&table, cells);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static bool print_summary(struct cli *cli, const struct diff *diff,
                          struct error *err)
{
    struct buf *out = &cli->out;

    buf_format(out, "v%lld -> v%lld\n", (long long)diff->from,
               (long long)diff->to);
    if (diff_is_empty(diff)) {
        buf_text(out, "no difference\n");
        return true;
    }
    for (int noun = 0; noun < NOUNS; noun++) {
        const struct noun_counts *counts = &diff->counts[noun];
        if (!counts->added && !counts->changed && !counts->removed)
            continue;
        buf_format(out, "%s: ", plurals[noun]);
        text_number(out, counts->added);
        buf_text(out, " added, ");
        text_number(out, counts->changed);
        buf_text(out, " changed, ");
        text_number(out, counts->removed);
        buf_text(out, " removed\n");
    }
    print_transitions(cli, diff);
    return print_personas(cli, diff, err);
}

/* ---- Rows ---- */

static void print_label(struct buf *out, char sign,
                        const struct stored_label *label, const char *reasoning)
{
    buf_format(out, "    %c %s, ", sign,
               importance_name((enum importance)label->importance));
    if (label->prep_minutes)
        buf_format(out, "prep %d min, ", label->prep_minutes);
    else
        buf_text(out, "no prep, ");
    buf_format(out, "%s: ", rsvp_name((enum rsvp)label->rsvp));
    terminal_text(out, reasoning);
    buf_char(out, '\n');
}

static bool print_row(void *context, const struct diff_row *row,
                      struct error *err)
{
    struct cli *cli = context;
    struct buf *out = &cli->out;
    char sign = row->had ? row->has ? '~' : '-' : '+';

    buf_format(out, "%c %s ", sign, noun_name(row->noun));
    terminal_text(out, row->persona);
    if (row->meeting) {
        buf_char(out, ' ');
        terminal_text(out, row->meeting);
    }
    buf_char(out, '\n');
    if (row->old_label)
        print_label(out, '-', row->old_label, row->old_reasoning);
    if (row->new_label)
        print_label(out, '+', row->new_label, row->new_reasoning);
    for (size_t i = 0; i < row->change_count; i++) {
        buf_text(out, "    ");
        terminal_text(out, row->changes[i]);
        buf_char(out, '\n');
    }
    return out->length < 1 << 16 || cli_flush(cli, err);
}

/* ---- JSON ---- */

static void json_transitions(struct buf *out, const struct diff *diff)
{
    json_key(out, "transitions");
    buf_char(out, '[');
    for (int from = 0; from < IMPORTANCE_LEVELS; from++)
        for (int to = 0; to < IMPORTANCE_LEVELS; to++) {
            if (!diff->importance[from][to])
                continue;
            json_key(out, NULL);
            buf_format(out, "{\"from\":\"%s\",\"to\":\"%s\",\"labels\":%lld}",
                       importance_name((enum importance)from),
                       importance_name((enum importance)to),
                       (long long)diff->importance[from][to]);
        }
    buf_char(out, ']');
    json_key(out, "rsvp");
    buf_char(out, '[');
    for (int from = 0; from < RSVP_ANSWERS; from++)
        for (int to = 0; to < RSVP_ANSWERS; to++) {
            if (!diff->rsvp[from][to])
                continue;
            json_key(out, NULL);
            buf_format(out, "{\"from\":\"%s\",\"to\":\"%s\",\"labels\":%lld}",
                       rsvp_name((enum rsvp)from), rsvp_name((enum rsvp)to),
                       (long long)diff->rsvp[from][to]);
        }
    buf_char(out, ']');
    buf_format(out,
               ",\"prep\":{\"gained\":%lld,\"lost\":%lld,\"minutes\":%lld},"
               "\"reasons_only\":%lld",
               (long long)diff->prep_gained, (long long)diff->prep_lost,
               (long long)diff->prep_minutes, (long long)diff->reasons_only);
}

static void json_label(struct buf *out, const char *key,
                       const struct stored_label *label, const char *reasoning)
{
    json_key(out, key);
    if (!label) {
        buf_text(out, "null");
        return;
    }
    buf_format(out,
               "{\"importance\":\"%s\",\"prep_minutes\":%d,\"rsvp\":\"%s\","
               "\"reasoning\":",
               importance_name((enum importance)label->importance),
               label->prep_minutes, rsvp_name((enum rsvp)label->rsvp));
    buf_json(out, reasoning);
    buf_char(out, '}');
}

static bool json_row(void *context, const struct diff_row *row,
                     struct error *err)
{
    struct cli *cli = context;
    struct buf *out = &cli->out;

    json_key(out, NULL);
    buf_format(out, "{\"row\":\"%s\",\"change\":\"%s\",\"persona\":",
               noun_name(row->noun),
               row->had ? row->has ? "changed" : "removed" : "added");
    buf_json(out, row->persona);
    if (row->meeting) {
        json_key(out, "meeting");
        buf_json(out, row->meeting);
    }
    if (row->noun == NOUN_LABEL) {
        json_label(out, "old", row->old_label, row->old_reasoning);
        json_label(out, "new", row->new_label, row->new_reasoning);
    }
    if (row->change_count) {
        json_key(out, "fields");
        buf_char(out, '[');
        for (size_t i = 0; i < row->change_count; i++) {
            json_key(out, NULL);
            buf_json(out, row->changes[i]);
        }
        buf_char(out, ']');
    }
    buf_char(out, '}');
    /* One byte stays, so that the next comma knows its place. */
    return out->length < 1 << 16 ||
           (cli_flush(cli, err) && (buf_char(out, ' '), true));
}

static void json_summary(struct cli *cli, const struct diff *diff)
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"from\":%lld,\"to\":%lld", (long long)diff->from,
               (long long)diff->to);
    json_counts(out, diff->counts, false);
    json_transitions(out, diff);
    json_key(out, "by_persona");
    buf_char(out, '[');
    for (size_t i = 0; i < diff->persona_count; i++) {
        json_key(out, NULL);
        buf_text(out, "{\"persona\":");
        buf_json(out, diff->personas[i].id);
        json_counts(out, diff->personas[i].counts, false);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

/* ---- Both ---- */

static bool print_rows(struct cli *cli, struct store *store, int64_t from,
                       int64_t to, struct error *err)
{
    struct diff again;

    if (cli->json) {
        json_key(&cli->out, "rows");
        buf_char(&cli->out, '[');
    } else {
        buf_char(&cli->out, '\n');
    }
    if (!dataset_diff(store, &cli->arena, from, to, &again,
                      cli->json ? json_row : print_row, cli, err))
        return false;
    buf_text(&cli->out, cli->json ? "]" : "");
    return true;
}

bool print_diff(struct cli *cli, struct store *store, int64_t from, int64_t to,
                bool rows, bool *different, struct error *err)
{
    struct diff diff;

    if (!dataset_diff(store, &cli->arena, from, to, &diff, NULL, NULL, err))
        return false;
    *different = !diff_is_empty(&diff);
    if (cli->json)
        json_summary(cli, &diff);
    else if (!print_summary(cli, &diff, err))
        return false;
    if (rows && (*different || cli->json) &&
        !print_rows(cli, store, from, to, err))
        return false;
    buf_text(&cli->out, cli->json ? "}\n" : "");
    return true;
}
