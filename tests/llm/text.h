/* What all of the test server uses: texts that grow, numbers out of bytes, the
 * clock, and giving up.  Written without datebook's own code, so that the
 * server stays an independent witness. */
#ifndef LLM_TEXT_H
#define LLM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *bytes; /* NUL-terminated unless empty and never written to */
    size_t length;
    size_t room;
};

void text_add(struct text *text, const void *bytes, size_t length);
void text_puts(struct text *text, const char *string);
void text_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A JSON string with its quotes; bytes that are not UTF-8 become "?". */
void text_quote(struct text *text, const char *bytes, size_t length);
/* Takes the first `length` bytes away. */
void text_drop(struct text *text, size_t length);
void text_clear(struct text *text); /* keeps the room */
void text_free(struct text *text);

/* The whole file; gives up when it cannot be read. */
void text_read(struct text *text, const char *path);

/* Whether all of it is UTF-8, by the table of RFC 3629. */
bool text_is_utf8(const char *bytes, size_t length);

void *new_zero(size_t size);
char *new_string(const char *string);

/* FNV-1a, and the finalizer of SplitMix64 to spread what comes of it. */
uint64_t hash_of(const char *bytes, size_t length);
uint64_t spread(uint64_t value);

int64_t now_ms(void); /* of a clock that only goes forward */

/* "server: …" to standard error, and exit code 2. */
_Noreturn void give_up(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
