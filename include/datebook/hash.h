/* Content hashes: BLAKE2b-256 through libsodium.
 *
 * Fields are fed with their length before them, so that ("ab","c") and
 * ("a","bc") differ. */
#ifndef DATEBOOK_HASH_H
#define DATEBOOK_HASH_H

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 32, HASH_HEX_SIZE = 2 * HASH_SIZE + 1 };

/* Aligned to 64 bytes: keep it on the stack, an arena aligns to 16 only. */
struct hash {
    crypto_generichash_state state;
};

void hash_start(struct hash *hash);
void hash_raw(struct hash *hash, const void *bytes, size_t length);
void hash_bytes(struct hash *hash, const void *bytes, size_t length);
void hash_text(struct hash *hash, const char *text); /* NULL differs from "" */
void hash_int(struct hash *hash, int64_t value);
void hash_end(struct hash *hash, unsigned char digest[HASH_SIZE]);

/* Lower-case hexadecimal of a whole digest. */
void hash_hex(const unsigned char digest[HASH_SIZE], char hex[HASH_HEX_SIZE]);

#endif
