/* The rules of a persona as one flat list, and the hash of it. */
#include "src/persona/reader.h"

#include <string.h>

/* A generous bound: real personas have about a hundred. */
enum { RULES_LIMIT = 10000 };

static const struct kind {
    struct field field;
    const char *path;
    const char *reason;
} kinds[RULE_KINDS] = {
    [RULE_ALWAYS_IMPORTANT] = {{"importance_criteria", "always_important",
                                NULL},
                               "importance_criteria.always_important",
                               "Always important"},
    [RULE_USUALLY_IMPORTANT] = {{"importance_criteria", "usually_important",
                                 NULL},
                                "importance_criteria.usually_important",
                                "Usually important"},
    [RULE_SOMETIMES_IMPORTANT] = {{"importance_criteria", "sometimes_important",
                                   NULL},
                                  "importance_criteria.sometimes_important",
                                  "Sometimes important"},
    [RULE_RARELY_IMPORTANT] = {{"importance_criteria", "rarely_important",
                                NULL},
                               "importance_criteria.rarely_important",
                               "Rarely important"},
    [RULE_PRIORITY] = {{NULL, "priority_framework", NULL},
                       "priority_framework",
                       "Matches priority"},
    [RULE_ALWAYS_ACCEPT] = {{"rsvp_rules", "always_accept", NULL},
                            "rsvp_rules.always_accept",
                            "Always accept"},
    [RULE_CONDITIONAL] = {{"rsvp_rules", "conditional",
                           "accept_if_time_permits"},
                          "rsvp_rules.conditional",
                          "Conditional"},
    [RULE_DECLINE_BY_DEFAULT] = {{"rsvp_rules", "decline_by_default", NULL},
                                 "rsvp_rules.decline_by_default",
                                 "Decline by default"},
    [RULE_ALWAYS_DECLINE] = {{"rsvp_rules", "always_decline", NULL},
                             "rsvp_rules.always_decline",
                             "Always decline"},
    [RULE_REQUIRES_PREP] = {{"prep_time_needs", "requires_prep", NULL},
                            "prep_time_needs.requires_prep",
                            "Requires prep"},
    [RULE_OPTIONAL_PREP] = {{"prep_time_needs", "optional_prep", NULL},
                            "prep_time_needs.optional_prep",
                            "Optional prep"},
    [RULE_NO_PREP] = {{"prep_time_needs", "no_prep", NULL},
                      "prep_time_needs.no_prep",
                      "No prep"},
};

const char *rule_kind_field(enum rule_kind kind)
{
    return kinds[kind].path;
}

const char *rule_kind_reason(enum rule_kind kind)
{
    return kinds[kind].reason;
}

static const char *indexed(const struct reader *reader, const char *path,
                           size_t at)
{
    return arena_format(reader->arena, reader->err, "%s[%zu]", path, at);
}

/* An object rule is checked word by word where it is compiled; here it only
 * gets its identity. */
static bool read_object(struct reader *reader, struct persona_rule *rule,
                        const cJSON *item)
{
    struct buf buf = BUF_EMPTY;

    rule->object = item;
    if (reader_check_texts(reader, rule->field, item) &&
        canonical_json(reader->arena, &buf, item, reader->err) &&
        buf_ok(&buf, reader->err))
        rule->source = arena_bytes(reader->arena, buf_string(&buf), buf.length,
                                   reader->err);
    buf_free(&buf);
    return rule->source != NULL;
}

static bool read_rule(struct reader *reader, struct persona_rule *rule,
                      const cJSON *item)
{
    if (cJSON_IsObject(item))
        return read_object(reader, rule, item);
    if (!cJSON_IsString(item))
        return persona_reader_fail(reader, rule->field,
                                   "must be text or an object, and is %s",
                                   json_kind(item));
    rule->source = item->valuestring;
    return reader_check_words(reader, rule->field, rule->source);
}

static bool read_keywords(struct reader *reader, struct persona_rule *rule,
                          const cJSON *item)
{
    static const struct field field = {NULL, "keywords", "meeting_indicators"};
    const cJSON *list;
    const cJSON *word;
    const char *path;

    if (!reader_field_in(reader, item, rule->field, &field, &list, &path))
        return false;
    if (list && !cJSON_IsArray(list))
        return persona_reader_fail(reader, path,
                                   "must be a list of texts, and is %s",
                                   json_kind(list));
    rule->keywords = arena_zero(reader->arena, (size_t)cJSON_GetArraySize(list),
                                sizeof *rule->keywords, reader->err);
    if (!rule->keywords)
        return false;
    cJSON_ArrayForEach (word, list) {
        const char *at = indexed(reader, path, rule->keyword_count);
        if (!at)
            return false;
        if (!cJSON_IsString(word))
            return persona_reader_fail(reader, at, "must be text, and is %s",
                                       json_kind(word));
        if (!reader_check_words(reader, at, word->valuestring))
            return false;
        rule->keywords[rule->keyword_count++] = word->valuestring;
    }
    return true;
}

