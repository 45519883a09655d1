/* Bringing an old state back, forward: what differs between a version and HEAD
 * is found in the change log and written as one more version. */
#include "internal.h"

#include "datebook/move.h"
#include "datebook/stored_record.h"

#include <string.h>

struct restoration {
    struct run *run;
    struct store *store;
    int64_t version; /* that comes back */
    int64_t head;
    int64_t persona; /* 0: all */
    const struct monitor *monitor;
    int64_t done;
    struct arena scratch; /* of the row at hand */
};

static bool restore_persona(struct restoration *work, int64_t key,
                            struct error *err)
{
    struct stored_persona *old;
    struct stored_persona *now;

    if (!persona_at_key(work->store, &work->scratch, work->version, key, &old,
                        err) ||
        !persona_at_key(work->store, &work->scratch, work->head, key, &now,
                        err))
        return false;
    if (old)
        return run_put_persona(work->run, old, err);
    return !now || run_drop_persona(work->run, key, err);
}

static bool restore_meeting(struct restoration *work, int64_t key,
                            struct error *err)
{
    struct stored_meeting old;
    struct stored_meeting now;
    struct stored_fact fact;
    bool had;
    bool has;

    if (!meeting_at(work->store, &work->scratch, work->version, key, &old, &had,
                    err) ||
        !meeting_at(work->store, &work->scratch, work->head, key, &now, &has,
                    err))
        return false;
    if (!had)
        return !has || run_remove_meeting(work->run, key, err);
    if (has && old.since == now.since)
        return true;
    if (!fact_at(work->store, &work->scratch, work->version, key, &fact, &had,
                 err))
        return false;
    if (!had)
        return error_set(err, ERROR_DATABASE,
                         "a meeting without its facts (key %lld)",
                         (long long)key);
    return run_put_meeting(work->run, &old, &fact.facts, err);
}

static bool restore_label(struct restoration *work, int64_t key,
                          struct error *err)
{
    struct stored_label old;
    struct stored_label now;
    bool had;
    bool has;

    if (!label_at(work->store, &work->scratch, work->version, key, &old, &had,
                  err) ||
        !label_at(work->store, &work->scratch, work->head, key, &now, &has,
                  err))
        return false;
    if (had)
        return run_put_label(work->run, &old, err);
    return !has || run_remove_label(work->run, key, err);
}

static bool restore_record(struct restoration *work, enum noun noun,
                           int64_t key, struct error *err)
{
    struct stored_record *old;
    struct stored_record *now;

    if (!record_at_key(work->store, &work->scratch, noun, work->version, key,
                       &old, err) ||
        !record_at_key(work->store, &work->scratch, noun, work->head, key, &now,
                       err))
        return false;
    if (old)
        return run_put_record(work->run, noun, old, err);
    return !now || run_remove_record(work->run, noun, now->name, err);
}

static bool restore_split(struct restoration *work, int64_t key,
                          struct error *err)
{
    return restore_record(work, NOUN_SPLIT, key, err);
}

static bool restore_review(struct restoration *work, int64_t key,
                           struct error *err)
{
    return restore_record(work, NOUN_REVIEW, key, err);
}

/* Whether a key belongs to what is restored.  Records are of no persona. */
static bool is_wanted(const struct restoration *work, enum noun noun,
                      int64_t key)
{
    if (!work->persona)
        return true;
    return !noun_is_record(noun) &&
           work->persona == (noun == NOUN_PERSONA ? key : meeting_persona(key));
}

static bool restore_noun(struct restoration *work, enum noun noun,
                         struct error *err)
{
    static bool (*const restore[NOUNS])(struct restoration *, int64_t,
                                        struct error *) = {
        restore_persona, restore_meeting, restore_label, restore_split,
        restore_review};
    struct cursor *cursor =
        change_scan(work->store, noun, work->version, work->head, err);
    int64_t key;
    bool more = true;
    bool ok = cursor != NULL;

    while (ok && more) {
        arena_reset(&work->scratch);
        ok = change_next(cursor, &key, &more, err) &&
             (!more || !is_wanted(work, noun, key) ||
              restore[noun](work, key, err)) &&
             monitor_tick(work->monitor, "rows", ++work->done, 0, err);
    }
    cursor_close(cursor);
    return ok;
}

/* ---- How fresh the labels are ---- */

/* Nothing known is written as the rules of nothing: what is known now must not
 * stay. */
static bool labelling_as_of(struct store *store, int64_t version,
                            int64_t persona, struct labelling *labelling,
                            struct error *err)
{
    bool found;

    memset(labelling, 0, sizeof *labelling);
    if (!labelling_at(store, version, persona, labelling, &found, err))
        return false;
    if (!found)
        memset(labelling, 0, sizeof *labelling);
    return true;
}

static bool restore_labelling(struct restoration *work, int64_t persona,
                              struct error *err)
{
    struct labelling old;
    struct labelling now;

    if (!labelling_as_of(work->store, work->version, persona, &old, err) ||
        !labelling_as_of(work->store, work->head, persona, &now, err))
        return false;
    if (old.engine == now.engine &&
        !memcmp(old.rules_hash, now.rules_hash, HASH_SIZE))
        return true;
    return run_set_labelling(work->run, persona, old.rules_hash, old.engine,
                             err);
}

static bool restore_labellings(struct restoration *work, struct error *err)
{
    struct stored_persona *personas;
    size_t count;

    arena_reset(&work->scratch);
    if (!persona_list_at(work->store, &work->scratch, work->version, &personas,
                         &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_wanted(work, NOUN_PERSONA, personas[i].key) &&
            !restore_labelling(work, personas[i].key, err))
            return false;
    return true;
}

/* ---- The whole ---- */

static bool anything_changed(const struct run *run)
{
    for (int noun = 0; noun < NOUNS; noun++) {
        struct noun_counts counts = run_counts(run, (enum noun)noun);
        if (counts.added || counts.changed || counts.removed)
            return true;
    }
    return false;
}

bool dataset_restore(struct run *run, struct store *store, int64_t version,
                     int64_t persona, const struct monitor *monitor,
                     struct error *err)
{
    struct restoration work = {.run = run,
                               .store = store,
                               .version = version,
                               .head = run_version(run) - 1,
                               .persona = persona,
                               .monitor = monitor};
    bool ok = true;

    for (int noun = 0; ok && version != work.head && noun < NOUNS; noun++)
        ok = restore_noun(&work, (enum noun)noun, err);
    /* Without a new version a note about labels would change what is known of
     * HEAD. */
    if (ok && anything_changed(run))
        ok = restore_labellings(&work, err);
    arena_free(&work.scratch);
    return ok;
}

bool dataset_restore_check(const struct run *run, struct store *store,
                           struct arena *arena, int64_t version,
                           struct error *err)
{
    struct version old;
    struct version new;

    if (!version_get(store, arena, version, &old, err) ||
        !version_get(store, arena, run_version(run), &new, err))
        return false;
    if (!memcmp(old.content, new.content, HASH_SIZE))
        return true;
    return error_set(err, ERROR_BUG,
                     "version %lld could not be restored: what came back has "
                     "another content hash",
                     (long long)version);
}
