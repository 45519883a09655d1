/* Files that a thread writes: the same bytes and sums whatever their size, and
 * faults that are told. */
#include "datebook/spool.h"

#include "datebook/file.h"

#include <check.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MOST = 40 * SPOOL_BLOCK };

static struct arena arena;
static struct error err;
static char folder[] = "/tmp/datebook-spool-XXXXXX";
static char *bytes;
static struct spool *spool;

static const char *in_folder(const char *name)
{
    return arena_format(&arena, &err, "%s/%s", folder, name);
}

static void setup(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    bytes = arena_alloc(&arena, MOST, &err);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < MOST; i++)
        bytes[i] = (char)(i * 31 % 253 + i / 4096);
    spool = spool_open(&err);
    ck_assert_ptr_nonnull(spool);
}

static void teardown(void)
{
    const char **names;
    size_t count;

    spool_close(spool);
    if (file_list(&arena, folder, "", &names, &count, &err))
        for (size_t i = 0; i < count; i++)
            unlink(in_folder(names[i]));
    ck_assert_int_eq(rmdir(folder), 0);
    arena_free(&arena);
}

static struct spool_file *create(const char *name)
{
    struct spool_file *file =
        spool_create(spool, &arena, in_folder(name), name, COMPRESS_NONE, &err);

    ck_assert_ptr_nonnull(file);
    return file;
}

static void check_file(const struct spool_file *file, const char *name,
                       const char *content, size_t size)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[SHA256_HEX_SIZE];
    size_t length;
    char *text = file_read(&arena, in_folder(name), MOST, &length, &err);

    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(length, size);
    ck_assert(!memcmp(text, content, size));
    crypto_hash_sha256(digest, (const unsigned char *)content, size);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    ck_assert_str_eq(file->sha256, hex);
    ck_assert_int_eq(file->bytes, (int64_t)size);
}

START_TEST(files_of_any_size_are_whole)
{
    static const size_t sizes[] = {
        0,   1, SPOOL_BLOCK - 1, SPOOL_BLOCK, SPOOL_BLOCK + 1, 3 * SPOOL_BLOCK,
        MOST};
    size_t size = sizes[_i];
    struct spool_file *file = create("a");

    /* Pieces that do and do not end where a block does. */
    for (size_t at = 0; at < size;) {
        size_t piece = at % 7 * 1000 + 1;
        if (piece > size - at)
            piece = size - at;
        ck_assert(spool_add(file, bytes + at, piece, &err));
        at += piece;
        ck_assert_int_eq(spool_content(file), (int64_t)at);
    }
    ck_assert(spool_end(file, &err));
    ck_assert(spool_wait(spool, &err));
    check_file(file, "a", bytes, size);
}
END_TEST

START_TEST(one_piece_may_be_many_blocks)
{
    struct spool_file *file = create("a");

    ck_assert(spool_add(file, bytes, MOST, &err));
    ck_assert(spool_end(file, &err));
    ck_assert(spool_wait(spool, &err));
    check_file(file, "a", bytes, MOST);
}
END_TEST

/* More files than there are spare blocks, all open at once. */
START_TEST(many_files_share_a_thread)
{
    enum { FILES = 30, ROUNDS = 900 };
    struct spool_file *files[FILES];
    size_t at = 0;

    for (int i = 0; i < FILES; i++)
        files[i] = create(arena_format(&arena, &err, "%02d", i));
    for (int round = 0; round < ROUNDS; round++, at += 997)
        for (int i = 0; i < FILES; i++)
            ck_assert(spool_add(files[i], bytes + at, 997, &err));
    for (int i = 0; i < FILES; i++)
        ck_assert(spool_end(files[i], &err));
    ck_assert(spool_wait(spool, &err));
    for (int i = 0; i < FILES; i++)
        check_file(files[i], arena_format(&arena, &err, "%02d", i), bytes,
                   ROUNDS * 997);
}
END_TEST

START_TEST(a_name_that_is_taken_is_an_error)
{
    ck_assert(spool_end(create("a"), &err));
    ck_assert_ptr_null(spool_create(spool, &arena, in_folder("a"), "out/a",
                                    COMPRESS_GZIP, &err));
    ck_assert_str_eq(err.message, "cannot write out/a: File exists");
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

/* No file may grow: a write fails as on a full disk, here or in the thread. */
START_TEST(a_full_disk_is_told)
{
    struct rlimit old;
    struct rlimit less;
    struct spool_file *file = create("a");
    bool ok = true;

    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    less = old;
    less.rlim_cur = (rlim_t)_i * SPOOL_BLOCK;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &less), 0);
    for (size_t at = 0; ok && at < MOST; at += SPOOL_BLOCK)
        ok = spool_add(file, bytes + at, SPOOL_BLOCK, &err);
    ok = ok && spool_end(file, &err) && spool_wait(spool, &err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    ck_assert(!ok);
    ck_assert_str_eq(err.message, "cannot write a: File too large");
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(closing_early_is_fine)
{
    struct spool_file *file = create("a");

    ck_assert(spool_add(file, bytes, 5 * SPOOL_BLOCK + 7, &err));
    create("b");
    spool_close(spool);
    spool = NULL;
    spool_close(NULL);
}
END_TEST

Suite *spool_suite(void);
Suite *spool_suite(void)
{
    Suite *suite = suite_create("spool");
    TCase *tcase = tcase_create("spool");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, files_of_any_size_are_whole, 0, 7);
    tcase_add_test(tcase, one_piece_may_be_many_blocks);
    tcase_add_test(tcase, many_files_share_a_thread);
    tcase_add_test(tcase, a_name_that_is_taken_is_an_error);
    tcase_add_loop_test(tcase, a_full_disk_is_told, 0, 3);
    tcase_add_test(tcase, closing_early_is_fine);
    suite_add_tcase(suite, tcase);
    return suite;
}
