/* Reading personas and the dictionary of their rules. */
#include "internal.h"

#include <string.h>

static bool read_persona(struct statement *statement, struct arena *arena,
                         void *row, struct error *err)
{
    struct stored_persona *persona = row;
    size_t length;
    const void *hash = column_bytes(statement, "rules_hash", &length);
    bool ok = length == HASH_SIZE;

    persona->key = column_int(statement, "persona");
    persona->since = column_int(statement, "since_version");
    persona->tier = column_small(statement, "tier", LAST_TIER, &ok);
    persona->validation = column_small(statement, "role", 1, &ok);
    if (!ok || !persona->tier)
        return error_set(err, ERROR_DATABASE,
                         "persona %lld has a damaged hash, tier or role",
                         (long long)persona->key);
    memcpy(persona->rules_hash, hash, HASH_SIZE);
    persona->id = arena_text(arena, column_text(statement, "id", NULL), err);
    persona->name =
        persona->id ? column_copy(statement, "name", arena, NULL, err) : NULL;
    persona->document = persona->name
                            ? column_copy(statement, "document", arena,
                                          &persona->document_length, err)
                            : NULL;
    return persona->document ||
           error_context(err, "persona %lld", (long long)persona->key);
}

bool persona_list_at(struct store *store, struct arena *arena, int64_t version,
                     struct stored_persona **personas, size_t *count,
                     struct error *err)
{
    struct statement *statement;
    int64_t head;

    if (!version_head(store, &head, err))
        return false;
    statement = store_use(store,
                          version >= head ? STATEMENT_PERSONA_LIST_HEAD
                                          : STATEMENT_PERSONA_LIST_AT,
                          err);
    if (statement && version < head)
        bind_int(statement, ":version", version);
    return statement_list(store, statement, arena, read_persona,
                          sizeof **personas, personas, count, err);
}

/* Reads the one row of a prepared look-up into the arena, if there is one. */
static bool read_one(struct store *store, struct statement *statement,
                     struct arena *arena, struct stored_persona **persona,
                     struct error *err)
{
    bool row;
    bool ok;

    *persona = NULL;
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return true;
    *persona = arena_zero(arena, 1, sizeof **persona, err);
    ok = *persona && read_persona(statement, arena, *persona, err);
    statement_end(statement);
    return ok;
}

bool persona_at_key(struct store *store, struct arena *arena, int64_t version,
                    int64_t key, struct stored_persona **persona,
                    struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_PERSONA_GET_HEAD, err);

    if (!statement)
        return false;
    bind_int(statement, ":persona", key);
    if (!read_one(store, statement, arena, persona, err))
        return false;
    if (*persona && (*persona)->since <= version)
        return true;
    statement = store_use(store, STATEMENT_PERSONA_GET_DEAD, err);
    if (!statement)
        return false;
    bind_int(statement, ":persona", key);
    bind_int(statement, ":version", version);
    if (!read_one(store, statement, arena, persona, err))
        return false;
    if (*persona && (*persona)->since > version)
        *persona = NULL;
    return true;
}

bool persona_key_of(struct store *store, const char *id, int64_t *key,
                    struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_PERSONA_KEY_GET, err);
    bool row;

    if (!statement)
        return false;
    bind_text(statement, ":id", id);
    if (!statement_next(store, statement, &row, err))
        return false;
    *key = row ? column_int(statement, "persona") : 0;
    statement_end(statement);
    return true;
}

bool persona_at(struct store *store, struct arena *arena, int64_t version,
                const char *id, struct stored_persona **persona,
                struct error *err)
{
    int64_t key;

    *persona = NULL;
    if (!persona_key_of(store, id, &key, err))
        return false;
    return !key || persona_at_key(store, arena, version, key, persona, err);
}

bool persona_id_of(struct store *store, struct arena *arena, int64_t key,
                   const char **id, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_PERSONA_KEY_ID, err);
    bool row;

    if (!statement)
        return false;
    bind_int(statement, ":persona", key);
    if (!statement_next(store, statement, &row, err))
        return false;
    if (!row)
        return error_set(err, ERROR_DATABASE, "there is no persona key %lld",
                         (long long)key);
    *id = arena_text(arena, column_text(statement, "id", NULL), err);
    statement_end(statement);
    return *id != NULL;
}

static bool read_id(struct statement *statement, struct arena *arena, void *row,
                    struct error *err)
{
    const char **id = row;

    *id = arena_text(arena, column_text(statement, "id", NULL), err);
    return *id != NULL;
}

bool persona_ids(struct store *store, struct arena *arena, const char ***ids,
                 size_t *count, struct error *err)
{
    struct statement *statement =
        store_use(store, STATEMENT_PERSONA_KEY_LIST, err);

    return statement_list(store, statement, arena, read_id, sizeof **ids, ids,
                          count, err);
}

static bool read_life(struct statement *statement, struct arena *arena,
                      void *row, struct error *err)
{
    struct persona_row *life = row;

    life->until = column_int(statement, "until_version");
    return read_persona(statement, arena, &life->persona, err);
}

bool persona_rows(struct store *store, struct arena *arena, int64_t key,
                  struct persona_row **rows, size_t *count, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_PERSONA_ROWS, err);

    if (statement)
        bind_int(statement, ":persona", key);
    return statement_list(store, statement, arena, read_life, sizeof **rows,
                          rows, count, err);
}

static bool read_rule(struct statement *statement, struct arena *arena,
                      void *row, struct error *err)
{
    struct stored_rule *rule = row;

    if (column_int(statement, "rule") != (int64_t)statement->rows - 1)
        return error_set(err, ERROR_DATABASE,
                         "the rules of a persona are not numbered in a row");
    rule->kind = (int)column_int(statement, "kind");
    rule->source =
        arena_text(arena, column_text(statement, "source", NULL), err);
    rule->name = arena_text(arena, column_text(statement, "name", NULL), err);
    return rule->source && rule->name;
}

bool rule_list(struct store *store, struct arena *arena, int64_t persona,
               struct stored_rule **rules, size_t *count, struct error *err)
{
    struct statement *statement = store_use(store, STATEMENT_RULE_LIST, err);

    if (statement)
        bind_int(statement, ":persona", persona);
    return statement_list(store, statement, arena, read_rule, sizeof **rules,
                          rules, count, err);
}
