/* What went wrong, as a value that travels up the call chain.
 *
 * Every function that can fail returns false (or NULL) and fills a struct
 * error.  The message is made where the fault is found, gets context on the
 * way up (error_context) and ends, where it helps, in a hint that says what
 * to do.  Library code never prints and never exits. */
#ifndef DATEBOOK_ERROR_H
#define DATEBOOK_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#define CHECKED __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* The values are the exit codes of the program. */
enum error_code {
    ERROR_NONE = 0,
    ERROR_FOUND = 1,       /* a check found something */
    ERROR_USAGE = 2,       /* the command line is wrong */
    ERROR_INPUT = 3,       /* a file, or a value in it, is wrong */
    ERROR_DATABASE = 4,    /* missing, busy, corrupt, or too new */
    ERROR_ENDPOINT = 5,    /* the model endpoint failed */
    ERROR_INTERRUPTED = 6, /* stopped by a signal */
    ERROR_BUG = 70         /* datebook is wrong */
};

struct error {
    enum error_code code;
    char message[1024]; /* one sentence, without a final full stop */
    char hint[512];     /* "" when there is none */
};

/* Sets code and message and drops an earlier hint.  Always returns false, so
 * that a failing function can end in `return error_set(...)`. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Sets the hint of an error that is already set.  Always returns false. */
bool error_hint(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Puts "context: " before the message.  Always returns false. */
bool error_context(struct error *err, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Out of memory, as ERROR_BUG's neighbour: nothing the user typed is wrong,
 * and there is no exit code of its own.  Always returns false. */
bool error_memory(struct error *err);

#endif
