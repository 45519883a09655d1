/* Distances of distributions: see the header for the formulas. */
#include "datebook/against.h"

#include <math.h>

static double sum_of(const int64_t *counts, int values)
{
    double sum = 0;

    for (int i = 0; i < values; i++)
        sum += (double)counts[i];
    return sum;
}

/* p log2(p / m), which is 0 for p = 0. */
static double divergence(double p, double m)
{
    return p > 0 ? p * log2(p / m) : 0;
}

double distance_jensen_shannon(const int64_t *one, const int64_t *other,
                               int values, int bin)
{
    double ones = sum_of(one, values);
    double others = sum_of(other, values);
    double sum = 0;

    if (!(ones > 0) || !(others > 0))
        return NAN;
    for (int start = 0; start < values; start += bin) {
        int size = start + bin > values ? values - start : bin;
        double p = sum_of(one + start, size) / ones;
        double q = sum_of(other + start, size) / others;
        double m = (p + q) / 2;
        sum += divergence(p, m) / 2 + divergence(q, m) / 2;
    }
    /* Rounding may leave the ends by a hair. */
    return sum <= 0 ? 0 : sum >= 1 ? 1 : sqrt(sum);
}

double distance_wasserstein(const int64_t *one, const int64_t *other,
                            int values)
{
    double ones = sum_of(one, values);
    double others = sum_of(other, values);
    int64_t below_one = 0;
    int64_t below_other = 0;
    double area = 0;

    if (!(ones > 0) || !(others > 0))
        return NAN;
    for (int i = 0; i < values; i++) {
        below_one += one[i];
        below_other += other[i];
        area += fabs((double)below_one / ones - (double)below_other / others);
    }
    return area;
}
