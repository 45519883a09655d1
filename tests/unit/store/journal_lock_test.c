/* The lock that keeps two processes from working on one job: it is had once,
 * says who has it, goes with its owner, and leaves SQLite's locks alone. */
#include "journal_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

static struct store *other; /* of the same file */

static void setup(void)
{
    journal_setup();
    other = store_open(path_of("test.db"), STORE_WRITE, &fix.err);
    MUST(other != NULL);
}

static void teardown(void)
{
    store_close(other);
    store_teardown();
}

START_TEST(one_has_the_lock)
{
    MUST(journal_lock(fix.store, &fix.err));
    MUST(journal_lock(fix.store, &fix.err));
    ck_assert(!journal_lock(other, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_DATABASE);
    ck_assert_msg(
        strstr(fix.err.message,
               arena_format(&fix.arena, &fix.err,
                            "%s: its open generation is being worked on by "
                            "process %ld (",
                            path_of("test.db"), (long)getpid())) ==
            fix.err.message,
        "%s", fix.err.message);
    store_close(fix.store);
    fix.store = NULL;
    MUST(journal_lock(other, &fix.err));
}
END_TEST

/* Others may read and write while somebody works on the job. */
START_TEST(the_lock_is_in_nobodys_way)
{
    MUST(journal_lock(fix.store, &fix.err));
    MUST(tag_set(other, "one", 1, NULL, &fix.err));
    start_journal();
    add_job();
    end_journal();
    ck_assert(!journal_lock(other, &fix.err));
    MUST(tag_set(other, "two", 1, NULL, &fix.err));
}
END_TEST

/* In another process: takes the lock, says so, and waits for its end. */
static void hold(int say)
{
    struct store *store = store_open(path_of("test.db"), STORE_WRITE, &fix.err);

    if (!store || !journal_lock(store, &fix.err) || write(say, "x", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

START_TEST(a_process_that_is_killed_gives_the_lock_up)
{
    int pipes[2];
    pid_t child;
    char said;

    /* No connection may cross a fork. */
    store_close(other);
    store_close(fix.store);
    other = fix.store = NULL;
    ck_assert_int_eq(pipe(pipes), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (!child)
        hold(pipes[1]);
    ck_assert_int_eq(read(pipes[0], &said, 1), 1);
    reopen("test.db", STORE_WRITE);
    ck_assert(!journal_lock(fix.store, &fix.err));
    ck_assert_msg(strstr(fix.err.message,
                         arena_format(&fix.arena, &fix.err, "by process %ld (",
                                      (long)child)) != NULL,
                  "%s", fix.err.message);
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    MUST(journal_lock(fix.store, &fix.err));
    close(pipes[0]);
    close(pipes[1]);
}
END_TEST

/* Whether this process has SQLite's lock of whoever uses the database, as
 * another process sees it. */
static bool shares_the_file(void)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = 0x40000000 + 2,
                         .l_len = 510};
    int status = 1;
    pid_t child = fork();
    int file;

    ck_assert_int_ge(child, 0);
    if (!child) {
        file = open(path_of("test.db"), O_RDWR);
        _exit(file < 0 || fcntl(file, F_GETLK, &lock) ||
              lock.l_type == F_UNLCK);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return !status;
}

/* Closing the descriptor of a lock that was refused would give them up. */
START_TEST(a_refused_lock_gives_up_none_of_sqlite)
{
    int file;

    MUST(journal_lock(other, &fix.err));
    ck_assert(shares_the_file());
    ck_assert(!journal_lock(fix.store, &fix.err));
    ck_assert(shares_the_file());
    file = open(path_of("test.db"), O_RDWR);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert(!shares_the_file()); /* that is what it would do */
}
END_TEST

START_TEST(a_reader_has_no_journal_to_lock)
{
    reopen("test.db", STORE_READ);
    ck_assert(!journal_lock(fix.store, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_BUG);
}
END_TEST

START_TEST(a_file_that_is_gone_cannot_be_locked)
{
    ck_assert_int_eq(rename(path_of("test.db"), path_of("moved.db")), 0);
    MUST_FAIL(journal_lock(fix.store, &fix.err), ERROR_DATABASE,
              arena_format(&fix.arena, &fix.err,
                           "%s cannot be locked: No such file or directory",
                           path_of("test.db")));
    ck_assert_int_eq(rename(path_of("moved.db"), path_of("test.db")), 0);
    MUST(journal_lock(fix.store, &fix.err));
}
END_TEST

Suite *journal_lock_suite(void);
Suite *journal_lock_suite(void)
{
    Suite *suite = suite_create("journal lock");
    TCase *tcase = tcase_create("journal lock");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, one_has_the_lock);
    tcase_add_test(tcase, the_lock_is_in_nobodys_way);
    tcase_add_test(tcase, a_process_that_is_killed_gives_the_lock_up);
    tcase_add_test(tcase, a_refused_lock_gives_up_none_of_sqlite);
    tcase_add_test(tcase, a_reader_has_no_journal_to_lock);
    tcase_add_test(tcase, a_file_that_is_gone_cannot_be_locked);
    suite_add_tcase(suite, tcase);
    return suite;
}
