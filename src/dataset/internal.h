/* Shared by the files of this folder. */
#ifndef DATEBOOK_DATASET_INTERNAL_H
#define DATEBOOK_DATASET_INTERNAL_H

#include "datebook/dataset.h"

/* A copy of a list of personas in order of key, the order in which a run
 * writes. */
struct stored_persona *personas_by_key(struct arena *arena,
                                       const struct stored_persona *personas,
                                       size_t count, struct error *err) CHECKED;

#endif
