/* What `persona diversity` prints. */
#include "diversity_output.h"

#include "datebook/list.h"

#include <string.h>

enum { SHOWN_RULES = 10, VALUES_WIDTH = 41, SHARED_WIDTH = 67 };

/* ---- What is wrong ---- */

static bool lacks_value(const struct diversity *diversity, int d, int value)
{
    return !diversity->all.counts[d][value];
}

static bool is_crowded(const struct diversity *diversity, int value)
{
    return diversity_is_crowded(&diversity->all, DIMENSION_FUNCTION, value);
}

static const struct dimension_list *list_of(int d)
{
    return diversity_list((enum dimension)d);
}

bool diversity_is_wanting(const struct diversity *diversity, double least)
{
    for (int d = 0; d < DIMENSIONS; d++)
        for (int value = 0; value < list_of(d)->count; value++)
            if (lacks_value(diversity, d, value) ||
                (d == DIMENSION_FUNCTION && is_crowded(diversity, value)))
                return true;
    return !(diversity->all.score > least);
}

/* ---- Text ---- */

/* Items divided by commas, in lines of a width. */
struct wrapped {
    struct cli *cli;
    int width;
    const char **lines;
    size_t count;
    struct buf line;
    bool failed;
};

static void end_line(struct wrapped *wrapped, struct error *err)
{
    const char *line =
        buf_ok(&wrapped->line, err)
            ? arena_text(&wrapped->cli->arena, buf_string(&wrapped->line), err)
            : NULL;

    if (line && list_grow(&wrapped->cli->arena, &wrapped->lines, wrapped->count,
                          sizeof *wrapped->lines, err))
        wrapped->lines[wrapped->count++] = line;
    else
        wrapped->failed = true;
    buf_clear(&wrapped->line);
}

static void add_item(struct wrapped *wrapped, const char *item, bool last,
                     struct error *err)
{
    size_t length = strlen(item) + !last;

    if (wrapped->line.length &&
        wrapped->line.length + 1 + length > (size_t)wrapped->width)
        end_line(wrapped, err);
    if (wrapped->line.length)
        buf_char(&wrapped->line, ' ');
    buf_text(&wrapped->line, item);
    if (!last)
        buf_char(&wrapped->line, ',');
}

static bool end_items(struct wrapped *wrapped, struct error *err)
{
    end_line(wrapped, err);
    buf_free(&wrapped->line);
    return !wrapped->failed;
}

/* "ic 12, manager 8, …" */
static bool wrap_values(struct cli *cli, const struct diversity *diversity,
                        int d, struct wrapped *wrapped, struct error *err)
{
    const struct dimension_list *list = list_of(d);

    *wrapped = (struct wrapped){.cli = cli, .width = VALUES_WIDTH};
    for (int value = 0; value < list->count; value++) {
        const char *item =
            arena_format(&cli->arena, err, "%s %lld", list->values[value],
                         (long long)diversity->all.counts[d][value]);
        add_item(wrapped, item ? item : "", value + 1 == list->count, err);
    }
    return end_items(wrapped, err);
}

/* One group alone has no score to compare with the other. */
static const char *score_cell(struct cli *cli, int64_t personas, double score,
                              struct error *err)
{
    return personas ? arena_format(&cli->arena, err, "%.3f", score) : "-";
}

static bool add_dimension(struct cli *cli, struct table *table,
                          const struct diversity *diversity, int d,
                          struct error *err)
{
    const struct dimension_list *list = list_of(d);
    struct wrapped wrapped;

    if (!wrap_values(cli, diversity, d, &wrapped, err))
        return false;
    table_row(table, list->name,
              arena_format(&cli->arena, err, "%.2f", list->weight / 100.0),
              score_cell(cli, diversity->all.personas,
                         diversity->all.evenness[d], err),
              score_cell(cli, diversity->training.personas,
                         diversity->training.evenness[d], err),
              wrapped.lines[0], NULL);
    for (size_t i = 1; i < wrapped.count; i++)
        table_row(table, "", "", "", "", wrapped.lines[i], NULL);
    return true;
}

