/* One event after the other into histograms.  Times are the wall clock of the
 * zone that stands beside them, where start and end agree on one. */
#include "src/quality/against_counts.h"

#include "datebook/utf16.h"

#include <string.h>
#include <strings.h>

/* Weeks, Monday to Sunday, from 1900-01-01, a Monday, to the end of 2199: other
 * years are no real times. */
enum { WEEKS = 15653, FIRST_DAY = -25567 };

enum {
    DURATIONS = 2 * MINUTES_A_DAY + 1,
    ATTENDEES = 601,
    WEEK_MINUTES = 7 * MINUTES_A_DAY,
    LENGTHS = 257
};

static const char *const attendee_types[] = {"required", "optional", "resource",
                                             "other"};
static const char *const event_types[] = {"singleInstance", "occurrence",
                                          "exception", "seriesMaster", "other"};
static const char *const recurring[] = {"single", "of a series"};
static const char *const responses[] = {
    "none",         "organizer", "tentativelyAccepted", "accepted", "declined",
    "notResponded", "other"};
static const char *const show_as[] = {
    "free", "tentative", "busy", "oof", "workingElsewhere", "unknown", "other"};

#define NAMES(list) .values = sizeof(list) / sizeof *(list), .categories = list

const struct distribution_kind distribution_kinds[DISTRIBUTIONS] = {
    [DISTRIBUTION_DURATION] = {"duration", "minutes", DURATIONS, 15, 1, 0,
                               NULL},
    [DISTRIBUTION_HOUR] = {"start hour", "hours", MINUTES_A_DAY, 60, 60, 1,
                           NULL},
    [DISTRIBUTION_WEEKDAY] = {.name = "weekday",
                              .values = 7,
                              .bin = 1,
                              .scale = 1,
                              .categories = civil_weekday_names},
    [DISTRIBUTION_ATTENDEES] = {"attendees", "people", ATTENDEES, 5, 1, 1,
                                NULL},
    [DISTRIBUTION_ATTENDEE_TYPE] = {.name = "attendee type",
                                    .bin = 1,
                                    .scale = 1,
                                    NAMES(attendee_types)},
    [DISTRIBUTION_EVENT_TYPE] = {.name = "event type",
                                 .bin = 1,
                                 .scale = 1,
                                 NAMES(event_types)},
    [DISTRIBUTION_RECURRING] = {.name = "recurring",
                                .bin = 1,
                                .scale = 1,
                                NAMES(recurring)},
    [DISTRIBUTION_RESPONSE] = {.name = "response",
                               .bin = 1,
                               .scale = 1,
                               NAMES(responses)},
    [DISTRIBUTION_SHOW_AS] = {.name = "show as",
                              .bin = 1,
                              .scale = 1,
                              NAMES(show_as)},
    [DISTRIBUTION_LOAD] = {"weekly load", "hours", WEEK_MINUTES + 1, 240, 60, 1,
                           NULL},
    [DISTRIBUTION_SUBJECT] = {"subject length", "characters", LENGTHS, 10, 1, 0,
                              NULL},
    [DISTRIBUTION_PREVIEW] = {"preview length", "characters", LENGTHS, 32, 1, 0,
                              NULL},
};

bool counts_start(struct side_counts *counts, struct arena *arena,
                  struct against_side *side, struct error *err)
{
    *counts = (struct side_counts){.side = side, .arena = arena};
    for (int i = 0; i < DISTRIBUTIONS; i++) {
        counts->counts[i] =
            arena_zero(arena, (size_t)distribution_kinds[i].values,
                       sizeof **counts->counts, err);
        if (!counts->counts[i])
            return false;
    }
    counts->weeks = arena_zero(arena, WEEKS, sizeof *counts->weeks, err);
    return counts->weeks != NULL;
}

static void count(struct side_counts *counts, enum distribution_id id,
                  int64_t value)
{
    int most = distribution_kinds[id].values - 1;

    counts->counts[id][value < 0 ? 0 : value > most ? most : value]++;
}

/* By name, in any case; what is none of the names is the last of them. */
static void count_name(struct side_counts *counts, enum distribution_id id,
                       const char *name)
{
    const struct distribution_kind *kind = &distribution_kinds[id];
    int at = 0;

    if (!name)
        return;
    while (at < kind->values - 1 && strcasecmp(kind->categories[at], name) != 0)
        at++;
    count(counts, id, at);
}

static void count_text(struct side_counts *counts, enum distribution_id id,
                       const char *text)
{
    if (text)
        count(counts, id, (int64_t)text_units(text));
}

/* ---- Times ---- */

static const char *zone_of(const cJSON *event, const char *name)
{
    return cJSON_GetStringValue(
        cJSON_GetObjectItem(json_member(event, name), "timeZone"));
}

static bool is_utc(const char *zone)
{
    return zone && (!strcasecmp(zone, "UTC") || !strcasecmp(zone, "Etc/UTC"));
}

static bool count_zone(struct side_counts *counts, const char *zone,
                       struct error *err)
{
    int64_t known = counts->side->zones;

    for (int64_t i = 0; i < known && i < COUNTED_ZONES; i++)
        if (!strcasecmp(counts->zones[i], zone))
            return true;
    if (known <= COUNTED_ZONES)
        counts->side->zones++;
    if (known >= COUNTED_ZONES)
        return true;
    counts->zones[known] = arena_text(counts->arena, zone, err);
    return counts->zones[known] != NULL;
}

