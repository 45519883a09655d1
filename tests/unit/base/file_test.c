/* Files: what is written, counted, hashed, published, and refused. */
#include "datebook/file.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static struct error err;
static char folder[] = "/tmp/datebook-file-XXXXXX";

static void setup(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *in_folder(const char *name)
{
    return arena_format(&arena, &err, "%s/%s", folder, name);
}

/* Empties the folder, which must hold plain files only by now. */
static void teardown(void)
{
    const char **names;
    size_t count;

    if (file_list(&arena, folder, "", &names, &count, &err))
        for (size_t i = 0; i < count; i++)
            if (unlink(in_folder(names[i])))
                rmdir(in_folder(names[i]));
    rmdir(folder);
    arena_free(&arena);
}

static size_t files_in_folder(void)
{
    const char **names;
    size_t count;

    ck_assert(file_list(&arena, folder, "", &names, &count, &err));
    return count;
}

static void write_file(const char *name, const char *text)
{
    struct file_totals totals;
    struct file_writer *writer = file_create(&arena, in_folder(name), &err);

    ck_assert_ptr_nonnull(writer);
    ck_assert(file_write(writer, text, strlen(text), &err));
    ck_assert(file_finish(writer, &totals, &err));
    ck_assert(file_publish(writer, &err));
}

static void hex_of(const char *bytes, size_t length, char hex[HASH_HEX_SIZE])
{
    unsigned char digest[HASH_SIZE];
    struct hash hash;

    hash_start(&hash);
    hash_raw(&hash, bytes, length);
    hash_end(&hash, digest);
    hash_hex(digest, hex);
}

START_TEST(writer_counts_and_hashes)
{
    struct file_totals totals;
    struct file_writer *writer = file_create(&arena, in_folder("a"), &err);
    char hex[HASH_HEX_SIZE];
    size_t length;
    char *text;

    for (int i = 0; i < 100000; i++) {
        ck_assert(file_write(writer, "meeting", 7, &err));
        ck_assert(file_end_line(writer, &err));
    }
    ck_assert(file_finish(writer, &totals, &err));
    ck_assert(file_publish(writer, &err));
    file_discard(writer);
    ck_assert_int_eq(totals.lines, 100000);
    ck_assert_int_eq(totals.bytes, 800000);
    text = file_read(&arena, in_folder("a"), 800000, &length, &err);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(length, 800000);
    ck_assert_int_eq(text[length], '\0');
    ck_assert_str_eq(text + length - 8, "meeting\n");
    hex_of(text, length, hex);
    ck_assert_str_eq(totals.hash, hex);
}
END_TEST

START_TEST(one_write_larger_than_the_buffer)
{
    size_t size = 1000001;
    char *bytes = arena_alloc(&arena, size, &err);
    struct file_writer *writer = file_create(&arena, in_folder("a"), &err);
    struct file_totals totals;
    size_t length;

    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 31 % 253);
    ck_assert(file_write(writer, bytes, size, &err));
    ck_assert(file_finish(writer, &totals, &err));
    ck_assert(file_publish(writer, &err));
    ck_assert_int_eq(totals.bytes, (int64_t)size);
    ck_assert_int_eq(totals.lines, 0);
    ck_assert_mem_eq(file_read(&arena, in_folder("a"), size, &length, &err),
                     bytes, size);
}
END_TEST

