/* Events as lines of JSON.  This runs once a meeting, a hundred thousand times
 * in a row: literal pieces are joined, and nothing is formatted. */
#include "datebook/graph.h"

#include "src/graph/names.h"

#define LITERAL(buf, text) buf_add(buf, text, sizeof(text) - 1)

static void add_status(struct buf *buf, enum event_response response,
                       civil_minute responded_at)
{
    char text[GRAPH_TIME_SIZE];

    LITERAL(buf, "{\"response\":\"");
    buf_text(buf, graph_response_name(response));
    if (responded_at == NO_TIME) {
        LITERAL(buf, "\",\"time\":\"0001-01-01T00:00:00Z\"}");
        return;
    }
    LITERAL(buf, "\",\"time\":\"");
    civil_format_graph(responded_at, text);
    /* Graph cuts the zeros of a fraction here, unlike in start and end. */
    buf_add(buf, text, sizeof "YYYY-MM-DDTHH:MM:SS" - 1);
    LITERAL(buf, "Z\"}");
}

static void add_time(struct buf *buf, civil_minute minute, const char *zone)
{
    char text[GRAPH_TIME_SIZE];

    LITERAL(buf, "{\"dateTime\":\"");
    civil_format_graph(minute, text);
    buf_add(buf, text, GRAPH_TIME_SIZE - 1);
    LITERAL(buf, "\",\"timeZone\":");
    buf_json(buf, zone);
    buf_char(buf, '}');
}

static void add_address(struct buf *buf, const char *name, const char *address)
{
    LITERAL(buf, "\"emailAddress\":{\"name\":");
    buf_json(buf, name);
    LITERAL(buf, ",\"address\":");
    buf_json(buf, address);
    buf_char(buf, '}');
}

static void add_attendees(struct buf *buf, const struct event *event)
{
    for (size_t i = 0; i < event->attendee_count; i++) {
        const struct attendee *attendee = &event->attendees[i];
        if (i)
            buf_char(buf, ',');
        LITERAL(buf, "{\"type\":\"");
        buf_text(buf, attendee_type_name(attendee->type));
        LITERAL(buf, "\",\"status\":");
        add_status(buf, attendee->response, attendee->responded_at);
        buf_char(buf, ',');
        add_address(buf, attendee->name, attendee->address);
        buf_char(buf, '}');
    }
}

void graph_write(struct buf *buf, const struct event *event)
{
    LITERAL(buf, "{\"@odata.etag\":");
    buf_json(buf, event->etag);
    LITERAL(buf, ",\"id\":");
    buf_json(buf, event->id);
    LITERAL(buf, ",\"subject\":");
    buf_json(buf, event->subject);
    LITERAL(buf, ",\"bodyPreview\":");
    buf_json(buf, event->preview);
    LITERAL(buf, ",\"seriesMasterId\":");
    buf_json(buf, event->series_master_id);
    LITERAL(buf, ",\"showAs\":\"");
    buf_text(buf, show_as_name(event->show_as));
    LITERAL(buf, "\",\"type\":\"");
    buf_text(buf, graph_type_name(event->type));
    LITERAL(buf, "\",\"webLink\":");
    buf_json(buf, event->web_link);
    LITERAL(buf, ",\"responseStatus\":");
    add_status(buf, event->response, event->responded_at);
    LITERAL(buf, ",\"start\":");
    add_time(buf, event->start, event->time_zone);
    LITERAL(buf, ",\"end\":");
    add_time(buf, event->end, event->time_zone);
    LITERAL(buf, ",\"attendees\":[");
    add_attendees(buf, event);
    LITERAL(buf, "],\"organizer\":{");
    add_address(buf, event->organizer_name, event->organizer_address);
    LITERAL(buf, "}}");
}
