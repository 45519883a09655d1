/* Single exchanges: exchange.c with files at either end, and another try where
 * that helps. */
#include "src/llm/batch_http.h"

#include "datebook/clock.h"
#include "datebook/table.h"
#include "src/llm/exchange.h"
#include "src/llm/wiped_memory.h"

#include <string.h>

enum {
    MOST_BODY = 1024 * 1024, /* of what is not saved */
    MOST_REFUSAL = 64 * 1024,
    LONGEST_KEY = 8 * 1024, /* in base64 */
    CONNECT_MS = 30 * 1000,
    WHOLE_MS = 120 * 1000,
    SILENCE_S = 120,
    MOST_BACKOFF_MS = 30 * 1000,
    SLICE_MS = 100
};

struct batch_http {
    const struct endpoint *endpoint;
    struct batch_api_options options;
    const struct monitor *monitor;
    struct exchange_common common;
    struct exchange *exchange; /* of the last try */
    bool started;              /* libcurl is */
};

/* One try. */
struct attempt {
    struct batch_http *http;
    struct arena *arena;
    const struct batch_call *call;
    CURL *easy;
    curl_mime *form;
    struct file_writer *file;
    struct buf refusal; /* what came in place of a file, or its beginning */
    struct buf pending; /* what came of a file and is not written yet */
    bool stopped;       /* by us: `err` says why */
    struct error *err;
};

/* ---- What comes ---- */

static int status_of(const struct attempt *attempt)
{
    long status = 0;

    curl_easy_getinfo(attempt->easy, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

/* Only what went well becomes a file. */
static bool is_saved(const struct attempt *attempt)
{
    return attempt->call->save && status_of(attempt) / 100 == 2;
}

static bool open_file(struct attempt *attempt)
{
    if (!attempt->file)
        attempt->file =
            file_create(attempt->arena, attempt->call->save, attempt->err);
    return attempt->file;
}

/* Writes what is pending but for `left` bytes: a key that the other side
 * repeats may come in two pieces, and is hidden when it is whole. */
static bool write_pending(struct attempt *attempt, size_t left)
{
    struct buf *pending = &attempt->pending;
    size_t length;

    if (!buf_ok(pending, attempt->err))
        return false;
    secret_scrub(attempt->http->endpoint->key, pending->data, pending->length);
    if (pending->length <= left)
        return true;
    length = pending->length - left;
    if (!file_write(attempt->file, pending->data, length, attempt->err))
        return false;
    memmove(pending->data, pending->data + length, left);
    pending->length = left;
    return true;
}

static size_t save_body(char *bytes, size_t size, size_t count, void *context)
{
    struct attempt *attempt = context;

    if (!is_saved(attempt)) {
        if (attempt->refusal.length < MOST_REFUSAL)
            buf_add(&attempt->refusal, bytes, size * count);
        return size * count;
    }
    buf_add(&attempt->pending, bytes, size * count);
    attempt->stopped =
        !open_file(attempt) || !write_pending(attempt, LONGEST_KEY);
    return attempt->stopped ? 0 : size * count;
}

static int watch(void *context, curl_off_t to_come, curl_off_t came,
                 curl_off_t to_go, curl_off_t went)
{
    struct attempt *attempt = context;
    const struct monitor *monitor = attempt->http->monitor;
    bool up = attempt->call->upload != NULL;

    if (monitor &&
        !monitor->tick(monitor->context, up ? "bytes sent" : "bytes received",
                       up ? went : came, up ? to_go : to_come, attempt->err))
        attempt->stopped = true;
    return attempt->stopped;
}

/* ---- What goes ---- */

/* The name under which a file goes: providers ask for this suffix. */
static const char *form_name(const struct attempt *attempt)
{
    const char *path = attempt->call->upload;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t length = strlen(name);
    bool whole = length > 6 && !strcmp(name + length - 6, ".jsonl");

    return arena_format(attempt->arena, attempt->err, "%s%s", name,
                        whole ? "" : ".jsonl");
}

/* curl reads the file while it sends it. */
static curl_mime *make_form(const struct attempt *attempt)
{
    curl_mime *form = curl_mime_init(attempt->easy);
    curl_mimepart *purpose = form ? curl_mime_addpart(form) : NULL;
    curl_mimepart *file = purpose ? curl_mime_addpart(form) : NULL;
    const char *name = file ? form_name(attempt) : NULL;

    if (name && !curl_mime_name(purpose, "purpose") &&
        !curl_mime_data(purpose, "batch", CURL_ZERO_TERMINATED) &&
        !curl_mime_name(file, "file") &&
        !curl_mime_filedata(file, attempt->call->upload) &&
        !curl_mime_filename(file, name) &&
        !curl_mime_type(file, "application/jsonl"))
        return form;
    curl_mime_free(form);
    error_set(attempt->err, ERROR_INPUT, "cannot read %s",
              attempt->call->upload);
    return NULL;
}

/* A large file may take hours, but not stand still. */
static CURLcode allow_hours(CURL *easy)
{
    CURLcode code = curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 0L);

    code = code ? code : curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    return code ? code
                : curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
                                   (long)SILENCE_S);
}

