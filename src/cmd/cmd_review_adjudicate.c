/* datebook review adjudicate */
#include "review_disputes.h"
#include "review_lines.h"
#include "review_session.h"

/* ---- The screen ---- */

static bool is_due(const struct session *session, const struct shown *shown,
                   const struct review_item *item)
{
    (void)session;
    return review_is_disputed(&shown->review, item);
}

/* "first: 3 disagreements" */
static const char *title_of(struct session *session, const struct shown *shown,
                            struct error *err)
{
    const struct review_item *const *items;
    size_t count;

    if (!disputed_items(&session->arena, &shown->review, &items, &count, err))
        return NULL;
    return arena_format(&session->arena, err, "%s: %zu disagreement%s",
                        session->log.sample, count, count == 1 ? "" : "s");
}

static const char *table_of(struct session *session, const struct shown *shown,
                            struct error *err)
{
    const struct dispute_form form = {.on_screen = true};
    struct buf text = BUF_EMPTY;
    const char *copy = NULL;

    if (put_disputes(&text, &session->arena, &shown->review, &shown->item, 1,
                     &form, err) &&
        buf_ok(&text, err))
        copy = arena_text(&session->arena, buf_string(&text), err);
    buf_free(&text);
    return copy;
}

static bool describe(struct session *session, struct shown *shown,
                     struct error *err)
{
    shown->opinion.decision = true;
    shown->title = title_of(session, shown, err);
    shown->above = table_of(session, shown, err);
    return shown->title && shown->above &&
           current_opinions(&session->arena, &shown->review, shown->item,
                            &shown->terms.choices, &shown->terms.choice_count,
                            err);
}

/* Where all say the same of the meeting itself, only its label is asked for. */
static void start(const struct shown *shown, struct answer *answer)
{
    const struct answer_terms *terms = &shown->terms;

    for (size_t i = 1; i < terms->choice_count; i++)
        if (terms->choices[i]->realistic != terms->choices[0]->realistic)
            return;
    if (!terms->choice_count)
        return;
    answer->realistic = terms->choices[0]->realistic;
    answer->stage = ANSWER_AGREES;
}

/* The label of the rules is taken with l as well, which the table names it by.
 */
static void translate(const struct answer *answer, struct key *key)
{
    if (!answer->noting && answer->stage == ANSWER_AGREES &&
        (key_is(key, 'l') || key_is(key, 'L')))
        key->text[0] = 'a';
}

static bool print_end(struct session *session, const struct shown *shown,
                      struct error *err)
{
    struct cli *cli = session->cli;
    const char *sample = session->log.sample;
    const struct review_item *const *items;
    const char *next;
    size_t count;

    if (!disputed_items(&session->arena, &shown->review, &items, &count, err))
        return false;
    buf_format(
        &cli->out, "%s: %s in this session, %s left\n", sample,
        cli_count(cli, (int64_t)session->log.count, "decision", "decisions"),
        cli_count(cli, (int64_t)count, "disagreement", "disagreements"));
    next = count
               ? session_command(session, err)
               : arena_format(&cli->arena, err, "review agreement %s", sample);
    if (next)
        cli_next(cli, next);
    return next != NULL;
}

static bool adjudicate(struct cli *cli, struct error *err)
{
    static const struct session_kind kind = {.is_due = is_due,
                                             .describe = describe,
                                             .start = start,
                                             .translate = translate,
                                             .print_end = print_end};
    struct session session = {.kind = &kind,
                              .cli = cli,
                              .log = {.cli = cli, .sample = cli->arguments[0]}};

    if (cli_flag(cli, "at"))
        return cli_usage(cli, err, "--at goes with --list");
    return option_reviewer(cli, &session.log.reviewer, err) &&
           session_hold(&session, err);
}

/* ---- The list ---- */

struct listing {
    struct review review;
    const struct review_item *const *items;
    size_t count;
    const char **subjects;
};

static bool find_subjects(struct cli *cli, struct store *store,
                          struct listing *listing, struct error *err)
{
    listing->subjects =
        arena_zero(&cli->arena, listing->count, sizeof *listing->subjects, err);
    for (size_t i = 0; listing->subjects && i < listing->count; i++) {
        struct stored_fact fact;
        bool found;
        if (!fact_at(store, &cli->arena, listing->review.version,
                     listing->items[i]->key, &fact, &found, err))
            return false;
        listing->subjects[i] = found ? fact.facts.subject : "";
    }
    return listing->subjects != NULL;
}

