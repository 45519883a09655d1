/* Opening, creating and closing a dataset file. */
#include "seal.h"

#include "datebook/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "dtbk": tells a dataset from any other SQLite file. */
enum { APPLICATION_ID = 0x6474626b };

/* Sixteen-kilobyte pages hold several meeting documents each; a small cache
 * is as fast as a big one, and memory stays flat. */
static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA cache_size = -8192;"
                               "PRAGMA temp_store = DEFAULT;";

static const char birth[] = "PRAGMA page_size = 16384;"
                            "PRAGMA journal_mode = WAL;"
                            "PRAGMA application_id = 1685348971;";

bool store_error(struct store *store, const char *what, struct error *err)
{
    int code = sqlite3_errcode(store->db) & 0xff; /* without its details */

    error_set(err, ERROR_DATABASE, "%s: %s: %s", store->path, what,
              sqlite3_errmsg(store->db));
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        error_hint(err, "another datebook is writing to it; try again when it "
                        "is done");
    if (code == SQLITE_NOMEM)
        error_memory(err);
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
        error_hint(err, "SQLite keeps files beside the database, even to read "
                        "it: the folder must be writable, or copy the file to "
                        "one that is");
    if (code == SQLITE_FULL)
        error_hint(err, "the disk is full; nothing was changed");
    return false;
}

bool store_exec(struct store *store, const char *sql, struct error *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return store_error(store, "the database could not be used", err);
    return true;
}

/* The value of a PRAGMA that gives one number. */
static bool pragma_number(struct store *store, const char *sql, int64_t *value,
                          struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool ok =
        sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW;

    if (ok)
        *value = sqlite3_column_int64(statement, 0);
    else
        store_error(store, "the file could not be read", err);
    sqlite3_finalize(statement);
    return ok;
}

/* `name` is what SQLite is told, `path` what people are. */
static struct store *connect(const char *path, const char *name, int flags,
                             struct error *err)
{
    enum { BUSY_MILLISECONDS = 5000 };
    struct store *store = calloc(1, sizeof *store);

    if (!store || !(store->path = strdup(path))) {
        free(store);
        error_memory(err);
        return NULL;
    }
    if (sqlite3_open_v2(name, &store->db,
                        flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK) {
        store_error(store, "cannot open the database", err);
        store_close(store);
        return NULL;
    }
    sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    if (sodium_init() >= 0 && seal_prepare(store, err))
        return store;
    store_close(store);
    return NULL;
}

/* Whether the file is a dataset at all, before anything is written to it. */
static bool check_identity(struct store *store, struct error *err)
{
    int64_t id = 0;

    if (!pragma_number(store, "PRAGMA application_id", &id, err)) {
        if (sqlite3_errcode(store->db) == SQLITE_NOTADB)
            error_hint(err, "name a datebook database with --db FILE");
        return false;
    }
    if (id == APPLICATION_ID)
        return true;
    error_set(err, ERROR_DATABASE, "%s is not a datebook database",
              store->path);
    return error_hint(err, "name a datebook database with --db FILE, or make "
                           "one with `datebook --db FILE init`");
}

/* A file with something in it. */
static bool is_there(const char *path, const char *suffix)
{
    char name[4096];
    struct stat info;
    int length = snprintf(name, sizeof name, "%s%s", path, suffix);

    return length > 0 && (size_t)length < sizeof name && !stat(name, &info) &&
           info.st_size > 0;
}

/* Whether this user could leave the file and its folder as they are found:
 * SQLite makes and removes files beside a database that it reads. */
static bool may_write(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";

    if (slash && (size_t)(slash - path) < sizeof folder) {
        memcpy(folder, path, (size_t)(slash - path));
        folder[slash - path] = '\0';
    }
    return !access(path, W_OK) && !access(*folder ? folder : "/", W_OK);
}

/* "file:" and the path, in which a few characters have meanings. */
static const char *immutable_uri(char *uri, size_t size, const char *path)
{
    size_t used = (size_t)snprintf(uri, size, "file:");

    for (; *path && used + 4 < size; path++)
        used += (size_t)snprintf(uri + used, size - used,
                                 strchr("%?#", *path) ? "%%%02X" : "%c",
                                 (unsigned char)*path);
    snprintf(uri + used, size - used, "?immutable=1");
    return *path || used + sizeof "?immutable=1" > size ? NULL : uri;
}

/* A reader who may write takes the file as a writer does, for only such a one
 * puts it back as it was, without files beside it.  One who may not reads it as
 * a file that nobody changes, unless a writer is at work. */
static struct store *connect_for(const char *path, enum store_mode mode,
                                 struct error *err)
{
    char uri[3 * 4096];

    if (mode == STORE_WRITE || may_write(path))
        return connect(path, path, SQLITE_OPEN_READWRITE, err);
    if (!is_there(path, "-wal") && immutable_uri(uri, sizeof uri, path))
        return connect(path, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
    return connect(path, path, SQLITE_OPEN_READONLY, err);
}

struct store *store_open(const char *path, enum store_mode mode,
                         struct error *err)
{
    static const char reading[] = "PRAGMA query_only = ON; BEGIN";
    struct store *store;
    bool ok;

    if (access(path, F_OK)) {
        error_set(err, ERROR_DATABASE, "there is no database %s", path);
        error_hint(err, "make it with `datebook init`, or name another with "
                        "--db FILE");
        return NULL;
    }
    if (file_is_folder(path)) {
        error_set(err, ERROR_DATABASE, "%s is a folder", path);
        error_hint(err, "name a datebook database with --db FILE");
        return NULL;
    }
    store = connect_for(path, mode, err);
    if (!store)
        return NULL;
    store->mode = mode;
    ok = check_identity(store, err) && store_exec(store, settings, err) &&
         store_migrate(store, err) &&
         (mode == STORE_WRITE || store_exec(store, reading, err));
    if (ok)
        return store;
    store_close(store);
    return NULL;
}

/* Claims the name, so that two creators cannot both succeed. */
static bool claim(const char *path, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd >= 0) {
        close(fd);
        return true;
    }
    if (errno != EEXIST)
        return error_set(err, ERROR_DATABASE, "cannot make %s: %s", path,
                         strerror(errno));
    error_set(err, ERROR_INPUT, "%s exists already", path);
    return error_hint(err, "use it as it is, or name another with --db FILE");
}

struct store *store_create(const char *path, struct error *err)
{
    struct store *store;

    if (!claim(path, err))
        return NULL;
    store = connect(path, path, SQLITE_OPEN_READWRITE, err);
    if (!store) {
        unlink(path);
        return NULL;
    }
    store->mode = STORE_WRITE;
    if (store_exec(store, birth, err) && store_exec(store, settings, err) &&
        store_migrate(store, err))
        return store;
    store_close(store);
    unlink(path);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        statement_close(&store->statements[i]);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}
