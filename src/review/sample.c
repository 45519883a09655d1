/* Drawing a sample: one pass over the labelled meetings of a version, persona
 * by persona, into a pool that keeps of each stratum what comes first. */
#include "sample.h"

#include "datebook/dataset.h"
#include "datebook/nearest.h"

#include <stdlib.h>
#include <string.h>

enum {
    TIERS = 4,
    TYPES = 4,
    CELLS = IMPORTANCE_LEVELS * TIERS * TYPES * 2 * RSVP_ANSWERS
};

/* What a stratum has in common; 0 where the draw does not look. */
struct stratum_values {
    size_t persona; /* of drawing.personas */
    unsigned importance;
    unsigned tier;
    unsigned type;
    unsigned prep;
    unsigned rsvp;
};

struct drawing {
    struct store *store;
    struct arena *arena;
    struct arena scratch; /* of the whole drawing */
    struct arena rules;   /* of the persona at hand */
    int64_t version;
    const struct sample_terms *terms;
    const struct monitor *monitor;
    struct stored_persona *personas; /* by id */
    size_t persona_count;
    struct preference preference;
    struct pool pool;
    size_t *cells; /* number of the stratum and 1; 0: none */
    size_t at;     /* of the persona at hand */
    int64_t done;  /* meetings */
    struct error *err;
};

/* ---- Personas ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Copies of the ids that were named, in order, each once. */
static bool copy_ids(struct drawing *drawing, struct sample_terms *terms)
{
    const struct sample_terms *given = drawing->terms;
    const char **ids = arena_zero(drawing->arena, given->persona_count,
                                  sizeof *ids, drawing->err);
    size_t count = 0;

    if (!ids)
        return false;
    for (size_t i = 0; i < given->persona_count; i++) {
        ids[i] = arena_text(drawing->arena, given->personas[i], drawing->err);
        if (!ids[i])
            return false;
    }
    if (given->persona_count)
        qsort(ids, given->persona_count, sizeof *ids, by_text);
    for (size_t i = 0; i < given->persona_count; i++)
        if (!count || strcmp(ids[count - 1], ids[i]) != 0)
            ids[count++] = ids[i];
    terms->personas = count ? ids : NULL;
    terms->persona_count = count;
    return true;
}

static bool no_persona(struct drawing *drawing, const char *id)
{
    const char **ids = arena_zero(&drawing->scratch, drawing->persona_count,
                                  sizeof *ids, drawing->err);
    const char *nearest;

    if (!ids)
        return false;
    for (size_t i = 0; i < drawing->persona_count; i++)
        ids[i] = drawing->personas[i].id;
    nearest = nearest_name(id, ids, drawing->persona_count);
    error_set(drawing->err, ERROR_INPUT,
              "there is no persona \"%.100s\" in "
              "v%lld",
              id, (long long)drawing->version);
    return nearest && error_hint(drawing->err, "did you mean %s?", nearest);
}

/* Leaves only those that the terms name; both lists are by id. */
static bool select_personas(struct drawing *drawing,
                            const struct sample_terms *terms)
{
    struct stored_persona *selected =
        arena_zero(&drawing->scratch, terms->persona_count, sizeof *selected,
                   drawing->err);
    size_t at = 0;

    if (!selected || !terms->persona_count)
        return selected != NULL;
    for (size_t i = 0; i < terms->persona_count; i++) {
        while (at < drawing->persona_count &&
               strcmp(drawing->personas[at].id, terms->personas[i]) < 0)
            at++;
        if (at == drawing->persona_count ||
            strcmp(drawing->personas[at].id, terms->personas[i]) != 0)
            return no_persona(drawing, terms->personas[i]);
        selected[i] = drawing->personas[at];
    }
    drawing->personas = selected;
    drawing->persona_count = terms->persona_count;
    return true;
}

/* ---- Strata ---- */

/* In the order in which strata are shown: what matters most first. */
static unsigned cell_of(const struct stratum_values *values)
{
    unsigned cell = IMPORTANCE_LEVELS - 1 - values->importance;

    cell = cell * TIERS + values->tier;
    cell = cell * TYPES + values->type;
    cell = cell * 2 + 1 - values->prep;
    return cell * RSVP_ANSWERS + RSVP_ANSWERS - 1 - values->rsvp;
}

