/* Meetings in the form of Microsoft Graph's `event` resource.
 *
 * Writing is exact: thirteen keys in the order of a calendarView export, times
 * of 27 characters, "0001-01-01T00:00:00Z" for no time.  Reading takes what
 * the rules and the statistics need and leaves the document alone. */
#ifndef DATEBOOK_GRAPH_H
#define DATEBOOK_GRAPH_H

#include "datebook/buf.h"
#include "datebook/json.h"
#include "datebook/meeting.h"

enum event_response {
    RESPONSE_NONE,
    RESPONSE_ORGANIZER,
    RESPONSE_TENTATIVE,
    RESPONSE_ACCEPTED,
    RESPONSE_DECLINED,
    RESPONSE_NOT_RESPONDED
};

enum event_show_as {
    SHOW_FREE,
    SHOW_TENTATIVE,
    SHOW_BUSY,
    SHOW_OUT_OF_OFFICE,
    SHOW_WORKING_ELSEWHERE
};

enum attendee_type { ATTENDEE_REQUIRED, ATTENDEE_OPTIONAL, ATTENDEE_RESOURCE };

struct attendee {
    enum attendee_type type;
    enum event_response response;
    civil_minute responded_at; /* UTC; NO_TIME for none */
    const char *name;
    const char *address;
};

#define NO_TIME INT64_MIN

struct event {
    const char *etag;
    const char *id;
    const char *subject;
    const char *preview;
    const char *series_master_id; /* NULL for a single meeting */
    enum event_show_as show_as;
    enum event_type type;
    const char *web_link;
    enum event_response response; /* of the persona */
    civil_minute responded_at;    /* UTC; NO_TIME for none */
    civil_minute start;           /* wall clock of `time_zone` */
    civil_minute end;
    const char *time_zone;
    struct attendee *attendees;
    size_t attendee_count;
    const char *organizer_name;
    const char *organizer_address;
};

/* Adds the event as one line of JSON, without a newline.  A text that is NULL
 * becomes null. */
void graph_write(struct buf *buf, const struct event *event);

/* Graph's spelling: "singleInstance", "notResponded" … */
const char *graph_type_name(enum event_type type);
const char *graph_response_name(enum event_response response);

/* Takes the facts from an event that the program has just made: the same as
 * graph_read_facts from what graph_write makes of it.  Subject and preview
 * point into the event. */
bool graph_facts(struct arena *arena, const struct event *event,
                 struct meeting_facts *facts, struct error *err) CHECKED;

/* Takes the facts from a document.  Tolerates what real calendars hold (nulls,
 * missing fields, enumerations in other case); an error is ERROR_INPUT and
 * names the field: no object, no start or end, or a time that is none.
 * Subject and preview point into the document. */
bool graph_read_facts(struct arena *arena, const cJSON *document,
                      struct meeting_facts *facts, struct error *err) CHECKED;

/* Reads an event that graph_write has written: what it makes of the result is
 * the same text.  Texts point into the document, the attendees into the arena.
 * ERROR_INPUT names the field that is missing or is no time. */
bool graph_read_event(struct arena *arena, const cJSON *document,
                      struct event *event, struct error *err) CHECKED;

#endif
