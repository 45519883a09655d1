/* Keys: what is taken for one, and that none is left in a text. */
#include "datebook/endpoint.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char key[] = "sk-proj-???~~~>>>0123456x";

static struct error err;
static char folder[64];
static char path[96];

static void setup(void)
{
    snprintf(folder, sizeof folder, "%s", "/tmp/datebook-secret.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/key", folder);
}

static void teardown(void)
{
    unlink(path);
    rmdir(folder);
}

static void write_file(const char *text, size_t length)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(white_space_around_a_key_is_cut)
{
    struct secret *secret = secret_new(" \t sk-1234 \r\n", &err);

    ck_assert_ptr_nonnull(secret);
    ck_assert_str_eq(secret_text(secret), "sk-1234");
    secret_free(secret);
    secret_free(NULL);
}
END_TEST

START_TEST(what_is_no_key_is_not_quoted)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"", "the key is empty"},
        {" \n", "the key is empty"},
        {"Bearer sk-12345678", "the key holds white space, which no key does"},
        {"sk-1\nX-Evil: 1", "the key holds white space, which no key does"},
        {"sk-12345678é",
         "the key holds a character that is not plain ASCII, which no key "
         "does"},
        {"sk-12345678\x01",
         "the key holds a character that is not plain ASCII, which no key "
         "does"},
    };
    char *text = malloc(4098);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_ptr_null(secret_new(cases[i].text, &err));
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_str_eq(err.message, cases[i].message);
    }
    ck_assert_ptr_nonnull(text);
    memset(text, 'k', 4097);
    text[4097] = '\0';
    ck_assert_ptr_null(secret_new(text, &err));
    ck_assert_str_eq(err.message, "the key is longer than 4096 bytes");
    free(text);
}
END_TEST

START_TEST(reads_the_only_line_of_a_file)
{
    static const char *const texts[] = {"sk-abcdefgh", "sk-abcdefgh\n",
                                        " sk-abcdefgh\r\n\n  \n"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct secret *secret;
        write_file(texts[i], strlen(texts[i]));
        secret = secret_read(path, &err);
        ck_assert_ptr_nonnull(secret);
        ck_assert_str_eq(secret_text(secret), "sk-abcdefgh");
        secret_free(secret);
    }
}
END_TEST

static void refuses_file(const char *what)
{
    ck_assert_ptr_null(secret_read(path, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, path));
    ck_assert_ptr_nonnull(strstr(err.message, what));
    ck_assert_ptr_null(strstr(err.message, "sk-"));
}

