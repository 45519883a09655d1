/* Hashes of words and of runs of words. */
#include "src/quality/word_hash.h"

#include <ctype.h>
#include <string.h>

static const uint64_t fnv_start = UINT64_C(14695981039346656037);
static const uint64_t fnv_prime = UINT64_C(1099511628211);

uint64_t hash_span(const char *bytes, size_t length)
{
    uint64_t hash = fnv_start;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * fnv_prime;
    return hash_mix(hash);
}

uint64_t hash_caseless(const char *text, size_t length)
{
    uint64_t hash = fnv_start;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint64_t)tolower((unsigned char)text[i])) * fnv_prime;
    return hash_mix(hash);
}

uint64_t hash_text_words(const char *text)
{
    uint64_t hash = fnv_start;
    struct words words;
    struct word word;

    words_start(&words, text, strlen(text));
    while (words_next(&words, &word))
        hash = hash_pair(hash, hash_span(word.folded, word.length));
    return hash;
}
