/* How fast requests go out: how many are in flight, shared pauses, caps a
 * minute, and when what failed is sent again.
 *
 * Pure: every function that depends on the time takes `now`, in milliseconds
 * since some moment, which never goes back. */
#ifndef DATEBOOK_LLM_PACING_H
#define DATEBOOK_LLM_PACING_H

#include "datebook/random.h"

/* A token bucket, counted in 60,000ths of what it caps, so that what comes back
 * in a millisecond is a whole number. */
struct pacing_bucket {
    int64_t refill; /* that comes back in a minute; 0: no cap */
    int64_t most;   /* that it holds, in 60,000ths */
    int64_t level;  /* in 60,000ths; below 0 after a call that was larger */
    int64_t at;     /* when it held that */
};

struct pacing {
    int concurrency; /* at most in flight */
    int allowed;     /* in flight at the moment */
    int good;        /* replies since `allowed` last grew by one */
    bool slow_start; /* nothing was too much yet */
    int64_t sent;    /* exchanges begun; the number of the latest */
    int64_t halved;  /* the number of the latest when `allowed` was halved */
    int strikes;     /* rounds that were too much in a row */
    int64_t paused_until;
    int spread_left;    /* sends after a pause that are still kept apart */
    int64_t spread_gap; /* milliseconds between them, on average */
    int64_t next_send;  /* of those */
    int64_t typical;    /* tokens of the latest call */
    struct pacing_bucket requests;
    struct pacing_bucket tokens;
    struct random random;
};

/* A cap of 0 is none. */
void pacing_start(struct pacing *pacing, int concurrency, int64_t rpm,
                  int64_t tpm, uint64_t seed, int64_t now);

/* How many more may be sent now. */
int pacing_room(const struct pacing *pacing, int64_t now, int in_flight);

/* Milliseconds until there is more room than now; -1 when time alone does not
 * make any. */
int64_t pacing_until_room(const struct pacing *pacing, int64_t now,
                          int in_flight);

/* Milliseconds that are left of a pause; 0 without one. */
int64_t pacing_pause_left(const struct pacing *pacing, int64_t now);

/* Counts a call of about so many tokens, whether or not there was room, and
 * gives its number, 1 for the first. */
int64_t pacing_send(struct pacing *pacing, int64_t now, int64_t tokens);

/* The exchange of that number was answered well. */
void pacing_good(struct pacing *pacing, int64_t number);

/* It was too much for the server, which asks for so many milliseconds of peace;
 * -1: it does not say. */
void pacing_limited(struct pacing *pacing, int64_t now, int64_t number,
                    int64_t wait);

/* The server said how long it takes until it has anything left. */
void pacing_exhausted(struct pacing *pacing, int64_t now, int64_t reset);

/* See transport_backoff(). */
int64_t pacing_backoff(struct pacing *pacing, int tries, int64_t wait);

#endif
