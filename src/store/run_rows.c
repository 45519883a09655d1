/* Writing rows in a run.  Each write compares with what is there, moves the
 * old value to the history, logs the change and feeds the content hash. */
#include "run_internal.h"

#include "datebook/varint.h"

#include <string.h>

/* Takes a statement and binds the key that all row statements share. */
static struct statement *use_with_key(struct run *run, enum statement_id id,
                                      const char *name, int64_t key,
                                      struct error *err)
{
    struct statement *statement = store_use(run->store, id, err);

    if (statement)
        bind_int(statement, name, key);
    return statement;
}

/* Copies the living row to the history. */
static bool bury(struct run *run, enum statement_id id, const char *name,
                 int64_t key, struct error *err)
{
    struct statement *statement = use_with_key(run, id, name, key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    return statement_run_one(run->store, statement, err);
}

static bool drop(struct run *run, enum statement_id id, const char *name,
                 int64_t key, struct error *err)
{
    struct statement *statement = use_with_key(run, id, name, key, err);

    return statement && statement_run_one(run->store, statement, err);
}

/* ---- Personas ---- */

bool run_persona_key(struct run *run, const char *id, int64_t *key,
                     struct error *err)
{
    struct statement *statement;

    if (!persona_key_of(run->store, id, key, err))
        return false;
    if (*key)
        return true;
    statement = store_use(run->store, STATEMENT_PERSONA_KEY_INSERT, err);
    if (!statement)
        return false;
    bind_text(statement, ":id", id);
    if (!statement_run_one(run->store, statement, err))
        return false;
    *key = sqlite3_last_insert_rowid(run->store->db);
    return true;
}

static bool insert_persona(struct run *run,
                           const struct stored_persona *persona,
                           struct error *err)
{
    struct statement *statement = use_with_key(run, STATEMENT_PERSONA_INSERT,
                                               ":persona", persona->key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":tier", persona->tier);
    bind_int(statement, ":role", persona->validation);
    bind_text(statement, ":name", persona->name);
    bind_text(statement, ":document", persona->document);
    bind_bytes(statement, ":rules_hash", persona->rules_hash, HASH_SIZE);
    return statement_run_one(run->store, statement, err);
}

bool run_put_persona(struct run *run, const struct stored_persona *persona,
                     struct error *err)
{
    struct stored_persona *old;

    arena_reset(&run->scratch);
    if (!persona_at_key(run->store, &run->scratch, run->version, persona->key,
                        &old, err))
        return false;
    if (old && !strcmp(old->document, persona->document))
        return true;
    if (old &&
        (!bury(run, STATEMENT_PERSONA_BURY, ":persona", persona->key, err) ||
         !drop(run, STATEMENT_PERSONA_DELETE, ":persona", persona->key, err)))
        return false;
    return insert_persona(run, persona, err) &&
           run_log(run, NOUN_PERSONA, persona->key,
                   old ? ROW_CHANGED : ROW_ADDED, err);
}

/* ---- Rules and batches ---- */

/* Loads the digests of a persona's rules unless they are cached. */
static bool load_digests(struct run *run, int64_t persona, struct error *err)
{
    struct stored_rule *rules;
    size_t count;

    if (run->rules.persona == persona)
        return true;
    if (!rule_list(run->store, run->arena, persona, &rules, &count, err))
        return false;
    run->rules.digests =
        arena_zero(run->arena, count, sizeof *run->rules.digests, err);
    if (!run->rules.digests)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct hash hash;
        hash_start(&hash);
        hash_int(&hash, rules[i].kind);
        hash_text(&hash, rules[i].source);
        hash_text(&hash, rules[i].name);
        hash_end(&hash, run->rules.digests[i]);
    }
    run->rules.persona = persona;
    run->rules.count = count;
    return true;
}

static bool same_rule(const struct stored_rule *one,
                      const struct stored_rule *other)
{
    return one->kind == other->kind && !strcmp(one->source, other->source);
}

