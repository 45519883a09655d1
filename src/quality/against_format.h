/* What values look like, by field; for src/quality only. */
#ifndef DATEBOOK_QUALITY_AGAINST_FORMAT_H
#define DATEBOOK_QUALITY_AGAINST_FORMAT_H

#include "datebook/against.h"

enum field_kind {
    FIELD_ANY, /* told by the value */
    FIELD_TIME,
    FIELD_ZONE,
    FIELD_ETAG,
    FIELD_ID,
    FIELD_NAME, /* an enumeration */
    FIELD_ADDRESS,
    FIELD_URL,
    FIELD_TEXT, /* a subject, a preview, a name */
};

struct field_form {
    enum field_kind kind;
    const char *const *names; /* of an enumeration */
};

/* How the texts of a field are judged. */
struct field_form field_form(const char *path);

enum value_format value_format(const struct field_form *form,
                               const cJSON *value);

#endif
