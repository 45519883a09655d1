/* Waiting for a lock, and naming who holds it.
 *
 * The system lists the locks on files with the process that has each.  Where
 * SQLite's locks are is part of its file format: a writer of a database with a
 * write-ahead log has byte 120 of the -shm file; whoever has the database for
 * himself, or writes with a rollback journal, has some of the 512 bytes from
 * one GiB on in the database.  Neither file is opened for this: closing a file
 * gives up all locks that the process has on it.
 *
 * The lock of the journal belongs to an open file and not to a process, so that
 * the list names none: it stands with what the system tells of each process's
 * open files. */
#include "lock.h"

#include "datebook/clock.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, PATIENCE = 1000 }; /* milliseconds */

/* Bytes of a file that a lock would be on. */
struct place {
    dev_t device;
    ino_t inode;
    int64_t first;
    int64_t last;
};

static bool place_in(struct place *place, const char *path, const char *suffix,
                     int64_t first, int64_t last)
{
    char name[PATH_SIZE];
    struct stat info;
    int length = snprintf(name, sizeof name, "%s%s", path, suffix);

    if (length < 0 || (size_t)length >= sizeof name || stat(name, &info))
        return false;
    *place = (struct place){info.st_dev, info.st_ino, first, last};
    return true;
}

/* ---- Who ---- */

/* Whether a line of /proc/locks is a write lock of another process there.  The
 * device is not always the one that stat tells (of a subvolume, say): *certain
 * says whether it is. */
static bool matches(const char *line, const struct place *place, long *pid,
                    bool *certain)
{
    unsigned of_kind;
    unsigned of_unit;
    uint64_t inode;
    int64_t first;
    char last[24];
    long owner;

    if (sscanf(line,
               "%*d: POSIX %*s WRITE %ld %x:%x:%" SCNu64 " %" SCNd64 " %23s",
               &owner, &of_kind, &of_unit, &inode, &first, last) != 6 ||
        owner <= 0 || owner == (long)getpid() || inode != place->inode ||
        first > place->last ||
        (strcmp(last, "EOF") != 0 && strtoll(last, NULL, 10) < place->first))
        return false;
    *pid = owner;
    *certain = makedev(of_kind, of_unit) == place->device;
    return true;
}

static bool find_in(const char *proc, const struct place *place, long *pid)
{
    char name[PATH_SIZE];
    char line[256];
    bool found = false;
    bool certain = false;
    FILE *locks;

    snprintf(name, sizeof name, "%s/locks", proc);
    locks = fopen(name, "re");
    while (locks && !certain && fgets(line, sizeof line, locks))
        if (matches(line, place, pid, &certain))
            found = true;
    if (locks)
        fclose(locks);
    return found;
}

static bool find_process(const char *proc, const char *path, long *pid)
{
    enum { WRITER = 120, PENDING = 0x40000000, LOCKS = 512 };
    struct place place;

    return (place_in(&place, path, "-shm", WRITER, WRITER) &&
            find_in(proc, &place, pid)) ||
           (place_in(&place, path, "", PENDING, PENDING + LOCKS - 1) &&
            find_in(proc, &place, pid));
}

/* ---- Who has the journal ---- */

static bool is_journal_lock(const char *line, const struct place *place)
{
    uint64_t inode;
    int64_t first;
    char last[24];

    return sscanf(line,
                  "lock: %*d: OFDLCK %*s WRITE %*d %*x:%*x:%" SCNu64 " %" SCNd64
                  " %23s",
                  &inode, &first, last) == 3 &&
           inode == place->inode && first == place->first;
}

/* Whether one of the lines on an open file is about the lock. */
static bool file_has_it(const char *name, const struct place *place)
{
    FILE *stream = fopen(name, "re");
    char line[256];
    bool found = false;

    while (stream && !found && fgets(line, sizeof line, stream))
        found = is_journal_lock(line, place);
    if (stream)
        fclose(stream);
    return found;
}

