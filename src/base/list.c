/* One growth rule for every list, so that nobody writes their own. */
#include "datebook/list.h"

#include <string.h>

enum { FIRST_ROOM = 8 };

bool list_grow(struct arena *arena, void *items, size_t count, size_t size,
               struct error *err)
{
    void *old;
    void *more;
    bool full = !count || (count >= FIRST_ROOM && !(count & (count - 1)));

    if (!full)
        return true;
    more = arena_zero(arena, count ? 2 * count : FIRST_ROOM, size, err);
    if (!more)
        return false;
    memcpy(&old, items, sizeof old);
    if (count)
        memcpy(more, old, count * size);
    memcpy(items, &more, sizeof more);
    return true;
}
