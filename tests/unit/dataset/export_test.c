/* Export folders: what the lines and the manifest say, and that they are the
 * same bytes every time. */
#include "fixture.h"

#include "datebook/prune.h"

static struct split_request request;

static void setup(void)
{
    store_setup();
    request = (struct split_request){.held_out = NULL};
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

static bool try_export(int64_t version, const char *folder,
                       struct halves_export *result)
{
    struct halves split;

    return dataset_split(fix.store, &fix.arena, version, &request, &split,
                         &fix.err) &&
           dataset_export(fix.store, &fix.arena, version, &split, &request,
                          path_of(folder), NULL, result, &fix.err);
}

static struct halves_export export_to(int64_t version, const char *folder)
{
    struct halves_export result;

    MUST(try_export(version, folder, &result));
    return result;
}

static const char *text_in(const char *folder, const char *name)
{
    size_t length;

    return bytes_of(arena_format(&fix.arena, &fix.err, "%s/%s", folder, name),
                    &length);
}

static void check_same(const char *one, const char *other)
{
    static const char *const names[] = {"train.jsonl", "heldout.jsonl",
                                        "manifest.json"};

    for (int i = 0; i < 3; i++)
        ck_assert_str_eq(text_in(one, names[i]), text_in(other, names[i]));
}

/* A line as it should be. */
static const char *line(const char *id, const char *subject,
                        const char *importance, const char *reasoning,
                        const char *persona)
{
    return arena_format(
        &fix.arena, &fix.err,
        "{\"id\":\"%s\",\"subject\":\"%s\",\"importance_label\":\"%s\","
        "\"prep_needed\":false,\"prep_time_minutes\":0,\"reasoning\":\"%s\","
        "\"persona_id\":\"%s\",\"generation_timestamp\":"
        "\"2025-11-10T14:32:18.123456\"}\n",
        id, subject, importance, reasoning, persona);
}

START_TEST(lines_are_documents_with_labels)
{
    export_to(1, "out");
    ck_assert_str_eq(
        text_in("out", "train.jsonl"),
        arena_format(
            &fix.arena, &fix.err, "%s%s%s",
            line("a1", "alpha", "critical", "Always important: alpha", "a"),
            line("a2", "beta", "medium", "No specific rule matched", "a"),
            line("b1", "caf\u00e9 beta", "critical", "Always important: beta",
                 "b")));
    ck_assert_str_eq(
        text_in("out", "heldout.jsonl"),
        line("v1", "beta", "medium", "No specific rule matched", "v"));
}
END_TEST

static void check_line(const char *text, size_t length)
{
    static const char *const keys[] = {
        "importance_label", "prep_needed", "prep_time_minutes",
        "reasoning",        "persona_id",  "generation_timestamp"};
    const cJSON *tree = json_parse(&fix.arena, text, length, "line", &fix.err);
    const cJSON *member;
    int count;
    int at = 0;

    MUST(tree != NULL);
    count = cJSON_GetArraySize(tree);
    ck_assert_int_eq(count, 8);
    cJSON_ArrayForEach (member, tree) {
        if (at >= count - 6)
            ck_assert_str_eq(member->string, keys[at - count + 6]);
        at++;
    }
    ck_assert(cJSON_IsBool(json_member(tree, "prep_needed")));
    ck_assert(cJSON_IsNumber(json_member(tree, "prep_time_minutes")));
}

START_TEST(lines_are_json_with_the_labels_last)
{
    const char *text;
    int lines = 0;

    export_to(1, "out");
    for (text = text_in("out", "train.jsonl"); *text; lines++) {
        const char *end = strchr(text, '\n');
        check_line(text, (size_t)(end - text));
        text = end + 1;
    }
    ck_assert_int_eq(lines, 3);
}
END_TEST

enum { WORDS = 11, SUBSETS = 1 << WORDS };
static const char *const words[WORDS] = {"amber", "basil",   "cedar",  "dahlia",
                                         "elder", "fennel",  "ginger", "hazel",
                                         "iris",  "juniper", "laurel"};

/* The words of a subset, or the reasoning that they give. */
static const char *join(unsigned subset, const char *before, const char *after)
{
    const char *text = "";

    for (unsigned i = 0; i < WORDS; i++)
        if (subset >> i & 1)
            text = arena_format(&fix.arena, &fix.err, "%s%s%s%s", text,
                                *text ? after : "", before, words[i]);
    return text;
}

/* More different labels than the writer of lines remembers, and some of them
 * again, far from where they were first. */
START_TEST(every_line_has_the_reasoning_of_its_own_label)
{
    struct buf wanted = BUF_EMPTY;

    begin();
    put_document(PERSONA("w", ALWAYS("\"amber\",\"basil\",\"cedar\",\"dahlia\","
                                     "\"elder\",\"fennel\",\"ginger\","
                                     "\"hazel\",\"iris\",\"juniper\","
                                     "\"laurel\"")));
    for (unsigned i = 0; i < SUBSETS + SUBSETS / 4; i++) {
        unsigned subset = i < SUBSETS ? i : 4 * (i - SUBSETS) + 3;
        const char *id = arena_format(&fix.arena, &fix.err, "w%u", i);
        const char *subject = join(subset, "", " ");
        const char *reasoning = join(subset, "Always important: ", "; ");
        add_subject("w", id, subject, "");
        buf_text(&wanted,
                 line(id, subject, subset ? "critical" : "medium",
                      subset ? reasoning : "No specific rule matched", "w"));
    }
    ck_assert(commit());
    export_to(2, "out");
    ck_assert_str_eq(strstr(text_in("out", "train.jsonl"), "{\"id\":\"w0\""),
                     buf_string(&wanted));
    buf_free(&wanted);
}
END_TEST

START_TEST(no_persona_is_on_both_sides)
{
    static const char *const ids[] = {"b"};

    request.held_out = ids;
    request.held_out_count = 1;
    export_to(1, "out");
    ck_assert_ptr_null(
        strstr(text_in("out", "train.jsonl"), "\"persona_id\":\"b\""));
    ck_assert_ptr_null(
        strstr(text_in("out", "train.jsonl"), "\"persona_id\":\"v\""));
    ck_assert_ptr_null(
        strstr(text_in("out", "heldout.jsonl"), "\"persona_id\":\"a\""));
    ck_assert_ptr_nonnull(
        strstr(text_in("out", "heldout.jsonl"), "\"persona_id\":\"b\""));
}
END_TEST

static void hash_file(const char *text, char hex[HASH_HEX_SIZE])
{
    unsigned char digest[HASH_SIZE];

    crypto_generichash(digest, sizeof digest, (const unsigned char *)text,
                       strlen(text), NULL, 0);
    hash_hex(digest, hex);
}

static void check_file(const cJSON *entry, const char *name,
                       const struct file_totals *totals)
{
    const char *text = text_in("out", name);
    char hex[HASH_HEX_SIZE];
    int lines = 0;

    hash_file(text, hex);
    for (const char *at = text; *at; at++)
        lines += *at == '\n';
    ck_assert_str_eq(json_member_text(entry, "name"), name);
    ck_assert_str_eq(json_member_text(entry, "blake2b"), hex);
    ck_assert_int_eq(json_member(entry, "rows")->valueint, lines);
    ck_assert_int_eq(json_member(entry, "bytes")->valueint, (int)strlen(text));
    ck_assert_int_eq(totals->lines, lines);
    ck_assert_int_eq(totals->bytes, (int64_t)strlen(text));
    ck_assert_str_eq(totals->hash, hex);
}

START_TEST(the_manifest_matches_the_files)
{
    struct halves_export result = export_to(1, "out");
    const char *text = text_in("out", "manifest.json");
    const cJSON *tree =
        json_parse(&fix.arena, text, strlen(text), "manifest", &fix.err);
    const cJSON *files;
    struct version version;
    char content[HASH_HEX_SIZE];

    MUST(tree != NULL);
    MUST(version_get(fix.store, &fix.arena, 1, &version, &fix.err));
    hash_hex(version.content, content);
    ck_assert_str_eq(json_member_text(tree, "content_hash"), content);
    ck_assert_ptr_null(json_member(tree, "version"));
    hash_hex(result.manifest_hash, content);
    ck_assert_str_eq(result.files[EXPORT_MANIFEST].totals.hash, content);
    ck_assert_ptr_null(json_member(tree, "stale_labels_allowed"));
    files = json_member(tree, "files");
    ck_assert_int_eq(cJSON_GetArraySize(files), 2);
    check_file(cJSON_GetArrayItem(files, 0), "train.jsonl",
               &result.files[EXPORT_TRAIN].totals);
    check_file(cJSON_GetArrayItem(files, 1), "heldout.jsonl",
               &result.files[EXPORT_HELD_OUT].totals);
    ck_assert_ptr_nonnull(strstr(text, "\"train\": [\"a\", \"b\"]"));
    ck_assert_ptr_nonnull(strstr(text, "\"held_out\": [\"v\"]"));
}
END_TEST

START_TEST(exports_are_the_same_bytes_every_time)
{
    size_t length;
    const char *bytes;
    FILE *copy;

    export_to(1, "one");
    export_to(1, "two");
    export_to(1, "two");
    check_same("one", "two");
    edit(PERSONA("a", ALWAYS("\"beta\"")));
    begin();
    put_document(PERSONA("new", ""));
    add_subject("new", "n1", "alpha", "");
    ck_assert(commit());
    begin();
    MUST(run_remove_persona(fix.run, persona_now("b")->key, &fix.err));
    ck_assert(commit());
    export_to(1, "later");
    check_same("one", "later");
    store_close(fix.store);
    fix.store = NULL;
    bytes = bytes_of("test.db", &length);
    copy = fopen(path_of("copy.db"), "w");
    ck_assert_ptr_nonnull(copy);
    ck_assert_uint_eq(fwrite(bytes, 1, length, copy), length);
    ck_assert_int_eq(fclose(copy), 0);
    reopen("copy.db", STORE_READ);
    export_to(1, "copied");
    check_same("one", "copied");
    export_to(head(), "head");
    ck_assert_str_ne(text_in("one", "train.jsonl"),
                     text_in("head", "train.jsonl"));
}
END_TEST

START_TEST(the_request_is_said)
{
    request.stale_allowed = true;
    request.has_fraction = true;
    request.fraction = 0.25;
    request.seed = UINT64_MAX;
    export_to(1, "out");
    ck_assert_ptr_nonnull(strstr(text_in("out", "manifest.json"),
                                 "  \"stale_labels_allowed\": true,\n"
                                 "  \"split\": {\n"
                                 "    \"held_out_fraction\": 0.25,\n"
                                 "    \"seed\": 18446744073709551615,\n"));
}
END_TEST

/* ---- Signing and checking ---- */

static struct export_check check;
static char findings[4096];

static bool keep_finding(void *context, const char *finding, struct error *err)
{
    size_t used = strlen(findings);

    (void)context;
    (void)err;
    snprintf(findings + used, sizeof findings - used, "%s\n", finding);
    return true;
}

static void check_folder(const char *folder, const struct public_key *key)
{
    *findings = '\0';
    MUST(dataset_check_export(&fix.arena, path_of(folder), key, keep_finding,
                              NULL, NULL, &check, &fix.err));
}

START_TEST(a_signature_speaks_for_its_own_manifest_only)
{
    struct secret_key key;
    struct public_key half;
    struct halves_export result;
    const char **names;
    size_t count;

    key_make(&key);
    key_public(&key, &half);
    request.sign = &key;
    result = export_to(1, "out");
    ck_assert(!result.signature_removed);
    ck_assert_str_eq(result.files[EXPORT_SIGNATURE].path,
                     path_of("out/manifest.json.minisig"));
    check_folder("out", &half);
    ck_assert_str_eq(findings, "");
    ck_assert(check.signature_holds);
    ck_assert_int_eq(check.files, 2);
    ck_assert_int_eq(check.rows, 4);
    ck_assert_int_eq(check.personas, 3);
    ck_assert_mem_eq(check.manifest_hash, result.manifest_hash, HASH_SIZE);
    /* An export that fails leaves it alone; one that succeeds does not. */
    begin();
    add_meeting(persona_now("b")->key, "unlabelled");
    ck_assert(commit());
    request.sign = NULL;
    ck_assert(!try_export(2, "out", &result));
    check_folder("out", &half);
    ck_assert(check.signature_holds);
    result = export_to(1, "out");
    ck_assert(result.signature_removed);
    ck_assert_ptr_null(result.files[EXPORT_SIGNATURE].path);
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
    ck_assert(!check.has_signature);
    MUST(file_list(&fix.arena, path_of("out"), "", &names, &count, &fix.err));
    ck_assert_uint_eq(count, 3);
}
END_TEST

/* Whatever byte of an export changes, somebody sees it. */
START_TEST(every_changed_byte_of_an_export_is_found)
{
    static const char *const names[] = {"train.jsonl", "heldout.jsonl",
                                        "manifest.json"};
    struct secret_key key;
    struct public_key half;

    key_make(&key);
    key_public(&key, &half);
    request.sign = &key;
    export_to(1, "out");
    for (int i = 0; i < 3; i++) {
        const char *path =
            path_of(arena_format(&fix.arena, &fix.err, "out/%s", names[i]));
        FILE *file = fopen(path, "r+");
        int c;
        ck_assert_ptr_nonnull(file);
        for (long at = 0; (c = fgetc(file)) != EOF; at++) {
            ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
            ck_assert_int_eq(fputc(c ^ 1, file), c ^ 1);
            ck_assert_int_eq(fflush(file), 0);
            check_folder("out", &half);
            ck_assert_msg(*findings, "%s, byte %ld", names[i], at);
            ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
            fputc(c, file);
            ck_assert_int_eq(fflush(file), 0);
        }
        ck_assert_int_eq(fclose(file), 0);
    }
    check_folder("out", &half);
    ck_assert_str_eq(findings, "");
}
END_TEST

START_TEST(exports_are_remembered_once)
{
    struct halves_export result = export_to(1, "out");
    int64_t *versions;
    size_t count;

    for (int i = 0; i < 3; i++)
        MUST(
            export_record(fix.store, result.manifest_hash, 1, 7 + i, &fix.err));
    MUST(export_versions(fix.store, &fix.arena, result.manifest_hash, &versions,
                         &count, &fix.err));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(versions[0], 1);
}
END_TEST

START_TEST(a_version_that_is_gone_is_not_remembered)
{
    struct prune_request keep = {.keep_last = 1, .keep_since = INT64_MAX};
    struct halves_export result = export_to(1, "out");
    struct prune_plan plan;
    struct prune_rows rows;

    edit(PERSONA("c", ""));
    MUST(
        prune_drop(fix.store, &fix.arena, &keep, NULL, &plan, &rows, &fix.err));
    MUST_FAIL(export_record(fix.store, result.manifest_hash, 1, 7, &fix.err),
              ERROR_INPUT, "version 1 was pruned: its rows are gone");
    MUST_FAIL(export_record(fix.store, result.manifest_hash, 9, 7, &fix.err),
              ERROR_INPUT, "there is no version 9");
}
END_TEST

static bool check_tags(const struct secret_key *key, struct tag_check *result)
{
    struct public_key half;

    key_public(key, &half);
    *findings = '\0';
    return dataset_check_tags(fix.store, &fix.arena, &half, keep_finding, NULL,
                              result, &fix.err);
}

START_TEST(signed_tags_hold_for_their_name_and_version)
{
    struct secret_key key;
    struct secret_key other;
    struct tag_check result;
    struct tag *tags;
    size_t count;

    key_make(&key);
    key_make(&other);
    edit(PERSONA("c", ""));
    MUST(tag_set(fix.store, "plain", 1, NULL, &fix.err));
    MUST(dataset_sign_tag(fix.store, &fix.arena, "one", 1, &key, &fix.err));
    MUST(dataset_sign_tag(fix.store, &fix.arena, "two", 2, &key, &fix.err));
    MUST(check_tags(&key, &result));
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(result.checked, 2);
    ck_assert_int_eq(result.unsigned_tags, 1);
    MUST(check_tags(&other, &result));
    ck_assert_int_eq(result.findings, 2);
    /* The same words for another name or version are not what was signed. */
    MUST(tag_list(fix.store, &fix.arena, &tags, &count, &fix.err));
    ck_assert_str_eq(tags[0].name, "one");
    MUST(tag_set(fix.store, "plain", 1, tags[0].signature, &fix.err));
    MUST(check_tags(&key, &result));
    ck_assert_str_eq(findings,
                     "the signature of the tag \"plain\" does not fit what it "
                     "signs: one of them was changed; trust v1 only when you "
                     "know why, and sign it again with `datebook tag --sign "
                     "KEY plain`\n");
    ck_assert_int_eq(result.checked, 2);
}
END_TEST

START_TEST(a_failed_export_leaves_no_files)
{
    struct halves_export result;
    const char **names;
    size_t count;

    begin();
    add_meeting(persona_now("b")->key, "unlabelled");
    ck_assert(commit());
    MUST_FAIL(try_export(2, "out", &result), ERROR_DATABASE,
              "the meeting \"unlabelled\" has no label");
    MUST(file_list(&fix.arena, path_of("out"), "", &names, &count, &fix.err));
    ck_assert_uint_eq(count, 0);
    /* An export that was there stays. */
    export_to(1, "out");
    ck_assert(!try_export(2, "out", &result));
    MUST(file_list(&fix.arena, path_of("out"), "", &names, &count, &fix.err));
    ck_assert_uint_eq(count, 3);
}
END_TEST

Suite *export_suite(void);
Suite *export_suite(void)
{
    Suite *suite = suite_create("export");
    TCase *tcase = tcase_create("export");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, lines_are_documents_with_labels);
    tcase_add_test(tcase, lines_are_json_with_the_labels_last);
    tcase_add_test(tcase, every_line_has_the_reasoning_of_its_own_label);
    tcase_add_test(tcase, no_persona_is_on_both_sides);
    tcase_add_test(tcase, the_manifest_matches_the_files);
    tcase_add_test(tcase, exports_are_the_same_bytes_every_time);
    tcase_add_test(tcase, the_request_is_said);
    tcase_add_test(tcase, a_failed_export_leaves_no_files);
    tcase_add_test(tcase, a_signature_speaks_for_its_own_manifest_only);
    tcase_add_test(tcase, every_changed_byte_of_an_export_is_found);
    tcase_add_test(tcase, exports_are_remembered_once);
    tcase_add_test(tcase, a_version_that_is_gone_is_not_remembered);
    tcase_add_test(tcase, signed_tags_hold_for_their_name_and_version);
    suite_add_tcase(suite, tcase);
    return suite;
}
