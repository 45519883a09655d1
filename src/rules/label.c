/* The decision: from the rules that fired to a label. */
#include "ruleset.h"

#include <string.h>

/* How often each kind of rule fired. */
struct tally {
    size_t fired[RULE_KINDS];
};

static void collect(struct ruleset *ruleset, const struct meeting_facts *facts,
                    struct label *label, struct tally *tally)
{
    size_t count = 0;

    memset(tally, 0, sizeof *tally);
    for (size_t i = 0; i < ruleset->bit_words; i++)
        for (uint64_t bits = ruleset->tried[i]; bits; bits &= bits - 1) {
            size_t number = i * 64 + (size_t)__builtin_ctzll(bits);
            const struct rule *rule = &ruleset->rules[number];
            if (!rule_fires(ruleset, rule, facts))
                continue;
            ruleset->fired[count].rule = (uint16_t)number;
            ruleset->fired[count++].decided = false;
            tally->fired[rule->kind]++;
        }
    label->fired = ruleset->fired;
    label->fired_count = count;
}

/* The importance that a kind of rule stands for; importance kinds only. */
static enum importance level_of(enum rule_kind kind)
{
    return (enum importance)(IMPORTANCE_CRITICAL -
                             (int)(kind - RULE_ALWAYS_IMPORTANT));
}

static enum importance decide_importance(const struct tally *tally)
{
    enum importance importance = IMPORTANCE_MEDIUM;
    int kind = RULE_ALWAYS_IMPORTANT;

    while (kind <= RULE_RARELY_IMPORTANT && !tally->fired[kind])
        kind++;
    if (kind <= RULE_RARELY_IMPORTANT)
        importance = level_of((enum rule_kind)kind);
    if (tally->fired[RULE_PRIORITY] && importance < IMPORTANCE_HIGH)
        importance = IMPORTANCE_HIGH;
    return importance;
}

/* The RSVP kind that decides, RULE_KINDS when none fired. */
static enum rule_kind deciding_rsvp(const struct tally *tally)
{
    static const enum rule_kind order[] = {
        RULE_ALWAYS_DECLINE, RULE_ALWAYS_ACCEPT, RULE_DECLINE_BY_DEFAULT,
        RULE_CONDITIONAL};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (tally->fired[order[i]])
            return order[i];
    return RULE_KINDS;
}

static enum rsvp decide_rsvp(enum rule_kind kind, enum importance importance)
{
    switch (kind) {
    case RULE_ALWAYS_DECLINE:
    case RULE_DECLINE_BY_DEFAULT:
        return RSVP_DECLINE;
    case RULE_ALWAYS_ACCEPT:
        return RSVP_ACCEPT;
    case RULE_CONDITIONAL:
        return RSVP_TENTATIVE;
    default:
        break;
    }
    if (importance >= IMPORTANCE_HIGH)
        return RSVP_ACCEPT;
    return importance == IMPORTANCE_MEDIUM ? RSVP_TENTATIVE : RSVP_DECLINE;
}

/* Whether a rule of a kind decided or supported the label. */
static bool decides(enum rule_kind kind, const struct label *label,
                    enum rule_kind rsvp_kind)
{
    switch (kind) {
    case RULE_PRIORITY:
    case RULE_REQUIRES_PREP:
        return true;
    case RULE_OPTIONAL_PREP:
        return label->importance >= IMPORTANCE_HIGH;
    case RULE_NO_PREP:
        return label->prep_minutes == 0;
    case RULE_ALWAYS_ACCEPT:
    case RULE_CONDITIONAL:
    case RULE_DECLINE_BY_DEFAULT:
    case RULE_ALWAYS_DECLINE:
        return kind == rsvp_kind;
    default:
        return level_of(kind) == label->importance;
    }
}

/* The longest of the prep rules that call for preparation. */
static int decide_minutes(const struct ruleset *ruleset,
                          const struct label *label, enum importance importance,
                          const bool *left_out)
{
    bool optional = importance >= IMPORTANCE_HIGH;
    int minutes = 0;

    for (size_t i = 0; i < label->fired_count; i++) {
        const struct rule *rule = &ruleset->rules[label->fired[i].rule];
        if (left_out && left_out[label->fired[i].rule])
            continue;
        if ((rule->kind == RULE_REQUIRES_PREP ||
             (rule->kind == RULE_OPTIONAL_PREP && optional)) &&
            rule->minutes > minutes)
            minutes = rule->minutes;
    }
    return minutes;
}

struct rules_outcome rules_outcome(const size_t fired[RULE_KINDS])
{
    struct rules_outcome outcome;
    struct tally tally;

    memcpy(tally.fired, fired, sizeof tally.fired);
    outcome.importance = decide_importance(&tally);
    outcome.rsvp = decide_rsvp(deciding_rsvp(&tally), outcome.importance);
    outcome.prep =
        fired[RULE_REQUIRES_PREP] ||
        (fired[RULE_OPTIONAL_PREP] && outcome.importance >= IMPORTANCE_HIGH);
    return outcome;
}

void decide_label(struct ruleset *ruleset, const struct meeting_facts *facts,
                  struct label *label)
{
    struct tally tally;
    enum rule_kind rsvp_kind;

    collect(ruleset, facts, label, &tally);
    label->importance = decide_importance(&tally);
    label->prep_minutes =
        decide_minutes(ruleset, label, label->importance, NULL);
    rsvp_kind = deciding_rsvp(&tally);
    label->rsvp = decide_rsvp(rsvp_kind, label->importance);
    for (size_t i = 0; i < label->fired_count; i++) {
        struct fired_rule *fired = &ruleset->fired[i];
        fired->decided =
            decides(ruleset->rules[fired->rule].kind, label, rsvp_kind);
    }
}

bool ruleset_label(struct ruleset *ruleset, const struct meeting_facts *facts,
                   struct label *label, struct error *err)
{
    if (!scan_meeting(ruleset, facts, NULL, err))
        return false;
    decide_label(ruleset, facts, label);
    return true;
}

void ruleset_without(const struct ruleset *ruleset, const struct label *label,
                     const bool *left_out, struct label *without)
{
    struct tally tally = {{0}};

    for (size_t i = 0; i < label->fired_count; i++) {
        size_t rule = label->fired[i].rule;
        if (!left_out[rule])
            tally.fired[ruleset->rules[rule].kind]++;
    }
    *without = (struct label){.importance = decide_importance(&tally)};
    without->prep_minutes =
        decide_minutes(ruleset, label, without->importance, left_out);
    without->rsvp = decide_rsvp(deciding_rsvp(&tally), without->importance);
}
