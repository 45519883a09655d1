/* Lists of words that end in NULL; see words.c. */
#ifndef LLM_WORDS_H
#define LLM_WORDS_H

extern const char *const words_nouns[];
extern const char *const words_adjectives[];
extern const char *const words_verbs[]; /* "admires" */
extern const char *const words_prepositions[];
extern const char *const words_first_names[];
extern const char *const words_last_names[];
extern const char *const words_companies[];

#endif
