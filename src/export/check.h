/* Shared by the files that check an export folder. */
#ifndef DATEBOOK_EXPORT_CHECK_H
#define DATEBOOK_EXPORT_CHECK_H

#include "datebook/export.h"

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

/* How the records of a file name their personas. */
enum records { RECORDS_NONE, RECORDS_JSON, RECORDS_CSV };

/* What the manifest says of one file. */
struct named_file {
    const char *name;
    int64_t rows; /* -1: it is no data file */
    int64_t bytes;
    const char *hash;
    bool blake2b; /* the hash, of exports that are older than their layout */
    enum part part;
    enum records records;
};

/* Reads a file that the manifest names. */
bool check_named_file(struct export_checker *checker,
                      const struct named_file *file, struct error *err) CHECKED;

/* The persona of a line that begins a record of comma-separated values. */
bool csv_line_persona(const char *line, size_t length, const char **id,
                      size_t *id_length);

#endif
