/* Different values by hash, as many as fit; of more, a sample. */
#include "src/quality/distinct.h"

#include "src/quality/word_hash.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 1024 };

static bool is_sampled(const struct distinct *distinct, uint64_t hash)
{
    return !distinct->depth || !(hash >> (64 - distinct->depth));
}

static uint64_t *find_slot(uint64_t *slots, size_t size, uint64_t hash)
{
    size_t at = hash & (size - 1);

    while (slots[at] && slots[at] != hash)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

/* Moves what is still sampled to a table of another size. */
static bool rebuild(struct distinct *distinct, size_t size, struct error *err)
{
    uint64_t *slots = calloc(size, sizeof *slots);
    size_t count = 0;

    if (!slots)
        return error_memory(err);
    for (size_t i = 0; i < distinct->size; i++) {
        uint64_t hash = distinct->slots[i];
        if (!hash || !is_sampled(distinct, hash))
            continue;
        *find_slot(slots, size, hash) = hash;
        count++;
    }
    free(distinct->slots);
    distinct->slots = slots;
    distinct->size = size;
    distinct->count = count;
    return true;
}

static bool make_room(struct distinct *distinct, struct error *err)
{
    if (!distinct->size)
        return rebuild(distinct, FIRST_SIZE, err);
    if (2 * distinct->count < distinct->size)
        return true;
    if (distinct->size < (size_t)2 * DISTINCT_LIMIT)
        return rebuild(distinct, 2 * distinct->size, err);
    distinct->depth++;
    return rebuild(distinct, distinct->size, err);
}

bool distinct_add(struct distinct *distinct, uint64_t hash, bool *fresh,
                  struct error *err)
{
    uint64_t *slot;

    hash += !hash;
    *fresh = false;
    if (!is_sampled(distinct, hash))
        return true;
    if (!make_room(distinct, err))
        return false;
    if (!is_sampled(distinct, hash))
        return true;
    slot = find_slot(distinct->slots, distinct->size, hash);
    *fresh = !*slot;
    distinct->count += !*slot;
    *slot = hash;
    return true;
}

bool distinct_has(const struct distinct *distinct, uint64_t hash)
{
    hash += !hash;
    return distinct->size &&
           *find_slot(distinct->slots, distinct->size, hash) == hash;
}

int64_t distinct_count(const struct distinct *distinct)
{
    return (int64_t)distinct->count << distinct->depth;
}

void distinct_clear(struct distinct *distinct)
{
    if (distinct->size)
        memset(distinct->slots, 0, distinct->size * sizeof *distinct->slots);
    distinct->count = 0;
    distinct->depth = 0;
}

void distinct_free(struct distinct *distinct)
{
    free(distinct->slots);
    *distinct = (struct distinct){.slots = NULL};
}

bool distinct_words_add(struct distinct_words *sets, const char *text,
                        struct error *err)
{
    struct words words;
    struct word word;
    uint64_t before = 0;
    bool paired = false;
    bool fresh;

    words_start(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        uint64_t hash = hash_span(word.folded, word.length);
        if (!distinct_add(&sets->words, hash, &fresh, err) ||
            (paired &&
             !distinct_add(&sets->pairs, hash_pair(before, hash), &fresh, err)))
            return false;
        sets->word_count++;
        sets->pair_count += paired;
        before = hash;
        paired = true;
    }
    return true;
}

void distinct_words_clear(struct distinct_words *sets)
{
    distinct_clear(&sets->words);
    distinct_clear(&sets->pairs);
    sets->word_count = 0;
    sets->pair_count = 0;
}

void distinct_words_free(struct distinct_words *sets)
{
    distinct_free(&sets->words);
    distinct_free(&sets->pairs);
}
