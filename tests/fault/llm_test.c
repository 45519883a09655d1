/* Reading replies, endpoints and prices with the N-th piece of memory missing,
 * for N = 1, 2, 3 … until it succeeds: it fails with "out of memory", and
 * nothing leaks. */
#include "fault.h"

#include "datebook/chat.h"
#include "datebook/endpoint.h"
#include "datebook/prices.h"

#include <check.h>
#include <string.h>

Suite *llm_suite(void);

static const struct http_reply replies[] = {
    {.status = 200,
     .body = "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"message\":{"
             "\"content\":[\"{\",\"}\"]},\"finish_reason\":\"stop\"}]}"},
    {.status = 200,
     .body = "{\"choices\":[{\"message\":{\"refusal\":\"No \\ud83d\"}}]}"},
    {.status = 200, .body = "{\"choices\":["},
    {.status = 400,
     .body = "{\"error\":{\"message\":\"no seed\",\"param\":\"seed\"}}"},
    {.status = 502, .body = "<title>Bad gateway</title>"},
    {.status = 307, .location = "https://llm.example/"},
    {.failure = "the connection was cut"},
};

static struct chat_reply result;
static struct endpoint endpoint;
static struct prices prices;

static bool read_reply(struct arena *arena, int number, struct error *err)
{
    struct http_reply reply = replies[number];

    reply.length = reply.body ? strlen(reply.body) : 0;
    return chat_read(arena, &reply, &chat_first_traits, 0, &result, err);
}

static const char *no_variable(const char *name)
{
    (void)name;
    return NULL;
}

static bool open_endpoint(struct arena *arena, struct error *err)
{
    const struct endpoint_options options = {.base_url = "http://localhost/v1",
                                             .model = "m",
                                             .ca_file = "ca.pem",
                                             .variable = no_variable};

    return endpoint_open(arena, &options, &endpoint, err) &&
           endpoint_url(&endpoint, arena, "/chat/completions", err);
}

/* Numbers past the replies are the others. */
static bool work(struct arena *arena, int number, struct error *err)
{
    static const int count = (int)(sizeof replies / sizeof *replies);

    if (number < count)
        return read_reply(arena, number, err);
    return number == count ? open_endpoint(arena, err)
                           : prices_read(arena, "personas/models/prices.json",
                                         &prices, err);
}

/* Whether the N-th point was reached and made to fail. */
static bool fails_at(int number, long at)
{
    const struct fault_plan plan = {.points = FAULT_HEAP | FAULT_ARENA,
                                    .at = at};
    struct arena arena = ARENA_EMPTY;
    struct error err = {0};
    int64_t live = fault_live();
    bool fired;
    bool ok;

    fault_arm(&plan);
    ok = work(&arena, number, &err);
    fault_disarm(&fired);
    arena_free(&arena);
    ck_assert_int_eq(fault_live(), live);
    ck_assert(ok == !fired);
    if (!ok)
        ck_assert_str_eq(err.message, "out of memory");
    return fired;
}

START_TEST(missing_memory)
{
    long at = 1;

    while (fails_at(_i, at))
        ck_assert_int_lt(++at, 10000);
    ck_assert_int_gt(at, 2);
}
END_TEST

Suite *llm_suite(void)
{
    Suite *suite = suite_create("llm");
    TCase *tests = tcase_create("llm");

    tcase_add_loop_test(tests, missing_memory, 0,
                        (int)(sizeof replies / sizeof *replies) + 2);
    suite_add_tcase(suite, tests);
    return suite;
}
