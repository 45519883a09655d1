/* Words of reviews: causes, strata, preferences, and names that people give. */
#include "datebook/review.h"

#include <string.h>

static const char *const causes[REVIEW_CAUSES] = {"none", "rule", "exception"};
static const char *const strata[SAMPLE_STRATA] = {
    "persona", "importance", "tier", "type", "prep", "rsvp"};
static const char *const preferences[SAMPLE_PREFERENCES] = {
    "none", "conflicts", "new-rules", "borderline"};

/* The place of a word; `count` when it is not there. */
static int place_of(const char *const *words, int count, const char *word)
{
    int i = 0;

    while (i < count && strcmp(words[i], word) != 0)
        i++;
    return i;
}

const char *review_cause_name(enum review_cause cause)
{
    return causes[cause];
}

enum review_cause review_cause_named(const char *name)
{
    return (enum review_cause)place_of(causes, REVIEW_CAUSES, name);
}

const char *sample_stratum_name(enum sample_stratum stratum)
{
    return strata[stratum];
}

enum sample_stratum sample_stratum_named(const char *name)
{
    return (enum sample_stratum)place_of(strata, SAMPLE_STRATA, name);
}

const char *sample_preference_name(enum sample_preference preference)
{
    return preferences[preference];
}

enum sample_preference sample_preference_named(const char *name)
{
    return (enum sample_preference)place_of(preferences, SAMPLE_PREFERENCES,
                                            name);
}

bool review_name_check(const char *what, const char *name, struct error *err)
{
    size_t length = strlen(name);
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    if (length && length <= REVIEW_NAME && good == length && *name != '-' &&
        *name != '.')
        return true;
    error_set(err, ERROR_INPUT, "\"%.100s\" is no name of a %s", name, what);
    return error_hint(err,
                      "a name has letters, digits, \".\", \"_\" and \"-\", "
                      "does not start with \".\" or \"-\", and is at most %d "
                      "characters long",
                      REVIEW_NAME);
}
