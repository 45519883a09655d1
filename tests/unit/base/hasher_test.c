/* Files of many blocks, which are hashed in a thread: the same bytes, hashes
 * and errors as without one, and no thread that outlives its file. */
#include "datebook/file.h"

#include "src/base/hasher.h"

#include <check.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define HAS_SANITIZER 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

enum { MOST_BLOCKS = 11, MOST = MOST_BLOCKS * HASHER_BLOCK + 1 };

static struct arena arena;
static struct error err;
static char folder[] = "/tmp/datebook-hasher-XXXXXX";
static char *bytes;
static size_t threads_before;

static size_t names_in(const char *path)
{
    const char **names;
    size_t count;

    ck_assert(file_list(&arena, path, "", &names, &count, &err));
    return count;
}

/* The kernel's list of this process's threads; 0 where there is none, or a
 * sanitizer starts some of its own. */
static size_t threads(void)
{
    static const char list[] = "/proc/self/task";

    return !HAS_SANITIZER && file_is_folder(list) ? names_in(list) : 0;
}

/* A thread that was waited for may stand in the list for a moment. */
static void check_no_thread(void)
{
    for (int tries = 0; tries < 100000 && threads() > threads_before; tries++)
        sched_yield();
    ck_assert_uint_eq(threads(), threads_before);
}

static void setup(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    bytes = arena_alloc(&arena, MOST, &err);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < MOST; i++)
        bytes[i] = (char)(i * 31 % 253 + i / HASHER_BLOCK);
    threads_before = threads();
}

static const char *in_folder(const char *name)
{
    return arena_format(&arena, &err, "%s/%s", folder, name);
}

static void teardown(void)
{
    unlink(in_folder("a"));
    unlink(in_folder("b"));
    ck_assert_int_eq(rmdir(folder), 0);
    arena_free(&arena);
}

static struct file_writer *create(const char *name)
{
    struct file_writer *writer = file_create(&arena, in_folder(name), &err);

    ck_assert_ptr_nonnull(writer);
    return writer;
}

static void hex_of(const char *start, size_t length, char hex[HASH_HEX_SIZE])
{
    unsigned char digest[HASH_SIZE];

    crypto_generichash(digest, HASH_SIZE, (const unsigned char *)start, length,
                       NULL, 0);
    hash_hex(digest, hex);
}

/* Finishes the file and holds it against what was written to it. */
static void check_finish(struct file_writer *writer, const char *name,
                         const char *start, size_t length)
{
    struct file_totals totals;
    char hex[HASH_HEX_SIZE];
    size_t got;
    char *text;

    ck_assert(file_finish(writer, &totals, &err));
    ck_assert(file_publish(writer, &err));
    hex_of(start, length, hex);
    ck_assert_str_eq(totals.hash, hex);
    ck_assert_int_eq(totals.bytes, (int64_t)length);
    text = file_read(&arena, in_folder(name), length, &got, &err);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(got, length);
    ck_assert(!memcmp(text, start, length));
}

static void write_in_pieces(struct file_writer *writer, size_t length,
                            size_t piece)
{
    for (size_t at = 0; at < length; at += piece) {
        size_t left = length - at;
        ck_assert(
            file_write(writer, bytes + at, left < piece ? left : piece, &err));
    }
}

START_TEST(files_of_any_number_of_blocks)
{
    static const size_t pieces[] = {MOST, HASHER_BLOCK, 1877};

    for (size_t blocks = 0; blocks <= MOST_BLOCKS; blocks++)
        for (size_t more = 0; more < 3; more++) {
            size_t length = blocks * HASHER_BLOCK + more - 1;
            struct file_writer *writer;
            if (!blocks && !more)
                continue;
            writer = create("a");
            write_in_pieces(writer, length, pieces[more]);
            check_finish(writer, "a", bytes, length);
            file_discard(writer);
            check_no_thread();
        }
}
END_TEST

START_TEST(a_small_file_starts_no_thread)
{
    struct file_writer *writer = create("a");

    ck_assert(file_write(writer, bytes, HASHER_BLOCK - 1, &err));
    check_no_thread();
    ck_assert(file_write(writer, bytes, 1, &err));
    ck_assert(file_write(writer, bytes, HASHER_BLOCK, &err));
    if (threads_before)
        ck_assert_uint_gt(threads(), threads_before);
    file_discard(writer);
    check_no_thread();
}
END_TEST

START_TEST(two_files_at_once)
{
    struct file_writer *one = create("a");
    struct file_writer *other = create("b");

    for (size_t at = 0; at < 8 * HASHER_BLOCK; at += 4096) {
        ck_assert(file_write(one, bytes + at, 4096, &err));
        ck_assert(file_write(other, bytes + 1 + at, 4096, &err));
    }
    check_finish(other, "b", bytes + 1, 8 * HASHER_BLOCK);
    check_finish(one, "a", bytes, 8 * HASHER_BLOCK);
    check_no_thread();
}
END_TEST

