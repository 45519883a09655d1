/* Between reading a file of answers and taking them. */
#ifndef DATEBOOK_REVIEW_ANSWER_INTERNAL_H
#define DATEBOOK_REVIEW_ANSWER_INTERNAL_H

#include "datebook/answer_lines.h"

/* Whether there is no room for another problem: then nobody goes on looking. */
static inline bool answer_file_is_full(const struct answer_file *file)
{
    return file->problem_count == ANSWER_PROBLEMS;
}

/* Turns an error of a line into a problem of its file.  An error that is not of
 * the line (no memory, a damaged database) stays one: then this is false. */
bool answer_problem_add(struct answer_file *file, struct arena *arena,
                        int64_t line, struct error *err) CHECKED;

#endif
