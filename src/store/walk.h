/* The content of versions, recomputed from rows: one version after another, or
 * all of HEAD at once.  For checks, and for files that have no hashes yet. */
#ifndef DATEBOOK_STORE_WALK_H
#define DATEBOOK_STORE_WALK_H

#include "content.h"

struct walk {
    struct store *store;
    const struct monitor *monitor;
    struct set_hash total[NOUNS];
    int64_t alive[NOUNS];
    int64_t rows; /* hashed so far */
    struct arena memory;
    struct content_persona *personas; /* by key */
    size_t persona_count;
    struct arena scratch; /* of the row at hand */
};

/* At version 0, which is empty. */
void walk_start(struct walk *walk, struct store *store,
                const struct monitor *monitor);
void walk_end(struct walk *walk);

/* From one version that was kept to a later one, through the change log. */
bool walk_to(struct walk *walk, int64_t from, int64_t to,
             struct error *err) CHECKED;

/* The sets of one persona at HEAD, by reading all its rows. */
bool walk_persona(struct walk *walk, int64_t persona,
                  struct set_hash sets[NOUNS], struct error *err) CHECKED;

/* Fills what a file of schema 1 does not have: the content hash of every
 * version, the sets of every persona, the sums of the bookkeeping tables. */
bool walk_fill(struct store *store, struct error *err) CHECKED;

#endif
