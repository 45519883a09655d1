/* Snapshots of a folder, and what a command may have made of it. */
#include "workspace.h"

#include "datebook/file.h"
#include "datebook/list.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE "work.db"

enum { FILE_LIMIT = 64 << 20 };

static struct {
    char all[128];
    char folder[256];
    int origin;
} place;

/* ---- The folder ---- */

bool workspace_enter(void)
{
    snprintf(place.folder, sizeof place.folder, "%s/XXXXXX", place.all);
    place.origin = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return place.origin >= 0 && mkdtemp(place.folder) && !chdir(place.folder);
}

/* What is in a folder, hidden files too, in no order. */
static bool list_all(struct arena *arena, const char *folder,
                     const char ***names, size_t *count, struct error *err)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    bool ok = true;

    *names = NULL;
    *count = 0;
    if (!dir)
        return error_set(err, ERROR_INPUT, "cannot read %s", folder);
    while (ok && (entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0) {
            ok = list_grow(arena, names, *count, sizeof **names, err);
            if (ok)
                (*names)[*count] = arena_text(arena, entry->d_name, err);
            ok = ok && (*names)[(*count)++];
        }
    closedir(dir);
    return ok;
}

/* Removes what is in a folder. */
static bool empty(const char *folder, struct error *err)
{
    struct arena arena = ARENA_EMPTY;
    const char **names;
    size_t count;
    bool ok = list_all(&arena, folder, &names, &count, err);

    for (size_t i = 0; ok && i < count; i++) {
        const char *path = arena_format(&arena, err, "%s/%s", folder, names[i]);
        bool inside = path && file_is_folder(path);
        ok = path && (!inside || empty(path, err));
        if (ok && (inside ? rmdir(path) : unlink(path)))
            ok = error_set(err, ERROR_INPUT, "cannot remove %s", path);
    }
    arena_free(&arena);
    return ok;
}

void workspace_leave(void)
{
    struct error ignored;

    (void)!empty(".", &ignored);
    (void)!fchdir(place.origin);
    close(place.origin);
    rmdir(place.folder);
}

/* Memory instead of a disk, where the system has such a folder. */
bool workspaces_make(void)
{
    const char *above =
        access("/dev/shm", W_OK) ? getenv("TMPDIR") : "/dev/shm";

    snprintf(place.all, sizeof place.all, "%s/datebook-fault-XXXXXX",
             above ? above : "/tmp");
    return mkdtemp(place.all) != NULL;
}

void workspaces_remove(void)
{
    struct error ignored;

    (void)!empty(place.all, &ignored);
    rmdir(place.all);
}

/* ---- Snapshots ---- */

static bool add_file(struct arena *arena, struct snapshot *snapshot,
                     const char *path, struct error *err)
{
    struct snapshot_file *file;

    if (!path || !list_grow(arena, &snapshot->files, snapshot->count,
                            sizeof *snapshot->files, err))
        return false;
    file = &snapshot->files[snapshot->count++];
    file->path = path;
    file->bytes = file_read(arena, path, FILE_LIMIT, &file->length, err);
    return file->bytes != NULL;
}

static bool add_folder(struct arena *arena, struct snapshot *snapshot,
                       const char *folder, struct error *err)
{
    const char **names;
    size_t count;

    if (!list_all(arena, *folder ? folder : ".", &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *path =
            *folder ? arena_format(arena, err, "%s/%s", folder, names[i])
                    : names[i];
        bool inside = path && file_is_folder(path);
        if (!(inside ? add_folder(arena, snapshot, path, err)
                     : add_file(arena, snapshot, path, err)))
            return false;
    }
    return true;
}

static bool read_files(struct arena *arena, struct snapshot *snapshot,
                       struct error *err)
{
    *snapshot = (struct snapshot){.files = NULL};
    return add_folder(arena, snapshot, "", err);
}

static bool take_dump(struct arena *arena, const char **dump, struct error *err)
{
    struct buf buf = BUF_EMPTY;

    *dump = NULL;
    if (!access(DATABASE, F_OK) && database_dump(DATABASE, &buf, err))
        *dump = arena_text(arena, buf_string(&buf), err);
    buf_free(&buf);
    return *dump || access(DATABASE, F_OK);
}

bool snapshot_take(struct arena *arena, struct snapshot *snapshot,
                   struct error *err)
{
    const char *dump;

    /* First the dump, which leaves nothing beside the database. */
    if (!take_dump(arena, &dump, err) || !read_files(arena, snapshot, err))
        return false;
    snapshot->dump = dump;
    return true;
}

static const struct snapshot_file *find(const struct snapshot *snapshot,
                                        const char *path)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (!strcmp(snapshot->files[i].path, path))
            return &snapshot->files[i];
    return NULL;
}

