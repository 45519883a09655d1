/* What a typing mistake most likely meant. */
#ifndef DATEBOOK_NEAREST_H
#define DATEBOOK_NEAREST_H

#include <stddef.h>

/* The name nearest to a wrong one, or NULL when none is near: up to a third of
 * its letters and one more may differ.  For commands and ids, where any guess
 * is better than none. */
const char *nearest_name(const char *wrong, const char *const *names,
                         size_t count);

/* The same with at most this many edits, of which an exchange of neighbours is
 * one.  The first of those that are equally near. */
const char *nearest_within(const char *wrong, int limit,
                           const char *const *names, size_t count);

#endif
