/* After personas were edited: what would be asked for the first time now is
 * made once more.  A group of briefs for which that is what was asked already
 * stays as it is; of the others the texts go, and they are asked for again.
 * What an edit that was taken back made new is found by its fingerprint, and
 * its replies are read once more instead of being paid for. */
#include "writing_renew.h"

#include "datebook/list.h"

#include <string.h>

/* ---- What was asked ---- */

static bool keep_asked(struct renewing *renewing, const struct request *request)
{
    struct asked *asked;

    if (!list_grow(&renewing->memory, &renewing->asked, renewing->asked_count,
                   sizeof *renewing->asked, renewing->err))
        return false;
    asked = &renewing->asked[renewing->asked_count++];
    *asked = (struct asked){.number = request->number,
                            .parent = request->parent,
                            .kind = request->kind,
                            .state = request->state};
    memcpy(asked->hash, request->persona_hash, HASH_SIZE);
    return writing_numbers(&renewing->memory, request->briefs, &asked->briefs,
                           &asked->brief_count, renewing->err);
}

static bool read_asked(struct renewing *renewing, int64_t persona)
{
    struct cursor *cursor =
        request_scan(renewing->store, renewing->job->job.number, renewing->err);
    struct request request;
    bool more = true;
    bool ok = cursor != NULL;

    renewing->asked = NULL;
    renewing->asked_count = 0;
    while (ok && more) {
        ok = request_next(cursor, &request, &more, renewing->err);
        if (ok && more && request.persona == persona)
            ok = keep_asked(renewing, &request);
    }
    cursor_close(cursor);
    return ok;
}

static const struct asked *find_asked(const struct renewing *renewing,
                                      int64_t number)
{
    for (size_t i = 0; i < renewing->asked_count; i++)
        if (renewing->asked[i].number == number)
            return &renewing->asked[i];
    return NULL;
}

static bool asks_for(const struct asked *asked, int64_t brief)
{
    for (size_t i = 0; i < asked->brief_count; i++)
        if (asked->briefs[i] == brief)
            return true;
    return false;
}

/* The request that another one follows in the end. */
static const struct asked *root_of(const struct renewing *renewing,
                                   int64_t number)
{
    const struct asked *asked = find_asked(renewing, number);

    while (asked && asked->parent && asked->parent < asked->number)
        asked = find_asked(renewing, asked->parent);
    return asked;
}

/* Whether a request for a brief came of a first one. */
static bool comes_of(const struct renewing *renewing, int64_t number,
                     int64_t brief, int64_t first)
{
    const struct asked *root = root_of(renewing, number);
    int64_t before = 0;

    if (!root || root->kind == REQUEST_FIRST)
        return root && root->number == first;
    /* It followed none: for briefs that nobody asked for.  Made from the
     * document as it is, or when the first one was the newest. */
    if (!memcmp(root->hash, renewing->persona.hash, HASH_SIZE))
        return true;
    for (size_t i = 0; i < renewing->asked_count; i++) {
        const struct asked *asked = &renewing->asked[i];
        if (asked->kind == REQUEST_FIRST && asked->number < root->number &&
            asks_for(asked, brief))
            before = asked->number;
    }
    return before == first;
}

static bool is_pending(enum request_state state)
{
    return state == REQUEST_WAITING || state == REQUEST_SENT ||
           state == REQUEST_FAILED || state == REQUEST_BATCHED;
}

/* Whether a brief has its text from what a root led to, or waits for it. */
static bool belongs(const struct renewing *renewing,
                    const struct job_brief *brief, int64_t root)
{
    if (brief->text && comes_of(renewing, brief->request, brief->number, root))
        return true;
    for (size_t i = 0; i < renewing->asked_count; i++) {
        const struct asked *asked = &renewing->asked[i];
        if (is_pending(asked->state) && asks_for(asked, brief->number) &&
            comes_of(renewing, asked->number, brief->number, root))
            return true;
    }
    return false;
}

/* ---- Asking again ---- */

/* A batch file that it is in stays in its note: should the edit be taken back,
 * its results are waited for. */
static bool give_up(struct renewing *renewing, int64_t number)
{
    struct request request;
    bool found;

    if (!request_get(renewing->store, &renewing->scratch, number, &request,
                     &found, renewing->err))
        return false;
    if (!found)
        return true;
    if (request.state != REQUEST_BATCHED)
        request.note = "its persona was edited";
    request.state = REQUEST_SUPERSEDED;
    return request_settle(renewing->store, &request, renewing->err);
}

static bool forget(struct renewing *renewing, struct job_brief *brief)
{
    brief->request = 0;
    brief->text = NULL;
    brief->taken = NULL;
    return job_brief_set(renewing->store, renewing->job->job.number, brief,
                         renewing->err);
}

static bool forget_all(struct renewing *renewing, struct job_brief *briefs,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!forget(renewing, &briefs[i]))
            return false;
    renewing->renewed += (int64_t)count;
    return true;
}

