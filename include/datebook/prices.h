/* What tokens cost: a dated file that anybody can replace. */
#ifndef DATEBOOK_PRICES_H
#define DATEBOOK_PRICES_H

#include "datebook/arena.h"

#include <stdint.h>

/* Of a million tokens, in micro-dollars (millionths of a US dollar): also what
 * one token costs in units of 10^-12 dollars. */
struct price {
    const char *model; /* as the file names it */
    int64_t input;
    int64_t cached; /* input that the service had seen before */
    int64_t output;
    int64_t batch_percent; /* of these prices, in batches; usually 50 */
};

struct prices {
    const char *date; /* "2026-11-01": when they were looked up */
    const char *source;
    struct price *items;
    size_t count;
};

/* Reads {"date", "source", "currency": "USD", "models": {"NAME": {"input",
 * "cached"?, "output", "batch_percent"?}}}, prices in dollars for a million
 * tokens.  ERROR_INPUT names file and field. */
bool prices_read(struct arena *arena, const char *path, struct prices *prices,
                 struct error *err) CHECKED;

/* The price of a model: its own name, else the name that stands in it before
 * "-" and a date, written 2024-07-18 or 20240718 ("gpt-4o-mini-2024-07-18");
 * NULL when there is none. */
const struct price *prices_find(const struct prices *prices, const char *model);

/* In micro-dollars, rounded up. */
int64_t price_cost(const struct price *price, int64_t input, int64_t cached,
                   int64_t output, bool batch);

#endif
