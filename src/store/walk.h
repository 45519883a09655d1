/* The content of versions, recomputed from rows, one version after another, as
 * a whole and by persona.  For checks, and for files that have no hashes yet.
 */
#ifndef DATEBOOK_STORE_WALK_H
#define DATEBOOK_STORE_WALK_H

#include "content.h"

/* A persona with the sets of what it has. */
struct walk_persona {
    struct content_persona of;
    struct set_hash *sets; /* by noun */
};

struct walk {
    struct store *store;
    const struct monitor *monitor;
    struct set_hash total[NOUNS];
    int64_t alive[NOUNS];
    int64_t rows; /* hashed so far */
    struct arena memory;
    struct walk_persona *personas; /* all that ever had a row, as they came */
    size_t persona_count;
    struct walk_persona *at; /* whose keys are being walked */
    struct set_hash change;  /* what it gained and lost since it is; of splits,
                                what all gained and lost */
    struct arena scratch;    /* of the row at hand */
};

/* At version 0, which is empty. */
void walk_start(struct walk *walk, struct store *store,
                const struct monitor *monitor);
void walk_end(struct walk *walk);

/* From one version that was kept to a later one, through the change log.  After
 * a failure the walk cannot go on. */
bool walk_to(struct walk *walk, int64_t from, const struct version *to,
             struct error *err) CHECKED;

/* The sets of one persona where the walk is, by noun. */
bool walk_sets(struct walk *walk, int64_t persona, struct set_hash sets[NOUNS],
               struct error *err) CHECKED;

/* The same at HEAD, by reading all its rows: without the change log. */
bool walk_persona(struct walk *walk, int64_t persona,
                  struct set_hash sets[NOUNS], struct error *err) CHECKED;

/* Fills what a file of schema 1 does not have: the content hash of every
 * version, the sets of every persona, the sums of the bookkeeping tables. */
bool walk_fill(struct store *store, struct error *err) CHECKED;

#endif
