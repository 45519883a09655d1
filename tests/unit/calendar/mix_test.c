/* The mix: what is missing, what a verdict is worth, and calendars that reach
 * a mix that is far from the usual one. */
#include "fixture.h"

#include "src/calendar/parts.h"

enum { LOW = 0, MEDIUM = 2, HIGH = 4, CRITICAL = 6, WITH_PREP = 1 };

static const struct calendar_verdict verdicts[8] = {
    {0, 0}, {0, 25}, {1, 0}, {1, 25}, {2, 0}, {2, 25}, {3, 0}, {3, 25}};

/* Counts verdicts of each cell, low without preparation first. */
static struct mix mix_of(const struct calendar_mix *wanted,
                         const int64_t counts[8])
{
    struct mix mix = {.wanted = wanted};

    for (int cell = 0; cell < 8; cell++)
        mix_count(&mix, &verdicts[cell], counts[cell]);
    return mix;
}

START_TEST(the_level_that_is_missed_most_is_wanted)
{
    static const struct calendar_mix half = {{500, 0, 0, 500}, 500};
    struct mix mix = mix_of(&half, (int64_t[8]){5, 0, 0, 0, 0, 0, 4, 0});

    ck_assert_int_eq(mix_wanted(&mix), CRITICAL + WITH_PREP);
    mix = mix_of(&half, (int64_t[8]){0, 5, 0, 0, 0, 0, 0, 6});
    ck_assert_int_eq(mix_wanted(&mix), LOW);
    mix = mix_of(&half, (int64_t[8]){5, 0, 9, 0, 0, 0, 5, 0});
    ck_assert_int_eq(mix_wanted(&mix), LOW + WITH_PREP);
}
END_TEST

START_TEST(what_is_missing_is_worth_more)
{
    struct mix mix =
        mix_of(&calendar_usual_mix, (int64_t[8]){19, 0, 39, 0, 0, 28, 0, 14});

    /* prep is a bit behind, levels are even */
    ck_assert_int_gt(mix_gain(&mix, &verdicts[HIGH + WITH_PREP]),
                     mix_gain(&mix, &verdicts[HIGH]));
    mix_count(&mix, &verdicts[HIGH + WITH_PREP], 10);
    ck_assert_int_lt(mix_gain(&mix, &verdicts[HIGH]),
                     mix_gain(&mix, &verdicts[MEDIUM]));
    ck_assert_int_lt(mix_gain(&mix, &verdicts[HIGH]),
                     mix_gain(&mix, &verdicts[CRITICAL]));
}
END_TEST

/* Preparation that rules never ask for does not take over the levels. */
START_TEST(levels_weigh_more_than_preparation)
{
    static const struct calendar_mix all = {{189, 386, 287, 138}, 1000};
    struct mix mix = mix_of(&all, (int64_t[8]){189, 0, 380, 0, 293, 0, 138, 0});

    ck_assert_int_lt(mix_gain(&mix, &verdicts[HIGH + WITH_PREP]),
                     mix_gain(&mix, &verdicts[MEDIUM]));
}
END_TEST

START_TEST(minutes_are_steered)
{
    static const struct calendar_verdict little = {2, 15};
    static const struct calendar_verdict much = {2, 60};
    struct mix mix = {.wanted = &calendar_usual_mix};

    mix_count(&mix, &(struct calendar_verdict){2, 25}, 20);
    ck_assert(mix_fits_minutes(&mix, &little));
    ck_assert(mix_fits_minutes(&mix, &much));
    mix_count(&mix, &much, 10);
    ck_assert(mix_fits_minutes(&mix, &little));
    ck_assert(!mix_fits_minutes(&mix, &much));
    ck_assert(mix_fits_minutes(&mix, &verdicts[HIGH]));
    ck_assert_int_gt(mix_gain(&mix, &little), mix_gain(&mix, &much));
    mix_count(&mix, &little, 100);
    ck_assert(!mix_fits_minutes(&mix, &little));
    ck_assert(mix_fits_minutes(&mix, &much));
    ck_assert_int_lt(mix_gain(&mix, &little), mix_gain(&mix, &much));
}
END_TEST

