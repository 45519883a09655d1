/* A window on a file that moves from line to line, and grows for a long one. */
#include "datebook/line_reader.h"

#include "datebook/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW_SIZE = 256 * 1024, PACKED_SIZE = 64 * 1024 };

struct line_reader {
    const char *path;
    int fd;
    size_t limit;
    char *window;
    size_t size;
    size_t start; /* of what was not given yet */
    size_t end;   /* of what was read */
    bool at_end;  /* of the file */
    bool ended;   /* the last line that was given had its end */
    struct hash hash;
    struct sha256 *sha256; /* in its place; NULL: none */
    int64_t lines;
    int64_t bytes;
    struct expander *expander; /* NULL: the file is not compressed */
    char *packed;              /* what is still to be expanded */
    size_t packed_at;
    size_t packed_end;
};

static bool error_errno(struct error *err, const char *path)
{
    return error_set(err, ERROR_INPUT, "cannot read %s: %s", path,
                     strerror(errno));
}

/* -1 for anything but a plain file; a pipe is not waited for. */
static int open_plain(const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat info;

    if (fd < 0 && errno == ELOOP)
        error_set(err, ERROR_INPUT, "%s is a link", path);
    else if (fd < 0 && errno == ENOENT)
        error_set(err, ERROR_INPUT, "%s is missing", path);
    else if (fd < 0)
        error_errno(err, path);
    if (fd < 0 || (!fstat(fd, &info) && S_ISREG(info.st_mode)))
        return fd;
    close(fd);
    error_set(err, ERROR_INPUT, "%s is not a plain file", path);
    return -1;
}

/* A hash state wants more alignment than an arena gives. */
static struct line_reader *reader_alloc(struct arena *arena, struct error *err)
{
    const size_t alignment = _Alignof(struct line_reader);
    char *piece =
        arena_zero(arena, 1, sizeof(struct line_reader) + alignment, err);
    size_t past = (uintptr_t)piece % alignment;

    return piece ? (struct line_reader *)(void *)(piece + alignment - past)
                 : NULL;
}

/* Takes a descriptor over; one below 0 is an error that was told already. */
static struct line_reader *reader_start(struct arena *arena, int descriptor,
                                        const char *name, size_t limit,
                                        struct error *err)
{
    struct line_reader *reader =
        descriptor < 0 ? NULL : reader_alloc(arena, err);

    if (reader)
        reader->path = arena_text(arena, name, err);
    if (!reader || !reader->path) {
        if (descriptor >= 0)
            close(descriptor);
        return NULL;
    }
    reader->fd = descriptor;
    reader->limit = limit;
    reader->ended = true;
    hash_start(&reader->hash);
    reader->size = WINDOW_SIZE;
    reader->window = malloc(reader->size);
    if (reader->window)
        return reader;
    line_reader_close(reader);
    error_memory(err);
    return NULL;
}

struct line_reader *line_reader_open(struct arena *arena, const char *path,
                                     size_t limit, struct error *err)
{
    return reader_start(arena, open_plain(path, err), path, limit, err);
}

struct line_reader *line_reader_of(struct arena *arena, int descriptor,
                                   const char *name, size_t limit,
                                   struct error *err)
{
    int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);

    if (own < 0)
        error_errno(err, name);
    return reader_start(arena, own, name, limit, err);
}

struct line_reader *line_reader_open_export(struct arena *arena,
                                            const char *path, size_t limit,
                                            enum compression compression,
                                            struct error *err)
{
    struct line_reader *reader = line_reader_open(arena, path, limit, err);
    bool ok = reader && (reader->sha256 = sha256_new(err));

    if (ok && compression != COMPRESS_NONE) {
        reader->packed = malloc(PACKED_SIZE);
        ok = reader->packed || error_memory(err);
        reader->expander = ok ? expander_new(compression, err) : NULL;
        ok = reader->expander;
    }
    if (ok)
        return reader;
    line_reader_close(reader);
    return NULL;
}

static bool too_long(const struct line_reader *reader, int64_t line,
                     struct error *err)
{
    return error_set(err, ERROR_INPUT,
                     "%s:%lld: the line is longer than %zu bytes", reader->path,
                     (long long)line, reader->limit);
}

