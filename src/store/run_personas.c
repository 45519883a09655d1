/* Writing personas in a run, with what is kept for them: the numbers of their
 * rules, their generator streams, and which rules their labels agree with. */
#include "run_internal.h"

#include "datebook/journal.h"
#include "datebook/list.h"

#include <string.h>

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
    struct statement *statement =
        run_use(run, STATEMENT_PERSONA_INSERT, ":persona", persona->key, err);

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

/* Takes a persona's row into the content, or out of it. */
static bool count_persona(struct run *run, const struct stored_persona *persona,
                          bool comes, struct error *err)
{
    unsigned char digest[HASH_SIZE];

    content_of_persona(persona, digest);
    return content_count(run->store, &run->content, persona->key, NOUN_PERSONA,
                         comes, digest, err);
}

static bool same_persona(const struct stored_persona *one,
                         const struct stored_persona *other)
{
    unsigned char digests[2][HASH_SIZE];

    content_of_persona(one, digests[0]);
    content_of_persona(other, digests[1]);
    return !memcmp(digests[0], digests[1], HASH_SIZE);
}

static bool bury_persona(struct run *run, const struct stored_persona *old,
                         struct error *err)
{
    return run_bury(run, STATEMENT_PERSONA_BURY, ":persona", old->key, err) &&
           run_drop(run, STATEMENT_PERSONA_DELETE, ":persona", old->key, err) &&
           count_persona(run, old, false, err);
}

bool run_put_persona(struct run *run, const struct stored_persona *persona,
                     struct error *err)
{
    struct stored_persona *old;

    arena_reset(&run->scratch);
    if (!persona_at_key(run->store, &run->scratch, run->version, persona->key,
                        &old, err))
        return false;
    if (old && same_persona(old, persona))
        return true;
    if (old && !bury_persona(run, old, err))
        return false;
    return insert_persona(run, persona, err) &&
           count_persona(run, persona, true, err) &&
           run_log(run, NOUN_PERSONA, persona->key,
                   old ? ROW_CHANGED : ROW_ADDED, err);
}

bool run_drop_persona(struct run *run, int64_t key, struct error *err)
{
    struct stored_persona *old;

    arena_reset(&run->scratch);
    if (!persona_at_key(run->store, &run->scratch, run->version, key, &old,
                        err))
        return false;
    if (!old)
        return error_set(err, ERROR_BUG, "there is no persona key %lld",
                         (long long)key);
    return bury_persona(run, old, err) &&
           run_log(run, NOUN_PERSONA, key, ROW_REMOVED, err);
}

/* ---- Rules and batches ---- */

static bool same_rule(const struct stored_rule *one,
                      const struct stored_rule *other)
{
    return one->kind == other->kind && !strcmp(one->source, other->source);
}

/* A persona's rules ask one after the other: they are read once. */
static bool take_rules(struct run *run, int64_t persona, struct error *err)
{
    if (run->numbered.persona == persona)
        return true;
    run->numbered.persona = 0;
    arena_reset(&run->numbered.memory);
    if (!rule_list(run->store, &run->numbered.memory, persona,
                   &run->numbered.rules, &run->numbered.count, err))
        return false;
    run->numbered.persona = persona;
    return true;
}

static bool keep_rule(struct run *run, const struct stored_rule *rule,
                      struct error *err)
{
    struct arena *memory = &run->numbered.memory;
    struct stored_rule kept = {.kind = rule->kind,
                               .source = arena_text(memory, rule->source, err),
                               .name = arena_text(memory, rule->name, err)};

    if (!kept.source || !kept.name ||
        !list_grow(memory, &run->numbered.rules, run->numbered.count,
                   sizeof kept, err))
        return false;
    run->numbered.rules[run->numbered.count++] = kept;
    return true;
}

bool run_rule_number(struct run *run, int64_t persona,
                     const struct stored_rule *rule, int64_t *number,
                     struct error *err)
{
    struct statement *statement;

    if (!take_rules(run, persona, err))
        return false;
    for (*number = 0; *number < (int64_t)run->numbered.count; (*number)++)
        if (same_rule(&run->numbered.rules[*number], rule))
            return true;
    run->persona.key = 0;
    if (!keep_rule(run, rule, err))
        return false;
    statement = run_use(run, STATEMENT_RULE_INSERT, ":persona", persona, err);
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
    return journal_next_batch(run->store, persona, seed, batch, err);
}

bool run_raise_batch(struct run *run, int64_t persona, uint64_t seed,
                     uint64_t batches, struct error *err)
{
    struct statement *statement =
        run_use(run, STATEMENT_BATCH_RAISE, ":persona", persona, err);

    if (!statement)
        return false;
    bind_int(statement, ":seed", (int64_t)seed);
    bind_int(statement, ":batches", (int64_t)batches);
    return statement_run(run->store, statement, err);
}

/* ---- What labels agree with ---- */

bool run_set_labelling(struct run *run, int64_t persona,
                       const unsigned char rules_hash[HASH_SIZE], int engine,
                       struct error *err)
{
    struct statement *statement =
        run_use(run, STATEMENT_LABELLING_PUT, ":persona", persona, err);

    if (!statement)
        return false;
    bind_int(statement, ":version", run->version);
    bind_bytes(statement, ":rules_hash", rules_hash, HASH_SIZE);
    bind_int(statement, ":engine", engine);
    return statement_run(run->store, statement, err);
}
