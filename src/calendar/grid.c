/* Finding room in a week: five-minute slots a day, starts where real
 * calendars have them, lunch mostly kept free. */
#include "parts.h"

#include <string.h>

enum {
    DAY_START = 8 * 60 + 30,
    DAY_END = 18 * 60 + 30,
    LATE_END = 19 * 60,
    LUNCH_START = 12 * 60,
    LUNCH_END = 13 * 60,
    TRIES = 14
};

void grid_clear(struct grid *grid)
{
    memset(grid, 0, sizeof *grid);
}

bool grid_free(const struct grid *grid, int weekday, int minute, int minutes)
{
    const uint8_t *booked = grid->booked[weekday];
    int last = (minute + minutes - 1) / SLOT_MINUTES;

    for (int slot = minute / SLOT_MINUTES; slot <= last; slot++)
        if (slot >= SLOTS_A_DAY || booked[slot])
            return false;
    return true;
}

void grid_book(struct grid *grid, int weekday, int minute, int minutes)
{
    int last = (minute + minutes - 1) / SLOT_MINUTES;

    for (int slot = minute / SLOT_MINUTES; slot <= last && slot < SLOTS_A_DAY;
         slot++)
        grid->booked[weekday][slot] = 1;
    grid->minutes[weekday] += minutes;
}

/* Meetings that were made five minutes short begin five minutes late. */
static int minute_of_hour(struct random *random, int minutes)
{
    bool half = random_chance(random, minutes > 45 ? 30 : 50);
    bool is_short = minutes % 30 == 25 || minutes % 60 == 50;
    uint32_t kind = random_below(random, 100);

    if (kind < 6)
        return half ? 45 : 15;
    if (kind < (is_short ? 80u : 12u))
        return half ? 35 : 5;
    return half ? 30 : 0;
}

static bool at_lunch(int minute, int minutes)
{
    return minute < LUNCH_END && minute + minutes > LUNCH_START;
}

/* An archetype with hours of its own may lie early or late. */
static void bounds(const int hours[2], int minutes, int *first, int *last)
{
    int end;

    *first = hours[0] * 60;
    *last = hours[1] * 60 + 59;
    end = hours[1] <= 17   ? DAY_END
          : hours[1] == 18 ? LATE_END
                           : MINUTES_A_DAY - 60;
    if (*last > end - minutes)
        *last = end - minutes;
    if (hours[0] == 8 && *first < DAY_START)
        *first = DAY_START;
    if (*last < *first)
        *last = *first;
}

/* Any free half hour, from a random one on. */
static int first_free(const struct grid *grid, struct random *random,
                      int weekday, int first, int last, int minutes)
{
    int halves = (last - first) / 30 + 1;
    int from = (int)random_below(random, (uint32_t)halves);

    for (int i = 0; i < halves; i++) {
        int minute = first + (from + i) % halves * 30;
        if (minute <= last && !at_lunch(minute, minutes) &&
            grid_free(grid, weekday, minute, minutes))
            return minute;
    }
    return -1;
}

bool named_hours(const char *subject, int hours[2])
{
    static const struct {
        const char *word;
        int hours[2];
    } named[] = {{"breakfast", {8, 8}}, {"coffee", {9, 16}},
                 {"lunch", {11, 13}},   {"happy hour", {16, 17}},
                 {"drinks", {16, 17}},  {"dinner", {18, 18}},
                 {"morning", {9, 11}},  {"afternoon", {13, 16}}};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcasestr(subject, named[i].word)) {
            memcpy(hours, named[i].hours, sizeof named[i].hours);
            return true;
        }
    return false;
}

int grid_place(const struct grid *grid, struct random *random,
               const int hours[2], int weekday, int minutes, bool overlap)
{
    bool lunch = hours[0] >= 11 && hours[1] <= 13;
    int first;
    int last;

    bounds(hours, minutes, &first, &last);
    for (int i = 0; i < TRIES; i++) {
        int minute = random_between(random, first / 60, last / 60) * 60 +
                     minute_of_hour(random, minutes);
        if (minute < first || minute > last)
            continue;
        if (!lunch && at_lunch(minute, minutes) && !random_chance(random, 8))
            continue;
        if (overlap || grid_free(grid, weekday, minute, minutes))
            return minute;
    }
    return first_free(grid, random, weekday, first, last, minutes);
}

int grid_day(const struct grid *grid, struct random *random, unsigned days)
{
    static const int plenty[7] = {92, 120, 122, 116, 76, 20, 20};
    uint32_t weights[7];
    uint32_t total = 0;

    for (int day = 0; day < 7; day++) {
        /* A day that is fuller than its share is drawn less. */
        int room = plenty[day] * 10 - grid->minutes[day];
        weights[day] = days >> day & 1
                           ? (uint32_t)(room > 0 ? room + plenty[day] / 4
                                                 : plenty[day] / 4)
                           : 0;
        total += weights[day];
    }
    return total ? (int)random_weighted(random, weights, 7) : -1;
}
