/* Names of people in which no rule finds a word: nearly all of them.
 *
 * The same few dozen people sit in a calendar's meetings again and again.  A
 * name that was read once and held no word of any rule is remembered whole, and
 * passed over the next time. */
#ifndef DATEBOOK_RULES_NAMES_H
#define DATEBOOK_RULES_NAMES_H

#include "datebook/error.h"

#include <stddef.h>
#include <stdint.h>

struct quiet_name;

struct quiet_names {
    struct quiet_name *slots;
    size_t used;
};

bool quiet_names_start(struct quiet_names *names, struct error *err) CHECKED;
void quiet_names_end(struct quiet_names *names);

/* Whether the name is known to hold no word of a rule. */
bool quiet_names_hold(const struct quiet_names *names, const char *name,
                      size_t length);

/* Remembers that it holds none; forgets all others first when it must. */
void quiet_names_add(struct quiet_names *names, const char *name,
                     size_t length);

#endif
