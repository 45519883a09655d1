/* Meetings made by hand, and the sums that measures add to. */
#ifndef DATEBOOK_TESTS_QUALITY_MEASURING_H
#define DATEBOOK_TESTS_QUALITY_MEASURING_H

#include "datebook/persona.h"

#include "src/quality/measure.h"

#include <check.h>
#include <string.h>

static struct {
    struct arena arena;
    struct error err;
    struct sums *sums;
    struct persona persona;
    int64_t key; /* of the last meeting */
    struct meeting_facts facts;
    struct measured meeting;
} fix;

static inline void fresh_sums(void)
{
    fix.sums = arena_zero(&fix.arena, 1, sizeof *fix.sums, &fix.err);
    ck_assert_ptr_nonnull(fix.sums);
    fix.sums->arena = &fix.arena;
    fix.key = 0;
}

static inline void measuring_setup(void)
{
    memset(&fix, 0, sizeof fix);
    fresh_sums();
}

static inline void measuring_teardown(void)
{
    arena_free(&fix.arena);
}

static inline void read_persona(const char *more)
{
    const char *text =
        arena_format(&fix.arena, &fix.err,
                     "{\"id\":\"p\",\"name\":\"P\",\"tier\":1%s}", more);

    ck_assert_ptr_nonnull(text);
    ck_assert_msg(persona_parse(&fix.arena, text, strlen(text), "test",
                                &fix.persona, &fix.err),
                  "%s", fix.err.message);
}

static inline const cJSON *read_json(const char *text)
{
    const cJSON *tree =
        json_parse(&fix.arena, text, strlen(text), "test", &fix.err);

    ck_assert_msg(tree != NULL, "%s", fix.err.message);
    return tree;
}

/* The next meeting, half an hour on a Monday at nine. */
static inline struct meeting_facts *next_meeting(const char *document)
{
    fix.facts =
        (struct meeting_facts){.subject = "Subject",
                               .preview = "",
                               .people = "",
                               .attendees = 2,
                               .start = (civil_minute)civil_from_date(
                                            (struct civil_date){2026, 1, 5}) *
                                            MINUTES_A_DAY +
                                        9 * 60,
                               .minutes = 30};
    fix.meeting = (struct measured){.key = ++fix.key,
                                    .id = "m",
                                    .facts = &fix.facts,
                                    .document = read_json(document)};
    return &fix.facts;
}

static inline const struct sum *sum_of(enum check_id check)
{
    return &fix.sums->of[check];
}

/* How many a check has found, and in which meetings first. */
static inline void expect_flaws(enum check_id check, int64_t part,
                                int64_t first)
{
    const struct sum *sum = sum_of(check);

    ck_assert_msg(sum->part == part, "%s: %lld", checks[check].name,
                  (long long)sum->part);
    ck_assert_int_eq(sum->example_count > 0, first > 0);
    if (first)
        ck_assert_int_eq(sum->examples[0].meeting, first);
}

static inline void expect_share(enum check_id check, int64_t part,
                                int64_t whole)
{
    ck_assert_msg(sum_of(check)->part == part && sum_of(check)->whole == whole,
                  "%s: %lld of %lld", checks[check].name,
                  (long long)sum_of(check)->part,
                  (long long)sum_of(check)->whole);
}

#endif