/* Room after what was read: what was given goes, or the window grows. */
static bool make_room(struct line_reader *reader, struct error *err)
{
    char *grown;

    if (reader->start) {
        memmove(reader->window, reader->window + reader->start,
                reader->end - reader->start);
        reader->end -= reader->start;
        reader->start = 0;
    }
    if (reader->end < reader->size)
        return true;
    if (reader->size > reader->limit)
        return too_long(reader, reader->lines + 1, err);
    grown = realloc(reader->window, 2 * reader->size);
    if (!grown)
        return error_memory(err);
    reader->window = grown;
    reader->size *= 2;
    return true;
}

/* Reads some bytes of the file; none at its end. */
static bool read_some(struct line_reader *reader, char *to, size_t size,
                      size_t *length, struct error *err)
{
    ssize_t got;

    do
        got = read(reader->fd, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return error_errno(err, reader->path);
    *length = (size_t)got;
    reader->bytes += got;
    if (!reader->sha256)
        hash_raw(&reader->hash, to, *length);
    else if (!sha256_add(reader->sha256, to, *length))
        return error_memory(err);
    return true;
}

static bool broken(const struct line_reader *reader, const char *what,
                   struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s cannot be expanded: %s",
                     reader->path, what);
}

/* The next bytes of the content, which a few of the file may be, or many. */
static bool expand(struct line_reader *reader, char *to, size_t size,
                   size_t *length, struct error *err)
{
    *length = 0;
    while (!*length) {
        size_t taken;
        if (reader->packed_at == reader->packed_end) {
            reader->packed_at = 0;
            if (!read_some(reader, reader->packed, PACKED_SIZE,
                           &reader->packed_end, err))
                return false;
            if (!reader->packed_end)
                return expander_is_whole(reader->expander) ||
                       broken(reader, "it is cut off", err);
        }
        if (!expander_run(reader->expander, reader->packed + reader->packed_at,
                          reader->packed_end - reader->packed_at, &taken, to,
                          size, length))
            return broken(reader, "it was changed, or is of another form", err);
        reader->packed_at += taken;
    }
    return true;
}

static bool fill(struct line_reader *reader, struct error *err)
{
    char *to;
    size_t size;
    size_t got = 0;

    if (!make_room(reader, err))
        return false;
    to = reader->window + reader->end;
    size = reader->size - reader->end;
    if (reader->expander ? !expand(reader, to, size, &got, err)
                         : !read_some(reader, to, size, &got, err))
        return false;
    reader->end += got;
    reader->at_end = got == 0;
    return true;
}

bool line_reader_next(struct line_reader *reader, const char **line,
                      size_t *length, bool *more, struct error *err)
{
    size_t seen = 0;
    char *stop = NULL;

    for (;;) {
        char *from = reader->window + reader->start;
        size_t left = reader->end - reader->start;
        stop = memchr(from + seen, '\n', left - seen);
        seen = left;
        if (stop || reader->at_end)
            break;
        if (!fill(reader, err))
            return false;
    }
    *line = reader->window + reader->start;
    *length = stop ? (size_t)(stop - *line) : seen;
    *more = stop || seen;
    reader->start += *length + (stop != NULL);
    reader->lines += stop != NULL;
    reader->ended = stop || (reader->ended && !seen);
    return *length <= reader->limit ||
           too_long(reader, reader->lines + (stop == NULL), err);
}

void line_reader_totals(struct line_reader *reader, struct file_totals *totals,
                        bool *ended)
{
    unsigned char digest[HASH_SIZE];

    if (!reader->sha256 || !sha256_end(reader->sha256, totals->hash)) {
        hash_end(&reader->hash, digest);
        hash_hex(digest, totals->hash);
    }
    totals->lines = reader->lines;
    totals->bytes = reader->bytes;
    *ended = reader->ended;
}

void line_reader_close(struct line_reader *reader)
{
    if (!reader)
        return;
    close(reader->fd);
    free(reader->window);
    free(reader->packed);
    expander_free(reader->expander);
    sha256_free(reader->sha256);
    reader->window = NULL;
    reader->packed = NULL;
    reader->expander = NULL;
    reader->sha256 = NULL;
    reader->fd = -1;
}
