/* An export from its first byte to its name. */
#include "internal.h"

#include "datebook/sha256.h"

#include <string.h>

typedef bool document_writer(const struct export_summary *summary,
                             struct buf *out, struct error *err);

/* By name. */
static const struct document {
    const char *name;
    document_writer *write;
} documents[] = {{"README.md", card_write},
                 {"croissant.json", croissant_write},
                 {"statistics.json", export_statistics_write}};

enum { DOCUMENTS = sizeof documents / sizeof *documents };

static bool write_documents(struct folder *folder,
                            struct export_summary *summary, struct error *err)
{
    struct export_document *list =
        arena_zero(folder->arena, DOCUMENTS, sizeof *list, err);
    struct buf text = BUF_EMPTY;
    bool ok = list;

    for (size_t i = 0; ok && i < DOCUMENTS; i++) {
        buf_clear(&text);
        list[i].name = documents[i].name;
        ok = documents[i].write(summary, &text, err) && buf_ok(&text, err) &&
             folder_write(folder, documents[i].name, &text, err) &&
             sha256_hex(buf_string(&text), text.length, list[i].sha256, err);
        list[i].bytes = (int64_t)text.length;
    }
    buf_free(&text);
    summary->documents = list;
    summary->document_count = ok ? DOCUMENTS : 0;
    return ok;
}

/* The comment has no time in it: the same export has the same signature. */
static bool write_signature(struct folder *folder, const struct secret_key *key,
                            const struct buf *manifest, struct error *err)
{
    struct buf text = BUF_EMPTY;
    bool ok;

    if (!key)
        return true;
    signature_make(key, manifest->data, manifest->length,
                   "datebook export: manifest.json", &text);
    ok = buf_ok(&text, err) &&
         folder_write(folder, "manifest.json.minisig", &text, err);
    buf_free(&text);
    return ok;
}

static bool write_manifest(struct folder *folder, struct export_result *result,
                           struct error *err)
{
    struct buf text = BUF_EMPTY;
    bool ok =
        manifest_write(&result->summary, &text, err) && buf_ok(&text, err) &&
        folder_write(folder, "manifest.json", &text, err) &&
        write_signature(folder, result->summary.request->sign, &text, err);

    if (ok)
        crypto_generichash(result->manifest_hash, HASH_SIZE,
                           (const unsigned char *)text.data, text.length, NULL,
                           0);
    buf_free(&text);
    return ok;
}

static bool write_data(struct store *store, struct folder *folder,
                       const struct export_request *request,
                       const struct monitor *monitor,
                       struct export_summary *summary, struct error *err)
{
    struct outputs *outputs = outputs_open(folder, request, err);
    bool ok =
        outputs &&
        pass_all(store, folder->arena, request, outputs, monitor, summary,
                 err) &&
        outputs_finish(outputs, &summary->files, &summary->file_count, err);

    outputs_close(outputs);
    return ok;
}

bool export_write(struct store *store, struct arena *arena,
                  const struct export_request *request, const char *path,
                  const struct monitor *monitor, struct export_result *result,
                  struct error *err)
{
    struct folder folder;
    bool ok;

    *result = (struct export_result){.folder = path};
    result->summary.request = request;
    ok = version_get(store, arena, request->version, &result->summary.version,
                     err) &&
         folder_open(&folder, arena, path, err);
    if (!ok)
        return false;
    ok = write_data(store, &folder, request, monitor, &result->summary, err) &&
         write_documents(&folder, &result->summary, err) &&
         write_manifest(&folder, result, err) &&
         store_finish_reading(store, err) && folder_publish(&folder, err);
    result->replaced = folder.replaces;
    folder_discard(&folder);
    return ok;
}
