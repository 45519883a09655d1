/* Named splits as versioned rows: each is a name and a document, which split.h
 * reads.  To the store both are texts that it says nothing about. */
#ifndef DATEBOOK_STORED_SPLIT_H
#define DATEBOOK_STORED_SPLIT_H

#include "datebook/store.h"

struct stored_split {
    int64_t key;
    int64_t since;
    const char *name;
    const char *document; /* minified JSON */
    size_t document_length;
};

/* All splits of a version, by name. */
bool split_list_at(struct store *store, struct arena *arena, int64_t version,
                   struct stored_split **splits, size_t *count,
                   struct error *err) CHECKED;

/* One split of a version; *split is NULL when there is none. */
bool split_at(struct store *store, struct arena *arena, int64_t version,
              const char *name, struct stored_split **split,
              struct error *err) CHECKED;

bool split_at_key(struct store *store, struct arena *arena, int64_t version,
                  int64_t key, struct stored_split **split,
                  struct error *err) CHECKED;

/* Adds or replaces a split (its name and document count); a value that is
 * already there is left alone. */
bool run_put_split(struct run *run, const struct stored_split *split,
                   struct error *err) CHECKED;

/* ERROR_BUG when there is none of that name. */
bool run_remove_split(struct run *run, const char *name,
                      struct error *err) CHECKED;

#endif
