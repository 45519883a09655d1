/* Requests into batch files, and files back to requests.
 *
 * The order keeps a request from being in two files that may be submitted:
 *
 *   1. the files are written and synced under temporary names
 *   2. their requests become SENT, in one transaction
 *   3. the files get their names
 *   4. the requests become BATCHED with the file in their notes, in one
 *      transaction
 *
 * Whatever has its name is in the journal.  Dying before 4 leaves requests that
 * a resumed job asks again; a file that has its name already is then refused by
 * writing_batch_check, for no request says that it is in it. */
#include "writing_batch.h"
#include "writing_verdict.h"

#include "datebook/json.h"
#include "datebook/line_reader.h"
#include "datebook/list.h"

#include <string.h>

enum { AT_ONCE = 256, LINE_LIMIT = 32 << 20 };

static const char what_requests[] = "requests";

struct writing_out {
    struct store *store;
    struct arena *arena;
    const struct writing_job *job;
    const struct endpoint *endpoint;
    const struct monitor *monitor;
    struct chat_traits traits;
    struct batch_writer *writer;
    int64_t *numbers; /* of the requests, in the order of their lines */
    size_t count;
    struct arena scratch; /* of one request, or a few */
    struct buf body;
};

/* ---- Writing ---- */

/* What was on its way when an earlier process died waits again, and what nobody
 * asks for is asked for. */
static bool take_up(struct writing_out *out, struct error *err)
{
    struct judge *judge =
        judge_open(out->store, &out->scratch, out->job, NULL, true, err);
    bool ok = judge && journal_begin(out->store, err);

    if (ok) {
        ok = request_requeue(out->store, out->job->job.number, err) &&
             follow_orphans(judge, err);
        ok = journal_end(out->store, ok, err);
    }
    judge_close(judge);
    arena_reset(&out->scratch);
    return ok;
}

static bool write_request(struct writing_out *out, struct arena *scratch,
                          int64_t number, struct error *err)
{
    struct request request;
    char mark[BATCH_MARK_SIZE];

    buf_clear(&out->body);
    if (!writing_read_request(out->store, scratch, number, &request, err) ||
        !writing_body(scratch, out->job, &request, out->endpoint, &out->traits,
                      &out->body, err) ||
        !buf_ok(&out->body, err) ||
        !list_grow(out->arena, &out->numbers, out->count, sizeof *out->numbers,
                   err))
        return false;
    out->numbers[out->count++] = number;
    batch_mark(request.fingerprint, mark);
    return batch_add(out->writer, mark, endpoint_batch_url(out->endpoint),
                     out->body.data, out->body.length, err) &&
           monitor_tick(out->monitor, what_requests, (int64_t)out->count, 0,
                        err);
}

static bool write_requests(struct writing_out *out, struct error *err)
{
    struct arena queue = ARENA_EMPTY;
    int64_t *numbers;
    size_t count = AT_ONCE;
    int64_t after = 0;
    bool ok = true;

    while (ok && count == AT_ONCE) {
        arena_reset(&queue);
        ok = request_queue(out->store, &queue, out->job->job.number,
                           REQUEST_WAITING, after, AT_ONCE, &numbers, &count,
                           err);
        for (size_t i = 0; ok && i < count; i++) {
            arena_reset(&out->scratch);
            ok = write_request(out, &out->scratch, numbers[i], err);
            after = numbers[i];
        }
    }
    arena_free(&queue);
    return ok;
}

static bool mark_sent(struct writing_out *out, struct error *err)
{
    bool ok = journal_begin(out->store, err);

    if (!ok)
        return false;
    for (size_t i = 0; ok && i < out->count; i++)
        ok = request_sent(out->store, out->numbers[i], err);
    return journal_end(out->store, ok, err);
}

static bool settle_batched(struct writing_out *out, int64_t number,
                           const char *note, struct error *err)
{
    struct request request;

    arena_reset(&out->scratch);
    if (!writing_read_request(out->store, &out->scratch, number, &request, err))
        return false;
    request.state = REQUEST_BATCHED;
    request.status = 0;
    request.note = note;
    return request_settle(out->store, &request, err);
}

/* Shards hold the requests in order. */
static bool mark_batched(struct writing_out *out,
                         const struct batch_shard *shards, size_t count,
                         struct error *err)
{
    const char *model = out->job->wish.model;
    bool ok = journal_begin(out->store, err);
    size_t at = 0;

