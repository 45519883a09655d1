/* A transport to a canned server, asked in a line. */
#ifndef DATEBOOK_TESTS_LLM_ASKING_H
#define DATEBOOK_TESTS_LLM_ASKING_H

#include "datebook/transport.h"

#include "datebook/clock.h"
#include "tests/unit/llm/canned_server.h"

#include <check.h>

static struct canned_server server;
static struct arena arena;
static struct endpoint endpoint;
static struct transport_options options;
static struct transport *transport;
static struct http_reply reply;
static struct error err;

/* Far more than anything here takes. */
enum { LONG = 20000 };

static inline void use_base(const char *scheme, int port)
{
    endpoint.base =
        arena_format(&arena, &err, "%s://127.0.0.1:%d", scheme, port);
    endpoint.host = strstr(endpoint.base, "://") + 3;
    endpoint.plain = !strcmp(scheme, "http");
}

static inline void set_up(void)
{
    server = canned_start();
    endpoint = (struct endpoint){.local = true, .provider = PROVIDER_OPENAI};
    use_base("http", server.port);
    options = transport_defaults;
    options.connect_ms = options.first_byte_ms = options.whole_ms = LONG;
}

static inline void tear_down(void)
{
    transport_close(transport);
    transport = NULL;
    canned_stop(&server);
    arena_free(&arena);
}

static inline void open_it(void)
{
    transport = transport_open(&endpoint, &options, &err);
    ck_assert_msg(transport != NULL, "%s", err.message);
}

static inline void send_to(const char *path, const char *body, void *context)
{
    struct transport_call call = {
        .url = arena_format(&arena, &err, "%s%s", endpoint.base, path),
        .body = body,
        .length = body ? strlen(body) : 0,
        .tokens = 10,
        .context = context,
    };

    ck_assert_msg(transport_send(transport, &call, &err), "%s", err.message);
}

/* The context of the next exchange that ends. */
static inline void *await(void)
{
    bool ended = false;
    void *context = NULL;

    ck_assert_msg(
        transport_step(transport, LONG, &ended, &context, &reply, &err), "%s",
        err.message);
    ck_assert(ended);
    return context;
}

static inline void ask(const char *path, const char *body)
{
    if (!transport)
        open_it();
    send_to(path, body, &server);
    ck_assert_ptr_eq(await(), &server);
    ck_assert_int_eq(transport_in_flight(transport), 0);
}

static inline const char *with_host(const char *before, const char *after)
{
    return arena_format(&arena, &err, "%s%s%s", before, endpoint.host, after);
}

#endif
