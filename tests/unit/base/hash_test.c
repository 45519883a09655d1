/* Hashes: a published value, and fields that cannot run into each other. */
#include "datebook/hash.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct hash hash;

static const char *end(void)
{
    static char hex[HASH_HEX_SIZE];
    unsigned char digest[HASH_SIZE];

    hash_end(&hash, digest);
    hash_hex(digest, hex);
    return hex;
}

/* BLAKE2b with 32 bytes of output, as `b2sum -l 256` prints it. */
START_TEST(known_values)
{
    hash_start(&hash);
    ck_assert_str_eq(
        end(),
        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    hash_start(&hash);
    hash_raw(&hash, "a", 1);
    hash_raw(&hash, "bc", 2);
    ck_assert_str_eq(
        end(),
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}
END_TEST

/* A field is its length as eight bytes, least significant first, and then its
 * bytes: chains that were written once must be recomputable for ever. */
START_TEST(fields_have_their_length_before_them)
{
    char raw[HASH_HEX_SIZE];

    hash_start(&hash);
    hash_raw(&hash, "\3\0\0\0\0\0\0\0abc", 11);
    hash_raw(&hash, "\376\377\377\377\377\377\377\377", 8);
    hash_raw(&hash, "\377\377\377\377\377\377\377\377", 8);
    snprintf(raw, sizeof raw, "%s", end());
    hash_start(&hash);
    hash_text(&hash, "abc");
    hash_int(&hash, -2);
    hash_text(&hash, NULL);
    ck_assert_str_eq(end(), raw);
}
END_TEST

static void hash_two(const char *one, const char *other,
                     char hex[HASH_HEX_SIZE])
{
    hash_start(&hash);
    hash_text(&hash, one);
    hash_text(&hash, other);
    snprintf(hex, HASH_HEX_SIZE, "%s", end());
}

START_TEST(fields_do_not_run_together)
{
    static const char *const pairs[][2] = {
        {"ab", "c"},   {"a", "bc"},   {"abc", ""},  {"", "abc"},
        {"abc", NULL}, {NULL, "abc"}, {NULL, NULL}, {"", ""}};
    enum { COUNT = sizeof pairs / sizeof *pairs };
    char hex[COUNT][HASH_HEX_SIZE];

    for (size_t i = 0; i < COUNT; i++) {
        hash_two(pairs[i][0], pairs[i][1], hex[i]);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(hex[i], hex[j]);
    }
}
END_TEST

Suite *hash_suite(void);
Suite *hash_suite(void)
{
    Suite *suite = suite_create("hash");
    TCase *tcase = tcase_create("hash");

    tcase_add_test(tcase, known_values);
    tcase_add_test(tcase, fields_have_their_length_before_them);
    tcase_add_test(tcase, fields_do_not_run_together);
    suite_add_tcase(suite, tcase);
    return suite;
}
