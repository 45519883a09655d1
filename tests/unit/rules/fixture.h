/* A persona and meetings built by hand, for tests of the rules alone. */
#ifndef DATEBOOK_TESTS_RULES_FIXTURE_H
#define DATEBOOK_TESTS_RULES_FIXTURE_H

#include "datebook/rules.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { FIXTURE_RULES = 256 };

static struct {
    struct arena arena;
    struct error err;
    struct persona_rule rules[FIXTURE_RULES];
    size_t count;
    struct persona persona;
    struct ruleset *ruleset;
    struct label label;
    struct buf reasoning;
} fix;

static inline void fixture_forget(void)
{
    ruleset_free(fix.ruleset);
    fix.ruleset = NULL;
    fix.count = 0;
}

static inline void fixture_teardown(void)
{
    fixture_forget();
    buf_free(&fix.reasoning);
    arena_free(&fix.arena);
}

/* Keeps the rules in order of kind, as a persona does. */
static inline struct persona_rule *add_rule(enum rule_kind kind,
                                            const char *source)
{
    size_t at = fix.count++;

    ck_assert_uint_lt(at, FIXTURE_RULES);
    for (; at > 0 && fix.rules[at - 1].kind > kind; at--)
        fix.rules[at] = fix.rules[at - 1];
    fix.rules[at] = (struct persona_rule){
        .kind = kind, .source = source, .field = "a.field[0]"};
    return &fix.rules[at];
}

static inline void add_priority(const char *name, const char **keywords,
                                size_t count)
{
    struct persona_rule *rule = add_rule(RULE_PRIORITY, name);

    rule->keywords = keywords;
    rule->keyword_count = count;
}

static inline void add_object(enum rule_kind kind, const char *json)
{
    struct persona_rule *rule = add_rule(kind, json);

    rule->object = json_parse(&fix.arena, json, strlen(json), "test", &fix.err);
    ck_assert_msg(rule->object != NULL, "%s", fix.err.message);
}

static inline void compile_fixture(void)
{
    ruleset_free(fix.ruleset);
    fix.persona.rules = fix.rules;
    fix.persona.rule_count = fix.count;
    fix.ruleset = ruleset_compile(&fix.persona, &fix.err);
    ck_assert_msg(fix.ruleset != NULL, "%s", fix.err.message);
}

/* An internal meeting of five people and an hour. */
static inline struct meeting_facts meeting(const char *subject,
                                           const char *preview)
{
    struct meeting_facts facts = {.subject = subject,
                                  .preview = preview,
                                  .people = "",
                                  .attendees = 5,
                                  .minutes = 60};

    return facts;
}

static inline struct label *label_facts(const struct meeting_facts *facts)
{
    if (!fix.ruleset)
        compile_fixture();
    ck_assert(ruleset_label(fix.ruleset, facts, &fix.label, &fix.err));
    return &fix.label;
}

static inline struct label *label_text(const char *subject, const char *preview)
{
    struct meeting_facts facts = meeting(subject, preview);

    return label_facts(&facts);
}

static inline const char *reasoning(void)
{
    buf_clear(&fix.reasoning);
    ruleset_reasoning(fix.ruleset, &fix.label, &fix.reasoning);
    return buf_string(&fix.reasoning);
}

/* Whether one rule of a kind fires on a subject. */
static inline bool fires(enum rule_kind kind, const char *rule,
                         const char *subject)
{
    fixture_forget();
    add_rule(kind, rule);
    return label_text(subject, "")->fired_count == 1;
}

#endif
