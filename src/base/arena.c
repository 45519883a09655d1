/* A chain of blocks filled from front to back.  A reset walks back to the
 * first block, so that a loop with a steady working set allocates once. */
#include "datebook/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

/* Says so to whoever asks the arena later, too. */
static bool error_arena(struct arena *arena, struct error *err)
{
    arena->failed = true;
    return error_memory(err);
}

static struct arena_block *block_new(size_t at_least)
{
    size_t size = at_least > BLOCK_SIZE ? at_least : BLOCK_SIZE;
    struct arena_block *block;

    if (size > SIZE_MAX - sizeof *block)
        return NULL;
    block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

/* The next block with room, reusing those that a reset left behind. */
static struct arena_block *block_with_room(struct arena *arena, size_t size)
{
    struct arena_block *block;

    while (arena->current && arena->current->next) {
        arena->current = arena->current->next;
        arena->current->used = 0;
        if (arena->current->size >= size)
            return arena->current;
    }
    block = block_new(size);
    if (!block)
        return NULL;
    if (arena->current)
        arena->current->next = block;
    else
        arena->first = block;
    arena->current = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size, struct error *err)
{
    struct arena_block *block = arena->current;
    void *piece;

    if (size > SIZE_MAX - ALIGNMENT) {
        error_arena(arena, err);
        return NULL;
    }
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!block || block->size - block->used < size)
        block = block_with_room(arena, size);
    if (!block) {
        error_arena(arena, err);
        return NULL;
    }
    piece = block->bytes + block->used;
    block->used += size;
    return piece;
}

void *arena_zero(struct arena *arena, size_t count, size_t size,
                 struct error *err)
{
    void *piece;

    if (size && count > SIZE_MAX / size) {
        error_arena(arena, err);
        return NULL;
    }
    piece = arena_alloc(arena, count * size, err);
    if (piece)
        memset(piece, 0, count * size);
    return piece;
}

char *arena_bytes(struct arena *arena, const void *bytes, size_t length,
                  struct error *err)
{
    char *copy;

    if (length == SIZE_MAX) {
        error_arena(arena, err);
        return NULL;
    }
    copy = arena_alloc(arena, length + 1, err);
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_text(struct arena *arena, const char *text, struct error *err)
{
    return arena_bytes(arena, text, strlen(text), err);
}

char *arena_format(struct arena *arena, struct error *err, const char *format,
                   ...)
{
    va_list args;
    char *text;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) {
        error_set(err, ERROR_BUG, "a text could not be formatted");
        return NULL;
    }
    text = arena_alloc(arena, (size_t)length + 1, err);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

void arena_reset(struct arena *arena)
{
    arena->current = arena->first;
    arena->failed = false;
    if (arena->current)
        arena->current->used = 0;
}

void arena_free(struct arena *arena)
{
    struct arena_block *block = arena->first;

    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->first = NULL;
    arena->current = NULL;
    arena->failed = false;
}
