/* Building an error message in place: no allocation, so that running out of
 * memory can be reported like anything else. */
#include "datebook/error.h"

#include <stdio.h>
#include <string.h>

/* Drops a character that a full message was cut in the middle of, so that
 * what is printed stays UTF-8. */
static void mend_cut(char *text, size_t size)
{
    size_t length = strlen(text);
    size_t start = length;

    if (length + 1 < size)
        return;
    while (start && length - start < 4 &&
           ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start && (unsigned char)text[start - 1] >= 0xC0) {
        unsigned char lead = (unsigned char)text[--start];
        size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (length - start < need)
            text[start] = '\0';
    }
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
    va_list args;

    err->code = code;
    err->hint[0] = '\0';
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    mend_cut(err->message, sizeof err->message);
    return false;
}

bool error_hint(struct error *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(err->hint, sizeof err->hint, format, args);
    va_end(args);
    mend_cut(err->hint, sizeof err->hint);
    return false;
}

bool error_context(struct error *err, const char *format, ...)
{
    char inner[sizeof err->message];
    va_list args;
    int used;

    memcpy(inner, err->message, sizeof inner);
    va_start(args, format);
    used = vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    /* Cutting what does not fit is meant, so the result is not looked at for
     * its length. */
    if (used >= 0 && (size_t)used < sizeof err->message &&
        snprintf(err->message + used, sizeof err->message - (size_t)used,
                 ": %s", inner) < 0)
        err->message[used] = '\0';
    mend_cut(err->message, sizeof err->message);
    return false;
}

bool error_memory(struct error *err)
{
    return error_set(err, ERROR_BUG, "out of memory");
}
