/* The counter of points, and the wrappers that make memory and plain files
 * fail.  The linker sends every call of NAME in the program to __wrap_NAME. */
#include "fault.h"

#include "datebook/arena.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
#include <utf8proc.h>

static struct {
    struct fault_plan plan;
    long passed;
    bool fired;
    int64_t live;
    sqlite3_mem_methods heap; /* SQLite's own */
} state;

void fault_arm(const struct fault_plan *plan)
{
    state.plan = *plan;
    state.passed = 0;
    state.fired = false;
}

long fault_disarm(bool *fired)
{
    state.plan = (struct fault_plan){.points = 0};
    if (fired)
        *fired = state.fired;
    return state.passed;
}

bool fault_hits(enum fault_point point)
{
    bool hit;

    if (!(state.plan.points & point))
        return false;
    state.passed++;
    hit = state.plan.at && (state.plan.sticky ? state.passed >= state.plan.at
                                              : state.passed == state.plan.at);
    state.fired = state.fired || hit;
    return hit;
}

enum disk_fault fault_disk(void)
{
    return state.plan.disk;
}

int64_t fault_live(void)
{
    return state.live;
}

/* ---- The heap ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *text);
int __real_vasprintf(char **text, const char *format, va_list args);
char *__real_realpath(const char *path, char *resolved);
void __real_free(void *piece);
utf8proc_ssize_t __real_utf8proc_map(const utf8proc_uint8_t *text,
                                     utf8proc_ssize_t length,
                                     utf8proc_uint8_t **made,
                                     utf8proc_option_t options);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);
int __wrap_vasprintf(char **text, const char *format, va_list args);
char *__wrap_realpath(const char *path, char *resolved);
int __wrap_asprintf(char **text, const char *format, ...) PRINTF_LIKE(2, 3);
void __wrap_free(void *piece);
utf8proc_ssize_t __wrap_utf8proc_map(const utf8proc_uint8_t *text,
                                     utf8proc_ssize_t length,
                                     utf8proc_uint8_t **made,
                                     utf8proc_option_t options);

static void *counted(void *piece)
{
    state.live += piece != NULL;
    if (!piece)
        errno = ENOMEM;
    return piece;
}

void *__wrap_malloc(size_t size)
{
    return counted(fault_hits(FAULT_HEAP) ? NULL : __real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return counted(fault_hits(FAULT_HEAP) ? NULL : __real_calloc(count, size));
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return counted(
        fault_hits(FAULT_HEAP) ? NULL : __real_aligned_alloc(alignment, size));
}

char *__wrap_strdup(const char *text)
{
    return counted(fault_hits(FAULT_HEAP) ? NULL : __real_strdup(text));
}

void *__wrap_realloc(void *old, size_t size)
{
    void *piece = fault_hits(FAULT_HEAP) ? NULL : __real_realloc(old, size);

    if (!old)
        return counted(piece);
    if (!piece)
        errno = ENOMEM;
    return piece;
}

int __wrap_vasprintf(char **text, const char *format, va_list args)
{
    int length =
        fault_hits(FAULT_HEAP) ? -1 : __real_vasprintf(text, format, args);

    state.live += length >= 0;
    return length;
}

int __wrap_asprintf(char **text, const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = __wrap_vasprintf(text, format, args);
    va_end(args);
    return length;
}

utf8proc_ssize_t __wrap_utf8proc_map(const utf8proc_uint8_t *text,
                                     utf8proc_ssize_t length,
                                     utf8proc_uint8_t **made,
                                     utf8proc_option_t options)
{
    *made = NULL;
    if (fault_hits(FAULT_HEAP))
        return UTF8PROC_ERROR_NOMEM;
    length = __real_utf8proc_map(text, length, made, options);
    state.live += *made != NULL;
    return length;
}

char *__wrap_realpath(const char *path, char *resolved)
{
    if (resolved)
        return __real_realpath(path, resolved);
    if (fault_hits(FAULT_HEAP))
        return counted(NULL);
    resolved = __real_realpath(path, NULL);
    state.live += resolved != NULL;
    return resolved;
}

void __wrap_free(void *piece)
{
    state.live -= piece != NULL;
    __real_free(piece);
}

/* ---- SQLite's heap ---- */

static void *sqlite_malloc(int size)
{
    return fault_hits(FAULT_HEAP) ? NULL : state.heap.xMalloc(size);
}

