/* Planning: each persona's calendar is simulated as ever, but of its texts only
 * the phrases that its rules went by are kept.  A single meeting is a brief, a
 * series is one for all that the job has of it.  What a persona has in the file
 * of a series already is not written again. */
#include "simulate.h"
#include "writing_internal.h"
#include "writing_topics.h"

#include "datebook/list.h"

#include <string.h>

/* The texts of a series that is in the file, or of one that the job plans. */
struct known_series {
    uint64_t hash;  /* of the id */
    const char *id; /* of the series master */
    size_t brief;   /* in the persona's list, plus one; 0: its texts stand */
    bool regular;   /* the texts are those of an occurrence */
    const char *subject;
    const char *preview;
};

/* What planning needs, and the persona at hand. */
struct planning {
    struct store *store;
    const struct writing_job *job;
    const struct monitor *monitor;
    int64_t done;
    int64_t total;
    struct stored_persona *stored;
    struct oracle *oracle;
    struct mix_tally tally;
    struct arena memory;  /* of the persona */
    struct arena scratch; /* of a draft, a meeting or a request */
    struct buf text;
    struct known_series *series;
    size_t series_count;
    struct job_brief *briefs;
    size_t brief_count;
    int64_t ordinal;
};

/* ---- Series ---- */

static uint64_t id_hash(const char *id)
{
    uint64_t hash = 14695981039346656037u;

    for (; *id; id++)
        hash = (hash ^ (unsigned char)*id) * 1099511628211u;
    return hash;
}

/* A series by its id; a new one without anything when there is none. */
static struct known_series *series_of(struct planning *planning, const char *id,
                                      bool *is_new, struct error *err)
{
    uint64_t hash = id_hash(id);
    struct known_series *series;

    *is_new = false;
    for (size_t i = 0; i < planning->series_count; i++)
        if (planning->series[i].hash == hash &&
            !strcmp(planning->series[i].id, id))
            return &planning->series[i];
    if (!list_grow(&planning->memory, &planning->series, planning->series_count,
                   sizeof *planning->series, err))
        return NULL;
    series = &planning->series[planning->series_count];
    *series = (struct known_series){
        .hash = hash, .id = arena_text(&planning->memory, id, err)};
    if (!series->id)
        return NULL;
    planning->series_count++;
    *is_new = true;
    return series;
}

/* Takes the texts of a series from one of its meetings. */
static bool note_series(struct planning *planning, const cJSON *document,
                        struct error *err)
{
    const char *id = json_member_text(document, "seriesMasterId");
    const char *subject = json_member_text(document, "subject");
    const char *preview = json_member_text(document, "bodyPreview");
    const char *type = json_member_text(document, "type");
    struct known_series *series;
    bool is_new;

    if (!id)
        return true;
    series = series_of(planning, id, &is_new, err);
    if (!series)
        return false;
    /* An exception may have a name of its own. */
    if (series->regular)
        return true;
    series->regular =
        type && !strcasecmp(type, graph_type_name(EVENT_OCCURRENCE));
    if (!series->regular && !is_new)
        return true;
    series->subject =
        arena_text(&planning->memory, subject ? subject : "", err);
    series->preview =
        arena_text(&planning->memory, preview ? preview : "", err);
    return series->subject && series->preview;
}

/* What HEAD has of the persona's series. */
static bool read_series(struct planning *planning, struct error *err)
{
    struct scan scan = {.persona = planning->stored->key};
    struct stored_meeting meeting;
    struct cursor *cursor;
    bool more = true;
    bool ok;

    if (!version_head(planning->store, &scan.version, err))
        return false;
    cursor = meeting_scan(planning->store, &scan, err);
    ok = cursor != NULL;
    while (ok && more) {
        const cJSON *document;
        ok = meeting_next(cursor, &meeting, &more, err);
        if (!ok || !more)
            break;
        arena_reset(&planning->scratch);
        document = json_parse(&planning->scratch, meeting.document,
                              meeting.document_length, meeting.id, err);
        ok = document && note_series(planning, document, err);
    }
    cursor_close(cursor);
    return ok;
}

