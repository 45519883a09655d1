/* The exchanges in flight: who is sent, who has ended, and who waits for what.
 * How fast is up to pacing.c, what goes over the wire to exchange.c. */
#include "datebook/transport.h"

#include "datebook/clock.h"
#include "src/llm/exchange.h"
#include "src/llm/pacing.h"
#include "src/llm/wiped_memory.h"

#include <limits.h>
#include <stdlib.h>

enum { MOST_CONCURRENCY = 1024 };

const struct transport_options transport_defaults = {
    .concurrency = 16,
    .connect_ms = 10000,
    .first_byte_ms = 120000,
    .whole_ms = 600000,
    .most_bytes = (size_t)8 * 1024 * 1024,
};

struct transport {
    const struct endpoint *endpoint;
    struct exchange_common common;
    struct pacing pacing;
    CURLM *multi;
    struct exchange *running; /* the latest first */
    int in_flight;
    struct exchange *idle;
    struct exchange *ended; /* whose reply the caller reads */
};

static bool check(CURLMcode code, struct error *err)
{
    if (code == CURLM_OK)
        return true;
    if (code == CURLM_OUT_OF_MEMORY)
        return error_memory(err);
    return error_set(err, ERROR_BUG, "libcurl: %s", curl_multi_strerror(code));
}

/* ---- Opening and closing ---- */

static bool check_options(const struct transport_options *options,
                          struct error *err)
{
    if (options->concurrency < 1 || options->concurrency > MOST_CONCURRENCY)
        return error_set(err, ERROR_USAGE,
                         "the number of requests in flight is 1 to %d, not %d",
                         MOST_CONCURRENCY, options->concurrency);
    if (options->connect_ms < 1 || options->first_byte_ms < 1 ||
        options->whole_ms < 1 || options->whole_ms > INT_MAX ||
        options->connect_ms > INT_MAX || options->first_byte_ms > INT_MAX)
        return error_set(err, ERROR_USAGE, "a time-out is 1 to %d milliseconds",
                         INT_MAX);
    return true;
}

static bool open_multi(struct transport *transport, struct error *err)
{
    CURLMcode code;

    transport->multi = curl_multi_init();
    if (!transport->multi)
        return error_memory(err);
    code = curl_multi_setopt(transport->multi, CURLMOPT_MAXCONNECTS,
                             (long)transport->common.options.concurrency);
    return check(code, err);
}

struct transport *transport_open(const struct endpoint *endpoint,
                                 const struct transport_options *options,
                                 struct error *err)
{
    struct transport *transport;

    if (!check_options(options, err))
        return NULL;
    if (sodium_init() < 0 || wiped_memory_start()) {
        error_set(err, ERROR_BUG, "cannot start the libraries for networks");
        return NULL;
    }
    transport = calloc(1, sizeof *transport);
    if (!transport) {
        curl_global_cleanup();
        error_memory(err);
        return NULL;
    }
    transport->endpoint = endpoint;
    pacing_start(&transport->pacing, options->concurrency, options->rpm,
                 options->tpm, options->seed, clock_waiting());
    if (exchange_share(&transport->common, endpoint, options, err) &&
        open_multi(transport, err))
        return transport;
    transport_close(transport);
    return NULL;
}

static void free_all(struct exchange *exchange)
{
    while (exchange) {
        struct exchange *next = exchange->next;
        exchange_free(exchange);
        exchange = next;
    }
}

void transport_close(struct transport *transport)
{
    if (!transport)
        return;
    for (struct exchange *at = transport->running; at; at = at->next)
        curl_multi_remove_handle(transport->multi, at->easy);
    free_all(transport->running);
    free_all(transport->idle);
    free_all(transport->ended);
    curl_multi_cleanup(transport->multi);
    exchange_unshare(&transport->common);
    free(transport);
    curl_global_cleanup();
}

/* ---- Sending ---- */

