/* Servers that do not understand: what is asked otherwise, and that it ends. */
#include "datebook/chat.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct chat_reply result;

static void teardown(void)
{
    arena_free(&arena);
}

static enum chat_outcome adapt(int status, const char *body,
                               struct chat_traits traits)
{
    ck_assert(chat_read_body(&arena, status, body, strlen(body), &traits,
                             &result, &err));
    return result.outcome;
}

static void expect_traits(const char *body, struct chat_traits wanted)
{
    ck_assert_msg(result.outcome == CHAT_ADAPT, "%s: %s", body, result.reason);
    ck_assert_msg(result.traits.form == wanted.form &&
                      result.traits.limit == wanted.limit &&
                      result.traits.temperature == wanted.temperature &&
                      result.traits.seed == wanted.seed,
                  "%s: %d %d %d %d", body, result.traits.form,
                  result.traits.limit, result.traits.temperature,
                  result.traits.seed);
}

#define FAULT(message, param, code)                                            \
    "{\"error\":{\"message\":\"" message                                       \
    "\",\"type\":\"invalid_request_error\",\"param\":" param ",\"code\":" code \
    "}}"
#define MAX_TOKENS                                                             \
    FAULT("Unsupported parameter: 'max_tokens' is not supported with this "    \
          "model. Use 'max_completion_tokens' instead.",                       \
          "\"max_tokens\"", "\"unsupported_parameter\"")

#define FIRST                                                                  \
    {                                                                          \
        CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, true, true                    \
    }

static const struct {
    int status;
    const char *body;
    struct chat_traits before;
    struct chat_traits after;
} rows[] = {
    {400,
     MAX_TOKENS,
     {CHAT_SCHEMA, CHAT_MAX_TOKENS, true, true},
     {CHAT_SCHEMA, CHAT_TOLD_COMPLETION_TOKENS, true, true}},
    {400,
     MAX_TOKENS,
     {CHAT_SCHEMA, CHAT_TOLD_COMPLETION_TOKENS, true, true},
     {CHAT_SCHEMA, CHAT_NO_LIMIT, true, true}},
    {400,
     FAULT("Unrecognized request argument supplied: max_completion_tokens",
           "null", "null"),
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_TOKENS, true, true}},
    {400,
     FAULT("Unrecognized request argument supplied: max_tokens", "null",
           "null"),
     {CHAT_SCHEMA, CHAT_MAX_TOKENS, true, true},
     {CHAT_SCHEMA, CHAT_NO_LIMIT, true, true}},
    {400,
     FAULT("max_completion_tokens is not known; give max_tokens, at most 4096",
           "\"max_completion_tokens\"", "\"unknown_parameter\""),
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_TOKENS, true, true}},
    /* Known, but too much: no other name would help. */
    {400,
     FAULT("max_tokens is too large: 32000. This model supports at most 16384 "
           "completion tokens",
           "\"max_tokens\"", "\"invalid_value\""),
     FIRST,
     {CHAT_SCHEMA, CHAT_NO_LIMIT, true, true}},
    {400,
     FAULT("Unsupported value: 'temperature' does not support 0.7 with this "
           "model. Only the default (1) value is supported.",
           "\"temperature\"", "\"unsupported_value\""),
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, false, true}},
    {400,
     FAULT("Unrecognized request argument supplied: seed", "null", "null"),
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, true, false}},
    {422,
     "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],"
     "\"msg\":\"Extra inputs are not permitted\",\"input\":1}]}",
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, true, false}},
    {422,
     "{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\","
     "\"max_completion_tokens\"],\"msg\":\"Extra inputs are not permitted\"}]}"
     ",\"type\":\"invalid_request_error\",\"code\":null}",
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_TOKENS, true, true}},
    {400,
     FAULT("Invalid parameter: 'response_format' of type 'json_schema' is not "
           "supported with this model.",
           "null", "null"),
     FIRST,
     {CHAT_JSON, CHAT_MAX_COMPLETION_TOKENS, true, true}},
    {400,
     FAULT("Invalid schema for 'meetings'", "\"response_format.json_schema\"",
           "null"),
     FIRST,
     {CHAT_JSON, CHAT_MAX_COMPLETION_TOKENS, true, true}},
    {400,
     "{\"error\":\"'response_format.type' must be 'text'\"}",
     {CHAT_JSON, CHAT_MAX_TOKENS, true, true},
     {CHAT_PLAIN, CHAT_MAX_TOKENS, true, true}},
    {400,
     "{\"detail\":\"JSON schema is not supported\"}",
     FIRST,
     {CHAT_JSON, CHAT_MAX_COMPLETION_TOKENS, true, true}},
    {400,
     "failed to parse grammar",
     FIRST,
     {CHAT_JSON, CHAT_MAX_COMPLETION_TOKENS, true, true}},
    /* The parameter before the message, what can change before what cannot. */
    {400,
     FAULT("seed and temperature", "\"temperature\"", "null"),
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, false, true}},
    {400,
     FAULT("seed and temperature", "null", "null"),
     {CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, true, false},
     {CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, false, false}},
    {200,
     FAULT("no seed", "\"seed\"", "\"unsupported_parameter\""),
     FIRST,
     {CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, true, false}},
};

