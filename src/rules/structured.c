/* Structured rules: an object where a text may stand. */
#include "ruleset.h"

#include <math.h>
#include <string.h>

enum { COUNT_LIMIT = 100000, MINUTES_LIMIT = MINUTES_A_DAY };

enum key_form { FORM_PHRASES, FORM_FLAG, FORM_COUNT, FORM_MINUTES, FORM_NAME };

static const struct key {
    const char *name;
    enum key_form form;
} keys[] = {
    {"any", FORM_PHRASES},         {"all", FORM_PHRASES},
    {"none", FORM_PHRASES},        {"external", FORM_FLAG},
    {"one_on_one", FORM_FLAG},     {"recurring", FORM_FLAG},
    {"organizer", FORM_FLAG},      {"overlaps", FORM_FLAG},
    {"attendees_min", FORM_COUNT}, {"attendees_max", FORM_COUNT},
    {"duration_min", FORM_COUNT},  {"duration_max", FORM_COUNT},
    {"minutes", FORM_MINUTES},     {"name", FORM_NAME},
};

enum { KEYS = sizeof keys / sizeof *keys };

static const struct key *find_key(const char *name)
{
    for (size_t i = 0; i < KEYS; i++)
        if (!strcmp(keys[i].name, name))
            return &keys[i];
    return NULL;
}

static bool refuse_key(const struct persona_rule *source, const char *name,
                       struct error *err)
{
    char known[256] = "";
    size_t used = 0;

    for (size_t i = 0; i < KEYS; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
                                 i ? ", " : "", keys[i].name);
    error_set(err, ERROR_INPUT, "%s: unknown key \"%s\"", source->field, name);
    return error_hint(err, "known keys: %s", known);
}

static bool refuse(const struct persona_rule *source, const cJSON *value,
                   const char *wanted, struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s.%s: %s where %s is needed",
                     source->field, value->string, json_kind(value), wanted);
}

/* Whether every text of `value` holds a word, which ends up in the lexicon. */
static bool check_phrase(struct ruleset *ruleset,
                         const struct persona_rule *source, const char *key,
                         const cJSON *value, struct error *err)
{
    uint32_t phrase;
    uint32_t count;

    if (!cJSON_IsString(value))
        return error_set(err, ERROR_INPUT, "%s.%s: %s where a phrase is needed",
                         source->field, key, json_kind(value));
    if (!lexicon_read_phrase(&ruleset->lexicon, value->valuestring,
                             strlen(value->valuestring), &phrase, &count, err))
        return false;
    return count || error_set(err, ERROR_INPUT,
                              "%s.%s: the phrase \"%.200s\" holds no word",
                              source->field, key, value->valuestring);
}

static bool check_phrases(struct ruleset *ruleset,
                          const struct persona_rule *source, const cJSON *value,
                          struct error *err)
{
    const cJSON *item;

    if (!cJSON_IsArray(value) && !cJSON_IsString(value))
        return refuse(source, value, "a phrase or a list of phrases", err);
    if (cJSON_IsString(value))
        return check_phrase(ruleset, source, value->string, value, err);
    if (!value->child)
        return error_set(err, ERROR_INPUT, "%s.%s: the list is empty",
                         source->field, value->string);
    cJSON_ArrayForEach (item, value)
        if (!check_phrase(ruleset, source, value->string, item, err))
            return false;
    return true;
}

static bool check_number(const struct persona_rule *source, const cJSON *value,
                         int low, int high, struct error *err)
{
    double number = value->valuedouble;

    if (cJSON_IsNumber(value) && number >= low && number <= high &&
        number == floor(number))
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s.%s: a whole number from %d to %d is needed",
                     source->field, value->string, low, high);
}

static bool check_minutes(const struct persona_rule *source, const cJSON *value,
                          struct error *err)
{
    if (source->kind != RULE_REQUIRES_PREP &&
        source->kind != RULE_OPTIONAL_PREP)
        return error_set(err, ERROR_INPUT,
                         "%s.minutes: only a rule of requires_prep or "
                         "optional_prep has minutes",
                         source->field);
    return check_number(source, value, 1, MINUTES_LIMIT, err);
}

static bool check_value(struct ruleset *ruleset,
                        const struct persona_rule *source, const cJSON *value,
                        enum key_form form, struct error *err)
{
    switch (form) {
    case FORM_PHRASES:
        return check_phrases(ruleset, source, value, err);
    case FORM_FLAG:
        return cJSON_IsBool(value) ||
               refuse(source, value, "true or false", err);
    case FORM_COUNT:
        return check_number(source, value, 0, COUNT_LIMIT, err);
    case FORM_MINUTES:
        return check_minutes(source, value, err);
    case FORM_NAME:
        return (cJSON_IsString(value) && *value->valuestring) ||
               refuse(source, value, "a name", err);
    }
    return false;
}

