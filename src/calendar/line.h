/* Lines of bounded length, into which texts are written. */
#ifndef CALENDAR_LINE_H
#define CALENDAR_LINE_H

#include "datebook/arena.h"

#include <stddef.h>
#include <stdint.h>

enum { LINE_SIZE = 2048 };

struct line {
    char data[LINE_SIZE];
    size_t length;
};

uint64_t text_hash(const char *text);
void line_clear(struct line *line);
void line_add(struct line *line, const char *text, size_t length);
/* Cuts at 255 UTF-16 units, between words. */
void line_cut(struct line *line);
/* The same, after a whole sentence where there is one. */
void line_cut_sentence(struct line *line);
/* False, and only the first bytes are left, when the line is too long. */
bool line_keep(struct line *line, size_t length);
/* Where two texts meet a word may stand twice ("Ledger Software software"):
 * takes the second one away. */
void line_join(struct line *line, size_t at);
/* A text as it may stand in a subject: no braces, no control characters,
 * single spaces, at most 120 units. */
char *phrase_clean(struct arena *arena, const char *text, struct error *err);

#endif
