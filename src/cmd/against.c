/* A real calendar beside ours, on a terminal. */
#include "against.h"

#include <math.h>
#include <string.h>

enum { FEW_EVENTS = 30, PATH_WIDTH = 42 };

bool read_against(struct cli *cli, struct store *store, int64_t version,
                  const struct stored_persona *personas, size_t count,
                  const char *file, struct against *result, struct error *err)
{
    struct progress *progress = progress_start(cli, err);
    bool ok = progress &&
              against_compare(store, &cli->arena, version, personas, count,
                              file, progress_monitor(progress), result, err);

    progress_end(progress);
    return ok;
}

/* A text that was put together in a buffer, in the arena; "" when memory ran
 * out, which the output remembers. */
static const char *kept(struct cli *cli, struct buf *buf)
{
    struct error ignored;
    const char *text =
        buf->failed ? NULL : arena_text(&cli->arena, buf_string(buf), &ignored);

    cli->out.failed = cli->out.failed || !text;
    buf_free(buf);
    return text ? text : "";
}

static const char *percent(struct cli *cli, int64_t part, int64_t whole)
{
    struct buf buf = BUF_EMPTY;

    text_percent(&buf, part, whole);
    return kept(cli, &buf);
}

/* ---- The file ---- */

static void add_left_out(struct cli *cli, int64_t count, const char *one,
                         const char *many)
{
    if (count)
        buf_format(&cli->out, "%s left out\n",
                   cli_count(cli, count, one, many));
}

static void print_file(struct cli *cli, const struct against *result)
{
    const struct calendar_summary *file = &result->file;
    struct buf *out = &cli->out;

    buf_format(out, "real calendar: %s; ours: %s\n",
               cli_count(cli, file->events, "event", "events"),
               cli_count(cli, result->ours.events, "meeting", "meetings"));
    add_left_out(cli, file->duplicates, "event that came twice",
                 "events that came twice");
    add_left_out(cli, file->removed, "stub of a deleted event",
                 "stubs of deleted events");
    add_left_out(cli, file->unreadable, "event that cannot be read",
                 "events that cannot be read");
    if (file->more_pages)
        buf_text(out, "the file is one page of several: it has a nextLink, "
                      "which is not followed\n");
    if (result->real.two_zones)
        buf_format(out, "%s in different zones: no hours\n",
                   cli_count(cli, result->real.two_zones,
                             "event starts and ends", "events start and end"));
    if (result->real.all_day || result->ours.all_day)
        buf_format(out,
                   "all-day events, which have no hours: %s of the real "
                   "ones, %s of ours\n",
                   percent(cli, result->real.all_day, result->real.timed),
                   percent(cli, result->ours.all_day, result->ours.timed));
}

static bool print_findings(struct cli *cli, const struct against *result,
                           struct error *err)
{
    static const struct table_column columns[] = {
        {"FINDING", TABLE_LEFT, 0}, {"COUNT", TABLE_RIGHT, 0},
        {"LINE", TABLE_RIGHT, 0},   {"FIELD", TABLE_LEFT, PATH_WIDTH},
        {"", TABLE_LEFT, 0},
    };
    struct table table;

    if (!result->finding_count)
        return true;
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct against_finding *finding = &result->findings[i];
        struct buf count = BUF_EMPTY;
        struct buf line = BUF_EMPTY;
        text_number(&count, finding->count);
        buf_int(&line, finding->line);
        table_row(&table, calendar_severity_name(finding->severity),
                  kept(cli, &count), kept(cli, &line),
                  *finding->field  ? finding->field
                  : finding->index ? "(event)"
                                   : "(file)",
                  finding->text, NULL);
    }
    buf_char(&cli->out, '\n');
    if (!table_print(&table, 0, &cli->out, err))
        return false;
    if (result->other_findings)
        buf_format(
            &cli->out, "and %s of other kinds\n",
            cli_count(cli, result->other_findings, "finding", "findings"));
    return true;
}

/* ---- Fields ---- */

static const char *types_of(struct cli *cli,
                            const struct field_profile *profile)
{
    struct buf buf = BUF_EMPTY;

    for (int type = VALUE_TYPES; type-- > 0;)
        if (field_type_count(profile, (enum value_type)type))
            buf_format(&buf, "%s%s", buf.length ? ", " : "",
                       value_type_name((enum value_type)type));
    return kept(cli, &buf);
}

static bool print_fields(struct cli *cli, const struct against *result,
                         struct error *err)
{
    static const struct table_column columns[] = {
        {"FIELD", TABLE_LEFT, PATH_WIDTH},
        {"REAL", TABLE_RIGHT, 0},
        {"OURS", TABLE_RIGHT, 0},
        {"TYPE", TABLE_LEFT, 0},
        {"", TABLE_LEFT, 0},
    };
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < result->field_count; i++) {
        const struct field_alignment *field = &result->fields[i];
        bool extra = field->verdict == FIELD_EXTRA;
        table_row(&table, field->path,
                  percent(cli, field->real.events, result->real.events),
                  percent(cli, field->ours.events, result->ours.events),
                  types_of(cli, extra ? &field->ours : &field->real),
                  field_verdict_name(field->verdict), NULL);
    }
    buf_char(&cli->out, '\n');
    return table_print(&table, 0, &cli->out, err);
}

