/* Shared by what writes batch files and what takes their results. */
#ifndef DATEBOOK_DATASET_WRITING_BATCH_H
#define DATEBOOK_DATASET_WRITING_BATCH_H

#include "writing_internal.h"

/* ---- Requests in files: writing_batch.c ---- */

enum {
    BATCH_MARK_BYTES = 16, /* of a fingerprint, in a custom_id */
    BATCH_MARK_SIZE = 3 + 2 * BATCH_MARK_BYTES + 1,
    BATCH_FILE_DIGITS = 16 /* of a file's hash, in a note */
};

/* "db-" and half a fingerprint in hexadecimal: what a request is called in a
 * file. */
void batch_mark(const unsigned char fingerprint[HASH_SIZE],
                char mark[BATCH_MARK_SIZE]);

/* The request of a job that is called so; 0: none. */
bool batch_find(struct store *store, int64_t job, const char *mark,
                int64_t *number, struct error *err) CHECKED;

/* What a request in state BATCHED has as its note: "in requests.jsonl,
 * 0123456789abcdef", the beginning of the file's hash. */
const char *batch_note(struct arena *arena, const char *path, const char *hash,
                       struct error *err) CHECKED;
/* The digits of such a note; NULL for another one. */
const char *batch_note_file(const char *note);

/* ---- What was learned of those who run files ---- */

/* The traits that a file was written with, by the digits of its hash. */
bool batch_traits_of_file(struct store *store, const char *model,
                          const char *digits, struct chat_traits *traits,
                          struct error *err) CHECKED;
bool batch_keep_traits_of_file(struct store *store, const char *model,
                               const char *digits,
                               const struct chat_traits *traits,
                               struct error *err) CHECKED;

/* Those for the next file: what the results of an earlier one taught, else
 * what the endpoint did. */
bool batch_traits(struct store *store, const struct endpoint *endpoint,
                  const char *model, struct chat_traits *traits,
                  struct error *err) CHECKED;
bool batch_keep_traits(struct store *store, const char *model,
                       const struct chat_traits *traits,
                       struct error *err) CHECKED;

#endif
