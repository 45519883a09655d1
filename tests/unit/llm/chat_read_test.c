/* What each kind of reply means: one row for each that services give. */
#include "datebook/chat.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct chat_reply result;

static void teardown(void)
{
    arena_free(&arena);
}

static enum chat_outcome read_reply(struct http_reply reply)
{
    arena_reset(&arena);
    if (reply.body && !reply.length)
        reply.length = strlen(reply.body);
    ck_assert(chat_read(&arena, &reply, &chat_first_traits, 1000000000, &result,
                        &err));
    /* What every reply keeps to. */
    ck_assert((result.outcome == CHAT_ANSWERED) == !result.reason);
    ck_assert((result.outcome == CHAT_ANSWERED) <= (result.content != NULL));
    ck_assert((result.outcome == CHAT_FATAL) >= (result.hint != NULL));
    ck_assert(result.outcome == CHAT_RETRY || result.wait == -1);
    ck_assert(result.outcome == CHAT_RETRY || !result.limited);
    return result.outcome;
}

static enum chat_outcome read_body(int status, const char *body)
{
    return read_reply((struct http_reply){.status = status, .body = body});
}

/* ---- Answers ---- */

#define CHOICE(message, reason)                                                \
    "{\"id\":\"chatcmpl-1\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{"    \
    "\"index\":0,\"message\":{\"role\":\"assistant\"," message                 \
    "},\"finish_reason\":" reason "}]}"

struct row {
    int status;
    const char *body;
    enum chat_outcome outcome;
    const char *text; /* the content of an answer, else the reason */
};

static void check_row(const struct row *row)
{
    enum chat_outcome outcome = read_body(row->status, row->body);

    ck_assert_msg(outcome == row->outcome, "%s: %s, %s", row->body,
                  chat_outcome_name(outcome), result.reason);
    ck_assert_str_eq(outcome == CHAT_ANSWERED ? result.content : result.reason,
                     row->text);
}

static const struct row answers[] = {
    {200, CHOICE("\"content\":\"{}\",\"refusal\":null", "\"stop\""),
     CHAT_ANSWERED, "{}"},
    {200, CHOICE("\"content\":\"{}\"", "null"), CHAT_ANSWERED, "{}"},
    {200, CHOICE("\"content\":\"{}\"", "\"eos\""), CHAT_ANSWERED, "{}"},
    {201, CHOICE("\"content\":\"{}\"", "\"stop\""), CHAT_ANSWERED, "{}"},
    /* Stopped and not valid: for a correction turn. */
    {200, CHOICE("\"content\":null", "\"stop\""), CHAT_ANSWERED, ""},
    {200, CHOICE("\"content\":\"\"", "\"stop\""), CHAT_ANSWERED, ""},
    {200, "{\"choices\":[{}]}", CHAT_ANSWERED, ""},
    {200,
     CHOICE("\"content\":[{\"type\":\"thinking\",\"text\":\"hm\"},{\"type\":"
            "\"text\",\"text\":\"{\"},\"}\"]",
            "\"stop\""),
     CHAT_ANSWERED, "{}"},
    {200,
     CHOICE("\"content\":[{\"type\":\"refusal\",\"refusal\":\"No.\"}]",
            "\"stop\""),
     CHAT_REFUSED, "the model refused: No."},
    {200, CHOICE("\"content\":null,\"refusal\":\"I can't.\"", "\"stop\""),
     CHAT_REFUSED, "the model refused: I can't."},
    {200, CHOICE("\"content\":\"{\"", "\"content_filter\""), CHAT_REFUSED,
     "a content filter stopped the reply"},
    {200, CHOICE("\"content\":\"{\"", "\"length\""), CHAT_TRUNCATED,
     "the reply reached the limit of tokens"},
    {200, CHOICE("\"content\":\"{\"", "\"SAFETY\""), CHAT_REFUSED,
     "a content filter stopped the reply"},
    {200, CHOICE("\"content\":\"{\"", "\"max_tokens\""), CHAT_TRUNCATED,
     "the reply reached the limit of tokens"},
    {200, CHOICE("\"content\":\"{\"", "\"model_length\""), CHAT_TRUNCATED,
     "the reply reached the limit of tokens"},
    {200, CHOICE("\"content\":\"\"", "\"length\""), CHAT_TRUNCATED,
     "the reply reached the limit of tokens"},
    {200, CHOICE("\"content\":null", "\"length\""), CHAT_TRUNCATED,
     "the reply reached the limit of tokens"},
    {200, CHOICE("\"content\":\"{}\"", "\"tool_calls\""), CHAT_ANSWERED, "{}"},
    {200, CHOICE("\"content\":null", "\"tool_calls\""), CHAT_REJECTED,
     "the model called a tool instead of answering"},
    {200, CHOICE("\"content\":null", "\"function_call\""), CHAT_REJECTED,
     "the model called a tool instead of answering"},
    /* Azure's filter is broken, the reply is whole. */
    {200,
     "{\"choices\":[{\"message\":{\"content\":\"{}\"},\"finish_reason\":"
     "\"stop\",\"content_filter_results\":{\"error\":{\"code\":"
     "\"content_filter_error\",\"message\":\"The contents are not "
     "filtered\"}}}]}",
     CHAT_ANSWERED, "{}"},
    {200, "{\"choices\":[]}", CHAT_REJECTED, "the reply holds no choices"},
    {200, "{\"choices\":{}}", CHAT_REJECTED, "the reply holds no choices"},
    {200, "[]", CHAT_REJECTED, "the reply holds no choices"},
    {200, "", CHAT_RETRY, "the reply is not JSON: it is empty"},
    {200, "{\"choices\":[", CHAT_RETRY,
     "the reply is not JSON: the reply:1:13: the JSON ends too early"},
    {200, "<!doctype html><title>Chat</title>", CHAT_FATAL,
     "the endpoint answers with a web page"},
    /* Texts that a strict reader would not take. */
    {200, CHOICE("\"content\":\"a\\u0000b\\\\u0000\"", "\"stop\""),
     CHAT_ANSWERED, "a\uFFFDb\\u0000"},
    {200, CHOICE("\"content\":\"\\ud83d\\ude42 \\ud83d\"", "\"stop\""),
     CHAT_ANSWERED, "🙂 \uFFFD"},
    {200, CHOICE("\"content\":\"a\xff\"", "\"stop\""), CHAT_ANSWERED,
     "a\uFFFD"},
};

