/* A command line run inside this process, with what it printed. */
#ifndef DATEBOOK_TESTS_FAULT_PROGRAM_H
#define DATEBOOK_TESTS_FAULT_PROGRAM_H

#include "datebook/arena.h"

struct printed {
    int exit_code;
    const char *out; /* standard output */
    const char *err; /* standard error */
};

/* Sends what is printed to memory from now on; false when that fails. */
bool program_capture(void);

/* Runs "datebook LINE": words divided by spaces, with '…' around a word that
 * holds spaces.  Gives the exit code. */
int program_main(const char *line);

/* What was printed since the last call. */
bool program_printed(struct arena *arena, struct printed *printed,
                     struct error *err);

/* Both, of a command that meets no faults. */
bool program_run(struct arena *arena, const char *line, struct printed *printed,
                 struct error *err);

/* Says something past the capture. */
void program_say(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
