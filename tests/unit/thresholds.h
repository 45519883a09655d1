/* The thresholds of the persona library, for tests. */
#ifndef DATEBOOK_TESTS_THRESHOLDS_H
#define DATEBOOK_TESTS_THRESHOLDS_H

#include "datebook/validate.h"

#include <check.h>

/* Its texts live in the arena. */
static inline const struct thresholds *library_thresholds(struct arena *arena)
{
    static struct thresholds thresholds;
    struct error err = {.code = ERROR_NONE};

    ck_assert_msg(thresholds_load(arena, "personas", &thresholds, &err), "%s",
                  err.message);
    return &thresholds;
}

#endif
