/* Collecting: the work at hand, and the calls in it. */
#ifndef DATEBOOK_DATASET_WRITING_COLLECT_H
#define DATEBOOK_DATASET_WRITING_COLLECT_H

#include "writing_internal.h"

/* One request on its way, or waiting for its next try. */
struct call {
    bool used;
    bool in_flight;
    int64_t request;
    int tries;   /* that failed */
    int limited; /* that met a rate limit */
    int adapted;
    int64_t due;    /* of the next try, by clock_waiting() */
    int64_t tokens; /* at most, for the budget */
    size_t texts;   /* that it asks for */
    int64_t cost;
    struct chat_traits traits; /* that it was sent with */
};

enum { TROUBLE_SIZE = 1024 /* 300 characters and more */ };

struct collecting {
    struct store *store;
    const struct writing_job *job;
    const struct endpoint *endpoint;
    const struct writing_limits *limits;
    const struct price *price;
    struct transport *transport;
    struct judge *judge;
    struct writing_result *result;
    struct arena *arena;  /* of what the result says */
    struct arena scratch; /* of the exchange at hand */
    struct buf body;
    struct chat_traits traits;
    const char *url;
    struct call *calls;
    int call_count;   /* places */
    bool any_waiting; /* requests may wait in the journal */
    bool held;        /* nothing new is sent before an exchange has ended */
    bool any_answer;  /* the endpoint answered something sensible */
    int rejected_in_a_row;
    int failed_in_a_row;
    int64_t limited_since; /* by clock_waiting(); 0: it did not begin so */
    int64_t lost_tokens;   /* that nobody told of, and may have to be paid */
    int64_t lost_cost;
    char trouble[TROUBLE_SIZE]; /* for the progress; "" */
    const char *failure;        /* of the request that was given up last */
    bool stopping;              /* nothing more is sent */
    int64_t stop_at; /* nothing more is waited for, by clock_waiting() */
};

/* Ends the work, for the first reason that there is. */
bool collect_stop(struct collecting *work, enum writing_end end,
                  const char *why, const char *hint, struct error *err) CHECKED;

/* Sends what is due and what waits, as far as there is room. */
bool collect_send(struct collecting *work, struct error *err) CHECKED;

/* Waits a little for exchanges to end and takes what came. */
bool collect_receive(struct collecting *work, struct error *err) CHECKED;

#endif
