/* What commands print with: text that is safe on a terminal, tables, numbers.
 *
 * Text that comes from data goes through terminal_text or a table, never to
 * the terminal as it is.  Widths are columns of a terminal: a CJK character
 * takes two, a combining mark none. */
#ifndef DATEBOOK_TABLE_H
#define DATEBOOK_TABLE_H

#include "datebook/arena.h"
#include "datebook/buf.h"

#include <stdint.h>

/* Adds a text in one line.  Tab and line breaks (CR LF is one) become a space;
 * other control characters are shown as \x1b; invisible characters that
 * reorder or hide text (bidi controls, zero-width spaces, tags) as \u202e; a
 * byte that is not UTF-8 becomes U+FFFD.  All else is added as it is. */
void terminal_text(struct buf *buf, const char *text);

/* The same for each line of a text: its line feeds are kept. */
void terminal_lines(struct buf *buf, const char *text);

/* Columns that a text takes; one without control characters is assumed. */
int text_width(const char *text);

/* Adds as much of a text as fits into `width` columns; one that is cut ends in
 * "…".  Returns the columns added. */
int text_cut(struct buf *buf, const char *text, int width);

/* 1234567 as "1,234,567". */
void text_number(struct buf *buf, int64_t value);

/* A part of a whole as "12.3%"; "-" when the whole is 0. */
void text_percent(struct buf *buf, int64_t part, int64_t whole);

/* A bar of at most `width` columns in eighths ("██▌"), without padding. */
void text_bar(struct buf *buf, int64_t part, int64_t whole, int width);

enum table_align { TABLE_LEFT, TABLE_RIGHT };

struct table_column {
    const char *header; /* NULL in all columns: no header line */
    enum table_align align;
    int max_width; /* longer cells are cut; 0: as wide as needed */
};

struct table_row;

struct table {
    struct arena *arena;
    const struct table_column *columns; /* of the caller, who keeps them */
    size_t column_count;
    struct table_row *first;
    struct table_row *last;
    size_t row_count;
    bool failed; /* memory ran out; table_print says so */
};

/* Starts a table whose rows live in the arena. */
void table_start(struct table *table, struct arena *arena,
                 const struct table_column *columns, size_t column_count);

/* Adds a row of cells up to a NULL; cells that are left out are blank, those
 * past the last column are ignored.  The texts are made safe and copied, so
 * they may change afterwards. */
void table_row(struct table *table, ...) __attribute__((sentinel));

/* The same from an array of one text a column; NULL is a blank cell. */
void table_cells(struct table *table, const char *const *cells);

/* Adds the table: columns two spaces apart, no space at the end of a line, and
 * `indent` spaces before each. */
bool table_print(const struct table *table, int indent, struct buf *buf,
                 struct error *err) CHECKED;

#endif
