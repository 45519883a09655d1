/* The only file that sets options of libcurl's easy handles: what is spoken,
 * whom is trusted, where the key goes, and how much of a reply is taken. */
#include "src/llm/exchange.h"

#include "datebook/clock.h"
#include "src/llm/failure.h"
#include "version.h"

#include <sodium.h>
#include <stdlib.h>
#include <strings.h>

enum {
    LARGEST_HEADERS = 256 * 1024, /* libcurl keeps all of them */
    FIRST_REPLY_SIZE = 4096,
    LARGEST_KEY_HEADER = 16 * 1024
};

static char no_expect[] = "Expect:";

/* ---- The key ---- */

/* Moves the text into locked memory and wipes where it was. */
static bool lock_text(struct buf *text, char **locked, struct error *err)
{
    bool ok = buf_ok(text, err);

    *locked = ok && text->length ? sodium_malloc(text->length + 1) : NULL;
    if (*locked)
        memcpy(*locked, text->data, text->length + 1);
    else if (ok && text->length)
        ok = error_memory(err);
    if (text->data)
        sodium_memzero(text->data, text->size);
    buf_free(text);
    return ok;
}

bool exchange_share(struct exchange_common *common,
                    const struct endpoint *endpoint,
                    const struct transport_options *options, struct error *err)
{
    /* Large enough from the start: a buffer that grows leaves a copy of the
     * key behind. */
    struct buf header = {malloc(LARGEST_KEY_HEADER), 0, LARGEST_KEY_HEADER,
                         false};

    *common = (struct exchange_common){
        .host = endpoint->host,
        .ca_file = endpoint->ca_file,
        .plain = endpoint->plain,
        .local = endpoint->local,
        .options = *options,
        .expect = {no_expect, NULL},
    };
    common->headers = &common->expect;
    if (!header.data)
        return error_memory(err);
    endpoint_auth_header(endpoint, &header);
    if (!lock_text(&header, &common->key.data, err))
        return false;
    if (common->key.data) {
        common->key.next = common->headers;
        common->headers = &common->key;
    }
    return true;
}

void exchange_unshare(struct exchange_common *common)
{
    sodium_free(common->key.data); /* wipes it */
    common->key.data = NULL;
}

/* ---- What comes in ---- */

/* Where struct http_reply has a header. */
static const struct {
    const char *name;
    size_t place;
} known_headers[EXCHANGE_HEADERS] = {
    {"location", offsetof(struct http_reply, location)},
    {"retry-after", offsetof(struct http_reply, retry_after)},
    {"retry-after-ms", offsetof(struct http_reply, retry_after_ms)},
    {"x-should-retry", offsetof(struct http_reply, should_retry)},
    {"x-ratelimit-limit-requests", offsetof(struct http_reply, limit_requests)},
    {"x-ratelimit-remaining-requests",
     offsetof(struct http_reply, remaining_requests)},
    {"x-ratelimit-reset-requests", offsetof(struct http_reply, reset_requests)},
    {"x-ratelimit-limit-tokens", offsetof(struct http_reply, limit_tokens)},
    {"x-ratelimit-remaining-tokens",
     offsetof(struct http_reply, remaining_tokens)},
    {"x-ratelimit-reset-tokens", offsetof(struct http_reply, reset_tokens)},
    {"date", offsetof(struct http_reply, date)},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Keeps the value of a header; what is too long is cut. */
static void keep_header(struct exchange *exchange, int which, const char *value,
                        size_t length)
{
    char *kept = exchange->headers[which];

    while (length && is_blank(*value)) {
        value++;
        length--;
    }
    while (length && is_blank(value[length - 1]))
        length--;
    if (length >= EXCHANGE_HEADER_SIZE)
        length = EXCHANGE_HEADER_SIZE - 1;
    memcpy(kept, value, length);
    kept[length] = '\0';
    exchange->has_header[which] = true;
}

static void read_header(struct exchange *exchange, const char *line,
                        size_t length)
{
    const char *colon = memchr(line, ':', length);
    size_t name = colon ? (size_t)(colon - line) : 0;

    for (int i = 0; colon && i < EXCHANGE_HEADERS; i++)
        if (strlen(known_headers[i].name) == name &&
            !strncasecmp(line, known_headers[i].name, name))
            keep_header(exchange, i, colon + 1, length - name - 1);
}

/* Called for each line of the head of a reply, and of one before it such as
 * "100 Continue". */
static size_t take_header(char *line, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;

    exchange->answered = true;
    exchange->header_bytes += length;
    if (exchange->header_bytes > LARGEST_HEADERS) {
        exchange->too_large = true;
        return 0;
    }
    if (length >= 5 && !memcmp(line, "HTTP/", 5))
        memset(exchange->has_header, 0, sizeof exchange->has_header);
    else
        read_header(exchange, line, length);
    return length;
}

/* Makes room for `more` bytes, of which there are never more than the most that
 * is taken. */
static bool reserve(struct exchange *exchange, size_t more)
{
    size_t most = exchange->common->options.most_bytes;
    size_t size = exchange->size ? exchange->size : FIRST_REPLY_SIZE;
    char *reply;

    if (more < exchange->size - exchange->length)
        return true;
    while (size - exchange->length <= more)
        size = size < most / 2 ? size * 2 : most + 1;
    reply = realloc(exchange->reply, size);
    if (!reply)
        return false;
    exchange->reply = reply;
    exchange->size = size;
    return true;
}

/* Called for each piece of the body, unpacked. */
static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    size_t room = exchange->common->options.most_bytes - exchange->length;
    size_t taken = length < room ? length : room;

    if (!reserve(exchange, taken)) {
        exchange->no_memory = true;
        return 0;
    }
    memcpy(exchange->reply + exchange->length, bytes, taken);
    exchange->length += taken;
    exchange->reply[exchange->length] = '\0';
    if (taken == length)
        return length;
    exchange->too_large = true;
    return 0;
}

