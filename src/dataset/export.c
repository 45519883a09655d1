/* An export folder: train.jsonl, heldout.jsonl, and a manifest that says what
 * they are.  Files get their names only when all of them are whole; the
 * manifest comes last, so that a folder with one is complete. */
#include "internal.h"

#include "datebook/file.h"

#include "version.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const file_names[EXPORT_FILES] = {
    "train.jsonl", "heldout.jsonl", "manifest.json.minisig", "manifest.json"};

/* ---- Manifest ---- */

/* It names no version: what is exported is told by its content, so that the
 * same content in another file gives the same manifest. */

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

static void describe_split(struct buf *json, const struct halves *split,
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

static void describe_files(struct buf *json, const struct halves_export *result)
{
    buf_text(json, "  \"files\": [\n");
    for (int i = 0; i < EXPORT_DATA_FILES; i++) {
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
                          int64_t number, const struct halves *split,
                          const struct split_request *request,
                          const struct halves_export *result, struct buf *json,
                          struct error *err)
{
    struct version version;
    char content[HASH_HEX_SIZE];

    if (!version_get(store, arena, number, &version, err))
        return false;
    hash_hex(version.content, content);
    buf_text(json, "{\n  \"tool\": \"datebook " DATEBOOK_VERSION "\",\n");
    buf_text(json, "  \"format\": \"graph\",\n");
    buf_format(json, "  \"content_hash\": \"%s\",\n", content);
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

static bool create_files(struct arena *arena, const char *folder, bool sign,
                         struct export_files *files,
                         struct halves_export *result, struct error *err)
{
    if (!file_make_folder(folder, err))
        return false;
    for (int i = 0; i < EXPORT_FILES; i++) {
        if (i == EXPORT_SIGNATURE && !sign)
            continue;
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

static bool write_whole(struct file_writer *writer, const struct buf *text,
                        struct file_totals *totals, struct error *err)
{
    return buf_ok(text, err) &&
           file_write(writer, text->data, text->length, err) &&
           file_finish(writer, totals, err);
}

/* The comment has no time in it: the same export has the same signature. */
static bool write_signature(const struct secret_key *key,
                            const struct buf *manifest,
                            struct file_writer *writer,
                            struct file_totals *totals, struct error *err)
{
    struct buf text = BUF_EMPTY;
    bool ok;

    if (!key)
        return true;
    signature_make(key, manifest->data, manifest->length,
                   "datebook export: manifest.json", &text);
    ok = write_whole(writer, &text, totals, err);
    buf_free(&text);
    return ok;
}

/* An old manifest must not speak for new files, nor an old signature for a new
 * manifest. */
static bool remove_old(struct arena *arena, const char *folder, bool *signature,
                       struct error *err)
{
    static const int order[] = {EXPORT_SIGNATURE, EXPORT_MANIFEST};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const char *path =
            arena_format(arena, err, "%s/%s", folder, file_names[order[i]]);
        bool there;
        if (!path)
            return false;
        there = !unlink(path);
        if (!there && errno != ENOENT)
            return error_set(err, ERROR_INPUT, "cannot remove %s: %s", path,
                             strerror(errno));
        if (order[i] == EXPORT_SIGNATURE)
            *signature = there;
    }
    return true;
}

static bool publish(struct export_files *files, struct error *err)
{
    for (int i = 0; i < EXPORT_FILES; i++)
        if (files->writers[i] && !file_publish(files->writers[i], err))
            return false;
    return true;
}

bool dataset_export(struct store *store, struct arena *arena, int64_t version,
                    const struct halves *split,
                    const struct split_request *request, const char *folder,
                    const struct monitor *monitor, struct halves_export *result,
                    struct error *err)
{
    struct export_files files = {{NULL}};
    struct file_writer **writers = files.writers;
    struct buf json = BUF_EMPTY;
    int64_t done = 0;
    bool ok;

    *result = (struct halves_export){0};
    ok = create_files(arena, folder, request->sign, &files, result, err) &&
         write_half(store, version, split->train, split->train_count,
                    writers[EXPORT_TRAIN], monitor, &done,
                    &result->files[EXPORT_TRAIN].totals, err) &&
         write_half(store, version, split->held_out, split->held_out_count,
                    writers[EXPORT_HELD_OUT], monitor, &done,
                    &result->files[EXPORT_HELD_OUT].totals, err) &&
         make_manifest(store, arena, version, split, request, result, &json,
                       err) &&
         write_whole(writers[EXPORT_MANIFEST], &json,
                     &result->files[EXPORT_MANIFEST].totals, err) &&
         write_signature(request->sign, &json, writers[EXPORT_SIGNATURE],
                         &result->files[EXPORT_SIGNATURE].totals, err) &&
         store_finish_reading(store, err) &&
         remove_old(arena, folder, &result->signature_removed, err) &&
         publish(&files, err);
    result->signature_removed = result->signature_removed && !request->sign;
    if (ok)
        crypto_generichash(result->manifest_hash, HASH_SIZE,
                           (const unsigned char *)json.data, json.length, NULL,
                           0);
    for (int i = 0; i < EXPORT_FILES; i++)
        file_discard(writers[i]);
    buf_free(&json);
    return ok;
}
