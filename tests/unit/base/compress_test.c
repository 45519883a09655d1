/* Compressed streams: back to the same bytes, and nothing of the machine. */
#include "datebook/compress.h"

#include "datebook/buf.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 300000 };

static struct error err;
static char *bytes;

static void setup(void)
{
    bytes = malloc(SIZE);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * i * 2654435761u >> 24);
}

static void teardown(void)
{
    free(bytes);
}

static bool sink(void *context, const void *piece, size_t length)
{
    buf_add(context, piece, length);
    return true;
}

static void pack(enum compression compression, size_t size, size_t piece,
                 struct buf *out)
{
    struct compressor *compressor = compressor_new(compression, &err);

    ck_assert_ptr_nonnull(compressor);
    for (size_t at = 0; at < size; at += piece) {
        size_t some = piece < size - at ? piece : size - at;
        ck_assert(compressor_add(compressor, bytes + at, some, sink, out));
    }
    ck_assert(compressor_end(compressor, sink, out));
    compressor_free(compressor);
}

/* Whether it can be expanded to its end; what comes goes to `out`. */
static bool unpack(enum compression compression, const char *packed,
                   size_t size, size_t piece, struct buf *out)
{
    struct expander *expander = expander_new(compression, &err);
    size_t at = 0;
    bool ok = true;

    ck_assert_ptr_nonnull(expander);
    while (ok && at < size) {
        char room[1000];
        size_t taken;
        size_t given;
        size_t some = piece < size - at ? piece : size - at;
        ok = expander_run(expander, packed + at, some, &taken, room,
                          sizeof room, &given);
        buf_add(out, room, given);
        at += taken;
        if (ok && !taken && !given)
            break;
    }
    /* What a library keeps back comes without more to read. */
    while (ok && !expander_is_whole(expander)) {
        char room[1000];
        size_t taken;
        size_t given;
        ok = expander_run(expander, packed, 0, &taken, room, sizeof room,
                          &given);
        buf_add(out, room, given);
        if (!given)
            break;
    }
    ok = ok && expander_is_whole(expander);
    expander_free(expander);
    return ok;
}

static const enum compression kinds[] = {COMPRESS_GZIP, COMPRESS_ZSTD};

START_TEST(what_is_packed_comes_back)
{
    static const size_t sizes[] = {0, 1, 999, 65536, SIZE};
    enum compression kind = kinds[_i % 2];
    size_t size = sizes[_i / 2];
    struct buf packed = BUF_EMPTY;
    struct buf back = BUF_EMPTY;

    pack(kind, size, 777, &packed);
    ck_assert(unpack(kind, packed.data, packed.length, 333, &back));
    ck_assert_uint_eq(back.length, size);
    ck_assert(!memcmp(buf_string(&back), bytes, size));
    buf_free(&packed);
    buf_free(&back);
}
END_TEST

START_TEST(members_may_follow_each_other)
{
    enum compression kind = kinds[_i];
    struct buf packed = BUF_EMPTY;
    struct buf back = BUF_EMPTY;

    pack(kind, 5000, 5000, &packed);
    pack(kind, 5000, 5000, &packed);
    ck_assert(unpack(kind, packed.data, packed.length, 100, &back));
    ck_assert_uint_eq(back.length, 10000);
    ck_assert(!memcmp(back.data + 5000, bytes, 5000));
    buf_free(&packed);
    buf_free(&back);
}
END_TEST

START_TEST(a_cut_stream_is_not_whole)
{
    enum compression kind = kinds[_i];
    struct buf packed = BUF_EMPTY;
    struct buf back = BUF_EMPTY;

    pack(kind, 5000, 5000, &packed);
    for (size_t length = 1; length < packed.length; length += 97)
        ck_assert(!unpack(kind, packed.data, length, 100, &back));
    buf_free(&packed);
    buf_free(&back);
}
END_TEST

/* RFC 1952: no time, no name, and an unknown system. */
START_TEST(the_header_of_gzip_tells_nothing)
{
    static const unsigned char header[] = {0x1f, 0x8b, 8, 0, 0,
                                           0,    0,    0, 0, 255};
    struct buf packed = BUF_EMPTY;

    pack(COMPRESS_GZIP, SIZE, SIZE, &packed);
    ck_assert_mem_eq(packed.data, header, sizeof header);
    buf_free(&packed);
}
END_TEST

START_TEST(names_tell_how_a_file_is_compressed)
{
    ck_assert_int_eq(compression_of_file("a.jsonl"), COMPRESS_NONE);
    ck_assert_int_eq(compression_of_file("a.jsonl.gz"), COMPRESS_GZIP);
    ck_assert_int_eq(compression_of_file("a.csv.zst"), COMPRESS_ZSTD);
    ck_assert_int_eq(compression_of_file(".gz"), COMPRESS_NONE);
    ck_assert_int_eq(compression_named("zst"), COMPRESS_ZSTD);
    ck_assert_int_eq(compression_named("gzip"), COMPRESSIONS);
    ck_assert_int_eq(compression_named(""), COMPRESSIONS);
}
END_TEST

Suite *compress_suite(void);
Suite *compress_suite(void)
{
    Suite *suite = suite_create("compress");
    TCase *tcase = tcase_create("compress");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, what_is_packed_comes_back, 0, 10);
    tcase_add_loop_test(tcase, members_may_follow_each_other, 0, 2);
    tcase_add_loop_test(tcase, a_cut_stream_is_not_whole, 0, 2);
    tcase_add_test(tcase, the_header_of_gzip_tells_nothing);
    tcase_add_test(tcase, names_tell_how_a_file_is_compressed);
    suite_add_tcase(suite, tcase);
    return suite;
}
