/* Comparing versions of two files.  Versions are chained, so two files have a
 * common history up to some version and none after it.  What neither touched
 * since is the same in both; what either touched is a candidate, and its
 * partner in the other file is found by its id.  With no common history every
 * row is a candidate.
 *
 * Candidates of a persona come from both files by ordinal.  The same ordinal is
 * mostly the same meeting, and then the two walks go in step and nothing is
 * looked up. */
#include "diff_internal.h"

#include <string.h>

/* ---- Candidates ---- */

/* A row in one of the two versions. */
struct row {
    int64_t key;
    int64_t since;
    bool alive;
    const char *id;       /* of a meeting */
    const char *document; /* of a meeting; NULL when it was not read */
    struct stored_label label;
};

/* What one file touched of one persona. */
struct half {
    struct store *store;
    int64_t version;
    int64_t persona; /* its key; 0: the file does not know it */
    struct changes *changes;
    bool more;
    bool had; /* the candidate was there in the shared version */
    struct row row;
};

struct walk {
    struct comparison *work;
    enum noun noun;
    int64_t base;
    struct half halves[SIDES];
    bool *crossed; /* one ordinal was seen to be two meetings */
};

static uint32_t ordinal(int64_t key)
{
    return (uint32_t)key;
}

static bool open_half(struct walk *walk, int side, struct error *err)
{
    struct half *half = &walk->halves[side];
    struct change_range range = {.low = walk->base,
                                 .high = half->version,
                                 .persona = half->persona,
                                 .way = walk->work->request->way,
                                 .documents = true};

    half->more = half->persona != 0;
    if (!half->more)
        return true;
    half->changes = walk->noun == NOUN_LABEL
                        ? changes_open_labels(half->store, &range, err)
                        : changes_open_meetings(half->store, &range, err);
    return half->changes != NULL;
}

static bool next_meeting(struct half *half, struct error *err)
{
    struct meeting_change change;

    if (!changes_next_meeting(half->changes, &change, &half->more, err))
        return false;
    if (!half->more)
        return true;
    half->had = change.had;
    half->row =
        (struct row){.key = change.meeting,
                     .alive = change.has,
                     .id = change.has ? change.new.id : change.old.id,
                     .document = change.has ? change.new.document : NULL};
    return true;
}

static bool next_label(struct half *half, struct error *err)
{
    struct label_change change;

    if (!changes_next_label(half->changes, &change, &half->more, err))
        return false;
    if (!half->more)
        return true;
    half->had = change.had;
    half->row = (struct row){.key = change.meeting, .alive = change.has};
    if (change.has)
        half->row.label = change.new;
    return true;
}

static bool advance(struct walk *walk, int side, struct error *err)
{
    struct half *half = &walk->halves[side];

    if (!half->more)
        return true;
    return walk->noun == NOUN_LABEL ? next_label(half, err)
                                    : next_meeting(half, err);
}

/* ---- Partners ---- */

static bool read_row(struct walk *walk, int side, int64_t version, int64_t key,
                     struct row *row, struct error *err)
{
    struct store *store = walk->halves[side].store;
    struct arena *scratch = &walk->work->scratch;
    struct stored_meeting meeting;

    *row = (struct row){.key = key};
    if (!key)
        return true;
    if (walk->noun == NOUN_LABEL) {
        if (!label_at(store, scratch, version, key, &row->label, &row->alive,
                      err))
            return false;
        row->since = row->label.since;
        return true;
    }
    if (!meeting_at(store, scratch, version, key, &meeting, &row->alive, err))
        return false;
    if (row->alive) {
        row->since = meeting.since;
        row->id = meeting.id;
        row->document = meeting.document;
    }
    return true;
}

/* The id of a candidate. */
static bool id_of(struct walk *walk, int side, const char **id,
                  struct error *err)
{
    struct half *half = &walk->halves[side];

    *id = half->row.id;
    if (*id)
        return true;
    if (!meeting_id_of(half->store, &walk->work->scratch, half->row.key, id,
                       err))
        return false;
    return *id ? true
               : error_set(err, ERROR_DATABASE,
                           "a label without its meeting (key %lld)",
                           (long long)half->row.key);
}

/* The key that a candidate's meeting has in the other file; 0 for none.  Keys
 * that were given before the files parted are the same meeting in both. */
static bool partner_key(struct walk *walk, int side, int64_t *key,
                        struct error *err)
{
    struct half *half = &walk->halves[side];
    struct half *other = &walk->halves[!side];
    const char *id;

    *key = 0;
    if (!other->persona)
        return true;
    if (half->had) {
        *key = (other->persona << 32) + ordinal(half->row.key);
        return true;
    }
    if (!id_of(walk, side, &id, err) ||
        !meeting_key_of(other->store, id, key, err))
        return false;
    /* An id that another persona has there is another meeting. */
    if (meeting_persona(*key) != other->persona)
        *key = 0;
    return true;
}

