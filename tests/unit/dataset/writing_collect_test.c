/* Collecting from a server that answers well, badly, late, or not at all:
 * everything that was paid for is kept, nothing is asked for twice, and the end
 * is told as it was. */
#include "writing.h"

#include "writing_server.h"

#include "datebook/clock.h"

#include <time.h>

Suite *writing_collect_suite(void);

enum { MEETINGS = 12, PRICE = 1000000 /* a token is a micro-dollar */ };

static struct {
    struct writing_job job;
    struct writing_server server;
    struct endpoint endpoint;
    struct transport_options transport;
    struct writing_limits limits;
    struct price price;
    struct writing_result result;
    size_t requests; /* that waited in the beginning */
    int wishes;      /* to end, that the watcher is to utter */
    int after;       /* so many calls are in flight */
    int64_t from;    /* by clock_waiting(): before that it does nothing */
    bool opens;      /* the gate, once all wishes are uttered */
} it;

static void setup(void)
{
    struct writing_wish wish;

    memset(&it, 0, sizeof it);
    store_setup();
    begin();
    put_document(writing_document("alpha", "renewal", ""));
    ck_assert(commit());
    wish = writing_wish_for(MEETINGS);
    wish.per_call = 1;
    it.job = writing_start(&wish);
    (void)requests_in(&it.job, REQUEST_WAITING, &it.requests);
    ck_assert_uint_ge(it.requests, 8);
    it.transport = transport_defaults;
    it.transport.concurrency = 4;
    it.limits = (struct writing_limits){.most_tries = 8, .drain_ms = 20000};
    it.price = (struct price){.model = "test-model",
                              .input = PRICE,
                              .cached = PRICE,
                              .output = PRICE};
}

static void teardown(void)
{
    if (it.server.process)
        writing_server_stop(&it.server);
    store_teardown();
}

/* ---- What is done ---- */

static void find_server(int port)
{
    it.endpoint =
        (struct endpoint){.provider = PROVIDER_OPENAI,
                          .model = "test-model",
                          .base = arena_format(&fix.arena, &fix.err,
                                               "http://127.0.0.1:%d/v1", port),
                          .host = "127.0.0.1",
                          .plain = true,
                          .local = true};
}

static void serve(writing_plan_of *plan)
{
    it.server = writing_server_start(plan);
    find_server(it.server.port);
}

/* Wishes to end as often as the test wants, once so many calls are in flight;
 * then lets the server answer. */
static bool watch(void *context, const struct writing_progress *progress,
                  struct error *err)
{
    (void)context;
    if (progress->in_flight < it.after || clock_waiting() < it.from)
        return true;
    if (it.wishes > 0) {
        it.wishes--;
        return error_set(err, ERROR_INTERRUPTED, "interrupted");
    }
    if (it.opens)
        sem_post(&it.server.counts->gate);
    it.opens = false;
    return true;
}

static void collect(enum writing_end end)
{
    MUST(writing_collect(fix.store, &fix.arena, &it.job, &it.endpoint,
                         &it.transport, &it.limits, &it.price, watch, NULL,
                         &it.result, &fix.err));
    ck_assert_msg(it.result.end == end, "%d: %s", it.result.end,
                  it.result.why ? it.result.why : "complete");
}

static size_t count_in(enum request_state state)
{
    size_t count;

    (void)requests_in(&it.job, state, &count);
    return count;
}

static void expect_calls(size_t calls)
{
    ck_assert_int_eq(it.server.counts->requests, (int)calls);
    ck_assert_int_eq(it.result.totals.calls, (int64_t)calls);
}

/* All is written, with these calls beyond one for each request. */
static void expect_all(size_t more)
{
    ck_assert_uint_eq(count_in(REQUEST_ANSWERED), it.requests);
    ck_assert_int_eq(it.result.totals.written, (int64_t)it.requests);
    ck_assert_int_eq(it.result.totals.retries, (int64_t)more);
    expect_calls(it.requests + more);
}

