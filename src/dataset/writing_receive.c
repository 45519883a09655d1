/* Replies: written down and judged in one transaction, many at a time when many
 * have come. */
#include "writing_collect.h"

#include "datebook/clock.h"

#include <stdio.h>
#include <string.h>

enum {
    WAIT = 200,        /* milliseconds at most between two looks at the clock */
    AT_ONCE = 64,      /* replies in one transaction */
    MOST_LIMITED = 50, /* rate limits that one request meets */
    MOST_ADAPTED = 8,  /* times that one request is made simpler */
    FIRST_TRIES = 3,   /* of a host that never answered */
    PATIENCE_429 = 6,  /* times the usual: who counts requests is there */
    REJECTED_FIRST = 5,  /* in a row before anything went well */
    REJECTED_LATER = 20, /* in a row */
    FAILED_IN_A_ROW = 3
};

/* ---- What becomes of a call ---- */

/* The request waits again, with a note on why. */
static bool put_back(struct collecting *work, const struct call *call,
                     const struct http_reply *http, const char *note,
                     enum request_state state, struct error *err)
{
    struct request request;

    if (!writing_read_request(work->store, &work->scratch, call->request,
                              &request, err))
        return false;
    request.state = state;
    request.status = http->status;
    request.note = note;
    return request_settle(work->store, &request, err);
}

/* A host that cannot be reached at all is told of soon; one that answered
 * before gets more patience. */
static int most_tries(const struct collecting *work,
                      const struct http_reply *http)
{
    return !work->any_answer && !http->status && !http->timed_out &&
                   work->limits->most_tries > FIRST_TRIES
               ? FIRST_TRIES
               : work->limits->most_tries;
}

/* One request that always fails is left; several in a row, or the first of
 * all, mean that nothing will come. */
static bool give_up(struct collecting *work, struct call *call,
                    const struct http_reply *http,
                    const struct chat_reply *reply, struct error *err)
{
    work->failure = arena_format(
        work->arena, err, "request %lld failed %d times: %s",
        (long long)call->request, call->tries + call->limited, reply->reason);
    call->used = false;
    if (!work->failure ||
        !put_back(work, call, http, reply->reason, REQUEST_FAILED, err))
        return false;
    if (work->any_answer && ++work->failed_in_a_row < FAILED_IN_A_ROW)
        return true;
    return collect_stop(work, WRITING_FAILED, work->failure, NULL, err);
}

/* Whether an endpoint has said for too long that it is overloaded.  One that
 * never said anything else is given up soon: nobody knows that it ever works.
 */
static bool is_limited_for_good(struct collecting *work,
                                const struct call *call,
                                const struct http_reply *http)
{
    int64_t patience = work->limits->patience_ms;

    if (work->any_answer || call->limited < FIRST_TRIES)
        return call->limited >= MOST_LIMITED;
    return call->limited >= MOST_LIMITED ||
           clock_waiting() - work->limited_since >=
               (http->status == 429 ? patience * PATIENCE_429 : patience);
}

static bool try_again(struct collecting *work, struct call *call,
                      const struct http_reply *http,
                      const struct chat_reply *reply, struct error *err)
{
    int *count = reply->limited ? &call->limited : &call->tries;

    ++*count;
    if (reply->limited && !work->limited_since)
        work->limited_since = clock_waiting();
    if (call->tries >= most_tries(work, http) ||
        is_limited_for_good(work, call, http))
        return give_up(work, call, http, reply, err);
    call->due = clock_waiting() +
                transport_backoff(work->transport, *count, reply->wait);
    return true;
}

static bool same_traits(const struct chat_traits *one,
                        const struct chat_traits *other)
{
    return one->form == other->form && one->limit == other->limit &&
           one->temperature == other->temperature && one->seed == other->seed;
}

/* What the endpoint taught is remembered.  Calls that were sent before that
 * are simply sent again. */
static bool adapt(struct collecting *work, struct call *call,
                  const struct http_reply *http, const struct chat_reply *reply,
                  struct error *err)
{
    call->due = clock_waiting();
    if (++call->adapted > MOST_ADAPTED)
        return give_up(work, call, http, reply, err);
    if (!same_traits(&call->traits, &work->traits))
        return true;
    work->traits = reply->traits;
    return writing_keep_traits(work->store, work->endpoint->id,
                               work->endpoint->model, &work->traits, err);
}

static bool fail(struct collecting *work, struct call *call,
                 const struct http_reply *http, const struct chat_reply *reply,
                 struct error *err)
{
    const char *why = arena_text(work->arena, reply->reason, err);
    const char *hint =
        reply->hint ? arena_text(work->arena, reply->hint, err) : NULL;

    call->used = false;
    return why && (!reply->hint || hint) &&
           put_back(work, call, http, reply->reason, REQUEST_WAITING, err) &&
           collect_stop(work, WRITING_FAILED, why, hint, err);
}

/* An endpoint that refuses one request after the other will refuse all. */
static bool count_rejected(struct collecting *work,
                           const struct chat_reply *reply, struct error *err)
{
    int most = work->any_answer ? REJECTED_LATER : REJECTED_FIRST;
    const char *why;

    if (reply->outcome != CHAT_REJECTED) {
        work->rejected_in_a_row = 0;
        work->failed_in_a_row = 0;
        work->any_answer = true;
        return true;
    }
    if (++work->rejected_in_a_row < most)
        return true;
    why =
        arena_format(work->arena, err, "%d requests in a row were rejected: %s",
                     most, reply->reason);
    return why && collect_stop(work, WRITING_FAILED, why, NULL, err);
}

