/* Numbers about a version of the dataset. */
#ifndef DATEBOOK_QUALITY_H
#define DATEBOOK_QUALITY_H

#include "datebook/rules.h"
#include "datebook/store.h"

enum { EVENT_TYPES = 4 };

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
    int64_t minutes;    /* sum of durations */
    int64_t weeks;      /* Monday to Sunday, from first to last meeting */
    civil_minute first; /* start of the earliest meeting */
    civil_minute last;  /* start of the latest */
};

struct persona_tally {
    const char *id;
    int tier;
    bool validation;
    struct tally tally;
};

struct statistics {
    int64_t version;
    struct tally all;               /* weeks: summed over personas */
    struct persona_tally *personas; /* in the order given */
    size_t persona_count;
};

/* Counts the meetings of personas as of a version; only those of version
 * `since` and later when it is not 0. */
bool statistics_collect(struct store *store, struct arena *arena,
                        int64_t version, int64_t since,
                        const struct stored_persona *personas, size_t count,
                        struct statistics *statistics,
                        struct error *err) CHECKED;

/* Average minutes of preparation where some is needed; 0 when none is. */
double tally_prep_average(const struct tally *tally);

/* Meeting hours a week; for all personas together, of one persona on average.
 */
double tally_weekly_hours(const struct tally *tally);

/* Adds the statistics as one JSON object over several lines, with
 * total_meetings, importance_distribution, prep_needed_count,
 * avg_prep_time_minutes and personas first. */
void statistics_json(const struct statistics *statistics, struct buf *buf);

#endif
