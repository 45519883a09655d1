/* Lets one piece of memory be missing: preloaded, it counts what the program
 * and its libraries ask for, and the request with number STARVE_AT fails.  With
 * STARVE_COUNT it only writes the number of requests to that file when the
 * program ends. */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EARLY_SIZE = 4096, EARLY_ALIGNMENT = 16 };

static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void *(*aligned_alloc)(size_t, size_t);
    void (*free)(void *);
    int finding; /* them, which may ask for memory itself */
    long at;
    atomic_long asked;
    /* What is asked for before the functions above are found. */
    _Alignas(EARLY_ALIGNMENT) unsigned char early[EARLY_SIZE];
    size_t early_used;
} state;

/* ISO C has no cast from an object's address to a function's. */
static void find(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);

    memcpy(function, &found, sizeof found);
}

static void find_all(void)
{
    const char *at = getenv("STARVE_AT");

    state.finding = 1;
    find("calloc", &state.calloc);
    find("realloc", &state.realloc);
    find("aligned_alloc", &state.aligned_alloc);
    find("free", &state.free);
    state.at = at ? strtol(at, NULL, 10) : 0;
    find("malloc", &state.malloc);
    state.finding = 0;
}

/* At the first call of all: the program's libraries may start before this one,
 * on one thread. */
static int is_ready(void)
{
    if (!state.malloc && !state.finding)
        find_all();
    return state.malloc != NULL;
}

static void *early(size_t size)
{
    void *piece = state.early + state.early_used;

    size = (size + EARLY_ALIGNMENT - 1) / EARLY_ALIGNMENT * EARLY_ALIGNMENT;
    if (size > EARLY_SIZE - state.early_used)
        return NULL;
    state.early_used += size;
    return piece;
}

static int is_early(const void *piece)
{
    uintptr_t from = (uintptr_t)state.early;

    return (uintptr_t)piece >= from && (uintptr_t)piece < from + EARLY_SIZE;
}

static int is_missing(void)
{
    if (atomic_fetch_add(&state.asked, 1) + 1 != state.at)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    if (!is_ready())
        return early(size);
    return is_missing() ? NULL : state.malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!is_ready())
        return early(count * size);
    return is_missing() ? NULL : state.calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (!is_ready() || is_early(old))
        return NULL;
    return is_missing() ? NULL : state.realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    if (!is_ready())
        return NULL;
    return is_missing() ? NULL : state.aligned_alloc(alignment, size);
}

void free(void *piece)
{
    if (!is_early(piece) && is_ready())
        state.free(piece);
}

__attribute__((destructor)) static void write_count(void)
{
    const char *path = getenv("STARVE_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;

    if (file) {
        fprintf(file, "%ld\n", atomic_load(&state.asked));
        fclose(file);
    }
}
