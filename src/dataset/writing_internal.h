/* Shared by the files that have a model write meetings. */
#ifndef DATEBOOK_DATASET_WRITING_INTERNAL_H
#define DATEBOOK_DATASET_WRITING_INTERNAL_H

#include "datebook/writing.h"

/* ---- Requests: writing_request.c ---- */

/* A persona of a job at HEAD, as its prompts need it. */
struct writing_persona {
    const struct stored_persona *stored;
    struct persona persona;
    const char **kinds; /* of work: the names of its typical breakdown */
    size_t kind_count;
    const struct writing_home *home;
    unsigned char hash[HASH_SIZE]; /* of its document */
};

/* The persona as a version has it; ERROR_INPUT when it was removed meanwhile.
 */
bool writing_persona_at(struct store *store, struct arena *arena,
                        const struct writing_job *job, int64_t version,
                        int64_t key, struct stored_persona **stored,
                        struct error *err) CHECKED;

/* The persona of HEAD; ERROR_INPUT when it was removed meanwhile. */
bool writing_persona_open(struct store *store, struct arena *arena,
                          const struct writing_job *job, int64_t key,
                          struct writing_persona *persona,
                          struct error *err) CHECKED;

/* The home of one of the job's personas; NULL for any other. */
const struct writing_home *writing_home_of(const struct writing_job *job,
                                           int64_t key);

/* The call behind a request, for its prompt and for reading its reply. */
bool writing_call(struct arena *arena, const struct writing_job *job,
                  const struct writing_persona *persona,
                  const struct job_brief *briefs, size_t count, int attempt,
                  struct prompt_call *call, struct error *err) CHECKED;

/* The request for some briefs of a persona with all that is asked, not yet
 * added; its texts are in the arena.  `parent` is the caller's to set. */
bool writing_request(struct arena *arena, const struct writing_job *job,
                     const struct writing_persona *persona,
                     const struct job_brief *briefs, size_t count,
                     enum request_kind kind, int attempt,
                     struct request *request, struct error *err) CHECKED;

/* Sets the fingerprint: of model, schema, system, messages, most_tokens and
 * seed, and of the job's temperature. */
void writing_fingerprint(const struct writing_job *job,
                         struct request *request);

/* "[3,5]": the numbers of some briefs. */
const char *writing_number_list(struct arena *arena,
                                const struct job_brief *briefs, size_t count,
                                struct error *err) CHECKED;

/* Reads a request; ERROR_DATABASE when there is none. */
bool writing_read_request(struct store *store, struct arena *arena,
                          int64_t number, struct request *request,
                          struct error *err) CHECKED;

/* What an endpoint, or whatever else has such a key, was found to understand;
 * values that no program has written are not found. */
bool writing_recall_traits(struct store *store,
                           const unsigned char key[HASH_SIZE],
                           const char *model, struct chat_traits *traits,
                           bool *found, struct error *err) CHECKED;
bool writing_keep_traits(struct store *store,
                         const unsigned char key[HASH_SIZE], const char *model,
                         const struct chat_traits *traits,
                         struct error *err) CHECKED;

/* The body of a request for an endpoint that has these traits. */
bool writing_body(struct arena *arena, const struct writing_job *job,
                  const struct request *request,
                  const struct endpoint *endpoint,
                  const struct chat_traits *traits, struct buf *body,
                  struct error *err) CHECKED;

/* Reads a list of numbers as requests have it. */
bool writing_numbers(struct arena *arena, const char *text, int64_t **numbers,
                     size_t *count, struct error *err) CHECKED;

/* The options of a job whose personas have these homes. */
void writing_job_write(struct buf *buf, const struct writing_wish *wish,
                       const struct writing_home *homes, size_t count);

/* Adds a job for personas in order of key, and reads it back: what is planned
 * is what a resumed job will go by.  Its wish has the library. */
bool writing_start_job(struct store *store, struct arena *arena,
                       const struct writing_wish *wish,
                       const struct stored_persona *personas, size_t count,
                       struct writing_job *job, struct error *err) CHECKED;

/* ---- Judging: writing_judge.c ---- */

/* What decides on replies: personas of the job, and the texts that are there,
 * against which near-duplicates are held. */
struct judge;

struct judge *judge_open(struct store *store, struct arena *arena,
                         const struct writing_job *job,
                         const struct price *price, bool batch,
                         struct error *err) CHECKED;
void judge_close(struct judge *judge); /* NULL is fine */

/* Takes what came for a request, within an open journal transaction: settles
 * it, fills its briefs, keeps what is rejected, and adds the requests that
 * follow (a correction, one with more room, one for other texts).  Outcomes
 * CHAT_RETRY, CHAT_ADAPT and CHAT_FATAL are the caller's.  The body must hold
 * no key. */
bool judge_take(struct judge *judge, int64_t request,
                const struct http_reply *http, const struct chat_reply *reply,
                struct error *err) CHECKED;

/* Adds what a reply took to its request, which is settled later, and to the
 * totals. */
void judge_charge(struct judge *judge, struct request *request,
                  const struct chat_usage *usage);

/* What the job came to so far, kept up to date by judge_take; calls and retries
 * are the caller's to count. */
struct job_totals *judge_totals(struct judge *judge);

/* How many texts may come in all. */
int64_t judge_most_candidates(const struct judge *judge);

#endif
