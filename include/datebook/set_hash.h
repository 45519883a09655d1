/* A hash of a set, to which members are added and from which they are taken in
 * any order, each at the same cost however large the set is.
 *
 * This is LtHash with 1,024 lanes of 16 bits (Bellare and Micciancio, "A New
 * Paradigm for Collision-Free Hashing", 1997; the parameters of Lewi et al.,
 * "Securing Update Propagation with Homomorphic Hashing", 2019): the digest of
 * a member is stretched to a vector, here by ChaCha20 under the digest as its
 * key, and vectors are added lane by lane.  Two sets with one hash are as hard
 * to find as a short vector in a random lattice. */
#ifndef DATEBOOK_SET_HASH_H
#define DATEBOOK_SET_HASH_H

#include "datebook/hash.h"

#include <stdbool.h>

enum { SET_HASH_LANES = 1024, SET_HASH_SIZE = 2 * SET_HASH_LANES };

/* All zeros is the empty set.  In a file lanes stand least significant byte
 * first. */
struct set_hash {
    uint16_t lanes[SET_HASH_LANES];
};

void set_hash_add(struct set_hash *set, const unsigned char member[HASH_SIZE]);
void set_hash_take(struct set_hash *set, const unsigned char member[HASH_SIZE]);

/* The union of disjoint sets, and what is left without a subset. */
void set_hash_add_set(struct set_hash *set, const struct set_hash *other);
void set_hash_take_set(struct set_hash *set, const struct set_hash *other);

bool set_hash_is_empty(const struct set_hash *set);

void set_hash_write(const struct set_hash *set,
                    unsigned char bytes[SET_HASH_SIZE]);
void set_hash_read(struct set_hash *set,
                   const unsigned char bytes[SET_HASH_SIZE]);

/* A short digest of the whole set. */
void set_hash_digest(const struct set_hash *set,
                     unsigned char digest[HASH_SIZE]);

#endif
