/* datebook split create */
#include "splits.h"

#include <string.h>

/* How many personas are on each side: of the one division, or by fold. */
struct sides {
    struct division *divisions;
    int count;
};

enum outcome { MADE, REPLACED, UNCHANGED };

struct creation {
    const char *name;
    struct split_terms terms;
    struct split split;
    struct sides sides;
    enum outcome outcome;
    int64_t version;
    const char *summary;
};

/* Divides personas by a new split, for each of its folds: a side that would be
 * empty is refused before anything is stored. */
static bool divide(struct cli *cli, struct creation *creation,
                   const struct stored_persona *personas, size_t count,
                   struct error *err)
{
    struct sides *sides = &creation->sides;
    int folds = creation->terms.folds;

    sides->count = folds ? folds : 1;
    sides->divisions = arena_zero(&cli->arena, (size_t)sides->count,
                                  sizeof *sides->divisions, err);
    if (!sides->divisions)
        return false;
    for (int i = 0; i < sides->count; i++)
        if (!split_divide(&cli->arena, &creation->split, folds ? i + 1 : 0,
                          personas, count, &sides->divisions[i], err))
            return false;
    return true;
}

static bool same_terms(const struct split_terms *one,
                       const struct split_terms *other)
{
    bool same = one->held_out_count == other->held_out_count &&
                one->held_out_tier == other->held_out_tier &&
                !(one->fraction < other->fraction) &&
                !(one->fraction > other->fraction) &&
                one->strata == other->strata && one->folds == other->folds &&
                !(one->validation_fraction < other->validation_fraction) &&
                !(one->validation_fraction > other->validation_fraction) &&
                one->seed == other->seed;

    for (size_t i = 0; same && i < one->held_out_count; i++)
        same = !strcmp(one->held_out[i], other->held_out[i]);
    return same;
}

static bool refuse_other(struct cli *cli, const struct creation *creation,
                         const struct stored_record *old, struct error *err)
{
    struct error ignored;
    struct split split;
    const char *what = "holds out others";

    if (split_read(&cli->arena, old, &split, &ignored) &&
        same_terms(&split.terms, &creation->split.terms))
        what = "was drawn among other personas";
    error_set(err, ERROR_INPUT, "the split %s exists and %s", creation->name,
              what);
    return error_hint(err,
                      "--replace makes it anew; or choose another name, or "
                      "take it away with `datebook split remove %s`",
                      creation->name);
}

/* Puts the split into the run, unless it is there as it is. */
static bool put(struct cli *cli, struct store *store, struct run *run,
                struct creation *creation, const struct buf *document,
                struct error *err)
{
    struct stored_record split = {.name = creation->name,
                                  .document = buf_string(document),
                                  .document_length = document->length};
    struct stored_record *old;

    if (!record_at(store, &cli->arena, NOUN_SPLIT, run_version(run),
                   creation->name, &old, err))
        return false;
    if (old && old->document_length == document->length &&
        !memcmp(old->document, split.document, document->length)) {
        creation->outcome = UNCHANGED;
        return true;
    }
    if (old && !cli_flag(cli, "replace"))
        return refuse_other(cli, creation, old, err);
    creation->outcome = old ? REPLACED : MADE;
    return run_put_record(run, NOUN_SPLIT, &split, err);
}

/* "made split cv of 5 folds", "replaced split half: 3 train, 5 held out" */
static const char *describe(struct cli *cli, const struct creation *creation,
                            struct error *err)
{
    const struct division *first = creation->sides.divisions;
    const char *verb = creation->outcome == REPLACED ? "replaced" : "made";

    if (creation->terms.folds)
        return arena_format(&cli->arena, err, "%s split %s of %d folds", verb,
                            creation->name, creation->terms.folds);
    return arena_format(
        &cli->arena, err, "%s split %s: %zu train, %zu held out", verb,
        creation->name, first->train_count, first->held_out_count);
}

static bool finish(struct cli *cli, struct run *run, struct creation *creation,
                   struct error *err)
{
    int64_t started;
    bool changed;

    creation->summary = describe(cli, creation, err);
    if (!creation->summary || !civil_now(&started, err) ||
        !finish_run(cli, run, "{}", creation->summary, started, &changed, err))
        return false;
    creation->version = run_version(run) - !changed;
    return true;
}

static bool create(struct cli *cli, struct store *store, struct run *run,
                   struct creation *creation, struct error *err)
{
    struct buf document = BUF_EMPTY;
    struct stored_persona *personas;
    size_t count;
    bool ok = split_check_names(cli, store, run_version(run), &creation->terms,
                                err) &&
              persona_list_at(store, &cli->arena, run_version(run), &personas,
                              &count, err) &&
              split_make(&cli->arena, creation->name, &creation->terms,
                         personas, count, &creation->split, err) &&
              divide(cli, creation, personas, count, err) &&
              split_write(&creation->split, &document, err) &&
              put(cli, store, run, creation, &document, err) &&
              finish(cli, run, creation, err);

    buf_free(&document);
    return ok;
}

/* ---- Output ---- */

