/* The pace of requests, on a clock that the tests turn. */
#include "src/llm/pacing.h"

#include <check.h>
#include <limits.h>

enum { START = 1000000, MINUTE = 60000 };

static struct pacing pacing;

static void start(int concurrency, int64_t rpm, int64_t tpm)
{
    pacing_start(&pacing, concurrency, rpm, tpm, 7, START);
}

/* Good replies to the next `count` requests. */
static void answer(int count)
{
    for (int i = 0; i < count; i++)
        pacing_good(&pacing, pacing_send(&pacing, START, 1));
}

/* ---- How many are in flight ---- */

START_TEST(starts_small)
{
    start(16, 0, 0);
    ck_assert_int_eq(pacing_room(&pacing, START, 0), 4);
    ck_assert_int_eq(pacing_room(&pacing, START, 3), 1);
    ck_assert_int_eq(pacing_room(&pacing, START, 4), 0);
    ck_assert_int_eq(pacing_room(&pacing, START, 9), 0);
    start(2, 0, 0);
    ck_assert_int_eq(pacing_room(&pacing, START, 0), 2);
}
END_TEST

START_TEST(doubles_until_too_much)
{
    start(100, 0, 0);
    answer(4);
    ck_assert_int_eq(pacing.allowed, 8);
    answer(8);
    ck_assert_int_eq(pacing.allowed, 16);
    answer(1000);
    ck_assert_int_eq(pacing.allowed, 100);
}
END_TEST

START_TEST(grows_by_one_a_round_after_too_much)
{
    start(100, 0, 0);
    answer(16);
    ck_assert_int_eq(pacing.allowed, 20);
    pacing_limited(&pacing, START, pacing_send(&pacing, START, 1), -1);
    ck_assert_int_eq(pacing.allowed, 10);
    answer(9);
    ck_assert_int_eq(pacing.allowed, 10);
    answer(1);
    ck_assert_int_eq(pacing.allowed, 11);
    answer(11);
    ck_assert_int_eq(pacing.allowed, 12);
}
END_TEST

START_TEST(a_refused_round_counts_once)
{
    int64_t numbers[16];

    start(16, 0, 0);
    answer(100);
    for (int i = 0; i < 16; i++)
        numbers[i] = pacing_send(&pacing, START, 1);
    for (int i = 0; i < 16; i++)
        pacing_limited(&pacing, START, numbers[i], -1);
    ck_assert_int_eq(pacing.allowed, 8);
    /* Replies from before do not speed it up again. */
    for (int i = 0; i < 16; i++)
        pacing_good(&pacing, numbers[i]);
    ck_assert_int_eq(pacing.allowed, 8);
    ck_assert_int_eq(pacing.good, 0);
    /* The next round does count. */
    pacing_limited(&pacing, START, pacing_send(&pacing, START, 1), -1);
    ck_assert_int_eq(pacing.allowed, 4);
    for (int i = 0; i < 10; i++)
        pacing_limited(&pacing, START, pacing_send(&pacing, START, 1), -1);
    ck_assert_int_eq(pacing.allowed, 1);
}
END_TEST

/* ---- Pauses ---- */

static int64_t limited_at(int64_t now, int64_t wait)
{
    pacing_limited(&pacing, now, pacing_send(&pacing, now, 1), wait);
    return pacing_pause_left(&pacing, now);
}

START_TEST(a_pause_is_no_shorter_than_asked)
{
    start(16, 0, 0);
    for (int wait = 0; wait < 20000; wait += 777) {
        int64_t pause;

        start(16, 0, 0);
        pause = limited_at(START, wait);
        ck_assert_int_ge(pause, wait);
        ck_assert_int_le(pause, wait + wait / 4);
        ck_assert_int_le(pause, wait + 1000);
    }
}
END_TEST

START_TEST(nothing_is_sent_in_a_pause)
{
    int64_t pause;

    start(16, 0, 0);
    pause = limited_at(START, 5000);
    ck_assert_int_eq(pacing_room(&pacing, START, 0), 0);
    ck_assert_int_eq(pacing_room(&pacing, START + pause - 1, 0), 0);
    ck_assert_int_gt(pacing_room(&pacing, START + pause, 0), 0);
    ck_assert_int_eq(pacing_until_room(&pacing, START, 0), pause);
    ck_assert_int_eq(pacing_until_room(&pacing, START + pause - 1, 0), 1);
    ck_assert_int_eq(pacing_pause_left(&pacing, START + pause), 0);
    /* A shorter wait that another reply names does not end it. */
    pacing_limited(&pacing, START, 1, 10);
    ck_assert_int_eq(pacing_pause_left(&pacing, START), pause);
}
END_TEST

