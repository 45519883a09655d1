/* Hashing in a thread of its own, while the caller fills the next block.
 *
 * A hasher owns a few blocks of HASHER_BLOCK bytes.  The caller fills one,
 * hands it over, and gets an empty one, waiting for it when the thread is
 * behind: memory stays as it is however much is hashed.  The thread does
 * nothing but hash: it allocates nothing, opens nothing, cannot fail, and is
 * met by no signal. */
#ifndef DATEBOOK_BASE_HASHER_H
#define DATEBOOK_BASE_HASHER_H

#include "datebook/hash.h"

#include <stdbool.h>

enum { HASHER_BLOCK = 256 * 1024 };

struct hasher;

/* Goes on with a hash that was started; it belongs to the thread until
 * hasher_stop.  NULL when there is no memory or no thread to be had: then the
 * caller hashes by itself. */
struct hasher *hasher_start(struct hash *hash);

/* The block to fill now. */
char *hasher_block(struct hasher *hasher);

/* Hands over that block, whole. */
void hasher_pass(struct hasher *hasher);

/* Ends the thread and frees the blocks, the one being filled included.
 * `finish` waits until all that was handed over is in the hash; without it the
 * hash is worthless.  NULL is fine. */
void hasher_stop(struct hasher *hasher, bool finish);

#endif
