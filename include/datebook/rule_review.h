/* What corrections say of rules: which are wrong most often, and what would
 * become of the labels without them. */
#ifndef DATEBOOK_RULE_REVIEW_H
#define DATEBOOK_RULE_REVIEW_H

#include "datebook/review.h"

/* Rules that read the same are one.  An opinion corrects a rule when it says
 * another value of what the rule decides: importance, preparation or answer. */
struct reviewed_rule {
    const char *persona;
    const char *reason; /* "Always important: pipeline" */
    int64_t judged;     /* current opinions on labels that it decided; decisions
                           are among them */
    int64_t corrected;  /* of them, that correct it */
    /* Of them, that say that this rule is wrong: they name it, or name none and
     * it is the only one that they correct. */
    int64_t blamed;
    int64_t exceptions;     /* of them, that correct it and say that this is an
                               exception */
    int64_t labels;         /* of the version, that it decided */
    int64_t would_change;   /* labels of the persona that would have another
                               importance, preparation or answer without it; -1:
                               it is not in the document any more */
    int64_t persona_labels; /* of the persona */
};

/* The rules that decided a label and were corrected or blamed there, over one
 * sample or all (NULL), most blamed first, then most corrected, then by persona
 * and reason; at most `limit`, 0 for all.  Those shown are tried out: the
 * persona's meetings are labelled again, in memory and in one pass, without
 * each of them, and held against the labels of the version. */
bool rule_review(struct store *store, struct arena *arena, int64_t version,
                 const char *sample, size_t limit,
                 const struct monitor *monitor, struct reviewed_rule **rules,
                 size_t *count, struct error *err) CHECKED;

#endif