START_TEST(good_status)
{
    check_row(&answers[_i]);
}
END_TEST

START_TEST(content_of_what_was_cut)
{
    read_body(200, CHOICE("\"content\":\"{\\\"a\"", "\"length\""));
    ck_assert_str_eq(result.content, "{\"a");
    ck_assert_ptr_null(result.hint);
    read_body(200, CHOICE("\"content\":null", "\"length\""));
    ck_assert_ptr_null(result.content);
}
END_TEST

START_TEST(names_and_usage)
{
    read_body(200,
              "{\"id\":\"chatcmpl-\\u001b[31m1\",\"model\":\"gpt-4o\","
              "\"choices\":[{\"message\":{\"content\":\"{}\"}}],\"usage\":{"
              "\"prompt_tokens\":100,\"completion_tokens\":50,"
              "\"total_tokens\":150,\"prompt_tokens_details\":{"
              "\"cached_tokens\":64},\"completion_tokens_details\":{"
              "\"reasoning_tokens\":20}}}");
    ck_assert_str_eq(result.model, "gpt-4o");
    ck_assert_str_eq(result.id, "chatcmpl- [31m1");
    ck_assert(result.usage.known);
    ck_assert_int_eq(result.usage.prompt, 100);
    ck_assert_int_eq(result.usage.completion, 50);
    ck_assert_int_eq(result.usage.cached, 64);
    ck_assert_int_eq(result.usage.reasoning, 20);
}
END_TEST

