/* Folders that appear as a whole: what may be replaced, what is left over, and
 * what is never touched. */
#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(a_folder_with_other_files_is_refused_untouched)
{
    static const char *const names[] = {"notes.txt", "README.md",
                                        ".datebook-export"};
    struct export_result result;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *folder = arena_format(&fix.arena, &fix.err, "mine%zu", i);
        MUST(file_make_folder(path_of(folder), &fix.err));
        put_file(arena_format(&fix.arena, &fix.err, "%s/%s", folder, names[i]),
                 "mine");
        MUST_FAIL(try_export(1, folder, &result), ERROR_INPUT,
                  arena_format(&fix.arena, &fix.err,
                               "%s holds files and is no export",
                               path_of(folder)));
        ck_assert_str_eq(fix.err.hint,
                         "name a folder that is empty, or a new one");
        ck_assert_str_eq(text_in(folder, names[i]), "mine");
    }
    ck_assert_str_eq(names_in("."), "mine0/notes.txt mine1/README.md "
                                    "mine2/.datebook-export ");
}
END_TEST

/* Other programs have a manifest.json, too. */
START_TEST(a_manifest_of_another_program_is_no_export)
{
    static const char *const texts[] = {
        "{\"name\": \"app\", \"files\": []}", "no JSON", "",
        "{\"tool\": \"datebooks 1\", \"files\": []}",
        "{\"tool\": \"datebook 1\"}"};
    struct export_result result;

    MUST(file_make_folder(path_of("app"), &fix.err));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_file("app/manifest.json", texts[i]);
        MUST_FAIL(try_export(1, "app", &result), ERROR_INPUT,
                  arena_format(&fix.arena, &fix.err,
                               "%s holds files and is no export",
                               path_of("app")));
        ck_assert_str_eq(text_in("app", "manifest.json"), texts[i]);
    }
}
END_TEST

START_TEST(an_export_with_a_strange_file_is_refused_untouched)
{
    struct export_result result;

    export_to(1, "out");
    put_file("out/data/graph/mine.jsonl", "mine");
    MUST_FAIL(try_export(1, "out", &result), ERROR_INPUT,
              arena_format(&fix.arena, &fix.err,
                           "%s is an export, but data/graph/mine.jsonl in it "
                           "is not of it",
                           path_of("out")));
    ck_assert_str_eq(fix.err.hint,
                     "an export takes the place of the whole folder: move that "
                     "file away, or name another folder");
    ck_assert_str_eq(text_in("out", "data/graph/mine.jsonl"), "mine");
    ck_assert_int_eq(unlink(path_of("out/data/graph/mine.jsonl")), 0);
    ck_assert_int_eq(symlink("../test.db", path_of("out/link")), 0);
    ck_assert(!try_export(1, "out", &result));
}
END_TEST

START_TEST(an_empty_folder_and_a_link_to_one_are_filled)
{
    struct stat info;

    MUST(file_make_folder(path_of("empty"), &fix.err));
    ck_assert_int_eq(symlink("empty", path_of("link")), 0);
    export_to(1, "link");
    ck_assert_int_eq(lstat(path_of("link"), &info), 0);
    ck_assert(S_ISLNK(info.st_mode));
    ck_assert_str_eq(names_in("empty"), DOCUMENTS);
    export_to(1, "link");
    ck_assert_str_eq(names_in("empty"), DOCUMENTS);
    ck_assert_int_eq(unlink(path_of("link")), 0);
}
END_TEST

START_TEST(a_file_is_no_folder)
{
    struct export_result result;

    put_file("file", "mine");
    MUST_FAIL(try_export(1, "file", &result), ERROR_INPUT,
              arena_format(&fix.arena, &fix.err, "%s is not a folder",
                           path_of("file")));
    MUST_FAIL(try_export(1, "file/below", &result), ERROR_INPUT,
              arena_format(&fix.arena, &fix.err, "%s is not a folder",
                           path_of("file")));
    ck_assert_str_eq(text_in(".", "file"), "mine");
}
END_TEST

/* An older export, of fewer files, is replaced as a whole. */
START_TEST(nothing_of_the_old_export_stays)
{
    request.compress = COMPRESS_GZIP;
    export_to(1, "out");
    request.compress = COMPRESS_NONE;
    ck_assert(export_to(1, "out").replaced);
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
}
END_TEST

START_TEST(folders_above_are_made)
{
    export_to(1, "deep/er/out");
    ck_assert_str_eq(names_in("deep/er/out"), DOCUMENTS);
}
END_TEST

/* ---- What is left over ---- */

