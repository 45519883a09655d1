/* What the rules mean; see answer.h.  Shapes of replies and errors are those of
 * OpenAI's API reference and of Azure's, and what vLLM and proxies send. */
#include "tests/llm/answer.h"
#include "tests/llm/compose.h"
#include "tests/llm/shape.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CREATED = 1764000000 };

void answer_json(struct reply *reply, cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);
    if (!text)
        give_up("out of memory");
    text_clear(&reply->body);
    text_puts(&reply->body, text);
    free(text);
    cJSON_Delete(json);
}

static void add_string(cJSON *object, const char *name, const char *value)
{
    if (value)
        cJSON_AddStringToObject(object, name, value);
    else
        cJSON_AddNullToObject(object, name);
}

void answer_error(struct reply *reply, int status, const char *message,
                  const char *type, const char *param, const char *code)
{
    cJSON *json = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(json, "error");
    add_string(error, "message", message);
    add_string(error, "type", type);
    add_string(error, "param", param);
    add_string(error, "code", code);
    reply->status = status;
    answer_json(reply, json);
}

/* ---- Good replies ---- */

struct completion {
    const char *content; /* NULL: null */
    const char *refusal;
    const char *finish;
    bool parts; /* the content as a list of parts */
    bool usage;
    bool filter_broken; /* Azure's filter says that it did not work */
};

static int64_t count_tokens(size_t bytes)
{
    return (int64_t)(bytes + 3) / 4;
}

static size_t prompt_bytes(const cJSON *body)
{
    size_t bytes = 0;
    const cJSON *message;
    cJSON_ArrayForEach (message, member(body, "messages")) {
        const char *content = string_member(message, "content");
        bytes += content ? strlen(content) : 0;
    }
    return bytes;
}

static void add_message(cJSON *choice, const struct completion *completion)
{
    cJSON *message = cJSON_AddObjectToObject(choice, "message");
    cJSON_AddStringToObject(message, "role", "assistant");
    if (completion->parts) {
        cJSON *part = cJSON_CreateObject();
        cJSON_AddStringToObject(part, "type", "text");
        add_string(part, "text", completion->content);
        cJSON_AddItemToArray(cJSON_AddArrayToObject(message, "content"), part);
    } else {
        add_string(message, "content", completion->content);
    }
    add_string(message, "refusal", completion->refusal);
}

static void add_usage(cJSON *json, const cJSON *body, const char *content)
{
    double prompt = (double)count_tokens(prompt_bytes(body));
    double completion = (double)count_tokens(content ? strlen(content) : 20);
    cJSON *usage = cJSON_AddObjectToObject(json, "usage");
    cJSON_AddNumberToObject(usage, "prompt_tokens", prompt);
    cJSON_AddNumberToObject(usage, "completion_tokens", completion);
    cJSON_AddNumberToObject(usage, "total_tokens", prompt + completion);
    cJSON *details = cJSON_AddObjectToObject(usage, "prompt_tokens_details");
    cJSON_AddNumberToObject(details, "cached_tokens", 0);
    details = cJSON_AddObjectToObject(usage, "completion_tokens_details");
    cJSON_AddNumberToObject(details, "reasoning_tokens", 0);
}

static void complete(const struct chat *chat, struct reply *reply,
                     const struct completion *completion)
{
    const char *model = string_member(chat->body, "model");
    char id[48];
    snprintf(id, sizeof(id), "chatcmpl-test-%lld", (long long)chat->number);
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "id", id);
    cJSON_AddStringToObject(json, "object", "chat.completion");
    cJSON_AddNumberToObject(json, "created", CREATED);
    cJSON_AddStringToObject(json, "model", model ? model : "deployed-model");
    cJSON *choice = cJSON_CreateObject();
    cJSON_AddNumberToObject(choice, "index", 0);
    add_message(choice, completion);
    cJSON_AddNullToObject(choice, "logprobs");
    cJSON_AddStringToObject(choice, "finish_reason", completion->finish);
    if (completion->filter_broken) {
        cJSON *results =
            cJSON_AddObjectToObject(choice, "content_filter_results");
        cJSON *error = cJSON_AddObjectToObject(results, "error");
        cJSON_AddStringToObject(error, "code", "content_filter_error");
        cJSON_AddStringToObject(error, "message",
                                "The contents are not filtered");
    }
    cJSON_AddItemToArray(cJSON_AddArrayToObject(json, "choices"), choice);
    if (completion->usage)
        add_usage(json, chat->body, completion->content);
    reply->status = 200;
    answer_json(reply, json);
}

