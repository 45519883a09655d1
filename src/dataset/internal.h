/* Shared by the files of this folder. */
#ifndef DATEBOOK_DATASET_INTERNAL_H
#define DATEBOOK_DATASET_INTERNAL_H

#include "datebook/dataset.h"

/* A copy of a list of personas in order of key, the order in which a run
 * writes. */
struct stored_persona *personas_by_key(struct arena *arena,
                                       const struct stored_persona *personas,
                                       size_t count, struct error *err) CHECKED;

/* The newest version that two files share, up to their heads; 0 for none.  When
 * it fails, *failed is the one that could not be read. */
bool common_version(struct store *const stores[2], const int64_t heads[2],
                    struct arena *scratch, int64_t *common, int *failed,
                    struct error *err) CHECKED;

struct stored_record;

/* What differs between two documents of records, in lines as those of
 * persona_changes; none where one is no JSON, which the store does not mind. */
bool record_changes(struct arena *arena, const struct stored_record *old,
                    const struct stored_record *new, const char ***changes,
                    size_t *count, struct error *err) CHECKED;

#endif
