/* The journal of what was asked of models: append-only but for states, and
 * outside of the versions.  A request is written down before it is sent and its
 * reply before it is used, so that whatever dies, nothing is paid for twice.
 *
 * A job is one `generate` with a model: its briefs say what is to be written,
 * its requests ask for some of them each, and in the end its meetings become
 * one version.  At most one job is open at a time.
 *
 * Writing needs an open transaction: journal_begin … journal_end, kept short,
 * or a run.  Errors are ERROR_DATABASE unless said otherwise. */
#ifndef DATEBOOK_JOURNAL_H
#define DATEBOOK_JOURNAL_H

#include "datebook/store.h"

/* Within a transaction, a run's included, this is ERROR_BUG. */
bool journal_begin(struct store *store, struct error *err) CHECKED;
/* Commits when all went well, else rolls back and is false. */
bool journal_end(struct store *store, bool ok, struct error *err) CHECKED;

/* Keeps others from working on jobs of this file until the store is closed or
 * the process dies; a file that is locked so already is ERROR_DATABASE at once,
 * and says by whom, where that can be seen.  Nobody else is kept from reading
 * or writing.  Of the stores of one file in a process the one with the lock
 * must be closed last: closing it gives up what SQLite locked for the others.
 */
bool journal_lock(struct store *store, struct error *err) CHECKED;

/* ---- Jobs ---- */

enum job_state { JOB_OPEN, JOB_DONE, JOB_GIVEN_UP };

struct job {
    int64_t number;
    enum job_state state;
    int64_t started;     /* civil stamp: generation_timestamp of its meetings */
    const char *options; /* JSON object: what was asked for */
    int64_t version;     /* that its meetings became; 0: none */
};

/* ERROR_INPUT, with what to do, while another one is open. */
bool job_add(struct store *store, int64_t started, const char *options,
             int64_t *number, struct error *err) CHECKED;
bool job_get(struct store *store, struct arena *arena, int64_t number,
             struct job *job, bool *found, struct error *err) CHECKED;
/* The open one. */
bool job_unfinished(struct store *store, struct arena *arena, struct job *job,
                    bool *found, struct error *err) CHECKED;
/* All of them, oldest first. */
bool job_list(struct store *store, struct arena *arena, struct job **jobs,
              size_t *count, struct error *err) CHECKED;
/* Ends an open job; its briefs and planned meetings go, its requests and its
 * totals stay.  `version` (0: none) may be that of the run at hand; a run that
 * turns out to change nothing takes it away again. */
bool job_end(struct store *store, int64_t number, enum job_state state,
             int64_t version, struct error *err) CHECKED;

/* What a job came to so far, or in the end.  Costs are in micro-dollars. */
struct job_totals {
    int64_t briefs;   /* to be written */
    int64_t written;  /* of them */
    int64_t meetings; /* planned */
    int64_t meetings_written;
    int64_t requests;    /* distinct ones that were sent or are to be */
    int64_t calls;       /* sent, retries counted */
    int64_t retries;     /* calls beyond the first of a request */
    int64_t corrections; /* requests that correct another */
    int64_t unanswered;  /* requests waiting, sent, or failed */
    int64_t candidates;  /* texts that came */
    int64_t rejected;    /* rejections: of them, or of whole replies */
    int64_t coerced;
    int64_t prompt_tokens;
    int64_t cached_tokens; /* of prompt_tokens */
    int64_t completion_tokens;
    int64_t cost;
    int64_t unpriced; /* requests that a model answered, truncated or refused,
                         and whose cost nobody knows */
};
/* Exact, and so not for every turn of a loop: it reads the row of every brief
 * and every request of the job, some 20 ms at 20,000. */
bool job_totals_of(struct store *store, int64_t job, struct job_totals *totals,
                   struct error *err) CHECKED;

/* How often this persona was generated from this seed, and counts one more:
 * run_next_batch for a job, whose ids must be taken before its run. */
bool journal_next_batch(struct store *store, int64_t persona, uint64_t seed,
                        uint64_t *batch, struct error *err) CHECKED;

/* ---- What is to be written ---- */

/* A meeting of the job's calendar without its texts. */
struct planned {
    int64_t persona;
    int64_t ordinal; /* from 1, in order of start */
    int64_t brief;   /* that its texts come from */
    bool overlaps;
    const char *document; /* an event whose subject and preview are a default:
                             of an exception that has another name "{subject}"
                             stands for that of its series */
};
bool planned_add(struct store *store, int64_t job,
                 const struct planned *planned, struct error *err) CHECKED;
/* What is read at a time of long lists. */
enum { JOURNAL_PAGE = 256 };

/* The next JOURNAL_PAGE of one persona after an ordinal, in order; fewer at the
 * end. */
bool planned_page(struct store *store, struct arena *arena, int64_t job,
                  int64_t persona, int64_t after, struct planned **items,
                  size_t *count, struct error *err) CHECKED;
bool planned_get(struct store *store, struct arena *arena, int64_t job,
                 int64_t persona, int64_t ordinal, struct planned *planned,
                 bool *found, struct error *err) CHECKED;
