/* From options to a split, and from a split to who is where. */
#include "splits.h"

#include "datebook/cut.h"

#include <stdlib.h>
#include <string.h>

bool option_fraction(const struct cli *cli, const char *option, double *share,
                     struct error *err)
{
    const char *text = cli_value(cli, option);
    char *end = NULL;
    double value;

    if (!text)
        return true;
    value = strtod(text, &end);
    if (end != text && !*end && strspn(text, "0123456789.") == strlen(text) &&
        value > 0 && value < 1) {
        *share = value;
        return true;
    }
    return cli_usage(cli, err,
                     "--%s takes a share between 0 and 1, such as 0.2, not "
                     "\"%.50s\"",
                     option, text);
}

/* ---- Terms ---- */

static bool read_names(struct cli *cli, struct split_terms *terms,
                       struct error *err)
{
    const char *text = cli_value(cli, "held-out");
    const char **ids;

    if (!text)
        return true;
    if (!cli_list(cli, text, &ids, &terms->held_out_count, err))
        return false;
    terms->held_out = ids;
    return terms->held_out_count ||
           cli_usage(cli, err, "--held-out names no persona");
}

static bool read_strata(struct cli *cli, struct split_terms *terms,
                        struct error *err)
{
    const char *text = cli_value(cli, "stratify");
    const char **names;
    size_t count;

    if (!text)
        return true;
    if (!cli_list(cli, text, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum stratum stratum = stratum_named(names[i]);
        if (stratum == STRATA)
            return cli_usage(cli, err,
                             "--stratify takes tier, function, level and "
                             "industry, not \"%.50s\"",
                             names[i]);
        terms->strata |= 1u << stratum;
    }
    return terms->strata ||
           cli_usage(cli, err,
                     "--stratify needs tier, function, level or "
                     "industry");
}

static bool read_numbers(struct cli *cli, struct split_terms *terms,
                         struct error *err)
{
    int64_t tier = 0;
    int64_t folds = 0;

    if (!option_fraction(cli, "held-out-fraction", &terms->fraction, err) ||
        !option_fraction(cli, "validation-fraction",
                         &terms->validation_fraction, err) ||
        !cli_int(cli, "held-out-tier", 1, 3, &tier, err) ||
        !cli_int(cli, "folds", 2, SPLIT_FOLDS, &folds, err) ||
        !cli_seed(cli, &terms->seed, err))
        return false;
    terms->held_out_tier = (int)tier;
    terms->folds = (int)folds;
    return true;
}

static bool has_option(const struct cli *cli, const char *name)
{
    const struct command_option *options = cli->command->options;

    for (int i = 0; i < COMMAND_OPTIONS && options[i].name; i++)
        if (!strcmp(options[i].name, name))
            return true;
    return false;
}

static bool check_together(const struct cli *cli,
                           const struct split_terms *terms, struct error *err)
{
    static const char *const whole[] = {"held-out", "held-out-fraction",
                                        "held-out-tier"};

    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (terms->folds && cli_flag(cli, whole[i]))
            return cli_usage(cli, err,
                             "--folds holds out every persona in turn: give "
                             "it without --%s",
                             whole[i]);
    if (terms->strata && !terms->folds && !(terms->fraction > 0))
        return cli_usage(cli, err,
                         "--stratify goes with --held-out-fraction or --folds");
    if (!cli_flag(cli, "seed") || split_terms_draw(terms))
        return true;
    return cli_usage(cli, err, "--seed goes with --held-out-fraction%s",
                     has_option(cli, "folds")
                         ? ", --folds or --validation-fraction"
                         : " or --validation-fraction");
}

static bool check_alone(const struct cli *cli, bool *given, struct error *err)
{
    static const char *const names[] = {
        "held-out", "held-out-fraction",   "held-out-tier", "stratify",
        "folds",    "validation-fraction", "seed"};

    *given = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!cli_flag(cli, names[i]))
            continue;
        *given = true;
        if (cli_flag(cli, "split"))
            return cli_usage(cli, err,
                             "--split names a split that is made: give it "
                             "without --%s",
                             names[i]);
    }
    if (cli_flag(cli, "fold") && has_option(cli, "split") &&
        !cli_flag(cli, "split"))
        return cli_usage(cli, err, "--fold goes with --split");
    return true;
}

bool split_options(struct cli *cli, struct split_terms *terms, bool *given,
                   struct error *err)
{
    *terms = (struct split_terms){.seed = 1};
    return check_alone(cli, given, err) && read_names(cli, terms, err) &&
           read_strata(cli, terms, err) && read_numbers(cli, terms, err) &&
           check_together(cli, terms, err);
}

