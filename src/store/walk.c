/* Recomputing content from rows: see the header. */
#include "walk.h"

#include "seal.h"

#include "datebook/list.h"

#include <string.h>

void walk_start(struct walk *walk, struct store *store,
                const struct monitor *monitor)
{
    *walk = (struct walk){.store = store, .monitor = monitor};
}

void walk_end(struct walk *walk)
{
    arena_free(&walk->memory);
    arena_free(&walk->scratch);
}

static bool add_persona(struct walk *walk, int64_t key, struct error *err)
{
    struct walk_persona *persona;

    if (key < 1 || key > INT32_MAX)
        return error_set(err, ERROR_DATABASE, "a row of a persona key %lld",
                         (long long)key);
    if (!list_grow(&walk->memory, &walk->personas, walk->persona_count,
                   sizeof *walk->personas, err))
        return false;
    persona = &walk->personas[walk->persona_count];
    persona->sets =
        arena_zero(&walk->memory, NOUNS, sizeof *persona->sets, err);
    if (!persona->sets || !content_load_persona(walk->store, &walk->memory, key,
                                                &persona->of, err))
        return false;
    walk->persona_count++;
    return true;
}

/* Personas are few beside rows: each is loaded once. */
static struct walk_persona *persona_of(struct walk *walk, int64_t key,
                                       struct error *err)
{
    for (size_t i = walk->persona_count; i-- > 0;)
        if (walk->personas[i].of.key == key)
            return &walk->personas[i];
    return add_persona(walk, key, err)
               ? &walk->personas[walk->persona_count - 1]
               : NULL;
}

bool walk_sets(struct walk *walk, int64_t persona, struct set_hash sets[NOUNS],
               struct error *err)
{
    const struct walk_persona *found = persona_of(walk, persona, err);

    if (found)
        memcpy(sets, found->sets, NOUNS * sizeof *sets);
    return found != NULL;
}

/* ---- One row as of a version ---- */

struct row {
    bool there;
    int64_t since;
    unsigned char digest[HASH_SIZE];
};

typedef bool read_row(struct walk *walk, int64_t version, int64_t key,
                      struct row *row, struct error *err);

static bool read_persona(struct walk *walk, int64_t version, int64_t key,
                         struct row *row, struct error *err)
{
    struct stored_persona *persona;

    if (!persona_at_key(walk->store, &walk->scratch, version, key, &persona,
                        err))
        return false;
    row->there = persona != NULL;
    if (!persona)
        return true;
    row->since = persona->since;
    content_of_persona(persona, row->digest);
    return true;
}

static bool read_meeting(struct walk *walk, int64_t version, int64_t key,
                         struct row *row, struct error *err)
{
    struct stored_meeting meeting;
    struct stored_fact fact;
    bool with_facts;

    if (!meeting_at(walk->store, &walk->scratch, version, key, &meeting,
                    &row->there, err) ||
        !fact_at(walk->store, &walk->scratch, version, key, &fact, &with_facts,
                 err))
        return false;
    if (row->there != with_facts)
        return error_set(err, ERROR_DATABASE,
                         "meeting %lld and its facts are not both there in "
                         "version %lld",
                         (long long)key, (long long)version);
    if (!row->there)
        return true;
    row->since = meeting.since;
    content_of_meeting(&walk->at->of, &meeting, &fact.facts, row->digest);
    return true;
}

static bool read_label(struct walk *walk, int64_t version, int64_t key,
                       struct row *row, struct error *err)
{
    struct stored_label label;

    if (!label_at(walk->store, &walk->scratch, version, key, &label,
                  &row->there, err))
        return false;
    if (!row->there)
        return true;
    row->since = label.since;
    return content_of_label(&walk->at->of, &label, row->digest, err);
}

static bool read_record(struct walk *walk, enum noun noun, int64_t version,
                        int64_t key, struct row *row, struct error *err)
{
    struct stored_record *record;

    if (!record_at_key(walk->store, &walk->scratch, noun, version, key, &record,
                       err))
        return false;
    row->there = record != NULL;
    if (!record)
        return true;
    row->since = record->since;
    content_of_record(noun, record, row->digest);
    return true;
}

