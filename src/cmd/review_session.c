/* Showing one meeting after the other, and saving what is said of it. */
#include "review_session.h"

#include "datebook/list.h"

/* ---- Which meeting comes next ---- */

static bool was_passed(const struct session *session, const char *meeting)
{
    for (size_t i = 0; i < session->passed_count; i++)
        if (!strcmp(session->passed[i], meeting))
            return true;
    return false;
}

static bool pass(struct session *session, const char *meeting,
                 struct error *err)
{
    struct arena *arena = &session->cli->arena;

    if (!list_grow(arena, &session->passed, session->passed_count,
                   sizeof *session->passed, err))
        return false;
    session->passed[session->passed_count] = arena_text(arena, meeting, err);
    return session->passed[session->passed_count++] != NULL;
}

static const struct review_item *choose(const struct session *session,
                                        const struct shown *shown)
{
    const struct review *review = &shown->review;

    for (size_t i = 0; session->wanted && i < review->count; i++)
        if (review->items[i].key &&
            !strcmp(review->items[i].meeting, session->wanted))
            return &review->items[i];
    for (size_t i = 0; i < review->count; i++)
        if (!was_passed(session, review->items[i].meeting) &&
            session->kind->is_due(session, shown, &review->items[i]))
            return &review->items[i];
    return NULL;
}

/* ---- What is shown of it ---- */

/* What every session shows and asks of a meeting. */
static bool describe(struct session *session, struct shown *shown,
                     struct error *err)
{
    const struct review_item *item = shown->item;

    shown->opinion = (struct opinion){.sample = session->log.sample,
                                      .reviewer = session->log.reviewer,
                                      .meeting = item->meeting,
                                      .persona = item->persona->id,
                                      .version = shown->review.version,
                                      .seen = item->label};
    shown->terms = (struct answer_terms){.label = item->label.values,
                                         .blind = session->blind};
    return review_case_reasons(&session->arena, &shown->judged,
                               &shown->terms.rules, &shown->terms.rule_count,
                               err) &&
           session->kind->describe(session, shown, err);
}

/* Reads the next meeting from the newest version; no lock stays. */
static bool load(struct session *session, struct shown *shown,
                 struct error *err)
{
    struct cli *cli = session->cli;
    struct arena *arena = &session->arena;
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    int64_t head;
    bool ok = store && version_head(store, &head, err) &&
              review_load(store, arena, head, session->log.sample,
                          &shown->review, err);

    if (ok)
        shown->item = choose(session, shown);
    if (ok && shown->item)
        ok = review_case_find(arena, store, head, shown->item, &shown->judged,
                              err) &&
             describe(session, shown, err) &&
             stored_opinion_text(store, arena, head, &shown->opinion,
                                 &shown->before, err);
    store_close(store);
    return ok;
}

/* ---- Asking ---- */

static bool draw(struct session *session, const struct shown *shown,
                 const struct answer *answer, bool helping, struct error *err)
{
    struct review_view view = {.title = shown->title,
                               .judged = &shown->judged,
                               .above = *shown->above ? shown->above : NULL,
                               .notice = session->notice,
                               .helping = helping};
    struct look look = terminal_look(session->terminal);
    struct buf out = BUF_EMPTY;
    bool ok;

    put_review_screen(&out, &view, answer, &look, &session->page);
    ok = terminal_show(session->terminal, &out, err);
    buf_free(&out);
    return ok;
}

/* Shows meeting and questions until a key has come to something. */
static bool ask(struct session *session, const struct shown *shown,
                struct answer *answer, enum answer_result *result,
                struct error *err)
{
    bool helping = false;
    struct key key;

    *result = ANSWER_GOES_ON;
    while (*result == ANSWER_GOES_ON) {
        enum answer_stage stage = answer->stage;
        if (!draw(session, shown, answer, helping, err) ||
            !terminal_key(session->terminal, &key, err))
            return false;
        if (key.kind == KEY_REDRAW)
            continue;
        session->notice = NULL;
        if (helping && key.kind != KEY_END) {
            helping = false;
            session->page.first = 0;
            continue;
        }
        if (session->kind->translate)
            session->kind->translate(answer, &key);
        *result = answer_feed(answer, &key);
        if (*result == ANSWER_NEXT_PAGE)
            page_next(&session->page);
        else if (*result == ANSWER_PAGE_BACK)
            page_back(&session->page);
        helping = *result == ANSWER_HELP;
        if (helping || answer->stage != stage)
            session->page.first = 0;
        if (helping || *result == ANSWER_NEXT_PAGE ||
            *result == ANSWER_PAGE_BACK)
            *result = ANSWER_GOES_ON;
    }
    return true;
}

/* What could not be done now may be done soon: another program may be writing.
 * Asks whether to try again; false leaves the error as it is. */
static bool ask_to_retry(struct session *session, const struct error *err)
{
    struct buf text = BUF_EMPTY;
    struct error ignored;
    struct key key = {KEY_REDRAW, ""};
    struct look look = terminal_look(session->terminal);
    struct buf lines = BUF_EMPTY;

    if (err->code != ERROR_DATABASE)
        return false;
    buf_text(&text, "The answer could not be saved: ");
    terminal_lines(&text, err->message);
    buf_text(&text, ".\nEnter tries again, q gives it up ");
    wrap_text(&lines, buf_string(&text), look.columns, 0);
    buf_inherit(&lines, &text);
    while (key.kind == KEY_REDRAW)
        if (!terminal_show(session->terminal, &lines, &ignored) ||
            !terminal_key(session->terminal, &key, &ignored))
            key.kind = KEY_END;
    buf_free(&text);
    buf_free(&lines);
    return key.kind != KEY_END && !key_is(&key, 'q');
}