static void print_json(struct cli *cli, const struct creation *creation)
{
    static const char *const outcomes[] = {"made", "replaced", "unchanged"};
    const struct division *first = creation->sides.divisions;
    struct buf *out = &cli->out;

    buf_format(out,
               "{\"version\":%lld,\"split\":", (long long)creation->version);
    buf_json(out, creation->name);
    buf_format(out, ",\"outcome\":\"%s\",\"sides\":[",
               outcomes[creation->outcome]);
    for (int i = 0; i < creation->sides.count; i++) {
        json_key(out, NULL);
        if (first[i].fold)
            buf_format(out, "{\"fold\":%d,", first[i].fold);
        else
            buf_text(out, "{\"fold\":null,");
        buf_format(out, "\"train_personas\":%zu,\"held_out_personas\":%zu}",
                   first[i].train_count, first[i].held_out_count);
    }
    buf_text(out, "]}\n");
}

static bool print_folds(struct cli *cli, const struct creation *creation,
                        struct error *err)
{
    static const struct table_column columns[] = {{"FOLD", TABLE_RIGHT, 0},
                                                  {"TRAIN", TABLE_RIGHT, 0},
                                                  {"HELD OUT", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < creation->sides.count; i++) {
        const struct division *division = &creation->sides.divisions[i];
        table_row(
            &table, arena_format(&cli->arena, err, "%d", division->fold),
            arena_format(&cli->arena, err, "%zu", division->train_count),
            arena_format(&cli->arena, err, "%zu", division->held_out_count),
            NULL);
    }
    return table_print(&table, 2, &cli->out, err);
}

static bool print_text(struct cli *cli, const struct creation *creation,
                       struct error *err)
{
    struct buf *out = &cli->out;

    if (creation->outcome == UNCHANGED) {
        buf_format(out,
                   "Nothing changed: split %s is there as it is; HEAD stays "
                   "at v%lld.\n",
                   creation->name, (long long)creation->version);
        return true;
    }
    buf_format(out, "v%lld: %s\n", (long long)creation->version,
               creation->summary);
    return !creation->terms.folds || print_folds(cli, creation, err);
}

static bool print(struct cli *cli, const struct creation *creation,
                  struct error *err)
{
    const char *next =
        arena_format(&cli->arena, err, "split check %s", creation->name);

    note_empty_draw(cli, creation->sides.divisions);
    if (creation->outcome != UNCHANGED && next)
        cli_next(cli, next);
    if (!cli->json)
        return print_text(cli, creation, err);
    print_json(cli, creation);
    return true;
}

static bool body(struct cli *cli, struct store *store, struct run *run,
                 const struct monitor *monitor, struct error *err)
{
    struct creation creation = {.name = cli->arguments[0]};
    bool given;

    (void)monitor;
    return split_options(cli, &creation.terms, &given, err) &&
           create(cli, store, run, &creation, err) &&
           print(cli, &creation, err);
}

/* Wrong options are told before the file is looked for. */
static bool run(struct cli *cli, struct error *err)
{
    struct split_terms terms;
    bool given;

    return split_options(cli, &terms, &given, err) && with_run(cli, body, err);
}

const struct command command_split_create = {
    .name = "split create",
    .summary = "say who trains and who is held out, under a name",
    .arguments = "NAME",
    .least = 1,
    .most = 1,
    .details =
        "Whole personas are held out, and validation personas always are. A "
        "fraction is\ndrawn by a keyed hash of each persona's id: personas "
        "that come or go move no other.\nWith --stratify the share is kept "
        "within each stratum as nearly as whole personas allow,\nand with "
        "--folds everyone is held out in one fold; both are drawn now and "
        "written down, and\nwho comes later is drawn by its own hash. "
        "--validation-fraction cuts meetings out of training,\nwhole series "
        "and near-duplicates together. A split is part of the version that it "
        "was made in,\nand of later ones.",
    .json = "{\"version\", \"split\", \"outcome\": \"made\" | \"replaced\" | "
            "\"unchanged\",\n\"sides\": [{\"fold\", \"train_personas\", "
            "\"held_out_personas\"}]}",
    .options = {{"held-out", 0, "ID,…", "hold these personas out"},
                {"held-out-tier", 0, "T", "hold a tier out"},
                {"held-out-fraction", 0, "F",
                 "hold out a share of the others, between 0 and 1"},
                {"folds", 0, "K", "hold everyone out in turn, in K folds"},
                {"stratify", 0, "WORD,…",
                 "keep the draw even within tier, function, level, industry"},
                {"validation-fraction", 0, "F",
                 "cut this share out of the training meetings"},
                {"seed", 0, "N", "of all draws (default 1)"},
                {"replace", 0, NULL, "also when the name is taken"}},
    .examples = {{"split create quarter --held-out-fraction 0.25 --stratify "
                  "tier",
                  "a quarter of each tier"},
                 {"split create cv --folds 5 --seed 7",
                  "five folds to cross-validate with"},
                 {"split create executives --held-out-tier 1 "
                  "--validation-fraction 0.1",
                  "a tier held out, and a tenth of the rest to validate on"}},
    .run = run,
};
