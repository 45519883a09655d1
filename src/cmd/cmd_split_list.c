/* datebook split list */
#include "splits.h"

struct listing {
    const struct stored_record *stored;
    struct split split;
    bool readable;
    const char *problem; /* NULL: it can be used */
    size_t train;
    size_t held_out;
};

/* A split with folds has no two sides: those in a fold, and the rest. */
static void count_folds(struct listing *entry,
                        const struct stored_persona *personas, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (split_fold_of(&entry->split, &personas[i]))
            entry->train++;
        else
            entry->held_out++;
}

/* A split that cannot be used any more is listed with the reason. */
static bool look_at(struct cli *cli, struct listing *entry,
                    const struct stored_persona *personas, size_t count,
                    struct error *err)
{
    struct division division;

    entry->readable =
        split_read(&cli->arena, entry->stored, &entry->split, err);
    if (entry->readable && entry->split.terms.folds) {
        count_folds(entry, personas, count);
        return true;
    }
    if (entry->readable && split_divide(&cli->arena, &entry->split, 0, personas,
                                        count, &division, err)) {
        entry->train = division.train_count;
        entry->held_out = division.held_out_count;
        return true;
    }
    if (err->code != ERROR_INPUT && err->code != ERROR_DATABASE)
        return false;
    entry->problem = arena_text(&cli->arena, err->message, err);
    return entry->problem != NULL;
}

static bool look(struct cli *cli, struct store *store, int64_t version,
                 struct listing **list, size_t *count, struct error *err)
{
    struct stored_persona *personas;
    struct stored_record *splits;
    size_t persona_count;

    if (!record_list_at(store, &cli->arena, NOUN_SPLIT, version, "", &splits,
                        count, err) ||
        !persona_list_at(store, &cli->arena, version, &personas, &persona_count,
                         err))
        return false;
    *list = arena_zero(&cli->arena, *count, sizeof **list, err);
    for (size_t i = 0; *list && i < *count; i++) {
        (*list)[i].stored = &splits[i];
        if (!look_at(cli, &(*list)[i], personas, persona_count, err))
            return false;
    }
    return *list != NULL;
}

static void print_entry(struct buf *out, const struct listing *entry)
{
    const struct split_terms *terms = &entry->split.terms;

    json_key(out, NULL);
    buf_text(out, "{\"split\":");
    buf_json(out, entry->stored->name);
    buf_format(out, ",\"since\":%lld", (long long)entry->stored->since);
    if (entry->problem)
        buf_text(out, ",\"train_personas\":null,\"held_out_personas\":null");
    else
        buf_format(out, ",\"train_personas\":%zu,\"held_out_personas\":%zu",
                   entry->train, entry->held_out);
    buf_text(out, ",\"folds\":");
    if (entry->readable && terms->folds)
        buf_int(out, terms->folds);
    else
        buf_text(out, "null");
    buf_text(out, ",\"validation_fraction\":");
    if (entry->readable && terms->validation_fraction > 0)
        buf_format(out, "%.15g", terms->validation_fraction);
    else
        buf_text(out, "null");
    buf_text(out, ",\"problem\":");
    buf_json(out, entry->problem);
    buf_char(out, '}');
}

static void print_json(struct cli *cli, const struct listing *list,
                       size_t count, int64_t version)
{
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"splits\":[", (long long)version);
    for (size_t i = 0; i < count; i++)
        print_entry(out, &list[i]);
    buf_text(out, "]}\n");
}

static const char *number(struct cli *cli, bool known, size_t value,
                          struct error *err)
{
    return known ? arena_format(&cli->arena, err, "%zu", value) : "-";
}

static bool print_table(struct cli *cli, const struct listing *list,
                        size_t count, struct error *err)
{
    static const struct table_column columns[] = {
        {"SPLIT", TABLE_LEFT, SPLIT_NAME}, {"TRAIN", TABLE_RIGHT, 0},
        {"HELD OUT", TABLE_RIGHT, 0},      {"FOLDS", TABLE_RIGHT, 0},
        {"VALIDATION", TABLE_RIGHT, 0},    {"SINCE", TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const struct listing *entry = &list[i];
        const struct split_terms *terms = &entry->split.terms;
        bool cut = entry->readable && terms->validation_fraction > 0;
        bool folds = entry->readable && terms->folds;
        table_row(&table, entry->stored->name,
                  number(cli, !entry->problem, entry->train, err),
                  number(cli, !entry->problem, entry->held_out, err),
                  number(cli, folds, (size_t)terms->folds, err),
                  cut ? arena_format(&cli->arena, err, "%.4g%%",
                                     100 * terms->validation_fraction)
                      : "-",
                  arena_format(&cli->arena, err, "v%lld",
                               (long long)entry->stored->since),
                  NULL);
        if (entry->problem)
            cli_note(cli, "%s", entry->problem);
    }
    return table_print(&table, 0, &cli->out, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct listing *list;
    size_t count;
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              look(cli, store, version, &list, &count, err);

    store_close(store);
    if (!ok)
        return false;
    if (cli->json)
        print_json(cli, list, count, version);
    else if (count)
        return print_table(cli, list, count, err);
    else if (cli_flag(cli, "at"))
        cli_note(cli, "no splits in v%lld", (long long)version);
    else
        cli_note(cli, "no splits; next: datebook split create NAME");
    return true;
}

const struct command command_split_list = {
    .name = "split list",
    .summary = "list the splits of a version",
    .arguments = "",
    .details = "Of a split with folds, TRAIN counts the personas in its folds "
               "and HELD OUT those that are\nalways held out. A split that "
               "cannot be used any more is listed with the reason.",
    .json = "{\"version\", \"splits\": [{\"split\", \"since\", "
            "\"train_personas\", \"held_out_personas\",\n\"folds\", "
            "\"validation_fraction\", \"problem\"}]}",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"split list", "a table"},
                 {"split list --at HEAD~1 --json", "as they were"}},
    .run = run,
};