static bool process_has_it(const char *proc, const char *pid,
                           const struct place *place)
{
    char name[PATH_SIZE];
    struct dirent *entry;
    bool found = false;
    DIR *files;

    snprintf(name, sizeof name, "%s/%s/fdinfo", proc, pid);
    files = opendir(name);
    while (files && !found && (entry = readdir(files))) {
        snprintf(name, sizeof name, "%s/%s/fdinfo/%s", proc, pid,
                 entry->d_name);
        found =
            isdigit((unsigned char)*entry->d_name) && file_has_it(name, place);
    }
    if (files)
        closedir(files);
    return found;
}

static bool find_journal(const char *proc, const struct place *place, long *pid)
{
    DIR *processes = opendir(proc);
    struct dirent *entry;
    bool found = false;

    while (processes && !found && (entry = readdir(processes))) {
        found = isdigit((unsigned char)*entry->d_name) &&
                process_has_it(proc, entry->d_name, place);
        if (found)
            *pid = strtol(entry->d_name, NULL, 10);
    }
    if (processes)
        closedir(processes);
    return found;
}

/* ---- What it is ---- */

/* The start of a small file, with a NUL after it. */
static size_t read_start(const char *name, char *bytes, size_t size)
{
    FILE *stream = fopen(name, "re");
    size_t length = stream ? fread(bytes, 1, size - 1, stream) : 0;

    bytes[length] = '\0';
    if (stream)
        fclose(stream);
    return length;
}

/* For how long a process has been running that started so many clock ticks
 * after the system did; -1 when that makes no sense. */
static int64_t running_for(const char *proc, const char *start)
{
    char name[PATH_SIZE];
    char text[64];
    long ticks = sysconf(_SC_CLK_TCK);
    int64_t seconds;

    snprintf(name, sizeof name, "%s/uptime", proc);
    if (ticks <= 0 || !read_start(name, text, sizeof text))
        return -1;
    seconds = strtoll(text, NULL, 10) - strtoll(start, NULL, 10) / ticks;
    return seconds < 0 ? -1 : seconds;
}

/* Name and age, from the process's stat file: the second field, in brackets,
 * and the 22nd.  The name may hold anything. */
static void read_stat(const char *proc, struct lock_holder *holder)
{
    enum { AFTER_NAME = 3, START = 22 };
    char name[PATH_SIZE];
    char text[1024];
    char *open;
    char *field;

    snprintf(name, sizeof name, "%s/%ld/stat", proc, holder->pid);
    read_start(name, text, sizeof text);
    open = strchr(text, '(');
    field = strrchr(text, ')');
    if (!open || !field || field < open)
        return;
    *field++ = '\0';
    snprintf(holder->program, sizeof holder->program, "%s", open + 1);
    for (int i = AFTER_NAME; field && i < START; i++)
        field = strchr(field + 1, ' ');
    if (field)
        holder->seconds = running_for(proc, field);
}

/* Whether arguments, each with a NUL after it, start with the words of a
 * name. */
static bool starts_with(const char *arguments, const char *end,
                        const char *name)
{
    while (*name) {
        size_t length = strcspn(name, " ");
        if ((size_t)(end - arguments) <= length ||
            strncmp(arguments, name, length) != 0 || arguments[length])
            return false;
        arguments += length + 1;
        name += length + (name[length] == ' ');
    }
    return true;
}

/* The first of these commands on the process's command line.  What else stands
 * there is nobody's business. */
static const char *find_command(const char *proc, long pid,
                                const char *const *commands)
{
    char name[PATH_SIZE];
    char line[4096];
    const char *end;
    const char *word;

    snprintf(name, sizeof name, "%s/%ld/cmdline", proc, pid);
    end = line + read_start(name, line, sizeof line);
    for (word = line + strlen(line) + 1; word < end; word += strlen(word) + 1)
        for (size_t i = 0; commands[i]; i++)
            if (starts_with(word, end, commands[i]))
                return commands[i];
    return NULL;
}

static void look_at(const char *proc, const char *const *commands,
                    struct lock_holder *holder)
{
    read_stat(proc, holder);
    if (commands && !strcmp(holder->program, "datebook"))
        holder->command = find_command(proc, holder->pid, commands);
}

