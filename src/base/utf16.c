/* Counting UTF-16 units of UTF-8 texts without converting them. */
#include "datebook/utf16.h"

/* Units of the character that starts with a byte; none of a byte inside. */
static size_t units_of(char c)
{
    unsigned char byte = (unsigned char)c;

    return (size_t)((byte & 0xC0) != 0x80) + (size_t)(byte >= 0xF0);
}

size_t text_units(const char *text)
{
    size_t units = 0;

    for (; *text; text++)
        units += units_of(*text);
    return units;
}

size_t text_units_cut(const char *text, size_t units)
{
    size_t used = 0;
    size_t at = 0;

    for (; text[at]; at++) {
        used += units_of(text[at]);
        if (used > units)
            break;
    }
    return at;
}