static void leave(const char *name, const char *file)
{
    MUST(file_make_folder(path_of(name), &fix.err));
    if (file)
        put_file(arena_format(&fix.arena, &fix.err, "%s/%s", name, file), "");
}

START_TEST(what_a_killed_export_left_goes)
{
    leave("out.abc123.part", FOLDER_MARKER);
    leave("out.abc123.part/data", NULL);
    leave("out.abc123.part/data/graph", "train.jsonl");
    leave("out.000000.part", NULL);
    export_to(1, "out.zzzzzz.part");
    leave("out.zzzzzz.part.old", FOLDER_MARKER);
    export_to(1, "out");
    ck_assert(!file_is_folder(path_of("out.abc123.part")));
    ck_assert(!file_is_folder(path_of("out.000000.part")));
    ck_assert(!file_is_folder(path_of("out.zzzzzz.part")));
    ck_assert(!file_is_folder(path_of("out.zzzzzz.part.old")));
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
}
END_TEST

START_TEST(what_is_not_left_over_stays)
{
    static const char *const names[] = {
        "out.abc12.part",      "out.abc1234.part", "out.ABC123.part",
        "out.abc123.parts",    "out.abc123",       "out2.abc123.part",
        "outabc123.part",      "out.abc123.part.", "xout.abc123.part",
        "out.abc123.part.old2"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        leave(names[i], FOLDER_MARKER);
    leave("out.mine00.part", "notes.txt");
    put_file("out.file00.part", "mine");
    ck_assert_int_eq(symlink("out.abc123", path_of("out.link00.part")), 0);
    export_to(1, "out");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(file_is_folder(path_of(names[i])), "%s", names[i]);
    ck_assert_str_eq(names_in("out.mine00.part"), "notes.txt ");
    ck_assert_str_eq(text_in(".", "out.file00.part"), "mine");
    ck_assert_str_eq(names_in("out.abc123"), FOLDER_MARKER " ");
    ck_assert_int_eq(unlink(path_of("out.link00.part")), 0);
}
END_TEST

/* One that is being written holds a lock. */
START_TEST(what_another_export_writes_stays)
{
    struct folder one;

    MUST(folder_open(&one, &fix.arena, path_of("out"), &fix.err));
    export_to(1, "out");
    ck_assert(file_is_folder(one.temporary));
    /* And comes last, so it stands. */
    MUST(folder_publish(&one, &fix.err));
    folder_discard(&one);
    ck_assert_str_eq(names_in("out"), "");
}
END_TEST

/* The old one under a third name, where two names cannot be exchanged. */
START_TEST(an_old_export_comes_back)
{
    export_to(1, "out");
    ck_assert_int_eq(rename(path_of("out"), path_of("out.abc123.part.old")), 0);
    replace_clean(&fix.arena, path_of("out"));
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
}
END_TEST

/* A process that ends in the middle of an export. */
START_TEST(a_kill_leaves_the_old_export_and_one_folder)
{
    pid_t child;
    int status;

    export_to(1, "out");
    child = fork();
    ck_assert_int_ge(child, 0);
    if (!child) {
        struct folder folder;
        if (!folder_open(&folder, &fix.arena, path_of("out"), &fix.err))
            _exit(1);
        _exit(folder_path(&folder, "data/graph/x", &fix.err) ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    check_folder("out", NULL);
    ck_assert_str_eq(findings, "");
    export_to(1, "out");
    ck_assert_str_eq(names_in("out"), DOCUMENTS);
    ck_assert_ptr_null(strstr(names_in("."), ".part"));
}
END_TEST

Suite *folder_suite(void);
Suite *folder_suite(void)
{
    Suite *suite = suite_create("folder");
    TCase *tcase = tcase_create("folder");

    tcase_add_checked_fixture(tcase, export_setup, export_teardown);
    tcase_add_test(tcase, a_folder_with_other_files_is_refused_untouched);
    tcase_add_test(tcase, a_manifest_of_another_program_is_no_export);
    tcase_add_test(tcase, an_export_with_a_strange_file_is_refused_untouched);
    tcase_add_test(tcase, an_empty_folder_and_a_link_to_one_are_filled);
    tcase_add_test(tcase, a_file_is_no_folder);
    tcase_add_test(tcase, nothing_of_the_old_export_stays);
    tcase_add_test(tcase, folders_above_are_made);
    tcase_add_test(tcase, what_a_killed_export_left_goes);
    tcase_add_test(tcase, what_is_not_left_over_stays);
    tcase_add_test(tcase, what_another_export_writes_stays);
    tcase_add_test(tcase, an_old_export_comes_back);
    tcase_add_test(tcase, a_kill_leaves_the_old_export_and_one_folder);
    suite_add_tcase(suite, tcase);
    return suite;
}
