/* Near misses: what a rule that did not fire on a meeting lacked.
 *
 * A compiled rule knows numbers only, so the rules are read once more, for
 * their words as they are written. */
#include "lint_parts.h"

#include "datebook/list.h"

#include <string.h>

/* Words that start with the same characters may be mistaken for each other. */
enum { ALIKE_CHARACTERS = 4, ALIKE_BYTES = 4 * ALIKE_CHARACTERS };

/* Of longer texts only the first words count. */
enum { NEAR_WORDS = 256 };

struct near_word {
    uint32_t number;
    char alike[ALIKE_BYTES]; /* its first characters, folded */
    size_t alike_length;     /* 0: it has fewer */
    const char *text;
    size_t length;
};

struct near_phrase {
    const struct near_word *words;
    size_t count;
    const char *text; /* as the rule has it; what follows it is not cut off */
};

/* The texts of a rule: phrases, or the head of a described rule. */
struct near_texts {
    struct near_phrase *phrases;
    size_t count;
};

struct near_reader {
    struct ruleset *ruleset;
    struct arena *arena;
    struct near_texts *rules;
    const struct meeting_facts *facts;
    /* The words of subject and preview. */
    struct near_word seen[TEXT_PEOPLE][NEAR_WORDS];
    size_t seen_count[TEXT_PEOPLE];
};

/* ---- Reading ---- */

/* The bytes of the first characters of a word; 0 when it has fewer. */
static size_t alike_length(const struct word *word)
{
    int characters = 0;

    for (size_t i = 0; i < word->length; i++) {
        if (((unsigned char)word->folded[i] & 0xC0) == 0x80)
            continue;
        if (characters++ == ALIKE_CHARACTERS)
            return i;
    }
    return characters == ALIKE_CHARACTERS ? word->length : 0;
}

/* `text` is where the words are walked over. */
static bool read_word(struct ruleset *ruleset, const char *text,
                      const struct word *word, struct near_word *near,
                      struct error *err)
{
    near->text = text + word->start;
    near->length = word->end - word->start;
    near->alike_length = alike_length(word);
    if (near->alike_length > ALIKE_BYTES)
        near->alike_length = 0;
    memcpy(near->alike, word->folded, near->alike_length);
    return lexicon_find(&ruleset->lexicon, word, &near->number, err);
}

static bool add_phrase(struct near_reader *reader, struct near_texts *texts,
                       const char *text, size_t length, struct error *err)
{
    struct near_word *list = NULL;
    struct near_phrase *phrase;
    struct words words;
    struct word word;

    if (!list_grow(reader->arena, &texts->phrases, texts->count,
                   sizeof *texts->phrases, err))
        return false;
    phrase = &texts->phrases[texts->count++];
    phrase->count = 0;
    phrase->text = arena_bytes(reader->arena, text, length, err);
    if (!phrase->text)
        return false;
    words_start(&words, phrase->text, length);
    for (; words_next(&words, &word); phrase->count++)
        if (!list_grow(reader->arena, &list, phrase->count, sizeof *list,
                       err) ||
            !read_word(reader->ruleset, phrase->text, &word,
                       &list[phrase->count], err))
            return false;
    phrase->words = list;
    return true;
}

static bool add_texts(struct near_reader *reader, struct near_texts *texts,
                      const cJSON *value, struct error *err)
{
    const cJSON *item;

    if (cJSON_IsString(value))
        return add_phrase(reader, texts, value->valuestring,
                          strlen(value->valuestring), err);
    cJSON_ArrayForEach (item, value)
        if (!add_phrase(reader, texts, item->valuestring,
                        strlen(item->valuestring), err))
            return false;
    return true;
}

static bool read_rule(struct near_reader *reader,
                      const struct persona_rule *source,
                      struct near_texts *texts, struct error *err)
{
    const char *text = source->source;
    size_t length = strlen(text);

    if (source->object)
        return add_texts(reader, texts, json_member(source->object, "any"),
                         err) &&
               add_texts(reader, texts, json_member(source->object, "all"),
                         err) &&
               add_texts(reader, texts, json_member(source->object, "none"),
                         err);
    if (source->kind == RULE_PRIORITY) {
        for (size_t i = 0; i < source->keyword_count; i++)
            if (!add_phrase(reader, texts, source->keywords[i],
                            strlen(source->keywords[i]), err))
                return false;
        return true;
    }
    if (source->kind > RULE_PRIORITY)
        length = head_find(source->source, &text);
    return add_phrase(reader, texts, text, length, err);
}

