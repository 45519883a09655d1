/* Hashes of words and of runs of words. */
#include "src/quality/word_hash.h"

#include <ctype.h>
#include <string.h>

uint64_t hash_span(const char *bytes, size_t length)
{
    uint64_t hash = HASH_START;

    for (size_t i = 0; i < length; i++)
        hash = hash_byte(hash, bytes[i]);
    return hash_mix(hash);
}

uint64_t hash_caseless(const char *text, size_t length)
{
    uint64_t hash = HASH_START;

    for (size_t i = 0; i < length; i++)
        hash = hash_byte(hash, tolower((unsigned char)text[i]));
    return hash_mix(hash);
}

uint64_t hash_text_words(const char *text)
{
    uint64_t hash = HASH_START;
    struct words words;
    struct word word;

    words_start(&words, text, strlen(text));
    while (words_next(&words, &word))
        hash = hash_pair(hash, hash_span(word.folded, word.length));
    return hash;
}

int hash_order(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one;
    uint64_t b = *(const uint64_t *)other;

    return a < b ? -1 : a > b;
}
