/* A new job: who its personas are in their calendars is found once, and stands
 * in its options from then on. */
#include "writing_internal.h"

/* Keeps what a calendar says of its persona. */
static bool keep_home(struct arena *arena, const struct calendar *calendar,
                      struct writing_home *home, struct error *err)
{
    struct calendar_home at = calendar_home(calendar);

    home->at.name = arena_text(arena, at.name, err);
    home->at.address = arena_text(arena, at.address, err);
    home->at.company = arena_text(arena, at.company, err);
    home->at.domain = arena_text(arena, at.domain, err);
    return home->at.name && home->at.address && home->at.company &&
           home->at.domain;
}

/* Who the persona is in its calendar: no judge is needed for that. */
static bool find_home(struct arena *arena, struct arena *scratch,
                      const struct generate_request *request,
                      const struct stored_persona *stored,
                      struct writing_home *home, struct error *err)
{
    struct calendar_options options = {.seed = request->seed,
                                       .time_zone = request->time_zone};
    struct persona persona;
    struct calendar *calendar;
    bool ok;

    arena_reset(scratch);
    *home = (struct writing_home){.key = stored->key, .id = stored->id};
    if (!persona_parse(scratch, stored->document, stored->document_length,
                       stored->id, &persona, err))
        return false;
    calendar =
        calendar_start(scratch, &persona, request->library, &options, err);
    ok = calendar && keep_home(arena, calendar, home, err);
    calendar_end(calendar);
    return ok;
}

static bool write_options(struct arena *arena, const struct writing_wish *wish,
                          const struct stored_persona *personas, size_t count,
                          struct buf *options, struct error *err)
{
    struct writing_home *homes =
        arena_zero(arena, count + 1, sizeof *homes, err);
    struct arena scratch = ARENA_EMPTY;
    bool ok = homes != NULL;

    for (size_t i = 0; ok && i < count; i++)
        ok = find_home(arena, &scratch, &wish->generate, &personas[i],
                       &homes[i], err);
    arena_free(&scratch);
    if (!ok)
        return false;
    writing_job_write(options, wish, homes, count);
    return buf_ok(options, err);
}

bool writing_start_job(struct store *store, struct arena *arena,
                       const struct writing_wish *wish,
                       const struct stored_persona *personas, size_t count,
                       struct writing_job *job, struct error *err)
{
    struct buf options = BUF_EMPTY;
    struct job added;
    int64_t number;
    bool found;
    bool ok =
        write_options(arena, wish, personas, count, &options, err) &&
        job_add(store, wish->generate.started, options.data, &number, err) &&
        job_get(store, arena, number, &added, &found, err) &&
        writing_read_job(store, arena, &added, job, err);

    buf_free(&options);
    job->wish.generate.library = wish->generate.library;
    return ok;
}
