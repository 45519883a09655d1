/* Where a model answers: an OpenAI-compatible service, or Azure OpenAI.
 *
 * A key comes from the environment or a file, never from an argument.  It lives
 * in memory that is locked and left out of core files, and leaves it only in
 * the header of a request to this endpoint. */
#ifndef DATEBOOK_ENDPOINT_H
#define DATEBOOK_ENDPOINT_H

#include "datebook/arena.h"
#include "datebook/buf.h"
#include "datebook/hash.h"

enum provider { PROVIDER_OPENAI, PROVIDER_AZURE };

/* ---- Keys ---- */

struct secret;

/* A copy of a text without the white space around it; ERROR_INPUT for one that
 * is empty, longer than 4 KB, or holds anything but printable ASCII without
 * spaces.  No message ever quotes it. */
struct secret *secret_new(const char *text, struct error *err) CHECKED;
/* The first line of a file or pipe, which must be all there is in it: at most
 * 4 KB.  A file that others may read is taken, for keys are often mounted that
 * way; whose it is stays the caller's affair. */
struct secret *secret_read(const char *path, struct error *err) CHECKED;
void secret_free(struct secret *secret); /* NULL is fine */
const char *secret_text(const struct secret *secret);
/* Replaces the key by asterisks wherever it stands in `length` bytes, as it is
 * and as base64; NULL leaves the text alone.  A key of fewer than eight
 * characters is replaced only where it is a whole word, and not at all when it
 * has fewer than four, only digits, or is one of the words that servers without
 * keys are given ("none", "EMPTY"): no secret, but part of many replies. */
void secret_scrub(const struct secret *secret, char *text, size_t length);

/* ---- Endpoints ---- */

struct endpoint_options {
    enum provider provider;
    const char *base_url; /* NULL: OPENAI_BASE_URL or https://api.openai.com/v1;
                             AZURE_OPENAI_ENDPOINT for Azure, which has no
                             other default */
    const char *model;    /* the deployment, for Azure.  NULL: OPENAI_MODEL,
                             AZURE_OPENAI_DEPLOYMENT */
    const char *api_version; /* Azure only.  NULL: OPENAI_API_VERSION; with a
                                dated one Azure's older form of URL, without
                                it, or with "v1", "preview" or "latest", the v1
                                form */
    const char *key_file;    /* NULL: OPENAI_API_KEY, AZURE_OPENAI_API_KEY */
    const char *ca_file;     /* NULL: the system's */
    /* The environment, as getenv; a variable that is empty is none. */
    const char *(*variable)(const char *name);
};

enum { ENDPOINT_ID_SIZE = HASH_SIZE };

struct endpoint {
    enum provider provider;
    const char *model;
    const char *base; /* without a final slash; may hold no user or password */
    const char *host; /* for messages: "api.openai.com", "localhost:8000" */
    const char *api_version; /* NULL: none */
    bool legacy;             /* Azure's URL names the deployment */
    bool plain;              /* http: */
    bool local;              /* a loopback address: no note about http */
    const char *ca_file;     /* NULL: the system's */
    struct secret *key;      /* NULL: none */
    /* Of provider and base URL: under which a file remembers what it was
     * taught, without naming anybody. */
    unsigned char id[ENDPOINT_ID_SIZE];
};

/* ERROR_USAGE for what is missing, ERROR_INPUT for a URL or key that cannot be
 * used; each with what to do.  No key is fine but for api.openai.com and Azure.
 * A base URL that was pasted with "/chat/completions" loses it; of an Azure one
 * deployment and api-version are taken where nothing else names them, before
 * the environment. */
bool endpoint_open(struct arena *arena, const struct endpoint_options *options,
                   struct endpoint *endpoint, struct error *err) CHECKED;
void endpoint_close(struct endpoint *endpoint); /* frees the key */

/* The URL of a resource such as "/chat/completions", "/files",
 * "/files/ID/content", "/batches": with the deployment where Azure's older form
 * wants it (chat only), and its api-version.  ERROR_INPUT for one that holds
 * anything but letters, digits, "-", "_", ".", "~" and single slashes: an ID is
 * what a server said. */
const char *endpoint_url(const struct endpoint *endpoint, struct arena *arena,
                         const char *resource, struct error *err) CHECKED;

/* What a batch line says in `url`: "/v1/chat/completions", or for Azure's older
 * form "/chat/completions". */
const char *endpoint_batch_url(const struct endpoint *endpoint);

/* "Authorization: Bearer KEY", or "api-key: KEY" for Azure, added to a buffer
 * that the caller wipes; nothing without a key.  The key is the last to be
 * added: a buffer that grows after it leaves a copy behind. */
void endpoint_auth_header(const struct endpoint *endpoint, struct buf *buf);

#endif
