/* datebook review next */
#include "review_answers.h"
#include "review_screen.h"

#include "datebook/list.h"

/* ---- The session ---- */

struct session {
    struct cli *cli;
    struct terminal *terminal;
    struct answer_log log;
    bool blind;
    bool all;
    const char **passed; /* meetings that were shown and left */
    size_t passed_count;
    const char *wanted; /* the meeting to show next; NULL: the next open one */
    const char *notice; /* for the next screen */
    struct page page;
    struct arena arena; /* of the meeting at hand */
};

/* What is shown of the meeting at hand. */
struct shown {
    struct review review;
    const struct review_item *item; /* NULL: none is left */
    struct review_case judged;
    struct opinion opinion;
    const char *before; /* the document that an answer replaces */
    struct answer_terms terms;
    const char *title;
    const char *above;
};

static const struct opinion *own_opinion(const struct shown *shown,
                                         const char *reviewer,
                                         const struct review_item *item)
{
    size_t number = review_reviewer(&shown->review, reviewer);

    return number < shown->review.reviewer_count ? item->opinions[number]
                                                 : NULL;
}

/* How many meetings are in each state to the reviewer. */
static void count_states(const struct shown *shown, const char *reviewer,
                         size_t counts[REVIEW_GONE + 1])
{
    memset(counts, 0, (REVIEW_GONE + 1) * sizeof *counts);
    for (size_t i = 0; i < shown->review.count; i++) {
        const struct review_item *item = &shown->review.items[i];
        counts[review_state(item, own_opinion(shown, reviewer, item))]++;
    }
}

/* "first: 12 of 100, 3 open again" */
static const char *progress_text(struct session *session,
                                 const struct shown *shown, struct error *err)
{
    size_t counts[REVIEW_GONE + 1];
    const char *again = "";

    count_states(shown, session->log.reviewer, counts);
    if (counts[REVIEW_AGAIN])
        again = arena_format(&session->arena, err, ", %zu open again",
                             counts[REVIEW_AGAIN]);
    return again
               ? arena_format(&session->arena, err, "%s: %zu of %zu%s",
                              session->log.sample, counts[REVIEW_DONE],
                              shown->review.count - counts[REVIEW_GONE], again)
               : NULL;
}

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

static bool is_due(const struct session *session, const struct shown *shown,
                   const struct review_item *item)
{
    enum review_state state =
        review_state(item, own_opinion(shown, session->log.reviewer, item));

    if (state == REVIEW_GONE || (state == REVIEW_DONE && !session->all))
        return false;
    return !was_passed(session, item->meeting);
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
        if (is_due(session, shown, &review->items[i]))
            return &review->items[i];
    return NULL;
}

/* ---- What is shown of it ---- */

/* What the reviewer said before; blind not even that, for it may tell of the
 * label. */
static const char *earlier_text(struct session *session,
                                const struct shown *shown, struct error *err)
{
    const struct opinion *opinion =
        own_opinion(shown, session->log.reviewer, shown->item);
    bool again = review_state(shown->item, opinion) == REVIEW_AGAIN;
    struct buf text = BUF_EMPTY;
    const char *copy;

    if (!opinion)
        return "";
    buf_text(&text, again ? "Open again: the label was changed since you "
                            "answered."
                          : "You have answered this one.");
    if (!session->blind) {
        buf_text(&text, " You said ");
        buf_text(&text, opinion->realistic ? "" : "not realistic, ");
        put_values(&text, &opinion->says);
    }
    if (!session->blind && again) {
        buf_text(&text, ", when the label was ");
        put_values(&text, &opinion->seen.values);
    }
    buf_text(&text, session->blind ? "\n" : ".\n");
    copy = buf_ok(&text, err)
               ? arena_text(&session->arena, buf_string(&text), err)
               : NULL;
    buf_free(&text);
    return copy;
}

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
    shown->title = progress_text(session, shown, err);
    shown->above = earlier_text(session, shown, err);
    return shown->title && shown->above &&
           review_case_reasons(&session->arena, &shown->judged,
                               &shown->terms.rules, &shown->terms.rule_count,
                               err);
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

