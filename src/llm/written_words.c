/* What a text of a meeting holds: phrases, addresses, slots, letters. */
#include "src/llm/written_internal.h"

#include "datebook/domains.h"
#include "datebook/words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

/* ---- Phrases ---- */

enum { PHRASE_WORDS = 24, STEM_LEAST = 4, STEM_SAFE = 6, ENDING_MOST = 4 };

struct piece {
    char text[WORD_BYTES];
    size_t length;
};

static void keep_word(struct piece *piece, const struct word *word)
{
    memcpy(piece->text, word->folded, word->length);
    piece->length = word->length;
}

/* "review" and "reviews": one is the start of the other, of four letters at
 * least; "negotiation" and "negotiating": a start of six.  Endings are short.
 * What exactly is one word is for the rules to say. */
static bool is_like(const struct piece *one, const struct piece *other)
{
    size_t shorter = one->length < other->length ? one->length : other->length;
    size_t same = 0;

    while (same < shorter && one->text[same] == other->text[same])
        same++;
    if (same == one->length && same == other->length)
        return true;
    return same >= (same == shorter ? STEM_LEAST : STEM_SAFE) &&
           one->length - same <= ENDING_MOST &&
           other->length - same <= ENDING_MOST;
}

/* Whether the last `count` words, kept in a ring of that size of which `at` is
 * the oldest, are those of the phrase. */
static bool ring_is(const struct piece *ring, const struct piece *phrase,
                    size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++)
        if (!is_like(&ring[(at + i) % count], &phrase[i]))
            return false;
    return true;
}

bool text_holds(struct reading *reading, const char *text, const char *phrase)
{
    struct piece *pieces = arena_zero(reading->arena, 2 * PHRASE_WORDS,
                                      sizeof *pieces, reading->err);
    struct piece *ring;
    struct words words;
    struct word word;
    size_t count = 0;
    size_t seen = 0;

    reading->failed = reading->failed || !pieces;
    if (!pieces)
        return true;
    ring = pieces + PHRASE_WORDS;
    words_start(&words, phrase, strlen(phrase));
    while (count < PHRASE_WORDS && words_next(&words, &word))
        keep_word(&pieces[count++], &word);
    if (!count)
        return true; /* nothing that a rule could find either */
    words_start(&words, text, strlen(text));
    while (words_next(&words, &word)) {
        keep_word(&ring[seen++ % count], &word);
        if (seen >= count && ring_is(ring, pieces, count, seen % count))
            return true;
    }
    return false;
}

/* ---- Addresses ---- */

static bool is_domain_byte(char c)
{
    return isalnum((unsigned char)c) || c == '.' || c == '-' ||
           (unsigned char)c >= 0x80;
}

/* An ending that makes a dotted word a domain without "www" or "@". */
static bool ends_as_domain(const char *word, size_t length)
{
    static const char *const endings[] = {"com", "net", "org", "io",
                                          "ai",  "edu", "gov", "info"};
    size_t start = length;

    while (start && word[start - 1] != '.')
        start--;
    if (start < 2)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strlen(endings[i]) == length - start &&
            !strncmp(endings[i], word + start, length - start))
            return true;
    return false;
}

/* Whether a run of such bytes is meant as a domain. */
static bool is_domain(const char *text, const char *word, size_t length)
{
    bool dotted = memchr(word, '.', length) != NULL;

    if (word > text && word[-1] == '@')
        return dotted;
    if (word - text >= 3 && !strncmp(word - 3, "://", 3))
        return true;
    if (length > 4 && !strncasecmp(word, "www.", 4))
        return true;
    return ends_as_domain(word, length);
}

/* A domain without the dots and dashes of the sentence around it. */
static size_t strip(const char **word, size_t length)
{
    while (length && strchr(".-", **word)) {
        ++*word;
        length--;
    }
    while (length && strchr(".-", (*word)[length - 1]))
        length--;
    return length;
}

bool text_names_domain(const char *text, char domain[DOMAIN_SIZE])
{
    const char *next;

    for (const char *at = text; *at; at = next) {
        const char *word = at;
        size_t length = 0;
        while (is_domain_byte(at[length]))
            length++;
        next = at + (length ? length : 1);
        length = strip(&word, length);
        if (!length || !is_domain(text, word, length))
            continue;
        if (length >= DOMAIN_SIZE)
            length = DOMAIN_SIZE - 1;
        memcpy(domain, word, length);
        domain[length] = '\0';
        if (!is_fictitious_domain(domain))
            return true;
    }
    return false;
}

/* ---- Slots ---- */

/* Whether the words in square or pointed brackets stand for something that was
 * to be filled in: "[Name]", "<customer name>", not "[EXT]" or "[Draft]". */
static bool is_slot(const char *words, size_t length)
{
    static const char *const nouns[] = {
        "name",     "names",  "company",  "customer", "client", "date",
        "time",     "topic",  "topics",   "project",  "team",   "product",
        "person",   "people", "attendee", "speaker",  "title",  "link",
        "location", "vendor", "partner",  "subject",  "agenda", "number"};

    if (length > 7 && !strncasecmp(words, "insert ", 7))
        return true;
    if (length > 5 && !strncasecmp(words, "your ", 5))
        return true;
    while (length && memchr(words, ' ', length)) {
        const char *space = (const char *)memchr(words, ' ', length) + 1;
        length -= (size_t)(space - words);
        words = space;
    }
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (strlen(nouns[i]) == length && !strncasecmp(nouns[i], words, length))
            return true;
    return false;
}

const char *text_slot(const char *text)
{
    for (const char *at = text; *at; at++) {
        const char *close = NULL;
        if (*at == '{' || *at == '}')
            return at;
        if (*at == '[')
            close = strchr(at, ']');
        else if (*at == '<')
            close = strchr(at, '>');
        else
            continue;
        if (!close)
            continue;
        if (is_slot(at + 1, (size_t)(close - at - 1)))
            return at;
    }
    return NULL;
}

bool text_has_letter(const char *text)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t size;

    for (; *text; text += size) {
        size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
        if (size < 1)
            return false;
        if (utf8proc_category(code) >= UTF8PROC_CATEGORY_LU &&
            utf8proc_category(code) <= UTF8PROC_CATEGORY_LO)
            return true;
    }
    return false;
}
