/* What the commands of agreement print with. */
#include "agreement_output.h"

#include <math.h>

/* ---- Verdicts ---- */

enum verdict verdict_of(const struct measured *measured, double target)
{
    const struct interval *interval = &measured->interval;

    if (!measured->of.defined)
        return VERDICT_NONE;
    if (measured->of.value >= target)
        return interval->defined && interval->low >= target ? VERDICT_MET
                                                            : VERDICT_MET_MAYBE;
    return interval->defined && interval->high < target ? VERDICT_NOT_MET
                                                        : VERDICT_NOT_MET_MAYBE;
}

const char *verdict_text(enum verdict verdict)
{
    static const char *const texts[] = {"nothing to count", "not met",
                                        "not met, could be chance",
                                        "met, could be chance", "met"};

    return texts[verdict];
}

static const char *verdict_key(enum verdict verdict)
{
    static const char *const keys[] = {"none", "not_met", "not_met_maybe",
                                       "met_maybe", "met"};

    return keys[verdict];
}

bool shares_meet(const struct shown_share *shares, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (shares[i].target > 0 &&
            verdict_of(shares[i].measured, shares[i].target) <
                VERDICT_MET_MAYBE)
            return false;
    return true;
}

/* ---- Numbers ---- */

/* Whole percent.  Rounding does not carry over the target, nor to all or
 * nothing. */
static int percent(double share, double target)
{
    int whole = (int)lround(share * 100);

    if (share < target && whole >= (int)lround(target * 100))
        whole--;
    if (share < 1 && whole == 100)
        return 99;
    return share > 0 && !whole ? 1 : whole;
}

const char *share_text(struct cli *cli, const struct measured *measured,
                       double target, struct error *err)
{
    const struct interval *interval = &measured->interval;

    if (!measured->of.defined)
        return "-";
    if (!interval->defined)
        return arena_format(&cli->arena, err, "%d %%",
                            percent(measured->of.value, target));
    return arena_format(&cli->arena, err, "%d %% (%d-%d %%)",
                        percent(measured->of.value, target),
                        percent(interval->low, target),
                        percent(interval->high, target));
}

/* Never "-0.00". */
static double hundredths(double value)
{
    double rounded = round(value * 100) / 100;

    return rounded == 0 ? 0 : rounded;
}

const char *coefficient_text(struct cli *cli, const struct measured *measured,
                             struct error *err)
{
    const struct interval *interval = &measured->interval;

    if (!measured->of.defined)
        return "-";
    if (!interval->defined)
        return arena_format(&cli->arena, err, "%.2f",
                            hundredths(measured->of.value));
    return arena_format(&cli->arena, err, "%.2f (%.2f to %.2f)",
                        hundredths(measured->of.value),
                        hundredths(interval->low), hundredths(interval->high));
}

/* ---- Text ---- */

static void add_share(struct cli *cli, struct table *table,
                      const struct shown_share *share, struct error *err)
{
    const char *target = "";
    const char *verdict = "";

    if (share->target > 0) {
        target = arena_format(&cli->arena, err, "%ld %%",
                              lround(share->target * 100));
        verdict = verdict_text(verdict_of(share->measured, share->target));
    }
    table_row(table, share->name,
              share_text(cli, share->measured, share->target, err),
              arena_format(&cli->arena, err, "%zu", share->measured->of.n),
              target, verdict, NULL);
}

bool print_shares(struct cli *cli, const char *header,
                  const struct shown_share *shares, size_t count,
                  struct error *err)
{
    const struct table_column columns[] = {{header, TABLE_LEFT, 0},
                                           {"SHARE", TABLE_LEFT, 0},
                                           {"N", TABLE_RIGHT, 0},
                                           {"TARGET", TABLE_RIGHT, 0},
                                           {"", TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++)
        add_share(cli, &table, &shares[i], err);
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static const char *meaning_of(const struct measured *measured,
                              enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MET:
        return "met, and none of the interval is below it";
    case VERDICT_NOT_MET:
        return "not met, and all of the interval is below it";
    case VERDICT_MET_MAYBE:
        if (measured->interval.defined)
            return "met, but that could be chance: the interval goes below it";
        return "met, but there is too little to tell that from chance";
    default:
        if (measured->interval.defined)
            return "not met, but that could be chance: the interval reaches it";
        return "not met, but there is too little to tell that from chance";
    }
}

void print_meaning(struct cli *cli, const struct shown_share *share,
                   const char *subject, const char *of, struct error *err)
{
    enum verdict verdict = verdict_of(share->measured, share->target);
    const char *text = share_text(cli, share->measured, share->target, err);

    if (verdict == VERDICT_NONE)
        buf_format(&cli->out, "%s: nothing to count yet\n", subject);
    else
        buf_format(&cli->out, "%s: %s, n %zu %s\n  target %ld %%: %s\n",
                   subject, text ? text : "", share->measured->of.n, of,
                   lround(share->target * 100),
                   meaning_of(share->measured, verdict));
}

/* ---- JSON ---- */

static void json_value(struct buf *out, const char *key, bool defined,
                       double value)
{
    json_key(out, key);
    if (defined)
        buf_format(out, "%.6f", value);
    else
        buf_text(out, "null");
}

void json_measured(struct buf *out, const char *key,
                   const struct measured *measured, double target)
{
    const struct interval *interval = &measured->interval;

    json_key(out, key);
    buf_char(out, '{');
    json_value(out, "value", measured->of.defined, measured->of.value);
    json_value(out, "low", interval->defined, interval->low);
    json_value(out, "high", interval->defined, interval->high);
    buf_format(out, ",\"n\":%zu", measured->of.n);
    if (target > 0) {
        json_value(out, "target", true, target);
        buf_format(out, ",\"verdict\":\"%s\"",
                   verdict_key(verdict_of(measured, target)));
    }
    buf_char(out, '}');
}
