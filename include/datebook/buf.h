/* A text that grows.
 *
 * Adding never fails on the spot: a buffer that ran out of memory remembers
 * it, ignores what comes after, and says so once in buf_ok. */
#ifndef DATEBOOK_BUF_H
#define DATEBOOK_BUF_H

#include "datebook/error.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
    char *data;    /* NUL-terminated once something was added */
    size_t length; /* without the NUL */
    size_t size;
    bool failed;
};

/* A buffer that is all zeros is empty and ready for use. */
#define BUF_EMPTY                                                              \
    {                                                                          \
        NULL, 0, 0, false                                                      \
    }

/* Adds what does not fit without more memory. */
void buf_add_more(struct buf *buf, const void *bytes, size_t length);

static inline void buf_add(struct buf *buf, const void *bytes, size_t length)
{
    if (buf->failed || !length || length >= buf->size - buf->length) {
        buf_add_more(buf, bytes, length);
        return;
    }
    memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_int(struct buf *buf, int64_t value);
void buf_format(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* A JSON string with its quotes; NULL gives null.  Escapes what RFC 8259
 * demands and nothing else, so that text stays readable UTF-8; bytes that are
 * not UTF-8 (a path, a blob of SQL) become U+FFFD. */
void buf_json(struct buf *buf, const char *text);
void buf_json_bytes(struct buf *buf, const char *bytes, size_t length);
/* The same without quotes, for a part of a string; no part ends within a
 * character. */
void buf_json_inside(struct buf *buf, const char *bytes, size_t length);

/* The text so far; "" for an empty buffer.  Valid until the next change. */
const char *buf_string(const struct buf *buf);

/* What was lost in a part is lost in the whole. */
void buf_inherit(struct buf *whole, const struct buf *part);

/* False, with "out of memory", when anything that was added got lost. */
bool buf_ok(const struct buf *buf, struct error *err) CHECKED;

/* Empties the buffer and keeps its memory. */
void buf_clear(struct buf *buf);
void buf_free(struct buf *buf);

#endif
