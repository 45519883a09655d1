/* "a" or "an": by the sound with which the next word starts. */
#include "src/quality/text_checks.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum sound { SOUND_EITHER, SOUND_VOWEL, SOUND_CONSONANT };

/* Words that start like this sound other than they are spelled; the longest
 * start wins.  A bar ends a whole word. */
static const struct {
    const char *start;
    enum sound sound;
} spellings[] = {
    {"eu", SOUND_CONSONANT},      {"ewe", SOUND_CONSONANT},
    {"heir", SOUND_VOWEL},        {"herb", SOUND_EITHER},
    {"historic", SOUND_EITHER},   {"homage", SOUND_EITHER},
    {"honest", SOUND_VOWEL},      {"honor", SOUND_VOWEL},
    {"honour", SOUND_VOWEL},      {"hour", SOUND_VOWEL},
    {"once", SOUND_CONSONANT},    {"one|", SOUND_CONSONANT},
    {"ones|", SOUND_CONSONANT},   {"oneself", SOUND_CONSONANT},
    {"ouija", SOUND_CONSONANT},   {"ubiq", SOUND_CONSONANT},
    {"ufo", SOUND_CONSONANT},     {"ukr", SOUND_CONSONANT},
    {"ukulele", SOUND_CONSONANT}, {"unan", SOUND_CONSONANT},
    {"unann", SOUND_VOWEL},       {"unans", SOUND_VOWEL},
    {"uni", SOUND_CONSONANT},     {"unid", SOUND_VOWEL},
    {"unidi", SOUND_CONSONANT},   {"unim", SOUND_VOWEL},
    {"unimo", SOUND_CONSONANT},   {"unin", SOUND_VOWEL},
    {"uran", SOUND_CONSONANT},    {"usa", SOUND_CONSONANT},
    {"use", SOUND_CONSONANT},     {"usi", SOUND_CONSONANT},
    {"usu", SOUND_CONSONANT},     {"ut", SOUND_CONSONANT},
    {"utm", SOUND_VOWEL},         {"utt", SOUND_VOWEL},
};

/* Abbreviations that some spell and some read as a word, and capitals that are
 * a word. */
static const char *const both_ways[] = {
    "FAQ",  "FAQS",  "HIPAA", "LAN",    "LASER", "LED",  "LIFO",  "MEDDIC",
    "NASA", "NATO",  "RACI",  "RAG",    "RAID",  "RAM",  "RICE",  "ROM",
    "SAAS", "SAML",  "SCRUM", "SEO",    "SIEM",  "SIM",  "SME",   "SMART",
    "SOAR", "SOC",   "SOX",   "SPIN",   "SPOC",  "SQL",  "STAR",  "STEM",
    "SWAT", "SWIFT", "SWOT",  "UNESCO", "RASCI", "MOOC", "MECE",  "FIFO",
    "NEW",  "MAJOR", "SALES", "HARD",   "FREE",  "LAST", "FINAL",
};

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static size_t word_length(const char *word)
{
    size_t length = 0;

    while (is_word_byte(word[length]) ||
           (length && word[length] == '\'' && is_word_byte(word[length + 1])))
        length++;
    return length;
}

