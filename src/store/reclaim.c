/* Giving free pages of the file back to the file system. */
#include "lock.h"

#include "datebook/prune.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Adds the bytes of a file; one that is not there has none. */
static bool add_size(const char *path, int64_t *bytes, struct error *err)
{
    struct stat info;

    if (!stat(path, &info)) {
        *bytes += info.st_size;
        return true;
    }
    return errno == ENOENT ||
           error_set(err, ERROR_DATABASE, "cannot look at %s: %s", path,
                     strerror(errno));
}

bool store_size(struct store *store, int64_t *bytes, struct error *err)
{
    /* With links followed: the log is beside the file itself. */
    const char *name = sqlite3_db_filename(store->db, "main");

    *bytes = 0;
    return add_size(name, bytes, err) &&
           add_size(sqlite3_filename_wal(name), bytes, err);
}

/* The value of a PRAGMA that gives one number; 0 when it cannot be read. */
static int64_t pragma(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t value = 0;

    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* SQLite asks now and then whether to go on. */
enum { OPERATIONS = 2 * MONITOR_ROWS };

struct watch {
    const struct monitor *monitor;
    int64_t operations;
    struct error interrupted;
};

static int go_on(void *context)
{
    struct watch *watch = context;

    watch->operations += OPERATIONS;
    return !monitor_tick(watch->monitor, "steps of copying the file",
                         watch->operations, 0, &watch->interrupted);
}

/* What keeps the file as it is leaves it sound: that is said, and no more. */
static bool judge(struct store *store, int code, enum reclaim_outcome *outcome,
                  struct error *err)
{
    if ((code & 0xff) == SQLITE_BUSY && store->told_to_stop)
        code = SQLITE_INTERRUPT;
    switch (code & 0xff) {
    case SQLITE_OK:
        return true;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        *outcome = RECLAIM_BUSY;
        return true;
    case SQLITE_FULL:
        *outcome = RECLAIM_FULL;
        return true;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        *outcome = RECLAIM_FAILED;
        return true;
    case SQLITE_INTERRUPT:
        error_set(err, ERROR_INTERRUPTED,
                  "interrupted; the rows are gone, the file is as large as "
                  "before");
        return error_hint(err, "run the same command again");
    default:
        store_error(store, "cannot give space back", err);
        return error_context(err, "the rows are gone, but");
    }
}

/* A file that keeps track of its pages moves the last ones to where the free
 * ones are. */
static int move_pages(struct store *store, const struct monitor *monitor)
{
    static const char slice[] = "PRAGMA incremental_vacuum(1024)";
    int64_t total = pragma(store, "PRAGMA freelist_count");
    int64_t left = total;
    int64_t before;
    struct error interrupted;
    int code;

    do {
        if (!monitor_tick(monitor, "free pages", total - left, total,
                          &interrupted))
            return SQLITE_INTERRUPT;
        before = left;
        code = sqlite3_exec(store->db, slice, NULL, NULL, NULL);
        left = pragma(store, "PRAGMA freelist_count");
    } while (code == SQLITE_OK && left > 0 && left < before);
    return code;
}

/* One that does not has to be copied, which makes it one that does. */
static int copy_file(struct store *store, const struct monitor *monitor)
{
    struct watch watch = {.monitor = monitor};
    int code;

    sqlite3_progress_handler(store->db, OPERATIONS, go_on, &watch);
    code = sqlite3_exec(store->db, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM",
                        NULL, NULL, NULL);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    return code;
}

static int shrink(struct store *store, const struct monitor *monitor)
{
    enum { INCREMENTAL = 2 };

    return pragma(store, "PRAGMA auto_vacuum") == INCREMENTAL
               ? move_pages(store, monitor)
               : copy_file(store, monitor);
}

/* Moves the log into the file, which is when the file gets shorter.  Readers
 * are not waited for: the first attempt shows whether one needs the log. */
static int checkpoint(struct store *store, enum reclaim_outcome *outcome)
{
    int in_log = 0;
    int moved = 0;
    int code;

    sqlite3_busy_handler(store->db, NULL, NULL);
    code = sqlite3_wal_checkpoint_v2(
        store->db, "main", SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
    if (code == SQLITE_OK && moved == in_log)
        code = sqlite3_wal_checkpoint_v2(
            store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, &in_log, &moved);
    else
        *outcome = RECLAIM_LATER;
    lock_wait(store);
    if ((code & 0xff) != SQLITE_BUSY)
        return code;
    *outcome = RECLAIM_LATER;
    return SQLITE_OK;
}

bool store_reclaim(struct store *store, const struct monitor *monitor,
                   enum reclaim_outcome *outcome, struct error *err)
{
    *outcome = RECLAIM_DONE;
    if (pragma(store, "PRAGMA freelist_count") > 0 &&
        !judge(store, shrink(store, monitor), outcome, err))
        return false;
    return *outcome != RECLAIM_DONE ||
           judge(store, checkpoint(store, outcome), outcome, err);
}