/* ---- Without trouble ---- */

static enum writing_act good(int number, const char *body)
{
    (void)number;
    (void)body;
    return ACT_GOOD;
}

START_TEST(all_is_asked_once)
{
    serve(good);
    collect(WRITING_COMPLETE);
    ck_assert_ptr_null(it.result.why);
    expect_all(0);
    ck_assert_int_eq(it.result.totals.cost, 110 * (int64_t)it.requests);
    ck_assert_int_eq(it.result.totals.unpriced, 0);

    /* A second time there is nothing to ask. */
    collect(WRITING_COMPLETE);
    expect_all(0);
}
END_TEST

/* ---- Limits ---- */

/* What one call may take at most; all of this job are about the same. */
static int64_t most_of_a_call(void)
{
    struct request request = request_of(1);

    return chat_count_tokens(request.system, strlen(request.system)) +
           chat_count_tokens(request.messages, strlen(request.messages)) +
           request.most_tokens + 300;
}

/* Replies that are cheaper than they might have been leave room for more:
 * what does not fit beside the calls in flight waits for them. */
START_TEST(a_budget_that_is_tight_holds_calls_back)
{
    serve(good);
    it.limits.most_tokens = 2 * most_of_a_call() + 110 * (int64_t)it.requests;
    collect(WRITING_COMPLETE);
    expect_all(0);
}
END_TEST

START_TEST(a_budget_ends_the_work)
{
    int64_t most = most_of_a_call();
    size_t answered;

    serve(good);
    if (_i)
        it.limits.most_tokens = most + 250;
    else
        it.limits.most_cost = most + 250;
    collect(WRITING_BUDGET);
    answered = count_in(REQUEST_ANSWERED);
    ck_assert_uint_ge(answered, 2);
    ck_assert_uint_lt(answered, it.requests);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), it.requests - answered);
    ck_assert_int_le(it.result.totals.cost, most + 250);
    ck_assert_ptr_nonnull(
        strstr(it.result.why, _i ? "--max-tokens" : "--max-cost"));
    expect_calls(answered);

    /* A higher limit goes on from there. */
    it.limits = (struct writing_limits){.most_tries = 8};
    collect(WRITING_COMPLETE);
    expect_all(0);
}
END_TEST

/* ---- Ending early ---- */

static enum writing_act held(int number, const char *body)
{
    (void)number;
    (void)body;
    return ACT_HELD;
}

/* What is in flight is waited for, and nothing more is sent. */
START_TEST(the_first_wish_lets_calls_come)
{
    serve(held);
    it.wishes = 1;
    it.after = 4;
    it.opens = true;
    collect(WRITING_INTERRUPTED);
    ck_assert_uint_eq(count_in(REQUEST_ANSWERED), 4);
    ck_assert_uint_eq(count_in(REQUEST_SENT), 0);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), it.requests - 4);
    expect_calls(4);
    collect(WRITING_COMPLETE);
    expect_all(0);
}
END_TEST

/* Those in flight are given up, and only they are sent again. */
START_TEST(the_second_wish_does_not)
{
    int64_t start = clock_waiting();

    serve(held);
    it.wishes = 2;
    it.after = 4;
    collect(WRITING_INTERRUPTED);
    ck_assert_int_lt(clock_waiting() - start, it.limits.drain_ms / 2);
    ck_assert_uint_eq(count_in(REQUEST_SENT), 4);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), it.requests - 4);
    sem_post(&it.server.counts->gate);
    collect(WRITING_COMPLETE);
    expect_all(4);
}
END_TEST

/* What does not come in time is given up. */
START_TEST(draining_ends)
{
    serve(held);
    it.wishes = 1;
    it.after = 4;
    it.limits.drain_ms = 50;
    collect(WRITING_INTERRUPTED);
    ck_assert_uint_eq(count_in(REQUEST_SENT), 4);
    expect_calls(4);
}
END_TEST

