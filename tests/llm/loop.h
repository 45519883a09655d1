/* The event loop: one thread, many connections, each of which may have to wait
 * without costing anything. */
#ifndef LLM_LOOP_H
#define LLM_LOOP_H

#include "tests/llm/http.h"

/* What the loop asks of the server. */
struct service {
    void *context;
    /* Answers a whole request: called once for each, as soon as it is there.
     * `in_flight` counts it and those that are being answered. */
    void (*answer)(void *context, const struct request *request, int in_flight,
                   struct reply *reply, int64_t *number);
    /* The last byte of the reply went out, or the connection ended before. */
    void (*answered)(void *context, int64_t number, int status, bool whole);
};

struct loop_options {
    const char *port_file;
    const char *tls; /* folder with server.pem and server.key; NULL: plain */
    int64_t seconds; /* after which it ends */
};

/* Listens on 127.0.0.1, says the port, and serves until its time is over or it
 * is told to stop. */
void loop_run(const struct loop_options *options,
              const struct service *service);

#endif
