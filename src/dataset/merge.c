/* Other files on their way into one version: what both have in common, who
 * comes, and what is noted of it besides rows. */
#include "merge_internal.h"

#include <stdlib.h>
#include <string.h>

struct merge *merge_start(struct run *run, struct store *store,
                          struct arena *arena, const char *ours,
                          enum merge_choice choice, merge_visitor *visit,
                          void *context, struct error *err)
{
    struct merge *merge = calloc(1, sizeof *merge);

    if (!merge) {
        error_memory(err);
        return NULL;
    }
    merge->run = run;
    merge->store = store;
    merge->arena = arena;
    merge->ours = ours;
    merge->choice = choice;
    merge->visit = visit;
    merge->context = context;
    merge->head = run_version(run) - 1;
    return merge;
}

void merge_end(struct merge *merge)
{
    if (!merge)
        return;
    arena_free(&merge->memory);
    arena_free(&merge->rule_memory);
    arena_free(&merge->scratch);
    free(merge);
}

bool merge_blame(const char *path, struct error *err)
{
    if (err->code != ERROR_DATABASE ||
        !strncmp(err->message, path, strlen(path)))
        return false;
    return error_context(err, "%s", path);
}

/* ---- What both files have in common ---- */

static bool find_common(struct merge *merge, struct error *err)
{
    struct store *const stores[] = {merge->store, merge->theirs};
    const int64_t heads[] = {merge->head, merge->their_head};
    int failed = 0;

    if (common_version(stores, heads, &merge->scratch, &merge->common, &failed,
                       err))
        return true;
    return failed == 1 && merge_blame(merge->path, err);
}

static bool is_pruned(struct store *store, struct arena *arena, int64_t number,
                      bool *pruned, struct error *err)
{
    struct version version;

    arena_reset(arena);
    if (!version_get(store, arena, number, &version, err))
        return false;
    *pruned = version.pruned;
    return true;
}

/* The common version as it is there or, when it was pruned, here; else an older
 * one. */
static bool find_base(struct merge *merge, struct error *err)
{
    struct arena *arena = &merge->scratch;
    bool pruned = false;

    merge->base = merge->common;
    if (!is_pruned(merge->theirs, arena, merge->base, &pruned, err))
        return merge_blame(merge->path, err);
    merge->base_here = pruned;
    if (!pruned || !is_pruned(merge->store, arena, merge->base, &pruned, err))
        return !pruned;
    merge->base_here = !pruned;
    while (pruned)
        if (!is_pruned(merge->theirs, arena, --merge->base, &pruned, err))
            return merge_blame(merge->path, err);
    return true;
}

/* ---- What changed here meanwhile ---- */

static bool compare_here(struct merge *merge, struct error *err)
{
    struct diff_request request = {.from = {merge->store, merge->common},
                                   .to = {merge->store, merge->head}};
    struct version version;

    if (merge->compared)
        return true;
    merge->compared = true;
    merge->all_changed = merge->common == 0;
    if (merge->all_changed)
        return true;
    if (!version_get(merge->store, &merge->memory, merge->common, &version,
                     err))
        return false;
    merge->all_changed = version.pruned;
    return version.pruned || dataset_diff(&request, &merge->memory,
                                          &merge->changes, NULL, NULL, err);
}

bool merge_changed_here(struct merge *merge, const struct guest *guest,
                        bool *changed, struct error *err)
{
    *changed = true;
    for (size_t i = 0; i < merge->origin_count; i++)
        if (merge->origins[i].persona == guest->ours)
            return true;
    if (!compare_here(merge, err))
        return false;
    *changed = merge->all_changed;
    for (size_t i = 0; i < merge->changes.persona_count; i++)
        *changed |= merge->changes.personas[i].key == guest->ours;
    return true;
}

/* ---- Who comes ---- */

static bool list_personas(struct merge *merge, int64_t version,
                          struct stored_persona **personas, size_t *count,
                          struct error *err)
{
    return persona_list_at(merge->theirs, &merge->memory, version, personas,
                           count, err) ||
           merge_blame(merge->path, err);
}

/* Both lists are in order of id. */
static void join_lists(struct merge *merge, const struct stored_persona *base,
                       size_t base_count, const struct stored_persona *now,
                       size_t now_count)
{
    size_t i = 0;
    size_t j = 0;

    while (i < base_count || j < now_count) {
        struct guest *guest = &merge->guests[merge->guest_count++];
        int order = i == base_count  ? 1
                    : j == now_count ? -1
                                     : strcmp(base[i].id, now[j].id);
        guest->ordinals_kept = true;
        if (order <= 0)
            guest->base = &base[i++];
        if (order >= 0)
            guest->now = &now[j++];
        guest->id = order <= 0 ? guest->base->id : guest->now->id;
        /* A persona of which nothing is left there has no key that is known. */
        guest->theirs = order >= 0         ? guest->now->key
                        : merge->base_here ? 0
                                           : guest->base->key;
    }
}

