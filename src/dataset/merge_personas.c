/* The personas of a file that comes in: who is added, changed or removed, and
 * by which passage their meetings follow. */
#include "merge_internal.h"

#include <string.h>

/* ---- Comparing documents ---- */

static const cJSON *parse(struct merge *merge, const char *path,
                          const struct stored_persona *persona,
                          struct error *err)
{
    const cJSON *tree = json_parse(&merge->scratch, persona->document,
                                   persona->document_length, persona->id, err);

    /* It was checked when it was added: what is wrong is the database. */
    if (!tree && err->code == ERROR_INPUT)
        err->code = ERROR_DATABASE;
    if (!tree)
        merge_blame(path, err);
    return tree;
}

/* Documents that differ in nothing that counts are the same. */
static bool compare(struct merge *merge, const struct stored_persona *one,
                    const struct stored_persona *other, bool *same,
                    struct difference_list *list, struct error *err)
{
    const cJSON *old_tree;
    const cJSON *new_tree;

    *list = (struct difference_list){NULL, 0};
    *same = !one == !other;
    if (!one || !other)
        return true;
    *same = !strcmp(one->document, other->document);
    if (*same)
        return true;
    if (!(old_tree = parse(merge, merge->ours, one, err)) ||
        !(new_tree = parse(merge, merge->path, other, err)) ||
        !persona_changes(&merge->scratch, old_tree, new_tree, &list->items,
                         &list->count, err))
        return false;
    *same = !list->count;
    return true;
}

/* ---- Writing ---- */

static bool is_written(struct merge *merge, const struct guest *guest,
                       const struct stored_persona *here, bool *written,
                       struct error *err)
{
    struct stored_persona *before = NULL;

    *written = here && here->since == run_version(merge->run);
    if (here || merge->head == 0)
        return true;
    if (!persona_at_key(merge->store, &merge->scratch, merge->head, guest->ours,
                        &before, err))
        return false;
    *written = before != NULL;
    return true;
}

static bool put(struct merge *merge, struct guest *guest, struct error *err)
{
    struct stored_persona row = *guest->now;

    row.key = guest->ours;
    guest->touched = true;
    return run_put_persona(merge->run, &row, err);
}

/* Shows the conflict that there is if the row changed here, or was written by
 * an earlier file; then *take says what was chosen. */
static bool may_take(struct merge *merge, struct guest *guest,
                     bool unchanged_here, bool written,
                     const struct difference_list *list, bool *take,
                     struct error *err)
{
    struct clash clash = {.noun = NOUN_PERSONA,
                          .list = *list,
                          .hold = written ? HOLD_WRITTEN : HOLD_NONE};

    *take = true;
    return (unchanged_here && !written) ||
           merge_decide(merge, guest, &clash, take, err);
}

/* ---- One side has no such persona any more ---- */

/* Whether an earlier file wrote rows of the persona in this run. */
static bool run_wrote(const struct merge *merge, const struct guest *guest)
{
    for (size_t i = 0; i < merge->origin_count; i++)
        if (merge->origins[i].persona == guest->ours)
            return true;
    return false;
}

static bool removed_there(struct merge *merge, struct guest *guest,
                          struct error *err)
{
    struct difference_list list = {NULL, 0};
    bool changed;
    bool take;

    if (!merge_changed_here(merge, guest, &changed, err) ||
        !merge_add_difference(merge, &list, err, "%s",
                              "changed here, removed there") ||
        !may_take(merge, guest, !changed, run_wrote(merge, guest), &list, &take,
                  err))
        return false;
    if (!take)
        return true;
    guest->touched = guest->label_touched = true;
    return run_remove_persona(merge->run, guest->ours, err);
}

/* Whether anything of the persona changed in the file since the version that
 * is compared with. */
static bool changed_there(struct merge *merge, const struct guest *guest,
                          bool *changed, struct error *err)
{
    struct diff_request request = {.from = {merge->theirs, merge->base},
                                   .to = {merge->theirs, merge->their_head},
                                   .personas = &guest->id,
                                   .persona_count = 1};
    struct diff diff;

    *changed = merge->base_here; /* what it was cannot be read there */
    if (*changed)
        return true;
    if (!dataset_diff(&request, &merge->scratch, &diff, NULL, NULL, err))
        return merge_blame(merge->path, err);
    *changed = !diff_is_empty(&diff);
    return true;
}

static bool removed_here(struct merge *merge, struct guest *guest,
                         struct error *err)
{
    struct difference_list list = {NULL, 0};
    bool changed;
    bool take;

    if (!changed_there(merge, guest, &changed, err))
        return false;
    if (!changed)
        return true;
    if (!merge_add_difference(merge, &list, err, "%s",
                              "removed here, changed there") ||
        !may_take(merge, guest, false, run_wrote(merge, guest), &list, &take,
                  err))
        return false;
    if (!take)
        return true;
    guest->passage = PASS_ALL;
    return put(merge, guest, err);
}

/* ---- Deciding ---- */

static bool both_have(struct merge *merge, struct guest *guest,
                      const struct stored_persona *base,
                      const struct stored_persona *here, struct error *err)
{
    struct difference_list list;
    bool same_there;
    bool same_here;
    bool same;
    bool take;

    if (!compare(merge, base, guest->now, &same_there, &list, err) ||
        !compare(merge, base, here, &same_here, &list, err) ||
        !compare(merge, here, guest->now, &same, &list, err))
        return false;
    if (same_there)
        return true;
    if (same) {
        merge->result->counts[NOUN_PERSONA].same++;
        return true;
    }
    if (!may_take(merge, guest, same_here,
                  here->since == run_version(merge->run), &list, &take, err))
        return false;
    return !take || put(merge, guest, err);
}

static bool added_there(struct merge *merge, struct guest *guest,
                        struct error *err)
{
    struct difference_list list = {NULL, 0};
    bool written;
    bool take;

    if (!is_written(merge, guest, NULL, &written, err) ||
        !merge_add_difference(merge, &list, err, "%s",
                              "removed here, added there") ||
        !may_take(merge, guest, true, written, &list, &take, err))
        return false;
    if (!take) {
        guest->passage = PASS_NOTHING;
        return true;
    }
    return put(merge, guest, err);
}

/* The persona as of a common version that was pruned in both files, as far as
 * it can be told: see settle_base of meetings. */
static const struct stored_persona *
settle_base(const struct merge *merge, const struct guest *guest,
            const struct stored_persona *here)
{
    if (guest->now && guest->now->since <= merge->common)
        return guest->now;
    if (here && here->since <= merge->common)
        return here;
    return guest->now && here ? NULL : guest->base;
}

bool merge_persona(struct merge *merge, struct guest *guest, struct error *err)
{
    const struct stored_persona *base = guest->base;
    struct stored_persona *here;
    bool had;

    arena_reset(&merge->scratch);
    if (!persona_at_key(merge->store, &merge->scratch, run_version(merge->run),
                        guest->ours, &here, err))
        return false;
    if (merge->base < merge->common)
        base = settle_base(merge, guest, here);
    had = base || guest->base;
    guest->is_new = !here;
    guest->passage = !guest->now   ? PASS_NOTHING
                     : had && here ? PASS_CHANGES
                     : had         ? PASS_NOTHING
                                   : PASS_ALL;
    if (guest->now && here)
        return both_have(merge, guest, base, here, err);
    if (guest->now && had)
        return removed_here(merge, guest, err);
    if (guest->now)
        return added_there(merge, guest, err);
    return !here || removed_there(merge, guest, err);
}
