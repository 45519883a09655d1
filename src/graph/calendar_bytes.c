/* UTF-16, as some tools on Windows write it. */
#include "src/graph/calendar_bytes.h"

#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

enum text_encoding text_encoding(const char *bytes, size_t length)
{
    if (length < 2)
        return TEXT_UTF8;
    if (!memcmp(bytes, "\xFF\xFE", 2) || !memcmp(bytes, "\xFE\xFF", 2))
        return TEXT_UTF16;
    return !bytes[0] != !bytes[1] ? TEXT_UTF16_BARE : TEXT_UTF8;
}

struct units {
    const unsigned char *bytes;
    size_t count;
    bool big_endian;
};

static unsigned unit_at(const struct units *units, size_t at)
{
    const unsigned char *two = units->bytes + 2 * at;

    return units->big_endian ? (unsigned)(two[0] << 8 | two[1])
                             : (unsigned)(two[1] << 8 | two[0]);
}

/* The character at *at, which moves past it. */
static utf8proc_int32_t next_character(const struct units *units, size_t *at,
                                       size_t *broken)
{
    unsigned unit = unit_at(units, (*at)++);
    unsigned low;

    if (unit < 0xD800 || unit > 0xDFFF)
        return (utf8proc_int32_t)unit;
    low = unit <= 0xDBFF && *at < units->count ? unit_at(units, *at) : 0;
    if (low >= 0xDC00 && low <= 0xDFFF) {
        (*at)++;
        return (utf8proc_int32_t)(0x10000 + ((unit - 0xD800) << 10) +
                                  (low - 0xDC00));
    }
    (*broken)++;
    return REPLACEMENT;
}

char *text_from_utf16(struct arena *arena, const char *bytes, size_t length,
                      size_t *converted, size_t *broken, struct error *err)
{
    struct units units = {.bytes = (const unsigned char *)bytes + 2,
                          .count = length / 2 - 1,
                          .big_endian = (unsigned char)*bytes == 0xFE};
    /* A unit makes three bytes at most. */
    char *text = arena_alloc(arena, 3 * units.count + 4, err);
    char *end = text;

    if (!text)
        return NULL;
    *broken = 0;
    for (size_t at = 0; at < units.count;)
        end += utf8proc_encode_char(next_character(&units, &at, broken),
                                    (utf8proc_uint8_t *)end);
    if (length % 2) {
        (*broken)++;
        end += utf8proc_encode_char(REPLACEMENT, (utf8proc_uint8_t *)end);
    }
    *end = '\0';
    *converted = (size_t)(end - text);
    return text;
}
