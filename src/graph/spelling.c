/* The lists, in the order of the metadata, and the fields that have them. */
#include "datebook/spelling.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const show_as[] = {
    "unknown", "free", "tentative", "busy", "oof", "workingElsewhere", NULL};
static const char *const types[] = {"singleInstance", "occurrence", "exception",
                                    "seriesMaster", NULL};
static const char *const responses[] = {
    "none",         "organizer", "tentativelyAccepted", "accepted", "declined",
    "notResponded", NULL};
static const char *const attendees[] = {"required", "optional", "resource",
                                        NULL};
static const char *const importances[] = {"low", "normal", "high", NULL};
static const char *const sensitivities[] = {"normal", "personal", "private",
                                            "confidential", NULL};
static const char *const bodies[] = {"text", "html", NULL};
static const char *const providers[] = {"unknown", "skypeForBusiness",
                                        "skypeForConsumer", "teamsForBusiness",
                                        NULL};
static const char *const locations[] = {
    "default",        "conferenceRoom", "homeAddress", "businessAddress",
    "geoCoordinates", "streetAddress",  "hotel",       "restaurant",
    "localBusiness",  "postalAddress",  NULL};
static const char *const unique_ids[] = {
    "unknown", "locationStore", "directory", "private", "bing", NULL};
static const char *const patterns[] = {"daily",
                                       "weekly",
                                       "absoluteMonthly",
                                       "relativeMonthly",
                                       "absoluteYearly",
                                       "relativeYearly",
                                       NULL};
static const char *const ranges[] = {"endDate", "noEnd", "numbered", NULL};
static const char *const days[] = {"sunday",    "monday",   "tuesday",
                                   "wednesday", "thursday", "friday",
                                   "saturday",  NULL};
static const char *const indexes[] = {"first",  "second", "third",
                                      "fourth", "last",   NULL};
static const char *const phones[] = {
    "home",        "business", "mobile", "other", "assistant", "homeFax",
    "businessFax", "otherFax", "pager",  "radio", NULL};

static const struct {
    const char *path;
    const char *const *names;
} fields[] = {
    {"showAs", show_as},
    {"type", types},
    {"responseStatus.response", responses},
    {"attendees[].status.response", responses},
    {"attendees[].type", attendees},
    {"importance", importances},
    {"sensitivity", sensitivities},
    {"body.contentType", bodies},
    {"onlineMeetingProvider", providers},
    {"location.locationType", locations},
    {"locations[].locationType", locations},
    {"location.uniqueIdType", unique_ids},
    {"locations[].uniqueIdType", unique_ids},
    {"recurrence.pattern.type", patterns},
    {"recurrence.pattern.daysOfWeek[]", days},
    {"recurrence.pattern.firstDayOfWeek", days},
    {"recurrence.pattern.index", indexes},
    {"recurrence.range.type", ranges},
    {"onlineMeeting.phones[].type", phones},
};

const char *const *graph_enumeration(const char *path)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!strcmp(fields[i].path, path))
            return fields[i].names;
    return NULL;
}

enum spelling graph_spelling(const char *const *names, const char *value)
{
    enum spelling spelling = SPELLING_UNKNOWN;

    for (; *names; names++) {
        if (!strcmp(*names, value))
            return SPELLING_EXACT;
        if (!strcasecmp(*names, value))
            spelling = SPELLING_OTHER_CASE;
    }
    return spelling;
}
