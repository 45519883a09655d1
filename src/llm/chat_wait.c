/* How long a server asks to wait: durations, seconds and dates of HTTP. */
#include "datebook/chat.h"

#include "datebook/civil.h"

#include <string.h>
#include <strings.h>

enum { MOST_WAIT_MS = 60 * 60 * 1000, SECONDS_A_DAY = 24 * 60 * 60 };

/* More is no duration, but a time since 1970. */
static const int64_t most_duration = (int64_t)366 * SECONDS_A_DAY * 1000;

/* ---- Durations ---- */

/* A decimal number in thousandths, rounded up; the end of it, or NULL when
 * there is none or it is absurd. */
static const char *read_decimal(const char *text, int64_t *thousandths)
{
    const char *at = text;
    int64_t value = 0;
    int64_t place = 100;
    bool more = false;

    for (; *at >= '0' && *at <= '9'; at++) {
        if (value > INT64_MAX / 100000)
            return NULL;
        value = value * 10 + (*at - '0');
    }
    value *= 1000;
    if (at == text)
        return NULL;
    if (*at != '.') {
        *thousandths = value;
        return at;
    }
    text = ++at;
    for (; *at >= '0' && *at <= '9'; at++, place /= 10) {
        value += place * (*at - '0');
        more = more || (!place && *at != '0');
    }
    *thousandths = value + more;
    return at == text ? NULL : at;
}

/* Units as Go writes durations, in milliseconds; longer names first. */
static const struct {
    const char *name;
    double milliseconds;
} units[] = {
    {"ms", 1},         {"ns", 1e-6},          {"us", 1e-3},
    {"\u00B5s", 1e-3}, {"\u03BCs", 1e-3},     {"s", 1000},
    {"m", 60 * 1000},  {"h", 60 * 60 * 1000}, {"d", 24.0 * 60 * 60 * 1000},
};

static const char *read_unit(const char *at, double *milliseconds)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t length = strlen(units[i].name);
        if (!strncmp(at, units[i].name, length)) {
            *milliseconds = units[i].milliseconds;
            return at + length;
        }
    }
    return NULL;
}

