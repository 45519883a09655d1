/* What is counted of meetings while they go by: the sums behind every check,
 * of one persona or of all. */
#ifndef DATEBOOK_QUALITY_MEASURE_H
#define DATEBOOK_QUALITY_MEASURE_H

#include "datebook/json.h"
#include "datebook/validate.h"

#include "src/quality/distinct.h"

struct sum {
    int64_t part;
    int64_t whole;
    struct check_example examples[CHECK_EXAMPLES];
    int example_count;
};

/* Longer meetings count as the longest. */
enum { LONGEST_MEETING = MINUTES_A_DAY };

struct sums {
    struct sum of[CHECKS];
    int64_t meetings;
    int64_t timed;                          /* meetings that last no days */
    int64_t durations[LONGEST_MEETING + 1]; /* of those, by minutes */
    int64_t weekdays[7];                    /* of those, from Monday */
};

/* Counts one more into the whole of a check, and into its part if it hits. */
void sum_count(struct sums *sums, enum check_id check, bool hit);

/* Remembers an example, if there is room; `note` may be NULL. */
void sum_example(struct sums *sums, enum check_id check, int64_t meeting,
                 const char *note);

/* A hit of a check that wants none. */
void sum_flaw(struct sums *sums, enum check_id check, int64_t meeting,
              const char *note);

/* Adds those of a persona to those of all. */
void sums_add(struct sums *all, const struct sums *part);

/* Fills results from sums and ranges; how many failed. */
int sums_judge(const struct sums *sums, const struct validate_request *request,
               const struct check_range *ranges, struct check_result *results);

/* ---- One persona's meetings ---- */

/* A meeting, as the measures see it. */
struct measured {
    int64_t key;
    const char *id;
    const struct meeting_facts *facts;
    const cJSON *document;
};

/* Whether the meeting takes up whole days: a holiday or a trip is no meeting
 * time. */
bool lasts_days(const struct meeting_facts *facts);

/* Time: lengths, starts, working hours, overlaps, and slots of series. */
struct calendar_measure;
struct calendar_measure *calendar_measure_new(const struct persona *persona,
                                              struct sums *sums,
                                              struct error *err) CHECKED;
void calendar_measure_free(struct calendar_measure *measure);
bool calendar_measure_meeting(struct calendar_measure *measure,
                              const struct measured *meeting,
                              struct error *err) CHECKED;
/* What can only be told at the end. */
void calendar_measure_end(struct calendar_measure *measure);

/* Attendees, organizer, rooms.  `casts` is how many people the persona may have
 * been: as many as seeds that it was generated from. */
struct people_measure;
struct people_measure *people_measure_new(size_t casts, struct sums *sums,
                                          struct error *err) CHECKED;
void people_measure_free(struct people_measure *measure);
bool people_measure_meeting(struct people_measure *measure,
                            const struct measured *meeting,
                            struct error *err) CHECKED;
void people_measure_end(struct people_measure *measure);

/* Companies: whether those that a subject names come.  Knows a company by the
 * domain of its people: fourthcoffee.com is "Fourth Coffee". */
struct company_measure;
struct company_measure *company_measure_new(struct sums *sums,
                                            struct error *err) CHECKED;
void company_measure_free(struct company_measure *measure);
bool company_measure_meeting(struct company_measure *measure,
                             const struct measured *meeting,
                             struct error *err) CHECKED;

/* Subjects and previews. */
void text_measure_meeting(struct sums *sums, const struct measured *meeting);

/* Hard cases: how the persona's rules see a meeting. */
struct hard_measure;
struct hard_measure *hard_measure_new(const struct persona *persona,
                                      struct ruleset *ruleset,
                                      struct sums *sums,
                                      struct error *err) CHECKED;
void hard_measure_free(struct hard_measure *measure);
bool hard_measure_meeting(struct hard_measure *measure,
                          const struct measured *meeting,
                          struct error *err) CHECKED;

#endif
