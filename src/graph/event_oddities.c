/* Findings about the fields of one event.  They name fields, and never what
 * stands in them: a calendar is private. */
#include "src/graph/event_oddities.h"

#include "datebook/spelling.h"

#include <string.h>
#include <strings.h>

bool event_is_one(const cJSON *tree)
{
    static const char *const names[] = {"start",
                                        "end",
                                        "subject",
                                        "organizer",
                                        "attendees",
                                        "bodyPreview",
                                        "responseStatus",
                                        "showAs",
                                        "seriesMasterId",
                                        "isAllDay",
                                        "iCalUId",
                                        "webLink",
                                        "id",
                                        "recurrence",
                                        "location"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_member(tree, names[i]))
            return true;
    return false;
}

static bool say(const struct oddity_report *report,
                enum calendar_severity severity, const char *field,
                const char *text, struct error *err)
{
    return report->say(report->context, severity, field, text, err);
}

/* A member of start or end, in any case: delta answers have "DateTime". */
static const char *time_text(const cJSON *time, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(time, name));
}

/* The field of "start" or "end" that is meant. */
static const char *time_field(bool start, bool whole)
{
    if (start)
        return whole ? "start" : "start.dateTime";
    return whole ? "end" : "end.dateTime";
}

static bool check_time(const cJSON *tree, bool start,
                       const struct oddity_report *report, civil_minute *minute,
                       bool *good, struct error *err)
{
    const char *field = time_field(start, true);
    const cJSON *time = json_member(tree, field);
    const char *text = time_text(time, "dateTime");

    *good = false;
    if (!time || cJSON_IsNull(time))
        return say(report, CALENDAR_WARNING, field,
                   time ? "is null" : "is missing", err);
    if (!cJSON_IsObject(time))
        return say(report, CALENDAR_WARNING, field, "is no object", err);
    field = time_field(start, false);
    if (!text)
        return say(report, CALENDAR_WARNING, field, "is missing", err);
    *good = civil_parse_graph(text, minute);
    return *good || say(report, CALENDAR_WARNING, field,
                        "does not read like 2025-11-15T10:00:00.0000000", err);
}

static bool check_times(const cJSON *tree, const struct oddity_report *report,
                        bool *timed, struct error *err)
{
    const char *zones[2];
    civil_minute start = 0;
    civil_minute end = 0;
    bool good[2];

    if (!check_time(tree, true, report, &start, &good[0], err) ||
        !check_time(tree, false, report, &end, &good[1], err))
        return false;
    *timed = good[0] && good[1];
    if (!*timed)
        return true;
    zones[0] = time_text(json_member(tree, "start"), "timeZone");
    zones[1] = time_text(json_member(tree, "end"), "timeZone");
    if (zones[0] && zones[1] && strcasecmp(zones[0], zones[1]) != 0)
        return say(report, CALENDAR_NOTE, "end.timeZone",
                   "is not that of start: the event has no known length", err);
    return end >= start ||
           say(report, CALENDAR_WARNING, "end", "is before start", err);
}

static bool check_name(const cJSON *holder, const char *member,
                       const char *path, const struct oddity_report *report,
                       struct error *err)
{
    const char *value = json_member_text(holder, member);

    if (!value)
        return true;
    switch (graph_spelling(graph_enumeration(path), value)) {
    case SPELLING_OTHER_CASE:
        return say(report, CALENDAR_WARNING, path,
                   "is in capitals where Graph has none, or the other way "
                   "round",
                   err);
    case SPELLING_UNKNOWN:
        return say(report, CALENDAR_WARNING, path,
                   "is none of the values that Graph documents", err);
    case SPELLING_EXACT:
        break;
    }
    return true;
}

static bool check_address(const cJSON *attendee,
                          const struct oddity_report *report, struct error *err)
{
    const cJSON *both = json_member(attendee, "emailAddress");
    const char *address = json_member_text(both, "address");

    if (!cJSON_IsObject(both))
        return say(report, CALENDAR_NOTE, "attendees[].emailAddress",
                   "is missing", err);
    return !address || strchr(address, '@') ||
           say(report, CALENDAR_NOTE, "attendees[].emailAddress.address",
               "is no mail address", err);
}

static bool check_attendees(const cJSON *tree,
                            const struct oddity_report *report,
                            struct error *err)
{
    const cJSON *list = json_member(tree, "attendees");
    const cJSON *one;

    if (list && !cJSON_IsNull(list) && !cJSON_IsArray(list))
        return say(report, CALENDAR_WARNING, "attendees", "is no list", err);
    cJSON_ArrayForEach (one, list) {
        const cJSON *status = json_member(one, "status");
        if (!cJSON_IsObject(one)) {
            if (!say(report, CALENDAR_WARNING, "attendees[]", "is no object",
                     err))
                return false;
        } else if (!check_address(one, report, err) ||
                   !check_name(one, "type", "attendees[].type", report, err) ||
                   !check_name(status, "response",
                               "attendees[].status.response", report, err))
            return false;
    }
    return true;
}

bool event_oddities(const cJSON *tree, const struct oddity_report *report,
                    bool *timed, struct error *err)
{
    const char *id = json_member_text(tree, "id");

    if ((!id || !*id) &&
        !say(report, CALENDAR_NOTE, "id", id ? "is empty" : "is missing", err))
        return false;
    return check_times(tree, report, timed, err) &&
           check_name(tree, "type", "type", report, err) &&
           check_name(tree, "showAs", "showAs", report, err) &&
           check_name(json_member(tree, "responseStatus"), "response",
                      "responseStatus.response", report, err) &&
           check_attendees(tree, report, err);
}