static const char *skip_spaces(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* A number that fills the whole text. */
static bool read_plain(const char *text, int64_t *thousandths)
{
    const char *end = read_decimal(skip_spaces(text), thousandths);

    return end && !*skip_spaces(end);
}

int64_t chat_duration(const char *text)
{
    const char *at = skip_spaces(text);
    double total = 0;
    int64_t value;
    double unit;

    if (read_plain(text, &value))
        return value > most_duration ? -1 : value;
    if (!*at)
        return -1;
    while (*at) {
        at = read_decimal(at, &value);
        if (!at || !(at = read_unit(at, &unit)))
            return -1;
        total += (double)value * unit / 1000;
        if (!*skip_spaces(at))
            break;
    }
    if (total > (double)most_duration)
        return -1;
    value = (int64_t)total;
    return value + ((double)value < total);
}

/* ---- Dates ---- */

/* A cursor over a date; `at` is NULL once something did not fit. */
static void expect_char(const char **at, char c)
{
    if (*at)
        *at = **at == c ? *at + 1 : NULL;
}

static int read_digits(const char **at, int count)
{
    int value = 0;

    for (int i = 0; *at && i < count; i++) {
        char c = **at;
        *at = c >= '0' && c <= '9' ? *at + 1 : NULL;
        value = value * 10 + (c - '0');
    }
    return *at ? value : 0;
}

static int read_month(const char **at)
{
    for (int i = 0; *at && i < 12; i++)
        if (!strncasecmp(*at, civil_month_names[i], 3)) {
            *at += 3;
            return i + 1;
        }
    *at = NULL;
    return 0;
}

/* HH:MM:SS as seconds; a leap second is one too many. */
static int read_clock(const char **at)
{
    int hours = read_digits(at, 2);
    int minutes;
    int seconds;

    expect_char(at, ':');
    minutes = read_digits(at, 2);
    expect_char(at, ':');
    seconds = read_digits(at, 2);
    if (hours > 23 || minutes > 59 || seconds > 60)
        *at = NULL;
    return (hours * 60 + minutes) * 60 + seconds;
}

static int year_of(int64_t now)
{
    return civil_to_date((civil_day)(now / SECONDS_A_DAY)).year;
}

/* Two digits are of the last fifty years or the next (RFC 9110, 5.6.7). */
static int whole_year(int two_digits, int64_t now)
{
    int this_year = year_of(now);
    int year = this_year - this_year % 100 + two_digits;

    return year > this_year + 50 ? year - 100 : year;
}

/* "06 Nov 1994 08:49:37 GMT", and "06-Nov-94 08:49:37 GMT" of RFC 850. */
static const char *read_fixed(const char *at, int64_t now,
                              struct civil_date *date, int *clock)
{
    char between = '-';

    date->day = read_digits(&at, 2);
    if (at && *at == ' ')
        between = ' ';
    expect_char(&at, between);
    date->month = read_month(&at);
    expect_char(&at, between);
    date->year = between == ' ' ? read_digits(&at, 4) : read_digits(&at, 2);
    if (between == '-')
        date->year = whole_year(date->year, now);
    expect_char(&at, ' ');
    *clock = read_clock(&at);
    if (at && (!strncasecmp(at, " GMT", 4) || !strncasecmp(at, " UTC", 4)))
        return at + 4;
    return NULL;
}

/* "Nov  6 08:49:37 1994" of C's asctime. */
static const char *read_asctime(const char *at, struct civil_date *date,
                                int *clock)
{
    date->month = read_month(&at);
    expect_char(&at, ' ');
    if (at && *at == ' ') {
        at++;
        date->day = read_digits(&at, 1);
    } else {
        date->day = read_digits(&at, 2);
    }
    expect_char(&at, ' ');
    *clock = read_clock(&at);
    expect_char(&at, ' ');
    date->year = read_digits(&at, 4);
    return at;
}

/* Any of the three forms as seconds since 1970.  The weekday says nothing. */
static bool read_http_date(const char *text, int64_t now, int64_t *seconds)
{
    struct civil_date date;
    struct civil_date back;
    civil_day day;
    const char *at = skip_spaces(text);
    int clock;

    while ((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'))
        at++;
    if (*at == ',' && at[1] == ' ')
        at = read_fixed(at + 2, now, &date, &clock);
    else if (*at == ' ')
        at = read_asctime(at + 1, &date, &clock);
    else
        at = NULL;
    if (!at || *skip_spaces(at) || date.year < 1 || date.month < 1 ||
        date.day < 1)
        return false;
    day = civil_from_date(date);
    back = civil_to_date(day);
    if (back.month != date.month || back.day != date.day)
        return false;
    *seconds = (int64_t)day * SECONDS_A_DAY + clock;
    return true;
}

/* ---- Headers ---- */

static int64_t wait_of_milliseconds(const char *text)
{
    int64_t thousandths;

    if (!text || !read_plain(text, &thousandths))
        return -1;
    return (thousandths + 999) / 1000;
}

/* A date counts from the server's own clock, which need not be ours. */
static int64_t wait_of_retry_after(const struct http_reply *reply, int64_t now)
{
    const char *text = reply->retry_after;
    int64_t wait;
    int64_t from;
    int64_t until;

    if (!text)
        return -1;
    if (read_plain(text, &wait))
        return wait;
    if (!reply->date || !read_http_date(reply->date, now, &from))
        from = now;
    if (!read_http_date(text, from, &until))
        return -1;
    return until > from ? (until - from) * 1000 : 0;
}

static int64_t wait_of_limit(const char *remaining, const char *reset)
{
    int64_t left;

    if (!remaining || !reset || !read_plain(remaining, &left) || left > 0)
        return -1;
    return chat_duration(reset);
}

int64_t chat_wait(const struct http_reply *reply, int64_t now)
{
    int64_t wait = wait_of_milliseconds(reply->retry_after_ms);
    int64_t tokens;

    if (wait < 0)
        wait = wait_of_retry_after(reply, now);
    if (wait < 0) {
        wait = wait_of_limit(reply->remaining_requests, reply->reset_requests);
        tokens = wait_of_limit(reply->remaining_tokens, reply->reset_tokens);
        wait = tokens > wait ? tokens : wait;
    }
    return wait > MOST_WAIT_MS ? MOST_WAIT_MS : wait;
}
