/* A version, and what hangs on it: what `show` and `run show` have in common.
 */
#ifndef DATEBOOK_CMD_SHOWN_H
#define DATEBOOK_CMD_SHOWN_H

#include "model_usage.h"

/* One version, and what hangs on it. */
struct shown {
    struct version version;
    struct tag *tags; /* of all versions */
    size_t tag_count;
    struct export_entry *exports;
    size_t export_count;
    int64_t below; /* of a pruned one: the kept ones beside it */
    int64_t above;
};

/* A version by what it is called; ERROR_INPUT when there is none. */
bool shown_read(struct cli *cli, struct store *store, const char *name,
                struct shown *shown, struct error *err) CHECKED;

/* Lines, each after a line break: "tag      release-1 (signed)". */
void shown_pruned(struct buf *out, const struct shown *shown);
void shown_tags(struct buf *out, const struct shown *shown);
void shown_made(struct buf *out, const struct version *version);
void shown_exports(struct buf *out, const struct shown *shown);
/* What a model did for it. */
void shown_model(struct cli *cli, const char *model,
                 const struct job_totals *totals);

/* The table of its counts, after an empty line. */
bool shown_table(struct cli *cli, const struct version *version,
                 struct error *err) CHECKED;

/* Members of an object: those of the version, "tags" and "exports". */
void shown_json(struct buf *out, const struct shown *shown);

#endif
