/* Whole copies of a database, made while others use it.
 *
 * SQLite copies the pages of one read transaction.  The copy stands under a
 * temporary name until SQLite has checked it and the disk has it; then it gets
 * its own, so that under that there is a whole copy or nothing. */
#include "internal.h"

#include "datebook/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct copy {
    struct store *source;
    const char *path;      /* the final name, as given */
    const char *folder;    /* it is in */
    const char *temporary; /* in that folder */
    bool replace;
    bool on_disk; /* there is something under the temporary name */
    sqlite3 *db;  /* open on it, or NULL */
    const struct monitor *monitor;
    struct error *err; /* where the monitor's word goes */
    bool stopped;      /* by the monitor */
    struct arena arena;
};

/* ---- The name ---- */

static bool cannot_write(const struct copy *copy, const char *why,
                         struct error *err)
{
    return error_set(err, ERROR_INPUT, "cannot write %s: %s", copy->path, why);
}

/* What there is under the name; a link to nothing counts. */
static bool check_existing(const struct copy *copy, struct error *err)
{
    struct stat info;
    struct stat source;

    if (lstat(copy->path, &info))
        return errno == ENOENT || cannot_write(copy, strerror(errno), err);
    if (!stat(copy->path, &info)) {
        if (S_ISDIR(info.st_mode))
            return cannot_write(copy, "it is a folder", err);
        if (!stat(copy->source->file, &source) &&
            info.st_dev == source.st_dev && info.st_ino == source.st_ino)
            return cannot_write(copy, "it is the database itself", err);
        if (!S_ISREG(info.st_mode))
            return cannot_write(copy, "it is no ordinary file", err);
    }
    if (copy->replace)
        return true;
    error_set(err, ERROR_INPUT, "%s exists already", copy->path);
    return error_hint(err, "name another file, or replace it with --force");
}

/* SQLite would take the log of another database for the copy's. */
static bool check_leftovers(struct copy *copy, struct error *err)
{
    static const char *const suffixes[] = {"-wal", "-journal"};
    struct stat info;

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *name =
            arena_format(&copy->arena, err, "%s%s", copy->path, suffixes[i]);
        if (!name)
            return false;
        if (lstat(name, &info))
            continue;
        error_set(err, ERROR_INPUT, "cannot write %s: there is a %s beside it",
                  copy->path, name);
        return error_hint(err, "it belongs to another database of that name, "
                               "which is in use or was left by a crash; name "
                               "another file");
    }
    return true;
}

static bool check_name(struct copy *copy, struct error *err)
{
    const char *slash = strrchr(copy->path, '/');

    copy->folder = !slash ? "."
                   : slash == copy->path
                       ? "/"
                       : arena_format(&copy->arena, err, "%.*s",
                                      (int)(slash - copy->path), copy->path);
    if (!copy->folder)
        return false;
    if (!file_is_folder(copy->folder)) {
        error_set(err, ERROR_INPUT, "cannot write %s: there is no folder %s",
                  copy->path, copy->folder);
        return error_hint(err, "make the folder first");
    }
    if (!slash ? !*copy->path : !slash[1])
        return cannot_write(copy, "it is a folder", err);
    return check_existing(copy, err) && check_leftovers(copy, err);
}

/* ---- The temporary file ---- */

/* What SQLite says of copying, whichever of the two files it is about. */
static bool copy_error(const struct copy *copy, int code, struct error *err)
{
    int system = sqlite3_system_errno(copy->db);
    int kind = code & 0xff;

    if (kind == SQLITE_NOMEM)
        return error_memory(err);
    if (kind == SQLITE_FULL)
        return cannot_write(copy, "the disk is full", err);
    if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE ||
        code == SQLITE_IOERR_FSYNC)
        return cannot_write(
            copy, system ? strerror(system) : sqlite3_errstr(code), err);
    if (kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN)
        return cannot_write(copy, sqlite3_errstr(code), err);
    return error_set(err, ERROR_DATABASE, "%s: cannot be copied: %s",
                     copy->source->path, sqlite3_errstr(code));
}

/* Who may not read the database may not read its copy.  The copy of one that
 * may not be written is a file to write to, to begin with. */
static bool make_temporary(struct copy *copy, struct error *err)
{
    const char *name = strrchr(copy->path, '/');
    struct stat info;
    int fd;

    copy->temporary =
        arena_format(&copy->arena, err, "%s/%s.tmp-%ld", copy->folder,
                     name ? name + 1 : copy->path, (long)getpid());
    if (!copy->temporary)
        return false;
    if (stat(copy->source->file, &info))
        return error_set(err, ERROR_DATABASE, "cannot read %s: %s",
                         copy->source->path, strerror(errno));
    /* Never what a leftover, or a link that somebody put there, leads to. */
    unlink(copy->temporary);
    fd = open(copy->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return cannot_write(copy, strerror(errno), err);
    copy->on_disk = true;
    if (fchmod(fd, (info.st_mode & 0777) | 0600)) {
        cannot_write(copy, strerror(errno), err);
        close(fd);
        return false;
    }
    close(fd);
    return true;
}

static bool open_temporary(struct copy *copy, const char *sql,
                           struct error *err)
{
    char *name = store_file_name(copy->temporary, err);
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    bool ok;

    if (!name)
        return false;
    ok = sqlite3_open_v2(name, &copy->db, flags, NULL) == SQLITE_OK &&
         sqlite3_exec(copy->db, sql, NULL, NULL, NULL) == SQLITE_OK;
    free(name);
    return ok || copy_error(copy, sqlite3_extended_errcode(copy->db), err);
}

static void close_temporary(struct copy *copy)
{
    sqlite3_close(copy->db);
    copy->db = NULL;
}

static void discard(struct copy *copy)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    struct error ignored;

    close_temporary(copy);
    /* A copy that has its name leaves no files of the old one. */
    for (int i = copy->on_disk ? 0 : 1; copy->temporary && i < 3; i++) {
        const char *name = arena_format(&copy->arena, &ignored, "%s%s",
                                        copy->temporary, suffixes[i]);
        if (name)
            unlink(name);
        else
            unlink(copy->temporary);
    }
    arena_free(&copy->arena);
}

