/* Whole files in, streamed files out.  A writer keeps a temporary name until
 * it is published, so that an interrupted command leaves the old file. */
#include "datebook/file.h"

#include "datebook/buf.h"

#include "src/base/hasher.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WRITE_SIZE = HASHER_BLOCK,
    READ_SIZE = 64 * 1024,
    PUSH_SIZE = 8 * 1024 * 1024 /* more often costs more than it hides */
};

struct file_writer {
    const char *path;
    const char *temporary;
    int fd; /* -1 once closed */
    bool on_disk;
    struct hash hash;
    int64_t lines;
    int64_t bytes;
    struct hasher *hasher; /* NULL: hashed in place */
    bool alone;            /* no thread was to be had */
    char *block;           /* what is being filled: `first`, or the hasher's */
    size_t used;
    char first[WRITE_SIZE];
};

static bool error_errno(struct error *err, const char *what, const char *path)
{
    if (errno == ENOMEM)
        return error_memory(err);
    return error_set(err, ERROR_INPUT, "cannot %s %s: %s", what, path,
                     strerror(errno));
}

static bool error_limit(struct error *err, const char *path, size_t limit)
{
    bool mebibytes = limit && limit % (1 << 20) == 0;

    return error_set(err, ERROR_INPUT, "%s is larger than %zu %s", path,
                     mebibytes ? limit >> 20 : limit,
                     mebibytes ? "MiB" : "bytes");
}

/* Reads on until the end of the file or past the limit. */
static bool read_all(int fd, struct buf *buf, size_t limit, const char *path,
                     struct error *err)
{
    char chunk[READ_SIZE];
    ssize_t got;

    while ((got = read(fd, chunk, sizeof chunk)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, "read", path);
        buf_add(buf, chunk, (size_t)got);
        if (buf->length > limit)
            return error_limit(err, path, limit);
        if (buf->failed)
            break;
    }
    return buf_ok(buf, err);
}

char *file_read(struct arena *arena, const char *path, size_t limit,
                size_t *length, struct error *err)
{
    struct buf buf = BUF_EMPTY;
    char *text = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        error_errno(err, "read", path);
        return NULL;
    }
    if (read_all(fd, &buf, limit, path, err)) {
        text = arena_bytes(arena, buf_string(&buf), buf.length, err);
        *length = buf.length;
    }
    buf_free(&buf);
    close(fd);
    return text;
}

static int by_bytes(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static bool ends_in(const char *text, const char *suffix)
{
    size_t length = strlen(text);
    size_t tail = strlen(suffix);

    return length >= tail && !strcmp(text + length - tail, suffix);
}

/* Appends a name to a list that doubles as it grows. */
static bool add_name(struct arena *arena, const char ***names, size_t *count,
                     size_t *room, const char *name, struct error *err)
{
    if (*count == *room) {
        size_t more = *room ? 2 * *room : 32;
        const char **grown = arena_zero(arena, more, sizeof *grown, err);
        if (!grown)
            return false;
        if (*count)
            memcpy(grown, *names, *count * sizeof *grown);
        *names = grown;
        *room = more;
    }
    (*names)[*count] = arena_text(arena, name, err);
    return (*names)[(*count)++] != NULL;
}

bool file_list(struct arena *arena, const char *folder, const char *suffix,
               const char ***names, size_t *count, struct error *err)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    size_t room = 0;
    bool ok = true;

    *names = NULL;
    *count = 0;
    if (!dir)
        return error_errno(err, "read the folder", folder);
    while (ok && (entry = readdir(dir)))
        if (entry->d_name[0] != '.' && ends_in(entry->d_name, suffix))
            ok = add_name(arena, names, count, &room, entry->d_name, err);
    closedir(dir);
    if (ok && *count)
        qsort(*names, *count, sizeof **names, by_bytes);
    return ok;
}

bool file_is_folder(const char *path)
{
    struct stat info;

    return !stat(path, &info) && S_ISDIR(info.st_mode);
}

bool file_make_folder(const char *path, struct error *err)
{
    struct buf part = BUF_EMPTY;
    bool ok = true;

    for (const char *c = path; ok && *c; c++) {
        buf_char(&part, *c);
        if (c[1] && c[1] != '/')
            continue;
        ok = buf_ok(&part, err);
        if (ok && mkdir(part.data, 0777) && errno != EEXIST)
            ok = error_errno(err, "make the folder", part.data);
    }
    if (ok && !file_is_folder(path))
        ok = error_set(err, ERROR_INPUT, "%s is not a folder", path);
    buf_free(&part);
    return ok;
}

/* A hash state wants more alignment than an arena gives. */
static struct file_writer *writer_alloc(struct arena *arena, struct error *err)
{
    const size_t alignment = _Alignof(struct file_writer);
    char *piece =
        arena_alloc(arena, sizeof(struct file_writer) + alignment, err);
    size_t past = (uintptr_t)piece % alignment;

    return piece ? (struct file_writer *)(void *)(piece + alignment - past)
                 : NULL;
}

/* Found now, not when some files have their names already. */
static bool check_name(const char *path, struct error *err)
{
    return !file_is_folder(path) ||
           error_set(err, ERROR_INPUT, "cannot write %s: it is a folder", path);
}

