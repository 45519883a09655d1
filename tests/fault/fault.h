/* Faults on demand, inside one process.
 *
 * The tests are linked with wrappers around everything that gives memory and
 * the calls that change plain files, SQLite gets its memory from a counting
 * allocator and its files through a shim.  Each of those places is a point: an
 * armed plan counts them and makes the N-th fail, or the N-th and all after.
 * Nothing is armed outside of fault_arm … fault_disarm. */
#ifndef DATEBOOK_TESTS_FAULT_H
#define DATEBOOK_TESTS_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fault_point {
    FAULT_HEAP = 1,  /* malloc and its like, SQLite's included */
    FAULT_ARENA = 2, /* a piece of an arena, most of which need no malloc */
    FAULT_DISK = 4,  /* SQLite's writes, syncs and truncates */
    FAULT_READ = 8,  /* SQLite's reads */
    FAULT_FILE = 16  /* write, fsync, close, rename and link of plain files */
};

enum disk_fault {
    DISK_ERROR, /* an I/O error */
    DISK_FULL,  /* the disk is full; syncs and reads give an I/O error */
    DISK_SHORT  /* half of the bytes, then an I/O error */
};

struct fault_plan {
    unsigned points;
    long at;     /* 0: only count */
    bool sticky; /* all after it fail as well */
    enum disk_fault disk;
};

void fault_arm(const struct fault_plan *plan);

/* How many points were passed; *fired says whether one failed. */
long fault_disarm(bool *fired);

/* Called at a point: whether it fails. */
bool fault_hits(enum fault_point point);

/* The kind of failure of the plan. */
enum disk_fault fault_disk(void);

/* Pieces of memory that were taken and not given back. */
int64_t fault_live(void);

/* Before SQLite is used: its allocator and its files.  False when SQLite does
 * not take them. */
bool fault_install_heap(void);
bool fault_install_disk(void);

/* Until `mask` is 0, readers of database files find the byte at `at` changed
 * by exclusive or. */
void disk_flip(int64_t at, unsigned char mask);

/* How many writes went to database files (not to their journals). */
long disk_writes(void);

#endif
