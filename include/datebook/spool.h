/* Files that a thread hashes, compresses and writes while the caller fills the
 * next blocks.
 *
 * A spool serves any number of files with one thread, and memory that grows
 * with the number of open files (a block of SPOOL_BLOCK bytes each), not with
 * what is written.  Where no thread can be had, the caller does its work.  A
 * fault in the thread (a full disk) is told by the next call that could be
 * affected, and by spool_wait at last.  The files are made under the names that
 * they are given: they belong into a folder that nobody reads yet. */
#ifndef DATEBOOK_SPOOL_H
#define DATEBOOK_SPOOL_H

#include "datebook/arena.h"
#include "datebook/compress.h"

#include "datebook/sha256.h"

#include <stdint.h>
#include <string.h>

enum { SPOOL_BLOCK = 256 * 1024 };

struct spool;

struct spool *spool_open(struct error *err) CHECKED;

/* Ends the thread and closes what is open; NULL is fine. */
void spool_close(struct spool *spool);

struct spool_file {
    char *room; /* where the next bytes go */
    size_t left;
    int64_t content; /* bytes that were added, but for those in the block */
    /* Of the file as it is stored; known once spool_wait has succeeded. */
    int64_t bytes;
    char sha256[SHA256_HEX_SIZE];
    struct spool_part *part; /* what is the spool's own */
};

/* Makes a file, which must not exist, and which messages call `told`.  It lives
 * as long as arena and spool. */
struct spool_file *spool_create(struct spool *spool, struct arena *arena,
                                const char *path, const char *told,
                                enum compression compression,
                                struct error *err) CHECKED;

/* Adds what does not fit into the block. */
bool spool_add_more(struct spool_file *file, const void *bytes, size_t length,
                    struct error *err) CHECKED;

static inline bool spool_add(struct spool_file *file, const void *bytes,
                             size_t length, struct error *err)
{
    if (length > file->left)
        return spool_add_more(file, bytes, length, err);
    memcpy(file->room, bytes, length);
    file->room += length;
    file->left -= length;
    return true;
}

/* Bytes that were added so far, before compression. */
int64_t spool_content(const struct spool_file *file);

/* Hands over the rest of a file, which is then closed. */
bool spool_end(struct spool_file *file, struct error *err) CHECKED;

/* Waits until all that was handed over is in its files. */
bool spool_wait(struct spool *spool, struct error *err) CHECKED;

#endif