struct near_reader *near_new(struct arena *arena, struct ruleset *ruleset,
                             struct error *err)
{
    struct near_reader *reader = arena_zero(arena, 1, sizeof *reader, err);

    if (!reader)
        return NULL;
    reader->ruleset = ruleset;
    reader->arena = arena;
    reader->rules =
        arena_zero(arena, ruleset->rule_count, sizeof *reader->rules, err);
    if (!reader->rules)
        return NULL;
    for (size_t i = 0; i < ruleset->rule_count; i++)
        if (!read_rule(reader, &ruleset->persona->rules[i], &reader->rules[i],
                       err))
            return NULL;
    return reader;
}

static bool read_text(struct near_reader *reader, const char *text,
                      enum rules_text which, struct error *err)
{
    struct words words;
    struct word word;
    size_t count = 0;

    words_start(&words, text, strlen(text));
    while (count < NEAR_WORDS && words_next(&words, &word))
        if (!read_word(reader->ruleset, text, &word,
                       &reader->seen[which][count++], err))
            return false;
    reader->seen_count[which] = count;
    return true;
}

bool near_meeting(struct near_reader *reader, const struct meeting_facts *facts,
                  struct error *err)
{
    reader->facts = facts;
    return read_text(reader, facts->subject, TEXT_SUBJECT, err) &&
           read_text(reader, facts->preview, TEXT_PREVIEW, err);
}

/* ---- Phrases as they are written ---- */

static bool spells(const struct near_reader *reader,
                   const struct near_word *words, size_t count,
                   const struct phrase *phrase)
{
    const uint32_t *numbers =
        reader->ruleset->lexicon.phrase_words.at + phrase->first;

    if (count < phrase->count)
        return false;
    for (uint32_t i = 0; i < phrase->count; i++)
        if (words[i].number != numbers[i])
            return false;
    return true;
}

/* Finds a phrase in the texts of a rule; false when the rule does not have it,
 * for then it is a member of a concept. */
static bool locate(const struct near_reader *reader,
                   const struct near_texts *texts, uint32_t number,
                   struct near_phrase *found)
{
    const struct phrase *phrase =
        number < FACT_PHRASES ? NULL : reader->ruleset->lexicon.phrases[number];

    for (size_t i = 0; phrase && i < texts->count; i++)
        for (size_t w = 0; w < texts->phrases[i].count; w++) {
            const struct near_word *words = texts->phrases[i].words + w;
            if (!spells(reader, words, texts->phrases[i].count - w, phrase))
                continue;
            *found = (struct near_phrase){words, phrase->count, words->text};
            return true;
        }
    return false;
}

static size_t phrase_length(const struct near_phrase *phrase)
{
    const struct near_word *last = &phrase->words[phrase->count - 1];

    return (size_t)(last->text + last->length - phrase->text);
}

/* ---- Words apart, and other words ---- */

/* The word of the text with this number, else one that starts alike. */
static const struct near_word *find_word(const struct near_reader *reader,
                                         enum rules_text which,
                                         const struct near_word *wanted)
{
    const struct near_word *alike = NULL;

    for (size_t i = 0; i < reader->seen_count[which]; i++) {
        const struct near_word *seen = &reader->seen[which][i];
        if (seen->number == wanted->number)
            return seen;
        if (!alike && wanted->alike_length &&
            seen->alike_length == wanted->alike_length &&
            !memcmp(seen->alike, wanted->alike, wanted->alike_length))
            alike = seen;
    }
    return alike;
}

/* Whether each word of the phrase is in the text, or one like it; *other is the
 * first that is only like it, NULL when there is none. */
static bool nearly_stands(const struct near_reader *reader,
                          enum rules_text which,
                          const struct near_phrase *phrase,
                          const struct near_word **other)
{
    *other = NULL;
    for (size_t i = 0; i < phrase->count; i++) {
        const struct near_word *word =
            find_word(reader, which, &phrase->words[i]);
        if (!word)
            return false;
        if (!*other && word->number != phrase->words[i].number)
            *other = word;
    }
    return phrase->count > 0;
}

static bool find_phrase(const struct near_reader *reader,
                        const struct near_phrase *phrase, struct arena *arena,
                        bool *is_near, struct near_miss *miss,
                        struct error *err)
{
    const struct near_word *other;