/* Only what options have given is looked for. */
START_TEST(cells_out_of_reach_are_passed_over)
{
    struct option items[2] = {{.weight = 10, .seen = {8}, .total = 8},
                              {.weight = 10, .seen = {0, 0, 8}, .total = 8}};
    struct options options = {items, 2};
    struct wheel wheel;
    struct mix mix = {.wanted = &calendar_usual_mix};

    ck_assert(wheel_make(&arena, &wheel, &options, &err));
    wheel_learn(&wheel, &options, true);
    ck_assert_int_eq(wheel_cell(&wheel, &mix), MEDIUM);
    mix_count(&mix, &verdicts[MEDIUM], 1);
    ck_assert_int_eq(wheel_cell(&wheel, &mix), LOW);
    mix_count(&mix, &verdicts[LOW], 1);
    ck_assert_int_eq(wheel_cell(&wheel, &mix), MEDIUM);
    items[1].seen[CRITICAL + WITH_PREP] = 4;
    items[1].total = 12;
    wheel_learn(&wheel, &options, true);
    ck_assert_int_eq(wheel_cell(&wheel, &mix), CRITICAL + WITH_PREP);
}
END_TEST

/* ------------------------------------------------------------- calendars */

/* Levels and preparation by the bytes of the texts: any mix can be had. */
static bool by_bytes(void *context, const struct event *draft,
                     struct calendar_verdict *verdict, struct error *error)
{
    static const int minutes[] = {0, 60, 0, 15};
    unsigned sum = 0;

    (void)context;
    (void)error;
    for (const char *c = draft->subject; *c; c++)
        sum = sum * 31 + (unsigned char)*c;
    for (const char *c = draft->preview; *c; c++)
        sum = sum * 31 + (unsigned char)*c;
    verdict->importance = (int)(sum >> 8 & 3);
    verdict->prep_minutes = minutes[sum >> 12 & 3];
    return true;
}

static const struct calendar_mix hard[] = {{{400, 100, 100, 400}, 800},
                                           {{700, 100, 100, 100}, 100},
                                           {{0, 0, 500, 500}, 700},
                                           {{250, 250, 250, 250}, 0}};

START_TEST(hard_mixes_are_reached)
{
    struct persona persona = parse(SALES);
    struct calendar_options options = options_of(5, 0);
    struct mix mix = {.wanted = &hard[_i]};
    struct calendar *calendar;

    options.judge = by_bytes;
    options.mix = &hard[_i];
    calendar = start(&persona, &options);
    while (mix.meetings < 400) {
        const struct event *events;
        size_t count;
        week(calendar, &events, &count);
        for (size_t i = 0; i < count; i++) {
            struct calendar_verdict verdict;
            by_bytes(NULL, &events[i], &verdict, &err);
            mix_count(&mix, &verdict, 1);
        }
    }
    calendar_end(calendar);
    for (int level = 0; level < 4; level++) {
        int64_t off =
            1000 * mix.levels[level] / mix.meetings - hard[_i].levels[level];
        ck_assert_msg(off >= -25 && off <= 25, "level %d is off by %lld", level,
                      (long long)off);
    }
    ck_assert_int_le(1000 * mix.prep / mix.meetings, hard[_i].prep + 100);
    ck_assert_int_ge(1000 * mix.prep / mix.meetings, hard[_i].prep - 100);
    if (hard[_i].prep >= 500) {
        ck_assert_int_ge(mix.prep_minutes / mix.prep, 15);
        ck_assert_int_le(mix.prep_minutes / mix.prep, 35);
    }
}
END_TEST

Suite *mix_suite(void);
Suite *mix_suite(void)
{
    Suite *suite = suite_create("mix");
    TCase *tcase = tcase_create("mix");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_level_that_is_missed_most_is_wanted);
    tcase_add_test(tcase, what_is_missing_is_worth_more);
    tcase_add_test(tcase, levels_weigh_more_than_preparation);
    tcase_add_test(tcase, minutes_are_steered);
    tcase_add_test(tcase, cells_out_of_reach_are_passed_over);
    tcase_add_loop_test(tcase, hard_mixes_are_reached, 0,
                        (int)(sizeof hard / sizeof *hard));
    suite_add_tcase(suite, tcase);
    return suite;
}
