/* MinHash with bands over word 3-grams.
 *
 * Hashes of 64 bits stand for 3-grams, so that comparing two texts is merging
 * two sorted lists of numbers.  The i-th MinHash of a set is the least of
 * (a_i * x + b_i) >> 32 over its members x, with constants from SplitMix64
 * (multiply-shift: Dietzfelbinger et al., "A reliable randomized algorithm for
 * the closest-pair problem", 1997). */
#include "datebook/near_duplicates.h"

#include "src/quality/word_hash.h"

#include <stdlib.h>
#include <string.h>

enum { GRAM_WORDS = 3 };

struct text {
    int64_t key;
    int64_t twin;
    size_t grams; /* where its 3-grams start in the pool */
    uint32_t gram_count;
    uint32_t seen;  /* the last text that was compared with it */
    uint32_t after; /* the next text of its slot in `whole`, plus one */
};

struct near_index {
    struct near_grams grams; /* of the text at hand */
    uint64_t *pool;          /* the 3-grams of all texts, sorted within each */
    size_t pool_count;
    size_t pool_size;
    struct text *texts;
    size_t count;
    size_t size;
    uint32_t probes;  /* texts that were held against the others */
    size_t mask;      /* of the tables: their size minus one */
    uint32_t *whole;  /* by all 3-grams: a text plus one, 0 is none */
    uint32_t *heads;  /* NEAR_BANDS tables one after the other */
    uint32_t *chains; /* NEAR_BANDS for each text: the next in its chain */
    size_t chain_size;
    struct near_family family;
    uint32_t slots[NEAR_BANDS]; /* of the text at hand */
};

void near_family_make(struct near_family *family)
{
    uint64_t state = UINT64_C(0x64617465626f6f6b); /* "datebook" */

    for (int i = 0; i < NEAR_HASHES; i++) {
        state += UINT64_C(0x9e3779b97f4a7c15);
        family->factors[i] = hash_mix(state) | 1;
        state += UINT64_C(0x9e3779b97f4a7c15);
        family->offsets[i] = hash_mix(state);
    }
}

struct near_index *near_index_new(size_t expected, struct error *err)
{
    struct near_index *index = calloc(1, sizeof *index);
    size_t slots = 64;

    while (slots < expected && slots < (size_t)1 << 30)
        slots *= 2;
    if (index) {
        near_family_make(&index->family);
        index->mask = slots - 1;
        index->whole = calloc(slots, sizeof *index->whole);
        index->heads = calloc(slots * NEAR_BANDS, sizeof *index->heads);
    }
    if (index && index->whole && index->heads)
        return index;
    near_index_free(index);
    error_memory(err);
    return NULL;
}

void near_index_free(struct near_index *index)
{
    if (!index)
        return;
    near_grams_free(&index->grams);
    free(index->pool);
    free(index->texts);
    free(index->whole);
    free(index->heads);
    free(index->chains);
    free(index);
}

/* ---- 3-grams ---- */

/* The array, moved if need be so that `needed` elements fit; NULL without
 * memory, and then the array is as it was. */
static void *grown(void *items, size_t *size, size_t needed, size_t each)
{
    size_t larger = *size ? *size : 64;
    void *moved;

    if (needed <= *size)
        return items;
    while (larger < needed)
        larger *= 2;
    moved = realloc(items, larger * each);
    if (moved)
        *size = larger;
    return moved;
}

void near_grams_free(struct near_grams *grams)
{
    free(grams->at);
    *grams = (struct near_grams){NULL, 0, 0, 0};
}

static bool add_gram(struct near_grams *grams, uint64_t gram, struct error *err)
{
    uint64_t *at = grown(grams->at, &grams->size, grams->count + 1, sizeof *at);

    if (!at)
        return error_memory(err);
    grams->at = at;
    grams->at[grams->count++] = gram;
    return true;
}

/* The last words seen, as hashes; the window runs on from the subject into the
 * preview. */
struct window {
    uint64_t words[GRAM_WORDS];
    size_t count;
};

