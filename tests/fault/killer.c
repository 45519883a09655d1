/* Kills the program in the middle of a change to a file: preloaded, it counts
 * the calls that change files, and the one with number KILL_AT does half of its
 * work and ends in SIGKILL.  With KILL_COUNT it only writes the number of such
 * calls to that file when the program ends.  With FULL_AT the disk is full from
 * the call with that number on: no database grows or changes any more. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

ssize_t write(int fd, const void *bytes, size_t size);
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at);
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at);
int fsync(int fd);
int fdatasync(int fd);
int ftruncate(int fd, off_t size);
int ftruncate64(int fd, off64_t size);
int unlink(const char *path);
int rename(const char *from, const char *to);

static atomic_long calls;

/* True when this call is the last one. */
static int is_last(void)
{
    const char *at = getenv("KILL_AT");
    long number = atomic_fetch_add(&calls, 1) + 1;

    return at && strtol(at, NULL, 10) == number;
}

/* Whether the call that was just counted finds no room. */
static int is_full(void)
{
    const char *at = getenv("FULL_AT");

    return at && strtol(at, NULL, 10) <= atomic_load(&calls);
}

static void die(void)
{
    kill(getpid(), SIGKILL);
}

/* The function that stands behind ours.  ISO C has no cast from an object's
 * address to a function's, hence the union. */
#define NEXT(name)                                                             \
    union {                                                                    \
        void *object;                                                          \
        __typeof__(name) *call;                                                \
    } next = {dlsym(RTLD_NEXT, #name)}

ssize_t write(int fd, const void *bytes, size_t size)
{
    NEXT(write);

    if (fd > STDERR_FILENO && is_last()) {
        (void)!next.call(fd, bytes, size / 2);
        die();
    }
    return next.call(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    NEXT(pwrite64);

    if (is_last()) {
        (void)!next.call(fd, bytes, size / 2, at);
        die();
    }
    if (is_full()) {
        errno = ENOSPC;
        return -1;
    }
    return next.call(fd, bytes, size, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    return pwrite64(fd, bytes, size, at);
}

int fsync(int fd)
{
    NEXT(fsync);

    if (is_last())
        die();
    return next.call(fd);
}

int fdatasync(int fd)
{
    NEXT(fdatasync);

    if (is_last())
        die();
    return next.call(fd);
}

int ftruncate64(int fd, off64_t size)
{
    NEXT(ftruncate64);

    if (is_last())
        die();
    return next.call(fd, size);
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

int unlink(const char *path)
{
    NEXT(unlink);

    if (is_last())
        die();
    return next.call(path);
}

int rename(const char *from, const char *to)
{
    NEXT(rename);

    if (is_last())
        die();
    return next.call(from, to);
}

__attribute__((destructor)) static void write_count(void)
{
    const char *path = getenv("KILL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;

    if (file) {
        fprintf(file, "%ld\n", atomic_load(&calls));
        fclose(file);
    }
}
