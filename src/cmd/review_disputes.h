/* What reviewers said of a meeting that wants a decision, side by side. */
#ifndef DATEBOOK_CMD_REVIEW_DISPUTES_H
#define DATEBOOK_CMD_REVIEW_DISPUTES_H

#include "reviews.h"

/* The current opinions of an item, in the order of reviewers. */
bool current_opinions(struct arena *arena, const struct review *review,
                      const struct review_item *item,
                      const struct opinion *const **opinions, size_t *count,
                      struct error *err) CHECKED;

/* The items of a review that are disputed, in its order. */
bool disputed_items(struct arena *arena, const struct review *review,
                    const struct review_item *const **items, size_t *count,
                    struct error *err) CHECKED;

/* How items are shown. */
struct dispute_form {
    const char *const *headings; /* lines above each item; NULL: none */
    bool on_screen; /* where numbers take opinions, and reasons stand below */
};

/* Adds a table of what each reviewer said of each item, and the label; notes
 * and rules that are said to be wrong stand below who says so.  Columns line up
 * over all items, within 80. */
bool put_disputes(struct buf *out, struct arena *arena,
                  const struct review *review,
                  const struct review_item *const *items, size_t count,
                  const struct dispute_form *form, struct error *err) CHECKED;

#endif