START_TEST(a_pause_without_a_wait_is_about_a_second_and_doubles)
{
    int64_t now = START;
    int64_t most = 1000;

    start(16, 0, 0);
    for (int round = 0; round < 8; round++) {
        int64_t pause = limited_at(now, -1);
        ck_assert_int_le(pause, most);
        ck_assert_int_ge(pause, most - most / 4);
        now += pause;
        most = most < 15000 ? most * 2 : 30000;
    }
    pacing_good(&pacing, pacing_send(&pacing, now, 1));
    ck_assert_int_le(limited_at(now, -1), 1000);
}
END_TEST

/* The other replies of a refused round do not make the pause longer. */
START_TEST(a_round_pauses_once)
{
    int64_t first;
    int64_t second;

    start(16, 0, 0);
    first = pacing_send(&pacing, START, 1);
    second = pacing_send(&pacing, START, 1);
    pacing_limited(&pacing, START, first, -1);
    pacing_limited(&pacing, START + 500, second, -1);
    ck_assert_int_le(pacing_pause_left(&pacing, START + 500), 500);
}
END_TEST

START_TEST(what_follows_a_pause_is_spread)
{
    int64_t now = START;
    int waits = 0;
    int sent = 0;

    start(16, 0, 0);
    answer(100);
    now += limited_at(now, 4000);
    ck_assert_int_eq(pacing.allowed, 8);
    while (sent < 8) {
        int64_t wait = pacing_until_room(&pacing, now, sent);
        if (pacing_room(&pacing, now, sent)) {
            ck_assert_int_eq(pacing_room(&pacing, now, sent), 1);
            ck_assert_int_eq(wait, -1);
            pacing_send(&pacing, now, 1);
            sent++;
            continue;
        }
        ck_assert_int_gt(wait, 0);
        ck_assert_int_eq(pacing_room(&pacing, now + wait - 1, sent), 0);
        now += wait;
        waits++;
    }
    ck_assert_int_ge(waits, 5);
    ck_assert_int_le(now, START + 5000 + 8 * 2 * 125);
    /* Then as many as fit again. */
    ck_assert_int_eq(pacing_room(&pacing, now, 2), 6);
}
END_TEST

START_TEST(an_exhausted_budget_pauses_without_slowing_down)
{
    start(16, 0, 0);
    answer(100);
    pacing_exhausted(&pacing, START, -1);
    ck_assert_int_eq(pacing_pause_left(&pacing, START), 0);
    pacing_exhausted(&pacing, START, 300);
    ck_assert_int_eq(pacing_pause_left(&pacing, START), 300);
    ck_assert_int_eq(pacing.allowed, 16);
    pacing_exhausted(&pacing, START, INT64_C(86400000));
    ck_assert_int_eq(pacing_pause_left(&pacing, START), MINUTE);
}
END_TEST

/* ---- Caps ---- */

enum { LONGEST_RUN = 4000 };

/* Sends whenever there is room, all of them answered at once, waits exactly as
 * told, and keeps when each was sent.  Returns how many were within `span`. */
static int run(int64_t span, int64_t tokens, int64_t *times)
{
    int64_t now = START;
    int count = 0;

    while (now < START + span && count < LONGEST_RUN) {
        int64_t wait;

        while (pacing_room(&pacing, now, 0) > 0 && count < LONGEST_RUN) {
            times[count++] = now;
            pacing_good(&pacing, pacing_send(&pacing, now, tokens));
        }
        wait = pacing_until_room(&pacing, now, 0);
        ck_assert_int_gt(wait, 0);
        ck_assert_int_eq(pacing_room(&pacing, now + wait - 1, 0), 0);
        now += wait;
        ck_assert_int_gt(pacing_room(&pacing, now, 0), 0);
    }
    return count;
}

static int most_in_a_minute(const int64_t *times, int count)
{
    int most = 0;
    int first = 0;

    for (int i = 0; i < count; i++) {
        while (times[i] - times[first] >= MINUTE)
            first++;
        if (i - first + 1 > most)
            most = i - first + 1;
    }
    return most;
}

START_TEST(no_minute_sees_more_than_the_cap)
{
    static const int caps[] = {1, 2, 7, 59, 60, 61, 500, 1000};
    static int64_t times[LONGEST_RUN];

    for (size_t i = 0; i < sizeof caps / sizeof *caps; i++) {
        int minutes = 3;
        int count;

        start(16, caps[i], 0);
        count = run(minutes * MINUTE, 1, times);
        ck_assert_int_le(most_in_a_minute(times, count), caps[i]);
        /* And it is made use of: all but the burst of each minute. */
        ck_assert_int_ge(count, minutes * caps[i] * 95 / 100);
    }
}
END_TEST

/* After a long silence, there is no more at once than at the beginning. */
START_TEST(silence_saves_up_a_small_burst_only)
{
    start(16, 600, 0);
    answer(16);
    ck_assert_int_le(pacing_room(&pacing, START + 3600 * 1000, 0), 11);
    start(4, 60000, 0);
    ck_assert_int_eq(pacing_room(&pacing, START + 3600 * 1000, 0), 4);
}
END_TEST

