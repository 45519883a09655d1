/* Saving answers one by one.  Between two answers anybody may have labelled
 * again, drawn the sample anew, or answered under the same name: what was on
 * the screen is compared with what is there, under the lock. */
#include "review_answers.h"

#include "datebook/list.h"

static bool same_text(const char *one, const char *other)
{
    return one && other ? !strcmp(one, other) : one == other;
}

/* The document of a record; NULL: there is none. */
static bool find_text(struct store *store, struct arena *arena, int64_t version,
                      const char *name, const char **document,
                      struct error *err)
{
    struct stored_record *record;

    if (!record_at(store, arena, NOUN_REVIEW, version, name, &record, err))
        return false;
    *document = NULL;
    if (!record)
        return true;
    *document =
        arena_bytes(arena, record->document, record->document_length, err);
    return *document != NULL;
}

bool stored_opinion_text(struct store *store, struct arena *arena,
                         int64_t version, const struct opinion *opinion,
                         const char **document, struct error *err)
{
    const char *name = opinion_record_name(arena, opinion, err);

    return name && find_text(store, arena, version, name, document, err);
}

/* ---- Giving ---- */

/* Why an answer is not to the question that there is now; NULL: it is. */
static bool find_doubt(struct store *store, struct arena *arena,
                       int64_t version, const struct opinion *opinion,
                       const char *before, const char **doubt,
                       struct error *err)
{
    const struct review_item *item = NULL;
    struct review review;
    const char *now;

    if (!review_load(store, arena, version, opinion->sample, &review, err) ||
        !stored_opinion_text(store, arena, version, opinion, &now, err))
        return false;
    for (size_t i = 0; i < review.count && !item; i++)
        if (!strcmp(review.items[i].meeting, opinion->meeting))
            item = &review.items[i];
    if (!item || !item->key)
        *doubt = "Not saved: the meeting is not in the sample any more.";
    else if (!seen_label_same(&item->label, &opinion->seen))
        *doubt = "Not saved: the label was changed meanwhile. Here it is as it "
                 "is now; please answer again.";
    else if (!same_text(now, before))
        *doubt = "Not saved: another answer of yours came meanwhile. Please "
                 "look again.";
    return true;
}

/* The document of an opinion, to be kept as long as the session lasts. */
static const char *write_text(struct answer_log *log,
                              const struct opinion *opinion, struct error *err)
{
    struct buf document = BUF_EMPTY;
    const char *text = NULL;

    if (opinion_write(opinion, &document, err) && buf_ok(&document, err))
        text = arena_text(&log->cli->arena, buf_string(&document), err);
    buf_free(&document);
    return text;
}

/* Remembers an answer as long as the session lasts. */
static bool remember(struct answer_log *log, const struct opinion *opinion,
                     const char *before, struct error *err)
{
    struct arena *arena = &log->cli->arena;
    struct given_answer *given;

    if (!list_grow(arena, &log->given, log->count, sizeof *log->given, err))
        return false;
    given = &log->given[log->count];
    given->meeting = arena_text(arena, opinion->meeting, err);
    given->record = opinion_record_name(arena, opinion, err);
    given->before = before ? arena_text(arena, before, err) : NULL;
    given->after = write_text(log, opinion, err);
    return given->meeting && given->record && given->after &&
           (given->before || !before);
}

static bool put(struct answer_log *log, struct run *run, struct arena *arena,
                const struct opinion *opinion, const char *before,
                struct error *err)
{
    const char *summary =
        arena_format(arena, err, "%s on %s: 1 %s", log->reviewer, log->sample,
                     opinion->decision ? "decision" : "opinion");
    bool changed;

    if (!summary || !remember(log, opinion, before, err) ||
        !run_put_opinion(run, arena, opinion, err) ||
        !finish_review(log->cli, run, summary, &changed, err))
        return false;
    log->count += changed;
    log->versions += changed;
    return true;
}

bool answer_save(struct answer_log *log, struct arena *arena,
                 const struct opinion *opinion, const char *before,
                 const char **refused, struct error *err)
{
    struct store *store =
        cli_open(log->cli, log->cli->database, STORE_WRITE, err);
    struct run *run = store ? run_begin(store, arena, err) : NULL;
    bool ok;

    *refused = NULL;
    ok = run && find_doubt(store, arena, run_version(run), opinion, before,
                           refused, err);
    ok = ok && (*refused || put(log, run, arena, opinion, before, err));
    run_abandon(run);
    store_close(store);
    return ok;
}

static bool put_more(struct answer_log *log, struct run *run,
                     struct arena *arena, const struct opinion *opinion,
                     struct error *err)
{
    const char *after = write_text(log, opinion, err);
    const char *summary = arena_format(
        arena, err, "%s on %s: 1 answer completed", log->reviewer, log->sample);
    bool changed;

    if (!after || !summary || !run_put_opinion(run, arena, opinion, err) ||
        !finish_review(log->cli, run, summary, &changed, err))
        return false;
    log->given[log->count - 1].after = after;
    log->versions += changed;
    return true;
}

bool answer_amend(struct answer_log *log, struct arena *arena,
                  const struct opinion *opinion, const char **refused,
                  struct error *err)
{
    struct store *store =
        cli_open(log->cli, log->cli->database, STORE_WRITE, err);
    struct run *run = store ? run_begin(store, arena, err) : NULL;
    bool ok;

    *refused = NULL;
    ok = run && find_doubt(store, arena, run_version(run), opinion,
                           log->given[log->count - 1].after, refused, err);
    ok = ok && (*refused || put_more(log, run, arena, opinion, err));
    run_abandon(run);
    store_close(store);
    return ok;
}

/* ---- Taking back ---- */

static bool put_back(struct answer_log *log, struct run *run,
                     struct arena *arena, const struct given_answer *last,
                     struct error *err)
{
    struct stored_record record = {.name = last->record,
                                   .document = last->before};
    const char *summary =
        arena_format(arena, err, "%s on %s: 1 answer taken back", log->reviewer,
                     log->sample);
    bool changed;

    if (last->before)
        record.document_length = strlen(last->before);
    if (!summary ||
        !(last->before
              ? run_put_record(run, NOUN_REVIEW, &record, err)
              : run_remove_record(run, NOUN_REVIEW, last->record, err)) ||
        !finish_review(log->cli, run, summary, &changed, err))
        return false;
    log->versions += changed;
    return true;
}

static bool undo(struct answer_log *log, struct store *store, struct run *run,
                 struct arena *arena, const char **refused, struct error *err)
{
    const struct given_answer *last = &log->given[log->count - 1];
    const char *now;

    if (!find_text(store, arena, run_version(run), last->record, &now, err))
        return false;
    if (same_text(now, last->after))
        return put_back(log, run, arena, last, err);
    *refused = "Not taken back: the answer was changed since.";
    return true;
}

bool answer_undo(struct answer_log *log, struct arena *arena,
                 const char **meeting, const char **refused, struct error *err)
{
    struct store *store;
    struct run *run;
    bool ok;

    *meeting = NULL;
    *refused = NULL;
    if (!log->count) {
        *refused = "There is no answer of this session to take back.";
        return true;
    }
    store = cli_open(log->cli, log->cli->database, STORE_WRITE, err);
    run = store ? run_begin(store, arena, err) : NULL;
    ok = run && undo(log, store, run, arena, refused, err);
    run_abandon(run);
    store_close(store);
    if (!ok)
        return false;
    log->count--;
    if (!*refused)
        *meeting = log->given[log->count].meeting;
    return true;
}