    if (!ok)
        return false;
    for (size_t i = 0; ok && i < count; i++) {
        size_t end = at + (size_t)shards[i].totals.lines;
        const char *note =
            batch_note(out->arena, shards[i].path, shards[i].totals.hash, err);
        ok = note &&
             batch_keep_traits_of_file(out->store, model, batch_note_file(note),
                                       &out->traits, err);
        for (; ok && at < end && at < out->count; at++)
            ok = settle_batched(out, out->numbers[at], note, err);
    }
    return journal_end(out->store, ok, err);
}

bool writing_batch_out(struct store *store, struct arena *arena,
                       const struct writing_job *job,
                       const struct endpoint *endpoint, const char *path,
                       int64_t most_lines, int64_t most_bytes,
                       const struct monitor *monitor,
                       struct batch_shard **shards, size_t *count,
                       struct error *err)
{
    struct writing_out out = {.store = store,
                              .arena = arena,
                              .job = job,
                              .endpoint = endpoint,
                              .monitor = monitor};
    bool ok;

    *count = 0;
    ok =
        take_up(&out, err) &&
        batch_traits(store, endpoint, job->wish.model, &out.traits, err) &&
        (out.writer = batch_create(arena, path, most_lines, most_bytes, err)) &&
        write_requests(&out, err) && batch_finish(out.writer, err) &&
        mark_sent(&out, err) && batch_publish(out.writer, shards, count, err) &&
        mark_batched(&out, *shards, *count, err);
    batch_discard(out.writer);
    arena_free(&out.scratch);
    buf_free(&out.body);
    return ok;
}

/* ---- Checking ---- */

struct checking {
    struct store *store;
    const struct writing_job *job;
    const struct endpoint *endpoint;
    const char *path;
    int64_t line;
    const char *digits; /* of the file's hash that the first line's note has */
    struct arena arena; /* of those */
    struct arena scratch;
};

/* Always returns false. */
static bool refuse(const struct checking *check, struct error *err,
                   const char *why, const char *hint)
{
    error_set(err, ERROR_INPUT, "%s:%lld: %s", check->path,
              (long long)check->line, why);
    return hint ? error_hint(err, "%s", hint) : false;
}

static const char write_again[] =
    "write what is still to be asked with `generate --resume --batch-out FILE`";

/* Whether a request may be asked by this file. */
static bool check_request(struct checking *check, const struct request *request,
                          struct error *err)
{
    const char *digits = batch_note_file(request->note);

    if (request->state == REQUEST_WAITING || request->state == REQUEST_SENT ||
        request->state == REQUEST_FAILED)
        return refuse(check, err,
                      "the request was put back, and will be in another file",
                      write_again);
    if (request->state == REQUEST_SUPERSEDED)
        return refuse(check, err,
                      "a persona was edited, and other texts are asked for",
                      write_again);
    if (request->state != REQUEST_BATCHED || !digits)
        return refuse(check, err, "the request was answered already",
                      write_again);
    if (!check->digits)
        check->digits = arena_text(&check->arena, digits, err);
    if (!check->digits)
        return false;
    return !strcmp(digits, check->digits) ||
           refuse(check, err, "the request is in another file by now",
                  write_again);
}

static bool check_line(struct checking *check, const char *line, size_t length,
                       struct error *err)
{
    struct error wrong = {.code = ERROR_NONE};
    const cJSON *tree =
        json_parse(&check->scratch, line, length, "line", &wrong);
    const char *mark = json_member_text(tree, "custom_id");
    const char *url = json_member_text(tree, "url");
    struct request request;
    int64_t number;

    if (!tree && wrong.code != ERROR_INPUT) {
        *err = wrong;
        return false;
    }
    if (!mark || !url)
        return refuse(check, err, "no request of a batch file", NULL);
    if (!batch_find(check->store, check->job->job.number, mark, &number, err))
        return false;
    if (!number)
        return refuse(check, err, "no request of the job that is open here",
                      NULL);
    if (strcmp(url, endpoint_batch_url(check->endpoint)) != 0)
        return refuse(check, err,
                      "the URL in the line is of another form of endpoint",
                      "name the endpoint as it was named when the file was "
                      "written, or write it again");
    return writing_read_request(check->store, &check->scratch, number, &request,
                                err) &&
           check_request(check, &request, err);
}

