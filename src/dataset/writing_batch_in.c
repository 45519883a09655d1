/* Results of batch files into the journal: line by line, in any order, as often
 * as somebody likes. */
#include "writing_batch.h"
#include "writing_verdict.h"

#include "datebook/line_reader.h"

#include <string.h>

enum { AT_ONCE = 256, LINE_LIMIT = 32 << 20 };

struct writing_in {
    struct store *store;
    struct arena *arena; /* of the result */
    const struct writing_job *job;
    const char *path;
    struct judge *judge;
    struct arena scratch; /* of one line */
    struct writing_batch_result *result;
    /* What the file was written with that the last request was in. */
    char digits[BATCH_FILE_DIGITS + 1];
    struct chat_traits traits;
    bool taught; /* the traits for the next file are kept */
};

/* The first thing that the user should look at. */
static bool note_problem(struct writing_in *in, const char *what,
                         struct error *err)
{
    if (in->result->first_problem)
        return true;
    in->result->first_problem =
        arena_format(in->arena, err, "%s:%lld: %s", in->path,
                     (long long)in->result->lines, what);
    return in->result->first_problem;
}

/* The request waits again, or is kept as failed until somebody resumes; its
 * line is known by its id should it come again. */
static bool put_back(struct writing_in *in, struct request *request,
                     const struct batch_result *line, const char *why,
                     enum request_state state, struct error *err)
{
    /* Of one that nobody asks for any more nothing is to be done. */
    if (request_is_late(request)) {
        in->result->known++;
        return true;
    }
    in->result->failed++;
    request->state = state;
    request->status = line->status;
    request->note = why;
    request->remote = line->id ? line->id : "";
    return note_problem(in, why, err) &&
           request_settle(in->store, request, err);
}

/* A line was read as of the file that it answers, so that all lines of one
 * teach the same. */
static bool learn(struct writing_in *in, const struct chat_reply *reply,
                  struct error *err)
{
    if (in->taught)
        return true;
    in->taught = true;
    return batch_keep_traits(in->store, in->job->wish.model, &reply->traits,
                             err);
}

static bool recall(struct writing_in *in, const struct request *request,
                   struct error *err)
{
    const char *digits = batch_note_file(request->note);

    if (!digits) {
        in->traits = chat_first_traits;
        *in->digits = '\0';
        return true;
    }
    if (!strcmp(in->digits, digits))
        return true;
    memcpy(in->digits, digits, sizeof in->digits);
    in->taught = false;
    return batch_traits_of_file(in->store, in->job->wish.model, digits,
                                &in->traits, err);
}

/* Nothing that the user could do about one line: it is told once for all. */
static bool keep_hint(struct writing_in *in, const char *hint,
                      struct error *err)
{
    if (!hint || in->result->hint)
        return true;
    in->result->hint = arena_text(in->arena, hint, err);
    return in->result->hint;
}

static bool take_reply(struct writing_in *in, struct request *request,
                       const struct batch_result *line, struct error *err)
{
    struct http_reply http = {
        .status = line->status, .body = line->body, .length = line->length};
    struct chat_reply reply;

    if (!recall(in, request, err) ||
        !chat_read_body(&in->scratch, line->status, line->body, line->length,
                        &in->traits, &reply, err))
        return false;
    switch (reply.outcome) {
    case CHAT_ADAPT:
        return learn(in, &reply, err) &&
               put_back(in, request, line, reply.reason, REQUEST_WAITING, err);
    case CHAT_RETRY:
        return put_back(in, request, line, reply.reason, REQUEST_WAITING, err);
    case CHAT_FATAL:
        return keep_hint(in, reply.hint, err) &&
               put_back(in, request, line, reply.reason, REQUEST_FAILED, err);
    default:
        in->result->taken++;
        return judge_take(in->judge, request->number, &http, &reply, err);
    }
}

/* Whether a line was taken before: its request has its reply, or waits because
 * of this very line. */
static bool is_known(const struct request *request,
                     const struct batch_result *line)
{
    return (!request_is_pending(request) && !request_is_late(request)) ||
           (line->id && *line->id && !strcmp(line->id, request->remote));
}

static bool take_line(struct writing_in *in, const char *text, size_t length,
                      struct error *err)
{
    struct batch_result line;
    struct request request;
    int64_t number = 0;

    if (!batch_read_line(&in->scratch, text, length, &line, err))
        return false;
    if (!line.custom_id) {
        in->result->broken++;
        return note_problem(in, line.problem, err);
    }
    if (!batch_find(in->store, in->job->job.number, line.custom_id, &number,
                    err))
        return false;
    if (!number) {
        in->result->strangers++;
        return note_problem(in, "the line is of no request of this job", err);
    }
    if (!writing_read_request(in->store, &in->scratch, number, &request, err))
        return false;
    if (is_known(&request, &line)) {
        in->result->known++;
        return true;
    }
    return line.status ? take_reply(in, &request, &line, err)
                       : put_back(in, &request, &line, line.error,
                                  REQUEST_WAITING, err);
}

static bool is_blank(const char *line, size_t length)
{
    while (length && strchr(" \t\r", line[length - 1]))
        length--;
    return !length;
}

/* Takes some lines in one transaction. */
static bool take_some(struct writing_in *in, struct line_reader *reader,
                      bool *more, struct error *err)
{
    bool ok = journal_begin(in->store, err);

    if (!ok)
        return false;
    for (int i = 0; ok && *more && i < AT_ONCE; i++) {
        const char *line;
        size_t length;
        ok = line_reader_next(reader, &line, &length, more, err);
        if (!ok || !*more)
            break;
        in->result->lines++;
        arena_reset(&in->scratch);
        if (!is_blank(line, length))
            ok = take_line(in, line, length, err);
    }
    return journal_end(in->store, ok, err);
}

bool writing_batch_in(struct store *store, struct arena *arena,
                      const struct writing_job *job, const char *path,
                      const struct price *price, const struct monitor *monitor,
                      struct writing_batch_result *result, struct error *err)
{
    struct writing_in in = {.store = store,
                            .arena = arena,
                            .job = job,
                            .path = path,
                            .traits = chat_first_traits,
                            .result = result};
    struct line_reader *reader = line_reader_open(arena, path, LINE_LIMIT, err);
    bool more = true;
    bool ok = reader;

    *result = (struct writing_batch_result){0};
    if (ok)
        in.judge = judge_open(store, arena, job, price, true, err);
    ok = in.judge;
    while (ok && more)
        ok = (!monitor || monitor->tick(monitor->context, "lines",
                                        result->lines, 0, err)) &&
             take_some(&in, reader, &more, err);
    ok = ok && job_totals_of(store, job->job.number, &result->totals, err);
    line_reader_close(reader);
    judge_close(in.judge);
    arena_free(&in.scratch);
    return ok;
}
