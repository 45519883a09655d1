/* Names of Graph's enumerations, for src/graph only.  Reading ignores case:
 * Microsoft's own samples hold "Required" and "None". */
#ifndef DATEBOOK_GRAPH_NAMES_H
#define DATEBOOK_GRAPH_NAMES_H

#include "datebook/graph.h"

const char *show_as_name(enum event_show_as show_as);
const char *attendee_type_name(enum attendee_type type);

/* A name that is NULL or unknown gives none, required, busy, and an occurrence
 * if the event names a series master, else a single instance. */
enum event_response response_of(const char *name);
enum attendee_type attendee_type_of(const char *name);
enum event_show_as show_as_of(const char *name);
enum event_type event_type_of(const char *name, bool in_series);

#endif
