/* Phrases of a persona's rules that a meeting should speak of, so that its
 * label is the one that the calendar chose it for. */
#ifndef DATEBOOK_DATASET_WRITING_TOPICS_H
#define DATEBOOK_DATASET_WRITING_TOPICS_H

#include "internal.h"

enum { TOPICS = 2, TOPIC_BYTES = 60 };

/* Where the rules that decided importance and preparation of a meeting found
 * their words, and where there is room those that were overruled: what stands
 * there, at most TOPICS of at most TOPIC_BYTES.  A rule that asks for facts
 * alone has none. */
bool topics_find(struct ruleset *rules, const struct persona *persona,
                 const struct meeting_facts *facts, struct arena *arena,
                 const char **topics, size_t *count, struct error *err) CHECKED;

/* What a rule of the persona says of a topic; RULE_KINDS: none does. */
bool topics_judge(struct ruleset *rules, const struct persona *persona,
                  const struct meeting_facts *facts, const char *const *topics,
                  size_t count, struct arena *arena,
                  enum rule_kind kinds[TOPICS], struct error *err) CHECKED;

/* A phrase of a rule of some kind, one that the older persona did not have if
 * there is any (NULL: nobody knows the older one); always the same for the same
 * topic.  NULL when there is none. */
bool topics_replace(struct ruleset *rules, const struct persona *persona,
                    const struct persona *older, enum rule_kind kind,
                    const char *topic, struct arena *arena, const char **phrase,
                    struct error *err) CHECKED;

#endif
