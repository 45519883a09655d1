/* Lines of bounded length, cut between words; and phrases made fit to stand
 * in one. */
#include "parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum { UNITS_MAX = 255, PHRASE_UNITS = 120 };

uint64_t text_hash(const char *text)
{
    uint64_t hash = 14695981039346656037u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static bool is_word(unsigned char c)
{
    return isalnum(c) || c >= 0x80;
}

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

static void truncate(struct line *line, size_t length)
{
    line->length = length;
    line->data[length] = '\0';
}

static size_t units(const struct line *line)
{
    size_t count = 0;

    for (size_t i = 0; i < line->length; i++) {
        unsigned char c = (unsigned char)line->data[i];
        count += (c & 0xC0) == 0x80 ? 0u : c < 0xF0 ? 1u : 2u;
    }
    return count;
}

bool line_keep(struct line *line, size_t length)
{
    if (line->length <= UNITS_MAX || units(line) <= UNITS_MAX)
        return true;
    truncate(line, length);
    return false;
}

void line_cut(struct line *line)
{
    if (line->length > UNITS_MAX)
        truncate(line, cut_at(line->data, line->length, UNITS_MAX));
}

void line_cut_sentence(struct line *line)
{
    size_t whole = line->length;

    line_cut(line);
    if (line->length == whole)
        return;
    for (size_t at = line->length; at > 1; at--)
        if (strchr(".?!", line->data[at - 1]) && line->data[at] == ' ') {
            truncate(line, at);
            return;
        }
}

/* The bytes of a word, letters and digits, before or from `at` on. */
static size_t word_back(const char *text, size_t at)
{
    size_t length = 0;

    while (length < at && is_word((unsigned char)text[at - length - 1]))
        length++;
    return length;
}

void line_join(struct line *line, size_t at)
{
    const char *text = line->data;
    size_t left = at && text[at - 1] == ' ' ? at - 1 : at;
    size_t right = text[at] == ' ' ? at + 1 : at;
    size_t length = word_back(text, left);

    if (right - left != 1 || !length || right + length > line->length ||
        strncasecmp(text + left - length, text + right, length) != 0 ||
        is_word((unsigned char)text[right + length]))
        return;
    memmove(line->data + left, line->data + right + length,
            line->length - right - length + 1);
    line->length -= right + length - left;
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
