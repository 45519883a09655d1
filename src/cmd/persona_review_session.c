/* What was answered, where we are, and what a key does.  Pure: no terminal and
 * no store. */
#include "persona_review.h"

#include "datebook/list.h"

#include <string.h>

bool expert_start(struct expert_session *session, struct arena *arena,
                  size_t rules, struct error *err)
{
    *session = (struct expert_session){.arena = arena, .rules = rules};
    session->answers =
        arena_zero(arena, rules + 1, sizeof *session->answers, err);
    for (size_t i = 0; session->answers && i <= rules; i++)
        session->answers[i].note = "";
    return session->answers != NULL;
}

bool expert_is_done(const struct expert_session *session)
{
    return session->place > session->rules;
}

static bool is_open(const struct expert_session *session, size_t place)
{
    return place <= session->rules &&
           session->answers[place].verdict == UNANSWERED;
}

/* The first open place from one on, else the end. */
static size_t open_from(const struct expert_session *session, size_t place)
{
    while (place <= session->rules && !is_open(session, place))
        place++;
    return place;
}

void expert_resume(struct expert_session *session)
{
    session->place = open_from(session, 0);
}

size_t expert_answered(const struct expert_session *session)
{
    size_t count = 0;

    for (size_t i = 1; i <= session->rules; i++)
        count += !is_open(session, i);
    return count;
}

size_t expert_lost_note(const struct expert_session *session)
{
    for (size_t i = 1; i <= session->rules; i++)
        if (is_open(session, i) && *session->answers[i].note)
            return i - 1;
    return session->rules;
}

/* ---- Steps ---- */

/* Remembers the place and its answer before anything happens to them. */
static bool step(struct expert_session *session, struct error *err)
{
    if (!list_grow(session->arena, &session->steps, session->step_count,
                   sizeof *session->steps, err))
        return false;
    session->steps[session->step_count++] =
        (struct expert_step){session->place, session->answers[session->place]};
    return true;
}

static bool same_answer(const struct expert_answer *one,
                        const struct expert_answer *other)
{
    return one->verdict == other->verdict && !strcmp(one->note, other->note);
}

/* Undoes the last step, or, when none is left, goes back without one. */
static enum expert_outcome undo(struct expert_session *session)
{
    const struct expert_step *last;
    struct expert_answer *answer;
    bool stored;

    if (!session->step_count) {
        session->place -= session->place > 0;
        return EXPERT_LOOK;
    }
    last = &session->steps[--session->step_count];
    session->place = last->place;
    answer = &session->answers[last->place];
    /* A note without an answer was never stored. */
    stored =
        (answer->verdict != UNANSWERED || last->before.verdict != UNANSWERED) &&
        !same_answer(answer, &last->before);
    *answer = last->before;
    return stored ? EXPERT_KEEP : EXPERT_LOOK;
}

static bool answer(struct expert_session *session, enum verdict verdict,
                   enum expert_outcome *outcome, struct error *err)
{
    struct expert_answer *given = &session->answers[session->place];

    /* The same answer again may be one of other rules: that is for the store
     * to see. */
    *outcome = EXPERT_KEEP;
    if (!step(session, err))
        return false;
    given->verdict = verdict;
    session->place = open_from(session, session->place + 1);
    return true;
}

/* Over what has an answer one goes place by place, to look at it. */
static bool skip(struct expert_session *session, enum expert_outcome *outcome,
                 struct error *err)
{
    bool open = is_open(session, session->place);

    *outcome = EXPERT_FIRST;
    if (open && !session->place)
        return true;
    *outcome = EXPERT_LOOK;
    if (!step(session, err))
        return false;
    session->place =
        open ? open_from(session, session->place + 1) : session->place + 1;
    return true;
}

bool expert_key(struct expert_session *session, char key,
                enum expert_outcome *outcome, struct error *err)
{
    bool done = expert_is_done(session);

    *outcome = EXPERT_NO_KEY;
    switch (key) {
    case 'q':
        *outcome = EXPERT_LEAVE;
        return true;
    case '?':
        *outcome = EXPERT_HELP;
        return true;
    case 'u':
        *outcome = undo(session);
        return true;
    case 'o':
        *outcome = done ? EXPERT_NO_KEY : EXPERT_NOTE;
        return true;
    case 's':
        return done || skip(session, outcome, err);
    case 'y':
    case 'n':
        return done ||
               answer(session, key == 'y' ? SAYS_YES : SAYS_NO, outcome, err);
    default:
        return true;
    }
}

bool expert_note(struct expert_session *session, const char *note,
                 enum expert_outcome *outcome, struct error *err)
{
    struct expert_answer *given = &session->answers[session->place];

    *outcome = EXPERT_LOOK;
    if (!strcmp(given->note, note))
        return true;
    if (!step(session, err))
        return false;
    given->note = arena_text(session->arena, note, err);
    if (!given->note) {
        given->note = "";
        return false;
    }
    if (given->verdict != UNANSWERED)
        *outcome = EXPERT_KEEP;
    return true;
}