static bool print_scores(struct cli *cli, const struct diversity *diversity,
                         struct error *err)
{
    static const struct table_column columns[] = {
        {"DIMENSION", TABLE_LEFT, 0},
        {"WEIGHT", TABLE_RIGHT, 0},
        {"SCORE", TABLE_RIGHT, 0},
        {"TRAINING", TABLE_RIGHT, 0},
        {"PERSONAS OF EACH VALUE", TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int d = 0; d < DIMENSIONS; d++)
        if (!add_dimension(cli, &table, diversity, d, err))
            return false;
    table_row(
        &table, "total", "1.00",
        score_cell(cli, diversity->all.personas, diversity->all.score, err),
        score_cell(cli, diversity->training.personas, diversity->training.score,
                   err),
        NULL);
    return table_print(&table, 0, &cli->out, err);
}

static void put_values(struct buf *out, const struct dimension_list *list)
{
    for (int value = 0; value < list->count; value++)
        buf_format(out, "%s%s", value ? ", " : "", list->values[value]);
}

static void print_gap(struct buf *out, const struct diversity_gap *gap)
{
    const struct dimension_list *list = diversity_list(gap->dimension);

    terminal_text(out, gap->id);
    if (gap->kind == GAP_NO_OBJECT) {
        buf_text(out,
                 ": has no object \"diversity\", and counts in no dimension\n"
                 "    add one with a value of each: \"diversity\": {");
        for (int d = 0; d < DIMENSIONS; d++)
            buf_format(out, "%s\"%s\": \"%s\"", d ? ", " : "", list_of(d)->name,
                       list_of(d)->values[0]);
        buf_text(out, "}\n");
        return;
    }
    buf_format(out, ": diversity.%s ", list->name);
    if (gap->kind == GAP_NO_VALUE)
        buf_text(out, "is missing");
    else if (gap->kind == GAP_NO_TEXT)
        buf_format(out, "is %s", gap->value);
    else {
        buf_text(out, "is \"");
        terminal_text(out, gap->value);
        buf_text(out, "\", which is not in the list");
    }
    buf_text(out, "\n    write one of ");
    put_values(out, list);
    buf_char(out, '\n');
}

static void print_missing(struct buf *out, const struct diversity *diversity,
                          int d)
{
    const struct dimension_list *list = list_of(d);
    bool any = false;

    for (int value = 0; value < list->count; value++) {
        if (!lacks_value(diversity, d, value))
            continue;
        if (any)
            buf_text(out, ", ");
        else
            buf_format(out, "%s: no persona is ", list->name);
        buf_text(out, list->values[value]);
        any = true;
    }
    if (any)
        buf_text(out, "\n");
}

static void print_crowded(struct buf *out, const struct diversity *diversity)
{
    const struct dimension_list *list = diversity_list(DIMENSION_FUNCTION);
    const struct diversity_group *all = &diversity->all;

    for (int value = 0; value < list->count; value++)
        if (is_crowded(diversity, value))
            buf_format(out,
                       "function: more than a quarter are %s: %lld of %lld\n",
                       list->values[value],
                       (long long)all->counts[DIMENSION_FUNCTION][value],
                       (long long)all->personas);
}

static void print_findings(struct cli *cli, const struct diversity *diversity,
                           double least)
{
    for (size_t i = 0; i < diversity->gap_count; i++)
        print_gap(&cli->out, &diversity->gaps[i]);
    for (int d = 0; d < DIMENSIONS; d++)
        print_missing(&cli->out, diversity, d);
    print_crowded(&cli->out, diversity);
    if (!(diversity->all.score > least))
        buf_format(&cli->out, "the score %.4f is not above %g\n",
                   diversity->all.score, least);
}

static bool add_shared_values(struct cli *cli, struct table *table,
                              const struct diversity_pair *pair,
                              struct error *err)
{
    struct wrapped wrapped = {.cli = cli, .width = SHARED_WIDTH};
    int left = pair->shared_values;
    const char *item = arena_format(&cli->arena, err, "%d of %d%s", left,
                                    DIMENSIONS, left ? ":" : "");

