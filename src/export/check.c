/* An export folder against its manifest, and the manifest against its
 * signature.  A manifest comes from elsewhere: it is no more trusted than the
 * files that it names. */
#include "check.h"
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MANIFEST_LIMIT = 16 << 20, SIGNATURE_LIMIT = 64 << 10 };

bool export_finding(struct export_checker *checker, struct error *err,
                    const char *format, ...)
{
    char text[2 * sizeof err->message];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    checker->result->findings++;
    return checker->visit(checker->context, text, err);
}

/* ---- The signature ---- */

static bool check_signature(struct export_checker *checker,
                            const struct public_key *key, const char *path,
                            const char *manifest, size_t length,
                            struct error *err)
{
    struct export_check *result = checker->result;
    struct signature signature;
    size_t size;
    const char *text =
        file_read(checker->arena, path, SIGNATURE_LIMIT, &size, err);

    if (!text ||
        !signature_parse(checker->arena, text, size, path, &signature, err))
        return false;
    memcpy(result->key_id, signature.key_id, KEY_ID_SIZE);
    result->comment = signature.comment;
    if (!key)
        return true;
    if (!signature_check(&signature, key, manifest, length, path, err))
        return false;
    result->signature_holds = true;
    return true;
}

static bool look_at_signature(struct export_checker *checker,
                              const struct public_key *key,
                              const char *manifest, size_t length,
                              struct error *err)
{
    const char *path =
        arena_format(checker->arena, err, "%s.minisig", checker->manifest);
    struct stat info;

    if (!path)
        return false;
    checker->result->has_signature = !lstat(path, &info);
    if (!checker->result->has_signature)
        return !key || export_finding(checker, err,
                                      "%s is missing, so nothing says whose "
                                      "export this is; ask for the signature, "
                                      "or check without --key",
                                      path);
    if (check_signature(checker, key, path, manifest, length, err))
        return true;
    return (err->code == ERROR_FOUND || err->code == ERROR_INPUT) &&
           export_finding(checker, err,
                          "%s; do not trust this folder: fetch it anew from "
                          "whoever signed it",
                          err->message);
}

/* ---- The split ---- */

static int by_id(const void *one, const void *other)
{
    const struct split_persona *a = one;
    const struct split_persona *b = other;

    return strcmp(a->id, b->id);
}

/* The ids of one half, after those that are there already. */
static bool add_half(struct export_checker *checker, const cJSON *split,
                     const char *name, bool trains, struct error *err)
{
    const cJSON *list = json_member(split, name);
    const cJSON *item;

    if (!cJSON_IsArray(list))
        return export_finding(checker, err,
                              "%s: split.%s is %s, not a list; " EXPORT_AGAIN,
                              checker->manifest, name, json_kind(list));
    cJSON_ArrayForEach (item, list) {
        struct split_persona *persona =
            &checker->personas[checker->persona_count];
        if (!cJSON_IsString(item))
            continue;
        *persona = (struct split_persona){.id = item->valuestring,
                                          .length = strlen(item->valuestring),
                                          .trains = trains,
                                          .held_out = !trains};
        checker->persona_count++;
    }
    return true;
}

/* Makes one of the entries of a persona that is in both halves. */
static bool join_halves(struct export_checker *checker, struct error *err)
{
    struct split_persona *all = checker->personas;
    size_t used = 0;

    for (size_t i = 0; i < checker->persona_count; i++) {
        struct split_persona *last = used ? &all[used - 1] : NULL;
        if (!last || strcmp(last->id, all[i].id) != 0) {
            all[used++] = all[i];
            continue;
        }
        if (last->trains != all[i].trains &&
            !(last->trains && last->held_out) &&
            !export_finding(checker, err,
                            "%s: the persona \"%.128s\" is in both halves of "
                            "the split; do not train on this folder: export "
                            "again",
                            checker->manifest, last->id))
            return false;
        last->trains = last->trains || all[i].trains;
        last->held_out = last->held_out || all[i].held_out;
    }
    checker->persona_count = used;
    return true;
}

static bool read_split(struct export_checker *checker, const cJSON *manifest,
                       struct error *err)
{
    const cJSON *split = json_member(manifest, "split");
    int room = cJSON_GetArraySize(json_member(split, "train")) +
               cJSON_GetArraySize(json_member(split, "held_out"));

