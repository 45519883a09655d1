/* libcurl copies the headers of a request, the key among them, into buffers
 * that it frees as they are.  What is freed may still stand in a core file. */
#include "src/llm/wiped_memory.h"

#include <malloc.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void wipe_and_free(void *memory)
{
    if (memory)
        sodium_memzero(memory, malloc_usable_size(memory));
    free(memory);
}

/* Never in place, for it could move and leave the old behind. */
static void *move(void *memory, size_t size)
{
    size_t old = memory ? malloc_usable_size(memory) : 0;
    void *moved = malloc(size);

    if (!moved)
        return NULL;
    if (memory)
        memcpy(moved, memory, old < size ? old : size);
    wipe_and_free(memory);
    return moved;
}

CURLcode wiped_memory_start(void)
{
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wipe_and_free,
                                move, strdup, calloc);
}