bool split_check_names(struct cli *cli, struct store *store, int64_t version,
                       const struct split_terms *terms, struct error *err)
{
    struct stored_persona *persona;

    for (size_t i = 0; i < terms->held_out_count; i++)
        if (!require_persona(cli, store, version, terms->held_out[i], &persona,
                             err))
            return false;
    return true;
}

/* ---- Named splits ---- */

static bool refuse_unknown(struct cli *cli, struct store *store,
                           int64_t version, const char *name, struct error *err)
{
    struct stored_record *all;
    const char **names;
    const char *near;
    size_t count;
    int64_t head;

    if (!version_head(store, &head, err) ||
        !record_list_at(store, &cli->arena, NOUN_SPLIT, version, "", &all,
                        &count, err))
        return false;
    names = arena_zero(&cli->arena, count, sizeof *names, err);
    if (!names)
        return false;
    for (size_t i = 0; i < count; i++)
        names[i] = all[i].name;
    near = nearest_name(name, names, count);
    /* A run asks for the version that it is about to make. */
    if (version < head)
        error_set(err, ERROR_INPUT, "there is no split \"%.100s\" in v%lld",
                  name, (long long)version);
    else
        error_set(err, ERROR_INPUT, "there is no split \"%.100s\"", name);
    if (near)
        return error_hint(err, "did you mean %s?", near);
    if (version < head)
        return error_hint(err, "`datebook split list --at %lld` lists them",
                          (long long)version);
    return error_hint(err, "`datebook split list` lists them, `datebook split "
                           "create` makes one");
}

bool require_stored_split(struct cli *cli, struct store *store, int64_t version,
                          const char *name, struct stored_record **stored,
                          struct error *err)
{
    return record_at(store, &cli->arena, NOUN_SPLIT, version, name, stored,
                     err) &&
           (*stored || refuse_unknown(cli, store, version, name, err));
}

bool require_split(struct cli *cli, struct store *store, int64_t version,
                   const char *name, struct split *split, struct error *err)
{
    struct stored_record *stored;

    return require_stored_split(cli, store, version, name, &stored, err) &&
           split_read(&cli->arena, stored, split, err);
}

/* ---- Divisions ---- */

static bool make_cut(struct cli *cli, struct store *store, int64_t version,
                     struct division *division, struct error *err)
{
    struct progress *progress = progress_start(cli, err);

    if (progress)
        division->cut =
            cut_make(store, version, division, progress_monitor(progress), err);
    progress_end(progress);
    return division->cut != NULL;
}

bool division_open(struct cli *cli, struct store *store, int64_t version,
                   const struct split *split, int fold,
                   struct division *division, struct error *err)
{
    struct stored_persona *personas;
    size_t count;

    *division = (struct division){.split = split};
    return persona_list_at(store, &cli->arena, version, &personas, &count,
                           err) &&
           split_divide(&cli->arena, split, fold, personas, count, division,
                        err) &&
           (!(split->terms.validation_fraction > 0) ||
            make_cut(cli, store, version, division, err));
}

void division_close(struct division *division)
{
    cut_free((struct cut *)(uintptr_t)division->cut);
    division->cut = NULL;
}

/* A split of the command line. */
static bool make_split(struct cli *cli, struct store *store, int64_t version,
                       const struct split_terms *terms, struct split *split,
                       struct error *err)
{
    struct stored_persona *personas;
    size_t count;

    return split_check_names(cli, store, version, terms, err) &&
           persona_list_at(store, &cli->arena, version, &personas, &count,
                           err) &&
           split_make(&cli->arena, NULL, terms, personas, count, split, err);
}

bool option_division(struct cli *cli, struct store *store, int64_t version,
                     struct division *division, struct error *err)
{
    const char *name = cli_value(cli, "split");
    struct split *split = arena_zero(&cli->arena, 1, sizeof *split, err);
    struct split_terms terms;
    int64_t fold = 0;
    bool given;

    *division = (struct division){.split = split};
    if (!split || !split_options(cli, &terms, &given, err) ||
        !cli_int(cli, "fold", 1, SPLIT_FOLDS, &fold, err))
        return false;
    if (name ? !require_split(cli, store, version, name, split, err)
             : !make_split(cli, store, version, &terms, split, err))
        return false;
    return division_open(cli, store, version, split, (int)fold, division, err);
}

void note_empty_draw(struct cli *cli, const struct division *division)
{
    if (!(division->split->terms.fraction > 0))
        return;
    for (size_t i = 0; i < division->held_out_count; i++)
        if (division->reasons[i] == HELD_OUT_DRAWN)
            return;
    cli_note(cli, "the fraction drew none of %s; another --seed draws others",
             cli_count(cli, (int64_t)division->train_count, "training persona",
                       "training personas"));
}
