/* Requests that come of another one: a correction, one with more room, one for
 * other texts. */
#include "writing_verdict.h"

#include "datebook/list.h"

#include <stdlib.h>

enum { MOST_QUOTED = 32768 /* bytes of a reply that its correction repeats */ };

static void write_message(struct buf *buf, const char *role,
                          const char *content, size_t length)
{
    buf_text(buf, buf->length > 1 ? ",{\"role\":" : "{\"role\":");
    buf_json(buf, role);
    buf_text(buf, ",\"content\":");
    buf_json_bytes(buf, content, length);
    buf_char(buf, '}');
}

/* The length of a text, cut where a character of UTF-8 begins. */
static size_t cut(const char *text, size_t most)
{
    size_t length = strlen(text);

    if (length <= most)
        return length;
    while (most && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return most;
}

/* What was told of the request at hand is not so of the one that follows. */
static bool add_follower(struct verdict *verdict, struct request *follower,
                         int64_t *number, bool *is_new, struct error *err)
{
    follower->parent = verdict->request.number;
    follower->state = REQUEST_WAITING;
    follower->tries = 0;
    follower->status = 0;
    follower->note = "";
    follower->reply = NULL;
    follower->remote = "";
    follower->prompt_tokens = 0;
    follower->cached_tokens = 0;
    follower->completion_tokens = 0;
    follower->cost = 0;
    follower->coerced = 0;
    if (!request_add(verdict->judge->store, follower, number, is_new, err))
        return false;
    verdict->judge->totals.requests += *is_new;
    verdict->judge->totals.corrections +=
        *is_new && follower->kind == REQUEST_CORRECTION;
    return true;
}

bool follow_with_correction(struct verdict *verdict, struct error *err)
{
    struct judge *judge = verdict->judge;
    const char *old = verdict->request.messages;
    const char *content = verdict->reply->content;
    struct request follower = verdict->request;
    struct buf messages = BUF_EMPTY;
    struct hash hash;
    const char *text;
    int64_t number;
    bool is_new;
    bool ok;

    follower.briefs = writing_number_list(
        &judge->scratch, verdict->faulty.items, verdict->faulty.count, err);
    if (!follower.briefs ||
        !prompt_correct(&judge->scratch, &judge->job->texts,
                        buf_string(&verdict->faults), &text, err))
        return false;
    buf_add(&messages, old, strlen(old) - 1); /* without its last bracket */
    write_message(&messages, "assistant", content, cut(content, MOST_QUOTED));
    write_message(&messages, "user", text, strlen(text));
    buf_char(&messages, ']');
    follower.kind = REQUEST_CORRECTION;
    follower.messages = buf_string(&messages);
    hash_start(&hash);
    hash_bytes(&hash, verdict->request.prompt_hash, HASH_SIZE);
    hash_text(&hash, text);
    hash_end(&hash, follower.prompt_hash);
    writing_fingerprint(judge->job, &follower);
    ok = buf_ok(&messages, err) &&
         add_follower(verdict, &follower, &number, &is_new, err);
    buf_free(&messages);
    return ok;
}

bool follow_with_longer(struct verdict *verdict, struct error *err)
{
    struct request follower = verdict->request;
    int64_t number;
    bool is_new;

    follower.kind = REQUEST_LONGER;
    follower.most_tokens *= 2;
    writing_fingerprint(verdict->judge->job, &follower);
    return add_follower(verdict, &follower, &number, &is_new, err);
}

/* Whether a request that was made before is asked, or to be asked, once more.
 */
static bool is_asked(struct judge *judge, int64_t number, bool *asked,
                     struct error *err)
{
    struct request request;
    bool found;

    if (!request_get(judge->store, &judge->scratch, number, &request, &found,
                     err))
        return false;
    *asked = found && request_is_pending(&request);
    return true;
}

/* A request that was answered before is no other one, so that the attempt goes
 * up until it is new. */
static bool ask_again(struct verdict *verdict, const struct job_brief *briefs,
                      size_t count, struct error *err)
{
    struct judge *judge = verdict->judge;
    int64_t attempt = 1;
    bool asked = false;

    for (size_t i = 0; i < count; i++)
        if (briefs[i].candidates > attempt)
            attempt = briefs[i].candidates;
    for (; !asked; attempt++) {
        struct request follower;
        int64_t number;
        if (!writing_request(&judge->scratch, judge->job, verdict->persona,
                             briefs, count, REQUEST_AGAIN, (int)attempt,
                             &follower, err) ||
            !add_follower(verdict, &follower, &number, &asked, err) ||
            (!asked && !is_asked(judge, number, &asked, err)))
            return false;
    }
    return true;
}

bool follow_with_others(struct verdict *verdict, bool split, struct error *err)
{
    struct brief_group *others = &verdict->others;
    size_t count = 0;
    size_t half;

    for (size_t i = 0; i < others->count; i++)
        if (!brief_is_hopeless(verdict->judge, &others->items[i]))
            others->items[count++] = others->items[i];
    half = split && count > 1 ? count / 2 : count;
    if (half && !ask_again(verdict, others->items, half, err))
        return false;
    return half == count ||
           ask_again(verdict, others->items + half, count - half, err);
}

bool request_is_pending(const struct request *request)
{
    return request->state == REQUEST_WAITING ||
           request->state == REQUEST_SENT ||
           request->state == REQUEST_BATCHED ||
           request->state == REQUEST_FAILED;
}

bool request_is_late(const struct request *request)
{
    return request->state == REQUEST_SUPERSEDED && request->tries;
}

/* ---- Briefs that nobody asks for ---- */

struct asked {
    int64_t persona;
    int64_t brief;
};

struct asked_list {
    struct asked *items;
    size_t count;
};

static int by_brief(const void *one, const void *other)
{
    const struct asked *a = one;
    const struct asked *b = other;

    if (a->persona != b->persona)
        return a->persona < b->persona ? -1 : 1;
    return a->brief < b->brief ? -1 : a->brief > b->brief;
}

/* The briefs of one request. */
static bool note_asked(struct arena *arena, const struct request *request,
                       struct asked_list *asked, struct error *err)
{
    int64_t *numbers;
    size_t count;

    if (!writing_numbers(arena, request->briefs, &numbers, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!list_grow(arena, &asked->items, asked->count, sizeof *asked->items,
                       err))
            return false;
        asked->items[asked->count++] =
            (struct asked){request->persona, numbers[i]};
    }
    return true;
}

/* What requests without a reply ask for, in order. */
static bool list_asked(struct judge *judge, struct arena *arena,
                       struct asked_list *asked, struct error *err)
{
    struct cursor *cursor =
        request_scan(judge->store, judge->job->job.number, err);
    struct request request;
    bool more = cursor != NULL;
    bool ok = more;

    while (ok && more) {
        ok = request_next(cursor, &request, &more, err);
        if (ok && more && request_is_pending(&request))
            ok = note_asked(arena, &request, asked, err);
    }
    cursor_close(cursor);
    if (ok && asked->count)
        qsort(asked->items, asked->count, sizeof *asked->items, by_brief);
    return ok;
}

/* Puts a brief in a group of those that are asked for together, and asks when
 * the group is full. */
static bool adopt(struct verdict *verdict, const struct job_brief *brief,
                  struct error *err)
{
    struct brief_group *others = &verdict->others;

    others->items[others->count++] = *brief;
    if (others->count < (size_t)verdict->judge->job->wish.per_call)
        return true;
    if (!follow_with_others(verdict, false, err))
        return false;
    others->count = 0;
    return true;
}

static bool is_orphan(const struct job_brief *brief,
                      const struct asked_list *asked)
{
    struct asked key = {brief->persona, brief->number};

    return !brief->request &&
           !(asked->count &&
             bsearch(&key, asked->items, asked->count, sizeof key, by_brief));
}

/* Those of a persona that have no text and are not asked for; a group may lie
 * on two pages, so that pages stay until the persona is done. */
static bool follow_orphans_of(struct judge *judge, int64_t persona,
                              const struct asked_list *asked,
                              struct arena *arena, struct error *err)
{
    struct verdict verdict = {.judge = judge};
    struct arena page = ARENA_EMPTY;
    struct job_brief *briefs;
    size_t count = JOURNAL_PAGE;
    int64_t after = 0;
    bool ok;

    arena_reset(&judge->scratch);
    verdict.persona = judge_persona(judge, persona, err);
    verdict.others.items =
        arena_zero(arena, (size_t)judge->job->wish.per_call + 1,
                   sizeof *verdict.others.items, err);
    ok = verdict.persona && verdict.others.items;
    while (ok && count == JOURNAL_PAGE) {
        if (!verdict.others.count)
            arena_reset(&page);
        ok = job_brief_page(judge->store, &page, judge->job->job.number,
                            persona, after, &briefs, &count, err);
        for (size_t i = 0; ok && i < count; i++) {
            after = briefs[i].number;
            ok = !is_orphan(&briefs[i], asked) ||
                 adopt(&verdict, &briefs[i], err);
        }
    }
    ok = ok && follow_with_others(&verdict, false, err);
    arena_free(&page);
    return ok;
}

bool follow_orphans(struct judge *judge, struct error *err)
{
    struct arena arena = ARENA_EMPTY;
    struct arena briefs = ARENA_EMPTY;
    struct asked_list asked = {NULL, 0};
    bool ok = list_asked(judge, &arena, &asked, err);

    for (size_t i = 0; ok && i < judge->job->persona_count; i++) {
        arena_reset(&briefs);
        ok = follow_orphans_of(judge, judge->job->personas[i], &asked, &briefs,
                               err);
    }
    arena_free(&briefs);
    arena_free(&arena);
    return ok;
}
