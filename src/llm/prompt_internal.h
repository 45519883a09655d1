/* What the files that make prompts share.  For src/llm only. */
#ifndef DATEBOOK_LLM_PROMPT_INTERNAL_H
#define DATEBOOK_LLM_PROMPT_INTERNAL_H

#include "datebook/brief.h"

/* The kinds of a call that the model is told: each once, at most 60, none
 * longer than 64 characters.  One may be missing from there; then any kind
 * that is no longer is taken. */
enum { KINDS_MOST = 60, KIND_UNITS = 64 };
struct kinds {
    const char *items[KINDS_MOST];
    size_t count;
};
void kinds_take(struct kinds *kinds, const struct prompt_call *call);

/* The strict schema of a reply, and the same in words. */
void schema_write(struct buf *buf, const struct kinds *kinds, bool whole);
void form_write(struct buf *buf, bool whole);

#endif
