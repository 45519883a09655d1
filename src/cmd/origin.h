/* What wrote a meeting: the request to a model that its texts came from. */
#ifndef DATEBOOK_CMD_ORIGIN_H
#define DATEBOOK_CMD_ORIGIN_H

#include "cli.h"

#include "datebook/journal.h"

/* NULL in *request: it was not written by a model. */
bool origin_find(struct cli *cli, struct store *store, int64_t meeting,
                 struct request **request, struct error *err) CHECKED;

/* Two lines: "MODEL, request 12 of job 1, 812 tokens of prompt and 240 of
 * reply", and "prompt 8c91…, persona document 3f2a…, seed 5"; the second after
 * `indent` spaces. */
void put_origin(struct buf *out, const struct request *request, int indent);

/* A member "written": null, or {"model", "request", "job", "seed",
 * "prompt_hash", "persona_hash", "prompt_tokens", "completion_tokens"}. */
void json_origin(struct buf *out, const struct request *request);

#define ORIGIN_JSON                                                            \
    "\"written\": null or {\"model\", \"request\", \"job\", \"seed\", "        \
    "\"prompt_hash\", \"persona_hash\", \"prompt_tokens\", "                   \
    "\"completion_tokens\"} (of the whole request)"

#endif
