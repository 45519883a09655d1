/* Labelled meetings of one persona after the other, for a run: what every way
 * of making meetings ends in. */
#ifndef DATEBOOK_DATASET_ADDING_H
#define DATEBOOK_DATASET_ADDING_H

#include "internal.h"

struct adding {
    struct run *run;
    struct store *store;
    int64_t generated; /* civil stamp: generation_timestamp */
    /* Of the persona at hand: */
    const struct stored_persona *persona;
    struct oracle *oracle;
    bool fresh;             /* the labels that it has agree with its rules */
    struct mix_tally tally; /* of its meetings */
    struct arena memory;    /* its own */
    struct arena scratch;   /* of the meeting at hand */
    struct buf document;
};

/* Turns to a persona; the one before it has ended. */
bool adding_begin(struct adding *adding, const struct stored_persona *persona,
                  struct error *err) CHECKED;

/* Adds a meeting with its label; `label` says what the rules made of it, until
 * the next one is made. */
bool adding_meeting(struct adding *adding, const struct event *event,
                    bool overlaps, int64_t *key, struct label *label,
                    struct error *err) CHECKED;

/* Records what the persona's labels agree with; when not `ok`, only gives back
 * what adding_begin took.  False as well when not `ok`. */
bool adding_end(struct adding *adding, bool ok, struct error *err) CHECKED;

void adding_free(struct adding *adding);

#endif
