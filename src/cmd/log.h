/* What `log` prints: versions, of which the answers of one sitting are one
 * line. */
#ifndef DATEBOOK_CMD_LOG_H
#define DATEBOOK_CMD_LOG_H

#include "cli.h"

#include "datebook/stored_record.h"

/* A version, or several that did the same in turn. */
struct log_line {
    int64_t newest;
    int64_t oldest; /* the same for one */
    int64_t started;
    const char *command;
    const char *summary; /* of the newest */
    /* What their summaries count, where they are of a sitting. */
    size_t stem; /* bytes of the summary up to the number; 0: they are not */
    int64_t answers;
    int64_t taken_back;
    const char *what; /* the answers are: "opinion"; NULL for none yet */
    bool pruned;
    struct noun_counts counts[NOUNS]; /* sums, without totals */
};

struct log {
    int64_t last;  /* the newest version to show */
    int64_t limit; /* lines at most */
    bool all;      /* a line for every version */
    struct tag *tags;
    size_t tag_count;
    struct log_line *lines;
    size_t count;
};

/* Reads versions from the last one back until there are lines enough. */
bool log_read(struct cli *cli, struct store *store, struct log *log,
              struct error *err) CHECKED;

/* What a line did: "ann on first: 46 opinions, 1 taken back"; NULL when memory
 * is out. */
const char *log_summary(struct cli *cli, const struct log_line *line,
                        struct error *err) CHECKED;

#endif
