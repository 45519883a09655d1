/* Labels that people settled: what takes the place of the rules' label in an
 * export that asks for it. */
#ifndef DATEBOOK_REVIEWED_H
#define DATEBOOK_REVIEWED_H

#include "datebook/review.h"

struct reviewed_label {
    int64_t meeting; /* key */
    struct review_values values;
    bool corrected; /* they differ from those of the rules */
    /* On a correction: of the decision, else of the first opinion that has one
     * and says the same, in one line; "" for none, and for one that holds a
     * word of a reviewer's name. */
    const char *note;
    const char *sample; /* that settled it */
};

struct reviewed {
    struct reviewed_label *labels; /* by meeting, each once */
    size_t count;
    int64_t outdated; /* settled once, of labels that changed since: left out */
};

/* All settled labels of a version, over all samples.  Where two samples settle
 * a meeting, a decision goes before a consensus, then the later version, then
 * the sample whose name comes last. */
bool reviewed_load(struct store *store, struct arena *arena, int64_t version,
                   struct reviewed *reviewed, struct error *err) CHECKED;

/* NULL: the label of the rules stands. */
const struct reviewed_label *reviewed_find(const struct reviewed *reviewed,
                                           int64_t meeting);

#endif