    for (int which = 0; which < TEXT_PEOPLE; which++) {
        if (!nearly_stands(reader, (enum rules_text)which, phrase, &other))
            continue;
        *is_near = true;
        *miss = (struct near_miss){.kind = other ? NEAR_ALIKE : NEAR_APART};
        miss->part =
            arena_bytes(arena, phrase->text, phrase_length(phrase), err);
        if (other)
            miss->found = arena_bytes(arena, other->text, other->length, err);
        return miss->part && (!other || miss->found);
    }
    return true;
}

/* Looks for the phrases that are enough for a rule of one part. */
static bool find_phrases(const struct near_reader *reader, size_t number,
                         struct arena *arena, bool *is_near,
                         struct near_miss *miss, struct error *err)
{
    const struct conditions *all = &reader->ruleset->conditions;
    const struct rule *rule = &reader->ruleset->rules[number];
    uint32_t end = all->segments.at[all->groups.at[rule->needs_end]];
    struct near_phrase phrase;

    for (uint32_t c = all->segments.at[all->groups.at[rule->needs]]; c < end;
         c++) {
        uint32_t term = all->choices.at[c];
        if (all->choices.at[c + 1] - term != 1)
            continue;
        for (uint32_t p = all->terms.at[term];
             !*is_near && p < all->terms.at[term + 1]; p++)
            if (locate(reader, &reader->rules[number], all->phrases.at[p],
                       &phrase) &&
                !find_phrase(reader, &phrase, arena, is_near, miss, err))
                return false;
    }
    return true;
}

/* ---- Parts ---- */

/* What holds of a rule's parts, and one that does not. */
struct parts {
    size_t held;
    size_t failed;
    enum near_kind kind; /* NEAR_MISSING, NEAR_DENIED or NEAR_FACT */
    uint32_t term;       /* missing, or of the denied group */
    uint32_t term_end;
    const char *fact;          /* with a bound: its unit */
    const char *least_or_most; /* of a bound, else NULL */
    int bound;
};

static bool term_found(const struct ruleset *ruleset, uint32_t term,
                       unsigned texts)
{
    const struct conditions *all = &ruleset->conditions;

    for (uint32_t p = all->terms.at[term]; p < all->terms.at[term + 1]; p++)
        if (ruleset->found[all->phrases.at[p]] & texts)
            return true;
    return false;
}

/* Counts the terms of the choice that lacks fewest, and then holds most. */
static void count_segment(const struct ruleset *ruleset, uint32_t segment,
                          unsigned texts, struct parts *parts)
{
    const struct conditions *all = &ruleset->conditions;
    size_t fewest = SIZE_MAX;
    size_t held = 0;
    uint32_t lacking = 0;

    for (uint32_t c = all->segments.at[segment];
         c < all->segments.at[segment + 1]; c++) {
        size_t failed = 0;
        uint32_t last = 0;
        uint32_t count = all->choices.at[c + 1] - all->choices.at[c];
        for (uint32_t t = all->choices.at[c]; t < all->choices.at[c + 1]; t++)
            if (!term_found(ruleset, t, texts)) {
                failed++;
                last = t;
            }
        if (failed > fewest || (failed == fewest && count - failed <= held))
            continue;
        fewest = failed;
        held = count - failed;
        lacking = last;
    }
    parts->held += held;
    parts->failed += fewest;
    if (fewest) {
        parts->kind = NEAR_MISSING;
        parts->term = lacking;
        parts->term_end = lacking + 1;
    }
}

static void count_fact(struct parts *parts, bool holds, const char *fact)
{
    if (holds) {
        parts->held++;
        return;
    }
    parts->failed++;
    parts->kind = NEAR_FACT;
    parts->fact = fact;
    parts->least_or_most = NULL;
}

static void count_bounds(struct parts *parts, int value, int low, int high,
                         const char *unit)
{
    if (low > 0 && value < low) {
        count_fact(parts, false, unit);
        parts->least_or_most = "at least";
        parts->bound = low;
    } else if (high < INT32_MAX && value > high) {
        count_fact(parts, false, unit);
        parts->least_or_most = "at most";
        parts->bound = high;
    } else if (low > 0 || high < INT32_MAX) {
        parts->held++;
    }
}

static void count_flag(struct parts *parts, enum fact_test test, bool fact,
                       const char *yes, const char *no)
{
    if (test != TEST_OFF)
        count_fact(parts, (test == TEST_TRUE) == fact,
                   test == TEST_TRUE ? yes : no);
}

