/* What becomes of a reply: its texts are checked one by one, held against all
 * that is there, and taken, or asked for again.  Everything is written down
 * within the caller's transaction, so that a decision and the reply that it
 * rests on are kept together or not at all. */
#include "writing_verdict.h"

enum {
    EXPECTED_TEXTS = 4096,
    /* Texts of the file that new ones are held against: at some 500 bytes
     * each, what memory allows.  Those of the job's own personas come first. */
    COMPARED_TEXTS = 60000,
    MOST_KEPT = 65536, /* bytes of a reply that was too large */
    PERCENT = 100
};

/* ---- What is there ---- */

/* A text of the job in the index; meetings have positive keys. */
static int64_t brief_key(int64_t persona, int64_t brief)
{
    return -(persona << 32 | brief);
}

static bool is_of_job(const struct judge *judge, int64_t persona)
{
    for (size_t i = 0; i < judge->job->persona_count; i++)
        if (judge->job->personas[i] == persona)
            return true;
    return false;
}

/* Adds the living meetings of a persona, or for 0 of all that are not the
 * job's. */
static bool index_meetings(struct judge *judge, int64_t persona,
                           struct error *err)
{
    struct scan scan = {.persona = persona};
    struct cursor *cursor = NULL;
    struct stored_fact fact;
    bool more = true;
    bool ok = version_head(judge->store, &scan.version, err) &&
              (cursor = fact_scan(judge->store, &scan, err));

    while (ok && more && near_index_count(judge->index) < COMPARED_TEXTS) {
        ok = fact_next(cursor, &fact, &more, err);
        if (ok && more &&
            (persona || !is_of_job(judge, meeting_persona(fact.key))))
            ok = near_index_add(judge->index, fact.key, fact.facts.subject,
                                fact.facts.preview, err);
    }
    cursor_close(cursor);
    return ok;
}

static bool index_written(struct judge *judge, const struct job_brief *brief,
                          struct error *err)
{
    struct written written;

    return !brief->request ||
           (written_parse(&judge->scratch, brief->text, strlen(brief->text),
                          &written, err) &&
            near_index_add(judge->index,
                           brief_key(brief->persona, brief->number),
                           written.subject, written.preview, err));
}

/* Adds the texts that the job has of a persona. */
static bool index_briefs(struct judge *judge, int64_t persona,
                         struct error *err)
{
    struct job_brief *briefs;
    size_t count = JOURNAL_PAGE;
    int64_t after = 0;

    while (count == JOURNAL_PAGE) {
        arena_reset(&judge->scratch);
        if (!job_brief_page(judge->store, &judge->scratch,
                            judge->job->job.number, persona, after, &briefs,
                            &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            after = briefs[i].number;
            if (!index_written(judge, &briefs[i], err))
                return false;
        }
    }
    return true;
}

static bool fill_index(struct judge *judge, struct error *err)
{
    const struct writing_job *job = judge->job;

    for (size_t i = 0; i < job->persona_count; i++)
        if (!index_meetings(judge, job->personas[i], err) ||
            !index_briefs(judge, job->personas[i], err))
            return false;
    return index_meetings(judge, 0, err);
}

struct judge *judge_open(struct store *store, struct arena *arena,
                         const struct writing_job *job,
                         const struct price *price, bool batch,
                         struct error *err)
{
    struct judge *judge = arena_zero(arena, 1, sizeof *judge, err);

