/* What does not fit into memory: a temporary file without a name.
 *
 * It lies in the folder of $TMPDIR, else in /tmp, and is gone with its last
 * descriptor, whatever becomes of the program. */
#ifndef DATEBOOK_SPLIT_SPILL_H
#define DATEBOOK_SPLIT_SPILL_H

#include "datebook/error.h"

#include <stddef.h>
#include <stdint.h>

struct spill;

struct spill *spill_new(struct error *err) CHECKED;
void spill_free(struct spill *spill); /* NULL is fine */

/* Adds bytes at the end.  A full disk is ERROR_INPUT and names the folder. */
bool spill_add(struct spill *spill, const void *bytes, size_t length,
               struct error *err) CHECKED;

/* Bytes that were added, those that are still in memory included. */
uint64_t spill_size(const struct spill *spill);

/* Writes what is still in memory: before reading. */
bool spill_flush(struct spill *spill, struct error *err) CHECKED;

/* Reads exactly `length` bytes that were flushed. */
bool spill_read(const struct spill *spill, uint64_t offset, void *bytes,
                size_t length, struct error *err) CHECKED;

#endif
