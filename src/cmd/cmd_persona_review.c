/* datebook persona review: on a terminal key by key, else by a file. */
#include "persona_review.h"

#include <stdio.h>
#include <string.h>

enum { MOST_ANSWERS = 16 << 20 }; /* bytes of an answers file */

/* One review of one persona by one expert. */
struct expert_review {
    struct cli *cli;
    struct store *store;
    const char *reviewer;
    struct stored_persona *stored;
    struct persona_questions questions;
    struct expert_session session;
    struct taken_over over;
    const char *record; /* the name of the opinion */
    int64_t since;      /* the version of it that we know; 0: none */
};

/* ---- Opening ---- */

static bool find_persona(struct expert_review *review, int64_t *version,
                         struct error *err)
{
    struct cli *cli = review->cli;

    return version_head(review->store, version, err) &&
           require_persona(cli, review->store, *version, cli->arguments[0],
                           &review->stored, err) &&
           questions_read(&review->questions, &cli->arena, review->stored,
                          err) &&
           questions_count(&review->questions, review->store, &cli->arena,
                           *version, err);
}

/* What this expert said before. */
static bool find_answers(struct expert_review *review, int64_t version,
                         struct error *err)
{
    struct arena *arena = &review->cli->arena;
    struct persona_opinion named = {.persona = review->stored->id,
                                    .reviewer = review->reviewer};
    struct persona_opinion earlier;
    struct stored_record *record;

    review->record = persona_opinion_record_name(arena, &named, err);
    if (!review->record ||
        !record_at(review->store, arena, NOUN_REVIEW, version, review->record,
                   &record, err) ||
        (record && !persona_opinion_read(arena, record, &earlier, err)) ||
        !expert_start(&review->session, arena, review->questions.count, err))
        return false;
    review->since = record ? record->since : 0;
    return answers_take_over(&review->session, &review->questions,
                             review->store, record ? &earlier : NULL,
                             &review->over, err);
}

/* ---- Keeping ---- */

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

/* Commits the answers as they are now. */
static bool keep(struct expert_review *review, bool *changed, struct error *err)
{
    struct arena arena = ARENA_EMPTY;
    struct run *run = run_begin(review->store, &arena, err);
    bool ok = run && keep_in(review, run, &arena, changed, err);

    run_abandon(run);
    arena_free(&arena);
    return ok;
}

/* ---- On a terminal ---- */

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

    asking->unsaved = !keep(asking->review, &changed, err);
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
    return !asking->unsaved || keep(asking->review, &changed, err);
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

static bool ask_expert(struct expert_review *review, struct error *err)
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

/* ---- From a file ---- */

static void print_kept(struct expert_review *review, bool changed)
{
    struct cli *cli = review->cli;
    struct buf *out = &cli->out;

    if (changed)
        buf_format(out, "v%lld: ", (long long)cli->committed);
    buf_format(out, "%s on %s: ", review->reviewer, review->stored->id);
    put_expert_progress(&review->session, out);
    buf_char(out, '\n');
    if (!changed)
        cli_note(cli, "nothing changed; HEAD stays at v%lld",
                 (long long)review->questions.version);
}

static void json_kept(struct expert_review *review, bool changed)
{
    const struct expert_session *session = &review->session;
    struct buf *out = &review->cli->out;
    size_t counts[SAYS_YES + 1] = {0};

    for (size_t i = 1; i <= session->rules; i++)
        counts[session->answers[i].verdict]++;
    buf_format(out, "{\"version\":%lld,\"changed\":%s,\"persona\":",
               (long long)(changed ? review->cli->committed
                                   : review->questions.version),
               changed ? "true" : "false");
    buf_json(out, review->stored->id);
    buf_text(out, ",\"reviewer\":");
    buf_json(out, review->reviewer);
    buf_format(out,
               ",\"exists\":%s,\"rules\":%zu,\"right\":%zu,\"wrong\":%zu,"
               "\"kept\":%zu,\"dropped\":%zu}\n",
               session->answers[0].verdict == SAYS_YES ? "true" : "false",
               session->rules, counts[SAYS_YES], counts[SAYS_NO],
               review->over.kept, review->over.dropped);
}

