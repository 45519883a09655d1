/* When in the year something takes place. */
#ifndef CALENDAR_SEASON_H
#define CALENDAR_SEASON_H

#include "datebook/civil.h"

enum when {
    WHEN_ANY,
    WHEN_QUARTER_START, /* the first two weeks */
    WHEN_QUARTER_END,   /* the last three weeks */
    WHEN_MONTH_START,   /* the first week */
    WHEN_MONTH_END,     /* the last week */
    WHEN_YEAR_END,      /* 15 November to 20 December */
    WHEN_YEAR_START,    /* January */
    WHENS
};

struct season {
    unsigned months; /* a bit a month, January first; 0: any */
    enum when when;
};

/* How full the weeks of a season are, in percent of the usual. */
struct load {
    struct season season;
    int percent;
};

/* A day on which nobody meets. */
struct holiday {
    int year; /* 0: every one */
    int month;
    int day;
};

/* Spelled as in data files; the first is empty. */
extern const char *const WHEN_NAMES[WHENS];

bool season_holds(const struct season *season, civil_day day);
/* On any of the days of a week, a bit each. */
bool season_holds_in(const struct season *season, civil_day monday,
                     unsigned days);

#endif
