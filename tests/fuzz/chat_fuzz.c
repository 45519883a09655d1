/* Any status, headers and body as a reply: read without a fault, to a result
 * that keeps its promises; and adapting to it again and again comes to an end.
 *
 * An input is a letter for the status, a character for the flags, up to eleven
 * lines for the headers ("-" for one that is not there), an empty line, and the
 * body. */
#include "datebook/chat.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEADERS = 11, MOST_STEPS = 7, MOST_CHARACTERS = 300 };

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static const int statuses[] = {200, 0,   100, 204, 302, 400, 401,
                               402, 403, 404, 408, 409, 413, 422,
                               425, 429, 500, 503, 529, 999};

/* The next line of the input as a text of its own. */
static char *take_line(const uint8_t **data, size_t *size)
{
    const uint8_t *end = memchr(*data, '\n', *size);
    size_t length = end ? (size_t)(end - *data) : *size;
    char *text = malloc(length + 1);

    expect(text != NULL);
    memcpy(text, *data, length);
    text[length] = '\0';
    *data += end ? length + 1 : length;
    *size -= end ? length + 1 : length;
    return text;
}

/* Up to the empty line, which ends them. */
static void take_headers(const uint8_t **data, size_t *size,
                         char *headers[HEADERS])
{
    for (int i = 0; i < HEADERS; i++) {
        bool last = !*size || **data == '\n';
        headers[i] = take_line(data, size);
        if (last)
            return;
    }
}

static const char *header(char *const headers[HEADERS], int number)
{
    const char *text = headers[number];

    return text && *text && strcmp(text, "-") != 0 ? text : NULL;
}

static void set_headers(struct http_reply *reply, char *const headers[HEADERS])
{
    reply->retry_after = header(headers, 0);
    reply->retry_after_ms = header(headers, 1);
    reply->date = header(headers, 2);
    reply->should_retry = header(headers, 3);
    reply->location = header(headers, 4);
    reply->remaining_requests = header(headers, 5);
    reply->reset_requests = header(headers, 6);
    reply->remaining_tokens = header(headers, 7);
    reply->reset_tokens = header(headers, 8);
    reply->failure = header(headers, 9);
    reply->limit_tokens = header(headers, 10);
}

/* A reason is one line of at most 300 characters that a terminal can show. */
static void check_reason(const char *reason)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)reason;
    int count = 0;

    for (; *at; count++) {
        utf8proc_int32_t code;
        utf8proc_ssize_t size = utf8proc_iterate(at, -1, &code);
        expect(size > 0 && code >= ' ' && (code < 0x7F || code >= 0xA0));
        at += size;
    }
    expect(count <= MOST_CHARACTERS);
}

static void check_usage(const struct chat_usage *usage)
{
    expect(usage->prompt >= 0 && usage->completion >= 0);
    expect(usage->cached >= 0 && usage->cached <= usage->prompt);
    expect(usage->reasoning >= 0 && usage->reasoning <= usage->completion);
    expect(usage->known || (!usage->prompt && !usage->completion));
}

static void check_result(const struct chat_reply *result)
{
    bool retry = result->outcome == CHAT_RETRY;

    expect(result->outcome <= CHAT_FATAL);
    expect((result->outcome == CHAT_ANSWERED) == !result->reason);
    expect(result->outcome != CHAT_ANSWERED || result->content);
    expect(!result->hint || result->outcome == CHAT_FATAL);
    expect(retry || (result->wait == -1 && !result->limited));
    expect(result->wait >= -1 && result->wait <= 3600000);
    if (result->reason)
        check_reason(result->reason);
    if (result->model)
        check_reason(result->model);
    if (result->id)
        check_reason(result->id);
    check_usage(&result->usage);
}

static void read_until_settled(const struct http_reply *reply)
{
    struct chat_traits traits = chat_first_traits;
    struct arena arena = ARENA_EMPTY;
    struct chat_reply result;
    struct error err;
    int steps = 0;

    do {
        arena_reset(&arena);
        expect(chat_read(&arena, reply, &traits, 1790000000, &result, &err));
        check_result(&result);
        traits = result.traits;
        expect(steps++ <= MOST_STEPS);
    } while (result.outcome == CHAT_ADAPT);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t count = sizeof statuses / sizeof *statuses;
    struct http_reply reply = {0};
    char *headers[HEADERS] = {NULL};

    if (size < 2)
        return 0;
    reply.status = statuses[(data[0] + 10 * count - 'a') % count];
    reply.timed_out = data[1] & 1;
    reply.too_large = data[1] & 2;
    reply.fatal = data[1] & 4;
    data += 2;
    size -= 2;
    take_headers(&data, &size, headers);
    set_headers(&reply, headers);
    reply.body = size ? (const char *)data : NULL;
    reply.length = size;
    read_until_settled(&reply);
    for (int i = 0; i < HEADERS; i++) {
        if (headers[i])
            expect(chat_duration(headers[i]) >= -1);
        free(headers[i]);
    }
    return 0;
}
