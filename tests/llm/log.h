/* The log: what came, before it is answered; and what it amounts to. */
#ifndef LLM_LOG_H
#define LLM_LOG_H

#include "tests/llm/http.h"

struct log;

struct log *log_open(const char *path); /* NULL: nowhere */
void log_close(struct log *log);

/* {"n":…,"ms":…,"in_flight":…,"method","path","query","headers":{…},
 * "hash":"…","body":…}: the body as JSON, or a string; of more than a megabyte
 * only its length. */
void log_request(struct log *log, int64_t number, int in_flight,
                 const struct request *request);
/* {"violation":"…","n":…} */
void log_violation(struct log *log, int64_t number, const char *why);
/* {"answered":…,"ms":…,"status":…,"whole":true} */
void log_answer(struct log *log, int64_t number, int status, bool whole);
/* {"batch_line":…,"hash":"…","status":…}: a line of a batch that was run. */
void log_batch_line(struct log *log, const char *custom_id, uint64_t hash,
                    int status);

/* Prints counts of a log, one a line, and the violations; or only the number of
 * that name.  "calls" are those for chat completions, "distinct" their bodies,
 * "broken" answers that did not get through, "in_flight" the most at a time. */
void log_summary(const char *path, const char *name);

#endif
