/* Ids that look like those of Exchange: a fixed head, then a keyed hash, in
 * URL-safe base64.  The hash part has 192 bits or more, so that ids of
 * different seeds, personas and batches never meet. */
#include "parts.h"

#include <string.h>

/* The head that immutable ids of one mailbox have in common. */
static const char HEAD[] = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A";

void ident_start(struct ident *ident, uint64_t seed, const char *persona)
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, "meeting ids");
    hash_int(&hash, (int64_t)seed);
    hash_text(&hash, persona);
    hash_end(&hash, ident->key);
}

/* 64 keyed bytes, as base64. */
static void keyed(const struct ident *ident, const void *what, size_t length,
                  int variant, char text[96])
{
    unsigned char bytes[63];

    crypto_generichash(bytes, sizeof bytes, what, length, ident->key,
                       sizeof ident->key);
    sodium_bin2base64(text, 96, bytes, sizeof bytes, variant);
}

void ident_make(const struct ident *ident, const char *what, uint64_t batch,
                uint64_t ordinal, size_t length, char *text)
{
    unsigned char input[256];
    size_t used = 0;
    char hashed[96];

    for (int i = 0; i < 8; i++) {
        input[used++] = (unsigned char)(batch >> (8 * i));
        input[used++] = (unsigned char)(ordinal >> (8 * i));
    }
    for (; *what && used < sizeof input; what++)
        input[used++] = (unsigned char)*what;
    keyed(ident, input, used, sodium_base64_VARIANT_URLSAFE_NO_PADDING, hashed);
    memcpy(text, HEAD, sizeof HEAD - 1);
    memcpy(text + sizeof HEAD - 1, hashed, length - (sizeof HEAD - 1));
    text[length] = '\0';
}

void ident_etag(const struct ident *ident, const char *id, char text[ETAG_SIZE])
{
    char hashed[96];

    keyed(ident, id, strlen(id), sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
          hashed);
    memcpy(text, "W/\"", 3);
    memcpy(text + 3, hashed, 32);
    memcpy(text + 35, "\"", 2);
}

void ident_link(const char *id, char text[LINK_SIZE])
{
    static const char front[] = "https://outlook.office365.com/owa/?itemid=";
    static const char back[] = "&exvsurl=1&path=/calendar/item";
    char *at = text + sizeof front - 1;

    memcpy(text, front, sizeof front - 1);
    for (; *id; id++)
        if (*id == '-' || *id == '_') {
            memcpy(at, *id == '-' ? "%2F" : "%2B", 3);
            at += 3;
        } else {
            *at++ = *id;
        }
    memcpy(at, back, sizeof back);
}