START_TEST(nothing_is_seen_before_publishing)
{
    struct file_totals totals;
    struct file_writer *writer;
    size_t length;

    write_file("a", "old");
    writer = file_create(&arena, in_folder("a"), &err);
    ck_assert(file_write(writer, "new", 3, &err));
    ck_assert(file_finish(writer, &totals, &err));
    ck_assert_str_eq(file_read(&arena, in_folder("a"), 9, &length, &err),
                     "old");
    ck_assert(file_publish(writer, &err));
    ck_assert_str_eq(file_read(&arena, in_folder("a"), 9, &length, &err),
                     "new");
    ck_assert_uint_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(discarding_leaves_nothing)
{
    struct file_totals totals;
    struct file_writer *writer = file_create(&arena, in_folder("a"), &err);

    ck_assert_uint_eq(files_in_folder(), 1);
    file_discard(writer);
    file_discard(writer);
    file_discard(NULL);
    ck_assert_uint_eq(files_in_folder(), 0);
    writer = file_create(&arena, in_folder("b"), &err);
    ck_assert(file_finish(writer, &totals, &err));
    file_discard(writer);
    ck_assert_uint_eq(files_in_folder(), 0);
}
END_TEST

START_TEST(empty_file)
{
    size_t length = 7;
    char *text;

    write_file("a", "");
    text = file_read(&arena, in_folder("a"), 0, &length, &err);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(length, 0);
}
END_TEST

START_TEST(limits_are_exact)
{
    size_t length;

    write_file("a", "12345");
    ck_assert_ptr_nonnull(file_read(&arena, in_folder("a"), 5, &length, &err));
    ck_assert_ptr_null(file_read(&arena, in_folder("a"), 4, &length, &err));
    ck_assert_str_eq(err.message,
                     arena_format(&arena, &err, "%s is larger than 4 bytes",
                                  in_folder("a")));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_ptr_null(file_read(&arena, "/dev/zero", 1 << 20, &length, &err));
    ck_assert_str_eq(err.message, "/dev/zero is larger than 1 MiB");
}
END_TEST

START_TEST(missing_files_are_named)
{
    struct error other;
    size_t length;
    const char **names;
    const char *path = in_folder("none");

    ck_assert_ptr_null(file_read(&arena, path, 9, &length, &err));
    ck_assert_str_eq(err.message,
                     arena_format(&arena, &other,
                                  "cannot read %s: No such file or directory",
                                  path));
    ck_assert_ptr_null(file_read(&arena, folder, 9, &length, &err));
    ck_assert_str_eq(
        err.message,
        arena_format(&arena, &other, "cannot read %s: Is a directory", folder));
    ck_assert(!file_list(&arena, path, "", &names, &length, &err));
    ck_assert_str_eq(err.message,
                     arena_format(&arena, &other,
                                  "cannot read the folder %s: No such file or "
                                  "directory",
                                  path));
    ck_assert_ptr_null(file_create(&arena, in_folder("none/a"), &err));
    ck_assert_str_eq(err.message,
                     arena_format(&arena, &other,
                                  "cannot write %s/a: No such file or "
                                  "directory",
                                  path));
}
END_TEST

START_TEST(full_disk_is_an_error)
{
    struct file_totals totals;
    struct file_writer *writer;
    struct rlimit old;
    struct rlimit none;

    /* No file may hold a byte: a write fails as on a full disk. */
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    none = old;
    none.rlim_cur = 0;
    signal(SIGXFSZ, SIG_IGN);
    writer = file_create(&arena, in_folder("a"), &err);
    ck_assert_ptr_nonnull(writer);
    ck_assert(file_write(writer, "x", 1, &err));
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    ck_assert(!file_finish(writer, &totals, &err));
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    ck_assert_ptr_nonnull(strstr(err.message, "File too large"));
    file_discard(writer);
    ck_assert_uint_eq(files_in_folder(), 0);
}
END_TEST

/* A link that somebody put under the temporary name leads nowhere. */
START_TEST(temporary_link_is_not_followed)
{
    const char *other = in_folder("other");
    struct file_writer *writer;

    ck_assert_int_eq(symlink(other, arena_format(&arena, &err, "%s/a.tmp-%ld",
                                                 folder, (long)getpid())),
                     0);
    writer = file_create(&arena, in_folder("a"), &err);
    ck_assert_ptr_nonnull(writer);
    ck_assert_int_ne(access(other, F_OK), 0);
    file_discard(writer);
    ck_assert_uint_eq(files_in_folder(), 0);
}
END_TEST

START_TEST(names_are_sorted_by_bytes)
{
    const char **names;
    size_t count;

    write_file("b.json", "");
    write_file("a.json", "");
    write_file("B.json", "");
    write_file(".hidden.json", "");
    write_file("c.txt", "");
    ck_assert(file_list(&arena, folder, ".json", &names, &count, &err));
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(names[0], "B.json");
    ck_assert_str_eq(names[1], "a.json");
    ck_assert_str_eq(names[2], "b.json");
    unlink(in_folder(".hidden.json"));
}
END_TEST

START_TEST(long_lists_are_whole)
{
    const char **names;
    size_t count;

    for (int i = 0; i < 100; i++)
        write_file(arena_format(&arena, &err, "%03d", i), "");
    ck_assert(file_list(&arena, folder, "", &names, &count, &err));
    ck_assert_uint_eq(count, 100);
    ck_assert_str_eq(names[99], "099");
}
END_TEST

START_TEST(folders_are_made_with_those_above)
{
    const char *deep = in_folder("x/y/");

    ck_assert(!file_is_folder(deep));
    ck_assert(file_make_folder(deep, &err));
    ck_assert(file_make_folder(deep, &err));
    ck_assert(file_is_folder(deep));
    write_file("plain", "");
    ck_assert(!file_is_folder(in_folder("plain")));
    ck_assert(!file_make_folder(in_folder("plain"), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "/plain is not a folder"));
    ck_assert(!file_make_folder(in_folder("plain/z"), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "Not a directory"));
    rmdir(in_folder("x/y"));
}
END_TEST

Suite *file_suite(void);
Suite *file_suite(void)
{
    Suite *suite = suite_create("file");
    TCase *tcase = tcase_create("file");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, writer_counts_and_hashes);
    tcase_add_test(tcase, one_write_larger_than_the_buffer);
    tcase_add_test(tcase, nothing_is_seen_before_publishing);
    tcase_add_test(tcase, discarding_leaves_nothing);
    tcase_add_test(tcase, empty_file);
    tcase_add_test(tcase, limits_are_exact);
    tcase_add_test(tcase, missing_files_are_named);
    tcase_add_test(tcase, full_disk_is_an_error);
    tcase_add_test(tcase, temporary_link_is_not_followed);
    tcase_add_test(tcase, names_are_sorted_by_bytes);
    tcase_add_test(tcase, long_lists_are_whole);
    tcase_add_test(tcase, folders_are_made_with_those_above);
    suite_add_tcase(suite, tcase);
    return suite;
}
