/* Rules in words: what a prompt tells of them, and what an answer quotes, which
 * is made ready for its place in a JSON string within a JSON string. */
#include "datebook/persona_lines.h"
#include "src/export/trainer_internal.h"

#include <stdlib.h>
#include <string.h>

bool reason_belongs(enum training_task task, enum rule_kind kind)
{
    if (kind <= RULE_PRIORITY)
        return task == TASK_IMPORTANCE;
    if (kind <= RULE_ALWAYS_DECLINE)
        return task == TASK_RSVP;
    return task == TASK_PREP;
}

/* ---- Reasons ---- */

static bool spell(struct trainer *trainer, struct reason *reason,
                  struct error *err)
{
    struct buf plain = BUF_EMPTY;
    struct buf once = BUF_EMPTY;
    struct buf twice = BUF_EMPTY;

    /* A kind that nobody knows is refused where a label names it. */
    if ((unsigned)reason->kind < RULE_KINDS)
        rules_reason(reason->kind, reason->name, &plain);
    buf_json_inside(&once, buf_string(&plain), plain.length);
    buf_json_inside(&twice, buf_string(&once), once.length);
    buf_inherit(&twice, &plain);
    buf_inherit(&twice, &once);
    if (buf_ok(&twice, err)) {
        reason->spelled.length = twice.length;
        reason->spelled.text =
            arena_bytes(&trainer->arena, buf_string(&twice), twice.length, err);
    }
    buf_free(&plain);
    buf_free(&once);
    buf_free(&twice);
    return reason->spelled.text != NULL;
}

static int compare_texts(const struct reason *one, const struct reason *other)
{
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return strcmp(one->name, other->name);
}

/* Those that read the same in their own order. */
static int compare(const void *one, const void *other)
{
    const struct reason *const *a = one;
    const struct reason *const *b = other;
    int order = compare_texts(*a, *b);

    return order ? order : (*a > *b) - (*a < *b);
}

/* Numbers the texts and spells each once; `sorted` has all reasons. */
static bool number_texts(struct trainer *trainer, struct reason **sorted,
                         size_t count, struct error *err)
{
    const struct reason *last = NULL;
    uint32_t texts = 0;

    qsort(sorted, count, sizeof(*sorted), compare);
    for (size_t i = 0; i < count; i++) {
        struct reason *reason = sorted[i];
        if (last && !compare_texts(last, reason)) {
            reason->spelled = last->spelled;
        } else {
            texts++;
            if (!spell(trainer, reason, err))
                return false;
        }
        reason->text = texts - 1;
        last = reason;
    }
    trainer->marks =
        arena_zero(&trainer->arena, texts, sizeof *trainer->marks, err);
    return trainer->marks != NULL;
}

/* The persona's rules of each kind, in its order, each text once. */
static bool list_own(struct trainer *trainer, const struct reason *own,
                     size_t count, struct error *err)
{
    const struct reason **items =
        arena_alloc(&trainer->arena, count * sizeof(*items), err);

    if (!items)
        return false;
    trainer->turn++;
    for (size_t i = 0; i < count; i++) {
        struct reason_mark *mark = &trainer->marks[own[i].text];
        struct reason_list *list = &trainer->own[own[i].kind];
        if (mark->spoken == trainer->turn)
            continue;
        mark->spoken = trainer->turn;
        if (!list->count)
            list->items = items;
        list->items[list->count++] = &own[i];
        items++;
    }
    return true;
}

bool reasons_make(struct trainer *trainer, const struct oracle *oracle,
                  struct error *err)
{
    const struct persona *persona = oracle_persona(oracle);
    size_t count = trainer->rule_count + persona->rule_count;
    struct reason *all = arena_zero(&trainer->arena, count, sizeof *all, err);
    struct reason *own = all ? all + trainer->rule_count : NULL;
    struct reason **sorted =
        arena_alloc(&trainer->arena, count * sizeof(*sorted), err);

    if (!all || !sorted)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &all[i];
    for (size_t i = 0; i < trainer->rule_count; i++) {
        all[i].kind = (enum rule_kind)trainer->rules[i].kind;
        all[i].name = trainer->rules[i].name;
    }
    for (size_t i = 0; i < persona->rule_count; i++) {
        own[i].kind = persona->rules[i].kind;
        own[i].name = ruleset_name(oracle_rules(oracle), i);
        own[i].minutes = ruleset_minutes(oracle_rules(oracle), i);
    }
    trainer->reasons = all;
    return number_texts(trainer, sorted, count, err) &&
           list_own(trainer, own, persona->rule_count, err);
}

/* ---- What a prompt tells of the rules ---- */

/* Importance decides what no rule of the answer does, and whether optional
 * preparation counts. */
static bool is_told(const struct persona *persona, enum training_task task,
                    enum rule_kind kind)
{
    if (reason_belongs(task, kind))
        return true;
    if (kind > RULE_PRIORITY)
        return false;
    if (task == TASK_RSVP)
        return true;
    for (size_t i = 0; i < persona->rule_count; i++)
        if (persona->rules[i].kind == RULE_OPTIONAL_PREP)
            return true;
    return false;
}

/* Conditions without the name that they start with: a rule without a name of
 * its own is called by them. */
static const char *beyond_name(const char *conditions, const char *name)
{
    size_t length = strlen(name);

    if (strncmp(conditions, name, length) != 0)
        return conditions;
    if (!strncmp(conditions + length, ", ", 2))
        return conditions + length + 2;
    return conditions[length] ? conditions : conditions + length;
}

/* What stands behind the name, in brackets: "external, 5+ attendees; 30
 * minutes". */
static void add_bracket(struct buf *buf, const struct ruleset *ruleset,
                        size_t rule)
{
    int minutes = ruleset_minutes(ruleset, rule);
    struct buf all = BUF_EMPTY;
    const char *conditions;

    ruleset_conditions(ruleset, rule, &all);
    conditions = beyond_name(buf_string(&all), ruleset_name(ruleset, rule));
    if (*conditions || minutes) {
        buf_text(buf, " (");
        prose_in_line(buf, conditions);
        if (minutes)
            buf_format(buf, "%s%d minutes", *conditions ? "; " : "", minutes);
        buf_char(buf, ')');
    }
    buf_inherit(buf, &all);
    buf_free(&all);
}

static void add_rule(struct buf *buf, const struct oracle *oracle, size_t at)
{
    const struct persona_rule *rule = &oracle_persona(oracle)->rules[at];

    buf_text(buf, "\n- ");
    prose_in_line(buf, ruleset_name(oracle_rules(oracle), at));
    add_bracket(buf, oracle_rules(oracle), at);
    for (size_t i = 0; i < rule->keyword_count; i++) {
        buf_text(buf, i ? ", " : ": ");
        prose_in_line(buf, rule->keywords[i]);
    }
}

void rules_describe(struct buf *buf, const struct oracle *oracle,
                    enum training_task task)
{
    const struct persona *persona = oracle_persona(oracle);
    int last = -1;

    for (size_t i = 0; i < persona->rule_count; i++) {
        enum rule_kind kind = persona->rules[i].kind;
        if (!is_told(persona, task, kind))
            continue;
        if ((int)kind != last)
            buf_format(buf, "%s%s:", buf->length ? "\n" : "",
                       rule_kind_reason(kind));
        last = (int)kind;
        add_rule(buf, oracle, i);
    }
    if (!buf->length)
        buf_text(buf, "Nothing.");
}