static CURLcode set_files(struct attempt *attempt)
{
    CURL *easy = attempt->easy;
    CURLcode code = CURLE_OK;

    if (attempt->form)
        code = curl_easy_setopt(easy, CURLOPT_MIMEPOST, attempt->form);
    if (attempt->call->save) {
        code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, save_body);
        code = code ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, attempt);
    }
    return code || (!attempt->form && !attempt->call->save) ? code
                                                            : allow_hours(easy);
}

static bool set_attempt(struct attempt *attempt)
{
    const struct batch_call *call = attempt->call;
    CURL *easy = attempt->easy;
    CURLcode code = curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, watch);

    if (call->upload && !(attempt->form = make_form(attempt)))
        return false;
    code = code ? code : curl_easy_setopt(easy, CURLOPT_XFERINFODATA, attempt);
    code = code ? code : curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    code = code ? code : set_files(attempt);
    return !code || error_memory(attempt->err);
}

/* ---- A try ---- */

static bool finish_file(struct attempt *attempt, struct file_totals *totals)
{
    return open_file(attempt) && write_pending(attempt, 0) &&
           file_finish(attempt->file, totals, attempt->err) &&
           file_publish(attempt->file, attempt->err);
}

/* What a transfer gave; false when we failed ourselves. */
static bool end(struct attempt *attempt, CURLcode code,
                struct http_reply *reply, struct batch_answer *answer)
{
    struct exchange *exchange = attempt->http->exchange;
    struct buf *refusal = &attempt->refusal;

    if (attempt->stopped || !buf_ok(refusal, attempt->err) ||
        !exchange_end(exchange, code, reply, attempt->err))
        return false;
    secret_scrub(attempt->http->endpoint->key, exchange->reply,
                 exchange->length);
    if (refusal->length && reply->status) {
        secret_scrub(attempt->http->endpoint->key, refusal->data,
                     refusal->length);
        reply->length = refusal->length;
        reply->body = arena_bytes(attempt->arena, refusal->data,
                                  refusal->length, attempt->err);
        return reply->body;
    }
    return code || !is_saved(attempt) || finish_file(attempt, &answer->totals);
}

/* Each try has a handle of its own. */
static bool renew(struct batch_http *http, const struct transport_call *call,
                  struct error *err)
{
    exchange_free(http->exchange);
    http->exchange = exchange_new(&http->common, err);
    return http->exchange && exchange_set(http->exchange, call, err);
}

/* The reply is valid until the next try. */
static bool try_once(struct batch_http *http, struct arena *arena,
                     const struct batch_call *call, struct http_reply *reply,
                     struct batch_answer *answer, struct error *err)
{
    const struct transport_call set = {.url = call->url,
                                       .body = call->json,
                                       .length =
                                           call->json ? strlen(call->json) : 0};
    struct attempt attempt = {
        .http = http, .arena = arena, .call = call, .err = err};
    bool ok = renew(http, &set, err);

    if (ok) {
        attempt.easy = http->exchange->easy;
        ok = set_attempt(&attempt) &&
             end(&attempt, curl_easy_perform(attempt.easy), reply, answer);
    }
    curl_mime_free(attempt.form);
    file_discard(attempt.file);
    buf_free(&attempt.refusal);
    buf_free(&attempt.pending);
    return ok;
}

/* ---- Calls ---- */

bool batch_http_pause(struct batch_http *http, int64_t milliseconds,
                      struct error *err)
{
    const struct monitor *monitor = http->monitor;
    int64_t start = clock_waiting();
    int64_t waited = 0;

    while (waited < milliseconds) {
        int64_t left = milliseconds - waited;
        if (monitor && !monitor->tick(monitor->context, "seconds waited",
                                      waited / 1000, milliseconds / 1000, err))
            return false;
        clock_pause(left < SLICE_MS ? left : SLICE_MS);
        waited = clock_waiting() - start;
    }
    return true;
}

