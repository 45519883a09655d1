/* Requests out of bytes, replies into bytes; RFC 9112. */
#include "tests/llm/http.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static void wrong(struct request *request, const char *why)
{
    request->phase = HTTP_WRONG;
    request->wrong = why;
}

const char *request_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (!strcmp(request->headers[i].name, name))
            return request->headers[i].value;
    return NULL;
}

/* ---- The head ---- */

static bool read_first_line(struct request *request, char *line)
{
    char *rest = NULL;
    request->method = strtok_r(line, " ", &rest);
    char *target = strtok_r(NULL, " ", &rest);
    const char *version = strtok_r(NULL, " ", &rest);
    if (!version || strncmp(version, "HTTP/1.", 7) != 0 || target[0] != '/')
        return false;
    char *query = strchr(target, '?');
    if (query)
        *query++ = '\0';
    request->path = target;
    request->query = query ? query : "";
    return true;
}

static bool read_header(struct request *request, char *line)
{
    char *colon = strchr(line, ':');
    if (!colon || request->header_count == MOST_HEADERS)
        return false;
    *colon = '\0';
    char *value = colon + 1;
    value += strspn(value, " \t");
    for (char *c = line; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    request->headers[request->header_count++] = (struct header){line, value};
    return true;
}

static bool read_lines(struct request *request)
{
    char *line = request->head.bytes;
    for (bool first = true; *line; first = false) {
        char *end = strstr(line, "\r\n");
        if (!end)
            return false;
        *end = '\0';
        if (end == line)
            return true;
        if (!(first ? read_first_line(request, line)
                    : read_header(request, line)))
            return false;
        line = end + 2;
    }
    return true;
}

static void expect_body(struct request *request)
{
    const char *length = request_header(request, "content-length");
    const char *coding = request_header(request, "transfer-encoding");
    const char *expect = request_header(request, "expect");
    request->expects = expect && !strcasecmp(expect, "100-continue");
    request->phase = HTTP_BODY;
    if (coding && !strcasecmp(coding, "chunked"))
        request->phase = HTTP_CHUNKS;
    else if (coding)
        wrong(request, "a transfer encoding that is not chunked");
    else if (length)
        request->wanted = (size_t)strtoull(length, NULL, 10);
    if (request->wanted > MOST_BODY)
        wrong(request, "the body is too large");
}

static void read_head(struct request *request, struct text *in)
{
    char *end = in->length ? strstr(in->bytes, "\r\n\r\n") : NULL;
    if (!end) {
        if (in->length > MOST_HEAD)
            wrong(request, "the head does not end");
        return;
    }
    size_t length = (size_t)(end - in->bytes) + 4;
    text_add(&request->head, in->bytes, length);
    text_drop(in, length);
    if (!read_lines(request) || !request->method || !request->path)
        wrong(request, "the head is not that of HTTP/1.1");
    else
        expect_body(request);
}

/* ---- The body ---- */

static void read_body(struct request *request, struct text *in)
{
    size_t missing = request->wanted - request->body.length;
    size_t length = in->length < missing ? in->length : missing;
    text_add(&request->body, in->length ? in->bytes : "", length);
    text_drop(in, length);
    if (request->body.length == request->wanted)
        request->phase = HTTP_WHOLE;
}

/* Takes whole chunks only. */
static bool read_chunk(struct request *request, struct text *in)
{
    char *line = in->length ? strstr(in->bytes, "\r\n") : NULL;
    if (!line)
        return false;
    size_t head = (size_t)(line - in->bytes) + 2;
    size_t length = (size_t)strtoull(in->bytes, NULL, 16);
    if (request->body.length + length > MOST_BODY) {
        wrong(request, "the body is too large");
        return false;
    }
    if (in->length < head + length + 2)
        return false;
    text_add(&request->body, in->bytes + head, length);
    text_drop(in, head + length + 2);
    if (!length)
        request->phase = HTTP_WHOLE;
    return length > 0;
}

void request_read(struct request *request, struct text *in)
{
    if (request->phase == HTTP_HEAD)
        read_head(request, in);
    if (request->phase == HTTP_BODY)
        read_body(request, in);
    while (request->phase == HTTP_CHUNKS && read_chunk(request, in))
        continue;
}

void request_free(struct request *request)
{
    text_free(&request->head);
    text_free(&request->body);
    *request = (struct request){.phase = HTTP_HEAD};
}

const char *request_parameter(const struct request *request, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = request->query; at && *at;) {
        if (!strncmp(at, name, length) && at[length] == '=')
            return at + length + 1;
        at = strchr(at, '&');
        at = at ? at + 1 : NULL;
    }
    return NULL;
}

