/* The five-minute slots of a week, and finding room among them. */
#ifndef CALENDAR_GRID_H
#define CALENDAR_GRID_H

#include "datebook/civil.h"
#include "datebook/random.h"

enum { SLOT_MINUTES = 5, SLOTS_A_DAY = MINUTES_A_DAY / SLOT_MINUTES };

/* What is booked on the seven days of a week. */
struct grid {
    uint8_t booked[7][SLOTS_A_DAY];
    int minutes[7]; /* booked a day */
};

void grid_clear(struct grid *grid);
bool grid_free(const struct grid *grid, int weekday, int minute, int minutes);
void grid_book(struct grid *grid, int weekday, int minute, int minutes);
/* The hours that a word of the subject stands for: lunches are at noon. */
bool named_hours(const char *subject, int hours[2]);
/* A start on the day within the hours (of an archetype) that is free; -1 when
 * there is none.  With `overlap` a booked start is as good. */
int grid_place(const struct grid *grid, struct random *random,
               const int hours[2], int weekday, int minutes, bool overlap);
/* A day of `days` (a bit each) that the archetype, when given, allows; the
 * middle of the week is fuller.  -1 when there is none. */
int grid_day(const struct grid *grid, struct random *random, unsigned days);

#endif
