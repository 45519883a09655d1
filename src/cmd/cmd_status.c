/* datebook status */
#include "cli.h"

struct state {
    struct version version;
    int64_t stale_personas;
    int64_t stale_labels;
    const char *next;
};

static bool look(struct cli *cli, struct store *store, struct state *state,
                 struct error *err)
{
    struct stored_persona *personas;
    size_t count;
    int64_t head;

    if (!version_head(store, &head, err) ||
        !version_get(store, &cli->arena, head, &state->version, err) ||
        !persona_list_at(store, &cli->arena, head, &personas, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        int64_t labels;
        bool fresh;
        if (!dataset_labels_are_fresh(store, head, &personas[i], &fresh, err) ||
            !label_count(store, personas[i].key, &labels, err))
            return false;
        state->stale_personas += !fresh;
        state->stale_labels += fresh ? 0 : labels;
    }
    if (!count)
        state->next = "persona add FILE-OR-FOLDER";
    else if (!state->version.counts[NOUN_MEETING].total)
        state->next = "generate --all --count 200";
    else if (state->stale_labels)
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
    buf_format(out, " at v%lld: ", (long long)state->version.number);
    terminal_text(out, state->version.summary);
    buf_format(
        out, "\n%s, %s, %s\n",
        cli_count(cli, counts[NOUN_PERSONA].total, "persona", "personas"),
        cli_count(cli, counts[NOUN_MEETING].total, "meeting", "meetings"),
        cli_count(cli, counts[NOUN_LABEL].total, "label", "labels"));
    if (state->stale_labels)
        buf_format(
            out, "%s of %s\n",
            cli_count(cli, state->stale_labels, "stale label", "stale labels"),
            cli_count(cli, state->stale_personas, "persona", "personas"));
    else if (counts[NOUN_LABEL].total)
        buf_text(out, "every label is fresh\n");
    cli_next(cli, state->next);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct state state = {.stale_personas = 0};
    bool ok = store && look(cli, store, &state, err);

    store_close(store);
    if (ok && cli->json) {
        buf_text(&cli->out, "{\"head\":");
        json_version(&cli->out, &state.version);
        buf_format(&cli->out,
                   ",\"stale_personas\":%lld,\"stale_labels\":%lld,\"next\":",
                   (long long)state.stale_personas,
                   (long long)state.stale_labels);
        buf_json(&cli->out, next_command(cli, state.next));
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
    .json = "{\"head\": what `show --json` prints, \"stale_personas\", "
            "\"stale_labels\", \"next\"}",
    .examples = {{"status", "where things stand"}},
    .run = run,
};
