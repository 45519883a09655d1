/* Numbering of stems and phrases, and the cache from words to numbers. */
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

/* A slot fills half a cache line.  Longer words are stemmed every time. */
enum { CACHE_SLOTS = 8192, CACHE_LIMIT = 6144, CACHED_BYTES = 23 };

/* The bytes of a folded word, zeros, and its length in the last byte. */
struct word_key {
    uint64_t parts[3];
};

struct cached_word {
    struct word_key key; /* all zeros: a free slot */
    uint32_t number;
};

struct stem {
    struct stem *next; /* in its bucket */
    const char *text;
    size_t length;
    uint32_t number;
};

static uint32_t *grown(const uint32_t *at, uint32_t count, uint32_t size,
                       struct arena *arena, struct error *err)
{
    uint32_t *copy = arena_zero(arena, size, sizeof *copy, err);

    if (copy && count)
        memcpy(copy, at, count * sizeof *copy);
    return copy;
}

bool number_list_add(struct number_list *list, uint32_t value,
                     struct arena *arena, struct error *err)
{
    if (list->count == list->size) {
        uint32_t size = list->size ? 2 * list->size : 16;
        uint32_t *at = grown(list->at, list->count, size, arena, err);
        if (!at)
            return false;
        list->at = at;
        list->size = size;
    }
    list->at[list->count++] = value;
    return true;
}

/* FNV-1a.  Good enough for words, and short. */
static uint32_t hash_bytes_of(const char *bytes, size_t length)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

bool lexicon_start(struct lexicon *lexicon, struct arena *arena,
                   uint32_t reserved, struct error *err)
{
    lexicon->arena = arena;
    lexicon->phrase_count = reserved;
    lexicon->longest = 1;
    lexicon->cache = calloc(CACHE_SLOTS, sizeof *lexicon->cache);
    if (!lexicon->cache)
        return error_memory(err);
    lexicon->stemmer = stemmer_new(err);
    return lexicon->stemmer != NULL;
}

void lexicon_end(struct lexicon *lexicon)
{
    stemmer_free(lexicon->stemmer);
    free(lexicon->cache);
}

static struct stem *find_stem(const struct lexicon *lexicon, const char *text,
                              size_t length)
{
    uint32_t bucket = hash_bytes_of(text, length) % LEXICON_BUCKETS;
    struct stem *stem = lexicon->stems[bucket];

    while (stem &&
           (stem->length != length || memcmp(stem->text, text, length) != 0))
        stem = stem->next;
    return stem;
}

bool lexicon_add_word(struct lexicon *lexicon, const struct word *word,
                      uint32_t *number, struct error *err)
{
    const char *text;
    size_t length;
    struct stem *stem;
    struct stem **bucket;

    if (!stemmer_stem(lexicon->stemmer, word, &text, &length, err))
        return false;
    stem = find_stem(lexicon, text, length);
    if (!stem) {
        stem = arena_alloc(lexicon->arena, sizeof *stem, err);
        if (!stem)
            return false;
        stem->text = arena_bytes(lexicon->arena, text, length, err);
        if (!stem->text)
            return false;
        stem->length = length;
        stem->number = ++lexicon->word_count;
        bucket = &lexicon->stems[hash_bytes_of(text, length) % LEXICON_BUCKETS];
        stem->next = *bucket;
        *bucket = stem;
    }
    *number = stem->number;
    return true;
}

static struct phrase **phrase_bucket(struct lexicon *lexicon,
                                     const uint32_t *words, uint32_t count)
{
    uint32_t hash = hash_bytes_of((const char *)words, count * sizeof *words);

    return &lexicon->buckets[hash % LEXICON_BUCKETS];
}

static bool number_phrase(struct lexicon *lexicon, struct phrase *phrase,
                          struct error *err)
{
    if (lexicon->phrase_count >= lexicon->phrase_size) {
        uint32_t size = 2 * lexicon->phrase_count + 64;
        const struct phrase **phrases =
            arena_zero(lexicon->arena, size, sizeof *phrases, err);
        if (!phrases)
            return false;
        if (lexicon->phrases)
            memcpy(phrases, lexicon->phrases,
                   lexicon->phrase_count * sizeof(*phrases));
        lexicon->phrases = phrases;
        lexicon->phrase_size = size;
    }
    phrase->number = lexicon->phrase_count;
    lexicon->phrases[lexicon->phrase_count++] = phrase;
    if (phrase->count > lexicon->longest)
        lexicon->longest = phrase->count;
    return true;
}

bool lexicon_add_phrase(struct lexicon *lexicon, const uint32_t *words,
                        uint32_t count, uint32_t *number, struct error *err)
{
    struct phrase **bucket = phrase_bucket(lexicon, words, count);
    struct phrase *phrase = *bucket;

    while (phrase && (phrase->count != count ||
                      memcmp(lexicon->phrase_words.at + phrase->first, words,
                             count * sizeof *words) != 0))
        phrase = phrase->next;
    if (!phrase) {
        phrase = arena_alloc(lexicon->arena, sizeof *phrase, err);
        if (!phrase)
            return false;
        phrase->first = lexicon->phrase_words.count;
        phrase->count = count;
        phrase->next = *bucket;
        for (uint32_t i = 0; i < count; i++)
            if (!number_list_add(&lexicon->phrase_words, words[i],
                                 lexicon->arena, err))
                return false;
        if (!number_phrase(lexicon, phrase, err))
            return false;
        *bucket = phrase;
    }
    *number = phrase->number;
    return true;
}

