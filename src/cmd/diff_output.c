/* What `diff` prints, in each of its forms, and `relabel --dry-run` with it. */
#include "diff_output.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

size_t diff_shown(const struct diff_print *print, size_t count)
{
    int64_t limit = print->form == FORM_ROWS ? 0 : print->request.limit;

    return limit && (uint64_t)limit < count ? (size_t)limit : count;
}

const char *diff_row_name(const struct diff_row *row)
{
    if (noun_is_record(row->noun))
        return row->has ? row->new_record->name : row->old_record->name;
    return row->meeting ? row->meeting : row->persona;
}

void diff_fields(const struct diff *diff, struct diff_field fields[DIFF_FIELDS])
{
    int64_t importance = 0;
    int64_t rsvp = 0;

    for (int from = 0; from < IMPORTANCE_LEVELS; from++)
        for (int to = 0; to < IMPORTANCE_LEVELS; to++)
            importance += diff->importance[from][to];
    for (int from = 0; from < RSVP_ANSWERS; from++)
        for (int to = 0; to < RSVP_ANSWERS; to++)
            rsvp += diff->rsvp[from][to];
    fields[0] = (struct diff_field){"importance", importance};
    fields[1] = (struct diff_field){
        "prep", diff->prep_gained + diff->prep_lost + diff->prep_minutes};
    fields[2] = (struct diff_field){"rsvp", rsvp};
    fields[3] = (struct diff_field){"reasons", diff->reasons};
}

/* ---- Passes over the difference ---- */

static bool run_diff(struct cli *cli, const struct diff_print *print,
                     enum diff_detail detail, struct diff *diff,
                     diff_visitor *visit, void *context, struct error *err)
{
    struct diff_request request = print->request;

    request.detail = detail;
    request.rules = print->form == FORM_BY_RULE;
    return dataset_diff(&request, &cli->arena, diff, visit, context, err);
}

/* Keeps the changed fields of personas for the summary. */
struct keeper {
    struct cli *cli;
    struct diff_print *print;
};

static bool keep_fields(void *context, const struct diff_row *row,
                        struct error *err)
{
    struct keeper *keeper = context;
    struct diff_print *print = keeper->print;
    struct arena *arena = &keeper->cli->arena;
    struct persona_fields *fields;

    if (!row->change_count)
        return true;
    if (!list_grow(arena, &print->fields, print->field_count,
                   sizeof *print->fields, err))
        return false;
    fields = &print->fields[print->field_count++];
    fields->persona = arena_text(arena, row->persona, err);
    fields->change_count = row->change_count;
    fields->changes =
        arena_zero(arena, row->change_count, sizeof *fields->changes, err);
    for (size_t i = 0; fields->changes && i < row->change_count; i++)
        if (!(fields->changes[i] = arena_text(arena, row->changes[i], err)))
            return false;
    return fields->persona && fields->changes;
}

static int by_persona(const void *one, const void *other)
{
    return strcmp(((const struct persona_fields *)one)->persona,
                  ((const struct persona_fields *)other)->persona);
}

/* Counts; for the summary also what changed in persona documents, whatever the
 * limit is. */
static bool count(struct cli *cli, struct diff_print *print, struct diff *diff,
                  struct error *err)
{
    struct keeper keeper = {cli, print};
    struct diff_print unlimited = *print;

    unlimited.request.limit = 0;
    if (print->form != FORM_SUMMARY)
        return run_diff(cli, &unlimited, DIFF_COUNTS, diff, NULL, NULL, err);
    if (!run_diff(cli, &unlimited, DIFF_PERSONAS, diff, keep_fields, &keeper,
                  err))
        return false;
    if (print->field_count)
        qsort(print->fields, print->field_count, sizeof *print->fields,
              by_persona);
    return true;
}

/* ---- Forms ---- */

static int64_t shown_rows(const struct diff_print *print,
                          const struct diff *diff)
{
    int64_t limit = print->request.limit;

    return limit && limit < diff->rows ? limit : diff->rows;
}

static bool print_rows(struct cli *cli, const struct diff_print *print,
                       struct error *err)
{
    struct buf *out = &cli->out;
    struct diff diff;

    if (cli->json) {
        json_key(out, "rows");
        buf_char(out, '[');
    } else {
        buf_char(out, '\n');
    }
    if (!run_diff(cli, print, DIFF_ROWS, &diff,
                  cli->json ? diff_json_row : diff_text_row, cli, err))
        return false;
    if (cli->json)
        buf_format(out, "],\"rows_total\":%lld", (long long)diff.rows);
    else
        diff_text_rest(out, shown_rows(print, &diff), diff.rows, "rows");
    return true;
}

/* Names and lines are for programs: what a limit left out is a remark. */
static void note_rest(struct cli *cli, const struct diff_print *print,
                      const struct diff *diff, const char *what)
{
    int64_t shown = shown_rows(print, diff);

    if (shown < diff->rows)
        cli_note(cli, "the first %lld of %lld %s", (long long)shown,
                 (long long)diff->rows, what);
}

static bool print_names(struct cli *cli, const struct diff_print *print,
                        struct diff *diff, struct error *err)
{
    struct buf *out = &cli->out;

    if (!cli->json) {
        if (!run_diff(cli, print, DIFF_NAMES, diff, diff_text_name, cli, err))
            return false;
        note_rest(cli, print, diff, "names");
        return true;
    }
    buf_text(out, "{\"names\":[");
    if (!run_diff(cli, print, DIFF_NAMES, diff, diff_json_name, cli, err))
        return false;
    buf_format(out, "],\"names_total\":%lld,\"from\":%lld,\"to\":%lld}\n",
               (long long)diff->rows, (long long)diff->from,
               (long long)diff->to);
    return true;
}

static bool print_lines(struct cli *cli, const struct diff_print *print,
                        struct diff *diff, struct error *err)
{
    if (!run_diff(cli, print, DIFF_ROWS, diff, diff_json_line, cli, err))
        return false;
    note_rest(cli, print, diff, "rows");
    return true;
}

static bool print_counted(struct cli *cli, struct diff_print *print,
                          struct diff *diff, struct error *err)
{
    if (!count(cli, print, diff, err))
        return false;
    if (cli->json)
        diff_json(cli, print, diff);
    else if (!diff_text(cli, print, diff, err))
        return false;
    if (print->form == FORM_ROWS && (cli->json || !diff_is_empty(diff)) &&
        !print_rows(cli, print, err))
        return false;
    buf_text(&cli->out, cli->json ? "}\n" : "");
    return true;
}

bool diff_print(struct cli *cli, struct diff_print *print, bool *different,
                struct error *err)
{
    struct diff diff;
    bool ok;

    if (print->form == FORM_NAMES)
        ok = print_names(cli, print, &diff, err);
    else if (print->form == FORM_LINES)
        ok = print_lines(cli, print, &diff, err);
    else
        ok = print_counted(cli, print, &diff, err);
    *different = ok && !diff_is_empty(&diff);
    return ok;
}

bool print_diff(struct cli *cli, struct store *store, int64_t from, int64_t to,
                bool rows, bool *different, struct error *err)
{
    struct diff_print print = {
        .request = {.from = {store, from}, .to = {store, to}},
        .form = rows ? FORM_ROWS : FORM_SUMMARY};

    return diff_print(cli, &print, different, err);
}
