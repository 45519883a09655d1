/* What `batch submit`, `status` and `collect` share: the open job, its batches,
 * and the provider that runs them. */
#ifndef DATEBOOK_CMD_BATCH_SESSION_H
#define DATEBOOK_CMD_BATCH_SESSION_H

#include "endpoint_options.h"

#include "datebook/batch_api.h"
#include "datebook/writing.h"

/* The options that batch_open reads, but for --model: that is the job's. */
/* clang-format off */
#define BATCH_OPTIONS                                                          \
    {"provider", 0, "NAME", "openai (default) or azure"},                      \
    ENDPOINT_OPTIONS,                                                          \
    {"poll", 0, "MS", NULL}
/* clang-format on */

struct batch_session {
    struct cli *cli;
    struct store *store;
    struct progress *progress;
    const struct monitor *monitor;
    struct writing_job job;
    struct endpoint endpoint;
    bool connected; /* the endpoint is open */
    struct batch_api *api;
    int64_t poll_ms; /* between two looks at batches */
    /* Of the job, oldest first. */
    struct remote_batch *batches;
    size_t count;
};

/* Opens file, job and endpoint; with `lock` no other process works on the job
 * meanwhile.  To be closed in any case. */
bool batch_open(struct batch_session *session, bool lock,
                struct error *err) CHECKED;
void batch_close(struct batch_session *session);

/* Reads the batches of the job again. */
bool batch_reload(struct batch_session *session, struct error *err) CHECKED;

/* Writes down what is known of a batch; of a new one, with its number 0, sets
 * the number. */
bool batch_record(struct batch_session *session, struct remote_batch *batch,
                  struct error *err) CHECKED;

/* What a batch has in its metadata, by which it is found again: the hash of its
 * file, and "-2" after it when that content is submitted a second time. */
const char *batch_metadata(const struct batch_session *session,
                           const struct remote_batch *batch, struct error *err);

/* Takes over what the provider says of a batch, and writes it down. */
bool batch_learn(struct batch_session *session, struct remote_batch *batch,
                 const struct batch_object *object, struct error *err) CHECKED;

/* Looks whether a file that was uploaded has become a batch that nobody wrote
 * down; then it has its batch_id afterwards. */
bool batch_adopt(struct batch_session *session, struct remote_batch *batch,
                 struct error *err) CHECKED;

/* Asks the provider how a batch is, and writes down what is new of it.
 * *problem says in words what is wrong with it; NULL: nothing. */
bool batch_refresh(struct batch_session *session, struct remote_batch *batch,
                   const char **problem, struct error *err) CHECKED;

/* Whether nothing will happen to it any more, of what the file knows. */
bool batch_has_ended(const struct remote_batch *batch);

/* Prints a list of batches as {"file", "batch", "state", …} after a key. */
void batch_json(struct buf *out, const struct remote_batch *batches,
                const char *const *problems, size_t count);

#endif
