/* Jobs without a network: what a model would have written is put down by the
 * test itself. */
#ifndef DATEBOOK_TESTS_DATASET_WRITING_H
#define DATEBOOK_TESTS_DATASET_WRITING_H

#include "fixture.h"

#include "src/dataset/writing_internal.h"
#include "tests/unit/thresholds.h"

enum { WRITING_STARTED = 1762785138 };

/* A persona with rules that the simulated calendar meets. `rule` is one of
 * the usually important phrases. */
static inline const char *writing_document(const char *id, const char *rule,
                                           const char *more)
{
    return arena_format(
        &fix.arena, &fix.err,
        "{\"id\":\"%s\",\"name\":\"Account Manager\",\"tier\":1,"
        "\"demographics\":{\"function\":\"Sales\",\"level\":\"Manager\","
        "\"company\":\"Growth\"},"
        "\"importance_criteria\":{\"always_important\":[\"escalation\"],"
        "\"usually_important\":[\"%s\",\"forecast\"],"
        "\"sometimes_important\":[\"demo\",\"planning\"],"
        "\"rarely_important\":[\"newsletter\",\"training\"]},"
        "\"prep_time_needs\":{\"requires_prep\":[\"Renewals (30 min)\"]}%s}",
        id, rule, more);
}

static inline struct prompt_texts *writing_texts(void)
{
    static struct prompt_texts texts;
    const char *folder = getenv("DATEBOOK_DATA");

    MUST(prompt_texts_load(&fix.arena, folder ? folder : "personas", &texts,
                           &fix.err));
    return &texts;
}

static struct mix_wish writing_mix;

static inline struct writing_wish writing_wish_for(int64_t count)
{
    struct writing_wish wish = {.generate = {.count = count,
                                             .seed = 5,
                                             .time_zone = "Asia/Shanghai",
                                             .library = library(),
                                             .started = WRITING_STARTED,
                                             .mix = &writing_mix},
                                .provider = "openai",
                                .model = "test-model",
                                .language = "English",
                                .per_call = 4,
                                .temperature = 90,
                                .candidates = 300,
                                .texts = writing_texts()};
    struct stored_persona *personas;

    writing_mix = mix_usual(library_thresholds(&fix.arena));
    MUST(persona_list_at(fix.store, &fix.arena, head(), &personas,
                         &wish.generate.persona_count, &fix.err));
    wish.generate.personas = personas;
    return wish;
}

static inline struct writing_job writing_read(int64_t number)
{
    struct writing_job job;
    struct job stored;
    bool found;

    MUST(job_get(fix.store, &fix.arena, number, &stored, &found, &fix.err));
    ck_assert(found);
    MUST(writing_read_job(fix.store, &fix.arena, &stored, &job, &fix.err));
    return job;
}

static inline struct writing_job writing_start(const struct writing_wish *wish)
{
    int64_t number;

    MUST(journal_begin(fix.store, &fix.err));
    MUST(journal_end(
        fix.store,
        writing_plan(fix.store, &fix.arena, wish, &number, NULL, &fix.err),
        &fix.err));
    return writing_read(number);
}

static inline int64_t writing_renewed(const struct writing_job *job)
{
    int64_t renewed;

    MUST(journal_begin(fix.store, &fix.err));
    MUST(journal_end(
        fix.store,
        writing_renew(fix.store, &fix.arena, job, &renewed, &fix.err),
        &fix.err));
    return renewed;
}

static inline struct job_brief *briefs_of(const struct writing_job *job,
                                          int64_t persona, size_t *count)
{
    struct job_brief *briefs;

    MUST(job_brief_list(fix.store, &fix.arena, job->job.number, persona,
                        &briefs, count, &fix.err));
    return briefs;
}

static inline struct brief brief_of(const struct job_brief *stored)
{
    struct brief brief;

    MUST(brief_read(&fix.arena, stored->document, strlen(stored->document),
                    &brief, &fix.err));
    return brief;
}

/* What the model of these tests writes for a brief: its topics, and a number
 * that no other text has. */
static inline struct written written_for(const struct job_brief *stored)
{
    struct brief brief = brief_of(stored);
    struct written written = {.brief = stored->number, .kind = brief.kind};

    written.subject =
        arena_format(&fix.arena, &fix.err, "Subject %lld-%lld %s",
                     (long long)stored->persona, (long long)stored->number,
                     brief.topic_count ? brief.topics[0] : "alone");
    written.preview = arena_format(
        &fix.arena, &fix.err, "Preview of %lld %s.", (long long)stored->number,
        brief.topic_count > 1 ? brief.topics[1] : "alone");
    MUST(written.subject && written.preview);
    return written;
}

