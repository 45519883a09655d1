/* SHA-256 by OpenSSL: libsodium's is five times slower where the processor
 * has instructions for it. */
#include "datebook/sha256.h"

#include <openssl/evp.h>
#include <sodium.h>

/* The context itself, under a name that keeps OpenSSL out of the header. */
static EVP_MD_CTX *context_of(struct sha256 *hash)
{
    return (EVP_MD_CTX *)(void *)hash;
}

struct sha256 *sha256_new(struct error *err)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    if (context && EVP_DigestInit_ex(context, EVP_sha256(), NULL))
        return (struct sha256 *)(void *)context;
    EVP_MD_CTX_free(context);
    error_memory(err);
    return NULL;
}

void sha256_free(struct sha256 *hash)
{
    EVP_MD_CTX_free(context_of(hash));
}

bool sha256_add(struct sha256 *hash, const void *bytes, size_t length)
{
    return EVP_DigestUpdate(context_of(hash), bytes, length) == 1;
}

bool sha256_end(struct sha256 *hash, char hex[SHA256_HEX_SIZE])
{
    unsigned char digest[SHA256_SIZE];
    unsigned size = 0;

    if (EVP_DigestFinal_ex(context_of(hash), digest, &size) != 1 ||
        size != SHA256_SIZE)
        return false;
    sodium_bin2hex(hex, SHA256_HEX_SIZE, digest, sizeof digest);
    return true;
}

bool sha256_hex(const void *bytes, size_t length, char hex[SHA256_HEX_SIZE],
                struct error *err)
{
    struct sha256 *hash = sha256_new(err);
    bool ok;

    if (!hash)
        return false;
    ok = sha256_add(hash, bytes, length) && sha256_end(hash, hex);
    sha256_free(hash);
    return ok || error_memory(err);
}
