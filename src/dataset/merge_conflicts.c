/* Conflicts in words, and what becomes of them. */
#include "merge_internal.h"

#include "datebook/list.h"

#include <stdio.h>
#include <string.h>

bool merge_add_difference(struct merge *merge, struct difference_list *list,
                          struct error *err, const char *format, ...)
{
    char line[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (!list_grow(&merge->scratch, &list->items, list->count,
                   sizeof *list->items, err))
        return false;
    list->items[list->count] = arena_text(&merge->scratch, line, err);
    return list->items[list->count++] != NULL;
}

/* The file that a row of here came from in this run: the one that added it,
 * else those that wrote rows of its persona. */
static const char *came_from(struct merge *merge, const struct guest *guest,
                             int64_t key, struct error *err)
{
    const char *names = NULL;

    for (size_t i = 0; i < merge->origin_count; i++) {
        const struct origin *origin = &merge->origins[i];
        if (origin->persona != guest->ours)
            continue;
        if (key && key >= origin->first && key <= origin->last)
            return origin->path;
        names = names ? arena_format(&merge->scratch, err, "%s or %s", names,
                                     origin->path)
                      : origin->path;
        if (!names)
            return NULL;
    }
    return names ? names : merge->ours;
}

/* What becomes of a conflict; *take: the row of the file is to be written.  One
 * that is held cannot be. */
static bool decide(struct merge *merge, struct merge_conflict *conflict,
                   bool held, bool *take, struct error *err)
{
    conflict->taken = merge->choice;
    if (held && merge->choice == MERGE_THEIRS)
        conflict->taken = MERGE_REFUSE;
    if (conflict->taken == MERGE_REFUSE)
        merge->result->conflicts++;
    else
        merge->result->decided++;
    *take = conflict->taken == MERGE_THEIRS;
    return !merge->visit || merge->visit(merge->context, conflict, err);
}

bool merge_decide_record(struct merge *merge, enum noun noun, const char *name,
                         const struct difference_list *list, const char *writer,
                         bool *take, struct error *err)
{
    struct merge_conflict conflict = {.noun = noun,
                                      .record = name,
                                      .ours = writer ? writer : merge->ours,
                                      .theirs = merge->path,
                                      .differences = list->items,
                                      .difference_count = list->count};

    return decide(merge, &conflict, writer != NULL, take, err);
}

bool merge_decide(struct merge *merge, const struct guest *guest,
                  const struct clash *clash, bool *take, struct error *err)
{
    const struct stored_meeting *meeting = clash->meeting;
    struct merge_conflict conflict = {.noun = clash->noun,
                                      .persona = guest->id,
                                      .meeting = meeting ? meeting->id : NULL,
                                      .ours = merge->ours,
                                      .theirs = merge->path,
                                      .differences = clash->list.items,
                                      .difference_count = clash->list.count};

    if (clash->hold == HOLD_WRITTEN)
        conflict.ours =
            came_from(merge, guest, meeting ? meeting->key : 0, err);
    if (!conflict.ours)
        return false;
    return decide(merge, &conflict, clash->hold != HOLD_NONE, take, err);
}

/* ---- What differs ---- */

bool merge_compare_meetings(struct merge *merge, const struct unit *here,
                            const struct unit *theirs,
                            struct difference_list *list, struct error *err)
{
    char one[STAMP_SIZE];
    char other[STAMP_SIZE];

    if (!here->has_meeting || !theirs->has_meeting)
        return merge_add_difference(merge, list, err, "%s",
                                    here->has_meeting
                                        ? "changed here, removed there"
                                        : "removed here, changed there");
    civil_format_stamp(here->meeting.generated, one);
    civil_format_stamp(theirs->meeting.generated, other);
    if (here->meeting.generated != theirs->meeting.generated &&
        !merge_add_difference(merge, list, err, "generated %s here, %s there",
                              one, other))
        return false;
    if (strcmp(here->meeting.document, theirs->meeting.document) != 0)
        return merge_add_difference(
            merge, list, err,
            "another event: \"%.200s\" here, \"%.200s\" there",
            here->facts.subject, theirs->facts.subject);
    /* Of the facts this one alone is in no document. */
    if (here->facts.overlaps != theirs->facts.overlaps)
        return merge_add_difference(merge, list, err,
                                    "the event overlaps another one %s only",
                                    here->facts.overlaps ? "here" : "there");
    return list->count || merge_add_difference(merge, list, err,
                                               "other facts of the same event");
}

static bool compare_reasons(struct merge *merge, const struct guest *guest,
                            const struct stored_label *here,
                            const struct stored_label *theirs,
                            struct difference_list *list, struct error *err)
{
    struct buf one = BUF_EMPTY;
    struct buf other = BUF_EMPTY;
    struct stored_rule *rules;
    size_t count;
    bool ok = rule_list(merge->store, &merge->scratch, guest->ours, &rules,
                        &count, err) &&
              label_reasoning(here, rules, count, &one, err) &&
              label_reasoning(theirs, rules, count, &other, err);

    if (ok && !strcmp(buf_string(&one), buf_string(&other)))
        ok = merge_add_difference(merge, list, err,
                                  "other rules behind the same reasons");
    else if (ok)
        ok = merge_add_difference(merge, list, err,
                                  "reasons: %.400s here, %.400s there",
                                  buf_string(&one), buf_string(&other));
    buf_free(&one);
    buf_free(&other);
    return ok;
}

bool merge_compare_labels(struct merge *merge, const struct guest *guest,
                          const struct unit *here, const struct unit *theirs,
                          struct difference_list *list, struct error *err)
{
    const struct stored_label *one = &here->label;
    const struct stored_label *other = &theirs->label;

    if (!here->has_label || !theirs->has_label)
        return merge_add_difference(merge, list, err, "%s",
                                    here->has_label
                                        ? "a label here, none there"
                                        : "no label here, one there");
    if (one->importance != other->importance &&
        !merge_add_difference(
            merge, list, err, "importance: %s here, %s there",
            importance_name((enum importance)one->importance),
            importance_name((enum importance)other->importance)))
        return false;
    if (one->prep_minutes != other->prep_minutes &&
        !merge_add_difference(merge, list, err,
                              "preparation: %d minutes here, %d there",
                              one->prep_minutes, other->prep_minutes))
        return false;
    if (one->rsvp != other->rsvp &&
        !merge_add_difference(merge, list, err, "RSVP: %s here, %s there",
                              rsvp_name((enum rsvp)one->rsvp),
                              rsvp_name((enum rsvp)other->rsvp)))
        return false;
    return (one->rules_length == other->rules_length &&
            !memcmp(one->rules, other->rules, one->rules_length)) ||
           compare_reasons(merge, guest, one, other, list, err);
}

bool merge_compare_reviews(struct merge *merge,
                           const struct stored_record *here,
                           const struct stored_record *theirs,
                           struct difference_list *list, struct error *err)
{
    const char **changes;
    size_t count;

    if (!record_changes(&merge->scratch, here, theirs, &changes, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!merge_add_difference(merge, list, err, "here -> there: %.480s",
                                  changes[i]))
            return false;
    return count || (merge_add_difference(merge, list, err, "here: %.480s",
                                          here->document) &&
                     merge_add_difference(merge, list, err, "there: %.480s",
                                          theirs->document));
}
