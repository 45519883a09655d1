/* The parts of a validation, for src/quality/validate*.c only. */
#ifndef DATEBOOK_QUALITY_VALIDATE_PARTS_H
#define DATEBOOK_QUALITY_VALIDATE_PARTS_H

#include "datebook/quality.h"
#include "src/quality/measure.h"

/* What all passes share. */
struct work {
    struct store *store;
    const struct validate_request *request;
    const struct monitor *monitor;
    struct validation *validation;
    struct arena *arena; /* of the results */
    struct sums *all;
    struct sums **personas;
    struct diversity_counter *diversity;
    int64_t done;    /* rows, for the monitor */
    int64_t singles; /* one-off meetings */
};

/* The rows of one persona, side by side. */
bool validate_persona(struct work *work, size_t index,
                      struct error *err) CHECKED;

/* Texts of all personas: near-duplicates, and leaks across the parts of a
 * split. */
bool validate_near_duplicates(struct work *work, struct error *err) CHECKED;
bool validate_leaks(struct work *work, struct error *err) CHECKED;

/* What the personas are as a whole, added to the sums of all. */
bool validate_roster(struct work *work, struct error *err) CHECKED;

#endif