START_TEST(usage_may_be_missing_or_odd)
{
#define USAGE(text)                                                            \
    "{\"choices\":[{\"message\":{\"content\":\"{}\"}}]," text "}"
    static const struct {
        const char *body;
        struct chat_usage usage;
    } cases[] = {
        {USAGE("\"model\":null"), {false, 0, 0, 0, 0}},
        {USAGE("\"usage\":null"), {false, 0, 0, 0, 0}},
        {USAGE("\"usage\":{}"), {false, 0, 0, 0, 0}},
        {USAGE("\"usage\":{\"prompt_tokens\":\"7\"}"), {false, 0, 0, 0, 0}},
        {USAGE("\"usage\":{\"prompt_tokens\":-7,\"completion_tokens\":1e300}"),
         {false, 0, 0, 0, 0}},
        {USAGE("\"usage\":{\"prompt_tokens\":7}"), {true, 7, 0, 0, 0}},
        {USAGE("\"usage\":{\"prompt_tokens\":7,\"total_tokens\":9}"),
         {true, 7, 2, 0, 0}},
        {USAGE("\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
               "\"prompt_tokens_details\":{\"cached_tokens\":8},"
               "\"completion_tokens_details\":null}"),
         {true, 7, 3, 7, 0}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(read_body(200, cases[i].body), CHAT_ANSWERED);
        ck_assert_mem_eq(&result.usage.prompt, &cases[i].usage.prompt,
                         4 * sizeof(int64_t));
        ck_assert(result.usage.known == cases[i].usage.known);
        ck_assert_ptr_null(result.model);
    }
}
END_TEST

/* ---- Errors ---- */

#define FAULT(message, type, param, code)                                      \
    "{\"error\":{\"message\":\"" message "\",\"type\":" type                   \
    ",\"param\":" param ",\"code\":" code "}}"

static const struct row errors[] = {
    {429,
     FAULT("You exceeded your current quota", "\"insufficient_quota\"", "null",
           "\"insufficient_quota\""),
     CHAT_FATAL, "HTTP 429: You exceeded your current quota"},
    {429, FAULT("q", "\"insufficient_quota\"", "null", "null"), CHAT_FATAL,
     "HTTP 429: q"},
    {429, FAULT("q", "null", "null", "\"credit_balance_exhausted\""),
     CHAT_FATAL, "HTTP 429: q"},
    {429, FAULT("q", "null", "null", "\"organization_spend_limit_exceeded\""),
     CHAT_FATAL, "HTTP 429: q"},
    {429, FAULT("q", "null", "null", "\"project_spend_limit_exceeded\""),
     CHAT_FATAL, "HTTP 429: q"},
    {429, FAULT("q", "null", "null", "\"organization_usage_limit_exceeded\""),
     CHAT_FATAL, "HTTP 429: q"},
    {402, FAULT("Pay first", "null", "null", "null"), CHAT_FATAL,
     "HTTP 402: Pay first"},
    {429, FAULT("Slower", "\"requests\"", "null", "\"rate_limit_exceeded\""),
     CHAT_RETRY, "HTTP 429: Slower"},
    {429, FAULT("Slower", "null", "null", "\"slow_down\""), CHAT_RETRY,
     "HTTP 429: Slower"},
    {429, "", CHAT_RETRY, "HTTP 429"},
    {401,
     FAULT("Incorrect API key provided", "\"invalid_request_error\"", "null",
           "\"invalid_api_key\""),
     CHAT_FATAL, "HTTP 401: Incorrect API key provided"},
    {401,
     "{\"statusCode\":401,\"message\":\"Access denied due to invalid "
     "subscription key\"}",
     CHAT_FATAL, "HTTP 401: Access denied due to invalid subscription key"},
    {403, FAULT("Not here", "null", "null", "null"), CHAT_FATAL,
     "HTTP 403: Not here"},
    {404,
     FAULT("The model `x` does not exist", "null", "null",
           "\"model_not_found\""),
     CHAT_FATAL, "HTTP 404: The model `x` does not exist"},
    {404, "{\"error\":\"model 'x' not found\"}", CHAT_FATAL,
     "HTTP 404: model 'x' not found"},
    {404,
     "{\"object\":\"error\",\"message\":\"The model `x` does not exist.\","
     "\"type\":\"NotFoundError\",\"param\":null,\"code\":404}",
     CHAT_FATAL, "HTTP 404: The model `x` does not exist."},
    {405, "{\"detail\":\"Method Not Allowed\"}", CHAT_FATAL,
     "HTTP 405: Method Not Allowed"},
    {400, FAULT("No such model", "null", "null", "\"model_not_found\""),
     CHAT_FATAL, "HTTP 400: No such model"},
    {400,
     "[{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass "
     "a valid API key.\",\"status\":\"INVALID_ARGUMENT\"}}]",
     CHAT_FATAL, "HTTP 400: API key not valid. Please pass a valid API key."},
    {408, "", CHAT_RETRY, "HTTP 408"},
    {409, "", CHAT_RETRY, "HTTP 409"},
    {425, "", CHAT_RETRY, "HTTP 425"},
    {500, FAULT("Oops", "\"server_error\"", "null", "null"), CHAT_RETRY,
     "HTTP 500: Oops"},
    {502, "<html>\r\n<head><title>502 Bad Gateway</title></head><body>x</body>",
     CHAT_RETRY, "HTTP 502: 502 Bad Gateway"},
    {504, "<html><body><h1>Gateway</h1>\n<p>timed out</p></body></html>",
     CHAT_RETRY, "HTTP 504: Gateway timed out"},
    {503, FAULT("Busy", "null", "null", "\"server_is_overloaded\""), CHAT_RETRY,
     "HTTP 503: Busy"},
    {529, "overloaded\n", CHAT_RETRY, "HTTP 529: overloaded"},
    {400,
     FAULT("The response was filtered", "null", "\"prompt\"",
           "\"content_filter\""),
     CHAT_REFUSED, "HTTP 400: The response was filtered"},
    {400,
     "{\"error\":{\"message\":\"Filtered\",\"code\":null,\"innererror\":{"
     "\"code\":\"ResponsibleAIPolicyViolation\"}}}",
     CHAT_REFUSED, "HTTP 400: Filtered"},
    {400,
     FAULT("Too long", "null", "\"messages\"", "\"context_length_exceeded\""),
     CHAT_REJECTED, "HTTP 400: Too long"},
    {413, "", CHAT_REJECTED, "HTTP 413"},
    {413, FAULT("max_tokens", "null", "null", "null"), CHAT_REJECTED,
     "HTTP 413: max_tokens"},
    {422,
     "{\"detail\":[{\"loc\":[\"body\",\"messages\",0],\"msg\":\"Field "
     "required\"},{\"msg\":\"b\"},{\"msg\":\"c\"},{\"msg\":\"d\"}]}",
     CHAT_REJECTED, "HTTP 422: messages: Field required; b; c"},
    {418, "{}", CHAT_REJECTED, "HTTP 418"},
    {400, "{\"error\":{\"code\":\"strange\"}}", CHAT_REJECTED,
     "HTTP 400: strange"},
    {400,
     "\x01"
     "a\x1b[31m\tb\xff \xe2\x80\xae",
     CHAT_REJECTED, "HTTP 400: a [31m b\uFFFD \\u202e"},
    /* Proxies that say 200. */
    {200, FAULT("Slower", "null", "null", "429"), CHAT_RETRY,
     "an error within a reply: Slower"},
    {200, FAULT("Slower", "null", "null", "\"rate_limit_exceeded\""),
     CHAT_RETRY, "an error within a reply: Slower"},
    {200, FAULT("Broken", "null", "null", "null"), CHAT_RETRY,
     "an error within a reply: Broken"},
    {200, "{\"error\":\"Broken\"}", CHAT_RETRY,
     "an error within a reply: Broken"},
    {200, FAULT("Key", "null", "null", "\"401\""), CHAT_FATAL,
     "an error within a reply: Key"},
    {200, FAULT("q", "null", "null", "\"insufficient_quota\""), CHAT_FATAL,
     "an error within a reply: q"},
    {200, FAULT("f", "null", "null", "\"content_filter\""), CHAT_REFUSED,
     "an error within a reply: f"},
    {200, FAULT("bad", "\"invalid_request_error\"", "null", "null"),
     CHAT_REJECTED, "an error within a reply: bad"},
    {200,
     "{\"choices\":[{\"error\":{\"code\":502,\"message\":\"Provider\"},"
     "\"message\":{\"content\":\"{\"},\"finish_reason\":\"error\"}]}",
     CHAT_RETRY, "an error within a reply: Provider"},
    {200, "{\"error\":{\"message\":\"m\",\"status\":404}}", CHAT_FATAL,
     "an error within a reply: m"},
    {200, CHOICE("\"content\":\"{\"", "\"error\""), CHAT_RETRY,
     "the service broke off the reply"},
    {200, CHOICE("\"content\":\"\"", "\"insufficient_system_resource\""),
     CHAT_RETRY, "the service broke off the reply"},
    {429, FAULT("q", "null", "null", "\"billing_not_active\""), CHAT_FATAL,
     "HTTP 429: q"},
    {400, FAULT("q", "null", "null", "\"billing_hard_limit_reached\""),
     CHAT_FATAL, "HTTP 400: q"},
    {400, FAULT("Flagged", "null", "null", "\"invalid_prompt\""), CHAT_REFUSED,
     "HTTP 400: Flagged"},
    {400, FAULT("Flagged", "null", "null", "\"content_policy_violation\""),
     CHAT_REFUSED, "HTTP 400: Flagged"},
    {500, FAULT("The filter failed", "null", "null", "\"content_filter\""),
     CHAT_RETRY, "HTTP 500: The filter failed"},
};

START_TEST(bad_status)
{
    check_row(&errors[_i]);
}
END_TEST

START_TEST(overload_asks_to_go_slower)
{
    static const struct {
        int status;
        const char *body;
        bool limited;
    } cases[] = {
        {429, "", true},
        {503, "", true},
        {529, "", true},
        {500, "", false},
        {502, "", false},
        {408, "", false},
        {500, FAULT("", "null", "null", "\"server_is_overloaded\""), true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(read_body(cases[i].status, cases[i].body), CHAT_RETRY);
        ck_assert(result.limited == cases[i].limited);
        ck_assert_int_eq(result.wait, -1);
    }
}
END_TEST

START_TEST(fatal_replies_say_what_to_do)
{
    static const struct {
        int status;
        const char *body;
        const char *hint;
    } cases[] = {
        {401, "", "check the key"},
        {402, "", "plan and billing"},
        {403, "", "what the key may use"},
        {404, "", "/v1"},
        {429, FAULT("", "null", "null", "\"insufficient_quota\""),
         "plan and billing"},
        {200, "<html>", "/v1"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(read_body(cases[i].status, cases[i].body), CHAT_FATAL);
        ck_assert_ptr_nonnull(strstr(result.hint, cases[i].hint));
    }
}
END_TEST

START_TEST(servers_say_whether_to_retry)
{
    static const struct {
        int status;
        const char *said;
        enum chat_outcome outcome;
    } cases[] = {
        {429, "true", CHAT_RETRY},     {429, "false", CHAT_FATAL},
        {500, "false", CHAT_REJECTED}, {503, "False", CHAT_REJECTED},
        {409, "false", CHAT_REJECTED}, {400, "true", CHAT_RETRY},
        {400, "maybe", CHAT_REJECTED}, {401, "true", CHAT_FATAL},
        {200, "false", CHAT_RETRY},    {425, "false", CHAT_RETRY},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_int_eq(
            read_reply((struct http_reply){.status = cases[i].status,
                                           .should_retry = cases[i].said}),
            cases[i].outcome);
}
END_TEST

START_TEST(retries_wait_as_told)
{
    read_reply((struct http_reply){.status = 429, .retry_after = "2.5"});
    ck_assert_int_eq(result.wait, 2500);
    read_reply((struct http_reply){
        .status = 503, .retry_after = "Sun, 09 Sep 2001 01:46:45 GMT"});
    ck_assert_int_eq(result.wait, 5000);
    read_reply((struct http_reply){.status = 400, .retry_after = "2"});
    ck_assert_int_eq(result.wait, -1);
}
END_TEST

START_TEST(reasons_are_cut)
{
    char *body = malloc(10001);
    size_t characters = 0;

    ck_assert_ptr_nonnull(body);
    for (size_t i = 0; i < 10000; i += 2)
        memcpy(body + i, "é", 2);
    body[10000] = '\0';
    ck_assert_int_eq(read_body(400, body), CHAT_REJECTED);
    for (const char *c = result.reason; *c; c++)
        characters += ((unsigned char)*c & 0xC0) != 0x80;
    ck_assert_uint_eq(characters, 300);
    ck_assert_str_eq(result.reason + strlen(result.reason) - 5, "é…");
    free(body);
}
END_TEST

/* ---- Redirects and transfers ---- */

START_TEST(redirects_name_the_host_only)
{
    static const struct {
        const char *location;
        const char *reason;
    } cases[] = {
        {"https://evil.example/v1?key=1",
         "the endpoint redirects to evil.example; redirects are not followed"},
        {"https://me:pw@evil.example:8443/x",
         "the endpoint redirects to evil.example; redirects are not followed"},
        {"//evil.example",
         "the endpoint redirects to evil.example; redirects are not followed"},
        {"https://[::2]:1/x",
         "the endpoint redirects to [::2]; redirects are not followed"},
        {"/login?next=https://x.example/",
         "the endpoint redirects; redirects are not followed"},
        {"", "the endpoint redirects; redirects are not followed"},
        {NULL, "the endpoint redirects; redirects are not followed"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(
            read_reply((struct http_reply){.status = 307,
                                           .location = cases[i].location,
                                           .retry_after = "1"}),
            CHAT_FATAL);
        ck_assert_str_eq(result.reason, cases[i].reason);
        ck_assert_ptr_nonnull(result.hint);
    }
}
END_TEST

static const struct {
    struct http_reply reply;
    enum chat_outcome outcome;
    const char *reason;
} transfers[] = {
    {{.failure = "could not connect"}, CHAT_RETRY, "could not connect"},
    {{.status = 0}, CHAT_RETRY, "no reply"},
    {{.failure = "the certificate is of another host", .fatal = true},
     CHAT_FATAL,
     "the certificate is of another host"},
    {{.timed_out = true, .failure = "10 s without a connection"},
     CHAT_RETRY,
     "no whole reply in time: 10 s without a connection"},
    {{.status = 200, .timed_out = true, .body = "{"},
     CHAT_RETRY,
     "no whole reply in time"},
    {{.status = 200, .failure = "the connection was cut", .body = "{"},
     CHAT_RETRY,
     "the connection was cut"},
    {{.status = 200, .too_large = true, .body = "{"},
     CHAT_REJECTED,
     "the reply is larger than any that was asked for"},
    {{.too_large = true, .failure = "too large"},
     CHAT_REJECTED,
     "the reply is larger than any that was asked for"},
    {{.status = 401, .too_large = true, .body = "<p>no"},
     CHAT_FATAL,
     "HTTP 401: no"},
    {{.status = 401, .timed_out = true, .body = "no"},
     CHAT_FATAL,
     "HTTP 401: no"},
    {{.status = 402, .failure = "the connection was cut"},
     CHAT_FATAL,
     "HTTP 402"},
};

START_TEST(transfer)
{
    ck_assert_int_eq(read_reply(transfers[_i].reply), transfers[_i].outcome);
    ck_assert_str_eq(result.reason, transfers[_i].reason);
    ck_assert(!result.limited);
}
END_TEST

START_TEST(batch_bodies_are_read_alike)
{
    const char *body = CHOICE("\"content\":\"{}\"", "\"stop\"");

    ck_assert(chat_read_body(&arena, 200, body, strlen(body),
                             &chat_first_traits, &result, &err));
    ck_assert_int_eq(result.outcome, CHAT_ANSWERED);
    ck_assert_str_eq(result.content, "{}");
    ck_assert(chat_read_body(&arena, 429, NULL, 0, &chat_first_traits, &result,
                             &err));
    ck_assert_int_eq(result.outcome, CHAT_RETRY);
}
END_TEST

Suite *chat_read_suite(void);
Suite *chat_read_suite(void)
{
    Suite *suite = suite_create("chat_read");
    TCase *tests = tcase_create("chat_read");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_loop_test(tests, good_status, 0,
                        (int)(sizeof answers / sizeof *answers));
    tcase_add_test(tests, content_of_what_was_cut);
    tcase_add_test(tests, names_and_usage);
    tcase_add_test(tests, usage_may_be_missing_or_odd);
    tcase_add_loop_test(tests, bad_status, 0,
                        (int)(sizeof errors / sizeof *errors));
    tcase_add_test(tests, overload_asks_to_go_slower);
    tcase_add_test(tests, fatal_replies_say_what_to_do);
    tcase_add_test(tests, servers_say_whether_to_retry);
    tcase_add_test(tests, retries_wait_as_told);
    tcase_add_test(tests, reasons_are_cut);
    tcase_add_test(tests, redirects_name_the_host_only);
    tcase_add_loop_test(tests, transfer, 0,
                        (int)(sizeof transfers / sizeof *transfers));
    tcase_add_test(tests, batch_bodies_are_read_alike);
    suite_add_tcase(suite, tests);
    return suite;
}
