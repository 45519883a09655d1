/* Growable text with one sticky failure, so that writers of JSON and tables
 * read as a list of what they write. */
#include "datebook/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { FIRST_SIZE = 256 };

/* Makes room for `more` bytes and a NUL. */
static bool reserve(struct buf *buf, size_t more)
{
    size_t size = buf->size ? buf->size : FIRST_SIZE;
    char *data;

    if (buf->failed)
        return false;
    if (more < buf->size - buf->length)
        return true;
    if (more > SIZE_MAX / 2 - buf->length) {
        buf->failed = true;
        return false;
    }
    while (size - buf->length <= more)
        size *= 2;
    data = realloc(buf->data, size);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->size = size;
    return true;
}

void buf_add_more(struct buf *buf, const void *bytes, size_t length)
{
    if (!reserve(buf, length))
        return;
    if (length)
        memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_int(struct buf *buf, int64_t value)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        *--at = '-';
    buf_add(buf, at, (size_t)(digits + sizeof digits - at));
}

void buf_format(struct buf *buf, const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0 || !reserve(buf, (size_t)length)) {
        buf->failed = true;
        return;
    }
    va_start(args, format);
    vsnprintf(buf->data + buf->length, (size_t)length + 1, format, args);
    va_end(args);
    buf->length += (size_t)length;
}

/* Whether eight bytes are ASCII that a JSON string holds as it is: a byte has
 * its high bit set here when it is above, below 0x20, a quote or a backslash.
 * (Subtracting may mark a byte after such a one as well.) */
static bool eight_plain(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t bytes;
    uint64_t quotes;
    uint64_t slashes;

    memcpy(&bytes, at, sizeof bytes);
    quotes = bytes ^ ones * '"';
    slashes = bytes ^ ones * '\\';
    return !(
        (bytes | (bytes - ones * 0x20) | (quotes - ones) | (slashes - ones)) &
        ones * 0x80);
}

/* The size of a character that a JSON string holds as it is, or 0. */
static size_t plain_size(const char *at, size_t left)
{
    unsigned char c = (unsigned char)*at;
    utf8proc_int32_t code;
    utf8proc_ssize_t size;

    if (c < 0x80)
        return c >= 0x20 && c != '"' && c != '\\';
    size = utf8proc_iterate((const utf8proc_uint8_t *)at,
                            (utf8proc_ssize_t)left, &code);
    return size > 0 ? (size_t)size : 0;
}

/* Anything else: what must be escaped, and bytes that are not UTF-8. */
static void json_escape(struct buf *buf, unsigned char c)
{
    if (c >= 0x80) {
        buf_text(buf, "\uFFFD");
        return;
    }
    switch (c) {
    case '"':
        buf_add(buf, "\\\"", 2);
        break;
    case '\\':
        buf_add(buf, "\\\\", 2);
        break;
    case '\n':
        buf_add(buf, "\\n", 2);
        break;
    case '\r':
        buf_add(buf, "\\r", 2);
        break;
    case '\t':
        buf_add(buf, "\\t", 2);
        break;
    default:
        buf_format(buf, "\\u%04x", c);
    }
}

void buf_json_inside(struct buf *buf, const char *bytes, size_t length)
{
    size_t plain = 0;

    for (size_t i = 0; i < length;) {
        size_t size = length - i >= 8 && eight_plain(bytes + i)
                          ? 8
                          : plain_size(bytes + i, length - i);
        if (!size) {
            buf_add(buf, bytes + plain, i - plain);
            json_escape(buf, (unsigned char)bytes[i]);
            plain = i + 1;
        }
        i += size ? size : 1;
    }
    buf_add(buf, bytes + plain, length - plain);
}

void buf_json_bytes(struct buf *buf, const char *bytes, size_t length)
{
    buf_char(buf, '"');
    buf_json_inside(buf, bytes, length);
    buf_char(buf, '"');
}

void buf_json(struct buf *buf, const char *text)
{
    if (text)
        buf_json_bytes(buf, text, strlen(text));
    else
        buf_add(buf, "null", 4);
}

const char *buf_string(const struct buf *buf)
{
    return buf->data ? buf->data : "";
}

bool buf_ok(const struct buf *buf, struct error *err)
{
    return buf->failed ? error_memory(err) : true;
}

void buf_inherit(struct buf *whole, const struct buf *part)
{
    whole->failed = whole->failed || part->failed;
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf)BUF_EMPTY;
}
