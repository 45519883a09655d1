/* The mix of labels that is asked of the generator: what is wanted, what came,
 * and which rules are in the way of the difference.
 *
 * Shares are in thousandths of the meetings. */
#ifndef DATEBOOK_MIX_REPORT_H
#define DATEBOOK_MIX_REPORT_H

#include "datebook/calendar.h"
#include "datebook/rules.h"

struct mix_share {
    int wanted;
    int low;    /* from here … */
    int high;   /* … to here it is as wanted */
    bool given; /* by the user: messages name `wanted`, not the range */
};

struct mix_wish {
    struct mix_share levels[IMPORTANCE_LEVELS];
    struct mix_share prep;
};

struct thresholds; /* of validate.h */

/* What is usually wanted: the ranges of all meetings that `validate` wants, in
 * whole thousandths. */
struct mix_wish mix_usual(const struct thresholds *thresholds);

/* A share that a user asked for: 2.5 points to both sides of a level, 5 of
 * preparation. */
struct mix_share mix_given_level(int wanted);
struct mix_share mix_given_prep(int wanted);

/* What the calendar is to aim at. */
struct calendar_mix mix_targets(const struct mix_wish *wish);

/* ---- Counting, for one persona ---- */

struct mix_tally {
    const struct persona *persona;
    const struct ruleset *rules;
    int64_t meetings;
    int64_t levels[IMPORTANCE_LEVELS];
    int64_t prep; /* meetings that need it */
    int64_t prep_minutes;
    int64_t unruled; /* medium for want of any rule */
    int64_t standing_levels[IMPORTANCE_LEVELS]; /* of series */
    int64_t standing_prep;
    int64_t drafts;
    int64_t draft_levels[IMPORTANCE_LEVELS];
    int64_t draft_prep[IMPORTANCE_LEVELS]; /* of them, those that need it */
    struct mix_rule *of_rules;
};

/* What was seen of one rule of the persona. */
struct mix_rule {
    int64_t decided; /* meetings whose level, or preparation, it decides */
    int64_t longest; /* meetings whose minutes of preparation are its own */
    int64_t fired;   /* drafts */
    /* Drafts on which it decided, though a rule of a lower level fired. */
    int64_t won[IMPORTANCE_LEVELS];
};

/* Persona and rules must outlive the tally; all else is in the arena. */
bool mix_tally_start(struct mix_tally *tally, struct arena *arena,
                     const struct persona *persona, const struct ruleset *rules,
                     struct error *err) CHECKED;
void mix_count_draft(struct mix_tally *tally, const struct label *label);
void mix_count_meeting(struct mix_tally *tally, const struct label *label,
                       bool standing);

/* ---- What came, beside what was wanted ---- */

enum mix_what {
    MIX_LEVELS, /* plus an importance */
    MIX_PREP = IMPORTANCE_LEVELS,
    MIX_MINUTES, /* of preparation on average: tenths of a minute */
    MIX_WHATS
};

const char *mix_what_name(enum mix_what what); /* "critical", "prep" … */

/* A rule, and the share of the meetings that it decides. */
struct mix_blame {
    const char *rule; /* "Always important: customer" */
    int share;
};

enum { MIX_BLAMES = 3 };

/* A share that is not as wanted. */
struct mix_miss {
    const char *persona; /* NULL: of all personas together */
    int64_t meetings;
    enum mix_what what;
    int came;
    struct mix_share wanted;
    int by; /* above the range or, when negative, below it */
    struct mix_blame blames[MIX_BLAMES];
    size_t blame_count;
    const char *why;
};

struct mix_report {
    struct mix_miss *misses; /* by persona, critical first */
    size_t count;
    /* Of all personas so far. */
    size_t personas;
    int64_t meetings;
    int64_t sums[MIX_WHATS];
};

/* Adds what a persona's meetings miss of a wish.  A single persona may be
 * twice as far off as all of them together, and few meetings (under about a
 * hundred) further still, as a calendar may be cut in the middle of a week. */
bool mix_report_add(struct mix_report *report, struct arena *arena,
                    const struct mix_wish *wish, const struct mix_tally *tally,
                    struct error *err) CHECKED;

/* Adds, after the last of several personas, what all together miss. */
bool mix_report_end(struct mix_report *report, struct arena *arena,
                    const struct mix_wish *wish, struct error *err) CHECKED;

#endif
