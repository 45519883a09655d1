/* The state of a run, shared by the file that opens and seals it and the one
 * that writes its rows. */
#ifndef DATEBOOK_STORE_RUN_INTERNAL_H
#define DATEBOOK_STORE_RUN_INTERNAL_H

#include "content.h"

/* A label that was written with room after it: see run_rows.c. */
struct roomy_label {
    struct stored_label label; /* meeting 0: none */
    unsigned char rules[64];
};

enum { ROOMY_LABELS = 4, ADDED_RANGES = 64 };

/* Keys in a row whose rows were added, and are not in the log yet. */
struct key_range {
    int64_t first;
    int64_t last;
};

struct run {
    struct store *store;
    struct arena *arena;  /* lives as long as the run */
    struct arena scratch; /* of the row at hand */
    int64_t version;
    struct version parent;
    struct noun_counts counts[NOUNS];
    struct key_range added[NOUNS][ADDED_RANGES]; /* see run_log */
    size_t added_count[NOUNS];
    struct content content;
    struct arena persona_memory; /* of the persona whose rows are hashed */
    struct content_persona persona;
    /* The rules of the persona that asked for numbers last; 0: none did. */
    struct {
        int64_t persona;
        struct stored_rule *rules;
        size_t count;
        struct arena memory;
    } numbered;
    /* How many meetings the persona at hand has had; 0: none at hand. */
    struct {
        int64_t persona;
        int64_t next;
    } ordinals;
    enum { DEAD_UNKNOWN, DEAD_NONE, DEAD_SOME } dead; /* meetings */
    int64_t new_meeting; /* added last, and not labelled yet; 0: none */
    int64_t labels_added;
    struct roomy_label roomy[ROOMY_LABELS]; /* a ring */
    bool finished;
};

enum operation { ROW_ADDED, ROW_CHANGED, ROW_REMOVED };

/* Takes a statement and binds the key that all row statements share. */
struct statement *run_use(struct run *run, enum statement_id id,
                          const char *name, int64_t key,
                          struct error *err) CHECKED;

/* Copies the living row to the history, and deletes it. */
bool run_bury(struct run *run, enum statement_id id, const char *name,
              int64_t key, struct error *err) CHECKED;
bool run_drop(struct run *run, enum statement_id id, const char *name,
              int64_t key, struct error *err) CHECKED;

/* Makes a persona the one whose rows are hashed. */
bool run_take_persona(struct run *run, int64_t key, struct error *err) CHECKED;

/* Writes back what next_meeting_key handed out. */
bool run_save_ordinals(struct run *run, struct error *err) CHECKED;

/* Counts a change and logs it. */
bool run_log(struct run *run, enum noun noun, int64_t key,
             enum operation operation, struct error *err) CHECKED;

#endif
