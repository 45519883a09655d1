/* The distributions of the events of one side; for src/quality only. */
#ifndef DATEBOOK_QUALITY_AGAINST_COUNTS_H
#define DATEBOOK_QUALITY_AGAINST_COUNTS_H

#include "datebook/against.h"

enum { COUNTED_ZONES = 8 };

struct side_counts {
    struct against_side *side;
    int64_t *counts[DISTRIBUTIONS]; /* as many as the kind has values */
    int64_t *weeks;                 /* minutes of each, of one calendar */
    int first_week;                 /* of those that have a meeting */
    int last_week;
    bool any_week;
    const char *zones[COUNTED_ZONES];
    struct arena *arena;
};

bool counts_start(struct side_counts *counts, struct arena *arena,
                  struct against_side *side, struct error *err) CHECKED;

/* Facts may be NULL: the event has no times that can be read. */
bool counts_add(struct side_counts *counts, const cJSON *event,
                const struct meeting_facts *facts, struct error *err) CHECKED;

/* The end of one person's calendar: counts the load of its weeks. */
void counts_end_calendar(struct side_counts *counts);

/* Of the numbers of a distribution, in its unit; 0 without any. */
double counts_median(const struct distribution_kind *kind,
                     const int64_t *counts);
double counts_mean(const struct distribution_kind *kind, const int64_t *counts);

#endif
