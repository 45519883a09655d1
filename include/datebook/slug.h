/* Names as they stand in addresses. */
#ifndef DATEBOOK_SLUG_H
#define DATEBOOK_SLUG_H

#include <stddef.h>

/* Small ASCII letters and digits of a name without its accents; spaces become
 * `joint` (0: nothing).  A letter that has no plain form falls away, so that
 * the text may be empty.  What does not fit is cut. */
void slug_make(const char *name, char joint, char *text, size_t size);

#endif
