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

/* Letters and digits of base64, and the two that its variants differ in. */
#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* `length` characters of base64, a multiple of four, from keyed bytes. */
static void keyed(const struct ident *ident, const void *what, size_t size,
                  const char *alphabet, size_t length, char *text)
{
    unsigned char bytes[63];
    const unsigned char *at = bytes;

    crypto_generichash(bytes, sizeof bytes, what, size, ident->key,
                       sizeof ident->key);
    for (const char *end = text + length; text < end; text += 4, at += 3) {
        text[0] = alphabet[at[0] >> 2];
        text[1] = alphabet[(at[0] << 4 | at[1] >> 4) & 63];
        text[2] = alphabet[(at[1] << 2 | at[2] >> 6) & 63];
        text[3] = alphabet[at[2] & 63];
    }
}

void ident_make(const struct ident *ident, const char *what, uint64_t batch,
                uint64_t ordinal, size_t length, char *text)
{
    unsigned char input[256];
    size_t used = 0;

    for (int i = 0; i < 8; i++) {
        input[used++] = (unsigned char)(batch >> (8 * i));
        input[used++] = (unsigned char)(ordinal >> (8 * i));
    }
    for (; *what && used < sizeof input; what++)
        input[used++] = (unsigned char)*what;
    memcpy(text, HEAD, sizeof HEAD - 1);
    keyed(ident, input, used, BASE64 "-_", length - (sizeof HEAD - 1),
          text + sizeof HEAD - 1);
    text[length] = '\0';
}

void ident_etag(const struct ident *ident, const char *id, char text[ETAG_SIZE])
{
    memcpy(text, "W/\"", 3);
    keyed(ident, id, strlen(id), BASE64 "+/", 32, text + 3);
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
