/* From briefs to what is asked: the prompt of some of a persona's briefs, the
 * request that the journal keeps, and the body that an endpoint gets. */
#include "writing_internal.h"

#include "datebook/list.h"

#include <string.h>

/* ---- Personas ---- */

bool writing_persona_at(struct store *store, struct arena *arena,
                        const struct writing_job *job, int64_t version,
                        int64_t key, struct stored_persona **stored,
                        struct error *err)
{
    const struct writing_home *home = writing_home_of(job, key);

    if (!home) {
        error_set(err, ERROR_DATABASE,
                  "job %lld has requests of a persona that it is not about",
                  (long long)job->job.number);
        return false;
    }
    if (!persona_at_key(store, arena, version, key, stored, err))
        return false;
    if (*stored)
        return true;
    error_set(err, ERROR_INPUT,
              "persona %s was removed since its meetings were planned",
              home->id);
    return error_hint(
        err, "add it again with `datebook persona add`, or give the job "
             "up with `datebook requests discard`");
}

/* What its weeks are made of: a handful, and the same in each call, so that an
 * endpoint that caches prompts finds the beginning of this one again.  The
 * names of the calendar's archetypes would be over a hundred, in each call. */
static bool list_kinds(struct arena *arena, struct writing_persona *persona,
                       struct error *err)
{
    size_t count = persona->persona.share_count;

    persona->kinds = arena_zero(arena, count + 1, sizeof *persona->kinds, err);
    if (!persona->kinds)
        return false;
    for (size_t i = 0; i < count; i++)
        persona->kinds[i] = persona->persona.shares[i].name;
    persona->kind_count = count;
    return true;
}

bool writing_persona_open(struct store *store, struct arena *arena,
                          const struct writing_job *job, int64_t key,
                          struct writing_persona *persona, struct error *err)
{
    struct stored_persona *stored = NULL;
    struct hash hash;
    int64_t head;

    if (!version_head(store, &head, err) ||
        !writing_persona_at(store, arena, job, head, key, &stored, err) ||
        !stored)
        return false;
    *persona = (struct writing_persona){.stored = stored,
                                        .home = writing_home_of(job, key)};
    hash_start(&hash);
    hash_bytes(&hash, stored->document, stored->document_length);
    hash_end(&hash, persona->hash);
    return persona_parse(arena, stored->document, stored->document_length,
                         stored->id, &persona->persona, err) &&
           list_kinds(arena, persona, err);
}

/* ---- Calls ---- */

static bool read_briefs(struct arena *arena, const struct job_brief *briefs,
                        size_t count, const struct brief **result,
                        struct error *err)
{
    struct brief *read = arena_zero(arena, count + 1, sizeof *read, err);

    if (!read)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!brief_read(arena, briefs[i].document, strlen(briefs[i].document),
                        &read[i], err))
            return false;
    *result = read;
    return true;
}

static bool is_taken(const char *const *taken, size_t count,
                     const char *subject)
{
    for (size_t i = 0; taken && i < count; i++)
        if (!strcmp(taken[i], subject))
            return true;
    return false;
}

/* What was refused of any of the briefs, each once. */
static bool read_taken(struct arena *arena, const struct job_brief *briefs,
                       size_t count, struct prompt_call *call,
                       struct error *err)
{
    const char **taken = NULL;

    for (size_t i = 0; i < count; i++) {
        const char *text = briefs[i].taken;
        const cJSON *list;
        const cJSON *item;
        if (!text)
            continue;
        list = json_parse(arena, text, strlen(text), "taken subjects", err);
        if (!list)
            return false;
        cJSON_ArrayForEach (item, list) {
            if (!cJSON_IsString(item) ||
                is_taken(taken, call->taken_count, item->valuestring))
                continue;
            if (!list_grow(arena, &taken, call->taken_count, sizeof *taken,
                           err))
                return false;
            taken[call->taken_count++] = item->valuestring;
        }
    }
    call->taken = taken;
    return true;
}

enum { SEED_BITS = 31 };

/* Another one for each persona, list of briefs and attempt.  Services take
 * signed numbers of 32 bits. */
static uint64_t call_seed(const struct writing_job *job,
                          const struct writing_persona *persona,
                          const struct job_brief *briefs, size_t count,
                          int attempt)
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;
    uint64_t seed = 0;

    hash_start(&hash);
    hash_text(&hash, "call");
    hash_int(&hash, (int64_t)job->wish.generate.seed);
    hash_text(&hash, persona->stored->id);
    hash_int(&hash, attempt);
    for (size_t i = 0; i < count; i++)
        hash_int(&hash, briefs[i].number);
    hash_end(&hash, digest);
    for (int i = 0; i < 8; i++)
        seed = seed << 8 | digest[i];
    return seed >> (64 - SEED_BITS);
}

bool writing_call(struct arena *arena, const struct writing_job *job,
                  const struct writing_persona *persona,
                  const struct job_brief *briefs, size_t count, int attempt,
                  struct prompt_call *call, struct error *err)
{
    *call = (struct prompt_call){
        .persona = &persona->persona,
        .brief_count = count,
        .whole = job->wish.whole,
        .language = job->wish.language,
        .seed = call_seed(job, persona, briefs, count, attempt),
        .attempt = attempt,
        .kinds = persona->kinds,
        .kind_count = persona->kind_count,
        .company = persona->home->at.company,
        .own_name = persona->home->at.name,
    };
    /* What was refused since does not change what was asked first. */
    return read_briefs(arena, briefs, count, &call->briefs, err) &&
           (!attempt || read_taken(arena, briefs, count, call, err));
}

/* ---- Requests ---- */

