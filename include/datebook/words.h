/* Text cut into words, in a form in which words can be compared.
 *
 * A word is a run of letters and digits with their combining marks, NFKC
 * case-folded (UAX #15, UAX #31).  In scripts that are written without spaces
 * or that glue particles to a noun (Han, kana, bopomofo, Hangul, Thai, Lao,
 * Burmese, Khmer) every character with its marks is a word of its own, so
 * that a phrase is found inside a longer run.
 *
 *  - "customer's" is "customer"; any other apostrophe between letters drops
 *    out: "O'Brien" is "obrien".  Straight and curly ones are the same.
 *  - "1:1", "1-1", "1-on-1", "1 on 1", "1on1", "1x1", "one-on-one" and "one on
 *    one", with any dash and with or without a plural s, are one word: "1on1".
 *  - Symbols, emoji and bytes that are no UTF-8 separate words. */
#ifndef DATEBOOK_WORDS_H
#define DATEBOOK_WORDS_H

#include "datebook/error.h"

#include <stddef.h>

/* Of a longer word only the first bytes count. */
enum { WORD_BYTES = 128 };

struct word {
    const char *folded; /* not NUL-terminated; valid until the next word */
    size_t length;      /* 1 … WORD_BYTES */
    size_t start;       /* bytes of the text: start, and end after the last */
    size_t end;
};

/* A walk over the words of a text, which must outlive it. */
struct words {
    const unsigned char *text;
    const unsigned char *at;
    const unsigned char *end;
    size_t length; /* of the folded word that is being made */
    char folded[WORD_BYTES];
};

void words_start(struct words *words, const char *text, size_t length);

/* False at the end of the text. */
bool words_next(struct words *words, struct word *word);

/* Whether the word is this folded text. */
bool word_is(const struct word *word, const char *folded);

/* Turns words into stems: Snowball's English stemmer (Porter 2), but words
 * with digits stay as they are, and so do those of a short list that Porter 2
 * would throw together with an unrelated word ("customer" and "custom",
 * "important" and "import": src/base/words_stems.c).  One for each thread. */
struct stemmer;

struct stemmer *stemmer_new(struct error *err) CHECKED;
void stemmer_free(struct stemmer *stemmer); /* NULL is fine */

/* The stem of a word, valid until the next call; fails without memory. */
bool stemmer_stem(struct stemmer *stemmer, const struct word *word,
                  const char **stem, size_t *length, struct error *err) CHECKED;

#endif
