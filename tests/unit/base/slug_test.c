/* Names as they stand in addresses. */
#include "datebook/slug.h"

#include <check.h>

static const char *slug(const char *name, char joint, size_t size)
{
    static char text[64];

    slug_make(name, joint, text, size);
    return text;
}

START_TEST(accents_and_spaces)
{
    ck_assert_str_eq(slug("José Álvarez", '.', 64), "jose.alvarez");
    ck_assert_str_eq(slug("Łukasz Žižka", '-', 64), "lukasz-zizka");
    ck_assert_str_eq(slug("Adventure  Works", '-', 64), "adventure-works");
    ck_assert_str_eq(slug("O'Brien & Sons ", 0, 64), "obriensons");
    ck_assert_str_eq(slug("Straße 9", '.', 64), "strasse.9");
}
END_TEST

START_TEST(what_has_no_letters_is_empty)
{
    ck_assert_str_eq(slug("王伟", '.', 64), "");
    ck_assert_str_eq(slug("", '.', 64), "");
}
END_TEST

START_TEST(what_does_not_fit_is_cut)
{
    ck_assert_str_eq(slug("abcdefgh", '.', 8), "abcde");
}
END_TEST

Suite *slug_suite(void);
Suite *slug_suite(void)
{
    Suite *suite = suite_create("slug");
    TCase *tcase = tcase_create("slug");

    tcase_add_test(tcase, accents_and_spaces);
    tcase_add_test(tcase, what_has_no_letters_is_empty);
    tcase_add_test(tcase, what_does_not_fit_is_cut);
    suite_add_tcase(suite, tcase);
    return suite;
}
