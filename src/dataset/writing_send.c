/* Requests on their way: each is in the journal as sent before it is. */
#include "writing_collect.h"

#include "datebook/clock.h"

enum { LOOK_AGAIN = 200 /* milliseconds, whether there is money for a call */ };

/* A call that is to be sent now, with its body in the arena. */
struct ready {
    struct call *call;
    struct transport_call transport;
};

struct ready_list {
    struct ready *items;
    int count;
    int room;
};

static struct call *free_call(struct collecting *work)
{
    for (int i = 0; i < work->call_count; i++)
        if (!work->calls[i].used)
            return &work->calls[i];
    return NULL;
}

/* What calls in flight, and others that will be sent again, may still cost, and
 * what those did that nobody told of. */
static void reserved(const struct collecting *work, const struct call *call,
                     int64_t *tokens, int64_t *cost)
{
    *tokens = work->lost_tokens;
    *cost = work->lost_cost;
    for (int i = 0; i < work->call_count; i++)
        if (work->calls[i].used && &work->calls[i] != call) {
            *tokens += work->calls[i].tokens;
            *cost += work->calls[i].cost;
        }
}

/* Why there is no money for a call; NULL when there is. */
static const char *over_budget(const struct collecting *work,
                               const struct call *call)
{
    const struct writing_limits *limits = work->limits;
    const struct job_totals *totals = judge_totals(work->judge);
    int64_t tokens;
    int64_t cost;

    reserved(work, call, &tokens, &cost);
    tokens += totals->prompt_tokens + totals->completion_tokens + call->tokens;
    cost += totals->cost + call->cost;
    if (limits->most_cost && cost > limits->most_cost)
        return "the next call might cost more than is left of --max-cost";
    if (limits->most_tokens && tokens > limits->most_tokens)
        return "the next call might take more than is left of --max-tokens";
    return NULL;
}

/* Whether something else may turn out cheaper than it might have been; then
 * there is room for the call.  One that is to be sent again waits for those in
 * flight alone, or several of them would wait for each other. */
static bool anything_on_its_way(const struct collecting *work,
                                const struct call *call)
{
    for (int i = 0; i < work->call_count; i++)
        if (work->calls[i].used && &work->calls[i] != call &&
            (work->calls[i].in_flight || !call->used))
            return true;
    return false;
}

/* All that is asked for may come, and has to be counted then. */
static bool fits_candidates(const struct collecting *work,
                            const struct call *call)
{
    int64_t texts =
        judge_totals(work->judge)->candidates + (int64_t)call->texts;

    for (int i = 0; i < work->call_count; i++)
        if (work->calls[i].used)
            texts += (int64_t)work->calls[i].texts;
    return texts <= judge_most_candidates(work->judge);
}

/* Holds what is new back while others are on their way, and ends the work when
 * there are none. */
static bool stop_unless_others(struct collecting *work, const struct call *call,
                               enum writing_end end, const char *why,
                               const char *hint, struct error *err)
{
    work->held = true;
    return anything_on_its_way(work, call) ||
           collect_stop(work, end, why, hint, err);
}

/* Reads the request and makes what is sent of it. */
static bool prepare(struct collecting *work, struct call *call,
                    struct transport_call *transport, struct error *err)
{
    struct request request;
    int64_t *briefs;
    int64_t prompt;

    if (!writing_read_request(work->store, &work->scratch, call->request,
                              &request, err) ||
        !writing_numbers(&work->scratch, request.briefs, &briefs, &call->texts,
                         err))
        return false;
    buf_clear(&work->body);
    if (!writing_body(&work->scratch, work->job, &request, work->endpoint,
                      &work->traits, &work->body, err) ||
        !buf_ok(&work->body, err))
        return false;
    prompt = chat_count_tokens(work->body.data, work->body.length);
    call->traits = work->traits;
    call->tokens = prompt + request.most_tokens;
    call->cost = work->price ? price_cost(work->price, prompt, 0,
                                          request.most_tokens, false)
                             : 0;
    *transport = (struct transport_call){
        .url = work->url,
        .body = arena_bytes(&work->scratch, work->body.data, work->body.length,
                            err),
        .length = work->body.length,
        .tokens = call->tokens,
        .context = call};
    return transport->body;
}

