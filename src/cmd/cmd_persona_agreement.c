/* datebook persona agreement */
#include "agreement_output.h"

#include "datebook/hash.h"

#include <string.h>

enum { SHARES = 3 };

struct view {
    const char *id; /* NULL: all */
    int64_t version;
    struct persona_agreement *groups;
    size_t count;
};

/* ---- Measuring ---- */

/* The hash of the rules of each opinion's persona; both are by id. */
static bool find_hashes(struct cli *cli, const struct persona_opinion *opinions,
                        size_t count, const struct stored_persona *personas,
                        size_t persona_count, const char ***hashes,
                        struct error *err)
{
    size_t p = 0;

    *hashes = arena_zero(&cli->arena, count, sizeof **hashes, err);
    for (size_t i = 0; *hashes && i < count; i++) {
        char hex[HASH_HEX_SIZE];
        while (p < persona_count &&
               strcmp(personas[p].id, opinions[i].persona) < 0)
            p++;
        if (p == persona_count ||
            strcmp(personas[p].id, opinions[i].persona) != 0)
            continue;
        hash_hex(personas[p].rules_hash, hex);
        (*hashes)[i] = arena_text(&cli->arena, hex, err);
        if (!(*hashes)[i])
            return false;
    }
    return *hashes;
}

static bool read_opinions(struct cli *cli, struct store *store,
                          struct view *view, struct persona_opinion **opinions,
                          const char ***hashes, size_t *count,
                          struct error *err)
{
    struct stored_persona *personas;
    struct stored_persona *named;
    size_t persona_count;

    if (!cli_at(cli, store, &view->version, err) ||
        (view->id &&
         !require_persona(cli, store, view->version, view->id, &named, err)) ||
        !persona_list_at(store, &cli->arena, view->version, &personas,
                         &persona_count, err) ||
        !persona_opinion_list(store, &cli->arena, view->version, view->id,
                              opinions, count, err))
        return false;
    return find_hashes(cli, *opinions, *count, personas, persona_count, hashes,
                       err);
}

static bool measure(struct cli *cli, struct view *view, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct persona_opinion *opinions;
    const char **hashes;
    size_t count;
    bool ok = store &&
              read_opinions(cli, store, view, &opinions, &hashes, &count, err);

    store_close(store);
    return ok && persona_agreement(&cli->arena, opinions, hashes, count,
                                   &view->groups, &view->count, err);
}

/* What the numbers at the top are of: one persona is drawn otherwise than all
 * are. */
static const struct persona_agreement *top(const struct view *view)
{
    return &view->groups[view->id && view->count > 1 ? 1 : 0];
}

static void list_shares(const struct persona_agreement *group,
                        struct shown_share shares[SHARES])
{
    shares[0] = (struct shown_share){"exists in our company", &group->exists,
                                     REVIEW_PERSONA_TARGET};
    shares[1] = (struct shown_share){"experts agree", &group->experts_agree,
                                     REVIEW_EXPERTS_TARGET};
    shares[2] = (struct shown_share){"rules are right", &group->right, 0};
}

/* ---- Text ---- */

static int64_t judged_personas(const struct view *view)
{
    int64_t count = 0;

    for (size_t g = 1; g < view->count; g++)
        count += view->groups[g].experts > 0;
    return count;
}

static void print_head(struct cli *cli, const struct view *view)
{
    const struct persona_agreement *group = top(view);
    struct buf *out = &cli->out;

    buf_text(out, view->id ? "persona " : "personas");
    if (view->id)
        terminal_text(out, view->id);
    buf_format(out, " as of v%lld: %s", (long long)view->version,
               cli_count(cli, group->experts, "expert", "experts"));
    if (!view->id)
        buf_format(
            out, ", on %s",
            cli_count(cli, judged_personas(view), "persona", "personas"));
    buf_char(out, '\n');
    if (group->outdated)
        buf_format(
            out, "not counted: %s\n",
            cli_count(cli, group->outdated,
                      "opinion on rules that changed since or are gone",
                      "opinions on rules that changed since or are gone"));
}

/* "2 of 3" */
static const char *exists_text(struct cli *cli,
                               const struct persona_agreement *group,
                               struct error *err)
{
    const struct coefficient *of = &group->exists.of;

    if (!of->defined)
        return "-";
    return arena_format(&cli->arena, err, "%.0f of %zu",
                        of->value * (double)of->n, of->n);
}

