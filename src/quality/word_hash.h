/* Hashes of words and of runs of words, for counting and comparing texts.
 * The same on every machine. */
#ifndef DATEBOOK_QUALITY_WORD_HASH_H
#define DATEBOOK_QUALITY_WORD_HASH_H

#include "datebook/words.h"

#include <stdint.h>

/* MurmurHash3's last step: every bit of the result depends on every bit. */
static inline uint64_t hash_mix(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ hash >> 33;
}

/* FNV-1a, byte by byte from HASH_START; mixed before its top bits are used. */
#define HASH_START UINT64_C(14695981039346656037)

static inline uint64_t hash_byte(uint64_t hash, int byte)
{
    return (hash ^ (unsigned char)byte) * UINT64_C(1099511628211);
}

/* A hash of two values in this order. */
static inline uint64_t hash_pair(uint64_t first, uint64_t second)
{
    return hash_mix(first * UINT64_C(0x9e3779b97f4a7c15) + second + 1);
}

/* Of bytes: FNV-1a, mixed. */
uint64_t hash_span(const char *bytes, size_t length);

/* Of a text without regard to ASCII case. */
uint64_t hash_caseless(const char *text, size_t length);

/* Of the words of a text, case-folded: punctuation and spaces do not count. */
uint64_t hash_text_words(const char *text);

/* For qsort and bsearch over hashes. */
int hash_order(const void *one, const void *other);

#endif
