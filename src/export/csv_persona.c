/* The persona of a record of comma-separated values: its second value, after
 * the id. */
#include "check.h"

#include <string.h>

/* Passes a value and the comma after it. */
static const char *pass_value(const char *at, const char *end,
                              const char **value, size_t *length)
{
    const char *stop;

    if (at < end && *at == '"') {
        *value = at + 1;
        stop = at + 1;
        while (stop < end && (*stop != '"' || (++stop < end && *stop == '"')))
            stop++;
        *length = stop > at + 1 ? (size_t)(stop - at) - 2 : 0;
    } else {
        *value = at;
        stop = memchr(at, ',', (size_t)(end - at));
        stop = stop ? stop : end;
        *length = (size_t)(stop - at);
    }
    return stop < end && *stop == ',' ? stop + 1 : NULL;
}

bool csv_line_persona(const char *line, size_t length, const char **id,
                      size_t *id_length)
{
    const char *end = line + length;
    const char *second = pass_value(line, end, id, id_length);

    return second && pass_value(second, end, id, id_length) && *id_length;
}
