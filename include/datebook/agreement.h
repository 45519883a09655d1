/* What the opinions on a sample come to: how real the meetings are, how far
 * people agree with the rules, and with each other. */
#ifndef DATEBOOK_AGREEMENT_H
#define DATEBOOK_AGREEMENT_H

#include "datebook/reliability.h"
#include "datebook/review.h"

/* Targets, as shares. */
#define REVIEW_REALISTIC_TARGET 0.90
#define REVIEW_LABEL_TARGET 0.90
#define REVIEW_PERSONA_TARGET 0.85
#define REVIEW_EXPERTS_TARGET 0.90

enum review_field { FIELD_IMPORTANCE, FIELD_PREP, FIELD_RSVP, REVIEW_FIELDS };

/* "importance", "prep", "rsvp" */
const char *review_field_name(enum review_field field);

/* A number with how sure it is.  Intervals draw whole meetings, with all that
 * was said of them; where all of them are alike a share has the exact interval
 * (unanimous_interval), and another number none. */
struct measured {
    struct coefficient of;
    struct interval interval;
};

/* Of one persona, or of all of them together. */
struct agreement_group {
    const char *persona;       /* id; NULL: all */
    struct measured realistic; /* share of opinions */
    struct measured whole; /* share that corrects nothing, minutes included */
    struct measured fields[REVIEW_FIELDS]; /* the share that agrees with the
                                              rules; prep: needed or not */
};

/* Between two reviewers, over meetings that both have a current opinion of;
 * prep is needed or not here as well. */
struct agreement_pair {
    const char *one;
    const char *other;
    struct measured percent[REVIEW_FIELDS];
    struct measured kappa[REVIEW_FIELDS];
    struct measured weighted; /* of importance */
};

struct agreement {
    int64_t items;    /* of the sample */
    int64_t judged;   /* that somebody's current opinion is of */
    int64_t opinions; /* current ones */
    int64_t again;    /* opinions on another label: not counted */
    int64_t gone;     /* items that are not there any more */
    int64_t lost;     /* opinions on those: not counted */
    int64_t disputed;
    int64_t decided;
    struct agreement_group *groups; /* all first, then by persona id; with a
                                       current opinion */
    size_t group_count;
    struct agreement_pair *pairs; /* by name; with a meeting in common */
    size_t pair_count;
    struct measured alpha[REVIEW_FIELDS]; /* of all reviewers: importance
                                             ordinal, prep (minutes) interval,
                                             RSVP ordinal */
    struct measured realistic_alpha;      /* nominal */
};

/* Intervals are drawn with the seed of the sample.  Decisions are no opinions,
 * and blind or not is not asked.  ERROR_INPUT when opinions name more than
 * RELIABILITY_CATEGORIES different minutes of preparation. */
bool review_agreement(struct arena *arena, const struct review *review,
                      struct agreement *agreement, struct error *err) CHECKED;

/* Of personas: whether they exist, and whether experts agree on their rules.
 * An interval draws what stands behind each share. */
struct persona_agreement {
    const char *persona;    /* NULL: all together */
    int64_t experts;        /* with current opinions */
    struct measured exists; /* share of opinions; of one persona, draws
                               its experts, of all the personas */
    struct measured right;  /* share of judgements of rules; draws rules */
    struct measured experts_agree; /* share of pairs of experts, over rules and
                                      existence, that say the same; draws rules
                                      and existence */
    int64_t outdated; /* opinions on rules that changed since: not counted */
};

/* `opinions` by persona and reviewer, `hashes` the hash of the rules of each
 * opinion's persona as they are now, in hex (NULL: it is gone, and its opinions
 * are outdated); groups: all first, then by persona. */
bool persona_agreement(struct arena *arena,
                       const struct persona_opinion *opinions,
                       const char *const *hashes, size_t count,
                       struct persona_agreement **groups, size_t *group_count,
                       struct error *err) CHECKED;

#endif
