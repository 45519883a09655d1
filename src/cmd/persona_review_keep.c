/* Answers of an expert on their way into the database, a version each time. The
 * write lock is held while one is written, and never while somebody thinks. */
#include "persona_review.h"

#include <string.h>

static bool refuse_meanwhile(struct expert_review *review, const char *what,
                             struct error *err)
{
    error_set(err, ERROR_INPUT, "%s while you were answering", what);
    return error_hint(err,
                      "what you answered before is kept; start `datebook "
                      "persona review %s --reviewer %s` again",
                      review->stored->id, review->reviewer);
}

/* What is written must be about what was seen: in the meantime the persona may
 * have been edited, and the same expert may sit at another terminal. */
static bool check_meanwhile(struct expert_review *review, struct arena *arena,
                            int64_t version, struct stored_record **stored,
                            struct error *err)
{
    struct stored_persona *now;

    if (!persona_at(review->store, arena, version, review->stored->id, &now,
                    err) ||
        !record_at(review->store, arena, NOUN_REVIEW, version, review->record,
                   stored, err))
        return false;
    if (!now)
        return refuse_meanwhile(review, "the persona was removed", err);
    if (memcmp(now->rules_hash, review->stored->rules_hash, HASH_SIZE) != 0)
        return refuse_meanwhile(review, "the persona's rules were changed",
                                err);
    if ((*stored ? (*stored)->since : 0) != review->since)
        return refuse_meanwhile(review, "other answers were given in your name",
                                err);
    return true;
}

/* Puts the answers, or, without a word on the person, takes them away.  The
 * same answers on the same rules stay those of the version they were given on.
 */
static bool put_answers(struct expert_review *review, struct run *run,
                        struct arena *arena, const struct stored_record *stored,
                        struct error *err)
{
    struct persona_opinion before;
    struct persona_opinion opinion;

    if (review->session.answers[0].verdict == UNANSWERED)
        return !stored ||
               run_remove_record(run, NOUN_REVIEW, review->record, err);
    if ((stored && !persona_opinion_read(arena, stored, &before, err)) ||
        !answers_opinion(&review->session, &review->questions, review->reviewer,
                         &opinion, err))
        return false;
    if (stored && opinions_same(&opinion, &before))
        opinion.version = before.version;
    return run_put_persona_opinion(run, arena, &opinion, err);
}

static void put_summary(const struct expert_review *review, struct buf *out)
{
    buf_format(out, "%s on %s: ", review->reviewer, review->stored->id);
    if (review->session.answers[0].verdict == UNANSWERED)
        buf_text(out, "nothing");
    else
        buf_format(out, "%zu of %zu rules", expert_answered(&review->session),
                   review->session.rules);
}

static bool keep_in(struct expert_review *review, struct run *run,
                    struct arena *arena, bool *changed, struct error *err)
{
    struct buf summary = BUF_EMPTY;
    struct stored_record *stored;
    bool ok = check_meanwhile(review, arena, run_version(run), &stored, err) &&
              put_answers(review, run, arena, stored, err);

    put_summary(review, &summary);
    ok = ok && buf_ok(&summary, err) &&
         finish_review(review->cli, run, buf_string(&summary), changed, err);
    buf_free(&summary);
    if (ok && *changed)
        review->since = review->session.answers[0].verdict == UNANSWERED
                            ? 0
                            : run_version(run);
    return ok;
}

bool expert_keep(struct expert_review *review, bool *changed, struct error *err)
{
    struct arena arena = ARENA_EMPTY;
    struct run *run = run_begin(review->store, &arena, err);
    bool ok = run && keep_in(review, run, &arena, changed, err);

    run_abandon(run);
    arena_free(&arena);
    return ok;
}
