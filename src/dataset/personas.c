/* Personas on their way from a file into a version. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

bool dataset_read_persona(struct arena *arena, const char *path,
                          struct persona *persona, struct error *err)
{
    const size_t limit = 4u << 20;
    size_t length = 0;
    char *text = file_read(arena, path, limit, &length, err);

    return text && persona_parse(arena, text, length, path, persona, err);
}

static bool rules_compile(const struct persona *persona, struct error *err)
{
    struct ruleset *rules = ruleset_compile(persona, err);

    ruleset_free(rules);
    return rules != NULL;
}

/* What differs between the stored document and the new one. */
static bool compare(struct arena *arena, const struct stored_persona *old,
                    const struct persona *persona, struct put_result *result,
                    struct error *err)
{
    const cJSON *tree =
        json_parse(arena, old->document, old->document_length, old->id, err);

    if (!tree)
        return error_context(err, "the stored persona");
    if (!persona_changes(arena, tree, persona->tree, &result->changes,
                         &result->change_count, err))
        return false;
    result->outcome = result->change_count ? PUT_CHANGED : PUT_UNCHANGED;
    return true;
}

bool dataset_put_persona(struct run *run, struct store *store,
                         struct arena *arena, const struct persona *persona,
                         struct put_result *result, struct error *err)
{
    struct stored_persona row = {.id = persona->id,
                                 .name = persona->name,
                                 .tier = persona->tier,
                                 .validation =
                                     persona->role == PERSONA_VALIDATION,
                                 .document = persona->document,
                                 .document_length = persona->document_length};
    struct stored_persona *old;

    *result = (struct put_result){.outcome = PUT_ADDED};
    if (!rules_compile(persona, err) ||
        !run_persona_key(run, persona->id, &row.key, err) ||
        !persona_at_key(store, arena, run_version(run), row.key, &old, err))
        return false;
    result->key = row.key;
    if (old && !compare(arena, old, persona, result, err))
        return false;
    if (result->outcome == PUT_UNCHANGED)
        return true;
    persona_rules_hash(persona, row.rules_hash);
    return run_put_persona(run, &row, err);
}

bool dataset_labels_are_fresh(struct store *store, int64_t version,
                              const struct stored_persona *persona, bool *fresh,
                              struct error *err)
{
    struct scan scan = {.version = version, .persona = persona->key};
    struct stored_label label;
    struct cursor *cursor;
    bool any;
    bool ok;

    if (!labelling_is_fresh(store, version, persona->key, persona->rules_hash,
                            RULES_ENGINE, fresh, err))
        return false;
    if (*fresh)
        return true;
    cursor = label_scan(store, &scan, err);
    ok = cursor && label_next(cursor, &label, &any, err);
    cursor_close(cursor);
    *fresh = ok && !any;
    return ok;
}

bool dataset_stale(struct store *store, struct arena *arena, int64_t version,
                   const struct stored_persona *personas, size_t count,
                   struct staleness *staleness, struct error *err)
{
    *staleness = (struct staleness){NULL, 0, 0};
    staleness->stale = arena_zero(arena, count, sizeof(bool), err);
    if (!staleness->stale)
        return false;
    for (size_t i = 0; i < count; i++) {
        int64_t labels;
        bool fresh;
        if (!dataset_labels_are_fresh(store, version, &personas[i], &fresh,
                                      err))
            return false;
        if (fresh)
            continue;
        if (!label_count_at(store, version, personas[i].key, &labels, err))
            return false;
        staleness->stale[i] = true;
        staleness->personas++;
        staleness->labels += labels;
    }
    return true;
}

static int by_key(const void *one, const void *other)
{
    int64_t a = ((const struct stored_persona *)one)->key;
    int64_t b = ((const struct stored_persona *)other)->key;

    return (a > b) - (a < b);
}

struct stored_persona *personas_by_key(struct arena *arena,
                                       const struct stored_persona *personas,
                                       size_t count, struct error *err)
{
    struct stored_persona *sorted =
        arena_zero(arena, count, sizeof *sorted, err);

    if (sorted && count) {
        memcpy(sorted, personas, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, by_key);
    }
    return sorted;
}

bool dataset_remove_personas(struct run *run, struct arena *arena,
                             const struct stored_persona *personas,
                             size_t count, struct error *err)
{
    struct stored_persona *sorted =
        personas_by_key(arena, personas, count, err);

    if (!sorted)
        return false;
    for (size_t i = 0; i < count; i++)
        if ((!i || sorted[i].key != sorted[i - 1].key) &&
            !run_remove_persona(run, sorted[i].key, err))
            return false;
    return true;
}
