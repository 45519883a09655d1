/* What a typing mistake most likely meant, and when nothing is near. */
#include "datebook/nearest.h"

#include <check.h>

Suite *nearest_suite(void);

static const char *const NAMES[] = {"subjects", "weight", "when", "with"};

enum { COUNT = sizeof NAMES / sizeof *NAMES };

START_TEST(the_nearest_is_found)
{
    ck_assert_str_eq(nearest_name("subject", NAMES, COUNT), "subjects");
    ck_assert_str_eq(nearest_name("wiht", NAMES, COUNT), "with");
    /* An exchange of neighbours is one edit, and the first of equals wins. */
    ck_assert_str_eq(nearest_within("wiegth", 2, NAMES, COUNT), "weight");
    ck_assert_str_eq(nearest_within("wiht", 1, NAMES, COUNT), "with");
    ck_assert_str_eq(nearest_within("wixn", 2, NAMES, COUNT), "when");
}
END_TEST

START_TEST(what_is_far_is_nothing)
{
    static const char longest[] =
        "a_name_of_more_than_sixty-four_letters_is_not_compared_with_any_other";

    ck_assert_ptr_null(nearest_name("mood", NAMES, COUNT));
    ck_assert_ptr_null(nearest_within("subject", 0, NAMES, COUNT));
    ck_assert_ptr_null(nearest_within("sujbcet", 1, NAMES, COUNT));
    ck_assert_ptr_null(nearest_name(longest, NAMES, COUNT));
    ck_assert_ptr_null(nearest_name("with", NAMES, 0));
}
END_TEST

Suite *nearest_suite(void)
{
    Suite *suite = suite_create("nearest");
    TCase *tcase = tcase_create("nearest");

    tcase_add_test(tcase, the_nearest_is_found);
    tcase_add_test(tcase, what_is_far_is_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
