/* How a persona's rules behave on its meetings.
 *
 * Coverage, overlap and conflict are those of Snorkel's LFAnalysis (Ratner et
 * al., 2017), each rule taken as a labelling function: the share of meetings
 * where it fires; where it fires and another one of its group does; where it
 * fires and another one of its group votes for another value.  The groups are
 * importance with priorities, preparation, and RSVP.
 *
 * A level votes for its importance.  A priority votes for high or more, which
 * only medium and low conflict with.  A required rule votes for preparation,
 * an optional one for it where importance is high or critical and against it
 * elsewhere, a no_prep rule against it.  always_decline and
 * decline_by_default vote for the same. */
#ifndef DATEBOOK_COVERAGE_H
#define DATEBOOK_COVERAGE_H

#include "datebook/lint.h"
#include "datebook/store.h"

struct rule_coverage {
    struct rule_usage usage;
    int64_t overlaps;  /* meetings where another rule of the group fired too */
    int64_t conflicts; /* where such a one voted for another value */
};

/* Numbers about stored labels, which are those of the rules once they are
 * fresh. */
struct consistency {
    int64_t labels;      /* meetings with a stored label */
    int64_t reasoned;    /* of those, with a reasoning */
    int64_t prioritized; /* of those, where a priority fires */
    int64_t lifted;      /* of those, critical or high */
    /* Meetings with a label whose normalized subject (its words, case-folded)
     * is not the only one of its kind, and those of them that have the
     * importance that is most common for it; on a tie, one of the two. */
    int64_t repeated;
    int64_t agreeing;
    int64_t subjects; /* different subjects that were looked at */
    bool sampled;     /* these three are of a sample of subjects */
};

struct coverage {
    int64_t meetings;
    int64_t by_default; /* no rule of importance and no priority fired */
    int64_t silent;     /* no rule at all fired */
    struct rule_coverage *rules; /* as many as the persona has */
    struct consistency consistency;
};

/* Subjects that are remembered; a persona with more is measured on a sample.
 * The sample is chosen by a hash of the subject (Wegman's adaptive sampling:
 * Flajolet, "On adaptive sampling", 1990): whole subjects, in no order, with
 * exact counts. */
enum { COVERAGE_SUBJECTS = 1 << 15 };

/* Counts one meeting after the other. */
struct coverage_counter;
struct coverage_counter *coverage_start(struct ruleset *ruleset,
                                        const struct persona *persona,
                                        struct error *err) CHECKED;
void coverage_free(struct coverage_counter *counter); /* NULL is fine */

/* `label` is the stored one with its reasoning, or NULL when there is none. */
bool coverage_meeting(struct coverage_counter *counter,
                      const struct meeting_facts *facts,
                      const struct stored_label *label, const char *reasoning,
                      struct error *err) CHECKED;

/* The result so far, in the arena. */
bool coverage_result(const struct coverage_counter *counter,
                     struct arena *arena, struct coverage *coverage,
                     struct error *err) CHECKED;

/* All meetings of a persona as of a version, in one pass; memory does not grow
 * with them.  The ruleset is that of the persona's document. */
bool coverage_collect(struct store *store, struct arena *arena, int64_t version,
                      int64_t key, const struct persona *persona,
                      struct ruleset *ruleset, struct coverage *coverage,
                      struct error *err) CHECKED;

/* ---- Examples ---- */

struct rule_example {
    int64_t meeting; /* key */
    const char *subject;
    const char *preview;
    const char *people;
    /* Of a hit: where the rule found its words. */
    const struct rule_match *matches;
    size_t match_count;
    struct near_miss miss; /* of a near miss */
};

struct rule_examples {
    int64_t fired; /* meetings in all */
    struct rule_example *hits;
    size_t hit_count;
    struct rule_example *near;
    size_t near_count;
};

/* For each rule of a persona the first `limit` meetings that it fires on and
 * that it nearly fires on, in the order of the store, a subject once.
 * *meetings says how many there are. */
bool examples_collect(struct store *store, struct arena *arena, int64_t version,
                      int64_t key, const struct persona *persona,
                      struct ruleset *ruleset, size_t limit,
                      struct rule_examples **rules, int64_t *meetings,
                      struct error *err) CHECKED;

#endif
