/* Labelling again what an edited persona or a newer engine made stale. */
#include "internal.h"

/* Every meeting of a persona through its oracle; only labels that differ are
 * put.  Reads extracted facts, never documents. */
static bool label_meetings(struct run *run, struct store *store,
                           struct oracle *oracle, int64_t persona,
                           const struct monitor *monitor, int64_t *checked,
                           struct error *err)
{
    struct cursor *cursor = relabel_scan(store, persona, err);
    struct stored_fact fact;
    struct stored_label old;
    struct stored_label label;
    bool labelled;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        ok = relabel_next(cursor, &fact, &old, &labelled, &more, err);
        if (!ok || !more)
            break;
        ok = oracle_label(oracle, &fact.facts, fact.key, &label, err) &&
             ((labelled && stored_label_same(&old, &label)) ||
              run_put_label(run, &label, err)) &&
             monitor_tick(monitor, "labels", ++*checked, 0, err);
    }
    cursor_close(cursor);
    return ok;
}

static bool relabel_persona(struct run *run, struct store *store,
                            struct arena *arena,
                            const struct stored_persona *persona,
                            const struct monitor *monitor, int64_t *checked,
                            struct error *err)
{
    struct oracle *oracle = oracle_open(arena, persona, err);
    bool ok =
        oracle && oracle_number_rules(oracle, run, err) &&
        label_meetings(run, store, oracle, persona->key, monitor, checked, err);

    oracle_close(oracle);
    return ok && run_set_labelling(run, persona->key, persona->rules_hash,
                                   RULES_ENGINE, err);
}

bool dataset_relabel(struct run *run, struct store *store, struct arena *arena,
                     const struct stored_persona *personas, size_t count,
                     const struct monitor *monitor,
                     struct relabel_result *result, struct error *err)
{
    struct stored_persona *sorted =
        personas_by_key(arena, personas, count, err);
    bool fresh;

    *result = (struct relabel_result){0, 0};
    if (!sorted)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (i && sorted[i].key == sorted[i - 1].key)
            continue; /* named twice */
        if (!dataset_labels_are_fresh(store, run_version(run) - 1, &sorted[i],
                                      &fresh, err))
            return false;
        if (fresh)
            continue;
        result->stale++;
        if (!relabel_persona(run, store, arena, &sorted[i], monitor,
                             &result->checked, err))
            return false;
    }
    return true;
}
