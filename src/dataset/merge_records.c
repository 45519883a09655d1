/* The splits and reviews of a file that comes in.  They belong to no persona:
 * what it held at the common version and what it holds now is held against what
 * is here, name by name. */
#include "merge_internal.h"

#include "datebook/list.h"
#include "datebook/stored_record.h"

#include <stdlib.h>
#include <string.h>

/* One name with its three values, of which NULL is none. */
struct candidate {
    enum noun noun;
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

/* ---- Which file wrote what ---- */

static int by_name(const void *one, const void *other)
{
    const struct record_origin *a = one;
    const struct record_origin *b = other;

    return a->noun == b->noun ? strcmp(a->name, b->name)
                              : (a->noun > b->noun) - (a->noun < b->noun);
}

/* The file that wrote the record in this run; NULL for none.  What the file at
 * hand wrote comes behind, and is not asked for: it has each name once. */
static const char *written_by(const struct merge *merge,
                              const struct candidate *record)
{
    const struct record_origin wanted = {.noun = record->noun,
                                         .name = record->name};
    const struct record_origin *found =
        merge->records_sorted
            ? bsearch(&wanted, merge->records, merge->records_sorted,
                      sizeof *merge->records, by_name)
            : NULL;

    return found ? found->path : NULL;
}

static bool note_written(struct merge *merge, const struct candidate *record,
                         struct error *err)
{
    struct record_origin *origin;

    if (!list_grow(merge->arena, &merge->records, merge->record_count,
                   sizeof *merge->records, err))
        return false;
    origin = &merge->records[merge->record_count];
    origin->noun = record->noun;
    origin->path = merge->path;
    origin->name = arena_text(merge->arena, record->name, err);
    merge->record_count += origin->name != NULL;
    return origin->name != NULL;
}

/* ---- One name ---- */

static bool list_differences(struct merge *merge,
                             const struct candidate *record,
                             struct difference_list *list, struct error *err)
{
    const struct stored_record *here = record->here;
    const struct stored_record *theirs = record->theirs;

    if (!here || !theirs)
        return merge_add_difference(merge, list, err, "%s",
                                    here ? "changed here, removed there"
                                         : "removed here, changed there");
    if (record->noun == NOUN_REVIEW)
        return merge_compare_reviews(merge, here, theirs, list, err);
    return merge_add_difference(merge, list, err, "here: %.480s",
                                here->document) &&
           merge_add_difference(merge, list, err, "there: %.480s",
                                theirs->document);
}

/* Whether what the file has is to be written. */
static bool may_take(struct merge *merge, const struct candidate *record,
                     bool *take, struct error *err)
{
    const char *writer = written_by(merge, record);
    struct difference_list list = {NULL, 0};

    *take = true;
    if (!writer && same(record->base, record->here))
        return true;
    return list_differences(merge, record, &list, err) &&
           merge_decide_record(merge, record->noun, record->name, &list, writer,
                               take, err);
}

/* The record as of a common version that was pruned in both files, as far as it
 * can be told: see settle_base of meetings. */
static const struct stored_record *settle_base(const struct merge *merge,
                                               const struct candidate *record)
{
    if (record->theirs && record->theirs->since <= merge->common)
        return record->theirs;
    if (record->here && record->here->since <= merge->common)
        return record->here;
    return record->theirs && record->here ? NULL : record->base;
}

static bool merge_record(struct merge *merge, struct candidate *record,
                         struct error *err)
{
    struct stored_record *here;
    bool take;

    arena_reset(&merge->scratch);
    if (!record_at(merge->store, &merge->scratch, record->noun,
                   run_version(merge->run), record->name, &here, err))
        return false;
    record->here = here;
    if (merge->base < merge->common)
        record->base = settle_base(merge, record);
    if (same(record->base, record->theirs))
        return true;
    if (same(record->here, record->theirs)) {
        merge->result->counts[record->noun].same += record->here != NULL;
        return true;
    }
    if (!may_take(merge, record, &take, err))
        return false;
    if (!take)
        return true;
    return note_written(merge, record, err) &&
           (record->theirs
                ? run_put_record(merge->run, record->noun, record->theirs, err)
                : run_remove_record(merge->run, record->noun, record->name,
                                    err));
}

/* ---- All of them ---- */

/* The records of one version. */
struct side {
    struct cursor *cursor;
    struct stored_record record;
    bool more;
    bool theirs; /* it is read from the file that comes in */
};

static bool next_record(struct merge *merge, struct side *side,
                        struct error *err)
{
    return !side->more ||
           record_next(side->cursor, &side->record, &side->more, err) ||
           (side->theirs && merge_blame(merge->path, err));
}

static bool open_side(struct merge *merge, struct side *side, enum noun noun,
                      int64_t version, struct error *err)
{
    side->cursor = record_scan(side->theirs ? merge->theirs : merge->store,
                               noun, version, err);
    side->more = side->cursor != NULL;
    if (!side->cursor)
        return side->theirs && merge_blame(merge->path, err);
    return next_record(merge, side, err);
}

/* The name that comes first, of the common version, of the file, or of both. */
static bool take_step(struct merge *merge, enum noun noun, struct side *base,
                      struct side *now, struct error *err)
{
    struct candidate record = {.noun = noun};
    int order = !base->more  ? 1
                : !now->more ? -1
                             : strcmp(base->record.name, now->record.name);

    if (order <= 0)
        record.base = &base->record;
    if (order >= 0)
        record.theirs = &now->record;
    record.name = order > 0 ? now->record.name : base->record.name;
    return merge_record(merge, &record, err) &&
           (order > 0 || next_record(merge, base, err)) &&
           (order < 0 || next_record(merge, now, err)) &&
           monitor_tick(merge->monitor, "rows", ++merge->done, 0, err);
}

static bool merge_noun(struct merge *merge, enum noun noun, struct error *err)
{
    struct side base = {.theirs = !merge->base_here};
    struct side now = {.theirs = true};
    bool ok = open_side(merge, &base, noun, merge->base, err) &&
              open_side(merge, &now, noun, merge->their_head, err);

    while (ok && (base.more || now.more))
        ok = take_step(merge, noun, &base, &now, err);
    cursor_close(base.cursor);
    cursor_close(now.cursor);
    return ok;
}

bool merge_records(struct merge *merge, struct error *err)
{
    merge->records_sorted = merge->record_count;
    if (merge->record_count)
        qsort(merge->records, merge->record_count, sizeof *merge->records,
              by_name);
    return merge_noun(merge, NOUN_SPLIT, err) &&
           merge_noun(merge, NOUN_REVIEW, err);
}
