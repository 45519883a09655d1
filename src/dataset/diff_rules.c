/* The rules behind labels that are compared.  Labels name rules by number; a
 * number means something in its own file alone, so rules are matched by their
 * kind and text. */
#include "diff_internal.h"
#include "internal.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

/* Whether both sides name rules by the same numbers. */
static bool same_numbers(const struct comparison *work)
{
    return work->sides[OLD].store == work->sides[NEW].store &&
           work->persona.keys[OLD] == work->persona.keys[NEW];
}

/* ---- Loading ---- */

static bool same_rule(const struct stored_rule *one,
                      const struct stored_rule *other)
{
    return one->kind == other->kind && !strcmp(one->source, other->source);
}

static bool read_rules(struct comparison *work, int side, struct error *err)
{
    struct diff_rules *rules = &work->rules;

    rules->sides[side].rules = NULL;
    rules->sides[side].count = 0;
    if (!work->persona.keys[side])
        return true;
    return rule_list(work->sides[side].store, &rules->memory,
                     work->persona.keys[side], &rules->sides[side].rules,
                     &rules->sides[side].count, err);
}

static size_t *number_entries(struct diff_rules *rules, size_t count,
                              struct error *err)
{
    size_t *entries = arena_zero(&rules->memory, count, sizeof *entries, err);

    for (size_t i = 0; entries && i < count; i++)
        entries[i] = i;
    return entries;
}

/* Entries are the old side's numbers, and after them what only the new side
 * has. */
static void match_rules(struct diff_rules *rules)
{
    const struct stored_rule *old = rules->sides[OLD].rules;
    const struct stored_rule *new = rules->sides[NEW].rules;
    size_t old_count = rules->sides[OLD].count;

    rules->entry_count = old_count;
    for (size_t i = 0; i < rules->sides[NEW].count; i++) {
        size_t *entry = &rules->sides[NEW].entries[i];
        /* Numbers are mostly the same. */
        if (i < old_count && same_rule(&old[i], &new[i])) {
            *entry = i;
            continue;
        }
        for (*entry = 0; *entry < old_count; ++*entry)
            if (same_rule(&old[*entry], &new[i]))
                break;
        if (*entry == old_count)
            *entry = rules->entry_count++;
    }
}

static bool start_tally(struct comparison *work, struct error *err)
{
    struct diff_rules *rules = &work->rules;

    rules->tally = arena_zero(&rules->memory, rules->entry_count,
                              sizeof *rules->tally, err);
    if (!rules->tally)
        return false;
    for (int side = 0; side < SIDES; side++)
        for (size_t i = 0; i < rules->sides[side].count; i++)
            rules->tally[rules->sides[side].entries[i]].rule =
                rules->sides[side].rules[i];
    return true;
}

/* Loads the rules of the persona at hand unless they are there. */
static bool load_rules(struct comparison *work, struct error *err)
{
    struct diff_rules *rules = &work->rules;

    if (rules->persona && !strcmp(rules->persona, work->persona.id))
        return true;
    if (!diff_rules_settle(work, err))
        return false;
    arena_reset(&rules->memory);
    rules->persona = arena_text(&rules->memory, work->persona.id, err);
    if (!rules->persona || !read_rules(work, OLD, err))
        return false;
    if (same_numbers(work))
        rules->sides[NEW] = rules->sides[OLD];
    else if (!read_rules(work, NEW, err))
        return false;
    for (int side = 0; side < SIDES; side++) {
        rules->sides[side].entries =
            number_entries(rules, rules->sides[side].count, err);
        if (!rules->sides[side].entries)
            return false;
    }
    match_rules(rules);
    rules->marks = arena_zero(&rules->memory, rules->entry_count, 1, err);
    return rules->marks && (!work->request->rules || start_tally(work, err));
}

/* ---- Comparing ---- */

/* The entry of the next rule that a label names. */
static bool next_rule(struct comparison *work, int side,
                      const struct stored_label *label, size_t *at,
                      size_t *entry, bool *decided, struct error *err)
{
    const struct diff_rules *rules = &work->rules;
    size_t number = 0;

    if (!label_next_rule(label, rules->sides[side].rules,
                         rules->sides[side].count, at, &number, decided, err))
        return false;
    *entry = rules->sides[side].entries[number];
    return true;
}

bool diff_rules_same(struct comparison *work, const struct stored_label *old,
                     const struct stored_label *new, bool *same,
                     struct error *err)
{
    size_t at[SIDES] = {0};
    size_t entries[SIDES] = {0};
    bool decided[SIDES] = {false};

