/* The state of a run, shared by the file that opens and seals it and the one
 * that writes its rows. */
#ifndef DATEBOOK_STORE_RUN_INTERNAL_H
#define DATEBOOK_STORE_RUN_INTERNAL_H

#include "internal.h"

/* What label hashes need of one persona's rules, cached. */
struct rule_digests {
    int64_t persona; /* 0: nothing cached */
    size_t count;
    unsigned char (*digests)[HASH_SIZE];
};

struct run {
    struct store *store;
    struct arena *arena;  /* lives as long as the run */
    struct arena scratch; /* of the row at hand */
    int64_t version;
    struct version parent;
    struct noun_counts counts[NOUNS];
    /* Rows are hashed in order of key, for meetings and labels as they are
     * written; personas, which are few, when the run is sealed. */
    struct hash hashes[NOUNS];
    int64_t last_key[NOUNS];
    struct rule_digests rules;
    /* How many meetings the persona at hand has had; 0: none at hand. */
    struct {
        int64_t persona;
        int64_t next;
    } ordinals;
    bool finished;
};

enum operation { ROW_ADDED, ROW_CHANGED, ROW_REMOVED };

/* Writes back what next_meeting_key handed out. */
bool run_save_ordinals(struct run *run, struct error *err) CHECKED;

/* Counts a change, logs it, and starts its part of the content hash.  Keys of
 * a noun must rise. */
bool run_log(struct run *run, enum noun noun, int64_t key,
             enum operation operation, struct error *err) CHECKED;

#endif
