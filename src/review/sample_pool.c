/* The pool of a drawing: of each stratum the candidates that come first.
 *
 * How many a stratum gives is known only when all were seen.  But the even
 * share of a stratum never grows: the level up to which strata are emptied to
 * fill the sample falls with every stratum and every meeting that comes.  So
 * what is above the level of what was seen so far can be dropped for good, and
 * is whenever the pool holds twice what it needs. */
#include "sample.h"

#include <stdlib.h>

/* ---- Order ---- */

/* Whether one is drawn before the other. */
static bool comes_before(const struct candidate *one,
                         const struct candidate *other)
{
    if (one->preferred != other->preferred)
        return one->preferred;
    if (one->draw[0] != other->draw[0])
        return one->draw[0] < other->draw[0];
    return one->draw[1] < other->draw[1];
}

static int by_draw(const void *a, const void *b)
{
    return comes_before(a, b) ? -1 : comes_before(b, a);
}

static void swap(struct candidate *one, struct candidate *other)
{
    struct candidate kept = *one;

    *one = *other;
    *other = kept;
}

static void sift_up(struct candidate *heap, size_t at)
{
    while (at && comes_before(&heap[(at - 1) / 2], &heap[at])) {
        swap(&heap[(at - 1) / 2], &heap[at]);
        at = (at - 1) / 2;
    }
}

static void sift_down(struct candidate *heap, size_t count)
{
    size_t at = 0;

    for (;;) {
        size_t last = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < count && comes_before(&heap[last], &heap[child]))
                last = child;
        if (last == at)
            return;
        swap(&heap[at], &heap[last]);
        at = last;
    }
}

/* ---- Levels ---- */

static size_t least(size_t one, size_t other)
{
    return one < other ? one : other;
}

/* How many there are when no stratum gives more than a level. */
static size_t filled(const struct pool *pool, size_t level)
{
    size_t sum = 0;

    for (size_t i = 0; i < pool->count; i++)
        sum += least(pool->strata[i].count, level);
    return sum;
}

/* The least level that fills the sample; the most that is worth keeping when
 * none does. */
static size_t find_level(const struct pool *pool)
{
    size_t low = 1;
    size_t high = pool->want;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (filled(pool, middle) >= pool->want)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void trim(struct pool *pool)
{
    pool->level = find_level(pool);
    pool->kept = 0;
    for (size_t i = 0; i < pool->count; i++) {
        struct pool_stratum *stratum = &pool->strata[i];
        while (stratum->count > pool->level) {
            stratum->kept[0] = stratum->kept[--stratum->count];
            sift_down(stratum->kept, stratum->count);
        }
        pool->kept += stratum->count;
    }
}

/* ---- Adding ---- */

bool pool_add_stratum(struct pool *pool, uint64_t rank, struct error *err)
{
    size_t size = pool->size ? 2 * pool->size : 16;
    struct pool_stratum *strata = pool->strata;

    if (pool->count == pool->size) {
        strata = realloc(strata, size * sizeof *strata);
        if (!strata)
            return error_memory(err);
        pool->strata = strata;
        pool->size = size;
    }
    strata[pool->count++] = (struct pool_stratum){.rank = rank};
    return true;
}

static bool make_room(struct pool_stratum *stratum, struct error *err)
{
    size_t size = stratum->size ? 2 * stratum->size : 8;
    struct candidate *kept = stratum->kept;

    if (stratum->count < stratum->size)
        return true;
    kept = realloc(kept, size * sizeof *kept);
    if (!kept)
        return error_memory(err);
    stratum->kept = kept;
    stratum->size = size;
    return true;
}

bool pool_add(struct pool *pool, size_t number,
              const struct candidate *candidate, struct error *err)
{
    struct pool_stratum *stratum = &pool->strata[number];

    stratum->meetings++;
    stratum->preferred += candidate->preferred;
    if (stratum->count >= pool->level) {
        if (comes_before(candidate, &stratum->kept[0])) {
            stratum->kept[0] = *candidate;
            sift_down(stratum->kept, stratum->count);
        }
        return true;
    }
    if (!make_room(stratum, err))
        return false;
    stratum->kept[stratum->count] = *candidate;
    sift_up(stratum->kept, stratum->count++);
    if (++pool->kept > 2 * (pool->want + pool->count))
        trim(pool);
    return true;
}

/* ---- Drawing ---- */

static int by_rank(const void *a, const void *b)
{
    const struct pool_stratum *one = a;
    const struct pool_stratum *other = b;

    return (one->rank > other->rank) - (one->rank < other->rank);
}

/* The two halves of a rank: whose stratum it is, and which of theirs. */
static uint64_t owner_of(const struct pool_stratum *stratum)
{
    return stratum->rank >> 32;
}

static size_t cell_of(const struct pool_stratum *stratum)
{
    return (size_t)(uint32_t)stratum->rank;
}

/* The stratum of an owner that may give one more: of the cell that gave least
 * so far, and among equals the largest. */
static struct pool_stratum *next_of(struct pool *pool, size_t from, size_t to,
                                    size_t level, const size_t *given)
{
    struct pool_stratum *best = NULL;

    for (size_t i = from; i < to; i++) {
        struct pool_stratum *one = &pool->strata[i];
        size_t gave = given[cell_of(one)];
        if (one->quota >= level || one->count < level)
            continue;
        if (!best || gave < given[cell_of(best)] ||
            (gave == given[cell_of(best)] && one->meetings > best->meetings))
            best = one;
    }
    return best;
}

/* What is left goes round: each owner in turn gives one more, and the cells of
 * all owners together stay as even as they can. */
static void give_rest(struct pool *pool, size_t level, size_t left,
                      size_t *given)
{
    bool any = true;

    while (left && any) {
        any = false;
        for (size_t from = 0, to; left && from < pool->count; from = to) {
            struct pool_stratum *one;
            for (to = from + 1;
                 to < pool->count &&
                 owner_of(&pool->strata[to]) == owner_of(&pool->strata[from]);)
                to++;
            one = next_of(pool, from, to, level, given);
            if (!one)
                continue;
            one->quota++;
            given[cell_of(one)]++;
            left--;
            any = true;
        }
    }
}

/* Everything below the level, and of the level itself what is left. */
static bool set_quotas(struct pool *pool, struct error *err)
{
    size_t level = find_level(pool);
    size_t left = least(filled(pool, level), pool->want);
    size_t cells = 1;
    size_t *given;

    for (size_t i = 0; i < pool->count; i++)
        if (cell_of(&pool->strata[i]) >= cells)
            cells = cell_of(&pool->strata[i]) + 1;
    given = calloc(cells, sizeof *given);
    if (!given)
        return error_memory(err);
    for (size_t i = 0; i < pool->count; i++) {
        struct pool_stratum *one = &pool->strata[i];
        one->quota = least(one->count, level - 1);
        given[cell_of(one)] += one->quota;
        left -= one->quota;
    }
    give_rest(pool, level, left, given);
    free(given);
    return true;
}

bool pool_draw(struct pool *pool, struct error *err)
{
    if (pool->count)
        qsort(pool->strata, pool->count, sizeof *pool->strata, by_rank);
    if (!set_quotas(pool, err))
        return false;
    for (size_t i = 0; i < pool->count; i++)
        if (pool->strata[i].count)
            qsort(pool->strata[i].kept, pool->strata[i].count,
                  sizeof *pool->strata[i].kept, by_draw);
    return true;
}

void pool_free(struct pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        free(pool->strata[i].kept);
    free(pool->strata);
    *pool = (struct pool){0};
}