/* ---- Briefs ---- */

enum { PEOPLE_SHOWN = 12 };

static const char *show_person(struct arena *arena,
                               const struct calendar_person *person,
                               struct error *err)
{
    return arena_format(arena, err, "%s (%s%s%s)", person->name, person->title,
                        person->company ? ", " : "",
                        person->company ? person->company : "");
}

/* Adds somebody who is neither a room nor the persona. */
static bool add_person(struct arena *arena, const struct calendar *calendar,
                       const char *address, struct brief *brief,
                       const char **people, struct error *err)
{
    struct calendar_person person;

    if (!calendar_person(calendar, address, &person) || person.self)
        return true;
    if (brief->people_count == PEOPLE_SHOWN) {
        brief->more_people++;
        return true;
    }
    people[brief->people_count] = show_person(arena, &person, err);
    return people[brief->people_count++] != NULL;
}

static bool is_listed(const struct event *event, const char *address)
{
    for (size_t i = 0; i < event->attendee_count; i++)
        if (!strcmp(event->attendees[i].address, address))
            return true;
    return false;
}

/* Who comes: the organizer first, where no entry names them. */
static bool describe_people(struct arena *arena,
                            const struct calendar *calendar,
                            const struct event *event, struct brief *brief,
                            struct error *err)
{
    const char **people = arena_zero(arena, PEOPLE_SHOWN, sizeof *people, err);
    const char *organizer = event->organizer_address;

    if (!people)
        return false;
    brief->people = people;
    brief->organizer =
        event->response == RESPONSE_ORGANIZER ? "you" : event->organizer_name;
    if (!is_listed(event, organizer) &&
        !add_person(arena, calendar, organizer, brief, people, err))
        return false;
    for (size_t i = 0; i < event->attendee_count; i++)
        if (event->attendees[i].type != ATTENDEE_RESOURCE &&
            !add_person(arena, calendar, event->attendees[i].address, brief,
                        people, err))
            return false;
    return true;
}

/* "Monday 2 March 2026", "10:00" */
static bool describe_time(struct arena *arena, const struct event *event,
                          bool whole, struct brief *brief, struct error *err)
{
    civil_day day = civil_day_of(event->start);
    struct civil_date date = civil_to_date(day);
    int minute = (int)(event->start - (civil_minute)day * MINUTES_A_DAY);

    brief->date = arena_format(
        arena, err, "%s %d %s %d", civil_weekday_names[civil_weekday(day)],
        date.day, civil_month_names[date.month - 1], date.year);
    if (whole)
        return brief->date != NULL;
    brief->minutes = (int)(event->end - event->start);
    brief->time =
        arena_format(arena, err, "%02d:%02d", minute / 60, minute % 60);
    return brief->date && brief->time;
}

static bool find_topics(struct planning *planning, const struct event *event,
                        struct brief *brief, struct error *err)
{
    struct arena *arena = &planning->scratch;
    const char **topics = arena_zero(arena, TOPICS, sizeof *topics, err);
    struct meeting_facts facts;

    brief->topics = topics;
    return topics && graph_facts(arena, event, &facts, err) &&
           topics_find(oracle_rules(planning->oracle),
                       oracle_persona(planning->oracle), &facts, arena, topics,
                       &brief->topic_count, err);
}

/* Adds a brief for a meeting; its texts, and for a series those of the series,
 * say what it is about. */
static bool add_brief(struct planning *planning,
                      const struct calendar *calendar,
                      const struct event *event,
                      const struct calendar_note *note, struct error *err)
{
    bool whole = planning->job->wish.whole;
    struct event told = *event;
    struct brief brief = {.number = (int64_t)planning->brief_count + 1,
                          .kind = note->kind,
                          .repeats = whole ? NULL : note->repeats};
    struct job_brief *kept;

    if (note->series_subject)
        told.subject = note->series_subject;
    if (!describe_time(&planning->scratch, event, whole, &brief, err) ||
        (!whole &&
         !describe_people(&planning->scratch, calendar, event, &brief, err)) ||
        !find_topics(planning, &told, &brief, err) ||
        !list_grow(&planning->memory, &planning->briefs, planning->brief_count,
                   sizeof *planning->briefs, err))
        return false;
    buf_clear(&planning->text);
    brief_write(&planning->text, &brief);
    if (!buf_ok(&planning->text, err))
        return false;
    kept = &planning->briefs[planning->brief_count];
    *kept = (struct job_brief){
        .persona = planning->stored->key,
        .number = brief.number,
        .document = arena_text(&planning->memory, planning->text.data, err)};
    planning->brief_count++;
    return kept->document != NULL;
}