    if (!judge)
        return NULL;
    *judge = (struct judge){.store = store,
                            .arena = arena,
                            .job = job,
                            .price = price,
                            .batch = batch,
                            .index = near_index_new(EXPECTED_TEXTS, err)};
    judge->personas =
        arena_zero(arena, job->persona_count + 1, sizeof *judge->personas, err);
    if (judge->index && judge->personas &&
        job_totals_of(store, job->job.number, &judge->totals, err) &&
        fill_index(judge, err))
        return judge;
    judge_close(judge);
    return NULL;
}

void judge_close(struct judge *judge)
{
    if (!judge)
        return;
    near_index_free(judge->index);
    arena_free(&judge->scratch);
}

struct job_totals *judge_totals(struct judge *judge)
{
    return &judge->totals;
}

int64_t judge_most_candidates(const struct judge *judge)
{
    return judge->totals.briefs * judge->job->wish.candidates / PERCENT;
}

bool brief_is_hopeless(const struct judge *judge, const struct job_brief *brief)
{
    return brief->candidates * PERCENT >= 2 * judge->job->wish.candidates;
}

struct writing_persona *judge_persona(struct judge *judge, int64_t key,
                                      struct error *err)
{
    for (size_t i = 0; i < judge->job->persona_count; i++) {
        struct writing_persona *persona = &judge->personas[i];
        if (judge->job->personas[i] != key)
            continue;
        if (!persona->stored &&
            !writing_persona_open(judge->store, judge->arena, judge->job, key,
                                  persona, err))
            return NULL;
        return persona;
    }
    error_set(err, ERROR_DATABASE,
              "job %lld has a request for a persona that is not its own",
              (long long)judge->job->job.number);
    return NULL;
}

/* ---- Rejecting ---- */

static bool reject(struct verdict *verdict, int64_t brief, const char *reason,
                   const char *text, bool final, struct error *err)
{
    struct rejection rejection = {.request = verdict->request.number,
                                  .brief = brief,
                                  .reason = reason,
                                  .text = text ? text : "",
                                  .final = final};

    verdict->judge->totals.rejected++;
    return rejection_add(verdict->judge->store, &rejection, err);
}

/* A text that came, or that should have come. */
static void count_candidate(struct verdict *verdict, struct job_brief *brief)
{
    brief->candidates++;
    verdict->judge->totals.candidates++;
}

static bool leave(struct verdict *verdict, struct brief_group *group,
                  struct job_brief *brief, struct error *err)
{
    group->items[group->count++] = *brief;
    return job_brief_set(verdict->judge->store, verdict->request.job, brief,
                         err);
}

/* The whole reply will not do: a brief that has no text goes to a group. */
static bool reject_all(struct verdict *verdict, struct brief_group *group,
                       const char *reason, bool final, struct error *err)
{
    if (!reject(verdict, 0, reason, verdict->reply->content, final, err))
        return false;
    for (size_t i = 0; i < verdict->briefs.count; i++) {
        struct job_brief *brief = &verdict->briefs.items[i];
        if (brief->request)
            continue;
        count_candidate(verdict, brief);
        if (!leave(verdict, group, brief, err))
            return false;
    }
    return true;
}

/* ---- Near-duplicates ---- */

static bool name_brief(struct verdict *verdict, int64_t persona, int64_t number,
                       const char **reason, struct error *err)
{
    struct judge *judge = verdict->judge;
    struct arena *scratch = &judge->scratch;
    struct written written = {.subject = ""};
    struct job_brief brief;
    const char *id;
    bool found;

    if (!persona_id_of(judge->store, scratch, persona, &id, err) ||
        !job_brief_get(judge->store, scratch, judge->job->job.number, persona,
                       number, &brief, &found, err))
        return false;
    if (found && brief.text &&
        !written_parse(scratch, brief.text, strlen(brief.text), &written, err))
        return false;
    *reason = arena_format(scratch, err,
                           "nearly the same as brief %lld of %s, \"%s\"",
                           (long long)number, id, written.subject);
    return *reason;
}

static bool name_meeting(struct verdict *verdict, int64_t key,
                         const char **reason, struct error *err)
{
    struct judge *judge = verdict->judge;
    struct arena *scratch = &judge->scratch;
    struct stored_meeting meeting;
    struct stored_fact fact;
    int64_t head;
    bool found;

    if (!version_head(judge->store, &head, err) ||
        !meeting_at(judge->store, scratch, head, key, &meeting, &found, err))
        return false;
    *reason = "nearly the same as a meeting that is gone";
    if (!found)
        return true;
    if (!fact_at(judge->store, scratch, head, key, &fact, &found, err))
        return false;
    *reason =
        arena_format(scratch, err, "nearly the same as meeting %s, \"%s\"",
                     meeting.id, found ? fact.facts.subject : "");
    return *reason;
}

/* A JSON list with one more text. */
static const char *longer_list(struct arena *arena, const char *list,
                               const char *text, struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *copy = NULL;

    if (list && strlen(list) > 2) {
        buf_add(&buf, list, strlen(list) - 1);
        buf_char(&buf, ',');
    } else {
        buf_char(&buf, '[');
    }
    buf_json(&buf, text);
    buf_char(&buf, ']');
    if (buf_ok(&buf, err))
        copy = arena_bytes(arena, buf.data, buf.length, err);
    buf_free(&buf);
    return copy;
}

static bool refuse_twin(struct verdict *verdict, struct job_brief *brief,
                        const struct written *written, int64_t twin,
                        struct error *err)
{
    const char *reason;

