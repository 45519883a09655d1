/* One request and its reply, on one of libcurl's easy handles, which is used
 * again for the next. */
#ifndef DATEBOOK_LLM_EXCHANGE_H
#define DATEBOOK_LLM_EXCHANGE_H

#include "datebook/transport.h"

#include <curl/curl.h>

enum { EXCHANGE_HEADERS = 11, EXCHANGE_HEADER_SIZE = 256 };

/* What all exchanges with an endpoint share. */
struct exchange_common {
    const char *host; /* for messages */
    const char *ca_file;
    bool plain;
    bool local;
    struct transport_options options;
    /* That every request has; the key's text is in memory of libsodium, locked
     * and left out of core files, which libcurl reads in place. */
    struct curl_slist expect;
    struct curl_slist key;
    struct curl_slist *headers;
};

struct exchange {
    const struct exchange_common *common;
    CURL *easy;
    struct exchange *previous, *next; /* in a list of the transport's */
    void *context;
    int64_t number;       /* see pacing_send() */
    int64_t requested_at; /* when the connection stood; -1: not yet */

    /* The request. */
    char *body;
    char *content_type;
    struct curl_slist type;

    /* The reply. */
    bool answered; /* its first byte is here */
    bool no_memory;
    bool sent_twice; /* libcurl was about to do so */
    bool too_large;
    size_t header_bytes;
    char *reply;
    size_t length;
    size_t size;
    bool has_header[EXCHANGE_HEADERS];
    char headers[EXCHANGE_HEADERS][EXCHANGE_HEADER_SIZE];
    char curl_says[CURL_ERROR_SIZE];
    char failure[CURL_ERROR_SIZE + 320];
};

/* Keeps pointers into the endpoint. */
bool exchange_share(struct exchange_common *common,
                    const struct endpoint *endpoint,
                    const struct transport_options *options,
                    struct error *err) CHECKED;
void exchange_unshare(struct exchange_common *common);

struct exchange *exchange_new(const struct exchange_common *common,
                              struct error *err) CHECKED;
void exchange_free(struct exchange *exchange); /* NULL is fine */

/* Readies the handle for a call. */
bool exchange_set(struct exchange *exchange, const struct transport_call *call,
                  struct error *err) CHECKED;

/* When the first byte of the reply is overdue, by clock_waiting(); INT64_MAX
 * when nothing is waited for. */
int64_t exchange_deadline(const struct exchange *exchange);

/* What came of it; false only for want of memory.  The reply points into the
 * exchange. */
bool exchange_end(struct exchange *exchange, CURLcode result,
                  struct http_reply *reply, struct error *err) CHECKED;
/* The same when the first byte is overdue. */
void exchange_expire(struct exchange *exchange, struct http_reply *reply);

/* Frees what one call held. */
void exchange_clear(struct exchange *exchange);

#endif
