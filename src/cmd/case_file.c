/* A meeting with its label, the rules that made it, and where they found their
 * words. */
#include "case_file.h"

#include <string.h>

/* ---- The rows ---- */

static bool find_rows(struct arena *arena, struct store *store, int64_t key,
                      const char *id, struct case_file *file, struct error *err)
{
    bool found;
    bool labelled;

    if (!meeting_at(store, arena, file->version, key, &file->meeting, &found,
                    err))
        return false;
    if (!found) {
        error_set(err, ERROR_INPUT, "the meeting \"%.200s\" is not in v%lld",
                  id, (long long)file->version);
        return error_hint(err, "`datebook history` says when it was there");
    }
    if (!label_at(store, arena, file->version, key, &file->stored, &labelled,
                  err) ||
        !persona_at_key(store, arena, file->version, meeting_persona(key),
                        &file->current, err))
        return false;
    if (labelled && file->current)
        return true;
    return error_set(err, ERROR_DATABASE,
                     "the meeting \"%.200s\" has no label or no persona", id);
}

static bool find_facts(struct arena *arena, struct store *store,
                       struct case_file *file, struct error *err)
{
    struct stored_fact fact;
    bool found;

    if (!fact_at(store, arena, file->version, file->meeting.key, &fact, &found,
                 err))
        return false;
    if (!found)
        return error_set(err, ERROR_DATABASE,
                         "the meeting \"%.200s\" has no facts",
                         file->meeting.id);
    file->facts = fact.facts;
    return dataset_labels_are_fresh(store, file->version, file->current,
                                    &file->fresh, err);
}

static bool spell_stored(struct arena *arena, struct store *store,
                         struct case_file *file, struct error *err)
{
    struct stored_rule *rules;
    size_t count;

    return version_get(store, arena, file->stored.since, &file->made, err) &&
           rule_list(store, arena, file->current->key, &rules, &count, err) &&
           label_rules(arena, &file->stored, rules, count, &file->fired,
                       &file->fired_count, err) &&
           label_reasoning(&file->stored, rules, count, &file->reasoning, err);
}

/* ---- Whose rules made the label ---- */

static bool same_rule(const struct persona_rule *rule,
                      const struct stored_rule *stored)
{
    return (int)rule->kind == stored->kind &&
           !strcmp(rule->source, stored->source);
}

/* Whether the rules at hand give the stored label, by the same rules. */
static bool gives_stored(const struct case_file *file)
{
    const struct persona *persona = oracle_persona(file->oracle);
    const struct label *label = &file->label;

    if ((int)label->importance != file->stored.importance ||
        (int)label->rsvp != file->stored.rsvp ||
        label->prep_minutes != file->stored.prep_minutes ||
        label->fired_count != file->fired_count)
        return false;
    for (size_t i = 0; i < label->fired_count; i++)
        if (label->fired[i].decided != file->fired[i].decided ||
            !same_rule(&persona->rules[label->fired[i].rule],
                       file->fired[i].rule))
            return false;
    return true;
}

/* Asks the rules of a document, in place of those asked before. */
static bool ask(struct arena *arena, struct case_file *file,
                const struct stored_persona *persona, struct error *err)
{
    oracle_close(file->oracle);
    file->persona = persona;
    file->oracle = oracle_open(arena, persona, err);
    if (!file->oracle || !ruleset_label(oracle_rules(file->oracle),
                                        &file->facts, &file->label, err))
        return false;
    file->agrees = file->from_text || gives_stored(file);
    return true;
}

/* The documents that may have made the label: the one in force when it was
 * made, then older ones.  A label that a restore brought back stale is older
 * than the document beside it.  Later ones come last: they confirmed it. */
static bool ask_makers(struct arena *arena, struct store *store,
                       struct case_file *file, struct error *err)
{
    struct persona_row *rows;
    const struct stored_persona *in_force = NULL;
    size_t older = 0;
    size_t count;

    file->agrees = false;
    if (!persona_rows(store, arena, file->current->key, &rows, &count, err))
        return false;
    while (older < count && rows[older].persona.since <= file->stored.since)
        older++;
    if (older &&
        (!rows[older - 1].until || rows[older - 1].until > file->stored.since))
        in_force = &rows[older - 1].persona;
    for (size_t i = older; i-- > 0 && !file->agrees;)
        if (!ask(arena, file, &rows[i].persona, err))
            return false;
    for (size_t i = older;
         i < count && !file->agrees && rows[i].persona.since <= file->version;
         i++)
        if (!ask(arena, file, &rows[i].persona, err))
            return false;
    file->maker = file->agrees ? file->persona : in_force;
    return true;
}

