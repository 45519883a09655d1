/* Finding the phrases of a ruleset in the texts of one meeting.
 *
 * A ring of the latest word numbers is all that is remembered of a text, so a
 * meeting of any length is scanned without memory of its own. */
#include "ruleset.h"

#include <string.h>

static void forget(struct ruleset *ruleset)
{
    for (uint32_t i = 0; i < ruleset->marked_count; i++)
        ruleset->found[ruleset->marked[i]] = 0;
    ruleset->marked_count = 0;
    memcpy(ruleset->tried, ruleset->always,
           ruleset->bit_words * sizeof *ruleset->tried);
}

static void mark(struct ruleset *ruleset, uint32_t phrase, uint8_t text)
{
    uint32_t end = ruleset->users_start[phrase + 1];

    if (!ruleset->found[phrase])
        ruleset->marked[ruleset->marked_count++] = phrase;
    ruleset->found[phrase] |= text;
    for (uint32_t i = ruleset->users_start[phrase]; i < end; i++) {
        uint32_t rule = ruleset->users[i];
        ruleset->tried[rule / 64] |= UINT64_C(1) << rule % 64;
    }
}

/* Whether the words up to the latest, number `last`, are the phrase. */
static bool ends_here(const struct ruleset *ruleset,
                      const struct phrase *phrase, size_t last)
{
    const uint32_t *words = ruleset->lexicon.phrase_words.at + phrase->first;

    if (last + 1 < phrase->count)
        return false;
    for (uint32_t back = 1; back < phrase->count; back++)
        if (ruleset->recent[(last - back) & (ruleset->ring_size - 1)] !=
            words[phrase->count - 1 - back])
            return false;
    return true;
}

static bool note(struct places *places, const struct place *place,
                 struct error *err)
{
    if (places->count == places->size) {
        size_t size = places->size ? 2 * places->size : 32;
        struct place *at = arena_zero(places->arena, size, sizeof *at, err);
        if (!at)
            return false;
        if (places->count)
            memcpy(at, places->at, places->count * sizeof *at);
        places->at = at;
        places->size = size;
    }
    places->at[places->count++] = *place;
    return true;
}

/* Marks the phrases that end with word number `last` of the text, which is
 * `number` and ends at byte `end`. */
static bool match_phrases(struct ruleset *ruleset, enum rules_text text,
                          uint32_t number, size_t last, size_t end,
                          struct error *err)
{
    const struct lexicon *lexicon = &ruleset->lexicon;

    for (uint32_t i = lexicon->ending_start[number];
         i < lexicon->ending_start[number + 1]; i++) {
        const struct phrase *phrase = lexicon->phrases[lexicon->ending[i]];
        struct place place = {lexicon->ending[i], text, 0, 0};
        if (!ends_here(ruleset, phrase, last))
            continue;
        mark(ruleset, place.phrase, (uint8_t)(1u << text));
        place.start = ruleset->recent_start[(last + 1 - phrase->count) &
                                            (ruleset->ring_size - 1)];
        place.length = end - place.start;
        if (ruleset->places && !note(ruleset->places, &place, err))
            return false;
    }
    return true;
}

/* Scans bytes[start … end) of a text; no phrase reaches out of them.  *known
 * counts the words that some rule knows. */
static bool scan_part(struct ruleset *ruleset, const char *bytes, size_t start,
                      size_t end, enum rules_text text, size_t *known,
                      struct error *err)
{
    struct words words;
    struct word word;
    uint32_t number;

    words_start(&words, bytes + start, end - start);
    for (size_t last = 0; words_next(&words, &word); last++) {
        size_t slot = last & (ruleset->ring_size - 1);
        if (!lexicon_find(&ruleset->lexicon, &word, &number, err))
            return false;
        *known += number != NO_WORD;
        ruleset->recent[slot] = number;
        ruleset->recent_start[slot] = start + word.start;
        if (number != NO_WORD &&
            !match_phrases(ruleset, text, number, last, start + word.end, err))
            return false;
    }
    return true;
}

static bool scan_text(struct ruleset *ruleset, const char *bytes,
                      enum rules_text text, struct error *err)
{
    size_t known = 0;

    return scan_part(ruleset, bytes, 0, strlen(bytes), text, &known, err);
}

/* Names stand one a line, and no phrase spans two of them. */
static bool scan_people(struct ruleset *ruleset, const char *people,
                        struct error *err)
{
    for (size_t start = 0; people[start];) {
        const char *name = people + start;
        size_t length = strcspn(name, "\n");
        size_t known = 0;
        if (!quiet_names_hold(&ruleset->quiet_names, name, length)) {
            if (!scan_part(ruleset, people, start, start + length, TEXT_PEOPLE,
                           &known, err))
                return false;
            if (!known)
                quiet_names_add(&ruleset->quiet_names, name, length);
        }
        start += length + (name[length] == '\n');
    }
    return true;
}

static void mark_facts(struct ruleset *ruleset,
                       const struct meeting_facts *facts)
{
    mark(ruleset, facts->external ? FACT_EXTERNAL : FACT_INTERNAL, IN_FACTS);
    if (facts->recurring)
        mark(ruleset, FACT_RECURRING, IN_FACTS);
}

bool scan_meeting(struct ruleset *ruleset, const struct meeting_facts *facts,
                  struct places *places, struct error *err)
{
    ruleset->places = places;
    forget(ruleset);
    mark_facts(ruleset, facts);
    return scan_text(ruleset, facts->subject, TEXT_SUBJECT, err) &&
           scan_text(ruleset, facts->preview, TEXT_PREVIEW, err) &&
           (!ruleset->reads_people || scan_people(ruleset, facts->people, err));
}
