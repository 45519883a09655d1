/* How full a week is.  Everything is a function of seed, persona and week, so
 * that a later batch finds the same holidays, leave and journeys. */
#include "parts.h"

#include <stdio.h>

enum {
    TRAVEL_MOST = 40, /* percent of the weeks */
    TRAVEL_DAYS = 3,
    SUMMER_PERCENT = 75,
    SECOND_PERCENT = 60,
    LEAVES = 2, /* weeks a year */
    WEEKS_A_YEAR = 52,
    WORKING = 0x1F
};

struct pace {
    const struct vocabulary *vocabulary;
    const struct archetype_set *set; /* NULL when the function is unknown */
    const char *persona;
    uint64_t seed;
    int travel;
    int mean; /* load of a year's weeks, in percent */
    int year; /* of the leave that is known */
    civil_day leave[LEAVES];
};

civil_day calendar_usual_start(uint64_t seed, const char *persona)
{
    static const struct civil_date first = {2026, 1, 5};
    struct random random;

    random_start(&random, seed, "start", persona, NULL);
    return civil_from_date(first) +
           7 * (civil_day)random_below(&random, WEEKS_A_YEAR);
}

/* ----------------------------------------------------------- load */

/* The season of a week is that of its middle. */
static int load_of(const struct pace *pace, civil_day monday)
{
    for (size_t i = 0; pace->set && i < pace->set->load_count; i++)
        if (season_holds(&pace->set->loads[i].season, monday + 2))
            return pace->set->loads[i].percent;
    return 100;
}

/* Full weeks are made up for by the others, so that a year has the hours of
 * the persona. */
static int mean_load(const struct pace *pace)
{
    static const struct civil_date first = {2026, 1, 5};
    int sum = 0;

    for (int week = 0; week < WEEKS_A_YEAR; week++)
        sum += load_of(pace, civil_from_date(first) + 7 * week);
    return sum / WEEKS_A_YEAR;
}

struct pace *pace_make(struct arena *arena, const struct persona *persona,
                       const struct calendar_library *library, uint64_t seed,
                       struct error *err)
{
    struct pace *pace = arena_zero(arena, 1, sizeof *pace, err);
    int travel;

    if (!pace)
        return NULL;
    pace->vocabulary = &library->vocabulary;
    pace->set = function_set(library, persona);
    pace->persona = persona->id;
    pace->seed = seed;
    pace->mean = mean_load(pace);
    travel = pace->set ? pace->set->travel : TRAVEL_USUAL;
    if (persona_level(persona) == LEVEL_EXECUTIVE)
        travel *= 2;
    pace->travel = travel < TRAVEL_MOST ? travel : TRAVEL_MOST;
    return pace;
}

/* ------------------------------------------------------- days off */

static bool is_holiday(const struct vocabulary *vocabulary, civil_day day)
{
    struct civil_date date = civil_to_date(day);

    for (size_t i = 0; i < vocabulary->holiday_count; i++) {
        const struct holiday *holiday = &vocabulary->holidays[i];
        if (holiday->day == date.day && holiday->month == date.month &&
            (!holiday->year || holiday->year == date.year))
            return true;
    }
    return false;
}

static civil_day monday_of(int year, int month, int day)
{
    civil_day any = civil_from_date((struct civil_date){year, month, day});

    return any - civil_weekday(any);
}

static void draw(const struct pace *pace, struct random *random,
                 const char *what, int number)
{
    char digits[16];

    snprintf(digits, sizeof digits, "%d", number);
    random_start(random, pace->seed, what, pace->persona, digits, NULL);
}

/* A week in July or August as a rule; for many a second one, half of them
 * between the years. */
static void draw_leave(struct pace *pace, int year)
{
    struct random random;

    draw(pace, &random, "leave", year);
    pace->year = year;
    for (int i = 0; i < LEAVES; i++)
        pace->leave[i] =
            monday_of(year, 2, 1) + 7 * (civil_day)random_below(&random, 42);
    if (random_chance(&random, SUMMER_PERCENT))
        pace->leave[0] =
            monday_of(year, 7, 4) + 7 * (civil_day)random_below(&random, 8);
    if (!random_chance(&random, SECOND_PERCENT))
        pace->leave[1] = pace->leave[0];
    else if (random_chance(&random, 50))
        pace->leave[1] = monday_of(year, 12, 28);
}

static bool on_leave(struct pace *pace, civil_day monday)
{
    int year = civil_to_date(monday).year;

    if (pace->year != year)
        draw_leave(pace, year);
    return pace->leave[0] == monday || pace->leave[1] == monday;
}

/* --------------------------------------------------------- the week */

/* One to three days in a row, now and then. */
static void travel(const struct pace *pace, civil_day monday,
                   struct pace_week *week)
{
    struct random random;
    unsigned away;

    draw(pace, &random, "travel", monday);
    if (!random_chance(&random, pace->travel))
        return;
    away = (1u << random_between(&random, 1, TRAVEL_DAYS)) - 1;
    week->away = away << random_below(&random, 4) & week->days & WORKING;
    week->city = random_u32(&random);
}

struct pace_week pace_of(struct pace *pace, civil_day monday, unsigned days)
{
    struct pace_week week = {.days = days};

    week.percent = 100 * load_of(pace, monday) / pace->mean;
    if (on_leave(pace, monday))
        week.days = 0;
    for (int day = 0; day < 7; day++)
        if (is_holiday(pace->vocabulary, monday + day))
            week.days &= ~(1u << day);
    travel(pace, monday, &week);
    return week;
}
