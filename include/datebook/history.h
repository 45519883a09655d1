/* What is known of a row over all versions: its values, when it was not there,
 * and what cannot be told any more because versions were pruned. */
#ifndef DATEBOOK_HISTORY_H
#define DATEBOOK_HISTORY_H

#include "datebook/dataset.h"

enum known {
    KNOWN_VALUE,   /* it is in the file */
    KNOWN_ABSENT,  /* the row was not there */
    KNOWN_PRESENT, /* it was there, with a value that was pruned */
    KNOWN_NOTHING  /* pruned: it may have been there or not */
};

/* Versions of which the same is known. */
struct stretch {
    enum known known;
    int64_t since;
    int64_t until; /* not included; 0: to the end */
    size_t span;   /* of a value: which of the spans */
};

/* Fills the versions up to `last`, which was kept, from the spans of one row in
 * their order; spans after it are left out, one that lasts longer is cut.  What
 * headers of pruned versions say (how many rows they added, changed and
 * removed) is used to tell absence from loss.  Starts at the first version in
 * which the row was, or may have been.  Costs the pruned versions in the gaps.
 */
bool history_stretches(struct store *store, struct arena *arena, enum noun noun,
                       const struct span *spans, size_t count, int64_t last,
                       struct stretch **stretches, size_t *stretch_count,
                       struct error *err) CHECKED;

/* A rule that fired for a stored label. */
struct label_rule {
    const struct stored_rule *rule;
    bool decided;
};

/* The rules of a stored label, in the order of reasons; they point into
 * `rules`. */
bool label_rules(struct arena *arena, const struct stored_label *label,
                 const struct stored_rule *rules, size_t rule_count,
                 struct label_rule **fired, size_t *count,
                 struct error *err) CHECKED;

#endif
