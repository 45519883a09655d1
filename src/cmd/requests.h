/* Shared by the commands on requests: what one request is, in JSON. */
#ifndef DATEBOOK_CMD_REQUESTS_H
#define DATEBOOK_CMD_REQUESTS_H

#include "cli.h"

#include "datebook/journal.h"

/* Members of a request but for what was said: "request", "job", "kind",
 * "state", … */
bool json_request(struct cli *cli, struct store *store,
                  const struct request *request, struct error *err) CHECKED;

/* A text that failed: {"request", "brief", "reason", "text", "final"}. */
void json_rejection(struct buf *out, const struct rejection *rejection);

/* The same in words, the text below the reason. */
void print_rejection(struct cli *cli, const struct rejection *rejection);

#endif