static bool is(const struct rule *rule, const char *what)
{
    return rule && !strcmp(rule->what, what);
}

/* Texts that are not as they should be, by what the rule asks for. */
static struct oddity oddity_of(const struct rule *rule, const cJSON *body)
{
    struct oddity oddity = {.drift = is(rule, "drift"),
                            .twin = is(rule, "twin"),
                            .missing = is(rule, "missing"),
                            .twice = is(rule, "double"),
                            .stranger = is(rule, "stranger")};
    if (!is(rule, "nonsense"))
        return oddity;
    const char *only = rule_option(rule, "only");
    bool whole = wants_whole(body);
    oddity.minutes = whole && (!only || !strcmp(only, "minutes"));
    oddity.people = whole && (!only || !strcmp(only, "people"));
    oddity.long_text = only ? !strcmp(only, "subject") : !whole;
    return oddity;
}

/* Half of a text, cut between characters. */
static void halve(struct text *text)
{
    text->length /= 2;
    while (text->length &&
           ((unsigned char)text->bytes[text->length] & 0xc0) == 0x80)
        text->length--;
    text->bytes[text->length] = '\0';
}

static void compose_reply(const struct rule *rule, const struct chat *chat,
                          struct reply *reply)
{
    struct oddity oddity = oddity_of(rule, chat->body);
    struct completion completion = {.finish = "stop",
                                    .parts = is(rule, "parts"),
                                    .usage = !is(rule, "no-usage"),
                                    .filter_broken = is(rule, "filter-broken")};
    struct text content = {0};
    compose(&content, chat->body, hash_of(chat->bytes, chat->length), &oddity);
    if (is(rule, "length")) {
        completion.finish = "length";
        halve(&content);
        if (rule_option(rule, "empty"))
            text_clear(&content);
    }
    if (is(rule, "bad-json"))
        halve(&content);
    completion.content = content.bytes;
    if (is(rule, "refusal")) {
        completion.content = NULL;
        completion.refusal = "I cannot help with that.";
    }
    if (is(rule, "content_filter")) {
        completion.content = NULL;
        completion.finish = "content_filter";
    }
    complete(chat, reply, &completion);
    text_free(&content);
}

/* ---- Errors ---- */

/* What services say with a status when the rule says no more. */
static void usual_error(int status, const char **type, const char **code,
                        const char **message)
{
    static const struct {
        int status;
        const char *type, *code, *message;
    } usual[] = {
        {400, "invalid_request_error", NULL, "The request is invalid."},
        {401, "invalid_request_error", "invalid_api_key",
         "Incorrect API key provided."},
        {403, "invalid_request_error", "access_denied", "Access denied."},
        {404, "invalid_request_error", "model_not_found",
         "The model does not exist."},
        {408, "timeout", NULL, "The request took too long."},
        {429, "requests", "rate_limit_exceeded", "Rate limit reached."},
        {500, "server_error", NULL, "The server had an error."},
        {503, "server_error", "server_is_overloaded",
         "The server is overloaded."}};
    *type = "server_error";
    *message = "Something is wrong.";
    for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++) {
        if (usual[i].status != status)
            continue;
        *type = usual[i].type;
        *code = usual[i].code;
        *message = usual[i].message;
    }
}

