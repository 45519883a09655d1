/* datebook review sample */
#include "reviews.h"

#include <string.h>

enum outcome { DRAWN, REPLACED, UNCHANGED };

/* What was said under the name before. */
struct said {
    int64_t opinions; /* and decisions */
    int64_t lost;     /* of those, on meetings that are not drawn again */
};

struct drawing {
    const char *name;
    struct sample_terms terms;
    struct sample sample;
    struct sample_shares shares;
    enum outcome outcome;
    struct said said;
    int64_t version; /* after it */
    const char *summary;
};

enum { STRATA_SHOWN = 40 };

/* ---- Options ---- */

static bool read_strata(struct cli *cli, unsigned *strata, struct error *err)
{
    const char *text = cli_value(cli, "stratify");
    const char **names;
    size_t count;

    if (!text)
        return true;
    if (!cli_list(cli, text, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum sample_stratum stratum = sample_stratum_named(names[i]);
        if (stratum == SAMPLE_STRATA)
            return cli_usage(cli, err,
                             "--stratify takes persona, importance, tier, "
                             "type, prep and rsvp, not \"%.50s\"",
                             names[i]);
        *strata |= 1u << stratum;
    }
    return *strata || cli_usage(cli, err,
                                "--stratify needs persona, importance, tier, "
                                "type, prep or rsvp");
}

static bool read_prefer(struct cli *cli, enum sample_preference *prefer,
                        struct error *err)
{
    const char *text = cli_value(cli, "prefer");

    if (!text)
        return true;
    *prefer = sample_preference_named(text);
    return (*prefer != SAMPLE_PREFERENCES && *prefer != PREFER_NONE) ||
           cli_usage(cli, err,
                     "--prefer takes conflicts, new-rules or borderline, not "
                     "\"%.50s\"",
                     text);
}

static bool read_personas(struct cli *cli, struct sample_terms *terms,
                          struct error *err)
{
    const char *text = cli_value(cli, "persona");
    const char **ids;

    if (!text)
        return true;
    if (!cli_list(cli, text, &ids, &terms->persona_count, err))
        return false;
    terms->personas = ids;
    return terms->persona_count ||
           cli_usage(cli, err, "--persona names no persona");
}

static bool read_options(struct cli *cli, struct drawing *drawing,
                         struct error *err)
{
    struct sample_terms *terms = &drawing->terms;

    *drawing = (struct drawing){.name = cli->arguments[0], .terms.seed = 1};
    if (!review_name_check("sample", drawing->name, err))
        return false;
    if (!cli_flag(cli, "count"))
        return cli_usage(cli, err, "--count is needed: how many meetings?");
    return cli_int(cli, "count", 1, SAMPLE_MOST, &terms->count, err) &&
           read_strata(cli, &terms->strata, err) &&
           read_prefer(cli, &terms->prefer, err) &&
           read_personas(cli, terms, err) && cli_seed(cli, &terms->seed, err);
}

/* ---- What is there under the name ---- */

static bool same_texts(const char *const *one, size_t count,
                       const char *const *other, size_t other_count)
{
    bool same = count == other_count;

    for (size_t i = 0; same && i < count; i++)
        same = !strcmp(one[i], other[i]);
    return same;
}

/* Whether another drawing gave the same, be it of another version. */
static bool same_sample(const struct sample *one, const struct sample *other)
{
    const struct sample_terms *left = &one->terms;
    const struct sample_terms *right = &other->terms;

    return left->count == right->count && left->strata == right->strata &&
           left->prefer == right->prefer && left->seed == right->seed &&
           same_texts(left->personas, left->persona_count, right->personas,
                      right->persona_count) &&
           same_texts(one->meetings, one->count, other->meetings, other->count);
}

static bool count_records(struct cli *cli, struct store *store, int64_t version,
                          const char *kind, const char *name, int64_t *count,
                          struct error *err)
{
    const char *prefix = arena_format(&cli->arena, err, "%s/%s/", kind, name);
    struct stored_record *records;
    size_t found;

    if (!prefix || !record_list_at(store, &cli->arena, NOUN_REVIEW, version,
                                   prefix, &records, &found, err))
        return false;
    *count += (int64_t)found;
    return true;
}

static bool refuse_other(struct cli *cli, const struct drawing *drawing,
                         const struct sample *old, struct error *err)
{
    error_set(err, ERROR_INPUT,
              "the sample %s exists and is another: %s from v%lld%s%s",
              drawing->name,
              cli_count(cli, (int64_t)old->count, "meeting", "meetings"),
              (long long)old->version, drawing->said.opinions ? ", with " : "",
              drawing->said.opinions ? cli_count(cli, drawing->said.opinions,
                                                 "opinion", "opinions")
                                     : "");
    return error_hint(err,
                      "--replace draws it anew, and opinions on meetings that "
                      "are in both stay; or choose another name");
}

/* What was said of meetings that are in the new sample still counts. */
static bool count_lost(struct cli *cli, struct store *store, int64_t version,
                       struct drawing *drawing, struct error *err)
{
    struct review review;

    drawing->said.lost = drawing->said.opinions;
    if (!drawing->said.opinions)
        return true;
    if (!review_load(store, &cli->arena, version, drawing->name, &review, err))
        return false;
    for (size_t i = 0; i < review.count; i++) {
        drawing->said.lost -= review.items[i].decision != NULL;
        for (size_t j = 0; j < review.reviewer_count; j++)
            drawing->said.lost -= review.items[i].opinions[j] != NULL;
    }
    return true;
}

/* Puts the sample into the run, unless it is there as it is. */
static bool put(struct cli *cli, struct store *store, struct run *run,
                struct drawing *drawing, struct error *err)
{
    int64_t version = run_version(run);
    const char *name = sample_record_name(&cli->arena, drawing->name, err);
    struct stored_record *stored;
    struct sample old;

    if (!name || !record_at(store, &cli->arena, NOUN_REVIEW, version, name,
                            &stored, err))
        return false;
    if (!stored)
        return run_put_sample(run, &cli->arena, &drawing->sample, err);
    if (!sample_read(&cli->arena, stored, &old, err) ||
        !count_records(cli, store, version, "opinion", drawing->name,
                       &drawing->said.opinions, err) ||
        !count_records(cli, store, version, "decision", drawing->name,
                       &drawing->said.opinions, err))
        return false;
    if (same_sample(&old, &drawing->sample)) {
        drawing->outcome = UNCHANGED;
        drawing->sample.version = old.version;
        return true;
    }
    if (!cli_flag(cli, "replace"))
        return refuse_other(cli, drawing, &old, err);
    drawing->outcome = REPLACED;
    return run_put_sample(run, &cli->arena, &drawing->sample, err) &&
           count_lost(cli, store, version, drawing, err);
}

static bool finish(struct cli *cli, struct run *run, struct drawing *drawing,
                   struct error *err)
{
    bool changed;

    drawing->summary = arena_format(
        &cli->arena, err, "%s sample %s: %s from v%lld",
        drawing->outcome == REPLACED ? "replaced" : "drew", drawing->name,
        cli_count(cli, (int64_t)drawing->sample.count, "meeting", "meetings"),
        (long long)drawing->sample.version);
    if (!drawing->summary ||
        !finish_review(cli, run, drawing->summary, &changed, err))
        return false;
    drawing->version = run_version(run) - !changed;
    return true;
}

/* ---- Output ---- */

static const char *const headers[SAMPLE_STRATA] = {
    "PERSONA", "IMPORTANCE", "TIER", "TYPE", "PREP", "RSVP"};

/* What the column of a preference is called. */
static const char *const preferred[SAMPLE_PREFERENCES] = {
    "", "CONFLICTS", "NEW RULES", "BORDERLINE"};

static void print_share(struct cli *cli, const struct sample_share *share,
                        struct table *table, struct error *err)
{
    const char *cells[SAMPLE_STRATA + 3];
    size_t count = 0;

    for (int s = 0; s < SAMPLE_STRATA; s++)
        if (share->values[s])
            cells[count++] = share->values[s];
    cells[count++] =
        arena_format(&cli->arena, err, "%lld", (long long)share->meetings);
    cells[count++] =
        arena_format(&cli->arena, err, "%lld", (long long)share->drawn);
    if (share->preferred)
        cells[count++] = arena_format(&cli->arena, err, "%lld of %lld",
                                      (long long)share->drawn_preferred,
                                      (long long)share->preferred);
    else
        cells[count++] = "-";
    table_cells(table, cells);
}

static bool print_shares(struct cli *cli, const struct drawing *drawing,
                         struct error *err)
{
    struct table_column columns[SAMPLE_STRATA + 3];
    const struct sample_shares *shares = &drawing->shares;
    size_t count = 0;
    struct table table;

    for (int s = 0; s < SAMPLE_STRATA; s++)
        if (drawing->terms.strata & 1u << s)
            columns[count++] = (struct table_column){headers[s], TABLE_LEFT, 0};
    columns[count++] = (struct table_column){"MEETINGS", TABLE_RIGHT, 0};
    columns[count++] = (struct table_column){"DRAWN", TABLE_RIGHT, 0};
    if (drawing->terms.prefer != PREFER_NONE)
        columns[count++] = (struct table_column){
            preferred[drawing->terms.prefer], TABLE_RIGHT, 0};
    table_start(&table, &cli->arena, columns, count);
    for (size_t i = 0; i < shares->count && i < STRATA_SHOWN; i++)
        print_share(cli, &shares->shares[i], &table, err);
    if (!table_print(&table, 2, &cli->out, err))
        return false;
    if (shares->count > STRATA_SHOWN)
        buf_format(&cli->out, "  … and %s, which --json lists\n",
                   cli_count(cli, (int64_t)shares->count - STRATA_SHOWN,
                             "more stratum", "more strata"));
    return true;
}

/* A preference that no meeting has says nothing of the sample. */
static void note_preference(struct cli *cli, const struct drawing *drawing)
{
    enum sample_preference prefer = drawing->terms.prefer;
    int64_t count = 0;

    for (size_t i = 0; i < drawing->shares.count; i++)
        count += drawing->shares.shares[i].preferred;
    if (prefer != PREFER_NONE && !count)
        cli_note(cli, "no meeting is one of %s: --prefer made no difference",
                 sample_preference_name(prefer));
}

static void print_notes(struct cli *cli, const struct drawing *drawing)
{
    const char *next =
        arena_format(&cli->arena, &(struct error){0},
                     "review next %s --reviewer WHO", drawing->name);

    if (drawing->sample.count < (size_t)drawing->terms.count)
        cli_note(cli, "there are no more than %s to draw from",
                 cli_count(cli, (int64_t)drawing->sample.count, "meeting",
                           "meetings"));
    note_preference(cli, drawing);
    if (drawing->said.lost && drawing->outcome == REPLACED)
        cli_note(
            cli,
            "%s on meetings that are not in the sample any more: "
            "they stay, and do not count",
            cli_count(cli, drawing->said.lost, "opinion is", "opinions are"));
    if (drawing->outcome != UNCHANGED && next)
        cli_next(cli, next);
}

static void print_json_share(struct buf *out, const struct sample_share *share)
{
    json_key(out, NULL);
    buf_char(out, '{');
    for (int s = 0; s < SAMPLE_STRATA; s++)
        if (share->values[s]) {
            json_key(out, sample_stratum_name((enum sample_stratum)s));
            buf_json(out, share->values[s]);
        }
    json_key(out, "meetings");
    buf_format(out,
               "%lld,\"drawn\":%lld,\"preferred\":%lld,"
               "\"drawn_preferred\":%lld}",
               (long long)share->meetings, (long long)share->drawn,
               (long long)share->preferred, (long long)share->drawn_preferred);
}

static void print_json(struct cli *cli, const struct drawing *drawing)
{
    static const char *const outcomes[] = {"drawn", "replaced", "unchanged"};
    struct buf *out = &cli->out;

    buf_format(out,
               "{\"version\":%lld,\"sample\":", (long long)drawing->version);
    buf_json(out, drawing->name);
    buf_format(out,
               ",\"outcome\":\"%s\",\"drawn_from\":%lld,\"meetings\":%zu,"
               "\"lost_opinions\":%lld,\"strata\":[",
               outcomes[drawing->outcome], (long long)drawing->sample.version,
               drawing->sample.count,
               drawing->outcome == REPLACED ? (long long)drawing->said.lost
                                            : 0LL);
    for (size_t i = 0; i < drawing->shares.count; i++)
        print_json_share(out, &drawing->shares.shares[i]);
    buf_text(out, "]}\n");
}

static bool print(struct cli *cli, const struct drawing *drawing,
                  struct error *err)
{
    print_notes(cli, drawing);
    if (cli->json) {
        print_json(cli, drawing);
        return true;
    }
    if (drawing->outcome == UNCHANGED) {
        buf_format(&cli->out,
                   "Nothing changed: sample %s is there as it is; HEAD stays "
                   "at v%lld.\n",
                   drawing->name, (long long)drawing->version);
        return true;
    }
    buf_format(&cli->out, "v%lld: %s\n", (long long)drawing->version,
               drawing->summary);
    return print_shares(cli, drawing, err);
}

static bool draw(struct cli *cli, struct store *store, struct run *run,
                 const struct monitor *monitor, struct error *err)
{
    struct drawing drawing;
    int64_t version;

    return read_options(cli, &drawing, err) &&
           cli_at(cli, store, &version, err) &&
           sample_draw(store, &cli->arena, version, drawing.name,
                       &drawing.terms, monitor, &drawing.sample,
                       &drawing.shares, err) &&
           put(cli, store, run, &drawing, err) &&
           finish(cli, run, &drawing, err) && print(cli, &drawing, err);
}

/* Wrong options are told before the file is looked for. */
static bool run(struct cli *cli, struct error *err)
{
    struct drawing drawing;

    return read_options(cli, &drawing, err) && with_run(cli, draw, err);
}

const struct command command_review_sample = {
    .name = "review sample",
    .summary = "draw meetings for people to judge, under a name",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "With --stratify every combination of these values is a stratum, and "
        "all give the same\nnumber of meetings; a stratum with fewer gives "
        "what "
        "it has, and the others the rest. Within\na stratum --prefer puts some "
        "meetings first: \"conflicts\", in which rules of several levels\nof "
        "importance fired; \"new-rules\", decided by a rule that the persona "
        "did not have before\nits rules last changed; \"borderline\", whose "
        "importance, answer or need of preparation would be\nanother without "
        "one of the rules that fired. All else is decided by a keyed hash of "
        "the seed\nand each meeting's id: meetings that come or go move no "
        "other.\n\n"
        "What is drawn is a list of ids. Opinions are given on the labels that "
        "there are by then.",
    .json = "{\"version\", \"sample\", \"outcome\": \"drawn\" | "
            "\"replaced\" | \"unchanged\",\n\"drawn_from\", "
            "\"meetings\", \"lost_opinions\", \"strata\": [{\"persona\", "
            "\"importance\",\n\"tier\", \"type\", \"prep\", \"rsvp\" "
            "(those of --stratify), \"meetings\", \"drawn\",\n"
            "\"preferred\", \"drawn_preferred\"}]}",
    .options = {{"count", 0, "N", "how many meetings"},
                {"stratify", 0, "WORD,…",
                 "evenly of each persona, importance, tier, type, prep, rsvp"},
                {"prefer", 0, "WORD",
                 "first those of conflicts, new-rules or borderline"},
                {"persona", 0, "ID,…", "only meetings of these personas"},
                {"seed", 0, "N", "of the draw (default 1)"},
                {"at", 0, "VERSION", "draw from a version (default HEAD)"},
                {"replace", 0, NULL, "also when the name is taken"}},
    .examples = {{"review sample first --count 100 --stratify "
                  "persona,importance",
                  "as many of each persona and importance as there are"},
                 {"review sample new --count 50 --prefer new-rules",
                  "what the last change of rules decided"}},
    .run = run,
};
