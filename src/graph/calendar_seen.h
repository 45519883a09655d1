/* Which events of a file were met before; for src/graph only. */
#ifndef DATEBOOK_GRAPH_CALENDAR_SEEN_H
#define DATEBOOK_GRAPH_CALENDAR_SEEN_H

#include "datebook/arena.h"

#include <stdint.h>

/* All zeros is empty.  32 to 64 bytes an event. */
struct calendar_seen {
    struct seen_slot *slots;
    size_t size; /* a power of two, or 0 */
    size_t used;
};

enum seen_before {
    SEEN_NEVER,
    SEEN_SAME, /* the same content under the same id */
    SEEN_OTHER /* other content */
};

/* Looks an event up by its id, byte by byte, and remembers it with its content;
 * later ones are held against the first. */
bool calendar_seen_add(struct calendar_seen *seen, const char *id,
                       const char *content, size_t length,
                       enum seen_before *before, struct error *err) CHECKED;
void calendar_seen_free(struct calendar_seen *seen);

#endif
