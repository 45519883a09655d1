/* What the files that read replies share.  For src/llm only. */
#ifndef DATEBOOK_LLM_WRITTEN_INTERNAL_H
#define DATEBOOK_LLM_WRITTEN_INTERNAL_H

#include "datebook/brief.h"
#include "src/llm/prompt_internal.h"

/* ---- Finding: written_find.c ---- */

struct reply_item {
    const cJSON *tree;
    const char *raw; /* its JSON within the content, not NUL-terminated */
    size_t length;
};

struct reply {
    struct reply_item *items;
    size_t count;
    int coerced;       /* the list stood in prose, or was no list */
    const char *fault; /* NULL, or why there is none */
};

/* Fails for want of memory only. */
bool reply_find(struct arena *arena, const char *content, struct reply *reply,
                struct error *err) CHECKED;

/* ---- Checking ---- */

/* One meeting that is being read. */
struct reading {
    struct arena *arena;
    struct error *err;
    const struct prompt_call *call;
    const struct kinds *kinds;
    const struct brief *brief;
    const cJSON *tree;
    struct buf faults; /* "brief 3: one; another" */
    int coerced;
    bool failed; /* memory ran out */
};

/* Adds a fault; many are cut off, for a model has to read them. */
void reading_fault(struct reading *reading, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* What a fault quotes: a text of at most 60 characters in quotation marks, with
 * control characters as \u0007; numbers and words of JSON as they are.  "" when
 * memory ran out. */
const char *reading_quote(struct reading *reading, const char *text);
const char *reading_show(struct reading *reading, const cJSON *value);
/* A member's text, which faults call `what`, as one line: newlines become
 * spaces when `lines`, runs of spaces one, none at the ends; counted where the
 * text had others.  NULL, with a fault, when it is no text or holds control
 * characters. */
char *reading_line(struct reading *reading, const cJSON *object,
                   const char *name, const char *what, bool lines);
/* A whole number, or one as text, which is counted; false when it is none,
 * without a fault. */
bool reading_number(struct reading *reading, const cJSON *value,
                    int64_t *number);

/* The same but for case and for what stands between words. */
bool kind_is_like(const char *one, const char *other);

/* Kind, subject, preview: written_check.c */
void check_texts(struct reading *reading, struct written *written);
/* Date, time, people: written_whole.c */
void check_whole(struct reading *reading, struct written *written);

/* Where the words of a phrase stand side by side in a text, in the same form
 * or with other endings: written_words.c */
bool text_holds(struct reading *reading, const char *text, const char *phrase);
/* An address or a link that may be real: its domain, in `domain`. */
enum { DOMAIN_SIZE = 80 };
bool text_names_domain(const char *text, char domain[DOMAIN_SIZE]);
/* A slot that nobody filled, such as [Name]: its place, or NULL. */
const char *text_slot(const char *text);
bool text_has_letter(const char *text);

#endif
