/* Key files: for their owner alone, never replaced, and nothing else taken for
 * one. */
#include "signature_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[40];

static void setup(void)
{
    arena = (struct arena)ARENA_EMPTY;
    snprintf(folder, sizeof folder, "/tmp/datebook-key-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *in_folder(const char *name)
{
    return arena_format(&arena, &err, "%s/%s", folder, name);
}

static void teardown(void)
{
    static const char *const names[] = {"key", "pub", "link", "phrase"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    ck_assert_int_eq(rmdir(folder), 0);
    arena_free(&arena);
}

static void write_key(const char *name)
{
    struct secret_key secret = secret_of(minisign_secret, NULL);
    struct sealed_key sealed;

    MUST(key_seal(&secret, NULL, &cheap, &sealed, &err));
    MUST(secret_key_write(in_folder(name), &sealed, &err));
}

START_TEST(secret_key_files_are_for_their_owner)
{
    static const mode_t wrong[] = {0640, 0604, 0660, 0610, 0644, 0601};
    struct sealed_key sealed;
    struct stat info;
    mode_t old = umask(0);

    write_key("key");
    umask(old);
    ck_assert_int_eq(stat(in_folder("key"), &info), 0);
    ck_assert_uint_eq(info.st_mode & 07777, 0600);
    MUST(secret_key_read(in_folder("key"), &sealed, &err));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_int_eq(chmod(in_folder("key"), wrong[i]), 0);
        MUST_FAIL(secret_key_read(in_folder("key"), &sealed, &err), ERROR_INPUT,
                  arena_format(&arena, &err,
                               "others may read or change the secret key "
                               "%s/key (mode %03o)",
                               folder, (unsigned)wrong[i]));
        ck_assert_str_eq(
            err.hint, arena_format(&arena, &err, "chmod 600 %s/key", folder));
    }
    ck_assert_int_eq(chmod(in_folder("key"), 0400), 0);
    MUST(secret_key_read(in_folder("key"), &sealed, &err));
}
END_TEST

START_TEST(a_secret_key_of_somebody_else_is_refused)
{
    struct sealed_key sealed;

    if (geteuid() != 0)
        return; /* only root can give a file away */
    write_key("key");
    ck_assert_int_eq(chown(in_folder("key"), 12345, (gid_t)-1), 0);
    MUST_FAIL(secret_key_read(in_folder("key"), &sealed, &err), ERROR_INPUT,
              arena_format(&arena, &err,
                           "the secret key %s/key belongs to another user",
                           folder));
}
END_TEST

START_TEST(nothing_is_overwritten_and_no_link_followed)
{
    struct public_key key = public_of(minisign_public);
    struct sealed_key sealed;
    struct public_key again;

    write_key("key");
    MUST(secret_key_read(in_folder("key"), &sealed, &err));
    MUST_FAIL(secret_key_write(in_folder("key"), &sealed, &err), ERROR_INPUT,
              arena_format(&arena, &err, "%s/key exists already", folder));
    ck_assert_int_eq(symlink(in_folder("pub"), in_folder("link")), 0);
    MUST_FAIL(secret_key_write(in_folder("link"), &sealed, &err), ERROR_INPUT,
              arena_format(&arena, &err, "%s/link exists already", folder));
    MUST_FAIL(public_key_write(in_folder("link"), &key, &err), ERROR_INPUT,
              arena_format(&arena, &err, "%s/link exists already", folder));
    ck_assert_int_ne(access(in_folder("pub"), F_OK), 0);
    MUST(public_key_write(in_folder("pub"), &key, &err));
    MUST(public_key_read(in_folder("pub"), &again, &err));
    ck_assert_mem_eq(&key, &again, sizeof key);
}
END_TEST

START_TEST(what_is_no_key_file_is_refused)
{
    struct public_key key;
    struct sealed_key sealed;
    char zeros[17000] = {0};
    FILE *file;

    MUST_FAIL(public_key_read(in_folder("pub"), &key, &err), ERROR_INPUT,
              arena_format(&arena, &err,
                           "cannot read %s/pub: No such file or directory",
                           folder));
    MUST_FAIL(public_key_read(folder, &key, &err), ERROR_INPUT,
              arena_format(&arena, &err, "%s is not a file", folder));
    ck_assert_int_eq(mkfifo(in_folder("key"), 0600), 0);
    MUST_FAIL(secret_key_read(in_folder("key"), &sealed, &err), ERROR_INPUT,
              arena_format(&arena, &err, "%s/key is not a file", folder));
    file = fopen(in_folder("pub"), "w");
    ck_assert_uint_eq(fwrite(zeros, 1, sizeof zeros, file), sizeof zeros);
    ck_assert_int_eq(fclose(file), 0);
    MUST_FAIL(
        public_key_read(in_folder("pub"), &key, &err), ERROR_INPUT,
        arena_format(&arena, &err, "%s/pub is too long for a key", folder));
}
END_TEST

static bool read_phrase(const char *text, size_t length,
                        char phrase[PASS_PHRASE_SIZE], bool *exposed)
{
    FILE *file = fopen(in_folder("phrase"), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    return pass_phrase_read(in_folder("phrase"), phrase, exposed, &err);
}

START_TEST(a_pass_phrase_is_the_first_line)
{
    char phrase[PASS_PHRASE_SIZE];
    char text[PASS_PHRASE_SIZE + 1];
    bool exposed;

    MUST(read_phrase("open sesame\r\nmore\n", 18, phrase, &exposed));
    ck_assert_str_eq(phrase, "open sesame");
    ck_assert(exposed);
    ck_assert_int_eq(chmod(in_folder("phrase"), 0600), 0);
    MUST(read_phrase("x", 1, phrase, &exposed));
    ck_assert_str_eq(phrase, "x");
    ck_assert(!exposed);
    MUST_FAIL(read_phrase("\nx\n", 3, phrase, &exposed), ERROR_INPUT,
              arena_format(&arena, &err,
                           "there is no pass phrase in the first line of "
                           "%s/phrase",
                           folder));
    MUST_FAIL(read_phrase("a\0b\n", 4, phrase, &exposed), ERROR_INPUT,
              arena_format(&arena, &err,
                           "the pass phrase in %s/phrase has a NUL in it",
                           folder));
    memset(text, 'a', sizeof text);
    MUST_FAIL(read_phrase(text, PASS_PHRASE_SIZE, phrase, &exposed),
              ERROR_INPUT,
              arena_format(&arena, &err,
                           "the pass phrase in %s/phrase is longer than 1023 "
                           "bytes",
                           folder));
    text[PASS_PHRASE_SIZE - 1] = '\n';
    MUST(read_phrase(text, sizeof text, phrase, &exposed));
    ck_assert_uint_eq(strlen(phrase), PASS_PHRASE_SIZE - 1);
}
END_TEST

Suite *key_file_suite(void);
Suite *key_file_suite(void)
{
    Suite *suite = suite_create("key_file");
    TCase *tcase = tcase_create("key_file");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, secret_key_files_are_for_their_owner);
    tcase_add_test(tcase, a_secret_key_of_somebody_else_is_refused);
    tcase_add_test(tcase, nothing_is_overwritten_and_no_link_followed);
    tcase_add_test(tcase, what_is_no_key_file_is_refused);
    tcase_add_test(tcase, a_pass_phrase_is_the_first_line);
    suite_add_tcase(suite, tcase);
    return suite;
}
