/* Old files: upgraded soundly, after a copy, once; and files that may change
 * while they are read. */
#include "fixture.h"

#include "datebook/journal.h"
#include "datebook/stored_record.h"

#include <sqlite3.h>
#include <sys/stat.h>

enum { NEWEST = 5 };

/* The file of a schema, under a name in the test's folder. */
static void copy_schema(int schema, const char *name)
{
    size_t length;
    char *bytes =
        file_read(&fix.arena,
                  arena_format(&fix.arena, &fix.err,
                               "tests/data/schemas/schema-%d.db", schema),
                  64u << 20, &length, &fix.err);
    FILE *file = fopen(path_of(name), "w");

    MUST(bytes != NULL);
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void copy_old(const char *name)
{
    copy_schema(1, name);
}

static void setup(void)
{
    folder_setup();
    copy_old("old.db");
}

static bool show(void *context, const char *finding, struct error *err)
{
    (void)context;
    (void)err;
    ck_abort_msg("%s", finding);
    return true;
}

static void check_upgrade(int from, const char *backup)
{
    const struct store_upgrade *upgrade = store_upgrade(fix.store);

    ck_assert_int_eq(upgrade->from, from);
    ck_assert_int_eq(upgrade->to, from ? NEWEST : 0);
    ck_assert_pstr_eq(upgrade->backup, backup ? path_of(backup) : NULL);
}

START_TEST(an_upgraded_file_is_sound)
{
    struct verify_result result;

    reopen("old.db", STORE_READ);
    check_upgrade(1, "old.db.schema-1.backup");
    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, show, NULL, &result,
                      &fix.err));
    ck_assert_int_eq(result.versions, 6);
    ck_assert_int_eq(result.findings, 0);
    reopen("old.db", STORE_WRITE);
    check_upgrade(0, NULL);
    begin();
    put("new", "{}");
    ck_assert(commit());
    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, show, NULL, &result,
                      &fix.err));
    ck_assert_int_eq(result.versions, 7);
}
END_TEST

/* What was recorded of a version is what it holds, after the upgrade too; and
 * what is written then is sealed with what was there. */
START_TEST(a_file_with_hashes_keeps_them)
{
    static const char content[] = "bcb89b687a4a707f914f77fcf140dda8"
                                  "d8d7b4baed5831225c893eb5d31c375b";
    struct verify_result result;
    struct version version;
    char hex[HASH_HEX_SIZE];
    int64_t job;

    copy_schema(2, "two.db");
    reopen("two.db", STORE_WRITE);
    check_upgrade(2, "two.db.schema-2.backup");
    MUST(version_get(fix.store, &fix.arena, 4, &version, &fix.err));
    hash_hex(version.content, hex);
    ck_assert_str_eq(hex, content);
    ck_assert_int_eq(version.format, 2);
    MUST(journal_begin(fix.store, &fix.err));
    MUST(job_add(fix.store, 1, "{}", &job, &fix.err));
    MUST(journal_end(fix.store, true, &fix.err));
    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, show, NULL, &result,
                      &fix.err));
    ck_assert_int_eq(result.kept, 4);
    ck_assert_int_eq(result.findings, 0);
}
END_TEST

/* A file with a journal and pruned versions keeps its hashes, and takes splits.
 */
START_TEST(a_file_without_splits_takes_them)
{
    static const char content[] = "2270ab22cea2597bd37c3862f2e63603"
                                  "56b86467b88a319d5e506388f36c1221";
    static const char chain[] = "ddc710bf956ffae1f1aab1f4368c28b9"
                                "fe5ff47ecfa3188adba0846fbc16a08d";
    struct stored_record split = {.name = "a", .document = "{}"};
    struct verify_result result;
    struct version version;
    char hex[HASH_HEX_SIZE];

    copy_schema(3, "three.db");
    reopen("three.db", STORE_WRITE);
    check_upgrade(3, "three.db.schema-3.backup");
    begin();
    MUST(run_put_record(fix.run, NOUN_SPLIT, &split, &fix.err));
    ck_assert(commit());
    MUST(version_get(fix.store, &fix.arena, 6, &version, &fix.err));
    hash_hex(version.content, hex);
    ck_assert_str_eq(hex, content);
    hash_hex(version.chain, hex);
    ck_assert_str_eq(hex, chain);
    MUST(version_get(fix.store, &fix.arena, 7, &version, &fix.err));
    ck_assert_int_eq(version.counts[NOUN_SPLIT].total, 1);
    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, show, NULL, &result,
                      &fix.err));
    ck_assert_int_eq(result.versions, 7);
    ck_assert_int_eq(result.kept, 4);
}
END_TEST

