/* A file with a persona, and short ways to fill its journal. */
#ifndef DATEBOOK_TESTS_STORE_JOURNAL_FIXTURE_H
#define DATEBOOK_TESTS_STORE_JOURNAL_FIXTURE_H

#include "fixture.h"

#include "datebook/journal.h"

static int64_t somebody; /* the persona's key */

static inline void start_journal(void)
{
    MUST(journal_begin(fix.store, &fix.err));
}

static inline void end_journal(void)
{
    MUST(journal_end(fix.store, true, &fix.err));
}

static inline void journal_setup(void)
{
    store_setup();
    begin();
    somebody = put("a", "{}");
    ck_assert(commit());
}

static inline int64_t add_job(void)
{
    int64_t job = 0;

    MUST(job_add(fix.store, 1000000, "{\"model\":\"m\"}", &job, &fix.err));
    return job;
}

/* One that differs from others by its seed alone. */
static inline struct request a_request(int64_t job, int64_t seed)
{
    struct request request = {.job = job,
                              .persona = somebody,
                              .briefs = "[1,2]",
                              .model = "some-model",
                              .system = "You are somebody.",
                              .schema = "{\"type\":\"object\"}",
                              .messages = "[{\"role\":\"user\"}]",
                              .most_tokens = 900,
                              .seed = seed};

    memset(request.fingerprint, (int)seed, HASH_SIZE);
    memset(request.persona_hash, 0xee, HASH_SIZE);
    memset(request.prompt_hash, 0xdd, HASH_SIZE);
    return request;
}

static inline int64_t add_request(int64_t job, int64_t seed)
{
    struct request request = a_request(job, seed);
    int64_t number = 0;
    bool is_new = false;

    MUST(request_add(fix.store, &request, &number, &is_new, &fix.err));
    ck_assert(is_new);
    return number;
}

static inline struct request read_request(int64_t number)
{
    struct request request = {.number = 0};
    bool found = false;

    MUST(
        request_get(fix.store, &fix.arena, number, &request, &found, &fix.err));
    ck_assert(found);
    return request;
}

static inline void settle(int64_t number, enum request_state state,
                          const char *reply)
{
    struct request request = {.number = number,
                              .state = state,
                              .status = 200,
                              .note = "a note",
                              .reply = reply,
                              .prompt_tokens = 100,
                              .cached_tokens = 40,
                              .completion_tokens = 30,
                              .cost = 7,
                              .coerced = 2,
                              .remote = "chat-1"};

    MUST(request_settle(fix.store, &request, &fix.err));
}

static inline void send_and_settle(int64_t number, enum request_state state)
{
    MUST(request_sent(fix.store, number, &fix.err));
    settle(number, state, "{\"choices\":[]}");
}

static inline struct job_totals totals_of(int64_t job)
{
    struct job_totals totals;

    MUST(job_totals_of(fix.store, job, &totals, &fix.err));
    return totals;
}

static inline void add_brief(int64_t job, int64_t number, int64_t meetings)
{
    struct job_brief brief = {.persona = somebody,
                              .number = number,
                              .meetings = meetings,
                              .document = "{\"brief\":1}"};

    MUST(job_brief_add(fix.store, job, &brief, &fix.err));
}

/* In the run that is open: a job that ends with it. */
static inline int64_t fill_within_run(void)
{
    int64_t job = add_job();

    add_brief(job, 1, 1);
    send_and_settle(add_request(job, 1), REQUEST_ANSWERED);
    MUST(job_end(fix.store, job, JOB_DONE, run_version(fix.run), &fix.err));
    return job;
}

#endif
