/* What to ask otherwise, from the words of a server that did not understand.
 *
 * Services tell so in many ways: code unsupported_parameter with `param`,
 * "Unrecognized request argument supplied: seed", "seed: Extra inputs are not
 * permitted".  They have in common that they name the field.  Each trait goes
 * in one direction only, so adapting comes to an end whatever is said. */
#include "chat_internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum field { FIELD_FORM, FIELD_LIMIT, FIELD_TEMPERATURE, FIELD_SEED, FIELDS };

static const struct {
    enum field field;
    const char *name;
} names[] = {
    {FIELD_FORM, "response_format"},
    {FIELD_FORM, "json_schema"},
    {FIELD_FORM, "json_object"},
    {FIELD_FORM, "json schema"},
    {FIELD_FORM, "structured output"},
    {FIELD_FORM, "structured outputs"},
    {FIELD_FORM, "guided_json"},
    {FIELD_FORM, "guided decoding"},
    {FIELD_FORM, "grammar"},
    {FIELD_LIMIT, "max_completion_tokens"},
    {FIELD_LIMIT, "max_tokens"},
    {FIELD_TEMPERATURE, "temperature"},
    {FIELD_SEED, "seed"},
};

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Where a name stands as a whole word; NULL when it does not. */
static const char *find_name(const char *text, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = text; (at = strcasestr(at, name)); at++)
        if ((at == text || !in_word(at[-1])) && !in_word(at[length]))
            return at;
    return NULL;
}

/* Where each field is first named; NULL when it is not. */
static void find_fields(const char *text, const char *found[FIELDS])
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *at = find_name(text, names[i].name);
        const char **first = &found[names[i].field];
        if (at && (!*first || at < *first))
            *first = at;
    }
}

/* A limit that is known by its name and too high for the model: no limit, and
 * the model's own holds. */
static bool is_too_high(const struct chat_fault *fault)
{
    static const char *const unknown[] = {"unsupported_parameter",
                                          "unknown_parameter", NULL};
    static const char *const words[] = {"too large", "too high", "at most",
                                        "maximum",   "exceed",   "less than"};

    if (!fault->message || chat_fault_is(fault, unknown))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(fault->message, words[i]))
            return true;
    return false;
}

static bool adapt_limit(const struct chat_fault *fault,
                        struct chat_traits *traits)
{
    enum chat_limit old = traits->limit;
    bool told =
        fault->message && find_name(fault->message, "max_completion_tokens");

    if (is_too_high(fault) || old == CHAT_TOLD_COMPLETION_TOKENS)
        traits->limit = CHAT_NO_LIMIT;
    else if (old == CHAT_MAX_COMPLETION_TOKENS)
        traits->limit = CHAT_MAX_TOKENS;
    else if (old == CHAT_MAX_TOKENS)
        traits->limit = told ? CHAT_TOLD_COMPLETION_TOKENS : CHAT_NO_LIMIT;
    return traits->limit != old;
}

static bool adapt_field(enum field field, const struct chat_fault *fault,
                        struct chat_traits *traits)
{
    bool had;

    switch (field) {
    case FIELD_LIMIT:
        return adapt_limit(fault, traits);
    case FIELD_TEMPERATURE:
        had = traits->temperature;
        traits->temperature = false;
        return had;
    case FIELD_SEED:
        had = traits->seed;
        traits->seed = false;
        return had;
    default:
        if (traits->form == CHAT_PLAIN)
            return false;
        traits->form = traits->form == CHAT_SCHEMA ? CHAT_JSON : CHAT_PLAIN;
        return true;
    }
}

/* Of several that are named the first counts that can be changed: "'seed' is
 * not supported; supported are max_tokens, temperature". */
static bool adapt_named(const char *text, const struct chat_fault *fault,
                        struct chat_traits *traits)
{
    const char *found[FIELDS] = {NULL};

    if (!text)
        return false;
    find_fields(text, found);
    for (int turn = 0; turn < FIELDS; turn++) {
        int first = -1;
        for (int field = 0; field < FIELDS; field++)
            if (found[field] && (first < 0 || found[field] < found[first]))
                first = field;
        if (first < 0)
            return false;
        if (adapt_field((enum field)first, fault, traits))
            return true;
        found[first] = NULL;
    }
    return false;
}

bool chat_adapt(const struct chat_fault *fault, struct chat_traits *traits)
{
    return adapt_named(fault->param, fault, traits) ||
           adapt_named(fault->message, fault, traits);
}
