/* datebook persona review: on a terminal key by key, else by a file. */
#include "persona_review.h"

#include <string.h>

enum { MOST_ANSWERS = 16 << 20 }; /* bytes of an answers file */

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
        !expert_keep(review, &changed, err))
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
                                    : expert_ask(review, err);
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
