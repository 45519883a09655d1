/* The table of concepts, in the numbers of a ruleset. */
#include "ruleset.h"

#include <string.h>

/* The length of the first phrase of a list divided by '|'. */
static size_t first_length(const char *phrases)
{
    return strcspn(phrases, "|");
}

static const char *behind_first(const char *phrases)
{
    size_t length = first_length(phrases);

    return phrases + length + (phrases[length] == '|');
}

static bool read_name(struct ruleset *ruleset, const struct concept *concept,
                      const char *text, struct error *err)
{
    struct concept_name *name = &ruleset->names[ruleset->name_count++];
    struct number_list numbers = {NULL, 0, 0};
    struct words words;
    struct word word;
    uint32_t number;

    words_start(&words, text, first_length(text));
    while (words_next(&words, &word))
        if (!lexicon_add_word(&ruleset->lexicon, &word, &number, err) ||
            !number_list_add(&numbers, number, &ruleset->arena, err))
            return false;
    *name = (struct concept_name){concept, numbers.at, numbers.count};
    return true;
}

bool concept_names_read(struct ruleset *ruleset, struct error *err)
{
    size_t count = 0;

    for (size_t i = 0; i < concept_count; i++)
        for (const char *at = concepts[i].names; *at; at = behind_first(at))
            count++;
    ruleset->names =
        arena_zero(&ruleset->arena, count, sizeof *ruleset->names, err);
    if (!ruleset->names)
        return false;
    for (size_t i = 0; i < concept_count; i++)
        for (const char *at = concepts[i].names; *at; at = behind_first(at))
            if (!read_name(ruleset, &concepts[i], at, err))
                return false;
    return true;
}

static bool read_member(struct ruleset *ruleset, const char *member,
                        uint32_t *phrase, struct error *err)
{
    static const char *const facts[FACT_PHRASES] = {
        [FACT_EXTERNAL] = "@external",
        [FACT_INTERNAL] = "@internal",
        [FACT_RECURRING] = "@recurring",
    };
    size_t length = first_length(member);
    uint32_t count;

    for (uint32_t i = 0; i < FACT_PHRASES; i++)
        if (strlen(facts[i]) == length && !memcmp(facts[i], member, length)) {
            *phrase = i;
            return true;
        }
    return lexicon_read_phrase(&ruleset->lexicon, member, length, phrase,
                               &count, err);
}

bool concept_add_members(struct ruleset *ruleset, const struct concept *concept,
                         struct error *err)
{
    uint32_t phrase;

    for (const char *at = concept->members; *at; at = behind_first(at))
        if (!read_member(ruleset, at, &phrase, err) ||
            !conditions_phrase(ruleset, phrase, err))
            return false;
    return true;
}
