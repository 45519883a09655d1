/* datebook review agreement */
#include "agreement_output.h"

#include "datebook/review.h"

enum { SHARES = 2 + REVIEW_FIELDS };

static const char *const spelled[REVIEW_FIELDS] = {"importance", "prep",
                                                   "RSVP"};

struct view {
    const char *name;
    struct review review;
    struct agreement agreement;
};

static void list_shares(const struct agreement_group *group,
                        struct shown_share shares[SHARES])
{
    static const char *const names[REVIEW_FIELDS] = {
        "importance right", "prep right (needed or not)", "RSVP right"};

    shares[0] = (struct shown_share){"realistic", &group->realistic,
                                     REVIEW_REALISTIC_TARGET};
    shares[1] =
        (struct shown_share){"label right", &group->whole, REVIEW_LABEL_TARGET};
    for (int f = 0; f < REVIEW_FIELDS; f++)
        shares[2 + f] = (struct shown_share){names[f], &group->fields[f], 0};
}

/* ---- Text ---- */

static void print_head(struct cli *cli, const struct view *view)
{
    const struct agreement *agreement = &view->agreement;
    struct buf *out = &cli->out;

    buf_format(out, "sample %s as of v%lld: %s", view->name,
               (long long)view->review.version,
               cli_count(cli, agreement->items, "meeting", "meetings"));
    buf_format(out, ", %lld judged", (long long)agreement->judged);
    buf_format(out, ", %s",
               cli_count(cli, agreement->opinions, "opinion", "opinions"));
    buf_format(out, " by %s\n",
               cli_count(cli, (int64_t)view->review.reviewer_count, "reviewer",
                         "reviewers"));
    if (agreement->again)
        buf_format(
            out, "not counted: %s\n",
            cli_count(cli, agreement->again,
                      "opinion on a label that changed since; open again",
                      "opinions on labels that changed since; open "
                      "again"));
    if (agreement->lost)
        buf_format(out, "not counted: %s\n",
                   cli_count(cli, agreement->lost,
                             "opinion on a meeting that is not there any more",
                             "opinions on meetings that are not there any "
                             "more"));
    if (agreement->disputed || agreement->decided)
        buf_format(out, "disputed: %lld open, %lld decided\n",
                   (long long)agreement->disputed,
                   (long long)agreement->decided);
}

static bool print_groups(struct cli *cli, const struct agreement *agreement,
                         struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA", TABLE_LEFT, 38},
        {"N", TABLE_RIGHT, 0},
        {"REALISTIC", TABLE_LEFT, 0},
        {"LABEL RIGHT", TABLE_LEFT, 0}};
    struct table table;

    if (agreement->group_count < 2)
        return true;
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t g = 1; g < agreement->group_count; g++) {
        const struct agreement_group *group = &agreement->groups[g];
        table_row(
            &table, group->persona,
            arena_format(&cli->arena, err, "%zu", group->whole.of.n),
            share_text(cli, &group->realistic, REVIEW_REALISTIC_TARGET, err),
            share_text(cli, &group->whole, REVIEW_LABEL_TARGET, err), NULL);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static bool print_pair(struct cli *cli, const struct agreement_pair *pair,
                       struct error *err)
{
    static const struct table_column columns[] = {
        {"", TABLE_LEFT, 0},
        {"SAME", TABLE_LEFT, 0},
        {"KAPPA", TABLE_LEFT, 0},
        {"WEIGHTED KAPPA", TABLE_LEFT, 0}};
    struct table table;

    buf_format(
        &cli->out, "\n%s and %s, on %s\n", pair->one, pair->other,
        cli_count(cli, (int64_t)pair->percent[0].of.n, "meeting", "meetings"));
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int f = 0; f < REVIEW_FIELDS; f++)
        table_row(
            &table, spelled[f], share_text(cli, &pair->percent[f], 0, err),
            coefficient_text(cli, &pair->kappa[f], err),
            f == FIELD_IMPORTANCE ? coefficient_text(cli, &pair->weighted, err)
                                  : "",
            NULL);
    return table_print(&table, 2, &cli->out, err);
}

static void add_alpha(struct cli *cli, struct table *table, const char *name,
                      const struct measured *alpha, struct error *err)
{
    table_row(table, name, coefficient_text(cli, alpha, err),
              arena_format(&cli->arena, err, "n %zu", alpha->of.n), NULL);
}

static bool print_between(struct cli *cli, const struct agreement *agreement,
                          struct error *err)
{
    static const struct table_column columns[] = {
        {NULL, TABLE_LEFT, 0}, {NULL, TABLE_LEFT, 0}, {NULL, TABLE_RIGHT, 0}};
    struct table table;

