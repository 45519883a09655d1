/* Shared by the files that read replies. */
#ifndef DATEBOOK_LLM_CHAT_INTERNAL_H
#define DATEBOOK_LLM_CHAT_INTERNAL_H

#include "datebook/chat.h"
#include "datebook/json.h"

/* What an error body says; texts as they came, NULL where it says nothing. */
struct chat_fault {
    const char *message;
    const char *code;
    const char *type;
    const char *param;
    const char *inner; /* Azure's innererror.code */
    int number;        /* a code that is a number, as a status of HTTP; 0 */
};

/* Reads a body as JSON.  What would only spoil a text is replaced by U+FFFD
 * first: bytes that are not UTF-8, escaped NULs and halves of surrogate pairs.
 * *tree is NULL for what is no JSON, and then *why says so.  False for want of
 * memory only. */
bool chat_parse(struct arena *arena, const char *body, size_t length,
                const cJSON **tree, const char **why,
                struct error *err) CHECKED;

/* Whether a body is a page for people. */
bool chat_is_html(const char *body, size_t length);

/* Finds message and codes in a parsed body, or its useful text when it is no
 * JSON (`tree` NULL). */
bool chat_read_fault(struct arena *arena, const cJSON *tree, const char *body,
                     size_t length, struct chat_fault *fault,
                     struct error *err) CHECKED;
/* The same of an error object or text itself. */
bool chat_read_error(struct arena *arena, const cJSON *error,
                     struct chat_fault *fault, struct error *err) CHECKED;

/* Whether code, inner code or type are one of a list that ends in NULL. */
bool chat_fault_is(const struct chat_fault *fault, const char *const *codes);

/* One line of at most 300 characters, without control characters. */
const char *chat_clean(struct arena *arena, const char *text,
                       struct error *err) CHECKED;

/* Changes the traits by one step when a fault names something that they ask
 * for; false when there is nothing to change. */
bool chat_adapt(const struct chat_fault *fault, struct chat_traits *traits);

#endif