    *same = true;
    if (same_numbers(work)) {
        *same = old->rules_length == new->rules_length &&
                !memcmp(old->rules, new->rules, old->rules_length);
        return true;
    }
    if (!load_rules(work, err))
        return false;
    while (*same && at[OLD] < old->rules_length && at[NEW] < new->rules_length)
        if (!next_rule(work, OLD, old, &at[OLD], &entries[OLD], &decided[OLD],
                       err) ||
            !next_rule(work, NEW, new, &at[NEW], &entries[NEW], &decided[NEW],
                       err))
            return false;
        else
            *same =
                entries[OLD] == entries[NEW] && decided[OLD] == decided[NEW];
    *same =
        *same && at[OLD] == old->rules_length && at[NEW] == new->rules_length;
    return true;
}

/* ---- Counting ---- */

enum { FIRED = 1, DECIDED = 2, SIDE_BITS = 2 };

static bool mark(struct comparison *work, int side,
                 const struct stored_label *label, struct error *err)
{
    size_t at = 0;
    size_t entry = 0;
    bool decided = false;

    while (at < label->rules_length) {
        if (!next_rule(work, side, label, &at, &entry, &decided, err))
            return false;
        work->rules.marks[entry] |=
            (unsigned char)((decided ? FIRED | DECIDED : FIRED)
                            << side * SIDE_BITS);
    }
    return true;
}

/* Counts what an entry's marks say, and takes them away. */
static void count_entry(struct diff_rules *rules, size_t entry)
{
    unsigned marks = rules->marks[entry];
    unsigned old = marks & (FIRED | DECIDED);
    unsigned new = marks >> SIDE_BITS;
    struct rule_diff *tally = &rules->tally[entry];

    tally->began_firing += new & ~old &FIRED ? 1 : 0;
    tally->stopped_firing += old & ~new &FIRED ? 1 : 0;
    tally->began_deciding += new & ~old &DECIDED ? 1 : 0;
    tally->stopped_deciding += old & ~new &DECIDED ? 1 : 0;
    rules->marks[entry] = 0;
}

bool diff_rules_count(struct comparison *work, const struct stored_label *old,
                      const struct stored_label *new, struct error *err)
{
    const struct stored_label *labels[SIDES] = {old, new};
    size_t entry = 0;
    bool decided = false;

    if (!load_rules(work, err) || !mark(work, OLD, old, err) ||
        !mark(work, NEW, new, err))
        return false;
    for (int side = 0; side < SIDES; side++)
        for (size_t at = 0; at < labels[side]->rules_length;) {
            if (!next_rule(work, side, labels[side], &at, &entry, &decided,
                           err))
                return false;
            count_entry(&work->rules, entry);
        }
    return true;
}

static int64_t weight(const struct rule_diff *rule)
{
    return rule->began_firing + rule->stopped_firing + rule->began_deciding +
           rule->stopped_deciding;
}

/* The texts live as long as the persona is at hand. */
static bool keep(struct comparison *work, const struct rule_diff *tally,
                 struct error *err)
{
    struct diff *diff = work->diff;
    struct arena *arena = work->arena;
    struct rule_diff *rule;

    if (!list_grow(arena, &diff->rules, diff->rule_count, sizeof *diff->rules,
                   err))
        return false;
    rule = &diff->rules[diff->rule_count++];
    *rule = *tally;
    rule->persona = arena_text(arena, work->rules.persona, err);
    rule->rule.source = arena_text(arena, tally->rule.source, err);
    rule->rule.name = arena_text(arena, tally->rule.name, err);
    return rule->persona && rule->rule.source && rule->rule.name;
}

bool diff_rules_settle(struct comparison *work, struct error *err)
{
    struct diff_rules *rules = &work->rules;

    for (size_t i = 0; rules->tally && i < rules->entry_count; i++)
        if (weight(&rules->tally[i]) && !keep(work, &rules->tally[i], err))
            return false;
    rules->tally = NULL;
    rules->persona = NULL;
    return true;
}

static int by_weight(const void *one, const void *other)
{
    const struct rule_diff *left = one;
    const struct rule_diff *right = other;
    int64_t heavier = weight(right) - weight(left);
    int order;

    if (heavier)
        return heavier > 0 ? 1 : -1;
    order = strcmp(left->persona, right->persona);
    if (!order)
        order = left->rule.kind - right->rule.kind;
    return order ? order : strcmp(left->rule.source, right->rule.source);
}

void diff_rules_sort(struct diff *diff)
{
    if (diff->rule_count)
        qsort(diff->rules, diff->rule_count, sizeof *diff->rules, by_weight);
}

/* ---- Spelling ---- */

const char *diff_rules_spell(struct comparison *work, int side,
                             const struct stored_label *label,
                             struct error *err)
{
    struct diff_rules *rules = &work->rules;
    struct buf *buf = &rules->reasoning[side];

    buf_clear(buf);
    if (!load_rules(work, err) ||
        !label_reasoning(label, rules->sides[side].rules,
                         rules->sides[side].count, buf, err))
        return NULL;
    return buf_string(buf);
}

void diff_rules_free(struct diff_rules *rules)
{
    arena_free(&rules->memory);
    for (int side = 0; side < SIDES; side++)
        buf_free(&rules->reasoning[side]);
}
