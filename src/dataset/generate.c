/* Labelled meetings for personas, as part of one run: the calendar proposes,
 * the oracle labels, the store keeps.  Weeks stream through, so memory does
 * not grow with the count. */
#include "internal.h"

/* Everything that making one persona's meetings needs. */
struct session {
    struct run *run;
    struct store *store;
    const struct generate_request *request;
    const struct monitor *monitor;
    struct oracle *oracle;
    struct arena memory;  /* of this persona */
    struct arena scratch; /* of the meeting at hand */
    struct buf document;
    int64_t persona;
    int64_t wanted; /* meetings of this persona */
    int64_t total;  /* of all personas; 0 when nobody knows */
    struct mix_tally tally;
    struct generate_result *result; /* over all personas */
};

/* What the rules would say of a draft. */
static bool judge(void *context, const struct event *draft,
                  struct calendar_verdict *verdict, struct error *err)
{
    struct session *session = context;
    struct meeting_facts facts;
    struct label label;

    arena_reset(&session->scratch);
    if (!graph_facts(&session->scratch, draft, &facts, err) ||
        !ruleset_label(oracle_rules(session->oracle), &facts, &label, err))
        return false;
    mix_count_draft(&session->tally, &label);
    verdict->importance = (int)label.importance;
    verdict->prep_minutes = label.prep_minutes;
    return true;
}

static bool add_meeting(struct session *session, const struct event *event,
                        bool overlaps, struct error *err)
{
    struct meeting_facts facts;
    struct stored_meeting meeting = {.id = event->id,
                                     .generated = session->request->started};
    struct label label;
    struct stored_label stored;
    int64_t key;

    arena_reset(&session->scratch);
    buf_clear(&session->document);
    graph_write(&session->document, event);
    if (!buf_ok(&session->document, err) ||
        !graph_facts(&session->scratch, event, &facts, err))
        return false;
    facts.overlaps = overlaps;
    meeting.document = session->document.data;
    meeting.document_length = session->document.length;
    if (!run_add_meeting(session->run, session->persona, &meeting, &facts, &key,
                         err) ||
        !ruleset_label(oracle_rules(session->oracle), &facts, &label, err))
        return false;
    mix_count_meeting(&session->tally, &label, facts.recurring);
    return oracle_store(session->oracle, &label, key, &stored, err) &&
           run_put_label(session->run, &stored, err);
}

/* The Monday of the week after a day. */
static civil_day next_monday(civil_day day)
{
    return day - civil_weekday(day) + 7;
}

/* Where the calendar goes on: a second batch must not be laid over the first.
 */
static bool choose_start(struct session *session, civil_day *start,
                         struct error *err)
{
    const char *id = oracle_persona(session->oracle)->id;
    civil_minute last;
    bool any;

    *start = session->request->start;
    if (session->request->has_start)
        return true;
    if (!meeting_last_start(session->store, session->persona, &any, &last, err))
        return false;
    *start = any ? next_monday((civil_day)(last / MINUTES_A_DAY))
                 : calendar_usual_start(session->request->seed, id);
    return true;
}

/* Whether an event shares time with another one of its week.  Events come in
 * order of start, and weeks do not touch. */
static bool overlaps_another(const struct event *events, size_t count,
                             size_t which)
{
    const struct event *event = &events[which];

    for (size_t i = 0; i < count && events[i].start < event->end; i++)
        if (i != which && events[i].end > event->start)
            return true;
    return false;
}

int64_t generate_usual_count(const struct stored_persona *persona)
{
    if (persona->validation || persona->tier == 3)
        return 100;
    return persona->tier == 2 ? 150 : 200;
}

static int64_t wanted_count(const struct generate_request *request,
                            const struct stored_persona *persona)
{
    if (request->weeks)
        return INT64_MAX;
    return request->count ? request->count : generate_usual_count(persona);
}

/* Says whose calendar ends, and how to have one all the same. */
static bool fail_week(const struct session *session, struct error *err)
{
    if (err->code != ERROR_INPUT)
        return false;
    error_context(err, "persona %s", oracle_persona(session->oracle)->id);
    return error_hint(err, "--start DATE begins it earlier");
}

