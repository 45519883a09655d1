/* Meetings written by a model: plan, collect, and make a version.
 *
 * plan:    the simulated calendar of each persona without its texts becomes
 *          briefs, in one short transaction; no network
 * collect: requests go out, replies are journalled and judged, until every
 *          brief has its text; over a network, or through batch files
 * finish:  the written meetings are added to a run, labelled by the rules */
#ifndef DATEBOOK_WRITING_H
#define DATEBOOK_WRITING_H

#include "datebook/batch_file.h"
#include "datebook/brief.h"
#include "datebook/dataset.h"
#include "datebook/endpoint.h"
#include "datebook/journal.h"
#include "datebook/prices.h"
#include "datebook/transport.h"

/* ---- Planning ---- */

struct writing_wish {
    struct generate_request generate; /* whom, how many, seed, mix … */
    const char *provider; /* "openai", "azure", "batch": only recorded */
    const char *model;
    const char *endpoint; /* hexadecimal of its id; "": none, batch files */
    const char *language;
    bool whole;      /* the model makes times and people as well */
    int per_call;    /* briefs in one call, 1 … 50 */
    int temperature; /* in hundredths; negative: the model's own */
    int candidates;  /* texts at most, in percent of the briefs: 300 */
    const struct prompt_texts *texts;
    int64_t most_cost;   /* the budget that it was started with, as in */
    int64_t most_tokens; /* struct writing_limits; 0: none */
    const char *given;   /* JSON that is kept as it is: the command line; NULL:
                            none, as in what is read back */
};

/* What a persona of a job is in its calendar, taken down when the job was
 * planned: resuming needs no library, and no other one changes a request. */
struct writing_home {
    int64_t key;
    const char *id;
    struct calendar_home at;
};

/* What is kept of a wish in a job's options, read back from its JSON; `texts`
 * point to the arena.  `generate` has neither personas nor a library: whom it
 * is about stands in `homes`. */
struct writing_job {
    struct job job;
    struct writing_wish wish;
    struct prompt_texts texts;
    struct mix_wish mix;        /* where the wish's mix points to */
    int64_t *personas;          /* by key */
    struct writing_home *homes; /* of them */
    size_t persona_count;
};

/* Starts a job within an open journal transaction: briefs, planned meetings and
 * first requests of every persona, which must be those of HEAD. */
bool writing_plan(struct store *store, struct arena *arena,
                  const struct writing_wish *wish, int64_t *job,
                  const struct monitor *monitor, struct error *err) CHECKED;

bool writing_read_job(struct store *store, struct arena *arena,
                      const struct job *job, struct writing_job *result,
                      struct error *err) CHECKED;

/* Asks again for what an edit of a persona changed since its requests were
 * made, and only for that; personas that were removed are an error.  A phrase
 * of a rule that is gone gives way to one of another rule of its kind.  What an
 * edit took back asked for is taken from the reply that is there.  Within an
 * open journal transaction.  *renewed counts the briefs that wait again. */
bool writing_renew(struct store *store, struct arena *arena,
                   const struct writing_job *job, int64_t *renewed,
                   struct error *err) CHECKED;

struct writing_estimate {
    int64_t calls;
    int64_t prompt_tokens;
    int64_t completion_tokens;
    int64_t cost; /* micro-dollars; -1 without a price */
};
/* Of the requests that wait.  A prompt is counted by chat_count_tokens, a reply
 * as 90 tokens for each of its briefs, 250 for a whole meeting; a twentieth is
 * added to all of it for corrections. */
bool writing_estimate(struct store *store, const struct writing_job *job,
                      const struct price *price, bool batch,
                      struct writing_estimate *estimate,
                      struct error *err) CHECKED;
/* The same of those that are in batch files whose results are not here yet. */
bool writing_estimate_batched(struct store *store,
                              const struct writing_job *job,
                              const struct price *price,
                              struct writing_estimate *estimate,
                              struct error *err) CHECKED;

/* ---- Collecting ---- */

struct writing_limits {
    /* Of the whole job; 0: no limit.  A call that got no reply to be read may
     * have been paid for, and counts in full while this process goes on. */
    int64_t most_cost; /* micro-dollars */
    int64_t most_tokens;
    int most_tries;      /* of one request: 8 */
    int64_t drain_ms;    /* for what is in flight when the work ends early */
    int64_t patience_ms; /* with an endpoint that has only ever said that it is
                            overloaded: 100,000; six times that for 429 */
};

