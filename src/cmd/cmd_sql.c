/* datebook sql */
#include "cli.h"

struct output {
    struct cli *cli;
    int64_t rows;
};

/* One value of tab-separated output. */
static void put_value(struct buf *out, const char *value)
{
    if (value)
        terminal_text(out, value);
}

static bool text_row(void *context, int columns, const char *const *names,
                     const char *const *values, struct error *err)
{
    struct output *output = context;
    struct buf *out = &output->cli->out;

    for (int i = 0; i < columns; i++) {
        if (i)
            buf_char(out, '\t');
        put_value(out, values ? values[i] : names[i]);
    }
    buf_char(out, '\n');
    output->rows += values != NULL;
    return cli_flush_long(output->cli, err);
}

static bool json_row(void *context, int columns, const char *const *names,
                     const char *const *values, struct error *err)
{
    struct output *output = context;
    struct buf *out = &output->cli->out;

    if (!values) {
        buf_text(out, "{\"columns\":[");
        for (int i = 0; i < columns; i++) {
            json_key(out, NULL);
            buf_json(out, names[i]);
        }
        buf_text(out, "],\"rows\":[");
        return true;
    }
    buf_text(out, output->rows++ ? ",[" : "[");
    for (int i = 0; i < columns; i++) {
        if (i)
            buf_char(out, ',');
        buf_json(out, values[i]);
    }
    buf_char(out, ']');
    return cli_flush_long(output->cli, err);
}

/* A query shows no progress, but may be interrupted. */
static bool go_on(void *context, const char *what, int64_t done, int64_t total,
                  struct error *err)
{
    (void)context;
    (void)what;
    (void)done;
    (void)total;
    return !progress_interrupted() ||
           error_set(err, ERROR_INTERRUPTED, "interrupted");
}

static bool run(struct cli *cli, struct error *err)
{
    static const struct monitor monitor = {go_on, NULL};
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct progress *progress = NULL;
    struct output output = {cli, 0};
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              (progress = progress_start(cli, err)) &&
              store_query(store, version, cli->arguments[0], &monitor,
                          cli->json ? json_row : text_row, &output, err);

    progress_end(progress);
    store_close(store);
    if (ok && cli->json)
        buf_text(&cli->out, "]}\n");
    return ok;
}

const struct command command_sql = {
    .name = "sql",
    .summary = "ask with read-only SQL, as of a version",
    .arguments = "QUERY",
    .least = 1,
    .most = 1,
    .details =
        "Prints tab-separated rows under a line of column names. The views, as "
        "of the version:\n"
        "  personas(persona, name, tier, role, since_version, document)\n"
        "  meetings(meeting, persona, subject, preview, start, minutes, type,\n"
        "           attendees, external, organizer, since_version, document,\n"
        "           request)\n"
        "  labels(meeting, persona, importance, prep_needed, prep_minutes, "
        "rsvp,\n         since_version)\n"
        "  splits(name, since_version, document)\n"
        "  reviews(name, kind, sample, reviewer, persona, meeting, "
        "realistic,\n          importance, prep_minutes, rsvp, cause, note, "
        "since_version, document)\n"
        "  runs(version, command, summary, options, started, tool, engine,\n"
        "       personas, personas_added, personas_changed, personas_removed,\n"
        "       meetings, meetings_added, …, labels, labels_added, …,\n"
        "       splits, splits_added, …, reviews, reviews_added, …, pruned,\n"
        "       content_hash, chain_hash), of the version and those before it\n"
        "  requests(job, request, persona, kind, state, tries, model,\n"
        "           prompt_tokens, completion_tokens, cost_usd, note), as they "
        "are now\n\n"
        "Nothing can be written: only SELECT is let through. Bytes that are no "
        "text "
        "are printed\nas x'00ff'. Ctrl-C ends a query (exit code 6); what was "
        "printed before stays printed.",
    .json = "{\"columns\", \"rows\"}, values as text or null",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples =
        {{"sql \"SELECT importance, count(*) FROM labels GROUP BY 1\"",
          "how many of each"},
         {"sql \"SELECT subject FROM meetings JOIN labels USING (meeting) "
          "WHERE importance = 'critical'\" --at HEAD~1",
          "what was critical before the last change"},
         {"sql \"SELECT version, summary FROM runs WHERE labels_changed > 0\"",
          "which runs relabelled"}},
    .run = run,
};
