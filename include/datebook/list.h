/* Lists that grow in an arena. */
#ifndef DATEBOOK_LIST_H
#define DATEBOOK_LIST_H

#include "datebook/arena.h"

/* Makes room for one more element of a list with `count` elements, by doubling
 * whenever the count reaches a power of two from 8 on.  `items` is the address
 * of the pointer to the elements.  Old elements stay in the arena. */
bool list_grow(struct arena *arena, void *items, size_t count, size_t size,
               struct error *err) CHECKED;

#endif
