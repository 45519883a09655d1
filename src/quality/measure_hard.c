/* Hard cases: meetings whose label a quick look at the subject gets wrong.
 *
 * They are what a model has to learn, so there must be some.  The rules are
 * those of the persona's document, whatever labels are stored. */
#include "src/quality/measure.h"

#include "src/quality/word_hash.h"

#include "datebook/list.h"

#include <stdlib.h>
#include <string.h>

struct hard_measure {
    struct arena arena;
    struct arena scratch; /* of one meeting */
    struct sums *sums;
    const struct persona *persona;
    struct ruleset *ruleset;
    struct stemmer *stemmer;
    uint64_t *distinctive; /* stems of important phrases, sorted */
    size_t distinctive_count;
};

/* ---- Distinctive words ---- */

struct stems {
    uint64_t *at;
    size_t count;
};

/* Words that stand in subjects of every kind. */
static bool is_common(const struct word *word)
{
    static const char *const common[] = {
        "a",       "all",       "an",       "and",      "any",
        "as",      "at",        "by",       "call",     "catch",
        "chat",    "check",     "day",      "decision", "discussion",
        "event",   "first",     "follow",   "for",      "from",
        "go",      "hour",      "in",       "into",     "kick",
        "kickoff", "live",      "meet",     "meeting",  "meetings",
        "month",   "monthly",   "my",       "new",      "next",
        "no",      "not",       "of",       "off",      "on",
        "open",    "or",        "our",      "out",      "over",
        "plan",    "planning",  "prep",     "program",  "project",
        "quarter", "quarterly", "read",     "report",   "review",
        "reviews", "session",   "sessions", "standup",  "status",
        "sync",    "syncs",     "talk",     "team",     "the",
        "this",    "time",      "to",       "today",    "up",
        "update",  "updates",   "us",       "week",     "weekly",
        "with",    "work",      "working",  "year",     "1on1"};

    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (word_is(word, common[i]))
            return true;
    return word->length < 2;
}

static bool stem_hash(struct hard_measure *measure, const struct word *word,
                      uint64_t *hash, struct error *err)
{
    const char *stem;
    size_t length;

    if (!stemmer_stem(measure->stemmer, word, &stem, &length, err))
        return false;
    *hash = hash_span(stem, length);
    return true;
}

static bool add_stems(struct hard_measure *measure, struct stems *stems,
                      const char *text, struct error *err)
{
    struct words words;
    struct word word;

    words_start(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        if (is_common(&word))
            continue;
        if (!list_grow(&measure->arena, &stems->at, stems->count,
                       sizeof *stems->at, err) ||
            !stem_hash(measure, &word, &stems->at[stems->count], err))
            return false;
        stems->count++;
    }
    return true;
}

/* The phrases of a rule: its text, or what an object names. */
static bool add_phrases(struct hard_measure *measure, struct stems *stems,
                        const struct persona_rule *rule, struct error *err)
{
    static const char *const keys[] = {"any", "all"};

    if (!rule->object)
        return add_stems(measure, stems, rule->source, err);
    for (int i = 0; i < 2; i++) {
        const cJSON *value = json_member(rule->object, keys[i]);
        const cJSON *item;
        if (cJSON_IsString(value) &&
            !add_stems(measure, stems, value->valuestring, err))
            return false;
        if (!cJSON_IsArray(value))
            continue;
        cJSON_ArrayForEach (item, value) {
            if (cJSON_IsString(item) &&
                !add_stems(measure, stems, item->valuestring, err))
                return false;
        }
    }
    return true;
}

static bool has_stem(const uint64_t *stems, size_t count, uint64_t stem)
{
    return count && bsearch(&stem, stems, count, sizeof *stems, hash_order);
}

/* Words of what is always or usually important, and of nothing else that the
 * persona calls by its importance. */
static bool find_distinctive(struct hard_measure *measure, struct error *err)
{
    struct stems important = {NULL, 0};
    struct stems other = {NULL, 0};

    for (size_t i = 0; i < measure->persona->rule_count; i++) {
        const struct persona_rule *rule = &measure->persona->rules[i];
        bool high = rule->kind <= RULE_USUALLY_IMPORTANT;
        if (rule->kind <= RULE_RARELY_IMPORTANT &&
            !add_phrases(measure, high ? &important : &other, rule, err))
            return false;
    }
    if (other.count)
        qsort(other.at, other.count, sizeof *other.at, hash_order);
    for (size_t i = 0; i < important.count; i++)
        if (!has_stem(other.at, other.count, important.at[i]))
            important.at[measure->distinctive_count++] = important.at[i];
    measure->distinctive = important.at;
    if (measure->distinctive && measure->distinctive_count)
        qsort(measure->distinctive, measure->distinctive_count,
              sizeof *measure->distinctive, hash_order);
    return true;
}