/* Waiting for a reply costs no time of the processor, with room for more calls
 * or without. */
START_TEST(waiting_is_idle)
{
    clock_t used = clock();

    serve(held);
    it.transport.concurrency = _i ? 2 * (int)it.requests : 4;
    it.after = 4;
    it.from = clock_waiting() + 600;
    it.opens = true;
    collect(WRITING_COMPLETE);
    ck_assert_int_ge(clock_waiting(), it.from);
    ck_assert_int_lt(clock() - used, CLOCKS_PER_SEC / 4);
    expect_all(0);
}
END_TEST

/* ---- Calls that fail ---- */

static enum writing_act first_fails(int number, const char *body)
{
    (void)body;
    return number == 1 ? ACT_FAIL : ACT_GOOD;
}

static enum writing_act first_is_limited(int number, const char *body)
{
    (void)body;
    return number == 1 ? ACT_FULL : ACT_GOOD;
}

START_TEST(a_call_is_tried_again)
{
    serve(_i ? first_is_limited : first_fails);
    collect(WRITING_COMPLETE);
    expect_all(1);
}
END_TEST

/* Waiting for the next try is no work either. */
START_TEST(waiting_for_a_try_is_idle)
{
    clock_t used = clock();

    serve(first_fails);
    it.transport.concurrency = 1;
    it.limits.most_tries = 1 + 1;
    collect(WRITING_COMPLETE);
    expect_all(1);
    ck_assert_int_lt(clock() - used, CLOCKS_PER_SEC / 8);
}
END_TEST

static enum writing_act always_fails(int number, const char *body)
{
    (void)number;
    (void)body;
    return ACT_FAIL;
}

/* When the very first request fails as often as it may, nothing will come. */
START_TEST(a_server_that_never_answers_is_given_up)
{
    serve(always_fails);
    it.transport.concurrency = 1;
    it.limits.most_tries = 2;
    collect(WRITING_FAILED);
    ck_assert_ptr_nonnull(strstr(it.result.why, "failed 2 times: "));
    ck_assert_ptr_nonnull(strstr(it.result.why, "not today"));
    ck_assert_uint_eq(count_in(REQUEST_FAILED), 1);
    ck_assert_int_eq(it.server.counts->requests, 2 + 1);
}
END_TEST

static enum writing_act second_call_fails(int number, const char *body)
{
    (void)body;
    return number == 2 ? ACT_FAIL : ACT_GOOD;
}

/* One that is given up later does not keep the others from going on, and is
 * asked again the next time. */
START_TEST(one_request_is_left)
{
    serve(second_call_fails);
    it.transport.concurrency = 1;
    it.limits.most_tries = 1;
    collect(WRITING_FAILED);
    ck_assert_uint_eq(count_in(REQUEST_FAILED), 1);
    ck_assert_uint_eq(count_in(REQUEST_ANSWERED), it.requests - 1);
    expect_calls(it.requests);
    collect(WRITING_COMPLETE);
    expect_all(1);
}
END_TEST

static enum writing_act fails_after_two(int number, const char *body)
{
    (void)body;
    return number <= 2 ? ACT_GOOD : ACT_FAIL;
}

START_TEST(three_in_a_row_are_enough)
{
    serve(fails_after_two);
    it.transport.concurrency = 1;
    it.limits.most_tries = 1;
    collect(WRITING_FAILED);
    ck_assert_uint_eq(count_in(REQUEST_ANSWERED), 2);
    ck_assert_uint_eq(count_in(REQUEST_FAILED), 3);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), it.requests - 5);
    expect_calls(5);
}
END_TEST

static enum writing_act always_rejects(int number, const char *body)
{
    (void)number;
    (void)body;
    return ACT_REJECT;
}

