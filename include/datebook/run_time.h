/* What a file knows of a run besides its header: how long it took, and whose
 * rows it touched.  Neither is covered by a hash of its version: the sum of the
 * table shows accidents with the first, the second follows from the change log.
 * Errors are ERROR_DATABASE. */
#ifndef DATEBOOK_RUN_TIME_H
#define DATEBOOK_RUN_TIME_H

#include "datebook/store.h"

/* Says how many milliseconds a sealed run took; it is kept when the run is
 * committed.  Once for each run that changed something. */
bool run_time_put(struct run *run, int64_t milliseconds,
                  struct error *err) CHECKED;

/* *known is false for a version that was made with a fixed clock, or before
 * times were kept. */
bool run_time_of(struct store *store, int64_t version, int64_t *milliseconds,
                 bool *known, struct error *err) CHECKED;

/* The ids of the personas that a version touched, in order: whose document,
 * meetings or labels it added, changed or removed.  Of one that was pruned only
 * those of whom a row is left.  Costs what they are, not how many rows. */
bool run_personas(struct store *store, struct arena *arena, int64_t version,
                  const char ***ids, size_t *count, struct error *err) CHECKED;

#endif
