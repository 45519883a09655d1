/* `datebook validate`: what it reads and prints. */
#ifndef DATEBOOK_CMD_VALIDATE_H
#define DATEBOOK_CMD_VALIDATE_H

#include "against.h"

#include "datebook/validate.h"

/* Reads --thresholds, --only, --skip and --expect. */
bool validate_options(struct cli *cli, struct validate_request *request,
                      struct error *err) CHECKED;

/* The checks that there are, with their ranges; those left out are skipped. */
bool print_checks(struct cli *cli, const struct validate_request *request,
                  struct error *err) CHECKED;
void json_checks(struct buf *out, const struct validate_request *request);

/* No check fails as an error, and there was something to check. */
bool validation_holds(const struct validation *validation);
/* What was measured, and what --against found (else NULL).  The store spells
 * the ids of meetings. */
bool print_validation(struct cli *cli, struct store *store,
                      const struct validate_request *request,
                      const struct validation *validation,
                      const struct against *against, struct error *err) CHECKED;
bool json_validation(struct cli *cli, struct store *store,
                     const struct validate_request *request,
                     const struct validation *validation,
                     const struct against *against, struct error *err) CHECKED;

/* The same as JUnit XML in a file, which is there whole or not at all. */
bool junit_validation(struct cli *cli, struct store *store, const char *path,
                      const struct validate_request *request,
                      const struct validation *validation,
                      struct error *err) CHECKED;

/* ---- Shared by these ---- */

/* Whether a check of a group was made of it, or would have been with more
 * meetings. */
bool check_was_asked(const struct validate_request *request,
                     const struct check_result *result, int check);

/* Whether it failed, be that an error or a warning. */
bool check_is_off(const struct check_result *result);

/* How many meetings or personas a result names, and each of them, `most` at
 * most: with a note, or "" for none. */
size_t fault_count(const struct check_result *result);
typedef bool fault_visitor(void *context, const char *id, const char *note,
                           struct error *err);
bool visit_faults(struct store *store, int64_t version,
                  const struct check_result *result, size_t most,
                  fault_visitor *visit, void *context,
                  struct error *err) CHECKED;

/* A range or value as text in the arena of the cli; "" when memory ran out,
 * which cli->out then knows. */
const char *check_range_of(struct cli *cli, enum check_unit unit,
                           struct check_range range, struct error *err);
const char *check_value_of(struct cli *cli, enum check_unit unit, double value,
                           struct error *err);

#endif
