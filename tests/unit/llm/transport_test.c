/* The transport against a real server process: what it sends, what it takes,
 * and how fast. */
#include "tests/unit/llm/asking.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

/* ---- What is sent ---- */

START_TEST(a_call_is_posted_as_json)
{
    ask("/echo?api-version=1", "{\"a\":1}");
    ck_assert_int_eq(reply.status, 200);
    ck_assert_ptr_null(reply.failure);
    ck_assert(!reply.timed_out && !reply.too_large && !reply.fatal);
    ck_assert_uint_eq(reply.length, strlen(reply.body));
    ck_assert_ptr_nonnull(
        strstr(reply.body, "POST /echo?api-version=1 HTTP/1.1\r\n"));
    ck_assert_ptr_nonnull(
        strstr(reply.body, "\r\nContent-Type: application/json\r\n"));
    ck_assert_ptr_nonnull(strstr(reply.body, "\r\nUser-Agent: datebook/"));
    ck_assert_ptr_nonnull(strstr(reply.body, "\r\nAccept-Encoding: "));
    ck_assert_ptr_nonnull(strstr(reply.body, "\r\n\r\n{\"a\":1}"));
    ck_assert_ptr_null(strcasestr(reply.body, "\r\nAuthorization:"));
    ck_assert_ptr_null(strcasestr(reply.body, "\r\nCookie:"));
}
END_TEST

/* libcurl would ask whether a body of more than a mebibyte may come. */
START_TEST(a_large_body_is_not_announced)
{
    enum { SIZE = 1100000 };
    char *body = calloc(1, SIZE + 1);

    ck_assert_ptr_nonnull(body);
    memset(body, 'b', SIZE);
    ask("/echo", body);
    ck_assert_int_eq(reply.status, 200);
    ck_assert_ptr_null(strcasestr(reply.body, "\r\nExpect:"));
    ck_assert_str_eq(strstr(reply.body, "\r\n\r\n") + 4, body);
    free(body);
}
END_TEST

START_TEST(without_a_body_it_is_a_get)
{
    ask("/echo", "{}");
    ask("/echo", NULL);
    ck_assert_ptr_eq(strstr(reply.body, "GET /echo HTTP/1.1\r\n"), reply.body);
    ck_assert_ptr_null(strcasestr(reply.body, "Content-"));
    ask("/echo", "");
    ck_assert_ptr_eq(strstr(reply.body, "POST /echo"), reply.body);
    ck_assert_ptr_nonnull(strstr(reply.body, "\r\nContent-Length: 0\r\n"));
}
END_TEST

START_TEST(another_type_can_be_said)
{
    struct transport_call call = {
        .url = with_host("http://", "/echo"),
        .body = "a\0b",
        .length = 3,
        .content_type = "multipart/form-data; boundary=x",
    };

    open_it();
    ck_assert(transport_send(transport, &call, &err));
    await();
    ck_assert_ptr_nonnull(strstr(
        reply.body, "\r\nContent-Type: multipart/form-data; boundary=x\r\n"));
    ck_assert_mem_eq(reply.body + reply.length - 7, "\r\n\r\na\0b", 7);
}
END_TEST

START_TEST(the_key_goes_in_its_header)
{
    endpoint.key = secret_new("sesame", &err);
    ask("/echo", "{}");
    ck_assert_ptr_nonnull(
        strstr(reply.body, "\r\nAuthorization: Bearer sesame\r\n"));
    ask("/echo", NULL);
    ck_assert_ptr_nonnull(
        strstr(reply.body, "\r\nAuthorization: Bearer sesame\r\n"));
    transport_close(transport);
    transport = NULL;
    endpoint.provider = PROVIDER_AZURE;
    ask("/echo", "{}");
    ck_assert_ptr_nonnull(strstr(reply.body, "\r\napi-key: sesame\r\n"));
    ck_assert_ptr_null(strstr(reply.body, "Authorization"));
    secret_free(endpoint.key);
}
END_TEST