START_TEST(tokens_are_capped_to_within_a_call)
{
    static int64_t times[LONGEST_RUN];
    enum { TPM = 30000, EACH = 700 };
    int count;

    start(16, 0, TPM);
    count = run(5 * MINUTE, EACH, times);
    ck_assert_int_le(most_in_a_minute(times, count) * EACH, TPM + EACH);
    ck_assert_int_ge(count * EACH, 5 * TPM * 95 / 100);
}
END_TEST

START_TEST(a_call_above_the_cap_goes_and_is_paid_back)
{
    start(16, 0, 1000);
    ck_assert_int_eq(pacing_room(&pacing, START, 0), 4);
    pacing_send(&pacing, START, 5000);
    ck_assert_int_eq(pacing_room(&pacing, START, 1), 0);
    ck_assert_int_ge(pacing_until_room(&pacing, START, 1), 4 * MINUTE);
    ck_assert_int_le(pacing_until_room(&pacing, START, 1), 6 * MINUTE);
}
END_TEST

START_TEST(only_a_reply_makes_room)
{
    start(4, 0, 0);
    ck_assert_int_eq(pacing_until_room(&pacing, START, 0), -1);
    ck_assert_int_eq(pacing_until_room(&pacing, START, 4), -1);
    limited_at(START, 5000);
    ck_assert_int_eq(pacing_until_room(&pacing, START, 2), -1);
    ck_assert_int_ge(pacing_until_room(&pacing, START, 1), 5000);
}
END_TEST

START_TEST(absurd_caps_do_no_harm)
{
    start(1024, INT64_MAX, INT64_MAX);
    ck_assert_int_eq(pacing_room(&pacing, START, 0), 4);
    pacing_send(&pacing, START, INT64_MAX);
    pacing_send(&pacing, START, INT64_MIN);
    ck_assert_int_ge(pacing_room(&pacing, INT64_MAX / 2, 0), 1);
}
END_TEST

/* ---- Trying again ---- */

START_TEST(backoff_doubles_to_half_a_minute)
{
    start(1, 0, 0);
    for (int tries = -1; tries < 40; tries++) {
        int64_t most = tries < 1 ? 500 : tries > 6 ? 30000 : 250LL << tries;
        for (int i = 0; i < 50; i++) {
            int64_t wait = pacing_backoff(&pacing, tries, -1);
            ck_assert_int_le(wait, most);
            ck_assert_int_ge(wait, most - most / 4);
        }
    }
    ck_assert_int_eq(pacing_backoff(&pacing, 1, 123456), 123456);
    ck_assert_int_ge(pacing_backoff(&pacing, 6, 20), 12000);
}
END_TEST

START_TEST(jitter_differs_by_seed_and_repeats)
{
    int64_t first[8];
    int same = 0;

    start(1, 0, 0);
    for (int i = 0; i < 8; i++)
        first[i] = pacing_backoff(&pacing, 10, -1);
    start(1, 0, 0);
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(pacing_backoff(&pacing, 10, -1), first[i]);
    pacing_start(&pacing, 1, 0, 0, 8, START);
    for (int i = 0; i < 8; i++)
        same += pacing_backoff(&pacing, 10, -1) == first[i];
    ck_assert_int_lt(same, 8);
}
END_TEST

Suite *pacing_suite(void);
Suite *pacing_suite(void)
{
    Suite *suite = suite_create("pacing");
    TCase *tcase = tcase_create("pacing");

    tcase_add_test(tcase, starts_small);
    tcase_add_test(tcase, doubles_until_too_much);
    tcase_add_test(tcase, grows_by_one_a_round_after_too_much);
    tcase_add_test(tcase, a_refused_round_counts_once);
    tcase_add_test(tcase, a_pause_is_no_shorter_than_asked);
    tcase_add_test(tcase, nothing_is_sent_in_a_pause);
    tcase_add_test(tcase, a_pause_without_a_wait_is_about_a_second_and_doubles);
    tcase_add_test(tcase, a_round_pauses_once);
    tcase_add_test(tcase, what_follows_a_pause_is_spread);
    tcase_add_test(tcase, an_exhausted_budget_pauses_without_slowing_down);
    tcase_add_test(tcase, no_minute_sees_more_than_the_cap);
    tcase_add_test(tcase, silence_saves_up_a_small_burst_only);
    tcase_add_test(tcase, tokens_are_capped_to_within_a_call);
    tcase_add_test(tcase, a_call_above_the_cap_goes_and_is_paid_back);
    tcase_add_test(tcase, only_a_reply_makes_room);
    tcase_add_test(tcase, absurd_caps_do_no_harm);
    tcase_add_test(tcase, backoff_doubles_to_half_a_minute);
    tcase_add_test(tcase, jitter_differs_by_seed_and_repeats);
    suite_add_tcase(suite, tcase);
    return suite;
}
