/* What lasts longer than a week: series keep their day, their hour and their
 * words, and no id is given twice. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

struct seen_series {
    char id[70];
    char subject[256];
    int minute;
    int weekday;
    bool daily;
};

static struct seen_series *find(struct seen_series *series, size_t *count,
                                const char *id)
{
    for (size_t i = 0; i < *count; i++)
        if (!strcmp(series[i].id, id))
            return &series[i];
    ck_assert_uint_lt(*count, 100);
    memset(&series[*count], 0, sizeof *series);
    snprintf(series[*count].id, sizeof series->id, "%s", id);
    return &series[(*count)++];
}

/* Follows one batch: every occurrence stands where the series stands. */
static size_t follow(uint64_t batch, struct seen_series *series, size_t known)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of(5, batch);
    struct calendar *calendar = start(&persona, &options);

    for (int i = 0; i < 10; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t k = 0; k < count; k++) {
            const struct event *event = &events[k];
            int minute = (int)(event->start % MINUTES_A_DAY);
            struct seen_series *one;
            if (event->type == EVENT_SINGLE)
                continue;
            one = find(series, &known, event->series_master_id);
            if (event->type == EVENT_EXCEPTION)
                continue;
            if (!*one->subject) {
                snprintf(one->subject, sizeof one->subject, "%s",
                         event->subject);
                one->minute = minute;
            }
            ck_assert_str_eq(one->subject, event->subject);
            ck_assert_int_eq(one->minute, minute);
        }
    }
    calendar_end(calendar);
    return known;
}

START_TEST(series_stand_still_over_batches)
{
    static struct seen_series series[100];
    size_t first = follow(0, series, 0);

    ck_assert_uint_gt(first, 5);
    ck_assert_uint_eq(follow(1, series, first), first);
    for (size_t i = 0; i < first; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(series[i].subject, series[k].subject);
}
END_TEST

START_TEST(a_series_keeps_the_day_it_names)
{
    struct persona persona = parse(
        "{\"id\":\"day\",\"name\":\"Day\",\"tier\":1,\"archetypes\":["
        "{\"name\":\"call\",\"weight\":100,\"cadence\":\"weekly\","
        "\"subjects\":[\"Thursday numbers\"],\"bodies\":[\"Due {date}\"]},"
        "{\"name\":\"twin\",\"weight\":100,\"cadence\":\"weekly\","
        "\"subjects\":[\"The Thursday numbers again\"]}]}");
    int found = 0;

    for (uint64_t seed = 0; seed < 5; seed++) {
        struct calendar_options options = options_of(seed, 0);
        struct calendar *calendar = start(&persona, &options);
        const struct event *events;
        size_t count;
        bool calls = false;
        bool twins = false;
        week(calendar, &events, &count);
        for (size_t i = 0; i < count; i++) {
            bool call = !strcmp(events[i].subject, "Thursday numbers");
            bool twin = strstr(events[i].subject, "again") != NULL;
            calls |= call;
            twins |= twin;
            if (!call || events[i].type != EVENT_OCCURRENCE)
                continue;
            found++;
            ck_assert_int_eq(
                civil_weekday((civil_day)(events[i].start / MINUTES_A_DAY)), 3);
            /* A date would be stale in the second week. */
            ck_assert_ptr_null(strstr(events[i].preview, "Due"));
        }
        /* One of the two is enough. */
        ck_assert(!calls || !twins);
        calendar_end(calendar);
    }
    ck_assert_int_gt(found, 0);
}
END_TEST

START_TEST(no_slot_of_a_series_twice)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of(6, 0);
    struct calendar *calendar = start(&persona, &options);

    for (int i = 0; i < 20; i++) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t k = 1; k < count; k++)
            for (size_t m = 0; m < k && events[k].series_master_id; m++)
                ck_assert(!events[m].series_master_id ||
                          events[m].start != events[k].start ||
                          strcmp(events[m].series_master_id,
                                 events[k].series_master_id) != 0);
    }
    calendar_end(calendar);
}
END_TEST

static int by_text(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

START_TEST(ids_are_never_the_same)
{
    enum { COUNT = 20000 };
    static const char *const texts[] = {BARE, SALES};
    char **ids = calloc(COUNT, sizeof *ids);
    size_t used = 0;

    ck_assert_ptr_nonnull(ids);
    for (uint64_t round = 0; used < COUNT; round++) {
        struct persona persona = parse(texts[round % 2]);
        struct calendar_options options = options_of(round / 4, round / 2 % 2);
        struct calendar *calendar = start(&persona, &options);
        for (int i = 0; i < 30; i++) {
            const struct event *events;
            size_t count;
            week(calendar, &events, &count);
            for (size_t k = 0; k < count && used < COUNT; k++)
                ids[used++] = arena_text(&arena, events[k].id, &err);
        }
        calendar_end(calendar);
    }
    qsort(ids, COUNT, sizeof *ids, by_text);
    for (size_t i = 1; i < COUNT; i++)
        ck_assert_str_ne(ids[i - 1], ids[i]);
    free(ids);
}
END_TEST

Suite *series_suite(void);
Suite *series_suite(void)
{
    Suite *suite = suite_create("series");
    TCase *tcase = tcase_create("series");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, series_stand_still_over_batches);
    tcase_add_test(tcase, a_series_keeps_the_day_it_names);
    tcase_add_test(tcase, no_slot_of_a_series_twice);
    tcase_add_test(tcase, ids_are_never_the_same);
    suite_add_tcase(suite, tcase);
    return suite;
}