/* ---- What an answer does ---- */

static bool write(struct session *session, struct shown *shown,
                  const struct answer *answer, struct error *err)
{
    struct answer_log *log = &session->log;

    answer_opinion(answer, &shown->opinion);
    while (!(shown->kept ? answer_amend(log, &session->arena, &shown->opinion,
                                        &session->notice, err)
                         : answer_save(log, &session->arena, &shown->opinion,
                                       shown->before, &session->notice, err)))
        if (!ask_to_retry(session, err))
            return false;
    return true;
}

/* Before the label is shown: what was said blind cannot be said blind again. */
static bool keep(struct session *session, struct shown *shown,
                 const struct answer *answer, struct error *err)
{
    size_t count = session->log.count;

    if (!write(session, shown, answer, err))
        return false;
    shown->kept = session->log.count > count;
    if (!session->notice)
        return true;
    session->wanted =
        arena_text(&session->cli->arena, shown->item->meeting, err);
    return session->wanted != NULL;
}

static bool save(struct session *session, struct shown *shown,
                 const struct answer *answer, struct error *err)
{
    if (!write(session, shown, answer, err))
        return false;
    session->wanted = NULL;
    if (!session->notice)
        return pass(session, shown->item->meeting, err);
    session->wanted =
        arena_text(&session->cli->arena, shown->item->meeting, err);
    return session->wanted != NULL;
}

static bool undo(struct session *session, struct error *err)
{
    const char *meeting;

    while (!answer_undo(&session->log, &session->arena, &meeting,
                        &session->notice, err))
        if (!ask_to_retry(session, err))
            return false;
    if (!meeting)
        return true;
    session->wanted = meeting;
    session->notice = "Taken back: answer this one again, or skip it.";
    return true;
}

static bool act(struct session *session, struct shown *shown,
                const struct answer *answer, enum answer_result result,
                bool *done, struct error *err)
{
    *done = result == ANSWER_QUIT || result == ANSWER_GIVEN_AND_QUIT;
    session->page = (struct page){0};
    switch (result) {
    case ANSWER_REVEALS:
        return keep(session, shown, answer, err);
    case ANSWER_GIVEN:
    case ANSWER_GIVEN_AND_QUIT:
        return save(session, shown, answer, err);
    case ANSWER_UNDO:
        return undo(session, err);
    case ANSWER_SKIP:
        session->wanted = NULL;
        return pass(session, shown->item->meeting, err);
    default:
        return true;
    }
}

static void start(const struct session *session, const struct shown *shown,
                  struct answer *answer)
{
    answer_start(answer, &shown->terms);
    if (session->kind->start)
        session->kind->start(shown, answer);
}

/* One meeting; *done: the reviewer leaves, or none is left. */
static bool turn(struct session *session, bool *done, struct error *err)
{
    struct shown shown = {.item = NULL};
    struct answer *answer;
    enum answer_result result;
    bool ok;

    arena_reset(&session->arena);
    ok = load(session, &shown, err);
    *done = !shown.item;
    if (ok && shown.item) {
        answer = arena_zero(&session->arena, 1, sizeof *answer, err);
        if (answer)
            start(session, &shown, answer);
        ok = answer != NULL;
        do
            ok = ok && ask(session, &shown, answer, &result, err) &&
                 act(session, &shown, answer, result, done, err);
        while (ok && result == ANSWER_REVEALS && !session->notice);
    }
    review_case_close(&shown.judged);
    return ok;
}

/* ---- The end ---- */

/* How it stands after the last meeting. */
static bool print_end(struct session *session, struct error *err)
{
    struct cli *cli = session->cli;
    struct shown shown = {.item = NULL};
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    int64_t head;
    bool ok = store && version_head(store, &head, err) &&
              review_load(store, &session->arena, head, session->log.sample,
                          &shown.review, err);

    store_close(store);
    return ok && session->kind->print_end(session, &shown, err);
}

const char *session_command(struct session *session, struct error *err)
{
    return arena_format(&session->cli->arena, err, "%s %s --reviewer %s%s%s",
                        session->cli->command->name, session->log.sample,
                        session->log.reviewer, session->blind ? " --blind" : "",
                        session->all ? " --all" : "");
}

/* An interruption takes nothing back. */
static bool explain_end(struct session *session, struct error *err)
{
    struct error ignored;
    const char *command;

    if (err->code != ERROR_INTERRUPTED)
        return false;
    error_set(err, ERROR_INTERRUPTED,
              "interrupted; every answer that was given is kept");
    command = session_command(session, &ignored);
    if (command)
        error_hint(err, "`%s` goes on", next_command(session->cli, command));
    return false;
}

static bool ask_all(struct session *session, struct error *err)
{
    struct error ignored;
    bool done = false;
    bool ok = true;

    session->terminal = terminal_open(&session->cli->arena, err);
    if (!session->terminal)
        return false;
    while (ok && !done)
        ok = turn(session, &done, err);
    if (!terminal_clear(session->terminal, &ignored) && ok)
        ok = false, *err = ignored;
    terminal_close(session->terminal);
    return ok ? print_end(session, err) : explain_end(session, err);
}

bool session_hold(struct session *session, struct error *err)
{
    bool ok;

    if (!terminal_is_there()) {
        error_set(err, ERROR_USAGE, "%s needs a terminal to ask on",
                  session->cli->command->name);
        return error_hint(err,
                          "`datebook review export %s` writes what is asked, "
                          "and `datebook review record FILE` takes answers",
                          session->log.sample);
    }
    ok = ask_all(session, err);
    arena_free(&session->arena);
    return ok;
}