/* ---- Meetings ---- */

#define SUBJECT "{subject}"

/* What a meeting of a series is called, with SUBJECT for the name of the
 * series where that stands in it. */
static const char *name_in_series(struct arena *arena, const char *name,
                                  const char *series, struct error *err)
{
    const char *at = *series ? strstr(name, series) : NULL;

    if (!at)
        return SUBJECT;
    return arena_format(arena, err, "%.*s%s%s", (int)(at - name), name, SUBJECT,
                        at + strlen(series));
}

/* The same with the name that the series has in the file. */
static const char *named_after(struct arena *arena, const char *name,
                               const char *series, struct error *err)
{
    const char *at = strstr(name, SUBJECT);

    return at ? arena_format(arena, err, "%.*s%s%s", (int)(at - name), name,
                             series, at + strlen(SUBJECT))
              : name;
}

static bool add_planned(struct planning *planning, struct event *event,
                        const struct job_brief *brief, bool overlaps,
                        struct error *err)
{
    struct planned planned = {.persona = planning->stored->key,
                              .ordinal = ++planning->ordinal,
                              .brief = brief ? brief->number : 0,
                              .overlaps = overlaps};

    buf_clear(&planning->text);
    graph_write(&planning->text, event);
    if (!buf_ok(&planning->text, err))
        return false;
    planned.document = planning->text.data;
    return planned_add(planning->store, planning->job->job.number, &planned,
                       err);
}

/* Adds a meeting of a series, with a brief when it is the first one. */
static bool plan_instance(struct planning *planning,
                          const struct calendar *calendar,
                          const struct event *event,
                          const struct calendar_note *note, bool overlaps,
                          struct error *err)
{
    struct event made = *event;
    struct job_brief *brief = NULL;
    bool is_new;
    struct known_series *series =
        series_of(planning, event->series_master_id, &is_new, err);

    if (!series)
        return false;
    if (is_new) {
        if (!add_brief(planning, calendar, event, note, err))
            return false;
        series->brief = planning->brief_count;
    }
    made.preview = "";
    made.subject = name_in_series(&planning->scratch, event->subject,
                                  note->series_subject, err);
    if (series->brief) {
        brief = &planning->briefs[series->brief - 1];
        brief->meetings++;
    } else if (made.subject) {
        made.preview = series->preview;
        made.subject =
            named_after(&planning->scratch, made.subject, series->subject, err);
    }
    return made.subject && add_planned(planning, &made, brief, overlaps, err);
}

/* Adds a meeting that is the only one of its brief. */
static bool plan_single(struct planning *planning,
                        const struct calendar *calendar,
                        const struct event *event,
                        const struct calendar_note *note, bool overlaps,
                        struct error *err)
{
    struct event made = *event;
    struct job_brief *brief;

    if (!add_brief(planning, calendar, event, note, err))
        return false;
    brief = &planning->briefs[planning->brief_count - 1];
    brief->meetings = 1;
    made.subject = SUBJECT;
    made.preview = "";
    made.type = EVENT_SINGLE;
    made.series_master_id = NULL;
    return add_planned(planning, &made, brief, overlaps, err);
}

static bool plan_event(void *context, const struct calendar *calendar,
                       const struct event *event, bool overlaps,
                       struct error *err)
{
    struct planning *planning = context;
    struct calendar_note note = calendar_note(calendar, event);
    bool instance = note.repeats && !planning->job->wish.whole;