enum { MOST_ATTEMPTS = 1000 };

/* Asks for other texts of some briefs: what was asked so already and has its
 * reply is passed over. */
static bool ask_again(struct renewing *renewing, const struct job_brief *briefs,
                      size_t count, int64_t root)
{
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        struct request request;
        const struct asked *asked;
        int64_t number;
        bool is_new;
        if (!writing_request(&renewing->scratch, renewing->job,
                             &renewing->persona, briefs, count, REQUEST_AGAIN,
                             attempt, &request, renewing->err))
            return false;
        request.parent = root;
        if (!request_add(renewing->store, &request, &number, &is_new,
                         renewing->err))
            return false;
        asked = is_new ? NULL : find_asked(renewing, number);
        if (!asked || is_pending(asked->state) ||
            asked->state == REQUEST_SUPERSEDED) /* it is revived */
            return true;
    }
    return error_set(renewing->err, ERROR_BUG,
                     "%d attempts for the same briefs", MOST_ATTEMPTS);
}

/* ---- Replies that are there ---- */

/* The briefs of a group whose texts are not from what they should be from: what
 * was answered is read again, the rest is asked for. */
static bool reclaim(struct renewing *renewing, struct job_brief *briefs,
                    size_t count, int64_t root)
{
    struct job_brief *left =
        arena_zero(&renewing->scratch, count + 1, sizeof *left, renewing->err);
    size_t left_count = 0;

    if (!left)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!belongs(renewing, &briefs[i], root)) {
            left[left_count++] = briefs[i];
            if (!forget(renewing, &briefs[i]))
                return false;
        }
    for (size_t i = 0; left_count && i < renewing->asked_count; i++) {
        const struct asked *asked = &renewing->asked[i];
        if (asked->state == REQUEST_ANSWERED && asked->brief_count &&
            comes_of(renewing, asked->number, asked->briefs[0], root) &&
            !renew_reuse(renewing, asked))
            return false;
    }
    count = left_count;
    left_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct job_brief *brief = &renewing->briefs[left[i].number - 1];
        if (!brief->text)
            left[left_count++] = *brief;
    }
    renewing->renewed += (int64_t)left_count;
    return !left_count || ask_again(renewing, left, left_count, root);
}

/* ---- Groups ---- */

static bool renew_group(struct renewing *renewing, struct job_brief *briefs,
                        size_t count)
{
    struct request request;
    const struct asked *asked;
    int64_t number;
    bool is_new;

    arena_reset(&renewing->scratch);
    if (!writing_request(&renewing->scratch, renewing->job, &renewing->persona,
                         briefs, count, REQUEST_FIRST, 0, &request,
                         renewing->err) ||
        !request_add(renewing->store, &request, &number, &is_new,
                     renewing->err))
        return false;
    renewing->roots[renewing->root_count++] = number;
    if (is_new)
        return forget_all(renewing, briefs, count);
    asked = find_asked(renewing, number);
    if (asked && asked->state == REQUEST_SUPERSEDED)
        return forget_all(renewing, briefs, count);
    return reclaim(renewing, briefs, count, number);
}

/* Whether a request came of what would be asked first now, for all that it
 * asks for. */
static bool is_current(const struct renewing *renewing,
                       const struct asked *asked)
{
    size_t each = (size_t)renewing->job->wish.per_call;

    for (size_t i = 0; i < asked->brief_count; i++) {
        size_t group = (size_t)(asked->briefs[i] - 1) / each;
        if (group >= renewing->root_count ||
            !comes_of(renewing, asked->number, asked->briefs[i],
                      renewing->roots[group]))
            return false;
    }
    return true;
}

/* Nobody waits any more for what the edit made another request of. */
static bool supersede(struct renewing *renewing)
{
    for (size_t i = 0; i < renewing->asked_count; i++) {
        const struct asked *asked = &renewing->asked[i];
        arena_reset(&renewing->scratch);
        if (is_pending(asked->state) && !is_current(renewing, asked) &&
            !give_up(renewing, asked->number))
            return false;
    }
    return true;
}

/* ---- What was planned ---- */

/* The line of a message that is a brief; NULL when there is none. */
static const char *find_line(struct arena *arena, const char *message,
                             int64_t brief, struct error *err)
{
    const char *start =
        arena_format(arena, err, "{\"brief\":%lld,", (long long)brief);
    const char *line = message;

    while (start && line && strncmp(line, start, strlen(start)) != 0) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return start ? line : NULL;
}

