/* What the files of lint share. */
#ifndef DATEBOOK_RULES_LINT_PARTS_H
#define DATEBOOK_RULES_LINT_PARTS_H

#include "ruleset.h"

#include "datebook/lint.h"

/* --- lint_implies.c --- */

/* Whether each meeting that fires `one` also fires `other`, both of which can
 * fire.  Sound, not complete. */
bool rule_implies(const struct ruleset *ruleset, const struct rule *one,
                  const struct rule *other);

/* Why no meeting can fire the rule; goes on from "never fires: ".  NULL when
 * one may. */
const char *rule_impossible(const struct ruleset *ruleset,
                            const struct rule *rule);

/* --- lint.c --- */

struct linter {
    struct arena *arena;
    struct ruleset *ruleset;
    struct lint *lint;
    struct error *err;
};

/* Adds a finding; message and advice may be NULL when memory ran out, which
 * fails. */
bool linter_add(struct linter *linter, enum lint_kind kind, size_t rule,
                size_t other, const char *message, const char *advice) CHECKED;

/* How a rule is called in a message: its field and its text. */
const char *linter_rule(struct linter *linter, size_t rule) CHECKED;

/* --- lint_pairs.c --- */

/* Adds what a rule that can fire has against it in others. */
bool lint_pairs(struct linter *linter, const bool *impossible,
                size_t rule) CHECKED;

#endif
