/* What was given on the command line, as it is kept with a version, and how
 * that is told again.
 *
 * Kept are the options of the command and its arguments, as a JSON list of
 * words.  Left out is what names a machine or an account and says nothing of
 * data: --db and the other global options, all of a path but its last part, and
 * values that are addresses, which become GIVEN_HIDDEN. */
#ifndef DATEBOOK_CMD_GIVEN_H
#define DATEBOOK_CMD_GIVEN_H

#include "cli.h"

#include <cjson/cJSON.h>

#define GIVEN_HIDDEN "…"

/* Adds a text with each path in it cut to its last part: one that is absolute,
 * that leads through "..", or through somebody's home.  Parts end at "," and
 * "=".  Bytes that a terminal should not see become visible. */
void put_private(struct buf *out, const char *text);

/* The same as a text of JSON. */
void json_private(struct buf *out, const char *text);

/* Adds the JSON list of the words that were given, options first. */
void given_write(const struct cli *cli, struct buf *out);

/* The same as a text of the cli's arena. */
const char *given_text(struct cli *cli, struct error *err) CHECKED;

/* The words in the options of a version or a job; false when it has none, as
 * those of a version that was made before they were kept. */
bool given_read(struct cli *cli, const char *options, const cJSON **words);

/* Adds each word with a space before it, as a shell takes it. */
void given_put(struct buf *out, const cJSON *words);

/* The value of an option among words; NULL when it is not there. */
const char *given_value(const cJSON *words, const char *option);

/* Adds a word as a shell takes it. */
void put_shell_word(struct buf *line, const char *word);

#endif
