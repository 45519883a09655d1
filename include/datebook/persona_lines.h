/* What a model is told of a persona, a line each: "Role: Sales Manager".
 *
 * A line gets a line break before it, unless it is the first; where there is
 * nothing to say there is no line.  Long prose is cut. */
#ifndef DATEBOOK_PERSONA_LINES_H
#define DATEBOOK_PERSONA_LINES_H

#include "datebook/buf.h"
#include "datebook/persona.h"

/* The prose alone: in one line, with single spaces. */
void prose_in_line(struct buf *buf, const char *text);

void persona_line(struct buf *buf, const char *label, const char *text);

/* A member that is text, or a number as people may write for a team's size. */
void persona_line_member(struct buf *buf, const char *label,
                         const cJSON *object, const char *name);

/* "A usual week: 26 to 30 hours of meetings: customer calls 32%, …" */
void persona_line_week(struct buf *buf, const struct persona *persona);

#endif
