/* Keys in memory that is locked, guarded, left out of core files, and wiped
 * when it is freed: libsodium's. */
#include "datebook/endpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST_KEY = 4096,
    WHOLE_WORD_BELOW = 8, /* a shorter key is replaced as a word only … */
    LEAST_KEY = 4,        /* … or not at all */
    ENCODED_SIZE =
        sodium_base64_ENCODED_LEN(MOST_KEY, sodium_base64_VARIANT_ORIGINAL)
};

struct secret {
    size_t length;
    char text[MOST_KEY + 1];
    /* Base64 without padding, with + and / and with - and _. */
    char encoded[2][ENCODED_SIZE];
};

/* ---- Making ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Cuts white space off both ends. */
static const char *trim(const char *text, size_t *length)
{
    while (*length && is_space(text[*length - 1]))
        --*length;
    while (*length && is_space(*text)) {
        text++;
        --*length;
    }
    return text;
}

static bool check_key(const char *text, size_t length, struct error *err)
{
    if (!length) {
        error_set(err, ERROR_INPUT, "the key is empty");
        return error_hint(err, "a server that wants no key is asked without: "
                               "leave the key out");
    }
    if (length > MOST_KEY)
        return error_set(err, ERROR_INPUT, "the key is longer than %d bytes",
                         MOST_KEY);
    for (size_t i = 0; i < length; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return error_set(
                err, ERROR_INPUT, "the key holds %s, which no key does",
                is_space(text[i]) ? "white space"
                                  : "a character that is not plain ASCII");
    return true;
}

static struct secret *make(const char *text, size_t length, struct error *err)
{
    struct secret *secret;

    text = trim(text, &length);
    if (!check_key(text, length, err))
        return NULL;
    if (sodium_init() < 0 || !(secret = sodium_malloc(sizeof *secret))) {
        error_memory(err);
        return NULL;
    }
    memset(secret, 0, sizeof *secret);
    memcpy(secret->text, text, length);
    secret->length = length;
    sodium_bin2base64(secret->encoded[0], ENCODED_SIZE,
                      (const unsigned char *)text, length,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(secret->encoded[1], ENCODED_SIZE,
                      (const unsigned char *)text, length,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_mprotect_readonly(secret);
    return secret;
}

struct secret *secret_new(const char *text, struct error *err)
{
    return make(text, strlen(text), err);
}

void secret_free(struct secret *secret)
{
    sodium_free(secret);
}

const char *secret_text(const struct secret *secret)
{
    return secret->text;
}

/* ---- Reading ---- */

static bool error_errno(const char *path, struct error *err)
{
    return error_set(err, ERROR_INPUT, "cannot read the key file %s: %s", path,
                     strerror(errno));
}

/* A pipe is fine: a key manager may write to it. */
static int open_file(const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat info;

    if (fd < 0 || fstat(fd, &info)) {
        error_errno(path, err);
    } else if (S_ISREG(info.st_mode) || S_ISFIFO(info.st_mode)) {
        return fd;
    } else {
        error_set(err, ERROR_INPUT, "the key file %s is %s", path,
                  S_ISDIR(info.st_mode) ? "a folder" : "not a file");
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Reads up to `size` bytes, to see that there are no more. */
static bool read_some(int fd, const char *path, char *text, size_t size,
                      size_t *length, struct error *err)
{
    *length = 0;
    while (*length < size) {
        ssize_t got = read(fd, text + *length, size - *length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(path, err);
        if (!got)
            break;
        *length += (size_t)got;
    }
    return true;
}

static struct secret *take_line(const char *path, const char *text,
                                size_t length, struct error *err)
{
    const char *end = memchr(text, '\n', length);
    size_t line = end ? (size_t)(end - text) : length;
    size_t rest = length - line;
    struct secret *secret;

    if (length > MOST_KEY) {
        error_set(err, ERROR_INPUT, "the key file %s is longer than %d bytes",
                  path, MOST_KEY);
        return NULL;
    }
    trim(text + line, &rest);
    if (rest) {
        error_set(err, ERROR_INPUT, "the key file %s holds more than one line",
                  path);
        error_hint(err, "put the key alone into the file");
        return NULL;
    }
    secret = make(text, line, err);
    if (!secret)
        error_context(err, "%s", path);
    return secret;
}

struct secret *secret_read(const char *path, struct error *err)
{
    struct secret *secret = NULL;
    char *text;
    size_t length;
    int fd;

    if (sodium_init() < 0 || !(text = sodium_malloc(MOST_KEY + 1))) {
        error_memory(err);
        return NULL;
    }
    fd = open_file(path, err);
    if (fd >= 0) {
        if (read_some(fd, path, text, MOST_KEY + 1, &length, err))
            secret = take_line(path, text, length, err);
        close(fd);
    }
    sodium_free(text);
    return secret;
}

/* ---- Scrubbing ---- */

static bool in_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

static void scrub(char *text, size_t length, const char *key, size_t size,
                  bool whole_word)
{
    char *end = text + length;

    for (char *at = text; (at = memmem(at, (size_t)(end - at), key, size));) {
        bool is_part = (at > text && in_word(at[-1])) ||
                       (at + size < end && in_word(at[size]));
        if (whole_word && is_part) {
            at++;
            continue;
        }
        memset(at, '*', size);
        at += size;
    }
}

/* What people give a server that wants no key is in many replies. */
static bool is_placeholder(const char *key)
{
    static const char *const words[] = {"none",   "null",   "empty", "dummy",
                                        "test",   "local",  "true",  "false",
                                        "no-key", "ollama", "token"};

    if (strlen(key) < LEAST_KEY || strspn(key, "0123456789") == strlen(key))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcasecmp(key, words[i]))
            return true;
    return false;
}

void secret_scrub(const struct secret *secret, char *text, size_t length)
{
    bool whole_word;

    if (!secret || !length)
        return;
    whole_word = secret->length < WHOLE_WORD_BELOW;
    if (whole_word && is_placeholder(secret->text))
        return;
    scrub(text, length, secret->text, secret->length, whole_word);
    for (int i = 0; i < 2; i++)
        scrub(text, length, secret->encoded[i], strlen(secret->encoded[i]),
              whole_word);
}