/* Why collecting ended. */
enum writing_end {
    WRITING_COMPLETE,   /* every brief has its text */
    WRITING_BUDGET,     /* most_cost or most_tokens */
    WRITING_CANDIDATES, /* too many texts did not do */
    WRITING_INTERRUPTED,
    WRITING_FAILED /* the endpoint: see the error */
};

struct writing_progress {
    struct job_totals totals;
    int in_flight;
    int64_t pause_ms;    /* that the endpoint asked for */
    const char *trouble; /* what went wrong last, safe for a terminal; NULL:
                            nothing since the last good reply */
};
/* Called several times a second; false, with ERROR_INTERRUPTED, ends the work
 * as soon as what is in flight has come, a second time at once. */
typedef bool writing_watch(void *context,
                           const struct writing_progress *progress,
                           struct error *err);

struct writing_result {
    enum writing_end end;
    const char *why;  /* in words, but for WRITING_COMPLETE */
    const char *hint; /* NULL: none */
    struct job_totals totals;
};

/* Sends what waits and takes what comes.  False only when the file or the
 * program fails; what an endpoint does is in the result. */
bool writing_collect(struct store *store, struct arena *arena,
                     const struct writing_job *job,
                     const struct endpoint *endpoint,
                     const struct transport_options *transport,
                     const struct writing_limits *limits,
                     const struct price *price, writing_watch *watch,
                     void *context, struct writing_result *result,
                     struct error *err) CHECKED;

/* Writes what waits as batch files.  The requests count as sent before a file
 * has its name, and as batched in that file afterwards: one that was
 * interrupted in between is written again, into another file, and
 * writing_batch_check refuses the first.  Without anything to ask *count is 0.
 */
bool writing_batch_out(struct store *store, struct arena *arena,
                       const struct writing_job *job,
                       const struct endpoint *endpoint, const char *path,
                       int64_t most_lines, int64_t most_bytes,
                       const struct monitor *monitor,
                       struct batch_shard **shards, size_t *count,
                       struct error *err) CHECKED;

struct writing_batch_result {
    int64_t lines;
    int64_t taken;     /* that were new */
    int64_t known;     /* taken before */
    int64_t strangers; /* of no request of the job */
    int64_t broken;    /* that could not be read */
    int64_t failed; /* requests that were not run, or failed: they wait again */
    const char *first_problem; /* "results.jsonl:7: …"; NULL */
    const char *hint; /* what to do about a failure of all requests; NULL */
    struct job_totals totals;
};
/* Takes a file of results or errors, some hundred lines in one transaction.
 * What was taken before is counted and changes nothing.  ERROR_INTERRUPTED
 * keeps what was taken. */
bool writing_batch_in(struct store *store, struct arena *arena,
                      const struct writing_job *job, const char *path,
                      const struct price *price, const struct monitor *monitor,
                      struct writing_batch_result *result,
                      struct error *err) CHECKED;

struct writing_batch_file {
    unsigned char hash[HASH_SIZE];
    int64_t lines;
    int64_t bytes;
};
/* Whether a file may be submitted: it is as writing_batch_out wrote it, for
 * this form of endpoint, and none of its requests has an answer or stands in a
 * newer file.  Else ERROR_INPUT, with the line. */
bool writing_batch_check(struct store *store, struct arena *arena,
                         const struct writing_job *job,
                         const struct endpoint *endpoint, const char *path,
                         const struct monitor *monitor,
                         struct writing_batch_file *file,
                         struct error *err) CHECKED;
/* The requests of a file, of which the provider ran none, wait again; NULL: of
 * all files.  Within an open journal transaction.  *count says how many. */
bool writing_batch_return(struct store *store, const struct writing_job *job,
                          const unsigned char *file, const char *why,
                          int64_t *count, struct error *err) CHECKED;

/* ---- Making the version ---- */

/* Adds the written meetings of a job to a run, labelled, notes what each came
 * from, and ends the job.  Briefs without a text are left out when `partial`,
 * else ERROR_INPUT. */
bool writing_finish(struct run *run, struct store *store, struct arena *arena,
                    const struct writing_job *job, bool partial,
                    const struct monitor *monitor,
                    struct generate_result *result, struct error *err) CHECKED;

/* {"calls":…,"retries":…,"corrections":…,"candidates":…,"rejected":…,
 * "coerced":…,"prompt_tokens":…,"cached_tokens":…,"completion_tokens":…,
 * "cost_usd":…,"unpriced":…}: what a version's options say of a job, and
 * `--json` prints.  The cost is null when nobody knows that of any reply. */
void writing_totals_json(struct buf *buf, const struct job_totals *totals);

#endif
