/* An export folder against its manifest: whatever changes is found. */
#include "fixture.h"

#include <sys/stat.h>
#include <unistd.h>

START_TEST(a_signature_speaks_for_its_own_manifest_only)
{
    struct secret_key key;
    struct public_key half;
    struct export_result result;

    key_make(&key);
    key_public(&key, &half);
    request.sign = &key;
    result = export_to(1, "out");
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
    ck_assert(result.replaced);
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
    ck_assert(!check.has_signature);
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
}
END_TEST

/* Changes each byte of a file, one at a time. */
static void change_bytes(const char *name, const struct public_key *half)
{
    const char *path =
        path_of(arena_format(&fix.arena, &fix.err, "out/%s", name));
    FILE *file = fopen(path, "r+");
    int c;

    ck_assert_ptr_nonnull(file);
    for (long at = 0; (c = fgetc(file)) != EOF; at++) {
        ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
        ck_assert_int_eq(fputc(c ^ 1, file), c ^ 1);
        ck_assert_int_eq(fflush(file), 0);
        check_folder("out", half);
        ck_assert_msg(*findings, "%s, byte %ld", name, at);
        ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
        fputc(c, file);
        ck_assert_int_eq(fflush(file), 0);
    }
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(every_changed_byte_of_an_export_is_found)
{
    static const char *const names[] = {"data/graph/heldout.jsonl",
                                        "manifest.json", "croissant.json"};
    struct secret_key key;
    struct public_key half;

    key_make(&key);
    key_public(&key, &half);
    request.sign = &key;
    export_to(1, "out");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        change_bytes(names[i], &half);
    check_folder("out", &half);
    ck_assert_str_eq(findings, "");
}
END_TEST

START_TEST(every_changed_byte_of_a_compressed_file_is_found)
{
    request.compress = _i ? COMPRESS_ZSTD : COMPRESS_GZIP;
    export_to(1, "out");
    change_bytes(
        _i ? "data/graph/train.jsonl.zst" : "data/graph/train.jsonl.gz", NULL);
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
}
END_TEST

START_TEST(a_missing_or_cut_compressed_file_is_found)
{
    const char *path;
    struct stat info;

    request.compress = COMPRESS_GZIP;
    export_to(1, "out");
    path = path_of("out/data/graph/train.jsonl.gz");
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(truncate(path, info.st_size - 4), 0);
    check_folder("out", NULL);
    ck_assert_str_eq(findings,
                     arena_format(&fix.arena, &fix.err,
                                  "%s cannot be expanded: it is cut off; "
                                  "export again, or fetch the folder anew\n",
                                  path));
    ck_assert_int_eq(unlink(path), 0);
    check_folder("out", NULL);
    ck_assert_str_eq(findings,
                     arena_format(&fix.arena, &fix.err,
                                  "%s is missing; export again, or fetch the "
                                  "folder anew\n",
                                  path));
}
END_TEST

START_TEST(rows_of_csv_are_records)
{
    const char *path;

    begin();
    add_subject("b", "b2", "beta, \"quoted\"", "two\nlines, \"three\"");
    ck_assert(commit());
    shapes[0] = (struct export_shape){
        .format = FORMAT_CSV, .task = TASKS, .name = "csv"};
    export_to(2, "out");
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(check.rows, 5);
    path = path_of("out/data/csv/train.csv");
    ck_assert_int_eq(rename(path_of("out/data/csv/heldout.csv"), path), 0);
    check_folder("out", NULL);
    ck_assert_ptr_nonnull(
        strstr(findings, "/train.csv:2: the persona \"v\" is held out, and has "
                         "1 line here; do not train on this file: export "
                         "again\n"));
}
END_TEST

/* What an older program wrote is still held against its manifest. */
START_TEST(an_export_of_the_old_layout_is_checked)
{
    static const char line[] = "{\"id\":\"x\",\"persona_id\":\"a\"}\n";
    unsigned char digest[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    crypto_generichash(digest, HASH_SIZE, (const unsigned char *)line,
                       strlen(line), NULL, 0);
    hash_hex(digest, hex);
    MUST(file_make_folder(path_of("old"), &fix.err));
    put_file("old/train.jsonl", line);
    put_file("old/manifest.json",
             arena_format(&fix.arena, &fix.err,
                          "{\"tool\": \"datebook 0.1.0\", \"format\": "
                          "\"graph\", \"split\": {\"train\": [\"a\"], "
                          "\"held_out\": [\"b\"]}, \"files\": [{\"name\": "
                          "\"train.jsonl\", \"rows\": 1, \"bytes\": %zu, "
                          "\"blake2b\": \"%s\"}]}",
                          strlen(line), hex));
    check_folder("old", NULL);
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(check.rows, 1);
    put_file("old/train.jsonl", "{\"id\":\"x\",\"persona_id\":\"b\"}\n");
    check_folder("old", NULL);
    ck_assert_ptr_nonnull(strstr(findings, "its BLAKE2b is not the one"));
    ck_assert_ptr_nonnull(strstr(findings, "the persona \"b\" is held out"));
}
END_TEST

START_TEST(a_folder_behind_a_link_is_not_followed)
{
    export_to(1, "out");
    ck_assert_int_eq(rename(path_of("out/data"), path_of("elsewhere")), 0);
    ck_assert_int_eq(symlink("../elsewhere", path_of("out/data")), 0);
    check_folder("out", NULL);
    ck_assert_ptr_nonnull(
        strstr(findings, "out/data/graph/train.jsonl is behind a link; export "
                         "again, or fetch the folder anew\n"));
}
END_TEST

Suite *check_suite(void);
Suite *check_suite(void)
{
    Suite *suite = suite_create("check");
    TCase *tcase = tcase_create("check");

    tcase_add_checked_fixture(tcase, export_setup, export_teardown);
    tcase_add_test(tcase, a_signature_speaks_for_its_own_manifest_only);
    tcase_add_test(tcase, every_changed_byte_of_an_export_is_found);
    tcase_add_loop_test(tcase, every_changed_byte_of_a_compressed_file_is_found,
                        0, 2);
    tcase_add_test(tcase, a_missing_or_cut_compressed_file_is_found);
    tcase_add_test(tcase, rows_of_csv_are_records);
    tcase_add_test(tcase, an_export_of_the_old_layout_is_checked);
    tcase_add_test(tcase, a_folder_behind_a_link_is_not_followed);
    suite_add_tcase(suite, tcase);
    return suite;
}