/* Whether the partner of a candidate is one itself, at another ordinal: then it
 * was born after the files parted. */
static bool is_candidate(const struct walk *walk, const struct row *row)
{
    return row->alive && row->since > walk->base;
}

/* ---- Comparing ---- */

static bool compare_meetings(struct walk *walk, const struct row *old,
                             const struct row *new, struct error *err)
{
    struct comparison *work = walk->work;
    bool differ = old->alive != new->alive;

    if (old->alive && new->alive) {
        if (old->document && new->document)
            differ = strcmp(old->document, new->document) != 0;
        else if (!diff_documents(work, old->key, new->key, &differ, err))
            return false;
    }
    return !differ || diff_meeting(work, old->alive, new->alive,
                                   new->alive ? new->id : old->id, err);
}

/* For names: whether the label's meeting was named already. */
static bool is_named(struct walk *walk, int64_t old_key, int64_t new_key,
                     bool *named, struct error *err)
{
    struct walk meetings = *walk;
    struct row old;
    struct row new;

    *named = false;
    if (walk->work->request->detail != DIFF_NAMES)
        return true;
    meetings.noun = NOUN_MEETING;
    if (!read_row(&meetings, OLD, walk->halves[OLD].version, old_key, &old,
                  err) ||
        !read_row(&meetings, NEW, walk->halves[NEW].version, new_key, &new,
                  err))
        return false;
    *named = old.alive != new.alive ||
             (old.alive && strcmp(old.document, new.document) != 0);
    return true;
}

static bool compare(struct walk *walk, const struct row *old,
                    const struct row *new, struct error *err)
{
    bool named;

    if (walk->noun == NOUN_MEETING)
        return compare_meetings(walk, old, new, err);
    return is_named(walk, old->key, new->key, &named, err) &&
           diff_labels(walk->work, old->alive ? &old->label : NULL,
                       new->alive ? &new->label : NULL, named, err);
}

/* A candidate of one file alone.  Of two partners it is the old one that is
 * compared. */
static bool compare_alone(struct walk *walk, int side, struct error *err)
{
    struct row rows[SIDES];
    int64_t key;

    if (!partner_key(walk, side, &key, err) ||
        !read_row(walk, !side, walk->halves[!side].version, key, &rows[!side],
                  err))
        return false;
    rows[side] = walk->halves[side].row;
    if (side == NEW && is_candidate(walk, &rows[OLD]))
        return true;
    return compare(walk, &rows[OLD], &rows[NEW], err);
}

/* Whether candidates of the same ordinal are the same meeting. */
static bool in_step(struct walk *walk, bool *same, struct error *err)
{
    struct half *halves = walk->halves;
    const char *ids[SIDES];

    *same = halves[OLD].had || halves[NEW].had ||
            (walk->noun == NOUN_LABEL && !*walk->crossed);
    if (*same)
        return true;
    for (int i = 0; i < SIDES; i++)
        if (!id_of(walk, i, &ids[i], err))
            return false;
    *same = !strcmp(ids[OLD], ids[NEW]);
    if (!*same)
        *walk->crossed = true;
    return true;
}

/* One step: the candidate with the lower ordinal, or both. */
static bool take_step(struct walk *walk, struct error *err)
{
    struct half *old = &walk->halves[OLD];
    struct half *new = &walk->halves[NEW];
    bool same = false;
    int side;

    arena_reset(&walk->work->scratch);
    if (old->more && new->more &&
        ordinal(old->row.key) == ordinal(new->row.key) &&
        !in_step(walk, &same, err))
        return false;
    if (same)
        return compare(walk, &old->row, &new->row, err) &&
               advance(walk, OLD, err) && advance(walk, NEW, err);
    side = !old->more                                                     ? NEW
           : !new->more || ordinal(old->row.key) <= ordinal(new->row.key) ? OLD
                                                                          : NEW;
    return compare_alone(walk, side, err) && advance(walk, side, err);
}

static bool walk_persona(struct comparison *work, enum noun noun, int64_t base,
                         const struct diff_persona *persona, bool *crossed,
                         struct error *err)
{
    struct walk walk = {
        .work = work, .noun = noun, .base = base, .crossed = crossed};
    bool ok = true;

    diff_enter(work, persona);
    for (int i = 0; i < SIDES; i++) {
        walk.halves[i].store = work->sides[i].store;
        walk.halves[i].version = work->sides[i].version;
        walk.halves[i].persona = persona->keys[i];
        ok = ok && open_half(&walk, i, err) && advance(&walk, i, err);
    }
    while (ok && (walk.halves[OLD].more || walk.halves[NEW].more))
        ok = take_step(&walk, err);
    for (int i = 0; i < SIDES; i++)
        changes_close(walk.halves[i].changes);
    return ok;
}

/* ---- Personas ---- */