struct file_writer *file_create(struct arena *arena, const char *path,
                                struct error *err)
{
    struct file_writer *writer = writer_alloc(arena, err);

    if (!writer)
        return NULL;
    writer->path = arena_text(arena, path, err);
    writer->temporary =
        arena_format(arena, err, "%s.tmp-%ld", path, (long)getpid());
    if (!writer->path || !writer->temporary)
        return NULL;
    writer->lines = 0;
    writer->bytes = 0;
    writer->used = 0;
    writer->hasher = NULL;
    writer->alone = false;
    writer->block = writer->first;
    hash_start(&writer->hash);
    if (!check_name(path, err))
        return NULL;
    /* Never what a leftover, or a link that somebody put there, leads to. */
    unlink(writer->temporary);
    writer->fd =
        open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    writer->on_disk = writer->fd >= 0;
    if (!writer->on_disk) {
        error_errno(err, "write", path);
        return NULL;
    }
    return writer;
}

static bool write_block(struct file_writer *writer, struct error *err)
{
    size_t done = 0;

    while (done < writer->used) {
        ssize_t wrote =
            write(writer->fd, writer->block + done, writer->used - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return error_errno(err, "write", writer->path);
        done += (size_t)wrote;
    }
    writer->bytes += (int64_t)writer->used;
    return true;
}

/* Lets the disk begin with what was written, so that the sync at the end has
 * little to wait for.  No error matters here: that sync tells of them all. */
static void push(const struct file_writer *writer)
{
    if (writer->bytes % PUSH_SIZE == 0)
        (void)sync_file_range(writer->fd, writer->bytes - PUSH_SIZE, PUSH_SIZE,
                              SYNC_FILE_RANGE_WRITE);
}

/* Whole blocks from the second on go to a thread, so that a file that is
 * smaller never starts one. */
static void hash_block(struct file_writer *writer)
{
    if (writer->hasher) {
        hasher_pass(writer->hasher);
        writer->block = hasher_block(writer->hasher);
        return;
    }
    hash_raw(&writer->hash, writer->block, writer->used);
    if (writer->alone)
        return;
    writer->hasher = hasher_start(&writer->hash);
    writer->alone = !writer->hasher;
    if (writer->hasher)
        writer->block = hasher_block(writer->hasher);
}

/* Hands a full block to the system and to the hash. */
static bool flush(struct file_writer *writer, struct error *err)
{
    if (!write_block(writer, err))
        return false;
    push(writer);
    hash_block(writer);
    writer->used = 0;
    return true;
}

/* The same for what is left, and the end of the thread. */
static bool flush_rest(struct file_writer *writer, struct error *err)
{
    if (!write_block(writer, err))
        return false;
    if (writer->hasher) {
        memcpy(writer->first, writer->block, writer->used);
        hasher_stop(writer->hasher, true);
        writer->hasher = NULL;
        writer->block = writer->first;
    }
    hash_raw(&writer->hash, writer->block, writer->used);
    writer->used = 0;
    return true;
}

bool file_write(struct file_writer *writer, const void *bytes, size_t length,
                struct error *err)
{
    const char *from = bytes;

    while (length) {
        size_t room = WRITE_SIZE - writer->used;
        size_t part = length < room ? length : room;
        memcpy(writer->block + writer->used, from, part);
        writer->used += part;
        from += part;
        length -= part;
        if (writer->used == WRITE_SIZE && !flush(writer, err))
            return false;
    }
    return true;
}

bool file_end_line(struct file_writer *writer, struct error *err)
{
    writer->lines++;
    return file_write(writer, "\n", 1, err);
}

bool file_finish(struct file_writer *writer, struct file_totals *totals,
                 struct error *err)
{
    unsigned char digest[HASH_SIZE];
    int fd = writer->fd;

    if (!flush_rest(writer, err))
        return false;
    /* A file system that knows no fsync (a pipe, a device) is not an error. */
    if (fsync(fd) && errno != EINVAL && errno != ENOTSUP)
        return error_errno(err, "write", writer->path);
    writer->fd = -1;
    if (close(fd))
        return error_errno(err, "write", writer->path);
    hash_end(&writer->hash, digest);
    totals->lines = writer->lines;
    totals->bytes = writer->bytes;
    hash_hex(digest, totals->hash);
    return true;
}

bool file_rename(struct file_writer *writer, struct arena *arena,
                 const char *path, struct error *err)
{
    const char *copy = arena_text(arena, path, err);

    if (!copy || !check_name(copy, err))
        return false;
    writer->path = copy;
    return true;
}

bool file_publish(struct file_writer *writer, struct error *err)
{
    if (rename(writer->temporary, writer->path))
        return error_errno(err, "write", writer->path);
    writer->on_disk = false;
    return true;
}

void file_discard(struct file_writer *writer)
{
    if (!writer)
        return;
    hasher_stop(writer->hasher, false);
    writer->hasher = NULL;
    if (writer->fd >= 0)
        close(writer->fd);
    if (writer->on_disk)
        unlink(writer->temporary);
    writer->fd = -1;
    writer->on_disk = false;
}