START_TEST(refuses_other_files)
{
    char large[4097];

    refuses_file("No such file");
    write_file("", 0);
    refuses_file("the key is empty");
    write_file("\nsk-abcdefgh\n", 13);
    refuses_file("holds more than one line");
    write_file("sk-abcdefgh\nsk-ijklmnop\n", 24);
    refuses_file("holds more than one line");
    write_file("sk-\0abcdefgh\n", 13);
    refuses_file("not plain ASCII");
    memset(large, '\n', sizeof large);
    memcpy(large, "sk-abcdefgh", 11);
    write_file(large, sizeof large);
    refuses_file("is longer than 4096 bytes");
    write_file(large, sizeof large - 1);
    secret_free(secret_read(path, &err));
    unlink(path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    refuses_file("is a folder");
    rmdir(path);
}
END_TEST

START_TEST(devices_are_no_key_files)
{
    ck_assert_ptr_null(secret_read("/dev/zero", &err));
    ck_assert_str_eq(err.message, "the key file /dev/zero is not a file");
}
END_TEST

static const char *scrubbed(const char *secret_key, const char *text)
{
    static char copy[512];
    struct secret *secret = secret_new(secret_key, &err);

    ck_assert_ptr_nonnull(secret);
    snprintf(copy, sizeof copy, "%s", text);
    secret_scrub(secret, copy, strlen(copy));
    secret_free(secret);
    return copy;
}

START_TEST(keys_are_scrubbed_wherever_they_stand)
{
    ck_assert_str_eq(scrubbed("sk-12345678", "sk-12345678"), "***********");
    ck_assert_str_eq(
        scrubbed("sk-12345678", "xsk-12345678sk-12345678y, sk-1234567"),
        "x**********************y, sk-1234567");
    ck_assert_str_eq(scrubbed("sk-12345678", ""), "");
    ck_assert_str_eq(scrubbed("aaaaaaaa", "aaaaaaaaaaaaa"), "********aaaaa");
}
END_TEST

START_TEST(keys_are_scrubbed_as_base64)
{
    static const int variants[] = {sodium_base64_VARIANT_ORIGINAL,
                                   sodium_base64_VARIANT_URLSAFE};
    char encoded[128];
    char text[256];

    for (size_t i = 0; i < 2; i++) {
        sodium_bin2base64(encoded, sizeof encoded, (const unsigned char *)key,
                          strlen(key), variants[i]);
        snprintf(text, sizeof text, "<%s>", encoded);
        ck_assert_str_eq(scrubbed(key, text),
                         "<**********************************==>");
    }
}
END_TEST

START_TEST(scrubbing_keeps_within_its_length)
{
    char text[] = "sk-12345678";
    struct secret *secret = secret_new("sk-12345678", &err);

    secret_scrub(secret, text, strlen(text) - 1);
    ck_assert_str_eq(text, "sk-12345678");
    secret_scrub(NULL, text, strlen(text));
    ck_assert_str_eq(text, "sk-12345678");
    secret_scrub(secret, text, strlen(text));
    ck_assert_str_eq(text, "***********");
    secret_free(secret);
}
END_TEST

START_TEST(scrubbing_passes_nul_bytes)
{
    char text[] = "a\0sk-12345678\0b";
    struct secret *secret = secret_new("sk-12345678", &err);

    secret_scrub(secret, text, sizeof text - 1);
    ck_assert_mem_eq(text, "a\0***********\0b", sizeof text);
    secret_free(secret);
}
END_TEST

START_TEST(short_keys_are_scrubbed_as_words)
{
    ck_assert_str_eq(scrubbed("sk-x", "key sk-x; ask-x, sk-xy, sk-x_, sk-x"),
                     "key ****; ask-x, sk-xy, sk-x_, ****");
    ck_assert_str_eq(scrubbed("secret1", "secret12 \"secret1\""),
                     "secret12 \"*******\"");
    /* What a server without keys is given is no secret. */
    ck_assert_str_eq(scrubbed("none", "none of them"), "none of them");
    ck_assert_str_eq(scrubbed("EMPTY", "{\"a\":\"EMPTY\"}"),
                     "{\"a\":\"EMPTY\"}");
    ck_assert_str_eq(scrubbed("x", "x y"), "x y");
    ck_assert_str_eq(scrubbed("1234", "1234 tokens"), "1234 tokens");
}
END_TEST

Suite *secret_suite(void);
Suite *secret_suite(void)
{
    Suite *suite = suite_create("secret");
    TCase *tests = tcase_create("secret");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, white_space_around_a_key_is_cut);
    tcase_add_test(tests, what_is_no_key_is_not_quoted);
    tcase_add_test(tests, reads_the_only_line_of_a_file);
    tcase_add_test(tests, refuses_other_files);
    tcase_add_test(tests, devices_are_no_key_files);
    tcase_add_test(tests, keys_are_scrubbed_wherever_they_stand);
    tcase_add_test(tests, keys_are_scrubbed_as_base64);
    tcase_add_test(tests, scrubbing_keeps_within_its_length);
    tcase_add_test(tests, scrubbing_passes_nul_bytes);
    tcase_add_test(tests, short_keys_are_scrubbed_as_words);
    suite_add_tcase(suite, tests);
    return suite;
}