/* Whether a text stands anywhere on the heap, in use or given back. */
static bool is_on_heap(const char *text)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    uintptr_t start = 0;
    uintptr_t end = 0;
    char line[512];

    ck_assert_ptr_nonnull(maps);
    while (fgets(line, sizeof line, maps))
        if (strstr(line, "[heap]"))
            ck_assert_int_eq(
                sscanf(line, "%" SCNxPTR "-%" SCNxPTR, &start, &end), 2);
    fclose(maps);
    return end > start &&
           memmem((const void *)start, end - start, text, strlen(text)) != NULL;
}

START_TEST(the_key_stays_in_locked_memory)
{
    static const char key[] = "open-sesame-and-let-me-in";

    endpoint.key = secret_new(key, &err);
    for (int i = 0; i < 3; i++)
        ask("/status/200", "{}");
    ck_assert(!is_on_heap(key));
    ask("/echo", "{}");
    ck_assert_ptr_nonnull(strstr(reply.body, key)); /* it was sent */
    secret_free(endpoint.key);
}
END_TEST

START_TEST(another_host_is_refused)
{
    static const char *const urls[] = {"http://127.0.0.1:1/echo",
                                       "https://127.0.0.1/echo",
                                       "/echo",
                                       "http://127.0.0.1",
                                       "",
                                       NULL};
    struct transport_call call = {.body = "{}", .length = 2};

    open_it();
    for (int i = 0; urls[i]; i++) {
        call.url = urls[i];
        ck_assert(!transport_send(transport, &call, &err));
        ck_assert_int_eq(err.code, ERROR_BUG);
    }
    call.url = with_host("http://", ".example/echo");
    ck_assert(!transport_send(transport, &call, &err));
    call.url = with_host("http://key@", "/echo");
    ck_assert(!transport_send(transport, &call, &err));
    ck_assert_int_eq(transport_in_flight(transport), 0);
}
END_TEST

/* Nobody listens at the proxy: a request that came did not go there. */
START_TEST(a_proxy_is_not_used_for_plain_http)
{
    const char *proxy =
        arena_format(&arena, &err, "http://127.0.0.1:%d", canned_dead_port());

    setenv("http_proxy", proxy, 1);
    setenv("all_proxy", proxy, 1);
    setenv("no_proxy", "", 1);
    endpoint.local = false;
    ask("/echo", "{}");
    ck_assert_int_eq(reply.status, 200);
}
END_TEST

/* ---- What is taken ---- */

START_TEST(headers_are_read_in_any_spelling)
{
    ask("/headers", "{}");
    ck_assert_int_eq(reply.status, 429);
    ck_assert_str_eq(reply.body, "no");
    ck_assert_str_eq(reply.retry_after, "7");
    ck_assert_str_eq(reply.retry_after_ms, "250");
    ck_assert_str_eq(reply.should_retry, "true");
    ck_assert_str_eq(reply.limit_requests, "500");
    ck_assert_str_eq(reply.remaining_requests, "499");
    ck_assert_str_eq(reply.reset_requests, "120ms");
    ck_assert_str_eq(reply.limit_tokens, "30000");
    ck_assert_str_eq(reply.remaining_tokens, "29000");
    ck_assert_str_eq(reply.reset_tokens, "6m0s");
    ck_assert_str_eq(reply.date, "Mon, 24 Nov 2025 16:00:00 GMT");
    ck_assert_ptr_null(reply.location);
    ask("/echo", "{}");
    ck_assert_ptr_null(reply.retry_after);
    ck_assert_ptr_null(reply.reset_tokens);
}
END_TEST

START_TEST(any_status_is_a_reply)
{
    ask("/status/500", "{}");
    ck_assert_int_eq(reply.status, 500);
    ck_assert_str_eq(reply.body, "/status/500");
    ask("/status/401", "{}");
    ck_assert_int_eq(reply.status, 401);
    ck_assert_int_eq(server.counts->requests, 2);
}
END_TEST

START_TEST(connections_are_used_again)
{
    for (int i = 0; i < 20; i++)
        ask("/echo", "{}");
    ck_assert_int_eq(server.counts->requests, 20);
    ck_assert_int_eq(server.counts->connections, 1);
}
END_TEST

START_TEST(a_redirect_is_not_followed)
{
    struct canned_server other = canned_start();

    ask(arena_format(&arena, &err, "/redirect/%d", other.port), "{}");
    ck_assert_int_eq(reply.status, 302);
    ck_assert_str_eq(
        reply.location,
        arena_format(&arena, &err, "http://127.0.0.1:%d/echo", other.port));
    ask("/echo", "{}");
    ck_assert_int_eq(other.counts->connections, 0);
    ck_assert_int_eq(server.counts->requests, 2);
    canned_stop(&other);
}
END_TEST

