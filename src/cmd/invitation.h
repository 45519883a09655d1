/* A meeting as an invitation, and a persona's rules beside it: lines of text
 * from values, without a terminal. */
#ifndef DATEBOOK_CMD_INVITATION_H
#define DATEBOOK_CMD_INVITATION_H

#include "terminal.h"

#include "datebook/graph.h"
#include "datebook/rules.h"

/* What was found in the texts of a meeting; nothing is marked without. */
struct found_words {
    const struct rule_match *matches; /* in the order of ruleset_matches */
    size_t count;
};

/* Adds the meeting in lines of `width` columns: subject, when, where, who,
 * preview.  All of it is made safe for a terminal. */
void put_invitation(struct buf *out, const struct event *event,
                    const struct meeting_facts *facts,
                    const struct found_words *found, int width, bool styled);

/* Adds "Name       text" in lines of `width` columns, the text in a column of
 * its own where there is room for one; nothing for an empty text.  The text is
 * safe for a terminal. */
void put_field(struct buf *out, const char *name, const struct buf *text,
               int width);

/* How a rule fired. */
enum rule_part { RULE_SILENT, RULE_OVERRULED, RULE_DECIDED };

/* Adds all rules of a persona in lines of `width` columns, those of one kind in
 * one paragraph, and marks those that fired; parts[n] is that of rule n, NULL:
 * none fired. */
void put_rules(struct buf *out, const struct persona *persona,
               const struct ruleset *rules, const enum rule_part *parts,
               int width);

/* What stands before a rule that fired: "» ", "› ", "". */
const char *rule_part_mark(enum rule_part part);

#endif