struct hard_measure *hard_measure_new(const struct persona *persona,
                                      struct ruleset *ruleset,
                                      struct sums *sums, struct error *err)
{
    struct hard_measure *measure = calloc(1, sizeof *measure);

    if (!measure) {
        error_memory(err);
        return NULL;
    }
    measure->sums = sums;
    measure->persona = persona;
    measure->ruleset = ruleset;
    measure->stemmer = stemmer_new(err);
    if (measure->stemmer && find_distinctive(measure, err))
        return measure;
    hard_measure_free(measure);
    return NULL;
}

void hard_measure_free(struct hard_measure *measure)
{
    if (!measure)
        return;
    stemmer_free(measure->stemmer);
    arena_free(&measure->arena);
    arena_free(&measure->scratch);
    free(measure);
}

/* ---- One meeting ---- */

/* Rules of importance that vote for different levels: a priority is content
 * with high and critical. */
static bool of_several_levels(const struct hard_measure *measure,
                              const struct label *label)
{
    bool fired[RULE_KINDS] = {false};
    int levels = 0;

    for (size_t i = 0; i < label->fired_count; i++)
        fired[measure->persona->rules[label->fired[i].rule].kind] = true;
    for (int kind = RULE_ALWAYS_IMPORTANT; kind <= RULE_RARELY_IMPORTANT;
         kind++)
        levels += fired[kind];
    return levels > 1 ||
           (fired[RULE_PRIORITY] &&
            (fired[RULE_SOMETIMES_IMPORTANT] || fired[RULE_RARELY_IMPORTANT]));
}

static bool names_keyword(struct hard_measure *measure, const char *subject,
                          bool *found, struct error *err)
{
    struct words words;
    struct word word;
    uint64_t hash;

    *found = false;
    words_start(&words, subject, strlen(subject));
    while (!*found && words_next(&words, &word)) {
        if (!stem_hash(measure, &word, &hash, err))
            return false;
        *found =
            has_stem(measure->distinctive, measure->distinctive_count, hash);
    }
    return true;
}

/* Whether a rule that decided the importance found words in the subject.
 * `decided` says so of each rule of the persona. */
static bool tells(const struct rule_match *matches, size_t count,
                  const bool *decided)
{
    for (size_t i = 0; i < count; i++)
        if (matches[i].text == TEXT_SUBJECT && decided[matches[i].rule])
            return true;
    return false;
}

static bool is_dull(struct hard_measure *measure,
                    const struct measured *meeting, const struct label *label,
                    bool *dull, struct error *err)
{
    struct rule_match *matches;
    size_t count;
    bool *decided;

    arena_reset(&measure->scratch);
    decided = arena_zero(&measure->scratch, measure->persona->rule_count,
                         sizeof *decided, err);
    if (!decided)
        return false;
    for (size_t i = 0; i < label->fired_count; i++) {
        uint16_t rule = label->fired[i].rule;
        decided[rule] = label->fired[i].decided &&
                        measure->persona->rules[rule].kind <= RULE_PRIORITY;
    }
    if (!ruleset_matches(measure->ruleset, meeting->facts, &measure->scratch,
                         &matches, &count, err))
        return false;
    *dull = !tells(matches, count, decided);
    return true;
}

bool hard_measure_meeting(struct hard_measure *measure,
                          const struct measured *meeting,
                          const struct label *label, struct error *err)
{
    bool levels = of_several_levels(measure, label);
    bool keyword = false;
    bool dull = false;

    if (label->importance <= IMPORTANCE_MEDIUM
            ? !names_keyword(measure, meeting->facts->subject, &keyword, err)
            : !is_dull(measure, meeting, label, &dull, err))
        return false;
    sum_count(measure->sums, CHECK_HARD_LEVELS, levels);
    sum_count(measure->sums, CHECK_HARD_KEYWORD, keyword);
    sum_count(measure->sums, CHECK_HARD_DULL, dull);
    sum_count(measure->sums, CHECK_HARD_ALL, levels || keyword || dull);
    return true;
}
