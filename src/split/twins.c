/* Texts on their way to temporary files. */
#include "twins_internal.h"

struct twins *twins_new(const struct twins_options *options, struct error *err)
{
    struct twins *twins = calloc(1, sizeof *twins);

    if (!twins) {
        error_memory(err);
        return NULL;
    }
    twins->options = *options;
    if (!options->slice)
        twins->options.slice = USUAL_SLICE;
    if (!options->window)
        twins->options.window = TWINS_WINDOW;
    if (!options->remembered)
        twins->options.remembered = USUAL_REMEMBERED;
    near_family_make(&twins->family);
    twins->remembered =
        calloc(twins->options.remembered, sizeof *twins->remembered);
    twins->block = calloc(1, sizeof *twins->block);
    if (!twins->remembered || !twins->block)
        error_memory(err);
    else if ((twins->blocks = spill_new(err)) && (twins->pool = spill_new(err)))
        return twins;
    twins_free(twins);
    return NULL;
}

void twins_free(struct twins *twins)
{
    if (!twins)
        return;
    spill_free(twins->blocks);
    spill_free(twins->pool);
    near_grams_free(&twins->grams);
    free(twins->remembered);
    free(twins->block);
    free(twins->state);
    free(twins);
}

static bool put_state(struct twins *twins, enum part part, struct error *err)
{
    if (twins->count == twins->state_size) {
        size_t size =
            twins->state_size ? 2 * twins->state_size : (size_t)BLOCK_TEXTS;
        unsigned char *state = realloc(twins->state, size);
        if (!state)
            return error_memory(err);
        twins->state = state;
        twins->state_size = size;
    }
    twins->state[twins->count] = (unsigned char)part;
    return true;
}

static bool put_text(struct twins *twins, const struct twin_text *text,
                     struct error *err)
{
    uint32_t at = twins->count % BLOCK_TEXTS;
    struct block *block = twins->block;
    uint64_t keys[NEAR_BANDS];

    if (twins->count == UINT32_MAX)
        return error_set(err, ERROR_INPUT, "more than %lu texts",
                         (unsigned long)UINT32_MAX);
    if (!put_state(twins, text->part, err))
        return false;
    near_bands(&twins->family, &twins->grams, keys);
    for (int band = 0; band < NEAR_BANDS; band++)
        block->columns[band][at] = (uint32_t)keys[band];
    block->columns[COLUMN_WORDS][at] = (uint32_t)(text->id >> 32);
    block->heads[at] =
        (struct head){.text = *text,
                      .grams = spill_size(twins->pool) / sizeof(uint64_t),
                      .gram_count = twins->grams.count};
    twins->count++;
    return spill_add(twins->pool, twins->grams.at,
                     twins->grams.count * sizeof *twins->grams.at, err) &&
           (at + 1 < BLOCK_TEXTS ||
            spill_add(twins->blocks, block, sizeof *block, err));
}

bool twins_add(struct twins *twins, int64_t key, enum part part,
               const char *subject, const char *preview, struct twin_text *text,
               struct error *err)
{
    struct twin_text *same;
    uint64_t words;

    *text = (struct twin_text){.key = key, .part = part};
    if (!near_grams_make(&twins->grams, subject, preview, err))
        return false;
    if (!twins->grams.count)
        return true;
    words = twins->grams.words >> 2;
    text->id = (words ? words : 1) << 2 | (uint64_t)part;
    same = &twins->remembered[text->id >> 2 & (twins->options.remembered - 1)];
    if (same->id == text->id) {
        *text = *same;
        return true;
    }
    *same = *text;
    return put_text(twins, text, err);
}