START_TEST(a_reply_of_the_most_bytes_is_whole)
{
    options.most_bytes = strlen("/status/200");
    ask("/status/200", "{}");
    ck_assert(!reply.too_large);
    ck_assert_str_eq(reply.body, "/status/200");
    options.most_bytes--;
    transport_close(transport);
    transport = NULL;
    ask("/status/200", "{}");
    ck_assert(reply.too_large);
    ck_assert_str_eq(reply.body, "/status/20");
}
END_TEST

START_TEST(an_endless_reply_is_cut)
{
    struct rusage before;
    struct rusage after;

    options.most_bytes = 300000;
    ask("/echo", "{}");
    getrusage(RUSAGE_SELF, &before);
    for (int i = 0; i < 4; i++) {
        ask("/endless", "{}");
        ck_assert_int_eq(reply.status, 200);
        ck_assert(reply.too_large);
        ck_assert_uint_eq(reply.length, 300000);
    }
    getrusage(RUSAGE_SELF, &after);
    ck_assert_int_lt(after.ru_maxrss - before.ru_maxrss, 20000); /* KiB */
}
END_TEST

START_TEST(what_was_packed_counts_unpacked)
{
    ask("/bomb", "{}");
    ck_assert_int_eq(reply.status, 200);
    ck_assert_uint_eq(reply.length, 65536);
    ck_assert_int_eq(reply.body[65535], '0');
    transport_close(transport);
    transport = NULL;
    options.most_bytes = 1000;
    ask("/bomb", "{}");
    ck_assert(reply.too_large);
    ck_assert_uint_eq(reply.length, 1000);
}
END_TEST

START_TEST(endless_headers_are_cut)
{
    ask("/heads", "{}");
    ck_assert(reply.too_large);
    ck_assert_uint_eq(reply.length, 0);
}
END_TEST

/* ---- Many at a time ---- */

START_TEST(sixteen_are_really_in_flight)
{
    enum { MANY = 16 };
    int seen[MANY] = {0};

    open_it();
    for (int i = 0; i < MANY; i++)
        send_to("/together/16", "{}", &seen[i]);
    ck_assert_int_eq(transport_in_flight(transport), MANY);
    for (int i = 0; i < MANY; i++) {
        int *which = await();
        ck_assert_str_eq(reply.body, "all");
        ck_assert_int_eq(transport_in_flight(transport), MANY - 1 - i);
        (*which)++;
    }
    for (int i = 0; i < MANY; i++)
        ck_assert_int_eq(seen[i], 1);
    ck_assert_int_eq(server.counts->connections, MANY);
}
END_TEST

START_TEST(room_grows_and_shrinks_with_what_is_learned)
{
    struct transport_state state;

    options.concurrency = 6;
    open_it();
    ck_assert_int_eq(transport_room(transport), 4);
    for (int i = 0; i < 3; i++) {
        ask("/echo", "{}");
        transport_learn(transport, &reply, false, -1);
    }
    ck_assert_int_eq(transport_room(transport), 6);
    ck_assert_int_eq(transport_until_room(transport), -1);
    ask("/status/429", "{}");
    transport_learn(transport, &reply, true, LONG);
    ck_assert_int_eq(transport_room(transport), 0);
    transport_state(transport, &state);
    ck_assert_int_eq(state.allowed, 3);
    ck_assert_int_eq(state.in_flight, 0);
    ck_assert_int_eq(state.sent, 4);
    ck_assert_int_gt(state.pause_ms, LONG / 2);
    ck_assert_int_gt(transport_until_room(transport), LONG / 2);
}
END_TEST

/* Errors say nothing of the pace. */
START_TEST(only_good_replies_make_room)
{
    open_it();
    for (int i = 0; i < 5; i++) {
        ask(i % 2 ? "/status/500" : "/nothing", "{}");
        transport_learn(transport, &reply, false, -1);
    }
    ck_assert_int_eq(transport_room(transport), 4);
}
END_TEST

