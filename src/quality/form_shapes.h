/* What Microsoft Graph says of an event's fields, as data. */
#ifndef DATEBOOK_QUALITY_FORM_SHAPES_H
#define DATEBOOK_QUALITY_FORM_SHAPES_H

#include <stdbool.h>
#include <stddef.h>

enum form_kind {
    KIND_TEXT,
    KIND_BOOL,
    KIND_NUMBER,
    KIND_OBJECT,
    KIND_OBJECTS, /* a list of them */
    KIND_TEXTS,
    KIND_LABEL /* no field of Graph: an export adds it */
};

/* How a text is written. */
enum form_writing {
    WRITING_ANY,
    WRITING_TIME,  /* "2025-11-15T10:00:00.0000000": start and end */
    WRITING_STAMP, /* "2025-11-15T10:00:00Z", with 0 to 7 digits of a fraction
                    */
    WRITING_DATE   /* "2025-11-15" */
};

struct form_shape;

struct form_field {
    const char *name;
    enum form_kind kind;
    enum form_writing writing;
    const char *const *values;      /* that there are; NULL: any */
    const struct form_shape *shape; /* of an object; NULL: any */
    bool required;                  /* and not null */
};

enum { FORM_FIELDS = 64 }; /* at most, of a shape */

struct form_shape {
    const struct form_field *fields;
    size_t count;
};

extern const struct form_shape form_event;

/* The field of a name; NULL for one that Graph does not know: an event may have
 * any others. */
const struct form_field *form_field_named(const struct form_shape *shape,
                                          const char *name);

#endif
