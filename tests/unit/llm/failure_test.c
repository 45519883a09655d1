/* How exchanges fail: what is said of it, and that they end in time. */
#include "tests/unit/llm/asking.h"

static void check_failure(const char *text)
{
    ck_assert_int_eq(reply.status, 0);
    ck_assert_ptr_nonnull(reply.failure);
    ck_assert_str_eq(reply.failure, text);
    ck_assert_uint_eq(reply.length, 0);
}

START_TEST(a_cut_reply_is_none)
{
    ask("/cut", "{}");
    check_failure(with_host("", " ended the connection in the middle of a "
                                "reply"));
    ck_assert(!reply.timed_out && !reply.fatal);
    ask("/nothing", "{}");
    check_failure(with_host("", " ended the connection without a reply"));
    ask("/echo", "{}");
    ck_assert_int_eq(reply.status, 200);
}
END_TEST

START_TEST(noise_is_no_reply)
{
    ask("/noise", "{}");
    check_failure(with_host("", ": Received HTTP/0.9 when not allowed"));
    ck_assert(!reply.fatal);
}
END_TEST

/* libcurl would send the second once more, on a new connection. */
START_TEST(nothing_is_sent_twice)
{
    ask("/second", "{}");
    ck_assert_str_eq(reply.body, "first");
    ask("/second", "{}");
    check_failure(with_host("", " ended the connection without a reply"));
    ck_assert(!reply.fatal);
    ck_assert_int_eq(server.counts->requests, 2);
}
END_TEST

START_TEST(a_refused_connection_names_host_and_port)
{
    use_base("http", canned_dead_port());
    ask("/echo?secret=1", "{}");
    check_failure(with_host("cannot connect to ", ": Connection refused"));
    ck_assert(!reply.timed_out && !reply.fatal);
}
END_TEST

START_TEST(a_first_byte_may_take_so_long)
{
    int64_t before = clock_waiting();

    options.first_byte_ms = 150;
    ask("/silent", "{}");
    check_failure(with_host("no answer from ", " within 0.15 s"));
    ck_assert(reply.timed_out && !reply.fatal);
    ck_assert_int_ge(clock_waiting() - before, 150);
    ck_assert_int_lt(clock_waiting() - before, LONG / 2);
    /* Not for the bytes after it. */
    transport_close(transport);
    transport = NULL;
    options.first_byte_ms = 1000;
    options.whole_ms = 1500;
    before = clock_waiting();
    ask("/slow", "{}");
    check_failure(with_host("no whole reply from ", " within 1.5 s"));
    ck_assert(reply.timed_out && !reply.fatal);
    ck_assert_int_ge(clock_waiting() - before, 1490);
    ck_assert_int_lt(clock_waiting() - before, LONG / 2);
}
END_TEST

/* One that is overdue takes no other with it. */
START_TEST(a_silent_one_holds_up_nobody)
{
    int silent = 0;
    int good = 0;

    options.first_byte_ms = 1000;
    open_it();
    for (int i = 0; i < 6; i++)
        send_to(i % 2 ? "/silent" : "/echo", "{}", i % 2 ? &silent : &good);
    for (int i = 0; i < 6; i++) {
        int *count = await();
        ck_assert(count == (reply.status ? &good : &silent));
        (*count)++;
    }
    ck_assert_int_eq(silent, 3);
    ck_assert_int_eq(good, 3);
}
END_TEST

START_TEST(a_wrong_protocol_is_final)
{
    use_base("ftp", server.port);
    ask("/echo", "{}");
    ck_assert(reply.fatal);
    ck_assert_int_eq(reply.status, 0);
    ck_assert_int_eq(server.counts->connections, 0);
}
END_TEST

START_TEST(an_unreadable_ca_file_is_final)
{
    use_base("https", server.port);
    endpoint.ca_file = "/nonexistent/ca.pem";
    ask("/echo", "{}");
    check_failure("cannot read certificates from /nonexistent/ca.pem");
    ck_assert(reply.fatal);
}
END_TEST

Suite *failure_suite(void);
Suite *failure_suite(void)
{
    Suite *suite = suite_create("failure");
    TCase *tcase = tcase_create("failure");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_cut_reply_is_none);
    tcase_add_test(tcase, noise_is_no_reply);
    tcase_add_test(tcase, nothing_is_sent_twice);
    tcase_add_test(tcase, a_refused_connection_names_host_and_port);
    tcase_add_test(tcase, a_first_byte_may_take_so_long);
    tcase_add_test(tcase, a_silent_one_holds_up_nobody);
    tcase_add_test(tcase, a_wrong_protocol_is_final);
    tcase_add_test(tcase, an_unreadable_ca_file_is_final);
    suite_add_tcase(suite, tcase);
    return suite;
}
