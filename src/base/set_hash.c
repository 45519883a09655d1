/* LtHash: see the header.  Lanes are added modulo 2^16, so that taking a member
 * undoes adding it. */
#include "datebook/set_hash.h"

#include <string.h>

static void stretch(const unsigned char member[HASH_SIZE],
                    struct set_hash *vector)
{
    static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
    unsigned char *bytes = (unsigned char *)vector->lanes;

    _Static_assert(HASH_SIZE == crypto_stream_chacha20_KEYBYTES,
                   "a digest is a key");
    crypto_stream_chacha20(bytes, SET_HASH_SIZE, nonce, member);
    set_hash_read(vector, bytes);
}

void set_hash_add_set(struct set_hash *set, const struct set_hash *other)
{
    for (int i = 0; i < SET_HASH_LANES; i++)
        set->lanes[i] = (uint16_t)(set->lanes[i] + other->lanes[i]);
}

void set_hash_take_set(struct set_hash *set, const struct set_hash *other)
{
    for (int i = 0; i < SET_HASH_LANES; i++)
        set->lanes[i] = (uint16_t)(set->lanes[i] - other->lanes[i]);
}

void set_hash_add(struct set_hash *set, const unsigned char member[HASH_SIZE])
{
    struct set_hash vector;

    stretch(member, &vector);
    set_hash_add_set(set, &vector);
}

void set_hash_take(struct set_hash *set, const unsigned char member[HASH_SIZE])
{
    struct set_hash vector;

    stretch(member, &vector);
    set_hash_take_set(set, &vector);
}

bool set_hash_is_empty(const struct set_hash *set)
{
    static const struct set_hash empty;

    return !memcmp(set, &empty, sizeof empty);
}

void set_hash_write(const struct set_hash *set,
                    unsigned char bytes[SET_HASH_SIZE])
{
    for (int i = 0; i < SET_HASH_LANES; i++) {
        bytes[2 * i] = (unsigned char)set->lanes[i];
        bytes[2 * i + 1] = (unsigned char)(set->lanes[i] >> 8);
    }
}

/* Lane by lane, so that the bytes may be those of the set itself. */
void set_hash_read(struct set_hash *set,
                   const unsigned char bytes[SET_HASH_SIZE])
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memmove(set->lanes, bytes, SET_HASH_SIZE);
#else
    for (int i = 0; i < SET_HASH_LANES; i++)
        set->lanes[i] = (uint16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8);
#endif
}

void set_hash_digest(const struct set_hash *set,
                     unsigned char digest[HASH_SIZE])
{
    unsigned char bytes[SET_HASH_SIZE];
    struct hash hash;

    set_hash_write(set, bytes);
    hash_start(&hash);
    hash_raw(&hash, bytes, sizeof bytes);
    hash_end(&hash, digest);
}