/* Of one persona in order. */
bool planned_list(struct store *store, struct arena *arena, int64_t job,
                  int64_t persona, struct planned **items, size_t *count,
                  struct error *err) CHECKED;

struct job_brief {
    int64_t persona;
    int64_t number;       /* from 1 */
    int64_t meetings;     /* planned ones that it is for */
    const char *document; /* see brief_write */
    int64_t request;      /* that wrote it; 0: it is still wanted */
    const char *text;     /* see written_write; NULL while it is wanted */
    int64_t candidates;   /* texts that came for it so far */
    const char *taken;    /* JSON list of subjects refused as near-duplicates;
                             NULL: none */
};
bool job_brief_add(struct store *store, int64_t job,
                   const struct job_brief *brief, struct error *err) CHECKED;
bool job_brief_get(struct store *store, struct arena *arena, int64_t job,
                   int64_t persona, int64_t number, struct job_brief *brief,
                   bool *found, struct error *err) CHECKED;
/* The next JOURNAL_PAGE of one persona after a number, in order; fewer at the
 * end. */
bool job_brief_page(struct store *store, struct arena *arena, int64_t job,
                    int64_t persona, int64_t after, struct job_brief **briefs,
                    size_t *count, struct error *err) CHECKED;
/* Of one persona in order. */
bool job_brief_list(struct store *store, struct arena *arena, int64_t job,
                    int64_t persona, struct job_brief **briefs, size_t *count,
                    struct error *err) CHECKED;
/* Sets request, text, candidates and taken to those of `brief`. */
bool job_brief_set(struct store *store, int64_t job,
                   const struct job_brief *brief, struct error *err) CHECKED;
/* Gives a brief another document: what is wanted of it has changed. */
bool job_brief_rewrite(struct store *store, int64_t job, int64_t persona,
                       int64_t number, const char *document,
                       struct error *err) CHECKED;
/* The personas that have briefs in a job, by key. */
bool job_personas(struct store *store, struct arena *arena, int64_t job,
                  int64_t **personas, size_t *count, struct error *err) CHECKED;

/* ---- Requests ---- */

enum request_kind {
    REQUEST_FIRST,      /* of its briefs */
    REQUEST_CORRECTION, /* of `parent`, with its faults quoted */
    REQUEST_LONGER,     /* `parent` with room for a longer reply */
    REQUEST_AGAIN       /* for briefs whose first text did not do */
};

enum request_state {
    REQUEST_WAITING,
    REQUEST_SENT,     /* at least once, without a reply so far */
    REQUEST_ANSWERED, /* its reply was used, whatever became of its texts */
    REQUEST_TRUNCATED,
    REQUEST_REFUSED,    /* by the model or a content filter */
    REQUEST_REJECTED,   /* by the endpoint, as wrong */
    REQUEST_FAILED,     /* retried in vain; resuming sends it again */
    REQUEST_SUPERSEDED, /* its persona was edited before its reply came */
    REQUEST_BATCHED,    /* in a batch file whose results are not here yet */
    REQUEST_STATES
};
const char *request_state_name(enum request_state state); /* "waiting" … */
const char *request_kind_name(enum request_kind kind); /* "first" … "again" */

struct request {
    int64_t number;
    int64_t job; /* 0: of another file, from which its meetings came */
    int64_t persona;
    unsigned char fingerprint[HASH_SIZE]; /* of all that is asked */
    enum request_kind kind;
    int64_t parent;                        /* request; 0: none */
    const char *briefs;                    /* JSON list of numbers */
    unsigned char persona_hash[HASH_SIZE]; /* of the persona's document */
    const char *model;
    unsigned char prompt_hash[HASH_SIZE]; /* of the rendered prompt */
    const char *system;   /* system message; kept once for all that share it */
    const char *schema;   /* of the reply; kept once as well */
    const char *messages; /* JSON list of the messages after it */
    int64_t most_tokens;
    int64_t seed;
    enum request_state state;
    int64_t tries;     /* times that it was sent */
    int status;        /* of HTTP, the last time; 0: none */
    const char *note;  /* why it is in this state; "" */
    const char *reply; /* the body as it came; NULL: none.  Never holds a key */
    int64_t prompt_tokens, cached_tokens, completion_tokens; /* as told */
    int64_t cost;       /* micro-dollars; -1: not known */
    int64_t coerced;    /* harmless drift that was put right */
    const char *remote; /* the model's own name of the reply; "" */
};

/* Adds a request; gives its number, or that of the one of the same job with
 * the same fingerprint, and then *is_new is false; a SUPERSEDED one waits
 * again, or is in its batch file again, for it is asked for once more.  State,
 * reply and what it came to are taken as they are given (zeros: it waits).  One
 * of another file (job 0) is the same as one, of whatever job, with its
 * fingerprint and its reply. */
bool request_add(struct store *store, const struct request *request,
                 int64_t *number, bool *is_new, struct error *err) CHECKED;
bool request_get(struct store *store, struct arena *arena, int64_t number,
                 struct request *request, bool *found,
                 struct error *err) CHECKED;