static uint64_t rank_of(const struct stratum_values *values)
{
    return (uint64_t)values->persona << 32 | cell_of(values);
}

static struct stratum_values values_of_rank(uint64_t rank)
{
    struct stratum_values values = {.persona = (size_t)(rank >> 32)};
    unsigned cell = (unsigned)rank;

    values.rsvp = RSVP_ANSWERS - 1 - cell % RSVP_ANSWERS;
    cell /= RSVP_ANSWERS;
    values.prep = 1 - cell % 2;
    cell /= 2;
    values.type = cell % TYPES;
    cell /= TYPES;
    values.tier = cell % TIERS;
    values.importance = IMPORTANCE_LEVELS - 1 - cell / TIERS;
    return values;
}

static bool looks_at(const struct drawing *drawing, enum sample_stratum stratum)
{
    return drawing->terms->strata & 1u << stratum;
}

static struct stratum_values values_of(const struct drawing *drawing,
                                       const struct stored_label *label,
                                       enum event_type type)
{
    struct stratum_values values = {0};

    if (looks_at(drawing, SAMPLE_BY_PERSONA))
        values.persona = drawing->at;
    if (looks_at(drawing, SAMPLE_BY_IMPORTANCE))
        values.importance = (unsigned)label->importance % IMPORTANCE_LEVELS;
    if (looks_at(drawing, SAMPLE_BY_TIER))
        values.tier = (unsigned)drawing->personas[drawing->at].tier % TIERS;
    if (looks_at(drawing, SAMPLE_BY_TYPE))
        values.type = (unsigned)type % TYPES;
    if (looks_at(drawing, SAMPLE_BY_PREP))
        values.prep = label->prep_minutes > 0;
    if (looks_at(drawing, SAMPLE_BY_RSVP))
        values.rsvp = (unsigned)label->rsvp % RSVP_ANSWERS;
    return values;
}

/* The number of a stratum, made when it is new. */
static bool find_stratum(struct drawing *drawing,
                         const struct stratum_values *values, size_t *number)
{
    size_t *cell = &drawing->cells[cell_of(values)];

    if (!*cell) {
        if (!pool_add_stratum(&drawing->pool, rank_of(values), drawing->err))
            return false;
        *cell = drawing->pool.count;
    }
    *number = *cell - 1;
    return true;
}

/* ---- The pass ---- */

static uint64_t eight_bytes(const unsigned char *bytes)
{
    uint64_t value = 0;

    for (int i = 0; i < 8; i++)
        value = value << 8 | bytes[i];
    return value;
}

/* Depends on the seed and the id alone. */
static struct candidate candidate_of(uint64_t seed,
                                     const struct stored_meeting *meeting)
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, "review sample");
    hash_int(&hash, (int64_t)seed);
    hash_text(&hash, meeting->id);
    hash_end(&hash, digest);
    return (struct candidate){
        .draw = {eight_bytes(digest), eight_bytes(digest + 8)},
        .place = eight_bytes(digest + 16),
        .key = meeting->key};
}

struct pass {
    struct cursor *meetings;
    struct cursor *labels;
    struct cursor *facts; /* NULL: nothing asks for the type */
};

/* Facts come in step with meetings: both are in order of key. */
static bool next_type(struct drawing *drawing, const struct pass *pass,
                      int64_t meeting, enum event_type *type)
{
    struct stored_fact fact = {0};
    bool more = true;

    if (!pass->facts)
        return true;
    while (more && fact.key < meeting)
        if (!fact_number_next(pass->facts, &fact, &more, drawing->err))
            return false;
    *type = fact.facts.type;
    return (more && fact.key == meeting) ||
           error_set(drawing->err, ERROR_DATABASE, "meeting %lld has no facts",
                     (long long)meeting);
}

static bool take_meeting(struct drawing *drawing, const struct pass *pass,
                         const struct stored_meeting *meeting,
                         struct stored_label *label)
{
    struct candidate candidate = candidate_of(drawing->terms->seed, meeting);
    enum event_type type = EVENT_SINGLE;
    struct stratum_values values;
    size_t stratum;

