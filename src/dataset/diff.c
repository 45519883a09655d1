/* Comparing two versions through the change log: only the keys that versions
 * between them touched are looked at, each as it was and as it is.  A row that
 * went and came back, or changed and changed back, is no difference. */
#include "internal.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

struct comparison {
    struct store *store;
    struct arena *arena;  /* results */
    struct arena scratch; /* of the row at hand */
    struct diff *diff;
    diff_visitor *visit;
    void *context;
    /* The rules of the persona whose labels are being spelled. */
    struct arena rule_memory;
    int64_t rule_persona;
    struct stored_rule *rules;
    size_t rule_count;
    struct buf reasoning[2];
};

static void count_change(struct noun_counts *counts, bool had, bool has)
{
    counts->added += !had;
    counts->removed += !has;
    counts->changed += had && has;
}

/* The entry of a persona, made at its first change. */
static struct persona_diff *entry_of(struct comparison *work, int64_t key,
                                     struct error *err)
{
    struct diff *diff = work->diff;
    struct persona_diff *entry;

    for (size_t i = diff->persona_count; i-- > 0;)
        if (diff->personas[i].key == key)
            return &diff->personas[i];
    if (!list_grow(work->arena, &diff->personas, diff->persona_count,
                   sizeof *diff->personas, err))
        return NULL;
    entry = &diff->personas[diff->persona_count];
    *entry = (struct persona_diff){.key = key};
    if (!persona_id_of(work->store, work->arena, key, &entry->id, err))
        return NULL;
    diff->persona_count++;
    return entry;
}

/* Counts one differing row and shows it to the visitor. */
static bool note(struct comparison *work, int64_t persona, struct diff_row *row,
                 struct error *err)
{
    struct persona_diff *entry = entry_of(work, persona, err);

    if (!entry)
        return false;
    count_change(&work->diff->counts[row->noun], row->had, row->has);
    count_change(&entry->counts[row->noun], row->had, row->has);
    row->persona = entry->id;
    return !work->visit || work->visit(work->context, row, err);
}

/* ---- Personas ---- */

static bool persona_fields(struct comparison *work,
                           const struct stored_persona *old,
                           const struct stored_persona *new,
                           struct diff_row *row, struct error *err)
{
    const cJSON *old_tree = json_parse(&work->scratch, old->document,
                                       old->document_length, old->id, err);
    const cJSON *new_tree = old_tree
                                ? json_parse(&work->scratch, new->document,
                                             new->document_length, new->id, err)
                                : NULL;

    return new_tree && persona_changes(&work->scratch, old_tree, new_tree,
                                       &row->changes, &row->change_count, err);
}

static bool compare_persona(struct comparison *work, int64_t key,
                            struct error *err)
{
    struct diff_row row = {.noun = NOUN_PERSONA};
    struct stored_persona *old;
    struct stored_persona *new;

    if (!persona_at_key(work->store, &work->scratch, work->diff->from, key,
                        &old, err) ||
        !persona_at_key(work->store, &work->scratch, work->diff->to, key, &new,
                        err))
        return false;
    row.had = old != NULL;
    row.has = new != NULL;
    if (!old && !new)
        return true;
    if (old && new) {
        if (!strcmp(old->document, new->document))
            return true;
        if (!persona_fields(work, old, new, &row, err))
            return false;
    }
    return note(work, key, &row, err);
}

/* ---- Meetings ---- */

static bool compare_meeting(struct comparison *work, int64_t key,
                            struct error *err)
{
    struct diff_row row = {.noun = NOUN_MEETING};
    struct stored_meeting old;
    struct stored_meeting new;

    if (!meeting_at(work->store, &work->scratch, work->diff->from, key, &old,
                    &row.had, err) ||
        !meeting_at(work->store, &work->scratch, work->diff->to, key, &new,
                    &row.has, err))
        return false;
    if (!row.had && !row.has)
        return true;
    if (row.had && row.has && old.since == new.since)
        return true;
    if (row.had && row.has && !strcmp(old.document, new.document))
        return true;
    row.meeting = row.has ? new.id : old.id;
    return note(work, meeting_persona(key), &row, err);
}

/* ---- Labels ---- */

