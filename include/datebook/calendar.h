/* The offline generator: a persona's working weeks, without network or model.
 *
 * Pure: it reads a library of archetypes and a vocabulary that the caller has
 * loaded, draws from a seeded stream, and gives meetings week by week, in
 * order of start.  It never labels: a judge given by the caller says what the
 * rules would make of a draft, and the generator only chooses among drafts.
 * The form of archetypes and vocabulary is described in docs/archetypes.md. */
#ifndef DATEBOOK_CALENDAR_H
#define DATEBOOK_CALENDAR_H

#include "datebook/graph.h"
#include "datebook/persona.h"
#include "datebook/random.h"

struct calendar_library;

/* Reads archetypes/(all).json and vocabulary/(all).json below the data
 * folder.  An error is ERROR_INPUT with file, field and reason. */
struct calendar_library *calendar_library_load(struct arena *arena,
                                               const char *folder,
                                               struct error *err) CHECKED;

/* What the rules make of a draft; `importance` counts up from low, 0 … 3. */
struct calendar_verdict {
    int importance;
    int prep_minutes;
};

typedef bool calendar_judge(void *context, const struct event *draft,
                            struct calendar_verdict *verdict,
                            struct error *err);

/* Shares of the meetings, in thousandths. */
struct calendar_mix {
    int levels[4]; /* by importance, from low; together 1000 */
    int prep;      /* that need preparation */
};

extern const struct calendar_mix calendar_usual_mix;

struct calendar_options {
    uint64_t seed;
    /* How many times this persona was generated with this seed before: later
     * batches go on with the same cast and series and give new ids. */
    uint64_t batch;
    civil_day start;       /* the first day; weeks run Monday to Sunday */
    const char *time_zone; /* written into every start and end */
    calendar_judge *judge; /* NULL: life decides the mix */
    void *judge_context;
    const struct calendar_mix *mix; /* wanted of the judge; NULL: the usual */
};

struct calendar;

/* Whether a persona's own archetypes and words can be used; ERROR_INPUT with
 * `source` (a path), field and reason otherwise. */
bool calendar_check(struct arena *arena, const struct persona *persona,
                    const struct calendar_library *library, const char *source,
                    struct error *err) CHECKED;

/* Whether a function of the library serves the persona; the others get the
 * common archetypes only. */
bool calendar_serves(const struct calendar_library *library,
                     const struct persona *persona);

/* Where a first calendar begins unless somebody says otherwise: a Monday of
 * 2026, so that many personas together cover the year. */
civil_day calendar_usual_start(uint64_t seed, const char *persona);

/* Prepares a persona's calendar; all texts and tables live in the arena.  An
 * archetype of the persona's own that is wrong is ERROR_INPUT. */
struct calendar *calendar_start(struct arena *arena,
                                const struct persona *persona,
                                const struct calendar_library *library,
                                const struct calendar_options *options,
                                struct error *err) CHECKED;

/* The meetings of the next week, ordered by start, never none.  They live
 * until the next call.  ERROR_INPUT past the year 9999. */
bool calendar_week(struct calendar *calendar, const struct event **events,
                   size_t *count, struct error *err) CHECKED;

/* ---- What stands behind the meetings ---- */

struct calendar_note {
    const char *kind; /* of work: the archetype, or the story that it tells */
    const char *repeats; /* "every week", "every weekday", "every other week",
                            "every month"; NULL: a single meeting */
    const char
        *series_subject; /* an exception may have another; NULL as well */
};

/* Of an event that the last calendar_week gave. */
struct calendar_note calendar_note(const struct calendar *calendar,
                                   const struct event *event);

struct calendar_person {
    const char *name;
    const char *title;
    const char *company; /* NULL: the persona's own; "candidate" for one */
    bool self;           /* the persona */
};

/* Who has an address; false for a room, or nobody that the calendar knows. */
bool calendar_person(const struct calendar *calendar, const char *address,
                     struct calendar_person *person);

struct calendar_home {
    const char *name; /* of the persona, as the calendar calls it */
    const char *address;
    const char *company; /* that it works for */
    const char *domain;  /* of the addresses there */
};
struct calendar_home calendar_home(const struct calendar *calendar);

/* Answers of the persona, whose address is `self`, and of the others, and how
 * the event shows; its start, organizer and attendees are known. */
void calendar_respond(struct random *random, struct event *event,
                      const char *self, bool matters);

/* Frees what calendar_start took outside the arena; NULL is fine. */
void calendar_end(struct calendar *calendar);

#endif
