/* Compressed files: the same bytes for the same content, with fixed levels and
 * neither names nor times. */
#ifndef DATEBOOK_COMPRESS_H
#define DATEBOOK_COMPRESS_H

#include "datebook/error.h"

#include <stddef.h>

enum compression { COMPRESS_NONE, COMPRESS_GZIP, COMPRESS_ZSTD, COMPRESSIONS };

/* What is put behind the name of a file: "", ".gz", ".zst". */
const char *compression_suffix(enum compression compression);

/* "gz", "zst"; COMPRESSIONS for a word that is neither. */
enum compression compression_named(const char *name);

/* That of a file, by the end of its name. */
enum compression compression_of_file(const char *name);

/* Takes what comes out, piece by piece; false stops the work. */
typedef bool compress_sink(void *context, const void *bytes, size_t length);

/* Neither function fails but for the sink, or for what is no such file: they
 * need no struct error, for they are called by a thread. */
struct compressor;
struct compressor *compressor_new(enum compression compression,
                                  struct error *err) CHECKED;
void compressor_free(struct compressor *compressor); /* NULL is fine */
bool compressor_add(struct compressor *compressor, const void *bytes,
                    size_t length, compress_sink *sink, void *context) CHECKED;
bool compressor_end(struct compressor *compressor, compress_sink *sink,
                    void *context) CHECKED;

/* Back.  What a file holds may come in several members or frames. */
struct expander;
struct expander *expander_new(enum compression compression,
                              struct error *err) CHECKED;
void expander_free(struct expander *expander); /* NULL is fine */

/* Takes bytes of the file and gives at most `size` of its content: *taken and
 * *given say how many.  False for what was not made by such a compressor. */
bool expander_run(struct expander *expander, const void *bytes, size_t length,
                  size_t *taken, char *out, size_t size, size_t *given) CHECKED;

/* Whether the file may end here. */
bool expander_is_whole(const struct expander *expander);

#endif
