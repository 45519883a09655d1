/* What is wrong with a text as such: slots that nobody filled, stray spaces,
 * wrong articles, ends in the middle.
 *
 * Each function gives the place of the first flaw, or NULL.  Rules that a good
 * text may break are not here: what is found is meant to be mended. */
#ifndef DATEBOOK_QUALITY_TEXT_CHECKS_H
#define DATEBOOK_QUALITY_TEXT_CHECKS_H

#include <stddef.h>

/* A brace: "Sync with {customer}". */
const char *text_unfilled(const char *text);

/* Two blanks (space, tab, no-break space) in a row. */
const char *text_double_space(const char *text);

/* White space at the start or the end. */
const char *text_edge_space(const char *text);

/* "a account", "an pilot", "a MSA", "an 5-day week".  Goes by the sound of the
 * next word, with lists for "hour", "user", "one" and the like, the names of
 * letters for abbreviations ("an SLA", "a URL"), and numbers as they are read
 * ("an 8", "an 11").  Where usage differs ("a FAQ", "an historic"), both are
 * fine. */
const char *text_wrong_article(const char *text);

/* The same word twice in a row, with a space between: "the the".  "that that",
 * "had had", and words of capitals or digits are let through. */
const char *text_repeated_word(const char *text);

/* A text that stops in the middle: it ends in a comma, a semicolon, a dash, an
 * opening bracket, or an ellipsis; or it is so long that it was cut
 * (`long_from` UTF-16 units or more) and does not end a sentence. */
const char *text_cut_end(const char *text, size_t long_from);

/* A quarter ("Q4") that is two away from the month of the meeting, 1 to 12, or
 * a month that is more than three away, when nothing nearer is named: "Q4
 * planning" in May.  Years do not count.  "May" may be a verb or a name, and is
 * passed over. */
const char *text_out_of_season(const char *text, int month);

/* Up to `room` - 1 bytes of whole characters around a place, in one line, with
 * "…" where something was left out. */
void text_excerpt(const char *text, const char *at, char *excerpt, size_t room);

#endif
