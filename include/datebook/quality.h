/* Numbers about a version of the dataset. */
#ifndef DATEBOOK_QUALITY_H
#define DATEBOOK_QUALITY_H

#include "datebook/tally.h"

struct persona_tally {
    const char *id;
    int tier;
    bool validation;
    struct tally tally;
};

/* What meetings are grouped by: something of their persona, or of their own. */
enum group_axis {
    BY_PERSONA,
    BY_TIER,
    BY_FUNCTION, /* of "diversity", else of "demographics" */
    BY_ROLE,
    BY_IMPORTANCE,
    BY_TYPE,
    BY_MONTH,
    BY_WEEKDAY,
    BY_HOUR,
    BY_LENGTH,
    BY_PEOPLE,
    GROUP_AXES
};

/* "persona" …; GROUP_AXES for a word that is none. */
const char *group_axis_name(enum group_axis axis);
enum group_axis group_axis_named(const char *name);

struct tally_group {
    const char *name; /* "tier 1", "Monday", "09:00", "2026-03" */
    int64_t key;      /* by which groups are sorted, where not by name */
    struct tally tally;
};

/* Groups without meetings are left out. */
struct tally_groups {
    struct tally_group **groups;
    size_t count;
};

struct statistics {
    int64_t version;
    struct tally all;               /* weeks: summed over personas */
    struct persona_tally *personas; /* in the order given */
    size_t persona_count;
    unsigned axes; /* of the groups that were asked for: bits 1 << axis */
    struct tally_groups groups[GROUP_AXES]; /* none of BY_PERSONA */
};

/* Counts the meetings of personas as of a version; only those of version
 * `since` and later when it is not 0.  `axes` says by what they are grouped as
 * well: bits 1 << enum group_axis. */
bool statistics_collect(struct store *store, struct arena *arena,
                        int64_t version, int64_t since,
                        const struct stored_persona *personas, size_t count,
                        unsigned axes, struct statistics *statistics,
                        struct error *err) CHECKED;

/* Adds the statistics as one JSON object over several lines, with
 * total_meetings, importance_distribution, prep_needed_count,
 * avg_prep_time_minutes and personas first. */
void statistics_json(const struct statistics *statistics, struct buf *buf);

/* ---- Diversity ---- */

/* How evenly personas are spread over six dimensions, each with a list of
 * values.  The evenness of a dimension is the entropy of the shares p of its
 * values over the largest that it can be with k values in the list,
 *
 *   J = -sum(p ln p) / ln k,
 *
 * Shannon's entropy (1948) normalised as by Pielou (1966), with the length of
 * the list for the number of species met, so that a missing value counts: 0
 * when all personas have the same value, 1 when all values are had equally
 * often.  The score is the sum of the six by weight. */
enum dimension {
    DIMENSION_LEVEL,
    DIMENSION_FUNCTION,
    DIMENSION_LOAD,
    DIMENSION_WORK_STYLE,
    DIMENSION_CAREER_STAGE,
    DIMENSION_INDUSTRY,
    DIMENSIONS
};

enum { DIMENSION_VALUES = 10 };

struct dimension_list {
    const char *name; /* the member of a persona's "diversity" */
    int weight;       /* percent */
    int count;
    const char *values[DIMENSION_VALUES];
};

const struct dimension_list *diversity_list(enum dimension dimension);

/* Evenness of `count` numbers of personas; 0 when there are none. */
double diversity_evenness(const int64_t *counts, int count);

struct diversity_group {
    int64_t personas;
    int64_t counts[DIMENSIONS][DIMENSION_VALUES];
    double evenness[DIMENSIONS]; /* among personas with a value of the list */
    double score;
};

/* Whether more than a quarter of the personas have a value. */
bool diversity_is_crowded(const struct diversity_group *group,
                          enum dimension dimension, int value);

/* A persona that lacks a value of a list. */
enum diversity_gap_kind {
    GAP_NO_OBJECT, /* there is no object "diversity" */
    GAP_NO_VALUE,
    GAP_NO_TEXT, /* `value` is "a number", "a list" … */
    GAP_UNKNOWN  /* `value` is in no list */
};

struct diversity_gap {
    const char *id;
    enum diversity_gap_kind kind;
    enum dimension dimension;
    const char *value;
};

/* The two most alike personas: those with the largest Jaccard index of rules,
 * of these those with the most values in common, of these the first.  Rules
 * are the same when they are of one kind and have the same stems, of described
 * rules those before the bracket; each keyword of a priority is a rule; objects
 * are compared as they are written. */
struct diversity_rule {
    enum rule_kind kind;
    const char *text; /* as the first of the two has it */
};

struct diversity_pair {
    const char *one;
    const char *other;
    int64_t rules; /* different ones that the two have together */
    int64_t shared;
    const struct diversity_rule *shared_rules; /* in the order of the first */
    int values[DIMENSIONS];                    /* that both have, or -1 */
    int shared_values;
};

struct diversity {
    struct diversity_group all;
    struct diversity_group training; /* without validation personas */
    const struct diversity_gap *gaps;
    size_t gap_count;
    bool has_pair;
    struct diversity_pair pair;
};

/* Takes one persona after the other, whose documents may then go. */
struct diversity_counter;
struct diversity_counter *diversity_start(struct error *err) CHECKED;
void diversity_free(struct diversity_counter *counter); /* NULL is fine */
bool diversity_add(struct diversity_counter *counter,
                   const struct persona *persona, struct error *err) CHECKED;

/* What was taken so far; texts live as long as the counter. */
bool diversity_result(struct diversity_counter *counter,
                      struct diversity *diversity, struct error *err) CHECKED;

#endif
