/* Shards and compression: the same content whatever the pieces. */
#include "fixture.h"

#include <sys/wait.h>
#include <unistd.h>

START_TEST(shards_end_after_the_line_that_fills_them)
{
    struct buf all = BUF_EMPTY;
    struct export_result result;
    const struct export_file *file;

    add_many(40);
    export_to(2, "whole");
    request.shard_size = 1000;
    result = export_to(2, "out");
    ck_assert_uint_gt(result.summary.file_count, 5);
    for (size_t i = 0; i < result.summary.file_count; i++) {
        const char *text;
        const char *end;
        file = &result.summary.files[i];
        text = text_in("out", file->name);
        if (file->part != PART_TRAIN)
            continue;
        ck_assert_str_eq(file->name,
                         arena_format(&fix.arena, &fix.err,
                                      "data/graph/train-%05d-of-%05d.jsonl",
                                      file->shard, file->shards));
        ck_assert_int_eq(file->shard, (int)i + 1);
        buf_text(&all, text);
        /* All but the last reach the size, and no earlier line did. */
        if (file->shard < file->shards) {
            ck_assert_int_ge(file->bytes, 1000);
            for (end = text + strlen(text) - 1; end[-1] != '\n';)
                end--;
            ck_assert_int_lt(end - text, 1000);
        }
    }
    ck_assert_str_eq(buf_string(&all),
                     text_in("whole", "data/graph/train.jsonl"));
    file = &result.summary.files[result.summary.file_count - 1];
    ck_assert_str_eq(file->name, "data/graph/heldout-00001-of-00001.jsonl");
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(check.rows, 44);
    buf_free(&all);
}
END_TEST

/* Of the system's own tools: what they make of our files. */
static void run_tool(const char *command)
{
    const char *line =
        arena_format(&fix.arena, &fix.err, "cd %s && %s", fix.folder, command);
    pid_t child = fork();
    int status;

    ck_assert_int_ge(child, 0);
    if (!child) {
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}

START_TEST(compressed_files_hold_the_same)
{
    static const struct {
        enum compression compression;
        const char *tool;
        const char *name;
    } kinds[] = {{COMPRESS_GZIP, "gzip", "data/graph/train.jsonl.gz"},
                 {COMPRESS_ZSTD, "zstd", "data/graph/train.jsonl.zst"}};

    add_many(300);
    export_to(2, "whole");
    for (size_t i = 0; i < 2; i++) {
        struct export_result result;
        request.compress = kinds[i].compression;
        result = export_to(2, kinds[i].tool);
        ck_assert_str_eq(result.summary.files[0].name, kinds[i].name);
        ck_assert_int_lt(result.summary.files[0].bytes, 40000);
        check_folder(kinds[i].tool, NULL);
        ck_assert_str_eq(findings, "");
        ck_assert_int_eq(check.rows, 304);
        export_to(2, "again");
        check_entry(
            cJSON_GetArrayItem(json_member(manifest_of("again"), "files"), 0),
            kinds[i].tool);
        if (!access(arena_format(&fix.arena, &fix.err, "/usr/bin/%s",
                                 kinds[i].tool),
                    X_OK)) {
            run_tool(arena_format(&fix.arena, &fix.err,
                                  "%s -dc < %s/%s > plain", kinds[i].tool,
                                  kinds[i].tool, kinds[i].name));
            ck_assert_str_eq(text_in(".", "plain"),
                             text_in("whole", "data/graph/train.jsonl"));
        }
    }
}
END_TEST

START_TEST(shards_may_be_compressed)
{
    struct export_result result;

    add_many(40);
    request.shard_size = 4096;
    request.compress = COMPRESS_GZIP;
    result = export_to(2, "out");
    ck_assert_str_eq(result.summary.files[1].name,
                     arena_format(&fix.arena, &fix.err,
                                  "data/graph/train-00002-of-%05d.jsonl.gz",
                                  result.summary.files[1].shards));
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(check.rows, 44);
}
END_TEST

START_TEST(parts_without_meetings_have_empty_files)
{
    begin();
    MUST(run_remove_persona(fix.run, persona_now("v")->key, &fix.err));
    put_document(PERSONA("w", ",\"role\":\"validation\""));
    ck_assert(commit());
    request.shard_size = 100;
    export_to(2, "out");
    ck_assert_str_eq(text_in("out", "data/graph/heldout-00001-of-00001.jsonl"),
                     "");
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
}
END_TEST

Suite *shards_suite(void);
Suite *shards_suite(void)
{
    Suite *suite = suite_create("shards");
    TCase *tcase = tcase_create("shards");

    tcase_add_checked_fixture(tcase, export_setup, export_teardown);
    tcase_add_test(tcase, shards_end_after_the_line_that_fills_them);
    tcase_add_test(tcase, compressed_files_hold_the_same);
    tcase_add_test(tcase, shards_may_be_compressed);
    tcase_add_test(tcase, parts_without_meetings_have_empty_files);
    suite_add_tcase(suite, tcase);
    return suite;
}
