/* Key files: made once and never replaced, a secret one for its owner alone.
 * Secrets are read into buffers that are wiped, never into an arena. */
#include "datebook/signature.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_TEXT_LIMIT = 16 * 1024, OPEN_TO_OTHERS = S_IRWXG | S_IRWXO };

static bool error_errno(struct error *err, const char *what, const char *path)
{
    return error_set(err, ERROR_INPUT, "cannot %s %s: %s", what, path,
                     strerror(errno));
}

/* ---- Writing ---- */

static bool write_all(int fd, const char *text, size_t length)
{
    while (length) {
        ssize_t wrote = write(fd, text, length);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        text += wrote;
        length -= (size_t)wrote;
    }
    return true;
}

static bool create(const char *path, mode_t mode, const char *text,
                   struct error *err)
{
    /* O_EXCL takes no link for a file, wherever it leads. */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool ok;

    if (fd < 0 && errno == EEXIST)
        return error_set(err, ERROR_INPUT, "%s exists already", path);
    if (fd < 0)
        return error_errno(err, "make", path);
    ok = write_all(fd, text, strlen(text)) &&
         (!fsync(fd) || errno == EINVAL || errno == ENOTSUP);
    if (!ok)
        error_errno(err, "write", path);
    if (close(fd) && ok)
        ok = error_errno(err, "write", path);
    if (!ok)
        unlink(path);
    return ok;
}

bool secret_key_write(const char *path, const struct sealed_key *sealed,
                      struct error *err)
{
    char text[SEALED_KEY_TEXT_SIZE];
    bool ok;

    sealed_key_text(sealed, text);
    ok = create(path, S_IRUSR | S_IWUSR, text, err);
    sodium_memzero(text, sizeof text);
    return ok;
}

bool public_key_write(const char *path, const struct public_key *key,
                      struct error *err)
{
    struct buf text = BUF_EMPTY;
    bool ok;

    public_key_text(key, &text);
    ok = buf_ok(&text, err) &&
         create(path, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH, text.data, err);
    buf_free(&text);
    return ok;
}

/* ---- Reading ---- */

/* Opens without waiting for the other end of a pipe. */
static int open_key(const char *path, struct stat *info, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd >= 0 && !fstat(fd, info) && S_ISREG(info->st_mode))
        return fd;
    if (fd < 0)
        error_errno(err, "read", path);
    else
        error_set(err, ERROR_INPUT, "%s is not a file", path);
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Reads up to `size` bytes. */
static bool read_some(int fd, const char *path, char *text, size_t size,
                      size_t *length, struct error *err)
{
    *length = 0;
    while (*length < size) {
        ssize_t got = read(fd, text + *length, size - *length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, "read", path);
        if (!got)
            break;
        *length += (size_t)got;
    }
    return true;
}

static bool read_key(int fd, const char *path, char text[KEY_TEXT_LIMIT],
                     size_t *length, struct error *err)
{
    bool ok = read_some(fd, path, text, KEY_TEXT_LIMIT, length, err);

    close(fd);
    if (ok && *length == KEY_TEXT_LIMIT)
        ok = error_set(err, ERROR_INPUT, "%s is too long for a key", path);
    return ok;
}

bool public_key_read(const char *path, struct public_key *key,
                     struct error *err)
{
    char text[KEY_TEXT_LIMIT];
    struct stat info;
    size_t length;
    int fd = open_key(path, &info, err);

    return fd >= 0 && read_key(fd, path, text, &length, err) &&
           public_key_parse(text, length, path, key, err);
}

/* A key that others can read, or that somebody else put there, is none. */
static bool check_owner(const char *path, const struct stat *info,
                        struct error *err)
{
    if (info->st_uid != geteuid()) {
        error_set(err, ERROR_INPUT, "the secret key %s belongs to another user",
                  path);
        return error_hint(err, "a secret key must be yours alone: "
                               "`chown` it, or make one of your own");
    }
    if (!(info->st_mode & OPEN_TO_OTHERS))
        return true;
    error_set(err, ERROR_INPUT,
              "others may read or change the secret key %s (mode %03o)", path,
              (unsigned)(info->st_mode & 0777));
    return error_hint(err, "chmod 600 %s", path);
}

bool secret_key_read(const char *path, struct sealed_key *sealed,
                     struct error *err)
{
    char text[KEY_TEXT_LIMIT];
    struct stat info;
    size_t length;
    int fd = open_key(path, &info, err);
    bool ok;

    if (fd < 0)
        return false;
    if (!check_owner(path, &info, err)) {
        close(fd);
        return false;
    }
    ok = read_key(fd, path, text, &length, err) &&
         sealed_key_parse(text, length, path, sealed, err);
    sodium_memzero(text, sizeof text);
    return ok;
}

static bool take_line(const char *path, char pass_phrase[PASS_PHRASE_SIZE],
                      size_t length, struct error *err)
{
    char *end = memchr(pass_phrase, '\n', length);

    if (!end && length == PASS_PHRASE_SIZE)
        return error_set(err, ERROR_INPUT,
                         "the pass phrase in %s is longer than %d bytes", path,
                         PASS_PHRASE_SIZE - 1);
    if (!end)
        end = pass_phrase + length;
    if (end > pass_phrase && end[-1] == '\r')
        end--;
    *end = '\0';
    if (strlen(pass_phrase) != (size_t)(end - pass_phrase))
        return error_set(err, ERROR_INPUT,
                         "the pass phrase in %s has a NUL in it", path);
    return *pass_phrase || error_set(err, ERROR_INPUT,
                                     "there is no pass phrase in the first "
                                     "line of %s",
                                     path);
}

static bool read_pass_phrase(int fd, const char *path,
                             char pass_phrase[PASS_PHRASE_SIZE], bool *exposed,
                             struct error *err)
{
    struct stat info;
    size_t length;

    if (fstat(fd, &info))
        return error_errno(err, "read", path);
    *exposed = S_ISREG(info.st_mode) && (info.st_mode & OPEN_TO_OTHERS);
    return read_some(fd, path, pass_phrase, PASS_PHRASE_SIZE, &length, err) &&
           take_line(path, pass_phrase, length, err);
}

bool pass_phrase_read(const char *path, char pass_phrase[PASS_PHRASE_SIZE],
                      bool *exposed, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok;

    if (fd < 0)
        return error_errno(err, "read", path);
    ok = read_pass_phrase(fd, path, pass_phrase, exposed, err);
    close(fd);
    if (!ok)
        sodium_memzero(pass_phrase, PASS_PHRASE_SIZE);
    return ok;
}