START_TEST(an_empty_budget_pauses)
{
    struct transport_state state;

    ask("/echo", "{}");
    reply.remaining_tokens = "0";
    reply.reset_tokens = "5s";
    reply.remaining_requests = "10";
    reply.reset_requests = "50s";
    transport_learn(transport, &reply, false, -1);
    transport_state(transport, &state);
    ck_assert_int_gt(state.pause_ms, 4000);
    ck_assert_int_le(state.pause_ms, 5000);
}
END_TEST

/* A step ends when a pause does, without anything in flight. */
START_TEST(a_step_waits_for_room_and_no_longer)
{
    int64_t before;
    bool ended;
    void *context;

    ask("/status/429", "{}");
    transport_learn(transport, &reply, true, 200);
    before = clock_waiting();
    ck_assert(transport_step(transport, LONG, &ended, &context, &reply, &err));
    ck_assert(!ended);
    ck_assert_int_ge(clock_waiting() - before, 150);
    ck_assert_int_lt(clock_waiting() - before, LONG / 2);
    ck_assert_int_gt(transport_room(transport), 0);
    /* With 0 it does not wait, whatever is in flight. */
    send_to("/silent", "{}", NULL);
    before = clock_waiting();
    ck_assert(transport_step(transport, 0, &ended, &context, &reply, &err));
    ck_assert(!ended);
    ck_assert_int_lt(clock_waiting() - before, LONG / 2);
}
END_TEST

START_TEST(closing_gives_up_what_is_in_flight)
{
    bool ended;
    void *context;

    open_it();
    for (int i = 0; i < 8; i++)
        send_to("/silent", "{}", NULL);
    ck_assert(transport_step(transport, 50, &ended, &context, &reply, &err));
    transport_close(transport);
    transport = NULL;
    transport_close(NULL);
}
END_TEST

START_TEST(options_are_checked)
{
    options.concurrency = 0;
    ck_assert_ptr_null(transport_open(&endpoint, &options, &err));
    ck_assert_int_eq(err.code, ERROR_USAGE);
    options.concurrency = 1025;
    ck_assert_ptr_null(transport_open(&endpoint, &options, &err));
    ck_assert_str_eq(err.message,
                     "the number of requests in flight is 1 to 1024, not 1025");
    options.concurrency = 1;
    options.whole_ms = 0;
    ck_assert_ptr_null(transport_open(&endpoint, &options, &err));
    ck_assert_int_eq(err.code, ERROR_USAGE);
}
END_TEST

Suite *transport_suite(void);
Suite *transport_suite(void)
{
    Suite *suite = suite_create("transport");
    TCase *tcase = tcase_create("transport");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_call_is_posted_as_json);
    tcase_add_test(tcase, a_large_body_is_not_announced);
    tcase_add_test(tcase, without_a_body_it_is_a_get);
    tcase_add_test(tcase, another_type_can_be_said);
    tcase_add_test(tcase, the_key_goes_in_its_header);
    tcase_add_test(tcase, the_key_stays_in_locked_memory);
    tcase_add_test(tcase, another_host_is_refused);
    tcase_add_test(tcase, a_proxy_is_not_used_for_plain_http);
    tcase_add_test(tcase, headers_are_read_in_any_spelling);
    tcase_add_test(tcase, any_status_is_a_reply);
    tcase_add_test(tcase, connections_are_used_again);
    tcase_add_test(tcase, a_redirect_is_not_followed);
    tcase_add_test(tcase, a_reply_of_the_most_bytes_is_whole);
    tcase_add_test(tcase, an_endless_reply_is_cut);
    tcase_add_test(tcase, what_was_packed_counts_unpacked);
    tcase_add_test(tcase, endless_headers_are_cut);
    tcase_add_test(tcase, sixteen_are_really_in_flight);
    tcase_add_test(tcase, room_grows_and_shrinks_with_what_is_learned);
    tcase_add_test(tcase, only_good_replies_make_room);
    tcase_add_test(tcase, an_empty_budget_pauses);
    tcase_add_test(tcase, a_step_waits_for_room_and_no_longer);
    tcase_add_test(tcase, closing_gives_up_what_is_in_flight);
    tcase_add_test(tcase, options_are_checked);
    suite_add_tcase(suite, tcase);
    return suite;
}
