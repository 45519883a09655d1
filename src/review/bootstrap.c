/* Intervals by drawing the units again.
 *
 * There are few different units: rows of a few values, each one of a few.  A
 * sample of them is therefore how often each different row was drawn, and a
 * statistic costs what the different rows cost, not what the units do. */
#include "datebook/arena.h"
#include "datebook/random.h"
#include "datebook/reliability.h"

#include <stdlib.h>
#include <string.h>

struct row {
    const int *values;
    size_t raters;
    size_t unit;
};

/* Ratings with each different row once. */
struct folded {
    struct ratings ratings;
    uint32_t *weights; /* that ratings.weights shows */
    uint32_t *row_of;  /* by unit */
};

struct drawing {
    struct arena arena;
    struct bootstrap *wanted;
    size_t count;
    struct folded *folded; /* by number in `wanted`; of the one before where
                              that has the same ratings */
    size_t units;
    uint32_t *drawn; /* by unit: how often */
    double **values; /* by number in `wanted`: of samples in which it is defined
                      */
    size_t *value_counts;
};

static int by_values(const void *one, const void *other)
{
    const struct row *a = one;
    const struct row *b = other;

    for (size_t r = 0; r < a->raters; r++)
        if (a->values[r] != b->values[r])
            return a->values[r] < b->values[r] ? -1 : 1;
    return 0;
}

static struct row *sorted_rows(struct arena *arena,
                               const struct ratings *ratings, struct error *err)
{
    struct row *rows = arena_zero(arena, ratings->units, sizeof *rows, err);

    for (size_t u = 0; rows && u < ratings->units; u++)
        rows[u] = (struct row){ratings->values + u * ratings->raters,
                               ratings->raters, u};
    if (rows)
        qsort(rows, ratings->units, sizeof *rows, by_values);
    return rows;
}

static bool fold(struct arena *arena, const struct ratings *ratings,
                 struct folded *folded, struct error *err)
{
    struct row *rows = sorted_rows(arena, ratings, err);
    size_t raters = ratings->raters;
    size_t count = 0;
    int *values;

    folded->row_of =
        arena_zero(arena, ratings->units, sizeof *folded->row_of, err);
    folded->weights =
        arena_zero(arena, ratings->units, sizeof *folded->weights, err);
    values = arena_zero(arena, ratings->units * raters, sizeof *values, err);
    if (!rows || !folded->row_of || !folded->weights || !values)
        return false;
    for (size_t i = 0; i < ratings->units; i++) {
        if (!i || by_values(&rows[i - 1], &rows[i]) != 0) {
            if (raters)
                memcpy(values + count * raters, rows[i].values,
                       raters * sizeof *values);
            count++;
        }
        folded->row_of[rows[i].unit] = (uint32_t)(count - 1);
    }
    folded->ratings = *ratings;
    folded->ratings.values = values;
    folded->ratings.units = count;
    folded->ratings.weights = folded->weights;
    return true;
}

static bool prepare(struct drawing *drawing, struct error *err)
{
    struct arena *arena = &drawing->arena;
    size_t count = drawing->count;

    drawing->drawn =
        arena_zero(arena, drawing->units, sizeof *drawing->drawn, err);
    drawing->folded = arena_zero(arena, count, sizeof *drawing->folded, err);
    drawing->values = arena_zero(arena, count, sizeof *drawing->values, err);
    drawing->value_counts =
        arena_zero(arena, count, sizeof *drawing->value_counts, err);
    if (!drawing->drawn || !drawing->folded || !drawing->values ||
        !drawing->value_counts)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct ratings *ratings = drawing->wanted[i].ratings;
        drawing->values[i] =
            arena_zero(arena, BOOTSTRAP_DRAWS, sizeof *drawing->values[i], err);
        if (!drawing->values[i])
            return false;
        if (i && ratings == drawing->wanted[i - 1].ratings)
            drawing->folded[i] = drawing->folded[i - 1];
        else if (!fold(arena, ratings, &drawing->folded[i], err))
            return false;
    }
    return true;
}

/* What random_below does, with a multiplication for its two divisions: D.
 * Lemire, Fast Random Integer Generation in an Interval, ACM Transactions on
 * Modeling and Computer Simulation 29 (2019). */
static void draw(struct drawing *drawing, struct random *random)
{
    uint32_t units = (uint32_t)drawing->units;
    uint32_t reject = (0 - units) % units;

    memset(drawing->drawn, 0, drawing->units * sizeof *drawing->drawn);
    for (size_t u = 0; u < drawing->units; u++) {
        uint64_t product;
        do
            product = (uint64_t)random_u32(random) * units;
        while ((uint32_t)product < reject);
        drawing->drawn[product >> 32]++;
    }
}

static void weigh(const struct drawing *drawing, struct folded *folded)
{
    memset(folded->weights, 0, folded->ratings.units * sizeof *folded->weights);
    for (size_t u = 0; u < drawing->units; u++)
        folded->weights[folded->row_of[u]] += drawing->drawn[u];
}

static void measure(struct drawing *drawing)
{
    for (size_t i = 0; i < drawing->count; i++) {
        struct bootstrap *wanted = &drawing->wanted[i];
        struct folded *folded = &drawing->folded[i];
        struct coefficient result;

        if (!i || folded->weights != drawing->folded[i - 1].weights)
            weigh(drawing, folded);
        result = wanted->of(&folded->ratings, wanted->context);
        if (result.defined)
            drawing->values[i][drawing->value_counts[i]++] = result.value;
    }
}

static int by_size(const void *one, const void *other)
{
    double a = *(const double *)one;
    double b = *(const double *)other;

    return (a > b) - (a < b);
}

static struct interval interval_of(double *values, size_t count)
{
    size_t k = (count + 1) / 40;

    if (count < BOOTSTRAP_DRAWS - BOOTSTRAP_DRAWS / 10)
        return (struct interval){.defined = false};
    qsort(values, count, sizeof *values, by_size);
    return (struct interval){.defined = values[0] < values[count - 1],
                             .low = values[k - 1],
                             .high = values[count - k]};
}

bool bootstrap_intervals(struct bootstrap *wanted, size_t count, uint64_t seed,
                         struct error *err)
{
    struct drawing drawing = {
        .wanted = wanted,
        .count = count,
        .units = count ? wanted[0].ratings->units : 0,
    };
    struct random random;
    bool ok;

    for (size_t i = 0; i < count; i++)
        wanted[i].interval = (struct interval){.defined = false};
    if (drawing.units < 2 || drawing.units > UINT32_MAX)
        return true;
    random_start(&random, seed, "bootstrap", NULL);
    ok = prepare(&drawing, err);
    for (int d = 0; ok && d < BOOTSTRAP_DRAWS; d++) {
        draw(&drawing, &random);
        measure(&drawing);
    }
    for (size_t i = 0; ok && i < count; i++)
        wanted[i].interval =
            interval_of(drawing.values[i], drawing.value_counts[i]);
    arena_free(&drawing.arena);
    return ok;
}
