/* datebook persona list */
#include "cli.h"

#include <string.h>

struct listing {
    const struct stored_persona *persona;
    int64_t labels;
    bool fresh;
};

static bool look(struct store *store, int64_t version,
                 const struct stored_persona *persona, struct listing *listing,
                 struct error *err)
{
    listing->persona = persona;
    return label_count(store, persona->key, &listing->labels, err) &&
           dataset_labels_are_fresh(store, version, persona, &listing->fresh,
                                    err);
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
        buf_text(out, list[i].fresh ? "false" : "true");
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
        const char *state = list[i].fresh ? "fresh" : "stale";
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
    struct stored_persona *personas;
    struct listing *list;
    size_t count;
    int64_t version;
    bool ok;

    ok = store && version_head(store, &version, err) &&
         persona_list_at(store, &cli->arena, version, &personas, &count, err);
    list = ok ? arena_zero(&cli->arena, count, sizeof *list, err) : NULL;
    ok = list != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = look(store, version, &personas[i], &list[i], err);
    if (ok && cli->json)
        print_json(cli, list, count, version);
    else if (ok && count)
        ok = print_table(cli, list, count, err);
    else if (ok)
        cli_note(cli, "no personas; next: datebook persona add FILE-OR-FOLDER");
    store_close(store);
    return ok;
}

const struct command command_persona_list = {
    .name = "persona list",
    .summary = "list the personas of the newest version",
    .arguments = "",
    .json = "{\"version\", \"personas\": [{\"id\", \"name\", \"tier\", "
            "\"role\", \"since\", \"meetings\", \"stale\"}]}",
    .examples = {{"persona list", "a table"}},
    .run = run,
};
