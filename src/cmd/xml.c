/* Escaping for XML 1.0, after its production 2 (Char): some characters cannot
 * even be escaped. */
#include "xml.h"

#include <utf8proc.h>

static bool is_allowed(utf8proc_int32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

/* Line breaks and tabs are references as well: a parser turns those of an
 * attribute into spaces, and a lone carriage return into a line feed. */
static const char *escape_of(utf8proc_int32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

void xml_text(struct buf *buf, const char *text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    size_t left = strlen(text);

    while (left) {
        utf8proc_int32_t c;
        utf8proc_ssize_t used =
            utf8proc_iterate(at, (utf8proc_ssize_t)left, &c);
        const char *escape = used > 0 ? escape_of(c) : NULL;
        if (used <= 0 || !is_allowed(c))
            buf_text(buf, "\xEF\xBF\xBD");
        else if (escape)
            buf_text(buf, escape);
        else if (c >= 0x7F && c <= 0x9F)
            buf_format(buf, "&#%d;", (int)c);
        else
            buf_add(buf, at, (size_t)used);
        used = used > 0 ? used : 1;
        at += used;
        left -= (size_t)used;
    }
}

void xml_attribute(struct buf *buf, const char *name, const char *value)
{
    buf_format(buf, " %s=\"", name);
    xml_text(buf, value);
    buf_char(buf, '"');
}

void xml_number(struct buf *buf, const char *name, int64_t value)
{
    buf_format(buf, " %s=\"", name);
    buf_int(buf, value);
    buf_char(buf, '"');
}
