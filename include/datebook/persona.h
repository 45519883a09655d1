/* Persona documents: an invented person with explicit rules.
 *
 * One JSON document a persona.  Only id, name and tier are required; all other
 * fields, known or not, are kept as they were written.  The form of the
 * document is described in docs/personas.md. */
#ifndef DATEBOOK_PERSONA_H
#define DATEBOOK_PERSONA_H

#include "datebook/hash.h"
#include "datebook/json.h"

#include <stdint.h>

/* In the order in which the reasons of a label are spelled out. */
enum rule_kind {
    RULE_ALWAYS_IMPORTANT,
    RULE_USUALLY_IMPORTANT,
    RULE_SOMETIMES_IMPORTANT,
    RULE_RARELY_IMPORTANT,
    RULE_PRIORITY,
    RULE_ALWAYS_ACCEPT,
    RULE_CONDITIONAL,
    RULE_DECLINE_BY_DEFAULT,
    RULE_ALWAYS_DECLINE,
    RULE_REQUIRES_PREP,
    RULE_OPTIONAL_PREP,
    RULE_NO_PREP,
    RULE_KINDS
};

/* The field that holds rules of a kind: "importance_criteria.always_important".
 */
const char *rule_kind_field(enum rule_kind kind);

/* What a reason of this kind starts with: "Always important". */
const char *rule_kind_reason(enum rule_kind kind);

struct persona_rule {
    enum rule_kind kind;
    /* What identifies the rule among those of its kind: the text of a string
     * rule, the name of a priority, the JSON of an object rule without white
     * space and with its members sorted by name. */
    const char *source;
    const char *field;     /* "rsvp_rules.always_accept[2]", for messages */
    const cJSON *object;   /* the object of a structured rule, else NULL */
    const char **keywords; /* of a priority */
    size_t keyword_count;
};

/* "customer_calls" : "40%" */
struct persona_share {
    const char *name;
    int percent; /* 0 … 100; need not add up; what cannot be read is left out */
};

enum persona_role { PERSONA_TRAIN, PERSONA_VALIDATION };

/* The weekly load of who states none that can be read. */
enum { PERSONA_USUAL_MINUTES = 20 * 60 };

struct persona {
    const char *id;
    const char *name;
    int tier; /* 1 … 3 */
    enum persona_role role;
    double accuracy_gate; /* 0 when the document names none */
    const char *level;    /* of demographics, "" when missing */
    const char *function;
    const char *industry;
    const char *company;
    /* Weekly meeting load; both 0 when it is missing or cannot be read.
     * "<10 hours" is 5 to 10, "30+ hours" 30 to 36. */
    int weekly_minutes_low;
    int weekly_minutes_high;
    struct persona_share *shares;
    size_t share_count;
    struct persona_rule *rules; /* by kind, within a kind in document order */
    size_t rule_count;
    const cJSON *archetypes; /* an array of objects, or NULL */
    const cJSON *threads;    /* the same */
    const cJSON *tree;       /* the whole document */
    const char *document;    /* its minified text */
    size_t document_length;
    /* Old spellings that were read, each once:
     * "reads \"persona_id\" as \"id\"". */
    const char **remarks;
    size_t remark_count;
};

/* Reads and checks a document.  `source` (a path) names it in messages; an
 * error is ERROR_INPUT with source, field and reason, and line and column
 * where the JSON itself is broken.  Everything lives in the arena. */
bool persona_parse(struct arena *arena, const char *text, size_t length,
                   const char *source, struct persona *persona,
                   struct error *err) CHECKED;

/* The hash of what labels depend on: rules, and nothing of the prose.  Equal
 * hashes give equal labels. */
void persona_rules_hash(const struct persona *persona,
                        unsigned char digest[HASH_SIZE]);

/* What differs between two documents, a line each, in document order:
 *
 *   name: "A" -> "B"
 *   importance_criteria.always_important: added "live demo"
 *   "demo" moved from usually_important to always_important
 *   prep_time_needs.requires_prep: "QBR (30 min)" -> "QBR (45 min)"
 *   prep_time_needs.requires_prep "board": minutes 30 -> 45
 *   priority_framework "Close Q4 deals": keywords added "renewal"
 *   rsvp_rules.always_accept: reordered
 *
 * Lists are compared as sets (order is said once, for it is the order of
 * reasons); lists whose items all have a name, by that name.  What is left of
 * both sides is one item that was edited when it has the same name, or the same
 * text before a bracket.  Long values are cut.  No line when only white space,
 * escapes, the order of members or the spelling of a number differs.  Names of
 * members come from the document: the lines are not safe for a terminal as they
 * are. */
bool persona_changes(struct arena *arena, const cJSON *old_tree,
                     const cJSON *new_tree, const char ***changes,
                     size_t *count, struct error *err) CHECKED;

#endif