    for (size_t i = 0; i < agreement->pair_count; i++)
        if (!print_pair(cli, &agreement->pairs[i], err))
            return false;
    if (!agreement->pair_count)
        return true;
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    add_alpha(cli, &table, "realistic", &agreement->realistic_alpha, err);
    add_alpha(cli, &table, "importance (ordinal)",
              &agreement->alpha[FIELD_IMPORTANCE], err);
    add_alpha(cli, &table, "prep minutes (interval)",
              &agreement->alpha[FIELD_PREP], err);
    add_alpha(cli, &table, "RSVP (ordinal)", &agreement->alpha[FIELD_RSVP],
              err);
    buf_text(&cli->out, "\nall reviewers, Krippendorff's alpha\n");
    if (!table_print(&table, 2, &cli->out, err))
        return false;
    buf_text(&cli->out,
             "kappa and alpha: 1 is always the same, 0 is what chance alone "
             "would give,\n\"-\" is that nothing varies\n");
    return true;
}

/* A command, and what follows the name of the sample. */
struct step {
    const char *command;
    const char *options;
};

/* What is to be done first; without a command nothing. */
static struct step next_step(const struct agreement *agreement,
                             const struct shown_share *shares)
{
    if (agreement->gone == agreement->items)
        return (struct step){"review sample", " --count N --replace"};
    if (agreement->judged + agreement->gone < agreement->items ||
        agreement->again)
        return (struct step){"review next", " --reviewer WHO"};
    if (agreement->disputed)
        return (struct step){"review adjudicate", " --reviewer WHO"};
    if (!shares_meet(&shares[1], 1))
        return (struct step){"review rules", ""};
    if (!shares_meet(&shares[0], 1))
        return (struct step){"review show", ""};
    return (struct step){NULL, NULL};
}

static void advise(struct cli *cli, const struct view *view,
                   const struct shown_share *shares)
{
    struct step step = next_step(&view->agreement, shares);
    struct buf command = BUF_EMPTY;

    if (!step.command)
        return;
    buf_format(&command, "%s %s%s", step.command, view->name, step.options);
    cli_next(cli, buf_string(&command));
    buf_inherit(&cli->notes, &command);
    buf_free(&command);
}

static bool print(struct cli *cli, const struct view *view,
                  const struct shown_share *shares, struct error *err)
{
    const struct agreement *agreement = &view->agreement;

    print_head(cli, view);
    if (agreement->opinions &&
        (!print_shares(cli, "ALL", shares, SHARES, err) ||
         !print_groups(cli, agreement, err) ||
         !print_between(cli, agreement, err)))
        return false;
    buf_char(&cli->out, '\n');
    print_meaning(cli, &shares[0], "realistic", "opinions", err);
    print_meaning(cli, &shares[1], "label right", "opinions", err);
    if (agreement->opinions && !agreement->pair_count)
        cli_note(cli, "how far people agree with each other takes a second "
                      "reviewer");
    advise(cli, view, shares);
    return true;
}

/* ---- JSON ---- */

static void json_group(struct buf *out, const struct agreement_group *group)
{
    json_key(out, NULL);
    buf_text(out, "{\"persona\":");
    buf_json(out, group->persona);
    json_measured(out, "realistic", &group->realistic, REVIEW_REALISTIC_TARGET);
    json_measured(out, "label", &group->whole, REVIEW_LABEL_TARGET);
    for (enum review_field f = 0; f < REVIEW_FIELDS; f++)
        json_measured(out, review_field_name(f), &group->fields[f], 0);
    buf_char(out, '}');
}

static void json_pair(struct buf *out, const struct agreement_pair *pair)
{
    const char *const names[] = {pair->one, pair->other};

    json_key(out, NULL);
    buf_char(out, '{');
    json_texts(out, "reviewers", names, 2);
    for (enum review_field f = 0; f < REVIEW_FIELDS; f++) {
        json_key(out, review_field_name(f));
        buf_char(out, '{');
        json_measured(out, "same", &pair->percent[f], 0);
        json_measured(out, "kappa", &pair->kappa[f], 0);
        if (f == FIELD_IMPORTANCE)
            json_measured(out, "weighted_kappa", &pair->weighted, 0);
        buf_char(out, '}');
    }
    buf_char(out, '}');
}

