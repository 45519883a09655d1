/* The mix of labels: what is missing, and which options are likely to give
 * it.  All in integers, so that a draw is the same on every machine. */
#include "parts.h"

#include <string.h>

enum { THOUSAND = 1000, PREP_SHARE = 450, CELLS = 8, RARE = 8 };

/* Shares of low, medium, high, critical in a thousand: inside of 15-20, 35-40,
 * 25-30 and 10-15 percent with about the same way to the nearest edge. */
static const int64_t SHARES[4] = {189, 386, 287, 138};

int mix_cell(const struct calendar_verdict *verdict)
{
    return verdict->importance * 2 + (verdict->prep_minutes > 0);
}

void mix_count(struct mix *mix, const struct calendar_verdict *verdict,
               int64_t times)
{
    mix->meetings += times;
    mix->levels[verdict->importance] += times;
    if (verdict->prep_minutes > 0) {
        mix->prep += times;
        mix->prep_minutes += times * verdict->prep_minutes;
    }
}

/* How many thousandths of a meeting of a level are missing. */
static int64_t missing(const struct mix *mix, int level)
{
    return SHARES[level] * (mix->meetings + 1) - THOUSAND * mix->levels[level];
}

static int64_t missing_prep(const struct mix *mix)
{
    return PREP_SHARE * (mix->meetings + 1) - THOUSAND * mix->prep;
}

int mix_wanted(const struct mix *mix)
{
    int best = 0;

    for (int level = 1; level < 4; level++)
        if (missing(mix, level) > missing(mix, best))
            best = level;
    return best * 2 + (missing_prep(mix) > PREP_SHARE / 2);
}

int64_t mix_gain(const struct mix *mix, const struct calendar_verdict *verdict)
{
    int64_t prep = missing_prep(mix) - THOUSAND / 2;
    int64_t gain = 3 * missing(mix, verdict->importance);

    return gain + (verdict->prep_minutes > 0 ? prep : -prep);
}

bool wheel_make(struct arena *arena, struct wheel *wheel,
                const struct options *options, struct error *err)
{
    wheel->count = options->count;
    for (int cell = 0; cell < CELLS; cell++) {
        wheel->sums[cell] =
            arena_zero(arena, options->count, sizeof *wheel->sums[cell], err);
        if (!wheel->sums[cell])
            return false;
    }
    return true;
}

/* An option that was never seen may give anything; the same importance with
 * the other prep is the next best. */
static uint64_t chance(const struct option *option, int cell, bool judged)
{
    uint64_t hits;

    if (!judged)
        return option->weight;
    hits = 12 * option->seen[cell] + 2 * option->seen[cell ^ 1];
    return option->weight * (hits + 1) * 64 / (12 * option->total + 8) + 1;
}

void wheel_learn(struct wheel *wheel, const struct options *options,
                 bool judged)
{
    for (int cell = 0; cell < CELLS; cell++) {
        uint64_t sum = 0;
        wheel->reach[cell] = 0;
        for (size_t i = 0; i < wheel->count; i++) {
            const struct option *option = &options->items[i];
            if (option->total)
                wheel->reach[cell] += (uint64_t)option->weight *
                                      option->seen[cell] / option->total;
            sum += chance(option, cell, judged);
            wheel->sums[cell][i] = sum;
        }
    }
}

int wheel_cell(const struct wheel *wheel, int cell)
{
    bool rare = wheel->reach[cell] * RARE < wheel->reach[cell ^ 1];

    return rare ? cell ^ 1 : cell;
}

size_t wheel_draw(const struct wheel *wheel, int cell, struct random *random)
{
    const uint64_t *sums = wheel->sums[cell];
    uint64_t total = sums[wheel->count - 1];
    /* A fraction of 2^32: even enough for a weighted draw. */
    uint64_t at =
        (uint64_t)(((unsigned __int128)random_u32(random) * total) >> 32);
    size_t low = 0;
    size_t high = wheel->count - 1;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sums[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
