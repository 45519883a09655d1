/* Ed25519 keys and detached signatures in the file formats of minisign, so
 * that anybody can check ours with that tool, and we those that it makes.
 * https://jedisct1.github.io/minisign/ describes the formats;
 * docs/signatures.md says what we sign.
 *
 * A signature covers the BLAKE2b-512 of a message, and a second one covers the
 * first with the trusted comment.  The untrusted comment, which is the first
 * line of each of the files, is covered by nothing.  Making a signature draws
 * no random numbers: the same key and message give the same bytes. */
#ifndef DATEBOOK_SIGNATURE_H
#define DATEBOOK_SIGNATURE_H

#include "datebook/arena.h"
#include "datebook/buf.h"

#include <sodium.h>
#include <stdint.h>

enum {
    KEY_ID_SIZE = 8,
    KEY_ID_TEXT_SIZE = 2 * KEY_ID_SIZE + 1,
    SEALED_KEY_SIZE = 158,
    SEALED_KEY_TEXT_SIZE = 320, /* room for the text of one */
    PASS_PHRASE_SIZE = 1024     /* with its NUL */
};

struct public_key {
    unsigned char id[KEY_ID_SIZE];
    unsigned char point[crypto_sign_PUBLICKEYBYTES];
};

/* To be wiped with key_wipe by whoever has one. */
struct secret_key {
    unsigned char id[KEY_ID_SIZE];
    unsigned char bytes[crypto_sign_SECRETKEYBYTES];
};

/* ---- Keys ---- */

/* A new key with a random id. */
void key_make(struct secret_key *key);
void key_wipe(struct secret_key *key);
void key_public(const struct secret_key *key, struct public_key *public_half);

/* An id as minisign prints it: 16 hexadecimal digits. */
void key_id_text(const unsigned char id[KEY_ID_SIZE],
                 char text[KEY_ID_TEXT_SIZE]);

void public_key_text(const struct public_key *key, struct buf *text);

/* ERROR_INPUT, naming `source`, for anything else than one public key. */
bool public_key_parse(const char *text, size_t length, const char *source,
                      struct public_key *key, struct error *err) CHECKED;

/* A secret key as its file has it: encrypted when it is locked. */
struct sealed_key {
    bool locked;
    unsigned char bytes[SEALED_KEY_SIZE];
};

/* What scrypt may use, in its own units of work and in bytes. */
struct key_effort {
    uint64_t operations;
    uint64_t memory;
};

/* 32 MiB, and a good half of a second on a small machine. */
#define KEY_EFFORT                                                             \
    {                                                                          \
        UINT64_C(1) << 23, UINT64_C(1) << 25                                   \
    }

/* Locks a key with a pass phrase; NULL leaves it readable. */
bool key_seal(const struct secret_key *key, const char *pass_phrase,
              const struct key_effort *effort, struct sealed_key *sealed,
              struct error *err) CHECKED;

/* The pass phrase is not looked at when the key is not locked.  ERROR_INPUT
 * for a wrong one or a damaged key, which cannot be told apart. */
bool key_unseal(const struct sealed_key *sealed, const char *pass_phrase,
                const char *source, struct secret_key *key,
                struct error *err) CHECKED;

void sealed_key_text(const struct sealed_key *sealed,
                     char text[SEALED_KEY_TEXT_SIZE]);
bool sealed_key_parse(const char *text, size_t length, const char *source,
                      struct sealed_key *sealed, struct error *err) CHECKED;

/* ---- Key files ---- */

/* Makes a file that is not there yet: of a secret key with mode 600, of a
 * public one with 644 less the umask.  ERROR_INPUT when something of that name
 * is there, be it a link to nothing. */
bool secret_key_write(const char *path, const struct sealed_key *sealed,
                      struct error *err) CHECKED;
bool public_key_write(const char *path, const struct public_key *key,
                      struct error *err) CHECKED;

/* A secret key is refused when its file is not ours or open to others. */
bool secret_key_read(const char *path, struct sealed_key *sealed,
                     struct error *err) CHECKED;
bool public_key_read(const char *path, struct public_key *key,
                     struct error *err) CHECKED;

/* The first line of a file; *exposed says whether others may read it. */
bool pass_phrase_read(const char *path, char pass_phrase[PASS_PHRASE_SIZE],
                      bool *exposed, struct error *err) CHECKED;

/* ---- Signatures ---- */

struct signature {
    bool prehashed; /* else of minisign's older kind, over the message itself */
    unsigned char key_id[KEY_ID_SIZE];
    unsigned char bytes[crypto_sign_BYTES];
    unsigned char global[crypto_sign_BYTES]; /* over bytes and comment */
    const char *comment;                     /* the trusted one */
};

/* Adds the text of a detached signature.  The trusted comment is one line. */
void signature_make(const struct secret_key *key, const void *message,
                    size_t length, const char *comment, struct buf *text);

/* ERROR_INPUT, naming `source`, for anything else than one signature. */
bool signature_parse(struct arena *arena, const char *text, size_t length,
                     const char *source, struct signature *signature,
                     struct error *err) CHECKED;

/* ERROR_FOUND when it was made by another key, or when the message, the
 * signature or its trusted comment was changed. */
bool signature_check(const struct signature *signature,
                     const struct public_key *key, const void *message,
                     size_t length, const char *source,
                     struct error *err) CHECKED;

#endif
