/* minisign's formats: lines of base64 under lines of comment. */
#include "datebook/signature.h"

#include <stdio.h>
#include <string.h>

enum {
    PUBLIC_SIZE = 2 + KEY_ID_SIZE + crypto_sign_PUBLICKEYBYTES,
    SIGNATURE_SIZE = 2 + KEY_ID_SIZE + crypto_sign_BYTES,
    DIGEST_SIZE = 64,
    COMMENT_LIMIT = 8192
};

/* Where the parts of a sealed key start. */
enum {
    SEALED_ALGORITHM = 0,
    SEALED_KDF = 2,
    SEALED_CHECKSUM_KIND = 4,
    SEALED_SALT = 6,
    SEALED_OPERATIONS = SEALED_SALT + 32,
    SEALED_MEMORY = SEALED_OPERATIONS + 8,
    SEALED_ID = SEALED_MEMORY + 8,
    SEALED_KEY = SEALED_ID + KEY_ID_SIZE,
    SEALED_CHECKSUM = SEALED_KEY + crypto_sign_SECRETKEYBYTES,
    CHECKSUM_SIZE = SEALED_KEY_SIZE - SEALED_CHECKSUM,
    SECRET_SIZE = SEALED_KEY_SIZE - SEALED_ID
};

static const char untrusted[] = "untrusted comment: ";
static const char trusted[] = "trusted comment: ";

static const unsigned char zeros[SEALED_KEY_SIZE];

/* ---- Lines ---- */

/* What is left of a text. */
struct lines {
    const char *at;
    const char *end;
};

/* Takes one line, without its end; false when there is none. */
static bool next_line(struct lines *lines, const char **line, size_t *length)
{
    const char *stop;

    if (lines->at == lines->end)
        return false;
    stop = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
    *line = lines->at;
    *length = (size_t)((stop ? stop : lines->end) - lines->at);
    lines->at = stop ? stop + 1 : lines->end;
    if (*length && (*line)[*length - 1] == '\r')
        --*length;
    return true;
}

/* Takes a line that starts with `prefix` and leaves what comes after it. */
static bool next_comment(struct lines *lines, const char *prefix,
                         const char **comment, size_t *length)
{
    size_t skip = strlen(prefix);

    if (!next_line(lines, comment, length) || *length < skip ||
        memcmp(*comment, prefix, skip) != 0)
        return false;
    *comment += skip;
    *length -= skip;
    return *length <= COMMENT_LIMIT && !memchr(*comment, '\0', *length);
}

/* libsodium takes some bytes past ASCII for characters of base64. */
static bool is_ascii(const char *text, size_t length)
{
    unsigned char bits = 0;

    for (size_t i = 0; i < length; i++)
        bits |= (unsigned char)text[i];
    return bits < 0x80;
}

/* Takes a line of base64 that gives exactly `size` bytes. */
static bool next_bytes(struct lines *lines, unsigned char *bytes, size_t size)
{
    const char *line;
    const char *stop;
    size_t length;
    size_t got;

    return next_line(lines, &line, &length) && is_ascii(line, length) &&
           !sodium_base642bin(bytes, size, line, length, NULL, &got, &stop,
                              sodium_base64_VARIANT_ORIGINAL) &&
           got == size && stop == line + length;
}