/* Adds a week's meetings up to the count that is still wanted. */
static bool add_week(struct session *session, struct calendar *calendar,
                     int64_t *left, struct error *err)
{
    const struct event *events;
    size_t count;

    if (!calendar_week(calendar, &events, &count, err))
        return fail_week(session, err);
    if ((int64_t)count > *left)
        count = (size_t)*left;
    *left -= (int64_t)count;
    for (size_t i = 0; i < count; i++) {
        bool overlaps = overlaps_another(events, count, i);
        if (!add_meeting(session, &events[i], overlaps, err) ||
            !monitor_tick(session->monitor, "meetings",
                          ++session->result->added, session->total, err))
            return false;
    }
    return true;
}

static bool add_weeks(struct session *session, struct calendar *calendar,
                      struct error *err)
{
    const struct generate_request *request = session->request;
    int64_t weeks = request->weeks ? request->weeks : INT64_MAX;
    int64_t left = session->wanted;

    for (int64_t week = 0; left && week < weeks; week++)
        if (!add_week(session, calendar, &left, err))
            return false;
    return true;
}

static bool run_calendar(struct session *session, struct error *err)
{
    const struct generate_request *request = session->request;
    struct calendar_mix mix = calendar_usual_mix;
    struct calendar_options options = {
        .seed = request->seed,
        .time_zone = request->time_zone,
        .judge = request->mix ? judge : NULL,
        .judge_context = session,
        .mix = &mix,
    };
    struct calendar *calendar;
    bool ok;

    if (request->mix)
        mix = mix_targets(request->mix);
    if (!choose_start(session, &options.start, err) ||
        !run_next_batch(session->run, session->persona, request->seed,
                        &options.batch, err))
        return false;
    calendar = calendar_start(&session->memory, oracle_persona(session->oracle),
                              request->library, &options, err);
    ok = calendar && add_weeks(session, calendar, err);
    calendar_end(calendar);
    return ok;
}

/* Starts counting, makes the meetings, and says what the mix misses. */
static bool run_counted(struct session *session, struct arena *arena,
                        struct error *err)
{
    const struct mix_wish *mix = session->request->mix;

    return mix_tally_start(&session->tally, &session->memory,
                           oracle_persona(session->oracle),
                           oracle_rules(session->oracle), err) &&
           run_calendar(session, err) &&
           (!mix || mix_report_add(&session->result->report, arena, mix,
                                   &session->tally, err));
}

static bool generate_persona(struct session *session, struct arena *arena,
                             const struct stored_persona *persona,
                             struct error *err)
{
    /* The hash of no rules: what the labels agree with when older ones were
     * stale.  New ones are of newer rules, so that taking an edit of the rules
     * back does not make all of them right. */
    static const unsigned char nothing[HASH_SIZE];
    bool fresh;
    bool ok;

    session->persona = persona->key;
    session->wanted = wanted_count(session->request, persona);
    arena_reset(&session->memory);
    if (!dataset_labels_are_fresh(session->store, run_version(session->run),
                                  persona, &fresh, err))
        return false;
    session->oracle = oracle_open(&session->memory, persona, err);
    ok = session->oracle &&
         oracle_number_rules(session->oracle, session->run, err) &&
         run_counted(session, arena, err);
    oracle_close(session->oracle);
    session->oracle = NULL;
    if (!ok)
        return false;
    return run_set_labelling(session->run, persona->key,
                             fresh ? persona->rules_hash : nothing,
                             RULES_ENGINE, err);
}

bool dataset_generate(struct run *run, struct store *store, struct arena *arena,
                      const struct generate_request *request,
                      const struct monitor *monitor,
                      struct generate_result *result, struct error *err)
{
    struct session session = {.run = run,
                              .store = store,
                              .request = request,
                              .monitor = monitor,
                              .result = result};
    size_t count = request->persona_count;
    struct stored_persona *personas =
        personas_by_key(arena, request->personas, count, err);
    bool ok = personas != NULL && store_widen(store, err);

    *result = (struct generate_result){.added = 0};
    for (size_t i = 0; ok && !request->weeks && i < count; i++)
        session.total += wanted_count(request, &personas[i]);
    for (size_t i = 0; ok && i < count; i++)
        ok = generate_persona(&session, arena, &personas[i], err);
    if (ok && request->mix)
        ok = mix_report_end(&result->report, arena, request->mix, err);
    arena_free(&session.memory);
    arena_free(&session.scratch);
    buf_free(&session.document);
    return ok;
}
