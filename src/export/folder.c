/* A folder that appears as a whole.  It is written as NAME.XXXXXX.part beside
 * its own name, with a marker in it and a lock on it, and takes its name by one
 * rename: whatever dies at whatever moment, under the name there is what was
 * there, or the new folder.
 *
 * Nothing is synced.  An export can be made again from its version, and its
 * manifest has the sum of every file: power that fails soon after it may cost
 * files of it, and `verify --export` tells. */
#include "internal.h"

#include "datebook/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char marker_text[] =
    "An export that is being written.  datebook removes this folder when the "
    "export ends,\nor, if it was killed, before the next one to the same "
    "place.\n";

static bool tell(struct error *err, const char *what, const char *path)
{
    if (errno == ENOMEM)
        return error_memory(err);
    return error_set(err, ERROR_INPUT, "cannot %s %s: %s", what, path,
                     strerror(errno));
}

/* ---- Making ---- */

/* Where the folder really is: a link to one is followed, so that the link
 * stays. */
static bool resolve(struct folder *folder, struct error *err)
{
    char *real = realpath(folder->named, NULL);

    folder->target =
        arena_text(folder->arena, real ? real : folder->named, err);
    free(real);
    return folder->target;
}

/* Its parent is made, but for the folder itself. */
static bool make_parent(struct folder *folder, struct error *err)
{
    char *copy = arena_text(folder->arena, folder->target, err);

    return copy && file_make_folder(dirname(copy), err);
}

/* A name that nobody has yet; that it is drawn shows in no file. */
static bool make_temporary(struct folder *folder, struct error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

    for (int tries = 0; tries < 100; tries++) {
        char drawn[7] = "";
        for (int i = 0; i < 6; i++)
            drawn[i] = letters[randombytes_uniform(sizeof letters - 1)];
        folder->temporary = arena_format(folder->arena, err, "%s.%s.part",
                                         folder->target, drawn);
        if (!folder->temporary)
            return false;
        folder->made = !mkdir(folder->temporary, 0777);
        if (folder->made)
            return true;
        if (errno != EEXIST)
            break;
    }
    return tell(err, "make the folder", folder->named);
}

/* Where a file system knows no locks, nobody takes the folder for left over
 * either: see replace_clean. */
static bool lock(struct folder *folder, struct error *err)
{
    folder->lock = open(folder->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->lock < 0)
        return tell(err, "use the folder", folder->temporary);
    (void)flock(folder->lock, LOCK_EX);
    return true;
}

static bool mark(struct folder *folder, struct error *err)
{
    struct buf text = BUF_EMPTY;
    bool ok;

    buf_text(&text, marker_text);
    ok = buf_ok(&text, err) && folder_write(folder, FOLDER_MARKER, &text, err);
    buf_free(&text);
    return ok;
}

/* Another export to the same place may have taken a folder that has no marker
 * yet for one that was left over. */
static bool make(struct folder *folder, struct error *err)
{
    for (int tries = 0; tries < 10; tries++) {
        if (!make_temporary(folder, err))
            return false;
        if (lock(folder, err) && mark(folder, err))
            return true;
        if (file_is_folder(folder->temporary))
            break;
        folder_discard(folder);
    }
    return false;
}

bool folder_open(struct folder *folder, struct arena *arena, const char *path,
                 struct error *err)
{
    struct stat info;
    bool there;
    bool ok;

    *folder = (struct folder){.arena = arena, .named = path, .lock = -1};
    if (!resolve(folder, err))
        return false;
    replace_clean(arena, folder->target);
    there = !lstat(folder->target, &info);
    ok = (!there || replace_allowed(arena, folder->target, path,
                                    &folder->replaces, err)) &&
         make_parent(folder, err) && make(folder, err);
    if (!ok)
        folder_discard(folder);
    return ok;
}

/* ---- Files ---- */

const char *folder_path(struct folder *folder, const char *name,
                        struct error *err)
{
    char *path =
        arena_format(folder->arena, err, "%s/%s", folder->temporary, name);
    char *slash = path ? path + strlen(folder->temporary) : NULL;

    while (slash && (slash = strchr(slash + 1, '/'))) {
        bool failed;
        *slash = '\0';
        failed = mkdir(path, 0777) && errno != EEXIST;
        if (failed) {
            tell(err, "make the folder", path);
            return NULL;
        }
        *slash = '/';
    }
    return path;
}

static bool write_all(int fd, const struct buf *text)
{
    const char *from = buf_string(text);
    size_t left = text->length;

    while (left) {
        ssize_t wrote = write(fd, from, left);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        from += wrote;
        left -= (size_t)wrote;
    }
    return true;
}

bool folder_write(struct folder *folder, const char *name,
                  const struct buf *text, struct error *err)
{
    const char *path = folder_path(folder, name, err);
    const char *told =
        arena_format(folder->arena, err, "%s/%s", folder->named, name);
    int fd;
    bool ok;

    if (!path || !told)
        return false;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return tell(err, "write", told);
    ok = write_all(fd, text) || tell(err, "write", told);
    if (close(fd) && ok)
        return tell(err, "write", told);
    return ok;
}

/* ---- Publishing ---- */

/* Without a marker it is told from others by its manifest: see replace.c. */
static bool unmark(struct folder *folder, struct error *err)
{
    if (!unlinkat(folder->lock, FOLDER_MARKER, 0) || errno == ENOENT)
        return true;
    return tell(err, "write", folder->named);
}

/* Where the file system cannot exchange two names: away with the old one, and
 * back with it if the new one cannot take its place. */
static bool swap_by_hand(struct folder *folder, struct error *err)
{
    const char *old =
        arena_format(folder->arena, err, "%s.old", folder->temporary);

    if (!old)
        return false;
    if (rename(folder->target, old))
        return tell(err, "replace", folder->named);
    if (!rename(folder->temporary, folder->target)) {
        folder_remove(old);
        return true;
    }
    tell(err, "replace", folder->named);
    (void)rename(old, folder->target);
    return false;
}

static bool swap(struct folder *folder, struct error *err)
{
    if (!renameat2(AT_FDCWD, folder->temporary, AT_FDCWD, folder->target,
                   RENAME_EXCHANGE)) {
        folder_remove(folder->temporary);
        return true;
    }
    if (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP)
        return swap_by_hand(folder, err);
    return tell(err, "replace", folder->named);
}

bool folder_publish(struct folder *folder, struct error *err)
{
    if (!unmark(folder, err))
        return false;
    /* That of an empty folder is taken as it is. */
    if (!rename(folder->temporary, folder->target)) {
        folder->made = false;
        return true;
    }
    if (errno != ENOTEMPTY && errno != EEXIST)
        return tell(err, "write", folder->named);
    /* Somebody may have made it meanwhile, or put something into it. */
    if (!replace_allowed(folder->arena, folder->target, folder->named,
                         &folder->replaces, err) ||
        !swap(folder, err))
        return false;
    folder->made = false;
    return true;
}

void folder_discard(struct folder *folder)
{
    if (folder->made)
        folder_remove(folder->temporary);
    folder->made = false;
    if (folder->lock >= 0)
        close(folder->lock);
    folder->lock = -1;
}