/* How long "https://host:port" is in a URL. */
static size_t origin_length(const char *url)
{
    const char *colon = strstr(url, "://");

    return colon ? (size_t)(colon - url) + 3 + strcspn(colon + 3, "/?#") : 0;
}

/* The key goes to the endpoint, and nowhere else. */
static bool check_url(const struct transport *transport, const char *url,
                      struct error *err)
{
    const char *base = transport->endpoint->base;
    size_t length = origin_length(base);

    if (length && origin_length(url) == length && !strncmp(url, base, length))
        return true;
    return error_set(err, ERROR_BUG,
                     "a request is about to leave for another host than %s",
                     transport->endpoint->host);
}

static struct exchange *take_idle(struct transport *transport,
                                  struct error *err)
{
    struct exchange *exchange = transport->idle;

    if (!exchange)
        return exchange_new(&transport->common, err);
    transport->idle = exchange->next;
    return exchange;
}

static void make_idle(struct transport *transport, struct exchange *exchange)
{
    exchange_clear(exchange);
    exchange->previous = NULL;
    exchange->next = transport->idle;
    transport->idle = exchange;
}

static void link_running(struct transport *transport, struct exchange *exchange)
{
    exchange->previous = NULL;
    exchange->next = transport->running;
    if (exchange->next)
        exchange->next->previous = exchange;
    transport->running = exchange;
    transport->in_flight++;
}

static void unlink_running(struct transport *transport,
                           struct exchange *exchange)
{
    if (exchange->previous)
        exchange->previous->next = exchange->next;
    else
        transport->running = exchange->next;
    if (exchange->next)
        exchange->next->previous = exchange->previous;
    exchange->previous = exchange->next = NULL;
    transport->in_flight--;
}

bool transport_send(struct transport *transport,
                    const struct transport_call *call, struct error *err)
{
    struct exchange *exchange;

    if (!check_url(transport, call->url, err))
        return false;
    exchange = take_idle(transport, err);
    if (!exchange)
        return false;
    if (!exchange_set(exchange, call, err) ||
        !check(curl_multi_add_handle(transport->multi, exchange->easy), err)) {
        make_idle(transport, exchange);
        return false;
    }
    link_running(transport, exchange);
    exchange->number =
        pacing_send(&transport->pacing, clock_waiting(), call->tokens);
    return true;
}

/* ---- Receiving ---- */

/* Takes an exchange out of what runs; its reply is the caller's until the next
 * step. */
static bool end(struct transport *transport, struct exchange *exchange,
                struct error *err)
{
    unlink_running(transport, exchange);
    transport->ended = exchange;
    return check(curl_multi_remove_handle(transport->multi, exchange->easy),
                 err);
}

/* The exchange whose reply is due first; NULL when none is waited for. */
static struct exchange *first_due(const struct transport *transport)
{
    struct exchange *first = NULL;
    int64_t deadline = INT64_MAX;

    for (struct exchange *at = transport->running; at; at = at->next)
        if (exchange_deadline(at) < deadline) {
            deadline = exchange_deadline(at);
            first = at;
        }
    return first;
}

/* An exchange that libcurl is done with. */
static bool end_done(struct transport *transport, bool *ended,
                     struct http_reply *reply, struct error *err)
{
    int more;
    CURLMsg *message = curl_multi_info_read(transport->multi, &more);
    struct exchange *exchange = NULL;
    CURLcode result;

    if (!message)
        return true;
    result = message->data.result; /* gone once the handle is removed */
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
    *ended = true;
    return end(transport, exchange, err) &&
           exchange_end(exchange, result, reply, err);
}

/* Works without waiting, and takes one exchange that has ended. */
static bool work(struct transport *transport, bool *ended,
                 struct http_reply *reply, struct error *err)
{
    struct exchange *due;
    int running;