START_TEST(named_fields_change)
{
    adapt(rows[_i].status, rows[_i].body, rows[_i].before);
    expect_traits(rows[_i].body, rows[_i].after);
}
END_TEST

START_TEST(what_would_change_nothing_is_rejected)
{
    static const struct chat_traits least = {CHAT_PLAIN, CHAT_NO_LIMIT, false,
                                             false};
    static const char *const bodies[] = {
        MAX_TOKENS, FAULT("seed, temperature, response_format", "\"seed\"",
                          "\"unsupported_parameter\"")};
    static const char *const others[] = {
        FAULT("Unknown parameter: 'max_tokens_to_sample'", "null", "null"),
        FAULT("The model was not seeded", "null", "null"),
        FAULT("Unknown parameter: 'no_seed'", "null", "null"),
        FAULT("Unsupported parameter", "\"logprobs\"",
              "\"unsupported_parameter\""),
    };

    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(adapt(400, bodies[i], least), CHAT_REJECTED);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_int_eq(adapt(400, others[i], chat_first_traits),
                         CHAT_REJECTED);
}
END_TEST

/* Whatever a server says again and again, it is asked a few times only. */
START_TEST(adapting_comes_to_an_end)
{
    static const char *const bodies[] = {
        MAX_TOKENS,
        FAULT("use max_tokens instead of max_completion_tokens", "null",
              "null"),
        FAULT("seed temperature json_schema max_completion_tokens", "null",
              "null"),
        FAULT("max_tokens is too large; seed", "null", "null"),
    };

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct chat_traits traits = chat_first_traits;
        int steps = 0;
        while (adapt(400, bodies[i], traits) == CHAT_ADAPT) {
            traits = result.traits;
            ck_assert_int_le(++steps, 7);
        }
        ck_assert_int_gt(steps, 0);
        ck_assert_int_eq(result.outcome, CHAT_REJECTED);
        ck_assert_int_eq(traits.limit, CHAT_NO_LIMIT);
    }
}
END_TEST

START_TEST(other_outcomes_keep_the_traits)
{
    ck_assert_int_eq(adapt(429, MAX_TOKENS, chat_first_traits), CHAT_RETRY);
    ck_assert_mem_eq(&result.traits, &chat_first_traits, sizeof result.traits);
    ck_assert_int_eq(adapt(400,
                           FAULT("temperature", "null", "\"content_filter\""),
                           chat_first_traits),
                     CHAT_REFUSED);
    ck_assert(result.traits.temperature);
}
END_TEST

Suite *chat_adapt_suite(void);
Suite *chat_adapt_suite(void)
{
    Suite *suite = suite_create("chat_adapt");
    TCase *tests = tcase_create("chat_adapt");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_loop_test(tests, named_fields_change, 0,
                        (int)(sizeof rows / sizeof *rows));
    tcase_add_test(tests, what_would_change_nothing_is_rejected);
    tcase_add_test(tests, adapting_comes_to_an_end);
    tcase_add_test(tests, other_outcomes_keep_the_traits);
    suite_add_tcase(suite, tests);
    return suite;
}