static void count_facts(const struct fact_tests *tests,
                        const struct meeting_facts *facts, struct parts *parts)
{
    count_flag(parts, tests->external, facts->external, "external", "internal");
    count_flag(parts, tests->one_on_one, facts->attendees == 2, "one-on-one",
               "not one-on-one");
    count_flag(parts, tests->recurring, facts->recurring, "recurring",
               "not recurring");
    count_flag(parts, tests->organizer, facts->organizer, "own meeting",
               "organized by others");
    count_flag(parts, tests->overlaps, facts->overlaps, "overlapping",
               "free of overlaps");
    count_bounds(parts, facts->attendees, tests->attendees_min,
                 tests->attendees_max, "attendees");
    if (facts->minutes > 0)
        count_bounds(parts, facts->minutes, tests->duration_min,
                     tests->duration_max, "minutes");
    else if (tests->duration_min > 0 || tests->duration_max < INT32_MAX)
        count_fact(parts, false, "of a known length");
}

/* A group that is denied and holds is one part that failed. */
static void count_denied(const struct ruleset *ruleset, const struct rule *rule,
                         struct parts *parts)
{
    const struct conditions *all = &ruleset->conditions;

    for (uint32_t g = rule->denies; g < rule->denies_end; g++) {
        struct parts denied = {0};
        for (uint32_t s = all->groups.at[g]; s < all->groups.at[g + 1]; s++)
            count_segment(ruleset, s, rule->texts, &denied);
        if (denied.failed)
            continue;
        parts->failed++;
        parts->kind = NEAR_DENIED;
        parts->term = all->choices.at[all->segments.at[all->groups.at[g]]];
        parts->term_end =
            all->choices.at[all->segments.at[all->groups.at[g + 1]]];
    }
}

static void count_parts(const struct near_reader *reader,
                        const struct rule *rule, struct parts *parts)
{
    const struct ruleset *ruleset = reader->ruleset;
    const struct conditions *all = &ruleset->conditions;

    *parts = (struct parts){0};
    for (uint32_t g = rule->needs; g < rule->needs_end; g++)
        for (uint32_t s = all->groups.at[g]; s < all->groups.at[g + 1]; s++)
            count_segment(ruleset, s, rule->texts, parts);
    if (rule->has_tests)
        count_facts(&rule->tests, reader->facts, parts);
    count_denied(ruleset, rule, parts);
}

/* ---- Naming a part ---- */

/* Adds the phrase as the rule has it. */
static void spell(const struct near_reader *reader,
                  const struct near_texts *texts, uint32_t number,
                  struct buf *buf)
{
    struct near_phrase phrase;

    if (!locate(reader, texts, number, &phrase))
        return;
    buf_text(buf, buf->length ? " or " : "");
    buf_add(buf, phrase.text, phrase_length(&phrase));
}

static bool name_part(const struct near_reader *reader, size_t rule,
                      const struct parts *parts, struct arena *arena,
                      struct near_miss *miss, struct error *err)
{
    const struct ruleset *ruleset = reader->ruleset;
    const struct conditions *all = &ruleset->conditions;
    bool denied = parts->kind == NEAR_DENIED;
    struct buf buf = BUF_EMPTY;
    uint32_t before = UINT32_MAX;

    miss->kind = parts->kind;
    miss->found = NULL;
    miss->part = parts->fact;
    if (parts->kind == NEAR_FACT && parts->least_or_most)
        miss->part = arena_format(arena, err, "%s %d %s", parts->least_or_most,
                                  parts->bound, parts->fact);
    if (parts->kind == NEAR_FACT)
        return miss->part != NULL;
    for (uint32_t p = all->terms.at[parts->term];
         p < all->terms.at[parts->term_end]; p++) {
        uint32_t phrase = all->phrases.at[p];
        /* A concept's name is among its members, too. */
        if (phrase != before && (!denied || ruleset->found[phrase]))
            spell(reader, &reader->rules[rule], phrase, &buf);
        if (before == UINT32_MAX)
            before = phrase;
    }
    miss->part = buf_ok(&buf, err)
                     ? arena_bytes(arena, buf_string(&buf), buf.length, err)
                     : NULL;
    buf_free(&buf);
    return miss->part != NULL;
}

bool near_rule(struct near_reader *reader, size_t rule, struct arena *arena,
               bool *is_near, struct near_miss *miss, struct error *err)
{
    struct parts parts;

    *is_near = false;
    count_parts(reader, &reader->ruleset->rules[rule], &parts);
    if (parts.failed != 1)
        return true;
    if (parts.held) {
        *is_near = true;
        return name_part(reader, rule, &parts, arena, miss, err);
    }
    return parts.kind != NEAR_MISSING ||
           find_phrases(reader, rule, arena, is_near, miss, err);
}
