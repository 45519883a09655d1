/* From rules to stored labels and back to words.  Labels in the store name
 * their rules by number; here the numbers are given out and spelled. */
#include "internal.h"

#include "datebook/varint.h"

#include <stdlib.h>
#include <string.h>

struct oracle {
    struct persona persona;
    struct ruleset *rules;
    int64_t *numbers; /* of each rule of the persona, in the store */
    struct buf codes; /* the rules of the label at hand */
};

struct oracle *oracle_open(struct arena *arena,
                           const struct stored_persona *stored,
                           struct error *err)
{
    struct oracle *oracle = calloc(1, sizeof *oracle);
    const char *source =
        arena_format(arena, err, "the stored persona %s", stored->id);

    if (!oracle || !source) {
        free(oracle);
        error_memory(err);
        return NULL;
    }
    if (persona_parse(arena, stored->document, stored->document_length, source,
                      &oracle->persona, err) &&
        (oracle->rules = ruleset_compile(&oracle->persona, err)) &&
        (oracle->numbers = arena_zero(arena, oracle->persona.rule_count,
                                      sizeof *oracle->numbers, err)))
        return oracle;
    /* It was checked when it was added: what is wrong is the database. */
    if (err->code == ERROR_INPUT)
        err->code = ERROR_DATABASE;
    oracle_close(oracle);
    return NULL;
}

void oracle_close(struct oracle *oracle)
{
    if (!oracle)
        return;
    ruleset_free(oracle->rules);
    buf_free(&oracle->codes);
    free(oracle);
}

const struct persona *oracle_persona(const struct oracle *oracle)
{
    return &oracle->persona;
}

struct ruleset *oracle_rules(const struct oracle *oracle)
{
    return oracle->rules;
}

bool oracle_number_rules(struct oracle *oracle, struct run *run,
                         struct error *err)
{
    int64_t key;

    if (!run_persona_key(run, oracle->persona.id, &key, err))
        return false;
    for (size_t i = 0; i < oracle->persona.rule_count; i++) {
        const struct persona_rule *rule = &oracle->persona.rules[i];
        struct stored_rule stored = {.kind = (int)rule->kind,
                                     .source = rule->source,
                                     .name = ruleset_name(oracle->rules, i)};
        if (!run_rule_number(run, key, &stored, &oracle->numbers[i], err))
            return false;
    }
    return true;
}

bool oracle_store(struct oracle *oracle, const struct label *made,
                  int64_t meeting, struct stored_label *label,
                  struct error *err)
{
    buf_clear(&oracle->codes);
    for (size_t i = 0; i < made->fired_count; i++) {
        unsigned char code[VARINT_SIZE];
        int64_t number = oracle->numbers[made->fired[i].rule];
        size_t used = varint_put(code, 2 * (uint64_t)number +
                                           (made->fired[i].decided ? 1 : 0));
        buf_add(&oracle->codes, code, used);
    }
    *label = (struct stored_label){
        .meeting = meeting,
        .importance = (int)made->importance,
        .rsvp = (int)made->rsvp,
        .prep_minutes = made->prep_minutes,
        .rules = (const unsigned char *)buf_string(&oracle->codes),
        .rules_length = oracle->codes.length};
    return buf_ok(&oracle->codes, err);
}

bool oracle_label(struct oracle *oracle, const struct meeting_facts *facts,
                  int64_t meeting, struct stored_label *label,
                  struct error *err)
{
    struct label made;

    return ruleset_label(oracle->rules, facts, &made, err) &&
           oracle_store(oracle, &made, meeting, label, err);
}

/* ---- Spelling ---- */

/* Two rules that read the same in a reasoning are spelled once. */
static bool spelled_before(const struct stored_label *label,
                           const struct stored_rule *rules, size_t end,
                           const struct stored_rule *rule)
{
    size_t at = 0;
    uint64_t code;

    while (at < end) {
        const struct stored_rule *other;
        at += varint_get(label->rules + at, end - at, &code);
        other = &rules[code / 2];
        if (code % 2 && other->kind == rule->kind &&
            !strcmp(other->name, rule->name))
            return true;
    }
    return false;
}

bool label_next_rule(const struct stored_label *label,
                     const struct stored_rule *rules, size_t rule_count,
                     size_t *at, size_t *number, bool *decided,
                     struct error *err)
{
    uint64_t code;
    size_t used =
        varint_get(label->rules + *at, label->rules_length - *at, &code);

    if (!used || code / 2 >= rule_count ||
        (unsigned)rules[code / 2].kind >= RULE_KINDS)
        return error_set(err, ERROR_DATABASE,
                         "the label of meeting %lld names an unknown rule",
                         (long long)label->meeting);
    *at += used;
    *number = code / 2;
    *decided = code % 2;
    return true;
}

bool label_reasoning(const struct stored_label *label,
                     const struct stored_rule *rules, size_t rule_count,
                     struct buf *buf, struct error *err)
{
    size_t start = buf->length;
    size_t at = 0;

    while (at < label->rules_length) {
        const struct stored_rule *rule;
        size_t before = at;
        size_t number = 0;
        bool decided = false;
        if (!label_next_rule(label, rules, rule_count, &at, &number, &decided,
                             err))
            return false;
        rule = &rules[number];
        if (!decided || !rules_gives_reason((enum rule_kind)rule->kind) ||
            spelled_before(label, rules, before, rule))
            continue;
        if (buf->length > start)
            buf_text(buf, "; ");
        rules_reason((enum rule_kind)rule->kind, rule->name, buf);
    }
    if (buf->length == start)
        buf_text(buf, RULES_NO_REASON);
    return buf_ok(buf, err);
}
