/* JSON through cJSON, with its nodes in an arena.
 *
 * cJSON's allocator hooks are one per process: json_parse points them at the
 * arena of the calling thread while it runs.  Trees are read-only and live as
 * long as their arena; never pass one to cJSON_Delete.
 *
 * Documents that are only passed through keep their text: json_minify and
 * json_indent change white space and nothing else, so numbers and escapes come
 * back as they were written. */
#ifndef DATEBOOK_JSON_H
#define DATEBOOK_JSON_H

#include "datebook/arena.h"
#include "datebook/buf.h"

#include <cjson/cJSON.h>

/* Parses one JSON value that fills the whole text (a byte order mark before it
 * and white space around it are fine).  An error names `source`, line and
 * column.  Refuses invalid UTF-8, an object with the same key twice, and an
 * escaped NUL, none of which could be kept faithfully, and what cJSON lets
 * through though it is no JSON: control characters and numbers such as 01. */
const cJSON *json_parse(struct arena *arena, const char *text, size_t length,
                        const char *source, struct error *err) CHECKED;

/* The member of an object, matched exactly; NULL when it is missing or when
 * `object` is no object. */
const cJSON *json_member(const cJSON *object, const char *name);

/* The text of a string member, or NULL. */
const char *json_member_text(const cJSON *object, const char *name);

/* "text", "a number", "an object" … for messages. */
const char *json_kind(const cJSON *value);

/* Whether two values are the same, whatever the order of members. */
bool json_same(const cJSON *one, const cJSON *other);

/* Adds a valid JSON text without white space between its tokens. */
void json_minify(struct buf *buf, const char *text, size_t length);

/* Adds a valid JSON text indented by two spaces, with short arrays of plain
 * values on one line each value, and without a final newline. */
void json_indent(struct buf *buf, const char *text, size_t length);

#endif
