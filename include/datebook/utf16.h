/* Lengths of texts in UTF-16 units, in which Microsoft Graph counts. */
#ifndef DATEBOOK_UTF16_H
#define DATEBOOK_UTF16_H

#include <stddef.h>

/* Length of a UTF-8 text; characters beyond U+FFFF are two units. */
size_t text_units(const char *text);

/* The bytes of whole characters at the start of a text that take at most so
 * many units. */
size_t text_units_cut(const char *text, size_t units);

#endif
