/* Comparing two versions: what differs is counted and shown here, and here it
 * is chosen where to look for it. */
#include "diff_internal.h"
#include "internal.h"

#include "datebook/list.h"
#include "datebook/stored_record.h"

#include <stdlib.h>
#include <string.h>

bool diff_wants_persona(const struct comparison *work, const char *id)
{
    const struct diff_request *request = work->request;

    for (size_t i = 0; i < request->persona_count; i++)
        if (!strcmp(request->personas[i], id))
            return true;
    return !request->persona_count;
}

void diff_enter(struct comparison *work, const struct diff_persona *persona)
{
    work->persona = *persona;
    work->entry = NULL;
}

/* ---- Counting and showing ---- */

static void count_change(struct noun_counts *counts, bool had, bool has)
{
    counts->added += !had;
    counts->removed += !has;
    counts->changed += had && has;
}

/* The entry of the persona at hand, made at its first change. */
static struct persona_diff *entry_of(struct comparison *work, struct error *err)
{
    struct diff *diff = work->diff;
    struct persona_diff *entry;

    if (work->entry)
        return work->entry;
    for (size_t i = diff->persona_count; i-- > 0;)
        if (!strcmp(diff->personas[i].id, work->persona.id))
            return work->entry = &diff->personas[i];
    if (!list_grow(work->arena, &diff->personas, diff->persona_count,
                   sizeof *diff->personas, err))
        return NULL;
    entry = &diff->personas[diff->persona_count];
    *entry = (struct persona_diff){
        .id = arena_text(work->arena, work->persona.id, err),
        .key = work->persona.keys[OLD] ? work->persona.keys[OLD]
                                       : work->persona.keys[NEW]};
    if (!entry->id)
        return NULL;
    diff->persona_count++;
    return work->entry = entry;
}

static bool note(struct comparison *work, enum noun noun, bool had, bool has,
                 struct error *err)
{
    struct persona_diff *entry = entry_of(work, err);

    if (!entry)
        return false;
    count_change(&work->diff->counts[noun], had, has);
    count_change(&entry->counts[noun], had, has);
    return true;
}

/* Whether a row is to be shown; it counts as one that would be, if only there
 * were no limit. */
static bool show_next(struct comparison *work, bool wanted)
{
    int64_t limit = work->request->limit;

    if (!wanted)
        return false;
    work->diff->rows++;
    return work->visit && (!limit || work->diff->rows <= limit);
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

bool diff_personas(struct comparison *work, const struct stored_persona *old,
                   const struct stored_persona *new, struct error *err)
{
    struct diff_row row = {.noun = NOUN_PERSONA,
                           .persona = work->persona.id,
                           .had = old != NULL,
                           .has = new != NULL};

    if ((!old && !new) || (old && new && !strcmp(old->document, new->document)))
        return true;
    if (!note(work, NOUN_PERSONA, row.had, row.has, err))
        return false;
    if (!show_next(work, work->request->detail >= DIFF_PERSONAS))
        return true;
    return (!old || !new || persona_fields(work, old, new, &row, err)) &&
           work->visit(work->context, &row, err);
}

/* ---- Meetings ---- */

bool diff_documents(struct comparison *work, int64_t old_key, int64_t new_key,
                    bool *differ, struct error *err)
{
    int64_t keys[SIDES] = {old_key, new_key};
    struct stored_meeting meetings[SIDES];
    bool found[SIDES];

    for (int i = 0; i < SIDES; i++)
        if (!meeting_at(work->sides[i].store, &work->scratch,
                        work->sides[i].version, keys[i], &meetings[i],
                        &found[i], err))
            return false;
    if (!found[OLD] || !found[NEW])
        return error_set(err, ERROR_DATABASE,
                         "meeting %lld is gone while it is read",
                         (long long)keys[!found[NEW]]);
    *differ = strcmp(meetings[OLD].document, meetings[NEW].document) != 0;
    return true;
}

bool diff_meeting(struct comparison *work, bool had, bool has, const char *id,
                  struct error *err)
{
    struct diff_row row = {.noun = NOUN_MEETING,
                           .persona = work->persona.id,
                           .meeting = id,
                           .had = had,
                           .has = has};

    if (!note(work, NOUN_MEETING, had, has, err))
        return false;
    return !show_next(work, work->request->detail >= DIFF_NAMES) ||
           work->visit(work->context, &row, err);
}

/* ---- Labels ---- */

static void count_transition(struct diff *diff, const struct stored_label *old,
                             const struct stored_label *new, bool same_rules)
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
    diff->reasons += !same_rules;
    diff->reasons_only += !values;
}