/* The one of a job with a fingerprint; 0: none. */
bool request_find(struct store *store, int64_t job,
                  const unsigned char fingerprint[HASH_SIZE], int64_t *number,
                  struct error *err) CHECKED;

/* The same with the first `length` bytes of a fingerprint, 1 … HASH_SIZE; 0 as
 * well when they are of more than one. */
bool request_find_start(struct store *store, int64_t job,
                        const unsigned char *start, size_t length,
                        int64_t *number, struct error *err) CHECKED;

/* Counts a try, before it is sent: state SENT.  ERROR_BUG for a request that is
 * neither WAITING nor SENT nor FAILED: what was answered is never paid twice.
 */
bool request_sent(struct store *store, int64_t number,
                  struct error *err) CHECKED;
/* The same of one that goes into a batch file: state BATCHED, in which a
 * resumed job leaves it. */
bool request_batched(struct store *store, int64_t number,
                     struct error *err) CHECKED;
/* Sets state, status, note, reply, tokens, cost, coerced and remote to those of
 * `request`; without a reply the one that is there is taken away. */
bool request_settle(struct store *store, const struct request *request,
                    struct error *err) CHECKED;
/* SENT becomes WAITING again, FAILED too: what a resumed job begins with. */
bool request_requeue(struct store *store, int64_t job,
                     struct error *err) CHECKED;

/* At most `limit` numbers of a job's requests in a state, from after a number
 * on, in order. */
bool request_queue(struct store *store, struct arena *arena, int64_t job,
                   enum request_state state, int64_t after, int64_t limit,
                   int64_t **numbers, size_t *count, struct error *err) CHECKED;

/* Requests of a job (0: all), newest last, without system, schema, messages and
 * reply, which are NULL; texts are valid until the next call.  Requests may be
 * settled meanwhile. */
struct cursor *request_scan(struct store *store, int64_t job,
                            struct error *err) CHECKED;
bool request_next(struct cursor *cursor, struct request *request, bool *more,
                  struct error *err) CHECKED;

/* ---- Texts that did not do ---- */

struct rejection {
    int64_t request;
    int64_t brief;      /* 0: of the whole reply */
    const char *reason; /* "end 09:00 is not after start 10:00", "nearly the
                           same as AAMk… \"Pipeline review\"" */
    const char *text;   /* as it came */
    bool final;         /* false: a correction was asked for */
};
bool rejection_add(struct store *store, const struct rejection *rejection,
                   struct error *err) CHECKED;
/* Of a job (0: all), in order of requests. */
struct cursor *rejection_scan(struct store *store, int64_t job,
                              struct error *err) CHECKED;
bool rejection_next(struct cursor *cursor, struct rejection *rejection,
                    bool *more, struct error *err) CHECKED;

/* ---- What meetings came from ---- */

/* Says which request wrote the text that a meeting was given last; 0 when none
 * did.  Keys of meetings are never reused, so that it outlives the meeting. */
bool origin_set(struct store *store, int64_t meeting, int64_t request,
                struct error *err) CHECKED;
/* 0: it was not written by a model. */
bool origin_get(struct store *store, int64_t meeting, int64_t *request,
                struct error *err) CHECKED;
/* How many meetings a request wrote. */
bool origin_count(struct store *store, int64_t request, int64_t *count,
                  struct error *err) CHECKED;

/* The meetings of a persona, alive or dead, that models wrote, in order of key;
 * the text is valid until the next call. */
struct cursor *origin_scan(struct store *store, int64_t persona,
                           struct error *err) CHECKED;
bool origin_next(struct cursor *cursor, int64_t *meeting, const char **model,
                 bool *more, struct error *err) CHECKED;

/* ---- What endpoints taught ---- */

/* Small numbers whose meaning is the caller's, by endpoint and model. */
enum { TRAITS = 4 };
bool traits_get(struct store *store, const unsigned char endpoint[HASH_SIZE],
                const char *model, int traits[TRAITS], bool *found,
                struct error *err) CHECKED;
bool traits_set(struct store *store, const unsigned char endpoint[HASH_SIZE],
                const char *model, const int traits[TRAITS],
                struct error *err) CHECKED;

/* ---- Batches at a provider ---- */

struct remote_batch {
    int64_t number;
    int64_t job;
    unsigned char file[HASH_SIZE]; /* of the file that was submitted */
    const char *path;              /* as it was named */
    const char *file_id;           /* of the uploaded file; "" before */
    const char *batch_id;          /* "" before it was created */
    const char *state;     /* as the provider names it, in lower case; "" */
    const char *output_id; /* file of results; "" */
    const char *error_id;  /* file of errors; "" */
    int64_t total, completed, failed;
    bool collected;
};
bool remote_batch_add(struct store *store, const struct remote_batch *batch,
                      int64_t *number, struct error *err) CHECKED;
bool remote_batch_set(struct store *store, const struct remote_batch *batch,
                      struct error *err) CHECKED;
/* All of a job (0: all jobs), oldest first. */
bool remote_batch_list(struct store *store, struct arena *arena, int64_t job,
                       struct remote_batch **batches, size_t *count,
                       struct error *err) CHECKED;

#endif
