/* OpenAI's batch files: a request a line, results in any order.
 *
 * At most 50,000 lines and 200 MB a file (OpenAI; Azure takes more lines), one
 * model a file, UTF-8 without byte order mark or empty lines. */
#ifndef DATEBOOK_BATCH_FILE_H
#define DATEBOOK_BATCH_FILE_H

#include "datebook/chat.h"
#include "datebook/file.h"

enum {
    BATCH_LINES = 50000,
    BATCH_BYTES = 200 * 1000 * 1000,
    BATCH_ID_SIZE = 65
};

/* Writes requests.jsonl, or when they are too many requests-00001.jsonl,
 * requests-00002.jsonl …; none of them has its name until all are whole.  With
 * no line there is no file. */
struct batch_writer;

struct batch_shard {
    const char *path;
    struct file_totals totals;
};

struct batch_writer *batch_create(struct arena *arena, const char *path,
                                  int64_t most_lines, int64_t most_bytes,
                                  struct error *err) CHECKED;
/* Adds a line: custom_id, the url of endpoint_batch_url, and a body as
 * chat_write gives it. */
bool batch_add(struct batch_writer *writer, const char *custom_id,
               const char *url, const char *body, size_t length,
               struct error *err) CHECKED;
/* Finishes the files under their temporary names.  ERROR_INPUT when a file of
 * an older set would stay beside them and be taken for one of this. */
bool batch_finish(struct batch_writer *writer, struct error *err) CHECKED;
/* Finishes the files, unless that was done, and names them. */
bool batch_publish(struct batch_writer *writer, struct batch_shard **shards,
                   size_t *count, struct error *err) CHECKED;
void batch_discard(struct batch_writer *writer); /* NULL is fine */

/* One line of results or of an error file. */
struct batch_result {
    const char
        *custom_id; /* NULL: the line cannot be used; `problem` says why */
    const char *problem;
    int status;        /* of HTTP; 0: the request was not run */
    const char *error; /* why not: "batch_expired: …", safe for a terminal; NULL
                          when there was a reply */
    /* Of the reply, as it stands in the line; "" when there is none.  Of a
     * failure that is told beside the reply (vLLM) it is made from that. */
    const char *body;
    size_t length;
    const char *id;         /* of the line, by which it is known again; NULL */
    const char *request_id; /* NULL */
};

/* Reads a line.  Never fails for what stands in it: only for want of memory. */
bool batch_read_line(struct arena *arena, const char *line, size_t length,
                     struct batch_result *result, struct error *err) CHECKED;

#endif
