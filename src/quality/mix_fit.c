/* Whether the shares of a mix, taken together, could be chance.
 *
 * Pearson's chi-square statistic against the middle of each range, brought to a
 * sum of 1 (Pearson, 1900).  With the few kinds that a mix has, the tail of the
 * chi-square distribution is a closed formula. */
#include "src/quality/mix_fit.h"

#include <math.h>

enum { MOST_KINDS = 4, LEAST_EXPECTED = 5 };

/* The checks that are the kinds of a mix.  Preparation has a second kind that
 * no check counts: none. */
struct kinds {
    const char *name;
    enum check_id first;
    int count; /* 1: and what is left of the whole */
};

static const struct kinds mixes[FITS] = {
    [FIT_IMPORTANCE] = {"importance", CHECK_IMPORTANCE_CRITICAL, 4},
    [FIT_PREP] = {"prep", CHECK_PREP_NEEDED, 1},
    [FIT_TYPE] = {"type", CHECK_TYPE_SINGLE, 3},
    [FIT_ATTENDEE] = {"attendee", CHECK_ATTENDEE_REQUIRED, 3},
};

const char *fit_name(enum fit mix)
{
    return mixes[mix].name;
}

bool fit_is_asked(const struct validate_request *request, enum fit fit)
{
    for (int i = 0; i < mixes[fit].count; i++)
        if (request->skip[(int)mixes[fit].first + i])
            return false;
    return true;
}

double chi_square_tail(double x, int freedom)
{
    double tail;

    if (!(x > 0))
        return 1;
    if (freedom == 2)
        return exp(-x / 2);
    tail = erfc(sqrt(x / 2));
    if (freedom == 3)
        tail += sqrt(2 * x / acos(-1)) * exp(-x / 2);
    return tail;
}

/* How many are wanted of each kind, as shares of one; false when a range has no
 * middle. */
static bool wanted_shares(const struct kinds *kinds,
                          const struct thresholds *wanted,
                          double shares[MOST_KINDS])
{
    double sum = 0;

    for (int i = 0; i < kinds->count; i++) {
        struct check_range range = wanted->of[(int)kinds->first + i].overall;
        shares[i] = (range.low + range.high) / 2;
        if (!check_range_is_judged(range) || !isfinite(shares[i]))
            return false;
        sum += shares[i];
    }
    if (kinds->count == 1) {
        shares[1] = 100 - shares[0];
        sum = 100;
    }
    for (int i = 0; sum > 0 && i < MOST_KINDS; i++)
        shares[i] /= sum;
    return sum > 0;
}

struct mix_fit mix_fit_of(const struct sums *sums, enum fit mix,
                          const struct thresholds *wanted)
{
    const struct kinds *kinds = &mixes[mix];
    const struct sum *first = &sums->of[kinds->first];
    int count = kinds->count == 1 ? 2 : kinds->count;
    struct mix_fit fit = {.freedom = count - 1};
    double shares[MOST_KINDS] = {0};
    double total = 0;
    double counted[MOST_KINDS] = {0};

    if (!wanted_shares(kinds, wanted, shares))
        return fit;
    for (int i = 0; i < kinds->count; i++)
        total += counted[i] = (double)first[i].part;
    if (kinds->count == 1) {
        counted[1] = (double)(first->whole - first->part);
        total = (double)first->whole;
    }
    for (int i = 0; i < count; i++) {
        double expected = shares[i] * total;
        double off = counted[i] - expected;
        if (!(expected >= LEAST_EXPECTED))
            return fit;
        fit.chi_square += off * off / expected;
    }
    fit.judged = true;
    fit.p = chi_square_tail(fit.chi_square, fit.freedom);
    return fit;
}
