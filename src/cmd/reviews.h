/* What the commands of reviews share. */
#ifndef DATEBOOK_CMD_REVIEWS_H
#define DATEBOOK_CMD_REVIEWS_H

#include "cli.h"

#include "datebook/review.h"

/* The value of --reviewer, which must be there and be a name. */
bool option_reviewer(struct cli *cli, const char **reviewer,
                     struct error *err) CHECKED;

/* Adds "3 open, 2 open again, 95 done": of the items, to one reviewer. */
void put_review_progress(struct buf *out, const struct review *review,
                         size_t reviewer);

/* Seals and commits a run of reviews with this summary, or says in *changed
 * that nothing differs. */
bool finish_review(struct cli *cli, struct run *run, const char *summary,
                   bool *changed, struct error *err) CHECKED;

#endif
