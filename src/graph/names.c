/* Graph's spelling of its enumerations, in the order of ours. */
#include "src/graph/names.h"

#include <strings.h>

static const char *const types[] = {"singleInstance", "occurrence", "exception",
                                    "seriesMaster", NULL};
static const char *const responses[] = {
    "none",         "organizer", "tentativelyAccepted", "accepted", "declined",
    "notResponded", NULL};
static const char *const shows[] = {"free", "tentative",        "busy",
                                    "oof",  "workingElsewhere", NULL};
static const char *const attendees[] = {"required", "optional", "resource",
                                        NULL};

const char *graph_type_name(enum event_type type)
{
    return types[type];
}

const char *graph_response_name(enum event_response response)
{
    return responses[response];
}

const char *show_as_name(enum event_show_as show_as)
{
    return shows[show_as];
}

const char *attendee_type_name(enum attendee_type type)
{
    return attendees[type];
}

/* The place of a name among `names`, whatever its case; `other` for a name
 * that is missing or that Graph may add one day. */
static unsigned place_of(const char *const *names, const char *name,
                         unsigned other)
{
    for (unsigned i = 0; name && names[i]; i++)
        if (!strcasecmp(names[i], name))
            return i;
    return other;
}

enum event_response response_of(const char *name)
{
    return (enum event_response)place_of(responses, name, RESPONSE_NONE);
}

enum attendee_type attendee_type_of(const char *name)
{
    return (enum attendee_type)place_of(attendees, name, ATTENDEE_REQUIRED);
}

enum event_show_as show_as_of(const char *name)
{
    return (enum event_show_as)place_of(shows, name, SHOW_BUSY);
}

enum event_type event_type_of(const char *name, bool in_series)
{
    return (enum event_type)place_of(
        types, name, in_series ? EVENT_OCCURRENCE : EVENT_SINGLE);
}
