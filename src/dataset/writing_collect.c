/* Asking a model until every brief has its text: what waits is sent, what comes
 * is judged, and everything is in the journal before anything rests on it.  All
 * state that matters is there, so that whatever dies, the next one goes on. */
#include "writing_verdict.h"

#include "writing_collect.h"

#include "datebook/clock.h"

enum { LOOK = 100 /* milliseconds between two looks of the watcher */ };

bool collect_stop(struct collecting *work, enum writing_end end,
                  const char *why, const char *hint, struct error *err)
{
    (void)err;
    if (work->stopping)
        return true;
    work->stopping = true;
    work->stop_at = clock_waiting() + work->limits->drain_ms;
    work->result->end = end;
    work->result->why = why;
    work->result->hint = hint;
    return true;
}

/* ---- Watching ---- */

struct watcher {
    writing_watch *watch;
    void *context;
    int64_t next;
};

/* The first wish to end lets what is in flight arrive, the second does not. */
static bool look(struct collecting *work, struct watcher *watcher,
                 struct error *err)
{
    struct transport_state state;
    struct writing_progress progress;
    int64_t now = clock_waiting();

    if (!watcher->watch || now < watcher->next)
        return true;
    watcher->next = now + LOOK;
    transport_state(work->transport, &state);
    progress = (struct writing_progress){
        .totals = *judge_totals(work->judge),
        .in_flight = state.in_flight,
        .pause_ms = state.pause_ms,
        .trouble = *work->trouble ? work->trouble : NULL};
    if (watcher->watch(watcher->context, &progress, err))
        return true;
    if (err->code != ERROR_INTERRUPTED)
        return false;
    if (work->stopping && work->result->end == WRITING_INTERRUPTED)
        work->stop_at = now;
    if (!collect_stop(work, WRITING_INTERRUPTED, "interrupted", NULL, err))
        return false;
    work->result->end = WRITING_INTERRUPTED;
    *err = (struct error){ERROR_NONE, "", ""};
    return true;
}

/* ---- The loop ---- */

static bool anything_due(const struct collecting *work)
{
    for (int i = 0; i < work->call_count; i++)
        if (work->calls[i].used &&
            (work->calls[i].in_flight || !work->stopping))
            return true;
    return false;
}

static bool is_over(const struct collecting *work)
{
    if (!anything_due(work) && (work->stopping || !work->any_waiting))
        return true;
    return work->stopping && clock_waiting() >= work->stop_at;
}

/* Nothing waits any more: either all is written, or some briefs got no text
 * however often they were asked for. */
static bool conclude(struct collecting *work, struct error *err)
{
    const struct job_totals *totals = judge_totals(work->judge);
    int64_t missing = totals->briefs - totals->written;

    if (!missing) {
        work->result->end = WRITING_COMPLETE;
        work->result->why = NULL;
        work->result->hint = NULL;
        return true;
    }
    if (work->stopping)
        return true;
    if (work->failure) {
        work->result->end = WRITING_FAILED;
        work->result->why = work->failure;
        return true;
    }
    work->result->end = WRITING_CANDIDATES;
    work->result->why = arena_format(
        work->arena, err, "%lld of %lld texts did not do, however often asked",
        (long long)missing, (long long)totals->briefs);
    return work->result->why;
}

static bool work_on(struct collecting *work, struct watcher *watcher,
                    struct error *err)
{
    while (!is_over(work)) {
        if (!collect_send(work, err))
            return false;
        if (is_over(work)) /* nothing waited after all */
            break;
        if (!collect_receive(work, err) || !look(work, watcher, err))
            return false;
    }
    return conclude(work, err);
}

/* ---- Beginning ---- */

/* What was in flight when the last process ended is sent again, and what nobody
 * asks for is asked for. */
static bool take_up(struct collecting *work, struct error *err)
{
    bool ok = journal_begin(work->store, err);

    if (!ok)
        return false;
    ok = request_requeue(work->store, work->job->job.number, err) &&
         follow_orphans(work->judge, err);
    return journal_end(work->store, ok, err);
}

static bool recall_traits(struct collecting *work, struct error *err)
{
    bool found;

    if (!writing_recall_traits(work->store, work->endpoint->id,
                               work->endpoint->model, &work->traits, &found,
                               err))
        return false;
    if (!found)
        work->traits = chat_first_traits;
    return true;
}

static bool begin(struct collecting *work,
                  const struct transport_options *options, struct error *err)
{
    /* As many again may wait for their next try. */
    work->call_count = 2 * options->concurrency;
    work->calls = arena_zero(work->arena, (size_t)work->call_count,
                             sizeof *work->calls, err);
    work->url =
        endpoint_url(work->endpoint, work->arena, "/chat/completions", err);
    work->any_waiting = true;
    return work->calls && work->url && recall_traits(work, err) &&
           (work->judge = judge_open(work->store, work->arena, work->job,
                                     work->price, false, err)) &&
           take_up(work, err) &&
           (work->transport = transport_open(work->endpoint, options, err));
}

bool writing_collect(struct store *store, struct arena *arena,
                     const struct writing_job *job,
                     const struct endpoint *endpoint,
                     const struct transport_options *transport,
                     const struct writing_limits *limits,
                     const struct price *price, writing_watch *watch,
                     void *context, struct writing_result *result,
                     struct error *err)
{
    struct collecting work = {.store = store,
                              .job = job,
                              .endpoint = endpoint,
                              .limits = limits,
                              .price = price,
                              .result = result,
                              .arena = arena};
    struct watcher watcher = {watch, context, 0};
    bool ok;

    *result = (struct writing_result){.end = WRITING_COMPLETE};
    ok = begin(&work, transport, err) && work_on(&work, &watcher, err);
    ok = ok && job_totals_of(store, job->job.number, &result->totals, err);
    transport_close(work.transport);
    judge_close(work.judge);
    arena_free(&work.scratch);
    buf_free(&work.body);
    return ok;
}
