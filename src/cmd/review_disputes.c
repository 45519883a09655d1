/* The table of disagreements.  Its rows are printed in one go, so that columns
 * line up over all meetings, and then taken apart for what stands between
 * them. */
#include "review_disputes.h"

#include "terminal_lines.h"

enum { WIDTH = 80, NAME_WIDTH = 24 };

bool current_opinions(struct arena *arena, const struct review *review,
                      const struct review_item *item,
                      const struct opinion *const **opinions, size_t *count,
                      struct error *err)
{
    const struct opinion **list =
        arena_zero(arena, review->reviewer_count, sizeof *list, err);

    *opinions = list;
    *count = 0;
    for (size_t i = 0; list && i < review->reviewer_count; i++)
        if (review_state(item, item->opinions[i]) == REVIEW_DONE)
            list[(*count)++] = item->opinions[i];
    return list != NULL;
}

bool disputed_items(struct arena *arena, const struct review *review,
                    const struct review_item *const **items, size_t *count,
                    struct error *err)
{
    const struct review_item **list =
        arena_zero(arena, review->count, sizeof *list, err);

    *items = list;
    *count = 0;
    for (size_t i = 0; list && i < review->count; i++)
        if (review_is_disputed(review, &review->items[i]))
            list[(*count)++] = &review->items[i];
    return list != NULL;
}

/* ---- Rows ---- */

struct voices {
    const struct opinion *const *opinions;
    size_t count;
};

static bool add_row(struct table *table, const char *who, const char *realistic,
                    const struct review_values *values, const char *cause,
                    struct error *err)
{
    const char *minutes = arena_format(table->arena, err,
                                       values->prep_minutes ? "%d min" : "none",
                                       values->prep_minutes);

    table_row(table, who, realistic,
              importance_name((enum importance)values->importance), minutes,
              rsvp_name((enum rsvp)values->rsvp), cause, NULL);
    return minutes != NULL;
}

static bool add_rows(struct table *table, const struct review_item *item,
                     const struct voices *voices, bool on_screen,
                     struct error *err)
{
    static const char *const causes[REVIEW_CAUSES] = {"", "rule", "exception"};

    for (size_t i = 0; i < voices->count; i++) {
        const struct opinion *opinion = voices->opinions[i];
        const char *who = opinion->reviewer;
        if (on_screen)
            who = arena_format(table->arena, err, "%zu %s", i + 1, who);
        if (!who || !add_row(table, who, opinion->realistic ? "yes" : "no",
                             &opinion->says, causes[opinion->cause], err))
            return false;
    }
    return add_row(table, on_screen ? "l the rules" : "the rules", "",
                   &item->label.values, "", err);
}

/* ---- What stands between them ---- */

/* Adds the next line of a printed table. */
static void copy_line(struct buf *out, const char **rows)
{
    size_t length = strcspn(*rows, "\n");

    buf_add(out, *rows, length + ((*rows)[length] == '\n'));
    *rows += length + ((*rows)[length] == '\n');
}

static void put_remark(struct buf *out, const char *what, const char *text)
{
    struct buf line = BUF_EMPTY;

    buf_format(&line, "      %s ", what);
    terminal_text(&line, text);
    wrap_text(out, buf_string(&line), WIDTH, 6);
    buf_inherit(out, &line);
    buf_free(&line);
}

/* On a screen the reasons of the label stand below, with the meeting. */
static void put_item(struct buf *out, const char **rows,
                     const struct review_item *item,
                     const struct voices *voices, bool on_screen)
{
    for (size_t i = 0; i < voices->count; i++) {
        const struct opinion *opinion = voices->opinions[i];
        copy_line(out, rows);
        if (opinion->rule)
            put_remark(out, "wrong:", opinion->rule);
        if (*opinion->note)
            put_remark(out, "note:", opinion->note);
    }
    copy_line(out, rows);
    if (!on_screen)
        put_remark(out, "because:", item->label.reasoning);
}

static bool find_voices(struct arena *arena, const struct review *review,
                        const struct review_item *const *items, size_t count,
                        struct voices **voices, struct error *err)
{
    *voices = arena_zero(arena, count, sizeof **voices, err);
    for (size_t i = 0; *voices && i < count; i++)
        if (!current_opinions(arena, review, items[i], &(*voices)[i].opinions,
                              &(*voices)[i].count, err))
            return false;
    return *voices != NULL;
}

bool put_disputes(struct buf *out, struct arena *arena,
                  const struct review *review,
                  const struct review_item *const *items, size_t count,
                  const struct dispute_form *form, struct error *err)
{
    static const struct table_column columns[] = {
        {"REVIEWER", TABLE_LEFT, NAME_WIDTH},
        {"REALISTIC", TABLE_LEFT, 0},
        {"IMPORTANCE", TABLE_LEFT, 0},
        {"PREP", TABLE_RIGHT, 0},
        {"RSVP", TABLE_LEFT, 0},
        {"WHY", TABLE_LEFT, 0}};
    struct voices *voices;
    struct buf printed = BUF_EMPTY;
    struct table table;
    const char *rows;
    bool ok = find_voices(arena, review, items, count, &voices, err);

    table_start(&table, arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; ok && i < count; i++)
        ok = add_rows(&table, items[i], &voices[i], form->on_screen, err);
    ok = ok && table_print(&table, 2, &printed, err) && buf_ok(&printed, err);
    rows = buf_string(&printed);
    if (ok)
        copy_line(out, &rows);
    for (size_t i = 0; ok && i < count; i++) {
        if (form->headings)
            buf_text(out, form->headings[i]);
        put_item(out, &rows, items[i], &voices[i], form->on_screen);
    }
    buf_free(&printed);
    return ok;
}
