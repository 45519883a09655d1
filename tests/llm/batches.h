/* Files and batches: uploads, the batches made of them, and their results. */
#ifndef LLM_BATCHES_H
#define LLM_BATCHES_H

#include "tests/llm/http.h"
#include "tests/llm/log.h"
#include "tests/llm/script.h"

struct batches;

struct batches *batches_open(struct script *script, struct log *log);
void batches_close(struct batches *batches);

/* Each answers one kind of request; a fault in its shape goes to `why`, and
 * then there is no answer yet. */
void batches_upload(struct batches *batches, const struct request *request,
                    struct reply *reply, struct text *why);
void batches_download(struct batches *batches, const char *id,
                      struct reply *reply);
void batches_make(struct batches *batches, const struct request *request,
                  struct reply *reply, struct text *why);
void batches_look(struct batches *batches, const char *id, struct reply *reply);
void batches_cancel(struct batches *batches, const char *id,
                    struct reply *reply);
/* The newest first, from the one behind `after` on ("": from the newest). */
void batches_list(struct batches *batches, long limit, const char *after,
                  struct reply *reply);

/* Runs a file of requests without a network, as vLLM's run-batch does: all
 * results into `output`, or those that failed into `errors` when there is one.
 */
void batches_run(struct batches *batches, const char *input, const char *output,
                 const char *errors);

#endif
