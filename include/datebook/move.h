/* Moving content between versions and between files: an old state that comes
 * back, other files that come in.  Both are changes like any other: a new
 * version, with all that was before still there. */
#ifndef DATEBOOK_MOVE_H
#define DATEBOOK_MOVE_H

#include "datebook/monitor.h"
#include "datebook/store.h"

/* ---- Restore ---- */

/* Makes the run's version hold what `version` holds; of one persona's key, but
 * for the records, or of all for 0.  Rows come back under their keys, and with
 * them what is known of how fresh the labels are.  Ordinals and batches go on
 * from where they are, so that no id is given twice.  When nothing differs
 * nothing is written. Costs what changed since that version. */
bool dataset_restore(struct run *run, struct store *store, int64_t version,
                     int64_t persona, const struct monitor *monitor,
                     struct error *err) CHECKED;

/* After the run was sealed: ERROR_BUG unless the content hashes of both
 * versions are equal. */
bool dataset_restore_check(const struct run *run, struct store *store,
                           struct arena *arena, int64_t version,
                           struct error *err) CHECKED;

/* ---- Merge ---- */

/* What becomes of a row that both files changed, each in its way. */
enum merge_choice {
    MERGE_REFUSE, /* counted as a conflict; the run is of no use then */
    MERGE_OURS,
    MERGE_THEIRS
};

struct merge_conflict {
    enum noun noun;
    const char *persona; /* NULL for a split and a review */
    const char *meeting; /* id; of a meeting and a label only */
    const char *record;  /* name of a split or a review; NULL for all others */
    const char *ours;    /* the files */
    const char *theirs;
    const char *const *differences; /* what differs, a sentence each */
    size_t difference_count;
    enum merge_choice taken;
};

typedef bool merge_visitor(void *context, const struct merge_conflict *conflict,
                           struct error *err);

struct merge_count {
    int64_t added;
    int64_t changed;
    int64_t removed;
    int64_t same; /* there already */
};

struct merge_result {
    const char *path;
    /* The newest version that both files have in common; 0: none.  What
     * follows is of rows that changed since. */
    int64_t common;
    struct merge_count counts[NOUNS];
    int64_t conflicts; /* that were not decided */
    int64_t decided;
    int64_t mixed; /* personas whose labels are of more than one set of rules
                      now, so that they are stale */
};

/* Several files on their way into one run. */
struct merge;

/* `ours` is what the run's file is called in conflicts; the visitor may be
 * NULL. */
struct merge *merge_start(struct run *run, struct store *store,
                          struct arena *arena, const char *ours,
                          enum merge_choice choice, merge_visitor *visit,
                          void *context, struct error *err) CHECKED;
void merge_end(struct merge *merge); /* NULL is fine */

/* Takes in what is at HEAD of another file.
 *
 * A row is told by its id: a persona's, a meeting's; a record by its name. Rows
 * that only one file has, or that only one changed since the newest version
 * that both have in common (the same chain hash), are taken from that one;
 * removed ones, too. The same row is there once.  Files without a common
 * version are compared with nothing: then a meeting that is gone here comes
 * back.  Everything else is a conflict.  When both files pruned the common
 * version, a row that either has had since then, or longer, is what it held; of
 * the rows that have no such witness an older version speaks.
 *
 * A row that two of the merged files change can be written once only: the
 * second is a conflict that no choice decides.
 *
 * Labels are taken over with the numbers that their rules have here; batches
 * are raised to the larger number.  Memory does not grow with the files.
 * Errors of either file are ERROR_DATABASE. */
bool merge_file(struct merge *merge, const char *path, struct store *theirs,
                const struct monitor *monitor, struct merge_result *result,
                struct error *err) CHECKED;

/* After the run was sealed: ERROR_DATABASE, naming the file, when a persona
 * that came in whole is not what its file says that it holds. */
bool merge_check(struct merge *merge, struct error *err) CHECKED;

#endif
