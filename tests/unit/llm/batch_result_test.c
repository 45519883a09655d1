/* Lines of results: every form that services write, and what is none. */
#include "datebook/batch_file.h"

#include <check.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct batch_result result;

static void setup(void)
{
    arena = (struct arena)ARENA_EMPTY;
}

static void teardown(void)
{
    arena_free(&arena);
}

static void read_text(const char *line)
{
    ck_assert(batch_read_line(&arena, line, strlen(line), &result, &err));
}

static void expect_body(const char *body)
{
    ck_assert_uint_eq(result.length, strlen(body));
    ck_assert_mem_eq(result.body, body, result.length);
}

/* The shape of OpenAI's BatchRequestOutput. */
START_TEST(reply)
{
    read_text("{\"id\":\"batch_req_1\",\"custom_id\":\"db-1\",\"response\":"
              "{\"status_code\":200,\"request_id\":\"req_9\",\"body\":{\"id\":"
              "\"c\", \"n\":1.50}},\"error\":null}");
    ck_assert_ptr_null(result.problem);
    ck_assert_str_eq(result.custom_id, "db-1");
    ck_assert_str_eq(result.id, "batch_req_1");
    ck_assert_int_eq(result.status, 200);
    ck_assert_str_eq(result.request_id, "req_9");
    ck_assert_ptr_null(result.error);
    expect_body("{\"id\":\"c\", \"n\":1.50}");
}
END_TEST

/* Whatever stands around it, the body comes as it is written. */
static const struct {
    const char *line;
    const char *body;
} bodies[] = {
    {"\xEF\xBB\xBF {\"custom_id\":\"a\",\"response\":{\"status_code\":200,"
     "\"body\":{}}}\r",
     "{}"},
    {"{\"response\" : { \"body\" : {\"x\":\"}\\\"{[\"} , \"status_code\":200 "
     "} , \"custom_id\":\"a\"}",
     "{\"x\":\"}\\\"{[\"}"},
    {"{\"x\":{\"response\":{\"body\":1}},\"custom_id\":\"a\",\"y\":[{\"body\":"
     "2}],\"response\":{\"z\":\"body\",\"status_code\":200,\"body\":[3 ] }}",
     "[3 ]"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":true }}",
     "true"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":null}}",
     ""},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":200}}", ""},
    /* A status that nobody wrote is a good one. */
    {"{\"custom_id\":\"a\",\"response\":{\"body\":{\"k\":[]}}}", "{\"k\":[]}"},
    {"{\"custom_id\":\"a\",\"error\":\"\",\"response\":{\"status_code\":200,"
     "\"body\":{\"k\":1}}}",
     "{\"k\":1}"},
};

START_TEST(body)
{
    read_text(bodies[_i].line);
    ck_assert_ptr_null(result.problem);
    ck_assert_str_eq(result.custom_id, "a");
    ck_assert_int_eq(result.status, 200);
    ck_assert_ptr_null(result.error);
    expect_body(bodies[_i].body);
}
END_TEST

/* HTTP failures: OpenAI tells them in the body, vLLM beside it. */
static const struct {
    const char *line;
    const char *body;
} failures[] = {
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":400,\"body\":"
     "{\"error\":{\"message\":\"no\"}}},\"error\":null}",
     "{\"error\":{\"message\":\"no\"}}"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":400,\"request_id\":"
     "\"r\",\"body\":null},\"error\":{\"object\":\"error\",\"message\":\"too "
     "long\",\"code\":400}}",
     "{\"error\":{\"object\":\"error\",\"message\":\"too long\",\"code\":400}"
     "}"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":400},\"error\":"
     "{\"error\":{\"message\":\"too long\"}}}",
     "{\"error\":{\"message\":\"too long\"}}"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":400},\"error\":\"a "
     "\\\"text\\\"\"}",
     "{\"error\":{\"message\":\"a \\\"text\\\"\"}}"},
};

START_TEST(failure)
{
    read_text(failures[_i].line);
    ck_assert_ptr_null(result.problem);
    ck_assert_int_eq(result.status, 400);
    ck_assert_ptr_null(result.error);
    expect_body(failures[_i].body);
}
END_TEST

