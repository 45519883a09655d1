/* What is noted of personas that came in, besides their rows: batches, how
 * fresh labels are, which file wrote what, and what it must look like. */
#include "merge_internal.h"

#include "datebook/list.h"

#include <string.h>

static bool raise_batches(struct merge *merge, const struct guest *guest,
                          struct error *err)
{
    struct batch *batches;
    size_t count;

    if (!guest->theirs)
        return true;
    if (!batch_list(merge->theirs, &merge->memory, guest->theirs, &batches,
                    &count, err))
        return merge_blame(merge->path, err);
    for (size_t i = 0; i < count; i++)
        if (!run_raise_batch(merge->run, guest->ours, batches[i].seed,
                             batches[i].batches, err))
            return false;
    return true;
}

static bool read_labellings(struct merge *merge, const struct guest *guest,
                            struct labelling *here, struct labelling *there,
                            struct error *err)
{
    bool found;

    memset(here, 0, sizeof *here);
    memset(there, 0, sizeof *there);
    if (!labelling_at(merge->store, run_version(merge->run), guest->ours, here,
                      &found, err))
        return false;
    if (!found)
        memset(here, 0, sizeof *here);
    if (!labelling_at(merge->theirs, merge->their_head, guest->theirs, there,
                      &found, err))
        return merge_blame(merge->path, err);
    if (!found)
        memset(there, 0, sizeof *there);
    return true;
}

/* Where nothing else changed here everything is as there; labels that met
 * others are fresh only if both agree with the same rules. */
static bool settle_labelling(struct merge *merge, const struct guest *guest,
                             struct error *err)
{
    static const struct labelling mixed;
    struct labelling here;
    struct labelling there;
    bool met = false;

    if (!guest->touched || !guest->now)
        return true;
    if (!read_labellings(merge, guest, &here, &there, err) ||
        (guest->had_labels && !merge_changed_here(merge, guest, &met, err)))
        return false;
    if ((met && !guest->label_touched) ||
        (here.engine == there.engine &&
         !memcmp(here.rules_hash, there.rules_hash, HASH_SIZE)))
        return true;
    if (!met)
        return run_set_labelling(merge->run, guest->ours, there.rules_hash,
                                 there.engine, err);
    merge->result->mixed++;
    return run_set_labelling(merge->run, guest->ours, mixed.rules_hash,
                             mixed.engine, err);
}

static bool note_origin(struct merge *merge, const struct guest *guest,
                        struct error *err)
{
    if (!guest->touched)
        return true;
    if (!list_grow(merge->arena, &merge->origins, merge->origin_count,
                   sizeof *merge->origins, err))
        return false;
    merge->origins[merge->origin_count++] =
        (struct origin){.path = merge->path,
                        .persona = guest->ours,
                        .first = guest->first,
                        .last = guest->last};
    return true;
}

/* Who came in whole has the hashes here that the file says. */
static bool note_promise(struct merge *merge, const struct guest *guest,
                         struct error *err)
{
    struct promise *promise;

    if (!guest->touched || !guest->is_new || !guest->now ||
        !guest->ordinals_kept)
        return true;
    if (!list_grow(merge->arena, &merge->promises, merge->promise_count,
                   sizeof *merge->promises, err))
        return false;
    promise = &merge->promises[merge->promise_count];
    *promise = (struct promise){.path = merge->path, .persona = guest->ours};
    promise->id = arena_text(merge->arena, guest->id, err);
    for (int noun = 0; promise->id && noun < NOUNS; noun++)
        if (!content_digest(merge->theirs, guest->theirs, (enum noun)noun,
                            promise->digests[noun], err))
            return merge_blame(merge->path, err);
    merge->promise_count++;
    return promise->id != NULL;
}

bool merge_note_guests(struct merge *merge, struct error *err)
{
    for (size_t i = 0; i < merge->guest_count; i++) {
        const struct guest *guest = &merge->guests[i];
        if (!raise_batches(merge, guest, err) ||
            !settle_labelling(merge, guest, err) ||
            !note_origin(merge, guest, err) || !note_promise(merge, guest, err))
            return false;
    }
    return true;
}

/* ---- Checking ---- */

static bool came_alone(const struct merge *merge, int64_t persona)
{
    int files = 0;

    for (size_t i = 0; i < merge->origin_count; i++)
        files += merge->origins[i].persona == persona;
    return files == 1;
}

bool merge_check(struct merge *merge, struct error *err)
{
    unsigned char digest[HASH_SIZE];

    for (size_t i = 0; i < merge->promise_count; i++) {
        const struct promise *promise = &merge->promises[i];
        if (!came_alone(merge, promise->persona))
            continue;
        for (int noun = 0; noun < NOUNS; noun++) {
            if (!content_digest(merge->store, promise->persona, (enum noun)noun,
                                digest, err))
                return false;
            if (!memcmp(digest, promise->digests[noun], HASH_SIZE))
                continue;
            error_set(err, ERROR_DATABASE,
                      "%s: the %ss of %s are not what their hash says",
                      promise->path, noun_name((enum noun)noun), promise->id);
            return error_hint(err,
                              "`datebook --db %s verify --deep` tells "
                              "more; nothing was changed",
                              promise->path);
        }
    }
    return true;
}
