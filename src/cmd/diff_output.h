/* The forms in which `diff` prints, and the parts that they share. */
#ifndef DATEBOOK_CMD_DIFF_OUTPUT_H
#define DATEBOOK_CMD_DIFF_OUTPUT_H

#include "cli.h"

#include "datebook/stored_record.h"

enum diff_form {
    FORM_SUMMARY,
    FORM_STAT,
    FORM_ROWS,
    FORM_NAMES,
    FORM_LINES, /* --jsonl */
    FORM_BY_PERSONA,
    FORM_BY_LABEL,
    FORM_BY_FIELD,
    FORM_BY_RULE
};

/* The fields of a persona document that changed, kept for the summary. */
struct persona_fields {
    const char *persona;
    const char **changes;
    size_t change_count;
};

struct diff_print {
    struct diff_request request;
    enum diff_form form;
    const char *files[2]; /* named in the output; NULL for one file */
    struct persona_fields *fields;
    size_t field_count;
};

/* How many of `count` personas or rules are shown under --limit; before rows
 * all are. */
size_t diff_shown(const struct diff_print *print, size_t count);

/* What --name-only calls a row. */
const char *diff_row_name(const struct diff_row *row);

/* Which label fields changed, and how often. */
enum { DIFF_FIELDS = 4 };
struct diff_field {
    const char *name;
    int64_t labels;
};
void diff_fields(const struct diff *diff,
                 struct diff_field fields[DIFF_FIELDS]);

/* The whole of `diff`. */
bool diff_print(struct cli *cli, struct diff_print *print, bool *different,
                struct error *err) CHECKED;

/* ---- Text: diff_output_text.c ---- */

/* What stands before the rows, or is all there is. */
bool diff_text(struct cli *cli, const struct diff_print *print,
               const struct diff *diff, struct error *err) CHECKED;
diff_visitor diff_text_row;
diff_visitor diff_text_name;
/* How much a limit left out. */
void diff_text_rest(struct buf *out, int64_t shown, int64_t count,
                    const char *what);

/* Adds what a review says in words; its document where it cannot be read.
 * diff_output_review.c */
void diff_put_review(struct buf *out, const struct stored_record *record);

/* ---- JSON: diff_output_json.c ---- */

/* The start of the object, without its last brace. */
void diff_json(struct cli *cli, const struct diff_print *print,
               const struct diff *diff);
diff_visitor diff_json_row;  /* an element of "rows" */
diff_visitor diff_json_line; /* a line of --jsonl */
diff_visitor diff_json_name; /* an element of "names" */

#endif
