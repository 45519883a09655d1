/* Any bytes as a persona document with words, archetypes and threads of its
 * own: refused with a message, or good for a calendar whose meetings have a
 * subject and a length. */
#include "datebook/calendar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WEEKS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

/* A verdict that depends on the text alone. */
static bool judge(void *context, const struct event *draft,
                  struct calendar_verdict *verdict, struct error *err)
{
    size_t length = strlen(draft->subject);

    (void)context;
    (void)err;
    *verdict =
        (struct calendar_verdict){(int)(length % 4), (int)(length % 3) * 15};
    return true;
}

static void check_week(struct calendar *calendar, struct error *err)
{
    const struct event *events;
    size_t count;

    expect(calendar_week(calendar, &events, &count, err) && count > 0);
    for (size_t i = 0; i < count; i++)
        expect(*events[i].subject && events[i].end > events[i].start &&
               (!i || events[i - 1].start <= events[i].start));
}

/* Own archetypes may leave no one-off meeting; that is said when it starts. */
static void check_calendar(struct arena *arena, const struct persona *persona,
                           const struct calendar_library *library,
                           struct error *err)
{
    struct calendar_options options = {.seed = 1,
                                       .start =
                                           calendar_usual_start(1, persona->id),
                                       .time_zone = "UTC",
                                       .judge = judge};
    struct calendar *calendar =
        calendar_start(arena, persona, library, &options, err);

    for (int week = 0; calendar && week < WEEKS; week++)
        check_week(calendar, err);
    calendar_end(calendar);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct persona persona;
    struct error err = {.code = ERROR_NONE};
    const struct calendar_library *library =
        calendar_library_load(&arena, "personas", &err);

    expect(library != NULL);
    if (persona_parse(&arena, (const char *)data, size, "fuzz", &persona,
                      &err) &&
        calendar_check(&arena, &persona, library, "fuzz", &err))
        check_calendar(&arena, &persona, library, &err);
    expect(err.code == ERROR_NONE || (err.code == ERROR_INPUT && *err.message));
    arena_free(&arena);
    return 0;
}
