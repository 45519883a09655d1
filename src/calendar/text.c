/* Lines of bounded length, cut between words; and phrases made fit to stand
 * in one. */
#include "parts.h"

#include <string.h>
#include <utf8proc.h>

enum { UNITS_MAX = 255, PHRASE_UNITS = 120 };

void line_clear(struct line *line)
{
    line->length = 0;
    line->data[0] = '\0';
}

void line_add(struct line *line, const char *text, size_t length)
{
    if (length >= LINE_SIZE - line->length)
        return;
    memcpy(line->data + line->length, text, length);
    line->length += length;
    line->data[line->length] = '\0';
}

/* The bytes that stay when a text is cut after `units` UTF-16 units; the cut
 * falls on a space where there is one. */
static size_t cut_at(const char *text, size_t length, size_t units)
{
    size_t used = 0;
    size_t space = 0;
    size_t at = 0;

    while (at < length) {
        unsigned char c = (unsigned char)text[at];
        size_t bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        used += bytes == 4 ? 2 : 1;
        if (c == ' ' || c == '\r')
            space = at;
        if (used > units)
            break;
        at += bytes;
    }
    if (at >= length)
        return length;
    at = space ? space : at;
    while (at && strchr(" ,;:\r\n", text[at - 1]))
        at--;
    return at;
}

void line_cut(struct line *line)
{
    if (line->length <= UNITS_MAX)
        return;
    line->length = cut_at(line->data, line->length, UNITS_MAX);
    line->data[line->length] = '\0';
}

static bool is_blank(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);

    return category == UTF8PROC_CATEGORY_ZS ||
           category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP ||
           category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF;
}

char *phrase_clean(struct arena *arena, const char *text, struct error *err)
{
    size_t length = strlen(text);
    char *clean = arena_bytes(arena, text, length, err);
    size_t used = 0;
    bool space = false;

    for (size_t at = 0; clean && at < length;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                             (utf8proc_ssize_t)(length - at), &code);
        if (bytes < 1 || code == '{' || code == '}' || is_blank(code)) {
            space = used > 0;
            at += bytes < 1 ? 1 : (size_t)bytes;
            continue;
        }
        if (space)
            clean[used++] = ' ';
        space = false;
        memcpy(clean + used, text + at, (size_t)bytes);
        used += (size_t)bytes;
        at += (size_t)bytes;
    }
    if (clean) {
        used = cut_at(clean, used, PHRASE_UNITS);
        clean[used] = '\0';
    }
    return clean;
}