bool lock_find(const char *proc, const char *path, const char *const *commands,
               struct lock_holder *holder)
{
    *holder = (struct lock_holder){.seconds = -1};
    if (!find_process(proc, path, &holder->pid))
        return false;
    look_at(proc, commands, holder);
    return true;
}

bool lock_find_journal(const char *proc, const char *path,
                       const char *const *commands, struct lock_holder *holder)
{
    struct place place;

    *holder = (struct lock_holder){.seconds = -1};
    if (!place_in(&place, path, "", LOCK_JOURNAL, LOCK_JOURNAL) ||
        !find_journal(proc, &place, &holder->pid))
        return false;
    look_at(proc, commands, holder);
    return true;
}

void lock_describe(const struct lock_holder *holder, char *text, size_t size)
{
    const char *command = holder->command ? holder->command : "";
    const char *unit = holder->seconds < 120    ? "s"
                       : holder->seconds < 7200 ? "min"
                                                : "h";
    int64_t per_unit = *unit == 's' ? 1 : *unit == 'm' ? 60 : 3600;
    char program[64] = "";
    char age[64] = "";

    if (*holder->program)
        snprintf(program, sizeof program, " (%s%s%s)", holder->program,
                 *command ? " " : "", command);
    if (holder->seconds >= 0)
        snprintf(age, sizeof age, ", running for %" PRId64 " %s",
                 holder->seconds / per_unit, unit);
    snprintf(text, size, "process %ld%s%s", holder->pid, program, age);
}

/* ---- Waiting ---- */

static void look_for_holder(struct store *store)
{
    struct lock_holder holder;

    store->holder = NULL;
    if (!lock_find("/proc", store->file, store->options.commands, &holder))
        return;
    lock_describe(&holder, store->holder_text, sizeof store->holder_text);
    store->holder = store->holder_text;
}

/* Tells whoever wants to know that this takes longer. */
static bool go_on(struct store *store, int64_t waited)
{
    const struct store_options *options = &store->options;
    const char *holder = NULL;

    if (!options->waiting)
        return true;
    if (waited >= PATIENCE) {
        if (!store->holder)
            look_for_holder(store);
        holder = store->holder ? store->holder : "another process";
    }
    return options->waiting(options->context, waited, holder);
}

/* SQLite calls this when it meets a lock, `count` times before for the same
 * one.  At first a lock is likely to be gone soon. */
static int busy(void *context, int count)
{
    static const int delays[] = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100};
    enum { DELAYS = sizeof delays / sizeof *delays };
    struct store *store = context;
    int64_t delay = delays[count < DELAYS ? count : DELAYS - 1];
    int64_t waited;

    if (!count) {
        store->waiting_since = clock_waiting();
        store->told_to_stop = false;
        store->holder = NULL;
    }
    waited = clock_waiting() - store->waiting_since;
    if (waited >= store->options.wait)
        return 0;
    if (!go_on(store, waited)) {
        store->told_to_stop = true;
        return 0;
    }
    if (delay > store->options.wait - waited)
        delay = store->options.wait - waited;
    clock_pause(delay);
    return 1;
}

void lock_wait(struct store *store)
{
    sqlite3_busy_handler(store->db, busy, store);
}

bool lock_error(struct store *store, struct error *err)
{
    int64_t seconds = store->options.wait / 1000;
    char after[64] = "";

    look_for_holder(store);
    if (store->told_to_stop) {
        error_set(err, ERROR_INTERRUPTED,
                  "interrupted while waiting for %s; nothing was changed",
                  store->holder ? store->holder : "another process");
        return error_hint(err, "run the same command again");
    }
    if (seconds)
        snprintf(after, sizeof after, "; gave up after %" PRId64 " s", seconds);
    if (store->holder)
        error_set(err, ERROR_DATABASE, "%s is locked: held by %s%s",
                  store->path, store->holder, after);
    else
        error_set(err, ERROR_DATABASE, "%s is locked by another process%s",
                  store->path, after);
    return error_hint(err, "try again when it is done, or wait for longer with "
                           "--wait SECONDS");
}
