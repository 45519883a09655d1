/* Dropping the rows of versions that nobody needs, and giving their space back.
 *
 * A dead row goes when no version that is kept lies in its span.  Headers of
 * versions stay, so that the chain stays whole and the log still tells what
 * happened; rows that stay are not touched, so that every version that is kept,
 * and every diff between two of them, reads as before. */
#ifndef DATEBOOK_PRUNE_H
#define DATEBOOK_PRUNE_H

#include "datebook/monitor.h"
#include "datebook/store.h"

/* Why a version is kept: bits. */
enum prune_reason {
    PRUNE_HEAD = 1,
    PRUNE_LAST = 2,     /* one of the last N */
    PRUNE_TAGGED = 4,   /* whatever was asked for */
    PRUNE_EXPORTED = 8, /* likewise */
    PRUNE_YOUNG = 16
};

struct prune_request {
    int64_t keep_last;  /* the newest so many */
    int64_t keep_since; /* civil stamp: those that started then or later */
};

struct prune_version {
    int64_t number;
    bool pruned;      /* before; it stays so */
    unsigned reasons; /* to keep it; 0, and not pruned: it goes */
};

struct prune_plan {
    struct prune_version *versions; /* all there are, oldest first */
    size_t count;
    int64_t *kept; /* numbers of those that stay, rising */
    size_t kept_count;
    int64_t dropped;
};

/* Decides what would go; changes nothing. */
bool prune_plan(struct store *store, struct arena *arena,
                const struct prune_request *request, struct prune_plan *plan,
                struct error *err) CHECKED;

struct prune_rows {
    int64_t rows;
    int64_t bytes; /* an estimate of what they take in the file */
};

/* Counts the rows that a plan drops; changes nothing. */
bool prune_count(struct store *store, const struct prune_plan *plan,
                 const struct monitor *monitor, struct prune_rows *rows,
                 struct error *err) CHECKED;

/* Drops them, in one transaction in which the plan is made.  Costs what there
 * is of dead rows; memory does not grow with them. */
bool prune_drop(struct store *store, struct arena *arena,
                const struct prune_request *request,
                const struct monitor *monitor, struct prune_plan *plan,
                struct prune_rows *rows, struct error *err) CHECKED;

/* The runs of pruned versions from `low` up to, not including, `high`: where
 * nobody knows what a row was that is not there. */
bool pruned_runs(struct store *store, struct arena *arena, int64_t low,
                 int64_t high, struct span **runs, size_t *count,
                 struct error *err) CHECKED;

/* ---- Space ---- */

/* Bytes of the file and of the write-ahead log beside it. */
bool store_size(struct store *store, int64_t *bytes, struct error *err) CHECKED;

enum reclaim_outcome {
    RECLAIM_DONE,
    RECLAIM_LATER, /* readers of older states use it: when they are done */
    RECLAIM_BUSY,  /* somebody writes; nothing was given back */
    RECLAIM_FULL,  /* no room for the copy that is needed; likewise */
    RECLAIM_FAILED /* for another reason; likewise */
};

/* Gives the free pages of the file back, if there are any.  A file that was
 * made before this was cheap is copied once.  What keeps the file as large as
 * it is is no error; ERROR_INTERRUPTED says that the rows are gone all the
 * same. */
bool store_reclaim(struct store *store, const struct monitor *monitor,
                   enum reclaim_outcome *outcome, struct error *err) CHECKED;

#endif
