/* What `diff` prints for people. */
#include "diff_output.h"

#include <string.h>

void diff_text_rest(struct buf *out, int64_t shown, int64_t count,
                    const char *what)
{
    if (shown >= count)
        return;
    buf_char(out, '(');
    text_number(out, count - shown);
    buf_text(out, " more of ");
    text_number(out, count);
    buf_format(out, " %s)\n", what);
}

/* ---- The head ---- */

static void print_side(struct buf *out, const char *file, int64_t version)
{
    buf_format(out, "v%lld", (long long)version);
    if (!file)
        return;
    buf_text(out, " of ");
    terminal_text(out, file);
}

static void print_head(struct buf *out, const struct diff_print *print,
                       const struct diff *diff)
{
    print_side(out, print->files[0], diff->from);
    buf_text(out, " -> ");
    print_side(out, print->files[1], diff->to);
    if (diff->common > 0)
        buf_format(out, " (the same up to v%lld)", (long long)diff->common);
    else if (!diff->common)
        buf_text(out, " (no common history)");
    buf_char(out, '\n');
    if (diff_is_empty(diff))
        buf_text(out, "no difference\n");
}

/* ---- By label, by field ---- */

static void print_transition(struct buf *out, const char *from, const char *to,
                             int64_t count)
{
    if (!count)
        return;
    if (to)
        buf_format(out, "  %s -> %s: ", from, to);
    else
        buf_format(out, "  %s: ", from);
    text_number(out, count);
    buf_char(out, '\n');
}

static void print_transitions(struct buf *out, const struct diff *diff)
{
    if (!diff->counts[NOUN_LABEL].changed)
        return;
    buf_text(out, "\nChanged labels:\n");
    for (int from = 0; from < IMPORTANCE_LEVELS; from++)
        for (int to = 0; to < IMPORTANCE_LEVELS; to++)
            print_transition(out, importance_name((enum importance)from),
                             importance_name((enum importance)to),
                             diff->importance[from][to]);
    print_transition(out, "no prep", "prep", diff->prep_gained);
    print_transition(out, "prep", "no prep", diff->prep_lost);
    print_transition(out, "other prep minutes", NULL, diff->prep_minutes);
    for (int from = 0; from < RSVP_ANSWERS; from++)
        for (int to = 0; to < RSVP_ANSWERS; to++)
            print_transition(out, rsvp_name((enum rsvp)from),
                             rsvp_name((enum rsvp)to), diff->rsvp[from][to]);
    print_transition(out, "other reasons only", NULL, diff->reasons_only);
}

static bool print_fields(struct cli *cli, const struct diff *diff,
                         struct error *err)
{
    static const struct table_column columns[] = {{"FIELD", TABLE_LEFT, 0},
                                                  {"LABELS", TABLE_RIGHT, 0},
                                                  {"SHARE", TABLE_RIGHT, 0}};
    int64_t changed = diff->counts[NOUN_LABEL].changed;
    struct diff_field fields[DIFF_FIELDS];
    struct buf number = BUF_EMPTY;
    struct buf share = BUF_EMPTY;
    struct table table;
    bool ok;

    diff_fields(diff, fields);
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < DIFF_FIELDS; i++) {
        buf_clear(&number);
        buf_clear(&share);
        text_number(&number, fields[i].labels);
        text_percent(&share, fields[i].labels, changed);
        table_row(&table, fields[i].name, buf_string(&number),
                  buf_string(&share), NULL);
    }
    buf_format(&cli->out, "\nFields of %s:\n\n",
               cli_count(cli, changed, "changed label", "changed labels"));
    ok = buf_ok(&number, err) && buf_ok(&share, err) &&
         table_print(&table, 0, &cli->out, err);
    buf_free(&number);
    buf_free(&share);
    return ok;
}

/* ---- By rule ---- */

/* A rule by its name; one that an edit left with the same name, by its text. */
static const char *rule_text(const struct diff *diff,
                             const struct rule_diff *rule)
{
    for (size_t i = 0; i < diff->rule_count; i++) {
        const struct rule_diff *other = &diff->rules[i];
        if (other != rule && other->rule.kind == rule->rule.kind &&
            !strcmp(other->rule.name, rule->rule.name) &&
            !strcmp(other->persona, rule->persona))
            return rule->rule.source;
    }
    return rule->rule.name;
}

