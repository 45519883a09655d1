/* Batches at a provider: files are uploaded, batches of them created and
 * watched, and what came of them downloaded.
 *
 * The resources are /files and /batches of OpenAI's API reference, which Azure
 * OpenAI has as well.  What fails for want of luck (429, 5xx, the network) is
 * tried again a few times; what fails in the end is ERROR_ENDPOINT, with the
 * reason.  Keys, TLS, redirects and proxies: as in datebook/transport.h. */
#ifndef DATEBOOK_BATCH_API_H
#define DATEBOOK_BATCH_API_H

#include "datebook/endpoint.h"
#include "datebook/file.h"
#include "datebook/monitor.h"

struct batch_api_options {
    int tries;        /* of one exchange */
    int64_t first_ms; /* pause after the first failure; then twice as long … */
    int64_t poll_ms;  /* between looks at a file that is not ready yet */
    int64_t polls;    /* such looks at most */
};

/* 5 tries, 500 ms, 5 s, 120 looks. */
extern const struct batch_api_options batch_api_defaults;

struct batch_api;

/* The arena is for what lives as long as the connection.  The monitor is told
 * of bytes that went, and asked while something is waited for whether to go
 * on. */
struct batch_api *batch_api_open(struct arena *arena,
                                 const struct endpoint *endpoint,
                                 const struct batch_api_options *options,
                                 const struct monitor *monitor,
                                 struct error *err) CHECKED;
void batch_api_close(struct batch_api *api); /* NULL is fine */

/* Texts are safe in a URL, a file name and on a terminal. */
struct remote_file {
    const char *id;
    bool ready; /* a batch can be made of it */
    bool gone;  /* there is no such file (any more) */
};

/* Uploads a file for a batch, read from the disk as it goes. */
bool batch_api_upload(struct batch_api *api, struct arena *arena,
                      const char *path, struct remote_file *file,
                      struct error *err) CHECKED;
/* Waits until an uploaded file is ready, or gone. */
bool batch_api_await(struct batch_api *api, struct arena *arena,
                     struct remote_file *file, struct error *err) CHECKED;

struct batch_object {
    const char *id;
    const char *state;     /* in lower case: "validating", "failed",
                              "in_progress", "finalizing", "completed",
                              "expired", "cancelling", "cancelled", or what the
                              provider calls it */
    const char *output_id; /* file of results; "": none so far */
    const char *error_id;
    const char *mark;    /* metadata.datebook; "" */
    const char *problem; /* the first of its errors in words; NULL */
    int64_t total, completed, failed;
};

/* Whether nothing will happen to a batch any more. */
bool batch_state_is_final(const char *state);

/* Creates a batch of an uploaded file, with a mark in its metadata.  A try
 * whose reply got lost is followed by a look whether it made the batch. */
bool batch_api_create(struct batch_api *api, struct arena *arena,
                      const char *file_id, const char *mark,
                      struct batch_object *batch, struct error *err) CHECKED;
/* The newest batch with a mark, but for those that failed before anything was
 * run. */
bool batch_api_find(struct batch_api *api, struct arena *arena,
                    const char *mark, struct batch_object *batch, bool *found,
                    struct error *err) CHECKED;
bool batch_api_get(struct batch_api *api, struct arena *arena, const char *id,
                   struct batch_object *batch, struct error *err) CHECKED;

/* Writes the content of a file; it has its name once all of it is there. */
bool batch_api_download(struct batch_api *api, struct arena *arena,
                        const char *file_id, const char *path,
                        struct file_totals *totals, struct error *err) CHECKED;

#endif
