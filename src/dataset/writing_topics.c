/* Topics are taken from the simulated text as it stands there, for that is what
 * made the rules fire; the text itself is thrown away. */
#include "writing_topics.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool gives_importance(enum rule_kind kind)
{
    return kind <= RULE_PRIORITY;
}

static bool gives_prep(enum rule_kind kind)
{
    return kind == RULE_REQUIRES_PREP || kind == RULE_OPTIONAL_PREP;
}

/* ---- Finding ---- */

/* What a rule did for the label. */
enum part { PART_NONE, PART_OVERRULED, PART_DECIDED };

struct finding {
    struct ruleset *rules;
    const struct persona *persona;
    const struct meeting_facts *facts;
    struct arena *arena;
    enum part *parts; /* by rule */
    const struct rule_match *matches;
    size_t match_count;
    const char **topics;
    size_t *count;
    struct error *err;
};

static const char *text_of(const struct meeting_facts *facts,
                           enum rules_text text)
{
    return text == TEXT_SUBJECT ? facts->subject : facts->preview;
}

/* Whether a part of a text holds some other bytes, in any case. */
static bool holds(const char *text, size_t length, const char *part,
                  size_t part_length)
{
    for (size_t at = 0; at + part_length <= length; at++)
        if (!strncasecmp(text + at, part, part_length))
            return true;
    return false;
}

/* A rule may have found several words: all that stand close together, none
 * twice.  Length 0 when it found none in this text. */
static size_t span(const struct finding *finding, size_t rule,
                   enum rules_text text, const char **start)
{
    const char *whole = text_of(finding->facts, text);
    size_t length = 0;

    for (size_t i = 0; i < finding->match_count; i++) {
        const struct rule_match *match = &finding->matches[i];
        const char *at = whole + match->start;
        if (match->rule != rule || match->text != text)
            continue;
        if (!length)
            *start = at;
        /* Places come in order of start, the shorter one first. */
        if (at + match->length <= *start + length ||
            (at > *start && holds(*start, length, at, match->length)))
            continue;
        if (!length || at + match->length <= *start + TOPIC_BYTES)
            length = (size_t)(at - *start) + match->length;
    }
    return length;
}

/* Whole words at the start of a text, as many as may be. */
static size_t cut(const char *text, size_t length)
{
    size_t at = TOPIC_BYTES;

    if (length <= TOPIC_BYTES)
        return length;
    while (at && text[at] != ' ')
        at--;
    return at;
}

/* Of two topics one of which is in the other, the longer one says it all. */
static bool add_topic(struct finding *finding, const char *text, size_t length)
{
    size_t at = 0;

    length = cut(text, length);
    if (!length)
        return true;
    for (; at < *finding->count; at++) {
        const char *other = finding->topics[at];
        if (holds(other, strlen(other), text, length))
            return true;
        if (holds(text, length, other, strlen(other)))
            break;
    }
    if (at == TOPICS)
        return true;
    finding->topics[at] =
        arena_bytes(finding->arena, text, length, finding->err);
    *finding->count += at == *finding->count;
    return finding->topics[at] != NULL;
}

/* Adds what a rule found, in the subject before the preview. */
static bool add_rule(struct finding *finding, size_t rule)
{
    const char *start = NULL;
    size_t length = span(finding, rule, TEXT_SUBJECT, &start);

    if (!length)
        length = span(finding, rule, TEXT_PREVIEW, &start);
    finding->parts[rule] = PART_NONE;
    return !length || add_topic(finding, start, length);
}

/* Adds what rules of a sort found, until there are so many topics. */
static bool add_rules(struct finding *finding, enum part part,
                      bool sort(enum rule_kind kind), size_t most)
{
    for (size_t i = 0;
         *finding->count < most && i < finding->persona->rule_count; i++)
        if (finding->parts[i] == part &&
            sort(finding->persona->rules[i].kind) && !add_rule(finding, i))
            return false;
    return true;
}

static bool label_rules(struct finding *finding)
{
    struct label label;
    struct rule_match *matches;

    finding->parts =
        arena_zero(finding->arena, finding->persona->rule_count + 1,
                   sizeof *finding->parts, finding->err);
    if (!finding->parts ||
        !ruleset_label(finding->rules, finding->facts, &label, finding->err))
        return false;
    for (size_t i = 0; i < label.fired_count; i++)
        finding->parts[label.fired[i].rule] =
            label.fired[i].decided ? PART_DECIDED : PART_OVERRULED;
    if (!ruleset_matches(finding->rules, finding->facts, finding->arena,
                         &matches, &finding->match_count, finding->err))
        return false;
    finding->matches = matches;
    return true;
}

