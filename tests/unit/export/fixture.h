/* Exports of a small dataset: personas a and b train, v is held out. */
#ifndef DATEBOOK_TESTS_EXPORT_FIXTURE_H
#define DATEBOOK_TESTS_EXPORT_FIXTURE_H

#include "datebook/cut.h"
#include "datebook/export.h"

#include "src/export/internal.h"

#include "tests/unit/dataset/fixture.h"

static struct export_request request;
static struct export_shape shapes[EXPORT_SHAPES];
static struct split split;
static struct split_terms terms;

static inline void divide(int64_t version, struct division *division)
{
    struct stored_persona *personas;
    size_t count;

    MUST(persona_list_at(fix.store, &fix.arena, version, &personas, &count,
                         &fix.err));
    MUST(split_make(&fix.arena, NULL, &terms, personas, count, &split,
                    &fix.err));
    MUST(split_divide(&fix.arena, &split, 0, personas, count, division,
                      &fix.err));
}

static inline void export_setup(void)
{
    store_setup();
    terms = (struct split_terms){.seed = 1};
    shapes[0] = (struct export_shape){
        .format = FORMAT_GRAPH, .task = TASKS, .name = "graph"};
    request = (struct export_request){
        .shapes = shapes,
        .shape_count = 1,
        .command = "datebook export --at 1",
        .words = {.title = "Test meetings", .license = "other"}};
    begin();
    put_document(PERSONA("a", ALWAYS("\"alpha\"")));
    put_document(PERSONA("b", ALWAYS("\"beta\"")));
    put_document(PERSONA("v", ",\"role\":\"validation\""));
    add_subject("a", "a1", "alpha", "");
    add_subject("a", "a2", "beta", "");
    add_subject("b", "b1", "caf\u00e9 beta", "");
    add_subject("v", "v1", "beta", "");
    ck_assert(commit());
}

static inline void export_teardown(void)
{
    const char **names;
    size_t count;

    if (file_list(&fix.arena, fix.folder, "", &names, &count, &fix.err))
        for (size_t i = 0; i < count; i++)
            if (file_is_folder(path_of(names[i])))
                folder_remove(path_of(names[i]));
    store_teardown();
}

static inline bool try_export(int64_t version, const char *folder,
                              struct export_result *result)
{
    static struct division division;

    divide(version, &division);
    request.version = version;
    request.division = &division;
    return export_write(fix.store, &fix.arena, &request, path_of(folder), NULL,
                        result, &fix.err);
}

static inline struct export_result export_to(int64_t version,
                                             const char *folder)
{
    struct export_result result;

    MUST(try_export(version, folder, &result));
    return result;
}

static inline const char *text_in(const char *folder, const char *name)
{
    size_t length;

    return bytes_of(arena_format(&fix.arena, &fix.err, "%s/%s", folder, name),
                    &length);
}

static inline const cJSON *manifest_of(const char *folder)
{
    const char *text = text_in(folder, "manifest.json");
    const cJSON *tree =
        json_parse(&fix.arena, text, strlen(text), "manifest", &fix.err);

    MUST(tree != NULL);
    return tree;
}

/* Names in a folder, hidden ones as well, with a space after each;
 * but for the database. */
static inline bool note_name(void *context, const char *name, bool plain,
                             struct error *err)
{
    (void)err;
    if (strncmp(name, "test.db", 7) != 0)
        buf_format(context, "%s%s ", name, plain ? "" : "?");
    return true;
}

static inline const char *names_in(const char *folder)
{
    struct buf names = BUF_EMPTY;
    const char *text;

    MUST(folder_walk(&fix.arena, path_of(folder), note_name, &names, &fix.err));
    text = arena_text(&fix.arena, buf_string(&names), &fix.err);
    buf_free(&names);
    return text;
}

#define DOCUMENTS                                                              \
    "README.md croissant.json data/graph/heldout.jsonl "                       \
    "data/graph/train.jsonl manifest.json statistics.json "

static inline void put_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* By another library, so that our own cannot be wrong with it. */
static inline void sum_of(const char *path, char hex[65])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    size_t length;
    const char *bytes = bytes_of(path, &length);

    crypto_hash_sha256(digest, (const unsigned char *)bytes, length);
    sodium_bin2hex(hex, 65, digest, sizeof digest);
}

static inline void check_entry(const cJSON *entry, const char *folder)
{
    const char *path = arena_format(&fix.arena, &fix.err, "%s/%s", folder,
                                    json_member_text(entry, "name"));
    size_t length;
    char hex[65];

    sum_of(path, hex);
    bytes_of(path, &length);
    ck_assert_str_eq(json_member_text(entry, "sha256"), hex);
    ck_assert_int_eq(json_member(entry, "bytes")->valueint, (int)length);
}

static inline void add_many(int count)
{
    begin();
    for (int i = 0; i < count; i++)
        add_subject("b", arena_format(&fix.arena, &fix.err, "m%d", i),
                    "beta again", "");
    ck_assert(commit());
}

/* ---- Checking ---- */

static struct export_check check;
static char findings[4096];

static inline bool keep_finding(void *context, const char *finding,
                                struct error *err)
{
    size_t used = strlen(findings);

    (void)context;
    (void)err;
    snprintf(findings + used, sizeof findings - used, "%s\n", finding);
    return true;
}

static inline void check_folder(const char *folder,
                                const struct public_key *key)
{
    *findings = '\0';
    MUST(export_check_folder(&fix.arena, path_of(folder), key, keep_finding,
                             NULL, NULL, &check, &fix.err));
}

#endif
