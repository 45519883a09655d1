/* Months, quarters and the turn of the year: "Q4 planning" is not in May. */
#include "season.h"

const char *const WHEN_NAMES[WHENS] = {
    "",          "quarter_start", "quarter_end", "month_start",
    "month_end", "year_end",      "year_start"};

/* The days from the first of the month that is `months` away. */
static int days_since(struct civil_date date, civil_day day, int months)
{
    int month = date.year * 12 + date.month - 1 + months;
    struct civil_date first = {month / 12, month % 12 + 1, 1};

    return day - civil_from_date(first);
}

static bool when_holds(enum when when, civil_day day, struct civil_date date)
{
    int in_quarter = (date.month - 1) % 3;

    switch (when) {
    case WHEN_QUARTER_START:
        return days_since(date, day, -in_quarter) < 14;
    case WHEN_QUARTER_END:
        return days_since(date, day, 3 - in_quarter) >= -21;
    case WHEN_MONTH_START:
        return date.day <= 7;
    case WHEN_MONTH_END:
        return days_since(date, day, 1) >= -7;
    case WHEN_YEAR_END:
        return date.month == 11 ? date.day >= 15
                                : date.month == 12 && date.day <= 20;
    case WHEN_YEAR_START:
        return date.month == 1;
    default:
        return true;
    }
}

bool season_holds(const struct season *season, civil_day day)
{
    struct civil_date date;

    if (!season->months && season->when == WHEN_ANY)
        return true;
    date = civil_to_date(day);
    if (season->months && !(season->months >> (date.month - 1) & 1))
        return false;
    return when_holds(season->when, day, date);
}

bool season_holds_in(const struct season *season, civil_day monday,
                     unsigned days)
{
    if (!season->months && season->when == WHEN_ANY)
        return true;
    for (int day = 0; day < 7; day++)
        if (days >> day & 1 && season_holds(season, monday + day))
            return true;
    return false;
}