    if (!label_next_of(pass->labels, meeting, label, drawing->err) ||
        !next_type(drawing, pass, meeting->key, &type) ||
        !preference_has(&drawing->preference, label, &candidate.preferred,
                        drawing->err))
        return false;
    values = values_of(drawing, label, type);
    return find_stratum(drawing, &values, &stratum) &&
           pool_add(&drawing->pool, stratum, &candidate, drawing->err) &&
           monitor_tick(drawing->monitor, "meetings", ++drawing->done, 0,
                        drawing->err);
}

static bool take_meetings(struct drawing *drawing, const struct pass *pass)
{
    struct stored_label label = {.rules = (const unsigned char *)""};
    struct stored_meeting meeting;
    bool more;

    for (;;) {
        if (!meeting_next(pass->meetings, &meeting, &more, drawing->err))
            return false;
        if (!more)
            return true;
        if (!take_meeting(drawing, pass, &meeting, &label))
            return false;
    }
}

static bool take_persona(struct drawing *drawing)
{
    const struct stored_persona *persona = &drawing->personas[drawing->at];
    struct scan scan = {.version = drawing->version, .persona = persona->key};
    struct pass pass = {0};
    bool wants_type = looks_at(drawing, SAMPLE_BY_TYPE);
    bool ok;

    arena_reset(&drawing->rules);
    if (looks_at(drawing, SAMPLE_BY_PERSONA))
        memset(drawing->cells, 0, CELLS * sizeof *drawing->cells);
    ok = preference_open(&drawing->preference, drawing->store, &drawing->rules,
                         drawing->version, persona, drawing->err) &&
         (pass.meetings = meeting_scan(drawing->store, &scan, drawing->err)) &&
         (pass.labels = label_scan(drawing->store, &scan, drawing->err)) &&
         (!wants_type || (pass.facts = fact_number_scan(drawing->store, &scan,
                                                        drawing->err))) &&
         take_meetings(drawing, &pass);
    cursor_close(pass.meetings);
    cursor_close(pass.labels);
    cursor_close(pass.facts);
    return ok;
}

static bool take_all(struct drawing *drawing)
{
    drawing->cells = arena_zero(&drawing->scratch, CELLS,
                                sizeof *drawing->cells, drawing->err);
    if (!drawing->cells)
        return false;
    for (drawing->at = 0; drawing->at < drawing->persona_count; drawing->at++)
        if (!take_persona(drawing))
            return false;
    if (drawing->done)
        return true;
    error_set(drawing->err, ERROR_INPUT,
              drawing->terms->persona_count
                  ? "these personas have no meetings in v%lld"
                  : "there are no meetings in v%lld",
              (long long)drawing->version);
    return error_hint(drawing->err, "`datebook generate` makes some");
}

/* ---- What comes of it ---- */

static int by_place(const void *a, const void *b)
{
    const struct candidate *one = a;
    const struct candidate *other = b;

    if (one->place != other->place)
        return one->place < other->place ? -1 : 1;
    return (one->draw[0] > other->draw[0]) - (one->draw[0] < other->draw[0]);
}

/* The ids of those that were drawn, in the order of review. */
static bool name_meetings(struct drawing *drawing, struct candidate *drawn,
                          struct sample *sample)
{
    const char **ids =
        arena_zero(drawing->arena, sample->count, sizeof *ids, drawing->err);

    if (!ids)
        return false;
    qsort(drawn, sample->count, sizeof *drawn, by_place);
    for (size_t i = 0; i < sample->count; i++) {
        struct stored_meeting meeting;
        bool found;
        arena_reset(&drawing->rules);
        if (!meeting_at(drawing->store, &drawing->rules, drawing->version,
                        drawn[i].key, &meeting, &found, drawing->err))
            return false;
        if (!found)
            return error_set(drawing->err, ERROR_BUG,
                             "a meeting is gone while it is drawn");
        ids[i] = arena_text(drawing->arena, meeting.id, drawing->err);
        if (!ids[i])
            return false;
    }
    sample->meetings = ids;
    return true;
}

