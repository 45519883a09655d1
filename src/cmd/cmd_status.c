/* datebook status */
#include "cli.h"

struct state {
    struct version version;
    int64_t head;
    struct staleness stale;
    const char *next; /* NULL: an old version, of which nothing follows */
};

static bool look(struct cli *cli, struct store *store, struct state *state,
                 struct error *err)
{
    struct stored_persona *personas;
    size_t count;
    int64_t at;

    if (!version_head(store, &state->head, err) ||
        !cli_at(cli, store, &at, err) ||
        !version_get(store, &cli->arena, at, &state->version, err) ||
        !persona_list_at(store, &cli->arena, at, &personas, &count, err) ||
        !dataset_stale(store, &cli->arena, at, personas, count, &state->stale,
                       err))
        return false;
    if (at < state->head)
        state->next = NULL;
    else if (!count)
        state->next = "persona add FILE-OR-FOLDER";
    else if (!state->version.counts[NOUN_MEETING].total)
        state->next = "generate --all";
    else if (state->stale.labels)
        state->next = "relabel --dry-run";
    else
        state->next = "export --held-out-fraction 0.2 --seed 1 "
                      "--output exports/first";
    return true;
}

static void print(struct cli *cli, const struct state *state)
{
    struct buf *out = &cli->out;
    const struct noun_counts *counts = state->version.counts;

    terminal_text(out, cli->database);
    buf_format(out, " at v%lld", (long long)state->version.number);
    if (state->version.number < state->head)
        buf_format(out, " (HEAD is v%lld)", (long long)state->head);
    buf_text(out, ": ");
    terminal_text(out, state->version.summary);
    buf_format(
        out, "\n%s, %s, %s\n",
        cli_count(cli, counts[NOUN_PERSONA].total, "persona", "personas"),
        cli_count(cli, counts[NOUN_MEETING].total, "meeting", "meetings"),
        cli_count(cli, counts[NOUN_LABEL].total, "label", "labels"));
    if (state->stale.labels)
        buf_format(
            out, "%s of %s\n",
            cli_count(cli, state->stale.labels, "stale label", "stale labels"),
            cli_count(cli, state->stale.personas, "persona", "personas"));
    else if (counts[NOUN_LABEL].total)
        buf_text(out, "every label is fresh\n");
    if (state->next)
        cli_next(cli, state->next);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct state state = {.head = 0};
    bool ok = store && look(cli, store, &state, err);

    store_close(store);
    if (ok && cli->json) {
        buf_text(&cli->out, "{\"head\":");
        json_version(&cli->out, &state.version);
        buf_format(&cli->out,
                   ",\"stale_personas\":%lld,\"stale_labels\":%lld,\"next\":",
                   (long long)state.stale.personas,
                   (long long)state.stale.labels);
        buf_json(&cli->out, state.next ? next_command(cli, state.next) : NULL);
        buf_text(&cli->out, "}\n");
    } else if (ok) {
        print(cli, &state);
    }
    return ok;
}

const struct command command_status = {
    .name = "status",
    .summary = "what is in HEAD, what is stale, and what to do next",
    .arguments = "",
    .json = "{\"head\": HEAD, or the version of --at, as `show --json` "
            "prints it, without \"tags\"\nand \"exports\", \"stale_personas\", "
            "\"stale_labels\", \"next\" (null of an "
            "older version)}",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples = {{"status", "where things stand"},
                 {"status --at release-1", "where they stood"}},
    .run = run,
};