/* Called when the connection stands and the request is about to be sent.
 * libcurl sends it again by itself when a connection that was used before ends
 * without a byte; but the server may have worked on it, and every call counts:
 * that is left to the caller. */
static int before_request(void *context, char *remote, char *local,
                          int remote_port, int local_port)
{
    struct exchange *exchange = context;

    (void)remote;
    (void)local;
    (void)remote_port;
    (void)local_port;
    if (exchange->requested_at >= 0) {
        exchange->sent_twice = true;
        return CURL_PREREQFUNC_ABORT;
    }
    exchange->requested_at = clock_waiting();
    return CURL_PREREQFUNC_OK;
}

/* ---- Options ---- */

#define SET(option, value) curl_easy_setopt(easy, CURLOPT_##option, value)

static CURLcode set_network(CURL *easy, const struct exchange_common *common)
{
    const struct transport_options *options = &common->options;
    CURLcode code = SET(PROTOCOLS_STR, "http,https");

    /* The key and the prompts would be read by a proxy. */
    if (common->plain || common->local) {
        code = code ? code : SET(PROXY, "");
        code = code ? code : SET(NOPROXY, "*");
    }
    /* What is ours is for the server, not for a proxy on the way. */
    code = code ? code : SET(HEADEROPT, (long)CURLHEADER_SEPARATE);
    code = code ? code : SET(SUPPRESS_CONNECT_HEADERS, 1L);
    code = code ? code : SET(FOLLOWLOCATION, 0L);
    code = code ? code : SET(NETRC, (long)CURL_NETRC_IGNORED);
    /* Over HTTP/2 all that is in flight would share a connection, and be lost
     * with it. */
    code = code ? code : SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    code = code ? code : SET(NOSIGNAL, 1L);
    code = code ? code : SET(QUICK_EXIT, 1L);
    code = code ? code : SET(TCP_KEEPALIVE, 1L);
    code = code ? code : SET(CONNECTTIMEOUT_MS, (long)options->connect_ms);
    return code ? code : SET(TIMEOUT_MS, (long)options->whole_ms);
}

static CURLcode set_trust(CURL *easy, const struct exchange_common *common)
{
    CURLcode code = SET(SSL_VERIFYPEER, 1L);

    code = code ? code : SET(SSL_VERIFYHOST, 2L);
    code = code ? code : SET(SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (common->ca_file) {
        /* Nobody else is trusted then. */
        code = code ? code : SET(CAINFO, common->ca_file);
        code = code ? code : SET(CAPATH, NULL);
    }
    return code;
}

static CURLcode set_callbacks(CURL *easy, struct exchange *exchange)
{
    CURLcode code = SET(ERRORBUFFER, exchange->curl_says);

    code = code ? code : SET(PRIVATE, exchange);
    code = code ? code : SET(HEADERFUNCTION, take_header);
    code = code ? code : SET(HEADERDATA, exchange);
    code = code ? code : SET(WRITEFUNCTION, take_body);
    code = code ? code : SET(WRITEDATA, exchange);
    code = code ? code : SET(PREREQFUNCTION, before_request);
    code = code ? code : SET(PREREQDATA, exchange);
    code = code ? code : SET(ACCEPT_ENCODING, "");
    return code ? code : SET(USERAGENT, "datebook/" DATEBOOK_VERSION);
}

static bool check(CURLcode code, struct error *err)
{
    if (code == CURLE_OK)
        return true;
    if (code == CURLE_OUT_OF_MEMORY)
        return error_memory(err);
    return error_set(err, ERROR_BUG, "libcurl: %s", curl_easy_strerror(code));
}

struct exchange *exchange_new(const struct exchange_common *common,
                              struct error *err)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    CURLcode code;

    if (!exchange) {
        error_memory(err);
        return NULL;
    }
    exchange->common = common;
    exchange->easy = curl_easy_init();
    code = exchange->easy ? CURLE_OK : CURLE_OUT_OF_MEMORY;
    code = code ? code : set_network(exchange->easy, common);
    code = code ? code : set_trust(exchange->easy, common);
    code = code ? code : set_callbacks(exchange->easy, exchange);
    if (check(code, err))
        return exchange;
    exchange_free(exchange);
    return NULL;
}

