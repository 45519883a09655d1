/* Counting meetings into a tally, and what follows from one. */
#include "datebook/tally.h"

#include "datebook/varint.h"

#include <limits.h>

enum { MINUTES_A_WEEK = 7 * MINUTES_A_DAY };

struct bin {
    const char *name;
    int most;
};

static const struct bin lengths[LENGTH_BINS] = {
    {"to 15 min", 15},   {"16-25 min", 25},
    {"26-30 min", 30},   {"31-45 min", 45},
    {"46-60 min", 60},   {"61-90 min", 90},
    {"91-120 min", 120}, {"over 2 hours", MINUTES_A_DAY - 1},
    {"days", INT_MAX},
};

static const struct bin people[PEOPLE_BINS] = {
    {"nobody", 0},        {"1 person", 1},          {"2 people", 2},
    {"3-5 people", 5},    {"6-10 people", 10},      {"11-15 people", 15},
    {"16-49 people", 49}, {"50 and more", INT_MAX},
};

static int bin_of(const struct bin *bins, int value)
{
    int bin = 0;

    while (value > bins[bin].most)
        bin++;
    return bin;
}

int tally_length_bin(int minutes)
{
    return bin_of(lengths, minutes);
}

int tally_people_bin(int count)
{
    return bin_of(people, count);
}

const char *tally_length_name(int bin)
{
    return lengths[bin].name;
}

const char *tally_people_name(int bin)
{
    return people[bin].name;
}

static bool decided_by_rule(const struct stored_label *label,
                            const struct stored_rule *rules, size_t rule_count)
{
    size_t at = 0;
    uint64_t code;

    while (at < label->rules_length) {
        size_t used =
            varint_get(label->rules + at, label->rules_length - at, &code);
        if (!used || code / 2 >= rule_count)
            return false;
        at += used;
        if (rules[code / 2].kind <= RULE_PRIORITY)
            return true;
    }
    return false;
}

static int hour_of(civil_minute start)
{
    civil_minute midnight = (civil_minute)civil_day_of(start) * MINUTES_A_DAY;

    return (int)((start - midnight) / 60);
}

void tally_count_facts(struct tally *tally, const struct meeting_facts *facts)
{
    if (!tally->meetings || facts->start < tally->first)
        tally->first = facts->start;
    if (!tally->meetings || facts->start > tally->last)
        tally->last = facts->start;
    tally->meetings++;
    tally->types[facts->type]++;
    tally->required += facts->required;
    tally->optional += facts->optional;
    tally->resources += facts->resources;
    tally->lengths[tally_length_bin(facts->minutes)]++;
    tally->people[tally_people_bin(facts->attendees)]++;
    tally->hours[hour_of(facts->start)]++;
    tally->weekdays[civil_weekday(civil_day_of(facts->start))]++;
    tally->minutes += facts->minutes;
}

void tally_count_label(struct tally *tally, const struct stored_label *label,
                       const struct stored_rule *rules, size_t rule_count)
{
    tally->importance[label->importance]++;
    tally->rsvp[label->rsvp]++;
    tally->prep_needed += label->prep_minutes > 0;
    tally->prep_minutes += label->prep_minutes;
    tally->by_default += !decided_by_rule(label, rules, rule_count);
}

static void add_counts(int64_t *sum, const int64_t *part, int count)
{
    for (int i = 0; i < count; i++)
        sum[i] += part[i];
}

void tally_add(struct tally *sum, const struct tally *part)
{
    sum->rules += part->rules;
    sum->rules_fired += part->rules_fired;
    if (!part->meetings)
        return;
    if (!sum->meetings || part->first < sum->first)
        sum->first = part->first;
    if (!sum->meetings || part->last > sum->last)
        sum->last = part->last;
    sum->meetings += part->meetings;
    add_counts(sum->importance, part->importance, IMPORTANCE_LEVELS);
    add_counts(sum->rsvp, part->rsvp, RSVP_ANSWERS);
    add_counts(sum->types, part->types, EVENT_TYPES);
    add_counts(sum->lengths, part->lengths, LENGTH_BINS);
    add_counts(sum->people, part->people, PEOPLE_BINS);
    add_counts(sum->hours, part->hours, HOURS_A_DAY);
    add_counts(sum->weekdays, part->weekdays, DAYS_A_WEEK);
    sum->prep_needed += part->prep_needed;
    sum->prep_minutes += part->prep_minutes;
    sum->by_default += part->by_default;
    sum->required += part->required;
    sum->optional += part->optional;
    sum->resources += part->resources;
    sum->minutes += part->minutes;
    sum->weeks += part->weeks;
}

/* Weeks start on Mondays; 1970-01-01 was a Thursday. */
static int64_t week_of(civil_minute start)
{
    civil_minute shifted = start + 3 * MINUTES_A_DAY;
    int64_t week = shifted / MINUTES_A_WEEK;

    return shifted % MINUTES_A_WEEK < 0 ? week - 1 : week;
}

int64_t tally_span_weeks(const struct tally *tally)
{
    return tally->meetings ? week_of(tally->last) - week_of(tally->first) + 1
                           : 0;
}

static double ratio(int64_t part, int64_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

double tally_prep_average(const struct tally *tally)
{
    return ratio(tally->prep_minutes, tally->prep_needed);
}

double tally_weekly_hours(const struct tally *tally)
{
    return tally->weeks ? (double)tally->minutes / 60 / (double)tally->weeks
                        : 0;
}

double tally_distinct_words(const struct tally *tally)
{
    return ratio(tally->different_words, tally->words);
}

double tally_distinct_pairs(const struct tally *tally)
{
    return ratio(tally->different_pairs, tally->pairs);
}
