/* The second implementation: minutes in the brackets of a rule. */
#include "second.h"

#include <check.h>
#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#define BEFORE "(^|[ (:,;])"
#define NUMBER "([0-9]+(\\.[0-9]+)?)"
#define HOURS "(hours|hour|h)"
#define MINUTES "(minutes|min|m)"
#define UNIT "(" HOURS "|" MINUTES ")"
#define TO " *(-|\u2013|to) *"
#define AFTER "($|[^a-zA-Z0-9])"

/* The number of a group of a match, without its unit. */
static double number(const char *text, const regmatch_t *group)
{
    return group->rm_so < 0 ? 0 : strtod(text + group->rm_so, NULL);
}

/* 60 for a group that is a unit of hours. */
static double unit(const char *text, const regmatch_t *group)
{
    return text[group->rm_so] == 'h' ? 60 : 1;
}

static bool finds(const char *pattern, const char *text, regmatch_t *groups)
{
    regex_t regex;
    bool found;

    ck_assert_int_eq(regcomp(&regex, pattern, REG_EXTENDED), 0);
    found = regexec(&regex, text, 16, groups, 0) == 0;
    regfree(&regex);
    return found;
}

/* Each way to write a length of time: its pattern, and its value. */

static bool read_single(const char *text, regmatch_t *groups, double *minutes)
{
    if (!finds(BEFORE NUMBER "[+]? *" UNIT AFTER, text, groups))
        return false;
    *minutes = number(text, &groups[2]) * unit(text, &groups[4]);
    return true;
}

static bool read_range(const char *text, regmatch_t *groups, double *minutes)
{
    if (!finds(BEFORE NUMBER TO NUMBER " *" UNIT AFTER, text, groups))
        return false;
    *minutes = (number(text, &groups[2]) + number(text, &groups[5])) / 2 *
               unit(text, &groups[7]);
    return true;
}

static bool read_units(const char *text, regmatch_t *groups, double *minutes)
{
    if (!finds(BEFORE NUMBER " *" UNIT TO NUMBER " *" UNIT AFTER, text, groups))
        return false;
    *minutes = (number(text, &groups[2]) * unit(text, &groups[4]) +
                number(text, &groups[8]) * unit(text, &groups[10])) /
               2;
    return true;
}

static bool read_sum(const char *text, regmatch_t *groups, double *minutes)
{
    if (!finds(BEFORE NUMBER " *" HOURS " *" NUMBER " *(" MINUTES ")?" AFTER,
               text, groups))
        return false;
    *minutes = number(text, &groups[2]) * 60 + number(text, &groups[5]);
    return true;
}

/* The first length of a bracket, and of those that start there the longest. */
static bool read_bracket(const char *text, double *minutes)
{
    static bool (*const forms[])(const char *, regmatch_t *, double *) = {
        read_single, read_range, read_units, read_sum};
    regmatch_t groups[16];
    regoff_t start = -1;
    regoff_t end = -1;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        double value;
        if (!forms[i](text, groups, &value))
            continue;
        if (start < 0 || groups[0].rm_so < start ||
            (groups[0].rm_so == start && groups[0].rm_eo > end)) {
            start = groups[0].rm_so;
            end = groups[0].rm_eo;
            *minutes = value;
        }
    }
    return start >= 0;
}

int second_round(double minutes)
{
    int rounded = 5 * (int)floor(minutes / 5 + 0.5);

    return rounded < 15 ? 15 : rounded > 90 ? 90 : rounded;
}

int second_minutes(const char *text, enum rule_kind kind)
{
    double minutes = kind == RULE_REQUIRES_PREP ? 30 : 15;
    char bracket[256];

    while ((text = strchr(text, '(')) != NULL) {
        size_t length = strcspn(++text, ")");
        ck_assert_uint_lt(length, sizeof bracket);
        memcpy(bracket, text, length);
        bracket[length] = '\0';
        if (read_bracket(bracket, &minutes))
            break;
    }
    return second_round(minutes);
}
