/* How texts lie in memory and in temporary files while twins are looked for.
 *
 * Texts are numbered.  They are written in blocks of BLOCK_TEXTS: first the
 * heads of all texts of the block, then one column of hashes for each band,
 * so that one band of all texts is read without the others. */
#ifndef DATEBOOK_SPLIT_TWINS_INTERNAL_H
#define DATEBOOK_SPLIT_TWINS_INTERNAL_H

#include "datebook/near_duplicates.h"

#include "spill.h"
#include "twins.h"

#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_TEXTS = 2048,
    COLUMNS = NEAR_BANDS + 1,
    COLUMN_WORDS = NEAR_BANDS, /* the column of the hash of all words */
    USUAL_SLICE = 1 << 18,
    USUAL_REMEMBERED = 1 << 16
};

/* `state` of a text: its part, and whether an equal one stands for it. */
enum { STATE_PART = 3, STATE_DOUBLE = 4 };

struct head {
    struct twin_text text;
    uint64_t grams; /* where they start, in 3-grams */
    uint64_t gram_count;
};

struct block {
    struct head heads[BLOCK_TEXTS];
    uint32_t columns[COLUMNS][BLOCK_TEXTS];
};

struct twins {
    struct twins_options options;
    struct near_family family;
    struct near_grams grams;      /* of the text at hand */
    struct twin_text *remembered; /* by hash; id 0 is free */
    struct block *block;          /* the last one, not yet written */
    struct spill *blocks;
    struct spill *pool;   /* 3-grams */
    unsigned char *state; /* of each text */
    size_t state_size;
    uint32_t count;
};

/* Reads a part of a column: texts of one block. */
static inline bool read_column(const struct twins *twins, int column,
                               uint32_t first, uint32_t count, uint32_t *hashes,
                               struct error *err)
{
    uint64_t offset =
        (uint64_t)(first / BLOCK_TEXTS) * sizeof(struct block) +
        offsetof(struct block, columns) +
        ((uint64_t)column * BLOCK_TEXTS + first % BLOCK_TEXTS) * sizeof *hashes;

    return spill_read(twins->blocks, offset, hashes, count * sizeof *hashes,
                      err);
}

static inline bool read_head(const struct twins *twins, uint32_t text,
                             struct head *head, struct error *err)
{
    uint64_t offset = (uint64_t)(text / BLOCK_TEXTS) * sizeof(struct block) +
                      (text % BLOCK_TEXTS) * sizeof *head;

    return spill_read(twins->blocks, offset, head, sizeof *head, err);
}

#endif
