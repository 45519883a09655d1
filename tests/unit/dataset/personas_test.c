/* Personas on their way into a version and out of it. */
#include "fixture.h"

static const char rule_a[] = PERSONA("a", ALWAYS("\"alpha\""));
static const char rule_b[] = PERSONA("a", ALWAYS("\"beta\""));

START_TEST(puts_say_what_they_did)
{
    struct put_result result;

    edit(rule_a);
    begin();
    result = put_document(rule_a);
    ck_assert_int_eq(result.outcome, PUT_UNCHANGED);
    result = put_document(rule_b);
    ck_assert_int_eq(result.outcome, PUT_CHANGED);
    ck_assert_uint_eq(result.change_count, 2);
    ck_assert_str_eq(result.changes[0], "importance_criteria.always_important: "
                                        "removed \"alpha\"");
    ck_assert_str_eq(result.changes[1], "importance_criteria.always_important: "
                                        "added \"beta\"");
    result = put_document(PERSONA("new", ""));
    ck_assert_int_eq(result.outcome, PUT_ADDED);
}
END_TEST

START_TEST(another_spelling_of_the_same_is_unchanged)
{
    struct put_result result;

    edit(rule_a);
    begin();
    result = put_document(" {\"tier\" : 1.0, \"name\": \"Name of \\u0061\","
                          "\"importance_criteria\": {\"always_important\" : "
                          "[ \"alpha\" ] }, \"id\":\"a\"}\n");
    ck_assert_int_eq(result.outcome, PUT_UNCHANGED);
    ck_assert(!commit());
}
END_TEST

START_TEST(rules_that_cannot_be_used_are_refused)
{
    static const char text[] = PERSONA("a", ALWAYS("{\"nonsense\":1}"));
    struct put_result result;
    struct persona persona;

    begin();
    MUST(persona_parse(&fix.arena, text, strlen(text), "test", &persona,
                       &fix.err));
    ck_assert(!dataset_put_persona(fix.run, fix.store, &fix.arena, &persona,
                                   &result, &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_INPUT);
    ck_assert_ptr_nonnull(
        strstr(fix.err.message, "importance_criteria.always_important[0]"));
    ck_assert(!commit());
}
END_TEST

START_TEST(personas_are_removed_in_any_order)
{
    struct stored_persona personas[3];
    struct noun_counts counts;

    begin();
    put_document(rule_a);
    put_document(PERSONA("b", ""));
    put_document(PERSONA("c", ""));
    add_subject("a", "a1", "alpha", "");
    add_subject("b", "b1", "alpha", "");
    add_subject("c", "c1", "alpha", "");
    ck_assert(commit());
    begin();
    personas[0] = *persona_now("c");
    personas[1] = *persona_now("a");
    personas[2] = *persona_now("c");
    MUST(dataset_remove_personas(fix.run, &fix.arena, personas, 3, &fix.err));
    counts = run_counts(fix.run, NOUN_PERSONA);
    ck_assert_int_eq(counts.removed, 2);
    counts = run_counts(fix.run, NOUN_MEETING);
    ck_assert_int_eq(counts.removed, 2);
    ck_assert(commit());
    ck_assert_ptr_nonnull(persona_now("b"));
}
END_TEST

START_TEST(persona_files_are_read)
{
    struct persona persona;
    FILE *file = fopen(path_of("a.json"), "w");

    ck_assert_ptr_nonnull(file);
    fputs(rule_a, file);
    ck_assert_int_eq(fclose(file), 0);
    MUST(dataset_read_persona(&fix.arena, path_of("a.json"), &persona,
                              &fix.err));
    ck_assert_str_eq(persona.id, "a");
    ck_assert_uint_eq(persona.rule_count, 1);
    file = fopen(path_of("big.json"), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(ftruncate(fileno(file), (4 << 20) + 1), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert(!dataset_read_persona(&fix.arena, path_of("big.json"), &persona,
                                    &fix.err));
    ck_assert_int_eq(fix.err.code, ERROR_INPUT);
}
END_TEST

Suite *personas_suite(void);
Suite *personas_suite(void)
{
    Suite *suite = suite_create("personas");
    TCase *tcase = tcase_create("personas");

    tcase_add_checked_fixture(tcase, store_setup, store_teardown);
    tcase_add_test(tcase, puts_say_what_they_did);
    tcase_add_test(tcase, another_spelling_of_the_same_is_unchanged);
    tcase_add_test(tcase, rules_that_cannot_be_used_are_refused);
    tcase_add_test(tcase, personas_are_removed_in_any_order);
    tcase_add_test(tcase, persona_files_are_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
