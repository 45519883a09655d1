/* Runs a persona's calendar from where it is to begin until there are enough
 * meetings.  Weeks stream through, so memory does not grow with the count. */
#include "simulate.h"

/* What the rules would say of a draft. */
static bool judge(void *context, const struct event *draft,
                  struct calendar_verdict *verdict, struct error *err)
{
    const struct simulation *simulation = context;
    struct meeting_facts facts;
    struct label label;

    arena_reset(simulation->scratch);
    if (!graph_facts(simulation->scratch, draft, &facts, err) ||
        !ruleset_label(oracle_rules(simulation->oracle), &facts, &label, err))
        return false;
    mix_count_draft(simulation->tally, &label);
    verdict->importance = (int)label.importance;
    verdict->prep_minutes = label.prep_minutes;
    return true;
}

/* The Monday of the week after a day. */
static civil_day next_monday(civil_day day)
{
    return day - civil_weekday(day) + 7;
}

/* Where the calendar goes on: a second batch must not be laid over the first.
 */
static bool choose_start(const struct simulation *simulation, civil_day *start,
                         struct error *err)
{
    const struct generate_request *request = simulation->request;
    const char *id = oracle_persona(simulation->oracle)->id;
    civil_minute last;
    bool any;

    *start = request->start;
    if (request->has_start)
        return true;
    if (!meeting_last_start(simulation->store, simulation->persona->key, &any,
                            &last, err))
        return false;
    *start = any ? next_monday((civil_day)(last / MINUTES_A_DAY))
                 : calendar_usual_start(request->seed, id);
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

int64_t simulation_wanted(const struct generate_request *request,
                          const struct stored_persona *persona)
{
    if (request->weeks)
        return INT64_MAX;
    return request->count ? request->count : generate_usual_count(persona);
}

/* Says whose calendar ends, and how to have one all the same. */
static bool fail_week(const struct simulation *simulation, struct error *err)
{
    if (err->code != ERROR_INPUT)
        return false;
    error_context(err, "persona %s", oracle_persona(simulation->oracle)->id);
    return error_hint(err, "--start DATE begins it earlier");
}

/* Gives a week's meetings up to the count that is still wanted. */
static bool give_week(const struct simulation *simulation,
                      struct calendar *calendar, int64_t *left,
                      struct error *err)
{
    const struct event *events;
    size_t count;

    if (!calendar_week(calendar, &events, &count, err))
        return fail_week(simulation, err);
    if ((int64_t)count > *left)
        count = (size_t)*left;
    *left -= (int64_t)count;
    for (size_t i = 0; i < count; i++)
        if (!simulation->take(simulation->context, calendar, &events[i],
                              overlaps_another(events, count, i), err))
            return false;
    return true;
}

static bool give_weeks(const struct simulation *simulation,
                       struct calendar *calendar, struct error *err)
{
    const struct generate_request *request = simulation->request;
    int64_t weeks = request->weeks ? request->weeks : INT64_MAX;
    int64_t left = simulation_wanted(request, simulation->persona);

    for (int64_t week = 0; left && week < weeks; week++)
        if (!give_week(simulation, calendar, &left, err))
            return false;
    return true;
}

bool simulate(const struct simulation *simulation, uint64_t batch,
              struct error *err)
{
    const struct generate_request *request = simulation->request;
    struct simulation judged = *simulation;
    struct calendar_mix mix = calendar_usual_mix;
    struct calendar_options options = {
        .seed = request->seed,
        .batch = batch,
        .time_zone = request->time_zone,
        .judge = request->mix ? judge : NULL,
        .judge_context = &judged,
        .mix = &mix,
    };
    struct calendar *calendar;
    bool ok;

    if (request->mix)
        mix = mix_targets(request->mix);
    if (!choose_start(simulation, &options.start, err))
        return false;
    calendar =
        calendar_start(simulation->memory, oracle_persona(simulation->oracle),
                       request->library, &options, err);
    ok = calendar && give_weeks(simulation, calendar, err);
    calendar_end(calendar);
    return ok;
}
