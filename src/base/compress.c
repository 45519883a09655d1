/* gzip through zlib and Zstandard through its own library, as streams. */
#include "datebook/compress.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
/* zlib promises then not to write to what it reads. */
#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

/* Levels that the tools themselves use unless told otherwise. */
enum { GZIP_LEVEL = 6, ZSTD_LEVEL = 3, PIECE = 64 * 1024, GZIP_WINDOW = 31 };

static const char *const suffixes[COMPRESSIONS] = {"", ".gz", ".zst"};

const char *compression_suffix(enum compression compression)
{
    return suffixes[compression];
}

enum compression compression_named(const char *name)
{
    for (int i = COMPRESS_GZIP; i < COMPRESSIONS; i++)
        if (!strcmp(name, suffixes[i] + 1))
            return (enum compression)i;
    return COMPRESSIONS;
}

enum compression compression_of_file(const char *name)
{
    size_t length = strlen(name);

    for (int i = COMPRESS_GZIP; i < COMPRESSIONS; i++) {
        size_t tail = strlen(suffixes[i]);
        if (length > tail && !strcmp(name + length - tail, suffixes[i]))
            return (enum compression)i;
    }
    return COMPRESS_NONE;
}

/* ---- Compressing ---- */

struct compressor {
    enum compression compression;
    z_stream gzip;
    gz_header header;
    ZSTD_CCtx *zstd;
    char piece[PIECE];
};

/* Nothing of the machine: 255 is an unknown system. */
static bool start_gzip(struct compressor *compressor)
{
    compressor->header.os = 255;
    return deflateInit2(&compressor->gzip, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW,
                        8, Z_DEFAULT_STRATEGY) == Z_OK &&
           deflateSetHeader(&compressor->gzip, &compressor->header) == Z_OK;
}

static bool start_zstd(struct compressor *compressor)
{
    compressor->zstd = ZSTD_createCCtx();
    return compressor->zstd &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(
               compressor->zstd, ZSTD_c_compressionLevel, ZSTD_LEVEL)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(compressor->zstd,
                                                ZSTD_c_checksumFlag, 1));
}

struct compressor *compressor_new(enum compression compression,
                                  struct error *err)
{
    struct compressor *compressor = calloc(1, sizeof *compressor);

    if (compressor) {
        compressor->compression = compression;
        if (compression == COMPRESS_GZIP ? start_gzip(compressor)
                                         : start_zstd(compressor))
            return compressor;
    }
    compressor_free(compressor);
    error_memory(err);
    return NULL;
}

void compressor_free(struct compressor *compressor)
{
    if (!compressor)
        return;
    if (compressor->compression == COMPRESS_GZIP)
        deflateEnd(&compressor->gzip);
    ZSTD_freeCCtx(compressor->zstd);
    free(compressor);
}

static bool run_gzip(struct compressor *compressor, int flush,
                     compress_sink *sink, void *context)
{
    z_stream *gzip = &compressor->gzip;
    int code;

    do {
        gzip->next_out = (unsigned char *)compressor->piece;
        gzip->avail_out = PIECE;
        code = deflate(gzip, flush);
        if (code == Z_STREAM_ERROR ||
            !sink(context, compressor->piece, PIECE - gzip->avail_out))
            return false;
    } while (gzip->avail_out == 0 || (flush == Z_FINISH && code == Z_OK));
    return flush != Z_FINISH || code == Z_STREAM_END;
}

static bool run_zstd(struct compressor *compressor, ZSTD_inBuffer *in,
                     ZSTD_EndDirective end, compress_sink *sink, void *context)
{
    size_t left;

    do {
        ZSTD_outBuffer out = {compressor->piece, PIECE, 0};
        left = ZSTD_compressStream2(compressor->zstd, &out, in, end);
        if (ZSTD_isError(left) || !sink(context, compressor->piece, out.pos))
            return false;
    } while (end == ZSTD_e_end ? left > 0 : in->pos < in->size);
    return true;
}

bool compressor_add(struct compressor *compressor, const void *bytes,
                    size_t length, compress_sink *sink, void *context)
{
    ZSTD_inBuffer in = {bytes, length, 0};

    if (compressor->compression == COMPRESS_ZSTD)
        return run_zstd(compressor, &in, ZSTD_e_continue, sink, context);
    if (length > UINT_MAX)
        return false;
    compressor->gzip.next_in = bytes;
    compressor->gzip.avail_in = (unsigned)length;
    return run_gzip(compressor, Z_NO_FLUSH, sink, context);
}

bool compressor_end(struct compressor *compressor, compress_sink *sink,
                    void *context)
{
    ZSTD_inBuffer none = {"", 0, 0};

    if (compressor->compression == COMPRESS_ZSTD)
        return run_zstd(compressor, &none, ZSTD_e_end, sink, context);
    compressor->gzip.avail_in = 0;
    return run_gzip(compressor, Z_FINISH, sink, context);
}

/* ---- And back ---- */

struct expander {
    enum compression compression;
    z_stream gzip;
    ZSTD_DCtx *zstd;
    bool whole; /* between members, or frames */
};

struct expander *expander_new(enum compression compression, struct error *err)
{
    struct expander *expander = calloc(1, sizeof *expander);
    bool ok = expander;

    if (ok) {
        expander->compression = compression;
        if (compression == COMPRESS_GZIP)
            ok = inflateInit2(&expander->gzip, GZIP_WINDOW) == Z_OK;
        else
            ok = (expander->zstd = ZSTD_createDCtx());
    }
    if (ok)
        return expander;
    expander_free(expander);
    error_memory(err);
    return NULL;
}

void expander_free(struct expander *expander)
{
    if (!expander)
        return;
    if (expander->compression == COMPRESS_GZIP)
        inflateEnd(&expander->gzip);
    ZSTD_freeDCtx(expander->zstd);
    free(expander);
}

static bool expand_gzip(struct expander *expander, const void *bytes,
                        size_t length, size_t *taken, char *out, size_t size,
                        size_t *given)
{
    z_stream *gzip = &expander->gzip;
    unsigned in = length > UINT_MAX ? UINT_MAX : (unsigned)length;
    unsigned room = size > UINT_MAX ? UINT_MAX : (unsigned)size;
    int code;

    if (expander->whole && inflateReset(gzip) != Z_OK)
        return false;
    gzip->next_in = bytes;
    gzip->avail_in = in;
    gzip->next_out = (unsigned char *)out;
    gzip->avail_out = room;
    code = inflate(gzip, Z_NO_FLUSH);
    *taken = in - gzip->avail_in;
    *given = room - gzip->avail_out;
    expander->whole = code == Z_STREAM_END;
    return code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR;
}

static bool expand_zstd(struct expander *expander, const void *bytes,
                        size_t length, size_t *taken, char *out, size_t size,
                        size_t *given)
{
    ZSTD_inBuffer in = {bytes, length, 0};
    ZSTD_outBuffer to = {out, size, 0};
    size_t left = ZSTD_decompressStream(expander->zstd, &to, &in);

    *taken = in.pos;
    *given = to.pos;
    expander->whole = left == 0;
    return !ZSTD_isError(left);
}

bool expander_run(struct expander *expander, const void *bytes, size_t length,
                  size_t *taken, char *out, size_t size, size_t *given)
{
    if (expander->compression == COMPRESS_GZIP)
        return expand_gzip(expander, bytes, length, taken, out, size, given);
    return expand_zstd(expander, bytes, length, taken, out, size, given);
}

bool expander_is_whole(const struct expander *expander)
{
    return expander->whole;
}