    add_item(&wrapped, item ? item : "", true, err);
    for (int d = 0; d < DIMENSIONS; d++) {
        if (pair->values[d] < 0)
            continue;
        item = arena_format(&cli->arena, err, "%s %s", list_of(d)->name,
                            list_of(d)->values[pair->values[d]]);
        add_item(&wrapped, item ? item : "", !--left, err);
    }
    if (!end_items(&wrapped, err))
        return false;
    for (size_t i = 0; i < wrapped.count; i++)
        table_row(table, i ? "" : "same values", wrapped.lines[i], NULL);
    return true;
}

static bool print_rules(struct cli *cli, const struct diversity_pair *pair,
                        struct error *err)
{
    static const struct table_column columns[] = {
        {"LIST", TABLE_LEFT, 39}, {"RULE THAT BOTH HAVE", TABLE_LEFT, 39}};
    struct table table;
    int64_t shown = pair->shared;

    if (!cli->verbose && shown > SHOWN_RULES)
        shown = SHOWN_RULES;
    if (!shown)
        return true;
    table_start(&table, &cli->arena, columns, 2);
    for (int64_t i = 0; i < shown; i++)
        table_row(&table, rule_kind_field(pair->shared_rules[i].kind),
                  pair->shared_rules[i].text, NULL);
    buf_char(&cli->out, '\n');
    if (!table_print(&table, 0, &cli->out, err))
        return false;
    if (shown < pair->shared)
        buf_format(&cli->out, "… and %lld more; -v shows all\n",
                   (long long)(pair->shared - shown));
    return true;
}

static bool print_pair(struct cli *cli, const struct diversity_pair *pair,
                       struct error *err)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, 0},
                                                  {NULL, TABLE_LEFT, 0}};
    struct table table;
    struct buf share = BUF_EMPTY;
    bool ok;

    text_percent(&share, pair->shared, pair->rules);
    table_start(&table, &cli->arena, columns, 2);
    table_row(&table, "most alike", pair->one, NULL);
    table_row(&table, "", pair->other, NULL);
    table_row(&table, "same rules",
              arena_format(&cli->arena, err, "%lld of %lld, %s",
                           (long long)pair->shared, (long long)pair->rules,
                           buf_string(&share)),
              NULL);
    ok = add_shared_values(cli, &table, pair, err) && buf_ok(&share, err) &&
         table_print(&table, 0, &cli->out, err);
    buf_free(&share);
    return ok && print_rules(cli, pair, err);
}

bool print_diversity(struct cli *cli, const struct diversity *diversity,
                     double least, struct error *err)
{
    size_t before;

    buf_format(&cli->out, "%s, %lld of them for training\n",
               cli_count(cli, diversity->all.personas, "persona", "personas"),
               (long long)diversity->training.personas);
    if (!diversity->all.personas)
        return true;
    buf_char(&cli->out, '\n');
    if (!print_scores(cli, diversity, err))
        return false;
    buf_char(&cli->out, '\n');
    before = cli->out.length;
    print_findings(cli, diversity, least);
    if (!diversity->has_pair)
        return true;
    if (cli->out.length > before)
        buf_char(&cli->out, '\n');
    return print_pair(cli, &diversity->pair, err);
}

/* ---- JSON ---- */

static void json_score(struct buf *out, const char *key, int64_t personas,
                       double score)
{
    json_key(out, key);
    if (personas)
        buf_format(out, "%.4f", score);
    else
        buf_text(out, "null");
}

static void json_dimension(struct buf *out, const struct diversity *diversity,
                           int d)
{
    const struct dimension_list *list = list_of(d);

    json_key(out, NULL);
    buf_char(out, '{');
    json_key(out, "name");
    buf_json(out, list->name);
    json_key(out, "weight");
    buf_format(out, "%.2f", list->weight / 100.0);
    json_score(out, "score", diversity->all.personas,
               diversity->all.evenness[d]);
    json_score(out, "training_score", diversity->training.personas,
               diversity->training.evenness[d]);
    json_key(out, "values");
    buf_char(out, '[');
    for (int value = 0; value < list->count; value++) {
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "value");
        buf_json(out, list->values[value]);
        json_key(out, "personas");
        buf_int(out, diversity->all.counts[d][value]);
        json_key(out, "training_personas");
        buf_int(out, diversity->training.counts[d][value]);
        buf_char(out, '}');
    }
    buf_text(out, "]}");
}

