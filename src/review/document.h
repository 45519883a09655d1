/* What the documents of samples, opinions and persona opinions share: the
 * checks of what is written, and a reader that takes nothing else. */
#ifndef DATEBOOK_REVIEW_DOCUMENT_H
#define DATEBOOK_REVIEW_DOCUMENT_H

#include "datebook/review.h"

#include "datebook/json.h"

/* ---- Checks: ERROR_INPUT that names the field ---- */

enum document_text {
    DOCUMENT_TEXT, /* UTF-8 */
    DOCUMENT_ID,   /* and not empty */
    DOCUMENT_NOTE  /* UTF-8 in lines, at most REVIEW_NOTE bytes */
};

bool document_check_text(const char *field, const char *text,
                         enum document_text form, struct error *err) CHECKED;
bool document_check_version(int64_t version, struct error *err) CHECKED;
/* `within` is "" or "seen.". */
bool document_check_values(const char *within,
                           const struct review_values *values,
                           struct error *err) CHECKED;

/* ---- Writing: each member ends in a comma, the last one is taken back ---- */

void document_put_text(struct buf *buf, const char *key, const char *text);
void document_put_bool(struct buf *buf, const char *key, bool value);
void document_put_int(struct buf *buf, const char *key, int64_t value);
void document_put_values(struct buf *buf, const struct review_values *values);
void document_end(struct buf *buf, char bracket);

/* ---- Reading ---- */

struct document_reader {
    struct arena *arena;  /* of what is read */
    struct arena scratch; /* of the tree */
    const struct stored_record *stored;
    struct error *err;
    const cJSON *object; /* that members are read from */
    char within[32];     /* before their names: "seen." */
};

/* Opens the object of a document with these members, and no others, up to a
 * NULL.  A reader is closed however it went. */
bool document_open(struct document_reader *reader, struct arena *arena,
                   const struct stored_record *stored,
                   const char *const *members, struct error *err) CHECKED;

/* Ends a reading that worked up to here with `again`, the document as writing
 * gives it: anything that the fields did not show (an order, a spelling, white
 * space, a member that says nothing) is found by comparing.  Returns whether
 * all is well, and says in the error which record is damaged. */
bool document_close(struct document_reader *reader, bool ok,
                    const struct buf *again) CHECKED;

bool document_fail(struct document_reader *reader, const char *field,
                   const char *reason);

/* Whether the object has no members but these, up to a NULL. */
bool document_members(struct document_reader *reader,
                      const char *const *members) CHECKED;

bool document_text(struct document_reader *reader, const char *field,
                   const char **text) CHECKED;
/* `otherwise` when it is missing. */
bool document_text_or(struct document_reader *reader, const char *field,
                      const char *otherwise, const char **text) CHECKED;
bool document_bool(struct document_reader *reader, const char *field,
                   bool *value) CHECKED;
bool document_int(struct document_reader *reader, const char *field,
                  int64_t *value) CHECKED;
bool document_array(struct document_reader *reader, const char *field,
                    const cJSON **array) CHECKED;
/* An array of texts; NULL and 0 when it is missing. */
bool document_texts(struct document_reader *reader, const char *field,
                    const char *const **texts, size_t *count) CHECKED;
bool document_values(struct document_reader *reader,
                     struct review_values *values) CHECKED;

#endif