static bool add_words(struct near_grams *grams, struct window *window,
                      const char *text, struct error *err)
{
    struct words words;
    struct word word;

    words_start(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        uint64_t hash = hash_span(word.folded, word.length);
        grams->words = hash_pair(grams->words, hash);
        window->words[window->count++ % GRAM_WORDS] = hash;
        if (window->count >= GRAM_WORDS) {
            size_t oldest = window->count % GRAM_WORDS;
            uint64_t gram = 0;
            for (size_t i = 0; i < GRAM_WORDS; i++)
                gram =
                    hash_pair(gram, window->words[(oldest + i) % GRAM_WORDS]);
            if (!add_gram(grams, gram, err))
                return false;
        }
    }
    return true;
}

bool near_grams_make(struct near_grams *grams, const char *subject,
                     const char *preview, struct error *err)
{
    struct window window = {.count = 0};
    size_t kept = 0;

    grams->count = 0;
    grams->words = 0;
    if (!add_words(grams, &window, subject, err) ||
        !add_words(grams, &window, preview, err))
        return false;
    if (window.count && window.count < GRAM_WORDS &&
        !add_gram(
            grams,
            hash_pair(window.words[0], window.count > 1 ? window.words[1] : 0),
            err))
        return false;
    if (grams->count)
        qsort(grams->at, grams->count, sizeof *grams->at, hash_order);
    for (size_t i = 0; i < grams->count; i++)
        if (!kept || grams->at[kept - 1] != grams->at[i])
            grams->at[kept++] = grams->at[i];
    grams->count = kept;
    return true;
}

/* 5 |A ∩ B| >= 4 |A ∪ B| is exact where 0.8 is not. */
bool near_alike(const uint64_t *one, size_t one_count, const uint64_t *other,
                size_t other_count, double *likeness)
{
    size_t common = 0;
    size_t i = 0;
    size_t j = 0;
    size_t all;

    if (5 * one_count < 4 * other_count || 5 * other_count < 4 * one_count)
        return false;
    while (i < one_count && j < other_count) {
        uint64_t a = one[i];
        uint64_t b = other[j];
        common += a == b;
        i += a <= b;
        j += b <= a;
    }
    all = one_count + other_count - common;
    if (5 * common < 4 * all || !all)
        return false;
    *likeness = (double)common / (double)all;
    return true;
}

/* ---- Bands ---- */

/* The top half of the least value is the least of the top halves. */
static uint32_t min_hash(uint64_t factor, uint64_t offset,
                         const struct near_grams *grams)
{
    uint64_t least = UINT64_MAX;

    for (size_t i = 0; i < grams->count; i++) {
        uint64_t hash = factor * grams->at[i] + offset;
        least = hash < least ? hash : least;
    }
    return (uint32_t)(least >> 32);
}

void near_bands(const struct near_family *family,
                const struct near_grams *grams, uint64_t keys[NEAR_BANDS])
{
    for (int band = 0; band < NEAR_BANDS; band++) {
        uint64_t key = (uint64_t)band;
        for (int row = 0; row < NEAR_ROWS; row++) {
            int at = band * NEAR_ROWS + row;
            key = hash_pair(
                key, min_hash(family->factors[at], family->offsets[at], grams));
        }
        keys[band] = key;
    }
}

static void make_slots(struct near_index *index)
{
    uint64_t keys[NEAR_BANDS];

    near_bands(&index->family, &index->grams, keys);
    for (int band = 0; band < NEAR_BANDS; band++)
        index->slots[band] = (uint32_t)(keys[band] & index->mask);
}

static uint32_t *head_of(struct near_index *index, int band)
{
    return &index->heads[(size_t)band * (index->mask + 1) + index->slots[band]];
}

static void pair_up(struct text *text, int64_t key, int64_t *twin)
{
    if (!text->twin)
        text->twin = key;
    if (!*twin)
        *twin = text->key;
}

/* Compares the text at hand with those of one band. */
static void search_band(struct near_index *index, int band, int64_t key,
                        int64_t *twin)
{
    uint32_t next = *head_of(index, band);
    double likeness;

    for (int looked = 0; next && looked < NEAR_COMPARED; looked++) {
        struct text *text = &index->texts[next - 1];
        next = index->chains[(size_t)(next - 1) * NEAR_BANDS + (size_t)band];
        if (text->seen == index->probes || (text->twin && *twin))
            continue;
        text->seen = index->probes;
        if (near_alike(index->grams.at, index->grams.count,
                       index->pool + text->grams, text->gram_count, &likeness))
            pair_up(text, key, twin);
    }
}

