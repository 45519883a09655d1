/* ChaCha20 in blocks of 512 bytes: the stream of a seed never changes, for
 * datasets are reproduced from seeds years later. */
#include "datebook/random.h"

#include "datebook/hash.h"

#include <stdarg.h>
#include <string.h>

void random_start(struct random *random, uint64_t seed, ...)
{
    struct hash hash;
    va_list names;
    const char *name;

    hash_start(&hash);
    hash_int(&hash, (int64_t)seed);
    va_start(names, seed);
    while ((name = va_arg(names, const char *)))
        hash_text(&hash, name);
    va_end(names);
    hash_end(&hash, random->key);
    random->block = 0;
    random->used = sizeof random->bytes;
}

static void refill(struct random *random)
{
    static const unsigned char nonce[crypto_stream_chacha20_ietf_NONCEBYTES];
    enum { CHACHA_BLOCK = 64 };

    memset(random->bytes, 0, sizeof random->bytes);
    crypto_stream_chacha20_ietf_xor_ic(random->bytes, random->bytes,
                                       sizeof random->bytes, nonce,
                                       random->block, random->key);
    random->block += sizeof random->bytes / CHACHA_BLOCK;
    random->used = 0;
}

uint32_t random_u32(struct random *random)
{
    const unsigned char *at;

    if (random->used + 4 > sizeof random->bytes)
        refill(random);
    at = random->bytes + random->used;
    random->used += 4;
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

uint32_t random_below(struct random *random, uint32_t limit)
{
    uint32_t reject;
    uint32_t value;

    if (limit < 2)
        return 0;
    reject = (0 - limit) % limit;
    do
        value = random_u32(random);
    while (value < reject);
    return value % limit;
}

int random_between(struct random *random, int low, int high)
{
    /* Unsigned, for the difference of two ints may be larger than an int. */
    uint32_t span = (uint32_t)high - (uint32_t)low;
    uint32_t step;

    if (high <= low)
        return low;
    step =
        span < UINT32_MAX ? random_below(random, span + 1) : random_u32(random);
    return (int)((int64_t)low + step);
}

bool random_chance(struct random *random, int percent)
{
    return (int)random_below(random, 100) < percent;
}

size_t random_weighted(struct random *random, const uint32_t *weights,
                       size_t count)
{
    uint64_t total = 0;
    uint64_t at;

    for (size_t i = 0; i < count; i++)
        total += weights[i];
    if (total <= UINT32_MAX) {
        at = random_below(random, (uint32_t)total);
    } else {
        /* Of 2^64 values; the bias is out of reach of any dataset. */
        at = (uint64_t)random_u32(random) << 32;
        at = (at | random_u32(random)) % total;
    }
    for (size_t i = 0; i < count; i++) {
        if (at < weights[i])
            return i;
        at -= weights[i];
    }
    return 0;
}
