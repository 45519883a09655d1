/* Items of a sample as lines of JSON, for other programs. */
#ifndef DATEBOOK_CMD_REVIEW_LINES_H
#define DATEBOOK_CMD_REVIEW_LINES_H

#include "reviews.h"

/* A member "label": {…}. */
void json_seen_label(struct buf *out, const struct seen_label *label);

/* An object: what somebody said of an item; with `named`, and by whom. */
void json_opinion(struct buf *out, const struct review_item *item,
                  const struct opinion *opinion, bool named);

/* A member "opinions" with all that was said of an item, the decision last. */
void json_opinions(struct buf *out, const struct review *review,
                   const struct review_item *item);

#endif
