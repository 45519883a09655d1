/* What `validate` prints for people. */
#include "validate.h"

#include <string.h>

const char *example_id(struct arena *arena, struct store *store,
                       int64_t version, int64_t meeting, struct error *err)
{
    struct stored_meeting stored;
    bool found;

    if (!meeting_at(store, arena, version, meeting, &stored, &found, err))
        return NULL;
    if (found)
        return stored.id;
    error_set(err, ERROR_DATABASE, "meeting %lld is gone", (long long)meeting);
    return NULL;
}

/* ---- The list of checks ---- */

static const char *range_of(struct cli *cli, enum check_unit unit,
                            struct check_range range, struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    check_range_text(&buf, unit, range);
    text = arena_text(&cli->arena, buf_string(&buf), err);
    buf_inherit(&cli->out, &buf);
    buf_free(&buf);
    return text ? text : "";
}

static const char *value_of(struct cli *cli, enum check_unit unit, double value,
                            struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *text;

    check_value_text(&buf, unit, value);
    text = arena_text(&cli->arena, buf_string(&buf), err);
    buf_inherit(&cli->out, &buf);
    buf_free(&buf);
    return text ? text : "";
}

static void add_padded(struct buf *out, const char *text, int width)
{
    buf_text(out, text);
    for (int i = text_width(text); i < width; i++)
        buf_char(out, ' ');
}

bool print_checks(struct cli *cli, const struct validate_request *request,
                  struct error *err)
{
    enum { NAME = 26, WANTED = 16 };
    struct buf *out = &cli->out;

    add_padded(out, "CHECK", NAME);
    add_padded(out, "WANTED", WANTED);
    buf_text(out, "OF A PERSONA\n");
    for (int i = 0; i < CHECKS; i++) {
        enum check_unit unit = checks[i].unit;
        if (request->skip[i])
            continue;
        add_padded(out, checks[i].name, NAME);
        add_padded(out, range_of(cli, unit, request->overall[i], err), WANTED);
        buf_format(out, "%s\n    %s\n",
                   range_of(cli, unit, request->persona[i], err),
                   checks[i].about);
    }
    return buf_ok(out, err);
}

/* ---- Failures ---- */

static bool starts(const char *name, const char *group)
{
    return !strncmp(name, group, strlen(group));
}

/* Where to look when there is no meeting to point at. */
static void add_numbers(struct buf *out, int check, const char *persona)
{
    const char *name = checks[check].name;
    bool rules = starts(name, "importance.") || starts(name, "prep.") ||
                 starts(name, "hard.");

    if (starts(name, "duration."))
        buf_text(out, "      datebook sql \"SELECT minutes, count(*) FROM "
                      "meetings GROUP BY 1\"\n");
    else if (rules && persona)
        buf_format(out, "      datebook persona coverage %s\n", persona);
    else if (persona)
        buf_format(out, "      datebook stats --persona %s\n", persona);
    else
        buf_text(out, "      datebook stats\n");
}

static void add_line(struct buf *out, const char *margin, const char *text)
{
    if (!*text)
        return;
    buf_text(out, margin);
    terminal_text(out, text);
    buf_char(out, '\n');
}

/* The meetings to look at, and the command that shows one, in which ID stands
 * for its id: ids are long. */
static bool add_examples(struct cli *cli, struct store *store, int64_t version,
                         int check, const struct check_result *result,
                         const char *persona, struct error *err)
{
    struct buf *out = &cli->out;

    for (int i = 0; i < result->example_count; i++) {
        const struct check_example *example = &result->examples[i];
        const char *id =
            example_id(&cli->arena, store, version, example->meeting, err);
        if (!id)
            return false;
        add_line(out, "      ", id);
        add_line(out, "        ", example->note);
    }
    if (result->example_count && checks[check].look)
        buf_format(out, "      datebook %s\n", checks[check].look);
    else
        add_numbers(out, check, persona);
    return true;
}

/* ---- Tables ---- */

static const char *status_text(enum check_status status)
{
    static const char *const texts[] = {"ok", "FAILED", "not judged"};

    return texts[status];
}

static void add_row(struct cli *cli, struct table *table, int check,
                    const struct check_result *result, struct error *err)
{
    table_row(table, checks[check].name,
              value_of(cli, checks[check].unit, result->value, err),
              range_of(cli, checks[check].unit, result->wanted, err),
              status_text(result->status), NULL);
}