static bool read_split(struct walk *walk, int64_t version, int64_t key,
                       struct row *row, struct error *err)
{
    return read_record(walk, NOUN_SPLIT, version, key, row, err);
}

static bool read_review(struct walk *walk, int64_t version, int64_t key,
                        struct row *row, struct error *err)
{
    return read_record(walk, NOUN_REVIEW, version, key, row, err);
}

static read_row *const readers[NOUNS] = {read_persona, read_meeting, read_label,
                                         read_split, read_review};

/* ---- From version to version ---- */

/* Takes what was gained and lost into the sets, into those of the persona at
 * hand as well; records are nobody's. */
static void leave_persona(struct walk *walk, enum noun noun)
{
    set_hash_add_set(&walk->total[noun], &walk->change);
    if (walk->at)
        set_hash_add_set(&walk->at->sets[noun], &walk->change);
    walk->change = (struct set_hash){{0}};
    walk->at = NULL;
}

static bool take_persona(struct walk *walk, enum noun noun, int64_t key,
                         struct error *err)
{
    if (noun_is_record(noun))
        return true;
    if (noun != NOUN_PERSONA)
        key = meeting_persona(key);
    if (walk->at && walk->at->of.key == key)
        return true;
    leave_persona(walk, noun);
    walk->at = persona_of(walk, key, err);
    return walk->at != NULL;
}

static bool step_key(struct walk *walk, enum noun noun, int64_t from,
                     int64_t to, int64_t key, struct error *err)
{
    struct row old = {.there = false};
    struct row new = {.there = false};

    arena_reset(&walk->scratch);
    if (!take_persona(walk, noun, key, err) ||
        (from && !readers[noun](walk, from, key, &old, err)) ||
        !readers[noun](walk, to, key, &new, err))
        return false;
    if (old.there && new.there && old.since == new.since)
        return true;
    if (old.there)
        set_hash_take(&walk->change, old.digest);
    if (new.there)
        set_hash_add(&walk->change, new.digest);
    walk->alive[noun] += new.there - old.there;
    walk->rows += new.there;
    return monitor_tick(walk->monitor, "rows checked", walk->rows, 0, err);
}

static bool walk_noun(struct walk *walk, enum noun noun, int64_t from,
                      const struct version *to, struct error *err)
{
    const struct noun_counts *counts = &to->counts[noun];
    struct cursor *cursor =
        change_scan(walk->store, noun, from, to->number, err);
    bool ok = cursor != NULL;
    bool more = true;
    int64_t key;

    /* Where rows were only added, nothing was there before. */
    if (to->number == from + 1 && !counts->changed && !counts->removed)
        from = 0;
    while (ok && more) {
        ok = change_next(cursor, &key, &more, err);
        if (ok && more)
            ok = step_key(walk, noun, from, to->number, key, err);
    }
    cursor_close(cursor);
    leave_persona(walk, noun);
    return ok;
}

bool walk_to(struct walk *walk, int64_t from, const struct version *to,
             struct error *err)
{
    for (int noun = 0; noun < NOUNS; noun++)
        if (!walk_noun(walk, (enum noun)noun, from, to, err))
            return false;
    return true;
}

/* ---- All of HEAD ---- */

static bool add_labels(struct walk *walk, int64_t persona,
                       const struct scan *scan, struct set_hash *set,
                       struct error *err)
{
    const struct walk_persona *of = persona_of(walk, persona, err);
    struct cursor *cursor = of ? label_scan(walk->store, scan, err) : NULL;
    unsigned char digest[HASH_SIZE];
    struct stored_label label;
    bool ok = cursor != NULL;
    bool more = true;

    while (ok && more) {
        ok = label_next(cursor, &label, &more, err);
        if (!ok || !more)
            break;
        ok = content_of_label(&of->of, &label, digest, err);
        if (ok)
            set_hash_add(set, digest);
    }
    cursor_close(cursor);
    return ok;
}