static bool take_file(struct expert_review *review, struct error *err)
{
    struct cli *cli = review->cli;
    const char *path = cli_value(cli, "answers");
    bool input = !strcmp(path, "-");
    struct buf over = BUF_EMPTY;
    size_t length;
    char *text = file_read(&cli->arena, input ? "/dev/stdin" : path,
                           MOST_ANSWERS, &length, err);
    bool changed;

    if (!text ||
        !answers_read(&review->session, &review->questions, review->reviewer,
                      text, length, input ? "standard input" : path, err) ||
        !keep(review, &changed, err))
        return false;
    put_taken_over(&review->over, &over);
    if (over.length)
        cli_note(cli, "%s", buf_string(&over));
    buf_inherit(&cli->out, &over);
    buf_free(&over);
    if (cli->json)
        json_kept(review, changed);
    else
        print_kept(review, changed);
    return true;
}

/* ---- Running ---- */

static bool check_options(struct cli *cli, const char **reviewer,
                          struct error *err)
{
    bool answers = cli_flag(cli, "answers");
    bool template = cli_flag(cli, "template");

    if (answers && template)
        return cli_usage(cli, err, "--template goes without --answers");
    if (cli->json && !answers && !template)
        return cli_usage(cli, err, "--json goes with --answers or --template");
    if ((!template || cli_flag(cli, "reviewer")) &&
        !option_reviewer(cli, reviewer, err))
        return false;
    if (answers || template || terminal_is_there())
        return true;
    error_set(err, ERROR_USAGE, "there is no terminal to ask on");
    return error_hint(err,
                      "`datebook persona review %s --template` prints a "
                      "document to fill in; give it back with --answers FILE",
                      cli->arguments[0]);
}

static bool review_persona(struct expert_review *review, struct error *err)
{
    struct cli *cli = review->cli;
    bool template = cli_flag(cli, "template");
    int64_t version;

    review->store =
        cli_open(cli, cli->database, template ? STORE_READ : STORE_WRITE, err);
    if (!review->store || !find_persona(review, &version, err))
        return false;
    if (template) {
        answers_template(&review->questions, review->reviewer, &cli->out);
        return true;
    }
    if (!find_answers(review, version, err))
        return false;
    return cli_flag(cli, "answers") ? take_file(review, err)
                                    : ask_expert(review, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct expert_review review = {.cli = cli};
    bool ok = check_options(cli, &review.reviewer, err) &&
              review_persona(&review, err);

    questions_close(&review.questions);
    store_close(review.store);
    return ok;
}

const struct command command_persona_review = {
    .name = "persona review",
    .summary = "ask an expert if a persona and its rules are right",
    .arguments = "ID",
    .least = 1,
    .most = 1,
    .details =
        "Asks first whether there is such a person in the expert's company, "
        "then of each rule\nwhether it is right, with single keys: y, n, o for "
        "a note, s to skip, u to undo,\nq to quit, ? for the keys. Each answer "
        "is committed at once, as one version; the\nsame command goes on at "
        "the first rule without an answer. When the rules were\nchanged since, "
        "answers on rules that are still the same are kept, and the others\n"
        "are asked again.\n\nWithout a terminal, --template prints all "
        "questions as one JSON document. Fill in\ntrue or false, leave null "
        "what you cannot say, and give it back with --answers;\nwhat is null "
        "or left out stays as it was.",
    .json = "with --answers {\"version\", \"changed\", \"persona\", "
            "\"reviewer\", \"exists\",\n\"rules\", \"right\", \"wrong\", "
            "\"kept\", \"dropped\"}: of all rules, how many were\nanswered "
            "how; earlier answers that were kept, or dropped because their "
            "rule\nchanged. With --template the document, as without --json",
    .options = {{"reviewer", 0, "WHO", "who is answering"},
                {"answers", 0, "FILE",
                 "take the answers of a file (- for standard input)"},
                {"template", 0, NULL,
                 "print a document of all questions to fill in"}},
    .examples = {{"persona review tier1_sales_manager_pipeline --reviewer ann",
                  "answer, or go on answering, on this terminal"},
                 {"persona review tier1_sales_manager_pipeline --template > "
                  "answers.json",
                  "the questions, to be answered in an editor"},
                 {"persona review tier1_sales_manager_pipeline --reviewer ann "
                  "--answers answers.json",
                  "take them in"}},
    .run = run,
};
