/* Errors: context in front, hints, and texts that are too long. */
#include "datebook/error.h"

#include <check.h>
#include <string.h>

static struct error err;

START_TEST(setting_replaces_everything)
{
    ck_assert(!error_set(&err, ERROR_INPUT, "line %d", 3));
    ck_assert(!error_hint(&err, "try %s", "again"));
    ck_assert_str_eq(err.message, "line 3");
    ck_assert_str_eq(err.hint, "try again");
    ck_assert(!error_set(&err, ERROR_USAGE, "other"));
    ck_assert_int_eq(err.code, ERROR_USAGE);
    ck_assert_str_eq(err.message, "other");
    ck_assert_str_eq(err.hint, "");
}
END_TEST

START_TEST(context_goes_in_front)
{
    error_set(&err, ERROR_DATABASE, "busy");
    error_hint(&err, "wait");
    ck_assert(!error_context(&err, "row %d", 7));
    ck_assert(!error_context(&err, "%s", "a.db"));
    ck_assert_str_eq(err.message, "a.db: row 7: busy");
    ck_assert_str_eq(err.hint, "wait");
    ck_assert_int_eq(err.code, ERROR_DATABASE);
}
END_TEST

START_TEST(memory_has_no_exit_code_of_its_own)
{
    ck_assert(!error_memory(&err));
    ck_assert_str_eq(err.message, "out of memory");
    ck_assert_int_eq(err.code, ERROR_BUG);
}
END_TEST

START_TEST(long_messages_are_cut)
{
    char text[3000];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    error_set(&err, ERROR_INPUT, "%s", text);
    ck_assert_uint_eq(strlen(err.message), sizeof err.message - 1);
    error_context(&err, "front");
    ck_assert_uint_eq(strlen(err.message), sizeof err.message - 1);
    ck_assert_int_eq(strncmp(err.message, "front: xxx", 10), 0);
    error_context(&err, "%s", text);
    ck_assert_uint_eq(strlen(err.message), sizeof err.message - 1);
    error_hint(&err, "%s", text);
    ck_assert_uint_eq(strlen(err.hint), sizeof err.hint - 1);
}
END_TEST

/* A cut in the middle of a character would make output that is not UTF-8. */
START_TEST(cuts_fall_between_characters)
{
    char text[3001];

    for (size_t i = 0; i < 3000; i += 3)
        memcpy(text + i, "\u4f1a", 3);
    text[3000] = '\0';
    for (int lead = 0; lead < 3; lead++) {
        error_set(&err, ERROR_INPUT, "%.*s%s", lead, "ab", text);
        ck_assert_uint_eq(
            (strlen(err.message) - (size_t)(lead < 2 ? lead : 2)) % 3, 0);
        error_context(&err, "c");
        ck_assert_uint_ge(strlen(err.message), sizeof err.message - 4);
        ck_assert_str_eq(err.message + strlen(err.message) - 3, "\u4f1a");
        error_hint(&err, "%.*s%s", lead, "ab", text);
        ck_assert_str_eq(err.hint + strlen(err.hint) - 3, "\u4f1a");
    }
    error_set(&err, ERROR_INPUT, "short \u4f1a");
    ck_assert_str_eq(err.message, "short \u4f1a");
}
END_TEST

Suite *error_suite(void);
Suite *error_suite(void)
{
    Suite *suite = suite_create("error");
    TCase *tcase = tcase_create("error");

    tcase_add_test(tcase, setting_replaces_everything);
    tcase_add_test(tcase, context_goes_in_front);
    tcase_add_test(tcase, memory_has_no_exit_code_of_its_own);
    tcase_add_test(tcase, long_messages_are_cut);
    tcase_add_test(tcase, cuts_fall_between_characters);
    suite_add_tcase(suite, tcase);
    return suite;
}