static void say_unsupported(const char *field, const struct chat *chat,
                            struct reply *reply)
{
    struct text message = {0};
    const char *code = "unsupported_parameter", *param = field;
    const cJSON *value = member(chat->body, field);
    if (!strncmp(field, "json_", 5)) {
        text_format(&message,
                    "Invalid parameter: 'response_format' of type '%s' is not "
                    "supported with this model.",
                    field);
        param = "response_format";
        code = NULL;
    } else if (!strcmp(field, "temperature")) {
        text_format(&message,
                    "Unsupported value: 'temperature' does not support %g with "
                    "this model. Only the default (1) value is supported.",
                    cJSON_GetNumberValue(value));
        code = "unsupported_value";
    } else {
        text_format(&message,
                    "Unsupported parameter: '%s' is not supported with this "
                    "model.",
                    field);
        if (!strcmp(field, "max_tokens"))
            text_puts(&message, " Use 'max_completion_tokens' instead.");
    }
    answer_error(reply, 400, message.bytes, "invalid_request_error", param,
                 code);
    text_free(&message);
}

static void say_unknown(const char *field, struct reply *reply)
{
    struct text message = {0};
    text_format(&message, "Unrecognized request argument supplied: %s", field);
    answer_error(reply, 400, message.bytes, "invalid_request_error", NULL,
                 NULL);
    text_free(&message);
}

static void give_status(const struct rule *rule, const struct chat *chat,
                        struct reply *reply)
{
    int status = (int)strtol(rule->value, NULL, 10);
    const char *unsupported = rule_option(rule, "unsupported");
    const char *unknown = rule_option(rule, "unknown");
    if (unsupported) {
        say_unsupported(unsupported, chat, reply);
        return;
    }
    if (unknown) {
        say_unknown(unknown, reply);
        return;
    }
    const char *type = NULL, *code = NULL, *message = NULL;
    usual_error(status, &type, &code, &message);
    if (rule_option(rule, "type"))
        type = rule_option(rule, "type");
    if (rule_option(rule, "code"))
        code = rule_option(rule, "code");
    if (rule_option(rule, "message"))
        message = rule_option(rule, "message");
    answer_error(reply, status, message, type, rule_option(rule, "param"),
                 code);
}

/* A careless service that repeats the key, as it came and in base64. */
static void echo_key(const struct chat *chat, struct reply *reply)
{
    const char *key =
        !strncmp(chat->secret, "Bearer ", 7) ? chat->secret + 7 : chat->secret;
    size_t length = strlen(key);
    unsigned char *coded = new_zero(length / 3 * 4 + 8);
    EVP_EncodeBlock(coded, (const unsigned char *)key, (int)length);
    struct text message = {0};
    text_format(&message, "Incorrect API key provided: %s (%s, base64 %s)",
                chat->secret, key, (const char *)coded);
    answer_error(reply, 401, message.bytes, "invalid_request_error", NULL,
                 "invalid_api_key");
    text_free(&message);
    free(coded);
}

static void give_page(struct reply *reply)
{
    reply->status = 502;
    reply->type = "text/html";
    text_puts(&reply->body,
              "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
              "<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n");
}

static void redirect(const struct rule *rule, struct reply *reply)
{
    answer_error(reply, 307, "Look elsewhere.", "redirect", NULL, NULL);
    text_format(&reply->headers, "Location: %s\r\n", rule->value);
}

/* A whole completion whose content is empty but for the filling. */
static void give_large(const struct rule *rule, const struct chat *chat,
                       struct reply *reply)
{
    static const char before[] = "\"content\":\"";
    struct completion completion = {.content = "", .finish = "stop"};
    complete(chat, reply, &completion);
    reply->manner = MANNER_LARGE;
    reply->amount = amount_of(rule->value);
    const char *place = strstr(reply->body.bytes, before);
    reply->filling = (size_t)(place - reply->body.bytes) + strlen(before);
}

/* ---- Rules ---- */

static void add_date(const char *value, struct text *headers)
{
    time_t then = time(NULL) + strtol(value, NULL, 10);
    struct tm when;
    gmtime_r(&then, &when);
    char date[64];
    strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &when);
    text_format(headers, "Retry-After: %s\r\n", date);
}