static bool take(struct collecting *work, struct call *call,
                 const struct http_reply *http, const struct chat_reply *reply,
                 struct error *err)
{
    if (!judge_take(work->judge, call->request, http, reply, err) ||
        !count_rejected(work, reply, err))
        return false;
    call->used = false;
    work->any_waiting = true; /* whatever follows from it */
    return true;
}

/* ---- What was paid for nothing ---- */

/* Usage of a reply that will not be judged is kept with its request. */
static bool note_usage(struct collecting *work, const struct call *call,
                       const struct chat_usage *usage, struct error *err)
{
    struct request request;

    if (!writing_read_request(work->store, &work->scratch, call->request,
                              &request, err))
        return false;
    judge_charge(work->judge, &request, usage);
    return request_settle(work->store, &request, err);
}

/* A call that will be sent again may have to be paid all the same: what its
 * reply tells is kept, and where nothing is told it counts in full against the
 * limits. */
static bool note_loss(struct collecting *work, const struct call *call,
                      const struct http_reply *http,
                      const struct chat_reply *reply, struct error *err)
{
    if (reply->usage.known)
        return note_usage(work, call, &reply->usage, err);
    if (http->status ? http->status / 100 == 2 : http->sent) {
        work->lost_tokens += call->tokens;
        work->lost_cost += call->cost;
    }
    return true;
}

static void tell_trouble(struct collecting *work,
                         const struct chat_reply *reply)
{
    snprintf(work->trouble, sizeof work->trouble, "%s",
             reply->outcome == CHAT_RETRY ? reply->reason : "");
}

static bool settle(struct collecting *work, struct call *call,
                   const struct http_reply *http,
                   const struct chat_reply *reply, struct error *err)
{
    tell_trouble(work, reply);
    if ((reply->outcome == CHAT_RETRY || reply->outcome == CHAT_ADAPT ||
         reply->outcome == CHAT_FATAL) &&
        !note_loss(work, call, http, reply, err))
        return false;
    switch (reply->outcome) {
    case CHAT_RETRY:
        return try_again(work, call, http, reply, err);
    case CHAT_ADAPT:
        return adapt(work, call, http, reply, err);
    case CHAT_FATAL:
        return fail(work, call, http, reply, err);
    default:
        return take(work, call, http, reply, err);
    }
}

/* ---- Exchanges ---- */

/* A reply without the key, should the other side have repeated it. */
static bool scrub(struct collecting *work, struct http_reply *http,
                  struct error *err)
{
    const struct secret *key = work->endpoint->key;
    char *body;
    char *failure = NULL;

    body = arena_bytes(&work->scratch, http->body ? http->body : "",
                       http->length, err);
    if (!body)
        return false;
    secret_scrub(key, body, http->length);
    http->body = body;
    if (http->failure) {
        failure = arena_text(&work->scratch, http->failure, err);
        if (!failure)
            return false;
        secret_scrub(key, failure, strlen(failure));
        http->failure = failure;
    }
    return true;
}

/* What a body spells otherwise, or a header says, would come out in words.
 * The texts are in our arena. */
static void hide_key(const struct collecting *work, struct chat_reply *reply)
{
    const char *const texts[] = {reply->content, reply->reason, reply->id,
                                 reply->model};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i])
            secret_scrub(work->endpoint->key, (char *)texts[i],
                         strlen(texts[i]));
}

static bool end_exchange(struct collecting *work, struct call *call,
                         struct http_reply *http, struct error *err)
{
    struct chat_reply reply;

    call->in_flight = false;
    work->held = false;
    arena_reset(&work->scratch);
    if (!scrub(work, http, err) ||
        !chat_read(&work->scratch, http, &call->traits, clock_seconds(), &reply,
                   err))
        return false;
    hide_key(work, &reply);
    transport_learn(work->transport, http, reply.limited, reply.wait);
    return settle(work, call, http, &reply, err);
}

/* How long nothing can happen but that an exchange ends: until there is room
 * for the next call, and one that may be sent. */
static int64_t waiting_time(const struct collecting *work)
{
    int64_t now = clock_waiting();
    int64_t room = transport_until_room(work->transport);
    int64_t due = work->any_waiting && !work->held ? 0 : WAIT;

    if (work->stopping || room < 0 || room > WAIT)
        return WAIT;
    for (int i = 0; i < work->call_count; i++) {
        const struct call *call = &work->calls[i];
        if (call->used && !call->in_flight && call->due - now < due)
            due = call->due > now ? call->due - now : 0;
    }
    return due > room ? due : room;
}

bool collect_receive(struct collecting *work, struct error *err)
{
    struct http_reply http;
    void *context;
    bool ended;
    bool ok;

    if (!transport_step(work->transport, waiting_time(work), &ended, &context,
                        &http, err))
        return false;
    if (!ended)
        return true;
    if (!journal_begin(work->store, err))
        return false;
    ok = true;
    for (int i = 1; ok && ended; i++) {
        ok = end_exchange(work, context, &http, err);
        ended = false;
        if (ok && i < AT_ONCE)
            ok = transport_step(work->transport, 0, &ended, &context, &http,
                                err);
    }
    return journal_end(work->store, ok, err);
}