static bool compare_values(struct comparison *work,
                           const struct stored_label *old,
                           const struct stored_label *new, bool *same,
                           struct error *err)
{
    bool same_rules;

    if (!diff_rules_same(work, old, new, &same_rules, err))
        return false;
    *same = same_rules && old->importance == new->importance &&
            old->rsvp == new->rsvp && old->prep_minutes == new->prep_minutes;
    if (*same)
        return true;
    count_transition(work->diff, old, new, same_rules);
    return !work->request->rules || diff_rules_count(work, old, new, err);
}

/* Shows a label with its meeting's id and its reasons, which only a visitor
 * needs. */
static bool show_label(struct comparison *work, struct diff_row *row,
                       struct error *err)
{
    int side = row->has ? NEW : OLD;
    int64_t key = row->has ? row->new_label->meeting : row->old_label->meeting;

    if (!meeting_id_of(work->sides[side].store, &work->scratch, key,
                       &row->meeting, err))
        return false;
    if (!row->meeting)
        return error_set(err, ERROR_DATABASE,
                         "a label without its meeting (key %lld)",
                         (long long)key);
    if (work->request->detail == DIFF_NAMES)
        return work->visit(work->context, row, err);
    if (row->had)
        row->old_reasoning = diff_rules_spell(work, OLD, row->old_label, err);
    if (row->has)
        row->new_reasoning = diff_rules_spell(work, NEW, row->new_label, err);
    return (!row->had || row->old_reasoning) &&
           (!row->has || row->new_reasoning) &&
           work->visit(work->context, row, err);
}

bool diff_labels(struct comparison *work, const struct stored_label *old,
                 const struct stored_label *new, bool named, struct error *err)
{
    enum diff_detail detail = work->request->detail;
    struct diff_row row = {.noun = NOUN_LABEL,
                           .persona = work->persona.id,
                           .had = old != NULL,
                           .has = new != NULL,
                           .old_label = old,
                           .new_label = new};
    bool same = !old && !new;

    if (old && new && !compare_values(work, old, new, &same, err))
        return false;
    if (same)
        return true;
    if (!note(work, NOUN_LABEL, row.had, row.has, err))
        return false;
    return !show_next(work, detail == DIFF_ROWS ||
                                (detail == DIFF_NAMES && !named)) ||
           show_label(work, &row, err);
}

/* ---- Records ---- */

bool diff_record(struct comparison *work, enum noun noun,
                 const struct stored_record *old,
                 const struct stored_record *new, struct error *err)
{
    struct diff_row row = {.noun = noun,
                           .had = old != NULL,
                           .has = new != NULL,
                           .old_record = old,
                           .new_record = new};

    if ((!old && !new) || (old && new && !strcmp(old->document, new->document)))
        return true;
    count_change(&work->diff->counts[noun], row.had, row.has);
    if (!show_next(work, work->request->detail >= DIFF_NAMES))
        return true;
    if (noun == NOUN_REVIEW && old && new &&
        work->request->detail == DIFF_ROWS &&
        !record_changes(&work->scratch, old, new, &row.changes,
                        &row.change_count, err))
        return false;
    return work->visit(work->context, &row, err);
}

/* ---- The whole ---- */

/* Whether the versions hold the same by their content hashes, which versions of
 * an early format do not have. */
