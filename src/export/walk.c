/* The files of a folder and of those in it, in order of their names. */
#include "internal.h"

#include "datebook/list.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEEPEST = 8 };

struct walk {
    struct arena *arena;
    file_visitor *visit;
    void *context;
};

static int by_bytes(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static bool list(struct arena *arena, const char *path, const char ***names,
                 size_t *count, struct error *err)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    bool ok = true;

    *names = NULL;
    *count = 0;
    if (!dir)
        return error_set(err, ERROR_INPUT, "cannot read the folder %s: %s",
                         path, strerror(errno));
    while (ok && (entry = readdir(dir))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        ok = list_grow(arena, names, *count, sizeof **names, err) &&
             ((*names)[*count] = arena_text(arena, entry->d_name, err));
        *count += ok;
    }
    closedir(dir);
    if (ok && *count)
        qsort(*names, *count, sizeof **names, by_bytes);
    return ok;
}

/* Deeper than an export is, a folder is told like a file that is none. */
static bool walk(struct walk *all, const char *path, const char *inside,
                 int depth, struct error *err)
{
    const char **names;
    size_t count;

    if (!list(all->arena, path, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *whole =
            arena_format(all->arena, err, "%s/%s", path, names[i]);
        const char *its =
            arena_format(all->arena, err, "%s%s", inside, names[i]);
        const char *below =
            its ? arena_format(all->arena, err, "%s/", its) : NULL;
        struct stat info;
        if (!whole || !below)
            return false;
        if (lstat(whole, &info))
            continue;
        if (S_ISDIR(info.st_mode) && depth < DEEPEST
                ? !walk(all, whole, below, depth + 1, err)
                : !all->visit(all->context, its, S_ISREG(info.st_mode), err))
            return false;
    }
    return true;
}

bool folder_walk(struct arena *arena, const char *path, file_visitor *visit,
                 void *context, struct error *err)
{
    struct walk all = {arena, visit, context};

    return walk(&all, path, "", 0, err);
}
