/* A second implementation of docs/rules.md, slow and obvious: naive loops over
 * lists of words, plain recursion over heads, plain ifs for the decision.  It
 * shares with the engine how text is cut into words and stems, and the table of
 * concepts; nothing else.  Of the ways to write a length of time it knows those
 * that docs/rules.md shows.
 *
 * All functions fail the test when memory runs out. */
#ifndef DATEBOOK_TESTS_RULES_SECOND_H
#define DATEBOOK_TESTS_RULES_SECOND_H

#include "datebook/rules.h"

enum { SECOND_RULES = 64 };

/* A text as the list of its stems. */
struct stems {
    const char **at;
    size_t count;
};

struct stems_list {
    struct stems *at;
    size_t count;
};

struct second_concept {
    struct stems_list names;
    struct stems_list members; /* a fact is a stem such as "@external" */
};

struct second_tools {
    struct stemmer *stemmer;
    struct second_concept *concepts;
    size_t concept_count;
};

/* What a meeting says: subject, preview, and each name behind them. */
struct second_meeting {
    const struct meeting_facts *facts;
    struct stems_list texts;
};

/* A piece of a head.  Content is a word, a compound or the name of a concept;
 * the others divide. */
enum piece_kind { CONTENT, PREPOSITION, NEGATION, CHOICE };

struct piece {
    enum piece_kind kind;
    bool empty;        /* a stop word or an empty noun */
    bool slash_before; /* a choice with the piece before it */
    struct stems phrase;
    const struct second_concept *concept; /* or NULL */
};

struct pieces {
    struct piece *at;
    size_t count;
};

struct second_rule {
    const struct persona_rule *rule;
    struct stems_list any; /* the phrase, the keywords, or "any" */
    struct stems_list all;
    struct stems_list none;
    struct pieces head; /* of a described rule */
    const char *name;
    int minutes;
};

struct second {
    struct second_tools tools;
    struct second_rule rules[SECOND_RULES];
    size_t count;
};

struct second_label {
    enum importance importance;
    enum rsvp rsvp;
    int prep_minutes;
    bool fired[SECOND_RULES];
    bool decided[SECOND_RULES];
    const char *reasoning;
};

/* second_text.c */
void second_tools_start(struct second_tools *tools, struct arena *arena);
struct stems second_cut(const struct second_tools *tools, struct arena *arena,
                        const char *text, size_t length);
void second_append(struct arena *arena, struct stems_list *list,
                   struct stems stems);
bool second_occurs(const struct stems *text, const struct stems *phrase);

/* second_head.c */
size_t second_head_length(const char *text);
struct pieces second_read_head(const struct second_tools *tools,
                               struct arena *arena, const char *text,
                               enum rule_kind kind);
bool second_head_fires(struct pieces head,
                       const struct second_meeting *meeting);

/* second_minutes.c: as the brackets of a rule say, rounded and bounded. */
int second_minutes(const char *text, enum rule_kind kind);
int second_round(double minutes);

/* second_object.c */
void second_read_object(const struct second_tools *tools, struct arena *arena,
                        struct second_rule *rule);
bool second_object_fires(const struct second_rule *rule,
                         const struct second_meeting *meeting);

/* second.c: the rules live in one arena, a label in another. */
void second_start(struct second *second, struct arena *arena,
                  const struct persona *persona);
void second_label(const struct second *second, struct arena *arena,
                  const struct meeting_facts *facts,
                  struct second_label *label);
bool second_phrases_fire(const struct stems_list *phrases,
                         const struct second_meeting *meeting, bool all);

#endif
