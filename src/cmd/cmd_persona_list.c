/* datebook persona list */
#include "cli.h"

struct listing {
    const struct stored_persona *persona;
    int64_t labels;
    bool stale;
};

static bool look(struct cli *cli, struct store *store, int64_t version,
                 struct listing **list, size_t *count, struct error *err)
{
    struct stored_persona *personas;
    struct staleness staleness;

    if (!persona_list_at(store, &cli->arena, version, &personas, count, err) ||
        !dataset_stale(store, &cli->arena, version, personas, *count,
                       &staleness, err))
        return false;
    *list = arena_zero(&cli->arena, *count, sizeof **list, err);
    for (size_t i = 0; *list && i < *count; i++) {
        struct listing *entry = &(*list)[i];
        entry->persona = &personas[i];
        entry->stale = staleness.stale[i];
        if (!label_count_at(store, version, personas[i].key, &entry->labels,
                            err))
            return false;
    }
    return *list != NULL;
}

static void print_json(struct cli *cli, const struct listing *list,
                       size_t count, int64_t version)
{
    struct buf *out = &cli->out;

    buf_char(out, '{');
    json_key(out, "version");
    buf_int(out, version);
    json_key(out, "personas");
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        const struct stored_persona *persona = list[i].persona;
        json_key(out, NULL);
        buf_char(out, '{');
        json_key(out, "id");
        buf_json(out, persona->id);
        json_key(out, "name");
        buf_json(out, persona->name);
        json_key(out, "tier");
        buf_int(out, persona->tier);
        json_key(out, "role");
        buf_json(out, persona->validation ? "validation" : "train");
        json_key(out, "since");
        buf_int(out, persona->since);
        json_key(out, "meetings");
        buf_int(out, list[i].labels);
        json_key(out, "stale");
        buf_text(out, list[i].stale ? "true" : "false");
        buf_char(out, '}');
    }
    buf_text(out, "]}\n");
}

static bool print_table(struct cli *cli, const struct listing *list,
                        size_t count, struct error *err)
{
    static const struct table_column columns[] = {
        {"PERSONA", TABLE_LEFT, 48},  {"TIER", TABLE_RIGHT, 0},
        {"ROLE", TABLE_LEFT, 0},      {"SINCE", TABLE_RIGHT, 0},
        {"MEETINGS", TABLE_RIGHT, 0}, {"LABELS", TABLE_LEFT, 0},
        {"NAME", TABLE_LEFT, 48}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const struct stored_persona *persona = list[i].persona;
        const char *state = list[i].stale ? "stale" : "fresh";
        table_row(
            &table, persona->id,
            arena_format(&cli->arena, err, "%d", persona->tier),
            persona->validation ? "validation" : "train",
            arena_format(&cli->arena, err, "v%lld", (long long)persona->since),
            arena_format(&cli->arena, err, "%lld", (long long)list[i].labels),
            list[i].labels ? state : "-", persona->name, NULL);
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
        cli_note(cli, "no personas in v%lld", (long long)version);
    else
        cli_note(cli, "no personas; next: datebook persona add FILE-OR-FOLDER");
    return true;
}

const struct command command_persona_list = {
    .name = "persona list",
    .summary = "list the personas of a version",
    .arguments = "",
    .json = "{\"version\", \"personas\": [{\"id\", \"name\", \"tier\", "
            "\"role\", \"since\", \"meetings\", \"stale\"}]}",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"persona list", "a table"},
                 {"persona list --at HEAD~1 --json", "as they were"}},
    .run = run,
};
