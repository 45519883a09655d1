/* Lines of any length around the edges of the window, with what they add up
 * to. */
#include "datebook/line_reader.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = 256 * 1024 };

static struct arena arena;
static struct error err;
static char folder[40];

static const char *in_folder(const char *name)
{
    return arena_format(&arena, &err, "%s/%s", folder, name);
}

static void setup(void)
{
    arena = (struct arena)ARENA_EMPTY;
    snprintf(folder, sizeof folder, "/tmp/datebook-line-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
    unlink(in_folder("file"));
    unlink(in_folder("link"));
    ck_assert_int_eq(rmdir(folder), 0);
    arena_free(&arena);
}

static void write_bytes(const char *bytes, size_t length)
{
    FILE *file = fopen(in_folder("file"), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static struct line_reader *open_file(size_t limit)
{
    struct line_reader *reader =
        line_reader_open(&arena, in_folder("file"), limit, &err);

    ck_assert_msg(reader != NULL, "%s", err.message);
    return reader;
}

/* Reads a file of these bytes and holds all lines and totals against them. */
static void check_bytes(const char *bytes, size_t length, bool ends)
{
    struct line_reader *reader;
    struct file_totals totals;
    unsigned char digest[HASH_SIZE];
    char hex[HASH_HEX_SIZE];
    const char *at = bytes;
    const char *line;
    size_t size;
    int64_t lines = 0;
    bool more;
    bool ended;

    write_bytes(bytes, length);
    reader = open_file(4 * WINDOW);
    for (;;) {
        ck_assert(line_reader_next(reader, &line, &size, &more, &err));
        if (!more)
            break;
        ck_assert_mem_eq(line, at, size);
        at += size;
        if (at < bytes + length) {
            ck_assert_int_eq(*at++, '\n');
            lines++;
        }
    }
    ck_assert_ptr_eq(at, bytes + length);
    line_reader_totals(reader, &totals, &ended);
    line_reader_close(reader);
    crypto_generichash(digest, sizeof digest, (const unsigned char *)bytes,
                       length, NULL, 0);
    hash_hex(digest, hex);
    ck_assert_str_eq(totals.hash, hex);
    ck_assert_int_eq(totals.bytes, (int64_t)length);
    ck_assert_int_eq(totals.lines, lines);
    ck_assert_int_eq(ended, ends);
}

START_TEST(short_files)
{
    check_bytes("", 0, true);
    check_bytes("\n", 1, true);
    check_bytes("a", 1, false);
    check_bytes("a\n", 2, true);
    check_bytes("a\nb", 3, false);
    check_bytes("\n\na\0b\n\n", 7, true);
}
END_TEST

/* A first line that ends just before, at and after the window's end. */
START_TEST(lines_around_the_edge_of_the_window)
{
    char *bytes = malloc(3 * WINDOW);

    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 'x', 3 * WINDOW);
    for (size_t end = WINDOW - 2; end <= WINDOW + 2; end++) {
        bytes[end] = '\n';
        check_bytes(bytes, 2 * WINDOW + 3, false);
        bytes[2 * WINDOW + 2] = '\n';
        check_bytes(bytes, 2 * WINDOW + 3, true);
        bytes[end] = 'x';
        check_bytes(bytes, 2 * WINDOW + 3, true);
        bytes[2 * WINDOW + 2] = 'x';
    }
    for (size_t i = 70; i < 3 * WINDOW; i += 71)
        bytes[i] = '\n';
    check_bytes(bytes, 3 * WINDOW, bytes[3 * WINDOW - 1] == '\n');
    free(bytes);
}
END_TEST

static bool read_lines(struct line_reader *reader)
{
    const char *line;
    size_t length;
    bool more = true;

    while (more)
        if (!line_reader_next(reader, &line, &length, &more, &err))
            return false;
    return true;
}

START_TEST(a_long_line_is_refused)
{
    static const size_t lengths[] = {1000, WINDOW + 1, 3 * WINDOW};
    static const size_t limits[] = {999, WINDOW, 1000};
    char *bytes = malloc(3 * WINDOW + 3);

    ck_assert_ptr_nonnull(bytes);
    for (int i = 0; i < 3; i++) {
        struct line_reader *reader;
        memset(bytes, 'x', lengths[i] + 2);
        bytes[0] = '\n';
        write_bytes(bytes, lengths[i] + 1);
        reader = open_file(lengths[i]);
        ck_assert(read_lines(reader));
        line_reader_close(reader);
        reader = open_file(limits[i]);
        ck_assert(!read_lines(reader));
        ck_assert_str_eq(
            err.message,
            arena_format(&arena, &err,
                         "%s/file:2: the line is longer than %zu bytes", folder,
                         limits[i]));
        ck_assert_int_eq(err.code, ERROR_INPUT);
        line_reader_close(reader);
    }
    free(bytes);
}
END_TEST

static void check_refused(const char *name, const char *what)
{
    const char *path = in_folder(name);

    ck_assert_ptr_null(line_reader_open(&arena, path, 100, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.message,
                     arena_format(&arena, &err, "%s %s", path, what));
}

START_TEST(only_plain_files_are_read)
{
    check_refused("file", "is missing");
    ck_assert_int_eq(mkfifo(in_folder("file"), 0600), 0);
    check_refused("file", "is not a plain file");
    ck_assert_int_eq(symlink("file", in_folder("link")), 0);
    check_refused("link", "is a link");
    check_refused(".", "is not a plain file");
}
END_TEST

Suite *line_reader_suite(void);
/* Lines in pieces, from a pipe that stays open for others. */
START_TEST(a_pipe)
{
    struct line_reader *reader;
    const char *line;
    size_t length;
    bool more;
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    reader = line_reader_of(&arena, ends[0], "standard input", 8, &err);
    ck_assert_ptr_nonnull(reader);
    ck_assert_int_eq(write(ends[1], "one\nt", 5), 5);
    ck_assert(line_reader_next(reader, &line, &length, &more, &err));
    ck_assert(more && length == 3 && !memcmp(line, "one", 3));
    ck_assert_int_eq(write(ends[1], "wo\nlonger than 8", 16), 16);
    ck_assert(line_reader_next(reader, &line, &length, &more, &err));
    ck_assert(more && length == 3 && !memcmp(line, "two", 3));
    close(ends[1]);
    ck_assert(!line_reader_next(reader, &line, &length, &more, &err));
    ck_assert_str_eq(err.message,
                     "standard input:3: the line is longer than 8 bytes");
    line_reader_close(reader);
    ck_assert_int_eq(close(ends[0]), 0);
    ck_assert_ptr_null(
        line_reader_of(&arena, ends[0], "standard input", 8, &err));
    ck_assert_str_eq(err.message,
                     "cannot read standard input: Bad file descriptor");
}
END_TEST

Suite *line_reader_suite(void)
{
    Suite *suite = suite_create("line_reader");
    TCase *tcase = tcase_create("line_reader");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, short_files);
    tcase_add_test(tcase, lines_around_the_edge_of_the_window);
    tcase_add_test(tcase, a_long_line_is_refused);
    tcase_add_test(tcase, a_pipe);
    tcase_add_test(tcase, only_plain_files_are_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