static inline struct request request_of(int64_t number)
{
    struct request request;
    bool found;

    MUST(
        request_get(fix.store, &fix.arena, number, &request, &found, &fix.err));
    ck_assert(found);
    return request;
}

/* The numbers of a job's requests in a state. */
static inline int64_t *requests_in(const struct writing_job *job,
                                   enum request_state state, size_t *count)
{
    int64_t *numbers;

    MUST(request_queue(fix.store, &fix.arena, job->job.number, state, 0, 100000,
                       &numbers, count, &fix.err));
    return numbers;
}

/* The reply of a service that wrote texts for the briefs of a request. */
static inline const char *reply_to(const struct writing_job *job,
                                   const struct request *request)
{
    struct buf content = BUF_EMPTY;
    struct buf body = BUF_EMPTY;
    int64_t *numbers;
    const char *text;
    size_t all;
    size_t count;
    struct job_brief *briefs = briefs_of(job, request->persona, &all);

    MUST(writing_numbers(&fix.arena, request->briefs, &numbers, &count,
                         &fix.err));
    buf_text(&content, "{\"meetings\":[");
    for (size_t i = 0; i < count; i++) {
        struct written written = written_for(&briefs[numbers[i] - 1]);
        buf_format(&content, "%s{\"brief\":%lld,\"kind\":", i ? "," : "",
                   (long long)numbers[i]);
        buf_json(&content, written.kind);
        buf_text(&content, ",\"subject\":");
        buf_json(&content, written.subject);
        buf_text(&content, ",\"preview\":");
        buf_json(&content, written.preview);
        buf_char(&content, '}');
    }
    buf_text(&content, "]}");
    buf_text(&body, "{\"id\":\"x\",\"object\":\"chat.completion\",\"choices\":"
                    "[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                    "{\"role\":\"assistant\",\"content\":");
    buf_json(&body, buf_string(&content));
    buf_text(&body, "}}]}");
    text = arena_text(&fix.arena, buf_string(&body), &fix.err);
    buf_free(&content);
    buf_free(&body);
    return text;
}

static inline void set_text(const struct writing_job *job,
                            struct job_brief *brief, int64_t request,
                            const struct written *written)
{
    struct buf text = BUF_EMPTY;

    written_write(&text, written);
    brief->text = arena_text(&fix.arena, buf_string(&text), &fix.err);
    brief->request = request;
    brief->candidates++;
    MUST(job_brief_set(fix.store, job->job.number, brief, &fix.err));
    buf_free(&text);
}

/* Answers at most `most` of the requests that wait. */
static inline size_t writing_answer(const struct writing_job *job, size_t most)
{
    size_t count;
    int64_t *waiting = requests_in(job, REQUEST_WAITING, &count);

    if (count > most)
        count = most;
    MUST(journal_begin(fix.store, &fix.err));
    for (size_t i = 0; i < count; i++) {
        struct request request = request_of(waiting[i]);
        size_t brief_count;
        struct job_brief *briefs =
            briefs_of(job, request.persona, &brief_count);
        int64_t *numbers;
        size_t number_count;
        MUST(writing_numbers(&fix.arena, request.briefs, &numbers,
                             &number_count, &fix.err));
        for (size_t k = 0; k < number_count; k++) {
            struct job_brief *brief = &briefs[numbers[k] - 1];
            struct written written = written_for(brief);
            if (!brief->text)
                set_text(job, brief, request.number, &written);
        }
        MUST(request_sent(fix.store, request.number, &fix.err));
        request.state = REQUEST_ANSWERED;
        request.status = 200;
        request.reply = reply_to(job, &request);
        MUST(request_settle(fix.store, &request, &fix.err));
    }
    MUST(journal_end(fix.store, true, &fix.err));
    return count;
}

static inline int64_t writing_end(const struct writing_job *job, bool partial)
{
    struct generate_result result;

    begin();
    MUST(writing_finish(fix.run, fix.store, &fix.arena, job, partial, NULL,
                        &result, &fix.err));
    ck_assert(commit());
    return result.added;
}

#endif