static bool add_rule(struct cli *cli, struct table *table,
                     const struct diff *diff, const struct rule_diff *rule,
                     struct error *err)
{
    const int64_t numbers[] = {rule->began_firing, rule->stopped_firing,
                               rule->began_deciding, rule->stopped_deciding};
    const char *cells[7] = {rule->persona,
                            rule_kind_field((enum rule_kind)rule->rule.kind),
                            rule_text(diff, rule)};

    for (int i = 0; i < 4; i++) {
        cells[i + 3] =
            arena_format(&cli->arena, err, "%lld", (long long)numbers[i]);
        if (!cells[i + 3])
            return false;
    }
    table_cells(table, cells);
    return true;
}

static bool print_rules(struct cli *cli, const struct diff_print *print,
                        const struct diff *diff, struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA", TABLE_LEFT, 40}, {"LIST", TABLE_LEFT, 0},
        {"RULE", TABLE_LEFT, 48},    {"+FIRES", TABLE_RIGHT, 0},
        {"-FIRES", TABLE_RIGHT, 0},  {"+DECIDES", TABLE_RIGHT, 0},
        {"-DECIDES", TABLE_RIGHT, 0}};
    size_t shown = diff_shown(print, diff->rule_count);
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < shown; i++)
        if (!add_rule(cli, &table, diff, &diff->rules[i], err))
            return false;
    buf_format(&cli->out, "\nRules in %s:\n\n",
               cli_count(cli, diff->counts[NOUN_LABEL].changed, "changed label",
                         "changed labels"));
    if (!table_print(&table, 0, &cli->out, err))
        return false;
    diff_text_rest(&cli->out, (int64_t)shown, (int64_t)diff->rule_count,
                   "rules");
    return true;
}

/* ---- By persona ---- */

static const char *document_change(const struct persona_diff *entry)
{
    const struct noun_counts *counts = &entry->counts[NOUN_PERSONA];

    return counts->added     ? "added"
           : counts->removed ? "removed"
           : counts->changed ? "changed"
                             : "-";
}

static bool print_personas(struct cli *cli, const struct diff_print *print,
                           const struct diff *diff, struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA", TABLE_LEFT, 48},   {"DOCUMENT", TABLE_LEFT, 0},
        {"+MEETINGS", TABLE_RIGHT, 0}, {"-MEETINGS", TABLE_RIGHT, 0},
        {"+LABELS", TABLE_RIGHT, 0},   {"~LABELS", TABLE_RIGHT, 0},
        {"-LABELS", TABLE_RIGHT, 0}};
    size_t shown = diff_shown(print, diff->persona_count);
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < shown; i++) {
        const struct persona_diff *entry = &diff->personas[i];
        const struct noun_counts *meetings = &entry->counts[NOUN_MEETING];
        const struct noun_counts *labels = &entry->counts[NOUN_LABEL];
        int64_t numbers[] = {meetings->added, meetings->removed, labels->added,
                             labels->changed, labels->removed};
        const char *cells[7] = {entry->id, document_change(entry)};
        for (int n = 0; n < 5; n++) {
            cells[n + 2] =
                arena_format(&cli->arena, err, "%lld", (long long)numbers[n]);
            if (!cells[n + 2])
                return false;
        }
        table_cells(&table, cells);
    }
    buf_char(&cli->out, '\n');
    if (!table_print(&table, 0, &cli->out, err))
        return false;
    diff_text_rest(&cli->out, (int64_t)shown, (int64_t)diff->persona_count,
                   "personas");
    return true;
}

static void print_changes(struct buf *out, const char **changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_text(out, "    ");
        terminal_text(out, changes[i]);
        buf_char(out, '\n');
    }
}

static void print_documents(struct buf *out, const struct diff_print *print)
{
    size_t shown = diff_shown(print, print->field_count);

    if (shown)
        buf_text(out, "\nChanged personas:\n");
    for (size_t i = 0; i < shown; i++) {
        buf_text(out, "  ");
        terminal_text(out, print->fields[i].persona);
        buf_char(out, '\n');
        print_changes(out, print->fields[i].changes,
                      print->fields[i].change_count);
    }
    diff_text_rest(out, (int64_t)shown, (int64_t)print->field_count,
                   "changed personas");
}

