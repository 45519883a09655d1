/* The series of a meeting, from its document. */
#ifndef DATEBOOK_SPLIT_SERIES_H
#define DATEBOOK_SPLIT_SERIES_H

#include "datebook/arena.h"

/* seriesMasterId of a document; *id is NULL when there is none, and points into
 * the document or the arena.  Reads no further than it has to. */
bool series_of(struct arena *arena, const char *document, size_t length,
               const char **id, size_t *id_length, struct error *err) CHECKED;

#endif