const char *writing_number_list(struct arena *arena,
                                const struct job_brief *briefs, size_t count,
                                struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *list = NULL;

    buf_char(&buf, '[');
    for (size_t i = 0; i < count; i++)
        buf_format(&buf, "%s%lld", i ? "," : "", (long long)briefs[i].number);
    buf_char(&buf, ']');
    if (buf_ok(&buf, err))
        list = arena_text(arena, buf_string(&buf), err);
    buf_free(&buf);
    return list;
}

static const char *write_messages(struct arena *arena, const char *user,
                                  struct error *err)
{
    struct buf buf = BUF_EMPTY;
    const char *messages = NULL;

    buf_text(&buf, "[{\"role\":\"user\",\"content\":");
    buf_json(&buf, user);
    buf_text(&buf, "}]");
    if (buf_ok(&buf, err))
        messages = arena_text(arena, buf_string(&buf), err);
    buf_free(&buf);
    return messages;
}

bool writing_request(struct arena *arena, const struct writing_job *job,
                     const struct writing_persona *persona,
                     const struct job_brief *briefs, size_t count,
                     enum request_kind kind, int attempt,
                     struct request *request, struct error *err)
{
    struct prompt_call call;
    struct rendered_prompt prompt;

    if (!writing_call(arena, job, persona, briefs, count, attempt, &call,
                      err) ||
        !prompt_render(arena, job->wish.texts, &call, &prompt, err))
        return false;
    *request = (struct request){
        .job = job->job.number,
        .persona = persona->stored->key,
        .kind = kind,
        .model = job->wish.model,
        .system = prompt.system,
        .schema = prompt.schema,
        .most_tokens = prompt.most_tokens,
        .seed = (int64_t)call.seed,
        .state = REQUEST_WAITING,
        .note = "",
        .remote = "",
        .cost = -1,
    };
    memcpy(request->persona_hash, persona->hash, HASH_SIZE);
    memcpy(request->prompt_hash, prompt.hash, HASH_SIZE);
    request->briefs = writing_number_list(arena, briefs, count, err);
    request->messages = write_messages(arena, prompt.user, err);
    if (!request->briefs || !request->messages)
        return false;
    writing_fingerprint(job, request);
    return true;
}

void writing_fingerprint(const struct writing_job *job, struct request *request)
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, request->model);
    hash_text(&hash, request->schema);
    hash_text(&hash, request->system);
    hash_text(&hash, request->messages);
    hash_int(&hash, request->most_tokens);
    hash_int(&hash, request->seed);
    hash_int(&hash, job->wish.temperature);
    hash_end(&hash, request->fingerprint);
}

bool writing_read_request(struct store *store, struct arena *arena,
                          int64_t number, struct request *request,
                          struct error *err)
{
    bool found;

    return request_get(store, arena, number, request, &found, err) &&
           (found || error_set(err, ERROR_DATABASE, "there is no request %lld",
                               (long long)number));
}

/* ---- Traits ---- */

bool writing_recall_traits(struct store *store,
                           const unsigned char key[HASH_SIZE],
                           const char *model, struct chat_traits *traits,
                           bool *found, struct error *err)
{
    int numbers[TRAITS];

    if (!traits_get(store, key, model, numbers, found, err))
        return false;
    if (!*found)
        return true;
    *traits = (struct chat_traits){.form = (enum chat_form)numbers[0],
                                   .limit = (enum chat_limit)numbers[1],
                                   .temperature = numbers[2] != 0,
                                   .seed = numbers[3] != 0};
    *found = numbers[0] >= 0 && numbers[0] < CHAT_FORMS && numbers[1] >= 0 &&
             numbers[1] < CHAT_LIMITS;
    return true;
}

bool writing_keep_traits(struct store *store,
                         const unsigned char key[HASH_SIZE], const char *model,
                         const struct chat_traits *traits, struct error *err)
{
    int numbers[TRAITS] = {(int)traits->form, (int)traits->limit,
                           traits->temperature, traits->seed};

    return traits_set(store, key, model, numbers, err);
}

/* ---- Bodies ---- */

/* What strict schemas are called; the endpoint shows it to nobody. */
#define SCHEMA_NAME "meetings"

/* The system message, and those of the request's list. */
static bool read_messages(struct arena *arena, const struct request *request,
                          struct chat_message **messages, size_t *count,
                          struct error *err)
{
    const cJSON *list =
        json_parse(arena, request->messages, strlen(request->messages),
                   "the messages of a request", err);
    struct chat_message *made;
    const cJSON *item;

    if (!list)
        return false;
    made = arena_zero(arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof *made,
                      err);
    if (!made)
        return false;
    made[0] = (struct chat_message){"system", request->system};
    *count = 1;
    cJSON_ArrayForEach (item, list) {
        struct chat_message *message = &made[(*count)++];
        message->role = json_member_text(item, "role");
        message->content = json_member_text(item, "content");
        if (!message->role || !message->content)
            return error_set(err, ERROR_DATABASE,
                             "request %lld has a message without a text",
                             (long long)request->number);
    }
    *messages = made;
    return true;
}

bool writing_body(struct arena *arena, const struct writing_job *job,
                  const struct request *request,
                  const struct endpoint *endpoint,
                  const struct chat_traits *traits, struct buf *body,
                  struct error *err)
{
    struct chat_message *messages = NULL;
    struct chat_request chat = {
        /* Azure's older URL names the model as well, its batch files do not. */
        .model = endpoint->model ? endpoint->model : request->model,
        .schema_name = SCHEMA_NAME,
        .schema = request->schema,
        .most_tokens = request->most_tokens,
        .temperature = job->wish.temperature,
        .seed = request->seed,
    };

    if (!read_messages(arena, request, &messages, &chat.message_count, err))
        return false;
    chat.messages = messages;
    chat_write(body, &chat, traits);
    return buf_ok(body, err);
}