    brief->taken = longer_list(&verdict->judge->scratch, brief->taken,
                               written->subject, err);
    return brief->taken &&
           (twin < 0 ? name_brief(verdict, -twin >> 32, -twin & INT32_MAX,
                                  &reason, err)
                     : name_meeting(verdict, twin, &reason, err)) &&
           reject(verdict, brief->number, reason, written->raw, true, err) &&
           leave(verdict, &verdict->others, brief, err);
}

/* ---- Texts ---- */

static bool accept(struct verdict *verdict, struct job_brief *brief,
                   const struct written *written, struct error *err)
{
    struct judge *judge = verdict->judge;
    struct buf text = BUF_EMPTY;
    bool ok;

    written_write(&text, written);
    brief->request = verdict->request.number;
    brief->text = buf_string(&text);
    ok = buf_ok(&text, err) &&
         job_brief_set(judge->store, verdict->request.job, brief, err) &&
         near_index_add(judge->index,
                        brief_key(verdict->request.persona, brief->number),
                        written->subject, written->preview, err);
    brief->text = NULL;
    judge->totals.written++;
    judge->totals.meetings_written += brief->meetings;
    buf_free(&text);
    return ok;
}

/* Faults are quoted in a correction, the only one that there is. */
static struct brief_group *group_of_faults(struct verdict *verdict, bool *last)
{
    *last = verdict->request.kind == REQUEST_CORRECTION;
    return *last ? &verdict->others : &verdict->faulty;
}

static bool judge_text(struct verdict *verdict, struct job_brief *brief,
                       const struct written *written, struct error *err)
{
    bool last;
    struct brief_group *group = group_of_faults(verdict, &last);
    int64_t twin;

    /* Another reply was faster. */
    if (brief->request)
        return true;
    count_candidate(verdict, brief);
    if (written->fault) {
        buf_format(&verdict->faults, "- %s\n", written->fault);
        return reject(verdict, brief->number, written->fault, written->raw,
                      last, err) &&
               leave(verdict, group, brief, err);
    }
    if (!near_index_find(verdict->judge->index, written->subject,
                         written->preview, &twin, err))
        return false;
    return twin ? refuse_twin(verdict, brief, written, twin, err)
                : accept(verdict, brief, written, err);
}

/* A reply in which no texts can be found. */
static bool judge_fault(struct verdict *verdict, const char *fault,
                        struct error *err)
{
    bool last;
    struct brief_group *group = group_of_faults(verdict, &last);

    buf_format(&verdict->faults, "- %s\n", fault);
    return reject_all(verdict, group, fault, last, err);
}

static bool judge_list(struct verdict *verdict, const struct written_list *list,
                       struct error *err)
{
    if (list->fault)
        return judge_fault(verdict, list->fault, err);
    for (size_t i = 0; i < list->count && i < verdict->briefs.count; i++)
        if (!judge_text(verdict, &verdict->briefs.items[i], &list->items[i],
                        err))
            return false;
    return true;
}

static bool judge_texts(struct verdict *verdict, struct error *err)
{
    struct judge *judge = verdict->judge;
    struct prompt_call call;
    struct written_list list;

    if (!writing_call(&judge->scratch, judge->job, verdict->persona,
                      verdict->briefs.items, verdict->briefs.count, 0, &call,
                      err) ||
        !written_read(&judge->scratch, &call, verdict->reply->content, &list,
                      err))
        return false;
    verdict->request.coerced = list.coerced;
    judge->totals.coerced += list.coerced;
    return judge_list(verdict, &list, err) &&
           (!verdict->faulty.count || follow_with_correction(verdict, err)) &&
           follow_with_others(verdict, false, err);
}

/* ---- Outcomes ---- */

static enum request_state state_after(enum chat_outcome outcome)
{
    switch (outcome) {
    case CHAT_TRUNCATED:
        return REQUEST_TRUNCATED;
    case CHAT_REFUSED:
        return REQUEST_REFUSED;
    case CHAT_REJECTED:
        return REQUEST_REJECTED;
    default:
        return REQUEST_ANSWERED;
    }
}

static bool judge_outcome(struct verdict *verdict, struct error *err)
{
    struct request *request = &verdict->request;
    const struct chat_reply *reply = verdict->reply;

    request->note = reply->reason ? reply->reason : "";
    request->state = state_after(reply->outcome);
    switch (reply->outcome) {
    case CHAT_ANSWERED:
        return judge_texts(verdict, err);
    case CHAT_TRUNCATED:
        if (request->kind != REQUEST_LONGER)
            return reject(verdict, 0, request->note, reply->content, false,
                          err) &&
                   follow_with_longer(verdict, err);
        return reject_all(verdict, &verdict->others, request->note, true,
                          err) &&
               follow_with_others(verdict, true, err);
    case CHAT_REFUSED:
        return reject_all(verdict, &verdict->others, request->note, true,
                          err) &&
               follow_with_others(verdict, false, err);
    case CHAT_REJECTED:
        return reject_all(verdict, &verdict->others, request->note, true,
                          err) &&
               follow_with_others(verdict, true, err);
    default:
        return error_set(err, ERROR_BUG, "outcome \"%s\" is nothing to judge",
                         chat_outcome_name(reply->outcome));
    }
}

/* What a server told, or should have told, that a reply took. */
static struct chat_usage usage_of(const struct verdict *verdict,
                                  const struct http_reply *http)
{
    const struct request *request = &verdict->request;
    struct chat_usage usage = verdict->reply->usage;
    const char *content = verdict->reply->content;

    if (usage.known || (!content && !http->too_large))
        return usage;
    usage.prompt =
        chat_count_tokens(request->system, strlen(request->system)) +
        chat_count_tokens(request->messages, strlen(request->messages));
    usage.completion = content ? chat_count_tokens(content, strlen(content))
                               : request->most_tokens;
    return usage;
}

void judge_charge(struct judge *judge, struct request *request,
                  const struct chat_usage *usage)
{
    const struct price *price = judge->price;
    struct job_totals *totals = &judge->totals;
    int64_t cost = price ? price_cost(price, usage->prompt, usage->cached,
                                      usage->completion, judge->batch)
                         : 0;

    request->prompt_tokens += usage->prompt;
    request->cached_tokens += usage->cached;
    request->completion_tokens += usage->completion;
    request->cost =
        !price ? -1 : cost + (request->cost > 0 ? request->cost : 0);
    totals->prompt_tokens += usage->prompt;
    totals->cached_tokens += usage->cached;
    totals->completion_tokens += usage->completion;
    totals->cost += cost;
}

/* What came, and what it cost over what earlier ones that were of no use did.
 */
static void note_reply(struct verdict *verdict, const struct http_reply *http)
{
    struct request *request = &verdict->request;
    const struct chat_usage usage = usage_of(verdict, http);

    request->status = http->status;
    request->remote = verdict->reply->id ? verdict->reply->id : "";
    judge_charge(verdict->judge, request, &usage);
    verdict->judge->totals.unpriced += request->cost < 0;
}

/* The body as a text: what was too large is cut, and a NUL becomes a space,
 * for a text of the journal has none. */
static const char *keep_body(struct arena *arena, const struct http_reply *http,
                             struct error *err)
{
    size_t length = http->length;
    char *copy;

