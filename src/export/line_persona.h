/* Whose meeting an exported line is. */
#ifndef DATEBOOK_EXPORT_LINE_PERSONA_H
#define DATEBOOK_EXPORT_LINE_PERSONA_H

#include "datebook/arena.h"

/* The text of the member "persona_id" of a line, valid as long as the line and
 * the arena.  ERROR_INPUT, naming `source`, for a line that is no JSON object
 * with one such member. */
bool line_persona(struct arena *arena, const char *line, size_t length,
                  const char *source, const char **id, size_t *id_length,
                  struct error *err) CHECKED;

#endif
