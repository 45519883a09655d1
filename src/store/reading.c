/* Files that are read without locks, for want of the right to make any. */
#include "reading.h"

#include "datebook/clock.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool reading_may_write(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";

    if (slash && (size_t)(slash - path) < sizeof folder) {
        memcpy(folder, path, (size_t)(slash - path));
        folder[slash - path] = '\0';
    }
    return !access(path, W_OK) && !access(*folder ? folder : "/", W_OK);
}

/* A file with something in it. */
static bool is_there(const char *path, const char *suffix)
{
    char name[4096];
    struct stat info;
    int length = snprintf(name, sizeof name, "%s%s", path, suffix);

    return length > 0 && (size_t)length < sizeof name && !stat(name, &info) &&
           info.st_size > 0;
}

bool reading_has_journal(const char *path)
{
    return is_there(path, "-wal") || is_there(path, "-journal");
}

/* "file:" and the path, in which a few characters have meanings.  After two
 * slashes a URI names a machine, so one that starts with a slash names none
 * first. */
char *reading_uri(const char *path, struct error *err)
{
    struct buf uri = BUF_EMPTY;
    char *text = NULL;

    buf_text(&uri, *path == '/' ? "file://" : "file:");
    for (; *path; path++)
        buf_format(&uri, strchr("%?#", *path) ? "%%%02X" : "%c",
                   (unsigned char)*path);
    buf_text(&uri, "?immutable=1");
    if (buf_ok(&uri, err) && !(text = strdup(buf_string(&uri))))
        error_memory(err);
    buf_free(&uri);
    return text;
}

/* ---- Stamps ---- */

/* Whether a change now could leave the same time on the file: file systems
 * write down the time of the clock's last tick. */
static bool is_fresh(const struct stat *info)
{
    struct timespec tick = clock_of_files();

    return info->st_ctim.tv_sec > tick.tv_sec ||
           (info->st_ctim.tv_sec == tick.tv_sec &&
            info->st_ctim.tv_nsec >= tick.tv_nsec);
}

static struct store_stamp stamp_of(const struct stat *info)
{
    return (struct store_stamp){
        .taken = true,
        .device = info->st_dev,
        .inode = info->st_ino,
        .size = info->st_size,
        .modified = {info->st_mtim.tv_sec, info->st_mtim.tv_nsec},
        .changed = {info->st_ctim.tv_sec, info->st_ctim.tv_nsec},
    };
}

struct store_stamp reading_stamp(const char *path)
{
    enum {
        TRIES = 30
    }; /* a tick is ten milliseconds at most; a file from
          the future stays one */
    struct stat info;

    for (int i = 0; i < TRIES; i++) {
        if (stat(path, &info))
            return (struct store_stamp){.taken = false};
        if (!is_fresh(&info))
            break;
        clock_pause(1);
    }
    return stamp_of(&info);
}

static bool same(const struct store_stamp *one, const struct store_stamp *other)
{
    return one->device == other->device && one->inode == other->inode &&
           one->size == other->size && one->modified[0] == other->modified[0] &&
           one->modified[1] == other->modified[1] &&
           one->changed[0] == other->changed[0] &&
           one->changed[1] == other->changed[1];
}

struct store_stamp store_stamp(const struct store *store)
{
    return store->stamp;
}

bool store_stamp_check(const struct store_stamp *stamp, const char *path,
                       struct error *err)
{
    struct store_stamp now;
    struct stat info;

    if (!stamp->taken)
        return true;
    if (!stat(path, &info)) {
        now = stamp_of(&info);
        if (same(stamp, &now))
            return true;
    }
    error_set(err, ERROR_DATABASE, "%s changed while it was read", path);
    return error_hint(err, "what was read may be of two versions; try again");
}

bool store_finish_reading(struct store *store, struct error *err)
{
    return store_stamp_check(&store->stamp, store->path, err);
}