/* The file as a whole: what its requests say of it. */
static bool check_file(const struct checking *check, struct line_reader *reader,
                       struct writing_batch_file *file, struct error *err)
{
    struct file_totals totals;
    bool ended;

    line_reader_totals(reader, &totals, &ended);
    if (!check->line)
        return error_set(err, ERROR_INPUT, "%s is empty", check->path);
    if (strncmp(totals.hash, check->digits, BATCH_FILE_DIGITS) != 0) {
        error_set(err, ERROR_INPUT,
                  "%s is not as it was written: its hash starts with %.*s, "
                  "not with %s",
                  check->path, BATCH_FILE_DIGITS, totals.hash, check->digits);
        return error_hint(err, "submit the file as it was written");
    }
    file->lines = check->line;
    file->bytes = totals.bytes;
    return !sodium_hex2bin(file->hash, HASH_SIZE, totals.hash,
                           HASH_HEX_SIZE - 1, NULL, NULL, NULL) ||
           error_set(err, ERROR_BUG, "a hash that is none");
}

static bool check_lines(struct checking *check, struct line_reader *reader,
                        const struct monitor *monitor, struct error *err)
{
    const char *line;
    size_t length;
    bool more;

    for (;;) {
        if (!line_reader_next(reader, &line, &length, &more, err))
            return false;
        if (!more)
            return true;
        check->line++;
        arena_reset(&check->scratch);
        if (!check_line(check, line, length, err) ||
            !monitor_tick(monitor, what_requests, check->line, 0, err))
            return false;
    }
}

bool writing_batch_check(struct store *store, struct arena *arena,
                         const struct writing_job *job,
                         const struct endpoint *endpoint, const char *path,
                         const struct monitor *monitor,
                         struct writing_batch_file *file, struct error *err)
{
    struct checking check = {
        .store = store, .job = job, .endpoint = endpoint, .path = path};
    struct line_reader *reader = line_reader_open(arena, path, LINE_LIMIT, err);
    bool ok = reader && check_lines(&check, reader, monitor, err) &&
              check_file(&check, reader, file, err);

    line_reader_close(reader);
    arena_free(&check.arena);
    arena_free(&check.scratch);
    return ok;
}

/* ---- Giving back ---- */

/* Counts in *count when the request was in the file; NULL: in any. */
static bool return_one(struct store *store, struct arena *scratch,
                       int64_t number, const char *hash, const char *why,
                       int64_t *count, struct error *err)
{
    struct request request;
    const char *digits;

    arena_reset(scratch);
    if (!writing_read_request(store, scratch, number, &request, err))
        return false;
    digits = batch_note_file(request.note);
    if ((hash && (!digits || strncmp(hash, digits, BATCH_FILE_DIGITS) != 0)) ||
        (!digits && request.state != REQUEST_BATCHED))
        return true;
    if (request.state == REQUEST_BATCHED) {
        request.state = REQUEST_WAITING;
        ++*count;
    }
    request.note = why;
    return request_settle(store, &request, err);
}

/* Those in one state. */
static bool return_all(struct store *store, const struct writing_job *job,
                       enum request_state state, const unsigned char *file,
                       const char *why, int64_t *count, struct error *err)
{
    struct arena queue = ARENA_EMPTY;
    struct arena scratch = ARENA_EMPTY;
    char hash[HASH_HEX_SIZE];
    size_t got = AT_ONCE;
    int64_t after = 0;
    bool ok = true;

    if (file)
        hash_hex(file, hash);
    while (ok && got == AT_ONCE) {
        int64_t *numbers;
        arena_reset(&queue);
        ok = request_queue(store, &queue, job->job.number, state, after,
                           AT_ONCE, &numbers, &got, err);
        for (size_t i = 0; ok && i < got; i++) {
            after = numbers[i];
            ok = return_one(store, &scratch, after, file ? hash : NULL, why,
                            count, err);
        }
    }
    arena_free(&queue);
    arena_free(&scratch);
    return ok;
}

/* What an edit superseded is no more in the file either. */
bool writing_batch_return(struct store *store, const struct writing_job *job,
                          const unsigned char *file, const char *why,
                          int64_t *count, struct error *err)
{
    *count = 0;
    return return_all(store, job, REQUEST_BATCHED, file, why, count, err) &&
           return_all(store, job, REQUEST_SUPERSEDED, file, why, count, err);
}