/* ---- One line each ---- */

enum { BAR_WIDTH = 40 };

/* So many signs as a part has of the longest bar; at least one for any. */
static void print_part(struct buf *out, char sign, int64_t part, int64_t most)
{
    int64_t width = most > BAR_WIDTH
                        ? (int64_t)((double)part * BAR_WIDTH / (double)most)
                        : part;

    if (part && !width)
        width = 1;
    while (width-- > 0)
        buf_char(out, sign);
}

static void sum_counts(const struct noun_counts counts[NOUNS],
                       struct noun_counts *sum)
{
    *sum = (struct noun_counts){0};
    for (int noun = 0; noun < NOUNS; noun++) {
        sum->added += counts[noun].added;
        sum->changed += counts[noun].changed;
        sum->removed += counts[noun].removed;
    }
}

static bool add_stat(struct table *table, const char *name,
                     const struct noun_counts counts[NOUNS], int64_t most,
                     struct error *err)
{
    struct noun_counts sum;
    struct buf number = BUF_EMPTY;
    struct buf bar = BUF_EMPTY;
    bool ok;

    sum_counts(counts, &sum);
    text_number(&number, diff_row_count(counts));
    print_part(&bar, '+', sum.added, most);
    print_part(&bar, '~', sum.changed, most);
    print_part(&bar, '-', sum.removed, most);
    table_row(table, name, "|", buf_string(&number), buf_string(&bar), NULL);
    ok = buf_ok(&number, err) && buf_ok(&bar, err);
    buf_free(&number);
    buf_free(&bar);
    return ok;
}

/* The counts of one noun alone. */
static void only_of(const struct diff *diff, enum noun noun,
                    struct noun_counts counts[NOUNS])
{
    memset(counts, 0, NOUNS * sizeof *counts);
    counts[noun] = diff->counts[noun];
}

static void put_records(struct cli *cli, const struct diff *diff,
                        enum noun noun, bool *first)
{
    struct noun_counts counts[NOUNS];
    int64_t rows;

    only_of(diff, noun, counts);
    rows = diff_row_count(counts);
    if (!rows)
        return;
    buf_format(&cli->out, "%s%s", *first ? "" : ", ",
               cli_count(cli, rows, noun_name(noun), noun_plural(noun)));
    *first = false;
}

static void print_stat_sum(struct cli *cli, const struct diff *diff)
{
    struct buf *out = &cli->out;
    struct noun_counts sum;
    bool first = !diff->persona_count;

    sum_counts(diff->counts, &sum);
    buf_char(out, ' ');
    if (diff->persona_count)
        buf_text(out, cli_count(cli, (int64_t)diff->persona_count, "persona",
                                "personas"));
    put_records(cli, diff, NOUN_SPLIT, &first);
    put_records(cli, diff, NOUN_REVIEW, &first);
    buf_format(out, ": %s added, ", cli_count(cli, sum.added, "row", "rows"));
    text_number(out, sum.changed);
    buf_text(out, " changed, ");
    text_number(out, sum.removed);
    buf_text(out, " removed\n");
}

/* The longest of all bars. */
static int64_t most_rows(const struct diff *diff, size_t shown)
{
    struct noun_counts counts[NOUNS];
    int64_t most = 0;

    for (size_t i = 0; i < shown; i++)
        if (diff_row_count(diff->personas[i].counts) > most)
            most = diff_row_count(diff->personas[i].counts);
    for (enum noun noun = NOUN_SPLIT; noun < NOUNS; noun++) {
        only_of(diff, noun, counts);
        if (diff_row_count(counts) > most)
            most = diff_row_count(counts);
    }
    return most;
}

