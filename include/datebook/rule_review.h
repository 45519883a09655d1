/* What corrections say of rules: which are wrong most often, and what would
 * become of the labels without them. */
#ifndef DATEBOOK_RULE_REVIEW_H
#define DATEBOOK_RULE_REVIEW_H

#include "datebook/review.h"

struct reviewed_rule {
    const char *persona;
    const char *reason;   /* "Always important: pipeline" */
    int64_t judged;       /* current opinions on labels that it decided */
    int64_t corrected;    /* of them, that say another label */
    int64_t blamed;       /* of them, that say that this rule is wrong */
    int64_t exceptions;   /* of them, that say that it is an exception */
    int64_t labels;       /* of the version, that it decided */
    int64_t would_change; /* labels of the persona that would be others without
                             it; -1: it is not in the document any more */
    int64_t persona_labels; /* of the persona */
};

/* The rules that decided a corrected label, over one sample or all (NULL), most
 * blamed first, then most corrected, then by persona and reason; at most
 * `limit`, 0 for all.  Those shown are tried out: the persona's meetings are
 * labelled again, in memory, without the rule. */
bool rule_review(struct store *store, struct arena *arena, int64_t version,
                 const char *sample, size_t limit,
                 const struct monitor *monitor, struct reviewed_rule **rules,
                 size_t *count, struct error *err) CHECKED;

#endif
