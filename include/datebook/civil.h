/* Dates and wall-clock times of the proleptic Gregorian calendar.
 *
 * A date is a day number, a time is a minute number, both counted from
 * 1970-01-01; neither has a zone.  Formulas: Howard Hinnant, "chrono-
 * Compatible Low-Level Date Algorithms". */
#ifndef DATEBOOK_CIVIL_H
#define DATEBOOK_CIVIL_H

#include "datebook/error.h"

#include <stdint.h>

enum { MINUTES_A_DAY = 24 * 60 };
enum { GRAPH_TIME_SIZE = 28, STAMP_SIZE = 27, DATE_SIZE = 11 };

typedef int32_t civil_day;    /* days since 1970-01-01 */
typedef int64_t civil_minute; /* minutes since 1970-01-01T00:00 */

struct civil_date {
    int year;
    int month; /* 1 … 12 */
    int day;   /* 1 … 31 */
};

civil_day civil_from_date(struct civil_date date);
struct civil_date civil_to_date(civil_day day);

/* The day that a minute falls on, rounding down before 1970 too. */
civil_day civil_day_of(civil_minute minute);

/* 0 for Monday … 6 for Sunday. */
int civil_weekday(civil_day day);

/* English names; weekdays as of civil_weekday, months from 0. */
extern const char *const civil_weekday_names[7];
extern const char *const civil_month_names[12];

/* Reads YYYY-MM-DD of the years 1 … 9999; false, and no message, when it is
 * anything else. */
bool civil_parse_date(const char *text, civil_day *day) CHECKED;

/* YYYY-MM-DD */
void civil_format_date(civil_day day, char text[DATE_SIZE]);

/* YYYY-MM-DDTHH:MM:00.0000000, the 27 characters of a Graph dateTime. */
void civil_format_graph(civil_minute minute, char text[GRAPH_TIME_SIZE]);

/* Reads the first 16 characters of a Graph dateTime (YYYY-MM-DDTHH:MM) and
 * checks that what follows is seconds, a fraction, or nothing. */
bool civil_parse_graph(const char *text, civil_minute *minute) CHECKED;

/* The start of this run, in microseconds of the local wall clock since
 * 1970-01-01; SOURCE_DATE_EPOCH, when set, fixes it (and UTC is taken).  A
 * variable that is not a number is an error, for a clock that was meant to be
 * fixed must not run. */
bool civil_now(int64_t *stamp, struct error *err) CHECKED;

/* YYYY-MM-DDTHH:MM:SS.ffffff, local, without a zone. */
void civil_format_stamp(int64_t stamp, char text[STAMP_SIZE]);

#endif
