/* When meetings are, and how long.
 *
 * Overlaps and slots need all meetings of the persona side by side: 32 bytes
 * each, for as long as the persona is looked at. */
#include "src/quality/measure.h"

#include "src/quality/word_hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_START = 8 * 60, DAY_END = 19 * 60, WORKDAYS = 5 };

struct slot {
    int64_t key;
    civil_minute start;
    civil_minute end;
    uint64_t series; /* hash of the seriesMasterId; 0: none */
};

struct calendar_measure {
    struct sums *sums;
    const struct persona *persona;
    int first; /* minutes of the day in which the persona may meet */
    int last;
    bool weekends;
    struct slot *slots;
    size_t count;
    size_t size;
    int64_t minutes; /* of meetings on working days */
};

/* ---- What the persona's own archetypes allow ---- */

static int longest_of(const cJSON *archetype)
{
    const cJSON *minutes = json_member(archetype, "minutes");
    const cJSON *item;
    int longest = 60;

    cJSON_ArrayForEach (item, minutes) {
        if (item->valueint > longest)
            longest = item->valueint;
    }
    return longest;
}

static bool names_weekend(const cJSON *days)
{
    const cJSON *day;

    cJSON_ArrayForEach (day, days) {
        const char *name = cJSON_GetStringValue(day);
        if (name && (!strcmp(name, "Sat") || !strcmp(name, "Sun")))
            return true;
    }
    return false;
}

/* "hours" are of the start, the last one to its end. */
static void allow(struct calendar_measure *measure, const cJSON *archetype)
{
    const cJSON *hours = json_member(archetype, "hours");
    int first = 9;
    int last = 17;

    if (cJSON_GetArraySize(hours) == 2) {
        first = cJSON_GetArrayItem(hours, 0)->valueint;
        last = cJSON_GetArrayItem(hours, 1)->valueint;
    }
    if (first * 60 < measure->first)
        measure->first = first * 60;
    if (last >= 18 && last * 60 + 59 + longest_of(archetype) > measure->last)
        measure->last = last * 60 + 59 + longest_of(archetype);
    measure->weekends =
        measure->weekends || names_weekend(json_member(archetype, "days"));
}

static void allow_own(struct calendar_measure *measure,
                      const struct persona *persona)
{
    const cJSON *item;
    const cJSON *step;

    measure->first = DAY_START;
    measure->last = DAY_END;
    cJSON_ArrayForEach (item, persona->archetypes) {
        allow(measure, item);
    }
    cJSON_ArrayForEach (item, persona->threads) {
        const cJSON *steps = json_member(item, "steps");
        cJSON_ArrayForEach (step, steps) {
            allow(measure, step);
        }
    }
}

struct calendar_measure *calendar_measure_new(const struct persona *persona,
                                              struct sums *sums,
                                              struct error *err)
{
    struct calendar_measure *measure = calloc(1, sizeof *measure);

    if (!measure) {
        error_memory(err);
        return NULL;
    }
    measure->sums = sums;
    measure->persona = persona;
    allow_own(measure, persona);
    return measure;
}

void calendar_measure_free(struct calendar_measure *measure)
{
    if (!measure)
        return;
    free(measure->slots);
    free(measure);
}

/* ---- One meeting ---- */

static int minute_of_day(civil_minute minute)
{
    return (int)(minute - (civil_minute)civil_day_of(minute) * MINUTES_A_DAY);
}

bool lasts_days(const struct meeting_facts *facts)
{
    return facts->minutes >= MINUTES_A_DAY;
}

static bool add_slot(struct calendar_measure *measure,
                     const struct measured *meeting, struct error *err)
{
    const char *series = json_member_text(meeting->document, "seriesMasterId");
    const struct meeting_facts *facts = meeting->facts;

    if (measure->count == measure->size) {
        size_t size = measure->size ? 2 * measure->size : 256;
        struct slot *slots =
            realloc(measure->slots, size * sizeof *measure->slots);
        if (!slots)
            return error_memory(err);
        measure->slots = slots;
        measure->size = size;
    }
    measure->slots[measure->count++] = (struct slot){
        .key = meeting->key,
        .start = facts->start,
        .end = facts->start + facts->minutes,
        .series =
            series && *series ? hash_span(series, strlen(series)) | 1 : 0};
    return true;
}

