/* Which meetings are preferred: by the rules that fired, as the label has
 * them.  Nothing is labelled again. */
#include "sample.h"

#include "datebook/dataset.h"
#include "datebook/rules.h"

#include <string.h>

/* ---- New rules ---- */

/* The row that a persona had before its rules last became what they are in a
 * version; NULL when they never changed, or when that is not known any more. */
static const struct stored_persona *row_before(const struct persona_row *rows,
                                               size_t count, int64_t version)
{
    size_t at = 0;

    while (at + 1 < count && rows[at + 1].persona.since <= version)
        at++;
    for (size_t i = at; count && i; i--)
        if (memcmp(rows[i - 1].persona.rules_hash, rows[at].persona.rules_hash,
                   HASH_SIZE) != 0)
            return &rows[i - 1].persona;
    return NULL;
}

static bool has_rule(const struct persona *persona,
                     const struct stored_rule *rule)
{
    for (size_t i = 0; i < persona->rule_count; i++)
        if ((int)persona->rules[i].kind == rule->kind &&
            !strcmp(persona->rules[i].source, rule->source))
            return true;
    return false;
}

static bool find_new(struct preference *preference, struct store *store,
                     struct arena *arena, int64_t version,
                     const struct stored_persona *stored, struct error *err)
{
    const struct stored_persona *before;
    struct persona_row *rows;
    struct persona persona;
    size_t count;

    if (!persona_rows(store, arena, stored->key, &rows, &count, err))
        return false;
    before = row_before(rows, count, version);
    if (!before)
        return true;
    if (!persona_parse(arena, before->document, before->document_length,
                       before->id, &persona, err))
        return false;
    for (size_t i = 0; i < preference->rule_count; i++)
        preference->is_new[i] = !has_rule(&persona, &preference->rules[i]);
    return true;
}

bool preference_open(struct preference *preference, struct store *store,
                     struct arena *arena, int64_t version,
                     const struct stored_persona *persona, struct error *err)
{
    if (preference->prefer == PREFER_NONE)
        return true;
    if (!rule_list(store, arena, persona->key, &preference->rules,
                   &preference->rule_count, err))
        return false;
    preference->is_new = arena_zero(arena, preference->rule_count,
                                    sizeof *preference->is_new, err);
    return preference->is_new &&
           (preference->prefer != PREFER_NEW_RULES ||
            find_new(preference, store, arena, version, persona, err));
}

/* ---- One label ---- */

/* Rules of more than one level fired.  A priority is of the level that it lifts
 * to, but does not contradict a higher one. */
static bool conflicts(const size_t fired[RULE_KINDS])
{
    int levels = 0;

    for (int kind = RULE_ALWAYS_IMPORTANT; kind <= RULE_RARELY_IMPORTANT;
         kind++)
        levels += fired[kind] > 0;
    return levels > 1 ||
           (fired[RULE_PRIORITY] &&
            (fired[RULE_SOMETIMES_IMPORTANT] || fired[RULE_RARELY_IMPORTANT]));
}

static bool same_outcome(struct rules_outcome one, struct rules_outcome other)
{
    return one.importance == other.importance && one.rsvp == other.rsvp &&
           one.prep == other.prep;
}

/* The outcome follows from how many rules of each kind fired, so that only a
 * rule that is alone in its kind can turn it. */
static bool is_borderline(const size_t fired[RULE_KINDS])
{
    struct rules_outcome outcome = rules_outcome(fired);

    for (int kind = 0; kind < RULE_KINDS; kind++) {
        size_t fewer[RULE_KINDS];
        if (fired[kind] != 1)
            continue;
        memcpy(fewer, fired, sizeof fewer);
        fewer[kind] = 0;
        if (!same_outcome(rules_outcome(fewer), outcome))
            return true;
    }
    return false;
}

bool preference_has(const struct preference *preference,
                    const struct stored_label *label, bool *preferred,
                    struct error *err)
{
    size_t fired[RULE_KINDS] = {0};
    bool has_new = false;

    *preferred = false;
    if (preference->prefer == PREFER_NONE)
        return true;
    for (size_t at = 0; at < label->rules_length;) {
        size_t number = 0;
        bool decided = false;
        if (!label_next_rule(label, preference->rules, preference->rule_count,
                             &at, &number, &decided, err))
            return false;
        fired[preference->rules[number].kind]++;
        has_new = has_new || (decided && preference->is_new[number]);
    }
    *preferred = preference->prefer == PREFER_NEW_RULES ? has_new
                 : preference->prefer == PREFER_CONFLICTS
                     ? conflicts(fired)
                     : is_borderline(fired);
    return true;
}