void answer_finish(const struct rule *rule, struct reply *reply)
{
    for (size_t i = 0; rule && i < rule->option_count; i++) {
        const char *name = rule->options[i].name;
        const char *value = rule->options[i].value;
        if (!strcmp(name, "retry-after"))
            text_format(&reply->headers, "Retry-After: %s\r\n", value);
        else if (!strcmp(name, "retry-after-ms"))
            text_format(&reply->headers, "retry-after-ms: %s\r\n", value);
        else if (!strcmp(name, "retry-after-date"))
            add_date(value, &reply->headers);
        else if (!strcmp(name, "should-retry"))
            text_format(&reply->headers, "x-should-retry: %s\r\n", value);
        else if (!strcmp(name, "header"))
            text_format(&reply->headers, "%s\r\n", value);
        else if (!strcmp(name, "chunked"))
            reply->chunked = true;
        else if (!strcmp(name, "close"))
            reply->close = true;
    }
    reply->status = (int)rule_number(rule, "status", reply->status);
    reply->delay += rule_number(rule, "delay", 0);
}

/* How the bytes go out, whatever they are. */
static void set_manner(const struct rule *rule, struct reply *reply)
{
    static const struct {
        const char *what;
        enum manner manner;
    } manners[] = {{"slow", MANNER_SLOW},
                   {"stall", MANNER_STALL},
                   {"cut", MANNER_CUT},
                   {"drop", MANNER_DROP}};
    for (size_t i = 0; i < sizeof(manners) / sizeof(*manners); i++)
        if (is(rule, manners[i].what))
            reply->manner = manners[i].manner;
    if (reply->manner == MANNER_SLOW) {
        reply->amount = *rule->value ? amount_of(rule->value) : 1;
        if (reply->amount < 1 || reply->amount > 1000)
            give_up("slow=%s is not 1 to 1,000 bytes a second", rule->value);
    }
}

bool answer_plainly(const struct rule *rule, const struct chat *chat,
                    struct reply *reply)
{
    set_manner(rule, reply);
    if (is(rule, "status"))
        give_status(rule, chat, reply);
    else if (is(rule, "filter-input"))
        text_puts(&reply->body,
                  "{\"error\":{\"message\":\"The response was filtered\","
                  "\"type\":null,\"param\":\"prompt\","
                  "\"code\":\"content_filter\",\"status\":400}}");
    else if (is(rule, "echo-key"))
        echo_key(chat, reply);
    else if (is(rule, "html"))
        give_page(reply);
    else if (is(rule, "redirect"))
        redirect(rule, reply);
    else if (is(rule, "raw"))
        text_puts(&reply->body, rule->value);
    else if (is(rule, "large"))
        give_large(rule, chat, reply);
    else
        return false;
    if (is(rule, "filter-input"))
        reply->status = 400;
    return true;
}

/* Whether a field is in the body, so that a rule that knows it not applies. */
static bool has_field(const cJSON *body, const char *field)
{
    if (!strncmp(field, "json_", 5)) {
        const char *type =
            string_member(member(body, "response_format"), "type");
        return type && !strcmp(type, field);
    }
    return member(body, field) != NULL;
}

static bool fits(const struct rule *rule, void *context)
{
    const struct chat *chat = context;
    const char *unsupported = rule_option(rule, "unsupported");
    const char *unknown = rule_option(rule, "unknown");
    return (!unsupported || has_field(chat->body, unsupported)) &&
           (!unknown || has_field(chat->body, unknown));
}

void answer_chat(struct script *script, const struct chat *chat,
                 struct reply *reply)
{
    struct chat copy = *chat;
    const struct rule *rule =
        script_next(script, ON_CHAT, chat->bytes, fits, &copy);
    if (!rule || !answer_plainly(rule, chat, reply))
        compose_reply(rule, chat, reply);
    answer_finish(rule, reply);
}