bool topics_find(struct ruleset *rules, const struct persona *persona,
                 const struct meeting_facts *facts, struct arena *arena,
                 const char **topics, size_t *count, struct error *err)
{
    struct finding finding = {.rules = rules,
                              .persona = persona,
                              .facts = facts,
                              .arena = arena,
                              .topics = topics,
                              .count = count,
                              .err = err};

    *count = 0;
    /* One for each of the two first.  Then what was overruled: meetings of
     * which rules say different things are those that are hard to learn. */
    return label_rules(&finding) &&
           add_rules(&finding, PART_DECIDED, gives_importance, 1) &&
           add_rules(&finding, PART_DECIDED, gives_prep, *count + 1) &&
           add_rules(&finding, PART_OVERRULED, gives_importance, TOPICS) &&
           add_rules(&finding, PART_DECIDED, gives_importance, TOPICS) &&
           add_rules(&finding, PART_DECIDED, gives_prep, TOPICS);
}

/* ---- Holding old topics against new rules ---- */

bool topics_judge(struct ruleset *rules, const struct persona *persona,
                  const struct meeting_facts *facts, const char *const *topics,
                  size_t count, struct arena *arena,
                  enum rule_kind kinds[TOPICS], struct error *err)
{
    struct meeting_facts told = *facts;
    struct rule_match *matches;
    size_t match_count;

    told.subject = count > 0 ? topics[0] : "";
    told.preview = count > 1 ? topics[1] : "";
    for (size_t i = 0; i < TOPICS; i++)
        kinds[i] = RULE_KINDS;
    if (!ruleset_matches(rules, &told, arena, &matches, &match_count, err))
        return false;
    for (size_t i = 0; i < match_count; i++) {
        enum rule_kind kind = persona->rules[matches[i].rule].kind;
        enum rule_kind *known = &kinds[matches[i].text == TEXT_PREVIEW];
        /* Kinds of importance come before kinds of preparation. */
        if (matches[i].text != TEXT_PEOPLE && kind < *known &&
            (gives_importance(kind) || gives_prep(kind)))
            *known = kind;
    }
    return true;
}

static bool has_rule(const struct persona *persona,
                     const struct persona_rule *rule)
{
    for (size_t i = 0; i < persona->rule_count; i++)
        if (persona->rules[i].kind == rule->kind &&
            !strcmp(persona->rules[i].source, rule->source))
            return true;
    return false;
}

/* A number that is always the same for a topic. */
static size_t pick(const char *topic, size_t count)
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    hash_start(&hash);
    hash_text(&hash, topic);
    hash_end(&hash, digest);
    return (digest[0] | (size_t)digest[1] << 8) % count;
}

/* What a text should hold for the rule to fire, as far as words go. */
static const char *phrase_of(const struct ruleset *rules,
                             const struct persona *persona, size_t rule,
                             const char *topic)
{
    const struct persona_rule *source = &persona->rules[rule];
    const cJSON *any = json_member(source->object, "any");
    int count = cJSON_GetArraySize(any);

    if (source->keyword_count)
        return source->keywords[pick(topic, source->keyword_count)];
    if (!source->object)
        return gives_importance(source->kind) ? source->source
                                              : ruleset_name(rules, rule);
    if (!cJSON_IsArray(any)) {
        any = json_member(source->object, "all");
        count = cJSON_GetArraySize(any);
    }
    return count ? cJSON_GetStringValue(
                       cJSON_GetArrayItem(any, (int)pick(topic, (size_t)count)))
                 : NULL;
}

/* One of what the head of a rule offers: "Contract signature / final
 * negotiation". */
static const char *first_choice(struct arena *arena, const char *phrase,
                                struct error *err)
{
    size_t length = strcspn(phrase, "/");

    length = cut(phrase, length);
    while (length && isspace((unsigned char)phrase[length - 1]))
        length--;
    return arena_bytes(arena, phrase, length, err);
}

bool topics_replace(struct ruleset *rules, const struct persona *persona,
                    const struct persona *older, enum rule_kind kind,
                    const char *topic, struct arena *arena, const char **phrase,
                    struct error *err)
{
    const char **all =
        arena_zero(arena, persona->rule_count + 1, sizeof *all, err);
    size_t count = 0;
    bool only_new = false;

    *phrase = NULL;
    if (!all)
        return false;
    for (size_t i = 0; i < persona->rule_count; i++) {
        const struct persona_rule *rule = &persona->rules[i];
        bool is_new = older && !has_rule(older, rule);
        const char *text =
            rule->kind == kind ? phrase_of(rules, persona, i, topic) : NULL;
        if (!text || !*text || (only_new && !is_new))
            continue;
        if (is_new && !only_new) {
            only_new = true;
            count = 0;
        }
        all[count++] = text;
    }
    if (!count)
        return true;
    *phrase = first_choice(arena, all[pick(topic, count)], err);
    return *phrase != NULL;
}
