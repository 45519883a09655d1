/* The parts of croissant.json.  They add members to an open object, each with a
 * comma before it, without white space; the whole is indented at the end. */
#ifndef EXPORT_CROISSANT_H
#define EXPORT_CROISSANT_H

#include "src/export/card.h"

/* ,"name":"text" */
void add_member(struct buf *out, const char *name, const char *text);

void croissant_distribution(const struct export_summary *summary,
                            struct buf *out);
void croissant_record_sets(const struct export_summary *summary,
                           struct buf *out);
void croissant_rai(const struct export_summary *summary, struct buf *out);

#endif
