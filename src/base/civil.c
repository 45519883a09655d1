/* Day numbers and back, and the few text forms of time that the program reads
 * and writes. */
#include "datebook/civil.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAYS_AN_ERA = 146097, DAYS_TO_1970 = 719468 };

const char *const civil_weekday_names[7] = {"Monday",   "Tuesday", "Wednesday",
                                            "Thursday", "Friday",  "Saturday",
                                            "Sunday"};

const char *const civil_month_names[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

civil_day civil_from_date(struct civil_date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int month = date.month + (date.month > 2 ? -3 : 9);
    int day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * DAYS_AN_ERA + day_of_era - DAYS_TO_1970;
}

struct civil_date civil_to_date(civil_day day)
{
    int shifted = day + DAYS_TO_1970;
    int era =
        (shifted >= 0 ? shifted : shifted - (DAYS_AN_ERA - 1)) / DAYS_AN_ERA;
    int day_of_era = shifted - era * DAYS_AN_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                       day_of_era / (DAYS_AN_ERA - 1)) /
                      365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    struct civil_date date;

    date.day = day_of_year - (153 * month + 2) / 5 + 1;
    date.month = month < 10 ? month + 3 : month - 9;
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

int civil_weekday(civil_day day)
{
    /* 1970-01-01 was a Thursday. */
    return (int)(((day % 7) + 7 + 3) % 7);
}

/* `count` digits at `text` as a number; -1 when one of them is no digit. */
static int digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* The ten characters of a date at the start of `text`. */
static bool parse_date_prefix(const char *text, civil_day *day)
{
    struct civil_date date;
    struct civil_date back;

    if (strlen(text) < 10 || text[4] != '-' || text[7] != '-')
        return false;
    date.year = digits(text, 4);
    date.month = digits(text + 5, 2);
    date.day = digits(text + 8, 2);
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    *day = civil_from_date(date);
    back = civil_to_date(*day);
    return back.month == date.month && back.day == date.day;
}

bool civil_parse_date(const char *text, civil_day *day)
{
    return strlen(text) == 10 && parse_date_prefix(text, day);
}

/* Writes the last `count` digits of a number.  printf would be most of the
 * cost of writing a meeting. */
static char *put(char *at, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + count;
}

void civil_format_date(civil_day day, char text[DATE_SIZE])
{
    struct civil_date date = civil_to_date(day);

    text = put(text, date.year, 4);
    *text++ = '-';
    text = put(text, date.month, 2);
    *text++ = '-';
    text = put(text, date.day, 2);
    *text = '\0';
}

civil_day civil_day_of(civil_minute minute)
{
    civil_minute day = minute / MINUTES_A_DAY;

    if (minute % MINUTES_A_DAY < 0)
        day--;
    return (civil_day)day;
}

void civil_format_graph(civil_minute minute, char text[GRAPH_TIME_SIZE])
{
    static const char rest[] = ":00.0000000";
    civil_day day = civil_day_of(minute);
    int of_day = (int)(minute - (civil_minute)day * MINUTES_A_DAY);

    civil_format_date(day, text);
    text += DATE_SIZE - 1;
    *text++ = 'T';
    text = put(text, of_day / 60, 2);
    *text++ = ':';
    text = put(text, of_day % 60, 2);
    memcpy(text, rest, sizeof rest);
}

bool civil_parse_graph(const char *text, civil_minute *minute)
{
    civil_day day;
    int hours;
    int minutes;
    const char *rest;

    if (!parse_date_prefix(text, &day) || strlen(text) < 16 ||
        text[10] != 'T' || text[13] != ':')
        return false;
    hours = digits(text + 11, 2);
    minutes = digits(text + 14, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return false;
    rest = text + 16;
    if (*rest == ':') {
        if (digits(rest + 1, 2) < 0 || digits(rest + 1, 2) > 60)
            return false;
        rest += 3;
        if (*rest == '.') {
            if (!isdigit((unsigned char)rest[1]))
                return false;
            for (rest++; isdigit((unsigned char)*rest);)
                rest++;
        }
    }
    if (*rest == 'Z')
        rest++;
    if (*rest)
        return false;
    *minute = (civil_minute)day * MINUTES_A_DAY + hours * 60 + minutes;
    return true;
}

static int64_t stamp_of(const struct tm *tm, long microseconds)
{
    struct civil_date date = {tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday};
    int64_t seconds = (int64_t)civil_from_date(date) * 86400 +
                      tm->tm_hour * 3600 + tm->tm_min * 60 + tm->tm_sec;

    return seconds * 1000000 + microseconds;
}

bool civil_now(int64_t *stamp, struct error *err)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    struct timespec now;
    struct tm tm;

    if (fixed) {
        /* The last second of the year 9999: what the text form can hold. */
        const long long last = 253402300799LL;
        char *end = NULL;
        long long seconds = strtoll(fixed, &end, 10);
        /* strtoll would take a sign and white space as well. */
        if (!isdigit((unsigned char)*fixed) || *end || seconds > last)
            return error_set(err, ERROR_USAGE,
                             "SOURCE_DATE_EPOCH is not a number of seconds");
        *stamp = (int64_t)seconds * 1000000;
        return true;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    if (!localtime_r(&now.tv_sec, &tm))
        return error_set(err, ERROR_BUG, "the clock could not be read");
    *stamp = stamp_of(&tm, now.tv_nsec / 1000);
    return true;
}

void civil_format_stamp(int64_t stamp, char text[STAMP_SIZE])
{
    int64_t second = stamp / 1000000;
    int64_t micro = stamp % 1000000;
    civil_day day;
    unsigned rest;
    char date[DATE_SIZE];

    if (micro < 0) {
        micro += 1000000;
        second--;
    }
    day = (civil_day)(second / 86400 - (second % 86400 < 0));
    rest = (unsigned)(second - (int64_t)day * 86400);
    civil_format_date(day, date);
    snprintf(text, STAMP_SIZE, "%sT%02u:%02u:%02u.%06u", date, rest / 3600 % 24,
             rest / 60 % 60, rest % 60, (unsigned)micro % 1000000);
}
