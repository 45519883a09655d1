/* What the requests that wait will come to, before anything is sent. */
#include "writing_internal.h"

#include <string.h>

enum {
    PAGE = 256,
    BRIEF_TOKENS = 90, /* of the reply, for subject, preview and kind */
    WHOLE_TOKENS = 250,
    CORRECTIONS = 20 /* one call more for so many */
};

static int64_t with_corrections(int64_t number)
{
    return number + (number + CORRECTIONS - 1) / CORRECTIONS;
}

static bool count_request(struct store *store, struct arena *arena,
                          const struct writing_job *job, int64_t number,
                          struct writing_estimate *estimate, struct error *err)
{
    const int64_t each = job->wish.whole ? WHOLE_TOKENS : BRIEF_TOKENS;
    struct request request;
    int64_t *briefs;
    size_t count;
    bool found;

    arena_reset(arena);
    if (!request_get(store, arena, number, &request, &found, err))
        return false;
    if (!found)
        return true;
    if (!writing_numbers(arena, request.briefs, &briefs, &count, err))
        return false;
    estimate->calls++;
    estimate->prompt_tokens +=
        chat_count_tokens(request.system, strlen(request.system)) +
        chat_count_tokens(request.messages, strlen(request.messages)) +
        chat_count_tokens(request.schema, strlen(request.schema));
    estimate->completion_tokens += each * (int64_t)count;
    return true;
}

static bool count_all(struct store *store, const struct writing_job *job,
                      enum request_state state,
                      struct writing_estimate *estimate, struct error *err)
{
    struct arena page = ARENA_EMPTY;
    struct arena scratch = ARENA_EMPTY;
    int64_t after = 0;
    size_t count = PAGE;
    bool ok = true;

    while (ok && count == PAGE) {
        int64_t *numbers;
        arena_reset(&page);
        ok = request_queue(store, &page, job->job.number, state, after, PAGE,
                           &numbers, &count, err);
        for (size_t i = 0; ok && i < count; i++) {
            after = numbers[i];
            ok = count_request(store, &scratch, job, after, estimate, err);
        }
    }
    arena_free(&page);
    arena_free(&scratch);
    return ok;
}

static bool estimate_state(struct store *store, const struct writing_job *job,
                           enum request_state state, const struct price *price,
                           bool batch, struct writing_estimate *estimate,
                           struct error *err)
{
    *estimate = (struct writing_estimate){.cost = -1};
    if (!count_all(store, job, state, estimate, err))
        return false;
    estimate->calls = with_corrections(estimate->calls);
    estimate->prompt_tokens = with_corrections(estimate->prompt_tokens);
    estimate->completion_tokens = with_corrections(estimate->completion_tokens);
    if (price)
        estimate->cost = price_cost(price, estimate->prompt_tokens, 0,
                                    estimate->completion_tokens, batch);
    return true;
}

bool writing_estimate(struct store *store, const struct writing_job *job,
                      const struct price *price, bool batch,
                      struct writing_estimate *estimate, struct error *err)
{
    return estimate_state(store, job, REQUEST_WAITING, price, batch, estimate,
                          err);
}

bool writing_estimate_batched(struct store *store,
                              const struct writing_job *job,
                              const struct price *price,
                              struct writing_estimate *estimate,
                              struct error *err)
{
    return estimate_state(store, job, REQUEST_BATCHED, price, true, estimate,
                          err);
}
