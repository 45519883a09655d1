/* Small things that all files around a job need, and what a job came to. */
#include "writing_internal.h"

#include <string.h>

const struct writing_home *writing_home_of(const struct writing_job *job,
                                           int64_t key)
{
    size_t low = 0;
    size_t high = job->persona_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (job->homes[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < job->persona_count && job->homes[low].key == key
               ? &job->homes[low]
               : NULL;
}

bool writing_numbers(struct arena *arena, const char *text, int64_t **numbers,
                     size_t *count, struct error *err)
{
    const cJSON *list =
        json_parse(arena, text, strlen(text), "the briefs of a request", err);
    const cJSON *item;

    *count = 0;
    if (!list)
        return false;
    *numbers = arena_zero(arena, (size_t)cJSON_GetArraySize(list) + 1,
                          sizeof **numbers, err);
    if (!*numbers)
        return false;
    cJSON_ArrayForEach (item, list)
        (*numbers)[(*count)++] = (int64_t)cJSON_GetNumberValue(item);
    return true;
}

/* ---- Totals ---- */

void writing_totals_json(struct buf *buf, const struct job_totals *totals)
{
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {
        {"calls", totals->calls},
        {"retries", totals->retries},
        {"corrections", totals->corrections},
        {"candidates", totals->candidates},
        {"rejected", totals->rejected},
        {"coerced", totals->coerced},
        {"prompt_tokens", totals->prompt_tokens},
        {"cached_tokens", totals->cached_tokens},
        {"completion_tokens", totals->completion_tokens},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        buf_format(buf, "%c\"%s\":%lld", i ? ',' : '{', numbers[i].name,
                   (long long)numbers[i].value);
    if (totals->unpriced && !totals->cost)
        buf_text(buf, ",\"cost_usd\":null");
    else
        buf_format(buf, ",\"cost_usd\":%lld.%06lld",
                   (long long)(totals->cost / 1000000),
                   (long long)(totals->cost % 1000000));
    buf_format(buf, ",\"unpriced\":%lld}", (long long)totals->unpriced);
}