bool run_rule_number(struct run *run, int64_t persona,
                     const struct stored_rule *rule, int64_t *number,
                     struct error *err)
{
    struct stored_rule *rules;
    struct statement *statement;
    size_t count;

    arena_reset(&run->scratch);
    if (!rule_list(run->store, &run->scratch, persona, &rules, &count, err))
        return false;
    for (*number = 0; *number < (int64_t)count; (*number)++)
        if (same_rule(&rules[*number], rule))
            return true;
    run->rules.persona = 0;
    statement =
        use_with_key(run, STATEMENT_RULE_INSERT, ":persona", persona, err);
    if (!statement)
        return false;
    bind_int(statement, ":rule", *number);
    bind_int(statement, ":kind", rule->kind);
    bind_text(statement, ":source", rule->source);
    bind_text(statement, ":name", rule->name);
    return statement_run_one(run->store, statement, err);
}

bool run_next_batch(struct run *run, int64_t persona, uint64_t seed,
                    uint64_t *batch, struct error *err)
{
    struct statement *statement =
        use_with_key(run, STATEMENT_BATCH_GET, ":persona", persona, err);
    bool row;

    if (!statement)
        return false;
    bind_int(statement, ":seed", (int64_t)seed);
    if (!statement_next(run->store, statement, &row, err))
        return false;
    *batch = row ? (uint64_t)column_int(statement, "batches") : 0;
    statement_end(statement);
    statement =
        use_with_key(run, STATEMENT_BATCH_COUNT, ":persona", persona, err);
    if (!statement)
        return false;
    bind_int(statement, ":seed", (int64_t)seed);
    return statement_run(run->store, statement, err);
}

/* ---- Meetings ---- */

/* Writes back how many ordinals were handed out. */
bool run_save_ordinals(struct run *run, struct error *err)
{
    struct statement *statement;

    if (!run->ordinals.persona)
        return true;
    statement = use_with_key(run, STATEMENT_PERSONA_KEY_MEETINGS, ":persona",
                             run->ordinals.persona, err);
    if (!statement)
        return false;
    bind_int(statement, ":meetings", run->ordinals.next);
    run->ordinals.persona = 0;
    return statement_run_one(run->store, statement, err);
}

static bool load_ordinals(struct run *run, int64_t persona, struct error *err)
{
    struct statement *statement;
    bool row;

    if (run->ordinals.persona == persona)
        return true;
    if (!run_save_ordinals(run, err))
        return false;
    statement = use_with_key(run, STATEMENT_PERSONA_KEY_ORDINAL, ":persona",
                             persona, err);
    if (!statement || !statement_next(run->store, statement, &row, err))
        return false;
    if (!row)
        return error_set(err, ERROR_BUG, "there is no persona key %lld",
                         (long long)persona);
    run->ordinals.persona = persona;
    run->ordinals.next = column_int(statement, "meetings");
    statement_end(statement);
    return true;
}

/* The next meeting key of a persona; keys are never given twice. */
static bool next_meeting_key(struct run *run, int64_t persona, int64_t *key,
                             struct error *err)
{
    if (!load_ordinals(run, persona, err))
        return false;
    if (run->ordinals.next >= UINT32_MAX)
        return error_set(err, ERROR_INPUT,
                         "a persona cannot have more than %lld meetings",
                         (long long)UINT32_MAX);
    *key = (persona << 32) + ++run->ordinals.next;
    return true;
}

/* Ids are never used again, not even that of a meeting that is gone. */
static bool refuse_known_id(struct run *run, const char *id, struct error *err)
{
    int64_t key;
    bool found;

    if (!meeting_key_by(run->store, STATEMENT_MEETING_BY_DEAD_ID, id, &key,
                        &found, err))
        return false;
    return found ? error_set(err, ERROR_INPUT,
                             "a meeting with the id \"%.200s\" existed before",
                             id)
                 : true;
}

