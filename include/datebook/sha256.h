/* SHA-256, through the processor's own instructions where it has them. */
#ifndef DATEBOOK_SHA256_H
#define DATEBOOK_SHA256_H

#include "datebook/error.h"

#include <stddef.h>

enum { SHA256_SIZE = 32, SHA256_HEX_SIZE = 2 * SHA256_SIZE + 1 };

struct sha256;

/* A hash of nothing so far, to be freed. */
struct sha256 *sha256_new(struct error *err) CHECKED;
void sha256_free(struct sha256 *hash); /* NULL is fine */

/* False when the library fails, which has no reason that could be told; needs
 * no struct error, for it is called by a thread. */
bool sha256_add(struct sha256 *hash, const void *bytes, size_t length) CHECKED;

/* The digest in lower-case hexadecimal; the hash can take no more. */
bool sha256_end(struct sha256 *hash, char hex[SHA256_HEX_SIZE]) CHECKED;

/* Of a text at once. */
bool sha256_hex(const void *bytes, size_t length, char hex[SHA256_HEX_SIZE],
                struct error *err) CHECKED;

#endif
