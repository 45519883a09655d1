/* The sums over bookkeeping tables: what the connection keeps of them, and what
 * a check and a migration need. */
#ifndef DATEBOOK_STORE_SEAL_H
#define DATEBOOK_STORE_SEAL_H

#include "internal.h"

const char *seal_table(int seal);

/* Makes seal_row() known to a new connection. */
bool seal_prepare(struct store *store, struct error *err) CHECKED;

/* The first tables are those that the second schema had when it brought the
 * sums; later ones were empty when they came, which is a sum of zero. */
enum { SEALS_OF_SCHEMA_2 = 7 };

/* The sums of what stands in the first `count` tables, zero for the others, and
 * those that were written down; a sum that is missing or of the wrong size is
 * zero. */
bool seal_compute(struct store *store, int count, struct seal_sum sums[SEALS],
                  struct error *err) CHECKED;
bool seal_load(struct store *store, struct seal_sum sums[SEALS],
               struct error *err) CHECKED;

/* Writes down the sums that differ from those loaded. */
bool seal_save(struct store *store, const struct seal_sum sums[SEALS],
               struct error *err) CHECKED;

#endif
