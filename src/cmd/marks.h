/* Showing where rules found their words. */
#ifndef DATEBOOK_CMD_MARKS_H
#define DATEBOOK_CMD_MARKS_H

#include "cli.h"

/* "subject", "preview", "people" */
const char *text_name(enum rules_text which);

/* Adds the bytes from one place of a text to another, made safe; the lines of
 * a list of people become commas. */
void put_text_part(struct buf *out, enum rules_text which, const char *text,
                   size_t from, size_t to);

/* Adds a text with the words marked that made rules fire: in bold on a
 * terminal, else in [brackets].  Matches are ordered by text and start and may
 * overlap; those of other texts are passed over. */
void put_marked_text(struct buf *out, enum rules_text which, const char *text,
                     const struct rule_match *matches, size_t count);

/* What stands around marked words. */
struct mark_style {
    const char *open;
    const char *close;
};

/* The same of the bytes from one place of a text to another, in a style. */
void put_marked_part(struct buf *out, enum rules_text which, const char *text,
                     size_t from, size_t to, const struct rule_match *matches,
                     size_t count, const struct mark_style *style);

#endif
