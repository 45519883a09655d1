/* Reading a big file line by line, in memory that does not grow with it. */
#ifndef DATEBOOK_LINE_READER_H
#define DATEBOOK_LINE_READER_H

#include "datebook/compress.h"
#include "datebook/file.h"

struct line_reader;

/* Opens a plain file for reading lines of at most `limit` bytes.  ERROR_INPUT,
 * naming the path, when it is missing, or is a link, a folder or a pipe. */
struct line_reader *line_reader_open(struct arena *arena, const char *path,
                                     size_t limit, struct error *err) CHECKED;

/* The same of an export's file, which may be compressed: lines are those of its
 * content, bytes and sum of what is stored, and the sum is a SHA-256.  What
 * cannot be expanded is ERROR_INPUT. */
struct line_reader *line_reader_open_export(struct arena *arena,
                                            const char *path, size_t limit,
                                            enum compression compression,
                                            struct error *err) CHECKED;

/* Reads what an open descriptor gives, a pipe as well, under a name for
 * messages.  The descriptor stays the caller's. */
struct line_reader *line_reader_of(struct arena *arena, int descriptor,
                                   const char *name, size_t limit,
                                   struct error *err) CHECKED;

/* The next line without its end, valid until the next call; *more is false
 * after the last.  ERROR_INPUT for a line that is too long. */
bool line_reader_next(struct line_reader *reader, const char **line,
                      size_t *length, bool *more, struct error *err) CHECKED;

/* Of the whole file, once all lines were read; the sum is a BLAKE2b unless said
 * otherwise.  A last line without an end of line is not counted; false in
 * *ended says that there is one. */
void line_reader_totals(struct line_reader *reader, struct file_totals *totals,
                        bool *ended);

void line_reader_close(struct line_reader *reader); /* NULL is fine */

#endif
