/* Tables: rows are kept until the end, when the widths are known. */
#include "datebook/table.h"

#include <string.h>

struct table_row {
    struct table_row *next;
    const char *cells[]; /* one a column, safe for a terminal */
};

enum { GAP = 2 };

void table_start(struct table *table, struct arena *arena,
                 const struct table_column *columns, size_t column_count)
{
    memset(table, 0, sizeof *table);
    table->arena = arena;
    table->columns = columns;
    table->column_count = column_count;
}

/* An empty row at the end of the table; NULL when memory ran out. */
static struct table_row *add_row(struct table *table)
{
    struct error ignored;
    struct table_row *row = NULL;

    if (!table->failed)
        row = arena_zero(table->arena, 1,
                         sizeof *row + table->column_count * sizeof *row->cells,
                         &ignored);
    if (!row) {
        table->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < table->column_count; i++)
        row->cells[i] = "";
    if (table->last)
        table->last->next = row;
    else
        table->first = row;
    table->last = row;
    table->row_count++;
    return row;
}

/* A safe copy of a text, cut to the widest that its column may be. */
static void set_cell(struct table *table, struct table_row *row, size_t column,
                     const char *text)
{
    struct buf safe = BUF_EMPTY;
    struct buf cut = BUF_EMPTY;
    struct error ignored;
    int limit = table->columns[column].max_width;
    const char *cell = NULL;

    terminal_text(&safe, text);
    if (limit > 0)
        text_cut(&cut, buf_string(&safe), limit);
    if (!safe.failed && !cut.failed)
        cell = arena_text(table->arena, buf_string(limit > 0 ? &cut : &safe),
                          &ignored);
    if (cell)
        row->cells[column] = cell;
    else
        table->failed = true;
    buf_free(&safe);
    buf_free(&cut);
}

void table_row(struct table *table, ...)
{
    struct table_row *row = add_row(table);
    const char *text;
    va_list texts;

    if (!row)
        return;
    va_start(texts, table);
    for (size_t i = 0;
         i < table->column_count && (text = va_arg(texts, const char *)); i++)
        set_cell(table, row, i, text);
    va_end(texts);
}

void table_cells(struct table *table, const char *const *cells)
{
    struct table_row *row = add_row(table);

    for (size_t i = 0; row && i < table->column_count; i++)
        if (cells[i])
            set_cell(table, row, i, cells[i]);
}

static bool has_header(const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].header)
            return true;
    return false;
}

static int column_width(const struct table *table, size_t column)
{
    const char *header = table->columns[column].header;
    int width = header ? text_width(header) : 0;

    for (const struct table_row *row = table->first; row; row = row->next) {
        int cell = text_width(row->cells[column]);
        if (cell > width)
            width = cell;
    }
    return width;
}

static void add_spaces(struct buf *buf, int count)
{
    for (int i = 0; i < count; i++)
        buf_char(buf, ' ');
}

/* One cell with what goes before it; spaces that nothing follows are held back
 * in `owed`. */
static void print_cell(const struct table *table, size_t column,
                       const char *cell, int width, int *owed, struct buf *buf)
{
    int rest = width - text_width(cell);

    if (table->columns[column].align == TABLE_RIGHT) {
        *owed += rest;
        rest = 0;
    }
    if (*cell) {
        add_spaces(buf, *owed);
        buf_text(buf, cell);
        *owed = 0;
    }
    *owed += rest + GAP;
}

bool table_print(const struct table *table, int indent, struct buf *buf,
                 struct error *err)
{
    int *widths =
        arena_zero(table->arena, table->column_count, sizeof *widths, err);
    int owed = indent;

    if (!widths)
        return false;
    if (table->failed)
        return error_memory(err);
    for (size_t i = 0; i < table->column_count; i++)
        widths[i] = column_width(table, i);
    for (size_t i = 0; has_header(table) && i < table->column_count; i++) {
        const char *header = table->columns[i].header;
        print_cell(table, i, header ? header : "", widths[i], &owed, buf);
    }
    if (has_header(table))
        buf_char(buf, '\n');
    for (const struct table_row *row = table->first; row; row = row->next) {
        owed = indent;
        for (size_t i = 0; i < table->column_count; i++)
            print_cell(table, i, row->cells[i], widths[i], &owed, buf);
        buf_char(buf, '\n');
    }
    return buf_ok(buf, err);
}
