/* Words of reviews, and names that people give. */
#include "reviewing.h"

START_TEST(words_and_values_go_together)
{
    static const char *const strata[] = {"persona", "importance", "tier",
                                         "type",    "prep",       "rsvp"};
    static const char *const preferences[] = {"none", "conflicts", "new-rules",
                                              "borderline"};
    static const char *const causes[] = {"none", "rule", "exception"};

    for (int i = 0; i < SAMPLE_STRATA; i++) {
        ck_assert_str_eq(sample_stratum_name((enum sample_stratum)i),
                         strata[i]);
        ck_assert_int_eq(sample_stratum_named(strata[i]), i);
    }
    for (int i = 0; i < SAMPLE_PREFERENCES; i++) {
        ck_assert_str_eq(sample_preference_name((enum sample_preference)i),
                         preferences[i]);
        ck_assert_int_eq(sample_preference_named(preferences[i]), i);
    }
    for (int i = 0; i < REVIEW_CAUSES; i++) {
        ck_assert_str_eq(review_cause_name((enum review_cause)i), causes[i]);
        ck_assert_int_eq(review_cause_named(causes[i]), i);
    }
    ck_assert_int_eq(sample_stratum_named("Persona"), SAMPLE_STRATA);
    ck_assert_int_eq(sample_preference_named(""), SAMPLE_PREFERENCES);
    ck_assert_int_eq(review_cause_named("rules"), REVIEW_CAUSES);
}
END_TEST

static void check_wrong(const char *what, const char *name, const char *message)
{
    MUST_HINT(review_name_check(what, name, &fix.err), ERROR_INPUT, message,
              "a name has letters, digits, \".\", \"_\" and \"-\", does not "
              "start with \".\" or \"-\", and is at most 64 characters long");
}

START_TEST(names_are_checked)
{
    static const char *const right[] = {"a", "A.b_c-9", "_", "9", "first"};
    char name[REVIEW_NAME + 2] = "";

    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        MUST(review_name_check("sample", right[i], &fix.err));
    memset(name, 'n', REVIEW_NAME);
    MUST(review_name_check("reviewer", name, &fix.err));
    name[REVIEW_NAME] = 'n';
    MUST_FAIL(review_name_check("reviewer", name, &fix.err), ERROR_INPUT,
              arena_format(&fix.arena, &fix.err,
                           "\"%s\" is no name of a reviewer", name));
    check_wrong("sample", "", "\"\" is no name of a sample");
    check_wrong("sample", ".a", "\".a\" is no name of a sample");
    check_wrong("sample", "-a", "\"-a\" is no name of a sample");
    check_wrong("sample", "a/b", "\"a/b\" is no name of a sample");
    check_wrong("sample", "a b", "\"a b\" is no name of a sample");
    check_wrong("reviewer", "J\xc3\xbcrgen",
                "\"J\xc3\xbcrgen\" is no name of a reviewer");
}
END_TEST

START_TEST(records_have_names)
{
    struct opinion opinion = {
        .sample = "first", .reviewer = "ann", .meeting = "m/1"};
    struct persona_opinion persona = {.persona = "p", .reviewer = "ann"};

    ck_assert_str_eq(sample_record_name(&fix.arena, "first", &fix.err),
                     "sample/first");
    ck_assert_str_eq(opinion_record_name(&fix.arena, &opinion, &fix.err),
                     "opinion/first/ann/m/1");
    opinion.decision = true;
    ck_assert_str_eq(opinion_record_name(&fix.arena, &opinion, &fix.err),
                     "decision/first/m/1");
    ck_assert_str_eq(
        persona_opinion_record_name(&fix.arena, &persona, &fix.err),
        "persona/p/ann");
}
END_TEST

Suite *review_names_suite(void);
Suite *review_names_suite(void)
{
    Suite *suite = suite_create("review_names");
    TCase *tcase = tcase_create("names");

    tcase_add_checked_fixture(tcase, folder_setup, store_teardown);
    tcase_add_test(tcase, words_and_values_go_together);
    tcase_add_test(tcase, names_are_checked);
    tcase_add_test(tcase, records_have_names);
    suite_add_tcase(suite, tcase);
    return suite;
}
