/* Batch files: their lines, where they are split, and when they get names. */
#include "datebook/batch_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define URL "/v1/chat/completions"

static struct arena arena;
static struct error err;
static char folder[40];
static struct batch_writer *writer;
static struct batch_shard *shards;
static size_t shard_count;

static void setup(void)
{
    arena = (struct arena)ARENA_EMPTY;
    writer = NULL;
    snprintf(folder, sizeof folder, "/tmp/datebook-batch-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *in_folder(const char *name)
{
    return arena_format(&arena, &err, "%s/%s", folder, name);
}

static void teardown(void)
{
    const char **names;
    size_t count;

    batch_discard(writer);
    if (file_list(&arena, folder, "", &names, &count, &err))
        for (size_t i = 0; i < count; i++)
            unlink(in_folder(names[i]));
    ck_assert_int_eq(rmdir(folder), 0);
    arena_free(&arena);
}

/* The names in the folder, each followed by a space. */
static const char *names_in_folder(void)
{
    const char *text = "";
    const char **names;
    size_t count;

    ck_assert(file_list(&arena, folder, "", &names, &count, &err));
    for (size_t i = 0; i < count; i++)
        text = arena_format(&arena, &err, "%s%s ", text, names[i]);
    return text;
}

static void open_writer(const char *name, int64_t most_lines,
                        int64_t most_bytes)
{
    writer =
        batch_create(&arena, in_folder(name), most_lines, most_bytes, &err);
    ck_assert_msg(writer != NULL, "%s", err.message);
}

/* Adds lines with ids "a", "b" … */
static void add_lines(int count)
{
    char id[] = "a";

    for (int i = 0; i < count; i++, id[0]++)
        ck_assert_msg(batch_add(writer, id, URL, "{\"m\":1}", 7, &err), "%s",
                      err.message);
}

static void publish(void)
{
    ck_assert_msg(batch_publish(writer, &shards, &shard_count, &err), "%s",
                  err.message);
}

static const char *content(const char *name)
{
    size_t length;
    const char *text =
        file_read(&arena, in_folder(name), 1 << 20, &length, &err);

    ck_assert_msg(text != NULL, "%s", err.message);
    return text;
}

#define LINE(id)                                                               \
    "{\"custom_id\":\"" id "\",\"method\":\"POST\",\"url\":\"" URL             \
    "\",\"body\":{\"m\":1}}\n"
enum { LINE_LENGTH = sizeof LINE("a") - 1 };

START_TEST(one_file)
{
    open_writer("requests.jsonl", BATCH_LINES, BATCH_BYTES);
    add_lines(2);
    publish();
    ck_assert_str_eq(names_in_folder(), "requests.jsonl ");
    ck_assert_str_eq(content("requests.jsonl"), LINE("a") LINE("b"));
    ck_assert_uint_eq(shard_count, 1);
    ck_assert_str_eq(shards[0].path, in_folder("requests.jsonl"));
    ck_assert_int_eq(shards[0].totals.lines, 2);
    ck_assert_int_eq(shards[0].totals.bytes, 2 * LINE_LENGTH);
}
END_TEST

START_TEST(nothing)
{
    open_writer("requests.jsonl", 2, BATCH_BYTES);
    publish();
    ck_assert_uint_eq(shard_count, 0);
    ck_assert_str_eq(names_in_folder(), "");
}
END_TEST

/* As many lines as fit, never one more; no name before all are whole. */
START_TEST(many_files)
{
    open_writer("requests.jsonl", 2, BATCH_BYTES);
    add_lines(5);
    ck_assert(batch_finish(writer, &err));
    ck_assert_ptr_nonnull(strstr(names_in_folder(), ".jsonl.tmp-"));
    ck_assert_ptr_null(strstr(names_in_folder(), ".jsonl "));
    publish();
    ck_assert_str_eq(names_in_folder(),
                     "requests-00001.jsonl requests-00002.jsonl "
                     "requests-00003.jsonl ");
    ck_assert_str_eq(content("requests-00001.jsonl"), LINE("a") LINE("b"));
    ck_assert_str_eq(content("requests-00002.jsonl"), LINE("c") LINE("d"));
    ck_assert_str_eq(content("requests-00003.jsonl"), LINE("e"));
    ck_assert_uint_eq(shard_count, 3);
    ck_assert_str_eq(shards[2].path, in_folder("requests-00003.jsonl"));
    ck_assert_int_eq(shards[0].totals.lines, 2);
    ck_assert_int_eq(shards[2].totals.lines, 1);
}
END_TEST

START_TEST(bytes)
{
    open_writer("requests", BATCH_LINES, 2 * LINE_LENGTH);
    add_lines(3);
    publish();
    ck_assert_str_eq(names_in_folder(), "requests-00001 requests-00002 ");
    ck_assert_int_eq(shards[0].totals.bytes, 2 * LINE_LENGTH);
}
END_TEST

START_TEST(too_long)
{
    open_writer("requests.jsonl", BATCH_LINES, LINE_LENGTH - 1);
    ck_assert(!batch_add(writer, "a", URL, "{\"m\":1}", 7, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(strstr(err.message, "does not fit into files of") != NULL,
                  "%s", err.message);
}
END_TEST

START_TEST(no_line_of_its_own)
{
    open_writer("requests.jsonl", BATCH_LINES, BATCH_BYTES);
    ck_assert(!batch_add(writer, "a", URL, "{\n}", 3, &err));
    ck_assert_int_eq(err.code, ERROR_BUG);
    ck_assert(!batch_add(writer,
                         "db-0123456789012345678901234567890123456789012345678"
                         "901234567890xx",
                         URL, "{}", 2, &err));
    ck_assert_int_eq(err.code, ERROR_BUG);
}
END_TEST

START_TEST(discarded)
{
    open_writer("requests.jsonl", 1, BATCH_BYTES);
    add_lines(3);
    batch_discard(writer);
    batch_discard(writer);
    ck_assert_str_eq(names_in_folder(), "");
    batch_discard(NULL);
}
END_TEST

/* A name with dots and folders keeps all but its last part. */
START_TEST(names)
{
    open_writer(".a.b", 1, BATCH_BYTES);
    add_lines(2);
    publish();
    batch_discard(writer);
    ck_assert_str_eq(shards[1].path, in_folder(".a-00002.b"));
    open_writer(".c", 1, BATCH_BYTES);
    add_lines(2);
    publish();
    ck_assert_str_eq(shards[0].path, in_folder(".c-00001"));
    unlink(in_folder(".a-00001.b"));
    unlink(in_folder(".a-00002.b"));
    unlink(in_folder(".c-00001"));
    unlink(in_folder(".c-00002"));
}
END_TEST

static void write_lines(int lines, int most)
{
    open_writer("requests.jsonl", most, BATCH_BYTES);
    add_lines(lines);
    publish();
    batch_discard(writer);
}

/* A set replaces one of as many files, and is not written beside one of more:
 * the rest of that would be submitted with it. */
START_TEST(older_sets)
{
    write_lines(2, 1);
    write_lines(2, 1);
    write_lines(3, 1);
    open_writer("requests.jsonl", 1, BATCH_BYTES);
    add_lines(2);
    ck_assert(!batch_finish(writer, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "requests-00003.jsonl is there"));
    batch_discard(writer);
    open_writer("requests.jsonl", 5, BATCH_BYTES);
    add_lines(2);
    ck_assert(!batch_publish(writer, &shards, &shard_count, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "requests-00001.jsonl is there"));
    batch_discard(writer);
    ck_assert_str_eq(names_in_folder(),
                     "requests-00001.jsonl requests-00002.jsonl "
                     "requests-00003.jsonl ");
}
END_TEST

START_TEST(older_single)
{
    write_lines(2, 2);
    write_lines(2, 2);
    open_writer("requests.jsonl", 1, BATCH_BYTES);
    add_lines(2);
    ck_assert(!batch_finish(writer, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "requests.jsonl is there"));
}
END_TEST

START_TEST(no_folder)
{
    ck_assert_ptr_null(
        batch_create(&arena, in_folder("x/y.jsonl"), 1, 1, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_ptr_null(batch_create(&arena, folder, 1, 1, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "it is a folder"));
}
END_TEST

Suite *batch_file_suite(void);
Suite *batch_file_suite(void)
{
    Suite *suite = suite_create("batch_file");
    TCase *files = tcase_create("files");

    tcase_add_checked_fixture(files, setup, teardown);
    tcase_add_test(files, one_file);
    tcase_add_test(files, nothing);
    tcase_add_test(files, many_files);
    tcase_add_test(files, bytes);
    tcase_add_test(files, too_long);
    tcase_add_test(files, no_line_of_its_own);
    tcase_add_test(files, discarded);
    tcase_add_test(files, names);
    tcase_add_test(files, older_sets);
    tcase_add_test(files, older_single);
    tcase_add_test(files, no_folder);
    suite_add_tcase(suite, files);
    return suite;
}
