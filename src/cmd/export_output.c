/* What an export came to. */
#include "export.h"

#include <string.h>

/* The documents in the order in which somebody reads them. */
static const char *const documents[] = {"README.md", "statistics.json",
                                        "croissant.json", "manifest.json",
                                        "manifest.json.minisig"};

static bool is_written(const struct export_result *result, size_t document)
{
    return document + 1 < sizeof documents / sizeof *documents ||
           result->summary.request->sign;
}

/* ---- The record ---- */

/* Whether the file knows already that this manifest is of this version. */
static bool is_recorded(struct cli *cli, const struct export_result *result,
                        bool *recorded, struct error *err)
{
    struct store *store = cli_open(cli, cli->database, STORE_READ, err);
    int64_t *versions;
    size_t count;
    bool ok =
        store && export_versions(store, &cli->arena, result->manifest_hash,
                                 &versions, &count, err);

    *recorded = false;
    for (size_t i = 0; ok && i < count; i++)
        *recorded = *recorded || versions[i] == result->summary.version.number;
    store_close(store);
    return ok;
}

static bool write_record(struct cli *cli, const struct export_result *result,
                         struct error *err)
{
    struct store *store;
    int64_t started;
    bool recorded;
    bool ok;

    if (!is_recorded(cli, result, &recorded, err))
        return false;
    if (recorded)
        return true;
    store = cli_open(cli, cli->database, STORE_WRITE, err);
    ok = store && civil_now(&started, err) &&
         export_record(store, result->manifest_hash,
                       result->summary.version.number, started, err);
    store_close(store);
    return ok;
}

void export_remember(struct cli *cli, const struct export_result *result)
{
    struct error err;

    if (write_record(cli, result, &err))
        return;
    cli_note(cli,
             "the export is not recorded, so `prune` does not know of it: %s",
             err.message);
    if (err.code == ERROR_DATABASE)
        cli_note(cli, "to keep what it was made from: %s v%lld",
                 next_command(cli, "tag NAME"),
                 (long long)result->summary.version.number);
}

/* ---- JSON ---- */

static void json_parts(struct buf *out, const struct export_summary *summary)
{
    json_key(out, "parts");
    buf_char(out, '{');
    for (int i = 0; i < PARTS; i++) {
        const struct export_part *part = &summary->parts[i];
        if (i == PART_VALIDATION && !summary->request->division->cut)
            continue;
        json_key(out, part_name((enum part)i));
        buf_format(out,
                   "{\"personas\":%lld,\"meetings\":%lld,\"left_out\":%lld}",
                   (long long)part->personas, (long long)part->meetings,
                   (long long)part->dropped);
    }
    buf_char(out, '}');
}

static void json_files(struct buf *out, const struct export_result *result)
{
    const struct export_summary *summary = &result->summary;

    json_key(out, "files");
    buf_char(out, '[');
    for (size_t i = 0; i < summary->file_count; i++) {
        const struct export_file *file = &summary->files[i];
        json_key(out, NULL);
        buf_text(out, "{\"name\":");
        buf_json(out, file->name);
        buf_format(out,
                   ",\"shape\":\"%s\",\"part\":\"%s\",\"rows\":%lld,"
                   "\"bytes\":%lld,\"sha256\":\"%s\"}",
                   summary->request->shapes[file->shape].name,
                   part_name(file->part), (long long)file->rows,
                   (long long)file->bytes, file->sha256);
    }
    buf_text(out, "],\"documents\":[");
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        if (is_written(result, i)) {
            json_key(out, NULL);
            buf_json(out, documents[i]);
        }
    buf_char(out, ']');
}

void export_json(struct cli *cli, const struct export_result *result)
{
    const struct export_summary *summary = &result->summary;
    struct buf *out = &cli->out;

    buf_format(out, "{\"version\":%lld,\"folder\":",
               (long long)summary->version.number);
    buf_json(out, result->folder);
    buf_format(out, ",\"replaced\":%s,\"reviewed\":%lld",
               result->replaced ? "true" : "false",
               (long long)summary->reviewed);
    if (summary->request->labels == LABELS_REVIEWED)
        buf_format(out, ",\"corrected\":%lld,\"outdated\":%lld",
                   (long long)summary->corrected, (long long)summary->outdated);
    json_key(out, "leaks_looked_for");
    buf_text(out, summary->request->leaks ? "true" : "false");
    json_parts(out, summary);
    json_files(out, result);
    buf_text(out, "}\n");
}

/* ---- Text ---- */

static const char *number(struct cli *cli, int64_t value)
{
    struct buf text = BUF_EMPTY;
    struct error ignored;
    const char *copy;

    text_number(&text, value);
    copy = arena_text(&cli->arena, buf_string(&text), &ignored);
    buf_free(&text);
    return copy ? copy : "";
}

/* The files of a shape and part in one line, however many shards they are. */
static size_t add_part(struct cli *cli, const struct export_summary *summary,
                       size_t at, struct table *table, struct error *err)
{
    const struct export_file *first = &summary->files[at];
    int64_t rows = 0;
    int64_t bytes = 0;
    size_t end = at;

    for (; end < summary->file_count &&
           summary->files[end].shape == first->shape &&
           summary->files[end].part == first->part;
         end++) {
        rows += summary->files[end].rows;
        bytes += summary->files[end].bytes;
    }
    table_row(table, first->name, number(cli, rows), number(cli, bytes),
              end > at + 1
                  ? arena_format(&cli->arena, err, "%zu shards", end - at)
                  : "",
              NULL);
    return end;
}

static void add_documents(const struct export_result *result,
                          struct table *table)
{
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        if (is_written(result, i))
            table_row(table, documents[i], NULL);
}

static bool print_parts(struct cli *cli, const struct export_summary *summary,
                        struct error *err)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, 0},
                                                  {NULL, TABLE_RIGHT, 0},
                                                  {NULL, TABLE_RIGHT, 0},
                                                  {NULL, TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < PARTS; i++) {
        const struct export_part *part = &summary->parts[i];
        if (i == PART_VALIDATION && !summary->request->division->cut)
            continue;
        table_row(&table, part_name((enum part)i),
                  cli_count(cli, part->personas, "persona", "personas"),
                  cli_count(cli, part->meetings, "meeting", "meetings"),
                  part->dropped ? arena_format(&cli->arena, err, "%s left out",
                                               number(cli, part->dropped))
                                : "",
                  NULL);
    }
    return table_print(&table, 2, &cli->out, err);
}

bool export_text(struct cli *cli, const struct export_result *result,
                 struct error *err)
{
    static const struct table_column columns[] = {{"FILE", TABLE_LEFT, 0},
                                                  {"ROWS", TABLE_RIGHT, 0},
                                                  {"BYTES", TABLE_RIGHT, 0},
                                                  {"", TABLE_RIGHT, 0}};
    const struct export_summary *summary = &result->summary;
    struct table table;
    size_t at = 0;

    buf_format(&cli->out, "Exported v%lld to ",
               (long long)summary->version.number);
    terminal_text(&cli->out, result->folder);
    buf_text(&cli->out, result->replaced
                            ? ", in place of the export that was there\n"
                            : "\n");
    if (!print_parts(cli, summary, err))
        return false;
    buf_char(&cli->out, '\n');
    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    while (at < summary->file_count)
        at = add_part(cli, summary, at, &table, err);
    add_documents(result, &table);
    return table_print(&table, 2, &cli->out, err);
}
