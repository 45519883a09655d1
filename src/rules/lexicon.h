/* The words and phrases that a persona's rules use, as small numbers.
 *
 * While rules are compiled, stems get word numbers and sequences of them get
 * phrase numbers, each once.  While meetings are labelled, a text is cut into
 * words once, each word becomes its number (0: in no rule) through a bounded
 * cache that spares the stemmer, and phrases are recognised by their last
 * word. */
#ifndef DATEBOOK_RULES_LEXICON_H
#define DATEBOOK_RULES_LEXICON_H

#include "datebook/arena.h"
#include "datebook/words.h"

#include <stdint.h>

/* Numbers in an arena, one after the other. */
struct number_list {
    uint32_t *at;
    uint32_t count;
    uint32_t size;
};

bool number_list_add(struct number_list *list, uint32_t value,
                     struct arena *arena, struct error *err) CHECKED;

enum { NO_WORD = 0, LEXICON_BUCKETS = 1024 };

/* A phrase: its words are numbers from `first` on in `phrase_words`. */
struct phrase {
    uint32_t first;
    uint32_t count;
    struct phrase *next; /* in its bucket */
    uint32_t number;
};

struct stem;
struct cached_word;

struct lexicon {
    struct arena *arena; /* of the ruleset */
    struct stemmer *stemmer;
    struct stem *stems[LEXICON_BUCKETS];
    uint32_t word_count; /* word numbers are 1 … word_count */
    struct phrase *buckets[LEXICON_BUCKETS];
    struct number_list phrase_words;
    const struct phrase **phrases; /* by number */
    uint32_t phrase_count;
    uint32_t phrase_size;
    uint32_t longest; /* words of the longest phrase */
    /* The phrases that end with word w: ending[ending_start[w] …
     * ending_start[w + 1]). */
    uint32_t *ending_start;
    uint32_t *ending;
    struct cached_word *cache;
    uint32_t cached;
};

/* Starts with `reserved` phrase numbers that no text can hold. */
bool lexicon_start(struct lexicon *lexicon, struct arena *arena,
                   uint32_t reserved, struct error *err) CHECKED;
void lexicon_end(struct lexicon *lexicon);

/* The number of a word's stem, made when it is new. */
bool lexicon_add_word(struct lexicon *lexicon, const struct word *word,
                      uint32_t *number, struct error *err) CHECKED;

/* The number of a phrase, made when it is new. */
bool lexicon_add_phrase(struct lexicon *lexicon, const uint32_t *words,
                        uint32_t count, uint32_t *number,
                        struct error *err) CHECKED;

/* Cuts a text into a phrase; *count is its words, 0 when it has none and there
 * is no phrase. */
bool lexicon_read_phrase(struct lexicon *lexicon, const char *text,
                         size_t length, uint32_t *number, uint32_t *count,
                         struct error *err) CHECKED;

/* Ends the adding, begins the looking up. */
bool lexicon_seal(struct lexicon *lexicon, struct error *err) CHECKED;

/* The number of a word, NO_WORD when no rule uses it.  Never adds. */
bool lexicon_find(struct lexicon *lexicon, const struct word *word,
                  uint32_t *number, struct error *err) CHECKED;

#endif
