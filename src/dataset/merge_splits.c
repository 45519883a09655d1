/* The splits of a file that comes in.  They are few and belong to no persona:
 * both lists are held against what is here, name by name. */
#include "merge_internal.h"

#include "datebook/list.h"
#include "datebook/stored_record.h"

#include <string.h>

/* One name with its three values, of which NULL is none. */
struct candidate {
    const char *name;
    const struct stored_record *base;
    const struct stored_record *here;
    const struct stored_record *theirs;
};

static bool same(const struct stored_record *one,
                 const struct stored_record *other)
{
    if (!one || !other)
        return one == other;
    return !strcmp(one->document, other->document);
}

/* The file that wrote the split in this run; NULL for none. */
static const char *written_by(const struct merge *merge, const char *name)
{
    for (size_t i = 0; i < merge->split_count; i++)
        if (!strcmp(merge->splits[i].name, name))
            return merge->splits[i].path;
    return NULL;
}

static bool note_written(struct merge *merge, const char *name,
                         struct error *err)
{
    struct split_origin *origin;

    if (!list_grow(merge->arena, &merge->splits, merge->split_count,
                   sizeof *merge->splits, err))
        return false;
    origin = &merge->splits[merge->split_count];
    origin->path = merge->path;
    origin->name = arena_text(merge->arena, name, err);
    merge->split_count += origin->name != NULL;
    return origin->name != NULL;
}

/* Whether what the file has is to be written. */
static bool may_take(struct merge *merge, const struct candidate *split,
                     bool *take, struct error *err)
{
    const char *writer = written_by(merge, split->name);
    struct difference_list list = {NULL, 0};

    *take = true;
    if (!writer && same(split->base, split->here))
        return true;
    if (!split->here || !split->theirs) {
        if (!merge_add_difference(merge, &list, err, "%s",
                                  split->here ? "changed here, removed there"
                                              : "removed here, changed there"))
            return false;
    } else if (!merge_add_difference(merge, &list, err, "here: %.480s",
                                     split->here->document) ||
               !merge_add_difference(merge, &list, err, "there: %.480s",
                                     split->theirs->document)) {
        return false;
    }
    return merge_decide_split(merge, split->name, &list, writer, take, err);
}

/* The split as of a common version that was pruned in both files, as far as it
 * can be told: see settle_base of meetings. */
static const struct stored_record *settle_base(const struct merge *merge,
                                               const struct candidate *split)
{
    if (split->theirs && split->theirs->since <= merge->common)
        return split->theirs;
    if (split->here && split->here->since <= merge->common)
        return split->here;
    return split->theirs && split->here ? NULL : split->base;
}

static bool merge_split(struct merge *merge, struct candidate *split,
                        struct error *err)
{
    struct stored_record *here;
    bool take;

    if (!record_at(merge->store, &merge->scratch, NOUN_SPLIT,
                   run_version(merge->run), split->name, &here, err))
        return false;
    split->here = here;
    if (merge->base < merge->common)
        split->base = settle_base(merge, split);
    if (same(split->base, split->theirs))
        return true;
    if (same(split->here, split->theirs)) {
        merge->result->counts[NOUN_SPLIT].same += split->here != NULL;
        return true;
    }
    if (!may_take(merge, split, &take, err))
        return false;
    if (!take)
        return true;
    return note_written(merge, split->name, err) &&
           (split->theirs
                ? run_put_record(merge->run, NOUN_SPLIT, split->theirs, err)
                : run_remove_record(merge->run, NOUN_SPLIT, split->name, err));
}

/* The lists of the common version, and of the file; both by name. */
static bool merge_lists(struct merge *merge, const struct stored_record *base,
                        size_t base_count, const struct stored_record *now,
                        size_t now_count, struct error *err)
{
    size_t i = 0;
    size_t j = 0;

    while (i < base_count || j < now_count) {
        struct candidate split = {.here = NULL};
        int order = i == base_count  ? 1
                    : j == now_count ? -1
                                     : strcmp(base[i].name, now[j].name);
        if (order <= 0)
            split.base = &base[i++];
        if (order >= 0)
            split.theirs = &now[j++];
        split.name = order <= 0 ? split.base->name : split.theirs->name;
        arena_reset(&merge->scratch);
        if (!merge_split(merge, &split, err))
            return false;
    }
    return true;
}

bool merge_splits(struct merge *merge, struct error *err)
{
    struct store *where = merge->base_here ? merge->store : merge->theirs;
    struct stored_record *base;
    struct stored_record *now;
    size_t base_count;
    size_t now_count;

    if (!record_list_at(where, &merge->memory, NOUN_SPLIT, merge->base, "",
                        &base, &base_count, err))
        return !merge->base_here && merge_blame(merge->path, err);
    if (!record_list_at(merge->theirs, &merge->memory, NOUN_SPLIT,
                        merge->their_head, "", &now, &now_count, err))
        return merge_blame(merge->path, err);
    return merge_lists(merge, base, base_count, now, now_count, err);
}