static void check_hashes(int64_t number, const char *content, const char *chain)
{
    struct version version;
    char hex[HASH_HEX_SIZE];

    MUST(version_get(fix.store, &fix.arena, number, &version, &fix.err));
    hash_hex(version.content, hex);
    ck_assert_str_eq(hex, content);
    hash_hex(version.chain, hex);
    ck_assert_str_eq(hex, chain);
    ck_assert_int_eq(version.counts[NOUN_REVIEW].total, 0);
}

static void check_split_rows(int64_t version, const int64_t since[2])
{
    static const char *const names[] = {"first", "second"};
    struct stored_record *splits;
    size_t count;

    MUST(record_list_at(fix.store, &fix.arena, NOUN_SPLIT, version, "", &splits,
                        &count, &fix.err));
    ck_assert_uint_eq(count, 2);
    for (int i = 0; i < 2; i++) {
        ck_assert_str_eq(splits[i].name, names[i]);
        ck_assert_int_eq(splits[i].since, since[i]);
    }
}

/* A file with splits, some of which changed and went, in versions that were
 * pruned, keeps its hashes, and takes reviews. */
START_TEST(a_file_without_reviews_takes_them)
{
    struct stored_record review = {.name = "sample/a", .document = "{}"};
    struct verify_result result;
    struct version version;

    copy_schema(4, "four.db");
    reopen("four.db", STORE_WRITE);
    check_upgrade(4, "four.db.schema-4.backup");
    check_hashes(
        4, "9972e30a3bc38e0ee1ea110074c16a02706cf22cf1f203dc2e75f8d2bec5acc9",
        "54e1f1f908cfd18cc6eacf96b5e76718e70e5c7521560f178254ebaec9ed9e96");
    check_hashes(
        8, "b033ce8c11732a0fa4d25216f3a89b853bf7869f2e41f509dfc5617360d3a9e0",
        "9dd3beeccf8f35e88882a9207467e2d23326c6ab83e7cca46d73cdf3b31ffe5c");
    check_hashes(
        9, "6afdb1fbe343488b41bda2ec0e73518d6bc464d238bf72fea6fad4a7cb119e48",
        "abae0346baa471320630dd7fb41341863a23536c560a2af458f642a2e27bcd5d");
    check_split_rows(4, (const int64_t[]){3, 4});
    check_split_rows(9, (const int64_t[]){8, 7});
    begin();
    MUST(run_put_record(fix.run, NOUN_REVIEW, &review, &fix.err));
    ck_assert(commit());
    MUST(version_get(fix.store, &fix.arena, 10, &version, &fix.err));
    ck_assert_int_eq(version.counts[NOUN_SPLIT].total, 2);
    ck_assert_int_eq(version.counts[NOUN_REVIEW].total, 1);
    ck_assert_int_eq(version.counts[NOUN_REVIEW].added, 1);
    MUST(store_verify(fix.store, VERIFY_DEEP, NULL, show, NULL, &result,
                      &fix.err));
    ck_assert_int_eq(result.versions, 10);
    ck_assert_int_eq(result.kept, 4);
}
END_TEST