/* A server that takes nothing from the beginning is asked five times. */
START_TEST(five_rejected_in_the_beginning_are_enough)
{
    serve(always_rejects);
    it.transport.concurrency = 1;
    collect(WRITING_FAILED);
    ck_assert_ptr_nonnull(
        strstr(it.result.why, "5 requests in a row were rejected: "));
    ck_assert_uint_eq(count_in(REQUEST_REJECTED), 5);
    expect_calls(5);
}
END_TEST

/* Where nobody listens, patience is short. */
START_TEST(nobody_there)
{
    serve(good);
    writing_server_stop(&it.server);
    it.server.process = 0;
    it.transport.concurrency = 1;
    collect(WRITING_FAILED);
    ck_assert_ptr_nonnull(strstr(it.result.why, "failed 3 times: "));
    /* While one waits for its next try another one is tried. */
    ck_assert_int_le(it.result.totals.calls, 2 * 3);
    ck_assert_uint_eq(count_in(REQUEST_FAILED), 1);
    ck_assert_uint_eq(count_in(REQUEST_ANSWERED), 0);
}
END_TEST

/* ---- Calls in flight that learn of others ---- */

static enum writing_act simpler(int number, const char *body)
{
    (void)number;
    (void)body;
    return ACT_SIMPLER;
}

/* All in flight are refused for the same, and all are sent once more; those
 * after them, of the next job as well, are right at once. */
START_TEST(several_in_flight_are_made_simpler)
{
    int numbers[TRAITS];
    bool found;

    serve(simpler);
    it.after = 4;
    it.opens = true;
    collect(WRITING_COMPLETE);
    expect_all(4);
    MUST(traits_get(fix.store, it.endpoint.id, it.endpoint.model, numbers,
                    &found, &fix.err));
    ck_assert(found);
    ck_assert_int_eq(numbers[2], 0);
    ck_assert_int_eq(numbers[0], chat_first_traits.form);
}
END_TEST

static enum writing_act one_stops(int number, const char *body)
{
    (void)body;
    return number == 4 ? ACT_STOP : ACT_HELD;
}

/* The others are paid for, so they are waited for. */
START_TEST(those_beside_a_fatal_one_are_taken)
{
    serve(one_stops);
    it.after = 3;
    it.opens = true;
    collect(WRITING_FAILED);
    ck_assert_ptr_nonnull(strstr(it.result.why, "who is there"));
    ck_assert_ptr_nonnull(it.result.hint);
    ck_assert_uint_eq(count_in(REQUEST_ANSWERED), 3);
    ck_assert_uint_eq(count_in(REQUEST_SENT), 0);
    ck_assert_uint_eq(count_in(REQUEST_WAITING), it.requests - 3);
    expect_calls(4);
}
END_TEST

Suite *writing_collect_suite(void)
{
    Suite *suite = suite_create("writing_collect");
    TCase *tests = tcase_create("collecting");

    tcase_set_timeout(tests, 40);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, all_is_asked_once);
    tcase_add_test(tests, a_budget_that_is_tight_holds_calls_back);
    tcase_add_loop_test(tests, a_budget_ends_the_work, 0, 2);
    tcase_add_test(tests, the_first_wish_lets_calls_come);
    tcase_add_test(tests, the_second_wish_does_not);
    tcase_add_test(tests, draining_ends);
    tcase_add_loop_test(tests, waiting_is_idle, 0, 2);
    tcase_add_loop_test(tests, a_call_is_tried_again, 0, 2);
    tcase_add_test(tests, waiting_for_a_try_is_idle);
    tcase_add_test(tests, a_server_that_never_answers_is_given_up);
    tcase_add_test(tests, one_request_is_left);
    tcase_add_test(tests, three_in_a_row_are_enough);
    tcase_add_test(tests, five_rejected_in_the_beginning_are_enough);
    tcase_add_test(tests, nobody_there);
    tcase_add_test(tests, several_in_flight_are_made_simpler);
    tcase_add_test(tests, those_beside_a_fatal_one_are_taken);
    suite_add_tcase(suite, tests);
    return suite;
}