    if (!check(curl_multi_perform(transport->multi, &running), err) ||
        !end_done(transport, ended, reply, err))
        return false;
    due = *ended ? NULL : first_due(transport);
    if (!due || exchange_deadline(due) > clock_waiting())
        return true;
    *ended = true;
    exchange_expire(due, reply);
    return end(transport, due, err);
}

/* Until when a step waits at most: the caller's time, the first byte of a
 * reply that is due, or room where there is none. */
static int64_t wait_until(const struct transport *transport, int64_t now,
                          int64_t deadline)
{
    const struct exchange *due = first_due(transport);
    int64_t room = -1;

    if (due && exchange_deadline(due) < deadline)
        deadline = exchange_deadline(due);
    if (!pacing_room(&transport->pacing, now, transport->in_flight))
        room = pacing_until_room(&transport->pacing, now, transport->in_flight);
    if (room >= 0 && now + room < deadline)
        deadline = now + room;
    return deadline;
}

static bool wait_for_more(struct transport *transport, int64_t now,
                          int64_t deadline, struct error *err)
{
    int64_t left = wait_until(transport, now, deadline) - now;

    if (left < 0)
        left = 0;
    if (left > INT_MAX)
        left = INT_MAX;
    return check(curl_multi_poll(transport->multi, NULL, 0, (int)left, NULL),
                 err);
}

bool transport_step(struct transport *transport, int64_t milliseconds,
                    bool *ended, void **context, struct http_reply *reply,
                    struct error *err)
{
    int64_t now = clock_waiting();
    int64_t deadline =
        milliseconds < INT_MAX ? now + milliseconds : now + INT_MAX;
    bool had_room = pacing_room(&transport->pacing, now, transport->in_flight);

    *ended = false;
    if (transport->ended)
        make_idle(transport, transport->ended);
    transport->ended = NULL;
    for (;;) {
        if (!work(transport, ended, reply, err))
            return false;
        if (*ended) {
            *context = transport->ended->context;
            return true;
        }
        now = clock_waiting();
        if (now >= deadline ||
            (!had_room &&
             pacing_room(&transport->pacing, now, transport->in_flight)))
            return true;
        if (!wait_for_more(transport, now, deadline, err))
            return false;
    }
}

/* ---- Pace ---- */

int transport_room(struct transport *transport)
{
    return pacing_room(&transport->pacing, clock_waiting(),
                       transport->in_flight);
}

int transport_in_flight(const struct transport *transport)
{
    return transport->in_flight;
}

int64_t transport_until_room(const struct transport *transport)
{
    return pacing_until_room(&transport->pacing, clock_waiting(),
                             transport->in_flight);
}

int64_t transport_backoff(struct transport *transport, int tries, int64_t wait)
{
    return pacing_backoff(&transport->pacing, tries, wait);
}

/* Nothing remains until it is reset. */
static void learn_budget(struct transport *transport, int64_t now,
                         const char *remaining, const char *reset)
{
    if (remaining && reset && !strcmp(remaining, "0"))
        pacing_exhausted(&transport->pacing, now, chat_duration(reset));
}

void transport_learn(struct transport *transport,
                     const struct http_reply *reply, bool limited, int64_t wait)
{
    int64_t now = clock_waiting();
    int64_t number = transport->ended ? transport->ended->number : 0;

    if (limited)
        pacing_limited(&transport->pacing, now, number, wait);
    else if (reply->status >= 200 && reply->status < 300)
        pacing_good(&transport->pacing, number);
    learn_budget(transport, now, reply->remaining_requests,
                 reply->reset_requests);
    learn_budget(transport, now, reply->remaining_tokens, reply->reset_tokens);
}

void transport_state(const struct transport *transport,
                     struct transport_state *state)
{
    *state = (struct transport_state){
        .in_flight = transport->in_flight,
        .allowed = transport->pacing.allowed,
        .pause_ms = pacing_pause_left(&transport->pacing, clock_waiting()),
        .sent = transport->pacing.sent,
    };
}