static const struct {
    const char *line;
    const char *error;
} not_run[] = {
    {"{\"custom_id\":\"a\",\"response\":null,\"error\":{\"code\":"
     "\"batch_expired\",\"message\":\"This request was too late.\"}}",
     "batch_expired: This request was too late."},
    {"{\"custom_id\":\"a\",\"error\":{\"code\":\"batch_cancelled\"}}",
     "batch_cancelled"},
    {"{\"custom_id\":\"a\",\"error\":{\"code\":null,\"type\":\"t\",\"message\":"
     "\"m\"}}",
     "t: m"},
    {"{\"custom_id\":\"a\",\"error\":\"engine \\u001b[31mdead\\n\"}",
     "engine \\x1b[31mdead "},
    {"{\"custom_id\":\"a\",\"error\":{}}", "an error without words"},
    {"{\"custom_id\":\"a\",\"error\":[1]}", "an error without words"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":null},"
     "\"error\":\"lost\"}",
     "lost"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":0},\"error\":"
     "\"lost\"}",
     "lost"},
};

START_TEST(error)
{
    read_text(not_run[_i].line);
    ck_assert_ptr_null(result.problem);
    ck_assert_str_eq(result.custom_id, "a");
    ck_assert_int_eq(result.status, 0);
    ck_assert_str_eq(result.error, not_run[_i].error);
    expect_body("");
}
END_TEST

static const struct {
    const char *line;
    const char *problem;
} broken[] = {
    {"", "column 1: the JSON ends too early"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"bo",
     "column 49: not valid JSON here"},
    {"{\"custom_id\":\"a\",\"custom_id\":\"b\"}",
     "line: the field \"custom_id\" stands twice in one object"},
    {"{\"custom_id\":\"a\",\"response\":{\"b\\u006fdy\":{}}}",
     "names of fields with escapes"},
    {"[]", "no JSON object"},
    {"{}", "no custom_id"},
    {"{\"custom_id\":7}", "no custom_id"},
    {"{\"custom_id\":\"\"}", "no custom_id"},
    {"{\"custom_id\":\"a\"}", "neither a reply with a status nor an error"},
    {"{\"custom_id\":\"a\",\"response\":null,\"error\":null}",
     "neither a reply with a status nor an error"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":1e300,\"body\":{}}}",
     "neither a reply with a status nor an error"},
    {"{\"custom_id\":\"a\",\"response\":{\"status_code\":\"200\",\"body\":{}}}",
     "neither a reply with a status nor an error"},
};

START_TEST(problem)
{
    read_text(broken[_i].line);
    ck_assert_ptr_null(result.custom_id);
    ck_assert_str_eq(result.problem, broken[_i].problem);
    expect_body("");
}
END_TEST

/* A long message is cut between characters. */
START_TEST(long_error)
{
    struct buf line = BUF_EMPTY;

    buf_text(&line, "{\"custom_id\":\"a\",\"error\":\"x");
    for (int i = 0; i < 500; i++)
        buf_text(&line, "é");
    buf_text(&line, "\"}");
    read_text(line.data);
    ck_assert_uint_eq(strlen(result.error), 299 + strlen("…"));
    ck_assert_str_eq(result.error + 297, "é…");
    buf_free(&line);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *batch_result_suite(void);
Suite *batch_result_suite(void)
{
    Suite *suite = suite_create("batch_result");
    TCase *lines = tcase_create("lines");

    tcase_add_checked_fixture(lines, setup, teardown);
    tcase_add_test(lines, reply);
    tcase_add_loop_test(lines, body, 0, COUNT(bodies));
    tcase_add_loop_test(lines, failure, 0, COUNT(failures));
    tcase_add_loop_test(lines, error, 0, COUNT(not_run));
    tcase_add_loop_test(lines, problem, 0, COUNT(broken));
    tcase_add_test(lines, long_error);
    suite_add_tcase(suite, lines);
    return suite;
}
