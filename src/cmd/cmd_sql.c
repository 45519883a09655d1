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
    return out->length < 1 << 16 || cli_flush(output->cli, err);
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
    return out->length < 1 << 16 || cli_flush(output->cli, err);
}

static bool run(struct cli *cli, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    struct output output = {cli, 0};
    int64_t version;
    bool ok = store && cli_at(cli, store, &version, err) &&
              store_query(store, version, cli->arguments[0],
                          cli->json ? json_row : text_row, &output, err);

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
        "           attendees, external, organizer, since_version, document)\n"
        "  labels(meeting, persona, importance, prep_needed, prep_minutes, "
        "rsvp,\n         since_version)\n\n"
        "Nothing can be written: only SELECT is let through. Bytes that are no "
        "text "
        "are printed\nas x'00ff'.",
    .json = "{\"columns\", \"rows\"}, values as text or null",
    .options = {{"at", 0, "VERSION", "as of a version (default HEAD)"}},
    .examples =
        {{"sql \"SELECT importance, count(*) FROM labels GROUP BY 1\"",
          "how many of each"},
         {"sql \"SELECT subject FROM meetings JOIN labels USING (meeting) "
          "WHERE importance = 'critical'\" --at HEAD~1",
          "what was critical before the last change"}},
    .run = run,
};