static int by_key(const void *one, const void *other)
{
    int64_t a = ((const struct guest *)one)->theirs;
    int64_t b = ((const struct guest *)other)->theirs;

    return (a > b) - (a < b);
}

static bool list_guests(struct merge *merge, struct error *err)
{
    struct stored_persona *base;
    struct stored_persona *now;
    size_t base_count;
    size_t now_count;

    merge->guest_count = 0;
    if (!(merge->base_here
              ? persona_list_at(merge->store, &merge->memory, merge->base,
                                &base, &base_count, err)
              : list_personas(merge, merge->base, &base, &base_count, err)) ||
        !list_personas(merge, merge->their_head, &now, &now_count, err))
        return false;
    merge->guests = arena_zero(&merge->memory, base_count + now_count,
                               sizeof *merge->guests, err);
    if (!merge->guests)
        return false;
    join_lists(merge, base, base_count, now, now_count);
    if (merge->guest_count)
        qsort(merge->guests, merge->guest_count, sizeof *merge->guests, by_key);
    return true;
}

struct guest *merge_guest_of(struct merge *merge, int64_t key)
{
    struct guest wanted = {.theirs = key};

    return merge->guest_count
               ? bsearch(&wanted, merge->guests, merge->guest_count,
                         sizeof *merge->guests, by_key)
               : NULL;
}

static bool has_labels(struct store *store, int64_t version, int64_t persona,
                       bool *has, struct error *err)
{
    struct scan scan = {.version = version, .persona = persona};
    struct cursor *cursor = label_scan(store, &scan, err);
    struct stored_label label;
    bool ok = cursor && label_next(cursor, &label, has, err);

    cursor_close(cursor);
    return ok;
}

static bool admit_guests(struct merge *merge, struct error *err)
{
    for (size_t i = 0; i < merge->guest_count; i++) {
        struct guest *guest = &merge->guests[i];
        if (!run_persona_key(merge->run, guest->id, &guest->ours, err) ||
            !has_labels(merge->store, run_version(merge->run), guest->ours,
                        &guest->had_labels, err) ||
            !merge_persona(merge, guest, err))
            return false;
    }
    return true;
}

/* ---- The whole ---- */

static void count(struct merge *merge, const struct noun_counts before[NOUNS])
{
    for (int noun = 0; noun < NOUNS; noun++) {
        struct noun_counts now = run_counts(merge->run, (enum noun)noun);
        struct merge_count *counts = &merge->result->counts[noun];
        counts->added = now.added - before[noun].added;
        counts->changed = now.changed - before[noun].changed;
        counts->removed = now.removed - before[noun].removed;
    }
}

/* What is the same here and there costs nothing. */
static bool same_content(struct merge *merge, bool *same, struct error *err)
{
    struct version here;
    struct version there;

    *same = false;
    if (merge->origin_count || merge->record_count || !merge->their_head)
        return true;
    if (!version_get(merge->store, &merge->memory, merge->head, &here, err))
        return false;
    if (!version_get(merge->theirs, &merge->memory, merge->their_head, &there,
                     err))
        return merge_blame(merge->path, err);
    *same = !memcmp(here.content, there.content, HASH_SIZE);
    for (int noun = 0; *same && noun < NOUNS; noun++)
        merge->result->counts[noun].same = there.counts[noun].total;
    return true;
}

static bool take_in(struct merge *merge, struct error *err)
{
    struct noun_counts before[NOUNS];

    for (int noun = 0; noun < NOUNS; noun++)
        before[noun] = run_counts(merge->run, (enum noun)noun);
    if (!find_base(merge, err) || !list_guests(merge, err) ||
        !admit_guests(merge, err) || !merge_meetings(merge, err) ||
        !merge_note_guests(merge, err) || !merge_records(merge, err))
        return false;
    merge->result->common = merge->base;
    count(merge, before);
    return true;
}

bool merge_file(struct merge *merge, const char *path, struct store *theirs,
                const struct monitor *monitor, struct merge_result *result,
                struct error *err)
{
    bool same;

    merge->path = path;
    merge->theirs = theirs;
    merge->monitor = monitor;
    merge->result = result;
    merge->compared = merge->all_changed = false;
    merge->changes = (struct diff){.from = 0};
    merge->rule_persona = 0;
    merge->request_theirs = 0;
    merge->done = 0;
    arena_reset(&merge->memory);
    *result = (struct merge_result){.path = path};
    if (!run_trim_labels(merge->run, err))
        return false;
    if (!version_head(theirs, &merge->their_head, err))
        return merge_blame(path, err);
    if (!find_common(merge, err) || !same_content(merge, &same, err))
        return false;
    result->common = merge->common;
    return same || take_in(merge, err);
}
