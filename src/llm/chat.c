/* The body of a chat completion request, as OpenAI's API reference has it. */
#include "datebook/chat.h"

#include "datebook/json.h"

const struct chat_traits chat_first_traits = {
    CHAT_SCHEMA, CHAT_MAX_COMPLETION_TOKENS, true, true};

static void write_messages(struct buf *body, const struct chat_request *request)
{
    buf_text(body, "\"messages\":[");
    for (size_t i = 0; i < request->message_count; i++) {
        buf_text(body, i ? ",{\"role\":" : "{\"role\":");
        buf_json(body, request->messages[i].role);
        buf_text(body, ",\"content\":");
        buf_json(body, request->messages[i].content);
        buf_char(body, '}');
    }
    buf_char(body, ']');
}

/* A schema is strict, so that a service that knows it holds the model to it. */
static void write_form(struct buf *body, const struct chat_request *request,
                       enum chat_form form)
{
    if (form == CHAT_JSON)
        buf_text(body, ",\"response_format\":{\"type\":\"json_object\"}");
    if (form != CHAT_SCHEMA || !request->schema)
        return;
    buf_text(body, ",\"response_format\":{\"type\":\"json_schema\","
                   "\"json_schema\":{\"name\":");
    buf_json(body, request->schema_name);
    buf_text(body, ",\"strict\":true,\"schema\":");
    json_minify(body, request->schema, strlen(request->schema));
    buf_text(body, "}}");
}

static void write_limit(struct buf *body, int64_t most_tokens,
                        enum chat_limit limit)
{
    if (limit == CHAT_NO_LIMIT || most_tokens <= 0)
        return;
    buf_text(body, limit == CHAT_MAX_TOKENS ? ",\"max_tokens\":"
                                            : ",\"max_completion_tokens\":");
    buf_int(body, most_tokens);
}

void chat_write(struct buf *body, const struct chat_request *request,
                const struct chat_traits *traits)
{
    buf_char(body, '{');
    if (request->model) {
        buf_text(body, "\"model\":");
        buf_json(body, request->model);
        buf_char(body, ',');
    }
    write_messages(body, request);
    write_form(body, request, traits->form);
    write_limit(body, request->most_tokens, traits->limit);
    if (traits->temperature && request->temperature >= 0)
        buf_format(body, ",\"temperature\":%d.%02d", request->temperature / 100,
                   request->temperature % 100);
    if (traits->seed && request->seed >= 0) {
        buf_text(body, ",\"seed\":");
        buf_int(body, request->seed);
    }
    buf_char(body, '}');
}

int64_t chat_count_tokens(const char *text, size_t length)
{
    int64_t plain = 0;
    int64_t others = 0;

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        plain += c < 0x80;
        others += c >= 0xC0; /* the first byte of a character */
    }
    return (plain + 3) / 4 + others;
}

const char *chat_outcome_name(enum chat_outcome outcome)
{
    static const char *const names[] = {"answered", "truncated", "refused",
                                        "retry",    "adapt",     "rejected",
                                        "fatal"};

    return names[outcome];
}