void exchange_free(struct exchange *exchange)
{
    if (!exchange)
        return;
    curl_easy_cleanup(exchange->easy);
    exchange_clear(exchange);
    free(exchange);
}

void exchange_clear(struct exchange *exchange)
{
    free(exchange->body);
    free(exchange->content_type);
    free(exchange->reply);
    exchange->body = exchange->content_type = exchange->reply = NULL;
    exchange->length = exchange->size = exchange->header_bytes = 0;
    exchange->answered = exchange->no_memory = exchange->too_large = false;
    exchange->sent_twice = false;
    exchange->requested_at = -1;
    exchange->curl_says[0] = exchange->failure[0] = '\0';
    memset(exchange->has_header, 0, sizeof exchange->has_header);
}

/* ---- One call ---- */

/* What is posted; the texts are the exchange's own. */
static bool copy_body(struct exchange *exchange,
                      const struct transport_call *call, struct error *err)
{
    const char *type =
        call->content_type ? call->content_type : "application/json";

    exchange->body = malloc(call->length + 1);
    if (!exchange->body ||
        asprintf(&exchange->content_type, "Content-Type: %s", type) < 0) {
        exchange->content_type = NULL;
        return error_memory(err);
    }
    memcpy(exchange->body, call->body, call->length);
    exchange->type.data = exchange->content_type;
    exchange->type.next = exchange->common->headers;
    return true;
}

bool exchange_set(struct exchange *exchange, const struct transport_call *call,
                  struct error *err)
{
    CURL *easy = exchange->easy;
    CURLcode code = SET(URL, call->url);

    exchange_clear(exchange);
    exchange->context = call->context;
    if (!call->body) {
        code = code ? code : SET(HTTPGET, 1L);
        code = code ? code : SET(HTTPHEADER, exchange->common->headers);
        return check(code, err);
    }
    if (!copy_body(exchange, call, err))
        return false;
    code = code ? code : SET(POST, 1L);
    code = code ? code : SET(POSTFIELDSIZE_LARGE, (curl_off_t)call->length);
    code = code ? code : SET(POSTFIELDS, exchange->body);
    code = code ? code : SET(HTTPHEADER, &exchange->type);
    return check(code, err);
}

int64_t exchange_deadline(const struct exchange *exchange)
{
    if (exchange->requested_at < 0 || exchange->answered)
        return INT64_MAX;
    return exchange->requested_at + exchange->common->options.first_byte_ms;
}

/* ---- What came of it ---- */

static void fill_reply(struct exchange *exchange, struct http_reply *reply)
{
    *reply = (struct http_reply){.too_large = exchange->too_large,
                                 .sent = exchange->requested_at >= 0};
    for (int i = 0; i < EXCHANGE_HEADERS; i++)
        if (exchange->has_header[i]) {
            const char *value = exchange->headers[i];
            memcpy((char *)reply + known_headers[i].place, &value,
                   sizeof value);
        }
}

bool exchange_end(struct exchange *exchange, CURLcode result,
                  struct http_reply *reply, struct error *err)
{
    long status = 0;

    if (result == CURLE_OUT_OF_MEMORY || exchange->no_memory)
        return error_memory(err);
    fill_reply(exchange, reply);
    if (result == CURLE_OK || exchange->too_large) {
        curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
        reply->status = (int)status;
        reply->body = exchange->reply ? exchange->reply : "";
        reply->length = exchange->length;
        return true;
    }
    reply->timed_out = result == CURLE_OPERATION_TIMEDOUT;
    reply->fatal = failure_is_final(exchange, result);
    failure_say(exchange, result);
    reply->failure = exchange->failure;
    return true;
}

void exchange_expire(struct exchange *exchange, struct http_reply *reply)
{
    fill_reply(exchange, reply);
    reply->timed_out = true;
    failure_say_overdue(exchange);
    reply->failure = exchange->failure;
}
