/* How full a week is, and of what: figures that people write in many ways.
 * They only inform the generator, so what cannot be read is no error. */
#include "src/persona/reader.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

static const double hours_a_week = 168;

/* A range as it was written: "<10" is at_most, "30+" is at_least. */
struct range {
    double low;
    double high;
    bool at_most;
    bool at_least;
};

/* Digits with at most one decimal point; moves `text` behind them. */
static bool read_decimal(const char **text, double *number)
{
    const char *at = *text;
    double unit = 1;

    *number = 0;
    if (!isdigit((unsigned char)*at))
        return false;
    for (; isdigit((unsigned char)*at); at++)
        *number = *number * 10 + (*at - '0');
    if (*at == '.' && isdigit((unsigned char)at[1]))
        for (at++; isdigit((unsigned char)*at); at++) {
            unit /= 10;
            *number += (*at - '0') * unit;
        }
    *text = at;
    return true;
}

/* Skips a hyphen, a dash or "to" between two numbers. */
static const char *after_dash(const char *text)
{
    static const char *const dashes[] = {"-",      "\u2010", "\u2011", "\u2012",
                                         "\u2013", "\u2014", "to "};

    text += strspn(text, " %hours");
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (!strncmp(text, dashes[i], strlen(dashes[i]))) {
            text += strlen(dashes[i]);
            return text + strspn(text, " ");
        }
    return NULL;
}

static bool starts_with_any(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (!strncasecmp(text, *words, strlen(*words)))
            return true;
    return false;
}

/* Skips the words before the first number. */
static bool read_bound(const char **text, struct range *range)
{
    static const char *const most[] = {"<",    "\u2264", "up to", "under",
                                       "less", "below",  "max",   NULL};
    static const char *const least[] = {">",    "\u2265",   "over", "above",
                                        "more", "at least", "min",  NULL};
    size_t lead;

    *text += strspn(*text, " \t");
    range->at_most = starts_with_any(*text, most);
    range->at_least = starts_with_any(*text, least);
    lead = strcspn(*text, "0123456789");
    if (memchr(*text, '-', lead))
        return false; /* no week has a negative length */
    *text += lead;
    return **text != '\0';
}

static bool read_range(const char *text, struct range *range)
{
    static const char *const more[] = {"+", "or more", "and more", NULL};
    const char *second;

    memset(range, 0, sizeof *range);
    if (!read_bound(&text, range) || !read_decimal(&text, &range->low))
        return false;
    range->high = range->low;
    second = after_dash(text);
    if (second && read_decimal(&second, &range->high)) {
        if (range->high < range->low) {
            double swap = range->low;
            range->low = range->high;
            range->high = swap;
        }
        return true;
    }
    range->high = range->low;
    text += strspn(text, " ");
    range->at_least = range->at_least || starts_with_any(text, more);
    return true;
}

void reader_hours(const cJSON *value, int *low, int *high)
{
    struct range range = {0};

    *low = 0;
    *high = 0;
    if (cJSON_IsNumber(value))
        range.low = range.high = value->valuedouble;
    else if (!cJSON_IsString(value) || !read_range(value->valuestring, &range))
        return;
    /* An open end is closed so that a generator has something to aim at. */
    if (range.at_most)
        range.low = range.high / 2;
    else if (range.at_least)
        range.high = range.low * 1.2;
    if (!(range.low >= 0) || !(range.high <= hours_a_week))
        return;
    *low = (int)lround(range.low * 60);
    *high = (int)lround(range.high * 60);
}

/* "40%", "40", 40 and 0.4 are the same share; -1 when it is none. */
static int percent_of(const cJSON *value)
{
    struct range range = {0};
    double share;
    bool sign = false;

    if (cJSON_IsNumber(value))
        range.low = range.high = value->valuedouble;
    else if (!cJSON_IsString(value) || !read_range(value->valuestring, &range))
        return -1;
    else
        sign = strchr(value->valuestring, '%') != NULL;
    share = (range.low + range.high) / 2;
    if (!sign && share < 1)
        share *= 100;
    if (!(share >= 0))
        return -1;
    return share > 100 ? 100 : (int)lround(share);
}

bool reader_shares(struct reader *reader, const cJSON *value)
{
    struct persona *persona = reader->persona;
    const cJSON *item;

    if (!cJSON_IsObject(value))
        return true;
    persona->shares =
        arena_zero(reader->arena, (size_t)cJSON_GetArraySize(value),
                   sizeof *persona->shares, reader->err);
    if (!persona->shares)
        return false;
    cJSON_ArrayForEach (item, value) {
        int percent = percent_of(item);
        if (percent < 0)
            continue;
        persona->shares[persona->share_count].name = item->string;
        persona->shares[persona->share_count++].percent = percent;
    }
    return true;
}
