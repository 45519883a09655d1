/* Leaks with other limits than the usual ones, for tests. */
#ifndef DATEBOOK_SPLIT_LEAKS_INTERNAL_H
#define DATEBOOK_SPLIT_LEAKS_INTERNAL_H

#include "datebook/leaks.h"

#include "twins.h"

/* leaks_find with options, of which `within` is not for the caller. */
bool leaks_find_with(struct store *store, struct arena *arena, int64_t version,
                     const struct division *division,
                     const struct twins_options *options,
                     const struct monitor *monitor, struct leaks *leaks,
                     struct error *err) CHECKED;

#endif
