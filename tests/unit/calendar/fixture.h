/* The library, two personas, and short ways to their calendars. */
#ifndef DATEBOOK_TESTS_CALENDAR_FIXTURE_H
#define DATEBOOK_TESTS_CALENDAR_FIXTURE_H

#include "datebook/calendar.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static const struct calendar_library *library;

static const char BARE[] = "{\"id\":\"bare\",\"name\":\"Bare\",\"tier\":3}";
static const char SALES[] =
    "{\"id\":\"sales\",\"name\":\"Sales Manager\",\"tier\":1,"
    "\"demographics\":{\"level\":\"Manager\",\"function\":\"Sales\"},"
    "\"meeting_context\":{\"weekly_meeting_hours\":\"26-30 hours\","
    "\"typical_breakdown\":{\"customer_calls\":\"40%\","
    "\"pipeline_reviews\":\"20%\",\"1on1s\":\"15%\"}},"
    "\"importance_criteria\":{\"always_important\":[\"crisis\"],"
    "\"usually_important\":[\"forecast\",\"renewal\"],"
    "\"sometimes_important\":[\"planning\"],"
    "\"rarely_important\":[\"newsletter\",\"happy hour\"]},"
    "\"priority_framework\":[{\"name\":\"Close\",\"keywords\":[\"closing\"]}],"
    "\"prep_time_needs\":{\"requires_prep\":[\"Board presentations (45 "
    "min)\"]}}";

static inline void setup(void)
{
    library = calendar_library_load(&arena, "personas", &err);
    ck_assert_msg(library != NULL, "%s", err.message);
}

static inline void teardown(void)
{
    arena_free(&arena);
}

static inline struct persona parse(const char *text)
{
    struct persona persona;

    ck_assert_msg(
        persona_parse(&arena, text, strlen(text), "p.json", &persona, &err),
        "%s", err.message);
    return persona;
}

static inline struct calendar_options options_of(uint64_t seed, uint64_t batch)
{
    struct calendar_options options = {
        .seed = seed, .batch = batch, .time_zone = "Asia/Shanghai"};

    ck_assert(civil_parse_date("2025-11-17", &options.start));
    return options;
}

static inline struct calendar *start(const struct persona *persona,
                                     const struct calendar_options *options)
{
    struct calendar *calendar =
        calendar_start(&arena, persona, library, options, &err);

    ck_assert_msg(calendar != NULL, "%s", err.message);
    return calendar;
}

static inline void week(struct calendar *calendar, const struct event **events,
                        size_t *count)
{
    ck_assert_msg(calendar_week(calendar, events, count, &err), "%s",
                  err.message);
    ck_assert_uint_gt(*count, 0);
}

#endif