START_TEST(discarding_at_any_block)
{
    for (size_t blocks = 0; blocks <= MOST_BLOCKS; blocks++) {
        struct file_writer *writer = create("a");
        ck_assert(file_write(writer, bytes, blocks * HASHER_BLOCK, &err));
        ck_assert_uint_eq(names_in(folder), 1);
        file_discard(writer);
        file_discard(writer);
        ck_assert_uint_eq(names_in(folder), 0);
        check_no_thread();
    }
}
END_TEST

static void check_error(const char *reason)
{
    struct error other;

    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.message,
                     arena_format(&arena, &other, "cannot write %s: %s",
                                  in_folder("a"), reason));
}

/* A file that may not grow beyond some point within each of its blocks. */
START_TEST(writing_fails_in_any_block)
{
    struct file_totals totals;
    struct rlimit old;

    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    for (size_t blocks = 0; blocks < MOST_BLOCKS; blocks++) {
        struct rlimit limit = old;
        struct file_writer *writer = create("a");
        err = (struct error){0};
        limit.rlim_cur = blocks * HASHER_BLOCK + 1000;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        ck_assert(file_write(writer, bytes, blocks * HASHER_BLOCK, &err));
        if (blocks % 2) {
            ck_assert(file_write(writer, bytes, 1001, &err));
            ck_assert(!file_finish(writer, &totals, &err));
        } else {
            ck_assert(!file_write(writer, bytes, HASHER_BLOCK, &err));
        }
        check_error("File too large");
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
        file_discard(writer);
        ck_assert_uint_eq(names_in(folder), 0);
        check_no_thread();
    }
}
END_TEST

/* A signal to the process waits for those who may take it. */
START_TEST(the_thread_takes_no_signal)
{
    struct file_writer *writer = create("a");
    sigset_t one;
    sigset_t pending;

    ck_assert(file_write(writer, bytes, 3 * HASHER_BLOCK, &err));
    sigemptyset(&one);
    sigaddset(&one, SIGINT);
    ck_assert_int_eq(sigprocmask(SIG_BLOCK, &one, NULL), 0);
    ck_assert_int_eq(kill(getpid(), SIGINT), 0);
    ck_assert(
        file_write(writer, bytes + 3 * HASHER_BLOCK, 4 * HASHER_BLOCK, &err));
    ck_assert_int_eq(sigpending(&pending), 0);
    ck_assert(sigismember(&pending, SIGINT));
    signal(SIGINT, SIG_IGN);
    check_finish(writer, "a", bytes, 7 * HASHER_BLOCK);
}
END_TEST

#if !HAS_SANITIZER
static size_t pages_used(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    size_t pages = 0;

    if (file) {
        ck_assert_int_eq(fscanf(file, "%zu", &pages), 1);
        fclose(file);
    }
    return pages;
}

/* No room for the blocks, and then none for a thread's stack. */
START_TEST(without_a_thread_it_is_done_in_place)
{
    static const size_t room[] = {0, 3 << 20};
    struct rlimit old;

    ck_assert_int_eq(getrlimit(RLIMIT_AS, &old), 0);
    for (size_t i = 0; i < 2; i++) {
        struct rlimit limit = old;
        struct file_writer *writer = create("a");
        limit.rlim_cur = pages_used() * (size_t)sysconf(_SC_PAGESIZE) + room[i];
        if (!pages_used())
            return;
        ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
        ck_assert(file_write(writer, bytes, 5 * HASHER_BLOCK, &err));
        ck_assert_int_eq(setrlimit(RLIMIT_AS, &old), 0);
        check_no_thread();
        ck_assert(
            file_write(writer, bytes + 5 * HASHER_BLOCK, HASHER_BLOCK, &err));
        check_no_thread();
        check_finish(writer, "a", bytes, 6 * HASHER_BLOCK);
    }
}
END_TEST
#endif

Suite *hasher_suite(void);
Suite *hasher_suite(void)
{
    Suite *suite = suite_create("hasher");
    TCase *tcase = tcase_create("hasher");

    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, files_of_any_number_of_blocks);
    tcase_add_test(tcase, a_small_file_starts_no_thread);
    tcase_add_test(tcase, two_files_at_once);
    tcase_add_test(tcase, discarding_at_any_block);
    tcase_add_test(tcase, writing_fails_in_any_block);
    tcase_add_test(tcase, the_thread_takes_no_signal);
#if !HAS_SANITIZER
    tcase_add_test(tcase, without_a_thread_it_is_done_in_place);
#endif
    suite_add_tcase(suite, tcase);
    return suite;
}