    checker->personas = arena_zero(checker->arena, (size_t)room,
                                   sizeof *checker->personas, err);
    if (!checker->personas || !add_half(checker, split, "train", true, err) ||
        !add_half(checker, split, "held_out", false, err))
        return false;
    if (checker->persona_count)
        qsort(checker->personas, checker->persona_count,
              sizeof *checker->personas, by_id);
    if (!join_halves(checker, err))
        return false;
    checker->result->personas = (int64_t)checker->persona_count;
    return true;
}

/* ---- The files ---- */

/* A name that stays in the folder, whatever it is joined to: plain parts with a
 * slash between them. */
static bool stays_inside(const char *name)
{
    bool start = true;

    for (const char *c = name; *c; c++) {
        if (start && (*c == '.' || *c == '/'))
            return false;
        start = *c == '/';
    }
    return !start;
}

static bool is_count(const cJSON *value, int64_t *count)
{
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= 0) ||
        !(value->valuedouble < 9e15))
        return false;
    *count = (int64_t)value->valuedouble;
    return true;
}

/* A data file says its shape and part; one of the old layout has them in its
 * name.  PARTS: no such file. */
static void read_kind(const cJSON *entry, struct named_file *file)
{
    const char *part = json_member_text(entry, "part");
    const char *shape = json_member_text(entry, "shape");

    if (file->blake2b && !part) {
        part = !strcmp(file->name, "train.jsonl")     ? "train"
               : !strcmp(file->name, "heldout.jsonl") ? "heldout"
                                                      : NULL;
        shape = "graph";
    }
    file->part = PARTS;
    for (int i = 0; part && i < PARTS; i++)
        if (!strcmp(part, part_name((enum part)i)))
            file->part = (enum part)i;
    if (file->part != PARTS && shape)
        file->records = !strcmp(shape, "graph") ? RECORDS_JSON
                        : !strcmp(shape, "csv") ? RECORDS_CSV
                                                : RECORDS_NONE;
}

static bool check_entry(struct export_checker *checker, const cJSON *entry,
                        bool data, struct error *err)
{
    struct named_file file = {.name = json_member_text(entry, "name"),
                              .rows = -1,
                              .hash = json_member_text(entry, "sha256")};

    file.blake2b = !file.hash;
    if (file.blake2b)
        file.hash = json_member_text(entry, "blake2b");
    if (!file.name || !file.hash ||
        (data && !is_count(json_member(entry, "rows"), &file.rows)) ||
        !is_count(json_member(entry, "bytes"), &file.bytes))
        return export_finding(checker, err,
                              "%s: an entry of \"%s\" is without name, "
                              "%sbytes or sum; " EXPORT_AGAIN,
                              checker->manifest, data ? "files" : "documents",
                              data ? "rows, " : "");
    if (!stays_inside(file.name))
        return export_finding(checker, err,
                              "%s names the file \"%.200s\", which is no plain "
                              "name in its folder; do not trust this folder",
                              checker->manifest, file.name);
    if (data)
        read_kind(entry, &file);
    return check_named_file(checker, &file, err);
}

static bool check_entries(struct export_checker *checker, const cJSON *list,
                          bool data, struct error *err)
{
    const cJSON *entry;
    const cJSON *other;

    cJSON_ArrayForEach (entry, list) {
        const char *name = json_member_text(entry, "name");
        for (other = list->child; name && other != entry; other = other->next) {
            const char *its = json_member_text(other, "name");
            if (its && !strcmp(its, name))
                break;
        }
        if (name && other != entry) {
            if (!export_finding(checker, err,
                                "%s names %.200s twice; " EXPORT_AGAIN,
                                checker->manifest, name))
                return false;
            continue;
        }
        if (!check_entry(checker, entry, data, err))
            return false;
    }
    return true;
}

/* ---- What it does not name ---- */

struct strays {
    struct export_checker *checker;
    const cJSON *manifest;
};

/* Below data/ every file may be taken for one of the export, elsewhere one that
 * has such a name. */
static bool looks_like_data(const char *name)
{
    static const char *const ends[] = {".jsonl", ".csv"};
    size_t length =
        strlen(name) - strlen(compression_suffix(compression_of_file(name)));

    if (!strncmp(name, "data/", 5))
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t tail = strlen(ends[i]);
        if (*name != '.' && length > tail &&
            !strncmp(name + length - tail, ends[i], tail))
            return true;
    }
    return false;
}

static bool visit_file(void *context, const char *name, bool plain,
                       struct error *err)
{
    const struct strays *strays = context;

    (void)plain;
    return !looks_like_data(name) || manifest_names(strays->manifest, name) ||
           export_finding(strays->checker, err,
                          "%s/%.200s is not of this export: its manifest "
                          "does not name it; remove it",
                          strays->checker->folder, name);
}

