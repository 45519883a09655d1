/* Who holds a lock, from what the system would tell of its processes, and what
 * waiting for one does. */
#include "fixture.h"

#include "src/store/lock.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static const char *const known[] = {"generate", "persona add", NULL};

static void write_bytes(const char *name, const void *bytes, size_t length)
{
    FILE *file = fopen(path_of(name), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void write_text(const char *name, const char *text)
{
    write_bytes(name, text, strlen(text));
}

/* A system with one process, 4711, that was started 100 s after it and is a
 * datebook, an hour after its start. */
static void setup(void)
{
    static const char line[] = "./datebook\0--db\0secret.db\0persona\0add\0x";

    folder_setup();
    ck_assert_int_eq(mkdir(path_of("proc"), 0777), 0);
    ck_assert_int_eq(mkdir(path_of("proc/4711"), 0777), 0);
    write_text("proc/uptime", "3700.25 1234.56\n");
    write_text("proc/4711/stat",
               arena_format(&fix.arena, &fix.err,
                            "4711 (datebook) S 1 2 3 4 5 6 7 8 9 10 11 12 13 "
                            "14 15 16 17 18 %ld 20 21",
                            100 * sysconf(_SC_CLK_TCK)));
    write_bytes("proc/4711/cmdline", line, sizeof line);
    write_text("proc/locks", "");
    write_text("some.db", "x");
    write_text("some.db-shm", "x");
}

static void teardown(void)
{
    unlink(path_of("proc/4711/stat"));
    unlink(path_of("proc/4711/cmdline"));
    rmdir(path_of("proc/4711"));
    store_teardown();
}

/* A line of the list of locks, on a file of that name. */
static const char *lock_line(const char *kind, long pid, const char *file,
                             int device_off, const char *range)
{
    struct stat info;

    ck_assert_int_eq(stat(path_of(file), &info), 0);
    return arena_format(&fix.arena, &fix.err, "7: %s %ld %02x:%02x:%ju %s\n",
                        kind, pid, major(info.st_dev),
                        minor(info.st_dev) + (unsigned)device_off,
                        (uintmax_t)info.st_ino, range);
}

static void check_holder(const char *locks, const char *expected)
{
    struct lock_holder holder;
    char text[128] = "nobody";

    write_text("proc/locks", locks);
    if (lock_find(path_of("proc"), path_of("some.db"), known, &holder))
        lock_describe(&holder, text, sizeof text);
    ck_assert_str_eq(text, expected);
}

static const char datebook[] =
    "process 4711 (datebook persona add), running for 60 min";
static const char writes[] = "POSIX  ADVISORY  WRITE";

START_TEST(the_writer_of_a_log_is_named)
{
    check_holder(lock_line(writes, 4711, "some.db-shm", 0, "120 120"),
                 datebook);
    check_holder(lock_line(writes, 4711, "some.db-shm", 0, "120 127"),
                 datebook);
}
END_TEST

START_TEST(the_owner_of_the_whole_file_is_named)
{
    check_holder(lock_line(writes, 4711, "some.db", 0, "1073741824 1073741825"),
                 datebook);
    check_holder(lock_line(writes, 4711, "some.db", 0, "1073741826 1073742335"),
                 datebook);
    check_holder(lock_line(writes, 4711, "some.db", 0, "0 EOF"), datebook);
}
END_TEST

START_TEST(other_locks_are_nobodys)
{
    check_holder("", "nobody");
    check_holder("1: garbage\n\n", "nobody");
    check_holder(
        lock_line("POSIX  ADVISORY  READ ", 4711, "some.db-shm", 0, "120 120"),
        "nobody");
    check_holder(lock_line("-> POSIX  ADVISORY  WRITE", 4711, "some.db-shm", 0,
                           "120 120"),
                 "nobody");
    check_holder(
        lock_line("FLOCK  ADVISORY  WRITE", 4711, "some.db-shm", 0, "0 EOF"),
        "nobody");
    check_holder(lock_line(writes, 4711, "some.db-shm", 0, "121 127"),
                 "nobody");
    check_holder(lock_line(writes, 4711, "some.db", 0, "120 120"), "nobody");
    check_holder(lock_line(writes, 4711, "proc/uptime", 0, "0 EOF"), "nobody");
    check_holder(lock_line(writes, -1, "some.db-shm", 0, "120 120"), "nobody");
    check_holder(lock_line(writes, (long)getpid(), "some.db-shm", 0, "120 120"),
                 "nobody");
}
END_TEST

/* The list may know the device by another number. */
START_TEST(the_same_device_goes_before_another)
{
    const char *other = lock_line(writes, 12, "some.db-shm", 1, "120 120");
    const char *same = lock_line(writes, 4711, "some.db-shm", 0, "120 120");

    check_holder(other, "process 12");
    check_holder(
        arena_format(&fix.arena, &fix.err, "%s%s%s", other, same, other),
        datebook);
}
END_TEST

/* What the system tells of an open file of process 4711, and who has the lock
 * of the journal then. */
static void check_journal(const char *line, const char *expected)
{
    struct lock_holder holder;
    char text[128] = "nobody";

    write_text("proc/4711/fdinfo/7",
               arena_format(&fix.arena, &fix.err,
                            "pos:\t0\nflags:\t02100002\nmnt_id:\t29\n%s",
                            line));
    if (lock_find_journal(path_of("proc"), path_of("some.db"), known, &holder))
        lock_describe(&holder, text, sizeof text);
    ck_assert_str_eq(text, expected);
}

static const char *journal_line(const char *kind, const char *file,
                                const char *range)
{
    return arena_format(&fix.arena, &fix.err, "lock:\t%s",
                        lock_line(kind, -1, file, 0, range));
}

START_TEST(the_owner_of_the_journal_is_named)
{
    static const char owned[] = "OFDLCK  ADVISORY  WRITE";

    ck_assert_int_eq(mkdir(path_of("proc/4711/fdinfo"), 0777), 0);
    check_journal("", "nobody");
    check_journal(journal_line(owned, "some.db", "1073745920 1073745920"),
                  datebook);
    check_journal(journal_line(owned, "some.db-shm", "1073745920 1073745920"),
                  "nobody");
    check_journal(journal_line(owned, "some.db", "120 120"), "nobody");
    check_journal(journal_line(writes, "some.db", "1073745920 1073745920"),
                  "nobody");
    ck_assert_int_eq(unlink(path_of("proc/4711/fdinfo/7")), 0);
    ck_assert_int_eq(rmdir(path_of("proc/4711/fdinfo")), 0);
}
END_TEST

START_TEST(what_is_not_known_is_left_out)
{
    const char *line = lock_line(writes, 4711, "some.db-shm", 0, "120 120");

    unlink(path_of("proc/uptime"));
    check_holder(line, "process 4711 (datebook persona add)");
    unlink(path_of("proc/4711/cmdline"));
    check_holder(line, "process 4711 (datebook)");
    write_text("proc/4711/stat", "4711 (datebook");
    check_holder(line, "process 4711");
    unlink(path_of("proc/4711/stat"));
    check_holder(line, "process 4711");
    unlink(path_of("proc/locks"));
    ck_assert(!lock_find(path_of("proc"), path_of("some.db"), known,
                         &(struct lock_holder){0}));
}
END_TEST

/* Only what is known to be a command is told of a command line, and only of a
 * datebook's. */
START_TEST(no_command_line_is_told)
{
    static const char password[] = "datebook\0--key\0password\0persona\0list";
    static const char short_one[] = "datebook\0persona";
    const char *line = lock_line(writes, 4711, "some.db-shm", 0, "120 120");

    unlink(path_of("proc/uptime"));
    write_bytes("proc/4711/cmdline", password, sizeof password);
    check_holder(line, "process 4711 (datebook)");
    write_bytes("proc/4711/cmdline", short_one, sizeof short_one);
    check_holder(line, "process 4711 (datebook)");
    write_bytes("proc/4711/cmdline", "generate", 9);
    check_holder(line, "process 4711 (datebook)");
    write_bytes("proc/4711/cmdline", "sql\0generate", 13);
    write_text("proc/4711/stat", "4711 (a) (b) S 1");
    check_holder(line, "process 4711 (a) (b)");
}
END_TEST

START_TEST(ages_have_fitting_units)
{
    struct lock_holder holder = {.pid = 5, .seconds = 119};
    char text[128];

    lock_describe(&holder, text, sizeof text);
    ck_assert_str_eq(text, "process 5, running for 119 s");
    holder.seconds = 120;
    lock_describe(&holder, text, sizeof text);
    ck_assert_str_eq(text, "process 5, running for 2 min");
    holder.seconds = 2 * 3600;
    lock_describe(&holder, text, sizeof text);
    ck_assert_str_eq(text, "process 5, running for 2 h");
}
END_TEST

/* ---- Waiting ---- */

struct visits {
    int count;
    int most;
    sqlite3 *holder; /* closed after that many */
};

static bool visit(void *context, int64_t waited, const char *holder)
{
    struct visits *visits = context;

    ck_assert_int_ge(waited, 0);
    ck_assert_ptr_null(holder); /* the first second is not over */
    if (++visits->count < visits->most)
        return true;
    if (!visits->holder)
        return false;
    sqlite3_close(visits->holder);
    visits->holder = NULL;
    return true;
}

/* Another connection that has begun to write. */
static sqlite3 *hold(void)
{
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(path_of("test.db"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    return db;
}

static void open_with(const struct store_options *options)
{
    store_close(fix.store);
    fix.store =
        store_open_with(path_of("test.db"), STORE_WRITE, options, &fix.err);
    MUST(fix.store != NULL);
}

START_TEST(a_lock_that_goes_is_waited_for)
{
    struct visits visits = {.most = 3};

    store_setup();
    open_with(&(struct store_options){
        .wait = 3600000, .waiting = visit, .context = &visits});
    visits.holder = hold();
    begin();
    abandon();
    ck_assert_int_eq(visits.count, 3);
    store_teardown();
}
END_TEST

START_TEST(waiting_ends_when_it_is_told_to)
{
    struct visits visits = {.most = 3};
    sqlite3 *holder;

    store_setup();
    open_with(&(struct store_options){
        .wait = 3600000, .waiting = visit, .context = &visits});
    holder = hold();
    MUST_FAIL(run_begin(fix.store, &fix.arena, &fix.err), ERROR_INTERRUPTED,
              "interrupted while waiting for another process; nothing was "
              "changed");
    ck_assert_int_eq(visits.count, 3);
    sqlite3_close(holder);
    store_teardown();
}
END_TEST

START_TEST(without_a_wait_it_fails_at_once)
{
    struct visits visits = {.most = 1};
    sqlite3 *holder;

    store_setup();
    open_with(&(struct store_options){.waiting = visit, .context = &visits});
    holder = hold();
    MUST_FAIL(run_begin(fix.store, &fix.arena, &fix.err), ERROR_DATABASE,
              arena_format(&fix.arena, &fix.err,
                           "%s is locked by another process",
                           path_of("test.db")));
    ck_assert_str_eq(fix.err.hint, "try again when it is done, or wait for "
                                   "longer with --wait SECONDS");
    ck_assert_int_eq(visits.count, 0);
    reopen("test.db", STORE_READ); /* readers do not wait */
    ck_assert_int_eq(head(), 0);
    sqlite3_close(holder);
    store_teardown();
}
END_TEST

Suite *lock_suite(void);
Suite *lock_suite(void)
{
    Suite *suite = suite_create("lock");
    TCase *who = tcase_create("who");
    TCase *waiting = tcase_create("waiting");

    tcase_add_checked_fixture(who, setup, teardown);
    tcase_add_test(who, the_writer_of_a_log_is_named);
    tcase_add_test(who, the_owner_of_the_whole_file_is_named);
    tcase_add_test(who, other_locks_are_nobodys);
    tcase_add_test(who, the_same_device_goes_before_another);
    tcase_add_test(who, the_owner_of_the_journal_is_named);
    tcase_add_test(who, what_is_not_known_is_left_out);
    tcase_add_test(who, no_command_line_is_told);
    tcase_add_test(who, ages_have_fitting_units);
    suite_add_tcase(suite, who);
    tcase_add_test(waiting, a_lock_that_goes_is_waited_for);
    tcase_add_test(waiting, waiting_ends_when_it_is_told_to);
    tcase_add_test(waiting, without_a_wait_it_fails_at_once);
    suite_add_tcase(suite, waiting);
    return suite;
}
