/* Written meetings become labelled ones: the planned event gets the texts of
 * its brief, and is added as those of the simulation are. */
#include "adding.h"
#include "writing_whole.h"

#include "datebook/list.h"
#include "datebook/utf16.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_UNITS = 255 }; /* of a subject and of a preview, in UTF-16 */

/* A planned meeting that will be added: what orders it, not what it says. */
struct ready {
    int64_t ordinal;
    civil_minute start; /* of a whole meeting */
    civil_minute end;
    bool overlaps;
};

/* What finishing needs, and the persona at hand. */
struct finishing {
    struct store *store;
    const struct writing_job *job;
    bool partial;
    const struct monitor *monitor;
    struct adding adding;
    struct generate_result *result; /* over all personas */
    const struct writing_home *home;
    int64_t persona;
    struct arena memory;  /* of the persona */
    struct arena page;    /* of planned meetings */
    struct arena meeting; /* of one of them */
    struct ready *ready;
    size_t ready_count;
};

/* ---- Texts ---- */

/* A text, with that of a series put in where its planned name wants it, cut
 * to what Graph takes. */
static const char *assemble(struct arena *arena, const char *name,
                            const char *subject, struct error *err)
{
    static const char mark[] = "{subject}";
    const char *at = strstr(name, mark);
    char *text = at ? arena_format(arena, err, "%.*s%s%s", (int)(at - name),
                                   name, subject, at + sizeof mark - 1)
                    : arena_text(arena, name, err);

    if (text)
        text[text_units_cut(text, TEXT_UNITS)] = '\0';
    return text;
}

static bool set_texts(struct arena *arena, const struct written *written,
                      struct event *event, struct error *err)
{
    event->subject = assemble(arena, event->subject, written->subject, err);
    event->preview = assemble(arena, written->preview, "", err);
    return event->subject && event->preview;
}

/* ---- Getting ready ---- */

static bool fail_missing(const struct finishing *finishing, int64_t brief,
                         struct error *err)
{
    error_set(err, ERROR_INPUT, "persona %s: brief %lld has no text yet",
              finishing->home->id, (long long)brief);
    return error_hint(err, "go on with the job, or take what there is");
}

/* The brief of a planned meeting; its number is 0 when there is none, and the
 * meeting has its texts already. */
static bool find_brief(struct finishing *finishing,
                       const struct planned *planned, struct job_brief *brief,
                       struct error *err)
{
    bool found;

    *brief = (struct job_brief){.number = 0};
    if (!planned->brief)
        return true;
    if (!job_brief_get(finishing->store, &finishing->meeting,
                       finishing->job->job.number, finishing->persona,
                       planned->brief, brief, &found, err))
        return false;
    return found || error_set(err, ERROR_DATABASE,
                              "persona %s: a planned meeting has no brief",
                              finishing->home->id);
}

/* What was written for a brief. */
static bool read_written(struct finishing *finishing,
                         const struct job_brief *brief, struct written *written,
                         struct error *err)
{
    return written_parse(&finishing->meeting, brief->text, strlen(brief->text),
                         written, err);
}

/* When a meeting is that a model has placed. */
static bool find_times(struct finishing *finishing,
                       const struct job_brief *brief, struct ready *ready,
                       struct error *err)
{
    struct written written;
    struct event event;

    if (!read_written(finishing, brief, &written, err) ||
        !whole_times(&written, &event, err))
        return false;
    ready->start = event.start;
    ready->end = event.end;
    return true;
}

/* Notes a meeting, unless it is left out for want of a text. */
static bool choose(struct finishing *finishing, const struct planned *planned,
                   struct error *err)
{
    struct job_brief brief;
    struct ready ready = {.ordinal = planned->ordinal,
                          .overlaps = planned->overlaps};

    arena_reset(&finishing->meeting);
    if (!find_brief(finishing, planned, &brief, err))
        return false;
    if (brief.number && !brief.text)
        return finishing->partial || fail_missing(finishing, brief.number, err);
    if (brief.number && finishing->job->wish.whole &&
        !find_times(finishing, &brief, &ready, err))
        return false;
    if (!list_grow(&finishing->memory, &finishing->ready,
                   finishing->ready_count, sizeof *finishing->ready, err))
        return false;
    finishing->ready[finishing->ready_count++] = ready;
    return true;
}

