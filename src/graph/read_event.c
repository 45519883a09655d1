/* Events that were put away as documents, to be changed and written again. */
#include "datebook/graph.h"

#include "src/graph/names.h"

#include <string.h>

static const char *text_of(const cJSON *object, const char *name)
{
    return json_member_text(object, name);
}

/* "YYYY-MM-DDTHH:MM:SSZ", or the first of all times for none. */
static bool read_status(const cJSON *status, const char *path,
                        enum event_response *response, civil_minute *at,
                        struct error *err)
{
    const char *text = text_of(status, "time");
    char minute[sizeof "YYYY-MM-DDTHH:MM"];

    *response = response_of(text_of(status, "response"));
    *at = NO_TIME;
    if (!text || strlen(text) < sizeof minute - 1)
        return error_set(err, ERROR_INPUT, "%s.time: is no time", path);
    if (!strncmp(text, "0001-", 5))
        return true;
    memcpy(minute, text, sizeof minute - 1);
    minute[sizeof minute - 1] = '\0';
    if (!civil_parse_graph(minute, at))
        return error_set(err, ERROR_INPUT, "%s.time: is no time", path);
    return true;
}

static bool read_time(const cJSON *document, const char *name,
                      civil_minute *minute, const char **zone,
                      struct error *err)
{
    const cJSON *time = json_member(document, name);
    const char *text = text_of(time, "dateTime");

    *zone = text_of(time, "timeZone");
    if (!text || !*zone || !civil_parse_graph(text, minute))
        return error_set(err, ERROR_INPUT, "%s: is no time", name);
    return true;
}

static void read_address(const cJSON *holder, const char **name,
                         const char **address)
{
    const cJSON *both = json_member(holder, "emailAddress");

    *name = text_of(both, "name");
    *address = text_of(both, "address");
}

static bool read_attendees(struct arena *arena, const cJSON *list,
                           struct event *event, struct error *err)
{
    const cJSON *item;

    event->attendees = arena_zero(arena, (size_t)cJSON_GetArraySize(list) + 1,
                                  sizeof *event->attendees, err);
    if (!event->attendees)
        return false;
    cJSON_ArrayForEach (item, list) {
        struct attendee *attendee = &event->attendees[event->attendee_count++];
        attendee->type = attendee_type_of(text_of(item, "type"));
        read_address(item, &attendee->name, &attendee->address);
        if (!read_status(json_member(item, "status"), "attendees.status",
                         &attendee->response, &attendee->responded_at, err))
            return false;
    }
    return true;
}

bool graph_read_event(struct arena *arena, const cJSON *document,
                      struct event *event, struct error *err)
{
    const char *zone;

    *event = (struct event){
        .etag = text_of(document, "@odata.etag"),
        .id = text_of(document, "id"),
        .subject = text_of(document, "subject"),
        .preview = text_of(document, "bodyPreview"),
        .series_master_id = text_of(document, "seriesMasterId"),
        .show_as = show_as_of(text_of(document, "showAs")),
        .web_link = text_of(document, "webLink"),
    };
    if (!event->id)
        return error_set(err, ERROR_INPUT, "id: is missing");
    event->type =
        event_type_of(text_of(document, "type"), event->series_master_id);
    read_address(json_member(document, "organizer"), &event->organizer_name,
                 &event->organizer_address);
    return read_status(json_member(document, "responseStatus"),
                       "responseStatus", &event->response, &event->responded_at,
                       err) &&
           read_time(document, "start", &event->start, &event->time_zone,
                     err) &&
           read_time(document, "end", &event->end, &zone, err) &&
           read_attendees(arena, json_member(document, "attendees"), event,
                          err);
}