static void put_base64(struct buf *text, const unsigned char *bytes,
                       size_t size)
{
    char line[SEALED_KEY_TEXT_SIZE];

    sodium_bin2base64(line, sizeof line, bytes, size,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_text(text, line);
    buf_char(text, '\n');
}

/* ---- Keys ---- */

void key_make(struct secret_key *key)
{
    unsigned char point[crypto_sign_PUBLICKEYBYTES];

    randombytes_buf(key->id, sizeof key->id);
    crypto_sign_keypair(point, key->bytes);
}

void key_wipe(struct secret_key *key)
{
    sodium_memzero(key, sizeof *key);
}

void key_public(const struct secret_key *key, struct public_key *public_half)
{
    memcpy(public_half->id, key->id, KEY_ID_SIZE);
    crypto_sign_ed25519_sk_to_pk(public_half->point, key->bytes);
}

/* The id is a number, least significant byte first. */
void key_id_text(const unsigned char id[KEY_ID_SIZE],
                 char text[KEY_ID_TEXT_SIZE])
{
    for (int i = 0; i < KEY_ID_SIZE; i++)
        snprintf(text + 2 * (size_t)i, 3, "%02X", id[KEY_ID_SIZE - 1 - i]);
}

void public_key_text(const struct public_key *key, struct buf *text)
{
    unsigned char bytes[PUBLIC_SIZE] = "Ed";
    char id[KEY_ID_TEXT_SIZE];

    memcpy(bytes + 2, key->id, KEY_ID_SIZE);
    memcpy(bytes + 2 + KEY_ID_SIZE, key->point, sizeof key->point);
    key_id_text(key->id, id);
    buf_format(text, "%sdatebook public key %s\n", untrusted, id);
    put_base64(text, bytes, sizeof bytes);
}

bool public_key_parse(const char *text, size_t length, const char *source,
                      struct public_key *key, struct error *err)
{
    struct lines lines = {text, text + length};
    unsigned char bytes[PUBLIC_SIZE];
    const char *comment;
    size_t size;

    if (!next_comment(&lines, untrusted, &comment, &size) ||
        !next_bytes(&lines, bytes, sizeof bytes) || lines.at != lines.end ||
        memcmp(bytes, "Ed", 2) != 0)
        return error_set(err, ERROR_INPUT, "%s is no public key", source);
    memcpy(key->id, bytes + 2, KEY_ID_SIZE);
    memcpy(key->point, bytes + 2 + KEY_ID_SIZE, sizeof key->point);
    return true;
}

/* ---- Secret keys ---- */

static void put_number(unsigned char bytes[8], uint64_t value)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get_number(const unsigned char bytes[8])
{
    uint64_t value = 0;

    for (int i = 7; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

static void checksum(const unsigned char *bytes,
                     unsigned char digest[CHECKSUM_SIZE])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, CHECKSUM_SIZE);
    crypto_generichash_update(&state, bytes + SEALED_ALGORITHM, 2);
    crypto_generichash_update(&state, bytes + SEALED_ID,
                              SEALED_CHECKSUM - SEALED_ID);
    crypto_generichash_final(&state, digest, CHECKSUM_SIZE);
    sodium_memzero(&state, sizeof state);
}

/* Encrypts or decrypts the secret part of a sealed key. */
static bool cipher(unsigned char bytes[SEALED_KEY_SIZE],
                   const char *pass_phrase, struct error *err)
{
    unsigned char stream[SECRET_SIZE];

    if (crypto_pwhash_scryptsalsa208sha256(
            stream, sizeof stream, pass_phrase, strlen(pass_phrase),
            bytes + SEALED_SALT, get_number(bytes + SEALED_OPERATIONS),
            (size_t)get_number(bytes + SEALED_MEMORY)))
        return error_memory(err);
    for (int i = 0; i < SECRET_SIZE; i++)
        bytes[SEALED_ID + i] ^= stream[i];
    sodium_memzero(stream, sizeof stream);
    return true;
}

bool key_seal(const struct secret_key *key, const char *pass_phrase,
              const struct key_effort *effort, struct sealed_key *sealed,
              struct error *err)
{
    unsigned char *bytes = sealed->bytes;

    memset(sealed, 0, sizeof *sealed);
    memcpy(bytes + SEALED_ALGORITHM, "Ed", 2);
    memcpy(bytes + SEALED_CHECKSUM_KIND, "B2", 2);
    memcpy(bytes + SEALED_ID, key->id, KEY_ID_SIZE);
    memcpy(bytes + SEALED_KEY, key->bytes, sizeof key->bytes);
    checksum(bytes, bytes + SEALED_CHECKSUM);
    sealed->locked = pass_phrase != NULL;
    if (!pass_phrase)
        return true;
    memcpy(bytes + SEALED_KDF, "Sc", 2);
    randombytes_buf(bytes + SEALED_SALT, 32);
    put_number(bytes + SEALED_OPERATIONS, effort->operations);
    put_number(bytes + SEALED_MEMORY, effort->memory);
    if (cipher(bytes, pass_phrase, err))
        return true;
    sodium_memzero(sealed, sizeof *sealed);
    return false;
}

/* Whether an open key is what was written.  minisign leaves the checksum of a
 * key that was never locked at zero; the public half stands in for it. */
static bool is_sound(const unsigned char *bytes, bool locked)
{
    unsigned char digest[CHECKSUM_SIZE];
    unsigned char point[crypto_sign_PUBLICKEYBYTES];
    unsigned char again[crypto_sign_SECRETKEYBYTES];
    bool unsummed =
        !locked && !memcmp(bytes + SEALED_CHECKSUM, zeros, CHECKSUM_SIZE);
    bool sound;

    checksum(bytes, digest);
    crypto_sign_seed_keypair(point, again, bytes + SEALED_KEY);
    sound = (unsummed ||
             !sodium_memcmp(digest, bytes + SEALED_CHECKSUM, CHECKSUM_SIZE)) &&
            !sodium_memcmp(again, bytes + SEALED_KEY, sizeof again);
    sodium_memzero(again, sizeof again);
    return sound;
}

bool key_unseal(const struct sealed_key *sealed, const char *pass_phrase,
                const char *source, struct secret_key *key, struct error *err)
{
    unsigned char bytes[SEALED_KEY_SIZE];
    bool ok;

    memcpy(bytes, sealed->bytes, sizeof bytes);
    ok = !sealed->locked || cipher(bytes, pass_phrase, err);
    if (ok && !is_sound(bytes, sealed->locked))
        ok = error_set(err, ERROR_INPUT,
                       sealed->locked ? "the pass phrase of %s is wrong, or "
                                        "the key is damaged"
                                      : "the secret key %s is damaged",
                       source);
    if (ok) {
        memcpy(key->id, bytes + SEALED_ID, KEY_ID_SIZE);
        memcpy(key->bytes, bytes + SEALED_KEY, sizeof key->bytes);
    }
    sodium_memzero(bytes, sizeof bytes);
    return ok;
}

void sealed_key_text(const struct sealed_key *sealed,
                     char text[SEALED_KEY_TEXT_SIZE])
{
    size_t used = (size_t)snprintf(text, SEALED_KEY_TEXT_SIZE,
                                   "%sdatebook %ssecret key\n", untrusted,
                                   sealed->locked ? "encrypted " : "");

    sodium_bin2base64(text + used, SEALED_KEY_TEXT_SIZE - used, sealed->bytes,
                      SEALED_KEY_SIZE, sodium_base64_VARIANT_ORIGINAL);
    used += strlen(text + used);
    text[used] = '\n';
    text[used + 1] = '\0';
}

/* The limits come from the file: more than minisign's own would be a way to
 * take all memory. */
static bool limits_are_sane(const unsigned char *bytes)
{
    return get_number(bytes + SEALED_OPERATIONS) <=
               crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE &&
           get_number(bytes + SEALED_MEMORY) <=
               crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE;
}

bool sealed_key_parse(const char *text, size_t length, const char *source,
                      struct sealed_key *sealed, struct error *err)
{
    struct lines lines = {text, text + length};
    unsigned char *bytes = sealed->bytes;
    const char *comment;
    size_t size;
    bool plain;

    if (!next_comment(&lines, untrusted, &comment, &size) ||
        !next_bytes(&lines, bytes, SEALED_KEY_SIZE) || lines.at != lines.end ||
        memcmp(bytes + SEALED_ALGORITHM, "Ed", 2) != 0 ||
        memcmp(bytes + SEALED_CHECKSUM_KIND, "B2", 2) != 0)
        return error_set(err, ERROR_INPUT, "%s is no secret key", source);
    sealed->locked = !memcmp(bytes + SEALED_KDF, "Sc", 2);
    plain = !memcmp(bytes + SEALED_KDF, zeros, 2) &&
            !memcmp(bytes + SEALED_SALT, zeros, SEALED_ID - SEALED_SALT);
    if (!sealed->locked && !plain)
        return error_set(err, ERROR_INPUT,
                         "the secret key %s is locked in an unknown way",
                         source);
    if (limits_are_sane(bytes))
        return true;
    return error_set(err, ERROR_INPUT,
                     "the secret key %s asks for more memory or time than any "
                     "key does",
                     source);
}

/* ---- Signatures ---- */

static void sign(const struct secret_key *key, const void *message,
                 size_t length, unsigned char signature[crypto_sign_BYTES])
{
    crypto_sign_detached(signature, NULL, message, length, key->bytes);
}

void signature_make(const struct secret_key *key, const void *message,
                    size_t length, const char *comment, struct buf *text)
{
    unsigned char bytes[SIGNATURE_SIZE] = "ED";
    unsigned char *signature = bytes + 2 + KEY_ID_SIZE;
    unsigned char global[crypto_sign_BYTES];
    unsigned char digest[DIGEST_SIZE];
    struct buf both = BUF_EMPTY;

    memcpy(bytes + 2, key->id, KEY_ID_SIZE);
    crypto_generichash(digest, sizeof digest, message, length, NULL, 0);
    sign(key, digest, sizeof digest, signature);
    buf_add(&both, signature, crypto_sign_BYTES);
    buf_text(&both, comment);
    sign(key, both.data, both.length, global);
    text->failed = text->failed || both.failed;
    buf_format(text, "%ssignature from a datebook secret key\n", untrusted);
    put_base64(text, bytes, sizeof bytes);
    buf_format(text, "%s%s\n", trusted, comment);
    put_base64(text, global, sizeof global);
    buf_free(&both);
}

bool signature_parse(struct arena *arena, const char *text, size_t length,
                     const char *source, struct signature *signature,
                     struct error *err)
{
    struct lines lines = {text, text + length};
    unsigned char bytes[SIGNATURE_SIZE];
    const char *comment;
    size_t size;

    if (!next_comment(&lines, untrusted, &comment, &size) ||
        !next_bytes(&lines, bytes, sizeof bytes) ||
        !next_comment(&lines, trusted, &comment, &size) ||
        !next_bytes(&lines, signature->global, sizeof signature->global) ||
        lines.at != lines.end ||
        (memcmp(bytes, "ED", 2) != 0 && memcmp(bytes, "Ed", 2) != 0))
        return error_set(err, ERROR_INPUT, "%s is no signature", source);
    signature->prehashed = bytes[1] == 'D';
    memcpy(signature->key_id, bytes + 2, KEY_ID_SIZE);
    memcpy(signature->bytes, bytes + 2 + KEY_ID_SIZE, crypto_sign_BYTES);
    signature->comment = arena_bytes(arena, comment, size, err);
    return signature->comment != NULL;
}

static bool wrong_key(const struct signature *signature,
                      const struct public_key *key, const char *source,
                      struct error *err)
{
    char made[KEY_ID_TEXT_SIZE];
    char asked[KEY_ID_TEXT_SIZE];

    key_id_text(signature->key_id, made);
    key_id_text(key->id, asked);
    return error_set(err, ERROR_FOUND, "%s was made with the key %s, not %s",
                     source, made, asked);
}

/* Whether the message is what was signed. */
static bool covers(const struct signature *signature,
                   const struct public_key *key, const void *message,
                   size_t length)
{
    unsigned char digest[DIGEST_SIZE];

    if (!signature->prehashed)
        return !crypto_sign_verify_detached(signature->bytes, message, length,
                                            key->point);
    crypto_generichash(digest, sizeof digest, message, length, NULL, 0);
    return !crypto_sign_verify_detached(signature->bytes, digest, sizeof digest,
                                        key->point);
}

bool signature_check(const struct signature *signature,
                     const struct public_key *key, const void *message,
                     size_t length, const char *source, struct error *err)
{
    struct buf both = BUF_EMPTY;
    bool ok;

    if (memcmp(signature->key_id, key->id, KEY_ID_SIZE) != 0)
        return wrong_key(signature, key, source, err);
    if (!covers(signature, key, message, length))
        return error_set(err, ERROR_FOUND,
                         "%s does not fit what it signs: one of them was "
                         "changed",
                         source);
    buf_add(&both, signature->bytes, sizeof signature->bytes);
    buf_text(&both, signature->comment);
    ok = buf_ok(&both, err);
    if (ok && crypto_sign_verify_detached(signature->global,
                                          (const unsigned char *)both.data,
                                          both.length, key->point))
        ok = error_set(err, ERROR_FOUND,
                       "the trusted comment of %s was changed", source);
    buf_free(&both);
    return ok;
}
