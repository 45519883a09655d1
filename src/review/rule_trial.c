/* The labels of a persona without one of its rules, for several rules in one
 * pass.  Which rules fire does not depend on the others, so each meeting is
 * read once, and decided again without each rule that fired there. */
#include "rule_trial.h"

#include <string.h>

enum { NONE = -1 };

/* A rule on trial. */
struct candidate {
    struct judged_rule *judged;
    bool *left_out; /* of the rules of the document */
    bool is_there;  /* in the document */
    bool fired;     /* on the meeting at hand */
    bool decided;   /* the stored label of it */
};

struct trial {
    struct arena arena;
    struct oracle *oracle;
    const struct judged_persona *persona;
    struct candidate *candidates;
    size_t count;
    int *of_stored;   /* the candidate of a stored rule; NONE */
    int *of_document; /* and of a rule of the document */
};

bool rules_read_same(const struct stored_rule *one,
                     const struct stored_rule *other)
{
    return one->kind == other->kind && !strcmp(one->name, other->name);
}

/* ---- Before the pass ---- */

static int find_candidate(const struct trial *trial,
                          const struct stored_rule *rule)
{
    for (size_t i = 0; i < trial->count; i++)
        if (rules_read_same(trial->candidates[i].judged->rule, rule))
            return (int)i;
    return NONE;
}

static bool map_document(struct trial *trial, struct error *err)
{
    const struct persona *document = oracle_persona(trial->oracle);
    size_t count = document->rule_count;

    trial->of_document =
        arena_alloc(&trial->arena, count * sizeof *trial->of_document, err);
    if (!trial->of_document)
        return false;
    for (size_t i = 0; i < trial->count; i++) {
        bool **left_out = &trial->candidates[i].left_out;
        *left_out = arena_zero(&trial->arena, count, sizeof **left_out, err);
        if (!*left_out)
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct stored_rule rule = {
            .kind = (int)document->rules[i].kind,
            .name = ruleset_name(oracle_rules(trial->oracle), i)};
        int at = find_candidate(trial, &rule);
        trial->of_document[i] = at;
        if (at == NONE)
            continue;
        trial->candidates[at].left_out[i] = true;
        trial->candidates[at].is_there = true;
    }
    return true;
}

static bool map_stored(struct trial *trial, struct error *err)
{
    const struct judged_persona *persona = trial->persona;

    trial->of_stored = arena_alloc(
        &trial->arena, persona->rule_count * sizeof *trial->of_stored, err);
    for (size_t i = 0; trial->of_stored && i < persona->rule_count; i++)
        trial->of_stored[i] = find_candidate(trial, &persona->rules[i]);
    return trial->of_stored;
}

static bool prepare(struct trial *trial, struct store *store, int64_t version,
                    struct judged_rule *const *rules, size_t count,
                    struct error *err)
{
    struct stored_persona *stored;

    trial->persona = rules[0]->persona;
    trial->count = count;
    trial->candidates =
        arena_zero(&trial->arena, count, sizeof *trial->candidates, err);
    if (!trial->candidates ||
        !persona_at_key(store, &trial->arena, version, trial->persona->key,
                        &stored, err))
        return false;
    if (!stored)
        return error_set(err, ERROR_DATABASE,
                         "the persona %s has labels and is not there",
                         trial->persona->id);
    for (size_t i = 0; i < count; i++)
        trial->candidates[i].judged = rules[i];
    trial->oracle = oracle_open(&trial->arena, stored, err);
    return trial->oracle && map_document(trial, err) && map_stored(trial, err);
}

/* ---- One meeting ---- */

static bool read_label(struct trial *trial, const struct stored_label *label,
                       struct error *err)
{
    const struct judged_persona *persona = trial->persona;
    size_t at = 0;

    while (at < label->rules_length) {
        size_t number = 0;
        bool decided = false;
        if (!label_next_rule(label, persona->rules, persona->rule_count, &at,
                             &number, &decided, err))
            return false;
        if (decided && trial->of_stored[number] != NONE)
            trial->candidates[trial->of_stored[number]].decided = true;
    }
    return true;
}

static bool differs(const struct label *made, const struct stored_label *label)
{
    return (int)made->importance != label->importance ||
           made->prep_minutes != label->prep_minutes ||
           (int)made->rsvp != label->rsvp;
}

static void count_label(struct trial *trial, const struct label *made,
                        const struct stored_label *label)
{
    bool changes = differs(made, label);

    for (size_t i = 0; i < trial->count; i++) {
        struct candidate *candidate = &trial->candidates[i];
        struct reviewed_rule *result = &candidate->judged->result;
        struct label without = *made;
        bool other = changes;
        if (candidate->fired) {
            ruleset_without(oracle_rules(trial->oracle), made,
                            candidate->left_out, &without);
            other = differs(&without, label);
        }
        result->persona_labels++;
        result->labels += candidate->decided;
        result->would_change += candidate->is_there && other;
        candidate->fired = candidate->decided = false;
    }
}

static bool try_meeting(struct trial *trial, const struct stored_fact *fact,
                        const struct stored_label *label, struct error *err)
{
    struct label made;

    if (!read_label(trial, label, err) ||
        !ruleset_label(oracle_rules(trial->oracle), &fact->facts, &made, err))
        return false;
    for (size_t i = 0; i < made.fired_count; i++) {
        int at = trial->of_document[made.fired[i].rule];
        if (at != NONE)
            trial->candidates[at].fired = true;
    }
    count_label(trial, &made, label);
    return true;
}

/* ---- The pass ---- */

/* Facts and labels in step: both come in order of key. */
static bool try_all(struct trial *trial, struct cursor *facts,
                    struct cursor *labels, const struct monitor *monitor,
                    int64_t *done, struct error *err)
{
    struct stored_fact fact = {.key = 0};
    struct stored_label label = {.rules = (const unsigned char *)""};
    bool more = true;

    for (;;) {
        if (!label_next(labels, &label, &more, err))
            return false;
        if (!more)
            return true;
        while (more && fact.key < label.meeting)
            if (!fact_next(facts, &fact, &more, err))
                return false;
        if (!more || fact.key != label.meeting)
            return error_set(err, ERROR_DATABASE, "meeting %lld has no facts",
                             (long long)label.meeting);
        if (!try_meeting(trial, &fact, &label, err) ||
            !monitor_tick(monitor, "labels", ++*done, 0, err))
            return false;
    }
}

bool rule_trial(struct store *store, int64_t version,
                struct judged_rule *const *rules, size_t count,
                const struct monitor *monitor, int64_t *done, struct error *err)
{
    struct trial trial = {.arena = ARENA_EMPTY};
    struct scan scan = {.version = version, .persona = rules[0]->persona->key};
    struct cursor *facts = NULL;
    struct cursor *labels = NULL;
    bool ok = prepare(&trial, store, version, rules, count, err) &&
              (facts = fact_scan(store, &scan, err)) &&
              (labels = label_scan(store, &scan, err)) &&
              try_all(&trial, facts, labels, monitor, done, err);

    for (size_t i = 0; ok && i < count; i++)
        if (!trial.candidates[i].is_there)
            rules[i]->result.would_change = -1;
    cursor_close(facts);
    cursor_close(labels);
    oracle_close(trial.oracle);
    arena_free(&trial.arena);
    return ok;
}
