/* What the rules, the statistics and the store see of a meeting: plain values,
 * extracted once, so that nothing of them parses a document. */
#ifndef DATEBOOK_MEETING_H
#define DATEBOOK_MEETING_H

#include "datebook/civil.h"

enum event_type {
    EVENT_SINGLE,
    EVENT_OCCURRENCE,
    EVENT_EXCEPTION,
    EVENT_SERIES_MASTER
};

struct meeting_facts {
    const char *subject; /* "" when null or missing */
    const char *preview;
    const char *people; /* names of attendees and then the organizer, each
                           person once, each name followed by a newline;
                           rooms are not people */
    int attendees;      /* those people, with or without a name; two with the
                           same address in any case are one */
    int required;       /* entries of the attendee list by type; one without a
                           known type is required */
    int optional;
    int resources;
    bool external;  /* people with addresses of more than one domain */
    bool recurring; /* anything but a single instance */
    bool organizer; /* the persona organizes it */
    bool overlaps;  /* it shares time with another meeting of the persona that
                       was added in the same version; no document says so */
    enum event_type type;
    civil_minute start;
    int minutes; /* end - start; 0 when that is negative or they are in
                    different zones */
};

#endif
