/* The text of a file in UTF-8; for src/graph only. */
#ifndef DATEBOOK_GRAPH_CALENDAR_BYTES_H
#define DATEBOOK_GRAPH_CALENDAR_BYTES_H

#include "datebook/arena.h"

enum text_encoding {
    TEXT_UTF8,
    TEXT_UTF16,      /* with its byte order mark */
    TEXT_UTF16_BARE, /* what looks like it, without one */
};

/* What the first bytes say. */
enum text_encoding text_encoding(const char *bytes, size_t length);

/* UTF-16 with its mark as UTF-8 in the arena; half a pair of surrogates, and an
 * odd byte at the end, become U+FFFD and are counted in *broken. */
char *text_from_utf16(struct arena *arena, const char *bytes, size_t length,
                      size_t *converted, size_t *broken,
                      struct error *err) CHECKED;

#endif