static bool starts_like(const char *word, size_t length, const char *start)
{
    size_t count = strlen(start);
    bool whole = start[count - 1] == '|';

    count -= whole;
    if (length < count || (whole && length != count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (tolower((unsigned char)word[i]) != start[i])
            return false;
    return true;
}

static enum sound spelled_sound(const char *word, size_t length)
{
    enum sound sound = strchr("aeiou", tolower((unsigned char)*word))
                           ? SOUND_VOWEL
                           : SOUND_CONSONANT;
    size_t longest = 0;

    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        size_t count = strlen(spellings[i].start);
        if (count > longest && starts_like(word, length, spellings[i].start)) {
            longest = count;
            sound = spellings[i].sound;
        }
    }
    return sound;
}

/* "eight", "eleven" and "eighteen" start with a vowel; only the group before
 * the first comma is read first. */
static enum sound number_sound(const char *word)
{
    size_t digits = strspn(word, "0123456789");

    if (*word == '8')
        return SOUND_VOWEL;
    if (strncmp(word, "11", 2) != 0 && strncmp(word, "18", 2) != 0)
        return SOUND_CONSONANT;
    /* 1100 is eleven hundred or one thousand one hundred. */
    if (digits == 4 || digits == 5)
        return digits == 4 ? SOUND_EITHER : SOUND_VOWEL;
    return digits == 2 ? SOUND_VOWEL : SOUND_CONSONANT;
}

static bool is_read_both_ways(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof both_ways / sizeof *both_ways; i++)
        if (strlen(both_ways[i]) == length &&
            !strncmp(word, both_ways[i], length))
            return true;
    return false;
}

/* Capitals are read letter by letter. */
static enum sound letters_sound(const char *word, size_t length)
{
    if (is_read_both_ways(word, length))
        return SOUND_EITHER;
    return strchr("AEFHILMNORSX", *word) ? SOUND_VOWEL : SOUND_CONSONANT;
}

/* "SLA", "SLAs", "Q4", "R" of "R&D"; two letters as least, or one that stands
 * alone or before digits. */
static bool is_abbreviation(const char *word, size_t length)
{
    size_t capitals = 0;

    while (capitals < length && isupper((unsigned char)word[capitals]))
        capitals++;
    if (!capitals)
        return false;
    if (capitals == length || isdigit((unsigned char)word[capitals]))
        return true;
    return capitals > 1 && capitals + 1 == length && word[capitals] == 's';
}

static enum sound sound_of(const char *word)
{
    size_t length = word_length(word);

    if (!length || (unsigned char)*word >= 0x80)
        return SOUND_EITHER;
    if (isdigit((unsigned char)*word))
        return number_sound(word);
    if (is_abbreviation(word, length))
        return letters_sound(word, length);
    if (length == 1)
        return SOUND_EITHER;
    return spelled_sound(word, length);
}

/* Behind quotes and the sign of a currency, which is read after its amount. */
static const char *skip_signs(const char *text)
{
    static const char *const signs[] = {"\"",
                                        "'",
                                        "(",
                                        "[",
                                        "$",
                                        "*",
                                        "\xE2\x80\x9C",
                                        "\xE2\x80\x98",
                                        "\xE2\x82\xAC",
                                        "\xC2\xA3"};
    bool again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
            size_t length = strlen(signs[i]);
            if (!strncmp(text, signs[i], length)) {
                text += length;
                again = true;
            }
        }
    }
    return text;
}

/* A capital "A" is an article only where a sentence starts: "Series A update"
 * names a letter. */
static bool starts_sentence(const char *text, const char *at)
{
    while (at > text && (at[-1] == ' ' || at[-1] == '"'))
        at--;
    return at == text || strchr(".!?:\r\n", at[-1]);
}

/* Whether a word starts here that is "a" or "an"; *length says which. */
static bool is_article(const char *text, const char *at, size_t *length)
{
    *length = word_length(at);
    if (at > text && (is_word_byte(at[-1]) || strchr("'.-/&+@", at[-1])))
        return false;
    if (*length > 2 || at[*length] != ' ' || (*length == 2 && at[1] != 'n'))
        return false;
    if (*at == 'a')
        return true;
    return *at == 'A' && starts_sentence(text, at);
}

const char *text_wrong_article(const char *text)
{
    for (const char *at = text; *at;) {
        size_t length;
        if ((*at == 'a' || *at == 'A') && is_article(text, at, &length)) {
            enum sound sound = sound_of(skip_signs(at + length + 1));
            if (sound == (length == 1 ? SOUND_VOWEL : SOUND_CONSONANT))
                return at;
        }
        length = word_length(at);
        at += length ? length : 1;
    }
    return NULL;
}
