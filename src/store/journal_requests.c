/* Requests: a narrow row with what they are and how they stand, and beside it
 * what is asked and what came back. */
#include "journal_internal.h"

#include <limits.h>

const char *request_state_name(enum request_state state)
{
    static const char *const names[REQUEST_STATES] = {
        "waiting",  "sent",   "answered",   "truncated", "refused",
        "rejected", "failed", "superseded", "in a batch"};

    return names[state];
}

const char *request_kind_name(enum request_kind kind)
{
    static const char *const names[] = {"first", "correction", "longer",
                                        "again"};

    return names[kind];
}

/* ---- Finding ---- */

/* The number that a statement gives; 0 without a row, or of a null. */
static bool take_number(struct store *store, struct statement *statement,
                        int64_t *number, struct error *err)
{
    bool row;

    *number = 0;
    if (!statement || !statement_next(store, statement, &row, err))
        return false;
    if (row)
        *number = column_int(statement, "request");
    statement_end(statement);
    return true;
}

bool request_find(struct store *store, int64_t job,
                  const unsigned char fingerprint[HASH_SIZE], int64_t *number,
                  struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_FIND, ":job", job, err);

    if (statement)
        bind_bytes(statement, ":fingerprint", fingerprint, HASH_SIZE);
    return take_number(store, statement, number, err);
}

bool request_find_start(struct store *store, int64_t job,
                        const unsigned char *start, size_t length,
                        int64_t *number, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_FIND_START, ":job", job, err);
    unsigned char low[HASH_SIZE] = {0};
    unsigned char high[HASH_SIZE];

    memset(high, 0xFF, sizeof high);
    memcpy(low, start, length);
    memcpy(high, start, length);
    if (statement) {
        bind_bytes(statement, ":low", low, sizeof low);
        bind_bytes(statement, ":high", high, sizeof high);
    }
    return take_number(store, statement, number, err);
}

static bool find_answer(struct store *store, const struct request *request,
                        int64_t *number, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_REQUEST_FIND_ANSWER, err);

    if (statement) {
        bind_bytes(statement, ":fingerprint", request->fingerprint, HASH_SIZE);
        bind_text(statement, ":reply", request->reply);
    }
    return take_number(store, statement, number, err);
}

/* ---- Adding ---- */

/* Keeps a text that is not there yet, and gives the hash that it is kept by. */
static bool keep_prompt(struct store *store, const char *text,
                        unsigned char digest[HASH_SIZE], struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_PROMPT_INSERT, err);
    struct hash hash;

    if (!statement)
        return false;
    hash_start(&hash);
    hash_text(&hash, text);
    hash_end(&hash, digest);
    bind_bytes(statement, ":hash", digest, HASH_SIZE);
    bind_text(statement, ":text", text);
    return statement_run(store, statement, err);
}

static void bind_outcome(struct statement *statement,
                         const struct request *request)
{
    bind_int(statement, ":state", request->state);
    bind_int(statement, ":status", request->status);
    bind_text(statement, ":note", request->note ? request->note : "");
    bind_int(statement, ":prompt_tokens", request->prompt_tokens);
    bind_int(statement, ":cached_tokens", request->cached_tokens);
    bind_int(statement, ":completion_tokens", request->completion_tokens);
    bind_int(statement, ":cost", request->cost);
    bind_int(statement, ":coerced", request->coerced);
    bind_text(statement, ":remote", request->remote ? request->remote : "");
}

static bool insert_request(struct store *store, const struct request *request,
                           int64_t *number, struct error *err)
{
    unsigned char system[HASH_SIZE];
    unsigned char schema[HASH_SIZE];
    struct statement *statement;

    if (!keep_prompt(store, request->system, system, err) ||
        !keep_prompt(store, request->schema, schema, err))
        return false;
    statement =
        journal_use(store, STATEMENT_REQUEST_INSERT, ":job", request->job, err);
    if (!statement)
        return false;
    bind_int(statement, ":persona", request->persona);
    bind_bytes(statement, ":fingerprint", request->fingerprint, HASH_SIZE);
    bind_int(statement, ":kind", request->kind);
    bind_int(statement, ":parent", request->parent);
    bind_text(statement, ":briefs", request->briefs);
    bind_bytes(statement, ":persona_hash", request->persona_hash, HASH_SIZE);
    bind_text(statement, ":model", request->model);
    bind_bytes(statement, ":prompt_hash", request->prompt_hash, HASH_SIZE);
    bind_bytes(statement, ":system", system, HASH_SIZE);
    bind_bytes(statement, ":schema", schema, HASH_SIZE);
    bind_int(statement, ":most_tokens", request->most_tokens);
    bind_int(statement, ":seed", request->seed);
    bind_int(statement, ":tries", request->tries);
    bind_outcome(statement, request);
    if (!statement_run_one(store, statement, err))
        return false;
    *number = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool insert_messages(struct store *store, int64_t number,
                            const char *messages, struct error *err)
{
    struct statement *statement = journal_use(
        store, STATEMENT_REQUEST_MESSAGE_INSERT, ":request", number, err);

    if (!statement)
        return false;
    bind_text(statement, ":messages", messages);
    return statement_run_one(store, statement, err);
}

/* NULL takes the reply away. */
static bool put_reply(struct store *store, int64_t number, const char *reply,
                      struct error *err)
{
    struct statement *statement = journal_use(
        store,
        reply ? STATEMENT_REQUEST_REPLY_PUT : STATEMENT_REQUEST_REPLY_DROP,
        ":request", number, err);

    if (!statement)
        return false;
    if (reply)
        bind_text(statement, ":reply", reply);
    return statement_run(store, statement, err);
}

static bool revive(struct store *store, int64_t number, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_REVIVE, ":request", number, err);

    return statement && statement_run(store, statement, err);
}

