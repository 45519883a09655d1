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

/* Personas are few beside rows: each is loaded once. */
static const struct content_persona *persona_of(struct walk *walk, int64_t key,
                                                struct error *err)
{
    struct content_persona *persona;

    if (key < 1 || key > UINT32_MAX) {
        error_set(err, ERROR_DATABASE, "a row of a persona key %lld",
                  (long long)key);
        return NULL;
    }
    for (size_t i = walk->persona_count; i-- > 0;)
        if (walk->personas[i].key == key)
            return &walk->personas[i];
    if (!list_grow(&walk->memory, &walk->personas, walk->persona_count,
                   sizeof *walk->personas, err))
        return NULL;
    persona = &walk->personas[walk->persona_count];
    if (!content_load_persona(walk->store, &walk->memory, key, persona, err))
        return NULL;
    walk->persona_count++;
    return persona;
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
    const struct content_persona *persona;
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
    persona = persona_of(walk, meeting_persona(key), err);
    if (!persona)
        return false;
    row->since = meeting.since;
    content_of_meeting(persona, &meeting, &fact.facts, row->digest);
    return true;
}

static bool read_label(struct walk *walk, int64_t version, int64_t key,
                       struct row *row, struct error *err)
{
    const struct content_persona *persona;
    struct stored_label label;

    if (!label_at(walk->store, &walk->scratch, version, key, &label,
                  &row->there, err))
        return false;
    if (!row->there)
        return true;
    persona = persona_of(walk, meeting_persona(key), err);
    row->since = label.since;
    return persona && content_of_label(persona, &label, row->digest, err);
}

static read_row *const readers[NOUNS] = {read_persona, read_meeting,
                                         read_label};

/* ---- From version to version ---- */

static bool step_key(struct walk *walk, enum noun noun, int64_t from,
                     int64_t to, int64_t key, struct error *err)
{
    struct row old = {.there = false};
    struct row new = {.there = false};

    arena_reset(&walk->scratch);
    if ((from && !readers[noun](walk, from, key, &old, err)) ||
        !readers[noun](walk, to, key, &new, err))
        return false;
    if (old.there && new.there && old.since == new.since)
        return true;
    if (old.there)
        set_hash_take(&walk->total[noun], old.digest);
    if (new.there)
        set_hash_add(&walk->total[noun], new.digest);
    walk->alive[noun] += new.there - old.there;
    walk->rows += new.there;
    return monitor_tick(walk->monitor, "rows checked", walk->rows, 0, err);
}

bool walk_to(struct walk *walk, int64_t from, int64_t to, struct error *err)
{
    for (int noun = 0; noun < NOUNS; noun++) {
        struct cursor *cursor =
            change_scan(walk->store, (enum noun)noun, from, to, err);
        bool ok = cursor != NULL;
        bool more = true;
        int64_t key;
        while (ok && more) {
            ok = change_next(cursor, &key, &more, err);
            if (ok && more)
                ok = step_key(walk, (enum noun)noun, from, to, key, err);
        }
        cursor_close(cursor);
        if (!ok)
            return false;
    }
    return true;
}

/* ---- All of HEAD ---- */

static bool add_labels(struct walk *walk, int64_t persona,
                       const struct scan *scan, struct set_hash *set,
                       struct error *err)
{
    const struct content_persona *of = persona_of(walk, persona, err);
    struct cursor *cursor = of ? label_scan(walk->store, scan, err) : NULL;
    unsigned char digest[HASH_SIZE];
    struct stored_label label;
    bool ok = cursor != NULL;
    bool more = true;

    while (ok && more) {
        ok = label_next(cursor, &label, &more, err);
        if (!ok || !more)
            break;
        ok = content_of_label(of, &label, digest, err);
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
    const struct content_persona *of = persona_of(walk, persona, err);
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
        content_of_meeting(of, &meeting, &fact.facts, digest);
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

    if (!walk_to(walk, version - 1, version, err))
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
    struct stored_persona *personas;
    size_t count;
    int64_t head;

    if (!version_head(walk->store, &head, err) ||
        !persona_list_at(walk->store, &walk->memory, head, &personas, &count,
                         err) ||
        !content_load(walk->store, &content, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        content.persona = personas[i].key;
        memset(content.loaded, 0, sizeof content.loaded);
        if (!walk_persona(walk, personas[i].key, content.of_persona, err) ||
            !content_save(walk->store, &content, err))
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
    ok = ok && fill_personas(&walk, err) && seal_compute(store, sums, err) &&
         seal_save(store, sums, err);
    walk_end(&walk);
    return ok;
}
