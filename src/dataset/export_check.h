/* Shared by the files that check an export folder. */
#ifndef DATEBOOK_DATASET_EXPORT_CHECK_H
#define DATEBOOK_DATASET_EXPORT_CHECK_H

#include "datebook/dataset.h"

/* A persona of the split, and what was seen of it in the file at hand. */
struct split_persona {
    const char *id;
    size_t length;
    bool trains;
    bool held_out;
    int64_t misplaced;  /* lines on the wrong side */
    int64_t first_line; /* of them */
};

struct export_checker {
    struct arena *arena;
    const char *folder;
    const char *manifest;           /* its path */
    struct split_persona *personas; /* by id */
    size_t persona_count;
    int64_t lines; /* of all files, for the monitor */
    const struct monitor *monitor;
    finding_visitor *visit;
    void *context;
    struct export_check *result;
};

/* What most findings end in. */
#define EXPORT_AGAIN "export again, or fetch the folder anew"

bool export_finding(struct export_checker *checker, struct error *err,
                    const char *format, ...) PRINTF_LIKE(3, 4) CHECKED;

/* What the manifest says of one file. */
struct named_file {
    const char *name;
    int64_t rows;
    int64_t bytes;
    const char *hash;
};

/* Reads a file that the manifest names. */
bool check_named_file(struct export_checker *checker,
                      const struct named_file *file, struct error *err) CHECKED;

#endif
