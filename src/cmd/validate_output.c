/* What `validate` prints for people. */
#include "validate.h"

#include "datebook/leaks.h"

#include <string.h>

/* ---- What is at fault ---- */

bool check_was_asked(const struct validate_request *request,
                     const struct check_result *result, int check)
{
    return !request->skip[check] && check_range_is_judged(result->wanted);
}

bool check_is_off(const struct check_result *result)
{
    return result->status == CHECK_FAILED || result->status == CHECK_WARNED;
}

static size_t meeting_count(const struct check_result *result)
{
    return result->key_count ? result->key_count
                             : (size_t)result->example_count;
}

size_t fault_count(const struct check_result *result)
{
    return meeting_count(result) + result->name_count;
}

static bool visit_meeting(struct store *store, struct arena *scratch,
                          int64_t version, const struct check_result *result,
                          size_t index, fault_visitor *visit, void *context,
                          struct error *err)
{
    bool example = index < (size_t)result->example_count;
    int64_t key = result->key_count ? result->keys[index]
                                    : result->examples[index].meeting;
    struct stored_meeting stored;
    bool found;

    arena_reset(scratch);
    if (!meeting_at(store, scratch, version, key, &stored, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE, "meeting %lld is gone",
                         (long long)key);
    return visit(context, stored.id,
                 example ? result->examples[index].note : "", err);
}

bool visit_faults(struct store *store, int64_t version,
                  const struct check_result *result, size_t most,
                  fault_visitor *visit, void *context, struct error *err)
{
    struct arena scratch = ARENA_EMPTY;
    size_t meetings = meeting_count(result);
    bool ok = true;

    for (size_t i = 0; ok && i < meetings && i < most; i++)
        ok = visit_meeting(store, &scratch, version, result, i, visit, context,
                           err);
    for (size_t i = 0; ok && i < result->name_count && meetings + i < most; i++)
        ok = visit(context, result->names[i], "", err);
    arena_free(&scratch);
    return ok;
}

/* ---- The list of checks ---- */

const char *check_range_of(struct cli *cli, enum check_unit unit,
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

const char *check_value_of(struct cli *cli, enum check_unit unit, double value,
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
    enum { NAME = 25, WANTED = 16 };
    struct buf *out = &cli->out;

    add_padded(out, "CHECK", NAME);
    add_padded(out, "WANTED", WANTED);
    add_padded(out, "OF A TIER", WANTED);
    add_padded(out, "OF A PERSONA", WANTED);
    buf_text(out, "LEVEL\n");
    for (int i = 0; i < CHECKS; i++) {
        const struct threshold *wanted = &request->wanted.of[i];
        enum check_unit unit = checks[i].unit;
        if (request->skip[i])
            continue;
        add_padded(out, checks[i].name, NAME);
        add_padded(out, check_range_of(cli, unit, wanted->overall, err),
                   WANTED);
        add_padded(out, check_range_of(cli, unit, wanted->tier, err), WANTED);
        add_padded(out, check_range_of(cli, unit, wanted->persona, err),
                   WANTED);
        buf_format(out, "%s\n    ", check_level_name(wanted->level));
        terminal_text(out, wanted->about);
        buf_char(out, '\n');
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

    if (check == CHECK_AGAINST_ALIGNMENT)
        return; /* the tables below say it */
    if (starts(name, "persona."))
        buf_format(out, "      datebook %s\n",
                   check == CHECK_PERSONA_DIVERSITY  ? "persona diversity"
                   : check == CHECK_PERSONA_DOCUMENT ? "verify"
                                                     : "persona list");
    else if (starts(name, "duration."))
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

static bool add_fault(void *context, const char *id, const char *note,
                      struct error *err)
{
    struct cli *cli = context;

    add_line(&cli->out, "      ", id);
    add_line(&cli->out, "        ", note);
    return cli_flush_long(cli, err);
}

/* The meetings to look at, and the command that shows one, in which ID stands
 * for its id: ids are long. */
static bool add_faults(struct cli *cli, struct store *store, int64_t version,
                       int check, const struct check_result *result,
                       const char *persona, struct error *err)
{
    size_t count = fault_count(result);
    size_t most = cli->verbose ? count : CHECK_EXAMPLES;

    if (!visit_faults(store, version, result, most, add_fault, cli, err))
        return false;
    if (count > most) {
        buf_text(&cli->out, "      and ");
        text_number(&cli->out, (int64_t)(count - most));
        buf_text(&cli->out, " more\n");
    }
    if (result->example_count && checks[check].look)
        buf_format(&cli->out, "      datebook %s\n", checks[check].look);
    else
        add_numbers(&cli->out, check, persona);
    return true;
}

/* ---- Tables ---- */

static const char *status_text(enum check_status status)
{
    static const char *const texts[] = {"ok", "FAILED", "WARNING",
                                        "not judged"};

    return texts[status];
}

static void add_row(struct cli *cli, struct table *table, int check,
                    const struct check_result *result, struct error *err)
{
    table_row(table, checks[check].name,
              check_value_of(cli, checks[check].unit, result->value, err),
              check_range_of(cli, checks[check].unit, result->wanted, err),
              status_text(result->status), NULL);
}

/* The table of all checks that were made. */
static bool add_table(struct cli *cli, const struct validate_request *request,
                      const struct check_result *results, int indent,
                      struct error *err)
{
    static const struct table_column columns[] = {{"CHECK", TABLE_LEFT, 0},
                                                  {"MEASURED", TABLE_RIGHT, 0},
                                                  {"WANTED", TABLE_LEFT, 0},
                                                  {"", TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < CHECKS; i++)
        if (check_was_asked(request, &results[i], i))
            add_row(cli, &table, i, &results[i], err);
    return !table.row_count || table_print(&table, indent, &cli->out, err);
}

/* How likely a mix would be so far off by chance. */
static bool add_fits(struct cli *cli, const struct validate_request *request,
                     const struct mix_fit fits[FITS], int indent,
                     struct error *err)
{
    static const struct table_column columns[] = {
        {"MIX AS A WHOLE", TABLE_LEFT, 0},
        {"CHI-SQUARE", TABLE_RIGHT, 0},
        {"AS FAR OFF BY CHANCE", TABLE_RIGHT, 0},
        {"", TABLE_LEFT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < FITS; i++) {
        const char *square =
            arena_format(&cli->arena, err, "%.1f", fits[i].chi_square);
        const char *chance =
            arena_format(&cli->arena, err, "%.1f%%", 100 * fits[i].p);
        if (!square || !chance)
            return false;
        if (fits[i].judged && fit_is_asked(request, (enum fit)i))
            table_row(&table, fit_name((enum fit)i), square, chance,
                      fits[i].p < 0.05 ? "more than chance" : "may be chance",
                      NULL);
    }
    if (!table.row_count)
        return true;
    buf_char(&cli->out, '\n');
    return table_print(&table, indent, &cli->out, err);
}

/* What the failures are, one below the other; `persona` is NULL for several. */
static bool add_failures(struct cli *cli, struct store *store,
                         const struct validate_request *request,
                         const struct group_validation *group, bool about,
                         const char *persona, struct error *err)
{
    for (int i = 0; i < CHECKS; i++) {
        const struct check_result *result = &group->results[i];
        if (!check_is_off(result))
            continue;
        buf_format(&cli->out, "  %s: %s, wanted %s%s\n", checks[i].name,
                   check_value_of(cli, checks[i].unit, result->value, err),
                   check_range_of(cli, checks[i].unit, result->wanted, err),
                   result->status == CHECK_WARNED ? " (warning)" : "");
        if (about)
            add_line(&cli->out, "    ", request->wanted.of[i].about);
        if (!add_faults(cli, store, request->version, i, result, persona, err))
            return false;
    }
    return true;
}

/* A tier or a persona: its name was printed. */
static bool add_group(struct cli *cli, struct store *store,
                      const struct validate_request *request,
                      const struct group_validation *group, const char *persona,
                      struct error *err)
{
    buf_format(&cli->out, ": %s, %s",
               cli_count(cli, group->meetings, "meeting", "meetings"),
               group->failed
                   ? cli_count(cli, group->failed, "failure", "failures")
                   : "no failures");
    if (group->warned)
        buf_format(&cli->out, ", %s",
                   cli_count(cli, group->warned, "warning", "warnings"));
    buf_char(&cli->out, '\n');
    if (cli->verbose && (!add_table(cli, request, group->results, 2, err) ||
                         !add_fits(cli, request, group->fits, 2, err)))
        return false;
    return add_failures(cli, store, request, group, false, persona, err);
}

static bool is_shown(const struct cli *cli,
                     const struct group_validation *group)
{
    return group->failed || group->warned || cli->verbose;
}

static bool add_groups(struct cli *cli, struct store *store,
                       const struct validate_request *request,
                       const struct validation *validation, struct error *err)
{
    for (size_t i = 0; i < validation->tier_count; i++) {
        const struct tier_validation *tier = &validation->tiers[i];
        if (!is_shown(cli, &tier->group))
            continue;
        buf_format(&cli->out, "\ntier %d", tier->tier);
        if (!add_group(cli, store, request, &tier->group, NULL, err))
            return false;
    }
    for (size_t i = 0; i < validation->persona_count; i++) {
        const struct persona_validation *entry = &validation->personas[i];
        if (validation->persona_count == 1 || !is_shown(cli, &entry->group))
            continue;
        buf_char(&cli->out, '\n');
        terminal_text(&cli->out, entry->persona->id);
        if (!add_group(cli, store, request, &entry->group, entry->persona->id,
                       err))
            return false;
    }
    return true;
}

static void add_remarks(struct cli *cli, const struct validation *validation)
{
    for (size_t i = 0; i < validation->persona_count; i++)
        if (validation->personas[i].stale)
            cli_note(cli, "the labels of %s are stale; next: datebook relabel",
                     validation->personas[i].persona->id);
    if (validation->leak_tested)
        cli_note(cli, "leaks: %s compared, near from a likeness of %g on",
                 cli_count(cli, validation->leak_tested, "meeting", "meetings"),
                 LEAK_THRESHOLD);
    if (validation->sampled)
        cli_note(cli, "near-duplicates: a sample of %s was held against all",
                 cli_count(cli, validation->near_tested, "one-off meeting",
                           "one-off meetings"));
}

bool validation_holds(const struct validation *validation)
{
    return validation->all.meetings && validation->all.asked &&
           !validation->all.failed && !validation->tier_failed &&
           !validation->persona_failed;
}

/* "2 checks fail of all meetings, 1 check of tiers, 4 of single personas" */
static void add_sum(struct cli *cli, const struct validation *validation)
{
    struct buf *out = &cli->out;
    int warned = validation->all.warned + validation->tier_warned +
                 validation->persona_warned;

    if (validation_holds(validation))
        buf_text(out, "all checks hold");
    else if (!validation->all.asked)
        buf_text(out, "none of these checks is made of these meetings");
    else
        buf_text(out, cli_count(cli, validation->all.failed, "check fails",
                                "checks fail"));
    if (!validation_holds(validation) && validation->all.asked &&
        validation->persona_count > 1) {
        buf_text(out, " of all meetings, ");
        if (validation->tier_count)
            buf_format(
                out, "%s of tiers, ",
                cli_count(cli, validation->tier_failed, "check", "checks"));
        buf_format(
            out, "%s of single personas",
            cli_count(cli, validation->persona_failed, "check", "checks"));
    }
    if (warned)
        buf_format(out, "; %s", cli_count(cli, warned, "warning", "warnings"));
    buf_char(out, '\n');
}

bool print_validation(struct cli *cli, struct store *store,
                      const struct validate_request *request,
                      const struct validation *validation,
                      const struct against *against, struct error *err)
{
    struct buf *out = &cli->out;
    const struct group_validation *all = &validation->all;

    buf_format(out, "v%lld: %s of %s\n", (long long)validation->version,
               cli_count(cli, all->meetings, "meeting", "meetings"),
               cli_count(cli, (int64_t)validation->persona_count, "persona",
                         "personas"));
    if (!all->meetings) {
        cli_next(cli, validation->persona_count ? "generate --all"
                                                : "persona add FILE-OR-FOLDER");
        return true;
    }
    if (all->asked)
        buf_char(out, '\n');
    if (!add_table(cli, request, all->results, 0, err) ||
        (cli->verbose && !add_fits(cli, request, all->fits, 0, err)))
        return false;
    if (all->failed || all->warned)
        buf_text(out,
                 validation->persona_count > 1 ? "\nall meetings\n" : "\n");
    if (!add_failures(cli, store, request, all, true, NULL, err) ||
        !add_groups(cli, store, request, validation, err))
        return false;
    buf_char(out, '\n');
    if (against) {
        if (!print_against(cli, against, err))
            return false;
        buf_char(out, '\n');
    }
    add_sum(cli, validation);
    add_remarks(cli, validation);
    return true;
}
