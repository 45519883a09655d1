/* Labelled meetings for personas, as part of one run: the calendar proposes,
 * the oracle labels, the store keeps. */
#include "adding.h"
#include "simulate.h"

/* What making meetings needs beside the persona at hand. */
struct session {
    const struct generate_request *request;
    const struct monitor *monitor;
    struct adding adding;
    int64_t total;                  /* of all personas; 0 when nobody knows */
    struct generate_result *result; /* over all personas */
};

int64_t generate_usual_count(const struct stored_persona *persona)
{
    if (persona->validation || persona->tier == 3)
        return 100;
    return persona->tier == 2 ? 150 : 200;
}

static bool take(void *context, const struct calendar *calendar,
                 const struct event *event, bool overlaps, struct error *err)
{
    struct session *session = context;
    struct label label;
    int64_t key;

    (void)calendar;
    return adding_meeting(&session->adding, event, overlaps, &key, &label,
                          err) &&
           monitor_tick(session->monitor, "meetings", ++session->result->added,
                        session->total, err);
}

/* Makes the meetings, and says what the mix misses. */
static bool run_calendar(struct session *session, struct arena *arena,
                         struct error *err)
{
    struct adding *adding = &session->adding;
    const struct mix_wish *mix = session->request->mix;
    struct simulation simulation = {
        .store = adding->store,
        .request = session->request,
        .persona = adding->persona,
        .oracle = adding->oracle,
        .tally = &adding->tally,
        .memory = &adding->memory,
        .scratch = &adding->scratch,
        .take = take,
        .context = session,
    };
    uint64_t batch;

    return run_next_batch(adding->run, adding->persona->key,
                          session->request->seed, &batch, err) &&
           simulate(&simulation, batch, err) &&
           (!mix || mix_report_add(&session->result->report, arena, mix,
                                   &adding->tally, err));
}

static bool generate_persona(struct session *session, struct arena *arena,
                             const struct stored_persona *persona,
                             struct error *err)
{
    return adding_begin(&session->adding, persona, err) &&
           adding_end(&session->adding, run_calendar(session, arena, err), err);
}

bool dataset_generate(struct run *run, struct store *store, struct arena *arena,
                      const struct generate_request *request,
                      const struct monitor *monitor,
                      struct generate_result *result, struct error *err)
{
    struct session session = {
        .request = request,
        .monitor = monitor,
        .adding = {.run = run, .store = store, .generated = request->started},
        .result = result};
    size_t count = request->persona_count;
    struct stored_persona *personas =
        personas_by_key(arena, request->personas, count, err);
    bool ok = personas != NULL && store_widen(store, err);

    *result = (struct generate_result){.added = 0};
    for (size_t i = 0; ok && !request->weeks && i < count; i++)
        session.total += simulation_wanted(request, &personas[i]);
    for (size_t i = 0; ok && i < count; i++)
        ok = generate_persona(&session, arena, &personas[i], err);
    if (ok && request->mix)
        ok = mix_report_end(&result->report, arena, request->mix, err);
    adding_free(&session.adding);
    return ok;
}