/* ---- Copying ---- */

static bool tick(struct copy *copy, const char *what, int64_t done,
                 int64_t total, struct error *err)
{
    const struct monitor *monitor = copy->monitor;

    if (!monitor || monitor->tick(monitor->context, what, done, total, err))
        return true;
    copy->stopped = true;
    return false;
}

static bool copy_pages(struct copy *copy, struct error *err)
{
    enum { PAGES = 64 };
    sqlite3_backup *backup =
        sqlite3_backup_init(copy->db, "main", copy->source->db, "main");
    int code = SQLITE_OK;
    bool ok = true;
    int finished;

    if (!backup)
        return copy_error(copy, sqlite3_extended_errcode(copy->db), err);
    while (ok && code == SQLITE_OK) {
        int total;
        code = sqlite3_backup_step(backup, PAGES);
        total = sqlite3_backup_pagecount(backup);
        ok = tick(copy, "pages copied",
                  total - sqlite3_backup_remaining(backup), total, err);
    }
    finished = sqlite3_backup_finish(backup);
    if (!ok)
        return false;
    if (code != SQLITE_DONE)
        return copy_error(copy, code, err);
    return finished == SQLITE_OK || copy_error(copy, finished, err);
}

/* ---- Checking ---- */

enum { FINDING_SIZE = 256 };

static int check_tick(void *context)
{
    struct copy *copy = context;

    return !tick(copy, "pages checked", 0, 0, copy->err);
}

/* The finding without the line before it that names the database "main". */
static int take_finding(void *context, int columns, char **values, char **names)
{
    char *finding = context;
    const char *text = values[0] ? values[0] : "";
    const char *line = !strncmp(text, "***", 3) ? strchr(text, '\n') : NULL;

    (void)columns;
    (void)names;
    snprintf(finding, FINDING_SIZE, "%s", line ? line + 1 : text);
    return 0;
}

/* A copy of what is damaged is no backup.  The log is what every dataset file
 * is written with. */
static bool check_copy(struct copy *copy, struct error *err)
{
    enum { STEPS = 100000 };
    char finding[FINDING_SIZE] = "";
    int code;

    if (!open_temporary(copy, "PRAGMA journal_mode = WAL", err))
        return false;
    copy->err = err;
    sqlite3_progress_handler(copy->db, STEPS, check_tick, copy);
    code = sqlite3_exec(copy->db, "PRAGMA quick_check(1)", take_finding,
                        finding, NULL);
    if (code == SQLITE_OK && strcmp(finding, "ok") != 0)
        error_set(err, ERROR_DATABASE, "%s is damaged: %s", copy->source->path,
                  finding);
    else if (code != SQLITE_OK && !copy->stopped)
        copy_error(copy, code, err);
    close_temporary(copy);
    return code == SQLITE_OK && !strcmp(finding, "ok");
}

/* ---- Publishing ---- */

/* A file system that knows no fsync is not an error. */
static bool sync_path(struct copy *copy, const char *path, int flags,
                      int64_t *size, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    struct stat info;
    bool ok = fd >= 0 && (!fsync(fd) || errno == EINVAL || errno == ENOTSUP) &&
              !fstat(fd, &info);

    if (!ok)
        cannot_write(copy, strerror(errno), err);
    else if (size)
        *size = info.st_size;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Gives the copy its name, unless somebody else took that meanwhile. */
static bool publish(struct copy *copy, struct error *err)
{
    if (!copy->replace && !link(copy->temporary, copy->path)) {
        unlink(copy->temporary);
        copy->on_disk = false;
        return true;
    }
    /* Not every file system knows links. */
    if (!check_existing(copy, err))
        return false;
    if (rename(copy->temporary, copy->path))
        return cannot_write(copy, strerror(errno), err);
    copy->on_disk = false;
    return true;
}

bool store_copy(struct store *store, const char *path, bool replace,
                const struct monitor *monitor, int64_t *bytes,
                struct error *err)
{
    struct copy copy = {
        .source = store, .path = path, .replace = replace, .monitor = monitor};
    bool ok = check_name(&copy, err) && make_temporary(&copy, err) &&
              open_temporary(
                  &copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF",
                  err) &&
              copy_pages(&copy, err);

    close_temporary(&copy);
    ok = ok && check_copy(&copy, err) &&
         sync_path(&copy, copy.temporary, 0, bytes, err) &&
         store_finish_reading(store, err) && publish(&copy, err) &&
         sync_path(&copy, copy.folder, O_DIRECTORY, NULL, err);
    discard(&copy);
    return ok;
}

bool store_backup(struct store *store, const char *path, bool replace,
                  const struct monitor *monitor, struct backup_totals *totals,
                  struct error *err)
{
    bool began = sqlite3_get_autocommit(store->db);
    struct error ignored;
    bool ok;

    if (began && !store_exec(store, "BEGIN", err))
        return false;
    /* The first read settles what the transaction sees. */
    ok = version_head(store, &totals->version, err) &&
         store_copy(store, path, replace, monitor, &totals->bytes, err);
    if (began)
        (void)!store_exec(store, "ROLLBACK", &ignored);
    return ok;
}