/* A persona of either file. */
struct pair {
    struct diff_persona persona;
    struct stored_persona *rows[SIDES]; /* NULL: not in that version */
    bool same[NOUNS];                   /* known to have the same rows */
    bool crossed;
};

/* Merges two lists that are ordered by id. */
static void merge(struct comparison *work, struct stored_persona *lists[SIDES],
                  const size_t counts[SIDES], struct pair *pairs, size_t *count)
{
    size_t at[SIDES] = {0};

    *count = 0;
    while (at[OLD] < counts[OLD] || at[NEW] < counts[NEW]) {
        struct pair *pair = &pairs[*count];
        int order = at[OLD] == counts[OLD]   ? 1
                    : at[NEW] == counts[NEW] ? -1
                                             : strcmp(lists[OLD][at[OLD]].id,
                                                      lists[NEW][at[NEW]].id);
        if (order <= 0)
            pair->rows[OLD] = &lists[OLD][at[OLD]++];
        if (order >= 0)
            pair->rows[NEW] = &lists[NEW][at[NEW]++];
        pair->persona.id = pair->rows[order > 0]->id;
        if (diff_wants_persona(work, pair->persona.id))
            ++*count;
        else
            *pair = (struct pair){.crossed = false};
    }
}

static bool pair_personas(struct comparison *work, struct pair **pairs,
                          size_t *count, struct error *err)
{
    struct stored_persona *lists[SIDES];
    size_t counts[SIDES];

    for (int i = 0; i < SIDES; i++)
        if (!persona_list_at(work->sides[i].store, work->arena,
                             work->sides[i].version, &lists[i], &counts[i],
                             err))
            return false;
    *pairs =
        arena_zero(work->arena, counts[OLD] + counts[NEW], sizeof **pairs, err);
    if (!*pairs)
        return false;
    merge(work, lists, counts, *pairs, count);
    for (size_t p = 0; p < *count; p++)
        for (int i = 0; i < SIDES; i++)
            if (!persona_key_of(work->sides[i].store, (*pairs)[p].persona.id,
                                &(*pairs)[p].persona.keys[i], err))
                return false;
    return true;
}

static bool compare_personas(struct comparison *work, const struct pair *pairs,
                             size_t count, struct error *err)
{
    for (size_t p = 0; p < count; p++) {
        arena_reset(&work->scratch);
        diff_enter(work, &pairs[p].persona);
        if (!diff_personas(work, pairs[p].rows[OLD], pairs[p].rows[NEW], err))
            return false;
    }
    return true;
}

/* ---- Digests ---- */

/* Whether both versions are the newest of their files, whose rows have digests.
 */
static bool at_heads(struct comparison *work, bool *heads, struct error *err)
{
    int64_t head;

    *heads = work->request->way == CHANGE_AUTO;
    for (int i = 0; i < SIDES; i++) {
        if (!version_head(work->sides[i].store, &head, err))
            return false;
        *heads = *heads && head == work->sides[i].version;
    }
    return true;
}

static bool same_digests(struct comparison *work, const struct pair *pair,
                         enum noun noun, bool *same, struct error *err)
{
    static const unsigned char nothing[HASH_SIZE];
    unsigned char digests[SIDES][HASH_SIZE];

    for (int i = 0; i < SIDES; i++)
        if (!content_digest(work->sides[i].store, pair->persona.keys[i], noun,
                            digests[i], err))
            return false;
    *same = !memcmp(digests[OLD], digests[NEW], HASH_SIZE) &&
            memcmp(digests[OLD], nothing, HASH_SIZE) != 0;
    return true;
}

/* Digests of labels speak of ordinals, which must be the same meetings. */
static bool compare_digests(struct comparison *work, struct pair *pairs,
                            size_t count, struct error *err)
{
    for (size_t p = 0; p < count; p++) {
        struct pair *pair = &pairs[p];
        if (!pair->persona.keys[OLD] || !pair->persona.keys[NEW])
            continue;
        if (!same_digests(work, pair, NOUN_MEETING, &pair->same[NOUN_MEETING],
                          err))
            return false;
        if (pair->same[NOUN_MEETING] &&
            !same_digests(work, pair, NOUN_LABEL, &pair->same[NOUN_LABEL], err))
            return false;
    }
    return true;
}

bool diff_files(struct comparison *work, int64_t base, struct error *err)
{
    struct pair *pairs;
    size_t count;
    bool heads;

    if (!at_heads(work, &heads, err) ||
        !pair_personas(work, &pairs, &count, err) ||
        !compare_personas(work, pairs, count, err) ||
        (heads && !compare_digests(work, pairs, count, err)))
        return false;
    for (int noun = NOUN_MEETING; noun <= NOUN_LABEL; noun++)
        for (size_t p = 0; p < count; p++)
            if (!pairs[p].same[noun] &&
                !walk_persona(work, (enum noun)noun, base, &pairs[p].persona,
                              &pairs[p].crossed, err))
                return false;
    return true;
}
