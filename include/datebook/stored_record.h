/* Records: versioned documents under a name that belong to no persona.  Splits
 * and reviews are records.  To the store a name and a document are texts that
 * it says nothing about: split.h and review.h read them. */
#ifndef DATEBOOK_STORED_RECORD_H
#define DATEBOOK_STORED_RECORD_H

#include "datebook/store.h"

struct stored_record {
    int64_t key;
    int64_t since;
    const char *name;
    const char *document; /* minified JSON */
    size_t document_length;
};

/* Whether the rows of a noun are records. */
static inline bool noun_is_record(enum noun noun)
{
    return noun == NOUN_SPLIT || noun == NOUN_REVIEW;
}

/* All records of a noun and a version whose names start with `prefix` ("" for
 * all), by name. */
bool record_list_at(struct store *store, struct arena *arena, enum noun noun,
                    int64_t version, const char *prefix,
                    struct stored_record **records, size_t *count,
                    struct error *err) CHECKED;

/* The same of all, one at a time, beside other cursors; texts are valid until
 * the next call.  Records may be put while the scan goes on, if their names are
 * not after the one at hand. */
struct cursor *record_scan(struct store *store, enum noun noun, int64_t version,
                           struct error *err) CHECKED;
bool record_next(struct cursor *cursor, struct stored_record *record,
                 bool *more, struct error *err) CHECKED;

/* The names of the records that versions after `low` up to `high` touched, in
 * order, once, beside other cursors; a name is valid until the next call. */
struct cursor *record_change_scan(struct store *store, enum noun noun,
                                  int64_t low, int64_t high,
                                  struct error *err) CHECKED;
bool record_change_next(struct cursor *cursor, const char **name, bool *more,
                        struct error *err) CHECKED;

/* One record of a version; *record is NULL when there is none. */
bool record_at(struct store *store, struct arena *arena, enum noun noun,
               int64_t version, const char *name, struct stored_record **record,
               struct error *err) CHECKED;

bool record_at_key(struct store *store, struct arena *arena, enum noun noun,
                   int64_t version, int64_t key, struct stored_record **record,
                   struct error *err) CHECKED;

/* Adds or replaces a record (its name and document count); a value that is
 * already there is left alone. */
bool run_put_record(struct run *run, enum noun noun,
                    const struct stored_record *record,
                    struct error *err) CHECKED;

/* ERROR_BUG when there is none of that name. */
bool run_remove_record(struct run *run, enum noun noun, const char *name,
                       struct error *err) CHECKED;

#endif
