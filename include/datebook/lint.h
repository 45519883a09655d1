/* What is wrong with a persona's rules, and what they nearly say.
 *
 * Pure, as the rules are: findings come from the compiled rules alone, and
 * from counts that somebody else took.  "By construction" means that it holds
 * for every meeting that there could be: one rule implies another when each
 * meeting that the first fires on fires the second too.  The test for that is
 * sound and not complete: what it says is so, but it may miss a case in which
 * several rules together cover another one. */
#ifndef DATEBOOK_LINT_H
#define DATEBOOK_LINT_H

#include "datebook/rules.h"

enum lint_severity { LINT_WARNING, LINT_ERROR };

enum lint_kind {
    LINT_NO_RULES,        /* warning: every label is the default */
    LINT_NEVER_FIRES,     /* error: by construction */
    LINT_NO_KEYWORDS,     /* error: a priority that never fires */
    LINT_CONTRADICTION,   /* error: the same in accept and decline, or in
                             requires_prep and no_prep */
    LINT_TWO_LISTS,       /* error: the same at two levels or in two lists, of
                             which one never decides */
    LINT_SHADOWED,        /* error: never decides by construction */
    LINT_DUPLICATE,       /* warning: the same twice in one list */
    LINT_WITHOUT_EFFECT,  /* warning: an optional prep rule that adds nothing to
                             a required one */
    LINT_NO_MINUTES,      /* warning: a prep rule that leaves its time to the
                             default */
    LINT_MINUTES_OUTSIDE, /* warning: a prep rule with minutes outside of its
                             bracket */
    LINT_COMMON_WORD,     /* warning: one common word is enough */
    LINT_DEAD,            /* warning: fired on no stored meeting */
    LINT_OVERRULED,       /* warning: fired on stored ones, decided none */
    LINT_MISSPELT,        /* warning: an unknown field near a known name */
    LINT_UNREADABLE,      /* warning: hours or a share that cannot be read */
    LINT_UNKNOWN_VALUE,   /* warning: of "diversity", outside of its list */
    LINT_NO_FUNCTION      /* warning: a function without archetypes */
};

const char *lint_kind_name(enum lint_kind kind); /* "never_fires" … */
const char *lint_severity_name(enum lint_severity severity);
enum lint_severity lint_severity_of(enum lint_kind kind);

#define LINT_NO_RULE SIZE_MAX

struct lint_finding {
    enum lint_kind kind;
    size_t rule;         /* index into persona.rules, or LINT_NO_RULE */
    size_t other;        /* the rule that it collides with, or LINT_NO_RULE */
    const char *field;   /* without a rule: a path in the document, or NULL */
    const char *message; /* goes on from the rule: "never fires: …" */
    const char *advice;  /* what to do */
};

/* Findings by rule, those of no rule first; all zeros is none. */
struct lint {
    struct lint_finding *findings;
    size_t count;
    size_t errors;
};

/* Adds what the rules alone show. */
bool lint_rules(struct arena *arena, struct ruleset *ruleset, struct lint *lint,
                struct error *err) CHECKED;

/* Adds what the document shows beside its rules: misspelt names of fields,
 * hours and shares that cannot be read.  Comes before lint_rules, which sorts
 * what there is. */
bool lint_document(struct arena *arena, const struct persona *persona,
                   struct lint *lint, struct error *err) CHECKED;

/* Adds a finding about a field; fails when a text is NULL, as for want of
 * memory. */
bool lint_field(struct arena *arena, struct lint *lint, enum lint_kind kind,
                const char *field, const char *message, const char *advice,
                struct error *err) CHECKED;

/* How often a rule fired, and how often it then decided. */
struct rule_usage {
    int64_t fired;
    int64_t decided;
};

/* Adds what `meetings` labelled meetings show; `usage` has an entry for each
 * rule.  Comes after lint_rules, and is silent on rules that by construction
 * never fire or decide, and without meetings. */
bool lint_usage(struct arena *arena, const struct ruleset *ruleset,
                const struct rule_usage *usage, int64_t meetings,
                struct lint *lint, struct error *err) CHECKED;

/* A concept of described rules, by index from 0; phrases divided by '|', of
 * which "@external", "@internal" and "@recurring" are facts of a meeting.
 * False behind the last. */
bool rules_concept(size_t index, const char **names, const char **members);

/* ---- Near misses ---- */

enum near_kind {
    NEAR_APART,   /* the words of `part` occur, but not side by side */
    NEAR_ALIKE,   /* of `part` the word `found` occurs, which starts alike and
                     has another stem */
    NEAR_MISSING, /* all holds but that `part` does not occur */
    NEAR_DENIED,  /* all holds, but `part` must not occur */
    NEAR_FACT     /* all holds but the fact `part` */
};

struct near_miss {
    enum near_kind kind;
    const char *part;
    const char *found; /* of NEAR_ALIKE, else NULL */
};

/* The rules of a persona as they are written, beside the compiled ones. */
struct near_reader;

/* Lives in the arena, and as long as the ruleset. */
struct near_reader *near_new(struct arena *arena, struct ruleset *ruleset,
                             struct error *err) CHECKED;

/* Takes the meeting that the ruleset labelled last. */
bool near_meeting(struct near_reader *reader, const struct meeting_facts *facts,
                  struct error *err) CHECKED;

/* Whether a rule that did not fire on that meeting nearly did; then *miss says
 * why, with texts in the arena.  A rule of one phrase (or of any of several)
 * nearly fires on its words apart, or on words with the same first four
 * letters; one of several parts when all of them hold but one. */
bool near_rule(struct near_reader *reader, size_t rule, struct arena *arena,
               bool *is_near, struct near_miss *miss,
               struct error *err) CHECKED;

#endif
