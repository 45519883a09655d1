/* Single exchanges for batch_api.c: one after the other, with bodies that are
 * sent from files and replies that are written to them. */
#ifndef DATEBOOK_LLM_BATCH_HTTP_H
#define DATEBOOK_LLM_BATCH_HTTP_H

#include "datebook/batch_api.h"
#include "datebook/chat.h"

struct batch_http;

struct batch_http *batch_http_open(struct arena *arena,
                                   const struct endpoint *endpoint,
                                   const struct batch_api_options *options,
                                   const struct monitor *monitor,
                                   struct error *err) CHECKED;
void batch_http_close(struct batch_http *http); /* NULL is fine */

struct batch_call {
    const char *url;
    const char *what;   /* for messages: "upload requests.jsonl" */
    const char *json;   /* sent by POST; NULL: GET … */
    const char *upload; /* … or the path of a file that is sent as a form */
    const char *save;   /* path of the file that the reply becomes; NULL */
    bool once;          /* a lost reply may mean that it was done */
    bool may_be_gone;   /* 404 is no error */
};

struct batch_answer {
    int status;
    const char *body; /* of what was not saved; NUL-terminated */
    size_t length;
    bool lost;    /* of a call with `once`: it may have been done */
    int64_t wait; /* of a lost one: that the server asked for; -1 */
    struct file_totals totals; /* of what was saved */
};

/* Does a call, again if that helps.  The answer's body is in the arena.  With
 * `once` only what the other side surely did not do is tried again. */
bool batch_http_call(struct batch_http *http, struct arena *arena,
                     const struct batch_call *call, struct batch_answer *answer,
                     struct error *err) CHECKED;

/* Waits, as long as the monitor lets. */
bool batch_http_pause(struct batch_http *http, int64_t milliseconds,
                      struct error *err) CHECKED;

/* The pause before a call that has failed `tries` times is tried again. */
int64_t batch_http_backoff(const struct batch_http *http, int tries,
                           int64_t wait);

#endif
