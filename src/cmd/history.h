/* Shared by the two halves of `history`: that of a meeting and that of a
 * persona. */
#ifndef DATEBOOK_CMD_HISTORY_H
#define DATEBOOK_CMD_HISTORY_H

#include "cli.h"

#include "datebook/history.h"

/* The history of one row, and where it is told. */
struct history {
    struct cli *cli;
    struct store *store;
    int64_t last; /* as it was known at this version */
};

bool persona_history(const struct history *history, int64_t persona,
                     struct error *err) CHECKED;

/* "v3  relabel, 2025-11-24 16:00: labelled 3 meetings again", cut to the width
 * of a terminal. */
bool print_run(const struct history *history, int64_t version,
               struct error *err) CHECKED;

/* "v5 to v7  …" for versions of which no row is left. */
void print_pruned(const struct history *history, const struct stretch *stretch,
                  const char *what);

/* Members "since", "until" and "known". */
void json_stretch(struct buf *out, const struct stretch *stretch);

/* Members "by", "started" and "summary" of a version. */
bool json_run(const struct history *history, int64_t version,
              struct error *err) CHECKED;

/* A text in lines of a terminal's width, broken between words. */
void put_wrapped(struct buf *out, const char *text, int indent);

enum { HISTORY_INDENT = 6 };

#endif
