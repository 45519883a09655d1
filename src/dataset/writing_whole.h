/* Meetings of which a model made everything. */
#ifndef DATEBOOK_DATASET_WRITING_WHOLE_H
#define DATEBOOK_DATASET_WRITING_WHOLE_H

#include "writing_internal.h"

/* Start and end of a written meeting; ERROR_DATABASE for a date that the
 * journal should not have. */
bool whole_times(const struct written *written, struct event *event,
                 struct error *err) CHECKED;

/* Gives an event, which has its times, the people that were written: addresses
 * of the persona's company under its domain, others under that of a name of
 * theirs, and answers as in the simulation, always the same for the same seed,
 * persona and ordinal. */
bool whole_people(struct arena *arena, const struct writing_job *job,
                  const struct writing_home *home,
                  const struct written *written, int64_t ordinal,
                  struct event *event, struct error *err) CHECKED;

#endif