static bool choose_all(struct finishing *finishing, struct error *err)
{
    struct planned *planned;
    size_t count = JOURNAL_PAGE;
    int64_t after = 0;

    finishing->ready = NULL;
    finishing->ready_count = 0;
    while (count == JOURNAL_PAGE) {
        arena_reset(&finishing->page);
        if (!planned_page(finishing->store, &finishing->page,
                          finishing->job->job.number, finishing->persona, after,
                          &planned, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            after = planned[i].ordinal;
            if (!choose(finishing, &planned[i], err))
                return false;
        }
    }
    return true;
}

/* ---- Order and overlaps of what a model has placed ---- */

static int by_start(const void *one, const void *other)
{
    const struct ready *a = one;
    const struct ready *b = other;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->ordinal < b->ordinal ? -1 : 1;
}

static void place_whole(struct finishing *finishing)
{
    struct ready *all = finishing->ready;
    civil_minute latest = INT64_MIN; /* end so far */

    if (!finishing->ready_count)
        return;
    qsort(all, finishing->ready_count, sizeof *all, by_start);
    for (size_t i = 0; i < finishing->ready_count; i++) {
        bool next =
            i + 1 < finishing->ready_count && all[i + 1].start < all[i].end;
        all[i].overlaps = next || all[i].start < latest;
        if (all[i].end > latest)
            latest = all[i].end;
    }
}

/* ---- Adding ---- */

/* Reads the planned event, and gives it what was written. */
static bool make_event(struct finishing *finishing,
                       const struct planned *planned,
                       const struct job_brief *brief, struct event *event,
                       struct error *err)
{
    struct arena *arena = &finishing->meeting;
    const struct writing_job *job = finishing->job;
    const char *text = planned->document;
    const cJSON *document =
        json_parse(arena, text, strlen(text), "a planned meeting", err);
    struct written written;

    if (!document || !graph_read_event(arena, document, event, err))
        return false;
    if (!brief->number)
        return true;
    if (!read_written(finishing, brief, &written, err) ||
        !set_texts(arena, &written, event, err))
        return false;
    return !job->wish.whole ||
           (whole_times(&written, event, err) &&
            whole_people(arena, job, finishing->home, &written,
                         planned->ordinal, event, err));
}

static bool find_planned(struct finishing *finishing, int64_t ordinal,
                         struct planned *planned, struct error *err)
{
    bool found;

    if (!planned_get(finishing->store, &finishing->meeting,
                     finishing->job->job.number, finishing->persona, ordinal,
                     planned, &found, err))
        return false;
    return found || error_set(err, ERROR_BUG, "a planned meeting got lost");
}

static bool add_ready(struct finishing *finishing, const struct ready *ready,
                      struct error *err)
{
    struct adding *adding = &finishing->adding;
    struct planned planned;
    struct job_brief brief;
    struct event event;
    struct label label;
    int64_t key;

    arena_reset(&finishing->meeting);
    if (!find_planned(finishing, ready->ordinal, &planned, err) ||
        !find_brief(finishing, &planned, &brief, err) ||
        !make_event(finishing, &planned, &brief, &event, err) ||
        !adding_meeting(adding, &event, ready->overlaps, &key, &label, err))
        return false;
    /* What a model wrote is all that could be chosen from. */
    mix_count_draft(&adding->tally, &label);
    if (brief.request && !origin_set(finishing->store, key, brief.request, err))
        return false;
    return monitor_tick(finishing->monitor, "meetings",
                        ++finishing->result->added, 0, err);
}

static bool add_all(struct finishing *finishing, struct arena *arena,
                    struct error *err)
{
    const struct mix_wish *mix = finishing->job->wish.generate.mix;

    for (size_t i = 0; i < finishing->ready_count; i++)
        if (!add_ready(finishing, &finishing->ready[i], err))
            return false;
    return !mix || mix_report_add(&finishing->result->report, arena, mix,
                                  &finishing->adding.tally, err);
}

static bool read_persona(struct finishing *finishing, int64_t key,
                         struct stored_persona **stored, struct error *err)
{
    int64_t version = run_version(finishing->adding.run);

    finishing->persona = key;
    finishing->home = writing_home_of(finishing->job, key);
    if (!writing_persona_at(finishing->store, &finishing->memory,
                            finishing->job, version, key, stored, err) ||
        !choose_all(finishing, err))
        return false;
    if (finishing->job->wish.whole)
        place_whole(finishing);
    return true;
}

static bool finish_persona(struct finishing *finishing, struct arena *arena,
                           int64_t key, struct error *err)
{
    struct stored_persona *stored;

    arena_reset(&finishing->memory);
    if (!read_persona(finishing, key, &stored, err))
        return false;
    if (!finishing->ready_count)
        return true;
    return adding_begin(&finishing->adding, stored, err) &&
           adding_end(&finishing->adding, add_all(finishing, arena, err), err);
}

static bool finish_all(struct finishing *finishing, struct arena *arena,
                       struct error *err)
{
    const struct writing_job *job = finishing->job;
    const struct mix_wish *mix = job->wish.generate.mix;

    if (!store_widen(finishing->store, err))
        return false;
    for (size_t i = 0; i < job->persona_count; i++)
        if (!finish_persona(finishing, arena, job->personas[i], err))
            return false;
    if (!finishing->result->added) {
        error_set(err, ERROR_INPUT, "job %lld has no written meeting yet",
                  (long long)job->job.number);
        return error_hint(err, "`datebook generate --resume` asks on, "
                               "`datebook requests discard` gives it up");
    }
    return !mix || mix_report_end(&finishing->result->report, arena, mix, err);
}

bool writing_finish(struct run *run, struct store *store, struct arena *arena,
                    const struct writing_job *job, bool partial,
                    const struct monitor *monitor,
                    struct generate_result *result, struct error *err)
{
    struct finishing finishing = {
        .store = store,
        .job = job,
        .partial = partial,
        .monitor = monitor,
        .adding = {.run = run, .store = store, .generated = job->job.started},
        .result = result,
    };
    bool ok;

    *result = (struct generate_result){.added = 0};
    ok = finish_all(&finishing, arena, err) &&
         job_end(store, job->job.number, JOB_DONE, run_version(run), err);
    adding_free(&finishing.adding);
    arena_free(&finishing.memory);
    arena_free(&finishing.page);
    arena_free(&finishing.meeting);
    return ok;
}
