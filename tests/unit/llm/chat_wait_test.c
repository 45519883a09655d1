/* How long to wait, in every form in which a server says it. */
#include "datebook/chat.h"

#include <check.h>

/* Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110. */
static const int64_t example = 784111777;

START_TEST(durations)
{
    static const struct {
        const char *text;
        int64_t milliseconds;
    } cases[] = {
        {"1s", 1000},
        {"6m0s", 360000},
        {"20ms", 20},
        {"1h2m", 3720000},
        {"7.66s", 7660},
        {"1m59.881s", 119881},
        {"2d", 172800000},
        {"1500us", 2},
        {"1500µs", 2},
        {"1ns", 1},
        {"0s", 0},
        {"0", 0},
        {"60", 60000},
        {" 1.5 ", 1500},
        {"0.0001", 1},
        {"1s ", 1000},
        {"", -1},
        {" ", -1},
        {"s", -1},
        {"1.s", -1},
        {".5s", -1},
        {"-1s", -1},
        {"1x", -1},
        {"1s2", -1},
        {"1,5s", -1},
        {"1e3", -1},
        {"soon", -1},
        {"1790000000", -1},
        {"1790000000000", -1},
        {"99999999999999999999", -1},
        {"99999999999999d", -1},
        {"2026-11-23T06:00:00Z", -1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(chat_duration(cases[i].text) == cases[i].milliseconds,
                      "\"%s\" is %lld", cases[i].text,
                      (long long)chat_duration(cases[i].text));
}
END_TEST

START_TEST(retry_after)
{
    static const struct {
        const char *text;
        int64_t wait;
    } cases[] = {
        {"0", 0},
        {"1", 1000},
        {"0.25", 250},
        {"1.0004", 1001},
        {" 20 ", 20000},
        {"3600", 3600000},
        {"3601", 3600000},
        {"Sun, 06 Nov 1994 08:49:39 GMT", 2000},
        {"Sunday, 06-Nov-94 08:49:40 GMT", 3000},
        {"Sun Nov  6 08:49:41 1994", 4000},
        {"Wed Nov 16 08:49:41 1994", 3600000},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
        {"Sun, 06 Nov 1994 08:49:36 GMT", 0},
        {"Mon, 07 Nov 1994 00:00:00 GMT", 3600000},
        {"sun, 06 nov 1994 08:50:37 gmt", 60000},
        {"Sun, 06 Nov 1994 08:49:60 GMT", 23000},
        {"", -1},
        {"-5", -1},
        {"1s", -1},
        {"soon", -1},
        {"Sun, 06 Nov 1994 08:49:39", -1},
        {"Sun, 06 Nov 1994 08:49:39 GMT+1", -1},
        {"Sun, 06 Nov 1994 24:49:39 GMT", -1},
        {"Sun, 31 Feb 1995 08:49:39 GMT", -1},
        {"Sun, 06 Foo 1994 08:49:39 GMT", -1},
        {"Sun, 6 Nov 1994 08:49:39 GMT", -1},
        {"Sun, 06-Nov-1994 08:49:39 GMT", -1},
        {"Sun Nov 6", -1},
        {"Sun,", -1},
        {"Sun", -1},
    };
    struct http_reply reply = {.status = 429};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reply.retry_after = cases[i].text;
        ck_assert_msg(chat_wait(&reply, example) == cases[i].wait,
                      "\"%s\" is %lld", cases[i].text,
                      (long long)chat_wait(&reply, example));
    }
}
END_TEST

START_TEST(dates_count_from_the_servers_clock)
{
    struct http_reply reply = {.retry_after = "Sun, 06 Nov 1994 08:49:47 GMT",
                               .date = "Sun, 06 Nov 1994 08:49:40 GMT"};

    ck_assert_int_eq(chat_wait(&reply, example + 86400), 7000);
    reply.date = "yesterday";
    ck_assert_int_eq(chat_wait(&reply, example), 10000);
}
END_TEST

START_TEST(two_digits_of_a_year_are_near)
{
    /* 2026-11-23T00:00:00 */
    static const int64_t now = 1795392000;
    struct http_reply reply = {.retry_after = "Monday, 23-Nov-26 00:00:05 GMT"};

    ck_assert_int_eq(chat_wait(&reply, now), 5000);
    /* 1994, not 2094. */
    reply.retry_after = "Sunday, 06-Nov-94 08:49:37 GMT";
    ck_assert_int_eq(chat_wait(&reply, now), 0);
    /* 2076 */
    reply.retry_after = "Friday, 06-Nov-76 08:49:37 GMT";
    ck_assert_int_eq(chat_wait(&reply, now), 3600000);
}
END_TEST

START_TEST(milliseconds_come_first)
{
    struct http_reply reply = {.retry_after_ms = "1500", .retry_after = "9"};

    ck_assert_int_eq(chat_wait(&reply, 0), 1500);
    reply.retry_after_ms = "12.5";
    ck_assert_int_eq(chat_wait(&reply, 0), 13);
    reply.retry_after_ms = "7200000";
    ck_assert_int_eq(chat_wait(&reply, 0), 3600000);
    reply.retry_after_ms = "a while";
    ck_assert_int_eq(chat_wait(&reply, 0), 9000);
}
END_TEST

START_TEST(resets_count_when_nothing_remains)
{
    struct http_reply reply = {.remaining_requests = "0",
                               .reset_requests = "6m0s",
                               .remaining_tokens = "5",
                               .reset_tokens = "20m"};

    ck_assert_int_eq(chat_wait(&reply, 0), 360000);
    reply.remaining_tokens = "0";
    ck_assert_int_eq(chat_wait(&reply, 0), 1200000);
    reply.remaining_requests = "1";
    reply.reset_tokens = "20ms";
    ck_assert_int_eq(chat_wait(&reply, 0), 20);
    reply.retry_after = "3";
    ck_assert_int_eq(chat_wait(&reply, 0), 3000);
    reply = (struct http_reply){.reset_requests = "5", .reset_tokens = "5"};
    ck_assert_int_eq(chat_wait(&reply, 0), -1);
    reply.remaining_requests = "none";
    ck_assert_int_eq(chat_wait(&reply, 0), -1);
}
END_TEST

Suite *chat_wait_suite(void);
Suite *chat_wait_suite(void)
{
    Suite *suite = suite_create("chat_wait");
    TCase *tests = tcase_create("chat_wait");

    tcase_add_test(tests, durations);
    tcase_add_test(tests, retry_after);
    tcase_add_test(tests, dates_count_from_the_servers_clock);
    tcase_add_test(tests, two_digits_of_a_year_are_near);
    tcase_add_test(tests, milliseconds_come_first);
    tcase_add_test(tests, resets_count_when_nothing_remains);
    suite_add_tcase(suite, tests);
    return suite;
}
