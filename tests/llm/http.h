/* HTTP/1.1 as a server needs it: requests out of bytes, replies into bytes. */
#ifndef LLM_HTTP_H
#define LLM_HTTP_H

#include "tests/llm/text.h"

enum { MOST_HEADERS = 64, MOST_HEAD = 65536 };
#define MOST_BODY ((size_t)256 << 20)

struct header {
    char *name; /* in lower case */
    char *value;
};

enum http_phase { HTTP_HEAD, HTTP_BODY, HTTP_CHUNKS, HTTP_WHOLE, HTTP_WRONG };

/* Zeroed before the first byte of a request. */
struct request {
    enum http_phase phase;
    const char *wrong; /* why HTTP_WRONG */
    bool expects;      /* wants to hear "100 Continue" first; taken once */
    struct text head;  /* what the pointers below point into */
    const char *method;
    const char *path;  /* without the query */
    const char *query; /* "" when there is none */
    struct header headers[MOST_HEADERS];
    size_t header_count;
    size_t wanted; /* bytes of the body */
    struct text body;
};

/* Takes bytes from `in` as far as they belong to this request. */
void request_read(struct request *request, struct text *in);
void request_free(struct request *request);
/* NULL when there is none; the name in lower case. */
const char *request_header(const struct request *request, const char *name);
/* The value of a parameter of the query, up to the next "&"; NULL when there is
 * none. */
const char *request_parameter(const struct request *request, const char *name);

enum manner {
    MANNER_WHOLE,
    MANNER_LARGE, /* `amount` bytes of filling at `filling` of the body */
    MANNER_SLOW,  /* `amount` bytes of the body a second */
    MANNER_STALL, /* not a byte */
    MANNER_CUT,   /* half of the body, then the connection ends */
    MANNER_DROP   /* the connection ends at once */
};

struct reply {
    int status;
    enum manner manner;
    int64_t amount;
    int64_t delay; /* milliseconds before the first byte */
    bool chunked;
    bool close;
    const char *type; /* NULL: application/json */
    struct text headers;
    struct text body;
    size_t filling;
};

void reply_free(struct reply *reply);

/* What goes over the wire: `bytes`, then `padding` times "x", then `tail`. */
struct wire {
    struct text bytes;
    size_t head; /* bytes before the body */
    int64_t padding;
    bool chunked;
    struct text tail;
};

void wire_make(struct wire *wire, const struct reply *reply);
/* Puts the next piece into `bytes` when those are out; false when there is
 * none. */
bool wire_next(struct wire *wire);
void wire_free(struct wire *wire);

#endif
