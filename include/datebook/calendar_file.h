/* Calendars as other programs write them: answers of Microsoft Graph and what
 * people make of them, read one event at a time.
 *
 * Accepted are an answer {"value":[…]} with or without @odata.context,
 * nextLink and deltaLink (stubs with "@removed" are counted), one event, a
 * list of events, JSON Lines, {"metadata":{…},"events":[…]}, and the
 * {"responses":[…]} of $batch; several such values one after the other, too.
 * A byte order mark, CRLF, and UTF-16 with its mark are fine.  Search hits and
 * {"error":{…}} are refused.  No link is ever followed.
 *
 * Of the whole file there is only its text; each event is parsed alone, so
 * that a big file needs no big tree.  An event that cannot be read is a
 * finding, and those after it are read all the same. */
#ifndef DATEBOOK_CALENDAR_FILE_H
#define DATEBOOK_CALENDAR_FILE_H

#include "datebook/graph.h"
#include "datebook/monitor.h"

#include <stdint.h>

/* Of the file, in bytes: its text, or two copies of it for a moment, must fit
 * into memory. */
#define CALENDAR_FILE_LIMIT ((size_t)1 << 30)

enum { CALENDAR_FILE_DEPTH = 100 }; /* of lists and objects in an event */

enum calendar_severity {
    CALENDAR_NOTE,    /* worth knowing, and as it should be */
    CALENDAR_WARNING, /* the event is read, with a grain of salt */
    CALENDAR_ERROR    /* it is not read */
};

/* "note", "warning", "error" */
const char *calendar_severity_name(enum calendar_severity severity);

/* Valid until the visitor returns. */
struct calendar_finding {
    enum calendar_severity severity;
    int64_t index;     /* of the event among those of the file, from 1; 0: of
                          the file itself */
    int64_t line;      /* where the event starts, from 1 */
    const char *id;    /* of the event, as it is; NULL when it has none */
    const char *field; /* "start.dateTime"; "" for the event as a whole */
    const char *text;  /* "is missing"; holds no value of the file */
};

/* Valid until the visitor returns. */
struct calendar_event {
    int64_t index;
    int64_t line;
    const cJSON *tree;
    const char *text; /* the event as it stands in the file, in UTF-8 */
    size_t length;
    const struct meeting_facts *facts; /* NULL: start or end is no time */
    bool known_id; /* an earlier event, with other content, has its id */
};

/* Functions that return false end the reading, with their error. */
struct calendar_visitor {
    bool (*event)(void *context, const struct calendar_event *event,
                  struct error *err);
    /* NULL: findings are only counted. */
    bool (*finding)(void *context, const struct calendar_finding *finding,
                    struct error *err);
    void *context;
};

struct calendar_summary {
    int64_t found;      /* things where an event should stand */
    int64_t events;     /* of these, given to the visitor */
    int64_t duplicates; /* the same again, id and content: left out */
    int64_t removed;    /* stubs of deleted events: left out */
    int64_t unreadable; /* left out, each with an error */
    int64_t findings[CALENDAR_ERROR + 1];
    bool more_pages; /* a nextLink: the file is not the whole calendar */
    bool utf16;      /* the file was converted */
    bool cut;        /* it ends, or is no JSON any more, amid the events */
};

/* Reads a file; errors are ERROR_INPUT and name it.  A file in which something
 * should be an event and nothing is one is such an error; one without events is
 * none. */
bool calendar_file_read(const char *path,
                        const struct calendar_visitor *visitor,
                        const struct monitor *monitor,
                        struct calendar_summary *summary,
                        struct error *err) CHECKED;

/* The same of a text, which `source` names in messages. */
bool calendar_text_read(const char *text, size_t length, const char *source,
                        const struct calendar_visitor *visitor,
                        const struct monitor *monitor,
                        struct calendar_summary *summary,
                        struct error *err) CHECKED;

#endif
