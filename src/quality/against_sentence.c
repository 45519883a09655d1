/* Differences in plain words. */
#include "src/quality/against_compare.h"

#include <math.h>
#include <string.h>

/* "12 minutes", "1 minute", "0.5 people". */
static void add_amount(struct buf *buf, const struct distribution_kind *kind,
                       double amount)
{
    size_t length = strlen(kind->unit);
    bool one = !kind->decimals && lround(amount) == 1;

    buf_format(buf, "%.*f %.*s", kind->decimals, amount,
               (int)(one ? length - 1 : length), kind->unit);
}

static void add_clock(struct buf *buf, double hours)
{
    int minutes = (int)lround(hours * 60);

    buf_format(buf, "%d:%02d", minutes / 60, minutes % 60);
}

static void add_level(struct buf *buf, enum distribution_id id, double level)
{
    if (id == DISTRIBUTION_HOUR)
        add_clock(buf, level);
    else
        buf_format(buf, "%.*f", distribution_kinds[id].decimals, level);
}

static bool shows_as_zero(const struct distribution_kind *kind, double amount)
{
    return fabs(amount) < (kind->decimals ? 0.05 : 0.5);
}

/* "meetings are 12 minutes longer", "meetings have 2.3 more people". */
static void add_difference(struct buf *buf, enum distribution_id id,
                           double more)
{
    static const struct {
        const char *what;
        const char *more;
        const char *less;
        bool before; /* "more people", but "minutes longer" */
    } words[DISTRIBUTIONS] = {
        [DISTRIBUTION_DURATION] = {"meetings are", "longer", "shorter", false},
        [DISTRIBUTION_HOUR] = {"meetings start", "later", "earlier", false},
        [DISTRIBUTION_ATTENDEES] = {"meetings have", "more", "fewer", true},
        [DISTRIBUTION_LOAD] = {"weeks have", "more", "fewer", true},
        [DISTRIBUTION_SUBJECT] = {"subjects are", "longer", "shorter", false},
        [DISTRIBUTION_PREVIEW] = {"previews are", "longer", "shorter", false},
    };
    const struct distribution_kind *kind = &distribution_kinds[id];
    const char *word = more > 0 ? words[id].more : words[id].less;

    buf_format(buf, "%s ", words[id].what);
    if (words[id].before) {
        buf_format(buf, "%.*f %s %s", kind->decimals, fabs(more), word,
                   kind->unit);
        return;
    }
    add_amount(buf, kind, fabs(more));
    buf_format(buf, " %s", word);
}

/* What is more in the real calendar, and what the averages are. */
static void number_sentence(struct buf *buf, enum distribution_id id,
                            const struct distribution_comparison *comparison)
{
    const struct distribution_kind *kind = &distribution_kinds[id];
    double more = comparison->real_mean - comparison->our_mean;

    if (!shows_as_zero(kind, more)) {
        add_difference(buf, id, more);
        buf_text(buf, " in the real calendar: ");
        add_level(buf, id, comparison->real_mean);
        buf_text(buf, " on average, here ");
        add_level(buf, id, comparison->our_mean);
        return;
    }
    buf_text(buf, "the same on average, ");
    add_level(buf, id, comparison->our_mean);
    if (shows_as_zero(kind, comparison->wasserstein))
        return;
    buf_text(buf, ", but spread otherwise: ");
    add_amount(buf, kind, comparison->wasserstein);
    buf_text(buf, " apart");
}

/* The category whose shares are furthest apart; the first of equals. */
static int furthest(const struct distribution_kind *kind,
                    const struct distribution_comparison *comparison,
                    double shares[2])
{
    double most = -1;
    int found = 0;

    for (int i = 0; i < kind->values; i++) {
        double real =
            (double)comparison->real_counts[i] / (double)comparison->real_count;
        double ours =
            (double)comparison->our_counts[i] / (double)comparison->our_count;
        if (fabs(real - ours) <= most)
            continue;
        most = fabs(real - ours);
        shares[0] = 100 * real;
        shares[1] = 100 * ours;
        found = i;
    }
    return found;
}

static void category_sentence(struct buf *buf,
                              const struct distribution_kind *kind,
                              const struct distribution_comparison *comparison)
{
    double shares[2] = {0, 0};
    int category = furthest(kind, comparison, shares);

    if (fabs(shares[0] - shares[1]) < 0.5)
        buf_text(buf, "the same shares, within half a percent");
    else
        buf_format(buf,
                   "furthest apart: %s, %.0f%% in the real calendar and %.0f%% "
                   "here",
                   kind->categories[category], shares[0], shares[1]);
}

static void sentence(struct buf *buf, enum distribution_id id,
                     const struct against *result,
                     const struct distribution_comparison *comparison)
{
    const struct distribution_kind *kind = &distribution_kinds[id];

    if (!comparison->real_count)
        buf_text(buf, "not in the real calendar");
    else if (!comparison->our_count)
        buf_text(buf, "not in ours");
    else if (id == DISTRIBUTION_HOUR && !result->hours_comparable)
        buf_text(buf, "hours are not comparable: all times of the real "
                      "calendar are in UTC");
    else if (kind->categories)
        category_sentence(buf, kind, comparison);
    else
        number_sentence(buf, id, comparison);
    if (id == DISTRIBUTION_WEEKDAY && comparison->compared &&
        !result->hours_comparable)
        buf_text(buf, "; times in UTC may be on the day before or after");
}

bool comparison_sentence(struct arena *arena, enum distribution_id id,
                         const struct against *result,
                         struct distribution_comparison *comparison,
                         struct error *err)
{
    struct buf buf = BUF_EMPTY;

    sentence(&buf, id, result, comparison);
    if (buf_ok(&buf, err))
        comparison->sentence = arena_text(arena, buf_string(&buf), err);
    buf_free(&buf);
    return comparison->sentence != NULL;
}