static bool save(struct session *session, struct shown *shown,
                 const struct answer *answer, struct error *err)
{
    answer_opinion(answer, &shown->opinion);
    while (!answer_save(&session->log, &session->arena, &shown->opinion,
                        shown->before, &session->notice, err))
        if (!ask_to_retry(session, err))
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
            answer_start(answer, &shown.terms);
        ok = answer && ask(session, &shown, answer, &result, err) &&
             act(session, &shown, answer, result, done, err);
    }
    review_case_close(&shown.judged);
    return ok;
}

/* ---- The end ---- */

static bool print_end(struct session *session, struct error *err)
{
    struct cli *cli = session->cli;
    struct shown shown = {.item = NULL};
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    const char *sample = session->log.sample;
    size_t counts[REVIEW_GONE + 1];
    const char *next;
    int64_t head;
    bool ok =
        store && version_head(store, &head, err) &&
        review_load(store, &session->arena, head, sample, &shown.review, err);

    store_close(store);
    if (!ok)
        return false;
    count_states(&shown, session->log.reviewer, counts);
    buf_format(&cli->out, "%s, %s: ", sample, session->log.reviewer);
    put_review_progress(&cli->out, &shown.review,
                        review_reviewer(&shown.review, session->log.reviewer));
    buf_format(
        &cli->out, "; %s in this session\n",
        cli_count(cli, (int64_t)session->log.count, "answer", "answers"));
    next = counts[REVIEW_OPEN] || counts[REVIEW_AGAIN]
               ? arena_format(
                     &cli->arena, err, "review next %s --reviewer %s%s", sample,
                     session->log.reviewer, session->blind ? " --blind" : "")
               : arena_format(&cli->arena, err, "review agreement %s", sample);
    if (next)
        cli_next(cli, next);
    return next != NULL;
}

/* An interruption takes nothing back. */
static bool explain_end(struct session *session, struct error *err)
{
    if (err->code != ERROR_INTERRUPTED)
        return false;
    error_set(err, ERROR_INTERRUPTED,
              "interrupted; every answer that was given is kept");
    return error_hint(err, "`datebook review next %s --reviewer %s` goes on",
                      session->log.sample, session->log.reviewer);
}

static bool hold(struct session *session, struct error *err)
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

static bool run(struct cli *cli, struct error *err)
{
    struct session session = {.cli = cli,
                              .log = {.cli = cli, .sample = cli->arguments[0]},
                              .blind = cli_flag(cli, "blind"),
                              .all = cli_flag(cli, "all")};
    bool ok;

    if (!option_reviewer(cli, &session.log.reviewer, err))
        return false;
    if (!terminal_is_there()) {
        error_set(err, ERROR_USAGE, "review next needs a terminal to ask on");
        return error_hint(err,
                          "`datebook review export %s` writes what is asked, "
                          "and `datebook review record FILE` takes answers",
                          cli->arguments[0]);
    }
    ok = hold(&session, err);
    arena_free(&session.arena);
    return ok;
}

const struct command command_review_next = {
    .name = "review next",
    .summary = "judge the meetings of a sample, one by one, in the terminal",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "Shows one meeting at a time that is open, or open again because its "
        "label was changed:\nthe invitation, the rules of the persona, what "
        "fired (\"»\" decided, \"›\" was overruled), and\nthe label with its "
        "reasons. Single keys answer: y or n (is the meeting realistic?), then "
        "a to\nagree with the label or c to correct it; ? lists all keys. With "
        "--blind the label and what fired\nare hidden until you have said what "
        "it should be.\n\nEach answer is saved at once, as a version of its "
        "own. u takes the last one back.\n\nWithout a terminal, `review "
        "export` and `review record` do the same with files.",
    .options = {{"reviewer", 0, "WHO", "who answers (needed)"},
                {"blind", 0, NULL, "hide the label until the answer is given"},
                {"all", 0, NULL, "also what you have answered already"}},
    .examples = {{"review next first --reviewer ann",
                  "go on with the sample \"first\""},
                 {"review next first --reviewer ben --blind",
                  "a second opinion that the label cannot sway"}},
    .run = run,
};
