/* Chat completions: what is asked of a model, and what its reply means.
 *
 * Pure: a request becomes the text of a body, a reply an outcome.  The shapes
 * are those of OpenAI's API reference (chat/completions) and what Azure OpenAI,
 * vLLM, llama.cpp and Ollama make of it. */
#ifndef DATEBOOK_CHAT_H
#define DATEBOOK_CHAT_H

#include "datebook/arena.h"
#include "datebook/buf.h"

#include <stdint.h>

/* ---- Asking ---- */

/* How the form of the reply is asked for, from the strictest on. */
enum chat_form { CHAT_SCHEMA, CHAT_JSON, CHAT_PLAIN, CHAT_FORMS };
/* The name of the limit of tokens.  The last is max_completion_tokens too, of a
 * service that was asked with max_tokens and told us so: when that is refused
 * as well there is no other name left to try. */
enum chat_limit {
    CHAT_MAX_COMPLETION_TOKENS,
    CHAT_MAX_TOKENS,
    CHAT_NO_LIMIT,
    CHAT_TOLD_COMPLETION_TOKENS,
    CHAT_LIMITS
};

/* What an endpoint and model understand. */
struct chat_traits {
    enum chat_form form;
    enum chat_limit limit;
    bool temperature;
    bool seed;
};

/* What is tried first: schema, max_completion_tokens, temperature and seed. */
extern const struct chat_traits chat_first_traits;

struct chat_message {
    const char *role; /* "system", "user", "assistant" */
    const char *content;
};

struct chat_request {
    const char *model; /* NULL leaves it out (Azure's older URL names it) */
    const struct chat_message *messages;
    size_t message_count;
    const char *schema_name; /* [A-Za-z0-9_-]{1,64} */
    const char *schema;      /* JSON; NULL: none is asked for */
    int64_t most_tokens;     /* of the reply; 0: leave it out */
    int temperature;         /* in hundredths; negative: leave it out */
    int64_t seed;            /* negative: leave it out */
};

/* Adds the body, one line of JSON. */
void chat_write(struct buf *body, const struct chat_request *request,
                const struct chat_traits *traits);

/* About how many tokens a text has: a token for each four bytes of ASCII, one
 * for each character beyond, rounded up.  For estimates and rate caps only. */
int64_t chat_count_tokens(const char *text, size_t length);

/* ---- Being answered ---- */

/* What a transfer gave. */
struct http_reply {
    int status;          /* 0: no reply; `failure` says why */
    const char *failure; /* also of a reply that was cut; NULL: none */
    bool fatal;     /* trying again would not help: a certificate or its host
                       name is not right; `failure` says what */
    bool sent;      /* the request had gone out: who answers may have to be
                       paid, reply or not */
    bool timed_out; /* before all of the reply was there */
    bool too_large; /* more than the caller takes; the body was cut */
    const char *body;
    size_t length;
    const char *location; /* of a redirect; NULL */
    /* Headers; NULL where there was none. */
    const char *retry_after;
    const char *retry_after_ms;
    const char *should_retry; /* x-should-retry */
    const char *limit_requests, *remaining_requests, *reset_requests;
    const char *limit_tokens, *remaining_tokens, *reset_tokens;
    const char *date;
};

enum chat_outcome {
    CHAT_ANSWERED,  /* finished; `content` is all of it */
    CHAT_TRUNCATED, /* finish_reason length */
    CHAT_REFUSED,   /* by the model, or by a content filter */
    CHAT_RETRY,     /* rate limit, overload, time-out, network */
    CHAT_ADAPT,     /* send once more with `traits` */
    CHAT_REJECTED,  /* this request will never do */
    CHAT_FATAL      /* nothing will: key, quota, model, redirect */
};

const char *chat_outcome_name(enum chat_outcome outcome);

struct chat_usage {
    bool known;
    int64_t prompt;
    int64_t completion; /* hidden reasoning included */
    int64_t cached;     /* of prompt */
    int64_t reasoning;  /* of completion */
};

struct chat_reply {
    enum chat_outcome outcome;
    bool limited; /* CHAT_RETRY for a rate limit or overload: go slower */
    const char *content; /* NULL when there is none, never with an answer */
    const char *reason;  /* why not answered, in words: one line of at most 300
                            characters, safe for a terminal; NULL */
    const char *hint;    /* what to do about CHAT_FATAL; NULL */
    int64_t wait;        /* of CHAT_RETRY: chat_wait; -1: none */
    struct chat_traits traits; /* of CHAT_ADAPT */
    struct chat_usage usage;
    const char *model; /* that answered, as the reply names it; NULL */
    const char *id;    /* of the reply; NULL */
};

/* Reads a reply.  Never fails for what a server sent: only for want of memory.
 * `now` is the time in seconds since 1970 for a Retry-After that is a date; the
 * reply's own Date header is taken before it.  Texts are in the arena.
 *
 * CHAT_ADAPT always gives other traits than it got, and none that were tried on
 * the way to them: a request that is sent again as told ends after at most
 * seven times.  x-should-retry says of 408, 409, 429 and 5xx whether they are
 * tried again, and "true" makes a rejected request one to try again. */
bool chat_read(struct arena *arena, const struct http_reply *reply,
               const struct chat_traits *traits, int64_t now,
               struct chat_reply *result, struct error *err) CHECKED;

/* The same of the body that a batch file has: no headers. */
bool chat_read_body(struct arena *arena, int status, const char *body,
                    size_t length, const struct chat_traits *traits,
                    struct chat_reply *result, struct error *err) CHECKED;

/* The wait that headers ask for in milliseconds, -1 for none: retry-after-ms,
 * else Retry-After as seconds (a fraction is fine) or HTTP date (RFC 9110,
 * 5.6.7, all three forms), else x-ratelimit-reset-* of what has nothing
 * remaining, the longer; at most an hour. */
int64_t chat_wait(const struct http_reply *reply, int64_t now);

/* A duration of x-ratelimit-reset-*: "1s", "6m0s", "20ms", "1h2m", "7.66s" or
 * plain seconds, in milliseconds rounded up; -1 for anything else, such as a
 * time stamp. */
int64_t chat_duration(const char *text);

#endif
