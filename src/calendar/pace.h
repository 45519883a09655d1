/* How full a week is: holidays, leave, days away, and the load that comes with
 * the season. */
#ifndef CALENDAR_PACE_H
#define CALENDAR_PACE_H

#include "datebook/persona.h"
#include "season.h"

struct calendar_library;
struct pace;

enum { TRAVEL_USUAL = 5 }; /* percent of the weeks */

/* One week of a persona. */
struct pace_week {
    unsigned days; /* that are worked, a bit each */
    unsigned away; /* of them, on a journey */
    uint32_t city; /* where to; any number */
    int percent;   /* of the usual load */
};

/* NULL when memory runs out. */
struct pace *pace_make(struct arena *arena, const struct persona *persona,
                       const struct calendar_library *library, uint64_t seed,
                       struct error *err);
/* What becomes of the days of a week that could be worked. */
struct pace_week pace_of(struct pace *pace, civil_day monday, unsigned days);

#endif