/* Puts a call in the list, and in the journal as sent.  *fits is false when
 * there is no money for it, or it would be one too many. */
static bool make_ready(struct collecting *work, struct ready_list *list,
                       struct call *call, bool *fits, struct error *err)
{
    struct ready *ready = &list->items[list->count];
    const char *why;

    ready->call = call;
    if (!prepare(work, call, &ready->transport, err))
        return false;
    why = over_budget(work, call);
    *fits = !why;
    if (why)
        return stop_unless_others(work, call, WRITING_BUDGET, why,
                                  "a higher limit goes on from here", err);
    *fits = call->used || fits_candidates(work, call);
    if (!*fits)
        return stop_unless_others(work, call, WRITING_CANDIDATES,
                                  "too many texts did not do", NULL, err);
    if (!request_sent(work->store, call->request, err))
        return false;
    call->used = true;
    call->in_flight = true;
    list->count++;
    return true;
}

static bool ready_again(struct collecting *work, struct ready_list *list,
                        struct error *err)
{
    int64_t now = clock_waiting();
    bool fits = true;

    for (int i = 0; fits && i < work->call_count && list->count < list->room;
         i++) {
        struct call *call = &work->calls[i];
        if (call->used && !call->in_flight && call->due <= now &&
            !make_ready(work, list, call, &fits, err))
            return false;
        if (!fits)
            call->due = now + LOOK_AGAIN;
    }
    return true;
}

static bool ready_new(struct collecting *work, struct ready_list *list,
                      struct error *err)
{
    int64_t *numbers;
    size_t count;
    bool fits = true;

    if (!work->any_waiting || work->held || list->count >= list->room)
        return true;
    if (!request_queue(work->store, &work->scratch, work->job->job.number,
                       REQUEST_WAITING, 0, list->room - list->count, &numbers,
                       &count, err))
        return false;
    work->any_waiting = count > 0;
    for (size_t i = 0; i < count && fits && !work->stopping; i++) {
        struct call *call = free_call(work);
        if (!call) {
            work->held = true;
            return true;
        }
        *call = (struct call){.request = numbers[i]};
        if (!make_ready(work, list, call, &fits, err))
            return false;
    }
    return true;
}

static bool send_ready(struct collecting *work, const struct ready_list *list,
                       struct error *err)
{
    struct job_totals *totals = judge_totals(work->judge);

    for (int i = 0; i < list->count; i++) {
        const struct call *call = list->items[i].call;
        totals->calls++;
        totals->retries += call->tries + call->limited + call->adapted > 0;
        if (!transport_send(work->transport, &list->items[i].transport, err))
            return false;
    }
    return true;
}

/* So that no transaction is begun for nothing. */
static bool anything_to_send(const struct collecting *work)
{
    int64_t now = clock_waiting();

    for (int i = 0; i < work->call_count; i++) {
        const struct call *call = &work->calls[i];
        if (call->used && !call->in_flight && call->due <= now)
            return true;
    }
    return work->any_waiting && !work->held;
}

bool collect_send(struct collecting *work, struct error *err)
{
    struct ready_list list = {.room = transport_room(work->transport)};
    bool ok;

    if (work->stopping || list.room <= 0 || !anything_to_send(work))
        return true;
    arena_reset(&work->scratch);
    list.items =
        arena_zero(&work->scratch, (size_t)list.room, sizeof *list.items, err);
    if (!list.items || !journal_begin(work->store, err))
        return false;
    ok = ready_again(work, &list, err) && ready_new(work, &list, err);
    return journal_end(work->store, ok, err) && send_ready(work, &list, err);
}
