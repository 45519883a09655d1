/* Giving space back after pruning: at once, later, or not now. */
#include "prune_fixture.h"

START_TEST(an_interrupt_of_the_copy_leaves_the_rows_pruned)
{
    struct stopper stopper = {0, 0};
    struct monitor monitor = {stop_at, &stopper};
    struct prune_request request = last(1);
    struct prune_plan plan;
    struct prune_rows rows;
    enum reclaim_outcome outcome;
    struct print before;
    struct print now;

    history(600);
    reopen("test.db", STORE_WRITE);
    store_close(fix.store);
    fix.store = NULL;
    run_sql("test.db", "PRAGMA auto_vacuum = NONE; VACUUM");
    fix.store = store_open(path_of("test.db"), STORE_WRITE, &fix.err);
    MUST(fix.store != NULL);
    drop(&request, &plan, &rows);
    before = print_file("test.db");
    while (!store_reclaim(fix.store, &monitor, &outcome, &fix.err)) {
        ck_assert_int_eq(fix.err.code, ERROR_INTERRUPTED);
        ck_assert_str_eq(fix.err.message, "interrupted; the rows are gone, the "
                                          "file is as large as before");
        stopper = (struct stopper){0, stopper.limit + 1};
        ck_assert_int_eq(number_in("test.db", "PRAGMA auto_vacuum"), 0);
    }
    ck_assert_int_ge(stopper.limit, 1);
    ck_assert_int_eq(outcome, RECLAIM_DONE);
    ck_assert_int_eq(number_in("test.db", "PRAGMA auto_vacuum"), 2);
    ck_assert_int_eq(number_in("test.db", "PRAGMA freelist_count"), 0);
    now = print_file("test.db");
    same_print(&before, &now);
    verify();
}
END_TEST

START_TEST(the_file_gets_smaller)
{
    struct prune_request request = last(1);
    struct prune_plan plan;
    struct prune_rows rows;
    enum reclaim_outcome outcome;
    int64_t before;
    int64_t after;
    size_t length;

    ck_assert_int_eq(number_in("test.db", "PRAGMA auto_vacuum"), 2);
    history(2000);
    MUST(store_size(fix.store, &before, &fix.err));
    drop(&request, &plan, &rows);
    MUST(store_reclaim(fix.store, NULL, &outcome, &fix.err));
    MUST(store_size(fix.store, &after, &fix.err));
    ck_assert_int_eq(outcome, RECLAIM_DONE);
    ck_assert_int_lt(after, before / 2);
    ck_assert_int_eq(number_in("test.db", "PRAGMA freelist_count"), 0);
    bytes_of("test.db", &length);
    ck_assert_int_eq(after, (int64_t)length);
}
END_TEST

/* A reader goes on with its version, although it is pruned meanwhile. */
START_TEST(a_reader_goes_on_and_the_space_comes_later)
{
    struct store *writer = fix.store;
    struct store *reader;
    struct prune_request request = last(1);
    struct prune_plan plan;
    struct prune_rows rows;
    enum reclaim_outcome outcome;
    struct print before;
    struct print after;
    size_t large;
    size_t small;

    history(3000);
    before = print_version(2);
    run_sql("test.db", "PRAGMA wal_checkpoint(TRUNCATE)");
    bytes_of("test.db", &large);
    reader = store_open(path_of("test.db"), STORE_READ, &fix.err);
    MUST(reader != NULL);
    fix.store = reader;
    after = print_version(2);
    same_print(&before, &after);
    fix.store = writer;
    drop(&request, &plan, &rows);
    MUST(store_reclaim(fix.store, NULL, &outcome, &fix.err));
    ck_assert_int_eq(outcome, RECLAIM_LATER);
    fix.store = reader;
    after = print_version(2);
    same_print(&before, &after);
    fix.store = writer;
    store_close(writer);
    store_close(reader);
    fix.store = NULL;
    bytes_of("test.db", &small);
    ck_assert_uint_lt(small, large * 2 / 3);
    ck_assert_int_eq(number_in("test.db", "PRAGMA freelist_count"), 0);
    check_tables("test.db");
}
END_TEST

START_TEST(a_writer_keeps_the_space_for_the_next_time)
{
    struct prune_request request = last(1);
    struct prune_plan plan;
    struct prune_rows rows;
    enum reclaim_outcome outcome;
    sqlite3 *db;

    history(2000);
    drop(&request, &plan, &rows);
    db = open_plain("test.db");
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    MUST(store_reclaim(fix.store, NULL, &outcome, &fix.err));
    ck_assert_int_eq(outcome, RECLAIM_BUSY);
    ck_assert_int_eq(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    MUST(store_reclaim(fix.store, NULL, &outcome, &fix.err));
    ck_assert_int_eq(outcome, RECLAIM_DONE);
    ck_assert_int_eq(number_in("test.db", "PRAGMA freelist_count"), 0);
}
END_TEST

Suite *reclaim_suite(void);
Suite *reclaim_suite(void)
{
    Suite *suite = suite_create("reclaim");
    TCase *tcase = tcase_create("reclaim");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, an_interrupt_of_the_copy_leaves_the_rows_pruned);
    tcase_add_test(tcase, the_file_gets_smaller);
    tcase_add_test(tcase, a_reader_goes_on_and_the_space_comes_later);
    tcase_add_test(tcase, a_writer_keeps_the_space_for_the_next_time);
    suite_add_tcase(suite, tcase);
    return suite;
}
