/* The name that a typing mistake most likely meant. */
#include "datebook/nearest.h"

#include <limits.h>
#include <string.h>

enum { LONGEST = 64 };

static int least(int a, int b, int c)
{
    int least_two = a < b ? a : b;

    return least_two < c ? least_two : c;
}

/* Edits between two names, counting an exchange of neighbours as one (optimal
 * string alignment). */
static int distance(const char *one, const char *other)
{
    int rows[3][LONGEST + 1];
    int n = (int)strlen(one);
    int m = (int)strlen(other);

    if (n > LONGEST || m > LONGEST)
        return INT_MAX;
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *now = rows[i % 3];
        int *last = rows[(i + 2) % 3];
        now[0] = i;
        for (int j = 1; j <= m; j++) {
            int change = one[i - 1] != other[j - 1];
            now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + change);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] &&
                one[i - 2] == other[j - 1] && rows[(i + 1) % 3][j - 2] < now[j])
                now[j] = rows[(i + 1) % 3][j - 2] + 1;
        }
    }
    return rows[n % 3][m];
}

const char *nearest_within(const char *wrong, int limit,
                           const char *const *names, size_t count)
{
    const char *best = NULL;

    for (size_t i = 0; i < count; i++) {
        int edits = distance(wrong, names[i]);
        if (edits > limit || (best && edits == limit))
            continue;
        best = names[i];
        limit = edits;
    }
    return best;
}

const char *nearest_name(const char *wrong, const char *const *names,
                         size_t count)
{
    return nearest_within(wrong, (int)strlen(wrong) / 3 + 1, names, count);
}
