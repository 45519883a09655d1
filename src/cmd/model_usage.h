/* What a model's work came to, in words: money, tokens, calls, results. */
#ifndef DATEBOOK_CMD_MODEL_USAGE_H
#define DATEBOOK_CMD_MODEL_USAGE_H

#include "cli.h"

#include "datebook/writing.h"

#include <cjson/cJSON.h>

/* Micro-dollars as "$0.0123": two decimals from ten dollars on, at most four
 * from a tenth of a cent on, else at most six. */
void put_dollars(struct buf *buf, int64_t micro);
/* The same as a number of JSON in dollars; null when it is negative. */
void json_dollars(struct buf *out, const char *key, int64_t micro);

/* "25 calls, 12,345 tokens of prompts and 6,789 of replies, $0.0123"; before
 * the first reply only the calls. */
void put_usage(struct cli *cli, struct buf *buf,
               const struct job_totals *totals);
/* "2 retries, 1 correction, 3 of 43 texts rejected, 4 put right"; nothing when
 * nothing of it happened. */
void put_troubles(struct cli *cli, struct buf *buf,
                  const struct job_totals *totals);

/* Reads what writing_totals_json wrote; members that are missing are 0. */
void usage_read(const cJSON *usage, struct job_totals *totals);

/* A text member of a job's options, such as "model"; `otherwise` when there is
 * none. */
const char *job_option(struct cli *cli, const struct job *job, const char *name,
                       const char *otherwise);

/* "34 of 200 meetings" */
const char *job_progress(struct cli *cli, const struct job_totals *totals);

/* Adds what one file of results came to; the totals are those of the last. */
void sum_results(struct writing_batch_result *all,
                 const struct writing_batch_result *one);
/* Notes what is odd about results: known ones, failures, strangers. */
void note_results(struct cli *cli, const struct writing_batch_result *results);

#endif