static bool add_stats(struct table *table, const struct diff *diff,
                      size_t shown, struct error *err)
{
    int64_t most = most_rows(diff, shown);
    struct noun_counts counts[NOUNS];

    for (size_t i = 0; i < shown; i++)
        if (!add_stat(table, diff->personas[i].id, diff->personas[i].counts,
                      most, err))
            return false;
    for (enum noun noun = NOUN_SPLIT; noun < NOUNS; noun++) {
        only_of(diff, noun, counts);
        if (diff_row_count(counts) &&
            !add_stat(table, noun_plural(noun), counts, most, err))
            return false;
    }
    return true;
}

static bool print_stat(struct cli *cli, const struct diff_print *print,
                       const struct diff *diff, struct error *err)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, 48},
                                                  {NULL, TABLE_LEFT, 0},
                                                  {NULL, TABLE_RIGHT, 0},
                                                  {NULL, TABLE_LEFT, 0}};
    size_t shown = diff_shown(print, diff->persona_count);
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    if (!add_stats(&table, diff, shown, err) ||
        !table_print(&table, 1, &cli->out, err))
        return false;
    diff_text_rest(&cli->out, (int64_t)shown, (int64_t)diff->persona_count,
                   "personas");
    print_stat_sum(cli, diff);
    return true;
}

/* ---- The whole ---- */

bool diff_text(struct cli *cli, const struct diff_print *print,
               const struct diff *diff, struct error *err)
{
    struct buf *out = &cli->out;

    print_head(out, print, diff);
    if (diff_is_empty(diff))
        return true;
    if (print->form == FORM_STAT)
        return print_stat(cli, print, diff, err);
    print_counts(out, diff->counts);
    if (print->form >= FORM_BY_LABEL && !diff->counts[NOUN_LABEL].changed) {
        buf_text(out, "no changed labels\n");
        return true;
    }
    if (print->form == FORM_BY_FIELD)
        return print_fields(cli, diff, err);
    if (print->form == FORM_BY_RULE)
        return print_rules(cli, print, diff, err);
    if (print->form != FORM_BY_PERSONA)
        print_transitions(out, diff);
    if (print->form == FORM_BY_LABEL)
        return true;
    if (!diff->persona_count)
        return true;
    if (!print_personas(cli, print, diff, err))
        return false;
    print_documents(out, print);
    return true;
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

static void print_record(struct buf *out, char sign, enum noun noun,
                         const struct stored_record *record)
{
    if (!record)
        return;
    buf_format(out, "    %c ", sign);
    if (noun == NOUN_REVIEW)
        diff_put_review(out, record);
    else
        terminal_text(out, record->document);
    buf_char(out, '\n');
}

/* Rules that fire and are overruled are part of a label, but of no reasoning.
 */
static bool reads_the_same(const struct diff_row *row)
{
    const struct stored_label *old = row->old_label;
    const struct stored_label *new = row->new_label;

    return old && new && old->importance == new->importance &&
           old->rsvp == new->rsvp && old->prep_minutes == new->prep_minutes &&
           !strcmp(row->old_reasoning, row->new_reasoning);
}

bool diff_text_row(void *context, const struct diff_row *row, struct error *err)
{
    struct cli *cli = context;
    struct buf *out = &cli->out;

    buf_format(out, "%c %s ", row->had ? row->has ? '~' : '-' : '+',
               noun_name(row->noun));
    terminal_text(out, row->persona ? row->persona : diff_row_name(row));
    if (row->meeting) {
        buf_char(out, ' ');
        terminal_text(out, row->meeting);
    }
    buf_char(out, '\n');
    if (!noun_is_record(row->noun) || !row->change_count) {
        print_record(out, '-', row->noun, row->old_record);
        print_record(out, '+', row->noun, row->new_record);
    }
    if (row->old_label)
        print_label(out, '-', row->old_label, row->old_reasoning);
    if (row->new_label)
        print_label(out, '+', row->new_label, row->new_reasoning);
    if (reads_the_same(row))
        buf_text(out, "    (other overruled rules: see --by rule)\n");
    print_changes(out, row->changes, row->change_count);
    return cli_flush_long(cli, err);
}

bool diff_text_name(void *context, const struct diff_row *row,
                    struct error *err)
{
    struct cli *cli = context;

    terminal_text(&cli->out, diff_row_name(row));
    buf_char(&cli->out, '\n');
    return cli_flush_long(cli, err);
}
