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
    int64_t *keys; /* every meeting at fault, in the order found */
    size_t key_count;
    const char **names; /* personas at fault */
    size_t name_count;
};

/* Longer meetings count as the longest. */
enum { LONGEST_MEETING = MINUTES_A_DAY };

struct sums {
    struct arena *arena; /* of the keys */
    bool out_of_memory;  /* some got lost */
    struct sum of[CHECKS];
    int64_t meetings;
    int64_t timed;                          /* meetings that last no days */
    int64_t durations[LONGEST_MEETING + 1]; /* of those, by minutes */
    int64_t weekdays[7];                    /* of those, from Monday */
    double diversity;                       /* of all training personas */
};

/* Counts one more into the whole of a check, and into its part if it hits. */
void sum_count(struct sums *sums, enum check_id check, bool hit);

/* Remembers an example, if there is room, and of a check of single meetings the
 * meeting in any case, once if it is told of several times in a row.  `note`
 * may be NULL. */
void sum_example(struct sums *sums, enum check_id check, int64_t meeting,
                 const char *note);

/* A hit of a check that wants none. */
void sum_flaw(struct sums *sums, enum check_id check, int64_t meeting,
              const char *note);

/* A persona at fault; its id stays the caller's. */
void sum_name(struct sums *sums, enum check_id check, const char *id);

/* Adds those of a persona to those of all. */
void sums_add(struct sums *all, const struct sums *part);

/* False, with "out of memory", when a meeting at fault got lost. */
bool sums_ok(const struct sums *sums, struct error *err) CHECKED;

/* Fills results from sums and ranges, and counts what failed. */
void sums_judge(const struct sums *sums, const struct validate_request *request,
                const struct check_range *ranges,
                struct group_validation *group);

/* The same of one check, by its value; it is not counted. */
void result_judge(const struct validate_request *request, enum check_id check,
                  struct check_result *result);

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

/* The form of the document, by what Graph says of it. */
void form_measure_meeting(struct sums *sums, const struct measured *meeting);

/* Labels, and meetings that are the same.  `rules` are those that the store
 * knows under the numbers that labels use.  The persona is NULL when its
 * document cannot be read. */
struct label_measure;
struct label_measure *label_measure_new(const struct persona *persona,
                                        const struct stored_rule *rules,
                                        size_t rule_count, struct sums *sums,
                                        struct error *err) CHECKED;
void label_measure_free(struct label_measure *measure);
/* `label` is the stored one, NULL where there is none; `made` is what the rules
 * say, NULL where they could not be asked. */
bool label_measure_meeting(struct label_measure *measure,
                           const struct measured *meeting,
                           const struct stored_label *label,
                           const struct label *made, struct error *err) CHECKED;
void label_measure_end(struct label_measure *measure);

/* Attendees, organizer, rooms.  `casts` is how many people the persona may have
 * been: as many as seeds that it was generated from. */
struct people_measure;
struct people_measure *people_measure_new(size_t casts, struct sums *sums,
                                          struct error *err) CHECKED;
void people_measure_free(struct people_measure *measure);
bool people_measure_meeting(struct people_measure *measure,
                            const struct measured *meeting,
                            struct error *err) CHECKED;
/* Whether, now that it is known who the persona is, meetings have to be looked
 * at once more to name those at fault. */
bool people_measure_end(struct people_measure *measure);
void people_measure_again(struct people_measure *measure,
                          const struct measured *meeting);

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

/* Hard cases: how the persona's rules see a meeting.  `label` is the ruleset's
 * last; its `fired` may end here. */
struct hard_measure;
struct hard_measure *hard_measure_new(const struct persona *persona,
                                      struct ruleset *ruleset,
                                      struct sums *sums,
                                      struct error *err) CHECKED;
void hard_measure_free(struct hard_measure *measure);
bool hard_measure_meeting(struct hard_measure *measure,
                          const struct measured *meeting,
                          const struct label *label, struct error *err) CHECKED;

#endif
