/* Draws that look at several personas: shares within strata, and folds.
 *
 * Candidates are put in an order in which every stratum, and every stratum
 * within a stratum, is one range, and in which only hashes decide who comes
 * first.  A share takes the first few of each range; folds are dealt out along
 * the whole of it, like cards, which keeps them even in each range as well. */
#include "split_internal.h"

#include "datebook/persona.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct candidate {
    const char *id;
    const char *values[STRATA]; /* "" where the draw does not look */
    double share;
    double least[STRATA]; /* share of who is the same up to this value */
    bool held_out;
    int fold;
};

/* ---- Values ---- */

static const char *text_of(const struct persona *persona, enum stratum stratum)
{
    const char *text = json_member_text(json_member(persona->tree, "diversity"),
                                        stratum_name(stratum));

    if (text)
        return text;
    return stratum == STRATUM_FUNCTION ? persona->function
           : stratum == STRATUM_LEVEL  ? persona->level
                                       : persona->industry;
}

static bool read_texts(struct arena *arena, struct arena *scratch,
                       unsigned strata, const struct stored_persona *stored,
                       struct candidate *candidate, struct error *err)
{
    struct persona persona;

    if (!persona_parse(scratch, stored->document, stored->document_length,
                       stored->id, &persona, err))
        return false;
    for (int s = STRATUM_FUNCTION; s < STRATA; s++) {
        if (!(strata & 1u << s))
            continue;
        candidate->values[s] =
            arena_text(arena, text_of(&persona, (enum stratum)s), err);
        if (!candidate->values[s])
            return false;
    }
    return true;
}

static bool read_values(struct arena *arena, struct arena *scratch,
                        unsigned strata, const struct stored_persona *stored,
                        struct candidate *candidate, struct error *err)
{
    for (int s = 0; s < STRATA; s++)
        candidate->values[s] = "";
    if (strata & 1u << STRATUM_TIER)
        candidate->values[STRATUM_TIER] =
            arena_format(arena, err, "%d", stored->tier);
    if (!candidate->values[STRATUM_TIER])
        return false;
    return !(strata & ~(1u << STRATUM_TIER)) ||
           read_texts(arena, scratch, strata, stored, candidate, err);
}

/* ---- Order ---- */

static int compare_shares(double one, double other)
{
    return (one > other) - (one < other);
}

static int by_value(const void *a, const void *b)
{
    const struct candidate *one = a;
    const struct candidate *other = b;
    int order = 0;

    for (int s = 0; s < STRATA && !order; s++)
        order = strcmp(one->values[s], other->values[s]);
    if (!order)
        order = compare_shares(one->share, other->share);
    return order ? order : strcmp(one->id, other->id);
}

static int by_draw(const void *a, const void *b)
{
    const struct candidate *one = a;
    const struct candidate *other = b;
    int order = 0;

    for (int s = 0; s < STRATA && !order; s++) {
        order = compare_shares(one->least[s], other->least[s]);
        if (!order)
            order = strcmp(one->values[s], other->values[s]);
    }
    if (!order)
        order = compare_shares(one->share, other->share);
    return order ? order : strcmp(one->id, other->id);
}

/* How many candidates, from the first on, have its value. */
static size_t range_length(const struct candidate *candidates, size_t count,
                           int stratum)
{
    size_t length = 1;

    while (length < count && !strcmp(candidates[length].values[stratum],
                                     candidates->values[stratum]))
        length++;
    return length;
}

static void find_least(struct candidate *candidates, size_t count, int stratum)
{
    for (size_t from = 0, length; stratum < STRATA && from < count;
         from += length) {
        struct candidate *range = candidates + from;
        double least = 1;
        length = range_length(range, count - from, stratum);
        for (size_t i = 0; i < length; i++)
            least = fmin(least, range[i].share);
        for (size_t i = 0; i < length; i++)
            range[i].least[stratum] = least;
        find_least(range, length, stratum + 1);
    }
}

static void order_candidates(struct candidate *candidates, size_t count)
{
    qsort(candidates, count, sizeof *candidates, by_value);
    find_least(candidates, count, 0);
    qsort(candidates, count, sizeof *candidates, by_draw);
}

/* ---- Shares ---- */

/* What a share of a count comes to, in billionths: 0.29 of 100 are 29, which
 * the nearest doubles would not say, and the quotas of parts add up to that of
 * the whole. */
enum { BILLION = 1000000000 };

static int64_t quota(double fraction, size_t count)
{
    return llround(fraction * BILLION) * (int64_t)count;
}

struct range {
    size_t from;
    size_t count;
    size_t seats;
    int64_t remainder;
};

/* Largest remainder first; else the order of the candidates. */
static int by_remainder(const void *a, const void *b)
{
    const struct range *one = a;
    const struct range *other = b;

    if (one->remainder != other->remainder)
        return one->remainder < other->remainder ? 1 : -1;
    return (one->from > other->from) - (one->from < other->from);
}

