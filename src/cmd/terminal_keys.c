/* From the bytes that a terminal sends to keys.
 *
 * Keys beyond characters come as escape sequences (ECMA-48): ESC [ parameters
 * final, or ESC O final.  What is no known key is taken whole all the same: its
 * letters must not be read as answers. */
#include "terminal.h"

#include <utf8proc.h>

enum {
    CONTROL_D = 0x04,
    CONTROL_H = 0x08,
    CONTROL_U = 0x15,
    ESCAPE = 0x1B,
    DELETE = 0x7F
};

/* The key of a final byte, or of the number before a "~". */
static enum key_kind sequence_kind(char final, int number)
{
    if (final == '~')
        return number == 5   ? KEY_PAGE_UP
               : number == 6 ? KEY_PAGE_DOWN
                             : KEY_OTHER;
    return final == 'A' ? KEY_UP : final == 'B' ? KEY_DOWN : KEY_OTHER;
}

/* ESC [ … : parameters and intermediate bytes up to a final byte. */
static size_t decode_control(const char *bytes, size_t length, bool all,
                             struct key *key)
{
    size_t end = 2;
    int number = 0;

    while (end < length && bytes[end] >= 0x20 && bytes[end] < 0x40) {
        if (bytes[end] >= '0' && bytes[end] <= '9' && number < 1000)
            number = 10 * number + (bytes[end] - '0');
        end++;
    }
    if (end == length)
        return all ? length : 0;
    /* A byte that cannot end a sequence is a key of its own. */
    if (bytes[end] < 0x40 || bytes[end] == DELETE)
        return end;
    key->kind = sequence_kind(bytes[end], number);
    return end + 1;
}

static size_t decode_escape(const char *bytes, size_t length, bool all,
                            struct key *key)
{
    key->kind = KEY_OTHER;
    if (length == 1) {
        key->kind = KEY_ESCAPE;
        return all;
    }
    if (bytes[1] == '[')
        return decode_control(bytes, length, all, key);
    if (bytes[1] == ESCAPE) {
        key->kind = KEY_ESCAPE;
        return 1;
    }
    if (bytes[1] != 'O')
        return 2; /* a key together with Alt */
    if (length == 2)
        return all ? 2 : 0;
    key->kind = sequence_kind(bytes[2], 0);
    return 3;
}

/* How many bytes a character of UTF-8 has, by its first one. */
static size_t announced(unsigned char first)
{
    return first >= 0xF5   ? 1
           : first >= 0xF0 ? 4
           : first >= 0xE0 ? 3
           : first >= 0xC2 ? 2
                           : 1;
}

static size_t decode_character(const char *bytes, size_t length, bool all,
                               struct key *key)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)bytes,
                                             (utf8proc_ssize_t)length, &code);

    if (size < 1 && !all && length < announced((unsigned char)bytes[0]))
        return 0;
    key->kind = KEY_OTHER;
    if (size < 1)
        return 1;
    if (code >= 0x20 && (code < DELETE || code >= 0xA0)) {
        key->kind = KEY_CHARACTER;
        memcpy(key->text, bytes, (size_t)size);
    }
    return (size_t)size;
}

size_t key_decode(const char *bytes, size_t length, bool all, struct key *key)
{
    *key = (struct key){KEY_OTHER, ""};
    if (!length)
        return 0;
    switch (bytes[0]) {
    case ESCAPE:
        return decode_escape(bytes, length, all, key);
    case '\r':
    case '\n':
        key->kind = KEY_ENTER;
        return 1;
    case CONTROL_H:
    case DELETE:
        key->kind = KEY_BACKSPACE;
        return 1;
    case CONTROL_U:
        key->kind = KEY_KILL;
        return 1;
    case CONTROL_D:
        key->kind = KEY_END;
        return 1;
    default:
        return decode_character(bytes, length, all, key);
    }
}

bool key_is(const struct key *key, char character)
{
    return key->kind == KEY_CHARACTER && key->text[0] == character &&
           !key->text[1];
}
