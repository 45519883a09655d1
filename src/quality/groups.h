/* Meetings counted by what they have in common. */
#ifndef DATEBOOK_QUALITY_GROUPS_H
#define DATEBOOK_QUALITY_GROUPS_H

#include "datebook/quality.h"

/* Counts one meeting into the groups of its own that were asked for.  `label`
 * may be NULL: there is none. */
bool groups_count(struct statistics *statistics, struct arena *arena,
                  const struct meeting_facts *facts,
                  const struct stored_label *label,
                  const struct stored_rule *rules, size_t rule_count,
                  struct error *err) CHECKED;

/* Adds the tally of a persona to the groups of personas that were asked for. */
bool groups_add_persona(struct statistics *statistics, struct arena *arena,
                        const struct persona *persona,
                        const struct tally *tally, struct error *err) CHECKED;

/* When all is counted: the weeks of groups of meetings are those of all. */
void groups_end(struct statistics *statistics);

#endif
