/* The hash of what is alive: digests of rows, and the sets they are in. */
#include "content.h"

#include "datebook/varint.h"

#include <string.h>

/* ---- Digests of rows ---- */

void content_of_persona(const struct stored_persona *persona,
                        unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, "persona");
    hash_text(&hash, persona->id);
    hash_text(&hash, persona->name);
    hash_int(&hash, persona->tier);
    hash_int(&hash, persona->validation);
    hash_raw(&hash, persona->rules_hash, HASH_SIZE);
    hash_bytes(&hash, persona->document, persona->document_length);
    hash_end(&hash, digest);
}

static int64_t ordinal(int64_t meeting)
{
    return meeting & UINT32_MAX;
}

void content_of_meeting(const struct content_persona *persona,
                        const struct stored_meeting *meeting,
                        const struct meeting_facts *facts,
                        unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, "meeting");
    hash_text(&hash, persona->id);
    hash_int(&hash, ordinal(meeting->key));
    hash_text(&hash, meeting->id);
    hash_int(&hash, meeting->generated);
    hash_bytes(&hash, meeting->document, meeting->document_length);
    hash_int(&hash, facts->start);
    hash_int(&hash, facts->minutes);
    hash_int(&hash, facts->type);
    hash_int(&hash, flags_of(facts));
    hash_int(&hash, facts->attendees);
    hash_int(&hash, facts->required);
    hash_int(&hash, facts->optional);
    hash_int(&hash, facts->resources);
    hash_text(&hash, facts->subject);
    hash_text(&hash, facts->preview);
    hash_text(&hash, facts->people);
    hash_end(&hash, digest);
}

bool content_of_label(const struct content_persona *persona,
                      const struct stored_label *label,
                      unsigned char digest[HASH_SIZE], struct error *err)
{
    const unsigned char *at = label->rules;
    size_t left = label->rules_length;
    struct hash hash;
    uint64_t code;

    hash_start(&hash);
    hash_text(&hash, "label");
    hash_text(&hash, persona->id);
    hash_int(&hash, ordinal(label->meeting));
    hash_int(&hash, label->importance);
    hash_int(&hash, label->rsvp);
    hash_int(&hash, label->prep_minutes);
    while (left) {
        size_t used = varint_get(at, left, &code);
        if (!used || code / 2 >= persona->rules.count)
            return error_set(err, ERROR_DATABASE,
                             "the label of meeting %lld names a rule that does "
                             "not exist",
                             (long long)label->meeting);
        hash_int(&hash, (int64_t)(code % 2));
        hash_raw(&hash, persona->rules.digests[code / 2], HASH_SIZE);
        at += used;
        left -= used;
    }
    hash_end(&hash, digest);
    return true;
}

void content_of_record(enum noun noun, const struct stored_record *record,
                       unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, noun_name(noun));
    hash_text(&hash, record->name);
    hash_bytes(&hash, record->document, record->document_length);
    hash_end(&hash, digest);
}

/* A label's content is the texts of its rules, not their numbers. */
static bool digest_rules(struct store *store, struct arena *arena,
                         int64_t persona, struct rule_digests *digests,
                         struct error *err)
{
    struct stored_rule *rules;
    size_t count;

    if (!rule_list(store, arena, persona, &rules, &count, err))
        return false;
    digests->count = count;
    digests->digests = arena_zero(arena, count, sizeof *digests->digests, err);
    if (!digests->digests)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct hash hash;
        hash_start(&hash);
        hash_int(&hash, rules[i].kind);
        hash_text(&hash, rules[i].source);
        hash_text(&hash, rules[i].name);
        hash_end(&hash, digests->digests[i]);
    }
    return true;
}

bool content_load_persona(struct store *store, struct arena *arena, int64_t key,
                          struct content_persona *persona, struct error *err)
{
    persona->key = 0;
    if (!persona_id_of(store, arena, key, &persona->id, err) ||
        !digest_rules(store, arena, key, &persona->rules, err))
        return false;
    persona->key = key;
    return true;
}

/* ---- Sets in the file ---- */

/* A set that is not there is empty. */
static bool load_set(struct store *store, int64_t persona, enum noun noun,
                     struct set_hash *set, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_CONTENT_GET, err);
    const unsigned char *bytes;
    size_t length;
    bool row;

    *set = (struct set_hash){{0}};
    if (!statement)
        return false;
    bind_int(statement, ":persona", persona);
    bind_int(statement, ":noun", noun);
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    bytes = column_bytes(statement, "state", &length);
    if (length == SET_HASH_SIZE)
        set_hash_read(set, bytes);
    statement_end(statement);
    return length == SET_HASH_SIZE ||
           error_set(err, ERROR_DATABASE,
                     "the content hash of persona %lld has %zu bytes, not %d",
                     (long long)persona, length, SET_HASH_SIZE);
}