/* Takes the briefs that nobody asked for before from a first request. */
static bool take_originals(struct renewing *renewing, const struct asked *asked,
                           const char **originals)
{
    struct arena *arena = &renewing->scratch;
    struct request request;
    const cJSON *list;
    const char *message;
    bool found;

    arena_reset(arena);
    if (!request_get(renewing->store, arena, asked->number, &request, &found,
                     renewing->err))
        return false;
    if (!found)
        return true;
    list = json_parse(arena, request.messages, strlen(request.messages),
                      "the messages of a request", renewing->err);
    if (!list)
        return false;
    message = json_member_text(cJSON_GetArrayItem(list, 0), "content");
    for (size_t i = 0; message && i < asked->brief_count; i++) {
        size_t at = (size_t)asked->briefs[i] - 1;
        const char *line;
        if (at >= renewing->brief_count || originals[at])
            continue;
        line = find_line(arena, message, asked->briefs[i], renewing->err);
        if (line &&
            !(originals[at] = arena_bytes(&renewing->memory, line,
                                          strcspn(line, "\n"), renewing->err)))
            return false;
    }
    return true;
}

/* The briefs as they were when the job was planned. */
static const char **find_originals(struct renewing *renewing)
{
    size_t count = renewing->brief_count;
    const char **originals = arena_zero(&renewing->memory, count + 1,
                                        sizeof *originals, renewing->err);

    for (size_t i = 0; originals && i < renewing->asked_count; i++)
        if (renewing->asked[i].kind == REQUEST_FIRST &&
            !take_originals(renewing, &renewing->asked[i], originals))
            return NULL;
    for (size_t i = 0; originals && i < count; i++)
        if (!originals[i])
            originals[i] = renewing->briefs[i].document;
    return originals;
}

static bool renew_briefs(struct renewing *renewing)
{
    const char **originals = find_originals(renewing);

    return originals &&
           renew_topics(renewing->store, &renewing->memory, renewing->job,
                        &renewing->persona, renewing->asked[0].hash, originals,
                        renewing->briefs, renewing->brief_count, renewing->err);
}

/* ---- Personas ---- */

static bool renew_persona(struct renewing *renewing, int64_t key)
{
    struct arena *arena = &renewing->memory;
    const struct writing_job *job = renewing->job;
    size_t each = (size_t)job->wish.per_call;
    struct error *err = renewing->err;

    arena_reset(arena);
    arena_reset(&renewing->scratch);
    if (!writing_persona_open(renewing->store, arena, job, key,
                              &renewing->persona, err) ||
        !read_asked(renewing, key) ||
        !job_brief_list(renewing->store, arena, job->job.number, key,
                        &renewing->briefs, &renewing->brief_count, err) ||
        !renew_briefs(renewing))
        return false;
    renewing->root_count = 0;
    renewing->roots = arena_zero(arena, renewing->brief_count + 1,
                                 sizeof *renewing->roots, err);
    if (!renewing->roots)
        return false;
    for (size_t at = 0; at < renewing->brief_count; at += each) {
        size_t left = renewing->brief_count - at;
        if (!renew_group(renewing, &renewing->briefs[at],
                         left < each ? left : each))
            return false;
    }
    return supersede(renewing);
}

/* ---- Which personas ---- */

/* The hash of every persona's document at HEAD. */
static bool hash_all(struct renewing *renewing, unsigned char *hashes)
{
    const struct writing_job *job = renewing->job;
    struct writing_persona persona;

    for (size_t i = 0; i < job->persona_count; i++) {
        arena_reset(&renewing->scratch);
        if (!writing_persona_open(renewing->store, &renewing->scratch, job,
                                  job->personas[i], &persona, renewing->err))
            return false;
        memcpy(hashes + i * HASH_SIZE, persona.hash, HASH_SIZE);
    }
    return true;
}

/* Marks the personas of which a request was made from another document. */
static bool mark_edited(struct renewing *renewing, const unsigned char *hashes,
                        bool *edited)
{
    const struct writing_job *job = renewing->job;
    struct cursor *cursor =
        request_scan(renewing->store, job->job.number, renewing->err);
    struct request request;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        const struct writing_home *home;
        size_t at;
        ok = request_next(cursor, &request, &more, renewing->err);
        if (!ok || !more || !(home = writing_home_of(job, request.persona)))
            continue;
        at = (size_t)(home - job->homes);
        edited[at] |= memcmp(hashes + at * HASH_SIZE, request.persona_hash,
                             HASH_SIZE) != 0;
    }
    cursor_close(cursor);
    return ok;
}

bool writing_renew(struct store *store, struct arena *arena,
                   const struct writing_job *job, int64_t *renewed,
                   struct error *err)
{
    struct renewing renewing = {.store = store, .job = job, .err = err};
    unsigned char *hashes =
        arena_zero(arena, job->persona_count + 1, HASH_SIZE, err);
    bool *edited =
        arena_zero(arena, job->persona_count + 1, sizeof *edited, err);
    bool ok = hashes && edited && hash_all(&renewing, hashes) &&
              mark_edited(&renewing, hashes, edited);

    for (size_t i = 0; ok && i < job->persona_count; i++)
        ok = !edited[i] || renew_persona(&renewing, job->personas[i]);
    *renewed = renewing.renewed;
    arena_free(&renewing.memory);
    arena_free(&renewing.scratch);
    return ok;
}
