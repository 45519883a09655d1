/* Which files are opened, which are refused, and that a refused one is left as
 * it was. */
#include "fixture.h"

#include "migrations.h"

#include <sqlite3.h>
#include <sys/stat.h>

static const char no_dataset[] =
    "name a datebook database with --db FILE, or make one with `datebook --db "
    "FILE init`";

static void sql(const char *name, const char *text)
{
    sqlite3 *db = NULL;
    char *message = NULL;

    ck_assert_int_eq(sqlite3_open(path_of(name), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, &message) == SQLITE_OK,
                  "%s: %s", text, message);
    sqlite3_close(db);
}

static int64_t number(const char *name, const char *text)
{
    sqlite3_stmt *statement = NULL;
    sqlite3 *db = NULL;
    int64_t value;

    ck_assert_int_eq(sqlite3_open(path_of(name), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, text, -1, &statement, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static size_t files(void)
{
    const char **names;
    size_t count;

    MUST(file_list(&fix.arena, fix.folder, "", &names, &count, &fix.err));
    return count;
}

/* Refused in both modes with this message, without a byte or a file changed. */
static void check_refused(const char *name, const char *before_path,
                          const char *after_path, const char *hint)
{
    enum store_mode modes[] = {STORE_READ, STORE_WRITE};
    size_t before_length;
    size_t after_length;
    size_t before_files = files();
    const char *before = bytes_of(name, &before_length);
    const char *after;

    for (int i = 0; i < 2; i++) {
        MUST_FAIL(store_open(path_of(name), modes[i], &fix.err), ERROR_DATABASE,
                  arena_format(&fix.arena, &fix.err, "%s%s%s", before_path,
                               path_of(name), after_path));
        ck_assert_str_eq(fix.err.hint, hint);
        after = bytes_of(name, &after_length);
        ck_assert_uint_eq(before_length, after_length);
        ck_assert_mem_eq(before, after, before_length);
        ck_assert_uint_eq(files(), before_files);
    }
}

START_TEST(a_new_file_has_the_newest_schema)
{
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(number("test.db", "PRAGMA user_version"),
                     migrations[migration_count - 1].number);
    ck_assert_int_eq(number("test.db", "PRAGMA application_id"), 0x6474626b);
    ck_assert_int_eq(number("test.db", "PRAGMA page_size"), 16384);
    ck_assert_int_eq(number("test.db", "SELECT count(*) FROM pragma_"
                                       "integrity_check WHERE integrity_check "
                                       "<> 'ok'"),
                     0);
    reopen("test.db", STORE_READ);
    ck_assert_int_eq(head(), 0);
}
END_TEST

START_TEST(migrations_are_numbered_in_a_row)
{
    for (size_t i = 0; i < migration_count; i++)
        ck_assert_int_eq(migrations[i].number, (int)i + 1);
}
END_TEST

/* A creator that died before its first migration leaves such a file. */
START_TEST(an_unmigrated_file_is_brought_up_to_date)
{
    sql("old.db", "PRAGMA application_id = 1685348971");
    reopen("old.db", STORE_WRITE);
    ck_assert_int_eq(head(), 0);
    store_close(fix.store);
    fix.store = NULL;
    ck_assert_int_eq(number("old.db", "PRAGMA user_version"),
                     migrations[migration_count - 1].number);
}
END_TEST

START_TEST(a_newer_file_is_refused)
{
    int newest = migrations[migration_count - 1].number;

    store_close(fix.store);
    fix.store = NULL;
    sql("test.db", arena_format(&fix.arena, &fix.err,
                                "PRAGMA journal_mode = DELETE; "
                                "PRAGMA user_version = %d",
                                newest + 1));
    check_refused("test.db", "",
                  arena_format(&fix.arena, &fix.err,
                               " was written by a newer datebook (schema "
                               "%d, this one knows %d)",
                               newest + 1, newest),
                  "install a newer datebook");
}
END_TEST

START_TEST(a_foreign_database_is_refused)
{
    sql("foreign.db", "CREATE TABLE version (version INTEGER); "
                      "PRAGMA user_version = 1");
    check_refused("foreign.db", "", " is not a datebook database", no_dataset);
}
END_TEST

START_TEST(a_text_file_is_refused)
{
    write_file("text.db", "This is no database, but it is long enough to have "
                          "a header of its own, had it been one at all, and "
                          "then some more.\n");
    check_refused("text.db", "",
                  ": the file could not be read: file is not a database",
                  "name a datebook database with --db FILE");
}
END_TEST

START_TEST(an_empty_file_is_refused)
{
    write_file("empty.db", "");
    check_refused("empty.db", "", " is not a datebook database", no_dataset);
}
END_TEST

START_TEST(a_folder_is_refused)
{
    enum store_mode modes[] = {STORE_READ, STORE_WRITE};
    size_t before;

    ck_assert_int_eq(mkdir(path_of("folder"), 0777), 0);
    before = files();
    for (int i = 0; i < 2; i++) {
        MUST_FAIL(store_open(path_of("folder"), modes[i], &fix.err),
                  ERROR_DATABASE,
                  arena_format(&fix.arena, &fix.err, "%s is a folder",
                               path_of("folder")));
        ck_assert_str_eq(fix.err.hint,
                         "name a datebook database with --db FILE");
    }
    ck_assert_uint_eq(files(), before);
}
END_TEST

START_TEST(a_missing_file_is_refused)
{
    MUST_FAIL(store_open(path_of("none.db"), STORE_WRITE, &fix.err),
              ERROR_DATABASE,
              arena_format(&fix.arena, &fix.err, "there is no database %s",
                           path_of("none.db")));
    ck_assert_str_eq(fix.err.hint, "make it with `datebook init`, or name "
                                   "another with --db FILE");
    ck_assert_int_ne(access(path_of("none.db"), F_OK), 0);
}
END_TEST

START_TEST(creating_takes_no_name_twice)
{
    MUST_FAIL(store_create(path_of("test.db"), &fix.err), ERROR_INPUT,
              arena_format(&fix.arena, &fix.err, "%s exists already",
                           path_of("test.db")));
    ck_assert_str_eq(fix.err.hint,
                     "use it as it is, or name another with --db FILE");
    MUST_FAIL(store_create(path_of("none/test.db"), &fix.err), ERROR_DATABASE,
              arena_format(&fix.arena, &fix.err,
                           "cannot make %s: No such file or directory",
                           path_of("none/test.db")));
}
END_TEST

Suite *migrate_suite(void);
Suite *migrate_suite(void)
{
    Suite *suite = suite_create("migrate");
    TCase *tcase = tcase_create("migrate");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, a_new_file_has_the_newest_schema);
    tcase_add_test(tcase, migrations_are_numbered_in_a_row);
    tcase_add_test(tcase, an_unmigrated_file_is_brought_up_to_date);
    tcase_add_test(tcase, a_newer_file_is_refused);
    tcase_add_test(tcase, a_foreign_database_is_refused);
    tcase_add_test(tcase, a_text_file_is_refused);
    tcase_add_test(tcase, an_empty_file_is_refused);
    tcase_add_test(tcase, a_folder_is_refused);
    tcase_add_test(tcase, a_missing_file_is_refused);
    tcase_add_test(tcase, creating_takes_no_name_twice);
    suite_add_tcase(suite, tcase);
    return suite;
}