/* Deals seats to ranges by the largest remainder.  None gets more than one
 * beyond its whole number, unless there is no other way. */
static void deal_seats(struct range *ranges, size_t count, double fraction,
                       size_t seats)
{
    for (size_t i = 0; i < count; i++) {
        int64_t exact = quota(fraction, ranges[i].count);
        ranges[i].seats = (size_t)(exact / BILLION);
        ranges[i].remainder = exact % BILLION;
        seats -= ranges[i].seats;
    }
    qsort(ranges, count, sizeof *ranges, by_remainder);
    for (size_t i = 0; seats; i = (i + 1) % count)
        if (ranges[i].seats < ranges[i].count) {
            ranges[i].seats++;
            seats--;
        }
}

static bool hold_out(struct arena *arena, struct candidate *candidates,
                     size_t count, double fraction, size_t seats, int stratum,
                     struct error *err)
{
    struct range *ranges;
    size_t range_count = 0;

    if (!count)
        return true;
    if (stratum == STRATA) {
        for (size_t i = 0; i < seats; i++)
            candidates[i].held_out = true;
        return true;
    }
    ranges = arena_zero(arena, count, sizeof *ranges, err);
    if (!ranges)
        return false;
    for (size_t from = 0; from < count; from += ranges[range_count++].count)
        ranges[range_count] = (struct range){
            from, range_length(candidates + from, count - from, stratum), 0, 0};
    deal_seats(ranges, range_count, fraction, seats);
    for (size_t i = 0; i < range_count; i++)
        if (!hold_out(arena, candidates + ranges[i].from, ranges[i].count,
                      fraction, ranges[i].seats, stratum + 1, err))
            return false;
    return true;
}

/* ---- Draws ---- */

static bool gather(struct arena *arena, struct arena *scratch,
                   const struct split_terms *terms,
                   const struct stored_persona *personas, size_t count,
                   struct candidate *candidates, size_t *used,
                   struct error *err)
{
    *used = 0;
    for (size_t i = 0; i < count; i++) {
        struct candidate *candidate = &candidates[*used];
        if (split_standing_reason(terms, &personas[i]) != HELD_OUT_NOT)
            continue;
        arena_reset(scratch);
        candidate->share = split_share(personas[i].id, terms->seed);
        candidate->id = arena_text(arena, personas[i].id, err);
        if (!candidate->id || !read_values(arena, scratch, terms->strata,
                                           &personas[i], candidate, err))
            return false;
        ++*used;
    }
    return true;
}

static bool deal_folds(struct candidate *candidates, size_t count, int folds,
                       struct error *err)
{
    if ((size_t)folds > count) {
        error_set(err, ERROR_INPUT,
                  "%d folds need as many personas that may train, and there "
                  "%s %zu",
                  folds, count == 1 ? "is" : "are", count);
        return count < 2 ? false
                         : error_hint(err, "make %zu folds at most", count);
    }
    for (size_t i = 0; i < count; i++)
        candidates[i].fold = 1 + (int)(i % (size_t)folds);
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct split_draw *one = a;
    const struct split_draw *other = b;

    return strcmp(one->id, other->id);
}

static bool write_down(struct arena *arena, struct split *split,
                       const struct candidate *candidates, size_t count,
                       struct error *err)
{
    split->draws = arena_zero(arena, count, sizeof *split->draws, err);
    if (!split->draws)
        return false;
    split->draw_count = count;
    for (size_t i = 0; i < count; i++)
        split->draws[i] = (struct split_draw){
            candidates[i].id, candidates[i].held_out, candidates[i].fold};
    qsort(split->draws, count, sizeof *split->draws, by_id);
    return true;
}

static bool draw(struct arena *arena, const struct split_terms *terms,
                 struct candidate *candidates, size_t count, struct error *err)
{
    size_t seats =
        (size_t)((quota(terms->fraction, count) + BILLION / 2) / BILLION);

    order_candidates(candidates, count);
    if (terms->folds)
        return deal_folds(candidates, count, terms->folds, err);
    return hold_out(arena, candidates, count, terms->fraction, seats, 0, err);
}

bool split_draw_together(struct arena *arena, struct split *split,
                         const struct stored_persona *personas, size_t count,
                         struct error *err)
{
    struct candidate *candidates =
        arena_zero(arena, count, sizeof *candidates, err);
    struct arena scratch = ARENA_EMPTY;
    size_t used;
    bool ok = candidates &&
              gather(arena, &scratch, &split->terms, personas, count,
                     candidates, &used, err) &&
              draw(arena, &split->terms, candidates, used, err) &&
              write_down(arena, split, candidates, used, err);

    arena_free(&scratch);
    return ok;
}
