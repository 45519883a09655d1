/* `datebook validate --against FILE`: reading a real calendar, and what is
 * printed of it. */
#ifndef DATEBOOK_CMD_AGAINST_H
#define DATEBOOK_CMD_AGAINST_H

#include "cli.h"

#include "datebook/against.h"

/* Compares the meetings of personas as of a version with a file, with a
 * progress line. */
bool read_against(struct cli *cli, struct store *store, int64_t version,
                  const struct stored_persona *personas, size_t count,
                  const char *file, struct against *result,
                  struct error *err) CHECKED;

/* Tables of fields and distributions, with what they mean in words; with -v
 * the formats of every field. */
bool print_against(struct cli *cli, const struct against *result,
                   struct error *err) CHECKED;

/* The same as one JSON object. */
void json_against(struct buf *out, const struct against *result);

#endif
