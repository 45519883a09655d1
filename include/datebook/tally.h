/* Counts of meetings and their labels: of a persona, a group, or all. */
#ifndef DATEBOOK_TALLY_H
#define DATEBOOK_TALLY_H

#include "datebook/rules.h"
#include "datebook/store.h"

enum {
    EVENT_TYPES = 4,
    HOURS_A_DAY = 24,
    DAYS_A_WEEK = 7,
    LENGTH_BINS = 9,
    PEOPLE_BINS = 8
};

struct tally {
    int64_t meetings;
    int64_t importance[IMPORTANCE_LEVELS];
    int64_t rsvp[RSVP_ANSWERS];
    int64_t prep_needed;
    int64_t prep_minutes; /* sum over those that need preparation */
    int64_t by_default;   /* importance that no rule decided */
    int64_t types[EVENT_TYPES];
    int64_t required; /* entries of attendee lists by type */
    int64_t optional;
    int64_t resources;
    int64_t lengths[LENGTH_BINS];
    int64_t people[PEOPLE_BINS];
    int64_t hours[HOURS_A_DAY];    /* in which meetings start */
    int64_t weekdays[DAYS_A_WEEK]; /* from Monday */
    /* Words and pairs of neighbouring words in subjects: how many, and how many
     * different ones (past 100,000 an estimate). */
    int64_t words;
    int64_t pairs;
    int64_t different_words;
    int64_t different_pairs;
    int64_t rules;       /* of the personas */
    int64_t rules_fired; /* of those, on any of the meetings */
    int64_t minutes;     /* sum of durations */
    int64_t weeks;       /* Monday to Sunday, from first to last meeting */
    civil_minute first;  /* start of the earliest meeting */
    civil_minute last;   /* start of the latest */
};

/* The bin of a length in minutes, or of a number of people, and its name:
 * "16-25 min", "3-5 people". */
int tally_length_bin(int minutes);
int tally_people_bin(int people);
const char *tally_length_name(int bin);
const char *tally_people_name(int bin);

/* Count one meeting, by what is extracted of it and by its label; words, rules
 * and weeks are not counted. */
void tally_count_facts(struct tally *tally, const struct meeting_facts *facts);
void tally_count_label(struct tally *tally, const struct stored_label *label,
                       const struct stored_rule *rules, size_t rule_count);

/* Adds a part to a sum, but for words. */
void tally_add(struct tally *sum, const struct tally *part);

/* Monday to Sunday, from the first to the last meeting of one persona. */
int64_t tally_span_weeks(const struct tally *tally);

/* Average minutes of preparation where some is needed; 0 when none is. */
double tally_prep_average(const struct tally *tally);

/* Meeting hours a week; for several personas together, of one on average. */
double tally_weekly_hours(const struct tally *tally);

/* distinct-1 and distinct-2 of the subjects: different words, or pairs of
 * neighbouring words, per word or pair (Li et al., NAACL 2016); 0 without any.
 */
double tally_distinct_words(const struct tally *tally);
double tally_distinct_pairs(const struct tally *tally);

/* Adds what statistics say of a tally, without words and rules, as members of a
 * JSON object, each on a line that starts with `margin`; the last has no end.
 */
void tally_json(const struct tally *tally, const char *margin, struct buf *buf);

#endif