static void check_hours(struct calendar_measure *measure,
                        const struct measured *meeting)
{
    const struct meeting_facts *facts = meeting->facts;
    int weekday = civil_weekday(civil_day_of(facts->start));
    int start = minute_of_day(facts->start);
    char note[CHECK_NOTE];

    measure->sums->weekdays[weekday]++;
    if (start >= measure->first && start + facts->minutes <= measure->last &&
        (weekday < WORKDAYS || measure->weekends))
        return;
    snprintf(note, sizeof note, "%s %02d:%02d, %d min",
             civil_weekday_names[weekday], start / 60, start % 60,
             facts->minutes);
    sum_flaw(measure->sums, CHECK_HOURS_WORKING, meeting->key, note);
}

static void check_start(struct sums *sums, const struct measured *meeting)
{
    int start = minute_of_day(meeting->facts->start);
    bool usual = start % 30 == 0 || start % 30 == 5;
    char note[CHECK_NOTE];

    sum_count(sums, CHECK_START_USUAL, usual);
    if (usual)
        return;
    snprintf(note, sizeof note, "at %02d:%02d", start / 60, start % 60);
    sum_example(sums, CHECK_START_USUAL, meeting->key, note);
}

static void check_length(struct sums *sums, const struct measured *meeting)
{
    int minutes = meeting->facts->minutes;
    char note[CHECK_NOTE];

    sums->durations[minutes]++;
    sum_count(sums, CHECK_DURATION_LONG, minutes > 120);
    if (minutes <= 120)
        return;
    snprintf(note, sizeof note, "%d min", minutes);
    sum_example(sums, CHECK_DURATION_LONG, meeting->key, note);
}

bool calendar_measure_meeting(struct calendar_measure *measure,
                              const struct measured *meeting, struct error *err)
{
    struct sums *sums = measure->sums;

    if (lasts_days(meeting->facts))
        return true;
    sums->timed++;
    if (civil_weekday(civil_day_of(meeting->facts->start)) < WORKDAYS)
        measure->minutes += meeting->facts->minutes;
    check_hours(measure, meeting);
    check_start(sums, meeting);
    check_length(sums, meeting);
    return add_slot(measure, meeting, err);
}

/* ---- All of them ---- */

static int by_start(const void *one, const void *other)
{
    const struct slot *a = one;
    const struct slot *b = other;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->series != b->series)
        return a->series < b->series ? -1 : 1;
    return a->key < b->key ? -1 : a->key > b->key;
}

static void check_slots(struct calendar_measure *measure)
{
    const struct slot *slots = measure->slots;

    for (size_t i = 1; i < measure->count; i++)
        if (slots[i].series && slots[i].series == slots[i - 1].series &&
            slots[i].start == slots[i - 1].start)
            sum_flaw(measure->sums, CHECK_SERIES_SLOT, slots[i].key, NULL);
}

/* A meeting overlaps when one that started before it is not over, or when the
 * next one starts before its end. */
static void check_overlaps(struct calendar_measure *measure)
{
    const struct slot *slots = measure->slots;
    civil_minute busy = INT64_MIN;

    for (size_t i = 0; i < measure->count; i++) {
        bool overlaps =
            slots[i].start < busy ||
            (i + 1 < measure->count && slots[i + 1].start < slots[i].end);
        sum_count(measure->sums, CHECK_HOURS_OVERLAP, overlaps);
        if (overlaps)
            sum_example(measure->sums, CHECK_HOURS_OVERLAP, slots[i].key, NULL);
        busy = slots[i].end > busy ? slots[i].end : busy;
    }
}

/* Five times what the persona meets on a working day that has meetings. */
static void check_load(struct calendar_measure *measure)
{
    struct sum *sum = &measure->sums->of[CHECK_HOURS_WEEKLY];
    civil_day last = INT32_MIN;
    int64_t days = 0;

    for (size_t i = 0; i < measure->count; i++) {
        civil_day day = civil_day_of(measure->slots[i].start);
        if (day == last || civil_weekday(day) >= WORKDAYS)
            continue;
        last = day;
        days++;
    }
    if (!days || !measure->persona->weekly_minutes_high)
        return;
    sum->part = (measure->minutes * WORKDAYS + days / 2) / days;
    sum->whole = (measure->persona->weekly_minutes_low +
                  measure->persona->weekly_minutes_high) /
                 2;
}

void calendar_measure_end(struct calendar_measure *measure)
{
    if (measure->count)
        qsort(measure->slots, measure->count, sizeof *measure->slots, by_start);
    check_slots(measure);
    check_overlaps(measure);
    check_load(measure);
}
