/* datebook review next */
#include "review_session.h"

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

static bool is_due(const struct session *session, const struct shown *shown,
                   const struct review_item *item)
{
    enum review_state state =
        review_state(item, own_opinion(shown, session->log.reviewer, item));

    return state != REVIEW_GONE && (state != REVIEW_DONE || session->all);
}

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
    shown->title = progress_text(session, shown, err);
    shown->above = earlier_text(session, shown, err);
    return shown->title && shown->above;
}

static bool print_end(struct session *session, const struct shown *shown,
                      struct error *err)
{
    struct cli *cli = session->cli;
    const char *sample = session->log.sample;
    size_t counts[REVIEW_GONE + 1];
    const char *next;

    count_states(shown, session->log.reviewer, counts);
    buf_format(&cli->out, "%s, %s: ", sample, session->log.reviewer);
    put_review_progress(&cli->out, &shown->review,
                        review_reviewer(&shown->review, session->log.reviewer));
    buf_format(
        &cli->out, "; %s in this session\n",
        cli_count(cli, (int64_t)session->log.count, "answer", "answers"));
    next = counts[REVIEW_OPEN] || counts[REVIEW_AGAIN]
               ? session_command(session, err)
               : arena_format(&cli->arena, err, "review agreement %s", sample);
    if (session->notice)
        cli_note(cli, "%s", session->notice);
    if (next)
        cli_next(cli, next);
    return next != NULL;
}

static bool run(struct cli *cli, struct error *err)
{
    static const struct session_kind kind = {
        .is_due = is_due, .describe = describe, .print_end = print_end};
    struct session session = {.kind = &kind,
                              .cli = cli,
                              .log = {.cli = cli, .sample = cli->arguments[0]},
                              .blind = cli_flag(cli, "blind"),
                              .all = cli_flag(cli, "all")};

    return option_reviewer(cli, &session.log.reviewer, err) &&
           session_hold(&session, err);
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
