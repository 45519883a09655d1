/* What may be in the way of an export, and what may be removed for it.  Nothing
 * is removed that somebody else may have put there. */
#include "internal.h"

#include "datebook/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANIFEST_LIMIT = 64 << 20, DEEPEST = 8, DRAWN = 6 };

/* ---- Removing ---- */

static void remove_at(int parent, const char *name, int depth);

static bool is_dots(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

/* All but the marker, which goes last. */
static void remove_content(int fd, int depth)
{
    DIR *dir = fdopendir(fd);
    struct dirent *entry;

    if (!dir) {
        close(fd);
        return;
    }
    while ((entry = readdir(dir)))
        if (!is_dots(entry->d_name) &&
            (depth || strcmp(entry->d_name, FOLDER_MARKER) != 0))
            remove_at(dirfd(dir), entry->d_name, depth + 1);
    (void)unlinkat(dirfd(dir), FOLDER_MARKER, 0);
    closedir(dir);
}

/* A link is removed and never followed. */
static void remove_at(int parent, const char *name, int depth)
{
    int fd;

    if (!unlinkat(parent, name, 0) || depth > DEEPEST)
        return;
    fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        remove_content(fd, depth);
    (void)unlinkat(parent, name, AT_REMOVEDIR);
}

/* Marked first, so that whoever finds half of it knows that it is to go. */
void folder_remove(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int marker =
        fd < 0 ? -1
               : openat(fd, FOLDER_MARKER,
                        O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);

    if (marker >= 0)
        close(marker);
    if (fd >= 0)
        close(fd);
    remove_at(AT_FDCWD, path, 0);
}

/* ---- What is there ---- */

static const char *const others[] = {"README.md", "manifest.json",
                                     "manifest.json.minisig", "statistics.json",
                                     "croissant.json"};

/* Of this program: other programs have manifests of that name, too. */
static bool is_ours(const cJSON *manifest)
{
    const char *tool = json_member_text(manifest, "tool");

    return tool && !strncmp(tool, "datebook ", 9) &&
           cJSON_IsArray(json_member(manifest, "files"));
}

static const cJSON *read_manifest(struct arena *arena, const char *folder)
{
    struct error ignored;
    const char *path =
        arena_format(arena, &ignored, "%s/manifest.json", folder);
    struct stat info;
    size_t length;
    const char *text =
        path && !lstat(path, &info) && S_ISREG(info.st_mode)
            ? file_read(arena, path, MANIFEST_LIMIT, &length, &ignored)
            : NULL;
    const cJSON *tree =
        text ? json_parse(arena, text, length, path, &ignored) : NULL;

    return tree && is_ours(tree) ? tree : NULL;
}

static bool is_listed(const cJSON *list, const char *name)
{
    const cJSON *entry;

    cJSON_ArrayForEach (entry, list) {
        const char *its = json_member_text(entry, "name");
        if (its && !strcmp(its, name))
            return true;
    }
    return false;
}

bool manifest_names(const cJSON *manifest, const char *name)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i], name))
            return true;
    return is_listed(json_member(manifest, "files"), name) ||
           is_listed(json_member(manifest, "documents"), name);
}

struct look {
    struct arena *arena;
    const cJSON *manifest; /* NULL: there is none, and nothing is ours */
    const char *stray;     /* the first thing that is not of the export */
};

static bool look_at(void *context, const char *name, bool plain,
                    struct error *err)
{
    struct look *look = context;

    if (plain && look->manifest && manifest_names(look->manifest, name))
        return true;
    look->stray = arena_text(look->arena, name, err);
    /* One is enough: a folder may hold anything. */
    return look->stray ? error_set(err, ERROR_FOUND, "%s", name) : false;
}

bool replace_allowed(struct arena *arena, const char *path, const char *named,
                     bool *is_export, struct error *err)
{
    const cJSON *manifest = read_manifest(arena, path);
    struct look look = {.arena = arena, .manifest = manifest};

    *is_export = manifest;
    if (!file_is_folder(path))
        return error_set(err, ERROR_INPUT, "%s is not a folder", named);
    if (folder_walk(arena, path, look_at, &look, err))
        return true;
    if (!look.stray)
        return false;
    if (!manifest) {
        error_set(err, ERROR_INPUT, "%s holds files and is no export", named);
        return error_hint(err, "name a folder that is empty, or a new one");
    }
    error_set(err, ERROR_INPUT,
              "%s is an export, but %.200s in it is not of it", named,
              look.stray);
    return error_hint(err, "an export takes the place of the whole folder: "
                           "move that file away, or name another folder");
}

/* ---- What was left over ---- */

/* NAME.XXXXXX.part, or .part.old. */
static bool is_temporary(const char *name, const char *target)
{
    size_t length = strlen(target);
    const char *tail = name + length + 1 + DRAWN;

    return !strncmp(name, target, length) &&
           strlen(name) > length + 1 + DRAWN && name[length] == '.' &&
           strspn(name + length + 1, "abcdefghijklmnopqrstuvwxyz0123456789") ==
               DRAWN &&
           (!strcmp(tail, ".part") || !strcmp(tail, ".part.old"));
}

static bool has_marker(int fd)
{
    struct stat info;

    return !fstatat(fd, FOLDER_MARKER, &info, AT_SYMLINK_NOFOLLOW) &&
           S_ISREG(info.st_mode);
}

/* An export that is being written holds the lock.  One that was killed between
 * its last two steps, or before it could begin to remove the one that it
 * replaced, has a manifest in place of the marker; one that was killed after
 * its first step has nothing. */
static void clean(struct arena *arena, const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct error ignored;
    bool is_export;

    if (fd < 0)
        return;
    if (!flock(fd, LOCK_EX | LOCK_NB) &&
        (has_marker(fd) ||
         replace_allowed(arena, path, path, &is_export, &ignored)))
        folder_remove(path);
    close(fd);
}

/* Where two names cannot be exchanged, a kill may leave the old export under a
 * third one. */
static bool bring_back(struct arena *arena, const char *path,
                       const char *target)
{
    size_t length = strlen(path);
    struct stat info;

    return !strcmp(path + length - 4, ".old") && lstat(target, &info) &&
           read_manifest(arena, path) && !rename(path, target);
}

void replace_clean(struct arena *arena, const char *target)
{
    const char *slash = strrchr(target, '/');
    const char *name = slash ? slash + 1 : target;
    struct error ignored;
    const char *parent =
        slash ? arena_bytes(arena, target, (size_t)(slash - target), &ignored)
              : ".";
    struct dirent *entry;
    DIR *dir;

    if (!parent || !(dir = opendir(*parent ? parent : "/")))
        return;
    while ((entry = readdir(dir))) {
        const char *path;
        if (!is_temporary(entry->d_name, name))
            continue;
        path = arena_format(arena, &ignored, "%s/%s", parent, entry->d_name);
        if (path && !bring_back(arena, path, target))
            clean(arena, path);
    }
    closedir(dir);
}