/* The table of some checks: all that were made, or those that failed. */
static bool add_table(struct cli *cli, const struct validate_request *request,
                      const struct check_result *results, bool all, int indent,
                      struct error *err)
{
    static const struct table_column columns[] = {{"CHECK", TABLE_LEFT, 0},
                                                  {"MEASURED", TABLE_RIGHT, 0},
                                                  {"WANTED", TABLE_LEFT, 0},
                                                  {"", TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < CHECKS; i++)
        if (!request->skip[i] && check_range_is_judged(results[i].wanted) &&
            (all || results[i].status == CHECK_FAILED))
            add_row(cli, &table, i, &results[i], err);
    return !table.row_count || table_print(&table, indent, &cli->out, err);
}

/* What the failures are, one below the other; `persona` is NULL for all. */
static bool add_failures(struct cli *cli, struct store *store, int64_t version,
                         const struct check_result *results,
                         const char *persona, struct error *err)
{
    for (int i = 0; i < CHECKS; i++) {
        const struct check_result *result = &results[i];
        if (result->status != CHECK_FAILED)
            continue;
        buf_format(&cli->out, "  %s: %s, wanted %s\n", checks[i].name,
                   value_of(cli, checks[i].unit, result->value, err),
                   range_of(cli, checks[i].unit, result->wanted, err));
        if (!persona)
            add_line(&cli->out, "    ", checks[i].about);
        if (!add_examples(cli, store, version, i, result, persona, err))
            return false;
    }
    return true;
}

static bool add_persona(struct cli *cli, struct store *store,
                        const struct validate_request *request, int64_t version,
                        const struct persona_validation *entry,
                        struct error *err)
{
    buf_char(&cli->out, '\n');
    terminal_text(&cli->out, entry->persona->id);
    buf_format(&cli->out, ": %s, %s\n",
               cli_count(cli, entry->meetings, "meeting", "meetings"),
               entry->failed
                   ? cli_count(cli, entry->failed, "failure", "failures")
                   : "no failures");
    if (cli->verbose && !add_table(cli, request, entry->results, true, 2, err))
        return false;
    return add_failures(cli, store, version, entry->results, entry->persona->id,
                        err);
}

static void add_remarks(struct cli *cli, const struct validation *validation)
{
    for (size_t i = 0; i < validation->persona_count; i++)
        if (validation->personas[i].stale)
            cli_note(cli, "the labels of %s are stale; next: datebook relabel",
                     validation->personas[i].persona->id);
    if (validation->sampled)
        cli_note(cli, "near-duplicates: a sample of %s was held against all",
                 cli_count(cli, validation->near_tested, "one-off meeting",
                           "one-off meetings"));
}

bool validation_holds(const struct validation *validation)
{
    return validation->meetings && !validation->failed &&
           !validation->persona_failed;
}

bool print_validation(struct cli *cli, struct store *store,
                      const struct validate_request *request,
                      const struct validation *validation, struct error *err)
{
    struct buf *out = &cli->out;
    bool several = validation->persona_count > 1;

    buf_format(out, "v%lld: %s of %s\n", (long long)validation->version,
               cli_count(cli, validation->meetings, "meeting", "meetings"),
               cli_count(cli, (int64_t)validation->persona_count, "persona",
                         "personas"));
    if (!validation->meetings) {
        cli_next(cli, validation->persona_count ? "generate --all"
                                                : "persona add FILE-OR-FOLDER");
        return true;
    }
    buf_char(out, '\n');
    if (!add_table(cli, request, validation->all, true, 0, err))
        return false;
    if (validation->failed)
        buf_text(out, several ? "\nall meetings\n" : "\n");
    if (!add_failures(cli, store, validation->version, validation->all, NULL,
                      err))
        return false;
    for (size_t i = 0; several && i < validation->persona_count; i++)
        if ((validation->personas[i].failed || cli->verbose) &&
            !add_persona(cli, store, request, validation->version,
                         &validation->personas[i], err))
            return false;
    buf_char(out, '\n');
    if (!validation->failed && !validation->persona_failed)
        buf_text(out, "all checks hold");
    else
        buf_text(out, cli_count(cli, validation->failed, "check fails",
                                "checks fail"));
    if (validation->failed + validation->persona_failed && several)
        buf_format(
            out, " of all meetings, %s of single personas",
            cli_count(cli, validation->persona_failed, "check", "checks"));
    buf_char(out, '\n');
    add_remarks(cli, validation);
    return true;
}