int64_t batch_http_backoff(const struct batch_http *http, int tries,
                           int64_t wait)
{
    int64_t pause = http->options.first_ms;

    for (int i = 1; i < tries && pause < MOST_BACKOFF_MS; i++)
        pause *= 2;
    if (pause > MOST_BACKOFF_MS)
        pause = MOST_BACKOFF_MS;
    pause -= (int64_t)randombytes_uniform((uint32_t)pause / 4 + 1);
    return pause > wait ? pause : wait;
}

/* Says why a call failed.  Always returns false. */
static bool refuse(const struct batch_http *http, const struct batch_call *call,
                   const struct http_reply *reply,
                   const struct chat_reply *meaning, struct error *err)
{
    struct buf reason = BUF_EMPTY;

    terminal_text(&reason, meaning->reason ? meaning->reason : "no reason");
    if (reason.data)
        secret_scrub(http->endpoint->key, reason.data, reason.length);
    error_set(err, ERROR_ENDPOINT, "cannot %s: %s", call->what,
              buf_string(&reason));
    buf_free(&reason);
    if (reply->status == 404 || reply->status == 405)
        return error_hint(err,
                          "if %s knows no batches, run the file with "
                          "another tool, and take what comes of it with "
                          "generate --batch-in",
                          http->endpoint->host);
    return meaning->hint ? error_hint(err, "%s", meaning->hint) : false;
}

/* What a reply that is not good means. */
static bool judge(struct arena *arena, const struct http_reply *reply,
                  struct chat_reply *meaning, struct error *err)
{
    if (!chat_read(arena, reply, &chat_first_traits, clock_seconds(), meaning,
                   err))
        return false;
    if (reply->too_large) {
        meaning->reason = "the reply is larger than 1 MiB";
        meaning->outcome = CHAT_REJECTED;
    }
    return true;
}

static bool is_good(const struct batch_call *call,
                    const struct http_reply *reply)
{
    return (reply->status / 100 == 2 && !reply->too_large) ||
           (reply->status == 404 && call->may_be_gone);
}

/* The answer's body, which stays when the exchange goes. */
static bool keep_answer(struct arena *arena, const struct http_reply *reply,
                        struct batch_answer *answer, struct error *err)
{
    answer->status = reply->status;
    answer->length = reply->length;
    answer->body = arena_bytes(arena, reply->length ? reply->body : "",
                               reply->length, err);
    return answer->body;
}

bool batch_http_call(struct batch_http *http, struct arena *arena,
                     const struct batch_call *call, struct batch_answer *answer,
                     struct error *err)
{
    struct http_reply reply;
    struct chat_reply meaning;

    for (int tries = 1;; tries++) {
        *answer = (struct batch_answer){.body = ""};
        if (!try_once(http, arena, call, &reply, answer, err))
            return false;
        if (is_good(call, &reply))
            return keep_answer(arena, &reply, answer, err);
        if (!judge(arena, &reply, &meaning, err))
            return false;
        (void)refuse(http, call, &reply, &meaning, err);
        if (meaning.outcome != CHAT_RETRY)
            return false;
        answer->wait = meaning.wait;
        answer->lost = call->once && reply.status != 429;
        if (answer->lost)
            return true;
        if (tries >= http->options.tries ||
            !batch_http_pause(
                http, batch_http_backoff(http, tries, meaning.wait), err))
            return false;
    }
}

/* ---- Opening ---- */

struct batch_http *batch_http_open(struct arena *arena,
                                   const struct endpoint *endpoint,
                                   const struct batch_api_options *options,
                                   const struct monitor *monitor,
                                   struct error *err)
{
    struct batch_http *http = arena_zero(arena, 1, sizeof *http, err);
    struct transport_options transport = transport_defaults;

    if (!http)
        return NULL;
    transport.connect_ms = CONNECT_MS;
    transport.whole_ms = WHOLE_MS;
    transport.most_bytes = MOST_BODY;
    http->endpoint = endpoint;
    http->options = *options;
    http->monitor = monitor;
    http->started = !wiped_memory_start();
    if (!http->started)
        error_memory(err);
    else if (exchange_share(&http->common, endpoint, &transport, err))
        return http;
    batch_http_close(http);
    return NULL;
}

void batch_http_close(struct batch_http *http)
{
    if (!http)
        return;
    exchange_free(http->exchange);
    exchange_unshare(&http->common);
    http->exchange = NULL;
    if (http->started)
        curl_global_cleanup();
    http->started = false;
}
