/* A bounded memory of subjects and the importance that they got. */
#ifndef DATEBOOK_QUALITY_COVERAGE_SUBJECTS_H
#define DATEBOOK_QUALITY_COVERAGE_SUBJECTS_H

#include "datebook/coverage.h"

struct subjects;

/* Remembers at most `limit` different subjects, a power of two. */
struct subjects *subjects_new(size_t limit, struct error *err) CHECKED;
void subjects_free(struct subjects *subjects); /* NULL is fine */

bool subjects_add(struct subjects *subjects, const char *subject,
                  enum importance importance, struct error *err) CHECKED;

/* Fills repeated, agreeing, subjects and sampled. */
void subjects_count(const struct subjects *subjects,
                    struct consistency *consistency);

#endif