    if (http->too_large && length > MOST_KEPT)
        length = MOST_KEPT;
    copy = arena_bytes(arena, http->body ? http->body : "", length, err);
    for (size_t i = 0; copy && i < length; i++)
        if (!copy[i])
            copy[i] = ' ';
    return copy;
}

static bool read_briefs(struct verdict *verdict, struct error *err)
{
    struct judge *judge = verdict->judge;
    const struct request *request = &verdict->request;
    struct arena *scratch = &judge->scratch;
    struct job_brief *items;
    int64_t *numbers;
    size_t count;

    if (!writing_numbers(scratch, request->briefs, &numbers, &count, err))
        return false;
    items = arena_zero(scratch, 3 * count + 1, sizeof *items, err);
    if (!items)
        return false;
    verdict->briefs.items = items;
    verdict->faulty.items = items + count;
    verdict->others.items = items + 2 * count;
    for (size_t i = 0; i < count; i++) {
        bool found;
        if (!job_brief_get(judge->store, scratch, request->job,
                           request->persona, numbers[i],
                           &items[verdict->briefs.count], &found, err))
            return false;
        verdict->briefs.count += found;
    }
    return true;
}

static bool take(struct verdict *verdict, const struct http_reply *http,
                 struct error *err)
{
    struct judge *judge = verdict->judge;
    struct request *request = &verdict->request;

    note_reply(verdict, http);
    verdict->persona = judge_persona(judge, request->persona, err);
    request->reply = keep_body(&judge->scratch, http, err);
    return verdict->persona && request->reply && read_briefs(verdict, err) &&
           judge_outcome(verdict, err) &&
           request_settle(judge->store, request, err);
}

/* Nobody asks for its texts any more, but it is paid for; and should the edit
 * be taken back, they are read after all. */
static bool keep_late(struct verdict *verdict, const struct http_reply *http,
                      struct error *err)
{
    struct request *request = &verdict->request;

    request->state = state_after(verdict->reply->outcome);
    note_reply(verdict, http);
    request->reply = keep_body(&verdict->judge->scratch, http, err);
    return request->reply &&
           request_settle(verdict->judge->store, request, err);
}

bool judge_take(struct judge *judge, int64_t number,
                const struct http_reply *http, const struct chat_reply *reply,
                struct error *err)
{
    struct verdict verdict = {.judge = judge, .reply = reply};
    bool ok;

    arena_reset(&judge->scratch);
    if (!writing_read_request(judge->store, &judge->scratch, number,
                              &verdict.request, err))
        return false;
    if (request_is_late(&verdict.request))
        return keep_late(&verdict, http, err);
    if (!request_is_pending(&verdict.request))
        return true; /* a reply is taken once */
    ok = take(&verdict, http, err);
    buf_free(&verdict.faults);
    return ok;
}