/* Refuses bounds that no meeting can meet. */
static bool check_bounds(const struct persona_rule *source, const char *what,
                         int low, int high, struct error *err)
{
    return low <= high ||
           error_set(err, ERROR_INPUT,
                     "%s: %s_min (%d) is above %s_max (%d), so the rule can "
                     "never fire",
                     source->field, what, low, what, high);
}

static bool check(struct ruleset *ruleset, const struct persona_rule *source,
                  struct error *err)
{
    bool has_condition = false;
    const cJSON *value;

    cJSON_ArrayForEach (value, source->object) {
        const struct key *key = find_key(value->string);
        if (!key)
            return refuse_key(source, value->string, err);
        if (!check_value(ruleset, source, value, key->form, err))
            return false;
        has_condition = has_condition || key->form < FORM_MINUTES;
    }
    return has_condition ||
           error_set(err, ERROR_INPUT, "%s: the rule has no condition",
                     source->field);
}

static enum fact_test read_flag(const cJSON *object, const char *name)
{
    const cJSON *value = json_member(object, name);

    if (!value)
        return TEST_OFF;
    return cJSON_IsTrue(value) ? TEST_TRUE : TEST_FALSE;
}

static int read_count(const cJSON *object, const char *name, int otherwise)
{
    const cJSON *value = json_member(object, name);

    return value ? (int)value->valuedouble : otherwise;
}

static bool read_tests(struct rule *rule, const struct persona_rule *source,
                       struct error *err)
{
    const cJSON *object = source->object;
    struct fact_tests *tests = &rule->tests;

    rule->has_tests = true;
    tests->external = read_flag(object, "external");
    tests->one_on_one = read_flag(object, "one_on_one");
    tests->recurring = read_flag(object, "recurring");
    tests->organizer = read_flag(object, "organizer");
    tests->overlaps = read_flag(object, "overlaps");
    tests->attendees_min = read_count(object, "attendees_min", 0);
    tests->attendees_max = read_count(object, "attendees_max", INT32_MAX);
    tests->duration_min = read_count(object, "duration_min", 0);
    tests->duration_max = read_count(object, "duration_max", INT32_MAX);
    return check_bounds(source, "attendees", tests->attendees_min,
                        tests->attendees_max, err) &&
           check_bounds(source, "duration", tests->duration_min,
                        tests->duration_max, err);
}

static bool add_text(struct ruleset *ruleset, const char *text,
                     struct error *err)
{
    uint32_t phrase;
    uint32_t count;

    return lexicon_read_phrase(&ruleset->lexicon, text, strlen(text), &phrase,
                               &count, err) &&
           conditions_phrase(ruleset, phrase, err);
}

static bool end_segment(struct ruleset *ruleset, struct error *err)
{
    return conditions_end_term(ruleset, err) &&
           conditions_end_choice(ruleset, err) &&
           conditions_end_segment(ruleset, err);
}

/* Adds the phrases of a key: a segment for each of `all`, one segment that any
 * of them satisfies otherwise. */
static bool add_phrases(struct ruleset *ruleset, const cJSON *value, bool all,
                        struct error *err)
{
    const cJSON *item;

    if (cJSON_IsString(value))
        return add_text(ruleset, value->valuestring, err) &&
               end_segment(ruleset, err);
    cJSON_ArrayForEach (item, value)
        if (!add_text(ruleset, item->valuestring, err) ||
            (all && !end_segment(ruleset, err)))
            return false;
    return end_segment(ruleset, err);
}

static bool add_conditions(struct ruleset *ruleset, struct rule *rule,
                           const cJSON *object, struct error *err)
{
    rule->needs = conditions_next(ruleset);
    if (!add_phrases(ruleset, json_member(object, "any"), false, err) ||
        !add_phrases(ruleset, json_member(object, "all"), true, err) ||
        !conditions_end_group(ruleset, err))
        return false;
    rule->needs_end = rule->denies = conditions_next(ruleset);
    if (!add_phrases(ruleset, json_member(object, "none"), false, err) ||
        !conditions_end_group(ruleset, err))
        return false;
    rule->denies_end = conditions_next(ruleset);
    rule->always_tried = rule->needs == rule->needs_end;
    return true;
}

bool structured_compile(struct ruleset *ruleset, struct rule *rule,
                        const struct persona_rule *source, struct error *err)
{
    const cJSON *object = source->object;
    const cJSON *minutes = json_member(object, "minutes");

    if (!check(ruleset, source, err) || !read_tests(rule, source, err) ||
        !add_conditions(ruleset, rule, object, err))
        return false;
    rule->texts = IN_SUBJECT | IN_PREVIEW;
    if (minutes)
        rule->minutes = minutes_fit(minutes->valuedouble);
    rule->name = json_member_text(object, "name");
    if (!rule->name)
        rule->name = structured_name(&ruleset->arena, rule, object, err);
    return rule->name != NULL;
}
