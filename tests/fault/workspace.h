/* The folder that a command works in: made as it was before the command, and
 * compared with what it was before and after. */
#ifndef DATEBOOK_TESTS_FAULT_WORKSPACE_H
#define DATEBOOK_TESTS_FAULT_WORKSPACE_H

#include "datebook/arena.h"
#include "datebook/buf.h"

/* All files of a workspace, those of one level of folders included. */
struct snapshot {
    struct snapshot_file *files;
    size_t count;
    const char *dump; /* of work.db; NULL when there is none */
};

struct snapshot_file {
    const char *path;
    const char *bytes;
    size_t length;
};

/* A folder for all workspaces, made before the tests and removed after them,
 * with what tests that failed left in it. */
bool workspaces_make(void);
void workspaces_remove(void);

/* Makes an empty folder and goes there; false when that does not work. */
bool workspace_enter(void);
/* Goes back and removes it. */
void workspace_leave(void);

bool snapshot_take(struct arena *arena, struct snapshot *snapshot,
                   struct error *err);
/* Makes the workspace hold these files and no others. */
bool snapshot_restore(const struct snapshot *snapshot, struct error *err);

/* What a workspace is after a command: as it was before or after.  False with
 * the reason when it is neither, or work.db is not sound.  After a failure
 * files beside the database may be there or not, but none half-written. */
bool snapshot_judge(struct arena *arena, const struct snapshot *before,
                    const struct snapshot *after, bool succeeded,
                    struct error *why);

/* Everything that work.db says: settings, schema, and all rows of all tables.
 * Files that say the same give the same text. */
bool database_dump(const char *path, struct buf *dump, struct error *err);

/* Says in which line two dumps differ first; always false. */
bool dump_error(const char *now, const char *wanted, struct error *why);

/* Whether a deep check finds nothing. */
bool database_sound(const char *path, struct error *why);

/* Gives a database the smallest pages, for many writes and few bytes. */
bool database_shrink(const char *path, struct error *err);

#endif
