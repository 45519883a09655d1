/* The fields of an event, after the published metadata of Graph's v1.0: of what
 * kind each is, and of an enumeration the words that there are. */
#include "src/quality/form_shapes.h"

#include <string.h>

typedef const char *const words[];

static words free_busy = {
    "unknown", "free", "tentative", "busy", "oof", "workingElsewhere", NULL};
static words event_types = {"singleInstance", "occurrence", "exception",
                            "seriesMaster", NULL};
static words responses = {"none",     "organizer", "tentativelyAccepted",
                          "accepted", "declined",  "notResponded",
                          NULL};
static words attendee_types = {"required", "optional", "resource", NULL};
static words importances = {"low", "normal", "high", NULL};
static words sensitivities = {"normal", "personal", "private", "confidential",
                              NULL};
static words body_types = {"text", "html", NULL};
static words providers = {"unknown", "skypeForBusiness", "skypeForConsumer",
                          "teamsForBusiness", NULL};
static words location_types = {
    "default",        "conferenceRoom", "homeAddress", "businessAddress",
    "geoCoordinates", "streetAddress",  "hotel",       "restaurant",
    "localBusiness",  "postalAddress",  NULL};
static words unique_id_types = {"unknown", "locationStore", "directory",
                                "private", "bing",          NULL};
static words pattern_types = {"daily",
                              "weekly",
                              "absoluteMonthly",
                              "relativeMonthly",
                              "absoluteYearly",
                              "relativeYearly",
                              NULL};
static words range_types = {"endDate", "noEnd", "numbered", NULL};
static words weekdays = {"sunday",   "monday", "tuesday",  "wednesday",
                         "thursday", "friday", "saturday", NULL};
static words indexes = {"first", "second", "third", "fourth", "last", NULL};
static words phone_types = {"home",      "business", "mobile",      "other",
                            "assistant", "homeFax",  "businessFax", "otherFax",
                            "pager",     "radio",    NULL};

#define SHAPE(fields)                                                          \
    {                                                                          \
        fields, sizeof(fields) / sizeof *(fields)                              \
    }
#define FIELD(name, kind, writing, values, shape)                              \
    {                                                                          \
        name, kind, writing, values, shape, false                              \
    }
#define TEXT(name) FIELD(name, KIND_TEXT, WRITING_ANY, NULL, NULL)
#define WORD(name, values) FIELD(name, KIND_TEXT, WRITING_ANY, values, NULL)
#define WORDS(name, values) FIELD(name, KIND_TEXTS, WRITING_ANY, values, NULL)
#define TIME(name, writing) FIELD(name, KIND_TEXT, writing, NULL, NULL)
#define BOOL(name) FIELD(name, KIND_BOOL, WRITING_ANY, NULL, NULL)
#define NUMBER(name) FIELD(name, KIND_NUMBER, WRITING_ANY, NULL, NULL)
#define OBJECT(name, shape) FIELD(name, KIND_OBJECT, WRITING_ANY, NULL, shape)
#define OBJECTS(name, shape) FIELD(name, KIND_OBJECTS, WRITING_ANY, NULL, shape)
#define LABEL(name) FIELD(name, KIND_LABEL, WRITING_ANY, NULL, NULL)
#define REQUIRED(name, kind, values, shape)                                    \
    {                                                                          \
        name, kind, WRITING_ANY, values, shape, true                           \
    }

static const struct form_field address_fields[] = {TEXT("name"),
                                                   TEXT("address")};
static const struct form_shape address = SHAPE(address_fields);

static const struct form_field recipient_fields[] = {
    OBJECT("emailAddress", &address)};
static const struct form_shape recipient = SHAPE(recipient_fields);

static const struct form_field zoned_fields[] = {TIME("dateTime", WRITING_TIME),
                                                 TEXT("timeZone")};
static const struct form_shape zoned = SHAPE(zoned_fields);

static const struct form_field slot_fields[] = {OBJECT("start", &zoned),
                                                OBJECT("end", &zoned)};
static const struct form_shape slot = SHAPE(slot_fields);

static const struct form_field status_fields[] = {WORD("response", responses),
                                                  TIME("time", WRITING_STAMP)};
static const struct form_shape status = SHAPE(status_fields);

static const struct form_field attendee_fields[] = {
    REQUIRED("type", KIND_TEXT, attendee_types, NULL),
    REQUIRED("status", KIND_OBJECT, NULL, &status),
    REQUIRED("emailAddress", KIND_OBJECT, NULL, &address),
    OBJECT("proposedNewTime", &slot)};
static const struct form_shape attendee = SHAPE(attendee_fields);

