/* The migrations, embedded at build time from migrations/NNNN_name.sql. */
#ifndef DATEBOOK_MIGRATIONS_H
#define DATEBOOK_MIGRATIONS_H

#include <stddef.h>

struct migration {
    int number;       /* 1, 2, 3 … without a gap */
    const char *name; /* "initial" for 0001_initial.sql */
    const char *sql;  /* one or more statements */
};

/* In order of number; one empty entry follows the last. */
extern const struct migration migrations[];
extern const size_t migration_count;

#endif