/* From midnight to midnight. */
static bool is_all_day(const cJSON *event, const struct meeting_facts *facts)
{
    return cJSON_IsTrue(json_member(event, "isAllDay")) ||
           (facts->minutes >= MINUTES_A_DAY &&
            facts->minutes % MINUTES_A_DAY == 0 &&
            facts->start % MINUTES_A_DAY == 0);
}

static void count_load(struct side_counts *counts,
                       const struct meeting_facts *facts)
{
    civil_day day = civil_day_of(facts->start);
    int week = (day - FIRST_DAY) / 7;

    if (day < FIRST_DAY || week >= WEEKS)
        return;
    counts->weeks[week] += facts->minutes;
    if (!counts->any_week || week < counts->first_week)
        counts->first_week = week;
    if (!counts->any_week || week > counts->last_week)
        counts->last_week = week;
    counts->any_week = true;
}

static bool count_times(struct side_counts *counts, const cJSON *event,
                        const struct meeting_facts *facts, struct error *err)
{
    struct against_side *side = counts->side;
    const char *zone = zone_of(event, "start");
    const char *end_zone = zone_of(event, "end");
    civil_day day = civil_day_of(facts->start);

    side->timed++;
    side->in_utc += is_utc(zone) && is_utc(end_zone);
    if (zone && !count_zone(counts, zone, err))
        return false;
    if (strcasecmp(zone ? zone : "", end_zone ? end_zone : "") != 0) {
        side->two_zones++;
        return true;
    }
    count(counts, DISTRIBUTION_WEEKDAY, civil_weekday(day));
    if (is_all_day(event, facts)) {
        side->all_day++;
        return true;
    }
    count(counts, DISTRIBUTION_DURATION, facts->minutes);
    count(counts, DISTRIBUTION_HOUR,
          facts->start - (civil_minute)day * MINUTES_A_DAY);
    count_load(counts, facts);
    return true;
}

void counts_end_calendar(struct side_counts *counts)
{
    /* The first and the last week are seldom whole. */
    int edge = counts->last_week - counts->first_week >= 2;

    for (int week = counts->first_week + edge;
         counts->any_week && week <= counts->last_week - edge; week++) {
        count(counts, DISTRIBUTION_LOAD, counts->weeks[week]);
        counts->side->weeks++;
    }
    memset(counts->weeks, 0, WEEKS * sizeof *counts->weeks);
    counts->any_week = false;
}

/* ---- The rest ---- */

static void count_attendees(struct side_counts *counts, const cJSON *event)
{
    const cJSON *list = json_member(event, "attendees");
    const cJSON *one;
    int64_t people = 0;

    if (!cJSON_IsArray(list))
        return;
    cJSON_ArrayForEach (one, list) {
        const char *type = json_member_text(one, "type");
        people += !type || strcasecmp(type, "resource") != 0;
        count_name(counts, DISTRIBUTION_ATTENDEE_TYPE, type);
    }
    count(counts, DISTRIBUTION_ATTENDEES, people);
}

static void count_series(struct side_counts *counts, const cJSON *event)
{
    const char *type = json_member_text(event, "type");

    count_name(counts, DISTRIBUTION_EVENT_TYPE, type);
    if (type)
        count(counts, DISTRIBUTION_RECURRING,
              strcasecmp(type, event_types[0]) != 0);
    else if (json_member(event, "seriesMasterId"))
        count(counts, DISTRIBUTION_RECURRING,
              json_member_text(event, "seriesMasterId") != NULL);
}

bool counts_add(struct side_counts *counts, const cJSON *event,
                const struct meeting_facts *facts, struct error *err)
{
    counts->side->events++;
    count_attendees(counts, event);
    count_series(counts, event);
    count_name(
        counts, DISTRIBUTION_RESPONSE,
        json_member_text(json_member(event, "responseStatus"), "response"));
    count_name(counts, DISTRIBUTION_SHOW_AS, json_member_text(event, "showAs"));
    count_text(counts, DISTRIBUTION_SUBJECT,
               json_member_text(event, "subject"));
    count_text(counts, DISTRIBUTION_PREVIEW,
               json_member_text(event, "bodyPreview"));
    return !facts || count_times(counts, event, facts, err);
}

/* ---- Numbers of a histogram ---- */

/* The value at a place of the sorted values. */
static int value_at(const int64_t *counts, int64_t place)
{
    int value = 0;

    for (int64_t below = counts[0]; below <= place; below += counts[value])
        value++;
    return value;
}

static int64_t total_of(const struct distribution_kind *kind,
                        const int64_t *counts)
{
    int64_t total = 0;

    for (int i = 0; i < kind->values; i++)
        total += counts[i];
    return total;
}

double counts_median(const struct distribution_kind *kind,
                     const int64_t *counts)
{
    int64_t total = total_of(kind, counts);

    if (!total)
        return 0;
    return (value_at(counts, (total - 1) / 2) + value_at(counts, total / 2)) /
           2.0 / kind->scale;
}

double counts_mean(const struct distribution_kind *kind, const int64_t *counts)
{
    int64_t total = total_of(kind, counts);
    double sum = 0;

    for (int i = 0; i < kind->values; i++)
        sum += (double)counts[i] * i;
    return total ? sum / (double)total / kind->scale : 0;
}
