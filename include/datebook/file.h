/* Reading whole files and writing big ones.
 *
 * A writer has a real 256 KiB buffer (glibc's setvbuf ignores a size without a
 * buffer), counts lines and bytes, and hashes what it writes: in a thread of
 * its own, if one can be had, when the file is larger than that buffer.  A
 * write that fails is told by the call that makes it.  Every writer has to be
 * finished or discarded before its arena goes. */
#ifndef DATEBOOK_FILE_H
#define DATEBOOK_FILE_H

#include "datebook/arena.h"
#include "datebook/hash.h"

#include <stdint.h>

/* The whole of a file, with a NUL after it.  An error names the path; a file
 * of more than `limit` bytes, a folder or a pipe without end is refused. */
char *file_read(struct arena *arena, const char *path, size_t limit,
                size_t *length, struct error *err) CHECKED;

/* The names in a folder that end in `suffix` and do not start with a dot,
 * sorted by bytes. */
bool file_list(struct arena *arena, const char *folder, const char *suffix,
               const char ***names, size_t *count, struct error *err) CHECKED;

bool file_is_folder(const char *path);

/* Makes a folder and those above it; one that exists is fine. */
bool file_make_folder(const char *path, struct error *err) CHECKED;

struct file_writer;

struct file_totals {
    int64_t lines;
    int64_t bytes;
    char hash[HASH_HEX_SIZE]; /* BLAKE2b-256 */
};

/* Writes `path` under a temporary name beside it. */
struct file_writer *file_create(struct arena *arena, const char *path,
                                struct error *err) CHECKED;
bool file_write(struct file_writer *writer, const void *bytes, size_t length,
                struct error *err) CHECKED;
/* Counts one line and writes its newline. */
bool file_end_line(struct file_writer *writer, struct error *err) CHECKED;
/* Writes the rest, syncs it and closes; the file still has its temporary
 * name. */
bool file_finish(struct file_writer *writer, struct file_totals *totals,
                 struct error *err) CHECKED;
/* Changes the name that a file will get, in the same folder. */
bool file_rename(struct file_writer *writer, struct arena *arena,
                 const char *path, struct error *err) CHECKED;
/* Gives a finished file its name, replacing what was there. */
bool file_publish(struct file_writer *writer, struct error *err) CHECKED;
/* Removes a file that was not published; NULL and repeated calls are fine. */
void file_discard(struct file_writer *writer);

#endif
