/* The table of quiet names: it may forget, but never takes one name for
 * another. */
#include "src/rules/names.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct quiet_names names;
static struct error err;

static void setup(void)
{
    ck_assert(quiet_names_start(&names, &err));
}

static void teardown(void)
{
    quiet_names_end(&names);
}

static bool hold(const char *name)
{
    return quiet_names_hold(&names, name, strlen(name));
}

static void add(const char *name)
{
    quiet_names_add(&names, name, strlen(name));
}

START_TEST(holds_what_was_added_and_nothing_like_it)
{
    add("Ana Diaz");
    ck_assert(hold("Ana Diaz"));
    ck_assert(!hold("Ana Dia"));
    ck_assert(!hold("Ana Diaz "));
    ck_assert(!hold("ana diaz"));
    ck_assert(quiet_names_hold(&names, "Ana Diaz, VP", 8));
}
END_TEST

START_TEST(an_empty_name_is_quiet)
{
    ck_assert(quiet_names_hold(&names, "VP", 0));
}
END_TEST

START_TEST(names_of_every_length)
{
    char name[100];

    memset(name, 'x', sizeof name);
    for (size_t length = 1; length < sizeof name; length++) {
        ck_assert(!quiet_names_hold(&names, name, length));
        quiet_names_add(&names, name, length);
        /* Long ones are never remembered. */
        ck_assert(quiet_names_hold(&names, name, length) == (length < 63));
    }
}
END_TEST

START_TEST(thousands_of_names_are_told_apart)
{
    char name[32];

    for (int i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "Person %d", i);
        ck_assert(!hold(name));
        add(name);
        ck_assert(hold(name));
    }
}
END_TEST

Suite *names_suite(void);
Suite *names_suite(void)
{
    Suite *suite = suite_create("names");
    TCase *tcase = tcase_create("names");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, holds_what_was_added_and_nothing_like_it);
    tcase_add_test(tcase, an_empty_name_is_quiet);
    tcase_add_test(tcase, names_of_every_length);
    tcase_add_test(tcase, thousands_of_names_are_told_apart);
    suite_add_tcase(suite, tcase);
    return suite;
}
