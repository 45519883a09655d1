/* Flaws of texts that need no understanding of what they say. */
#include "src/quality/text_checks.h"

#include "datebook/utf16.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

const char *text_unfilled(const char *text)
{
    return strpbrk(text, "{}");
}

/* Bytes of a blank at the start of a text; 0 when there is none. */
static size_t blank(const char *text)
{
    if (*text == ' ' || *text == '\t')
        return 1;
    return (unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xA0 ? 2
                                                                            : 0;
}

const char *text_double_space(const char *text)
{
    for (; *text; text++) {
        size_t length = blank(text);
        if (length && blank(text + length))
            return text;
    }
    return NULL;
}

static bool is_space(const char *text)
{
    return isspace((unsigned char)*text) || blank(text);
}

const char *text_edge_space(const char *text)
{
    size_t length = strlen(text);

    if (!length)
        return NULL;
    if (is_space(text))
        return text;
    if (is_space(text + length - 1) ||
        (length > 1 && blank(text + length - 2) == 2))
        return text + length - 1;
    return NULL;
}

/* ---- Repeated words ---- */

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool may_repeat(const char *word, size_t length)
{
    static const char *const words[] = {"that", "had", "bye", "very", "so"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && !strncasecmp(words[i], word, length))
            return true;
    for (size_t i = 1; i < length; i++)
        if (!isupper((unsigned char)word[i]))
            return false;
    return true; /* "NO NO", "A A" */
}

const char *text_repeated_word(const char *text)
{
    const char *before = NULL;
    size_t before_length = 0;

    while (*text) {
        size_t length = 0;
        while (is_letter(text[length]))
            length++;
        if (length && before && before_length == length &&
            !strncasecmp(before, text, length) && !is_letter(text[length]) &&
            !isdigit((unsigned char)text[length]) && text[length] != '-' &&
            !may_repeat(text, length))
            return before;
        before = length && text[length] == ' ' ? text : NULL;
        before_length = length;
        text += length ? length + (text[length] == ' ') : 1;
    }
    return NULL;
}

/* ---- Ends ---- */

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t count = strlen(end);

    return length >= count && !memcmp(text + length - count, end, count);
}

static bool ends_with_any(const char *text, size_t length,
                          const char *const *ends)
{
    for (; *ends; ends++)
        if (ends_with(text, length, *ends))
            return true;
    return false;
}

const char *text_cut_end(const char *text, size_t long_from)
{
    static const char *const open[] = {",",
                                       ";",
                                       "(",
                                       "[",
                                       "-",
                                       "\xE2\x80\x93",
                                       "\xE2\x80\x94",
                                       "\xE2\x80\xA6",
                                       "...",
                                       NULL};
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", NULL};
    static const char *const stops[] = {
        ".", "!", "?", ":", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
        NULL};
    size_t length = strlen(text);

    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    if (!length)
        return NULL;
    if (ends_with_any(text, length, open))
        return text + length - 1;
    if (text_units(text) < long_from)
        return NULL;
    while (ends_with_any(text, length, closing))
        do
            length--;
        while (length && ((unsigned char)text[length] & 0xC0) == 0x80);
    return length && ends_with_any(text, length, stops) ? NULL
                                                        : text + length - 1;
}

/* ---- Excerpts ---- */

static bool is_inside(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

void text_excerpt(const char *text, const char *at, char *excerpt, size_t room)
{
    static const char dots[] = "\xE2\x80\xA6";
    size_t most = room - 1 - 2 * (sizeof dots - 1);
    size_t length = strlen(text);
    size_t start = (size_t)(at - text);
    size_t end;

    start = start > most / 3 ? start - most / 3 : 0;
    if (length <= most)
        start = 0;
    else if (length - start < most)
        start = length - most;
    end = length - start > most ? start + most : length;
    while (start < end && is_inside(text[start]))
        start++;
    while (end > start && end < length && is_inside(text[end]))
        end--;
    if (start) {
        memcpy(excerpt, dots, sizeof dots - 1);
        excerpt += sizeof dots - 1;
    }
    for (size_t i = start; i < end; i++)
        if (text[i] != '\r' || text[i + 1] != '\n')
            *excerpt++ =
                (char)(iscntrl((unsigned char)text[i]) ? ' ' : text[i]);
    if (end < length) {
        memcpy(excerpt, dots, sizeof dots - 1);
        excerpt += sizeof dots - 1;
    }
    *excerpt = '\0';
}