static const struct form_field body_fields[] = {WORD("contentType", body_types),
                                                TEXT("content")};
static const struct form_shape body = SHAPE(body_fields);

static const struct form_field place_fields[] = {
    TEXT("displayName"),     WORD("locationType", location_types),
    TEXT("uniqueId"),        WORD("uniqueIdType", unique_id_types),
    TEXT("locationUri"),     TEXT("locationEmailAddress"),
    OBJECT("address", NULL), OBJECT("coordinates", NULL)};
static const struct form_shape place = SHAPE(place_fields);

static const struct form_field phone_fields[] = {TEXT("number"),
                                                 WORD("type", phone_types)};
static const struct form_shape phone = SHAPE(phone_fields);

static const struct form_field online_fields[] = {
    TEXT("joinUrl"),    TEXT("conferenceId"),
    TEXT("tollNumber"), WORDS("tollFreeNumbers", NULL),
    TEXT("quickDial"),  OBJECTS("phones", &phone)};
static const struct form_shape online = SHAPE(online_fields);

static const struct form_field pattern_fields[] = {
    WORD("type", pattern_types),
    NUMBER("interval"),
    NUMBER("month"),
    NUMBER("dayOfMonth"),
    WORDS("daysOfWeek", weekdays),
    WORD("firstDayOfWeek", weekdays),
    WORD("index", indexes)};
static const struct form_shape pattern = SHAPE(pattern_fields);

static const struct form_field range_fields[] = {
    WORD("type", range_types), TIME("startDate", WRITING_DATE),
    TIME("endDate", WRITING_DATE), TEXT("recurrenceTimeZone"),
    NUMBER("numberOfOccurrences")};
static const struct form_shape range = SHAPE(range_fields);

static const struct form_field recurrence_fields[] = {
    OBJECT("pattern", &pattern), OBJECT("range", &range)};
static const struct form_shape recurrence = SHAPE(recurrence_fields);

/* Those that nearly every event has come first; last what must not be there: an
 * export adds it, and the key would be there twice. */
static const struct form_field event_fields[] = {
    TEXT("@odata.etag"),
    REQUIRED("id", KIND_TEXT, NULL, NULL),
    REQUIRED("subject", KIND_TEXT, NULL, NULL),
    TEXT("bodyPreview"),
    TEXT("seriesMasterId"),
    WORD("showAs", free_busy),
    WORD("type", event_types),
    TEXT("webLink"),
    OBJECT("responseStatus", &status),
    REQUIRED("start", KIND_OBJECT, NULL, &zoned),
    REQUIRED("end", KIND_OBJECT, NULL, &zoned),
    REQUIRED("attendees", KIND_OBJECTS, NULL, &attendee),
    REQUIRED("organizer", KIND_OBJECT, NULL, &recipient),
    BOOL("allowNewTimeProposals"),
    OBJECT("body", &body),
    WORDS("cancelledOccurrences", NULL),
    WORDS("categories", NULL),
    TEXT("changeKey"),
    TIME("createdDateTime", WRITING_STAMP),
    BOOL("hasAttachments"),
    BOOL("hideAttendees"),
    TEXT("iCalUId"),
    WORD("importance", importances),
    BOOL("isAllDay"),
    BOOL("isCancelled"),
    BOOL("isDraft"),
    BOOL("isOnlineMeeting"),
    BOOL("isOrganizer"),
    BOOL("isReminderOn"),
    TIME("lastModifiedDateTime", WRITING_STAMP),
    OBJECT("location", &place),
    OBJECTS("locations", &place),
    OBJECT("onlineMeeting", &online),
    WORD("onlineMeetingProvider", providers),
    TEXT("onlineMeetingUrl"),
    TEXT("originalEndTimeZone"),
    TIME("originalStart", WRITING_STAMP),
    TEXT("originalStartTimeZone"),
    OBJECT("recurrence", &recurrence),
    NUMBER("reminderMinutesBeforeStart"),
    BOOL("responseRequested"),
    WORD("sensitivity", sensitivities),
    TEXT("transactionId"),
    LABEL("importance_label"),
    LABEL("prep_needed"),
    LABEL("prep_time_minutes"),
    LABEL("reasoning"),
    LABEL("persona_id"),
    LABEL("generation_timestamp")};
const struct form_shape form_event = SHAPE(event_fields);

_Static_assert(sizeof event_fields / sizeof *event_fields <= FORM_FIELDS,
               "the largest shape");

const struct form_field *form_field_named(const struct form_shape *shape,
                                          const char *name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (*shape->fields[i].name == *name &&
            !strcmp(shape->fields[i].name, name))
            return &shape->fields[i];
    return NULL;
}