static bool insert_meeting(struct run *run, int64_t key,
                           const struct stored_meeting *meeting,
                           struct error *err)
{
    struct statement *statement =
        use_with_key(run, STATEMENT_MEETING_INSERT, ":meeting", key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":generated", meeting->generated);
    bind_text(statement, ":id", meeting->id);
    bind_text(statement, ":document", meeting->document);
    if (statement_run_one(run->store, statement, err))
        return true;
    if (sqlite3_errcode(run->store->db) != SQLITE_CONSTRAINT_UNIQUE)
        return false;
    return error_set(err, ERROR_INPUT,
                     "a meeting with the id \"%.200s\" exists already",
                     meeting->id);
}

static bool insert_facts(struct run *run, int64_t key,
                         const struct meeting_facts *facts, struct error *err)
{
    struct statement *statement =
        use_with_key(run, STATEMENT_MEETING_FACT_INSERT, ":meeting", key, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":start", facts->start);
    bind_int(statement, ":minutes", facts->minutes);
    bind_int(statement, ":type", facts->type);
    bind_int(statement, ":flags",
             (facts->external ? FACT_EXTERNAL : 0) |
                 (facts->recurring ? FACT_RECURRING : 0) |
                 (facts->organizer ? FACT_ORGANIZER : 0) |
                 (facts->overlaps ? FACT_OVERLAPS : 0));
    bind_int(statement, ":attendees", facts->attendees);
    bind_int(statement, ":required", facts->required);
    bind_int(statement, ":optional", facts->optional);
    bind_int(statement, ":resources", facts->resources);
    bind_text(statement, ":subject", facts->subject);
    bind_text(statement, ":preview", facts->preview);
    bind_text(statement, ":people", facts->people);
    return statement_run_one(run->store, statement, err);
}

bool run_add_meeting(struct run *run, int64_t persona,
                     const struct stored_meeting *meeting,
                     const struct meeting_facts *facts, int64_t *key,
                     struct error *err)
{
    struct hash *hash = &run->hashes[NOUN_MEETING];

    if (!next_meeting_key(run, persona, key, err) ||
        !refuse_known_id(run, meeting->id, err) ||
        !insert_meeting(run, *key, meeting, err) ||
        !insert_facts(run, *key, facts, err) ||
        !run_log(run, NOUN_MEETING, *key, ROW_ADDED, err))
        return false;
    hash_int(hash, meeting->generated);
    hash_text(hash, meeting->id);
    hash_bytes(hash, meeting->document, meeting->document_length);
    return true;
}

static bool remove_meeting(struct run *run, int64_t key, struct error *err)
{
    return bury(run, STATEMENT_MEETING_BURY, ":meeting", key, err) &&
           bury(run, STATEMENT_MEETING_FACT_BURY, ":meeting", key, err) &&
           drop(run, STATEMENT_MEETING_DELETE, ":meeting", key, err) &&
           drop(run, STATEMENT_MEETING_FACT_DELETE, ":meeting", key, err) &&
           run_log(run, NOUN_MEETING, key, ROW_REMOVED, err);
}

static bool remove_label(struct run *run, int64_t key, struct error *err)
{
    return bury(run, STATEMENT_LABEL_BURY, ":meeting", key, err) &&
           drop(run, STATEMENT_LABEL_DELETE, ":meeting", key, err) &&
           run_log(run, NOUN_LABEL, key, ROW_REMOVED, err);
}

/* Up to a batch of a persona's living meetings after a key. */
static bool next_keys(struct run *run, int64_t persona, int64_t after,
                      int64_t *keys, size_t room, size_t *count,
                      struct error *err)
{
    struct statement *statement =
        store_use(run->store, STATEMENT_MEETING_KEYS, err);
    bool row = true;

    *count = 0;
    if (!statement)
        return false;
    bind_int(statement, ":first", after + 1);
    bind_int(statement, ":last", last_meeting(persona));
    bind_int(statement, ":limit", (int64_t)room);
    while (row) {
        if (!statement_next(run->store, statement, &row, err))
            return false;
        if (row)
            keys[(*count)++] = column_int(statement, "meeting");
    }
    return true;
}

