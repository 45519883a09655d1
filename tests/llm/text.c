/* Texts that grow, and the other small things; see text.h. */
#include "tests/llm/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void give_up(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fputs("server: ", stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    va_end(list);
    exit(2);
}

void *new_zero(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        give_up("out of memory");
    return memory;
}

char *new_string(const char *string)
{
    size_t length = strlen(string);
    char *copy = new_zero(length + 1);
    memcpy(copy, string, length);
    return copy;
}

static void make_room(struct text *text, size_t more)
{
    if (text->room - text->length > more)
        return;
    size_t room = text->room ? text->room : 256;
    while (room - text->length <= more)
        room *= 2;
    char *bytes = realloc(text->bytes, room);
    if (!bytes)
        give_up("out of memory");
    text->bytes = bytes;
    text->room = room;
}

void text_add(struct text *text, const void *bytes, size_t length)
{
    make_room(text, length);
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_puts(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

void text_format(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    char *line = NULL;
    int length = vasprintf(&line, format, list);
    va_end(list);
    if (length < 0)
        give_up("out of memory");
    text_add(text, line, (size_t)length);
    free(line);
}

/* How many bytes the character at `s` has; 0 when it is none. */
static size_t character(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return 1;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    bool too_long =
        (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
    bool no_scalar =
        (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
    return too_long || no_scalar ? 0 : length;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    const unsigned char *s = (const unsigned char *)bytes;
    for (size_t at = 0; at < length;) {
        size_t step = character(s + at, length - at);
        if (!step)
            return false;
        at += step;
    }
    return true;
}

void text_quote(struct text *text, const char *bytes, size_t length)
{
    const unsigned char *s = (const unsigned char *)bytes;
    text_puts(text, "\"");
    for (size_t at = 0; at < length;) {
        size_t step = character(s + at, length - at);
        if (!step)
            text_puts(text, "?");
        else if (s[at] == '"' || s[at] == '\\')
            text_format(text, "\\%c", s[at]);
        else if (s[at] < 0x20)
            text_format(text, "\\u%04x", (unsigned)s[at]);
        else
            text_add(text, bytes + at, step);
        at += step ? step : 1;
    }
    text_puts(text, "\"");
}

void text_drop(struct text *text, size_t length)
{
    if (!length)
        return;
    memmove(text->bytes, text->bytes + length, text->length - length + 1);
    text->length -= length;
}

void text_clear(struct text *text)
{
    text->length = 0;
    if (text->bytes)
        text->bytes[0] = '\0';
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){NULL, 0, 0};
}

void text_read(struct text *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        give_up("%s: %s", path, strerror(errno));
    char piece[16384];
    size_t length;
    while ((length = fread(piece, 1, sizeof(piece), file)) > 0)
        text_add(text, piece, length);
    if (ferror(file))
        give_up("%s: cannot be read", path);
    fclose(file);
    text_add(text, "", 0);
}

uint64_t hash_of(const char *bytes, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3U;
    return spread(hash);
}

uint64_t spread(uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
