/* How long work reports progress and learns that it should stop. */
#ifndef DATEBOOK_MONITOR_H
#define DATEBOOK_MONITOR_H

#include "datebook/error.h"

#include <stdint.h>

struct monitor {
    /* Called every few hundred rows with what is being worked on and how far
     * it is; `total` is 0 when it is not known.  False, with
     * ERROR_INTERRUPTED, stops the work. */
    bool (*tick)(void *context, const char *what, int64_t done, int64_t total,
                 struct error *err);
    void *context;
};

enum { MONITOR_ROWS = 512 };

/* Ticks when `done` is a multiple of MONITOR_ROWS; a NULL monitor never
 * stops. */
static inline bool monitor_tick(const struct monitor *monitor, const char *what,
                                int64_t done, int64_t total, struct error *err)
{
    if (!monitor || done % MONITOR_ROWS)
        return true;
    return monitor->tick(monitor->context, what, done, total, err);
}

#endif