/* "one line 60.0%, null 40.0%; 3 to 102 characters" */
static void add_formats(struct buf *out, const struct field_profile *profile)
{
    const char *between = "";

    for (int format = VALUE_FORMATS; format-- > 0;) {
        if (!profile->formats[format])
            continue;
        buf_format(out, "%s%s ", between,
                   value_format_name((enum value_format)format));
        text_percent(out, profile->formats[format], profile->values);
        between = ", ";
    }
    if (!profile->values)
        buf_text(out, "never there");
    if (!profile->longest)
        return;
    buf_text(out, "; ");
    if (profile->shortest < profile->longest)
        buf_format(out, "%lld to ", (long long)profile->shortest);
    buf_format(out, "%lld character%s", (long long)profile->longest,
               profile->longest > 1 ? "s" : "");
}

static void print_formats(struct cli *cli, const struct against *result)
{
    struct buf *out = &cli->out;
    bool first = true;

    for (size_t i = 0; i < result->field_count; i++) {
        const struct field_alignment *field = &result->fields[i];
        bool differs = field->verdict != FIELD_ALIGNED &&
                       field->verdict != FIELD_MISSING &&
                       field->verdict != FIELD_EXTRA;
        if (!differs && !cli->verbose)
            continue;
        buf_text(out, first ? "\n" : "");
        first = false;
        buf_format(out, "%s: %s\n  real: ", field->path,
                   field_verdict_name(field->verdict));
        add_formats(out, &field->real);
        buf_text(out, "\n  ours: ");
        add_formats(out, &field->ours);
        buf_char(out, '\n');
    }
}

static void print_score(struct cli *cli, const struct against *result)
{
    struct buf *out = &cli->out;

    /* 99.96 must not read as everything. */
    buf_format(out,
               "\nalignment: %.1f%% of what real events have is in ours, with "
               "its type and format\n",
               floor(result->score * 10) / 10);
    buf_format(out, "%s: ",
               cli_count(cli, (int64_t)result->field_count, "field", "fields"));
    for (int verdict = 0; verdict < FIELD_VERDICTS; verdict++)
        buf_format(out, "%s%lld %s", verdict ? ", " : "",
                   (long long)result->verdicts[verdict],
                   field_verdict_name((enum field_verdict)verdict));
    buf_char(out, '\n');
    if (result->real.crowded || result->ours.crowded)
        buf_text(out,
                 "fields past the 500th, and those more than 16 deep, were "
                 "not looked at\n");
}

/* ---- Distributions ---- */

static const char *number(struct cli *cli, bool shown, int decimals,
                          double value)
{
    struct buf buf = BUF_EMPTY;

    if (shown)
        buf_format(&buf, "%.*f", decimals, value);
    return kept(cli, &buf);
}

static void add_distribution(struct cli *cli, struct table *table,
                             const struct distribution_kind *kind,
                             const struct distribution_comparison *comparison)
{
    bool numeric = kind->unit && comparison->compared;
    struct buf real = BUF_EMPTY;
    struct buf ours = BUF_EMPTY;

    text_number(&real, comparison->real_count);
    text_number(&ours, comparison->our_count);
    table_row(table, kind->name, kept(cli, &real), kept(cli, &ours),
              number(cli, numeric, kind->decimals, comparison->real_median),
              number(cli, numeric, kind->decimals, comparison->our_median),
              number(cli, numeric, kind->decimals, comparison->wasserstein),
              numeric ? kind->unit : "",
              number(cli, comparison->compared, 2, comparison->jensen_shannon),
              NULL);
}

static bool print_distributions(struct cli *cli, const struct against *result,
                                struct error *err)
{
    static const struct table_column columns[] = {
        {"DISTRIBUTION", TABLE_LEFT, 0},
        {"REAL", TABLE_RIGHT, 0},
        {"OURS", TABLE_RIGHT, 0},
        {"MEDIAN", TABLE_RIGHT, 0},
        {"OURS", TABLE_RIGHT, 0},
        {"APART", TABLE_RIGHT, 0},
        {"", TABLE_LEFT, 0},
        {"JS", TABLE_RIGHT, 0},
    };
    struct buf *out = &cli->out;
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int id = 0; id < DISTRIBUTIONS; id++)
        add_distribution(cli, &table, &distribution_kinds[id],
                         &result->distributions[id]);
    buf_char(out, '\n');
    if (!table_print(&table, 0, out, err))
        return false;
    buf_text(out, "\nAPART: the Wasserstein distance. JS: that of Jensen and "
                  "Shannon, 0 for the same\nshares and 1 for nothing in "
                  "common.\n\n");
    for (int id = 0; id < DISTRIBUTIONS; id++)
        buf_format(out, "%s: %s\n", distribution_kinds[id].name,
                   result->distributions[id].sentence);
    if (result->real.events < FEW_EVENTS)
        buf_format(out, "\n%s: take the distances for hints\n",
                   cli_count(cli, result->real.events,
                             "real event is a small sample",
                             "real events are a small sample"));
    return true;
}

bool print_against(struct cli *cli, const struct against *result,
                   struct error *err)
{
    print_file(cli, result);
    if (!print_findings(cli, result, err))
        return false;
    if (!result->scored) {
        buf_text(&cli->out, result->real.events
                                ? "\nthere is no meeting to compare\n"
                                : "\nthe file has no event to compare with\n");
        return cli_whole(cli, err);
    }
    print_score(cli, result);
    if (!print_fields(cli, result, err))
        return false;
    print_formats(cli, result);
    if (!print_distributions(cli, result, err))
        return false;
    if (!result->hours_comparable)
        cli_note(cli, "all times of the real calendar are in UTC; ask for it "
                      "with the header Prefer: outlook.timezone=\"ZONE\"");
    return cli_whole(cli, err);
}