static void json_counts_of(struct buf *out, const struct agreement *agreement)
{
    buf_format(out,
               ",\"meetings\":%lld,\"judged\":%lld,\"opinions\":%lld,"
               "\"not_counted\":{\"label_changed\":%lld,\"meeting_gone\":%lld},"
               "\"meetings_gone\":%lld,\"disputed\":%lld,\"decided\":%lld",
               (long long)agreement->items, (long long)agreement->judged,
               (long long)agreement->opinions, (long long)agreement->again,
               (long long)agreement->lost, (long long)agreement->gone,
               (long long)agreement->disputed, (long long)agreement->decided);
}

static void print_json(struct cli *cli, const struct view *view)
{
    const struct agreement *agreement = &view->agreement;
    struct buf *out = &cli->out;

    buf_format(
        out, "{\"version\":%lld,\"sample\":", (long long)view->review.version);
    buf_json(out, view->name);
    json_texts(out, "reviewers", view->review.reviewers,
               view->review.reviewer_count);
    json_counts_of(out, agreement);
    json_key(out, "groups");
    buf_char(out, '[');
    for (size_t g = 0; g < agreement->group_count; g++)
        json_group(out, &agreement->groups[g]);
    buf_text(out, "],\"pairs\":[");
    for (size_t i = 0; i < agreement->pair_count; i++)
        json_pair(out, &agreement->pairs[i]);
    buf_text(out, "],\"alpha\":{");
    json_measured(out, "realistic", &agreement->realistic_alpha, 0);
    json_measured(out, "importance", &agreement->alpha[FIELD_IMPORTANCE], 0);
    json_measured(out, "prep_time_minutes", &agreement->alpha[FIELD_PREP], 0);
    json_measured(out, "rsvp", &agreement->alpha[FIELD_RSVP], 0);
    buf_text(out, "}}\n");
}

/* ---- Running ---- */

static bool measure(struct cli *cli, struct view *view, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              review_load(store, &cli->arena, version, view->name,
                          &view->review, err);

    store_close(store);
    return ok &&
           review_agreement(&cli->arena, &view->review, &view->agreement, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct view view = {.name = cli->arguments[0]};
    struct shown_share shares[SHARES];

    if (!review_name_check("sample", view.name, err) ||
        !measure(cli, &view, err))
        return false;
    list_shares(&view.agreement.groups[0], shares);
    if (cli_flag(cli, "check") && !shares_meet(shares, SHARES))
        cli->exit_code = ERROR_FOUND;
    if (!cli->json)
        return print(cli, &view, shares, err);
    print_json(cli, &view);
    return true;
}

const struct command command_review_agreement = {
    .name = "review agreement",
    .summary = "show how far reviewers and labels agree",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "Of the opinions on a sample: the share that calls the meeting "
        "realistic, and the\nshare that leaves the label as it is, each with "
        "a target of 90 %; the label field by\nfield, and both by persona. Of "
        "each two reviewers: the share of meetings of which\nthey say the "
        "same, and Cohen's kappa, which takes away what chance would give "
        "(for\nimportance also weighted by the square of the distance); of "
        "all, Krippendorff's\nalpha. In brackets stands an interval of 95 %: "
        "drawing the meetings of the sample\nagain gives a number within it "
        "95 times in a hundred. A target that lies within\nthe interval is "
        "met, or missed, perhaps by chance.\n\n"
        "Opinions on a label that changed since, or on a meeting that is not "
        "there any more,\ndo not count. Nor do decisions: they are made "
        "knowing the opinions.",
    .json = "{\"version\", \"sample\", \"reviewers\", \"meetings\", "
            "\"judged\", \"opinions\",\n\"not_counted\": {\"label_changed\", "
            "\"meeting_gone\"}, \"meetings_gone\", \"disputed\",\n"
            "\"decided\", \"groups\": [{\"persona\" (null: all), "
            "\"realistic\": {\"value\", \"low\", \"high\",\n\"n\", "
            "\"target\", \"verdict\"}, \"label\", \"importance\", \"prep\", "
            "\"rsvp\"}], \"pairs\":\n[{\"reviewers\", \"importance\": "
            "{\"same\", \"kappa\", \"weighted_kappa\"}, \"prep\": "
            "{\"same\",\n\"kappa\"}, \"rsvp\"}], \"alpha\": {\"realistic\", "
            "\"importance\", \"prep_time_minutes\",\n\"rsvp\"}}; all measures "
            "have \"value\", \"low\", \"high\" (null where undefined) and "
            "\"n\";\nverdicts are none, not_met, not_met_maybe, met_maybe and "
            "met",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"check", 0, NULL,
                 "exit code 1 when a target is not met by all together"}},
    .examples = {{"review agreement first", "all numbers of a sample"},
                 {"review agreement first --check", "for a script"}},
    .run = run,
};
