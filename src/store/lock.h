/* Who holds the write lock of a database, as the system tells it. */
#ifndef DATEBOOK_STORE_LOCK_H
#define DATEBOOK_STORE_LOCK_H

#include "internal.h"

struct lock_holder {
    long pid;
    char program[20];    /* its name; "" when that is not known */
    const char *command; /* one of the names that were given, or NULL */
    int64_t seconds;     /* for which the process has been running; or -1 */
};

/* Looks for the process, other than this one, that keeps others from writing to
 * the database at `path`.  `proc` is where the system tells of its processes
 * ("/proc").  False when nobody is known to. */
bool lock_find(const char *proc, const char *path, const char *const *commands,
               struct lock_holder *holder);

/* The byte of the database that journal_lock() locks: beyond the 512 from one
 * GiB on that SQLite uses, and locked, not written. */
enum { LOCK_JOURNAL = 0x40000000 + 0x1000 };

/* The same for the process, this one included, that has that lock.  It belongs
 * to an open file: only a process of the same user can be seen to have it. */
bool lock_find_journal(const char *proc, const char *path,
                       const char *const *commands, struct lock_holder *holder);

/* "process 4711 (datebook generate), running for 12 s", as far as known. */
void lock_describe(const struct lock_holder *holder, char *text, size_t size);

/* Makes a connection wait for locks as the store's options say. */
void lock_wait(struct store *store);

/* The error of a call that met a lock. */
bool lock_error(struct store *store, struct error *err);

#endif