    arena_reset(&planning->scratch);
    if (!(instance
              ? plan_instance(planning, calendar, event, &note, overlaps, err)
              : plan_single(planning, calendar, event, &note, overlaps, err)))
        return false;
    return monitor_tick(planning->monitor, "meetings", ++planning->done,
                        planning->total, err);
}

/* ---- Requests ---- */

static bool add_briefs(struct planning *planning, struct error *err)
{
    for (size_t i = 0; i < planning->brief_count; i++)
        if (!job_brief_add(planning->store, planning->job->job.number,
                           &planning->briefs[i], err))
            return false;
    return true;
}

static bool add_requests(struct planning *planning, struct error *err)
{
    const struct writing_job *job = planning->job;
    size_t each = (size_t)job->wish.per_call;
    struct writing_persona persona;

    if (!planning->brief_count)
        return true;
    if (!writing_persona_open(planning->store, &planning->memory, job,
                              planning->stored->key, &persona, err))
        return false;
    for (size_t at = 0; at < planning->brief_count; at += each) {
        size_t left = planning->brief_count - at;
        struct request request;
        int64_t number;
        bool is_new;
        arena_reset(&planning->scratch);
        if (!writing_request(&planning->scratch, job, &persona,
                             &planning->briefs[at], left < each ? left : each,
                             REQUEST_FIRST, 0, &request, err) ||
            !request_add(planning->store, &request, &number, &is_new, err))
            return false;
    }
    return true;
}

/* ---- Personas ---- */

static bool plan_calendar(struct planning *planning, struct error *err)
{
    const struct generate_request *request = &planning->job->wish.generate;
    struct simulation simulation = {
        .store = planning->store,
        .request = request,
        .persona = planning->stored,
        .oracle = planning->oracle,
        .tally = &planning->tally,
        .memory = &planning->memory,
        .scratch = &planning->scratch,
        .take = plan_event,
        .context = planning,
    };
    uint64_t batch;

    return mix_tally_start(&planning->tally, &planning->memory,
                           oracle_persona(planning->oracle),
                           oracle_rules(planning->oracle), err) &&
           (planning->job->wish.whole || read_series(planning, err)) &&
           journal_next_batch(planning->store, planning->stored->key,
                              request->seed, &batch, err) &&
           simulate(&simulation, batch, err);
}

static bool plan_persona(struct planning *planning,
                         struct stored_persona *stored, struct error *err)
{
    bool ok;

    planning->stored = stored;
    planning->series = NULL;
    planning->briefs = NULL;
    planning->series_count = 0;
    planning->brief_count = 0;
    planning->ordinal = 0;
    arena_reset(&planning->memory);
    planning->oracle = oracle_open(&planning->memory, stored, err);
    ok = planning->oracle && plan_calendar(planning, err) &&
         add_briefs(planning, err) && add_requests(planning, err);
    oracle_close(planning->oracle);
    planning->oracle = NULL;
    return ok;
}

static bool plan_all(struct planning *planning, struct stored_persona *personas,
                     size_t count, struct error *err)
{
    const struct generate_request *request = &planning->job->wish.generate;
    bool ok = true;

    for (size_t i = 0; !request->weeks && i < count; i++)
        planning->total += simulation_wanted(request, &personas[i]);
    for (size_t i = 0; ok && i < count; i++)
        ok = plan_persona(planning, &personas[i], err);
    arena_free(&planning->memory);
    arena_free(&planning->scratch);
    buf_free(&planning->text);
    return ok;
}

bool writing_plan(struct store *store, struct arena *arena,
                  const struct writing_wish *wish, int64_t *number,
                  const struct monitor *monitor, struct error *err)
{
    size_t count = wish->generate.persona_count;
    struct stored_persona *personas =
        personas_by_key(arena, wish->generate.personas, count, err);
    struct writing_job job;
    struct planning planning = {
        .store = store, .job = &job, .monitor = monitor};

    if (!personas ||
        !writing_start_job(store, arena, wish, personas, count, &job, err))
        return false;
    *number = job.job.number;
    return plan_all(&planning, personas, count, err);
}