static void *sqlite_realloc(void *old, int size)
{
    return fault_hits(FAULT_HEAP) ? NULL : state.heap.xRealloc(old, size);
}

/* Lookaside memory would hide most of what a connection asks for. */
bool fault_install_heap(void)
{
    sqlite3_mem_methods ours;

    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &state.heap) != SQLITE_OK)
        return false;
    ours = state.heap;
    ours.xMalloc = sqlite_malloc;
    ours.xRealloc = sqlite_realloc;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK;
}

/* ---- Arenas ---- */

void *__real_arena_alloc(struct arena *arena, size_t size, struct error *err);
void *__real_arena_zero(struct arena *arena, size_t count, size_t size,
                        struct error *err);
char *__real_arena_text(struct arena *arena, const char *text,
                        struct error *err);
char *__real_arena_bytes(struct arena *arena, const void *bytes, size_t length,
                         struct error *err);
void *__wrap_arena_alloc(struct arena *arena, size_t size, struct error *err);
void *__wrap_arena_zero(struct arena *arena, size_t count, size_t size,
                        struct error *err);
char *__wrap_arena_text(struct arena *arena, const char *text,
                        struct error *err);
char *__wrap_arena_bytes(struct arena *arena, const void *bytes, size_t length,
                         struct error *err);
char *__wrap_arena_format(struct arena *arena, struct error *err,
                          const char *format, ...) PRINTF_LIKE(3, 4);

static bool arena_fails(struct arena *arena, struct error *err)
{
    if (!fault_hits(FAULT_ARENA))
        return false;
    arena->failed = true;
    return !error_memory(err);
}

void *__wrap_arena_alloc(struct arena *arena, size_t size, struct error *err)
{
    return arena_fails(arena, err) ? NULL
                                   : __real_arena_alloc(arena, size, err);
}

void *__wrap_arena_zero(struct arena *arena, size_t count, size_t size,
                        struct error *err)
{
    return arena_fails(arena, err) ? NULL
                                   : __real_arena_zero(arena, count, size, err);
}

char *__wrap_arena_text(struct arena *arena, const char *text,
                        struct error *err)
{
    return arena_fails(arena, err) ? NULL : __real_arena_text(arena, text, err);
}

char *__wrap_arena_bytes(struct arena *arena, const void *bytes, size_t length,
                         struct error *err)
{
    return arena_fails(arena, err)
               ? NULL
               : __real_arena_bytes(arena, bytes, length, err);
}

char *__wrap_arena_format(struct arena *arena, struct error *err,
                          const char *format, ...)
{
    va_list args;
    char *text = NULL;
    char *copy;
    int length;

    if (arena_fails(arena, err))
        return NULL;
    va_start(args, format);
    length = __real_vasprintf(&text, format, args);
    va_end(args);
    copy = length < 0 ? NULL : __real_arena_text(arena, text, err);
    __real_free(text);
    return copy;
}

/* ---- Plain files ---- */

ssize_t __real_write(int fd, const void *bytes, size_t size);
int __real_fsync(int fd);
int __real_close(int fd);
int __real_rename(const char *from, const char *to);
int __real_link(const char *from, const char *to);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);

static int file_error(void)
{
    errno = fault_disk() == DISK_FULL ? ENOSPC : EIO;
    return -1;
}

/* A short write is no error: the rest fails when it is tried. */
ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    if (!fault_hits(FAULT_FILE))
        return __real_write(fd, bytes, size);
    if (fault_disk() == DISK_SHORT && size > 1)
        return __real_write(fd, bytes, size / 2);
    return file_error();
}

/* What is synced for real is no test of faults, and slow. */
int __wrap_fsync(int fd)
{
    (void)fd;
    return fault_hits(FAULT_FILE) ? file_error() : 0;
}

/* The descriptor is gone whatever close says. */
int __wrap_close(int fd)
{
    bool fails = fault_hits(FAULT_FILE);
    int code = __real_close(fd);

    return fails ? file_error() : code;
}

int __wrap_rename(const char *from, const char *to)
{
    return fault_hits(FAULT_FILE) ? file_error() : __real_rename(from, to);
}

int __wrap_link(const char *from, const char *to)
{
    return fault_hits(FAULT_FILE) ? file_error() : __real_link(from, to);
}
