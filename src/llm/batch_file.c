/* Batch files: a request a line, split where a provider's limits want it. */
#include "datebook/batch_file.h"

#include "datebook/list.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A file of the set. */
struct part {
    struct file_writer *file;
    struct file_totals totals; /* once it is finished */
};

struct batch_writer {
    struct arena *arena;
    const char *path;
    int64_t most_lines;
    int64_t most_bytes;
    struct part *parts; /* all but the last are finished */
    size_t count;
    int64_t lines; /* of the last one */
    int64_t bytes;
    bool finished;
    struct buf line;
};

/* ---- Names ---- */

/* "out/requests-00002.jsonl" for number 2 of "out/requests.jsonl". */
static const char *part_path(struct arena *arena, const char *path,
                             size_t number, struct error *err)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t stem = dot && dot > name ? (size_t)(dot - path) : strlen(path);

    return arena_format(arena, err, "%.*s-%05zu%s", (int)stem, path, number,
                        path + stem);
}

/* The name of a file of the finished set. */
static const char *final_path(const struct batch_writer *writer, size_t part,
                              struct error *err)
{
    return writer->count == 1
               ? writer->path
               : part_path(writer->arena, writer->path, part + 1, err);
}

static bool check_free(const char *path, struct error *err)
{
    struct stat info;

    if (lstat(path, &info))
        return true;
    error_set(err, ERROR_INPUT, "%s is there, and is of an older set of files",
              path);
    return error_hint(err, "move it away, or write the new files elsewhere");
}

/* Whoever submits all files of a folder must not submit an old one again. */
static bool check_leftovers(const struct batch_writer *writer,
                            struct error *err)
{
    size_t next = writer->count == 1 ? 1 : writer->count + 1;
    const char *path = part_path(writer->arena, writer->path, next, err);

    return path && check_free(path, err) &&
           (writer->count == 1 || check_free(writer->path, err));
}

/* ---- Writing ---- */

static bool open_part(struct batch_writer *writer, struct error *err)
{
    const char *path = writer->path;
    struct file_writer *file;

    if (writer->count)
        path = part_path(writer->arena, path, writer->count + 1, err);
    if (!path || !list_grow(writer->arena, &writer->parts, writer->count,
                            sizeof *writer->parts, err))
        return false;
    file = file_create(writer->arena, path, err);
    if (!file)
        return false;
    writer->parts[writer->count++] = (struct part){.file = file};
    writer->lines = 0;
    writer->bytes = 0;
    return true;
}

static bool close_part(struct batch_writer *writer, struct error *err)
{
    struct part *part = &writer->parts[writer->count - 1];

    return file_finish(part->file, &part->totals, err);
}

struct batch_writer *batch_create(struct arena *arena, const char *path,
                                  int64_t most_lines, int64_t most_bytes,
                                  struct error *err)
{
    struct batch_writer *writer = arena_zero(arena, 1, sizeof *writer, err);

    if (!writer)
        return NULL;
    writer->arena = arena;
    writer->path = arena_text(arena, path, err);
    writer->most_lines = most_lines;
    writer->most_bytes = most_bytes;
    return writer->path && open_part(writer, err) ? writer : NULL;
}

static bool write_line(struct batch_writer *writer, struct error *err)
{
    int64_t length = (int64_t)writer->line.length + 1;
    struct part *part;

    if (length > writer->most_bytes)
        return error_set(err, ERROR_INPUT,
                         "a request of %lld bytes does not fit into files of "
                         "%lld",
                         (long long)length, (long long)writer->most_bytes);
    if ((writer->lines == writer->most_lines ||
         writer->bytes + length > writer->most_bytes) &&
        (!close_part(writer, err) || !open_part(writer, err)))
        return false;
    part = &writer->parts[writer->count - 1];
    writer->lines++;
    writer->bytes += length;
    return file_write(part->file, writer->line.data, writer->line.length,
                      err) &&
           file_end_line(part->file, err);
}

bool batch_add(struct batch_writer *writer, const char *custom_id,
               const char *url, const char *body, size_t length,
               struct error *err)
{
    struct buf *line = &writer->line;

    if (strlen(custom_id) >= BATCH_ID_SIZE || memchr(body, '\n', length))
        return error_set(err, ERROR_BUG,
                         "a request that does not fit a batch file's line");
    buf_clear(line);
    buf_text(line, "{\"custom_id\":");
    buf_json(line, custom_id);
    buf_text(line, ",\"method\":\"POST\",\"url\":");
    buf_json(line, url);
    buf_text(line, ",\"body\":");
    buf_add(line, body, length);
    buf_char(line, '}');
    return buf_ok(line, err) && write_line(writer, err);
}

bool batch_finish(struct batch_writer *writer, struct error *err)
{
    if (writer->finished)
        return true;
    if (writer->lines && !check_leftovers(writer, err))
        return false;
    if (!close_part(writer, err))
        return false;
    for (size_t i = 0; i < writer->count; i++) {
        const char *path = final_path(writer, i, err);
        if (!path ||
            !file_rename(writer->parts[i].file, writer->arena, path, err))
            return false;
    }
    writer->finished = true;
    return true;
}

bool batch_publish(struct batch_writer *writer, struct batch_shard **shards,
                   size_t *count, struct error *err)
{
    struct batch_shard *list =
        arena_zero(writer->arena, writer->count, sizeof *list, err);

    *shards = list;
    *count = 0;
    if (!list || !batch_finish(writer, err))
        return false;
    for (size_t i = 0; writer->lines && i < writer->count; i++) {
        list[i] = (struct batch_shard){final_path(writer, i, err),
                                       writer->parts[i].totals};
        if (!list[i].path || !file_publish(writer->parts[i].file, err))
            return false;
        ++*count;
    }
    batch_discard(writer);
    return true;
}

void batch_discard(struct batch_writer *writer)
{
    if (!writer)
        return;
    for (size_t i = 0; i < writer->count; i++)
        file_discard(writer->parts[i].file);
    buf_free(&writer->line);
}
