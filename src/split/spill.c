/* Temporary files that no folder lists. */
#include "spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SPILL_BUFFER = 64 * 1024 };

struct spill {
    int fd;
    uint64_t written;
    size_t used; /* of the buffer */
    unsigned char buffer[SPILL_BUFFER];
};

static const char *folder_of_spills(void)
{
    const char *folder = getenv("TMPDIR");

    return folder && *folder ? folder : "/tmp";
}

static bool error_spill(struct error *err, const char *what, int code)
{
    if (code == ENOMEM)
        return error_memory(err);
    error_set(err, ERROR_INPUT, "cannot %s a temporary file in %s: %s", what,
              folder_of_spills(), strerror(code));
    return error_hint(err, "set TMPDIR to a folder with room for temporary "
                           "files");
}

/* Not all file systems can make a file without a name: there it has one for
 * the moment between two calls. */
static int open_nameless(const char *folder)
{
    static const char name[] = "datebook-XXXXXX";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
    size_t size = strlen(folder) + sizeof name + 1;
    char *path;

    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    path = malloc(size);
    if (!path) {
        errno = ENOMEM;
        return -1;
    }
    snprintf(path, size, "%s/%s", folder, name);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    free(path);
    return fd;
}

struct spill *spill_new(struct error *err)
{
    struct spill *spill = malloc(sizeof *spill);

    if (!spill) {
        error_memory(err);
        return NULL;
    }
    spill->written = 0;
    spill->used = 0;
    spill->fd = open_nameless(folder_of_spills());
    if (spill->fd >= 0)
        return spill;
    error_spill(err, "make", errno);
    free(spill);
    return NULL;
}

void spill_free(struct spill *spill)
{
    if (!spill)
        return;
    close(spill->fd);
    free(spill);
}

static bool write_all(struct spill *spill, const unsigned char *bytes,
                      size_t length, struct error *err)
{
    while (length) {
        ssize_t done = write(spill->fd, bytes, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return error_spill(err, "write", done ? errno : ENOSPC);
        bytes += done;
        length -= (size_t)done;
        spill->written += (uint64_t)done;
    }
    return true;
}

bool spill_flush(struct spill *spill, struct error *err)
{
    size_t used = spill->used;

    spill->used = 0;
    return write_all(spill, spill->buffer, used, err);
}

bool spill_add(struct spill *spill, const void *bytes, size_t length,
               struct error *err)
{
    if (length > sizeof spill->buffer - spill->used && !spill_flush(spill, err))
        return false;
    if (length > sizeof spill->buffer)
        return write_all(spill, bytes, length, err);
    if (length)
        memcpy(spill->buffer + spill->used, bytes, length);
    spill->used += length;
    return true;
}

uint64_t spill_size(const struct spill *spill)
{
    return spill->written + spill->used;
}

bool spill_read(const struct spill *spill, uint64_t offset, void *bytes,
                size_t length, struct error *err)
{
    unsigned char *to = bytes;

    while (length) {
        ssize_t done = pread(spill->fd, to, length, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return error_spill(err, "read", done ? errno : EIO);
        to += done;
        offset += (uint64_t)done;
        length -= (size_t)done;
    }
    return true;
}
