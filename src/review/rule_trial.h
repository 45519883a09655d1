/* Rules that were judged, and trying out the labels without them. */
#ifndef DATEBOOK_REVIEW_RULE_TRIAL_H
#define DATEBOOK_REVIEW_RULE_TRIAL_H

#include "datebook/dataset.h"
#include "datebook/rule_review.h"

/* A persona with all rules that it ever had. */
struct judged_persona {
    int64_t key;
    const char *id;
    struct stored_rule *rules;
    size_t rule_count;
};

/* A rule as opinions speak of it. */
struct judged_rule {
    const struct judged_persona *persona;
    const struct stored_rule *rule;
    struct reviewed_rule result;
};

/* Whether two read the same in a reasoning. */
bool rules_read_same(const struct stored_rule *one,
                     const struct stored_rule *other);

/* Fills labels, would_change and persona_labels of rules of one persona.
 * *done counts the meetings that were tried. */
bool rule_trial(struct store *store, int64_t version,
                struct judged_rule *const *rules, size_t count,
                const struct monitor *monitor, int64_t *done,
                struct error *err) CHECKED;

#endif
