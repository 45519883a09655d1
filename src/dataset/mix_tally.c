/* Counting labels: what rules made of meetings, and of the drafts that the
 * meetings were chosen from. */
#include "datebook/mix_report.h"

#include "datebook/validate.h"

#include <math.h>
#include <string.h>

/* A range in percent, as a share in thousandths; one without an end holds
 * everything on that side. */
static struct mix_share share_of(const struct thresholds *thresholds,
                                 enum check_id check, int wanted)
{
    struct check_range range = thresholds->of[check].overall;

    return (struct mix_share){.wanted = wanted,
                              .low = (int)lround(fmin(range.low, 100) * 10),
                              .high = (int)lround(fmin(range.high, 100) * 10)};
}

struct mix_wish mix_usual(const struct thresholds *thresholds)
{
    struct mix_wish wish = {.prep = share_of(thresholds, CHECK_PREP_NEEDED,
                                             calendar_usual_mix.prep)};

    for (int level = 0; level < IMPORTANCE_LEVELS; level++) {
        enum check_id check = (enum check_id)(CHECK_IMPORTANCE_CRITICAL +
                                              IMPORTANCE_CRITICAL - level);
        wish.levels[level] =
            share_of(thresholds, check, calendar_usual_mix.levels[level]);
    }
    return wish;
}

static struct mix_share around(int wanted, int tolerance)
{
    return (struct mix_share){.wanted = wanted,
                              .low = wanted - tolerance,
                              .high = wanted + tolerance,
                              .given = true};
}

struct mix_share mix_given_level(int wanted)
{
    return around(wanted, 25);
}

struct mix_share mix_given_prep(int wanted)
{
    return around(wanted, 50);
}

struct calendar_mix mix_targets(const struct mix_wish *wish)
{
    struct calendar_mix mix = {.prep = wish->prep.wanted};

    for (int level = 0; level < IMPORTANCE_LEVELS; level++)
        mix.levels[level] = wish->levels[level].wanted;
    return mix;
}

bool mix_tally_start(struct mix_tally *tally, struct arena *arena,
                     const struct persona *persona, const struct ruleset *rules,
                     struct error *err)
{
    *tally = (struct mix_tally){.persona = persona, .rules = rules};
    tally->of_rules = arena_zero(arena, persona->rule_count + 1,
                                 sizeof *tally->of_rules, err);
    return tally->of_rules != NULL;
}

/* The importance that a kind of rule gives; IMPORTANCE_LEVELS for none. */
static enum importance level_of(enum rule_kind kind)
{
    switch (kind) {
    case RULE_ALWAYS_IMPORTANT:
        return IMPORTANCE_CRITICAL;
    case RULE_USUALLY_IMPORTANT:
    case RULE_PRIORITY:
        return IMPORTANCE_HIGH;
    case RULE_SOMETIMES_IMPORTANT:
        return IMPORTANCE_MEDIUM;
    case RULE_RARELY_IMPORTANT:
        return IMPORTANCE_LOW;
    default:
        return IMPORTANCE_LEVELS;
    }
}

/* The levels below that of the label whose rules fired, a bit each. */
static unsigned overruled(const struct mix_tally *tally,
                          const struct label *label)
{
    unsigned levels = 0;

    for (size_t i = 0; i < label->fired_count; i++)
        levels |=
            1u << level_of(tally->persona->rules[label->fired[i].rule].kind);
    return levels & ((1u << label->importance) - 1);
}

void mix_count_draft(struct mix_tally *tally, const struct label *label)
{
    unsigned lost = overruled(tally, label);

    tally->drafts++;
    tally->draft_levels[label->importance]++;
    tally->draft_prep[label->importance] += label->prep_minutes > 0;
    for (size_t i = 0; i < label->fired_count; i++) {
        size_t number = label->fired[i].rule;
        struct mix_rule *rule = &tally->of_rules[number];
        rule->fired++;
        if (lost &&
            level_of(tally->persona->rules[number].kind) == label->importance)
            for (int level = 0; level < IMPORTANCE_LEVELS; level++)
                rule->won[level] += lost >> level & 1;
    }
}

static bool asks_for_prep(enum rule_kind kind)
{
    return kind == RULE_REQUIRES_PREP || kind == RULE_OPTIONAL_PREP;
}

void mix_count_meeting(struct mix_tally *tally, const struct label *label,
                       bool standing)
{
    bool ruled = false;

    tally->meetings++;
    tally->levels[label->importance]++;
    tally->prep += label->prep_minutes > 0;
    tally->prep_minutes += label->prep_minutes;
    if (standing) {
        tally->standing_levels[label->importance]++;
        tally->standing_prep += label->prep_minutes > 0;
    }
    for (size_t i = 0; i < label->fired_count; i++) {
        size_t number = label->fired[i].rule;
        enum rule_kind kind = tally->persona->rules[number].kind;
        struct mix_rule *rule = &tally->of_rules[number];
        bool prep = asks_for_prep(kind) && label->fired[i].decided;
        bool level = level_of(kind) == label->importance;
        ruled |= level;
        rule->decided += prep || level;
        rule->longest += prep && ruleset_minutes(tally->rules, number) ==
                                     label->prep_minutes;
    }
    tally->unruled += !ruled;
}