static void json_missing(struct buf *out, const struct diversity *diversity)
{
    json_key(out, "missing");
    buf_char(out, '[');
    for (int d = 0; d < DIMENSIONS; d++)
        for (int value = 0; value < list_of(d)->count; value++) {
            if (!lacks_value(diversity, d, value))
                continue;
            json_key(out, NULL);
            buf_char(out, '{');
            json_key(out, "dimension");
            buf_json(out, list_of(d)->name);
            json_key(out, "value");
            buf_json(out, list_of(d)->values[value]);
            buf_char(out, '}');
        }
    buf_char(out, ']');
}

static void json_crowded(struct buf *out, const struct diversity *diversity)
{
    const struct dimension_list *list = diversity_list(DIMENSION_FUNCTION);

    json_key(out, "crowded");
    buf_char(out, '[');
    for (int value = 0; value < list->count; value++) {
        if (!is_crowded(diversity, value))
            continue;
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "function");
        buf_json(out, list->values[value]);
        json_key(out, "personas");
        buf_int(out, diversity->all.counts[DIMENSION_FUNCTION][value]);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_unplaced(struct buf *out, const struct diversity *diversity)
{
    static const char *const problems[] = {[GAP_NO_OBJECT] = "no_object",
                                           [GAP_NO_VALUE] = "missing",
                                           [GAP_NO_TEXT] = "no_text",
                                           [GAP_UNKNOWN] = "not_in_list"};

    json_key(out, "unplaced");
    buf_char(out, '[');
    for (size_t i = 0; i < diversity->gap_count; i++) {
        const struct diversity_gap *gap = &diversity->gaps[i];
        bool whole = gap->kind == GAP_NO_OBJECT;
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "persona");
        buf_json(out, gap->id);
        json_key(out, "dimension");
        buf_json(out, whole ? NULL : diversity_list(gap->dimension)->name);
        json_key(out, "value");
        buf_json(out, gap->kind == GAP_UNKNOWN ? gap->value : NULL);
        json_key(out, "problem");
        buf_json(out, problems[gap->kind]);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_shared(struct buf *out, const struct diversity_pair *pair)
{
    json_key(out, "values");
    buf_char(out, '{');
    for (int d = 0; d < DIMENSIONS; d++) {
        if (pair->values[d] < 0)
            continue;
        json_key(out, list_of(d)->name);
        buf_json(out, list_of(d)->values[pair->values[d]]);
    }
    buf_char(out, '}');
    json_key(out, "rules");
    buf_char(out, '[');
    for (int64_t i = 0; i < pair->shared; i++) {
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "field");
        buf_json(out, rule_kind_field(pair->shared_rules[i].kind));
        json_key(out, "text");
        buf_json(out, pair->shared_rules[i].text);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void json_pair(struct buf *out, const struct diversity *diversity)
{
    const struct diversity_pair *pair = &diversity->pair;

    json_key(out, "most_alike");
    if (!diversity->has_pair) {
        buf_text(out, "null");
        return;
    }
    buf_char(out, '{');
    json_key(out, "personas");
    buf_char(out, '[');
    json_key(out, NULL);
    buf_json(out, pair->one);
    json_key(out, NULL);
    buf_json(out, pair->other);
    buf_char(out, ']');
    json_key(out, "shared_rules");
    buf_int(out, pair->shared);
    json_key(out, "different_rules");
    buf_int(out, pair->rules);
    json_score(out, "jaccard", pair->rules,
               (double)pair->shared / (double)pair->rules);
    json_shared(out, pair);
    buf_char(out, '}');
}

void json_diversity(struct buf *out, const struct diversity *diversity,
                    double least)
{
    const struct diversity_group *all = &diversity->all;
    const struct diversity_group *training = &diversity->training;

    buf_char(out, '{');
    json_score(out, "score", all->personas, all->score);
    json_key(out, "min_score");
    buf_format(out, "%g", least);
    json_key(out, "personas");
    buf_int(out, all->personas);
    json_score(out, "training_score", training->personas, training->score);
    json_key(out, "training_personas");
    buf_int(out, training->personas);
    json_key(out, "dimensions");
    buf_char(out, '[');
    for (int d = 0; d < DIMENSIONS; d++)
        json_dimension(out, diversity, d);
    buf_char(out, ']');
    json_missing(out, diversity);
    json_crowded(out, diversity);
    json_unplaced(out, diversity);
    json_pair(out, diversity);
    buf_text(out, "}\n");
}
