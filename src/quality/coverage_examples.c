/* Meetings that show what a rule does, and what it just does not. */
#include "datebook/coverage.h"

#include <string.h>

struct examples {
    struct arena *arena;
    struct arena *scratch; /* for one meeting */
    const struct persona *persona;
    struct ruleset *ruleset;
    struct near_reader *near;
    struct rule_examples *rules;
    size_t limit;
    bool *fired; /* by rule, of the meeting at hand */
};

static bool is_shown(const struct rule_example *list, size_t count,
                     const char *subject)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(list[i].subject, subject))
            return true;
    return false;
}

/* The next place of a list; *example is NULL when it is full or shows a meeting
 * of this subject already. */
static bool next_place(const struct examples *examples,
                       struct rule_example **list, size_t count,
                       const char *subject, struct rule_example **example,
                       struct error *err)
{
    *example = NULL;
    if (count == examples->limit || is_shown(*list, count, subject))
        return true;
    if (!*list) {
        *list =
            arena_zero(examples->arena, examples->limit, sizeof **list, err);
        if (!*list)
            return false;
    }
    *example = &(*list)[count];
    return true;
}

static bool keep_texts(const struct examples *examples,
                       const struct stored_fact *fact,
                       struct rule_example *example, struct error *err)
{
    example->meeting = fact->key;
    example->subject = arena_text(examples->arena, fact->facts.subject, err);
    example->preview =
        example->subject ? arena_text(examples->arena, fact->facts.preview, err)
                         : NULL;
    example->people = example->preview
                          ? arena_text(examples->arena, fact->facts.people, err)
                          : NULL;
    return example->people != NULL;
}

/* The matches of one rule among those of the meeting. */
static bool keep_matches(const struct examples *examples, size_t rule,
                         const struct rule_match *matches, size_t count,
                         struct rule_example *example, struct error *err)
{
    struct rule_match *own;

    for (size_t i = 0; i < count; i++)
        example->match_count += matches[i].rule == rule;
    own = arena_zero(examples->arena, example->match_count, sizeof *own, err);
    example->matches = own;
    if (!own)
        return false;
    for (size_t i = 0; i < count; i++)
        if (matches[i].rule == rule)
            *own++ = matches[i];
    return true;
}

static bool add_hits(const struct examples *examples,
                     const struct stored_fact *fact, struct error *err)
{
    struct rule_match *matches = NULL;
    size_t count = 0;

    for (size_t i = 0; i < examples->persona->rule_count; i++) {
        struct rule_examples *rule = &examples->rules[i];
        struct rule_example *example;
        if (!examples->fired[i])
            continue;
        rule->fired++;
        if (!next_place(examples, &rule->hits, rule->hit_count,
                        fact->facts.subject, &example, err))
            return false;
        if (!example)
            continue;
        if (!matches &&
            !ruleset_matches(examples->ruleset, &fact->facts, examples->scratch,
                             &matches, &count, err))
            return false;
        if (!keep_texts(examples, fact, example, err) ||
            !keep_matches(examples, i, matches, count, example, err))
            return false;
        rule->hit_count++;
    }
    return true;
}

static bool add_near(const struct examples *examples,
                     const struct stored_fact *fact, struct error *err)
{
    for (size_t i = 0; i < examples->persona->rule_count; i++) {
        struct rule_examples *rule = &examples->rules[i];
        struct rule_example *example;
        bool is_near;
        if (examples->fired[i])
            continue;
        if (!next_place(examples, &rule->near, rule->near_count,
                        fact->facts.subject, &example, err))
            return false;
        if (!example)
            continue;
        if (!near_rule(examples->near, i, examples->arena, &is_near,
                       &example->miss, err))
            return false;
        if (!is_near)
            continue;
        if (!keep_texts(examples, fact, example, err))
            return false;
        rule->near_count++;
    }
    return true;
}

static bool add_meeting(const struct examples *examples,
                        const struct stored_fact *fact, struct error *err)
{
    struct label label;

    if (!ruleset_label(examples->ruleset, &fact->facts, &label, err) ||
        !near_meeting(examples->near, &fact->facts, err))
        return false;
    memset(examples->fired, 0, examples->persona->rule_count);
    for (size_t i = 0; i < label.fired_count; i++)
        examples->fired[label.fired[i].rule] = true;
    /* Near misses first: they ask what the ruleset found just now. */
    return add_near(examples, fact, err) && add_hits(examples, fact, err);
}

static bool add_all(const struct examples *examples, struct cursor *facts,
                    int64_t *meetings, struct error *err)
{
    struct stored_fact fact;
    bool more;

    for (*meetings = 0;; ++*meetings) {
        if (!fact_next(facts, &fact, &more, err))
            return false;
        if (!more)
            return true;
        arena_reset(examples->scratch);
        if (!add_meeting(examples, &fact, err))
            return false;
    }
}

bool examples_collect(struct store *store, struct arena *arena, int64_t version,
                      int64_t key, const struct persona *persona,
                      struct ruleset *ruleset, size_t limit,
                      struct rule_examples **rules, int64_t *meetings,
                      struct error *err)
{
    struct scan scan = {.version = version, .persona = key};
    struct arena scratch = ARENA_EMPTY;
    struct examples examples = {.arena = arena,
                                .scratch = &scratch,
                                .persona = persona,
                                .ruleset = ruleset,
                                .limit = limit};
    struct cursor *facts = NULL;
    bool ok;

    examples.rules =
        arena_zero(arena, persona->rule_count, sizeof *examples.rules, err);
    examples.fired =
        examples.rules ? arena_zero(arena, persona->rule_count, 1, err) : NULL;
    examples.near = examples.fired ? near_new(arena, ruleset, err) : NULL;
    if (examples.near)
        facts = fact_scan(store, &scan, err);
    ok = facts && add_all(&examples, facts, meetings, err);
    cursor_close(facts);
    arena_free(&scratch);
    *rules = examples.rules;
    return ok;
}
