/* Several numbers of the same units, measured together with their intervals. */
#include "measuring.h"

struct coefficient measuring_yes(const struct ratings *ratings, void *context)
{
    (void)context;
    return yes_share(ratings);
}

struct coefficient measuring_pairs(const struct ratings *ratings, void *context)
{
    (void)context;
    return pair_agreement(ratings);
}

void measuring_add(struct measuring *measuring, const struct ratings *ratings,
                   statistic *of, void *context, struct measured *into)
{
    size_t i = measuring->count++;

    measuring->wanted[i] =
        (struct bootstrap){.ratings = ratings, .of = of, .context = context};
    measuring->into[i] = into;
    measuring->share[i] = false;
}

void measuring_add_share(struct measuring *measuring,
                         const struct ratings *ratings, statistic *of,
                         struct measured *into)
{
    measuring_add(measuring, ratings, of, NULL, into);
    measuring->share[measuring->count - 1] = true;
}

/* Units that take part in a share. */
static size_t units_of(const struct bootstrap *wanted)
{
    struct ratings one = *wanted->ratings;
    size_t units = 0;

    one.units = 1;
    for (size_t u = 0; u < wanted->ratings->units; u++) {
        units += wanted->of(&one, wanted->context).defined;
        one.values += one.raters;
    }
    return units;
}

/* Drawing units that are all alike again shows nothing of what the next one
 * would be. */
static struct interval without_drawing(const struct bootstrap *wanted,
                                       const struct coefficient *result)
{
    if (!result->defined || (result->value > 0 && result->value < 1))
        return (struct interval){.defined = false};
    return unanimous_interval(units_of(wanted), result->value > 0);
}

bool measuring_run(struct measuring *measuring, uint64_t seed,
                   struct error *err)
{
    size_t count = measuring->count;

    measuring->count = 0;
    if (!bootstrap_intervals(measuring->wanted, count, seed, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct bootstrap *wanted = &measuring->wanted[i];
        struct measured *into = measuring->into[i];
        into->of = wanted->of(wanted->ratings, wanted->context);
        into->interval = wanted->interval;
        if (!into->interval.defined && measuring->share[i])
            into->interval = without_drawing(wanted, &into->of);
    }
    return true;
}

int *measuring_values(struct arena *arena, size_t units, size_t raters,
                      struct error *err)
{
    int *values;

    if (raters && units > SIZE_MAX / raters) {
        error_memory(err);
        return NULL;
    }
    values = arena_zero(arena, units * raters, sizeof *values, err);
    for (size_t i = 0; values && i < units * raters; i++)
        values[i] = RATING_MISSING;
    return values;
}