/* ---- The manifest ---- */

static bool check_list(struct export_checker *checker, const cJSON *tree,
                       const char *name, bool data, struct error *err)
{
    const cJSON *list = json_member(tree, name);

    if (!cJSON_IsArray(list))
        return export_finding(checker, err,
                              "%s: \"%s\" is %s, not a list; " EXPORT_AGAIN,
                              checker->manifest, name, json_kind(list));
    return check_entries(checker, list, data, err);
}

static bool is_known(const cJSON *tree, bool *old)
{
    const char *format = json_member_text(tree, "format");
    const char *tool = json_member_text(tree, "tool");

    *old = format && !strcmp(format, "graph");
    return tool && !strncmp(tool, "datebook ", 9) && (*old || !format);
}

/* Manifests of before there were reviews say "reviewed" alone. */
static bool check_labels(struct export_checker *checker, const cJSON *tree,
                         struct error *err)
{
    const cJSON *labels = json_member(tree, "labels");
    const char *source = json_member_text(labels, "source");
    int64_t reviewed = 0;
    int64_t corrected = 0;
    int64_t outdated = 0;

    if (!source || strcmp(source, label_source_name(LABELS_REVIEWED)) != 0 ||
        !json_member(labels, "corrected"))
        return true;
    if (is_count(json_member(labels, "reviewed"), &reviewed) &&
        is_count(json_member(labels, "corrected"), &corrected) &&
        is_count(json_member(labels, "outdated"), &outdated) &&
        corrected <= reviewed)
        return true;
    return export_finding(checker, err,
                          "%s: \"labels\" does not say how many were "
                          "reviewed, and corrected of them; " EXPORT_AGAIN,
                          checker->manifest);
}

static bool check_manifest(struct export_checker *checker, const cJSON *tree,
                           struct error *err)
{
    struct strays strays = {checker, tree};
    bool old;

    if (!is_known(tree, &old))
        return export_finding(checker, err,
                              "%s is of no export that this datebook knows; "
                              "check with a newer one",
                              checker->manifest);
    return read_split(checker, tree, err) && check_labels(checker, tree, err) &&
           check_list(checker, tree, "files", true, err) &&
           (old || check_list(checker, tree, "documents", false, err)) &&
           folder_walk(checker->arena, checker->folder, visit_file, &strays,
                       err);
}

/* A manifest that cannot be read is a finding: *text is NULL then. */
static bool read_manifest(struct export_checker *checker, const char **text,
                          size_t *length, struct error *err)
{
    struct stat info;

    *text = NULL;
    if (lstat(checker->manifest, &info))
        return export_finding(checker, err,
                              "%s is missing: the export was not finished, or "
                              "it is not one; " EXPORT_AGAIN,
                              checker->manifest);
    if (!S_ISREG(info.st_mode))
        return export_finding(checker, err,
                              "%s is not a plain file; " EXPORT_AGAIN,
                              checker->manifest);
    *text = file_read(checker->arena, checker->manifest, MANIFEST_LIMIT, length,
                      err);
    return *text ||
           (err->code == ERROR_INPUT &&
            export_finding(checker, err, "%s; " EXPORT_AGAIN, err->message));
}

bool export_check_folder(struct arena *arena, const char *folder,
                         const struct public_key *key, finding_visitor *visit,
                         void *context, const struct monitor *monitor,
                         struct export_check *result, struct error *err)
{
    struct export_checker checker = {.arena = arena,
                                     .folder = folder,
                                     .monitor = monitor,
                                     .visit = visit,
                                     .context = context,
                                     .result = result};
    const cJSON *tree;
    const char *text;
    size_t length;

    *result = (struct export_check){0};
    if (!file_is_folder(folder))
        return error_set(err, ERROR_INPUT, "there is no folder %s", folder);
    checker.manifest = arena_format(arena, err, "%s/manifest.json", folder);
    if (!checker.manifest || !read_manifest(&checker, &text, &length, err))
        return false;
    if (!text)
        return true;
    result->has_manifest = true;
    crypto_generichash(result->manifest_hash, HASH_SIZE,
                       (const unsigned char *)text, length, NULL, 0);
    if (!look_at_signature(&checker, key, text, length, err))
        return false;
    tree = json_parse(arena, text, length, checker.manifest, err);
    if (tree)
        return check_manifest(&checker, tree, err);
    return err->code == ERROR_INPUT &&
           export_finding(&checker, err, "%s; " EXPORT_AGAIN, err->message);
}