/* Where the text with exactly the 3-grams of the one at hand is named, or 0
 * where it would be; valid until texts are added. */
static uint32_t *find_whole(struct near_index *index)
{
    uint64_t hash = 0;
    uint32_t *slot;

    for (size_t i = 0; i < index->grams.count; i++)
        hash = hash_pair(hash, index->grams.at[i]);
    slot = &index->whole[hash & index->mask];
    while (*slot) {
        struct text *text = &index->texts[*slot - 1];
        if (text->gram_count == index->grams.count &&
            !memcmp(index->pool + text->grams, index->grams.at,
                    index->grams.count * sizeof *index->grams.at))
            break;
        slot = &text->after;
    }
    return slot;
}

static void search(struct near_index *index, int64_t key, uint32_t whole,
                   int64_t *twin)
{
    index->probes++;
    if (whole) {
        pair_up(&index->texts[whole - 1], key, twin);
        index->texts[whole - 1].seen = index->probes;
    }
    make_slots(index);
    for (int band = 0; band < NEAR_BANDS; band++)
        search_band(index, band, key, twin);
}

/* ---- Adding ---- */

/* A copy of a text that is there stands for itself in the result only: the
 * bands and the 3-grams of the first one serve for both. */
static bool add_text(struct near_index *index, int64_t key, int64_t twin,
                     bool copy, struct error *err)
{
    size_t grams = copy ? 0 : index->grams.count;
    uint32_t *chains = grown(index->chains, &index->chain_size,
                             (index->count + 1) * NEAR_BANDS, sizeof *chains);
    struct text *texts = NULL;
    uint64_t *pool = NULL;

    if (chains) {
        index->chains = chains;
        texts =
            grown(index->texts, &index->size, index->count + 1, sizeof *texts);
    }
    if (texts) {
        index->texts = texts;
        pool = grown(index->pool, &index->pool_size,
                     index->pool_count + grams + 1, sizeof *pool);
    }
    if (!pool)
        return error_memory(err);
    index->pool = pool;
    if (grams)
        memcpy(index->pool + index->pool_count, index->grams.at,
               grams * sizeof *index->pool);
    index->texts[index->count] = (struct text){.key = key,
                                               .twin = twin,
                                               .grams = index->pool_count,
                                               .gram_count = (uint32_t)grams};
    index->pool_count += grams;
    index->count++;
    return true;
}

static void link_bands(struct near_index *index)
{
    uint32_t number = (uint32_t)index->count;

    for (int band = 0; band < NEAR_BANDS; band++) {
        uint32_t *head = head_of(index, band);
        index->chains[(size_t)(number - 1) * NEAR_BANDS + (size_t)band] = *head;
        *head = number;
    }
}

bool near_index_add(struct near_index *index, int64_t key, const char *subject,
                    const char *preview, struct error *err)
{
    int64_t twin = 0;
    uint32_t whole;

    if (!near_grams_make(&index->grams, subject, preview, err))
        return false;
    if (!index->grams.count)
        return add_text(index, key, 0, true, err);
    whole = *find_whole(index);
    search(index, key, whole, &twin);
    if (!add_text(index, key, twin, whole != 0, err))
        return false;
    if (!whole) {
        *find_whole(index) = (uint32_t)index->count;
        link_bands(index);
    }
    return true;
}

bool near_index_probe(struct near_index *index, int64_t key,
                      const char *subject, const char *preview,
                      struct error *err)
{
    int64_t twin = 0;

    if (!near_grams_make(&index->grams, subject, preview, err))
        return false;
    if (index->grams.count)
        search(index, key, *find_whole(index), &twin);
    return true;
}

bool near_index_find(struct near_index *index, const char *subject,
                     const char *preview, int64_t *twin, struct error *err)
{
    *twin = 0;
    if (!near_grams_make(&index->grams, subject, preview, err))
        return false;
    /* Key 0 leaves the twins of the texts that were added as they are. */
    if (index->grams.count)
        search(index, 0, *find_whole(index), twin);
    return true;
}

size_t near_index_count(const struct near_index *index)
{
    return index->count;
}

struct near_text near_index_get(const struct near_index *index, size_t text)
{
    return (struct near_text){.key = index->texts[text].key,
                              .twin = index->texts[text].twin};
}
