/* Jobs: starting and ending them, and what they came to. */
#include "journal_internal.h"

static bool read_job(struct statement *statement, struct arena *arena,
                     void *row, struct error *err)
{
    struct job *job = row;
    bool ok = true;

    job->number = column_int(statement, "job");
    job->state =
        (enum job_state)column_small(statement, "state", JOB_GIVEN_UP, &ok);
    job->started = column_int(statement, "started");
    job->options = column_copy(statement, "options", arena, NULL, err);
    if (!job->options)
        return false;
    job->version = column_int(statement, "version");
    return ok || journal_damage("job", job->number, err);
}

/* Reads the one row of a statement, if it has one. */
static bool take_job(struct store *store, struct statement *statement,
                     struct arena *arena, struct job *job, bool *found,
                     struct error *err)
{
    bool ok;

    if (!statement || !statement_next(store, statement, found, err))
        return false;
    ok = !*found || read_job(statement, arena, job, err);
    statement_end(statement);
    return ok;
}

bool job_get(struct store *store, struct arena *arena, int64_t number,
             struct job *job, bool *found, struct error *err)
{
    return take_job(store,
                    journal_use(store, STATEMENT_JOB_GET, ":job", number, err),
                    arena, job, found, err);
}

bool job_unfinished(struct store *store, struct arena *arena, struct job *job,
                    bool *found, struct error *err)
{
    return take_job(store, store_use(store, STATEMENT_JOB_UNFINISHED, err),
                    arena, job, found, err);
}

bool job_list(struct store *store, struct arena *arena, struct job **jobs,
              size_t *count, struct error *err)
{
    return statement_list(store, store_use(store, STATEMENT_JOB_LIST, err),
                          arena, read_job, sizeof **jobs, jobs, count, err);
}

/* Whether another one may be started. */
static bool check_none_open(struct store *store, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_JOB_UNFINISHED, err);
    bool found;

    if (!statement || !statement_next(store, statement, &found, err))
        return false;
    if (!found)
        return true;
    error_set(err, ERROR_INPUT,
              "a generation with a model (job %lld) is not finished",
              (long long)column_int(statement, "job"));
    statement_end(statement);
    return error_hint(err, "`datebook generate --resume` goes on with it, "
                           "`datebook requests discard` gives it up");
}

bool job_add(struct store *store, int64_t started, const char *options,
             int64_t *number, struct error *err)
{
    struct statement *statement;

    if (!check_none_open(store, err))
        return false;
    statement =
        journal_use(store, STATEMENT_JOB_INSERT, ":started", started, err);
    if (!statement)
        return false;
    bind_text(statement, ":options", options);
    if (!statement_run_one(store, statement, err))
        return false;
    *number = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool drop_of_job(struct store *store, enum statement_id id,
                        int64_t number, struct error *err)
{
    struct statement *statement = journal_use(store, id, ":job", number, err);

    return statement && statement_run(store, statement, err);
}

bool job_end(struct store *store, int64_t number, enum job_state state,
             int64_t version, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_JOB_END, ":job", number, err);

    if (!statement)
        return false;
    bind_int(statement, ":state", state);
    bind_int(statement, ":version", version);
    return statement_run_one(store, statement, err) &&
           drop_of_job(store, STATEMENT_JOB_BRIEF_DROP, number, err) &&
           drop_of_job(store, STATEMENT_PLANNED_DROP, number, err);
}

/* ---- What it came to ---- */

static bool add_briefs(struct store *store, int64_t job,
                       struct job_totals *totals, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_JOB_TOTALS, ":job", job, err);
    bool row;

    if (!statement || !statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    totals->briefs = column_int(statement, "briefs");
    totals->written = column_int(statement, "written");
    totals->meetings = column_int(statement, "meetings");
    totals->meetings_written = column_int(statement, "meetings_written");
    totals->candidates = column_int(statement, "candidates");
    totals->rejected = column_int(statement, "rejected");
    statement_end(statement);
    return true;
}

static bool add_requests(struct store *store, int64_t job,
                         struct job_totals *totals, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_TOTALS, ":job", job, err);
    bool row;

    if (!statement || !statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    totals->requests = column_int(statement, "requests");
    totals->calls = column_int(statement, "calls");
    totals->retries = column_int(statement, "retries");
    totals->corrections = column_int(statement, "corrections");
    totals->unanswered = column_int(statement, "unanswered");
    totals->coerced = column_int(statement, "coerced");
    totals->prompt_tokens = column_int(statement, "prompt_tokens");
    totals->cached_tokens = column_int(statement, "cached_tokens");
    totals->completion_tokens = column_int(statement, "completion_tokens");
    totals->cost = column_int(statement, "cost");
    totals->unpriced = column_int(statement, "unpriced");
    statement_end(statement);
    return true;
}

bool job_totals_of(struct store *store, int64_t job, struct job_totals *totals,
                   struct error *err)
{
    *totals = (struct job_totals){0};
    return add_briefs(store, job, totals, err) &&
           add_requests(store, job, totals, err);
}
