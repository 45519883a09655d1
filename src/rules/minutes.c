/* Preparation time from words: "30 min", "30–60 min", "1.5 hours", "1h30". */
#include "ruleset.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MINUTES_STEP = 5, MINUTES_LEAST = 15, MINUTES_MOST = 90 };

int minutes_fit(double minutes)
{
    int fit;

    if (minutes >= MINUTES_MOST)
        return MINUTES_MOST;
    fit = (int)(minutes / MINUTES_STEP + 0.5) * MINUTES_STEP;
    return fit < MINUTES_LEAST ? MINUTES_LEAST : fit;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind the text `start`, or NULL when it does not stand here. */
static const char *behind(const char *at, const char *start)
{
    size_t length = strlen(start);

    return strncmp(at, start, length) ? NULL : at + length;
}

static const char *skip_spaces(const char *at)
{
    for (;;) {
        const char *wide = behind(at, "\u00A0");
        if (*at != ' ' && *at != '\t' && !wide)
            return at;
        at = wide ? wide : at + 1;
    }
}

/* Behind a dash or the word "to", NULL when there is neither. */
static const char *skip_dash(const char *at)
{
    static const char *const dashes[] = {
        "-",      "\u2010", "\u2011", "\u2012", "\u2013",
        "\u2014", "\u2015", "\u2212", "to ",
    };

    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        const char *next = behind(at, dashes[i]);
        if (next)
            return next;
    }
    return NULL;
}

/* Reads digits with an optional fraction; NULL when there are none. */
static const char *read_number(const char *at, double *number)
{
    double place = 1;

    if (!is_digit(*at))
        return NULL;
    for (*number = 0; is_digit(*at); at++)
        *number = *number * 10 + (*at - '0');
    if ((*at == '.' || *at == ',') && is_digit(at[1]))
        for (at++; is_digit(*at); at++)
            *number += (*at - '0') * (place /= 10);
    return at;
}

/* Reads a unit, and says how many minutes it is; NULL when there is none.  A
 * capital M alone means millions. */
static const char *read_unit(const char *at, int *minutes)
{
    static const struct {
        const char *name;
        int minutes;
    } units[] = {
        {"minutes", 1}, {"minute", 1}, {"mins", 1},  {"min", 1},   {"m", 1},
        {"hours", 60},  {"hour", 60},  {"hrs", 60},  {"hr", 60},   {"h", 60},
        {"分钟", 1},    {"分鐘", 1},   {"小时", 60}, {"小時", 60},
    };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t length = strlen(units[i].name);
        if (strncasecmp(at, units[i].name, length) != 0 ||
            (length == 1 && *at == 'M') || isalpha((unsigned char)at[length]))
            continue;
        *minutes = units[i].minutes;
        return at + length;
    }
    return NULL;
}

/* Reads what may follow hours: "1 hour 30 min", "1h30". */
static const char *read_rest(const char *at, double *minutes)
{
    double rest;
    int unit;
    const char *number = read_number(skip_spaces(at), &rest);
    const char *end = number ? read_unit(skip_spaces(number), &unit) : NULL;

    if (end && unit == 1) {
        *minutes += rest;
        return end;
    }
    if (number == at + 2) {
        *minutes += rest;
        return number;
    }
    return at;
}

/* Reads "30 min", "30-60 min", "60+ min", "1 h 30"; NULL when there is no unit.
 * Of a range the middle counts. */
static const char *read_amount(const char *at, double *minutes)
{
    double upper;
    const char *next;
    int unit;

    at = read_number(at, minutes);
    if (!at)
        return NULL;
    next = skip_dash(skip_spaces(at));
    next = next ? read_number(skip_spaces(next), &upper) : NULL;
    if (next) {
        *minutes = (*minutes + upper) / 2;
        at = next;
    }
    if (*at == '+')
        at++;
    next = skip_dash(at);
    at = read_unit(next ? next : skip_spaces(at), &unit);
    if (!at)
        return NULL;
    *minutes *= unit;
    return unit == 60 ? read_rest(at, minutes) : at;
}

/* Whether a number may start here: not inside a word, and not money. */
static bool may_start(const char *text, const char *at)
{
    char before = at > text ? at[-1] : ' ';
    size_t length = (size_t)(at - text);

    if (isalnum((unsigned char)before) || before == '.' || before == '$')
        return false;
    return !(length >= 2 && (behind(at - 2, "£") || behind(at - 2, "¥"))) &&
           !(length >= 3 && behind(at - 3, "€"));
}

/* Whether a place in a rule is inside of a bracket, given what held before. */
static bool is_inside(const char *at, bool inside)
{
    if (*at == '(' || behind(at, "\uFF08"))
        return true;
    return inside && *at != ')' && !behind(at, "\uFF09");
}

/* Reads a whole length of time, of which both ends may have a unit. */
static bool read_length(const char *at, double *minutes)
{
    double upper;
    const char *end = read_amount(at, minutes);

    if (!end)
        return false;
    end = skip_dash(skip_spaces(end));
    if (end && read_amount(skip_spaces(end), &upper))
        *minutes = (*minutes + upper) / 2;
    return true;
}

int minutes_read(const char *text, int otherwise)
{
    bool inside = false;
    double minutes;

    for (const char *at = text; *at; at++) {
        inside = is_inside(at, inside);
        if (inside && is_digit(*at) && may_start(text, at) &&
            read_length(at, &minutes))
            return minutes_fit(minutes);
    }
    return otherwise;
}