static bool print_groups(struct cli *cli, const struct view *view,
                         struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA", TABLE_LEFT, 36},
        {"EXISTS", TABLE_RIGHT, 0},
        {"RULES RIGHT", TABLE_LEFT, 0},
        {"EXPERTS AGREE", TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t g = 1; g < view->count; g++) {
        const struct persona_agreement *group = &view->groups[g];
        table_row(
            &table, group->persona, exists_text(cli, group, err),
            share_text(cli, &group->right, 0, err),
            share_text(cli, &group->experts_agree, REVIEW_EXPERTS_TARGET, err),
            NULL);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

static bool print(struct cli *cli, const struct view *view,
                  const struct shown_share *shares, struct error *err)
{
    const struct persona_agreement *group = top(view);

    print_head(cli, view);
    if (group->experts &&
        (!print_shares(cli, view->id ? "PERSONA" : "ALL PERSONAS", shares,
                       SHARES, err) ||
         (!view->id && !print_groups(cli, view, err))))
        return false;
    buf_char(&cli->out, '\n');
    print_meaning(cli, &shares[0], "exists", "opinions", err);
    print_meaning(cli, &shares[1], "experts agree", "pairs of answers", err);
    if (group->experts && !group->experts_agree.of.defined)
        cli_note(cli, "whether experts agree takes two of the same persona");
    if (!group->experts || group->outdated || !group->experts_agree.of.defined)
        cli_next(cli, view->id
                          ? arena_format(&cli->arena, err,
                                         "persona review %s --reviewer WHO",
                                         view->id)
                          : "persona review ID --reviewer WHO");
    return true;
}

/* ---- JSON ---- */

static void json_group(struct buf *out, const struct persona_agreement *group)
{
    json_key(out, NULL);
    buf_text(out, "{\"persona\":");
    buf_json(out, group->persona);
    buf_format(out, ",\"experts\":%lld,\"outdated\":%lld",
               (long long)group->experts, (long long)group->outdated);
    json_measured(out, "exists", &group->exists, REVIEW_PERSONA_TARGET);
    json_measured(out, "rules_right", &group->right, 0);
    json_measured(out, "experts_agree", &group->experts_agree,
                  REVIEW_EXPERTS_TARGET);
    buf_char(out, '}');
}

static void print_json(struct cli *cli, const struct view *view)
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"groups\":[", (long long)view->version);
    for (size_t g = 0; g < view->count; g++)
        if (g || !view->id)
            json_group(out, &view->groups[g]);
    buf_text(out, "]}\n");
}

static bool run(struct cli *cli, struct error *err)
{
    struct view view = {.id = cli->argument_count ? cli->arguments[0] : NULL};
    struct shown_share shares[SHARES];

    if (!measure(cli, &view, err))
        return false;
    list_shares(top(&view), shares);
    if (cli_flag(cli, "check") && !shares_meet(shares, SHARES))
        cli->exit_code = ERROR_FOUND;
    if (!cli->json)
        return print(cli, &view, shares, err);
    print_json(cli, &view);
    return true;
}

const struct command command_persona_agreement = {
    .name = "persona agreement",
    .summary = "show whether personas exist and experts agree",
    .arguments = "[ID]",
    .most = 1,
    .details =
        "Of what experts said in persona reviews: the share that says that "
        "such a person\nexists in the company (target 85 %), the share of "
        "answers that two experts gave\nalike, over existence and rules "
        "(target 90 %), and the share of rules that were\ncalled right. In "
        "brackets stands an interval of 95 %, from drawing the personas "
        "(of\none persona: the experts) or the rules again. A target that "
        "lies within the interval\nis met, or missed, perhaps by chance.\n\n"
        "Opinions on rules that changed since do not count.",
    .json = "{\"version\", \"groups\": [{\"persona\" (null: all), "
            "\"experts\", \"outdated\",\n\"exists\": {\"value\", \"low\", "
            "\"high\", \"n\", \"target\", \"verdict\"}, \"rules_right\",\n"
            "\"experts_agree\"}]}; what is undefined is null; verdicts are "
            "none, not_met,\nnot_met_maybe, met_maybe and met",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"},
                {"check", 0, NULL, "exit code 1 when a target is not met"}},
    .examples = {{"persona agreement", "all personas that experts judged"},
                 {"persona agreement tier1_sales_manager_pipeline", "one"}},
    .run = run,
};