static bool read_priority(struct reader *reader, struct persona_rule *rule,
                          const cJSON *item)
{
    struct field field = {NULL, "name", "priority"};
    const cJSON *name;
    const char *path;

    if (!cJSON_IsObject(item)) {
        persona_reader_fail(reader, rule->field, "must be an object, and is %s",
                            json_kind(item));
        return error_hint(reader->err,
                          "{\"name\": \"Close Q4 deals\", \"keywords\": "
                          "[\"Q4\", \"contract\"]}");
    }
    /* "priority" is also used for a rank, which is no name. */
    if (!cJSON_IsString(json_member(item, "priority")))
        field.old = NULL;
    if (!reader_field_in(reader, item, rule->field, &field, &name, &path))
        return false;
    if (!name)
        return persona_reader_fail(reader, path, "is missing");
    if (!cJSON_IsString(name))
        return persona_reader_fail(reader, path, "must be text, and is %s",
                                   json_kind(name));
    rule->source = name->valuestring;
    return reader_check_words(reader, path, rule->source) &&
           read_keywords(reader, rule, item);
}

static bool read_list(struct reader *reader, enum rule_kind kind,
                      const cJSON *list, const char *path)
{
    struct persona *persona = reader->persona;
    const cJSON *item;
    size_t at = 0;

    cJSON_ArrayForEach (item, list) {
        struct persona_rule *rule = &persona->rules[persona->rule_count++];
        rule->kind = kind;
        rule->field = indexed(reader, path, at++);
        if (!rule->field)
            return false;
        if (kind == RULE_PRIORITY ? !read_priority(reader, rule, item)
                                  : !read_rule(reader, rule, item))
            return false;
    }
    return true;
}

/* An object that holds lists of rules, when it is there at all. */
static bool check_place(struct reader *reader, const char *place)
{
    const cJSON *value =
        place ? json_member(reader->persona->tree, place) : NULL;

    if (!value || cJSON_IsNull(value) || cJSON_IsObject(value))
        return true;
    return persona_reader_fail(reader, place, "must be an object, and is %s",
                               json_kind(value));
}

bool reader_rules(struct reader *reader)
{
    const cJSON *lists[RULE_KINDS];
    const char *paths[RULE_KINDS];
    size_t total = 0;

    for (int kind = 0; kind < RULE_KINDS; kind++) {
        if (!check_place(reader, kinds[kind].field.place) ||
            !reader_field(reader, &kinds[kind].field, &lists[kind],
                          &paths[kind]))
            return false;
        if (lists[kind] && !cJSON_IsArray(lists[kind]))
            return persona_reader_fail(reader, paths[kind],
                                       "must be a list, and is %s",
                                       json_kind(lists[kind]));
        total += (size_t)cJSON_GetArraySize(lists[kind]);
    }
    if (total > RULES_LIMIT)
        return error_set(reader->err, ERROR_INPUT,
                         "%s: has %zu rules, and %d is the most",
                         reader->source, total, RULES_LIMIT);
    reader->persona->rules = arena_zero(
        reader->arena, total, sizeof *reader->persona->rules, reader->err);
    if (!reader->persona->rules)
        return false;
    for (int kind = 0; kind < RULE_KINDS; kind++)
        if (!read_list(reader, (enum rule_kind)kind, lists[kind], paths[kind]))
            return false;
    return true;
}

void persona_rules_hash(const struct persona *persona,
                        unsigned char digest[HASH_SIZE])
{
    struct hash hash;

    hash_start(&hash);
    hash_int(&hash, (int64_t)persona->rule_count);
    for (size_t i = 0; i < persona->rule_count; i++) {
        const struct persona_rule *rule = &persona->rules[i];
        hash_int(&hash, rule->kind);
        /* A text may read like the JSON of an object rule. */
        hash_int(&hash, rule->object != NULL);
        hash_text(&hash, rule->source);
        hash_int(&hash, (int64_t)rule->keyword_count);
        for (size_t k = 0; k < rule->keyword_count; k++)
            hash_text(&hash, rule->keywords[k]);
    }
    hash_end(&hash, digest);
}
