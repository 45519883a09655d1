/* The mix of labels: what is missing, and which options are likely to give
 * it.  All in integers, so that a draw is the same on every machine. */
#include "parts.h"

#include <string.h>

enum {
    THOUSAND = 1000,
    CELLS = 8,
    /* What is missing of preparation counts for no more than this many
     * thousandths of a meeting: rules that never ask for it must not spoil the
     * levels. */
    PREP_MOST = 12000,
    /* Minutes of preparation, on average; out of FINE they are steered. */
    MINUTES = 25,
    MINUTES_FINE = 3,
    MINUTES_WORTH = 30,
    MINUTES_MOST = 6000,
    /* A cell is worth looking for when one draw in this many gives it. */
    RARE = 16,
    /* A wheel learns when it has seen one in this many drafts more. */
    LESSON = 16
};

/* Inside of 15-20, 35-40, 25-30 and 10-15 percent with about the same way to
 * the nearest edge. */
const struct calendar_mix calendar_usual_mix = {.levels = {189, 386, 287, 138},
                                                .prep = 450};

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

static int64_t within(int64_t value, int64_t most)
{
    return value > most ? most : value < -most ? -most : value;
}

/* How many thousandths of a meeting of a level are missing. */
static int64_t missing(const struct mix *mix, int level)
{
    return mix->wanted->levels[level] * (mix->meetings + 1) -
           THOUSAND * mix->levels[level];
}

static int64_t missing_prep(const struct mix *mix)
{
    return mix->wanted->prep * (mix->meetings + 1) - THOUSAND * mix->prep;
}

int mix_wanted(const struct mix *mix)
{
    int best = 0;

    for (int level = 1; level < 4; level++)
        if (missing(mix, level) > missing(mix, best))
            best = level;
    return best * 2 + (2 * missing_prep(mix) > mix->wanted->prep);
}

/* What a meeting in a cell is worth. */
static int64_t cell_gain(const struct mix *mix, int cell)
{
    int64_t prep = within(missing_prep(mix) - THOUSAND / 2, PREP_MOST);

    return 3 * missing(mix, cell / 2) + (cell % 2 ? prep : -prep);
}

int64_t mix_most(const struct mix *mix)
{
    int64_t most = cell_gain(mix, 0);

    for (int cell = 1; cell < CELLS; cell++)
        if (cell_gain(mix, cell) > most)
            most = cell_gain(mix, cell);
    return most;
}

/* By how many minutes of preparation all meetings together are over. */
static int64_t minutes_over(const struct mix *mix)
{
    return mix->prep_minutes - MINUTES * mix->prep;
}

bool mix_fits_minutes(const struct mix *mix,
                      const struct calendar_verdict *verdict)
{
    int64_t over = minutes_over(mix);
    int64_t fine = MINUTES_FINE * (mix->prep + 1);

    return verdict->prep_minutes == 0 || (over <= fine && over >= -fine) ||
           (verdict->prep_minutes > MINUTES) != (over > 0);
}

int64_t mix_gain(const struct mix *mix, const struct calendar_verdict *verdict)
{
    int64_t gain = cell_gain(mix, mix_cell(verdict));

    if (mix_fits_minutes(mix, verdict))
        return gain;
    return gain - within((verdict->prep_minutes - MINUTES) * MINUTES_WORTH *
                             minutes_over(mix) / (mix->prep + 1),
                         MINUTES_MOST);
}

bool wheel_make(struct arena *arena, struct wheel *wheel,
                const struct options *options, struct error *err)
{
    wheel->count = options->count;
    wheel->learn_at = 0;
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

    if (!judged || !option->weight)
        return option->weight;
    hits = 12 * option->seen[cell] + 2 * option->seen[cell ^ 1];
    return option->weight * (hits + 1) * 64 / (12 * option->total + 8) + 1;
}

static uint64_t seen_of(const struct options *options)
{
    uint64_t seen = 0;

    for (size_t i = 0; i < options->count; i++)
        seen += options->items[i].total;
    return seen;
}

void wheel_learn(struct wheel *wheel, const struct options *options,
                 bool judged)
{
    uint64_t seen = seen_of(options);

    /* What a few drafts more have shown changes next to nothing. */
    if (seen < wheel->learn_at)
        return;
    wheel->learn_at = seen + seen / LESSON + 1;
    for (int cell = 0; cell < CELLS; cell++) {
        uint64_t sum = 0;
        uint64_t hits = 0;
        for (size_t i = 0; i < wheel->count; i++) {
            const struct option *option = &options->items[i];
            uint64_t part = chance(option, cell, judged);
            if (option->total)
                hits += part * option->seen[cell] / option->total;
            sum += part;
            wheel->sums[cell][i] = sum;
        }
        wheel->reached[cell] = hits * RARE >= sum;
    }
}

int wheel_cell(const struct wheel *wheel, const struct mix *mix)
{
    int best = -1;
    int64_t best_gain = 0;

    for (int cell = 0; cell < CELLS; cell++) {
        int64_t gain = cell_gain(mix, cell);
        if (!wheel->reached[cell] || (best >= 0 && gain <= best_gain))
            continue;
        best = cell;
        best_gain = gain;
    }
    return best < 0 ? mix_wanted(mix) : best;
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
