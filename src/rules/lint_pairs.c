/* Findings about two rules: one says what the other says, or stands in its way.
 *
 * A rule gets one finding of this kind, against the first rule that it has
 * most in common with. */
#include "lint_parts.h"

enum family { FAMILY_IMPORTANCE, FAMILY_RSVP, FAMILY_PREP };

static enum family family_of(enum rule_kind kind)
{
    if (kind <= RULE_PRIORITY)
        return FAMILY_IMPORTANCE;
    return kind <= RULE_ALWAYS_DECLINE ? FAMILY_RSVP : FAMILY_PREP;
}

/* The order in which RSVP rules are asked. */
static int rsvp_rank(enum rule_kind kind)
{
    switch (kind) {
    case RULE_ALWAYS_DECLINE:
        return 0;
    case RULE_ALWAYS_ACCEPT:
        return 1;
    case RULE_DECLINE_BY_DEFAULT:
        return 2;
    default:
        return 3;
    }
}

/* Whether a rule of kind `weak` decides nothing where one of kind `strong`
 * fires. */
static bool overrules(enum rule_kind strong, enum rule_kind weak)
{
    if (family_of(strong) != family_of(weak))
        return false;
    switch (family_of(weak)) {
    case FAMILY_RSVP:
        return rsvp_rank(strong) < rsvp_rank(weak);
    case FAMILY_PREP:
        return strong == RULE_REQUIRES_PREP && weak == RULE_NO_PREP;
    default:
        break;
    }
    if (strong == RULE_PRIORITY)
        return weak == RULE_SOMETIMES_IMPORTANT ||
               weak == RULE_RARELY_IMPORTANT;
    return weak != RULE_PRIORITY && strong < weak;
}

static bool declines(enum rule_kind kind)
{
    return kind == RULE_ALWAYS_DECLINE || kind == RULE_DECLINE_BY_DEFAULT;
}

static bool contradict(enum rule_kind strong, enum rule_kind weak)
{
    if (family_of(weak) == FAMILY_PREP)
        return true;
    return (strong == RULE_ALWAYS_ACCEPT && declines(weak)) ||
           (weak == RULE_ALWAYS_ACCEPT && declines(strong));
}

enum { NO_FINDING = -1 };

/* What the rule at hand has against it in another one, as an enum lint_kind. */
static int relate(const struct ruleset *ruleset, size_t rule, size_t other)
{
    const struct rule *weak = &ruleset->rules[rule];
    const struct rule *strong = &ruleset->rules[other];
    bool optional = strong->kind == RULE_REQUIRES_PREP &&
                    weak->kind == RULE_OPTIONAL_PREP &&
                    weak->minutes <= strong->minutes;
    bool same_list = strong->kind == weak->kind && other < rule;
    bool mutual;

    if (!optional && !same_list && !overrules(strong->kind, weak->kind))
        return NO_FINDING;
    if (!rule_implies(ruleset, weak, strong))
        return NO_FINDING;
    mutual = rule_implies(ruleset, strong, weak);
    if (same_list)
        return mutual ? LINT_DUPLICATE : NO_FINDING;
    if (optional)
        return mutual ? LINT_TWO_LISTS : LINT_WITHOUT_EFFECT;
    if (!mutual)
        return LINT_SHADOWED;
    return contradict(strong->kind, weak->kind) ? LINT_CONTRADICTION
                                                : LINT_TWO_LISTS;
}

static const char *message_of(struct linter *linter, enum lint_kind kind,
                              size_t other)
{
    const char *name = linter_rule(linter, other);
    const char *before = "never decides: ";
    const char *behind = " fires on all its meetings and comes first";

    if (!name)
        return NULL;
    if (kind == LINT_DUPLICATE) {
        before = "says the same as ";
        behind = "";
    } else if (kind == LINT_CONTRADICTION) {
        before = "never decides: it says the opposite of ";
        behind = ", of the same meetings, and that comes first";
    } else if (kind == LINT_TWO_LISTS) {
        behind = " fires on the same meetings and comes first";
    } else if (kind == LINT_WITHOUT_EFFECT) {
        before = "adds nothing: ";
        behind = " fires on all its meetings and takes no less time";
    }
    return arena_format(linter->arena, linter->err, "%s%s%s", before, name,
                        behind);
}

static const char *advice_of(enum lint_kind kind)
{
    switch (kind) {
    case LINT_DUPLICATE:
        return "remove one of the two";
    case LINT_CONTRADICTION:
    case LINT_TWO_LISTS:
        return "keep it in the list that is meant, and remove it from the "
               "other";
    case LINT_WITHOUT_EFFECT:
        return "remove it, or give it more minutes than the required one";
    default:
        return "remove it, or narrow the rule that comes first";
    }
}

bool lint_pairs(struct linter *linter, const bool *impossible, size_t rule)
{
    int worst = NO_FINDING;
    size_t with = 0;

    for (size_t i = 0; i < linter->ruleset->rule_count; i++) {
        int kind = i == rule || impossible[i]
                       ? NO_FINDING
                       : relate(linter->ruleset, rule, i);
        if (kind == NO_FINDING || (worst != NO_FINDING && kind >= worst))
            continue;
        worst = kind;
        with = i;
    }
    return worst == NO_FINDING ||
           linter_add(linter, (enum lint_kind)worst, rule, with,
                      message_of(linter, (enum lint_kind)worst, with),
                      advice_of((enum lint_kind)worst));
}
