/* Labels in words. */
#include "ruleset.h"

#include <string.h>

const char *importance_name(enum importance importance)
{
    static const char *const names[IMPORTANCE_LEVELS] = {
        [IMPORTANCE_LOW] = "low",
        [IMPORTANCE_MEDIUM] = "medium",
        [IMPORTANCE_HIGH] = "high",
        [IMPORTANCE_CRITICAL] = "critical",
    };

    return names[importance];
}

const char *rsvp_name(enum rsvp rsvp)
{
    static const char *const names[RSVP_ANSWERS] = {
        [RSVP_DECLINE] = "decline",
        [RSVP_TENTATIVE] = "tentative",
        [RSVP_ACCEPT] = "accept",
    };

    return names[rsvp];
}

bool rules_gives_reason(enum rule_kind kind)
{
    return kind <= RULE_PRIORITY || kind >= RULE_REQUIRES_PREP;
}

void rules_reason(enum rule_kind kind, const char *name, struct buf *buf)
{
    buf_text(buf, rule_kind_reason(kind));
    buf_text(buf, ": ");
    buf_text(buf, name);
}

static bool is_reason(const struct ruleset *ruleset,
                      const struct fired_rule *fired)
{
    return fired->decided &&
           rules_gives_reason(ruleset->rules[fired->rule].kind);
}

/* Whether an earlier rule gives the same reason. */
static bool is_repeated(const struct ruleset *ruleset,
                        const struct label *label, size_t index)
{
    const struct rule *rule = &ruleset->rules[label->fired[index].rule];

    for (size_t i = 0; i < index; i++) {
        const struct rule *other = &ruleset->rules[label->fired[i].rule];
        if (other->kind == rule->kind && !strcmp(other->name, rule->name) &&
            is_reason(ruleset, &label->fired[i]))
            return true;
    }
    return false;
}

void ruleset_reasoning(const struct ruleset *ruleset, const struct label *label,
                       struct buf *buf)
{
    bool any = false;

    for (size_t i = 0; i < label->fired_count; i++) {
        const struct rule *rule = &ruleset->rules[label->fired[i].rule];
        if (!is_reason(ruleset, &label->fired[i]) ||
            is_repeated(ruleset, label, i))
            continue;
        if (any)
            buf_text(buf, "; ");
        rules_reason(rule->kind, rule->name, buf);
        any = true;
    }
    if (!any)
        buf_text(buf, RULES_NO_REASON);
}
