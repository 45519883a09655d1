/* An export folder: train.jsonl, heldout.jsonl, and a manifest that says what
 * they are.  Files get their names only when all of them are whole; the
 * manifest comes last, so that a folder with one is complete. */
#include "internal.h"

#include "datebook/file.h"

#include "version.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const file_names[EXPORT_FILES] = {
    "train.jsonl", "heldout.jsonl", "manifest.json"};

/* ---- Manifest ---- */

static void list_ids(struct buf *json, const char *name,
                     const struct stored_persona *personas, size_t count)
{
    buf_format(json, "    \"%s\": [", name);
    for (size_t i = 0; i < count; i++) {
        buf_text(json, i ? ", " : "");
        buf_json(json, personas[i].id);
    }
    buf_char(json, ']');
}

static void describe_split(struct buf *json, const struct split *split,
                           const struct split_request *request)
{
    buf_text(json, "  \"split\": {\n");
    if (request->has_fraction)
        buf_format(json,
                   "    \"held_out_fraction\": %.15g,\n    \"seed\": %llu,\n",
                   request->fraction, (unsigned long long)request->seed);
    list_ids(json, "train", split->train, split->train_count);
    buf_text(json, ",\n");
    list_ids(json, "held_out", split->held_out, split->held_out_count);
    buf_text(json, "\n  },\n");
}

static void describe_files(struct buf *json, const struct export_result *result)
{
    buf_text(json, "  \"files\": [\n");
    for (int i = 0; i < EXPORT_MANIFEST; i++) {
        const struct file_totals *totals = &result->files[i].totals;
        buf_format(json,
                   "    {\"name\": \"%s\", \"rows\": %lld, \"bytes\": %lld, "
                   "\"blake2b\": \"%s\"}%s\n",
                   file_names[i], (long long)totals->lines,
                   (long long)totals->bytes, totals->hash, i ? "" : ",");
    }
    buf_text(json, "  ]\n}\n");
}

static bool make_manifest(struct store *store, struct arena *arena,
                          int64_t number, const struct split *split,
                          const struct split_request *request,
                          const struct export_result *result, struct buf *json,
                          struct error *err)
{
    struct version version;
    char chain[HASH_HEX_SIZE];

    if (!version_get(store, arena, number, &version, err))
        return false;
    hash_hex(version.chain, chain);
    buf_text(json, "{\n  \"tool\": \"datebook " DATEBOOK_VERSION "\",\n");
    buf_text(json, "  \"format\": \"graph\",\n");
    buf_format(json, "  \"version\": %lld,\n", (long long)number);
    buf_format(json, "  \"chain_hash\": \"%s\",\n", chain);
    if (request->stale_allowed)
        buf_text(json, "  \"stale_labels_allowed\": true,\n");
    describe_split(json, split, request);
    describe_files(json, result);
    return buf_ok(json, err);
}

/* ---- Files ---- */

struct export_files {
    struct file_writer *writers[EXPORT_FILES];
};

static bool create_files(struct arena *arena, const char *folder,
                         struct export_files *files,
                         struct export_result *result, struct error *err)
{
    if (!file_make_folder(folder, err))
        return false;
    for (int i = 0; i < EXPORT_FILES; i++) {
        result->files[i].path =
            arena_format(arena, err, "%s/%s", folder, file_names[i]);
        if (!result->files[i].path)
            return false;
        files->writers[i] = file_create(arena, result->files[i].path, err);
        if (!files->writers[i])
            return false;
    }
    return true;
}

static bool write_half(struct store *store, int64_t version,
                       const struct stored_persona *personas, size_t count,
                       struct file_writer *writer,
                       const struct monitor *monitor, int64_t *done,
                       struct file_totals *totals, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!dataset_write_lines(store, version, 0, &personas[i], writer, NULL,
                                 monitor, done, err))
            return false;
    return file_finish(writer, totals, err);
}

static bool publish(struct export_files *files,
                    const struct export_result *result, struct error *err)
{
    const char *old_manifest = result->files[EXPORT_MANIFEST].path;

    /* An old manifest must not speak for new files. */
    unlink(old_manifest);
    for (int i = 0; i < EXPORT_FILES; i++)
        if (!file_publish(files->writers[i], err))
            return false;
    return true;
}

bool dataset_export(struct store *store, struct arena *arena, int64_t version,
                    const struct split *split,
                    const struct split_request *request, const char *folder,
                    const struct monitor *monitor, struct export_result *result,
                    struct error *err)
{
    struct export_files files = {{NULL}};
    struct file_writer **writers = files.writers;
    struct buf json = BUF_EMPTY;
    int64_t done = 0;
    bool ok;

    *result = (struct export_result){0};
    ok = create_files(arena, folder, &files, result, err) &&
         write_half(store, version, split->train, split->train_count,
                    writers[EXPORT_TRAIN], monitor, &done,
                    &result->files[EXPORT_TRAIN].totals, err) &&
         write_half(store, version, split->held_out, split->held_out_count,
                    writers[EXPORT_HELD_OUT], monitor, &done,
                    &result->files[EXPORT_HELD_OUT].totals, err) &&
         make_manifest(store, arena, version, split, request, result, &json,
                       err) &&
         file_write(writers[EXPORT_MANIFEST], json.data, json.length, err) &&
         file_finish(writers[EXPORT_MANIFEST],
                     &result->files[EXPORT_MANIFEST].totals, err) &&
         store_finish_reading(store, err) && publish(&files, result, err);
    for (int i = 0; i < EXPORT_FILES; i++)
        file_discard(writers[i]);
    buf_free(&json);
    return ok;
}
