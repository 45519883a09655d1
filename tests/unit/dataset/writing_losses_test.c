/* Collecting from endpoints that are of no use: when it ends, what it says, and
 * what it may have cost. */
#include "writing.h"

#include "datebook/clock.h"
#include "tests/unit/llm/canned_server.h"

enum { COUNT = 20 };

static struct writing_job job;
static struct canned_server server;
static struct endpoint endpoint;
static struct transport_options transport;
static struct writing_limits limits;
static struct writing_result result;
static char trouble[1024]; /* that was shown last */

static void setup(void)
{
    struct writing_wish wish;

    store_setup();
    begin();
    put_document(writing_document("alpha", "review", ""));
    ck_assert(commit());
    wish = writing_wish_for(COUNT);
    job = writing_start(&wish);
    server = canned_start();
    transport = transport_defaults;
    limits = (struct writing_limits){
        .most_tries = 3, .drain_ms = 1000, .patience_ms = 1000};
    *trouble = '\0';
}

static void teardown(void)
{
    canned_stop(&server);
    store_teardown();
}

static bool watch(void *context, const struct writing_progress *progress,
                  struct error *err)
{
    (void)context;
    (void)err;
    if (progress->trouble)
        snprintf(trouble, sizeof trouble, "%s", progress->trouble);
    return true;
}

/* All calls go to one path of the server. */
static void collect(const char *path)
{
    endpoint = (struct endpoint){.provider = PROVIDER_OPENAI,
                                 .model = "test-model",
                                 .base = arena_format(&fix.arena, &fix.err,
                                                      "http://127.0.0.1:%d%s",
                                                      server.port, path),
                                 .host = "127.0.0.1",
                                 .plain = true,
                                 .local = true};
    MUST(writing_collect(fix.store, &fix.arena, &job, &endpoint, &transport,
                         &limits, NULL, watch, NULL, &result, &fix.err));
}

START_TEST(an_endpoint_that_is_always_overloaded)
{
    int64_t start = clock_waiting();

    collect("/status/503");
    ck_assert_int_eq(result.end, WRITING_FAILED);
    ck_assert_ptr_nonnull(strstr(result.why, "HTTP 503"));
    ck_assert_int_lt(clock_waiting() - start, 15000);
    ck_assert_int_lt(server.counts->requests, 20);
    ck_assert_ptr_nonnull(strstr(trouble, "HTTP 503"));
    ck_assert_int_gt(result.totals.unanswered, 0);
}
END_TEST

/* Nobody can say whether calls without a reply were paid. */
START_TEST(lost_calls_count_against_the_limit)
{
    transport.first_byte_ms = 100;
    transport.concurrency = 1;
    limits.most_tokens = 10000;
    limits.most_tries = 50;
    collect("/silent");
    ck_assert_int_eq(result.end, WRITING_BUDGET);
    ck_assert_int_lt(server.counts->requests, 10000 / 500);
    ck_assert_int_gt(server.counts->requests, 1);
}
END_TEST

START_TEST(calls_that_never_left_cost_nothing)
{
    canned_stop(&server);
    limits.most_tokens = 10000;
    limits.most_tries = 5;
    server = (struct canned_server){.port = canned_dead_port()};
    collect("");
    ck_assert_int_eq(result.end, WRITING_FAILED);
    server = canned_start();
}
END_TEST

Suite *writing_losses_suite(void);
Suite *writing_losses_suite(void)
{
    Suite *suite = suite_create("writing_losses");
    TCase *tcase = tcase_create("losses");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_endpoint_that_is_always_overloaded);
    tcase_add_test(tcase, lost_calls_count_against_the_limit);
    tcase_add_test(tcase, calls_that_never_left_cost_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