bool lexicon_read_phrase(struct lexicon *lexicon, const char *text,
                         size_t length, uint32_t *number, uint32_t *count,
                         struct error *err)
{
    struct number_list numbers = {NULL, 0, 0};
    struct words words;
    struct word word;
    uint32_t next;

    words_start(&words, text, length);
    while (words_next(&words, &word))
        if (!lexicon_add_word(lexicon, &word, &next, err) ||
            !number_list_add(&numbers, next, lexicon->arena, err))
            return false;
    *count = numbers.count;
    return !numbers.count ||
           lexicon_add_phrase(lexicon, numbers.at, numbers.count, number, err);
}

/* The last word of a phrase, NO_WORD for a reserved number. */
static uint32_t last_word(const struct lexicon *lexicon, uint32_t number)
{
    const struct phrase *phrase =
        lexicon->phrases ? lexicon->phrases[number] : NULL;

    return phrase ? lexicon->phrase_words.at[phrase->first + phrase->count - 1]
                  : NO_WORD;
}

bool lexicon_seal(struct lexicon *lexicon, struct error *err)
{
    uint32_t *start =
        arena_zero(lexicon->arena, lexicon->word_count + 2, sizeof *start, err);
    uint32_t *fill;

    lexicon->ending_start = start;
    lexicon->ending = arena_zero(lexicon->arena, lexicon->phrase_count,
                                 sizeof *lexicon->ending, err);
    if (!start || !lexicon->ending)
        return false;
    for (uint32_t i = 0; i < lexicon->phrase_count; i++)
        start[last_word(lexicon, i) + 1]++;
    for (uint32_t i = 0; i <= lexicon->word_count; i++)
        start[i + 1] += start[i];
    fill = grown(start, lexicon->word_count + 2, lexicon->word_count + 2,
                 lexicon->arena, err);
    if (!fill)
        return false;
    for (uint32_t i = 0; i < lexicon->phrase_count; i++)
        lexicon->ending[fill[last_word(lexicon, i)]++] = i;
    return true;
}

static bool find_uncached(struct lexicon *lexicon, const struct word *word,
                          uint32_t *number, struct error *err)
{
    const struct stem *stem;
    const char *text;
    size_t length;

    if (!stemmer_stem(lexicon->stemmer, word, &text, &length, err))
        return false;
    stem = find_stem(lexicon, text, length);
    *number = stem ? stem->number : NO_WORD;
    return true;
}

/* Whole parts are copied, and what stands behind the word is wiped out. */
static struct word_key key_of(const struct word *word)
{
    static const unsigned char masks[2 * sizeof(struct word_key)] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    struct word_key key;
    struct word_key mask;

    _Static_assert(WORD_BYTES >= sizeof key, "a folded word has room behind");
    memcpy(&key, word->folded, sizeof key);
    memcpy(&mask, masks + sizeof key - word->length, sizeof mask);
    for (int i = 0; i < 3; i++)
        key.parts[i] &= mask.parts[i];
    ((unsigned char *)key.parts)[CACHED_BYTES] = (unsigned char)word->length;
    return key;
}

static bool same_key(const struct word_key *one, const struct word_key *other)
{
    return !((one->parts[0] ^ other->parts[0]) |
             (one->parts[1] ^ other->parts[1]) |
             (one->parts[2] ^ other->parts[2]));
}

static uint32_t slot_of(const struct word_key *key)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = key->parts[0] * odd;

    hash = (hash ^ hash >> 32 ^ key->parts[1]) * odd;
    hash = (hash ^ hash >> 32 ^ key->parts[2]) * odd;
    return (uint32_t)(hash >> 32) % CACHE_SLOTS;
}

bool lexicon_find(struct lexicon *lexicon, const struct word *word,
                  uint32_t *number, struct error *err)
{
    struct word_key key;
    struct cached_word *slot;

    if (word->length > CACHED_BYTES)
        return find_uncached(lexicon, word, number, err);
    if (lexicon->cached == CACHE_LIMIT) {
        memset(lexicon->cache, 0, CACHE_SLOTS * sizeof *lexicon->cache);
        lexicon->cached = 0;
    }
    key = key_of(word);
    for (uint32_t i = slot_of(&key);; i = (i + 1) % CACHE_SLOTS) {
        static const struct word_key free_slot;
        slot = &lexicon->cache[i];
        if (same_key(&slot->key, &key))
            break;
        if (!same_key(&slot->key, &free_slot))
            continue;
        if (!find_uncached(lexicon, word, &slot->number, err))
            return false;
        slot->key = key;
        lexicon->cached++;
        break;
    }
    *number = slot->number;
    return true;
}
