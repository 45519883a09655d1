/* Whether what a starved command says is right. */
#ifndef DATEBOOK_TESTS_FAULT_MESSAGES_H
#define DATEBOOK_TESTS_FAULT_MESSAGES_H

#include "fault.h"
#include "program.h"

#include <string.h>

/* What is said, and no error, when something beside the work did not go well.
 */
static inline bool is_excused(const struct printed *printed)
{
    return strstr(printed->err, "the export is not recorded") ||
           strstr(printed->out, "the space was not given back");
}

/* SQLite's own check takes a page for damaged that it could not read, or had no
 * memory for; it was looked at, and a look changes nothing. */
static inline bool is_false_alarm(const struct printed *printed,
                                  const struct fault_plan *plan)
{
    if (!(plan->points & (FAULT_HEAP | FAULT_READ)))
        return false;
    return (printed->exit_code == ERROR_FOUND &&
            strstr(printed->out, "SQLite: ")) ||
           (printed->exit_code == ERROR_DATABASE &&
            strstr(printed->err, "is damaged: "));
}

/* A message for people, about the right thing. */
static inline bool message_is_sane(const struct printed *printed,
                                   const struct fault_plan *plan)
{
    static const char start[] = "datebook: ";
    const char *last = strstr(printed->err, start);

    if (!last || strlen(last) < sizeof start + 4)
        return false;
    if (plan->points & (FAULT_HEAP | FAULT_ARENA))
        return printed->exit_code == ERROR_BUG &&
               strstr(last, "out of memory") != NULL;
    return printed->exit_code == ERROR_DATABASE ||
           printed->exit_code == ERROR_INPUT;
}

#endif
