/* Repeatable random numbers: a ChaCha20 stream whose key is the BLAKE2b hash
 * of a seed and of names ("who", "what for"), so that two purposes never share
 * a stream and the order in which personas are processed changes nothing.
 * The same on every machine. */
#ifndef DATEBOOK_RANDOM_H
#define DATEBOOK_RANDOM_H

#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random {
    unsigned char key[crypto_stream_chacha20_ietf_KEYBYTES];
    uint32_t block; /* blocks of the stream used so far */
    unsigned char bytes[512];
    size_t used; /* bytes of the buffer used so far */
};

/* Starts the stream named by the seed and the texts up to a NULL. */
void random_start(struct random *random, uint64_t seed, ...)
    __attribute__((sentinel));

uint32_t random_u32(struct random *random);

/* Even over 0 … limit-1, without modulo bias; 0 for limit 0. */
uint32_t random_below(struct random *random, uint32_t limit);

/* Even over low … high, both included. */
int random_between(struct random *random, int low, int high);

/* True with a chance of `percent` in a hundred. */
bool random_chance(struct random *random, int percent);

/* An index drawn with the given weights; 0 when all of them are 0. */
size_t random_weighted(struct random *random, const uint32_t *weights,
                       size_t count);

#endif
