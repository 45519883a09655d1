/* BLAKE2b with length-prefixed fields; integers go in as eight bytes, least
 * significant first, so that a digest is the same on every machine. */
#include "datebook/hash.h"

#include <string.h>

void hash_start(struct hash *hash)
{
    crypto_generichash_init(&hash->state, NULL, 0, HASH_SIZE);
}

void hash_raw(struct hash *hash, const void *bytes, size_t length)
{
    crypto_generichash_update(&hash->state, bytes, length);
}

void hash_int(struct hash *hash, int64_t value)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> (8 * i));
    hash_raw(hash, bytes, sizeof bytes);
}

void hash_bytes(struct hash *hash, const void *bytes, size_t length)
{
    hash_int(hash, (int64_t)length);
    hash_raw(hash, bytes, length);
}

void hash_text(struct hash *hash, const char *text)
{
    if (text)
        hash_bytes(hash, text, strlen(text));
    else
        hash_int(hash, -1);
}

void hash_end(struct hash *hash, unsigned char digest[HASH_SIZE])
{
    crypto_generichash_final(&hash->state, digest, HASH_SIZE);
}

void hash_hex(const unsigned char digest[HASH_SIZE], char hex[HASH_HEX_SIZE])
{
    sodium_bin2hex(hex, HASH_HEX_SIZE, digest, HASH_SIZE);
}
