/* `datebook validate`: what it prints. */
#ifndef DATEBOOK_CMD_VALIDATE_H
#define DATEBOOK_CMD_VALIDATE_H

#include "cli.h"

#include "datebook/validate.h"

/* The checks that there are, with their ranges; those left out are skipped. */
bool print_checks(struct cli *cli, const struct validate_request *request,
                  struct error *err) CHECKED;
void json_checks(struct buf *out, const struct validate_request *request);

/* No check fails, and there was something to check. */
bool validation_holds(const struct validation *validation);
/* What was measured.  The store spells the ids of examples. */
bool print_validation(struct cli *cli, struct store *store,
                      const struct validate_request *request,
                      const struct validation *validation,
                      struct error *err) CHECKED;
bool json_validation(struct cli *cli, struct store *store,
                     const struct validate_request *request,
                     const struct validation *validation,
                     struct error *err) CHECKED;

/* The id of the meeting of an example as of a version, in the arena. */
const char *example_id(struct arena *arena, struct store *store,
                       int64_t version, int64_t meeting,
                       struct error *err) CHECKED;

#endif