/* Meetings and their facts in step. */
static bool add_meetings(struct walk *walk, int64_t persona,
                         const struct scan *scan, struct set_hash *set,
                         struct error *err)
{
    const struct walk_persona *of = persona_of(walk, persona, err);
    struct cursor *meetings = of ? meeting_scan(walk->store, scan, err) : NULL;
    struct cursor *facts = meetings ? fact_scan(walk->store, scan, err) : NULL;
    unsigned char digest[HASH_SIZE];
    struct stored_meeting meeting = {.key = 0};
    struct stored_fact fact = {.key = 0};
    bool ok = facts != NULL;
    bool more[2] = {true, true};

    while (ok && more[0]) {
        ok = meeting_next(meetings, &meeting, &more[0], err) &&
             fact_next(facts, &fact, &more[1], err);
        if (!ok || !(more[0] || more[1]))
            break;
        if (more[0] != more[1] || meeting.key != fact.key)
            ok = error_set(err, ERROR_DATABASE,
                           "meeting %lld and its facts are not both there",
                           (long long)(more[0] ? meeting.key : fact.key));
        if (!ok)
            break;
        content_of_meeting(&of->of, &meeting, &fact.facts, digest);
        set_hash_add(set, digest);
    }
    cursor_close(meetings);
    cursor_close(facts);
    return ok;
}

bool walk_persona(struct walk *walk, int64_t persona,
                  struct set_hash sets[NOUNS], struct error *err)
{
    struct scan scan = {.persona = persona};
    struct row row = {.there = false};

    memset(sets, 0, NOUNS * sizeof *sets);
    arena_reset(&walk->scratch);
    if (!version_head(walk->store, &scan.version, err) ||
        !read_persona(walk, scan.version, persona, &row, err))
        return false;
    if (row.there)
        set_hash_add(&sets[NOUN_PERSONA], row.digest);
    return add_meetings(walk, persona, &scan, &sets[NOUN_MEETING], err) &&
           add_labels(walk, persona, &scan, &sets[NOUN_LABEL], err);
}

/* ---- Filling a file that has no hashes ---- */

static bool fill_version(struct walk *walk, int64_t version, struct error *err)
{
    struct statement *statement;
    unsigned char digest[HASH_SIZE];
    struct version to;

    arena_reset(&walk->scratch);
    if (!version_get(walk->store, &walk->scratch, version, &to, err) ||
        !walk_to(walk, version - 1, &to, err))
        return false;
    statement = store_use(walk->store, STATEMENT_VERSION_FILL_CONTENT, err);
    if (!statement)
        return false;
    content_hash(walk->total, digest);
    bind_int(statement, ":version", version);
    bind_bytes(statement, ":content_hash", digest, HASH_SIZE);
    return statement_run_one(walk->store, statement, err);
}

static bool fill_personas(struct walk *walk, struct error *err)
{
    struct content content;

    if (!content_load(walk->store, &content, err))
        return false;
    for (size_t i = 0; i < walk->persona_count; i++) {
        const struct walk_persona *persona = &walk->personas[i];
        content.persona = persona->of.key;
        memset(content.loaded, 0, sizeof content.loaded);
        memcpy(content.of_persona, persona->sets, sizeof content.of_persona);
        if (!content_save(walk->store, &content, err))
            return false;
    }
    return true;
}

bool walk_fill(struct store *store, struct error *err)
{
    struct seal_sum sums[SEALS];
    struct walk walk;
    int64_t head;
    bool ok;

    walk_start(&walk, store, NULL);
    ok = version_head(store, &head, err);
    for (int64_t version = 1; ok && version <= head; version++)
        ok = fill_version(&walk, version, err);
    ok = ok && fill_personas(&walk, err) &&
         seal_compute(store, SEALS_OF_SCHEMA_2, sums, err) &&
         seal_save(store, sums, err);
    walk_end(&walk);
    return ok;
}
