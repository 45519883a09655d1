/* Readers of the fields of one object in a data file.  A field that is missing
 * leaves the value as it is, so that a default, or what another object said,
 * is put there before. */
#ifndef CALENDAR_FIELDS_H
#define CALENDAR_FIELDS_H

#include "parts.h"

/* Archetypes or threads in one list: far more than anybody writes, and few
 * enough to compare each with all the others. */
enum { LIST_MOST = 1000 };

/* A path as of data_item, for an object that has a name: archetypes[3]
 * "deal_review". */
const char *data_named_item(const struct reader *reader, const char *list,
                            size_t index, const cJSON *object);
/* A value in a message: "text" in quotes, 33, or what kind it is of. */
const char *data_shown(const struct reader *reader, const cJSON *value);

/* One object that is being read. */
struct entry {
    const struct reader *reader;
    const cJSON *object;
    const char *path;
    const struct scope *scope;
};

/* False, with a message that names the field. */
bool entry_fail(const struct entry *entry, const char *name, const char *what);
/* The same: "must be one of …, not …" with the names spelled out. */
bool entry_fail_choice(const struct entry *entry, const char *name,
                       const cJSON *value, const char *const *names,
                       size_t count);
/* The position of a text among names; -1 when it is none of them. */
int entry_position(const cJSON *value, const char *const *names, size_t count);

bool entry_choice(const struct entry *entry, const char *name,
                  const char *const *names, size_t count, int *choice);
/* A bit for each name in a list. */
bool entry_bits(const struct entry *entry, const char *name,
                const char *const *names, size_t count, unsigned *bits);
bool entry_number(const struct entry *entry, const char *name, int low,
                  int high, int *number);
/* [smaller, larger] */
bool entry_pair(const struct entry *entry, const char *name, int low, int high,
                int pair[2]);
/* "months" and "when" */
bool entry_season(const struct entry *entry, struct season *season);
/* "levels" */
bool entry_levels(const struct entry *entry, unsigned *levels);

void archetype_defaults(struct archetype *archetype);
/* Every field of an archetype but its name, kinds, weight and cadence. */
bool entry_archetype(const struct entry *entry, struct archetype *archetype);

#endif
