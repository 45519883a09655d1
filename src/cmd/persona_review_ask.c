/* Asking an expert on a terminal: one screen, one key, and again. */
#include "persona_review.h"

#include <string.h>

struct asking {
    struct expert_review *review;
    struct terminal *terminal;
    struct expert_view view;
    struct buf remark;
    struct buf typed;
    bool unsaved; /* the last answer could not be written */
    bool leave;
};

static bool show(struct asking *asking, struct error *err)
{
    struct look look = terminal_look(asking->terminal);
    struct buf screen = BUF_EMPTY;
    bool ok;

    asking->view.remark = buf_string(&asking->remark);
    if (asking->view.typed)
        asking->view.typed = buf_string(&asking->typed);
    ok = expert_draw(&asking->review->session, &asking->review->questions,
                     &look, &asking->view, &screen, err) &&
         terminal_show(asking->terminal, &screen, err);
    buf_free(&screen);
    return ok;
}

static void remark(struct asking *asking, const char *text)
{
    buf_clear(&asking->remark);
    buf_text(&asking->remark, text);
}

/* Keeps the answers; when the database is locked or its disk is full, the next
 * answer tries again, and so does leaving. */
static bool try_to_keep(struct asking *asking, struct error *err)
{
    bool changed;

    asking->unsaved = !expert_keep(asking->review, &changed, err);
    if (!asking->unsaved)
        return true;
    if (err->code != ERROR_DATABASE)
        return false;
    buf_clear(&asking->remark);
    buf_text(&asking->remark, "Not saved yet: ");
    terminal_text(&asking->remark, err->message);
    buf_text(&asking->remark, ". The next answer tries again, and so does q.");
    return true;
}

/* Does what a key or a note came to. */
static bool follow(struct asking *asking, enum expert_outcome outcome,
                   struct error *err)
{
    struct expert_review *review = asking->review;
    const struct expert_session *session = &review->session;

    switch (outcome) {
    case EXPERT_KEEP:
        return try_to_keep(asking, err);
    case EXPERT_NOTE:
        buf_clear(&asking->typed);
        buf_text(&asking->typed, session->answers[session->place].note);
        asking->view.typed = "";
        break;
    case EXPERT_HELP:
        asking->view.keys = true;
        break;
    case EXPERT_FIRST:
        remark(asking, "This one first: without it no rule can be answered.");
        break;
    case EXPERT_NO_KEY:
        remark(asking, "That key means nothing here.");
        break;
    case EXPERT_LEAVE:
        asking->leave = true;
        break;
    default:
        break;
    }
    return true;
}

static bool take_answer(struct asking *asking, const struct key *key,
                        struct error *err)
{
    struct expert_session *session = &asking->review->session;
    size_t place = session->place;
    bool single = key->kind == KEY_CHARACTER && !key->text[1];
    enum expert_outcome outcome;

    if (!expert_key(session, single ? key->text[0] : '\0', &outcome, err))
        return false;
    if (session->place != place)
        asking->view.page.first = 0;
    return follow(asking, outcome, err);
}

/* ---- A note ---- */

static void take_back(struct buf *typed)
{
    size_t length = typed->length;

    while (length && ((unsigned char)typed->data[--length] & 0xC0) == 0x80)
        ;
    typed->length = length;
    if (typed->data)
        typed->data[length] = '\0';
}

static bool take_note(struct asking *asking, struct error *err)
{
    enum expert_outcome outcome;

    asking->view.typed = NULL;
    return buf_ok(&asking->typed, err) &&
           expert_note(&asking->review->session, buf_string(&asking->typed),
                       &outcome, err) &&
           follow(asking, outcome, err);
}

static bool type_note(struct asking *asking, const struct key *key,
                      struct error *err)
{
    struct buf *typed = &asking->typed;

    switch (key->kind) {
    case KEY_ENTER:
        return take_note(asking, err);
    case KEY_ESCAPE:
        asking->view.typed = NULL;
        break;
    case KEY_BACKSPACE:
        take_back(typed);
        break;
    case KEY_KILL:
        buf_clear(typed);
        break;
    case KEY_CHARACTER:
        if (typed->length + strlen(key->text) <= REVIEW_NOTE)
            buf_text(typed, key->text);
        else
            remark(asking, "A note cannot be longer.");
        break;
    default:
        break;
    }
    return true;
}

/* ---- The loop ---- */

static bool take_key(struct asking *asking, const struct key *key,
                     struct error *err)
{
    struct expert_view *view = &asking->view;

    if (key->kind == KEY_REDRAW)
        return true;
    buf_clear(&asking->remark);
    if (key->kind == KEY_END) {
        asking->leave = true;
        return true;
    }
    if (view->typed)
        return type_note(asking, key, err);
    if (view->keys) {
        view->keys = false;
        view->page.first = 0;
        return true;
    }
    if (key_is(key, ' ') || key->kind == KEY_PAGE_DOWN)
        page_next(&view->page);
    else if (key->kind == KEY_PAGE_UP)
        page_back(&view->page);
    else
        return take_answer(asking, key, err);
    return true;
}

static bool ask(struct asking *asking, struct error *err)
{
    struct key key;
    bool changed;

    while (!asking->leave)
        if (!show(asking, err) || !terminal_key(asking->terminal, &key, err) ||
            !take_key(asking, &key, err) || !buf_ok(&asking->remark, err))
            return false;
    return !asking->unsaved || expert_keep(asking->review, &changed, err);
}

/* What was skipped, and what is to be done next. */
static void print_end(struct expert_review *review)
{
    struct cli *cli = review->cli;
    const struct expert_session *session = &review->session;
    size_t lost = expert_lost_note(session);

    buf_format(&cli->out, "%s on %s: ", review->reviewer, review->stored->id);
    if (session->answers[0].verdict == UNANSWERED)
        buf_text(&cli->out, "nothing answered");
    else
        put_expert_progress(session, &cli->out);
    buf_char(&cli->out, '\n');
    if (lost < session->rules)
        cli_note(cli, "your note on \"%s\" was not kept: there is no answer",
                 review->questions.rules[lost].rule);
    if (session->answers[0].verdict == UNANSWERED ||
        expert_answered(session) < session->rules)
        cli_note(cli, "to go on: %s %s --reviewer %s",
                 next_command(cli, "persona review"), review->stored->id,
                 review->reviewer);
    else
        cli_note(cli, "next: %s %s", next_command(cli, "persona agreement"),
                 review->stored->id);
}

bool expert_ask(struct expert_review *review, struct error *err)
{
    struct asking asking = {.review = review};
    struct error ignored;
    bool ok;

    expert_resume(&review->session);
    /* Old answers that are all still good have to be given on these rules. */
    if (review->over.changed && expert_is_done(&review->session))
        review->session.place = 0;
    put_taken_over(&review->over, &asking.remark);
    asking.terminal = terminal_open(&review->cli->arena, err);
    ok = asking.terminal && ask(&asking, err);
    if (asking.terminal)
        ok = terminal_clear(asking.terminal, ok ? err : &ignored) && ok;
    terminal_close(asking.terminal);
    buf_free(&asking.remark);
    buf_free(&asking.typed);
    if (ok)
        print_end(review);
    else if (err->code == ERROR_INTERRUPTED)
        error_hint(err, "what you answered is kept; the same command goes on");
    return ok;
}
