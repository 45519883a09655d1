/* Texts laid out in lines of a terminal: wrapped, side by side, in pages.
 *
 * Texts are safe for a terminal already, and may hold styles (terminal.h); no
 * style goes on over the end of a line. */
#ifndef DATEBOOK_CMD_TERMINAL_LINES_H
#define DATEBOOK_CMD_TERMINAL_LINES_H

#include "terminal.h"

/* Columns of a text in one line; styles take none. */
int styled_width(const char *text);

/* Adds a text in lines of at most `width` columns, each with a newline behind
 * it.  Lines are broken at spaces, and longer words anywhere; all but the first
 * start with `indent` spaces.  Newlines of the text stay. */
void wrap_text(struct buf *out, const char *text, int width, int indent);

/* Adds two texts of lines side by side: the left one, no line of which is wider
 * than `width`, a line between them, and the right one. */
void put_beside(struct buf *out, const char *left, int width,
                const char *right);
enum { BESIDE_GAP = 3 }; /* columns between the two */

int count_lines(const char *text);

/* Adds lines of a text from number `first`, `count` at most. */
void put_lines(struct buf *out, const char *text, int first, int count);

/* What of a text of lines is on the screen. */
struct page {
    int first; /* line */
    int lines; /* that fit */
    int total;
};

/* Turns to the next page, after the last one to the first; and back. */
void page_next(struct page *page);
void page_back(struct page *page);

#endif
