/* Opening, creating and closing a dataset file. */
#include "lock.h"
#include "reading.h"
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
 * is as fast as a big one, and memory stays flat.  Keeping track of pages, so
 * that free ones can be given back without a copy of the file, costs about one
 * per cent of a generation. */
static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA cache_size = -8192;"
                               "PRAGMA temp_store = DEFAULT;";

static const char birth[] = "PRAGMA page_size = 16384;"
                            "PRAGMA auto_vacuum = INCREMENTAL;"
                            "PRAGMA journal_mode = WAL;"
                            "PRAGMA application_id = 1685348971;";

/* SQLite's words for these are about its own ways, not about who may what. */
static bool unwritable(struct store *store, struct error *err)
{
    error_set(err, ERROR_DATABASE, "%s may not be written", store->path);
    return error_hint(err, "the file and its folder must both be writable, for "
                           "SQLite keeps files beside the database; or work on "
                           "a copy of it");
}

/* There was no room for the file itself, or for one beside it. */
static bool is_full(const struct store *store, int code)
{
    return code == SQLITE_FULL ||
           (code == SQLITE_IOERR && sqlite3_system_errno(store->db) == ENOSPC);
}

bool store_error(struct store *store, const char *what, struct error *err)
{
    int code = sqlite3_errcode(store->db) & 0xff; /* without its details */

    if (code == SQLITE_BUSY)
        return lock_error(store, err);
    if (code == SQLITE_READONLY && store->mode == STORE_WRITE)
        return unwritable(store, err);
    error_set(err, ERROR_DATABASE, "%s: %s: %s", store->path, what,
              sqlite3_errmsg(store->db));
    if (code == SQLITE_NOMEM)
        error_memory(err);
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
        error_hint(err, "SQLite keeps files beside the database, even to read "
                        "it: the folder must be writable, or copy the file to "
                        "one that is");
    if (is_full(store, code))
        error_hint(err, "the disk is full; nothing was changed");
    return false;
}

bool store_exec(struct store *store, const char *sql, struct error *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return store_error(store, "the database could not be used", err);
    return true;
}

bool store_widen(struct store *store, struct error *err)
{
    return store_exec(store, "PRAGMA cache_size = -24576", err);
}

bool store_number(struct store *store, const char *sql, int64_t *value,
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

char *store_file_name(const char *path, struct error *err)
{
    char *name = realpath(path, NULL);

    /* Not there yet, or below a folder that may not be looked into. */
    if (!name && asprintf(&name, "%s%s", *path == '/' ? "" : "./", path) < 0)
        name = NULL;
    if (!name)
        error_memory(err);
    return name;
}

static struct store *allocate(const char *path,
                              const struct store_options *options,
                              struct error *err)
{
    static const struct store_options usual = {.wait = STORE_WAIT};
    struct store *store = calloc(1, sizeof *store);

    if (!store || !(store->path = strdup(path))) {
        free(store);
        error_memory(err);
        return NULL;
    }
    store->lock_file = -1;
    store->options = options ? *options : usual;
    store->file = store_file_name(path, err);
    if (store->file)
        return store;
    store_close(store);
    return NULL;
}

/* Connects as SQLite is told to by name and flags. */
static bool connect_as(struct store *store, const char *name, int flags,
                       struct error *err)
{
    if (sqlite3_open_v2(name, &store->db,
                        flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        return store_error(store, "cannot open the database", err);
    lock_wait(store);
    if (sodium_init() < 0)
        return error_set(err, ERROR_BUG, "libsodium could not start");
    return seal_prepare(store, err);
}

/* A reader who may write takes the file as a writer does, for only such a one
 * puts it back as it was, without files beside it.  One who may not reads it as
 * a file that nobody changes, unless a writer is at work.  The stamp is taken
 * first: a writer that is not seen then, nor has left anything, can only
 * change the file later, which the stamp shows. */
static bool connect_for(struct store *store, struct error *err)
{
    char *uri;
    bool ok;

    if (access(store->file, R_OK) && errno == EACCES)
        return error_set(err, ERROR_DATABASE, "cannot read %s: %s", store->path,
                         strerror(EACCES));
    if (store->mode == STORE_WRITE && access(store->file, W_OK))
        return unwritable(store, err);
    if (store->mode == STORE_WRITE || reading_may_write(store->file))
        return connect_as(store, store->file, SQLITE_OPEN_READWRITE, err);
    store->stamp = reading_stamp(store->file);
    if (!store->stamp.taken || reading_has_journal(store->file)) {
        store->stamp.taken = false;
        return connect_as(store, store->file, SQLITE_OPEN_READONLY, err);
    }
    uri = reading_uri(store->file, err);
    ok = uri &&
         connect_as(store, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
    free(uri);
    return ok;
}

struct store *store_connect_again(const struct store *store, struct error *err)
{
    struct store *again = allocate(store->path, &store->options, err);

    if (again && connect_as(again, again->file, SQLITE_OPEN_READWRITE, err))
        return again;
    store_close(again);
    return NULL;
}

/* Whether the file is a dataset at all, before anything is written to it. */
static bool check_identity(struct store *store, struct error *err)
{
    int64_t id = 0;

    if (!store_number(store, "PRAGMA application_id", &id, err)) {
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

/* Says so before SQLite says less. */
static bool check_file(const char *path, struct error *err)
{
    if (access(path, F_OK) && errno == EACCES)
        return error_set(err, ERROR_DATABASE, "cannot read %s: %s", path,
                         strerror(EACCES));
    if (access(path, F_OK)) {
        error_set(err, ERROR_DATABASE, "there is no database %s", path);
        return error_hint(err, "make it with `datebook init`, or name another "
                               "with --db FILE");
    }
    if (!file_is_folder(path))
        return true;
    error_set(err, ERROR_DATABASE, "%s is a folder", path);
    return error_hint(err, "name a datebook database with --db FILE");
}

struct store *store_open_with(const char *path, enum store_mode mode,
                              const struct store_options *options,
                              struct error *err)
{
    static const char reading[] = "PRAGMA query_only = ON; BEGIN";
    struct store *store =
        check_file(path, err) ? allocate(path, options, err) : NULL;

    if (!store)
        return NULL;
    store->mode = mode;
    if (connect_for(store, err) && check_identity(store, err) &&
        store_exec(store, settings, err) && store_migrate(store, err) &&
        (mode == STORE_WRITE || store_exec(store, reading, err)))
        return store;
    store_close(store);
    return NULL;
}

struct store *store_open(const char *path, enum store_mode mode,
                         struct error *err)
{
    return store_open_with(path, mode, NULL, err);
}

const struct store_upgrade *store_upgrade(const struct store *store)
{
    return &store->upgrade;
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
    store = allocate(path, NULL, err);
    if (store)
        store->mode = STORE_WRITE;
    if (store && connect_as(store, store->file, SQLITE_OPEN_READWRITE, err) &&
        store_exec(store, birth, err) && store_exec(store, settings, err) &&
        store_migrate(store, err))
        return store;
    store_close(store);
    store_remove(path);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        statement_close(&store->statements[i]);
    sqlite3_close(store->db);
    sqlite3_close(store->fresh);
    /* Only now: closing any descriptor of a file gives up all locks that
     * SQLite has on it. */
    if (store->lock_file >= 0)
        close(store->lock_file);
    free(store->backup);
    free(store->file);
    free(store->path);
    free(store);
}