/* An empty set has no row, so that nothing is left of a persona that is gone.
 */
static bool save_set(struct store *store, int64_t persona, enum noun noun,
                     const struct set_hash *set, struct error *err)
{
    bool empty = set_hash_is_empty(set);
    struct statement *statement = store_use(
        store, empty ? STATEMENT_CONTENT_DELETE : STATEMENT_CONTENT_PUT, err);
    unsigned char bytes[SET_HASH_SIZE];

    if (!statement)
        return false;
    bind_int(statement, ":persona", persona);
    bind_int(statement, ":noun", noun);
    if (!empty) {
        set_hash_write(set, bytes);
        bind_bytes(statement, ":state", bytes, sizeof bytes);
    }
    return statement_run(store, statement, err);
}

bool content_digest(struct store *store, int64_t persona, enum noun noun,
                    unsigned char digest[HASH_SIZE], struct error *err)
{
    struct set_hash set;

    memset(digest, 0, HASH_SIZE);
    if (!load_set(store, persona, noun, &set, err))
        return false;
    if (!set_hash_is_empty(&set))
        set_hash_digest(&set, digest);
    return true;
}

/* ---- The sets of a run ---- */

bool content_load(struct store *store, struct content *content,
                  struct error *err)
{
    content->persona = 0;
    for (int noun = 0; noun < NOUNS; noun++)
        if (!load_set(store, 0, (enum noun)noun, &content->total[noun], err))
            return false;
    memcpy(content->total_loaded, content->total, sizeof content->total);
    return true;
}

/* Writes the sets of the persona at hand back, and takes them into the total.
 */
static bool save_persona(struct store *store, struct content *content,
                         struct error *err)
{
    for (int noun = 0; content->persona && noun < NOUNS; noun++) {
        struct set_hash *set = &content->of_persona[noun];
        if (!memcmp(set, &content->loaded[noun], sizeof *set))
            continue;
        if (!save_set(store, content->persona, (enum noun)noun, set, err))
            return false;
        set_hash_add_set(&content->total[noun], set);
        set_hash_take_set(&content->total[noun], &content->loaded[noun]);
    }
    content->persona = 0;
    return true;
}

static bool take_persona(struct store *store, struct content *content,
                         int64_t persona, struct error *err)
{
    if (content->persona == persona)
        return true;
    if (!save_persona(store, content, err))
        return false;
    for (int noun = 0; noun < NOUNS; noun++)
        if (!load_set(store, persona, (enum noun)noun, &content->loaded[noun],
                      err))
            return false;
    memcpy(content->of_persona, content->loaded, sizeof content->loaded);
    content->persona = persona;
    return true;
}

bool content_count(struct store *store, struct content *content,
                   int64_t persona, enum noun noun, bool comes,
                   const unsigned char digest[HASH_SIZE], struct error *err)
{
    void (*count)(struct set_hash *, const unsigned char *) =
        comes ? set_hash_add : set_hash_take;

    if (!take_persona(store, content, persona, err))
        return false;
    count(&content->of_persona[noun], digest);
    return true;
}

void content_count_record(struct content *content, enum noun noun, bool comes,
                          const unsigned char digest[HASH_SIZE])
{
    if (comes)
        set_hash_add(&content->total[noun], digest);
    else
        set_hash_take(&content->total[noun], digest);
}

bool content_save(struct store *store, struct content *content,
                  struct error *err)
{
    if (!save_persona(store, content, err))
        return false;
    for (int noun = 0; noun < NOUNS; noun++) {
        struct set_hash *set = &content->total[noun];
        if (memcmp(set, &content->total_loaded[noun], sizeof *set) != 0 &&
            !save_set(store, 0, (enum noun)noun, set, err))
            return false;
    }
    memcpy(content->total_loaded, content->total, sizeof content->total);
    return true;
}

void content_hash(const struct set_hash total[NOUNS],
                  unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, "datebook content");
    for (int noun = 0; noun < NOUNS; noun++) {
        unsigned char part[HASH_SIZE];
        /* What has no records has the hash of the time before them. */
        if (noun_is_record((enum noun)noun) && set_hash_is_empty(&total[noun]))
            continue;
        set_hash_digest(&total[noun], part);
        hash_raw(&hash, part, HASH_SIZE);
    }
    hash_end(&hash, digest);
}
