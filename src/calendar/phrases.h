/* Phrases that meetings are made of, from the rules of a persona. */
#ifndef CALENDAR_PHRASES_H
#define CALENDAR_PHRASES_H

#include "parts.h"

/* Rules of RSVP and preparation describe meetings: "Deal reviews with
 * leadership (30 min)"; the others hold words as they are. */
bool phrase_is_described(enum rule_kind kind);

/* Adds the phrases of the persona's rules of one kind that none of the
 * subjects names already. */
bool phrases_collect(struct arena *arena, const struct persona *persona,
                     enum rule_kind kind, const struct texts *subjects,
                     struct texts *phrases, struct error *err);

#endif
