/* What the parts of the persona reader share: where they read, and how they
 * complain.  For src/persona only. */
#ifndef DATEBOOK_PERSONA_READER_H
#define DATEBOOK_PERSONA_READER_H

#include "datebook/persona.h"

struct reader {
    struct arena *arena;
    const char *source;
    struct persona *persona;
    struct error *err;
};

/* A field with an older name that is still read. */
struct field {
    const char *place; /* the object that holds it; NULL: the document */
    const char *name;
    const char *old; /* NULL when it never had another name */
};

/* "source: path: reason" as ERROR_INPUT.  Always returns false. */
bool persona_reader_fail(const struct reader *reader, const char *path,
                         const char *format, ...) PRINTF_LIKE(3, 4);

/* Finds a field under its name, or under its old one there or at the top of
 * the document; notes an old one in the remarks.  `value` is NULL when the
 * field is missing or null.  Two that differ are an error. */
bool reader_field(struct reader *reader, const struct field *field,
                  const cJSON **value, const char **path) CHECKED;

/* The same for a field of an object whose path is given. */
bool reader_field_in(struct reader *reader, const cJSON *object,
                     const char *object_path, const struct field *field,
                     const cJSON **value, const char **path) CHECKED;

/* Checks that a text says something: a letter or a digit, and no control
 * character but tab and newline. */
bool reader_check_words(const struct reader *reader, const char *path,
                        const char *text) CHECKED;

/* Checks the texts anywhere in a value for control characters. */
bool reader_check_texts(const struct reader *reader, const char *path,
                        const cJSON *value) CHECKED;

/* Reads all rules of all kinds into the persona. */
bool reader_rules(struct reader *reader) CHECKED;

/* "28-32 hours" as minutes; both 0 when it cannot be read. */
void reader_hours(const cJSON *value, int *low, int *high);

/* The shares of a typical week; what cannot be read is left out. */
bool reader_shares(struct reader *reader, const cJSON *value) CHECKED;

/* Adds a value as JSON without white space and with the members of objects
 * sorted by name, so that equal values give equal texts. */
bool canonical_json(struct arena *arena, struct buf *buf, const cJSON *value,
                    struct error *err) CHECKED;

#endif
