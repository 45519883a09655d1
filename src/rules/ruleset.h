/* A compiled persona: what the files of this folder share. */
#ifndef DATEBOOK_RULES_RULESET_H
#define DATEBOOK_RULES_RULESET_H

#include "datebook/rules.h"
#include "lexicon.h"
#include "names.h"

/* Phrase numbers that stand for facts of a meeting instead of words: a concept
 * names them "@external" … */
enum fact_phrase { FACT_EXTERNAL, FACT_INTERNAL, FACT_RECURRING, FACT_PHRASES };

/* Which texts a rule reads, as bits. */
enum { IN_SUBJECT = 1, IN_PREVIEW = 2, IN_PEOPLE = 4, IN_FACTS = 8 };

/* Conditions in five levels: a group holds when all of its segments do, a
 * segment when one of its choices does, a choice when all of its terms do, a
 * term when one of its phrases was found.  Each level is a list of bounds in
 * the level below: term t is phrases[terms[t] … terms[t + 1]). */
struct conditions {
    struct number_list phrases;
    struct number_list terms;
    struct number_list choices;
    struct number_list segments;
    struct number_list groups;
};

/* Tests of a structured rule against the facts; TEST_OFF and the widest
 * bounds test nothing. */
enum fact_test { TEST_OFF, TEST_TRUE, TEST_FALSE };

struct fact_tests {
    enum fact_test external;
    enum fact_test one_on_one;
    enum fact_test recurring;
    enum fact_test organizer;
    enum fact_test overlaps;
    int attendees_min;
    int attendees_max;
    int duration_min; /* minutes */
    int duration_max;
};

struct rule {
    enum rule_kind kind;
    bool always_tried; /* it may fire without any of its phrases */
    uint8_t texts;     /* IN_… bits */
    int minutes;       /* of a prep rule, else 0 */
    const char *name;
    uint32_t needs; /* groups[needs … needs_end), none or one, must hold */
    uint32_t needs_end;
    uint32_t denies; /* when any of these groups holds, it does not fire */
    uint32_t denies_end;
    bool has_tests;
    struct fact_tests tests;
};

/* A phrase at a place. */
struct place {
    uint32_t phrase;
    enum rules_text text;
    size_t start;
    size_t length;
};

struct places {
    struct place *at;
    size_t count;
    size_t size;
    struct arena *arena;
};

/* A concept of described rules; both are phrases divided by '|'. */
struct concept {
    const char *names;   /* what a head may call it */
    const char *members; /* what a meeting may call it */
};

extern const struct concept concepts[];
extern const size_t concept_count;

/* A name of a concept, as word numbers. */
struct concept_name {
    const struct concept *concept;
    const uint32_t *words;
    uint32_t count;
};

struct ruleset {
    struct arena arena;
    const struct persona *persona;
    struct lexicon lexicon;
    struct conditions conditions;
    struct concept_name *names;
    size_t name_count;
    struct rule *rules; /* as many as the persona has, in its order */
    size_t rule_count;
    bool reads_people;
    struct quiet_names quiet_names;
    /* The rules that need phrase p: users[users_start[p] …
     * users_start[p + 1]). */
    uint32_t *users_start;
    uint32_t *users;
    uint64_t *always; /* a bit for every rule that is always tried */
    size_t bit_words;
    /* Of the meeting in hand: */
    uint64_t *tried;  /* a bit for every rule that may have fired */
    uint8_t *found;   /* by phrase: the texts it was found in */
    uint32_t *marked; /* the phrases that were found */
    uint32_t marked_count;
    uint32_t *recent; /* word numbers, a ring of ring_size */
    size_t *recent_start;
    uint32_t ring_size;    /* a power of two */
    struct places *places; /* where places are noted, or NULL */
    struct fired_rule *fired;
};

/* --- conditions.c: building --- */

bool conditions_start(struct ruleset *ruleset, struct error *err) CHECKED;
bool conditions_phrase(struct ruleset *ruleset, uint32_t phrase,
                       struct error *err) CHECKED;
/* Each ends what is open on its level; an empty one is dropped. */
bool conditions_end_term(struct ruleset *ruleset, struct error *err) CHECKED;
bool conditions_end_choice(struct ruleset *ruleset, struct error *err) CHECKED;
bool conditions_end_segment(struct ruleset *ruleset, struct error *err) CHECKED;
bool conditions_end_group(struct ruleset *ruleset, struct error *err) CHECKED;
/* The number of the next group. */
uint32_t conditions_next(const struct ruleset *ruleset);

/* --- head.c, structured.c, minutes.c: reading one rule --- */

/* Reads the head of a described rule into `rule`. */
bool head_compile(struct ruleset *ruleset, struct rule *rule, const char *head,
                  size_t length, struct error *err) CHECKED;

/* The bytes of a described rule before its bracket, without the white space
 * around them. */
size_t head_find(const char *text, const char **head);

bool structured_compile(struct ruleset *ruleset, struct rule *rule,
                        const struct persona_rule *source,
                        struct error *err) CHECKED;

/* The name of a structured rule without one, from what it tests. */
const char *structured_name(struct arena *arena, const struct rule *rule,
                            const cJSON *object, struct error *err) CHECKED;

/* The minutes that a described rule names in its bracket, or `otherwise`;
 * rounded and kept in bounds. */
int minutes_read(const char *text, int otherwise);
/* Rounds to 5, and keeps within 15 … 90. */
int minutes_fit(double minutes);

/* --- concept_names.c --- */

/* Numbers the names of all concepts, before the first head is read. */
bool concept_names_read(struct ruleset *ruleset, struct error *err) CHECKED;

/* Adds the members of a concept to the open term. */
bool concept_add_members(struct ruleset *ruleset, const struct concept *concept,
                         struct error *err) CHECKED;

/* --- scan.c: one meeting --- */

/* Marks what a meeting holds: `found`, `marked`, `tried`.  With `places`, notes
 * the places as well. */
bool scan_meeting(struct ruleset *ruleset, const struct meeting_facts *facts,
                  struct places *places, struct error *err) CHECKED;

/* The label of the meeting that was scanned last. */
void decide_label(struct ruleset *ruleset, const struct meeting_facts *facts,
                  struct label *label);

/* The phrases of a rule's needs: conditions.phrases[*first … *end). */
void rule_phrases(const struct ruleset *ruleset, const struct rule *rule,
                  uint32_t *first, uint32_t *end);

bool choice_holds(const struct ruleset *ruleset, uint32_t choice,
                  unsigned texts);
bool rule_fires(const struct ruleset *ruleset, const struct rule *rule,
                const struct meeting_facts *facts);

#endif