static void count_transition(struct diff *diff, const struct stored_label *old,
                             const struct stored_label *new)
{
    bool values = old->importance != new->importance ||
                  old->rsvp != new->rsvp ||
                  old->prep_minutes != new->prep_minutes;

    if (old->importance != new->importance)
        diff->importance[old->importance][new->importance]++;
    if (old->rsvp != new->rsvp)
        diff->rsvp[old->rsvp][new->rsvp]++;
    if (!old->prep_minutes && new->prep_minutes)
        diff->prep_gained++;
    else if (old->prep_minutes && !new->prep_minutes)
        diff->prep_lost++;
    else if (old->prep_minutes != new->prep_minutes)
        diff->prep_minutes++;
    diff->reasons_only += !values;
}

static bool load_rules(struct comparison *work, int64_t persona,
                       struct error *err)
{
    if (work->rule_persona == persona)
        return true;
    arena_reset(&work->rule_memory);
    work->rule_persona = persona;
    return rule_list(work->store, &work->rule_memory, persona, &work->rules,
                     &work->rule_count, err);
}

static const char *spell(struct comparison *work, int which,
                         const struct stored_label *label, struct error *err)
{
    struct buf *buf = &work->reasoning[which];

    buf_clear(buf);
    if (!label_reasoning(label, work->rules, work->rule_count, buf, err))
        return NULL;
    return buf_string(buf);
}

/* The meeting's id, from either version; what only a visitor needs. */
static bool describe(struct comparison *work, int64_t key, struct diff_row *row,
                     struct error *err)
{
    struct stored_meeting meeting;
    bool found;

    if (!meeting_at(work->store, &work->scratch,
                    row->has ? work->diff->to : work->diff->from, key, &meeting,
                    &found, err) ||
        !load_rules(work, meeting_persona(key), err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "a label without its meeting (key %lld)",
                         (long long)key);
    row->meeting = meeting.id;
    if (row->had)
        row->old_reasoning = spell(work, 0, row->old_label, err);
    if (row->has)
        row->new_reasoning = spell(work, 1, row->new_label, err);
    return (!row->had || row->old_reasoning) &&
           (!row->has || row->new_reasoning);
}

static bool compare_label(struct comparison *work, int64_t key,
                          struct error *err)
{
    struct diff_row row = {.noun = NOUN_LABEL};
    struct stored_label old;
    struct stored_label new;

    if (!label_at(work->store, &work->scratch, work->diff->from, key, &old,
                  &row.had, err) ||
        !label_at(work->store, &work->scratch, work->diff->to, key, &new,
                  &row.has, err))
        return false;
    if (!row.had && !row.has)
        return true;
    if (row.had && row.has) {
        if (stored_label_same(&old, &new))
            return true;
        count_transition(work->diff, &old, &new);
    }
    row.old_label = row.had ? &old : NULL;
    row.new_label = row.has ? &new : NULL;
    if (work->visit && !describe(work, key, &row, err))
        return false;
    return note(work, meeting_persona(key), &row, err);
}

/* ---- The whole ---- */

static bool compare_noun(struct comparison *work, enum noun noun,
                         struct error *err)
{
    static bool (*const compare[NOUNS])(struct comparison *, int64_t,
                                        struct error *) = {
        compare_persona, compare_meeting, compare_label};
    int64_t from = work->diff->from;
    int64_t to = work->diff->to;
    struct cursor *cursor = change_scan(
        work->store, noun, from < to ? from : to, from < to ? to : from, err);
    int64_t key;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        arena_reset(&work->scratch);
        ok = change_next(cursor, &key, &more, err) &&
             (!more || compare[noun](work, key, err));
    }
    cursor_close(cursor);
    return ok;
}

static int by_id(const void *one, const void *other)
{
    return strcmp(((const struct persona_diff *)one)->id,
                  ((const struct persona_diff *)other)->id);
}

bool dataset_diff(struct store *store, struct arena *arena, int64_t from,
                  int64_t to, struct diff *diff, diff_visitor *visit,
                  void *context, struct error *err)
{
    struct comparison work = {.store = store,
                              .arena = arena,
                              .diff = diff,
                              .visit = visit,
                              .context = context};
    bool ok = true;

    *diff = (struct diff){.from = from, .to = to};
    for (int noun = 0; ok && from != to && noun < NOUNS; noun++)
        ok = compare_noun(&work, (enum noun)noun, err);
    if (diff->persona_count)
        qsort(diff->personas, diff->persona_count, sizeof *diff->personas,
              by_id);
    arena_free(&work.scratch);
    arena_free(&work.rule_memory);
    buf_free(&work.reasoning[0]);
    buf_free(&work.reasoning[1]);
    return ok;
}

bool diff_is_empty(const struct diff *diff)
{
    return diff->persona_count == 0;
}