/* What a crash after the copy and before the upgrade leaves. */
START_TEST(the_copy_of_another_try_is_left_alone)
{
    struct stat before;
    struct stat after;

    copy_old("old.db.schema-1.backup");
    ck_assert_int_eq(stat(path_of("old.db.schema-1.backup"), &before), 0);
    reopen("old.db", STORE_READ);
    check_upgrade(1, "old.db.schema-1.backup-2");
    ck_assert_int_eq(stat(path_of("old.db.schema-1.backup"), &after), 0);
    ck_assert_uint_eq(before.st_ino, after.st_ino);
    ck_assert_int_eq(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    ck_assert_int_ne(access(path_of("old.db.schema-1.backup-3"), F_OK), 0);
}
END_TEST

START_TEST(a_copy_can_be_done_without)
{
    struct store_options options = {.no_backup = true};

    fix.store =
        store_open_with(path_of("old.db"), STORE_READ, &options, &fix.err);
    MUST(fix.store != NULL);
    check_upgrade(1, NULL);
    ck_assert_int_ne(access(path_of("old.db.schema-1.backup"), F_OK), 0);
}
END_TEST

START_TEST(a_new_file_is_no_upgrade)
{
    fix.store = store_create(path_of("new.db"), &fix.err);
    MUST(fix.store != NULL);
    check_upgrade(0, NULL);
}
END_TEST

/* A program of that time writes to the file. */
START_TEST(an_old_file_that_is_written_to_waits)
{
    struct store_options options = {.wait = 0};
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(path_of("old.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    MUST_FAIL(
        store_open_with(path_of("old.db"), STORE_READ, &options, &fix.err),
        ERROR_DATABASE,
        arena_format(&fix.arena, &fix.err, "%s is locked by another process",
                     path_of("old.db")));
    ck_assert_int_ne(access(path_of("old.db.schema-1.backup"), F_OK), 0);
    sqlite3_close(db);
    reopen("old.db", STORE_READ);
    check_upgrade(1, "old.db.schema-1.backup");
}
END_TEST

/* A program of that time reads the file; it goes on with what it saw. */
START_TEST(an_old_file_that_is_read_is_upgraded)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *tables = NULL;
    const char sql[] = "SELECT count(*) FROM sqlite_schema";
    int before;

    ck_assert_int_eq(sqlite3_open(path_of("old.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &tables, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(tables), SQLITE_ROW);
    before = sqlite3_column_int(tables, 0);
    reopen("old.db", STORE_READ);
    check_upgrade(1, "old.db.schema-1.backup");
    sqlite3_reset(tables);
    ck_assert_int_eq(sqlite3_step(tables), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(tables, 0), before);
    sqlite3_finalize(tables);
    sqlite3_close(db);
}
END_TEST

/* ---- Stamps ---- */

static struct store_stamp stamp_now(const char *name)
{
    struct stat info;

    ck_assert_int_eq(stat(path_of(name), &info), 0);
    return (struct store_stamp){
        .taken = true,
        .device = info.st_dev,
        .inode = info.st_ino,
        .size = info.st_size,
        .modified = {info.st_mtim.tv_sec, info.st_mtim.tv_nsec},
        .changed = {info.st_ctim.tv_sec, info.st_ctim.tv_nsec}};
}

START_TEST(a_file_that_is_locked_has_no_stamp)
{
    struct store_stamp stamp;

    reopen("old.db", STORE_READ);
    stamp = store_stamp(fix.store);
    ck_assert(!stamp.taken);
    MUST(store_stamp_check(&stamp, path_of("gone.db"), &fix.err));
    MUST(store_finish_reading(fix.store, &fix.err));
}
END_TEST

START_TEST(any_change_shows_in_a_stamp)
{
    const char *message = arena_format(
        &fix.arena, &fix.err, "%s changed while it was read", path_of("a"));
    struct store_stamp stamp;

    copy_old("a");
    stamp = stamp_now("a");
    MUST(store_stamp_check(&stamp, path_of("a"), &fix.err));
    stamp.modified[1] ^= 1;
    MUST_FAIL(store_stamp_check(&stamp, path_of("a"), &fix.err), ERROR_DATABASE,
              message);
    ck_assert_str_eq(fix.err.hint,
                     "what was read may be of two versions; try again");
    stamp = stamp_now("a");
    stamp.changed[0]--;
    ck_assert(!store_stamp_check(&stamp, path_of("a"), &fix.err));
    stamp = stamp_now("a");
    ck_assert_int_eq(truncate(path_of("a"), 5), 0);
    ck_assert(!store_stamp_check(&stamp, path_of("a"), &fix.err));
    stamp = stamp_now("a");
    ck_assert_int_eq(rename(path_of("old.db"), path_of("a")), 0);
    ck_assert(!store_stamp_check(&stamp, path_of("a"), &fix.err));
    ck_assert_int_eq(unlink(path_of("a")), 0);
    ck_assert(!store_stamp_check(&stamp, path_of("a"), &fix.err));
}
END_TEST

Suite *schemas_suite(void);
Suite *schemas_suite(void)
{
    Suite *suite = suite_create("schemas");
    TCase *tcase = tcase_create("schemas");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, an_upgraded_file_is_sound);
    tcase_add_test(tcase, a_file_with_hashes_keeps_them);
    tcase_add_test(tcase, a_file_without_splits_takes_them);
    tcase_add_test(tcase, a_file_without_reviews_takes_them);
    tcase_add_test(tcase, the_copy_of_another_try_is_left_alone);
    tcase_add_test(tcase, a_copy_can_be_done_without);
    tcase_add_test(tcase, a_new_file_is_no_upgrade);
    tcase_add_test(tcase, an_old_file_that_is_written_to_waits);
    tcase_add_test(tcase, an_old_file_that_is_read_is_upgraded);
    tcase_add_test(tcase, a_file_that_is_locked_has_no_stamp);
    tcase_add_test(tcase, any_change_shows_in_a_stamp);
    suite_add_tcase(suite, tcase);
    return suite;
}