static bool gather(struct drawing *drawing, struct sample *sample)
{
    const struct pool *pool = &drawing->pool;
    struct candidate *drawn;
    size_t count = 0;

    for (size_t i = 0; i < pool->count; i++)
        sample->count += pool->strata[i].quota;
    drawn = arena_zero(&drawing->scratch, sample->count, sizeof *drawn,
                       drawing->err);
    if (!drawn)
        return false;
    for (size_t i = 0; i < pool->count; i++)
        for (size_t j = 0; j < pool->strata[i].quota; j++)
            drawn[count++] = pool->strata[i].kept[j];
    return name_meetings(drawing, drawn, sample);
}

static bool name_values(struct drawing *drawing, uint64_t rank,
                        const char **names)
{
    static const char *const tiers[TIERS] = {"", "1", "2", "3"};
    struct stratum_values values = values_of_rank(rank);
    const char *texts[SAMPLE_STRATA] = {
        drawing->personas[values.persona].id,
        importance_name((enum importance)values.importance),
        tiers[values.tier],
        graph_type_name((enum event_type)values.type),
        values.prep ? "needed" : "none",
        rsvp_name((enum rsvp)values.rsvp)};

    for (int s = 0; s < SAMPLE_STRATA; s++) {
        if (!looks_at(drawing, (enum sample_stratum)s))
            continue;
        names[s] = arena_text(drawing->arena, texts[s], drawing->err);
        if (!names[s])
            return false;
    }
    return true;
}

static bool tell_shares(struct drawing *drawing, struct sample_shares *shares)
{
    const struct pool *pool = &drawing->pool;

    if (!shares)
        return true;
    shares->count = pool->count;
    shares->shares = arena_zero(drawing->arena, pool->count,
                                sizeof *shares->shares, drawing->err);
    for (size_t i = 0; shares->shares && i < pool->count; i++) {
        const struct pool_stratum *stratum = &pool->strata[i];
        struct sample_share *share = &shares->shares[i];
        share->meetings = stratum->meetings;
        share->preferred = stratum->preferred;
        share->drawn = (int64_t)stratum->quota;
        for (size_t j = 0; j < stratum->quota; j++)
            share->drawn_preferred += stratum->kept[j].preferred;
        if (!name_values(drawing, stratum->rank, share->values))
            return false;
    }
    return shares->shares != NULL;
}

static bool check_terms(const char *name, const struct sample_terms *terms,
                        struct error *err)
{
    if (!review_name_check("sample", name, err))
        return false;
    return (terms->count >= 1 && terms->count <= SAMPLE_MOST) ||
           error_set(err, ERROR_INPUT,
                     "a sample has 1 to %d meetings, not %lld", SAMPLE_MOST,
                     (long long)terms->count);
}

static bool draw(struct drawing *drawing, struct sample *sample,
                 struct sample_shares *shares)
{
    return persona_list_at(drawing->store, &drawing->scratch, drawing->version,
                           &drawing->personas, &drawing->persona_count,
                           drawing->err) &&
           copy_ids(drawing, &sample->terms) &&
           select_personas(drawing, &sample->terms) && take_all(drawing) &&
           pool_draw(&drawing->pool, drawing->err) && gather(drawing, sample) &&
           tell_shares(drawing, shares);
}

bool sample_draw(struct store *store, struct arena *arena, int64_t version,
                 const char *name, const struct sample_terms *terms,
                 const struct monitor *monitor, struct sample *sample,
                 struct sample_shares *shares, struct error *err)
{
    struct drawing drawing = {.store = store,
                              .arena = arena,
                              .version = version,
                              .terms = terms,
                              .monitor = monitor,
                              .preference = {.prefer = terms->prefer},
                              .err = err};
    bool ok;

    if (!check_terms(name, terms, err))
        return false;
    drawing.pool.want = drawing.pool.level = (size_t)terms->count;
    *sample = (struct sample){.version = version, .terms = *terms};
    sample->name = arena_text(arena, name, err);
    ok = sample->name && draw(&drawing, sample, shares);
    pool_free(&drawing.pool);
    arena_free(&drawing.rules);
    arena_free(&drawing.scratch);
    return ok;
}