static bool same_content(struct comparison *work, bool *same, struct error *err)
{
    static const unsigned char unknown[HASH_SIZE];
    struct version versions[SIDES];

    *same = false;
    if (work->request->way != CHANGE_AUTO)
        return true;
    for (int i = 0; i < SIDES; i++)
        if (!version_get(work->sides[i].store, &work->scratch,
                         work->sides[i].version, &versions[i], err))
            return false;
    *same = !memcmp(versions[OLD].content, versions[NEW].content, HASH_SIZE) &&
            memcmp(versions[OLD].content, unknown, HASH_SIZE) != 0;
    return true;
}

static bool is_kept(struct comparison *work, int side, int64_t number,
                    bool *kept, struct error *err)
{
    struct version version;

    if (!version_get(work->sides[side].store, &work->scratch, number, &version,
                     err))
        return false;
    *kept = !version.pruned;
    return true;
}

/* The newest version before both that both files share and can read. */
static bool find_base(struct comparison *work, int64_t *base, struct error *err)
{
    bool kept[SIDES] = {false};

    *base = work->diff->common;
    for (int i = 0; i < SIDES; i++)
        if (*base > work->sides[i].version)
            *base = work->sides[i].version;
    for (; *base; --*base) {
        arena_reset(&work->scratch);
        for (int i = 0; i < SIDES; i++)
            if (!is_kept(work, i, *base, &kept[i], err))
                return false;
        if (kept[OLD] && kept[NEW])
            break;
    }
    return true;
}

/* A version that both files have is compared inside of the other one's file. */
static bool diff_two_files(struct comparison *work, struct error *err)
{
    bool kept;

    for (int i = 0; i < SIDES; i++) {
        if (work->sides[i].version > work->diff->common)
            continue;
        if (!is_kept(work, !i, work->sides[i].version, &kept, err))
            return false;
        if (!kept)
            continue;
        work->sides[i].store = work->sides[!i].store;
        return diff_versions(work, err);
    }
    return find_base(work, &work->base, err) &&
           diff_files(work, work->base, err);
}

static bool find_common(struct comparison *work, struct error *err)
{
    struct store *const stores[] = {work->sides[OLD].store,
                                    work->sides[NEW].store};
    int64_t heads[SIDES];
    int failed = 0;

    for (int i = 0; i < SIDES; i++)
        if (!version_head(stores[i], &heads[i], err))
            return false;
    return common_version(stores, heads, &work->scratch, &work->diff->common,
                          &failed, err);
}

static bool diff_sides(struct comparison *work, struct error *err)
{
    bool one = work->sides[OLD].store == work->sides[NEW].store;
    bool same;

    if (!one && !find_common(work, err))
        return false;
    if (!same_content(work, &same, err))
        return false;
    return same ||
           ((one ? diff_versions(work, err) : diff_two_files(work, err)) &&
            diff_records(work, err));
}

static int by_id(const void *one, const void *other)
{
    return strcmp(((const struct persona_diff *)one)->id,
                  ((const struct persona_diff *)other)->id);
}

bool dataset_diff(const struct diff_request *request, struct arena *arena,
                  struct diff *diff, diff_visitor *visit, void *context,
                  struct error *err)
{
    struct comparison work = {.request = request,
                              .sides = {request->from, request->to},
                              .arena = arena,
                              .diff = diff,
                              .visit = visit,
                              .context = context};
    bool ok;

    *diff = (struct diff){
        .from = request->from.version, .to = request->to.version, .common = -1};
    ok = diff_sides(&work, err) && diff_rules_settle(&work, err);
    if (diff->persona_count)
        qsort(diff->personas, diff->persona_count, sizeof *diff->personas,
              by_id);
    diff_rules_sort(diff);
    arena_free(&work.scratch);
    diff_rules_free(&work.rules);
    return ok;
}

bool diff_is_empty(const struct diff *diff)
{
    return !diff_row_count(diff->counts);
}

int64_t diff_row_count(const struct noun_counts counts[NOUNS])
{
    int64_t rows = 0;

    for (int noun = 0; noun < NOUNS; noun++)
        rows +=
            counts[noun].added + counts[noun].changed + counts[noun].removed;
    return rows;
}
