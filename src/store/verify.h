/* The state of a check, shared by the file that looks at headers and the one
 * that looks at rows. */
#ifndef DATEBOOK_STORE_VERIFY_H
#define DATEBOOK_STORE_VERIFY_H

#include "walk.h"

struct verify {
    struct store *store;
    const struct monitor *monitor;
    verify_visitor *visit;
    void *context;
    struct verify_result *result;
};

/* Shows a finding. */
bool verify_found(struct verify *work, struct error *err, const char *format,
                  ...) PRINTF_LIKE(3, 4) CHECKED;

/* Turns an error that damage explains into a finding, and is true; other
 * errors stay errors.  `ok` is the outcome of a step. */
bool verify_damage(struct verify *work, bool ok, struct error *err) CHECKED;

/* Every row of every version that was kept. */
bool verify_rows(struct verify *work, struct error *err) CHECKED;

#endif