static bool remove_meetings(struct run *run, int64_t persona, struct error *err)
{
    enum { BATCH = 1024 };
    int64_t keys[BATCH];
    int64_t after = first_meeting(persona) - 1;
    size_t count;

    do {
        if (!next_keys(run, persona, after, keys, BATCH, &count, err))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (!remove_label(run, keys[i], err) ||
                !remove_meeting(run, keys[i], err))
                return false;
            after = keys[i];
        }
    } while (count);
    return true;
}

bool run_remove_persona(struct run *run, int64_t key, struct error *err)
{
    return remove_meetings(run, key, err) &&
           bury(run, STATEMENT_PERSONA_BURY, ":persona", key, err) &&
           drop(run, STATEMENT_PERSONA_DELETE, ":persona", key, err) &&
           run_log(run, NOUN_PERSONA, key, ROW_REMOVED, err);
}

/* ---- Labels ---- */

/* Whether there is a label, and whether it says the same. */
static bool compare_label(struct run *run, const struct stored_label *label,
                          bool *exists, bool *same, struct error *err)
{
    struct statement *statement = use_with_key(run, STATEMENT_LABEL_GET_HEAD,
                                               ":meeting", label->meeting, err);
    struct stored_label old;
    bool ok = true;

    *same = false;
    if (!statement || !statement_next(run->store, statement, exists, err))
        return false;
    if (*exists) {
        ok = label_from_row(statement, &old, err);
        *same = ok && stored_label_same(&old, label);
    }
    statement_end(statement);
    return ok;
}

static bool write_label(struct run *run, enum statement_id id,
                        const struct stored_label *label, struct error *err)
{
    struct statement *statement =
        use_with_key(run, id, ":meeting", label->meeting, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_int(statement, ":importance", label->importance);
    bind_int(statement, ":rsvp", label->rsvp);
    bind_int(statement, ":prep_minutes", label->prep_minutes);
    bind_bytes(statement, ":rules", label->rules, label->rules_length);
    return statement_run_one(run->store, statement, err);
}

/* A label's content is its values and the texts of its rules, not their
 * numbers. */
static bool hash_label(struct run *run, const struct stored_label *label,
                       struct error *err)
{
    struct hash *hash = &run->hashes[NOUN_LABEL];
    const unsigned char *at = label->rules;
    size_t left = label->rules_length;
    uint64_t code;

    if (!load_digests(run, meeting_persona(label->meeting), err))
        return false;
    hash_int(hash, label->importance);
    hash_int(hash, label->rsvp);
    hash_int(hash, label->prep_minutes);
    while (left) {
        size_t used = varint_get(at, left, &code);
        if (!used || code / 2 >= run->rules.count)
            return error_set(err, ERROR_BUG, "a label names an unknown rule");
        hash_int(hash, (int64_t)(code % 2));
        hash_raw(hash, run->rules.digests[code / 2], HASH_SIZE);
        at += used;
        left -= used;
    }
    return true;
}

bool run_put_label(struct run *run, const struct stored_label *label,
                   struct error *err)
{
    bool exists;
    bool same;

    if (!compare_label(run, label, &exists, &same, err))
        return false;
    if (same)
        return true;
    if (exists &&
        !bury(run, STATEMENT_LABEL_BURY, ":meeting", label->meeting, err))
        return false;
    return write_label(run,
                       exists ? STATEMENT_LABEL_UPDATE : STATEMENT_LABEL_INSERT,
                       label, err) &&
           run_log(run, NOUN_LABEL, label->meeting,
                   exists ? ROW_CHANGED : ROW_ADDED, err) &&
           hash_label(run, label, err);
}

bool run_set_labelling(struct run *run, int64_t persona,
                       const unsigned char rules_hash[HASH_SIZE], int engine,
                       struct error *err)
{
    struct statement *statement =
        use_with_key(run, STATEMENT_LABELLING_PUT, ":persona", persona, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_bytes(statement, ":rules_hash", rules_hash, HASH_SIZE);
    bind_int(statement, ":engine", engine);
    return statement_run(run->store, statement, err);
}
