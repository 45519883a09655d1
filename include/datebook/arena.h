/* Memory that is given back all at once.
 *
 * A command owns one arena for what lives as long as it does, and a scratch
 * arena that it resets once per turn of a loop.  There is no free of a single
 * piece.  Memory is aligned for any type and not cleared. */
#ifndef DATEBOOK_ARENA_H
#define DATEBOOK_ARENA_H

#include "datebook/error.h"

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *first;   /* all blocks, in order of making */
    struct arena_block *current; /* the block that is being filled */
    bool failed; /* memory ran out once since it was empty or reset */
};

/* An arena that is all zeros is empty and ready for use. */
#define ARENA_EMPTY                                                            \
    {                                                                          \
        NULL, NULL, false                                                      \
    }

/* `size` bytes, or NULL with "out of memory" in `err`.  Size 0 gives a valid
 * pointer. */
void *arena_alloc(struct arena *arena, size_t size, struct error *err) CHECKED;

/* `count` elements of `size` bytes, all zero; refuses a product that
 * overflows. */
void *arena_zero(struct arena *arena, size_t count, size_t size,
                 struct error *err) CHECKED;

/* A copy of a text, with its final NUL. */
char *arena_text(struct arena *arena, const char *text,
                 struct error *err) CHECKED;

/* A copy of `length` bytes, with a NUL after them. */
char *arena_bytes(struct arena *arena, const void *bytes, size_t length,
                  struct error *err) CHECKED;

/* A text printed into the arena. */
char *arena_format(struct arena *arena, struct error *err, const char *format,
                   ...) PRINTF_LIKE(3, 4) CHECKED;

/* Forgets everything in the arena and keeps its blocks for reuse. */
void arena_reset(struct arena *arena);

/* Gives all memory back; the arena is empty and can be used again. */
void arena_free(struct arena *arena);

#endif
