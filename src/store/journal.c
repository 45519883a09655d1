/* Transactions of the journal, and the lock that keeps two processes from
 * working on one job. */
#include "journal_internal.h"

#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* ---- Transactions ---- */

bool journal_begin(struct store *store, struct error *err)
{
    if (!sqlite3_get_autocommit(store->db))
        return error_set(err, ERROR_BUG,
                         "the journal is begun within a transaction");
    return store_begin(store, err);
}

bool journal_end(struct store *store, bool ok, struct error *err)
{
    return store_end(store, ok, err);
}

/* ---- The lock ----
 *
 * SQLite's locks are the process's: closing any descriptor of the file gives
 * them up.  So this one has a descriptor of its own, whose lock belongs to it
 * and not to the process, and which stays open until the connections of the
 * store are closed, also when the lock was refused. */

static bool open_for_lock(struct store *store, struct error *err)
{
    if (store->lock_file < 0)
        store->lock_file = open(store->file, O_RDWR | O_CLOEXEC);
    return store->lock_file >= 0 ||
           error_set(err, ERROR_DATABASE, "%s cannot be locked: %s",
                     store->path, strerror(errno));
}

static bool refuse_lock(struct store *store, struct error *err)
{
    struct lock_holder holder;
    char text[128] = "another process";

    if (lock_find_journal("/proc", store->file, store->options.commands,
                          &holder))
        lock_describe(&holder, text, sizeof text);
    error_set(err, ERROR_DATABASE,
              "%s: its open generation is being worked on by %s", store->path,
              text);
    return error_hint(err, "wait until it is done, or stop it; what it has by "
                           "then is kept");
}

bool journal_lock(struct store *store, struct error *err)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = LOCK_JOURNAL,
                         .l_len = 1};

    if (store->mode != STORE_WRITE)
        return error_set(err, ERROR_BUG, "%s was opened to be read",
                         store->path);
    if (!open_for_lock(store, err))
        return false;
    if (!fcntl(store->lock_file, F_OFD_SETLK, &lock))
        return true;
    if (errno == EAGAIN || errno == EACCES)
        return refuse_lock(store, err);
    error_set(err, ERROR_DATABASE, "%s cannot be locked: %s", store->path,
              strerror(errno));
    return error_hint(err, "work on a copy of it in a folder of this machine");
}

/* ---- What its files share ---- */

struct statement *journal_use(struct store *store, enum statement_id id,
                              const char *name, int64_t number,
                              struct error *err)
{
    struct statement *statement = store_use(store, id, err);

    if (statement)
        bind_int(statement, name, number);
    return statement;
}

bool journal_text(struct statement *statement, const char *column,
                  struct arena *arena, const char **text, struct error *err)
{
    *text = NULL;
    if (column_is_null(statement, column))
        return true;
    *text = column_copy(statement, column, arena, NULL, err);
    return *text != NULL;
}

void journal_hash(struct statement *statement, const char *column,
                  unsigned char hash[HASH_SIZE], bool *ok)
{
    size_t length;
    const void *bytes = column_bytes(statement, column, &length);

    if (length == HASH_SIZE)
        memcpy(hash, bytes, HASH_SIZE);
    else
        *ok = false;
}

bool journal_damage(const char *what, int64_t number, struct error *err)
{
    return error_set(err, ERROR_DATABASE, "%s %lld is damaged", what,
                     (long long)number);
}
