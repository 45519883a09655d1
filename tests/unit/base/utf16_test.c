/* Lengths in UTF-16 units, and cutting by them. */
#include "datebook/utf16.h"

#include <check.h>

START_TEST(units)
{
    ck_assert_uint_eq(text_units(""), 0);
    ck_assert_uint_eq(text_units("abc"), 3);
    ck_assert_uint_eq(text_units("\xC3\xA9\xE2\x82\xAC"), 2);
    ck_assert_uint_eq(text_units("\xF0\x9F\x98\x80"), 2);
}
END_TEST

START_TEST(cuts_between_characters)
{
    static const char text[] = "a\xC3\xA9\xF0\x9F\x98\x80z";

    ck_assert_uint_eq(text_units_cut(text, 0), 0);
    ck_assert_uint_eq(text_units_cut(text, 1), 1);
    ck_assert_uint_eq(text_units_cut(text, 2), 3);
    ck_assert_uint_eq(text_units_cut(text, 3), 3);
    ck_assert_uint_eq(text_units_cut(text, 4), 7);
    ck_assert_uint_eq(text_units_cut(text, 5), 8);
    ck_assert_uint_eq(text_units_cut(text, 99), 8);
}
END_TEST

Suite *utf16_suite(void);

Suite *utf16_suite(void)
{
    Suite *suite = suite_create("utf16");
    TCase *tests = tcase_create("utf16");

    tcase_add_test(tests, units);
    tcase_add_test(tests, cuts_between_characters);
    suite_add_tcase(suite, tests);
    return suite;
}