static bool same_bytes(const struct snapshot_file *one,
                       const struct snapshot_file *other)
{
    if (!one || !other)
        return one == other;
    return one->length == other->length &&
           !memcmp(one->bytes, other->bytes, one->length);
}

static bool write_file(const struct snapshot_file *file, struct error *err)
{
    const char *slash = strrchr(file->path, '/');
    char folder[256];
    FILE *out;
    bool ok;

    if (slash) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - file->path),
                 file->path);
        if (!file_make_folder(folder, err))
            return false;
    }
    out = fopen(file->path, "w");
    ok = out && fwrite(file->bytes, 1, file->length, out) == file->length;
    ok = out && !fclose(out) && ok;
    return ok ? true
              : error_set(err, ERROR_INPUT, "cannot write %s", file->path);
}

bool snapshot_restore(const struct snapshot *snapshot, struct error *err)
{
    if (!empty(".", err))
        return false;
    for (size_t i = 0; i < snapshot->count; i++)
        if (!write_file(&snapshot->files[i], err))
            return false;
    return true;
}

/* ---- Verdicts ---- */

/* What SQLite leaves beside a database when it cannot clean up. */
static bool is_beside(const char *path)
{
    static const char *const names[] = {"work.db-wal", "work.db-shm",
                                        "other.db-wal", "other.db-shm"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(path, names[i]))
            return true;
    return false;
}

bool dump_error(const char *now, const char *wanted, struct error *why)
{
    size_t line = 0;

    for (size_t i = 0; now[i] && now[i] == wanted[i]; i++)
        if (now[i] == '\n')
            line = i + 1;
    return error_set(why, ERROR_FOUND,
                     "the database says\n  %.300s\nand not\n  %.300s",
                     now + line, wanted + line);
}

static bool same_dump(const char *one, const char *other)
{
    return one && other ? !strcmp(one, other) : one == other;
}

/* What the database says, looked at only when its bytes are not known. */
static bool judge_database(struct arena *arena, const struct snapshot *now,
                           const struct snapshot *before,
                           const struct snapshot *after, bool succeeded,
                           struct error *why)
{
    const struct snapshot_file *file = find(now, DATABASE);
    bool alone = !find(now, DATABASE "-wal") && !find(now, DATABASE "-journal");
    const char *dump;

    if (alone && same_bytes(file, find(after, DATABASE)))
        return true;
    if (alone && !succeeded && same_bytes(file, find(before, DATABASE)))
        return true;
    if (!file)
        return error_set(why, ERROR_FOUND, "the database is gone");
    if (!take_dump(arena, &dump, why))
        return false;
    if (!same_dump(dump, after->dump) &&
        (succeeded || !same_dump(dump, before->dump)))
        return dump_error(dump ? dump : "", after->dump ? after->dump : "",
                          why);
    return database_sound(DATABASE, why);
}

/* Files beside the database are old, new, or not there. */
static bool judge_files(const struct snapshot *now,
                        const struct snapshot *before,
                        const struct snapshot *after, bool succeeded,
                        struct error *why)
{
    for (size_t i = 0; i < now->count; i++) {
        const struct snapshot_file *file = &now->files[i];
        if (!strcmp(file->path, DATABASE) || is_beside(file->path))
            continue;
        if (!same_bytes(file, find(after, file->path)) &&
            (succeeded || !same_bytes(file, find(before, file->path))))
            return error_set(why, ERROR_FOUND, "%s is left, of %zu bytes",
                             file->path, file->length);
    }
    for (size_t i = 0; succeeded && i < after->count; i++)
        if (!find(now, after->files[i].path))
            return error_set(why, ERROR_FOUND, "%s is missing",
                             after->files[i].path);
    return true;
}

bool snapshot_judge(struct arena *arena, const struct snapshot *before,
                    const struct snapshot *after, bool succeeded,
                    struct error *why)
{
    struct snapshot now;

    return read_files(arena, &now, why) &&
           judge_files(&now, before, after, succeeded, why) &&
           judge_database(arena, &now, before, after, succeeded, why);
}