/* Labels that are fresh are explained by the document of the version, others by
 * that which made them; if nobody knows that, by the next best. */
static bool ask_rules(struct arena *arena, struct store *store,
                      struct case_file *file, struct error *err)
{
    if (!ask_makers(arena, store, file, err))
        return false;
    if (file->fresh && !ask(arena, file, file->current, err))
        return false;
    if (file->agrees)
        return true;
    return ask(arena, file, file->maker ? file->maker : file->current, err);
}

/* ---- The rules that fired ---- */

static bool cite(struct arena *arena, struct cited *cited, size_t rule,
                 enum rule_kind kind, const char *name, bool decided,
                 const struct persona *persona, struct error *err)
{
    struct buf reason = BUF_EMPTY;

    rules_reason(kind, name, &reason);
    *cited = (struct cited){
        .reason = arena_text(arena, buf_string(&reason), err),
        .name = arena_text(arena, name, err),
        .field = rule == (size_t)NO_RULE ? rule_kind_field(kind)
                                         : persona->rules[rule].field,
        .kind = kind,
        .rule = rule,
        .decided = decided};
    if (!buf_ok(&reason, err))
        cited->reason = NULL;
    buf_free(&reason);
    return cited->reason && cited->name;
}

static size_t rule_in(const struct persona *persona,
                      const struct stored_rule *stored)
{
    for (size_t i = 0; i < persona->rule_count; i++)
        if (same_rule(&persona->rules[i], stored))
            return i;
    return (size_t)NO_RULE;
}

/* Those of the stored label; of a text, those of its new one. */
static bool cite_rules(struct arena *arena, struct case_file *file,
                       struct error *err)
{
    const struct persona *persona = oracle_persona(file->oracle);
    struct ruleset *rules = oracle_rules(file->oracle);
    size_t count =
        file->from_text ? file->label.fired_count : file->fired_count;

    file->cited = arena_zero(arena, count, sizeof *file->cited, err);
    file->cited_count = count;
    if (!file->cited ||
        !ruleset_matches(rules, &file->facts, arena, &file->matches,
                         &file->match_count, err) ||
        !ruleset_label(rules, &file->facts, &file->label, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct label_rule *stored = &file->fired[i];
        const struct fired_rule *fired = &file->label.fired[i];
        if (!(file->from_text
                  ? cite(arena, &file->cited[i], fired->rule,
                         persona->rules[fired->rule].kind,
                         ruleset_name(rules, fired->rule), fired->decided,
                         persona, err)
                  : cite(arena, &file->cited[i], rule_in(persona, stored->rule),
                         (enum rule_kind)stored->rule->kind, stored->rule->name,
                         stored->decided, persona, err)))
            return false;
    }
    return true;
}

bool case_find(struct arena *arena, struct store *store, int64_t version,
               int64_t key, const char *id, struct case_file *file,
               struct error *err)
{
    int64_t head;

    *file = (struct case_file){.version = version};
    if (!version_head(store, &head, err))
        return false;
    file->newest = version == head;
    return find_rows(arena, store, key, id, file, err) &&
           find_facts(arena, store, file, err) &&
           spell_stored(arena, store, file, err) &&
           ask_rules(arena, store, file, err) && cite_rules(arena, file, err);
}

bool case_judge_text(struct arena *arena, struct case_file *file,
                     struct error *err)
{
    file->from_text = true;
    file->fresh = true;
    if (!ask(arena, file, file->current, err) || !cite_rules(arena, file, err))
        return false;
    file->stored.importance = (int)file->label.importance;
    file->stored.rsvp = (int)file->label.rsvp;
    file->stored.prep_minutes = file->label.prep_minutes;
    ruleset_reasoning(oracle_rules(file->oracle), &file->label,
                      &file->reasoning);
    return buf_ok(&file->reasoning, err);
}

void case_close(struct case_file *file)
{
    oracle_close(file->oracle);
    buf_free(&file->reasoning);
}