/* ---- Replies ---- */

void reply_free(struct reply *reply)
{
    text_free(&reply->headers);
    text_free(&reply->body);
    *reply = (struct reply){.status = 0};
}

static const char *phrase(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } phrases[] = {{200, "OK"},
                   {400, "Bad Request"},
                   {401, "Unauthorized"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {429, "Too Many Requests"},
                   {500, "Internal Server Error"},
                   {503, "Service Unavailable"}};
    for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Status";
}

static void add_head(struct wire *wire, const struct reply *reply)
{
    time_t now = time(NULL);
    struct tm when;
    gmtime_r(&now, &when);
    char date[64];
    strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &when);
    int64_t length = (int64_t)reply->body.length + wire->padding;
    struct text *out = &wire->bytes;
    text_format(out, "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Type: %s\r\n",
                reply->status, phrase(reply->status), date,
                reply->type ? reply->type : "application/json");
    if (reply->chunked)
        text_puts(out, "Transfer-Encoding: chunked\r\n");
    else
        text_format(out, "Content-Length: %lld\r\n", (long long)length);
    if (reply->close)
        text_puts(out, "Connection: close\r\n");
    if (reply->headers.length)
        text_add(out, reply->headers.bytes, reply->headers.length);
    text_puts(out, "\r\n");
    wire->head = out->length;
}

static void add_piece(const struct wire *wire, struct text *out,
                      const char *bytes, size_t length)
{
    if (wire->chunked && length)
        text_format(out, "%zx\r\n", length);
    text_add(out, bytes, length);
    if (wire->chunked && length)
        text_puts(out, "\r\n");
}

void wire_make(struct wire *wire, const struct reply *reply)
{
    *wire = (struct wire){.chunked = reply->chunked};
    const char *body = reply->body.length ? reply->body.bytes : "";
    size_t length = reply->body.length;
    if (reply->manner == MANNER_LARGE)
        wire->padding = reply->amount;
    add_head(wire, reply);
    if (reply->manner == MANNER_CUT) {
        add_piece(wire, &wire->bytes, body, length / 2);
        return;
    }
    size_t first = wire->padding ? reply->filling : length;
    add_piece(wire, &wire->bytes, body, first);
    struct text *end = wire->padding ? &wire->tail : &wire->bytes;
    add_piece(wire, end, body + first, length - first);
    if (wire->chunked)
        text_puts(end, "0\r\n\r\n");
}

bool wire_next(struct wire *wire)
{
    static char filling[65536];
    text_clear(&wire->bytes);
    if (wire->padding) {
        memset(filling, 'x', sizeof(filling));
        int64_t most = (int64_t)sizeof(filling);
        int64_t length = wire->padding < most ? wire->padding : most;
        add_piece(wire, &wire->bytes, filling, (size_t)length);
        wire->padding -= length;
        return true;
    }
    if (!wire->tail.length)
        return false;
    text_add(&wire->bytes, wire->tail.bytes, wire->tail.length);
    text_clear(&wire->tail);
    return true;
}

void wire_free(struct wire *wire)
{
    text_free(&wire->bytes);
    text_free(&wire->tail);
    *wire = (struct wire){.head = 0};
}
