/* Any bytes as the text of a described rule and as a meeting that it reads:
 * places lie inside of their texts, and asking twice gives the same. */
#include "datebook/rules.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void check_rule(struct ruleset *rules, struct arena *arena,
                       const char *text)
{
    struct meeting_facts facts = {
        .subject = text, .preview = text, .people = text, .attendees = 3};
    struct rule_match *matches;
    struct label one;
    struct label other;
    struct error err;
    size_t fired;
    size_t count;

    expect(ruleset_label(rules, &facts, &one, &err));
    fired = one.fired_count;
    expect(ruleset_label(rules, &facts, &other, &err));
    expect(fired == other.fired_count && one.importance == other.importance &&
           one.prep_minutes == other.prep_minutes);
    expect(ruleset_matches(rules, &facts, arena, &matches, &count, &err));
    for (size_t i = 0; i < count; i++)
        expect(matches[i].length &&
               matches[i].start + matches[i].length <= strlen(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct error err;
    const char *text = arena_bytes(&arena, data, size, &err);
    struct persona_rule list[2] = {
        {.kind = RULE_ALWAYS_IMPORTANT, .source = text, .field = "a"},
        {.kind = RULE_REQUIRES_PREP, .source = text, .field = "b"}};
    struct persona persona = {.id = "fuzz",
                              .name = "fuzz",
                              .tier = 1,
                              .rules = list,
                              .rule_count = 2};
    struct ruleset *rules;

    expect(text != NULL);
    rules = ruleset_compile(&persona, &err);
    if (rules)
        check_rule(rules, &arena, text);
    ruleset_free(rules);
    arena_free(&arena);
    return 0;
}
