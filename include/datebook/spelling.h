/* Graph's enumerations as its published metadata (v1.0) spells them, for
 * judging what other programs write.  datebook/graph.h has those that our own
 * events use, as values. */
#ifndef DATEBOOK_SPELLING_H
#define DATEBOOK_SPELLING_H

/* The names that a field may have, up to a NULL, or NULL when it is no
 * enumeration.  Paths are "showAs", "attendees[].status.response",
 * "recurrence.pattern.daysOfWeek[]". */
const char *const *graph_enumeration(const char *path);

enum spelling {
    SPELLING_EXACT,
    SPELLING_OTHER_CASE, /* "Required", of Microsoft's own samples */
    SPELLING_UNKNOWN     /* Graph may add names at any time */
};

enum spelling graph_spelling(const char *const *names, const char *value);

#endif
