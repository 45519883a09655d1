/* Personas' rules and meetings made at random, from words that are easily
 * taken for each other.  Whatever is made lives in the arena. */
#ifndef DATEBOOK_TESTS_RULES_SECOND_MAKE_H
#define DATEBOOK_TESTS_RULES_SECOND_MAKE_H

#include "datebook/random.h"
#include "datebook/rules.h"

enum { MAKE_GROUPS = 6 };

/* The words that one persona and its meetings prefer. */
struct maker {
    struct arena *arena;
    struct random random;
    size_t groups[MAKE_GROUPS];
};

/* Starts afresh, with other words for another number. */
void make_start(struct maker *maker, struct arena *arena, uint64_t number);

/* Rules in the order of their kinds, as a persona holds them. */
void make_rules(struct maker *maker, struct persona_rule *rules, size_t count);

/* One rule of a kind. */
void make_rule(struct maker *maker, enum rule_kind kind,
               struct persona_rule *rule);

void make_meeting(struct maker *maker, struct meeting_facts *facts);

#endif
