/* What two files have in common. */
#include "internal.h"

#include <string.h>

static bool same_chain(struct store *const stores[2], struct arena *scratch,
                       int64_t number, bool *same, int *failed,
                       struct error *err)
{
    struct version versions[2];

    arena_reset(scratch);
    for (*failed = 0; *failed < 2; ++*failed)
        if (!version_get(stores[*failed], scratch, number, &versions[*failed],
                         err))
            return false;
    *same = !memcmp(versions[0].chain, versions[1].chain, HASH_SIZE);
    return true;
}

/* A hash covers all that led to it: equal up to some version, and never after.
 */
bool common_version(struct store *const stores[2], const int64_t heads[2],
                    struct arena *scratch, int64_t *common, int *failed,
                    struct error *err)
{
    int64_t low = 0;
    int64_t high = heads[0] < heads[1] ? heads[0] : heads[1];

    while (low < high) {
        int64_t middle = high - (high - low) / 2;
        bool same;
        if (!same_chain(stores, scratch, middle, &same, failed, err))
            return false;
        if (same)
            low = middle;
        else
            high = middle - 1;
    }
    *common = low;
    return true;
}
