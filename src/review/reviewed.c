/* Reading the samples of a version for what people settled. */
#include "reviewed_gather.h"

bool reviewed_load(struct store *store, struct arena *arena, int64_t version,
                   struct reviewed *reviewed, struct error *err)
{
    struct gathering gathering = {.arena = arena};
    struct arena scratch = ARENA_EMPTY;
    struct sample *samples;
    size_t count;
    bool ok = sample_list(store, arena, version, &samples, &count, err);

    for (size_t i = 0; ok && i < count; i++) {
        struct review review;
        ok = review_load(store, &scratch, version, samples[i].name, &review,
                         err) &&
             gather_review(&gathering, &review, err);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    return ok && gather_finish(&gathering, reviewed, err);
}
