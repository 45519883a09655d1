/* Many requests at a time to one endpoint, at the rate that it allows.
 *
 * One thread and libcurl's multi interface.  How many are in flight starts at
 * four and doubles with each round of good replies until the server says that
 * it is too much; then it is halved, and grows by one a round.  What the server
 * says of waiting holds for all of them.  TLS is checked, redirects are not
 * followed, nothing but http and https is spoken, and a call is sent once:
 * trying again is up to the caller. */
#ifndef DATEBOOK_TRANSPORT_H
#define DATEBOOK_TRANSPORT_H

#include "datebook/chat.h"
#include "datebook/endpoint.h"

struct transport_options {
    int concurrency;       /* at most, 1 … 1024 */
    int64_t rpm;           /* requests a minute; 0: no cap */
    int64_t tpm;           /* tokens a minute, by estimate; 0: no cap */
    int64_t connect_ms;    /* until the connection stands */
    int64_t first_byte_ms; /* from sending to the first byte of the reply */
    int64_t whole_ms;      /* for all of one exchange */
    size_t most_bytes;     /* of a reply; more is cut off and too_large */
    uint64_t seed;         /* of the jitter */
};

/* 16 in flight, no caps, 10 s, 120 s, 600 s, 8 MiB. */
extern const struct transport_options transport_defaults;

struct transport;

/* ERROR_USAGE for options out of range.  The endpoint must live as long as the
 * transport; its key is read here and once. */
struct transport *transport_open(const struct endpoint *endpoint,
                                 const struct transport_options *options,
                                 struct error *err) CHECKED;
/* Gives up what is in flight; NULL is fine. */
void transport_close(struct transport *transport);

/* What is to be sent: POST with a JSON body unless said otherwise. */
struct transport_call {
    const char *url;  /* of the endpoint's host; ERROR_BUG for another */
    const char *body; /* copied; NULL: GET */
    size_t length;
    const char *content_type; /* NULL: application/json */
    int64_t tokens;           /* about, of the request and its reply */
    void *context;            /* given back */
};

/* How many more calls may be handed over now: 0 while a pause lasts, a cap is
 * reached, or enough is in flight.  After a pause it is one at a time for a
 * round.  To be asked again after each call, for it depends on their size. */
int transport_room(struct transport *transport);
int transport_in_flight(const struct transport *transport);

/* Sends a call at once, room or not; what had none makes later ones wait. */
bool transport_send(struct transport *transport,
                    const struct transport_call *call,
                    struct error *err) CHECKED;

/* Waits up to `milliseconds` for an exchange to end, or for room where there
 * was none, and says whether one has ended; then `context` and `reply` are set,
 * and `reply` is valid until the next step.  Asked again at once for the next
 * one: with 0 it does not wait.  A reply that was cut in the middle, or did not
 * come in time, has status 0; one that is too large has its status and its
 * first bytes.  False only when the program fails, not the network. */
bool transport_step(struct transport *transport, int64_t milliseconds,
                    bool *ended, void **context, struct http_reply *reply,
                    struct error *err) CHECKED;

/* What the reply of an ended exchange meant for the pace: good, or too much
 * (`limited`), with the wait that the server asked for (-1: none).  To be told
 * of every ended exchange before the next step.  Where the server did not say
 * how long, all pause for about a second, twice as long for each further round
 * that is too much.  A budget of x-ratelimit-* that is used up makes them pause
 * until it is reset, but no longer than a minute. */
void transport_learn(struct transport *transport,
                     const struct http_reply *reply, bool limited,
                     int64_t wait);

/* When a call that has failed `tries` times, 1 for the first, may be sent
 * again: milliseconds from now, 0.25 * 2^tries s up to 30 s, less up to a
 * quarter at random, and no less than the server's wait. */
int64_t transport_backoff(struct transport *transport, int tries, int64_t wait);

/* Milliseconds until transport_room() answers more than it does now; -1 when
 * time alone does not change it, but a call that is sent or ends. */
int64_t transport_until_room(const struct transport *transport);

struct transport_state {
    int in_flight;
    int allowed;      /* in flight at the moment */
    int64_t pause_ms; /* that is left of a shared pause */
    int64_t sent;     /* exchanges begun */
};
void transport_state(const struct transport *transport,
                     struct transport_state *state);

#endif