bool request_add(struct store *store, const struct request *request,
                 int64_t *number, bool *is_new, struct error *err)
{
    if (!(request->job ? request_find(store, request->job, request->fingerprint,
                                      number, err)
                       : find_answer(store, request, number, err)))
        return false;
    *is_new = !*number;
    if (*number)
        return !request->job || revive(store, *number, err);
    return insert_request(store, request, number, err) &&
           insert_messages(store, *number, request->messages, err) &&
           (!request->reply || put_reply(store, *number, request->reply, err));
}

/* ---- Reading ---- */

/* All that every statement gives, and that is no text. */
static bool read_numbers(struct statement *statement, struct request *request,
                         struct error *err)
{
    bool ok = true;

    request->number = column_int(statement, "request");
    request->job = column_int(statement, "job");
    request->persona = column_int(statement, "persona");
    journal_hash(statement, "fingerprint", request->fingerprint, &ok);
    request->kind =
        (enum request_kind)column_small(statement, "kind", REQUEST_AGAIN, &ok);
    request->parent = column_int(statement, "parent");
    journal_hash(statement, "persona_hash", request->persona_hash, &ok);
    journal_hash(statement, "prompt_hash", request->prompt_hash, &ok);
    request->most_tokens = column_int(statement, "most_tokens");
    request->seed = column_int(statement, "seed");
    request->state = (enum request_state)column_small(statement, "state",
                                                      REQUEST_STATES - 1, &ok);
    request->tries = column_int(statement, "tries");
    request->status = column_small(statement, "status", INT_MAX, &ok);
    request->prompt_tokens = column_int(statement, "prompt_tokens");
    request->cached_tokens = column_int(statement, "cached_tokens");
    request->completion_tokens = column_int(statement, "completion_tokens");
    request->cost = column_int(statement, "cost");
    request->coerced = column_int(statement, "coerced");
    return ok || journal_damage("request", request->number, err);
}

/* Copies the texts. */
static bool copy_texts(struct statement *statement, struct arena *arena,
                       struct request *request, struct error *err)
{
    return journal_text(statement, "briefs", arena, &request->briefs, err) &&
           journal_text(statement, "model", arena, &request->model, err) &&
           journal_text(statement, "note", arena, &request->note, err) &&
           journal_text(statement, "remote", arena, &request->remote, err) &&
           journal_text(statement, "system", arena, &request->system, err) &&
           journal_text(statement, "schema", arena, &request->schema, err) &&
           journal_text(statement, "messages", arena, &request->messages,
                        err) &&
           journal_text(statement, "reply", arena, &request->reply, err);
}

bool request_get(struct store *store, struct arena *arena, int64_t number,
                 struct request *request, bool *found, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_GET, ":request", number, err);
    bool ok;

    if (!statement || !statement_next(store, statement, found, err))
        return false;
    ok = !*found || (read_numbers(statement, request, err) &&
                     copy_texts(statement, arena, request, err));
    statement_end(statement);
    return ok;
}

struct cursor *request_scan(struct store *store, int64_t job, struct error *err)
{
    struct cursor *cursor = cursor_open(
        store, job ? STATEMENT_REQUEST_SCAN_JOB : STATEMENT_REQUEST_SCAN_ALL,
        err);

    if (cursor && job)
        bind_int(cursor->statement, ":job", job);
    return cursor;
}

bool request_next(struct cursor *cursor, struct request *request, bool *more,
                  struct error *err)
{
    struct statement *row = cursor->statement;

    if (!cursor_step(cursor, more, err))
        return false;
    if (!*more)
        return true;
    *request = (struct request){.number = 0};
    if (!read_numbers(row, request, err))
        return false;
    request->briefs = column_text(row, "briefs", NULL);
    request->model = column_text(row, "model", NULL);
    request->note = column_text(row, "note", NULL);
    request->remote = column_text(row, "remote", NULL);
    return true;
}

static bool read_number(struct statement *statement, struct arena *arena,
                        void *row, struct error *err)
{
    int64_t *number = row;

    (void)arena;
    (void)err;
    *number = column_int(statement, "request");
    return true;
}

bool request_queue(struct store *store, struct arena *arena, int64_t job,
                   enum request_state state, int64_t after, int64_t limit,
                   int64_t **numbers, size_t *count, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_QUEUE, ":job", job, err);

    if (statement) {
        bind_int(statement, ":state", state);
        bind_int(statement, ":after", after);
        bind_int(statement, ":limit", limit > 0 ? limit : 0);
    }
    return statement_list(store, statement, arena, read_number,
                          sizeof **numbers, numbers, count, err);
}

/* ---- How they stand ---- */

static bool request_send(struct store *store, int64_t number,
                         enum request_state state, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_SEND, ":request", number, err);

    if (!statement)
        return false;
    bind_int(statement, ":state", state);
    return statement_run_one(store, statement, err);
}

bool request_sent(struct store *store, int64_t number, struct error *err)
{
    return request_send(store, number, REQUEST_SENT, err);
}

bool request_batched(struct store *store, int64_t number, struct error *err)
{
    return request_send(store, number, REQUEST_BATCHED, err);
}

bool request_settle(struct store *store, const struct request *request,
                    struct error *err)
{
    struct statement *statement = journal_use(store, STATEMENT_REQUEST_SETTLE,
                                              ":request", request->number, err);

    if (!statement)
        return false;
    bind_outcome(statement, request);
    return statement_run_one(store, statement, err) &&
           put_reply(store, request->number, request->reply, err);
}

bool request_requeue(struct store *store, int64_t job, struct error *err)
{
    struct statement *statement =
        journal_use(store, STATEMENT_REQUEST_REQUEUE, ":job", job, err);

    return statement && statement_run(store, statement, err);
}
