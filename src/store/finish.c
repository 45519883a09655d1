/* Closing a new database that is to get another name, and removing one that
 * came to nothing. */
#include "internal.h"

#include <stdio.h>
#include <unistd.h>

static void remove_beside(const char *path)
{
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    char name[4096 + 16];

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if ((size_t)snprintf(name, sizeof name, "%s%s", path, suffixes[i]) <
            sizeof name)
            unlink(name);
}

/* What SQLite does when it closes a file it does not report. */
bool store_finish(struct store *store, const char *path, struct error *err)
{
    bool ok =
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                  NULL, NULL) == SQLITE_OK ||
        store_error(store, "the new database could not be completed", err);

    store_close(store);
    if (ok)
        remove_beside(path);
    return ok;
}

void store_remove(const char *path)
{
    unlink(path);
    remove_beside(path);
}
