/* <persona id>_meetings.jsonl, tierN_combined.jsonl, and statistics: what
 * training jobs already read. */
#include "generate_files.h"

#include "datebook/list.h"
#include "datebook/quality.h"

#include <stdlib.h>
#include <string.h>

enum { TIERS = 3 };

static struct generate_file *add_file(struct cli *cli,
                                      struct generate_files *files,
                                      enum generate_file_kind kind,
                                      const char *path, struct error *err)
{
    struct generate_file *file;

    if (!path || !list_grow(&cli->arena, &files->files, files->count,
                            sizeof *files->files, err))
        return NULL;
    file = &files->files[files->count];
    file->path = path;
    file->kind = kind;
    file->writer = file_create(&cli->arena, path, err);
    if (!file->writer)
        return NULL;
    files->count++;
    return file;
}

/* statistics_YYYYMMDD_HHMMSS.json, after the start of the run. */
static bool write_statistics(struct cli *cli, struct store *store,
                             const struct generate_request *request,
                             int64_t version, const char *folder,
                             struct generate_files *files, struct error *err)
{
    struct statistics statistics;
    struct generate_file *file;
    struct buf json = BUF_EMPTY;
    char at[STAMP_SIZE];
    bool ok;

    if (!statistics_collect(store, &cli->arena, version, version,
                            request->personas, request->persona_count, 0,
                            &statistics, err))
        return false;
    civil_format_stamp(request->started, at);
    file = add_file(cli, files, FILE_OF_STATISTICS,
                    arena_format(&cli->arena, err,
                                 "%s/statistics_%.4s%.2s%.2s_%.2s%.2s%.2s.json",
                                 folder, at, at + 5, at + 8, at + 11, at + 14,
                                 at + 17),
                    err);
    if (!file)
        return false;
    statistics_json(&statistics, &json);
    ok = buf_ok(&json, err) &&
         file_write(file->writer, json.data, json.length, err) &&
         file_finish(file->writer, &file->totals, err);
    buf_free(&json);
    return ok;
}

/* The combined file of a persona's tier, made when it is first needed; NULL
 * for a validation persona, which no training file may hold. */
static bool combined_file(struct cli *cli, struct generate_files *files,
                          const char *folder,
                          const struct stored_persona *persona,
                          int combined[TIERS], struct file_writer **writer,
                          struct error *err)
{
    int *index = &combined[persona->tier - 1];

    *writer = NULL;
    if (persona->validation)
        return true;
    if (*index < 0) {
        *index = (int)files->count;
        if (!add_file(cli, files, FILE_OF_TIER,
                      arena_format(&cli->arena, err, "%s/tier%d_combined.jsonl",
                                   folder, persona->tier),
                      err))
            return false;
    }
    *writer = files->files[*index].writer;
    return true;
}

bool generate_files_write(struct cli *cli, struct store *store,
                          const struct generate_request *request,
                          int64_t version, bool combine, const char *folder,
                          const struct monitor *monitor,
                          struct generate_files *files, struct error *err)
{
    int combined[TIERS] = {-1, -1, -1};
    struct file_writer *second = NULL;
    int64_t done = 0;

    if (!file_make_folder(folder, err))
        return false;
    for (size_t i = 0; i < request->persona_count; i++) {
        const struct stored_persona *persona = &request->personas[i];
        size_t mine = files->count;
        if (!add_file(cli, files, FILE_OF_PERSONA,
                      arena_format(&cli->arena, err, "%s/%s_meetings.jsonl",
                                   folder, persona->id),
                      err) ||
            (combine && !combined_file(cli, files, folder, persona, combined,
                                       &second, err)) ||
            !dataset_write_lines(store, version, version, persona,
                                 files->files[mine].writer, second, monitor,
                                 &done, err) ||
            !file_finish(files->files[mine].writer, &files->files[mine].totals,
                         err))
            return false;
    }
    for (int i = 0; i < TIERS; i++)
        if (combined[i] >= 0 &&
            !file_finish(files->files[combined[i]].writer,
                         &files->files[combined[i]].totals, err))
            return false;
    return write_statistics(cli, store, request, version, folder, files, err);
}

bool generate_files_publish(struct generate_files *files, struct error *err)
{
    for (size_t i = 0; i < files->count; i++)
        if (!file_publish(files->files[i].writer, err))
            return false;
    return true;
}

void generate_files_discard(struct generate_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        file_discard(files->files[i].writer);
}

bool generate_files_print(struct cli *cli, const struct generate_files *files,
                          struct error *err)
{
    static const struct table_column columns[] = {{NULL, TABLE_LEFT, 0},
                                                  {NULL, TABLE_RIGHT, 0}};
    struct table table;

    table_start(&table, &cli->arena, columns, sizeof columns / sizeof *columns);
    for (int kind = 0; kind <= FILE_OF_STATISTICS; kind++)
        for (size_t i = 0; i < files->count; i++) {
            const struct generate_file *file = &files->files[i];
            if ((int)file->kind == kind)
                table_row(&table, file->path,
                          kind == FILE_OF_STATISTICS
                              ? NULL
                              : cli_count(cli, file->totals.lines, "meeting",
                                          "meetings"),
                          NULL);
        }
    return table_print(&table, 2, &cli->out, err);
}

void generate_files_json(const struct generate_files *files, struct buf *out)
{
    json_key(out, "files");
    buf_char(out, '[');
    for (int kind = 0; kind <= FILE_OF_STATISTICS; kind++)
        for (size_t i = 0; i < files->count; i++) {
            const struct generate_file *file = &files->files[i];
            if ((int)file->kind != kind)
                continue;
            json_key(out, NULL);
            buf_text(out, "{\"path\":");
            buf_json(out, file->path);
            buf_format(out, ",\"rows\":%lld}", (long long)file->totals.lines);
        }
    buf_char(out, ']');
}
