/* Any bytes as a persona document: refused with a message, or read, compiled
 * and asked for a label that keeps its promises. */
#include "datebook/rules.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

static void check_label(struct ruleset *rules, const struct persona *persona,
                        struct arena *arena)
{
    struct meeting_facts facts = {
        .subject = "Q4 pipeline review: renewal at risk, 1:1 with the VP",
        .preview = "Budget, contract and roadmap for the customer.",
        .people = "Ana Diaz, VP Sales\nBo Li\n",
        .attendees = 2,
        .minutes = 30};
    struct rule_match *matches;
    struct error err;
    struct label label;
    size_t count;

    expect(ruleset_matches(rules, &facts, arena, &matches, &count, &err));
    for (size_t i = 0; i < count; i++)
        expect(matches[i].rule < persona->rule_count);
    expect(ruleset_label(rules, &facts, &label, &err));
    expect(label.importance < IMPORTANCE_LEVELS && label.rsvp < RSVP_ANSWERS);
    expect(!label.prep_minutes ||
           (label.prep_minutes >= 15 && label.prep_minutes <= 90));
    for (size_t i = 0; i < label.fired_count; i++)
        expect(label.fired[i].rule < persona->rule_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_EMPTY;
    struct persona persona;
    struct ruleset *rules;
    struct error err = {.code = ERROR_NONE};

    if (persona_parse(&arena, (const char *)data, size, "fuzz", &persona,
                      &err)) {
        rules = ruleset_compile(&persona, &err);
        if (rules)
            check_label(rules, &persona, &arena);
        ruleset_free(rules);
    }
    expect(err.code == ERROR_NONE || (err.code == ERROR_INPUT && *err.message));
    arena_free(&arena);
    return 0;
}
