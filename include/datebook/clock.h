/* Clocks that never reach data: for waiting, and for the times on files. */
#ifndef DATEBOOK_CLOCK_H
#define DATEBOOK_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Milliseconds since some moment; they only ever grow. */
int64_t clock_waiting(void);

/* Seconds since 1970, UTC: to understand the dates of other programs. */
int64_t clock_seconds(void);

/* The time that a file system would write on a file that changes now: that of
 * the last tick of the system's clock. */
struct timespec clock_of_files(void);

/* Does nothing for so long. */
void clock_pause(int64_t milliseconds);

#endif
