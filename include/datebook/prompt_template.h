/* Templates of prompts: text files with placeholders, "{name}", that whoever
 * uses the program may replace.
 *
 * A placeholder is a brace, small letters and "_", and a brace; any other brace
 * is text. */
#ifndef DATEBOOK_PROMPT_TEMPLATE_H
#define DATEBOOK_PROMPT_TEMPLATE_H

#include "datebook/arena.h"
#include "datebook/buf.h"

/* What stands for a placeholder. */
struct placeholder {
    const char *name;
    const char *text;
};

enum { PLACEHOLDERS_MOST = 8 };

/* What may, and what must stand in a template. */
struct template_rule {
    const char *part; /* "the user message"; NULL: it is the whole file */
    const char *known[PLACEHOLDERS_MOST];
    const char *needed[3];
    const char *starts_line; /* a needed one that has to; NULL: none */
};

/* The bytes of the name of a placeholder that starts at `at`; 0 where none
 * does. */
size_t placeholder_at(const char *at);

/* Reads a file of at most 256 KiB of UTF-8, without its byte order mark and
 * with "\n" at the ends of lines.  ERROR_INPUT with file and line. */
char *template_read(struct arena *arena, const char *path, size_t *length,
                    struct error *err) CHECKED;

/* Holds a template against its rule: ERROR_INPUT with `source` and line, the
 * first of which has the number `line`. */
bool template_check(const struct template_rule *rule, const char *source,
                    const char *text, int line, struct error *err) CHECKED;

/* Adds a template with its placeholders filled, once: what was filled in is not
 * looked through again.  Those that are not given stay. */
void template_fill(struct buf *buf, const char *text,
                   const struct placeholder *placeholders, size_t count);

/* Leaves at most one empty line in a row and none at the ends: where a
 * placeholder had nothing to say, no hole is left. */
void template_tidy(char *text);

#endif
