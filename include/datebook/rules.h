/* The oracle: a persona's rules, compiled, label a meeting and say why.
 *
 * Pure: no database, no clock, no input or output.  A label is a function of
 * the persona document, the meeting and RULES_ENGINE alone.  The meaning of
 * every construct is fixed in docs/rules.md. */
#ifndef DATEBOOK_RULES_H
#define DATEBOOK_RULES_H

#include "datebook/graph.h"
#include "datebook/persona.h"

/* Raised when the same document and meeting may get another label. */
enum { RULES_ENGINE = 1 };

enum importance {
    IMPORTANCE_LOW,
    IMPORTANCE_MEDIUM,
    IMPORTANCE_HIGH,
    IMPORTANCE_CRITICAL,
    IMPORTANCE_LEVELS
};

enum rsvp { RSVP_DECLINE, RSVP_TENTATIVE, RSVP_ACCEPT, RSVP_ANSWERS };

const char *importance_name(enum importance importance); /* "critical" … */
const char *rsvp_name(enum rsvp rsvp); /* "accept", "tentative", "decline" */

/* A rule that fired. */
struct fired_rule {
    uint16_t rule; /* index into persona.rules */
    bool decided;  /* it decided or supported the label; else overruled */
};

struct label {
    enum importance importance;
    enum rsvp rsvp;
    int prep_minutes; /* 0: no preparation needed; else 15 … 90 */
    const struct fired_rule *fired; /* in the order of persona.rules */
    size_t fired_count;
};

struct ruleset;

/* Compiles the rules of a persona, which must outlive the ruleset.  An object
 * rule with an unknown key or a wrong value is ERROR_INPUT with its field.  A
 * ruleset works on one meeting at a time: one for each thread.  Free with
 * ruleset_free; NULL is fine. */
struct ruleset *ruleset_compile(const struct persona *persona,
                                struct error *err) CHECKED;
void ruleset_free(struct ruleset *ruleset);

/* Labels one meeting.  `label->fired` is valid until the next call with this
 * ruleset.  Fails only when memory runs out. */
bool ruleset_label(struct ruleset *ruleset, const struct meeting_facts *facts,
                   struct label *label, struct error *err) CHECKED;

/* What so many rules of each kind that fired decide together; the minutes
 * depend on which rules they are. */
struct rules_outcome {
    enum importance importance;
    enum rsvp rsvp;
    bool prep; /* needed */
};
struct rules_outcome rules_outcome(const size_t fired[RULE_KINDS]);

/* The label that a meeting would get if some rules were not there: left_out has
 * an entry for each of persona.rules, and `label` is what all of them gave.
 * Fills all but the rules that fired. */
void ruleset_without(const struct ruleset *ruleset, const struct label *label,
                     const bool *left_out, struct label *without);

/* What a rule is called in a reasoning: its text, the head of a described
 * rule, the name of a priority or of a structured rule. */
const char *ruleset_name(const struct ruleset *ruleset, size_t rule);

/* Adds what a structured rule tests, in words: "demo or pilot, external, 5+
 * attendees".  Nothing for a rule of text. */
void ruleset_conditions(const struct ruleset *ruleset, size_t rule,
                        struct buf *buf);

/* Minutes of a prep rule; 0 for any other. */
int ruleset_minutes(const struct ruleset *ruleset, size_t rule);

/* Adds the reasoning: "Always important: pipeline; Requires prep: …". */
void ruleset_reasoning(const struct ruleset *ruleset, const struct label *label,
                       struct buf *buf);

/* For labels whose rules are stored.  A reasoning is made of the rules that
 * decided, and are of a kind that gives reasons (all but the RSVP kinds), each
 * distinct text once, divided by "; "; without any it is RULES_NO_REASON. */
#define RULES_NO_REASON "No specific rule matched"
bool rules_gives_reason(enum rule_kind kind);

/* Adds one "Kind: name", and nothing before or after it. */
void rules_reason(enum rule_kind kind, const char *name, struct buf *buf);

/* Where a rule fired: a byte range of one of the texts. */
enum rules_text { TEXT_SUBJECT, TEXT_PREVIEW, TEXT_PEOPLE };

struct rule_match {
    uint16_t rule; /* index into persona.rules */
    enum rules_text text;
    size_t start; /* bytes */
    size_t length;
};

/* All the places where the rules that fired found their words, ordered by
 * text, start, length and rule.  Places may overlap; a rule may have none when
 * it fired on facts alone.  Lives in the arena.  Ends the life of the last
 * label's `fired`, as ruleset_label does. */
bool ruleset_matches(struct ruleset *ruleset, const struct meeting_facts *facts,
                     struct arena *arena, struct rule_match **matches,
                     size_t *count, struct error *err) CHECKED;

#endif