/* An empty line, the subject, and below it whose meeting it is. */
static const char *heading_of(struct cli *cli, const struct listing *listing,
                              size_t number, struct error *err)
{
    const struct review_item *item = listing->items[number];
    struct buf text = BUF_EMPTY;
    struct buf safe = BUF_EMPTY;
    const char *copy = NULL;

    terminal_text(&safe, *listing->subjects[number] ? listing->subjects[number]
                                                    : "(no subject)");
    buf_char(&text, '\n');
    text_cut(&text, buf_string(&safe), 80);
    buf_text(&text, "\n  ");
    terminal_text(&text, item->persona->id);
    buf_text(&text, "\n  ");
    terminal_text(&text, item->meeting);
    buf_char(&text, '\n');
    buf_inherit(&text, &safe);
    if (buf_ok(&text, err))
        copy = arena_text(&cli->arena, buf_string(&text), err);
    buf_free(&text);
    buf_free(&safe);
    return copy;
}

static bool print_list(struct cli *cli, const struct listing *listing,
                       struct error *err)
{
    const char **headings =
        arena_zero(&cli->arena, listing->count, sizeof *headings, err);
    const struct dispute_form form = {.headings = headings};

    for (size_t i = 0; headings && i < listing->count; i++)
        if (!(headings[i] = heading_of(cli, listing, i, err)))
            return false;
    if (!headings)
        return false;
    buf_format(&cli->out, "%s, v%lld: %s\n", listing->review.sample.name,
               (long long)listing->review.version,
               cli_count(cli, (int64_t)listing->count, "disagreement",
                         "disagreements"));
    if (!listing->count)
        return true;
    buf_char(&cli->out, '\n');
    return put_disputes(&cli->out, &cli->arena, &listing->review,
                        listing->items, listing->count, &form, err);
}

static void print_json(struct cli *cli, const struct listing *listing)
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"sample\":",
               (long long)listing->review.version);
    buf_json(out, listing->review.sample.name);
    json_key(out, "disagreements");
    buf_char(out, '[');
    for (size_t i = 0; i < listing->count; i++) {
        const struct review_item *item = listing->items[i];
        json_key(out, NULL);
        buf_text(out, "{\"meeting\":");
        buf_json(out, item->meeting);
        json_key(out, "persona");
        buf_json(out, item->persona->id);
        json_key(out, "subject");
        buf_json(out, listing->subjects[i]);
        json_seen_label(out, &item->label);
        json_opinions(out, &listing->review, item);
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
}

static bool list(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct listing listing = {.count = 0};
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              review_load(store, &cli->arena, version, cli->arguments[0],
                          &listing.review, err) &&
              disputed_items(&cli->arena, &listing.review, &listing.items,
                             &listing.count, err) &&
              find_subjects(cli, store, &listing, err);

    store_close(store);
    if (!ok)
        return false;
    if (listing.count)
        cli->exit_code = ERROR_FOUND;
    if (!cli->json)
        return print_list(cli, &listing, err);
    print_json(cli, &listing);
    return true;
}

static bool run(struct cli *cli, struct error *err)
{
    if (!cli_flag(cli, "list") && !cli->json)
        return adjudicate(cli, err);
    if (cli_flag(cli, "reviewer"))
        return cli_usage(cli, err,
                         "a list is nobody's: give it without "
                         "--reviewer");
    return list(cli, err);
}

const struct command command_review_adjudicate = {
    .name = "review adjudicate",
    .summary = "decide where reviewers disagree, in the terminal",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "Shows one disagreement at a time: what each reviewer said, why, and "
        "the label of the rules.\nDisagreements are meetings of which "
        "reviewers say different things, and labels that a single\nreviewer "
        "corrects. A number takes what that reviewer said, l (or a) the label "
        "of the rules, c\ncorrects it by hand; ? lists all keys. Each decision "
        "is saved at once, as a version of its\nown; it settles the meeting, "
        "and all opinions stay.\n\n"
        "--list prints the disagreements instead. Exit code 1 when there are "
        "some. Without a terminal,\n`review record` takes decisions: answers "
        "with \"decision\": true.",
    .json = "{\"version\", \"sample\", \"disagreements\": [{\"meeting\", "
            "\"persona\", \"subject\", \"label\",\n\"opinions\"}]}, as in "
            "`review export`; implies --list",
    .options = {{"reviewer", 0, "WHO", "who decides (needed, but for --list)"},
                {"list", 0, NULL, "print the disagreements"},
                {"at", 0, "VERSION", "list those of a version (default HEAD)"}},
    .examples = {{"review adjudicate first --reviewer cleo",
                  "decide one after the other"},
                 {"review adjudicate first --list", "what there is to decide"}},
    .run = run,
};
