/* Copies of a file that is in use: whole ones or none, of one moment. */
#include "fixture.h"

#include <sqlite3.h>
#include <sys/stat.h>

/* A monitor that stops the work at its N-th call, or writes at the first. */
struct watcher {
    int calls;
    int stop_at; /* 0: never */
    struct store *writer;
    int64_t total;
};

static void write_version(struct store *store, const char *id)
{
    struct store *reader = fix.store;

    fix.store = store;
    begin();
    put(id, "{}");
    ck_assert(commit());
    fix.store = reader;
}

static bool watch(void *context, const char *what, int64_t done, int64_t total,
                  struct error *err)
{
    struct watcher *watcher = context;

    ck_assert_int_le(done, total);
    ck_assert(!strcmp(what, "pages copied") || !strcmp(what, "pages checked"));
    if (total)
        watcher->total = total;
    if (++watcher->calls == 1 && watcher->writer)
        write_version(watcher->writer, "late");
    if (watcher->calls != watcher->stop_at)
        return true;
    return error_set(err, ERROR_INTERRUPTED, "stopped at call %d",
                     watcher->stop_at);
}

static bool backup_with(struct watcher *watcher, bool replace)
{
    struct monitor monitor = {watch, watcher};
    struct backup_totals totals;

    return store_backup(fix.store, path_of("copy.db"), replace, &monitor,
                        &totals, &fix.err);
}

static size_t files(void)
{
    const char **names;
    size_t count;

    MUST(file_list(&fix.arena, fix.folder, "", &names, &count, &fix.err));
    return count;
}

/* Some hundred pages in one version. */
static void setup(void)
{
    enum { PERSONAS = 40, LENGTH = 100000 };
    char *document;

    store_setup();
    document = arena_alloc(&fix.arena, LENGTH + 1, &fix.err);
    ck_assert_ptr_nonnull(document);
    memset(document, ' ', LENGTH);
    memcpy(document, "{}", 2);
    document[LENGTH] = '\0';
    begin();
    for (int i = 0; i < PERSONAS; i++)
        put(arena_format(&fix.arena, &fix.err, "p%d", i), document);
    ck_assert(commit());
    reopen("test.db", STORE_READ);
}

START_TEST(a_copy_is_a_whole_dataset)
{
    struct backup_totals totals;
    struct stat info;
    const char *bytes;
    size_t length;

    MUST(store_backup(fix.store, path_of("copy.db"), false, NULL, &totals,
                      &fix.err));
    ck_assert_int_eq(totals.version, 1);
    ck_assert_int_eq(stat(path_of("copy.db"), &info), 0);
    ck_assert_int_eq(totals.bytes, info.st_size);
    bytes = bytes_of("copy.db", &length);
    ck_assert_mem_eq(bytes, "SQLite format 3", 16);
    ck_assert_int_eq(bytes[18], 2); /* a log is written, and read */
    ck_assert_int_eq(bytes[19], 2);
    ck_assert_mem_eq(bytes + 68, "dtbk", 4);
    reopen("copy.db", STORE_WRITE);
    ck_assert_int_eq(head(), 1);
    write_version(fix.store, "more");
    ck_assert_int_eq(head(), 2);
    reopen("test.db", STORE_READ);
    ck_assert_int_eq(head(), 1);
}
END_TEST

/* Another writer commits after the first pages were copied. */
START_TEST(a_copy_is_of_one_moment)
{
    struct watcher watcher = {.writer = NULL};

    watcher.writer = store_open(path_of("test.db"), STORE_WRITE, &fix.err);
    MUST(watcher.writer != NULL);
    MUST(backup_with(&watcher, false));
    ck_assert_int_gt(watcher.calls, 2);
    ck_assert_int_gt(watcher.total, 200);
    MUST(version_head(watcher.writer, &watcher.total, &fix.err));
    ck_assert_int_eq(watcher.total, 2);
    store_close(watcher.writer);
    reopen("copy.db", STORE_READ);
    ck_assert_int_eq(head(), 1);
}
END_TEST

/* A store that may write copies as one that reads does. */
START_TEST(a_writer_can_copy)
{
    struct watcher watcher = {.writer = NULL};

    reopen("test.db", STORE_WRITE);
    watcher.writer = store_open(path_of("test.db"), STORE_WRITE, &fix.err);
    MUST(watcher.writer != NULL);
    MUST(backup_with(&watcher, false));
    store_close(watcher.writer);
    write_version(fix.store, "after");
    ck_assert_int_eq(head(), 3);
    reopen("copy.db", STORE_READ);
    ck_assert_int_eq(head(), 1);
}
END_TEST

START_TEST(a_copy_that_is_stopped_leaves_nothing)
{
    struct watcher watcher = {.stop_at = 0};
    size_t before = files();
    bool done = false;

    while (!done) {
        watcher.calls = 0;
        watcher.stop_at++;
        done = backup_with(&watcher, false);
        if (done)
            break;
        ck_assert_str_eq(fix.err.message,
                         arena_format(&fix.arena, &fix.err,
                                      "stopped at call %d", watcher.stop_at));
        ck_assert_int_eq(fix.err.code, ERROR_INTERRUPTED);
        ck_assert_uint_eq(files(), before);
        ck_assert_int_eq(head(), 1);
    }
    ck_assert_int_gt(watcher.stop_at, 3);
    ck_assert_uint_eq(files(), before + 1);
}
END_TEST

START_TEST(a_copy_that_is_stopped_replaces_nothing)
{
    struct watcher watcher = {.stop_at = 2};
    const char *before;
    const char *after;
    size_t before_length;
    size_t after_length;

    MUST(backup_with(&(struct watcher){0}, false));
    before = bytes_of("copy.db", &before_length);
    reopen("test.db", STORE_WRITE);
    write_version(fix.store, "more");
    ck_assert(!backup_with(&watcher, true));
    after = bytes_of("copy.db", &after_length);
    ck_assert_uint_eq(before_length, after_length);
    ck_assert_mem_eq(before, after, before_length);
    MUST(backup_with(&(struct watcher){0}, true));
    reopen("copy.db", STORE_READ);
    ck_assert_int_eq(head(), 2);
}
END_TEST

Suite *backup_suite(void);
Suite *backup_suite(void)
{
    Suite *suite = suite_create("backup");
    TCase *tcase = tcase_create("backup");

    tcase_add_checked_fixture(tcase, setup, store_teardown);
    tcase_add_test(tcase, a_copy_is_a_whole_dataset);
    tcase_add_test(tcase, a_copy_is_of_one_moment);
    tcase_add_test(tcase, a_writer_can_copy);
    tcase_add_test(tcase, a_copy_that_is_stopped_leaves_nothing);
    tcase_add_test(tcase, a_copy_that_is_stopped_replaces_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
