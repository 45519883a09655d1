/* Request bodies, to the byte, and the count of tokens. */
#include "datebook/chat.h"

#include "datebook/json.h"

#include <check.h>
#include <string.h>

static struct buf body;

static const struct chat_message messages[] = {
    {"system", "You write \"meetings\"\nas JSON."}, {"user", "Zoë → 会议"}};

static struct chat_request request(void)
{
    return (struct chat_request){.model = "gpt-4o",
                                 .messages = messages,
                                 .message_count = 2,
                                 .schema_name = "meetings",
                                 .schema = "{\n  \"type\": \"object\"\n}",
                                 .most_tokens = 900,
                                 .temperature = 105,
                                 .seed = 7};
}

static void teardown(void)
{
    buf_free(&body);
}

static const char *written(const struct chat_request *wanted,
                           const struct chat_traits *traits)
{
    struct error err;

    buf_clear(&body);
    chat_write(&body, wanted, traits);
    ck_assert(buf_ok(&body, &err));
    return buf_string(&body);
}

#define MESSAGES                                                                \
    "\"messages\":[{\"role\":\"system\",\"content\":\"You write "               \
    "\\\"meetings\\\"\\nas JSON.\"},{\"role\":\"user\",\"content\":\"Zoë → " \
    "会议\"}]"

START_TEST(first_body_asks_for_everything)
{
    const struct chat_request wanted = request();

    ck_assert_str_eq(
        written(&wanted, &chat_first_traits),
        "{\"model\":\"gpt-4o\"," MESSAGES ",\"response_format\":{\"type\":"
        "\"json_schema\",\"json_schema\":{\"name\":\"meetings\",\"strict\":"
        "true,\"schema\":{\"type\":\"object\"}}},\"max_completion_tokens\":900,"
        "\"temperature\":1.05,\"seed\":7}");
}
END_TEST

START_TEST(traits_leave_out_or_rename)
{
    static const struct {
        struct chat_traits traits;
        const char *rest;
    } cases[] = {
        {{CHAT_JSON, CHAT_MAX_TOKENS, true, false},
         ",\"response_format\":{\"type\":\"json_object\"},\"max_tokens\":900,"
         "\"temperature\":1.05}"},
        {{CHAT_PLAIN, CHAT_NO_LIMIT, false, true}, ",\"seed\":7}"},
        {{CHAT_PLAIN, CHAT_TOLD_COMPLETION_TOKENS, false, false},
         ",\"max_completion_tokens\":900}"},
        {{CHAT_PLAIN, CHAT_NO_LIMIT, false, false}, "}"},
    };
    const struct chat_request wanted = request();
    const char *start = "{\"model\":\"gpt-4o\"," MESSAGES;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = written(&wanted, &cases[i].traits);
        ck_assert_int_eq(strncmp(text, start, strlen(start)), 0);
        ck_assert_str_eq(text + strlen(start), cases[i].rest);
    }
}
END_TEST

START_TEST(request_leaves_out)
{
    struct chat_request wanted = request();

    wanted.model = NULL;
    wanted.schema = NULL;
    wanted.most_tokens = 0;
    wanted.temperature = -1;
    wanted.seed = -1;
    ck_assert_str_eq(written(&wanted, &chat_first_traits), "{" MESSAGES "}");
    wanted.temperature = 0;
    wanted.seed = 0;
    ck_assert_str_eq(written(&wanted, &chat_first_traits),
                     "{" MESSAGES ",\"temperature\":0.00,\"seed\":0}");
    wanted.temperature = 7;
    wanted.seed = INT64_MAX;
    ck_assert_str_eq(written(&wanted, &chat_first_traits),
                     "{" MESSAGES
                     ",\"temperature\":0.07,\"seed\":9223372036854775807}");
}
END_TEST

START_TEST(body_is_one_line_of_json)
{
    static const char *const names[] = {
        "model",       "messages", "response_format", "max_completion_tokens",
        "temperature", "seed"};
    const struct chat_message odd[] = {{"user", "a\r\n\t\x01\xff"}};
    struct chat_request wanted = request();
    struct arena arena = ARENA_EMPTY;
    struct error err;
    const char *text;
    const cJSON *tree;

    wanted.messages = odd;
    wanted.message_count = 1;
    text = written(&wanted, &chat_first_traits);
    ck_assert_ptr_null(strpbrk(text, "\r\n"));
    tree = json_parse(&arena, text, strlen(text), "body", &err);
    ck_assert_ptr_nonnull(tree);
    /* Nothing else is ever asked for: no logprobs, penalties, tools. */
    ck_assert_int_eq(cJSON_GetArraySize(tree), 6);
    for (size_t i = 0; i < 6; i++)
        ck_assert_ptr_nonnull(json_member(tree, names[i]));
    arena_free(&arena);
}
END_TEST

START_TEST(tokens_are_counted_by_character)
{
    static const struct {
        const char *text;
        int64_t tokens;
    } cases[] = {
        {"", 0},     {"a", 1},         {"abcd", 1}, {"abcde", 2},
        {"会议", 2}, {"a会议bcde", 4}, {"Zoë", 2},  {"🙂", 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_int_eq(
            chat_count_tokens(cases[i].text, strlen(cases[i].text)),
            cases[i].tokens);
}
END_TEST

START_TEST(outcomes_have_names)
{
    ck_assert_str_eq(chat_outcome_name(CHAT_ANSWERED), "answered");
    ck_assert_str_eq(chat_outcome_name(CHAT_TRUNCATED), "truncated");
    ck_assert_str_eq(chat_outcome_name(CHAT_REFUSED), "refused");
    ck_assert_str_eq(chat_outcome_name(CHAT_RETRY), "retry");
    ck_assert_str_eq(chat_outcome_name(CHAT_ADAPT), "adapt");
    ck_assert_str_eq(chat_outcome_name(CHAT_REJECTED), "rejected");
    ck_assert_str_eq(chat_outcome_name(CHAT_FATAL), "fatal");
}
END_TEST

Suite *chat_suite(void);
Suite *chat_suite(void)
{
    Suite *suite = suite_create("chat");
    TCase *tests = tcase_create("chat");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, first_body_asks_for_everything);
    tcase_add_test(tests, traits_leave_out_or_rename);
    tcase_add_test(tests, request_leaves_out);
    tcase_add_test(tests, body_is_one_line_of_json);
    tcase_add_test(tests, tokens_are_counted_by_character);
    tcase_add_test(tests, outcomes_have_names);
    suite_add_tcase(suite, tests);
    return suite;
}
