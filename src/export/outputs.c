/* The data files of an export: data/SHAPE/PART.jsonl, in shards or not,
 * compressed or not. */
#include "internal.h"

#include "datebook/spool.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_SHARDS = 99999 };

struct shard {
    struct spool_file *file;
    const char *path; /* before it is known how many there are */
    int64_t rows;
    struct shard *next;
};

/* The files of one shape and part. */
struct output {
    bool wanted;
    bool full; /* the next record begins a shard */
    int shards;
    struct shard *first;
    struct shard *last;
};

struct outputs {
    struct folder *folder;
    const struct export_request *request;
    struct spool *spool;
    size_t files;
    struct output parts[EXPORT_SHAPES][PARTS];
};

static const char *extension(const struct outputs *outputs, size_t shape)
{
    return outputs->request->shapes[shape].format == FORMAT_CSV ? "csv"
                                                                : "jsonl";
}

/* With 0 shards the name of a file of its own; with -1 one while it is not
 * known how many shards come. */
static const char *file_name(const struct outputs *outputs, size_t shape,
                             enum part part, int shard, int shards,
                             struct error *err)
{
    char number[40] = "";

    if (shards < 0)
        snprintf(number, sizeof number, "-%05d", shard);
    else if (shards)
        snprintf(number, sizeof number, "-%05d-of-%05d", shard, shards);
    return arena_format(outputs->folder->arena, err, "data/%s/%s%s.%s%s",
                        outputs->request->shapes[shape].name, part_name(part),
                        number, extension(outputs, shape),
                        compression_suffix(outputs->request->compress));
}

static bool add_csv_header(struct spool_file *file, struct error *err)
{
    struct buf header = BUF_EMPTY;
    bool ok;

    csv_add_header(&header);
    ok = buf_ok(&header, err) &&
         spool_add(file, header.data, header.length, err);
    buf_free(&header);
    return ok;
}

static bool create(struct outputs *outputs, size_t shape, enum part part,
                   struct shard *shard, struct error *err)
{
    struct output *output = &outputs->parts[shape][part];
    struct folder *folder = outputs->folder;
    int shards = outputs->request->shard_size ? -1 : 0;
    const char *name =
        file_name(outputs, shape, part, output->shards + 1, shards, err);
    const char *told =
        name ? arena_format(folder->arena, err, "%s/%s", folder->named, name)
             : NULL;

    shard->path = told ? folder_path(folder, name, err) : NULL;
    if (!shard->path)
        return false;
    shard->file = spool_create(outputs->spool, folder->arena, shard->path, told,
                               outputs->request->compress, err);
    return shard->file &&
           (outputs->request->shapes[shape].format != FORMAT_CSV ||
            add_csv_header(shard->file, err));
}

static bool add_shard(struct outputs *outputs, size_t shape, enum part part,
                      struct error *err)
{
    struct output *output = &outputs->parts[shape][part];
    struct shard *shard;

    if (output->shards == MOST_SHARDS) {
        error_set(err, ERROR_INPUT, "%s of %s would be more than %d shards",
                  part_name(part), outputs->request->shapes[shape].name,
                  MOST_SHARDS);
        return error_hint(err, "choose a larger --shard-size");
    }
    shard = arena_zero(outputs->folder->arena, 1, sizeof *shard, err);
    if (!shard || !create(outputs, shape, part, shard, err))
        return false;
    if (output->last)
        output->last->next = shard;
    else
        output->first = shard;
    output->last = shard;
    output->shards++;
    output->full = false;
    outputs->files++;
    return true;
}

struct outputs *outputs_open(struct folder *folder,
                             const struct export_request *request,
                             struct error *err)
{
    struct outputs *outputs =
        arena_zero(folder->arena, 1, sizeof *outputs, err);
    bool ok = outputs && (outputs->spool = spool_open(err));

    if (!ok)
        return NULL;
    outputs->folder = folder;
    outputs->request = request;
    for (size_t shape = 0; ok && shape < request->shape_count; shape++)
        for (int part = 0; ok && part < PARTS; part++) {
            if (part == PART_VALIDATION && !request->division->cut)
                continue;
            outputs->parts[shape][part].wanted = true;
            ok = add_shard(outputs, shape, (enum part)part, err);
        }
    if (ok)
        return outputs;
    outputs_close(outputs);
    return NULL;
}

void outputs_close(struct outputs *outputs)
{
    if (!outputs)
        return;
    spool_close(outputs->spool);
    outputs->spool = NULL;
}

bool outputs_file(struct outputs *outputs, size_t shape, enum part part,
                  struct spool_file **file, struct error *err)
{
    struct output *output = &outputs->parts[shape][part];

    if (output->full && (!spool_end(output->last->file, err) ||
                         !add_shard(outputs, shape, part, err)))
        return false;
    *file = output->last->file;
    return true;
}

void outputs_count(struct outputs *outputs, size_t shape, enum part part,
                   int lines)
{
    struct output *output = &outputs->parts[shape][part];
    int64_t most = outputs->request->shard_size;

    output->last->rows += lines;
    output->full = most && spool_content(output->last->file) >= most;
}

/* ---- The end ---- */

static bool end_all(struct outputs *outputs, struct error *err)
{
    for (size_t shape = 0; shape < EXPORT_SHAPES; shape++)
        for (int part = 0; part < PARTS; part++) {
            struct output *output = &outputs->parts[shape][part];
            if (output->wanted && !spool_end(output->last->file, err))
                return false;
        }
    return spool_wait(outputs->spool, err);
}

/* A shard gets the name that says of how many it is. */
static bool name_shard(struct outputs *outputs, const struct shard *shard,
                       const struct export_file *file, struct error *err)
{
    const char *path;

    if (!outputs->request->shard_size)
        return true;
    path = folder_path(outputs->folder, file->name, err);
    return path && (!rename(shard->path, path) ||
                    error_set(err, ERROR_INPUT, "cannot write %s/%s",
                              outputs->folder->named, file->name));
}

static bool describe(struct outputs *outputs, size_t shape, enum part part,
                     struct export_file *files, size_t *count,
                     struct error *err)
{
    const struct output *output = &outputs->parts[shape][part];
    int shards = outputs->request->shard_size ? output->shards : 0;
    int number = 0;

    for (const struct shard *shard = output->first; shard;
         shard = shard->next) {
        struct export_file *file = &files[(*count)++];
        number++;
        *file = (struct export_file){
            .name = file_name(outputs, shape, part, number, shards, err),
            .shape = shape,
            .part = part,
            .shard = number,
            .shards = output->shards,
            .rows = shard->rows,
            .bytes = shard->file->bytes};
        memcpy(file->sha256, shard->file->sha256, sizeof file->sha256);
        if (!file->name || !name_shard(outputs, shard, file, err))
            return false;
    }
    return true;
}

bool outputs_finish(struct outputs *outputs, const struct export_file **files,
                    size_t *count, struct error *err)
{
    struct export_file *list =
        arena_zero(outputs->folder->arena, outputs->files, sizeof *list, err);

    *files = list;
    *count = 0;
    if (!list || !end_all(outputs, err))
        return false;
    for (size_t shape = 0; shape < EXPORT_SHAPES; shape++)
        for (int part = 0; part < PARTS; part++)
            if (!describe(outputs, shape, (enum part)part, list, count, err))
                return false;
    return true;
}
