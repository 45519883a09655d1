/* Text for a terminal: nothing in it can move the cursor, change colours, or
 * make a line read as what it is not. */
#include "datebook/table.h"

#include <string.h>
#include <utf8proc.h>

/* Characters that are invisible and change how their neighbours are shown.
 * U+200C and U+200D stay: Persian and emoji need them. */
static const struct {
    utf8proc_int32_t first;
    utf8proc_int32_t last;
} hidden[] = {
    {0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200B},
    {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

static bool is_hidden(utf8proc_int32_t code)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (code >= hidden[i].first && code <= hidden[i].last)
            return true;
    return false;
}

/* U+2028 and U+2029 break lines as well. */
static bool is_break(utf8proc_int32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || code == 0x2028 ||
           code == 0x2029;
}

static bool is_control(utf8proc_int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* One character, or one byte that is none, made safe.  Returns its size. */
static size_t add_character(struct buf *buf, const char *at)
{
    utf8proc_int32_t code = (unsigned char)*at;
    utf8proc_ssize_t size = 1;

    if (code >= 0x80)
        size = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &code);
    if (size < 1) {
        buf_text(buf, "\uFFFD");
        return 1;
    }
    if (is_break(code))
        buf_char(buf, ' ');
    else if (is_control(code))
        buf_format(buf, "\\x%02x", (unsigned)code);
    else if (is_hidden(code))
        buf_format(buf, "\\u%04x", (unsigned)code);
    else
        buf_add(buf, at, (size_t)size);
    return at[0] == '\r' && at[1] == '\n' ? 2 : (size_t)size;
}

void terminal_text(struct buf *buf, const char *text)
{
    while (*text)
        text += add_character(buf, text);
}

void terminal_lines(struct buf *buf, const char *text)
{
    while (*text) {
        bool line_end = text[*text == '\r'] == '\n';
        if (line_end) {
            text += 1 + (*text == '\r');
            buf_char(buf, '\n');
        } else {
            text += add_character(buf, text);
        }
    }
}

/* The columns of one character and its size in bytes. */
static int character_width(const char *at, size_t *size)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t bytes;

    *size = 1;
    if (!((unsigned char)*at & 0x80))
        return 1;
    bytes = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &code);
    if (bytes < 1)
        return 1;
    *size = (size_t)bytes;
    return utf8proc_charwidth(code);
}

int text_width(const char *text)
{
    int width = 0;
    size_t size;

    for (; *text; text += size)
        width += character_width(text, &size);
    return width;
}

int text_cut(struct buf *buf, const char *text, int width)
{
    const char *end = text;
    int used = 0;
    size_t size;

    if (width < 1)
        return 0;
    if (text_width(text) <= width) {
        buf_text(buf, text);
        return text_width(text);
    }
    for (; *end; end += size) {
        int more = character_width(end, &size);
        if (used + more > width - 1)
            break;
        used += more;
    }
    buf_add(buf, text, (size_t)(end - text));
    buf_text(buf, "…");
    return used + 1;
}

void text_number(struct buf *buf, int64_t value)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char text[32];
    char *at = text + sizeof text;

    for (int digits = 0; rest || !digits; digits++, rest /= 10) {
        if (digits && digits % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + rest % 10);
    }
    if (value < 0)
        *--at = '-';
    buf_add(buf, at, (size_t)(text + sizeof text - at));
}

void text_percent(struct buf *buf, int64_t part, int64_t whole)
{
    if (whole <= 0)
        buf_char(buf, '-');
    else
        buf_format(buf, "%.1f%%", 100.0 * (double)part / (double)whole);
}

void text_bar(struct buf *buf, int64_t part, int64_t whole, int width)
{
    static const char *const ends[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    double share = whole > 0 ? (double)part / (double)whole : 0;
    int eighths;

    if (!(share > 0) || width < 1)
        return;
    eighths = (int)((share > 1 ? 1 : share) * width * 8 + 0.5);
    /* Something is never shown as nothing. */
    if (!eighths)
        eighths = 1;
    for (int i = 0; i < eighths / 8; i++)
        buf_text(buf, "█");
    buf_text(buf, ends[eighths % 8]);
}
